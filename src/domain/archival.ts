import { attention } from './attention.ts';
import type { WorkCalendar } from './calendar.ts';
import { isOpen, type CaseState } from './case-state.ts';
import type { CaseRecord } from './case.ts';
import { isSettled, type DueDate } from './deadlines.ts';
import { showInstant, type Instant } from './instant.ts';
import { usage } from './problem.ts';
import type { Length, Policy } from '../generated/documents.ts';

const UNITS: Readonly<Record<string, Pick<Length, 'unit'> & { readonly times: number }>> = {
  day: { unit: 'day', times: 1 },
  week: { unit: 'day', times: 7 },
  month: { unit: 'month', times: 1 },
  year: { unit: 'year', times: 1 },
};

/** What a person types for a length of time: '1 year', '90 days'. Throws a usage error that names the flag. */
export function readLength(text: string, flag: string): Length {
  const [, amount = '', unit = ''] = /^(\d{1,4}) ?(day|week|month|year)s?$/.exec(text.trim()) ?? [];
  const meant = UNITS[unit];
  if (meant === undefined) throw usage(`${flag}: not a length of time: ${JSON.stringify(text)}`, 'Write it as "1 year", "6 months" or "90 days".');
  return { amount: Number(amount) * meant.times, unit: meant.unit };
}

/** What decides whether the log of a case can be folded. */
interface Judged {
  readonly record: CaseRecord;
  readonly state: CaseState;
  readonly dues: readonly DueDate[];
}

/** Why the log of a case stays as it is; undefined where the case has been over for so long, and only a new entry can set one of its clocks going again. */
export function whyNotFolded({ record, state, dues }: Judged, length: Length, calendar: WorkCalendar, now: Instant, policy: Policy): string | undefined {
  if (isOpen(state.status)) return `it is ${state.status}`;
  const { level, what } = attention(record, state, dues, now, policy);
  if (level !== 'ended') return what;
  const running = dues.find((due) => !isSettled(due));
  if (running) return `a clock is not settled: ${running.title}`;
  const last = Math.max(...record.log.map(({ at }) => at));
  return calendar.add(last, length) < now ? undefined : `something happened in it on ${showInstant(last, calendar.zone)}`;
}
