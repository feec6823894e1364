import { spawn, spawnSync } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';
import { legible } from '../documents/legible.ts';
import { VccError, refusal } from '../domain/problem.ts';
import { failedWith } from './failed-with.ts';

export interface GitResult {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/**
 * Variables that point Git at another repository, index or object store. Inside a hook they are what makes the staged
 * content visible; for our own writing they would aim at a place that --dry-run never showed.
 */
const REPOSITORY_VARIABLES = new Set([
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_INDEX_VERSION',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_NAMESPACE',
  'GIT_PREFIX',
  'GIT_GRAFT_FILE',
  'GIT_SHALLOW_FILE',
  'GIT_REPLACE_REF_BASE',
  'GIT_NO_REPLACE_OBJECTS',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_INTERNAL_SUPER_PREFIX',
  'GIT_LITERAL_PATHSPECS',
  'GIT_GLOB_PATHSPECS',
  'GIT_NOGLOB_PATHSPECS',
  'GIT_ICASE_PATHSPECS',
  'GIT_QUARANTINE_PATH',
]);

/** Without these a hook of a server sees nothing of what is pushed: it waits in a quarantine until the hook lets it in. */
export const SERVER_VARIABLES: ReadonlySet<string> = new Set(['GIT_DIR', 'GIT_OBJECT_DIRECTORY', 'GIT_ALTERNATE_OBJECT_DIRECTORIES', 'GIT_QUARANTINE_PATH']);

/** Whether we stand in a bare repository that is meant, as in the hooks of a server: nothing of ours is written there, but what lint remembers. */
export const onServer = (): boolean => process.env.GIT_DIR === '.';

/** The person's environment for Git commands of our own: identity and configuration stay, pointers to other repositories go. */
export function ownGitEnvironment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !REPOSITORY_VARIABLES.has(name) || (onServer() && SERVER_VARIABLES.has(name)));
  return { ...Object.fromEntries(kept), GIT_TERMINAL_PROMPT: '0', ...extra };
}

/**
 * Set on every git that vcc starts. A folder that somebody committed may look like a bare repository; Git would take it for one
 * where it is started inside of it, and run the programs that its config names. What git replace shows in place of a commit is seen in
 * this clone alone: it is the commit itself that is pushed.
 */
export const OWN_SETTINGS = ['safe.bareRepository=explicit', 'core.useReplaceRefs=false'] as const;
const SETTINGS = OWN_SETTINGS.flatMap((setting) => ['-c', setting]);

/** Nothing in .gitmodules, or in the person's settings, takes a path out of a list of changes, and all start at the root. */
export const EVERY_CHANGE = ['--ignore-submodules=none', '--no-relative', '--no-renames'] as const;

const missingGit = (cause: unknown): VccError =>
  new VccError({ code: 'no-git', message: 'git cannot be started', hint: 'Install Git 2.30 or newer, so that `git --version` works.', cause });

/** Runs Git to its end. The exit code is the caller's to judge; onSpawn gets the process id before anything else happens. */
export function runGit(
  cwd: string,
  args: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly input?: string | Uint8Array; readonly onSpawn?: (pid: number) => void } = {},
): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', [...SETTINGS, ...args], { cwd, env: options.env ?? ownGitEnvironment(), stdio: ['pipe', 'pipe', 'pipe'] });
    if (child.pid !== undefined) options.onSpawn?.(child.pid);
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    // Git may end before it read all input; its exit code says why.
    child.stdin.on('error', (problem) => {
      if (!failedWith(problem, 'EPIPE')) reject(problem);
    });
    child.on('error', (problem) => reject(failedWith(problem, 'ENOENT') ? missingGit(problem) : problem));
    child.on('close', (code) => resolve({ code: code ?? 128, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString('utf8') }));
    child.stdin.end(options.input ?? '');
  });
}

/** Runs Git and hands back its output; refuses with what Git said. */
export async function gitOutput(cwd: string, args: readonly string[], options: Parameters<typeof runGit>[2] = {}): Promise<string> {
  const result = await runGit(cwd, args, options);
  if (result.code !== 0) throw gitFailed(args, result);
  return result.stdout.toString('utf8');
}

/** Runs Git and hands over its output line by line, at most so many bytes of it; false where there was more. Refuses with what Git said. */
export function gitLines(cwd: string, args: readonly string[], limit: number, onLine: (line: string) => void): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', [...SETTINGS, ...args], { cwd, env: ownGitEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
    const decoder = new StringDecoder('utf8');
    const stderr: Buffer[] = [];
    let rest = '';
    let bytes = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      if (bytes > limit) return;
      bytes += chunk.length;
      const lines = (rest + decoder.write(chunk)).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(onLine);
      if (bytes > limit) child.kill();
    });
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', (problem) => reject(failedWith(problem, 'ENOENT') ? missingGit(problem) : problem));
    child.on('close', (code) => {
      if (bytes > limit) { resolve(false); return; }
      if (code !== 0) { reject(gitFailed(args, { code: code ?? 128, stdout: Buffer.alloc(0), stderr: Buffer.concat(stderr).toString('utf8') })); return; }
      onLine(rest + decoder.end());
      resolve(true);
    });
  });
}

/** The environment as it was inherited. How the person's own command reads its paths is not how ours does. */
const inherited = (): NodeJS.ProcessEnv => Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.endsWith('_PATHSPECS')));

/** The output of Git in the environment as it was inherited: for what is about to be committed. Refuses with what Git said. */
export async function gitAsInherited(cwd: string, args: readonly string[], input = ''): Promise<Buffer> {
  const result = await runGit(cwd, args, { env: inherited(), input });
  if (result.code !== 0) throw gitFailed(args, result);
  return result.stdout;
}

/** The same, and waits: for trees, which are read without await. */
export function gitNow(cwd: string, args: readonly string[], input = '', env = inherited()): Buffer {
  const result = spawnSync('git', [...SETTINGS, ...args], { cwd, input, maxBuffer: Infinity, env });
  if (result.error) throw failedWith(result.error, 'ENOENT') ? missingGit(result.error) : result.error;
  if (result.status !== 0) throw gitFailed(args, { code: result.status ?? 128, stdout: result.stdout, stderr: result.stderr.toString('utf8') });
  return result.stdout;
}

/** What Git said, as a refusal. */
export function gitFailed(args: readonly string[], result: GitResult, hint = 'Put right what Git says above, then type the same command again.'): VccError {
  const command = args.find((arg) => !arg.startsWith('-')) ?? '';
  return refusal('git-failed', `git ${command} failed (${result.code}):\n${legible(result.stderr.trim())}`, hint);
}

/** Splits output of -z. */
export const byNul = (output: string): string[] => output.split('\0').filter((part) => part !== '');

/** Git's own folder of this work tree, absolute; a linked work tree has its own. */
export async function gitDirOf(root: string): Promise<string> {
  const result = await runGit(root, ['rev-parse', '--absolute-git-dir']);
  if (result.code === 0) return result.stdout.toString('utf8').replace(/\n$/, '');
  throw new VccError({ code: 'not-a-repository', message: `Git takes ${root} for no repository of yours:\n${legible(result.stderr.trim())}`, hint: 'Put right what Git says above; where there is no repository yet: git init makes this folder one, vcc init DIR a new case repository' });
}
