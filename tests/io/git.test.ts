import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { GitFacts } from '../../src/environment.ts';
import { stagedTree } from '../../src/io/index-tree.ts';
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

it('names the branch as Git does', async () => {
  repository.write('README.md', 'x\n');
  for (const args of [['add', '-A'], ['commit', '-qm', 'x'], ['checkout', '-q', '-b', 'a/枝-Taro']]) repository.git(...args);
  expect(await facts.branch()).toBe('a/枝-Taro');
  // A linked work tree has its own HEAD, elsewhere.
  const linked = join(repository.root, 'linked');
  repository.git('worktree', 'add', '-q', '-b', 'other', linked);
  expect(await gitFacts(linked, () => linked).branch()).toBe('other');
  repository.git('checkout', '-q', '--detach');
  expect(await facts.branch()).toBeUndefined();
  // So it looks where refs are kept otherwise.
  writeFileSync(join(repository.root, '.git', 'HEAD'), 'ref: refs/heads/.invalid\n');
  expect(await facts.branch()).not.toBe('.invalid');
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

const as = (person: number, text: string, path: string): void => {
  repository.actAs(repository.team[person] as TestPerson);
  repository.write(path, text);
  repository.commit(`Write ${path}`);
};
const LONG = Array.from({ length: 20 }, (_, line) => `Line ${line} of the text.\n`).join('');

it('names the authors that a text had under another name, however often it was moved', async () => {
  as(1, LONG, 'docs/draft.md');
  repository.actAs(repository.team[0] as TestPerson);
  repository.git('mv', 'docs/draft.md', 'docs/second.md');
  repository.commit('Move it');
  repository.write('docs/second.md', `${LONG}More.\n`);
  mkdirSync(join(repository.root, FOLDER), { recursive: true });
  repository.git('mv', 'docs/second.md', `${FOLDER}/advisory.en.md`);
  repository.commit('Move it again, and change it');
  expect(await facts.authorsOf([`${FOLDER}/advisory.en.md`])).toEqual(['hanako@centre.example', 'taro@centre.example']);
});

it('names the authors of a text that was moved by the merge itself', async () => {
  as(1, LONG, 'docs/draft.md');
  repository.git('checkout', '--quiet', '-b', 'side');
  as(0, 'x\n', 'docs/other.md');
  repository.git('checkout', '--quiet', 'main');
  as(0, 'y\n', 'docs/third.md');
  repository.git('merge', '--quiet', '--no-ff', '--no-commit', 'side');
  mkdirSync(join(repository.root, FOLDER), { recursive: true });
  repository.git('mv', 'docs/draft.md', `${FOLDER}/advisory.en.md`);
  repository.commit('Merge, and move it on the way');
  expect(await facts.authorsOf([`${FOLDER}/advisory.en.md`])).toEqual(['hanako@centre.example', 'taro@centre.example']);
});

it('does not name the authors of a text that is merely alike', async () => {
  as(1, LONG, 'cases/2014/94401838/advisory.en.md');
  as(0, LONG, `${FOLDER}/advisory.en.md`);
  expect(await facts.authorsOf([`${FOLDER}/advisory.en.md`])).toEqual(['hanako@centre.example']);
});

it('names the authors of what changed since a file was added, whatever dates the commits bear', async () => {
  as(1, 'one\n', 'vendors/acme.yaml');
  as(0, 'x\n', `${FOLDER}/case.md`);
  expect(await facts.authorsOf(['vendors/acme.yaml'], `${FOLDER}/case.md`)).toEqual([]);
  vi.stubEnv('GIT_AUTHOR_DATE', '2001-01-01T00:00:00Z');
  vi.stubEnv('GIT_COMMITTER_DATE', '2001-01-01T00:00:00Z');
  as(1, 'two\n', 'vendors/acme.yaml');
  vi.unstubAllEnvs();
  repository.actAs(repository.team[0] as TestPerson);
  repository.git('rm', '--quiet', `${FOLDER}/case.md`);
  repository.commit('Delete it');
  as(0, 'x\n', `${FOLDER}/case.md`);
  expect(await facts.authorsOf(['vendors/acme.yaml'], `${FOLDER}/case.md`)).toEqual(['taro@centre.example']);
});

it('refuses to name authors in a shallow clone', async () => {
  as(1, 'one\n', `${FOLDER}/advisory.en.md`);
  as(0, 'two\n', `${FOLDER}/advisory.en.md`);
  const clone = join(repository.folder, 'clone');
  execFileSync('git', ['clone', '--quiet', '--depth=1', `file://${repository.root}`, clone]);
  await expect(gitFacts(clone, () => clone).authorsOf([`${FOLDER}/advisory.en.md`])).rejects.toMatchObject({ code: 'shallow-clone' });
});

it('names the files of an ignored folder that are committed all the same', async () => {
  repository.write('outbox/a.eml', 'x\n');
  expect(await facts.tracked('outbox')).toEqual([]);
  repository.git('add', '--force', 'outbox/a.eml');
  expect(await facts.tracked('outbox')).toEqual(['outbox/a.eml']);
});

it('does not take a repository with a broken index for none', async () => {
  writeFileSync(join(repository.root, '.git/index'), 'DIRC');
  await expect(facts.tracked('outbox')).rejects.toMatchObject({ code: 'git-failed' });
  rmSync(join(repository.root, '.git'), { recursive: true });
  expect(await facts.tracked('outbox')).toEqual([]);
});

it('counts a submodule that is staged as uncommitted, whatever .gitmodules says of it', async () => {
  repository.write('.gitmodules', '[submodule "x"]\n\tpath = x\n\turl = ./x\n\tignore = all\n');
  repository.commit('A submodule is to be ignored');
  repository.git('update-index', '--add', '--cacheinfo', `160000,${repository.git('rev-parse', 'HEAD').trim()},x`);
  expect(await facts.uncommitted([])).toEqual(['x']);
});

it('runs no program of a bare repository that lies among the files', async () => {
  const mark = join(repository.folder, 'ran');
  const evil = join(repository.root, 'docs/evil');
  execFileSync('git', ['init', '--quiet', '--bare', evil]);
  writeFileSync(join(evil, 'config'), `[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = ${evil}\n\tfsmonitor = "touch ${mark}; false"\n`);
  // Where Git is not told, it takes the folder for a repository and starts the program.
  execFileSync('git', ['status'], { cwd: evil, stdio: 'ignore' });
  expect(existsSync(mark)).toBe(true);
  rmSync(mark);
  const inside = gitFacts(evil, () => evil);
  await expect(inside.uncommitted(['x'])).rejects.toMatchObject({ code: 'git-failed' });
  await inside.identity();
  await expect(stagedTree(evil)).rejects.toThrow(/safe.bareRepository/);
  expect(existsSync(mark)).toBe(false);
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

it('tells a file that got another name, and one that was changed with it', async () => {
  const text = Array.from({ length: 40 }, (_, index) => `line ${index}`).join('\n');
  repository.write(`${FOLDER}/a.md`, text);
  repository.write(`${FOLDER}/b.md`, text.replaceAll('line', 'row'));
  repository.commit('Two');
  repository.git('mv', `${FOLDER}/a.md`, `${FOLDER}/c.md`);
  repository.git('mv', `${FOLDER}/b.md`, `${FOLDER}/d.md`);
  repository.write(`${FOLDER}/d.md`, `${text.replaceAll('line', 'row')}\nmore`);
  repository.commit('Renamed');
  expect((await facts.history(FOLDER)).at(-1)?.paths).toEqual([
    { status: 'R', path: `${FOLDER}/c.md`, from: `${FOLDER}/a.md` },
    { status: 'RM', path: `${FOLDER}/d.md`, from: `${FOLDER}/b.md` },
  ]);
});

it('tells of a merge what it adds by itself, and the commits of a range alone', async () => {
  const base = repository.git('rev-parse', 'HEAD').trim();
  repository.git('switch', '-qc', 'side');
  repository.write('side', 'x\n');
  repository.commit('Side');
  repository.git('switch', '-q', 'main');
  repository.write('main', 'x\n');
  repository.commit('Main');
  repository.git('merge', '-q', '--no-commit', '--no-ff', 'side');
  repository.write('only the merge', 'x\n');
  repository.commit('Merge');
  const commits = await facts.history('', `${base}..HEAD`);
  expect(commits.map(({ subject, paths }) => [subject, ...paths.map(({ status, path }) => `${status} ${path}`)])).toEqual([['Main', 'A main'], ['Side', 'A side'], ['Merge', 'AA only the merge']]);
});

it('reads the files of a commit, and leaves the work tree alone', async () => {
  repository.write(`${FOLDER}/case.md`, '古い\n');
  repository.write('日本/"a".md', 'x\n');
  const first = repository.commit('First');
  repository.write(`${FOLDER}/case.md`, 'new\n');
  repository.git('rm', '-q', '日本/"a".md');
  repository.commit('Second');
  repository.write(`${FOLDER}/case.md`, 'not committed\n');
  for (const likely of [undefined, [], [`${FOLDER}/case.md`]]) {
    const tree = facts.treeAt(first, likely);
    expect(tree.files('日本')).toEqual([{ path: '日本/"a".md', kind: 'file' }]);
    expect(new TextDecoder().decode(tree.read(`${FOLDER}/case.md`))).toBe('古い\n');
    expect(tree.read('nothing')).toBeUndefined();
  }
  expect((await facts.between(`${first}..HEAD`)).changes).toEqual([{ status: 'M', path: `${FOLDER}/case.md` }, { status: 'D', path: '日本/"a".md' }]);
});

it('compares with where the default branch of the remote and HEAD parted', async () => {
  const parted = repository.git('rev-parse', 'HEAD').trim();
  repository.git('switch', '-qc', 'work');
  repository.write('work', 'x\n');
  const work = repository.commit('Work');
  repository.git('switch', '-q', 'main');
  repository.write('main', 'x\n');
  const main = repository.commit('Main');
  repository.git('switch', '-q', 'work');
  const { together, ...range } = await facts.between();
  expect(range).toEqual({ base: parted, head: work, apart: false, changes: [{ status: 'A', path: 'work' }] });
  // The files of both, which no commit has.
  if (typeof together !== 'object') throw new Error(`the two were not merged: ${together ?? ''}`);
  expect([together.read('work'), together.read('main')].map((bytes) => Buffer.from(bytes ?? []).toString())).toEqual(['x\n', 'x\n']);
  expect(repository.git('status', '--porcelain')).toBe('');
  expect(await facts.between('main...')).toMatchObject({ base: parted, head: work });
  expect(await facts.between('main..work')).toEqual({ base: main, head: work, apart: true, changes: expect.any(Array) as unknown });
  expect(await facts.between('main')).toMatchObject({ base: main, head: work, apart: true });
  repository.write('main', 'y\n');
  repository.commit('Ours');
  expect((await facts.between('main...')).together).toBe('conflict');
  repository.git('reset', '-q', '--hard', work);
  repository.git('update-ref', 'refs/remotes/origin/main', work);
  expect(await facts.between()).toEqual({ base: work, head: work, apart: false, changes: [] });
  repository.git('update-ref', '-d', 'refs/remotes/origin/main');
  repository.git('branch', '-qm', 'main', 'trunk');
  await expect(facts.between()).rejects.toMatchObject({ code: 'no-base' });
});
