import { realpathSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { realShell } from '../../src/io/shell.ts';

const node = (script: string, env: Readonly<Record<string, string>> = {}) => realShell.run([process.execPath, '-e', script], { cwd: realpathSync(tmpdir()), env });

test('keeps the order of what was printed on either stream', async () => {
  const script = "for (let n = 0; n < 50; n += 1) (n % 2 ? process.stdout : process.stderr).write(n + '\\n'); process.exitCode = 3;";
  expect(await node(script)).toEqual({ code: 3, output: Array.from({ length: 50 }, (_, n) => `${n}\n`).join('') });
});

test('passes variables on, but none that points Git at another repository', async () => {
  process.env.GIT_DIR = '/nonexistent';
  try {
    expect((await node("process.stdout.write([process.env.GIT_DIR, process.env.VCC_NOW].join())", { VCC_NOW: 'x' })).output).toBe(',x');
  } finally {
    delete process.env.GIT_DIR;
  }
});

test('a program that is not there is a failure, not an exit code', async () => {
  await expect(realShell.run(['vcc-no-such-program'], { cwd: tmpdir(), env: {} })).rejects.toThrow('ENOENT');
});

test('writes into folders that are not there yet', async () => {
  const folder = await realShell.temporaryFolder('vcc-shell-');
  await realShell.write(join(folder, 'a', 'b.txt'), 'text');
  expect(await realShell.read(join(folder, 'a', 'b.txt'))).toBe('text');
  await rm(folder, { recursive: true });
});
