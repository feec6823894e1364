import type { Rule } from './rule.ts';

export const yamlSafety: Rule = {
  id: 'yaml-safety',
  severity: 'error',
  safety: true,
  summary: 'No aliases, tags, duplicate keys or reserved names in YAML, and no file that is too large.',
  why: 'Some YAML that a stranger sends is made to hurt: aliases that unfold to gigabytes, keys that stand twice so that two programs read two different things, names that reach into the program. None of it is needed to write a case.',
  fix: 'Write the value out where it is needed, once.',
  foundWhile: 'reading',
};
