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
}

/** Longest of the digests that Git ends an index with. */
const LONGEST_HASH = 32;
const SHORTEST_HASH = 20;

/**
 * How the index ends: with a digest of all that stands in it, so that another index ends differently. undefined where there is none, or where
 * Git was told to leave the digest out (index.skipHash).
 */
export function endOfIndex(path: string): string | undefined {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (problem) {
    if (failedWith(problem, 'ENOENT', 'ENOTDIR', 'EACCES')) return undefined;
    throw problem;
  }
  try {
    const { size } = fstatSync(file);
    const end = Buffer.alloc(LONGEST_HASH);
    if (size < LONGEST_HASH || readSync(file, end, 0, LONGEST_HASH, size - LONGEST_HASH) < LONGEST_HASH) return undefined;
    return describeEnd(end, size);
  } finally {
    closeSync(file);
  }
}

/** The same of an index that was read. */
export const endOfBytes = (bytes: Buffer): string | undefined => describeEnd(bytes.subarray(-LONGEST_HASH), bytes.length);

const describeEnd = (end: Buffer, size: number): string | undefined => (end.subarray(-SHORTEST_HASH).every((byte) => byte === 0) ? undefined : `${size} ${end.toString('base64')}`);

/** undefined for an index of a form that is not read here: compressed names, split or sparse ones, or none at all. hashLength: bytes of an object id. */
export function readIndex(bytes: Buffer, hashLength: number): ReadIndex | undefined {
  if (bytes.length < HEADER + hashLength || bytes.toString('latin1', 0, 4) !== 'DIRC') return undefined;
  const version = bytes.readUInt32BE(4);
  if (version !== 2 && version !== 3) return undefined;
  const cases = new Map<string, IndexedCase>();
  const strays: string[] = [];
  let group: { readonly folder: string; lines: string; trusted: boolean } | undefined;
  const close = (): void => {
    if (group) cases.set(group.folder, group.trusted ? stampOf(group.lines) : null);
    group = undefined;
  };
  let at = HEADER;
  let nameBefore = 0;
  for (let left = bytes.readUInt32BE(8); left > 0; left -= 1) {
    if (at + STAT + hashLength + 4 > bytes.length) return undefined;
    const flags = bytes.readUInt16BE(at + STAT + hashLength);
    const name = at + STAT + hashLength + ((flags & EXTENDED) === 0 ? 2 : 4);
    const length = flags & NAME_LENGTH;
    const end = length === NAME_LENGTH ? bytes.indexOf(0, name) : name + length;
    if (end < name || end >= bytes.length) return undefined;
    if (!group || end - name <= PREFIX || bytes.compare(bytes, nameBefore, nameBefore + PREFIX, name, name + PREFIX) !== 0) {
      close();
      const path = bytes.toString('utf8', name, end);
      if (FOLDER.test(path)) group = { folder: path.slice(0, PREFIX - 1), lines: '', trusted: true };
      else if (path === 'cases' || path.startsWith('cases/')) strays.push(path);
      nameBefore = name;
    }
    if (group) {
      const mode = bytes.readUInt32BE(at + MODE_AT);
      if ((flags & (ASSUME_VALID | EXTENDED | STAGE)) !== 0 || (mode !== 0o100644 && mode !== 0o100755) || !isAscii(bytes, name, end)) group.trusted = false;
      if (group.trusted) {
        const object = bytes.toString('hex', at + STAT, at + STAT + hashLength);
        group.lines += stampLine({ path: bytes.toString('latin1', name, end), executable: mode === 0o100755, size: bytes.readUInt32BE(at + SIZE_AT), object });
      }
    }
    // One to eight zeros fill an entry up to a multiple of eight.
    at += (end - at + 8) & ~7;
  }
  close();
  for (let extension = at; extension + 8 <= bytes.length - hashLength; extension += 8 + bytes.readUInt32BE(extension + 4)) {
    const signature = bytes.toString('latin1', extension, extension + 4);
    if (signature === 'link' || signature === 'sdir') return undefined;
  }
  return { cases, strays };
}

function isAscii(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if ((bytes[at] ?? 0) > 0x7e) return false;
  return true;
}
