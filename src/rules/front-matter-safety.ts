import type { Rule } from './rule.ts';

export const frontMatterSafety: Rule = {
  id: 'front-matter-safety',
  severity: 'error',
  safety: true,
  summary: 'Front matter is YAML between two lines of three hyphens.',
  why: 'Some tools run the front matter of a Markdown file as a program when its first line names a language. Someone who opens the case with such a tool would start what a stranger wrote.',
  fix: 'Let the file start with a line --- and close the block with a line ---, with nothing else on either.',
  foundWhile: 'reading',
};
