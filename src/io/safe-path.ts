import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { refusal } from '../domain/problem.ts';

const FORBIDDEN = /[\u0000-\u001f\u007f\\]/;

/** Whether a path from the root stays inside of it and cannot reach Git's own files, on any file system. */
export function staysInside(path: string): boolean {
  if (path === '' || FORBIDDEN.test(path)) return false;
  // NTFS and HFS+ ignore case; NTFS also drops trailing dots and spaces.
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && part.replace(/[. ]+$/, '').toLowerCase() !== '.git');
}

/** Refuses a path that leaves the root, or that runs through a symlink: writing there would change a file somewhere else. */
export function requireSafeTarget(root: string, path: string): void {
  if (!staysInside(path)) throw refusal('unsafe-path', `a path that leaves the repository: ${JSON.stringify(path)}`, 'Use a plain name below the root of the case repository.');
  const parts = path.split('/');
  for (let depth = 1; depth <= parts.length; depth += 1) {
    const part = parts.slice(0, depth).join('/');
    const found = lstatSync(join(root, part), { throwIfNoEntry: false });
    if (!found) return;
    const last = depth === parts.length;
    if (found.isSymbolicLink() || (last ? !found.isFile() : !found.isDirectory())) {
      throw refusal('unsafe-path', `${part} is ${found.isSymbolicLink() ? 'a symlink' : last ? 'not a file' : 'not a folder'}`, `Look at it, remove it (git rm ${part}), commit, and try again.`);
    }
  }
}
