import { copyFileSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, rmdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { EVERY_CHANGE, gitDirOf, gitFailed, gitOutput, ownGitEnvironment, runGit } from './git-process.ts';
import { MOST_PATHS, uncommittedAt } from './git.ts';
import { onDisk, sha256, writeSoon } from './journal.ts';
import type { Journal, Part, PartFile } from './journal.ts';
import { markOf } from './process-mark.ts';
import { requireSafeTarget } from './safe-path.ts';
import { readPlainFile } from './work-tree.ts';
import { failedWith } from './failed-with.ts';

/** Called before and after whatever cannot be undone by itself; tests stop the process there. */
export type OnStep = (step: string) => void;

const FROM_INPUT = ['--pathspec-from-file=-', '--pathspec-file-nul'];

/** Puts the waiting contents in place, each by a rename once all are on the disk: a file is never half written. */
export async function writeFiles(part: Part, journal: Journal, onStep: OnStep): Promise<void> {
  const drafts: string[] = [];
  for (const file of part.files) {
    requireSafeTarget(part.root, file.path);
    if ('removed' in file) continue;
    const target = join(part.root, file.path);
    mkdirSync(dirname(target), { recursive: true });
    writeSoon(draftOf(target), journal.waiting(file));
    drafts.push(draftOf(target));
    onStep(`${part.name} draft ${file.path}`);
  }
  await onDisk(drafts);
  for (const file of part.files) {
    const target = join(part.root, file.path);
    // Somebody may have put a link there while the others were written.
    requireSafeTarget(part.root, file.path);
    if ('removed' in file) {
      rmSync(target, { force: true });
      removeEmptyFolders(part.root, dirname(file.path));
    } else renameSync(draftOf(target), target);
    onStep(`${part.name} file ${file.path}`);
  }
}

/** The same name at every try, so that a killed run's draft is found again. */
const draftOf = (target: string): string => join(dirname(target), `.${basename(target)}.vcc-draft`);

/**
 * Commits exactly the files of the part, hooks included, and gives the commit that holds them; without a change, no new one.
 * It works on a copy of the index: a kill leaves no .git/index.lock, and whatever else the person has open stays as it is.
 */
export async function commitPart(part: Part, journal: Journal, onStep: OnStep): Promise<string> {
  const gitDir = await gitDirOf(part.root);
  const index = join(journal.runFolder, `${part.name}.index`);
  // A git that was killed leaves its lock beside the copy; nobody but this run knows of either.
  for (const left of [index, `${index}.lock`]) rmSync(left, { force: true });
  try {
    copyFileSync(join(gitDir, 'index'), index);
  } catch (problem) {
    // A repository without a first commit has none yet.
    if (!failedWith(problem, 'ENOENT')) throw problem;
  }
  const env = ownGitEnvironment({ ...part.env, GIT_INDEX_FILE: index, GIT_LITERAL_PATHSPECS: '1' });
  // --force: a record that some ignore file hides would be in no clone but this one.
  if (part.files.length > 0) await gitOutput(part.root, ['add', '--force', ...FROM_INPUT], { env, input: pathspecs(part) });
  onStep(`${part.name} staged`);
  const difference = await runGit(part.root, ['diff', '--cached', '--quiet', ...EVERY_CHANGE], { env });
  if (difference.code === 0) return headOf(part.root).then((head) => head ?? '');
  const args = ['-c', 'i18n.commitEncoding=utf-8', 'commit', '--quiet', '--cleanup=verbatim', '--file=-'];
  const committing = { ...env, GIT_LITERAL_PATHSPECS: undefined };
  const result = await runGit(part.root, args, { env: committing, input: part.message, onSpawn: (pid) => journal.noteChild(markOf(pid)) });
  if (result.code !== 0) throw gitFailed(args.slice(2), result, 'Put right what Git or its hook says above, then type the same command again.');
  onStep(`${part.name} commit`);
  await followHead(part, journal);
  onStep(`${part.name} index`);
  return (await headOf(part.root)) ?? '';
}

/** Lets the person's index follow the commit that was made beside it. */
export async function followHead(part: Part, journal: Journal): Promise<void> {
  if (part.files.length === 0) return;
  journal.noteIndexing(part.name);
  await gitOutput(part.root, ['reset', '--quiet', ...FROM_INPUT], { env: ownGitEnvironment({ GIT_LITERAL_PATHSPECS: '1' }), input: pathspecs(part) });
}

const pathspecs = (part: Part): string => part.files.map((file) => `${file.path}\0`).join('');

/** Whether the part's commit was made, before or after the run was interrupted. */
export async function isCommitted(part: Part): Promise<boolean> {
  const range = part.head === undefined ? 'HEAD' : `${part.head}..HEAD`;
  const head = await headOf(part.root);
  if (head === undefined) return false;
  if (head !== part.head) {
    const subject = part.message.split('\n', 1)[0] ?? '';
    const commits = (await gitOutput(part.root, ['log', '--no-show-signature', '--format=%P%x00%s', range])).split('\n');
    if (commits.includes(`${part.head ?? ''}\0${subject}`)) return true;
  }
  // The person may have committed it by hand, or there was nothing to change.
  const same = part.files.every((file) => holds(part, file));
  return same && (await allInHead(part)) && (await uncommittedAt(part.root, part.files.map(({ path }) => path))).length === 0;
}

/** Whether HEAD has the files, and none that is removed. One that is ignored is missing from git status, whether or not it was committed. */
async function allInHead({ root, files }: Part): Promise<boolean> {
  if (files.length === 0) return true;
  const paths = files.length > MOST_PATHS ? [] : files.map(({ path }) => path);
  const there = new Set((await gitOutput(root, ['ls-tree', '-r', '-z', '--name-only', '--full-tree', 'HEAD', '--', ...paths])).split('\0'));
  return files.every((file) => there.has(file.path) !== 'removed' in file);
}

function holds(part: Part, file: PartFile): boolean {
  const content = readPlainFile(join(part.root, file.path));
  return 'removed' in file ? content === undefined : content !== undefined && sha256(content) === file.sha256;
}

/** Takes away what writeFiles had not put in place yet. */
export function removeDrafts(part: Part): void {
  for (const file of part.files) rmSync(draftOf(join(part.root, file.path)), { force: true });
}

/** Takes the part's files back out, as far as they still are what the run wrote: what a person changed since is theirs. */
export async function undoFiles(part: Part): Promise<void> {
  removeDrafts(part);
  const written = part.files.filter((file) => holds(part, file));
  const restorable: string[] = [];
  for (const { path } of written) {
    if ((await runGit(part.root, ['cat-file', '-e', `HEAD:${path}`])).code === 0) restorable.push(path);
    else rmSync(join(part.root, path), { force: true });
  }
  if (restorable.length > 0) {
    const env = ownGitEnvironment({ GIT_LITERAL_PATHSPECS: '1' });
    await gitOutput(part.root, ['checkout', '--quiet', 'HEAD', ...FROM_INPUT], { env, input: restorable.map((path) => `${path}\0`).join('') });
  }
  for (const { path } of part.files) removeEmptyFolders(part.root, dirname(path));
}

function removeEmptyFolders(root: string, folder: string): void {
  for (let path = folder; path !== '.' && path !== ''; path = dirname(path)) {
    const found = lstatSync(join(root, path), { throwIfNoEntry: false });
    if (found && (!found.isDirectory() || readdirSync(join(root, path)).length > 0)) return;
    if (found) rmdirSync(join(root, path));
  }
}

/** The commit that HEAD names, or undefined before the first one. */
export async function headOf(root: string): Promise<string | undefined> {
  const result = await runGit(root, ['rev-parse', '--quiet', '--verify', 'HEAD^{commit}']);
  return result.code === 0 ? result.stdout.toString('latin1').trim() : undefined;
}
