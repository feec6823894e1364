import type { Tree, TreeFile } from '../domain/tree.ts';
import { legibleLine } from '../documents/legible.ts';
import { wholeFile, type Rule } from './rule.ts';

const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffd]/;
const NOT_ON_WINDOWS = /[<>:"\\|?*]|[ .]$|^(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\.|$)/i;
const LONGEST = 200;

export const fileName: Rule = {
  id: 'file-name',
  severity: 'error',
  summary: 'File names are plain, and the same on every system.',
  why: 'Names come from strangers: from attachments, from pull requests. A name with ../ leads out of the repository, one with control characters lies on a terminal, and one that Windows or macOS cannot hold breaks the clone of a colleague.',
  fix: 'Rename it.',
  *checkFile(file) {
    const problem = wrongWith(file.path);
    if (problem !== undefined) yield { ...wholeFile(legibleLine(file.path)), message: problem };
  },
  // Two names that a Mac or Windows takes for one: the second checkout overwrites the first.
  *check({ tree, files, everything, touched }) {
    const seen = new Map<string, string>();
    for (const { path } of everything ? files : withSiblings(tree, files)) {
      const folded = path.normalize('NFC').toLowerCase();
      const other = seen.get(folded);
      if (other !== undefined && (touched(path) || touched(other))) {
        yield { ...wholeFile(path), message: `is the same name as ${legibleLine(other)} on systems that do not tell upper from lower case` };
      }
      seen.set(folded, path);
    }
  },
};

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

function withSiblings(tree: Tree, files: readonly TreeFile[]): readonly TreeFile[] {
  const folders = new Set(files.map(({ path }) => folderOf(path)));
  return [...folders].flatMap((folder) => tree.files(folder).filter(({ path }) => folderOf(path) === folder));
}

function wrongWith(path: string): string | undefined {
  if (UNSAFE.test(path)) return 'has control or direction-changing characters in its name, or bytes that are not UTF-8';
  const parts = path.split('/');
  if (parts.some((part) => part === '..' || part === '.' || part === '')) return 'leads out of the folder it names';
  if (parts.some((part) => NOT_ON_WINDOWS.test(part))) return 'has a name that Windows cannot hold';
  if (parts.some((part) => new TextEncoder().encode(part).length > LONGEST)) return `has a name of more than ${LONGEST} bytes`;
  return undefined;
}
