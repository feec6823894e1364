import type { CaseState } from './case-state.ts';
import type { Finding } from './finding.ts';
import { showInstant, type Instant } from './instant.ts';

/** Milliseconds. Clocks of two machines differ a little. */
export const TOLERANCE = 5 * 60_000;

/** Entries that say that something has happened which lies in the future: they count already, so that nothing may rest on them (guideline IV.4). */
export const futureEntries = ({ entries }: CaseState, now: Instant, zone: string): Finding[] =>
  entries
    .filter(({ at }) => at > now + TOLERANCE)
    .map((logged) => ({
      rule: 'future-entry',
      severity: 'error',
      file: logged.path,
      ...logged.where('at'),
      message: `happens at ${showInstant(logged.at, zone)}, which is later than now (${showInstant(now, zone)})`,
    }));
