import { describe, expect, test } from 'vitest';
import { makeCalendar } from '../../src/domain/calendar.ts';
import type { LoggedEntry } from '../../src/domain/case.ts';
import { dueDates, type DueDate } from '../../src/domain/deadlines.ts';
import { formatInstant, parseInstant } from '../../src/domain/instant.ts';
import { replay } from '../../src/domain/replay.ts';
import type { CaseFile, DeadlineRule, Policy } from '../../src/generated/documents.ts';
import { aRecord, entry, HASH, jpcertPolicy, STORY, storyUntil } from '../support/a-case.ts';

const CALENDARS: NonNullable<Policy['calendars']> = {
  plain: { source: 'test' },
  gulf: { weekend: ['friday', 'saturday'], zone: 'Asia/Dubai', closures: ['2014-05-11', '05-12'], source: 'test' },
};
const CALENDAR = makeCalendar('Asia/Tokyo', ['12-31'], CALENDARS);

const rule = (changes: Partial<DeadlineRule>): DeadlineRule => ({ id: 'test', title: 'Test', starts: { event: 'received' }, length: { amount: 5, unit: 'day' }, per: 'case', modality: 'must', owed: 'team', source: 'test', ...changes });

function dues(rules: readonly DeadlineRule[], log: readonly LoggedEntry[], now: string, file: Partial<CaseFile> = {}): DueDate[] {
  const record = aRecord(log, { file });
  return dueDates(record, replay(record).state, { ...jpcertPolicy(), calendars: CALENDARS, deadlines: [...rules] }, CALENDAR, parseInstant(`${now}:00+09:00`));
}
const show = ({ id, vendor, due, state }: DueDate): string => `${[id, vendor].filter(Boolean).join(' ')} ${formatInstant(due, 'Asia/Tokyo').slice(0, 16)} ${state}`;
const shown = (...parameters: Parameters<typeof dues>): string[] => dues(...parameters).map(show);

const PURPOSE = { purpose: 'questions', means: 'mail' } as const;
const MESSAGE = entry('reporter-contacted', '2014-05-01T12:00', PURPOSE);

test('another calendar has its own zone, weekend and days off', () => {
  const days = (calendar?: string): DeadlineRule => rule({ length: { amount: 5, unit: 'business-day' }, ...(calendar === undefined ? {} : { calendar }) });
  expect(shown([days()], [STORY.received], '2014-05-01T12:00')).toEqual(['test 2014-05-12T23:59 pending']);
  expect(shown([days('plain')], [STORY.received], '2014-05-01T12:00')).toEqual(['test 2014-05-08T23:59 pending']);
  // Sunday 4 to Thursday 8 May, without Friday, Saturday, and the closures of 11 and 12 May; midnight in Dubai is 05:00 in Tokyo.
  expect(shown([days('gulf')], [STORY.received], '2014-05-01T12:00')).toEqual(['test 2014-05-09T04:59 pending']);
  expect(shown([rule({ calendar: 'gulf', length: { amount: 6, unit: 'business-day' } })], [STORY.received], '2014-05-01T12:00')).toEqual(['test 2014-05-14T04:59 pending']);
});

test('31 January and one month: the last day of February, or the first of March', () => {
  const received = entry('received', '2014-01-31T10:00', { route: 'direct', channel: 'mail' });
  const month = (monthEnd: 'last-day' | 'next-month'): DeadlineRule => rule({ length: { amount: 1, unit: 'month' }, monthEnd });
  expect(shown([month('last-day')], [received], '2014-02-01T12:00')).toEqual(['test 2014-02-28T23:59 pending']);
  expect(shown([month('next-month')], [received], '2014-02-01T12:00')).toEqual(['test 2014-03-01T23:59 pending']);
});

describe('what starts a clock', () => {
  test('everything that must have happened; the last counts, in whatever order', () => {
    const both = rule({ starts: { event: 'vendor-contacted', and: [{ event: 'attacks-observed' }] } });
    const attacks = (when: string): LoggedEntry => entry('attacks-observed', when, { how: 'seen' });
    expect(shown([both], storyUntil('contacted'), '2014-05-08T12:00')).toEqual([]);
    expect(shown([both], [...storyUntil('contacted'), attacks('2014-05-10T10:00')], '2014-05-11T12:00')).toEqual(['test 2014-05-15T23:59 due-soon']);
    expect(shown([both], [...storyUntil('contacted'), attacks('2014-05-03T10:00')], '2014-05-11T12:00')).toEqual(['test 2014-05-12T23:59 due-soon']);
  });

  test('the moment another deadline was met, or its due date', () => {
    const first = rule({ id: 'first', metBy: [{ event: 'accepted' }] });
    const chain = (from?: 'met' | 'due'): DeadlineRule => rule({ id: 'second', starts: { deadline: 'first', ...(from === undefined ? {} : { from }) }, metBy: [{ event: 'vendor-contacted' }] });
    expect(shown([first, chain()], [STORY.received], '2014-05-01T12:00')).toEqual(['first 2014-05-06T23:59 due-soon']);
    expect(shown([first, chain()], storyUntil('accepted'), '2014-05-03T12:00')).toEqual(['first 2014-05-06T23:59 met', 'second 2014-05-07T23:59 due-soon']);
    expect(shown([chain('due'), first], storyUntil('accepted'), '2014-05-03T12:00')).toEqual(['first 2014-05-06T23:59 met', 'second 2014-05-11T23:59 pending']);
    expect(shown([first, chain()], storyUntil('contacted'), '2014-05-13T12:00')).toEqual(['first 2014-05-06T23:59 met', 'second 2014-05-07T23:59 met']);
  });

  test('a chain from the vendors to the case counts from the earliest, one from the case to the vendors for each', () => {
    const beta = [entry('vendor-added', '2014-05-20T10:00', { vendor: 'beta', role: 'downstream' }), entry('vendor-contacted', '2014-05-21T10:00', { vendor: 'beta', purpose: 'first-contact', means: 'phone' })];
    const log = [...storyUntil('contacted'), ...beta];
    const each = rule({ id: 'each', starts: { event: 'vendor-contacted' }, per: 'vendor' });
    expect(shown([each, rule({ id: 'whole', starts: { deadline: 'each', from: 'due' } })], log, '2014-05-08T12:00')).toEqual(['each acme 2014-05-12T23:59 due-soon', 'whole 2014-05-17T23:59 pending', 'each beta 2014-05-26T23:59 pending']);
    const whole = rule({ id: 'whole' });
    expect(shown([whole, rule({ id: 'each', starts: { deadline: 'whole', from: 'due' }, per: 'vendor' })], log, '2014-05-02T12:00')).toEqual(['whole 2014-05-06T23:59 due-soon', 'each acme 2014-05-11T23:59 pending', 'each beta 2014-05-11T23:59 pending']);
  });

  test('deadlines that wait for each other, which no policy may have, wait for ever', () => {
    expect(shown([rule({ id: 'a', starts: { deadline: 'b', from: 'due' } }), rule({ id: 'b', starts: { deadline: 'a', from: 'due' } })], [STORY.received], '2014-05-01T12:00')).toEqual([]);
  });
});

test('of several ends the earliest counts, once the clock runs', () => {
  const published = rule({ starts: { event: 'fix-available' }, length: { amount: 30, unit: 'day' }, earliestOf: [{ starts: { event: 'vendor-contacted', fact: 'start-day' }, length: { amount: 40, unit: 'day' } }] });
  expect(shown([published], storyUntil('replied'), '2014-05-21T12:00')).toEqual([]);
  // The fix of 20 May and 30 days is 19 June; the first contact of 7 May and 40 days is 16 June.
  expect(shown([published], storyUntil('fixed'), '2014-05-21T12:00')).toEqual(['test 2014-06-16T23:59 pending']);
});

describe('who it is about', () => {
  test('a route, and kinds of products', () => {
    const some = [rule({ id: 'route', routes: ['partnership'] }), rule({ id: 'kind', kinds: ['firmware', 'control-system'] })];
    const router = { vendor: 'Acme Corporation', name: 'Example Router', versions: ['1.2.3'] };
    expect(shown(some, [STORY.received], '2014-05-01T12:00', { route: 'partnership' })).toEqual(['route 2014-05-06T23:59 due-soon']);
    expect(shown(some, [STORY.received], '2014-05-01T12:00', { products: [{ ...router, kind: 'firmware' }] })).toEqual(['kind 2014-05-06T23:59 due-soon']);
    expect(shown(some, [STORY.received], '2014-05-01T12:00', { products: [{ ...router, kind: 'library' }] })).toEqual([]);
  });
  test('flaws that are exploited, and those that are not', () => {
    const both = [rule({ id: 'calm', exploited: false }), rule({ id: 'attacked', exploited: true })];
    expect(shown(both, [STORY.received], '2014-05-01T12:00')).toEqual(['calm 2014-05-06T23:59 due-soon']);
    expect(shown(both, [STORY.received, entry('attacks-observed', '2014-05-02T09:00', { how: 'seen' })], '2014-05-03T12:00')).toEqual(['attacked 2014-05-06T23:59 due-soon', 'calm 2014-05-06T23:59 not-applicable']);
  });
});

describe('a pause', () => {
  const waits = (length: DeadlineRule['length']): DeadlineRule => rule({ length, pausedBy: [{ from: { event: 'reporter-contacted', with: { purpose: 'questions' } }, until: { event: 'reporter-replied' } }], metBy: [{ event: 'accepted' }] });
  const answered = (when: string): LoggedEntry => entry('reporter-replied', when, {});

  test('stops the clock while it lasts', () => {
    expect(shown([waits({ amount: 5, unit: 'day' })], [STORY.received, MESSAGE], '2014-05-04T12:00')).toEqual(['test 2014-05-09T23:59 paused']);
    expect(dues([waits({ amount: 5, unit: 'day' })], [STORY.received, MESSAGE], '2014-06-04T12:00')[0]).toMatchObject({ state: 'paused', pausedBy: { name: MESSAGE.name } });
  });
  test.each([
    [{ amount: 5, unit: 'day' }, '2014-05-16T23:59 due-soon'],
    // 2, 7, 8, 9 and 12 May; of the ten days to 11 May the 2nd, 7th, 8th and 9th were working days.
    [{ amount: 5, unit: 'business-day' }, '2014-05-16T23:59 due-soon'],
    [{ amount: 48, unit: 'hour' }, '2014-05-13T08:00 due-soon'],
    [{ amount: 1, unit: 'month' }, '2014-06-11T23:59 pending'],
  ] as const)('of ten days (%j) gives the time back', (length, expected) => {
    expect(shown([waits(length)], [STORY.received, MESSAGE, answered('2014-05-11T10:00')], '2014-05-12T12:00')).toEqual([`test ${expected}`]);
  });
  test('that begins when the time is up pauses nothing', () => {
    const late = entry('reporter-contacted', '2014-05-07T10:00', PURPOSE);
    expect(shown([waits({ amount: 5, unit: 'day' })], [STORY.received, late], '2014-05-08T12:00')).toEqual(['test 2014-05-06T23:59 overdue']);
  });
  test('does not undo what was met', () => {
    expect(shown([waits({ amount: 5, unit: 'day' })], [STORY.received, MESSAGE, STORY.assessed, STORY.accepted], '2014-05-04T12:00')).toEqual(['test 2014-05-09T23:59 met']);
  });
});

test('within the grace it is not overdue, and what comes in it is not late', () => {
  const kind = rule({ grace: { amount: 2, unit: 'day' }, metBy: [{ event: 'reporter-contacted' }] });
  const told = (when: string): LoggedEntry => entry('reporter-contacted', when, PURPOSE);
  expect(shown([kind], [STORY.received], '2014-05-08T23:59')).toEqual(['test 2014-05-06T23:59 due-soon']);
  expect(shown([kind], [STORY.received], '2014-05-09T00:00')).toEqual(['test 2014-05-06T23:59 overdue']);
  expect(shown([kind], [STORY.received, told('2014-05-08T10:00')], '2014-05-20T00:00')).toEqual(['test 2014-05-06T23:59 met']);
  expect(shown([kind], [STORY.received, told('2014-05-09T10:00')], '2014-05-20T00:00')).toEqual(['test 2014-05-06T23:59 met-late']);
});

describe('an extension', () => {
  const extended = (until: string, changes: object = {}): LoggedEntry => entry('deadline-extended', '2014-05-05T10:00', { deadline: 'test', until: `${until}+09:00`, reason: 'asked for', ...changes });
  const may = rule({ extension: { most: { amount: 14, unit: 'day' }, needs: [{ event: 'accepted' }] } });

  test.each([
    ['moves the end to its moment', may, '2014-05-15T12:00:00', {}, '2014-05-15T12:00'],
    ['is cut at what the policy allows', may, '2014-06-30T12:00:00', {}, '2014-05-20T23:59'],
    ['never shortens', may, '2014-05-02T12:00:00', {}, '2014-05-06T23:59'],
    ['moves nothing where the policy has none', rule({}), '2014-05-15T12:00:00', {}, '2014-05-06T23:59'],
    ['of another deadline moves nothing', may, '2014-05-15T12:00:00', { deadline: 'other' }, '2014-05-06T23:59'],
    ["of a vendor's deadline moves nothing of the case", may, '2014-05-15T12:00:00', { vendor: 'acme' }, '2014-05-06T23:59'],
  ])('%s', (_what, deadline, until, changes, due) => {
    expect(shown([deadline], [...storyUntil('added'), extended(until, changes)], '2014-05-05T12:00')[0]).toMatch(`test ${due}`);
  });
  test('needs what the policy asks for, before it', () => {
    expect(shown([may], [STORY.received, extended('2014-05-15T12:00:00')], '2014-05-05T12:00')).toEqual(['test 2014-05-06T23:59 due-soon']);
  });
  test('is named, and moves what is chained to the due date', () => {
    const log = [...storyUntil('accepted'), extended('2014-05-15T12:00:00')];
    const [first, second] = dues([may, rule({ id: 'then', starts: { deadline: 'test', from: 'due' }, length: { amount: 1, unit: 'day' } })], log, '2014-05-05T12:00');
    expect(first?.extendedBy?.name).toBe(log.at(-1)?.name);
    expect(second && show(second)).toBe('then 2014-05-16T23:59 pending');
  });
});

test('who waits to hear it goes along', () => {
  expect(dues([rule({ tells: 'receiving-organisation' })], [STORY.received], '2014-05-01T12:00')[0]).toMatchObject({ tells: 'receiving-organisation' });
});

test('an entry that is written down late counts from when it happened', () => {
  const backdated = entry('vendor-contacted', '2014-05-02T13:00', { vendor: 'acme', purpose: 'first-contact', means: 'phone', hex: 'ffff' });
  expect(shown([rule({ starts: { event: 'vendor-contacted', fact: 'start-day' } })], [...storyUntil('contacted'), backdated], '2014-05-08T12:00')).toEqual(['test 2014-05-07T23:59 overdue']);
});

test('a clock of each CVE id that the organisation assigned: from the advisory, or from an id that came after it', () => {
  const record = (hours: number): DeadlineRule => rule({ starts: { event: 'published', and: [{ event: 'cve-assigned' }] }, length: { amount: hours, unit: 'hour' }, per: 'cve', metBy: [{ event: 'cve-published' }] });
  const assigned = (cve: string, assigner: string, at: string): LoggedEntry => entry('cve-assigned', at, { cve, assigner });
  const clocks = (log: readonly LoggedEntry[], cna?: string): string[] => {
    const made = aRecord([...storyUntil('scheduled'), entry('published', '2014-06-06T12:00', { text: HASH, date: '2014-06-06T12:00:00+09:00' }), ...log]);
    const rules = { ...jpcertPolicy(), deadlines: [record(24)] };
    return dueDates(made, replay(made).state, rules, CALENDAR, parseInstant('2014-06-08T10:00:00+09:00'), cna).map(({ cve, due, state }) => `${cve ?? ''} ${formatInstant(due, 'Asia/Tokyo').slice(0, 16)} ${state}`);
  };
  const log = [assigned('CVE-2014-1001', 'centre', '2014-06-01T10:00'), assigned('CVE-2014-1002', 'centre', '2014-06-07T18:00'), entry('cve-published', '2014-06-07T09:00', { cve: 'CVE-2014-1001' })];
  expect(clocks(log, 'centre')).toEqual(['CVE-2014-1001 2014-06-07T12:00 met', 'CVE-2014-1002 2014-06-08T18:00 due-soon']);
  // The ids of other CNAs are theirs to publish; without a CNA in vcc.yaml none is ours.
  expect(clocks(log)).toEqual([]);
});
