import { usage } from './problem.ts';
import { aheadOf, momentOf } from './zone-offsets.ts';

/** A moment as milliseconds since 1970-01-01T00:00Z. Date objects stay out of the domain: they print in the process's zone. */
export type Instant = number;

/** What the clocks of the zone show: 2014-06-06T12:00:00. A year of five digits, which a date of a file can lead to, has them without the sign of ISO 8601. */
const shown = (instant: Instant, zone: string): string => new Date(instant + aheadOf(instant, zone)).toISOString().slice(0, -'.000Z'.length).replace(/^\+0*/, '');

/** +09:00 */
function offset(instant: Instant, zone: string): string {
  const ahead = aheadOf(instant, zone);
  const minutes = Math.trunc(Math.abs(ahead) / 60_000);
  return `${ahead < 0 ? '-' : '+'}${twoDigits(Math.trunc(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

const twoDigits = (number: number): string => String(number).padStart(2, '0');

/** An Instant is never negative, and a year below 100 would be taken for one of the last century. */
const isOurTime = (text: string): boolean => Number(text.slice(0, 4)) >= 1970;

/** RFC 3339 text of a file, already checked against its schema. */
export function parseInstant(text: string): Instant {
  const instant = Date.parse(text);
  if (Number.isNaN(instant) || !isOurTime(text)) throw new RangeError(`not a moment: ${text}`);
  return instant;
}

/** The form in files: 2014-06-06T12:00:00+09:00. */
export const formatInstant = (instant: Instant, zone: string): string => `${shown(instant, zone)}${offset(instant, zone)}`;

/** The form for people: 2014-06-06 12:00 +09:00. */
export const showInstant = (instant: Instant, zone: string): string => `${showMinute(instant, zone)} ${offset(instant, zone)}`;

/** The same below a heading that names the zone: 2014-06-06 12:00. */
export const showMinute = (instant: Instant, zone: string): string => shown(instant, zone).slice(0, -':00'.length).replace('T', ' ');

/** The calendar day in the zone: 2014-06-06. */
export const localDate = (instant: Instant, zone: string): string => shown(instant, zone).slice(0, -'T00:00:00'.length);

/** The form in file names, always UTC: 20140606T030000Z. */
export const fileStamp = (instant: Instant): string => `${shown(instant, 'UTC').replaceAll(/[-:]/g, '')}Z`;

/** The first moment of a calendar day in the zone; where a clock change skips midnight, the first that exists. */
export function startOfDay(date: string, zone: string): Instant {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return momentOf(Date.UTC(year, month - 1, day), zone);
}

/** What a person types for a calendar day: 2014-05-01. Throws a usage error that names the flag. */
export function readDay(text: string, flag: string): string {
  const day = text.trim();
  if (isOurTime(day) && /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/.test(day) && localDate(startOfDay(day, 'UTC'), 'UTC') === day) return day;
  throw usage(`${flag}: not a day: ${JSON.stringify(text)}`, 'Write it as 2014-05-01.');
}

const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
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
  // Date.parse takes 30 February for 2 March.
  if (day > daysIn(year, month) || month > 12) return wrong();
  const typed = `${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6] ?? '00'}`;
  const instant = match[7] === undefined ? momentOf(Date.parse(`${typed}Z`), zone) : Date.parse(`${typed}${match[7]}`);
  // A clock that is put forward never shows some times.
  return Number.isNaN(instant) || (match[7] === undefined && shown(instant, zone) !== typed) ? wrong() : instant;
}
