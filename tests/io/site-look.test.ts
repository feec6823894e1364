import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lookAtSite } from '../../src/io/site-look.ts';

let folder: string;
const git = (...args: readonly string[]): string => execFileSync('git', ['-c', 'user.name=H', '-c', 'user.email=h@centre.example', ...args], { cwd: folder, encoding: 'utf8' }).trim();
function commit(path: string, text: string): string {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
  git('add', '-A');
  git('commit', '-qm', path);
  return git('rev-parse', 'HEAD');
}
const refs = (): string[] => git('for-each-ref', '--format=%(objectname)', 'refs/vcc').split('\n').filter((line) => line !== '');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vcc-look-'));
  git('init', '-q', '--initial-branch=main');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('tells what changed since the look that was kept, committed or not, and what a file was then', async () => {
  const look = await lookAtSite(folder, 'inputs');
  expect(look.since).toBeUndefined();
  const made = commit('2014/index.json', 'old');
  await look.keep([made]);
  expect((await lookAtSite(folder, 'inputs')).since?.paths).toEqual([]);
  commit('2014/index.json', 'new');
  writeFileSync(join(folder, 'beside'), 'x');
  const { since } = await lookAtSite(folder, 'inputs');
  expect(since?.paths).toEqual(['2014/index.json', 'beside']);
  expect([since?.read('2014/index.json'), since?.read('none')]).toEqual([Buffer.from('old'), undefined]);
  expect((await lookAtSite(folder, 'other inputs')).since).toBeUndefined();
});

it('keeps one look alone, the last', async () => {
  const first = commit('a', '1');
  await (await lookAtSite(folder, 'inputs')).keep([]);
  await (await lookAtSite(folder, 'other inputs')).keep([]);
  expect([refs(), (await lookAtSite(folder, 'inputs')).since]).toEqual([[first], undefined]);
});

it('keeps nothing where somebody else committed meanwhile, or has something uncommitted', async () => {
  commit('a', '1');
  const look = await lookAtSite(folder, 'inputs');
  commit('by-somebody', 'x');
  const own = commit('b', '2');
  await look.keep([own]);
  expect(refs()).toEqual([]);
  writeFileSync(join(folder, 'a'), 'open in an editor');
  await (await lookAtSite(folder, 'inputs')).keep([]);
  expect(refs()).toEqual([]);
});

it('knows nothing of a folder without a repository', async () => {
  const none = await lookAtSite(join(folder, 'none'), 'inputs');
  await none.keep([]);
  expect(none.since).toBeUndefined();
});
