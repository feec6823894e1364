import type { Rule } from './rule.ts';

export const vendorNotInCase: Rule = {
  id: 'vendor-not-in-case',
  severity: 'error',
  summary: 'What is said about a vendor comes after the entry that made it a party to the case.',
  why: 'Only parties to the case are told anything (policy E), and every party gets a public status. A vendor that was written to without being added would be missing in both lists.',
  fix: 'Add the vendor: vcc record CASE vendor-added --vendor SLUG --role ROLE --at WHEN',
  foundWhile: 'replaying',
};
