import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Journal } from '../../src/io/journal.ts';
import type { Run } from '../../src/io/journal.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'vcc-journal-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const RUN: Run = { version: 1, summary: 'noted', case: { name: 'private', root: '/r', files: [], message: 'm', env: {} }, mails: [] };

it('gives back what was begun, until it ends', () => {
  const journal = new Journal(folder);
  expect(journal.read()).toBeUndefined();
  journal.begin(RUN, new Map([['private-0', Buffer.from('x')]]));
  expect(journal.read()).toEqual(RUN);
  journal.end();
  expect(journal.read()).toBeUndefined();
});

it('leaves no content behind when it cannot be begun', () => {
  const journal = new Journal(folder);
  const contents = new Map([['mail-0', Buffer.from('To: reporter')], ['no/such/folder', Buffer.from('x')]]);
  const mails = [...contents.keys()].map((waiting) => ({ path: `outbox/${waiting}`, waiting, sha256: '' }));
  expect(() => journal.begin({ ...RUN, mails }, contents)).toThrow('ENOENT');
  expect(existsSync(journal.runFolder)).toBe(false);
});

it.each(['{"ver', 'null', '[]', '7', '{"version":1}'])('refuses a damaged journal: %s', (text) => {
  writeFileSync(join(folder, 'journal.json'), text);
  let problem: unknown;
  try {
    new Journal(folder).read();
  } catch (thrown) {
    problem = thrown;
  }
  expect(problem).toMatchObject({ name: 'VccError', code: 'journal' });
});

it('takes a half-written note of a child for none', () => {
  const journal = new Journal(folder);
  journal.begin(RUN, new Map());
  writeFileSync(join(journal.runFolder, 'child.json'), '{"pid":');
  expect(journal.child()).toBeUndefined();
});
