import type { Rule } from './rule.ts';

export const yamlSyntax: Rule = {
  id: 'yaml-syntax',
  severity: 'error',
  summary: 'YAML and front matter can be read.',
  why: 'A file that cannot be read is a case, a vendor or a rule that vcc does not know of. Nothing is guessed: a half-read case would show half of its deadlines.',
  fix: 'Correct the line; an editor with YAML support underlines it.',
  foundWhile: 'reading',
};
