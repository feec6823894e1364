import { showInstant } from '../domain/instant.ts';
import type { Rule } from './rule.ts';

// Clocks of two machines differ a little.
const TOLERANCE = 5 * 60_000;

export const futureEntry: Rule = {
  id: 'future-entry',
  severity: 'warning',
  summary: 'What the log says has happened lies in the past.',
  why: 'Every due date and every start day (guideline IV.4) is counted from the time of an entry. One with a wrong year lets a deadline pass unseen.',
  fix: 'If the time is wrong: vcc record CASE corrected --entry NAME --reason TEXT, then record it again.',
  *checkCase({ record }, { repository, now }) {
    for (const logged of record.log) {
      if (logged.at > now + TOLERANCE) {
        yield { file: logged.path, ...logged.where('at'), message: `happens at ${showInstant(logged.at, repository.zone)}, which is later than now (${showInstant(now, repository.zone)})` };
      }
    }
  },
};
