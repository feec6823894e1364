import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { VCC } from './support/built-vcc.ts';

it.each([['--help'], ['record --help']])('says nothing of a reader that has gone: vcc %s | true', (words) => {
  const [node, entry] = VCC;
  const { stderr, status } = spawnSync('sh', ['-c', `'${node}' '${entry}' ${words} | true`], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
