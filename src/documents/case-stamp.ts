import { createHash } from 'node:crypto';
import type { ObjectFormat } from '../domain/case-memory.ts';
import type { Tree } from '../domain/tree.ts';
import { digest } from './memory-text.ts';

/** A file as Git's index notes it, or as it would. */
interface NotedFile {
  readonly path: string;
  readonly executable: boolean;
  /** Bytes in the work tree: a file that Git converts has others there than in its object. */
  readonly size: number;
  /** Id of the object that holds the content, in hex. */
  readonly object: string;
}

/** One line of what a stamp is made of. */
export const stampLine = ({ path, executable, size, object }: NotedFile): string => `${executable ? 'x' : '-'} ${size} ${object} ${path}\0`;

/** The same for the same names and contents of all files of a case, and for no others; the lines stand in the order of the paths. */
export const stampOf = (lines: string): string => digest(lines);

/** The stamp of what the tree gives; undefined where something in the case is no plain file. */
export function stampIn(tree: Tree, folder: string, format: ObjectFormat): string | undefined {
  let lines = '';
  for (const { path, kind } of tree.files(folder)) {
    const bytes = kind === 'file' || kind === 'executable' ? tree.read(path) : undefined;
    if (bytes === undefined) return undefined;
    const object = createHash(format).update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
    lines += stampLine({ path, executable: kind === 'executable', size: bytes.length, object });
  }
  return stampOf(lines);
}
