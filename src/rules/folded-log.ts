import type { Rule } from './rule.ts';

export const foldedLog: Rule = {
  id: 'folded-log',
  severity: 'error',
  safety: true,
  summary: 'log.md holds whole entries, each once and in order, as vcc archive writes it.',
  why: 'It is the log of a case that is over. A line that belongs to no entry, an entry that stands twice or one that says something else than its file would be read by a person and not by vcc, or the other way round.',
  fix: 'Bring it back: git checkout HEAD -- FILE. Where two clones folded the same case, keep the file that has all entries; what is new in the other goes into log/ as a file of its name.',
  foundWhile: 'reading',
};
