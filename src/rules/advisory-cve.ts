import { cvePartings } from '../domain/id-facts.ts';
import { isToBeRead } from '../domain/text-facts.ts';
import type { Rule } from './rule.ts';

export const advisoryCve: Rule = {
  id: 'advisory-cve',
  severity: 'warning',
  summary: 'A public text names the CVE ids of its case.',
  why: 'An id with two digits changed sends every reader to another flaw, and nobody finds the right one (publication gate: each flaw has a CVE id). A foreign id in place of one of the case closes the gate; beside them it may be meant, and is a warning.',
  fix: 'Correct the id in the text, or note the right one: vcc cve assign CASE --id CVE-YYYY-NNNN.',
  *checkCase({ record, state }) {
    if (isToBeRead(state)) yield* cvePartings(record, state);
  },
};
