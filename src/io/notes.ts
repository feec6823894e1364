import { closeSync, lstatSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Noted } from '../domain/tree.ts';
import { failedWith } from './failed-with.ts';
import { cryptographicRandom } from './random.ts';

/** Which summer time a zone has comes with Node: another one may find other days. */
const MADE_BY = `${process.version} ${process.versions.tz ?? ''}\n`;

/** A folder that cannot be written to, or a full disk, takes away the notes and nothing else. */
const CANNOT_WRITE = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'ENOTDIR', 'EEXIST', 'ENOENT', 'EISDIR', 'EFBIG', 'EIO', 'ELOOP'];

/** What an earlier run of this Node wrote in a folder that may be deleted at any time. */
export function noteIn(store: string, name: string): Noted {
  return {
    recall() {
      const bytes = readWhole(join(store, name));
      return bytes?.toString('latin1', 0, MADE_BY.length) === MADE_BY ? bytes.subarray(MADE_BY.length) : undefined;
    },
    keep(parts) {
      const draft = join(store, `draft.${cryptographicRandom.hex(8)}`);
      try {
        try {
          mkdirSync(store, { recursive: true });
          writeParts(draft, parts);
          renameSync(draft, join(store, name));
        } finally {
          // Where the folder is a file, this fails as well.
          rmSync(draft, { force: true });
        }
      } catch (problem) {
        if (!failedWith(problem, ...CANNOT_WRITE)) throw problem;
      }
    },
  };
}

/** Characters that are written at once. */
const PIECE = 1 << 20;

function writeParts(path: string, parts: Iterable<string>): void {
  const file = openSync(path, 'wx');
  try {
    let piece = MADE_BY;
    for (const part of parts) {
      piece += part;
      if (piece.length < PIECE) continue;
      writeFileSync(file, piece);
      piece = '';
    }
    writeFileSync(file, piece);
  } finally {
    closeSync(file);
  }
}

/** For whoever doubts what is remembered, and to tell what it is worth. */
export const withoutMemory = (): boolean => process.env.VCC_NO_INDEX === '1';

/** Git's own folder where it is nothing but a folder of the work tree at the root. */
export function plainGitFolder(root: string): string | undefined {
  const folder = join(root, '.git');
  return lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() === true ? folder : undefined;
}

/** What was noted of vcc.yaml and policy.yaml in the work tree at the root; nothing where Git's folder is elsewhere. */
export function settingsNote(root: string): Noted | undefined {
  const folder = withoutMemory() ? undefined : plainGitFolder(root);
  return folder === undefined ? undefined : noteIn(join(folder, 'vcc'), 'settings');
}

function readWhole(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (problem) {
    if (failedWith(problem, 'ENOENT', 'ENOTDIR', 'EACCES', 'EISDIR', 'ELOOP')) return undefined;
    throw problem;
  }
}
