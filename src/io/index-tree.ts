import type { Tree, TreeFile, TreeFileKind } from '../domain/tree.ts';
import { refusal, type VccError } from '../domain/problem.ts';
import { once } from '../domain/once.ts';
import { settingsNote } from './notes.ts';
import { byNul, EVERY_CHANGE, gitAsInherited, gitDirOf, gitNow } from './git-process.ts';

export const KINDS: Readonly<Record<string, TreeFileKind>> = { '100644': 'file', '100755': 'executable', '120000': 'symlink', '160000': 'submodule' };

interface Staged extends TreeFile {
  readonly object: string;
}

/**
 * What `git commit` would record now. Git is started directly, with every GIT_* variable that a hook inherits: during
 * `git commit -a` or `git commit FILE` the index is not .git/index, and a wrapper that drops GIT_INDEX_FILE checks nothing.
 */
export async function stagedTree(cwd: string): Promise<{ readonly tree: Tree; readonly changed: readonly string[]; readonly altered: ReadonlyMap<string, () => Uint8Array> }> {
  // Files of `git add -N`: in the index they stand as empty ones, and a commit leaves them out.
  const intended = once(() => {
    const recorded = new Set(stagedPaths(cwd, '--diff-filter=d'));
    return new Set(stagedPaths(cwd, '--diff-filter=d', '--ita-visible-in-index').filter((path) => !recorded.has(path)));
  });
  const entriesOf = (output: Buffer): Staged[] => {
    const entries = byNul(output.toString('utf8')).flatMap((line): Staged[] => {
      const [mode = '', object = '', stage] = line.slice(0, line.indexOf('\t')).split(' ');
      // Unmerged entries cannot be committed: Git itself stops there.
      return stage === '0' ? [entryOf(line, mode, object)] : [];
    });
    return entries.some(({ object }) => EMPTY.has(object)) ? entries.filter(({ path }) => !intended().has(path)) : entries;
  };
  const list = (pathspecs: readonly string[]): Staged[] => entriesOf(gitNow(cwd, listing(pathspecs)));
  const listSoon = async (groups: readonly string[]): Promise<Part> => {
    const pathspecs = groups.filter((group) => !hasAllCases(group)).map(pathspecOf);
    return { groups, entries: pathspecs.length === 0 ? [] : entriesOf(await gitAsInherited(cwd, listing(pathspecs))) };
  };
  const fields = await stagedStatus(cwd);
  const changes = fields.flatMap((path, index) => (index % 2 === 1 ? [{ status: fields[index - 1], path }] : []));
  // Git commits none of it before they are; what HEAD has in their place would be taken for removed.
  const unmerged = [...new Set(changes.filter(({ status }) => status === 'U').map(({ path }) => path))];
  if (unmerged.length > 0) throw refusal('not-merged', `a merge left ${unmerged.slice(0, FEW).join(', ')}${unmerged.length > FEW ? ` and ${unmerged.length - FEW} more` : ''} to be settled`, 'Keep what is right of both versions, then: git add FILE');
  const changed = changes.map(({ path }) => path);
  const likely = likelyGroups(changed);
  const parts = likely.size > MANY_GROUPS ? [] : [await listSoon([...new Set([...LISTED_EACH_TIME, ...likely])])];
  const contents = new Map<string, Uint8Array>();
  const near = parts.flatMap(({ entries }) => entries.filter((each) => isContent(each) && likely.has(groupOf(each.path))));
  if (near.length > 0) addObjects(near, await gitAsInherited(cwd, OBJECTS, namesOf(near)), contents);
  const altered = changes.filter(({ status }) => status !== 'A').map(({ path }) => path);
  // To list the last commit takes longer than a few files of it; a commit that folds logs alters thousands.
  const head = once(() => treeAt(cwd, 'HEAD', altered));
  const before = (path: string): Uint8Array => (altered.length > MANY_GROUPS ? (head().read(path) ?? new Uint8Array()) : gitNow(cwd, ['cat-file', 'blob', `HEAD:${path}`]));
  return { tree: { ...objectTree(cwd, listedInParts(list, likely, parts), likely, contents), settings: settingsNote(cwd) }, changed, altered: new Map(altered.map((path) => [path, () => before(path)])) };
}

/** The files of a commit. likely: paths of which the contents will be asked for, all when missing; they come at once, with their neighbours. */
export function treeAt(cwd: string, commit: string, likely?: readonly string[]): Tree {
  const entries = byNul(gitNow(cwd, ['ls-tree', '-r', '-z', '--full-tree', commit]).toString('utf8')).map((line) => {
    const [mode = '', , object = ''] = line.slice(0, line.indexOf('\t')).split(' ');
    return entryOf(line, mode, object);
  });
  const note = settingsNote(cwd);
  // What some commit of long ago has does not replace what every command needs.
  const settings = note && { recall: () => note.recall(), keep: () => undefined };
  return { ...objectTree(cwd, listed(entries), likelyGroups(likely ?? entries.map(({ path }) => path))), settings };
}

async function stagedStatus(cwd: string): Promise<readonly string[]> {
  try {
    return byNul((await gitAsInherited(cwd, ['diff', '--cached', '--name-status', ...EVERY_CHANGE, '-z'])).toString('utf8'));
  } catch (problem) {
    // Outside of a repository git diff answers with its manual; others say what is wrong.
    await gitAsInherited(cwd, ['ls-files', '--', 'vcc.yaml']).catch(async (other: unknown) => {
      await gitDirOf(cwd);
      throw other;
    });
    throw problem;
  }
}

const listing = (pathspecs: readonly string[]): string[] => ['ls-files', '--stage', '--full-name', '-z', '--', ...pathspecs];

const pathspecOf = (group: string): string => (group === '' ? ':(top,glob)*' : `:(top,literal)${group}`);

/** What is listed of some groups. */
interface Part {
  readonly groups: readonly string[];
  readonly entries: readonly Staged[];
}

const entryOf = (line: string, mode: string, object: string): Staged => ({ path: line.slice(line.indexOf('\t') + 1), kind: KINDS[mode] ?? 'file', object });

const stagedPaths = (cwd: string, ...options: readonly string[]): readonly string[] =>
  byNul(gitNow(cwd, ['diff', '--cached', '--name-only', ...EVERY_CHANGE, ...options, '-z']).toString('utf8'));

/** The object of an empty file, in repositories of either hash. */
const EMPTY = new Set(['e69de29bb2d1d6434b8b29ae775ad8c2e48c5391', '473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813']);

/** Files that are read together: the files at the root, the files of one case, the registries. */
function groupOf(path: string): string {
  const parts = path.split('/');
  if (parts.length === 1) return '';
  return parts[0] === 'cases' ? parts.slice(0, Math.min(3, parts.length - 1)).join('/') : (parts[0] as string);
}

/** The files at the root, what clocks of any case are set by, and whom a case may name. */
const ASKED_FOR_EACH_TIME = ['', 'duties', 'unreachable'];
const LISTED_EACH_TIME = [...ASKED_FOR_EACH_TIME, 'vendors', 'partners'];

/** Starting Git costs more than reading with it, so everything a commit is likely to touch comes at once. */
const likelyGroups = (changed: readonly string[]): ReadonlySet<string> => new Set([...ASKED_FOR_EACH_TIME, ...changed.map(groupOf)]);

interface Listing {
  /** The file of that name and those below the folder of that name, in the order of their paths; '' for all. */
  below(under: string): readonly Staged[];
  at(path: string): Staged | undefined;
  /** What is read together: see groupOf. */
  group(name: string): readonly Staged[];
}

function listed(entries: readonly Staged[]): Listing {
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  const sorted = [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  const lowerBound = (wanted: string): number => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] as Staged).path < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const below = (under: string): readonly Staged[] => {
    if (under === '') return sorted;
    const own = byPath.get(under);
    // "0" comes next after "/".
    const inside = sorted.slice(lowerBound(`${under}/`), lowerBound(`${under}0`));
    return own === undefined ? inside : [own, ...inside];
  };
  return { below, at: (path) => byPath.get(path), group: (name) => below(name).filter(({ path }) => groupOf(path) === name) };
}

/** More would be a long command line, and as much work as everything. */
const MANY_GROUPS = 100;
/** Of what lies in these there is no end. */
const hasAllCases = (group: string): boolean => /^cases(?:\/[^/]*)?$/.test(group);

/** Lists the groups that somebody asks for, and all files only when it has to: of ten thousand cases a commit touches one. */
function listedInParts(list: (pathspecs: readonly string[]) => readonly Staged[], likely: ReadonlySet<string>, known: readonly Part[]): Listing {
  const parts = new Map<string, Listing>();
  const add = ({ groups, entries }: Part): void => groups.forEach((each) => parts.set(each, listed(entries.filter(({ path }) => (each === '' ? !path.includes('/') : path === each || path.startsWith(`${each}/`))))));
  known.forEach(add);
  let everything: Listing | undefined;
  const part = (group: string): Listing => {
    if (everything === undefined && (hasAllCases(group) || likely.size > MANY_GROUPS)) everything = listed(list([':/']));
    if (everything !== undefined) return everything;
    if (!parts.has(group)) add({ groups: [group], entries: list([pathspecOf(group)]) });
    return parts.get(group) as Listing;
  };
  return {
    below(under) {
      if (under === '') return part('cases').below('');
      const file = under.includes('/') ? undefined : part('').at(under);
      return file === undefined ? part(under.split('/', under.startsWith('cases/') ? 3 : 1).join('/')).below(under) : [file];
    },
    at: (path) => part(groupOf(path)).at(path),
    group: (name) => part(name).group(name),
  };
}

/** Of a registry, who asks for more will ask for all; of paths, a person needs no more to know which are meant. */
const FEW = 2;

/** contents: what is known already, of all likely groups whose files were listed, or of none. */
function objectTree(cwd: string, listing: Listing, likely: ReadonlySet<string>, contents = new Map<string, Uint8Array>()): Tree {
  const fetched = new Set(contents.size > 0 ? [...likely].filter((group) => !hasAllCases(group)) : []);
  const singly = new Map<string, number>();
  let passing: ReadonlyMap<string, Uint8Array> = new Map();

  const fetch = (group: string): void => {
    const wanted = likely.has(group) ? [...likely].filter((each) => !fetched.has(each)) : [group];
    wanted.forEach((each) => fetched.add(each));
    readObjects(cwd, wanted.flatMap((each) => listing.group(each)).filter(isContent), contents);
  };
  const fetchOfOthers = (kind: RegExp): void => {
    if (fetched.has(kind.source)) return;
    fetched.add(kind.source);
    readObjects(cwd, listing.below('cases').filter((each) => isContent(each) && kind.test(each.path) && !likely.has(groupOf(each.path))), contents);
  };

  const passedBy = (path: string): Uint8Array | undefined => {
    if (!passing.has(path)) {
      const folded = listing.below('cases').filter((each) => isContent(each) && FOLDED.test(each.path));
      const first = folded.findIndex((each) => each.path === path);
      const next = new Map<string, Uint8Array>();
      readObjects(cwd, folded.slice(first, first + PASSING_AT_ONCE), next);
      passing = next;
    }
    return passing.get(path);
  };

  return {
    files: (under) => listing.below(under).map(({ path, kind }) => ({ path, kind })),
    read(path) {
      const staged = listing.at(path);
      if (!staged || !isContent(staged)) return undefined;
      if (contents.has(path)) return contents.get(path);
      const group = groupOf(path);
      if (FOLDED.test(path) && !likely.has(group)) return passedBy(path);
      const before = singly.get(group) ?? 0;
      const kind = likely.has(group) ? undefined : OF_ALL_CASES.find((each) => each.test(path));
      if (kind !== undefined) fetchOfOthers(kind);
      else if (likely.has(group) || path.startsWith('cases/') || before >= FEW) fetch(group);
      else {
        singly.set(group, before + 1);
        readObjects(cwd, [staged], contents);
      }
      return contents.get(path);
    },
  };
}

const isContent = (staged: Staged): boolean => staged.kind === 'file' || staged.kind === 'executable';

/** What is looked at in every case for the sake of one: a text of none is compared with the guards of all, an id with those that are assigned. */
const OF_ALL_CASES = [/^cases\/[^/]+\/[^/]+\/sealed\/[^/]+\.guard\.yaml$/, /^cases\/[^/]+\/[^/]+\/log\/[^/]+-cve-assigned-[^/]+\.md$/];

/** Of an id also the folded logs are looked through, which together may be more than memory holds: so many at a time. */
const FOLDED = /^cases\/[^/]+\/[^/]+\/log\.md$/;
const PASSING_AT_ONCE = 1000;

const OBJECTS = ['cat-file', '--batch', '--buffer'];
const namesOf = (staged: readonly Staged[]): string => staged.map(({ object }) => `${object}\n`).join('');

function readObjects(cwd: string, staged: readonly Staged[], contents: Map<string, Uint8Array>): void {
  if (staged.length > 0) addObjects(staged, gitNow(cwd, OBJECTS, namesOf(staged)), contents);
}

/** Git names an object that it does not have: the disk, a copy that was cut short, a clone that borrowed from another. */
const damaged = (path: string, object: string): VccError => refusal('damaged-repository', `The repository is damaged: Git has no content for ${path} (object ${object})`, 'git fsck --full says what else is missing. What others have comes back from a new clone; what only you have staged is staged again: git add.');

function addObjects(staged: readonly Staged[], output: Buffer, contents: Map<string, Uint8Array>): void {
  let offset = 0;
  for (const entry of staged) {
    const end = output.indexOf(0x0a, offset);
    const [object, type, size] = output.toString('latin1', offset, end).split(' ');
    if (object !== entry.object || type !== 'blob' || size === undefined) throw damaged(entry.path, entry.object);
    contents.set(entry.path, output.subarray(end + 1, end + 1 + Number(size)));
    offset = end + 1 + Number(size) + 1;
  }
}
