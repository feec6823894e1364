// The only import of simple-git. Its hazard: it silently drops inherited GIT_* variables, so inside a pre-commit hook it
// sees the ordinary index and every check of staged content passes on nothing. Staged content is therefore read by
// index-tree.ts, and commits, whose hooks must see our index, are made by commit-files.ts; both start Git directly.
// Here identity and configuration are let through again, or the person's GIT_CONFIG_GLOBAL would not count.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { SimpleGit } from 'simple-git';
import { legible } from '../documents/legible.ts';
import { refusal } from '../domain/problem.ts';
import type { CommitLine, GitFacts } from '../environment.ts';
import { byNul, runGit } from './git-process.ts';
import { staysInside } from './safe-path.ts';

const PASSED_ON = ['GIT_AUTHOR_NAME', 'GIT_AUTHOR_EMAIL', 'GIT_COMMITTER_NAME', 'GIT_COMMITTER_EMAIL', 'GIT_CEILING_DIRECTORIES'];

async function git(root: string): Promise<SimpleGit> {
  const { simpleGit } = await import('simple-git');
  const configuration = Object.keys(process.env).filter((name) => name.startsWith('GIT_CONFIG'));
  return simpleGit({
    baseDir: root,
    config: ['core.quotepath=false'],
    allowEnvironment: [...PASSED_ON, ...configuration],
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

    async everUsed(caseNumber) {
      if (!/^\d{8}$/.test(caseNumber)) throw new RangeError(`not a case number: ${caseNumber}`);
      if ((await ask(root(), ['rev-parse', '--is-shallow-repository'])).trim() === 'true') {
        throw refusal('shallow-clone', 'this clone is shallow: it cannot tell which case numbers were used before', 'Type: git fetch --unshallow');
      }
      // --full-history: a case that came and went on a merged branch was used all the same.
      return (await ask(root(), ['rev-list', '--all', '--full-history', '--max-count=1', '--', `:(glob)cases/*/${caseNumber}/**`])).trim() !== '';
    },

    async authorsOf(paths) {
      if (paths.length === 0 || !(await hasCommits(root()))) return [];
      // %ae, not %aE: a .mailmap in the repository must not turn one person into two. Nor must --author or --amend: who commits counts too.
      const output = await ask(root(), ['log', '-z', '--full-history', '--no-show-signature', '--format=%ae%n%ce', '--', ...paths.map(literal)]);
      return [...new Set(byNul(output).flatMap((people) => people.split('\n')))];
    },

    async history(path) {
      if (!(await hasCommits(root()))) return [];
      const format = '--format=%H%n%an%n%ae%n%at%n%s';
      const where = path === '' ? [] : ['--', literal(path)];
      return readHistory(await ask(root(), ['log', '-z', '--reverse', '--topo-order', '--no-show-signature', '--no-renames', '--name-status', format, ...where]));
    },

    uncommitted: (paths) => uncommittedAt(root(), paths),

    async changesSince(added, paths) {
      const commit = (await ask(root(), ['log', '--diff-filter=A', '--no-show-signature', '--format=%H', '--max-count=1', '--', literal(added)])).trim();
      return commit === '' ? '' : ask(root(), ['diff', '--no-color', '--no-ext-diff', commit, 'HEAD', '--', ...paths.map(literal)]);
    },

    async remoteOf(folder) {
      const at = resolve(root(), folder);
      if (!existsSync(join(at, '.git'))) return undefined;
      const [first = ''] = (await runGit(at, ['remote'])).stdout.toString('utf8').split('\n');
      return first === '' ? undefined : first;
    },
  };
}

/** user.name and user.email as Git would write them into a commit here, or undefined where Git would have to guess. */
export async function identityAt(folder: string): Promise<{ readonly name: string; readonly email: string } | undefined> {
  const result = await runGit(folder, ['-c', 'user.useConfigOnly=true', 'var', 'GIT_AUTHOR_IDENT']);
  const match = /^(.+) <([^<>]+)> \d+ [+-]\d{4}$/.exec(result.stdout.toString('utf8').trim());
  return result.code === 0 && match?.[1] !== undefined && match[2] !== undefined ? { name: match[1], email: match[2] } : undefined;
}

/** Whatever is staged, and what differs from the last commit or is untracked below the given paths. */
export async function uncommittedAt(root: string, paths: readonly string[]): Promise<readonly string[]> {
  const staged = byNul(await ask(root, ['diff', '--cached', '--name-only', '--no-renames', '-z']));
  if (paths.length === 0) return staged;
  const status = byNul(await ask(root, ['--no-optional-locks', 'status', '--porcelain=v1', '-z', '--no-renames', '--untracked-files=all', '--', ...paths.map(literal)]));
  return [...new Set([...staged, ...status.map((line) => line.slice(3))])].sort();
}

const hasCommits = async (root: string): Promise<boolean> => (await runGit(root, ['rev-parse', '--quiet', '--verify', 'HEAD^{commit}'])).code === 0;

/** A path as Git shall take it: from the root, and without any magic in it. */
function literal(path: string): string {
  if (!staysInside(path)) throw refusal('unsafe-path', `a path that leaves the repository: ${JSON.stringify(path)}`, 'Name a file below the root of the case repository.');
  return `:(top,literal)${path}`;
}

/** Each commit is one field of five lines, its changes follow as pairs of fields: A, path. */
function readHistory(output: string): CommitLine[] {
  const fields = output.split('\0');
  const commits: CommitLine[] = [];
  let index = 0;
  while (index < fields.length) {
    // Git puts a line end between a commit's text and its first change.
    const [commit, author, email, seconds, ...subject] = (fields[index] ?? '').replace(/^\n/, '').split('\n');
    index += 1;
    if (commit === undefined || author === undefined || email === undefined || !/^[0-9a-f]{40,64}$/.test(commit)) continue;
    const paths: { status: string; path: string }[] = [];
    while (/^\n?[A-Z]\d*$/.test(fields[index] ?? '')) {
      paths.push({ status: (fields[index] ?? '').replace('\n', ''), path: fields[index + 1] ?? '' });
      index += 2;
    }
    commits.push({ commit, author, email, at: Number(seconds) * 1000, subject: subject.join('\n').trim(), paths });
  }
  return commits;
}
