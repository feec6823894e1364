import type { Additions } from '../environment.ts';
import { EVERY_CHANGE, gitLines } from './git-process.ts';

/** A history of a thousand cases has some ten megabytes beside what is sealed. */
const MOST = 64 * 1024 * 1024;

/** Ciphertext, its marks, public keys and what vcc ships name nobody in clear; whatever else somebody puts beside them may. */
const EXCLUDED = ['cases/*/*/sealed/*.asc', 'cases/*/*/sealed/*.guard.yaml', 'keys/*.asc', '.vcc/schemas/*'].map((path) => `:(top,exclude,glob)${path}`);

/**
 * What the commits of a range added, file by file. -c: of a merge, what none of its parents has. --full-history: also what a branch added
 * of which the merge kept nothing, for it is in every clone. log.showRoot: also what the first commit of all added.
 */
export async function additionsIn(root: string, range: string, limit = MOST): Promise<Additions> {
  const commits: { commit: string; files: AddedFile[] }[] = [];
  let file: AddedFile | undefined;
  // How many parents a line speaks of; 0 outside of a hunk, where '+++' is the name of the file.
  let parents = 0;
  let at = 0;
  const onLine = (line: string): void => {
    if (line.startsWith('\0')) {
      commits.push({ commit: line.slice(1), files: [] });
      file = undefined;
      parents = 0;
      return;
    }
    const header = /^diff --(git|cc|combined) (.*)$/.exec(line);
    if (header) {
      const named = header[2] ?? '';
      // Without prefixes and renames both names are the same.
      file = { path: header[1] === 'git' ? named.slice(0, (named.length - 1) / 2) : named, lines: [], numbers: [] };
      commits.at(-1)?.files.push(file);
      parents = 0;
      return;
    }
    const hunk = /^(@@+) .*\+(\d+)(?:,\d+)? @@/.exec(line);
    if (hunk) {
      parents = (hunk[1]?.length ?? 2) - 1;
      at = Number(hunk[2]);
    } else if (parents > 0 && file) {
      const marks = line.slice(0, parents);
      if (marks === '+'.repeat(parents)) {
        file.lines.push(line.slice(parents));
        file.numbers.push(at);
      }
      if (/^[+ ]+$/.test(marks)) at += 1;
    }
  };
  const args = ['-c', 'core.quotepath=false', '-c', 'log.showRoot=true', 'log', '-p', '-c', '--full-history', '--text', '--unified=0', '--no-color', '--no-ext-diff', '--no-textconv', '--no-prefix', '--no-show-signature', ...EVERY_CHANGE, '--format=%x00%H', range, '--', ':/', ...EXCLUDED];
  const complete = await gitLines(root, args, limit, onLine);
  return { complete, commits: commits.map(({ commit, files }) => ({ commit, files: files.map(({ path, lines, numbers }) => ({ path, text: lines.join('\n'), lineOf: (line) => numbers[line - 1] ?? 1 })) })) };
}

interface AddedFile {
  readonly path: string;
  readonly lines: string[];
  /** Of each line, its number in the file. */
  readonly numbers: number[];
}
