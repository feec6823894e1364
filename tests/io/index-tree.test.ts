import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { stagedTree } from '../../src/io/index-tree.ts';
import { tempRepository } from '../support/temp-repo.ts';
import type { TempRepository } from '../support/temp-repo.ts';

const SCRIPT = fileURLToPath(new URL('../../node_modules/.vcc-tests/show-staged.mjs', import.meta.url));
const FILE = 'cases/2014/61247051/case.md';

let repository: TempRepository;
beforeAll(async () => {
  const entry = fileURLToPath(new URL('../support/show-staged.ts', import.meta.url));
  await build({ entryPoints: [entry], outfile: SCRIPT, bundle: true, format: 'esm', platform: 'node', packages: 'external', logLevel: 'error' });
});
beforeEach(async () => {
  repository = await tempRepository();
  repository.write(FILE, 'one\n');
  repository.write('cases/2014/61247051/日本語 "x".md', 'j\n');
  repository.commit('A case');
});
afterEach(() => repository.dispose());

const text = (bytes: Uint8Array | undefined): string | undefined => (bytes === undefined ? undefined : Buffer.from(bytes).toString('utf8'));

it('tells what HEAD has otherwise from what is new', async () => {
  repository.write(FILE, 'two\n');
  repository.write('cases/2014/61247051/new.md', 'x\n');
  repository.git('rm', '--quiet', 'cases/2014/61247051/日本語 "x".md');
  repository.git('add', '--all');
  const { changed, altered } = await stagedTree(repository.root);
  expect(changed).toEqual([FILE, 'cases/2014/61247051/new.md', 'cases/2014/61247051/日本語 "x".md']);
  expect([...altered.keys()]).toEqual([FILE, 'cases/2014/61247051/日本語 "x".md']);
  expect(altered.get(FILE)?.().toString()).toBe('one\n');
  expect(altered.get('cases/2014/61247051/日本語 "x".md')?.()).toBeDefined();
});

it('says of an object that Git has lost that the repository is damaged', async () => {
  const object = repository.git('rev-parse', `HEAD:${FILE}`).trim();
  rmSync(join(repository.root, '.git', 'objects', object.slice(0, 2), object.slice(2)), { force: true });
  repository.write('README.md', 'x\n');
  repository.git('add', 'README.md');
  const { tree } = await stagedTree(repository.root);
  expect(() => tree.read(FILE)).toThrow(expect.objectContaining({ code: 'damaged-repository', message: expect.stringContaining(FILE) as string, hint: expect.stringContaining('git fsck') as string }) as Error);
});

it('reads what is staged and not what is on disk', async () => {
  repository.write(FILE, 'two\n');
  repository.git('add', FILE);
  repository.write(FILE, 'three\n');
  repository.write('cases/2014/61247051/untracked.md', 'x\n');
  const { tree, changed } = await stagedTree(repository.root);
  expect(changed).toEqual([FILE]);
  expect(text(tree.read(FILE))).toBe('two\n');
  expect(text(tree.read('cases/2014/61247051/日本語 "x".md'))).toBe('j\n');
  expect(tree.read('cases/2014/61247051/untracked.md')).toBeUndefined();
  expect(text(tree.read('vcc.yaml'))).toContain('Asia/Tokyo');
  expect(tree.files('cases/2014').map(({ path }) => path)).toEqual([FILE, 'cases/2014/61247051/日本語 "x".md']);
  expect(tree.files(FILE)).toEqual([{ path: FILE, kind: 'file' }]);
  expect(tree.files('case')).toEqual([]);
});

it('names symlinks and executables, and follows neither', async () => {
  symlinkSync('/etc/passwd', join(repository.root, 'link'));
  repository.write('run.sh', '#!/bin/sh\n');
  chmodSync(join(repository.root, 'run.sh'), 0o755);
  repository.git('add', '--all');
  const { tree, changed } = await stagedTree(repository.root);
  expect(changed).toEqual(['link', 'run.sh']);
  expect(tree.files('link')).toEqual([{ path: 'link', kind: 'symlink' }]);
  expect(tree.files('run.sh')).toEqual([{ path: 'run.sh', kind: 'executable' }]);
  expect(tree.read('link')).toBeUndefined();
});

it('names a submodule that is staged, whatever .gitmodules says of it', async () => {
  repository.write('.gitmodules', '[submodule "x"]\n\tpath = cases/x\n\turl = ./x\n\tignore = all\n');
  repository.commit('A submodule is to be ignored');
  repository.git('update-index', '--add', '--cacheinfo', `160000,${repository.git('rev-parse', 'HEAD').trim()},cases/x`);
  const { tree, changed } = await stagedTree(repository.root);
  expect(changed).toEqual(['cases/x']);
  expect(tree.files('cases/x')).toEqual([{ path: 'cases/x', kind: 'submodule' }]);
});

it('names every change from the root, wherever and however Git was asked to name it', async () => {
  repository.git('config', 'diff.relative', 'true');
  repository.write('policy.yaml', '# changed\n');
  repository.write(FILE, 'two\n');
  repository.git('add', '--all');
  expect((await stagedTree(join(repository.root, 'cases'))).changed).toEqual([FILE, 'policy.yaml']);
});

it('leaves out what git add -N only announces, and keeps files that are empty', async () => {
  repository.write('keys/empty.asc', '');
  repository.commit('An empty file');
  repository.write('keys/new.asc', '');
  repository.git('add', 'keys/new.asc');
  repository.write('keys/key.asc', 'a key\n');
  repository.git('add', '--intent-to-add', 'keys/key.asc');
  repository.git('rm', '--quiet', '--cached', FILE);
  repository.git('add', '--intent-to-add', FILE);
  const { tree, changed } = await stagedTree(repository.root);
  expect(changed).toEqual([FILE, 'keys/new.asc']);
  expect(tree.files('keys').filter(({ path }) => !/[0-9A-F]{40}/.test(path)).map(({ path }) => path)).toEqual(['keys/empty.asc', 'keys/new.asc']);
  expect(tree.files(FILE)).toEqual([]);
  expect(text(tree.read('keys/new.asc'))).toBe('');
});

it('names a file that the commit deletes as changed, and does not have it', async () => {
  repository.git('rm', '--quiet', FILE);
  const { tree, changed } = await stagedTree(repository.root);
  expect(changed).toEqual([FILE]);
  expect(tree.read(FILE)).toBeUndefined();
});

/** A hook that notes what the staged tree says, as vcc lint --staged would see it. */
function installHook(name: string): () => unknown {
  const seen = join(repository.folder, 'seen');
  const hook = join(repository.root, '.git/hooks', name);
  writeFileSync(hook, `#!/bin/sh\n'${process.execPath}' '${SCRIPT}' '${FILE}' >'${seen}'\n`);
  chmodSync(hook, 0o755);
  return () => JSON.parse(readFileSync(seen, 'utf8')) as unknown;
}

it.each([
  ['git commit -a', ['commit', '--quiet', '-a', '-m', 'x']],
  ['git commit FILE', ['commit', '--quiet', '-m', 'x', '--', FILE]],
  ['git commit FILE from a folder below', ['-C', 'cases', 'commit', '--quiet', '-m', 'x', '--', '2014/61247051/case.md']],
])('sees the content in the pre-commit hook of %s', (_, args) => {
  const seen = installHook('pre-commit');
  repository.write(FILE, 'two\n');
  repository.git(...args);
  expect(seen()).toEqual({ changed: [FILE], text: 'two\n' });
});

it('sees only the chosen hunk of git add -p', () => {
  const seen = installHook('pre-commit');
  const lines = Array.from({ length: 20 }, (_, index) => `${index}\n`);
  repository.write(FILE, lines.join(''));
  repository.git('commit', '--quiet', '-a', '--no-verify', '-m', 'Twenty lines');
  const chosen = ['first\n', ...lines.slice(1)];
  repository.write(FILE, [...chosen.slice(0, 19), 'last\n'].join(''));
  execFileSync('git', ['add', '-p'], { cwd: repository.root, input: 'y\nn\n', stdio: ['pipe', 'ignore', 'ignore'] });
  repository.git('commit', '--quiet', '-m', 'x');
  expect(seen()).toEqual({ changed: [FILE], text: chosen.join('') });
});

it('sees the merged content in the hook of a merge', () => {
  repository.git('checkout', '--quiet', '-b', 'side');
  repository.write(FILE, 'side\n');
  repository.commit('Side');
  repository.git('checkout', '--quiet', 'main');
  repository.write('other.txt', 'x\n');
  repository.commit('Main');
  const seen = installHook('pre-merge-commit');
  repository.git('merge', '--quiet', '-m', 'merge', 'side');
  expect(seen()).toEqual({ changed: [FILE], text: 'side\n' });
});

it('works before the first commit', async () => {
  repository.git('update-ref', '-d', 'HEAD');
  const { tree, changed } = await stagedTree(repository.root);
  expect(changed).toContain(FILE);
  expect(text(tree.read(FILE))).toBe('one\n');
});

it('takes a file that is not merged for no deletion', async () => {
  repository.git('checkout', '--quiet', '-b', 'side');
  repository.write(FILE, 'side\n');
  repository.git('commit', '--quiet', '--all', '--message', 'side');
  repository.git('checkout', '--quiet', '-');
  repository.write(FILE, 'main\n');
  repository.git('commit', '--quiet', '--all', '--message', 'main');
  expect(() => repository.git('merge', '--quiet', 'side')).toThrow();
  await expect(stagedTree(repository.root)).rejects.toMatchObject({ code: 'not-merged', message: `a merge left ${FILE} to be settled` });
});

it('says in a sentence that there is no repository', async () => {
  await expect(stagedTree('/')).rejects.toMatchObject({ code: 'not-a-repository', message: expect.stringMatching(/not a git repository[^\n]*$/) as string, hint: expect.stringMatching(/git init.*vcc init DIR/) as string });
});
