import { TZDate } from '@date-fns/tz';
import { format } from 'date-fns/format';
import { usage } from './problem.ts';

/** A moment as milliseconds since 1970-01-01T00:00Z. Date objects stay out of the domain: they print in the process's zone. */
export type Instant = number;

/** Day and time as the organisation's zone sees it. */
const inZone = (instant: Instant, zone: string): TZDate => new TZDate(instant, zone);

/** An Instant is never negative, and a year below 100 would be taken for one of the last century. */
const isOurTime = (text: string): boolean => Number(text.slice(0, 4)) >= 1970;

/** RFC 3339 text of a file, already checked against its schema. */
export function parseInstant(text: string): Instant {
  const instant = Date.parse(text);
  if (Number.isNaN(instant) || !isOurTime(text)) throw new RangeError(`not a moment: ${text}`);
  return instant;
}

/** The form in files: 2014-06-06T12:00:00+09:00. */
export const formatInstant = (instant: Instant, zone: string): string => format(inZone(instant, zone), "yyyy-MM-dd'T'HH:mm:ssxxx");

/** For a package that takes nothing else; it prints in the zone. */
export const asDate = (instant: Instant, zone: string): Date => inZone(instant, zone);

/** The form for people: 2014-06-06 12:00 +09:00. */
export const showInstant = (instant: Instant, zone: string): string => format(inZone(instant, zone), 'yyyy-MM-dd HH:mm xxx');

/** The same below a heading that names the zone: 2014-06-06 12:00. */
export const showMinute = (instant: Instant, zone: string): string => format(inZone(instant, zone), 'yyyy-MM-dd HH:mm');

/** The calendar day in the zone: 2014-06-06. */
export const localDate = (instant: Instant, zone: string): string => format(inZone(instant, zone), 'yyyy-MM-dd');

/** The form in file names, always UTC: 20140606T030000Z. */
export const fileStamp = (instant: Instant): string => format(inZone(instant, 'UTC'), "yyyyMMdd'T'HHmmss'Z'");

/** The first moment of a calendar day in the zone; where a clock change skips midnight, the first that exists. */
export function startOfDay(date: string, zone: string): Instant {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return new TZDate(year, month - 1, day, zone).getTime();
}

/** What a person types for a calendar day: 2014-05-01. Throws a usage error that names the flag. */
export function readDay(text: string, flag: string): string {
  const day = text.trim();
  if (isOurTime(day) && /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/.test(day) && localDate(startOfDay(day, 'UTC'), 'UTC') === day) return day;
  throw usage(`${flag}: not a day: ${JSON.stringify(text)}`, 'Write it as 2014-05-01.');
}

const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
/** By the calendar, of which date-fns asks the zone of the process, and that of Apia has no 30 December 2011. */
const daysIn = (year: number, month: number): number => (month === 2 ? (isLeapYear(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31);

const WHEN = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?\s*(Z|[+-]\d{2}:\d{2})?$/;

/**
 * What a person types after --at, --date or --now: '2014-05-01 10:00', with or without an offset.
 * Without an offset the organisation's zone counts; a time of day is always needed, a guessed one would move a clock.
 * Throws a usage error that names the flag.
 */
export function readWhen(text: string, zone: string, flag: string): Instant {
  const match = WHEN.exec(text.trim());
  const wrong = (): never => {
    throw usage(`${flag}: not a date and time: ${JSON.stringify(text)}`, `Write it as 2014-05-01T10:00+09:00, or 2014-05-01T10:00 for the time zone ${zone}.`);
  };
  if (!match?.[4] || !isOurTime(match[1] ?? '')) return wrong();
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part: string | undefined) => Number(part ?? '0')) as [number, number, number, number, number, number];
  if (hour > 23 || minute > 59 || second > 59) return wrong();
  const offset = match[7];
  if (offset !== undefined) {
    // Date.parse takes 30 February for 2 March.
    const instant = day <= daysIn(year, month) ? Date.parse(`${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6] ?? '00'}${offset}`) : NaN;
    return Number.isNaN(instant) ? wrong() : instant;
  }
  const local = new TZDate(year, month - 1, day, hour, minute, second, zone);
  if (local.getFullYear() !== year || local.getMonth() !== month - 1 || local.getDate() !== day || local.getHours() !== hour) return wrong();
  return local.getTime();
}
