import type { Rule } from './rule.ts';

export const schema: Rule = {
  id: 'schema',
  severity: 'error',
  summary: 'A file has the fields that its schema in schemas/ asks for, and no others.',
  why: 'What a case must record is the list of policy A and B. A misspelt field name would be kept and never read; so unknown fields are mistakes too.',
  fix: 'Correct the field; editors show the schema that the first line of the file names.',
  foundWhile: 'reading',
};
