import { futureEntries } from '../domain/future-entry.ts';
import type { Rule } from './rule.ts';

export const futureEntry: Rule = {
  id: 'future-entry',
  severity: 'error',
  summary: 'What the log says has happened lies in the past.',
  why: 'Every due date and every start day (guideline IV.4) is counted from the time of an entry, and an entry counts as soon as it is there. One with a wrong year lets a deadline pass unseen, or opens the gate to publication too early.',
  fix: 'If the time is wrong: vcc record CASE corrected --entry NAME --reason TEXT, then record it again.',
  *checkCase({ state }, { repository, now }) {
    yield* futureEntries(state, now, repository.zone);
  },
};
