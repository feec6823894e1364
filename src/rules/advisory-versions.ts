import { versionPartings } from '../domain/version-facts.ts';
import { isToBeRead } from '../domain/text-facts.ts';
import type { Rule } from './rule.ts';

export const advisoryVersions: Rule = {
  id: 'advisory-versions',
  severity: 'warning',
  summary: 'A public text gives the affected versions that case.md has, and no others.',
  why: 'The CVE record, CSAF and the page tell the same flaw: who reads that 1.2.3 is affected on the page and 1.2.4 in the record cannot tell whether to update. A version bound that case.md does not know closes the gate; one that is left out is a warning, for a text may send its readers to the developer for the list.',
  fix: 'Correct the text or products in case.md, whichever is wrong; vcc draft CASE --redo affected writes the list from case.md.',
  *checkCase({ record, state }) {
    if (isToBeRead(state)) yield* versionPartings(record, state);
  },
};
