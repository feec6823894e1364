import { scorePartings } from '../domain/id-facts.ts';
import { isToBeRead } from '../domain/text-facts.ts';
import type { Rule } from './rule.ts';

export const advisoryScores: Rule = {
  id: 'advisory-scores',
  severity: 'warning',
  summary: 'CVSS vectors, base scores and weaknesses in a public text are those of case.md.',
  why: 'The page and the CVE record are read side by side; a vector or a CWE that was corrected in one of them alone makes both look wrong.',
  fix: 'Correct the text or case.md. What case.md has stands on the page anyway, so the text may leave it out.',
  *checkCase({ record, state }) {
    if (isToBeRead(state)) yield* scorePartings(record);
  },
};
