import { afterEach, beforeEach, expect, test } from 'vitest';
import { additionsIn } from '../../src/io/git-additions.ts';
import { tempRepository, type TempRepository } from '../support/temp-repo.ts';

let repository: TempRepository;
beforeEach(async () => {
  repository = await tempRepository();
});
afterEach(() => repository.dispose());

test('what a merge brings of its own is told, with the lines of the file; what is sealed is not', async () => {
  repository.write('a.md', 'one\ntwo\n');
  repository.commit('start');
  repository.git('switch', '--quiet', '-c', 'side');
  repository.write('a.md', 'one\nside\n');
  repository.write('cases/2014/61247051/sealed/x.asc', 'secret\n');
  repository.commit('side');
  repository.git('switch', '--quiet', 'main');
  repository.write('a.md', 'one\nmain\n');
  repository.commit('main');
  const before = repository.git('rev-parse', 'HEAD').trim();
  expect(() => repository.git('merge', '--quiet', 'side')).toThrow();
  repository.write('a.md', 'one\n+++ both\n');
  repository.git('add', '-A');
  repository.git('commit', '--quiet', '--no-edit', '--no-verify');
  const { commits, complete } = await additionsIn(repository.root, `${before}..HEAD`);
  expect(complete).toBe(true);
  expect(commits.map(({ files }) => files.map(({ path, text, lineOf }) => [path, text, lineOf(1)]))).toEqual([[['a.md', '+++ both', 2]], [['a.md', 'side', 2]]]);
});

test('what lies beside what is sealed, and beside keys, is told as well', async () => {
  const before = repository.git('rev-parse', 'HEAD').trim();
  const paths = ['cases/2014/61247051/sealed/x.asc', 'cases/2014/61247051/sealed/x.guard.yaml', 'cases/2014/61247051/sealed/x.txt', 'cases/2014/61247051/sealed/y/x.asc', `keys/${'A'.repeat(40)}.asc`, 'keys/notes.txt'];
  for (const path of paths) repository.write(path, 'text\n');
  repository.commit('by mistake');
  repository.git('rm', '--quiet', ...paths);
  repository.commit('take it back');
  const { commits } = await additionsIn(repository.root, `${before}..HEAD`);
  expect(commits.flatMap(({ files }) => files.map(({ path, text }) => (text === '' ? '' : path))).filter((path) => path !== '')).toEqual(['cases/2014/61247051/sealed/x.txt', 'cases/2014/61247051/sealed/y/x.asc', 'keys/notes.txt']);
});

test('a history that is too long is given up, and that is said', async () => {
  expect(await additionsIn(repository.root, 'HEAD', 10)).toMatchObject({ complete: false });
});

test('no attribute and no NUL takes a line out of the comparison', async () => {
  const before = repository.git('rev-parse', 'HEAD').trim();
  repository.write('.gitattributes', 'hidden.md -diff\nbinary.md binary\n');
  repository.write('hidden.md', 'by attribute\n');
  repository.write('binary.md', 'as a binary\n');
  repository.write('nul.bin', 'by a NUL\0\n');
  repository.commit('hide');
  const { commits } = await additionsIn(repository.root, `${before}..HEAD`);
  const texts = new Map(commits.flatMap(({ files }) => files.map(({ path, text }) => [path, text])));
  expect([texts.get('hidden.md'), texts.get('binary.md'), texts.get('nul.bin')]).toEqual(['by attribute', 'as a binary', 'by a NUL\0']);
});

test('a branch of which a merge kept nothing is told all the same, and so is the first commit of all', async () => {
  repository.git('config', 'log.showRoot', 'false');
  const before = repository.git('rev-parse', 'HEAD').trim();
  repository.git('switch', '--quiet', '-c', 'side');
  repository.write('notes.txt', 'said in the branch\n');
  repository.commit('say');
  repository.git('rm', '--quiet', 'notes.txt');
  repository.git('commit', '--quiet', '--message', 'unsay');
  repository.git('switch', '--quiet', 'main');
  repository.git('merge', '--quiet', '--no-ff', '--no-edit', 'side');
  const added = async (range: string): Promise<string[]> => (await additionsIn(repository.root, range)).commits.flatMap(({ files }) => files.map(({ text }) => text));
  expect(await added(`${before}..HEAD`)).toContain('said in the branch');
  const root = repository.git('rev-list', '--max-parents=0', 'HEAD').trim();
  expect((await added(root)).join('')).not.toBe('');
});

test('what git replace shows in place of a commit hides nothing of it', async () => {
  const before = repository.git('rev-parse', 'HEAD').trim();
  repository.write('notes.txt', 'said\n');
  const said = repository.commit('say');
  repository.git('replace', said.trim(), repository.git('commit-tree', '-p', before, '-m', 'nothing', `${before}^{tree}`).trim());
  expect((await additionsIn(repository.root, `${before}..HEAD`)).commits).toMatchObject([{ commit: said.trim(), files: [{ path: 'notes.txt', text: 'said' }] }]);
});
