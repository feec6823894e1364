import type { Policy } from '../generated/documents.ts';
import type { CaseState } from './case-state.ts';
import type { DueDate } from './deadlines.ts';
import { matches } from './entry-match.ts';
import { TOLERANCE } from './future-entry.ts';
import type { Instant } from './instant.ts';

/** A span of time, both ends included. */
export interface Lasting {
  readonly from: Instant;
  readonly until: Instant;
}

/**
 * From when on none of the entries lies in the future. undefined where what follows from them cannot be told for more than this moment: a
 * clock that was ever paused, or an entry that has not happened yet.
 */
export function steadySince({ entries }: Pick<CaseState, 'entries'>, policy: Policy, now: Instant): Instant | undefined {
  const pauses = policy.deadlines.flatMap(({ pausedBy = [] }) => pausedBy);
  if (entries.some((logged) => pauses.some(({ from }) => matches(logged, from)))) return undefined;
  const newest = Math.max(0, ...entries.map(({ at }) => at)) - TOLERANCE;
  return newest > now ? undefined : newest;
}

/**
 * How long the same deadlines of a case are overdue and none of its entries lies in the future, around now. undefined where that cannot
 * be told: see steadySince.
 */
export function lastingOf(state: CaseState, dues: readonly DueDate[], policy: Policy, now: Instant): Lasting | undefined {
  const newest = steadySince(state, policy, now);
  if (newest === undefined) return undefined;
  // Overdue is what lies more than nothing behind its limit.
  const limits = dues.map(({ grace, due }) => grace ?? due);
  return {
    from: Math.max(newest, ...limits.filter((limit) => limit < now).map((limit) => limit + 1)),
    until: Math.min(Number.MAX_SAFE_INTEGER, ...limits.filter((limit) => limit >= now)),
  };
}
