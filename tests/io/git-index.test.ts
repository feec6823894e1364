import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { endOfIndex, readIndex } from '../../src/io/git-index.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vcc-index-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** An index without entries: its header, what else stands there, and a digest of so many bytes. */
function read(more: Buffer, digest: number, hashLength: number): ReturnType<typeof readIndex> {
  const path = join(folder, 'index');
  writeFileSync(path, Buffer.concat([Buffer.from('DIRC\0\0\0\u0002\0\0\0\0', 'latin1'), more, Buffer.alloc(digest, 7)]));
  return readIndex(path, endOfIndex(path) ?? '', hashLength);
}

const EXTENSION = Buffer.from('TREE\0\0\0\u0008abcdefgh', 'latin1');

test('an index is read to its end, or not at all: of ids of another length it would tell nothing, as if there were no case', () => {
  const nothing = { cases: new Map(), strays: [], outbox: [] };
  expect(read(EXTENSION, 20, 20)).toEqual(nothing);
  expect(read(EXTENSION, 32, 32)).toEqual(nothing);
  expect(read(EXTENSION, 32, 20)).toBeUndefined();
  expect(read(EXTENSION, 20, 32)).toBeUndefined();
  expect(read(Buffer.concat([EXTENSION, Buffer.from('abcd')]), 20, 20)).toBeUndefined();
});
