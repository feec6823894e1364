import { rangeMistakes } from '../domain/version-range.ts';
import type { Rule } from './rule.ts';

export const versionRange: Rule = {
  id: 'version-range',
  severity: 'error',
  summary: 'The version ranges of a product in case.md do not contradict themselves or each other.',
  why: 'Ranges go into the CVE record, into CSAF and OSV, and scanners decide by them who is affected: a range that begins after its end tells every user that there is nothing to do.',
  fix: 'Correct the range as the vendor says it; where the vendor alone knows the order of its versions, the scheme is custom.',
  *checkCase({ record }) {
    for (const [product, { ranges }] of record.file.products.entries()) {
      for (const { index, field, message } of rangeMistakes(ranges ?? [])) yield { file: `${record.folder}/case.md`, ...record.where('products', product, 'ranges', index, field), message };
    }
  },
};
