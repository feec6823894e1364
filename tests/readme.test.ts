import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { VCC } from './support/built-vcc.ts';

const ROOT = join(import.meta.dirname, '..');

/** The lines of the tour as a shell takes them; one that says so must be refused. */
function tour(): string {
  const text = /^## A tour[\s\S]*?^(?=## )/m.exec(readFileSync(join(ROOT, 'README.md'), 'utf8'))?.[0] ?? '';
  const lines = [...text.matchAll(/^```\n([\s\S]*?)^```$/gm)].flatMap(([, block = '']) => block.trimEnd().split('\n'));
  return lines.map((line) => (line.includes('# refused') ? `refused=0; ${line.split(' #')[0] ?? ''} || refused=$?; [ "$refused" = 1 ]` : line)).join('\n');
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vcc-readme-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the tour of the README, typed line by line, ends with a published advisory', { timeout: 480_000 }, () => {
  writeFileSync(join(folder, 'vcc'), `#!/bin/sh\nexec ${VCC.map((word) => `'${word}'`).join(' ')} "$@"\n`, { mode: 0o755 });
  // The machine of a newcomer, on which Git was never told who they are.
  const env = { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH ?? ''}`, TMPDIR: folder, HOME: folder, GIT_CONFIG_GLOBAL: '/dev/null' };
  const script = `set -eux -o pipefail\n${tour()}\nvcc lint\n`;
  expect(script).toContain('vcc publish 61247051 --yes');
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script], { cwd: ROOT, env, encoding: 'utf8' });
  expect(status, `${stdout.slice(-3000)}\n${stderr.slice(-3000)}`).toBe(0);
  expect(stdout).toContain('the gate is closed (1 of 9)');
  expect(stdout).toMatch(/2026\/61247051\/en\.html/);
  // The letter is read before it goes out, with every part of the report that is meant for the vendor.
  expect(stdout).toMatch(/--- message to openssl ---[\s\S]*> How it was found:[\s\S]*> What an attacker may achieve:[\s\S]*> Proof of concept or steps:/);
});
