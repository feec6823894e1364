import type { Rule } from './rule.ts';

export const textEncoding: Rule = {
  id: 'text-encoding',
  severity: 'error',
  safety: true,
  summary: 'Text is UTF-8, without control characters.',
  why: 'Approval and publication are bound to the exact bytes of a text (publication gate). Bytes that one program reads as this and another as that, or that rewrite the terminal of the reader, make people approve something else than they saw.',
  fix: 'Save it as UTF-8, and take the character out.',
  foundWhile: 'reading',
};
