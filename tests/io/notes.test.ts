import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Noted } from '../../src/domain/tree.ts';
import { noteIn } from '../../src/io/notes.ts';

let folder: string;
let store: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vcc-notes-'));
  store = join(folder, 'vcc');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const recalled = (note: Noted): string => new TextDecoder().decode(note.recall());

test('what is kept is recalled, and nothing else is left', () => {
  const note = noteIn(store, 'settings');
  expect(note.recall()).toBeUndefined();
  for (const text of ['one\n\ntwo', '', 'x'.repeat(3_000_000)]) {
    note.keep(text.split(/(?=\n)/));
    expect(recalled(note)).toBe(text);
  }
  expect(readdirSync(store)).toEqual(['settings']);
});

test.each<[string, () => void]>([
  ['a file in place of the folder', () => writeFileSync(store, '')],
  ['a link to nothing in place of the folder', () => symlinkSync(join(folder, 'no', 'where'), store)],
  ['a link to itself in place of the folder', () => symlinkSync('vcc', store)],
  ['a folder in place of the note', () => mkdirSync(join(store, 'settings'), { recursive: true })],
])('takes away the note and nothing else: %s', (_, spoil) => {
  spoil();
  const note = noteIn(store, 'settings');
  note.keep(['te', 'xt']);
  expect(note.recall()).toBeUndefined();
  expect(readdirSync(folder)).toEqual(['vcc']);
});

test('a link to itself in place of the note is replaced', () => {
  mkdirSync(store);
  symlinkSync('settings', join(store, 'settings'));
  const note = noteIn(store, 'settings');
  expect(note.recall()).toBeUndefined();
  note.keep(['te', 'xt']);
  expect(recalled(note)).toBe('text');
});
