import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildVcc, type BuiltVcc } from './support/built-vcc.ts';

let vcc: BuiltVcc;
beforeAll(async () => {
  vcc = await buildVcc();
});
afterAll(() => vcc.dispose());

it.each([['--help'], ['record --help']])('says nothing of a reader that has gone: vcc %s | true', (words) => {
  const [node, entry] = vcc.command;
  const { stderr, status } = spawnSync('sh', ['-c', `'${node}' '${entry}' ${words} | true`], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
