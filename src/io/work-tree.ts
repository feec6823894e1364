import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, readdirSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { join } from 'node:path';
import type { Tree, TreeFile } from '../domain/tree.ts';
import { failedWith } from './failed-with.ts';
import { settingsNote } from './notes.ts';
import { staysInside } from './safe-path.ts';

/** Folders at the root that vcc init has Git ignore; what is in them is no part of the case repository. */
const IGNORED = new Set(['outbox', '.vcc']);

/** The files on disk below the root of a case repository. Read again at every call: an editor may be open beside us. */
export function workTree(root: string): Tree {
  // Of many files in one folder, the way to it is looked at once; a new list looks again.
  let sure = '';
  return {
    get settings() {
      return settingsNote(root);
    },
    files(under) {
      sure = '';
      const files: TreeFile[] = [];
      if (under === '') list(root, '', files);
      else if (staysInside(under) && !isIgnored(under) && parentsAreFolders(root, under)) {
        const found = lstatSync(join(root, under), { throwIfNoEntry: false });
        if (found?.isDirectory()) list(root, under, files);
        else if (found?.isSymbolicLink()) files.push({ path: under, kind: 'symlink' });
        else if (found?.isFile()) files.push({ path: under, kind: found.mode & 0o100 ? 'executable' : 'file' });
      }
      return files.sort(byPath);
    },
    folders(under) {
      if (!staysInside(under) || isIgnored(under) || !parentsAreFolders(root, `${under}/`)) return [];
      return readFolder(join(root, under)).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();
    },
    read(path) {
      if (!staysInside(path) || isIgnored(path)) return undefined;
      const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
      if (folder !== sure && !parentsAreFolders(root, path)) return undefined;
      sure = folder;
      return readPlainFile(join(root, path));
    },
  };
}

/** The files that lie elsewhere than in that folder of the root. */
export function filesBeside(root: string, folder: string): readonly TreeFile[] {
  const files: TreeFile[] = [];
  list(root, '', files, new Set([...IGNORED, folder]));
  return files.sort(byPath);
}

const byPath = (a: TreeFile, b: TreeFile): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);

const isIgnored = (path: string): boolean => IGNORED.has(path.split('/', 1)[0] ?? '');

function list(root: string, folder: string, files: TreeFile[], without: ReadonlySet<string> = IGNORED): void {
  const entries = readFolder(join(root, folder));
  if (folder !== '' && entries.some((entry) => entry.name === '.git')) {
    files.push({ path: folder, kind: 'submodule' });
    return;
  }
  for (const entry of entries) {
    if (entry.name === '.git' || (folder === '' && without.has(entry.name))) continue;
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    // A name that is not UTF-8 comes out changed and cannot be opened by it: it is listed all the same, for a rule to find.
    if (entry.name.includes('\ufffd')) files.push({ path, kind: entry.isSymbolicLink() ? 'symlink' : 'file' });
    else if (entry.isDirectory()) list(root, path, files);
    else if (entry.isSymbolicLink()) files.push({ path, kind: 'symlink' });
    else if (entry.isFile()) {
      const found = lstatSync(join(root, path), { throwIfNoEntry: false });
      if (found) files.push({ path, kind: found.mode & 0o100 ? 'executable' : 'file' });
    }
  }
}

function readFolder(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (problem) {
    // Removed, or replaced by a file, since its parent was listed.
    if (failedWith(problem, 'ENOENT', 'ENOTDIR')) return [];
    throw problem;
  }
}

function parentsAreFolders(root: string, path: string): boolean {
  for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
    if (!lstatSync(join(root, path.slice(0, slash)), { throwIfNoEntry: false })?.isDirectory()) return false;
  }
  return true;
}

/** The bytes of a regular file; undefined for what is absent, a symlink, a folder or a device. Never waits on a named pipe. */
export function readPlainFile(path: string): Uint8Array | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (problem) {
    // ELOOP: a symlink; ENXIO: a socket.
    if (failedWith(problem, 'ENOENT', 'ENOTDIR', 'ELOOP', 'EMLINK', 'ENXIO', 'EISDIR')) return undefined;
    throw problem;
  }
  try {
    return fstatSync(descriptor).isFile() ? readFileSync(descriptor) : undefined;
  } finally {
    closeSync(descriptor);
  }
}
