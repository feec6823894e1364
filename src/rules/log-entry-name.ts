import type { Rule } from './rule.ts';

export const logEntryName: Rule = {
  id: 'log-entry-name',
  severity: 'error',
  summary: 'The name of a log entry says the time (UTC) and the event that stand in it.',
  why: 'A folder listing is the story of the case; people read it in a pull request. Entries name each other by file name, so one that was copied and edited would be taken for another.',
  fix: 'Delete the copy and record the event again: vcc record CASE EVENT --at WHEN',
  foundWhile: 'reading',
};
