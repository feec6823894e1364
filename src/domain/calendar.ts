// The only import of @holiday-jp/holiday_jp. Its Date helpers look at the zone of the process and its isHoliday scans
// the whole list, so days are looked up here as text in its table. The table ends with 2050.
import holidayJp from '@holiday-jp/holiday_jp';
import type { CalendarRule, DeadlineRule, Length } from '../generated/documents.ts';
import { localDate, startOfDay, type Instant } from './instant.ts';
import { refusal } from './problem.ts';

/** A time that does not count, from a moment to another. */
export interface Pause {
  readonly from: Instant;
  readonly until: Instant;
}

/** How an end is found, besides the length. */
interface Counting {
  readonly roll?: DeadlineRule['roll'];
  readonly monthEnd?: DeadlineRule['monthEnd'];
  readonly pauses?: readonly Pause[];
}

/** The days of the organisation: its zone, its weekends, public holidays and closures. */
export interface WorkCalendar {
  readonly zone: string;
  /** Whether the office works on this calendar day, YYYY-MM-DD. */
  isWorkday(date: string): boolean;
  /**
   * The last moment of a period. Hours are exact. Everything longer counts calendar days of the zone: the day of the
   * start is day 0, and the period ends with the last second of its last day (23:59:59 there, whatever the clocks do).
   * A month or year that lacks the day of the start ends with its last day: 31 January and one month is 28 or 29 February,
   * or, with monthEnd next-month, 1 March. A pause that begins before the end moves it: by its own length where hours are
   * counted, else by the days (business days, where those are counted) after the one it begins on, to the one it ends on.
   */
  add(start: Instant, length: Length, counting?: Counting): Instant;
  /** The calendar of that name in policy.yaml; this one where there is no name. Throws a RangeError for a name that policy.yaml lacks. */
  named(id: string | undefined): WorkCalendar;
}

const DAY = 86_400_000;
const SECOND = 1000;
const HOUR = 3_600_000;

// A calendar day as the number of days since 1970-01-01, so that adding days never meets a zone.
const partsOf = (date: string): [number, number, number] => date.split('-').map(Number) as [number, number, number];
const dayNumber = (date: string): number => {
  const [year, month, day] = partsOf(date);
  return Date.UTC(year, month - 1, day) / DAY;
};
const dateOf = (day: number): string => localDate(day * DAY, 'UTC');

/** Adds calendar months to a day, YYYY-MM-DD; a day that the month lacks becomes its last day, or the first of the next. */
function addMonths(date: string, months: number, monthEnd: Counting['monthEnd']): string {
  const [year, month, day] = partsOf(date);
  const firstOf = (monthIndex: number): number => Date.UTC(year, monthIndex, 1) / DAY;
  const first = firstOf(month - 1 + months);
  const daysInMonth = firstOf(month + months) - first;
  return dateOf(first + Math.min(day, monthEnd === 'next-month' ? daysInMonth + 1 : daysInMonth) - 1);
}

const HOLIDAYS: Readonly<Record<NonNullable<CalendarRule['holidays']>, Readonly<Record<string, unknown>>>> = { japan: holidayJp.holidays, none: {} };
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

/**
 * The calendar of the organisation: its zone, the closures of vcc.yaml (MM-DD every year, YYYY-MM-DD once), and public
 * holidays where they are known, which is Japan; elsewhere only weekends and closures are days off. named are the
 * further calendars of policy.yaml.
 */
export function makeCalendar(zone: string, closures: readonly string[], named: Readonly<Record<string, Omit<CalendarRule, 'source'>>> = {}): WorkCalendar {
  const made = new Map<string, WorkCalendar>();
  const byName = (id: string | undefined): WorkCalendar => {
    if (id === undefined) return own;
    const rule = Object.hasOwn(named, id) ? named[id] : undefined;
    if (rule === undefined) throw new RangeError(`policy.yaml has no calendar ${id}`);
    const calendar = made.get(id) ?? calendarOf({ zone, ...rule }, byName);
    made.set(id, calendar);
    return calendar;
  };
  const own = calendarOf({ zone, closures, holidays: zone === 'Asia/Tokyo' || zone === 'Japan' ? 'japan' : 'none' }, byName);
  return own;
}

type Days = Omit<CalendarRule, 'source' | 'zone' | 'closures'> & { readonly zone: string; readonly closures?: readonly string[] };

function calendarOf({ zone, closures = [], weekend = ['saturday', 'sunday'], holidays = 'none' }: Days, byName: WorkCalendar['named']): WorkCalendar {
  const closed = new Set<string>(closures);
  const resting = new Set<number>(weekend.map((day) => WEEKDAYS.indexOf(day)));
  const publicHolidays = HOLIDAYS[holidays];

  const isWorkday = (date: string): boolean => {
    // 1970-01-01 was a Thursday.
    const weekday = (((dayNumber(date) + 4) % 7) + 7) % 7;
    return !resting.has(weekday) && !Object.hasOwn(publicHolidays, date) && !closed.has(date.slice(-5)) && !closed.has(date);
  };

  const nearestWorkday = (day: number, step: 1 | -1): number => {
    for (let tried = 0; tried <= 366; tried += 1) if (isWorkday(dateOf(day + tried * step))) return day + tried * step;
    throw refusal('no-workday', 'The closures leave no working day in the year', 'Take days out of closures in vcc.yaml, or in calendars of policy.yaml, so that business days can be counted.');
  };

  const addWorkdays = (start: number, amount: number): number => {
    let day = start;
    for (let counted = 0; counted < amount; counted += 1) day = nearestWorkday(day + 1, 1);
    return day;
  };

  const lastDay = (start: string, { amount, unit }: Length, monthEnd: Counting['monthEnd']): string => {
    switch (unit) {
      case 'year':
        return addMonths(start, amount * 12, monthEnd);
      case 'month':
        return addMonths(start, amount, monthEnd);
      case 'business-day':
        return dateOf(addWorkdays(dayNumber(start), amount));
      default:
        return dateOf(dayNumber(start) + amount);
    }
  };

  /** Moves the last day by the days of the pauses that begin before it is over. */
  const pastPauses = (date: string, unit: Length['unit'], pauses: readonly Pause[]): string => {
    let day = dayNumber(date);
    for (const { from, until } of pauses) {
      const first = dayNumber(localDate(from, zone));
      const last = dayNumber(localDate(until, zone));
      if (first > day) break;
      if (unit !== 'business-day') day += last - first;
      else {
        let workdays = 0;
        for (let each = first + 1; each <= last; each += 1) if (isWorkday(dateOf(each))) workdays += 1;
        day = addWorkdays(day, workdays);
      }
    }
    return dateOf(day);
  };

  const rolled = (date: string, roll: Counting['roll']): string =>
    roll === undefined || roll === 'none' ? date : dateOf(nearestWorkday(dayNumber(date), roll === 'next-business-day' ? 1 : -1));

  // Many deadlines of many cases end on the same days, and asking the zone takes longest.
  const known = new Map<string, Instant>();
  const endOfDay = (date: string): Instant => {
    const end = known.get(date) ?? startOfDay(dateOf(dayNumber(date) + 1), zone) - SECOND;
    known.set(date, end);
    return end;
  };

  return {
    zone,
    isWorkday,
    add(start, length, { roll, monthEnd, pauses = [] } = {}) {
      if (length.unit !== 'hour') return endOfDay(rolled(pastPauses(lastDay(localDate(start, zone), length, monthEnd), length.unit, pauses), roll));
      let end = start + length.amount * HOUR;
      for (const { from, until } of pauses) if (from <= end) end += until - from;
      const date = localDate(end, zone);
      // An exact moment keeps its time of day unless it has to move to another day.
      return rolled(date, roll) === date ? end : endOfDay(rolled(date, roll));
    },
    named: byName,
  };
}
