import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { staysInside } from './safe-path.ts';

/** The package's own folder: from src/io in development, from dist in the package. */
export function packageFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder)) throw new Error('vcc is not installed whole: its package.json is missing');
  }
}

function place(path: string): string {
  if (!staysInside(path)) throw new RangeError(`not a file of vcc: ${path}`);
  return join(packageFolder(), path);
}

/** The text of a file that ships with vcc, from templates/ or schemas/. */
export const shipped = (path: string): string => readFileSync(place(path), 'utf8');

/** Names of the shipped files below a folder, from that folder, sorted. */
export function shippedFiles(folder: string): readonly string[] {
  const list = (below: string): string[] =>
    readdirSync(join(place(folder), below), { withFileTypes: true }).flatMap((entry) => {
      const name = below === '' ? entry.name : `${below}/${entry.name}`;
      return entry.isDirectory() ? list(name) : [name];
    });
  return list('').sort();
}
