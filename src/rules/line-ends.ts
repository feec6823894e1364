import { plainLineEnds } from '../documents/source-text.ts';
import type { Rule } from './rule.ts';

export const lineEnds: Rule = {
  id: 'line-ends',
  severity: 'error',
  summary: 'Lines end in LF alone, and no file starts with a byte order mark.',
  why: 'Approval and publication are bound to the exact bytes of a text (publication gate). An editor that ends lines as Windows does gives the same words other bytes, and Git then shows every line as changed.',
  fix: 'Save it as UTF-8 with LF line ends and without a byte order mark.',
  mend: { does: 'saves it so, where nothing else is wrong with its characters', mended: (file) => plainLineEnds(file.path, file.bytes()) },
  foundWhile: 'reading',
};
