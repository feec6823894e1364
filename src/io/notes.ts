import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Noted } from '../domain/tree.ts';
import { failedWith } from './failed-with.ts';
import { cryptographicRandom } from './random.ts';

/** Which summer time a zone has comes with Node: another one may find other days. */
const MADE_BY = `${process.version} ${process.versions.tz ?? ''}`;

/** A folder that cannot be written to, or a full disk, takes away the notes and nothing else. */
const CANNOT_WRITE = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'ENOTDIR', 'EEXIST', 'ENOENT', 'EISDIR', 'EFBIG', 'EIO'];

/** What an earlier run of this Node wrote in a folder that may be deleted at any time. */
export function noteIn(store: string, name: string): Noted {
  return {
    recall() {
      const [made, text] = readWhole(join(store, name))?.toString('utf8').split(/\n([^]*)/, 2) ?? [];
      return made === MADE_BY ? text : undefined;
    },
    keep: (text) =>
      withDraft(store, (draft) => {
        writeFileSync(draft, `${MADE_BY}\n${text}`);
        renameSync(draft, join(store, name));
      }),
  };
}

/** The time by the clock of the file system that holds the folder, in seconds; undefined where it cannot be written to. */
export const timeIn = (store: string): number | undefined => withDraft(store, (draft) => Math.floor(statSync(draft).mtimeMs / 1000));

function withDraft<T>(store: string, use: (draft: string) => T): T | undefined {
  const draft = join(store, `draft.${cryptographicRandom.hex(8)}`);
  try {
    mkdirSync(store, { recursive: true });
    writeFileSync(draft, '', { flag: 'wx' });
    return use(draft);
  } catch (problem) {
    if (failedWith(problem, ...CANNOT_WRITE)) return undefined;
    throw problem;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** What was noted of vcc.yaml and policy.yaml in the work tree at the root; nothing where Git's folder is elsewhere. VCC_NO_INDEX: for whoever doubts it. */
export function settingsNote(root: string): Noted | undefined {
  const folder = join(root, '.git');
  return process.env.VCC_NO_INDEX !== '1' && lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() === true ? noteIn(join(folder, 'vcc'), 'settings') : undefined;
}

export function readWhole(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (problem) {
    if (failedWith(problem, 'ENOENT', 'ENOTDIR', 'EACCES', 'EISDIR')) return undefined;
    throw problem;
  }
}
