import { translationPartings } from '../domain/language-facts.ts';
import { isToBeRead } from '../domain/text-facts.ts';
import type { Rule } from './rule.ts';

export const advisoryTranslation: Rule = {
  id: 'advisory-translation',
  severity: 'warning',
  summary: 'The English and the Japanese text give the same versions, CVE ids, vectors and links.',
  why: 'Both go out at the same minute and are one advisory (publication gate: both texts complete): a correction that reached one language alone tells half of the readers something that is known to be wrong.',
  fix: 'Correct the text that is behind, or add what it leaves out.',
  *checkCase({ record, state }) {
    if (isToBeRead(state)) yield* translationPartings(record);
  },
};
