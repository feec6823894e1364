import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { GitFacts } from '../../src/environment.ts';
import { gitFacts } from '../../src/io/git.ts';
import { tempRepository } from '../support/temp-repo.ts';
import type { TempRepository, TestPerson } from '../support/temp-repo.ts';

const FOLDER = 'cases/2014/61247051';
let repository: TempRepository;
let facts: GitFacts;
beforeEach(async () => {
  repository = await tempRepository();
  facts = gitFacts(repository.root, () => repository.root);
});
afterEach(() => {
  vi.unstubAllEnvs();
  repository.dispose();
});

it('knows who types, from the repository or from the environment', async () => {
  expect(await facts.identity()).toEqual({ name: 'Hanako', email: 'hanako@centre.example' });
  vi.stubEnv('GIT_AUTHOR_NAME', 'Taro');
  vi.stubEnv('GIT_AUTHOR_EMAIL', 'taro@centre.example');
  expect(await facts.identity()).toEqual({ name: 'Taro', email: 'taro@centre.example' });
});

it('does not guess who types', async () => {
  repository.git('config', '--unset', 'user.email');
  vi.stubEnv('EMAIL', '');
  expect(await facts.identity()).toBeUndefined();
});

it('finds a number that was used on a branch that is gone from the work tree', async () => {
  repository.git('checkout', '--quiet', '-b', 'side');
  repository.write(`${FOLDER}/case.md`, 'x\n');
  repository.commit('A case');
  repository.git('rm', '-r', '--quiet', FOLDER);
  repository.commit('Gone');
  repository.git('checkout', '--quiet', 'main');
  repository.git('merge', '--quiet', '--no-ff', '-m', 'merge', 'side');
  repository.git('branch', '--quiet', '-d', 'side');
  expect(await facts.everUsed('61247051', 'case')).toBe(true);
  expect(await facts.everUsed('61247052', 'case')).toBe(false);
});

it('finds an inquiry number whose file is gone, and takes no case number for it', async () => {
  repository.write('unreachable/did04630151.yaml', 'x\n');
  repository.commit('Listed');
  repository.git('rm', '-r', '--quiet', 'unreachable');
  repository.commit('Gone');
  expect(await facts.everUsed('04630151', 'inquiry')).toBe(true);
  expect(await facts.everUsed('61247051', 'inquiry')).toBe(false);
  expect(await facts.everUsed('04630151', 'case')).toBe(false);
});

it('refuses to tell in a shallow clone', async () => {
  repository.write('x', 'x\n');
  repository.commit('Another');
  const clone = join(repository.folder, 'clone');
  execFileSync('git', ['clone', '--quiet', '--depth=1', `file://${repository.root}`, clone]);
  await expect(gitFacts(clone, () => clone).everUsed('61247051', 'case')).rejects.toMatchObject({ code: 'shallow-clone', hint: expect.stringContaining('--unshallow') as string });
});

it('names the authors of a text, newest first, and no .mailmap hides one', async () => {
  repository.write(`${FOLDER}/advisory.en.md`, 'one\n');
  repository.commit('One');
  repository.actAs(repository.team[1] as TestPerson);
  repository.write(`${FOLDER}/advisory.en.md`, 'two\n');
  repository.write('.mailmap', 'Hanako <hanako@centre.example> <taro@centre.example>\n');
  repository.commit('Two');
  expect(await facts.authorsOf([`${FOLDER}/advisory.en.md`])).toEqual(['taro@centre.example', 'hanako@centre.example']);
  expect(await facts.authorsOf([`${FOLDER}/advisory.ja.md`])).toEqual([]);
});

it('tells the history of a folder, oldest first, with Japanese and odd names as they are', async () => {
  repository.write(`${FOLDER}/case.md`, 'x\n');
  repository.write(`${FOLDER}/日本語 "a".md`, 'x\n');
  const first = repository.commit('最初の登録');
  repository.write(`${FOLDER}/case.md`, 'y\n');
  repository.git('rm', '--quiet', `${FOLDER}/日本語 "a".md`);
  repository.commit('Second');
  repository.write('elsewhere', 'x\n');
  repository.commit('Elsewhere');
  const history = await facts.history(FOLDER);
  expect(history.map(({ subject, paths }) => ({ subject, paths }))).toEqual([
    {
      subject: '最初の登録',
      paths: [
        { status: 'A', path: `${FOLDER}/case.md` },
        { status: 'A', path: `${FOLDER}/日本語 "a".md` },
      ],
    },
    {
      subject: 'Second',
      paths: [
        { status: 'M', path: `${FOLDER}/case.md` },
        { status: 'D', path: `${FOLDER}/日本語 "a".md` },
      ],
    },
  ]);
  expect(history[0]).toMatchObject({ commit: first, author: 'Hanako', email: 'hanako@centre.example' });
});

it('is not misled by a path with magic in it', async () => {
  repository.write(':(exclude)x', 'x\n');
  repository.commit('Magic');
  expect(await facts.history(':(exclude)x')).toHaveLength(1);
  await expect(facts.history('../x')).rejects.toMatchObject({ code: 'unsafe-path' });
});

it('lists what is staged anywhere, and what is dirty below the paths', async () => {
  repository.write('a/staged', 'x\n');
  repository.git('add', 'a/staged');
  repository.write('b/日本', 'x\n');
  repository.write('c/other', 'x\n');
  expect(await facts.uncommitted(['b'])).toEqual(['a/staged', 'b/日本']);
  expect(await facts.uncommitted([])).toEqual(['a/staged']);
});

it('has no history before the first commit', async () => {
  repository.git('update-ref', '-d', 'HEAD');
  expect(await facts.history(FOLDER)).toEqual([]);
  expect(await facts.authorsOf([FOLDER])).toEqual([]);
  expect(await facts.everUsed('61247051', 'case')).toBe(false);
});
