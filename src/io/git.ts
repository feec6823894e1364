// The only import of simple-git. Its hazard: it silently drops inherited GIT_* variables, so inside a pre-commit hook it
// sees the ordinary index and every check of staged content passes on nothing. Staged content is therefore read by
// index-tree.ts, and commits, whose hooks must see our index, are made by commit-files.ts; both start Git directly.
// Here identity and configuration are let through again, or the person's GIT_CONFIG_GLOBAL would not count.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { SimpleGit } from 'simple-git';
import { legible } from '../documents/legible.ts';
import { refusal, usage } from '../domain/problem.ts';
import type { GitFacts } from '../environment.ts';
import { alteredSince, between, isDefault, publishedBranch } from './base-changes.ts';
import { commitsOf } from './commit-history.ts';
import { additionsIn } from './git-additions.ts';
import { byNul, gitFailed, EVERY_CHANGE, gitOutput, OWN_SETTINGS, runGit, onServer, SERVER_VARIABLES } from './git-process.ts';
import { tagsAt } from './git-tags.ts';
import { treeAt } from './index-tree.ts';
import { failedWith } from './failed-with.ts';
import { underWay } from './under-way.ts';
import { staysInside } from './safe-path.ts';

/**
 * The branch that .git/HEAD names, which every lint asks for: to start Git takes as long as to look at a case. undefined where that
 * is not so plain: a linked work tree, no branch, or refs that are kept otherwise (then it says .invalid).
 */
function headOf(root: string): string | undefined {
  try {
    return /^ref: refs\/heads\/((?!\.)[^\n]+)\n$/.exec(readFileSync(join(root, '.git', 'HEAD'), 'utf8'))?.[1];
  } catch (problem) {
    if (failedWith(problem, 'ENOENT', 'ENOTDIR', 'EACCES', 'EISDIR', 'ELOOP')) return undefined;
    throw problem;
  }
}

const PASSED_ON = ['GIT_AUTHOR_NAME', 'GIT_AUTHOR_EMAIL', 'GIT_COMMITTER_NAME', 'GIT_COMMITTER_EMAIL', 'GIT_CEILING_DIRECTORIES'];

async function git(root: string): Promise<SimpleGit> {
  const { simpleGit } = await import('simple-git');
  const configuration = Object.keys(process.env).filter((name) => name.startsWith('GIT_CONFIG'));
  return simpleGit({
    baseDir: root,
    config: ['core.quotepath=false', ...OWN_SETTINGS],
    allowEnvironment: [...PASSED_ON, ...configuration, ...(onServer() ? SERVER_VARIABLES : [])],
    unsafe: { allowUnsafeConfigPaths: true, allowUnsafeConfigEnvCount: true },
  });
}

async function ask(root: string, args: readonly string[]): Promise<string> {
  try {
    return await (await git(root)).raw([...args]);
  } catch (problem) {
    const said = problem instanceof Error ? problem.message : String(problem);
    throw refusal('git-failed', `git ${args[0] ?? ''} failed:\n${legible(said.trim())}`, 'Put right what Git says above, then type the same command again.');
  }
}

/** What vcc asks Git about the case repository; root is called only when something is asked. */
export function gitFacts(cwd: string, root: () => string): GitFacts {
  return {
    // Who the person is does not depend on a case repository: vcc init asks before there is one.
    identity: () => identityAt(cwd),

    async everUsed(number, of) {
      if (!/^\d{8}$/.test(number)) throw new RangeError(`not a number of eight digits: ${number}`);
      await requireWholeHistory(root(), 'which numbers were used before');
      // --full-history: a case that came and went on a merged branch was used all the same.
      const where = of === 'case' ? `:(glob)cases/*/${number}/**` : `:(icase)unreachable/did${number}.yaml`;
      return (await ask(root(), ['rev-list', '--all', '--full-history', '--max-count=1', '--', where])).trim() !== '';
    },

    async authorsOf(paths, since) {
      if (paths.length === 0 || !(await hasCommits(root()))) return [];
      await requireWholeHistory(root(), 'who wrote a text');
      const added = since === undefined ? undefined : await addedIn(root(), since);
      return authorsThroughMoves(root(), paths, added === undefined ? [] : [`^${added}`]);
    },

    async tracked(folder) {
      const args = ['ls-files', '-z', '--', folder];
      const result = await runGit(root(), args);
      if (result.code === 0) return byNul(result.stdout.toString('utf8'));
      // Cases that lie in no repository can be checked; those of a broken one are not taken for such.
      if (!isInRepository(root())) return [];
      throw gitFailed(args, result);
    },

    underWay: () => underWay(root()),

    async committed(folder) {
      if (!(await hasCommits(root()))) return [];
      return byNul(await ask(root(), ['ls-tree', '-r', '-z', '--name-only', '--full-tree', 'HEAD', '--', folder]));
    },

    async history(path, range) {
      if (!(await hasCommits(root()))) return [];
      // Its oldest commit seems to have added all that there is.
      if (range === undefined) await requireWholeHistory(root(), 'who wrote what');
      // A case that was moved to another year brings its story along.
      const [, number] = /^cases\/[0-9]{4}\/([0-9]{8})$/.exec(path) ?? [];
      return commitsOf(root(), range ?? 'HEAD', path === '' ? [] : [number === undefined ? literal(path) : `:(top,glob)cases/*/${number}/**`]);
    },

    between: (range) => between(root(), range),
    treeAt: (commit, likely) => treeAt(root(), commit, likely),
    memoryAt: async (commit) => (await import('./case-memory.ts')).memoryAt(root(), commit),

    uncommitted: (paths) => uncommittedAt(root(), paths),

    async changesSince(added, paths) {
      const commit = await addedIn(root(), added);
      return commit === undefined ? '' : ask(root(), ['diff', '--no-color', '--no-ext-diff', commit, 'HEAD', '--', ...paths.map(literal)]);
    },

    async remoteOf(folder) {
      const at = resolve(root(), folder);
      if (!existsSync(join(at, '.git'))) return undefined;
      const [first = ''] = (await runGit(at, ['remote'])).stdout.toString('utf8').split('\n');
      return first === '' ? undefined : first;
    },

    async branch() {
      const known = headOf(root());
      if (known !== undefined) return known;
      const name = (await runGit(root(), ['symbolic-ref', '--quiet', '--short', 'HEAD'])).stdout.toString('utf8').trim();
      return name === '' ? undefined : name;
    },

    async messages(range) {
      await requireRange(root(), range);
      const fields = (await ask(root(), ['log', '-z', '--no-show-signature', '--format=%H%n%an <%ae>%n%cn <%ce>%n%B', range, '--'])).split('\0').filter((field) => field.trim() !== '');
      return fields.map((field) => {
        const [commit = '', author = '', committer = '', ...message] = field.trimStart().split('\n');
        return { commit, people: [...new Set([author, committer])], message: message.join('\n') };
      });
    },

    tags: (id) => tagsAt(root(), id),

    async additions(range) {
      await requireRange(root(), range);
      return additionsIn(root(), range);
    },

    alteredSince: (base) => alteredSince(root(), base),
    publishedBranch: () => publishedBranch(root()),
    isDefault: (ref) => isDefault(root(), ref),

    async behind(folder) {
      const at = resolve(root(), folder);
      if (!existsSync(join(at, '.git'))) return 0;
      const followed = await runGit(at, ['rev-parse', '--quiet', '--verify', '@{upstream}^{commit}']);
      if (followed.code !== 0 || !(await hasCommits(at))) return 0;
      return Number(await ask(at, ['rev-list', '--count', `HEAD..${followed.stdout.toString('utf8').trim()}`]));
    },

    async trailerOf(folder, wanted, [key, value]) {
      const at = resolve(root(), folder);
      if (!existsSync(join(at, '.git')) || !(await hasCommits(at))) return undefined;
      const format = `--format=%(trailers:key=${wanted},valueonly,separator=%x20)`;
      const found = (await ask(at, ['log', '-1', '--no-show-signature', '--fixed-strings', `--grep=${key}: ${value}`, format])).trim();
      return found === '' ? undefined : found;
    },
  };
}

/** What begins with a dash is an option to Git. */
async function requireRange(root: string, range: string): Promise<void> {
  if (range.trim() !== '' && !range.startsWith('-') && (await runGit(root, ['rev-parse', '--quiet', '--revs-only', range, '--'])).code === 0) return;
  throw usage(`not a range of commits that Git knows: ${JSON.stringify(range)}`, 'Name it as git log does: main..HEAD; git fetch brings what is missing.');
}

async function requireWholeHistory(root: string, what: string): Promise<void> {
  if ((await ask(root, ['rev-parse', '--is-shallow-repository'])).trim() !== 'true') return;
  throw refusal('shallow-clone', `this clone is shallow: it cannot tell ${what}`, 'Type: git fetch --unshallow');
}

/** The commit that added the file first: that it was deleted and came back does not count. */
const addedIn = async (root: string, path: string): Promise<string | undefined> =>
  (await ask(root, ['log', '--topo-order', '--full-history', '--no-show-signature', '--no-renames', '--diff-filter=A', '--format=%H', '--', literal(path)])).trim().split('\n').findLast((commit) => commit !== '');

/** Who wrote the files, under whatever names they were written: a text that was moved here brings its authors along. */
async function authorsThroughMoves(root: string, paths: readonly string[], before: readonly string[]): Promise<string[]> {
  const people = new Set<string>();
  const known = new Set(paths);
  for (let wanted = [...known]; wanted.length > 0; ) {
    // %ae, not %aE: a .mailmap in the repository must not turn one person into two. Nor must --author or --amend: who commits counts too.
    // -c: of a merge, what none of its parents has; git log itself shows nothing of a merge.
    const range = ['HEAD', ...before, '--', ...wanted.map(literal)];
    const output = await ask(root, ['log', '-z', '-c', '--full-history', '--no-show-signature', ...EVERY_CHANGE, '--name-status', '--format=%H%n%ae%n%ce', ...range]);
    // Git puts a line end, or an empty field, between a commit and its first change.
    const fields = byNul(output).map((field) => field.replace(/^\n/, ''));
    const adding: string[] = [];
    for (const [index, field] of fields.entries()) {
      const [commit, author, committer] = field.split('\n');
      if (commit === undefined || author === undefined || committer === undefined) continue;
      const statuses: string[] = [];
      for (let at = index + 1; /^[A-Z]+$/.test(fields[at] ?? ''); at += 2) statuses.push(fields[at] ?? '');
      // Who takes a file away wrote nothing of it; where it comes back, that counts.
      if (statuses.length === 0 || statuses.some((status) => !/^D+$/.test(status))) people.add(author).add(committer);
      if (statuses.some((status) => /^A+$/.test(status))) adding.push(commit);
    }
    const sources = await movedFrom(root, [...new Set(adding)], known);
    wanted = sources.filter((path) => !known.has(path));
    for (const path of wanted) known.add(path);
  }
  return [...people];
}

/** The names that files had before one of the commits gave them a name that is wanted. */
async function movedFrom(root: string, commits: readonly string[], wanted: ReadonlySet<string>): Promise<string[]> {
  if (commits.length === 0) return [];
  const args = ['diff-tree', '-r', '-m', '-z', '--no-commit-id', '--find-renames', '--diff-filter=R', '--name-status', '--ignore-submodules=none', '--no-relative', '--stdin'];
  const fields = (await gitOutput(root, args, { input: `${commits.join('\n')}\n` })).split('\0');
  return fields.flatMap((field, index) => (/^R\d+$/.test(field) && wanted.has(fields[index + 2] ?? '') ? [fields[index + 1] ?? ''] : []));
}

/** user.name and user.email as Git would write them into a commit here, or undefined where Git would have to guess. */
export async function identityAt(folder: string): Promise<{ readonly name: string; readonly email: string } | undefined> {
  const result = await runGit(folder, ['-c', 'user.useConfigOnly=true', 'var', 'GIT_AUTHOR_IDENT']);
  const match = /^(.+) <([^<>]+)> \d+ [+-]\d{4}$/.exec(result.stdout.toString('utf8').trim());
  return result.code === 0 && match?.[1] !== undefined && match[2] !== undefined ? { name: match[1], email: match[2] } : undefined;
}

/** Whatever is staged, and what differs from the last commit or is untracked below the given paths. */
export async function uncommittedAt(root: string, paths: readonly string[]): Promise<readonly string[]> {
  const staged = byNul(await ask(root, ['diff', '--cached', '--name-only', ...EVERY_CHANGE, '-z']));
  if (paths.length === 0) return staged;
  const named = paths.length > MOST_PATHS ? [] : paths.map(literal);
  const status = byNul(await ask(root, ['--no-optional-locks', 'status', '--porcelain=v1', '-z', '--no-renames', '--ignore-submodules=dirty', '--untracked-files=all', '--', ...named]));
  const below = new Set(paths);
  const wanted = status.map((line) => line.slice(3)).filter((path) => named.length > 0 || path.split('/').some((_, parts, all) => below.has(all.slice(0, parts + 1).join('/'))));
  return [...new Set([...staged, ...wanted])].sort();
}

/** As many paths as a command line takes anywhere; for more, Git is asked about all. */
export const MOST_PATHS = 500;

const hasCommits = async (root: string): Promise<boolean> => (await runGit(root, ['rev-parse', '--quiet', '--verify', 'HEAD^{commit}'])).code === 0;

/** A path as Git shall take it: from the root, and without any magic in it. */
function literal(path: string): string {
  if (!staysInside(path)) throw refusal('unsafe-path', `a path that leaves the repository: ${JSON.stringify(path)}`, 'Name a file below the root of the case repository.');
  return `:(top,literal)${path}`;
}

/** Whether a folder is of a repository, be it in order or not. */
function isInRepository(folder: string): boolean {
  return existsSync(join(folder, '.git')) || (folder !== dirname(folder) && isInRepository(dirname(folder)));
}
