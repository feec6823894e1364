import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Shell } from '../environment.ts';

/** Programs and files outside of a case repository, for vcc demo. */
export const realShell: Shell = {
  run: ([program, ...args], { cwd, env, input }) =>
    new Promise((resolve, reject) => {
      if (program === undefined) throw new RangeError('no program to run');
      const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
      const stdout: Buffer[] = [];
      const stderr: Buffer[] = [];
      child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
      child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
      child.on('error', reject);
      child.on('close', (code) => resolve({ code: code ?? 128, stdout: Buffer.concat(stdout).toString('utf8'), stderr: Buffer.concat(stderr).toString('utf8') }));
      // A program that reads nothing may have ended already; what it printed and its code tell the rest.
      child.stdin.on('error', () => undefined);
      child.stdin.end(input ?? '');
    }),
  temporaryFolder: (prefix) => mkdtemp(join(tmpdir(), prefix)),
  async write(path, text) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  },
  read: (path) => readFile(path, 'utf8'),
};
