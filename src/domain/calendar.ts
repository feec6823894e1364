// The only import of @holiday-jp/holiday_jp. Its Date helpers look at the zone of the process and its isHoliday scans
// the whole list, so days are looked up here as text in its table. The table ends with 2050.
import holidayJp from '@holiday-jp/holiday_jp';
import type { DeadlineRule } from '../generated/documents.ts';
import { localDate, startOfDay, type Instant } from './instant.ts';
import { refusal } from './problem.ts';

type Length = DeadlineRule['length'];
type Roll = NonNullable<DeadlineRule['roll']>;

/** The days of the organisation: its zone, its weekends, public holidays and closures. */
export interface WorkCalendar {
  readonly zone: string;
  /** Whether the office works on this calendar day, YYYY-MM-DD. */
  isWorkday(date: string): boolean;
  /**
   * The last moment of a period. Hours are exact. Everything longer counts calendar days of the zone: the day of the
   * start is day 0, and the period ends with the last second of its last day (23:59:59 there, whatever the clocks do).
   * A month or year that lacks the day of the start ends with its last day: 31 January and one month is 28 or 29 February.
   */
  add(start: Instant, length: Length, roll?: Roll): Instant;
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

/** Adds calendar months to a day, YYYY-MM-DD; a day that the month lacks becomes its last day. */
function addMonths(date: string, months: number): string {
  const [year, month, day] = partsOf(date);
  const firstOf = (monthIndex: number): number => Date.UTC(year, monthIndex, 1) / DAY;
  const first = firstOf(month - 1 + months);
  const daysInMonth = firstOf(month + months) - first;
  return dateOf(first + Math.min(day, daysInMonth) - 1);
}

const publicHolidays: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'Asia/Tokyo': holidayJp.holidays,
  Japan: holidayJp.holidays,
};

/**
 * The calendar of a zone with the closures of vcc.yaml (MM-DD, every year). Public holidays are known for Japan;
 * elsewhere only weekends and closures are days off.
 */
export function makeCalendar(zone: string, closures: readonly string[]): WorkCalendar {
  const closed = new Set(closures);
  const holidays = publicHolidays[zone] ?? {};

  const isWorkday = (date: string): boolean => {
    // 1970-01-01 was a Thursday.
    const weekday = (((dayNumber(date) + 4) % 7) + 7) % 7;
    return weekday !== 0 && weekday !== 6 && !Object.hasOwn(holidays, date) && !closed.has(date.slice(-5));
  };

  const nearestWorkday = (day: number, step: 1 | -1): number => {
    for (let tried = 0; tried <= 366; tried += 1) if (isWorkday(dateOf(day + tried * step))) return day + tried * step;
    throw refusal('no-workday', 'The closures in vcc.yaml leave no working day in the year', 'Take days out of closures in vcc.yaml, so that business days can be counted.');
  };

  const lastDay = (start: string, { amount, unit }: Length): string => {
    switch (unit) {
      case 'year':
        return addMonths(start, amount * 12);
      case 'month':
        return addMonths(start, amount);
      case 'business-day': {
        let day = dayNumber(start);
        for (let counted = 0; counted < amount; counted += 1) day = nearestWorkday(day + 1, 1);
        return dateOf(day);
      }
      default:
        return dateOf(dayNumber(start) + amount);
    }
  };

  const rolled = (date: string, roll: Roll): string =>
    roll === 'none' ? date : dateOf(nearestWorkday(dayNumber(date), roll === 'next-business-day' ? 1 : -1));

  const endOfDay = (date: string): Instant => startOfDay(dateOf(dayNumber(date) + 1), zone) - SECOND;

  return {
    zone,
    isWorkday,
    add(start, length, roll = 'none') {
      if (length.unit === 'hour') {
        const end = start + length.amount * HOUR;
        const date = localDate(end, zone);
        // An exact moment keeps its time of day unless it has to move to another day.
        return rolled(date, roll) === date ? end : endOfDay(rolled(date, roll));
      }
      return endOfDay(rolled(lastDay(localDate(start, zone), length), roll));
    },
  };
}
