import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VCC } from './built-vcc.ts';

/** The keys that ship for trying vcc out. */
export const EXAMPLE_KEYS = join(import.meta.dirname, '..', '..', 'templates', 'demo', 'keys');

export interface Typed {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The real program in a folder of its own, and everything else that a person types there. */
export interface TypedVcc {
  readonly folder: string;
  vcc(args: readonly string[], options?: TypingOptions): Typed;
  git(args: readonly string[], options?: TypingOptions): Typed;
  dispose(): void;
}

interface TypingOptions {
  /** From the folder. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export function typedVcc(): TypedVcc {
  const folder = mkdtempSync(join(tmpdir(), 'vcc-typed-'));
  const run = (command: readonly string[], { cwd = '.', env = {} }: TypingOptions = {}): Typed => {
    const [program = '', ...args] = command;
    const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: join(folder, cwd), env: { ...process.env, TMPDIR: folder, ...env }, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    if (error) throw error;
    return { code: status ?? 128, stdout, stderr };
  };
  return {
    folder,
    vcc: (args, options) => run([...VCC, ...args], options),
    git: (args, options) => run(['git', ...args], options),
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A coordinator of the example keys at the keyboard: identity and key by the environment alone. */
export const sitting = (slug: string, name: string, now: string): Readonly<Record<string, string>> => ({
  GIT_AUTHOR_NAME: name,
  GIT_AUTHOR_EMAIL: `${slug}@cert.example`,
  GIT_AUTHOR_DATE: now,
  GIT_COMMITTER_NAME: name,
  GIT_COMMITTER_EMAIL: `${slug}@cert.example`,
  GIT_COMMITTER_DATE: now,
  VCC_KEY_FILE: join(EXAMPLE_KEYS, `${slug}.secret.asc`),
  VCC_NOW: now,
});
