import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, rmdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Instant } from '../domain/instant.ts';
import { refusal } from '../domain/problem.ts';
import type { NewFile, NewRepositoryExtras } from '../environment.ts';
import { asDate } from './clock.ts';
import { headOf } from './commit-files.ts';
import { gitFailed, gitOutput, ownGitEnvironment, runGit } from './git-process.ts';
import { identityAt } from './git.ts';
import { writeDurably } from './journal.ts';
import { requireSafeTarget } from './safe-path.ts';
import { noIdentity } from './acting-signer.ts';

/**
 * Makes a new case repository with its first commit and gives that commit. It is built beside its place and moved there when it
 * is whole: a failure or a kill leaves no half repository. The folder must be absent or empty.
 */
export async function createRepository(
  folder: string,
  files: readonly NewFile[],
  commit: { readonly subject: string; readonly body: string; readonly at?: Instant },
  extras: NewRepositoryExtras = {},
): Promise<string> {
  const exists = isEmptyFolder(folder);
  mkdirSync(dirname(folder), { recursive: true });
  await requireIdentity(dirname(folder));

  const draft = mkdtempSync(join(dirname(folder), `.${basename(folder)}.vcc-draft-`));
  try {
    await gitOutput(draft, ['init', '--quiet', '--initial-branch=main']);
    for (const [key, value] of [['core.untrackedCache', 'true'] as const, ...(extras.configuration ?? [])]) await gitOutput(draft, ['config', '--local', key, value]);
    for (const file of files) write(draft, file);
    for (const { name, script } of extras.hooks ?? []) write(join(draft, '.git'), { path: `hooks/${name}`, text: script, executable: true });
    const first = await commitAll(draft, commit, files);
    moveInto(draft, folder, exists);
    return first;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Refuses before anything is asked what would be refused at the end: a folder that is not empty, and a person whom Git does not know at cwd. */
export async function requireNewFolder(folder: string, cwd: string): Promise<void> {
  isEmptyFolder(folder);
  await requireIdentity(cwd);
}

async function requireIdentity(at: string): Promise<void> {
  if (!(await identityAt(at))) throw noIdentity('anywhere');
}

/** Whether the folder exists, as an empty one; any other is refused. */
function isEmptyFolder(folder: string): boolean {
  const existing = lstatSync(folder, { throwIfNoEntry: false });
  if (existing && !existing.isDirectory()) throw refusal('exists', `${folder} exists and is not a folder`, 'Name a folder that does not exist yet: vcc init DIR');
  if (existing && readdirSync(folder).length > 0) throw refusal('not-empty', `${folder} is not empty`, 'Name a folder that does not exist yet: vcc init DIR');
  return existing !== undefined;
}

function write(root: string, file: NewFile): void {
  requireSafeTarget(root, file.path);
  const target = join(root, file.path);
  mkdirSync(dirname(target), { recursive: true });
  writeDurably(target, Buffer.from(file.text));
  if (file.executable === true) chmodSync(target, 0o755);
}

async function commitAll(draft: string, commit: { readonly subject: string; readonly body: string; readonly at?: Instant }, files: readonly NewFile[]): Promise<string> {
  // --force: the person's own global ignore file has no say in what a case repository needs.
  const input = files.map(({ path }) => `${path}\0`).join('');
  await gitOutput(draft, ['add', '--force', '--pathspec-from-file=-', '--pathspec-file-nul'], { env: ownGitEnvironment({ GIT_LITERAL_PATHSPECS: '1' }), input });
  const date = commit.at === undefined ? undefined : asDate(commit.at).toISOString();
  const env = ownGitEnvironment(date === undefined ? {} : { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date });
  const args = ['commit', '--quiet', '--no-verify', '--cleanup=verbatim', '--file=-'];
  const body = commit.body.trim();
  const result = await runGit(draft, args, { env, input: body === '' ? `${commit.subject}\n` : `${commit.subject}\n\n${body}\n` });
  if (result.code !== 0) throw gitFailed(args, result);
  return (await headOf(draft)) ?? '';
}

/** An empty folder that exists stays itself, since a shell may stand in it; .git comes last, so before that it is no repository. */
function moveInto(draft: string, folder: string, exists: boolean): void {
  if (!exists) {
    renameSync(draft, folder);
    return;
  }
  for (const name of readdirSync(draft).sort((a, b) => Number(a === '.git') - Number(b === '.git'))) renameSync(join(draft, name), join(folder, name));
  rmdirSync(draft);
}
