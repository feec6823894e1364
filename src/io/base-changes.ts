import { refusal, usage } from '../domain/problem.ts';
import { byNul, EVERY_CHANGE, gitNow, runGit } from './git-process.ts';

/**
 * What the commit from which HEAD and the base parted holds, and the work tree has otherwise or no longer: paths with what they
 * held. Refuses a base that Git does not know, and one that has nothing in common with HEAD, as in a shallow clone.
 */
export async function alteredSince(root: string, base: string): Promise<ReadonlyMap<string, () => Uint8Array>> {
  const known = await runGit(root, ['rev-parse', '--quiet', '--verify', '--end-of-options', `${base}^{commit}`]);
  if (known.code !== 0) throw usage(`--base: Git knows no commit ${JSON.stringify(base)}`, 'Name a branch, tag or commit of this clone, such as origin/main; git fetch brings what is missing.');
  const parted = await runGit(root, ['merge-base', known.stdout.toString('utf8').trim(), 'HEAD']);
  if (parted.code !== 0) throw refusal('no-base', `${base} and this branch have no commit in common here`, 'In a shallow clone: git fetch --unshallow (in CI: fetch the whole history).');
  const commit = parted.stdout.toString('utf8').trim();
  const fields = byNul(gitNow(root, ['diff', '--name-status', ...EVERY_CHANGE, '-z', commit, '--']).toString('utf8'));
  const changes = fields.flatMap((path, index) => (index % 2 === 1 && fields[index - 1] !== 'A' ? [path] : []));
  return new Map(changes.map((path) => [path, () => gitNow(root, ['cat-file', 'blob', `${commit}:${path}`])]));
}
