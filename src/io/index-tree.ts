import type { Tree, TreeFile, TreeFileKind } from '../domain/tree.ts';
import { byNul, EVERY_CHANGE, gitNow } from './git-process.ts';

const KINDS: Readonly<Record<string, TreeFileKind>> = { '100644': 'file', '100755': 'executable', '120000': 'symlink', '160000': 'submodule' };

interface Staged extends TreeFile {
  readonly object: string;
}

/**
 * What `git commit` would record now. Git is started directly, with every GIT_* variable that a hook inherits: during
 * `git commit -a` or `git commit FILE` the index is not .git/index, and a wrapper that drops GIT_INDEX_FILE checks nothing.
 */
export function stagedTree(cwd: string): { readonly tree: Tree; readonly changed: readonly string[]; readonly altered: ReadonlyMap<string, () => Uint8Array> } {
  const entries = new Map<string, Staged>();
  for (const line of byNul(gitNow(cwd, ['ls-files', '--stage', '--full-name', '-z', '--', ':/']).toString('utf8'))) {
    const tab = line.indexOf('\t');
    const [mode = '', object = '', stage] = line.slice(0, tab).split(' ');
    const path = line.slice(tab + 1);
    // Unmerged entries cannot be committed: Git itself stops there.
    if (stage === '0') entries.set(path, { path, kind: KINDS[mode] ?? 'file', object });
  }
  // Second, for outside of a repository git diff answers with its manual.
  const fields = byNul(gitNow(cwd, ['diff', '--cached', '--name-status', ...EVERY_CHANGE, '-z']).toString('utf8'));
  const changes = fields.flatMap((path, index) => (index % 2 === 1 ? [{ status: fields[index - 1], path }] : []));
  const changed = changes.map(({ path }) => path);
  for (const path of onlyIntended(cwd, entries)) entries.delete(path);
  return { tree: objectTree(cwd, entries, changed), changed, altered: new Map(changes.filter(({ status }) => status !== 'A').map(({ path }) => [path, () => gitNow(cwd, ['cat-file', 'blob', `HEAD:${path}`])])) };
}

/** The files of a commit. likely: paths of which the contents will be asked for, all when missing; they come at once, with their neighbours. */
export function treeAt(cwd: string, commit: string, likely?: readonly string[]): Tree {
  const lines = byNul(gitNow(cwd, ['ls-tree', '-r', '-z', '--full-tree', commit]).toString('utf8'));
  const entries = lines.map((line): [string, Staged] => {
    const [mode = '', , object = ''] = line.slice(0, line.indexOf('\t')).split(' ');
    const path = line.slice(line.indexOf('\t') + 1);
    return [path, { path, kind: KINDS[mode] ?? 'file', object }];
  });
  return objectTree(cwd, new Map(entries), likely ?? entries.map(([path]) => path));
}

const stagedPaths = (cwd: string, ...options: readonly string[]): readonly string[] =>
  byNul(gitNow(cwd, ['diff', '--cached', '--name-only', ...EVERY_CHANGE, ...options, '-z']).toString('utf8'));

/** The object of an empty file, in repositories of either hash. */
const EMPTY = new Set(['e69de29bb2d1d6434b8b29ae775ad8c2e48c5391', '473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813']);

/** Files of `git add -N`: in the index they stand as empty ones, and a commit leaves them out. */
function onlyIntended(cwd: string, entries: ReadonlyMap<string, Staged>): readonly string[] {
  if (![...entries.values()].some(({ object }) => EMPTY.has(object))) return [];
  const recorded = new Set(stagedPaths(cwd, '--diff-filter=d'));
  return stagedPaths(cwd, '--diff-filter=d', '--ita-visible-in-index').filter((path) => !recorded.has(path));
}

function objectTree(cwd: string, entries: ReadonlyMap<string, Staged>, changed: readonly string[]): Tree {
  const paths = [...entries.keys()].sort();
  // Starting cat-file costs more than reading with it, so everything a commit is likely to touch comes at once.
  const likely = new Set(['', ...changed.map(groupOf)]);
  // A text of no case is compared with the guards of all.
  const groupIn = (path: string): string => (GUARD.test(path) && !likely.has(groupOf(path)) ? 'guards of the other cases' : groupOf(path));
  const groups = new Map<string, Staged[]>();
  for (const path of paths) {
    const staged = entries.get(path) as Staged;
    const members = groups.get(groupIn(path));
    if (members) members.push(staged);
    else groups.set(groupIn(path), [staged]);
  }
  const contents = new Map<string, Uint8Array>();
  const fetched = new Set<string>();

  const fetch = (group: string): void => {
    const wanted = likely.has(group) ? likely : new Set([group]);
    const staged: Staged[] = [];
    for (const name of wanted) {
      if (fetched.has(name)) continue;
      fetched.add(name);
      staged.push(...(groups.get(name) ?? []).filter(isContent));
    }
    readObjects(cwd, staged, contents);
  };

  return {
    files(under) {
      if (under === '') return paths.map((path) => plain(entries, path));
      const start = lowerBound(paths, under);
      const found: TreeFile[] = [];
      if (paths[start] === under) found.push(plain(entries, under));
      for (let index = lowerBound(paths, `${under}/`); paths[index]?.startsWith(`${under}/`); index += 1) found.push(plain(entries, paths[index] as string));
      return found;
    },
    read(path) {
      const staged = entries.get(path);
      if (!staged || !isContent(staged)) return undefined;
      if (!fetched.has(groupIn(path))) fetch(groupIn(path));
      return contents.get(path);
    },
  };
}

const isContent = (staged: Staged): boolean => staged.kind === 'file' || staged.kind === 'executable';

function plain(entries: ReadonlyMap<string, Staged>, path: string): TreeFile {
  const { kind } = entries.get(path) as Staged;
  return { path, kind };
}

const GUARD = /^cases\/[^/]+\/[^/]+\/sealed\/[^/]+\.guard\.yaml$/;

/** Files that are read together: the files at the root, the files of one case, the registries. */
function groupOf(path: string): string {
  const parts = path.split('/');
  if (parts.length === 1) return '';
  return parts[0] === 'cases' ? parts.slice(0, Math.min(3, parts.length - 1)).join('/') : (parts[0] as string);
}

function lowerBound(sorted: readonly string[], wanted: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as string) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

function readObjects(cwd: string, staged: readonly Staged[], contents: Map<string, Uint8Array>): void {
  if (staged.length === 0) return;
  const output = gitNow(cwd, ['cat-file', '--batch', '--buffer'], staged.map((entry) => `${entry.object}\n`).join(''));
  let offset = 0;
  for (const entry of staged) {
    const end = output.indexOf(0x0a, offset);
    const [object, type, size] = output.toString('latin1', offset, end).split(' ');
    if (object !== entry.object || type !== 'blob' || size === undefined) throw new Error(`git cat-file gave no blob for ${entry.path}: ${object ?? ''} ${type ?? ''}`);
    contents.set(entry.path, output.subarray(end + 1, end + 1 + Number(size)));
    offset = end + 1 + Number(size) + 1;
  }
}
