import type { Rule } from './rule.ts';

export const danglingEntry: Rule = {
  id: 'dangling-entry',
  severity: 'error',
  summary: 'A log entry that another one names exists.',
  why: 'Each step of the ladder for a silent vendor rests on evidence in the log, and the committee will look at it (guideline IV.3). A correction that names no entry corrects nothing.',
  fix: 'Correct the file name, or bring the entry back from history.',
  foundWhile: 'replaying',
};
