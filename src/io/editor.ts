// What is edited is in clear: letters with details, a report. It lies in a folder that only this person can read, outside of the
// repository, and goes with whatever the editor leaves beside it, also where vcc is stopped.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { refusal } from '../domain/problem.ts';
import { failedWith } from './failed-with.ts';
import { ownGitEnvironment, runGit } from './git-process.ts';

const CANCELLED = 'Nothing was written. Type the command again when you are ready.';

/** The editor as Git finds it: GIT_EDITOR, core.editor, VISUAL, EDITOR, and vi at a terminal. */
async function editorOf(root: string): Promise<string> {
  const { code, stdout } = await runGit(root, ['var', 'GIT_EDITOR']);
  const command = stdout.toString('utf8').trim();
  if (code !== 0 || command === '') throw refusal('no-editor', 'no editor is set', 'git config --global core.editor EDITOR, or the variable VISUAL or EDITOR');
  return command;
}

/** Opens a text in the person's editor and gives what was saved. Refuses where the editor fails or the text comes back empty: that cancels. */
export async function editText(root: string, name: string, text: string): Promise<string> {
  const command = await editorOf(root);
  const parent = realpathSync(tmpdir());
  const inside = relative(realpathSync(root), parent);
  if (!inside.startsWith('..')) throw refusal('inside-repository', `${parent} lies in the case repository`, 'What is edited is in clear. Set TMPDIR to a folder elsewhere.');
  // Made for this person alone (0700).
  const folder = mkdtempSync(join(parent, 'vcc-edit-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  // Ctrl-C is the editor's. Whatever ends vcc takes the text along.
  const ignore = (): void => undefined;
  const stop = (signal: NodeJS.Signals): void => {
    remove();
    process.off(signal, stop);
    process.kill(process.pid, signal);
  };
  process.on('SIGINT', ignore).on('SIGQUIT', ignore).on('SIGTERM', stop).on('SIGHUP', stop).on('exit', remove);
  try {
    const path = join(folder, name);
    writeFileSync(path, text, { mode: 0o600 });
    const code = await run(command, path, root);
    if (code !== 0) throw refusal('cancelled', `the editor ended with ${code ?? 'a signal'}: ${command}`, CANCELLED);
    const saved = readSaved(path);
    if (saved.trim() === '') throw refusal('cancelled', 'the text is empty', CANCELLED);
    return saved;
  } finally {
    remove();
    process.off('SIGINT', ignore).off('SIGQUIT', ignore).off('SIGTERM', stop).off('SIGHUP', stop).off('exit', remove);
  }
}

function readSaved(path: string): string {
  try {
    return readFileSync(path, 'utf8').replaceAll('\r\n', '\n').replace(/^\ufeff/, '');
  } catch (problem) {
    if (['ENOENT', 'EISDIR', 'ELOOP', 'EACCES'].some((code) => failedWith(problem, code))) throw refusal('cancelled', 'the editor left no text', CANCELLED);
    throw problem;
  }
}

/** By the shell, as Git does: the setting may hold words of its own. Standard output stays clean for --json. */
function run(command: string, path: string, cwd: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', `${command} "$@"`, command, path], { cwd, env: ownGitEnvironment(), stdio: ['inherit', 2, 2] });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? undefined));
  });
}
