import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import pkg from '../package.json' with { type: 'json' };
import { VCC } from './support/built-vcc.ts';

it.each([['--help'], ['record --help'], ['--version']])('says nothing of a reader that has gone: vcc %s | true', (words) => {
  const [node, entry] = VCC;
  const { stderr, status } = spawnSync('sh', ['-c', `'${node}' '${entry}' ${words} | true`], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

it.each(['--version', '-V'])('vcc %s prints the version and nothing else', (word) => {
  const [node, ...entry] = VCC;
  const { stdout, stderr, status } = spawnSync(node, [...entry, word], { encoding: 'utf8' });
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: `${pkg.version}\n`, stderr: '' });
});
