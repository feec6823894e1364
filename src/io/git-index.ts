// Reads .git/index itself (gitformat-index(5)): what Git noted of each file when it last looked. No command of Git prints that for a
// hundred thousand files in the time that reading it takes.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { stampLine, stampOf } from '../documents/case-stamp.ts';
import { failedWith } from './failed-with.ts';

const HEADER = 12;
const STAT = 40;
const MODE_AT = 24;
const SIZE_AT = 36;
const ASSUME_VALID = 0x8000;
const EXTENDED = 0x4000;
const STAGE = 0x3000;
const NAME_LENGTH = 0xfff;
const FOLDER = /^cases\/[0-9]{4}\/[0-9]{8}\//;
/** cases/<year>/<id>/ in bytes. */
const PREFIX = 20;

/** The stamp of its files; null where Git was told not to look, a merge is not finished, or an entry is no plain file with a plain name. */
type IndexedCase = string | null;

export interface ReadIndex {
  readonly cases: ReadonlyMap<string, IndexedCase>;
  /** Paths below cases/ in no folder of a case, and that name itself. */
  readonly strays: readonly string[];
  /** Paths in outbox/, which should never be there. */
  readonly outbox: readonly string[];
}

/** Longest and shortest of the digests that Git ends an index with. */
const LONGEST_HASH = 32;
const SHORTEST_HASH = 20;

/**
 * How the index ends: with a digest of all that stands in it, so that another index ends differently. undefined where there is none, or where
 * Git was told to leave the digest out (index.skipHash).
 */
export const endOfIndex = (path: string): string | undefined => withFile(path, (file) => endOf(file));

/** What stands in the index that ends like this; undefined where another one has come meanwhile, or for a form that is not read here: compressed names, split or sparse ones. hashLength: bytes of an object id. */
export const readIndex = (path: string, end: string, hashLength: number): ReadIndex | undefined =>
  withFile(path, (file) => (endOf(file) === end ? readEntries(new Window(file), hashLength) : undefined));

function withFile<T>(path: string, use: (file: number) => T): T | undefined {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (problem) {
    if (failedWith(problem, 'ENOENT', 'ENOTDIR', 'EACCES')) return undefined;
    throw problem;
  }
  try {
    return fstatSync(file).isFile() ? use(file) : undefined;
  } finally {
    closeSync(file);
  }
}

function endOf(file: number): string | undefined {
  const { size } = fstatSync(file);
  const end = Buffer.alloc(LONGEST_HASH);
  if (size < HEADER + LONGEST_HASH || readSync(file, end, 0, LONGEST_HASH, size - LONGEST_HASH) < LONGEST_HASH) return undefined;
  return end.subarray(-SHORTEST_HASH).every((byte) => byte === 0) ? undefined : `${size} ${end.toString('base64')}`;
}

const WINDOW = 1 << 20;

/** A part of the file, for that of a hundred thousand cases is longer than what else is in memory. */
class Window {
  readonly bytes = Buffer.alloc(WINDOW);
  readonly size: number;
  private from = 0;
  private length = 0;

  constructor(private readonly file: number) {
    this.size = fstatSync(file).size;
  }

  /** Where that place of the file stands in bytes, with so many behind it; undefined where the file ends before. */
  at(place: number, count: number): number | undefined {
    if (place < this.from || place + count > this.from + this.length) {
      this.from = place;
      this.length = readSync(this.file, this.bytes, 0, WINDOW, place);
    }
    return count <= this.length ? place - this.from : undefined;
  }
}

function readEntries(window: Window, hashLength: number): ReadIndex | undefined {
  const { bytes } = window;
  if (window.at(0, HEADER) !== 0 || bytes.toString('latin1', 0, 4) !== 'DIRC') return undefined;
  const version = bytes.readUInt32BE(4);
  if (version !== 2 && version !== 3) return undefined;
  const cases = new Map<string, IndexedCase>();
  const strays: string[] = [];
  const outbox: string[] = [];
  let group: { readonly folder: string; lines: string; trusted: boolean } | undefined;
  const close = (): void => {
    if (group) cases.set(group.folder, group.trusted ? stampOf(group.lines) : null);
    group = undefined;
  };
  let place = HEADER;
  const before = Buffer.alloc(PREFIX);
  const head = STAT + hashLength + 4;
  for (let left = bytes.readUInt32BE(8); left > 0; left -= 1) {
    const start = window.at(place, Math.min(head + NAME_LENGTH, window.size - place));
    if (start === undefined || window.size - place < head) return undefined;
    const flags = bytes.readUInt16BE(start + STAT + hashLength);
    const name = start + STAT + hashLength + ((flags & EXTENDED) === 0 ? 2 : 4);
    // Longer names are no paths of ours.
    if ((flags & NAME_LENGTH) === NAME_LENGTH) return undefined;
    const end = name + (flags & NAME_LENGTH);
    if (!group || end - name <= PREFIX || bytes.compare(before, 0, PREFIX, name, name + PREFIX) !== 0) {
      close();
      const path = bytes.toString('utf8', name, end);
      if (FOLDER.test(path)) group = { folder: path.slice(0, PREFIX - 1), lines: '', trusted: true };
      else if (path === 'cases' || path.startsWith('cases/')) strays.push(path);
      else if (path === 'outbox' || path.startsWith('outbox/')) outbox.push(path);
      bytes.copy(before, 0, name, name + PREFIX);
    }
    if (group) {
      const path = bytes.toString('utf8', name, end);
      const mode = bytes.readUInt32BE(start + MODE_AT);
      if ((flags & (ASSUME_VALID | EXTENDED | STAGE)) !== 0 || (mode !== 0o100644 && mode !== 0o100755) || !isPlainName(path)) group.trusted = false;
      if (group.trusted) {
        const object = bytes.toString('hex', start + STAT, start + STAT + hashLength);
        group.lines += stampLine({ path, executable: mode === 0o100755, size: bytes.readUInt32BE(start + SIZE_AT), object });
      }
    }
    // One to eight zeros fill an entry up to a multiple of eight.
    place += (end - start + 8) & ~7;
  }
  close();
  while (place + 8 <= window.size - hashLength) {
    const at = window.at(place, 8);
    if (at === undefined) return undefined;
    const signature = bytes.toString('latin1', at, at + 4);
    if (signature === 'link' || signature === 'sdir') return undefined;
    place += 8 + bytes.readUInt32BE(at + 4);
  }
  // Ids of another length than was said would read as entries and extensions of whatever names, or of none.
  return place === window.size - hashLength ? { cases, strays, outbox } : undefined;
}

/** Names that sort alike by bytes and by characters, and that no system writes in two ways. */
export const isPlainName = (path: string): boolean => /^[ -~]*$/.test(path);
