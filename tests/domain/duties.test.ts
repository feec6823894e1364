import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeCalendar } from '../../src/domain/calendar.ts';
import { dutyDates, oldestOverdue, periodOf, readPeriod } from '../../src/domain/duties.ts';
import { formatInstant, parseInstant } from '../../src/domain/instant.ts';
import type { DutyDone, DutyRule } from '../../src/generated/documents.ts';

const TOKYO = makeCalendar('Asia/Tokyo', []);
const RULE: DutyRule = { id: 'statistics', title: 'Publish the statistics', every: 'quarter', since: { event: 'received' }, within: { amount: 1, unit: 'month' }, modality: 'must', source: 'guideline' };
const done = (period: string, at: string): DutyDone => ({ schemaVersion: 1, duty: 'statistics', period, at, by: 'hanako' });

const table = (now: string, first: string | undefined, records: readonly DutyDone[] = [], calendar = TOKYO, rule = RULE): string[] =>
  dutyDates([rule], records, () => (first === undefined ? undefined : parseInstant(first)), calendar, parseInstant(now)).map(({ period, due, state }) => `${period} ${formatInstant(due, calendar.zone)} ${state}`);

describe('duties of the organisation', () => {
  it('have a date for each quarter from the first case on, counted from the last day of the quarter', () => {
    expect(table('2026-10-25T09:00:00+09:00', '2025-12-31T23:00:00+09:00', [done('2025-Q4', '2026-01-31T23:00:00+09:00'), done('2026-Q1', '2026-05-01T00:30:00+09:00')])).toEqual([
      '2025-Q4 2026-01-31T23:59:59+09:00 met',
      '2026-Q1 2026-04-30T23:59:59+09:00 met-late',
      '2026-Q2 2026-07-31T23:59:59+09:00 overdue',
      '2026-Q3 2026-10-31T23:59:59+09:00 due-soon',
      '2026-Q4 2027-01-31T23:59:59+09:00 pending',
    ]);
  });

  it('begin with no case before there is one', () => {
    expect(table('2026-10-25T09:00:00+09:00', undefined)).toEqual([]);
  });

  it('count quarters in the zone of the organisation, over a change of its clocks', () => {
    // In Tokyo the year has begun; in New York the quarter ends in winter time and the month after it in summer time.
    expect(table('2026-01-01T00:00:00+09:00', '2025-12-31T15:00:00Z')).toEqual(['2026-Q1 2026-04-30T23:59:59+09:00 pending']);
    const newYork = makeCalendar('America/New_York', []);
    expect(table('2026-01-01T00:00:00Z', '2025-12-31T15:00:00Z', [], newYork)).toEqual(['2025-Q4 2026-01-31T23:59:59-05:00 pending']);
    expect(table('2027-02-10T00:00:00Z', '2027-01-15T15:00:00Z', [], newYork, { ...RULE, within: { amount: 30, unit: 'day' } })).toEqual(['2027-Q1 2027-04-30T23:59:59-04:00 pending']);
  });

  it('tell overdue quarters of one duty in one, the oldest', () => {
    const dates = dutyDates([RULE, { ...RULE, id: 'list-update' }], [done('2025-Q1', '2025-04-02T00:00:00+09:00')], () => parseInstant('2025-01-10T00:00:00+09:00'), TOKYO, parseInstant('2026-01-20T00:00:00+09:00'));
    expect(oldestOverdue(dates).filter(({ state }) => state === 'overdue').map(({ id, period, further }) => [id, period, further])).toEqual([
      ['list-update', '2025-Q1', 2],
      ['statistics', '2025-Q2', 1],
    ]);
    expect(oldestOverdue(dates).filter(({ state }) => state !== 'overdue')).toEqual(dates.filter(({ state }) => state !== 'overdue'));
  });

  it('leave out no quarter and repeat none, whatever the first day and the present', () => {
    const moment = fc.integer({ min: parseInstant('1990-01-01T00:00:00Z'), max: parseInstant('2060-01-01T00:00:00Z') });
    fc.assert(
      fc.property(moment, moment, (a, b) => {
        const [first, now] = [Math.min(a, b), Math.max(a, b)];
        const dates = dutyDates([RULE], [], () => first, TOKYO, now);
        const periods = dates.map(({ period }) => period);
        expect(periods[0]).toBe(periodOf(first, 'Asia/Tokyo'));
        expect(periods.at(-1)).toBe(periodOf(now, 'Asia/Tokyo'));
        expect(periods).toEqual([...new Set(periods)].sort());
        // What the present quarter asks for is not late; the one four months ago is.
        for (const { period, due, state } of dates) expect(state === 'overdue', period).toBe(now > due);
        expect(dates.at(-1)?.state).not.toBe('overdue');
      }),
      { numRuns: 500 },
    );
  });

  it('read a quarter as people write it', () => {
    expect(['2026-Q3', '2026q3', ' 2026-q3 ', '２０２６Ｑ３'].map(readPeriod)).toEqual(Array.from({ length: 4 }, () => '2026-Q3'));
    expect(['2026-Q5', '2026', 'Q3', '2026-07', '20260-Q1'].map(readPeriod)).toEqual(Array.from({ length: 5 }, () => undefined));
  });
});
