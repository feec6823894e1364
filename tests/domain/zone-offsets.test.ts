import { TZDate } from '@date-fns/tz';
import { format } from 'date-fns/format';
import { afterAll, describe, expect, it } from 'vitest';
import { makeCalendar } from '../../src/domain/calendar.ts';
import { fileStamp, formatInstant, localDate, readWhen, showInstant, startOfDay } from '../../src/domain/instant.ts';
import { aheadOf, changesOf, knowZone, momentOf, type ZoneChanges } from '../../src/domain/zone-offsets.ts';

/** Whole hours and parts of them, both halves of the earth, a leap over midnight, over a whole day, and twice in the Ramadan. */
const ZONES = ['Asia/Tokyo', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/Sao_Paulo', 'Pacific/Apia', 'Africa/Casablanca', 'Atlantic/Azores', 'Europe/Dublin', 'Etc/GMT+9'];
const HOUR = 3_600_000;
const nothing: ZoneChanges = { from: 0, until: 0, changes: [] };
const known = new Map(ZONES.map((zone) => [zone, changesOf(zone)]));
afterAll(() => {
  for (const zone of ZONES) knowZone(zone, nothing);
});

/** Around each change of the clocks, and days far from any. */
const moments = (zone: string): number[] => [
  ...(known.get(zone)?.changes ?? []).flatMap(([at]) => [-25 * HOUR, -HOUR, -1000, 0, 1000, HOUR, 25 * HOUR].map((apart) => at + apart)),
  ...Array.from({ length: 400 }, (_, index) => Date.UTC(1990, 0, 1, index % 24) + index * 67 * 24 * HOUR),
];

describe.each(ZONES)('%s', (zone) => {
  const changes = known.get(zone) ?? nothing;

  it.each([['looked up before', changes], ['asked of Intl', nothing]])('shows what date-fns shows, %s', (_, table) => {
    knowZone(zone, table);
    for (const moment of moments(zone)) {
      const oracle = new TZDate(moment, zone);
      expect(formatInstant(moment, zone)).toBe(format(oracle, "yyyy-MM-dd'T'HH:mm:ssxxx"));
      expect(localDate(moment, zone)).toBe(format(oracle, 'yyyy-MM-dd'));
    }
  });

  it('goes back to the first moment at which a clock shows it', () => {
    knowZone(zone, changes);
    for (const moment of moments(zone)) {
      const shown = moment + aheadOf(moment, zone);
      const first = momentOf(shown, zone);
      expect(first + aheadOf(first, zone)).toBe(shown);
      expect(first).toBeLessThanOrEqual(moment);
      knowZone(zone, nothing);
      expect(momentOf(shown, zone)).toBe(first);
      knowZone(zone, changes);
    }
  });

  it('begins each day with its first moment', () => {
    knowZone(zone, changes);
    for (const moment of moments(zone)) {
      const day = localDate(moment, zone);
      const start = startOfDay(day, zone);
      expect(localDate(start, zone)).toBe(day);
      expect(localDate(start - 1000, zone) < day).toBe(true);
    }
  });
});

describe('a time that a clock', () => {
  it.each([
    ['leaps over', '2026-03-08T02:30', undefined],
    ['shows once', '2026-03-08T03:00', '2026-03-08T07:00:00Z'],
    ['shows twice', '2026-11-01T01:30', '2026-11-01T05:30:00Z'],
  ])('%s', (_, typed, instant) => {
    const read = (): number => readWhen(typed, 'America/New_York', '--at');
    if (instant === undefined) expect(read).toThrow('--at: not a date and time');
    else expect(new Date(read()).toISOString()).toBe(instant.replace('Z', '.000Z'));
  });

  it('leaps over with the whole day begins with the next', () => {
    expect(new Date(startOfDay('2011-12-30', 'Pacific/Apia')).toISOString()).toBe('2011-12-30T10:00:00.000Z');
    expect(() => readWhen('2011-12-30T12:00', 'Pacific/Apia', '--at')).toThrow('not a date and time');
  });
});

it('a day after the last of the year 9999 is a day like others: one date of a file must not stop a whole list', () => {
  const moment = Date.UTC(9999, 11, 31, 23, 30);
  expect(formatInstant(moment, 'Asia/Tokyo')).toBe('10000-01-01T08:30:00+09:00');
  expect(showInstant(moment, 'Asia/Tokyo')).toBe('10000-01-01 08:30 +09:00');
  expect(fileStamp(moment + 24 * HOUR)).toBe('100000101T233000Z');
  expect(startOfDay(localDate(moment, 'Asia/Tokyo'), 'Asia/Tokyo')).toBe(Date.UTC(9999, 11, 31, 15));
  expect(localDate(makeCalendar('Asia/Tokyo', []).add(moment, { amount: 3, unit: 'business-day' }), 'Asia/Tokyo')).toBe('10000-01-05');
});
