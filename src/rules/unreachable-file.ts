import { readUnreachable, unreachablePath } from '../documents/unreachable-file.ts';
import { stands } from './layout.ts';
import type { Rule } from './rule.ts';

export const unreachableFile: Rule = {
  id: 'unreachable-file',
  severity: 'error',
  summary: 'A file of unreachable/ is named by its inquiry number, and its case and its developer exist.',
  why: 'The list of unreachable developers is public, and a developer that sees itself there writes to its inquiry number (guideline, appendix 5). A number that leads to no case loses the answer that the list asks for.',
  fix: 'Correct the number, or name the file after it.',
  *check({ tree, repository, touched }) {
    for (const { path, file, where } of readUnreachable(tree).records) {
      if (!touched(path)) continue;
      if (path !== unreachablePath(file.did)) yield { file: path, ...where('did'), message: `the number is ${file.did}, so the file is ${unreachablePath(file.did)}` };
      if (!repository.caseFolders().some(({ number }) => number === file.case)) yield { file: path, ...where('case'), message: `there is no case ${file.case}` };
      if (!stands(tree, `vendors/${file.vendor}.yaml`)) yield { file: path, ...where('vendor'), message: `vendors/${file.vendor}.yaml does not exist`, fix: 'Correct the name of the vendor.' };
    }
  },
};
