import type { DutyDone, DutyRule, Length } from '../generated/documents.ts';
import type { WorkCalendar } from './calendar.ts';
import type { CaseState } from './case-state.ts';
import type { Clock } from './deadlines.ts';
import { matches } from './entry-match.ts';
import { localDate, parseInstant, startOfDay, type Instant } from './instant.ts';

/** A duty of the organisation for one quarter; it names the entry of policy.yaml (id, source) and what is recorded as done. */
export interface DutyDate extends Clock {
  /** The quarter, like 2026-Q3. */
  readonly period: string;
  readonly done?: DutyDone;
  /** Later quarters that are overdue too, where they are told in one. */
  readonly further?: number;
}

const DAY = 86_400_000;
const DUE_SOON_DAYS = 7;

/** Quarters of the calendar year, counted through from year 0. */
const quarterNumber = (date: string): number => Number(date.slice(0, 4)) * 4 + Math.floor((Number(date.slice(5, 7)) - 1) / 3);
const periodName = (quarter: number): string => `${Math.floor(quarter / 4)}-Q${(quarter % 4) + 1}`;
const firstDay = (quarter: number): string => `${Math.floor(quarter / 4)}-${String((quarter % 4) * 3 + 1).padStart(2, '0')}-01`;

/** The quarter in which a moment lies, like 2026-Q3. */
export const periodOf = (moment: Instant, zone: string): string => periodName(quarterNumber(localDate(moment, zone)));

/** The quarter that is meant, like 2026-Q3, or undefined where the text names none. */
export function readPeriod(text: string): string | undefined {
  const [, year, quarter] = /^([0-9]{4})-?q([1-4])$/i.exec(text.normalize('NFKC').trim()) ?? [];
  return year === undefined ? undefined : `${year}-Q${quarter}`;
}

/** What a person types once a duty is done. */
export const commandForDuty = ({ id, period }: Pick<DutyDate, 'id' | 'period'>): string => `vcc duty ${id} --period ${period}`;

/**
 * Every duty of policy.yaml in every quarter, from the one in which the first entry lies that sets it off to the one that
 * runs now, earliest first. firstEntry gives, by the id of the duty, the moment of the first such entry of any case. What was done counts from its at.
 */
export function dutyDates(duties: readonly DutyRule[], done: readonly DutyDone[], firstEntry: (id: string) => Instant | undefined, calendar: WorkCalendar, now: Instant): DutyDate[] {
  const present = quarterNumber(localDate(now, calendar.zone));
  const dates = duties.flatMap((rule) => {
    const since = firstEntry(rule.id);
    const first = since === undefined ? present + 1 : quarterNumber(localDate(since, calendar.zone));
    return Array.from({ length: Math.max(0, present - first + 1) }, (_, index) => dutyDate(rule, first + index, done, calendar, now));
  });
  return dates.sort((a, b) => a.due - b.due);
}

/** When the log of a case first had what sets off each duty; those that it never set off are left out. */
export function firstsOf({ entries }: Pick<CaseState, 'entries'>, duties: readonly DutyRule[]): Readonly<Record<string, Instant>> {
  return Object.fromEntries(duties.flatMap(({ id, since }) => {
    const first = entries.find((logged) => matches(logged, since));
    return first === undefined ? [] : [[id, first.at] as const];
  }));
}

/** Months and years after a quarter end with a month: one month after June is the whole of July. */
function endOf(quarter: number, { amount, unit }: Length, calendar: WorkCalendar): Instant {
  if (unit !== 'month' && unit !== 'year') return calendar.add(startOfDay(firstDay(quarter + 1), calendar.zone) - 1, { amount, unit });
  const months = (quarter + 1) * 3 + (unit === 'year' ? 12 * amount : amount);
  const day = `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01`;
  return startOfDay(day, calendar.zone) - 1000;
}

function dutyDate(rule: DutyRule, quarter: number, all: readonly DutyDone[], calendar: WorkCalendar, now: Instant): DutyDate {
  const { id, title, modality, onLapse, source } = rule;
  const period = periodName(quarter);
  const due = endOf(quarter, rule.within, calendar);
  const done = all.find((each) => each.duty === id && each.period === period);
  const state = done ? (parseInstant(done.at) <= due ? 'met' : 'met-late') : now > due ? 'overdue' : due - now <= (rule.dueSoon ?? DUE_SOON_DAYS) * DAY ? 'due-soon' : 'pending';
  return { id, title, period, due, state, modality, owed: 'team', source, ...(onLapse === undefined ? {} : { onLapse }), ...(done ? { done } : {}) };
}

/** The overdue quarters of one duty as one, the oldest: whoever has none written down yet would see nothing else. */
export function oldestOverdue(dates: readonly DutyDate[]): DutyDate[] {
  const overdue = dates.filter(({ state }) => state === 'overdue');
  return dates.flatMap((date) => {
    if (date.state !== 'overdue') return [date];
    const same = overdue.filter(({ id }) => id === date.id);
    return same[0] === date ? [same.length === 1 ? date : { ...date, further: same.length - 1 }] : [];
  });
}
