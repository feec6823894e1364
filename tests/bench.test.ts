import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const run = (script: string, ...args: readonly string[]): object => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, '..', '.build', script), ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
};

it.each([['bench.mjs', 'npm run bench -- [--cases', '--cases'], ['bench-site.mjs', 'npm run bench:site -- [--advisories', '--advisories']])('%s says how it is called', (script, usage, count) => {
  expect(run(script, '--help')).toEqual({ status: 0, stdout: expect.stringContaining(usage) as string, stderr: '' });
  for (const wrong of [['--nope'], [count, 'many'], ['a-word']]) expect(run(script, ...wrong)).toEqual({ status: 2, stdout: '', stderr: expect.stringMatching(/^[^\n]+\nnpm run bench[^\n]+\n$/) as string });
});
