import { refusal, usage, type VccError } from '../domain/problem.ts';
import type { Tree } from '../domain/tree.ts';
import type { CommitRange } from '../environment.ts';
import { byNul, EVERY_CHANGE, gitDirOf, gitNow, runGit } from './git-process.ts';
import { treeAt } from './index-tree.ts';

async function commitNamed(root: string, name: string): Promise<string | undefined> {
  // A branch first: Git itself takes a tag of the same name, and anybody can push one.
  for (const ref of [`refs/remotes/${name}`, `refs/heads/${name}`, name]) {
    const known = await runGit(root, ['rev-parse', '--quiet', '--verify', '--end-of-options', `${ref}^{commit}`]);
    if (known.code === 0) return known.stdout.toString('utf8').trim();
  }
  return undefined;
}

/** Why there is no such commit: Git may refuse the whole repository, or nothing is committed yet. */
async function unknownCommit(root: string, name: string, flag = ''): Promise<VccError> {
  await gitDirOf(root);
  if ((await commitNamed(root, 'HEAD')) === undefined) return refusal('no-commits', 'nothing is committed here yet', 'Commit first: git add FILE, git commit; vcc lint checks what is not committed.');
  return usage(`${flag}Git knows no commit ${JSON.stringify(name)}`, FETCH);
}

const FETCH = 'Name a branch, tag or commit of this clone, such as origin/main; git fetch brings what is missing.';

/** The commit from which the two parted; refuses where there is none, as in a shallow clone. */
async function partedFrom(root: string, base: string, commit: string, head: string): Promise<string> {
  const parted = await runGit(root, ['merge-base', commit, head]);
  if (parted.code !== 0) throw refusal('no-base', `${base} and this branch have no commit in common here`, 'In a shallow clone: git fetch --unshallow (in CI: fetch the whole history).');
  return parted.stdout.toString('utf8').trim();
}

/** Pairs of a letter and a path. */
function changedFiles(root: string, ...commits: readonly string[]): { readonly status: string; readonly path: string }[] {
  const fields = byNul(gitNow(root, ['diff', '--name-status', ...EVERY_CHANGE, '-z', ...commits, '--']).toString('utf8'));
  return fields.flatMap((path, index) => (index % 2 === 1 ? [{ status: fields[index - 1] ?? '', path }] : []));
}

/**
 * What the commit from which HEAD and the base parted holds, and the work tree has otherwise or no longer: paths with what they
 * held. Refuses a base that Git does not know, and one that has nothing in common with HEAD, as in a shallow clone.
 */
export async function alteredSince(root: string, base: string): Promise<ReadonlyMap<string, () => Uint8Array>> {
  const known = await commitNamed(root, base);
  if (known === undefined) throw await unknownCommit(root, base, '--base: ');
  const commit = await partedFrom(root, base, known, 'HEAD');
  const changes = changedFiles(root, commit).filter(({ status }) => status !== 'A');
  // A commit that folds logs alters thousands of files: one Git for each would take minutes.
  const before = treeAt(root, commit, changes.map(({ path }) => path));
  return new Map(changes.map(({ path }) => [path, () => before.read(path) ?? new Uint8Array()]));
}

/** The files as Git would merge two commits; nothing is checked out. Git can tell from version 2.38 on, and where it may write objects. */
async function merged(root: string, base: string, head: string, changes: CommitRange['changes']): Promise<Tree | 'conflict' | 'unknown'> {
  const { code, stdout } = await runGit(root, ['merge-tree', '--write-tree', '--name-only', base, head]);
  const [tree = ''] = stdout.toString('utf8').split('\n');
  if (code === 1) return 'conflict';
  return code === 0 && /^[0-9a-f]{40,64}$/.test(tree) ? treeAt(root, tree, changes.map(({ path }) => path)) : 'unknown';
}

/** What a range means, as git diff takes it, and the files that differ; see GitFacts.between. */
export async function between(root: string, range?: string): Promise<CommitRange> {
  const [, from = '', dots = '', to = ''] = /^(.*?)(?:(\.{2,3})(.*))?$/s.exec(range ?? '') ?? [];
  const named = async (name: string): Promise<string> => {
    const commit = await commitNamed(root, name);
    if (commit === undefined) throw await unknownCommit(root, name);
    return commit;
  };
  const head = await named(to === '' ? 'HEAD' : to);
  const start = range === undefined ? await defaultBranch(root) : from === '' ? 'HEAD' : from;
  const known = await named(start);
  const isFromParting = range === undefined || dots === '...';
  const base = isFromParting ? await partedFrom(root, start, known, head) : known;
  const apart = (await runGit(root, ['merge-base', '--is-ancestor', base, head])).code !== 0;
  const changes = changedFiles(root, base, head);
  return { base, head, apart, changes, ...(isFromParting && known !== base && head !== base ? { together: await merged(root, known, head, changes) } : {}) };
}

/** Whether a branch is the one in which the work comes together: that of the remote, of a server, or by its name. */
export async function isDefault(root: string, ref: string): Promise<boolean> {
  for (const head of ['refs/remotes/origin/HEAD', 'HEAD']) {
    const { code, stdout } = await runGit(root, ['symbolic-ref', '--quiet', head]);
    const name = stdout.toString('utf8').trim().replace(/^refs\/(?:remotes\/origin|heads)\//, '');
    if (code === 0 && (head !== 'HEAD' || (await isBare(root)))) return ref === `refs/heads/${name}`;
  }
  return ['refs/heads/main', 'refs/heads/master'].includes(ref);
}

const isBare = async (root: string): Promise<boolean> => (await runGit(root, ['rev-parse', '--is-bare-repository'])).stdout.toString('utf8').trim() === 'true';

/** Where a team's work comes together, as a full ref that no tag can stand in for. */
async function defaultBranch(root: string): Promise<string> {
  for (const name of ['refs/remotes/origin/HEAD', 'refs/remotes/origin/main', 'refs/heads/main']) if ((await commitNamed(root, name)) !== undefined) return name;
  throw refusal('no-base', 'nothing to compare with: there is no origin/HEAD, no origin/main, no main', 'Name the commit from which the review starts: vcc review BASE');
}

/** What a new branch is compared with: on a server its own default branch, else that of a remote, for a branch of this clone may hold what is being pushed. */
export async function publishedBranch(root: string): Promise<string | undefined> {
  if (await isBare(root)) return (await commitNamed(root, 'HEAD')) === undefined ? undefined : 'HEAD';
  const refs = (await runGit(root, ['for-each-ref', '--format=%(refname)', 'refs/remotes'])).stdout.toString('utf8').split('\n');
  return ['HEAD', 'main', 'master'].flatMap((name) => refs.filter((ref) => ref.endsWith(`/${name}`)))[0];
}
