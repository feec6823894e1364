import { describe, expect, test } from 'vitest';
import { makeCalendar } from '../../src/domain/calendar.ts';
import { formatInstant, parseInstant } from '../../src/domain/instant.ts';

const CLOSURES = ['12-29', '12-30', '12-31', '01-01', '01-02', '01-03'];
const tokyo = makeCalendar('Asia/Tokyo', CLOSURES);

const add = (calendar: ReturnType<typeof makeCalendar>, start: string, amount: number, unit: Parameters<typeof tokyo.add>[1]['unit'], roll: 'none' | 'next-business-day' | 'previous-business-day' = 'none'): string =>
  formatInstant(calendar.add(parseInstant(start), { amount, unit }, { roll }), calendar.zone);

describe('working days', () => {
  test.each([
    ['2014-05-02', true, 'a Friday'],
    ['2014-05-03', false, 'Constitution Day, a Saturday'],
    ['2014-05-05', false, "Children's Day, a Monday"],
    ['2014-05-06', false, 'the substitute holiday, a Tuesday'],
    ['2014-05-07', true, 'the Wednesday after Golden Week'],
    ['2019-04-30', false, 'the abdication, a holiday of that year only'],
    ['2014-12-29', false, 'a closure, a Monday'],
    ['2015-01-05', true, 'the first Monday of the year'],
    ['1969-12-31', false, 'a closure before 1970, a Wednesday'],
    ['1969-12-25', true, 'a Thursday before 1970'],
  ])('%s: %s (%s)', (date, works) => {
    expect(tokyo.isWorkday(date)).toBe(works);
  });

  test('holidays of Japan are no holidays elsewhere', () => {
    expect(makeCalendar('Europe/Berlin', []).isWorkday('2014-05-06')).toBe(true);
  });
});

describe('business days', () => {
  test('five from the Thursday before Golden Week 2014: 2, 7, 8, 9 and 12 May', () => {
    expect(add(tokyo, '2014-05-01T10:00:00+09:00', 5, 'business-day')).toBe('2014-05-12T23:59:59+09:00');
  });
  test('five from 26 December 2014: 5, 6, 7, 8 and 9 January', () => {
    expect(add(tokyo, '2014-12-26T18:00:00+09:00', 5, 'business-day')).toBe('2015-01-09T23:59:59+09:00');
  });
  test('a report on a Saturday counts from the Monday', () => {
    expect(add(tokyo, '2014-06-07T09:00:00+09:00', 1, 'business-day')).toBe('2014-06-09T23:59:59+09:00');
  });
  test('the day is the day in the zone of the organisation: 16:00 UTC on a Thursday is a Friday in Tokyo', () => {
    expect(add(tokyo, '2014-06-05T16:00:00Z', 1, 'business-day')).toBe('2014-06-09T23:59:59+09:00');
  });
  test('none is the day itself', () => {
    expect(add(tokyo, '2014-06-07T09:00:00+09:00', 0, 'business-day')).toBe('2014-06-07T23:59:59+09:00');
  });
  test('closures that leave no day at all are refused instead of counted for ever', () => {
    const everyDay = Array.from({ length: 12 }, (_, month) => Array.from({ length: 31 }, (_day, day) => `${String(month + 1).padStart(2, '0')}-${String(day + 1).padStart(2, '0')}`)).flat();
    expect(() => add(makeCalendar('Asia/Tokyo', everyDay), '2014-05-01T10:00:00+09:00', 1, 'business-day')).toThrow('no working day');
  });
});

describe('days, months, years, hours', () => {
  test.each([
    ['2014-05-07T10:00:00+09:00', 45, 'day', '2014-06-21T23:59:59+09:00'],
    ['2014-05-07T10:00:00+09:00', 120, 'day', '2014-09-04T23:59:59+09:00'],
    ['2014-01-31T10:00:00+09:00', 1, 'month', '2014-02-28T23:59:59+09:00'],
    ['2016-01-31T10:00:00+09:00', 1, 'month', '2016-02-29T23:59:59+09:00'],
    ['2014-08-31T10:00:00+09:00', 6, 'month', '2015-02-28T23:59:59+09:00'],
    ['2014-12-15T10:00:00+09:00', 1, 'month', '2015-01-15T23:59:59+09:00'],
    ['2014-07-15T10:00:00+09:00', 18, 'month', '2016-01-15T23:59:59+09:00'],
    ['2016-02-29T10:00:00+09:00', 1, 'year', '2017-02-28T23:59:59+09:00'],
    ['2014-06-06T12:00:00+09:00', 0, 'day', '2014-06-06T23:59:59+09:00'],
    ['2014-06-06T12:00:00+09:00', 72, 'hour', '2014-06-09T12:00:00+09:00'],
    ['2014-06-06T12:00:00+09:00', 0, 'hour', '2014-06-06T12:00:00+09:00'],
  ] as const)('%s and %i %s', (start, amount, unit, end) => {
    expect(add(tokyo, start, amount, unit)).toBe(end);
  });

  test.each([
    ['next-business-day', '2014-06-23T23:59:59+09:00'],
    ['previous-business-day', '2014-06-20T23:59:59+09:00'],
    ['none', '2014-06-21T23:59:59+09:00'],
  ] as const)('45 days that end on a Saturday, rolled %s', (roll, end) => {
    expect(add(tokyo, '2014-05-07T10:00:00+09:00', 45, 'day', roll)).toBe(end);
  });
  test('hours that end on a working day keep their minute when rolled; otherwise the day they move to counts whole', () => {
    expect(add(tokyo, '2014-06-05T12:00:00+09:00', 24, 'hour', 'next-business-day')).toBe('2014-06-06T12:00:00+09:00');
    expect(add(tokyo, '2014-06-06T12:00:00+09:00', 24, 'hour', 'next-business-day')).toBe('2014-06-09T23:59:59+09:00');
  });
});

describe('where clocks change', () => {
  const newYork = makeCalendar('America/New_York', []);
  test('a day that is 23 hours long ends at its own midnight', () => {
    expect(add(newYork, '2024-03-09T12:00:00-05:00', 1, 'day')).toBe('2024-03-10T23:59:59-04:00');
  });
  test('24 hours are 24 hours across the change', () => {
    expect(add(newYork, '2024-03-09T12:00:00-05:00', 24, 'hour')).toBe('2024-03-10T13:00:00-04:00');
  });
  test('where the change skips midnight, the day before still ends a second before the next begins', () => {
    const santiago = makeCalendar('America/Santiago', []);
    // On 8 September 2024 the clocks in Santiago went from 23:59:59 on the 7th to 01:00.
    expect(add(santiago, '2024-09-06T12:00:00-04:00', 1, 'day')).toBe('2024-09-07T23:59:59-04:00');
  });
});
