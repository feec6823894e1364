import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeCalendar, type Pause } from '../../src/domain/calendar.ts';
import type { Length } from '../../src/generated/documents.ts';

/*
 * A second, slow way to the same ends: it walks from day to day and second to second and asks Intl what a clock on the
 * wall shows. It shares no code with the calendar.
 */
const ZONES = ['Asia/Tokyo', 'America/New_York', 'Europe/Berlin', 'America/Santiago', 'Australia/Lord_Howe', 'Africa/Casablanca', 'Pacific/Kiritimati', 'UTC'] as const;
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const wall = new Map(ZONES.map((zone) => [zone, new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })]));
type Zone = (typeof ZONES)[number];
const dayOf = (moment: number, zone: Zone): string => wall.get(zone)?.format(moment) ?? '';

function step(day: string, by: 1 | -1): string {
  const next = new Date(`${day}T12:00:00Z`);
  next.setUTCDate(next.getUTCDate() + by);
  return next.toISOString().slice(0, 10);
}

function lastSecondOf(day: string, zone: Zone): number {
  let moment = Date.parse(`${day}T00:00:00Z`) - 16 * HOUR;
  for (const stride of [HOUR, MINUTE, SECOND]) while (dayOf(moment + stride, zone) <= day) moment += stride;
  return moment;
}

function monthsLater(day: string, months: number, nextMonth: boolean): string {
  let [year, month] = day.split('-').map(Number) as [number, number];
  for (let gone = 0; gone < months; gone += 1) [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
  const prefix = `${year}-${String(month).padStart(2, '0')}`;
  const same = `${prefix}-${day.slice(8)}`;
  const exists = (candidate: string): boolean => !Number.isNaN(Date.parse(`${candidate}T12:00:00Z`)) && new Date(`${candidate}T12:00:00Z`).toISOString().startsWith(candidate);
  if (exists(same)) return same;
  const last = [31, 30, 29, 28].map((date) => `${prefix}-${date}`).find(exists) ?? '';
  return nextMonth ? step(last, 1) : last;
}

const CLOSURES = ['12-29', '12-30', '12-31', '01-01', '01-02', '01-03'];

interface Question {
  readonly zone: Zone;
  readonly start: number;
  readonly length: Length;
  readonly roll: 'none' | 'next-business-day' | 'previous-business-day';
  readonly monthEnd: 'last-day' | 'next-month';
  readonly pauses: readonly Pause[];
}

function oracle({ zone, start, length: { amount, unit }, roll, monthEnd, pauses }: Question, works: (day: string) => boolean): number {
  if (unit === 'hour') {
    let end = start;
    for (let gone = 0; gone < amount; gone += 1) end += HOUR;
    for (const { from, until } of pauses) if (from <= end) end += until - from;
    const day = rolled(dayOf(end, zone));
    return day === dayOf(end, zone) ? end : lastSecondOf(day, zone);
  }
  let day = dayOf(start, zone);
  if (unit === 'month' || unit === 'year') day = monthsLater(day, unit === 'year' ? 12 * amount : amount, monthEnd === 'next-month');
  else for (let left = amount; left > 0; ) if (works((day = step(day, 1))) || unit === 'day') left -= 1;
  for (const { from, until } of pauses) {
    const begun = dayOf(from, zone);
    if (begun > day) break;
    let extra = 0;
    for (let each = begun; each < dayOf(until, zone); ) if (works((each = step(each, 1))) || unit !== 'business-day') extra += 1;
    while (extra > 0) if (works((day = step(day, 1))) || unit !== 'business-day') extra -= 1;
  }
  return lastSecondOf(rolled(day), zone);

  function rolled(from: string): string {
    let at = from;
    if (roll !== 'none') while (!works(at)) at = step(at, roll === 'next-business-day' ? 1 : -1);
    return at;
  }
}

const moment = fc.integer({ min: Date.parse('1999-06-01T00:00:00Z') / SECOND, max: Date.parse('2045-01-01T00:00:00Z') / SECOND }).map((seconds) => seconds * SECOND);
const length: fc.Arbitrary<Length> = fc.oneof(
  fc.record({ amount: fc.integer({ min: 0, max: 200 }), unit: fc.constant('hour' as const) }),
  fc.record({ amount: fc.integer({ min: 0, max: 130 }), unit: fc.constant('business-day' as const) }),
  fc.record({ amount: fc.integer({ min: 0, max: 500 }), unit: fc.constant('day' as const) }),
  fc.record({ amount: fc.integer({ min: 0, max: 30 }), unit: fc.constant('month' as const) }),
  fc.record({ amount: fc.integer({ min: 0, max: 5 }), unit: fc.constant('year' as const) }),
);
const gaps = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 * 24 * 20 }), fc.integer({ min: 0, max: 60 * 24 * 30 })), { maxLength: 3 });
const question: fc.Arbitrary<Question> = fc
  .record({ zone: fc.constantFrom(...ZONES), start: moment, length, roll: fc.constantFrom('none' as const, 'next-business-day' as const, 'previous-business-day' as const), monthEnd: fc.constantFrom('last-day' as const, 'next-month' as const), gaps })
  .map(({ gaps: spans, ...rest }) => {
    const pauses: Pause[] = [];
    let at = rest.start;
    for (const [running, standing] of spans) {
      pauses.push({ from: at + running * MINUTE, until: at + (running + standing) * MINUTE });
      at += (running + standing) * MINUTE;
    }
    return { ...rest, pauses };
  });

test('the calendar and the slow walk come to the same end, 1,000 times', () => {
  const calendars = new Map(ZONES.map((zone) => [zone, makeCalendar(zone, CLOSURES)]));
  fc.assert(
    fc.property(question, (asked) => {
      const calendar = calendars.get(asked.zone);
      if (!calendar) throw new Error('no calendar');
      const { start, length: amount, ...counting } = asked;
      expect(calendar.add(start, amount, counting)).toBe(oracle(asked, (day) => calendar.isWorkday(day)));
    }),
    { numRuns: 1000 },
  );
});

test('more time never ends earlier, 1,000 times', () => {
  const calendar = makeCalendar('Asia/Tokyo', CLOSURES);
  fc.assert(
    fc.property(moment, length, fc.integer({ min: 0, max: 40 }), (start, amount, more) => {
      expect(calendar.add(start, { ...amount, amount: amount.amount + more })).toBeGreaterThanOrEqual(calendar.add(start, amount));
      expect(calendar.add(start, amount)).toBeGreaterThanOrEqual(start);
    }),
    { numRuns: 1000 },
  );
});

test('the day that Samoa left out in 2011 ends when the next one begins', () => {
  const apia = makeCalendar('Pacific/Apia', []);
  const from = Date.parse('2011-12-28T22:00:00Z'); // noon of 28 December there
  const ends = [1, 2, 3].map((amount) => apia.add(from, { amount, unit: 'day' }));
  expect(ends.map((end) => new Date(end).toISOString())).toEqual(['2011-12-30T09:59:59.000Z', '2011-12-30T09:59:59.000Z', '2011-12-31T09:59:59.000Z']);
});
