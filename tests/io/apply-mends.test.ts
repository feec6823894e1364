import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FileMend } from '../../src/domain/file-mend.ts';
import { applyMends, repair } from '../../src/io/apply-plan.ts';
import { Journal } from '../../src/io/journal.ts';
import { anApplier } from '../support/an-applier.ts';
import { tempRepository, type TempRepository } from '../support/temp-repo.ts';

let repository: TempRepository;
beforeEach(async () => {
  repository = await tempRepository();
  repository.write('docs/a.md', 'one\r\n');
  repository.write('docs/b.md', 'two\r\n');
});
afterEach(() => repository.dispose());

const mendOf = (path: string, before: string, after: string): FileMend => ({ path, before: Buffer.from(before), after: Buffer.from(after), rules: ['line-ends'] });
const BOTH = [mendOf('docs/a.md', 'one\r\n', 'one\n'), mendOf('docs/b.md', 'two\r\n', 'two\n')];
const apply = (mends: readonly FileMend[], onStep: (step: string) => void = () => undefined): Promise<void> => applyMends(anApplier(repository.root, { onStep }), mends);
const both = (): string[] => ['docs/a.md', 'docs/b.md'].map((path) => repository.read(path));
const left = (): string[] => readdirSync(join(repository.root, 'docs')).filter((name) => name.includes('draft'));

it('writes the work tree and nothing else, takes the mode away, and leaves what is staged', async () => {
  chmodSync(join(repository.root, 'docs/a.md'), 0o755);
  repository.git('add', 'docs/b.md');
  const [head, staged] = [repository.git('rev-parse', 'HEAD'), repository.git('ls-files', '--stage')];
  await apply(BOTH);
  expect(both()).toEqual(['one\n', 'two\n']);
  expect(statSync(join(repository.root, 'docs/a.md')).mode & 0o111).toBe(0);
  expect([repository.git('rev-parse', 'HEAD'), repository.git('ls-files', '--stage')]).toEqual([head, staged]);
  expect(readdirSync(join(repository.root, '.git/vcc'))).toEqual([]);
});

it('refuses as a whole where one file was saved meanwhile, or is a link by now', async () => {
  repository.write('docs/b.md', 'three\r\n');
  await expect(apply(BOTH)).rejects.toMatchObject({ code: 'moved' });
  expect(both()).toEqual(['one\r\n', 'three\r\n']);
  unlinkSync(join(repository.root, 'docs/b.md'));
  writeFileSync(join(repository.folder, 'elsewhere'), 'two\r\n');
  symlinkSync(join(repository.folder, 'elsewhere'), join(repository.root, 'docs/b.md'));
  await expect(apply(BOTH)).rejects.toMatchObject({ code: 'unsafe-path' });
  expect(repository.read('docs/a.md')).toBe('one\r\n');
});

it('that fails half-way leaves each file as it was or mended, and nothing else', async () => {
  const fail = apply(BOTH, (step) => {
    if (step === 'private file docs/a.md') throw new Error('the disk is gone');
  });
  await expect(fail).rejects.toThrow('the disk is gone');
  expect(both()).toEqual(['one\n', 'two\r\n']);
  expect(left()).toEqual([]);
  expect(existsSync(join(repository.root, '.git/vcc/journal.json'))).toBe(false);
});

it('that was killed is cleared away by the next run, which takes back nothing that a person wrote', async () => {
  const journal = new Journal(join(repository.root, '.git/vcc'));
  mkdirSync(journal.folder, { recursive: true });
  const files = [{ path: 'docs/a.md', waiting: 'mended-0', sha256: '0'.repeat(64) }];
  journal.begin({ version: 1, summary: 'mend files of the work tree', case: { name: 'private', root: repository.root, files, message: '', env: {} }, mails: [], uncommitted: true }, new Map([['mended-0', Buffer.from('one\n')]]));
  repository.write('docs/.a.md.vcc-draft', 'one\n');
  repository.write('docs/a.md', 'written since\n');
  expect((await repair(anApplier(repository.root)))?.said).toContain('each of its files is as it was or mended');
  expect(repository.read('docs/a.md')).toBe('written since\n');
  expect(left()).toEqual([]);
  expect(await repair(anApplier(repository.root))).toBeUndefined();
});
