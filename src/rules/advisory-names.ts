import { namePartings } from '../domain/name-facts.ts';
import { isToBeRead } from '../domain/text-facts.ts';
import type { Rule } from './rule.ts';

export const advisoryNames: Rule = {
  id: 'advisory-names',
  severity: 'warning',
  summary: 'A public text names every product of case.md and who develops it.',
  why: 'Users look for the name of what they run. A product that only the CVE record names is found by scanners and by nobody who reads (domain: advisory sections). Vendors downstream stand in the table of statuses.',
  fix: 'Name it in the text, or correct products in case.md.',
  *checkCase({ record, state }, { repository }) {
    if (isToBeRead(state)) yield* namePartings(record, state, ({ registry, vendor }) => (registry === undefined ? undefined : repository.vendor(registry)?.vendor.name) ?? { en: vendor });
  },
};
