import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import pkg from '../package.json' with { type: 'json' };
import { VCC } from './support/built-vcc.ts';

it.each([['--help'], ['record --help'], ['--version']])('says nothing of a reader that has gone: vcc %s | true', (words) => {
  const [node, entry] = VCC;
  const { stderr, status } = spawnSync('sh', ['-c', `'${node}' '${entry}' ${words} | true`], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

it.each(['lint', 'lint --quiet', 'lint --staged', 'lint --base HEAD', 'list', 'due'])('where no case repository is, vcc %s says so once, and what to do', (words) => {
  const [node, ...entry] = VCC;
  const folder = mkdtempSync(join(tmpdir(), 'vcc-none-'));
  try {
    spawnSync('git', ['init', '--quiet'], { cwd: folder });
    const { stdout, stderr, status } = spawnSync(node, [...entry, ...words.split(' ')], { cwd: folder, encoding: 'utf8' });
    expect({ status, stdout, lines: stderr.trimEnd().split('\n') }).toEqual({ status: 1, stdout: '', lines: [expect.stringMatching(/^vcc: .* is a Git repository, but not one of cases/), expect.stringMatching(/^ {2}-> /)] });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it.each(['--version', '-V'])('vcc %s prints the version and nothing else', (word) => {
  const [node, ...entry] = VCC;
  const { stdout, stderr, status } = spawnSync(node, [...entry, word], { encoding: 'utf8' });
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: `${pkg.version}\n`, stderr: '' });
});

it.skipIf(!existsSync('/dev/full')).each(['--version', '--help', 'explain rule', 'explain rule --json'])('a full disk that the output goes to is told in words: vcc %s > /dev/full', (words) => {
  const [node, entry] = VCC;
  const { stderr, status } = spawnSync('sh', ['-c', `'${node}' '${entry}' ${words} > /dev/full`], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(/^vcc: .*no space.*\n(?: {2}-> .*\n)?$/i) as string });
});
