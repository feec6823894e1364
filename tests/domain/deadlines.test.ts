import { describe, expect, test } from 'vitest';
import { makeCalendar } from '../../src/domain/calendar.ts';
import type { LoggedEntry } from '../../src/domain/case.ts';
import { dueDates, hasCome, isSettled, type DueDate } from '../../src/domain/deadlines.ts';
import { formatInstant, parseInstant } from '../../src/domain/instant.ts';
import { replay } from '../../src/domain/replay.ts';
import { aRecord, CONFIGURATION, entry, HASH, jpcertPolicy, STORY, storyUntil } from '../support/a-case.ts';

const POLICY = jpcertPolicy();
const CALENDAR = makeCalendar('Asia/Tokyo', CONFIGURATION.closures ?? []);
const UNTIL = '2014-06-06T12:00:00+09:00';

function dues(log: readonly LoggedEntry[], now: string, changes: Parameters<typeof aRecord>[1] = {}): DueDate[] {
  const record = aRecord(log, changes);
  return dueDates(record, replay(record).state, POLICY, CALENDAR, parseInstant(`${now}:00+09:00`));
}
function due(id: string, log: readonly LoggedEntry[], now: string, changes: Parameters<typeof aRecord>[1] = {}): string {
  const found = dues(log, now, changes).filter((candidate) => candidate.id === id);
  return found.map((one) => `${formatInstant(one.due, 'Asia/Tokyo').slice(0, 16)} ${one.state}`).join(', ');
}

const PARTNERSHIP = { file: { route: 'partnership' as const } };
const told = entry('reporter-contacted', '2014-05-07T09:00', { purpose: 'acknowledgement', means: 'mail' });

describe('the answer to the reporter, five business days from Thursday 1 May 2014 over Golden Week', () => {
  test.each([
    ['2014-05-07T10:00', [STORY.received], 'pending'],
    ['2014-05-11T00:00', [STORY.received], 'due-soon'],
    ['2014-05-12T23:59', [STORY.received], 'due-soon'],
    ['2014-05-13T00:00', [STORY.received], 'overdue'],
    ['2014-06-01T10:00', [STORY.received, told], 'met'],
    ['2014-06-01T10:00', [STORY.received, entry('reporter-contacted', '2014-05-13T09:00', { purpose: 'questions', means: 'mail' })], 'met-late'],
    ['2014-06-01T10:00', storyUntil('accepted'), 'not-applicable'],
    ['2014-06-01T10:00', [...storyUntil('accepted'), entry('reporter-contacted', '2014-05-02T11:00', { purpose: 'accepted', means: 'mail' })], 'met'],
  ])('on %s', (now, log, state) => {
    expect(due('acknowledge', log, now)).toBe(`2014-05-12T23:59 ${state}`);
  });
});

test('the letters that go out with a publication tell of it', () => {
  const published = entry('published', '2014-06-06T12:00', { text: HASH, date: '2014-06-06T12:00:00+09:00' });
  const letters = [
    entry('reporter-contacted', '2014-06-06T12:00', { purpose: 'published', means: 'mail' }),
    entry('vendor-contacted', '2014-06-06T12:00', { vendor: 'acme', purpose: 'published', means: 'mail' }),
  ];
  const story = [...storyUntil('scheduled'), entry('vendor-contacted', '2014-05-09T10:00', { vendor: 'acme', purpose: 'details', means: 'mail' })];
  const seen = (log: readonly LoggedEntry[], id: string): string | undefined => dues(log, '2014-06-20T12:00').find((each) => each.id === id)?.state;
  for (const id of ['tell-reporter-published', 'tell-vendor-published']) {
    expect(seen([...story, published], id)).toBe('overdue');
    expect(seen([...story, published, ...letters], id)).toBe('met');
  }
});

describe('a silent vendor, from one step of the ladder to the next', () => {
  const steps = [
    ['reminder', '2014-05-22'],
    ['second-reminder', '2014-06-06'],
    ['other-means', '2014-06-21'],
    ['third-party', '2014-07-08'],
    ['list-name', '2014-08-09'],
    ['list-product', '2014-11-10'],
    ['contact-limit', '2014-11-11'],
  ] as const;
  test.each(steps.map(([step, day], place) => [step, day, place] as const))('a clock of the vendor says when it is time for %s', (_step, day, place) => {
    const taken = steps.slice(0, place).map(([step, on]) => entry('escalated', `${on}T10:00`, { vendor: 'acme', step, evidence: [STORY.contacted.name] }));
    const now = parseInstant(`${day}T10:00:00+09:00`);
    const speaks = dues([...storyUntil('contacted'), ...taken], `${day}T10:00`, PARTNERSHIP).filter((each) => each.vendor === 'acme' && (each.state === 'overdue' || hasCome(each, now)));
    expect(speaks.map(({ id }) => id)).not.toEqual([]);
  });
});

test('on the partnership route the answer to the reporter is the receiving organisation\'s: the centre decides', () => {
  expect(dues([STORY.received], '2014-05-05T09:00').find(({ id }) => id === 'acknowledge')?.wants?.event).toBe('reporter-contacted');
  expect(dues([STORY.received], '2014-05-05T09:00', PARTNERSHIP).find(({ id }) => id === 'acknowledge')?.wants?.event).toBe('accepted');
});

describe('counted from the start day, 7 May 2014', () => {
  test('45 days, on the partnership route only, are a target', () => {
    expect(due('publish-target', storyUntil('contacted'), '2014-06-25T10:00', PARTNERSHIP)).toBe('2014-06-21T23:59 overdue');
    expect(due('publish-target', storyUntil('contacted'), '2014-06-25T10:00')).toBe('');
  });
  test('120 days, on the direct route only', () => {
    expect(due('direct-close', storyUntil('contacted'), '2014-08-20T10:00')).toBe('2014-09-04T23:59 pending');
    expect(due('direct-close', storyUntil('contacted'), '2014-08-25T10:00')).toBe('2014-09-04T23:59 due-soon');
    expect(due('direct-close', storyUntil('contacted'), '2014-08-25T10:00', PARTNERSHIP)).toBe('');
  });
  test('six months, a vendor at a time; an answer ends it', () => {
    expect(due('uncoordinatable', storyUntil('contacted'), '2014-11-08T10:00', PARTNERSHIP)).toBe('2014-11-07T23:59 pending');
    expect(due('uncoordinatable', storyUntil('replied'), '2014-11-08T10:00', PARTNERSHIP)).toBe('2014-11-07T23:59 not-applicable');
    const beta = [entry('vendor-added', '2014-05-20T10:00', { vendor: 'beta', role: 'downstream' }), entry('vendor-contacted', '2014-05-21T10:00', { vendor: 'beta', purpose: 'first-contact', means: 'phone' })];
    expect(due('uncoordinatable', [...storyUntil('contacted'), ...beta], '2014-06-01T10:00', PARTNERSHIP)).toBe('2014-11-07T23:59 pending, 2014-11-21T23:59 pending');
  });
  test('a year', () => {
    expect(due('reporter-may-disclose', storyUntil('contacted'), '2014-06-01T10:00', PARTNERSHIP)).toBe('2015-05-07T23:59 pending');
  });
  test('help for a declined reporter starts nothing; the later start day does', () => {
    const log = [STORY.received, STORY.assessed, entry('declined', '2014-05-02T11:00', { reason: 'x' }), STORY.added, STORY.contacted, entry('reopened', '2014-05-10T10:00', { reason: 'x' }), entry('accepted', '2014-05-11T10:00', { reason: 'x' })];
    expect(due('direct-close', log, '2014-06-01T10:00')).toBe('');
    const again = entry('vendor-contacted', '2014-05-12T10:00', { vendor: 'acme', purpose: 'first-contact', means: 'mail' });
    expect(due('direct-close', [...log, again], '2014-06-01T10:00')).toBe('2014-09-09T23:59 pending');
    expect(dues([...log, again], '2014-06-01T10:00').find(({ id }) => id === 'direct-close')?.startedBy.name).toBe(again.name);
  });
});

describe('an earliest date', () => {
  test('is never overdue: what was too early may be done now', () => {
    const now = '2014-11-08T10:00';
    const one = dues(storyUntil('contacted'), now, PARTNERSHIP).find(({ id }) => id === 'uncoordinatable');
    if (!one) throw new Error('no such date');
    expect(one.state).toBe('pending');
    expect(hasCome(one, parseInstant(`${now}:00+09:00`))).toBe(true);
    expect(hasCome(one, one.due)).toBe(false);
    expect(isSettled(one)).toBe(false);
  });
});

describe('facts of the case', () => {
  test('each talk that the reporter announced is a date of its own', () => {
    const file = { timeLimits: [{ date: '2014-08-02', event: 'CODE BLUE' }, { date: '2014-07-01', title: 'On routers' }] };
    expect(due('reporter-talk', storyUntil('replied'), '2014-05-10T10:00', { file })).toBe('2014-07-01T23:59 pending, 2014-08-02T23:59 pending');
    expect(dues(storyUntil('replied'), '2014-05-10T10:00', { file }).filter(({ id }) => id === 'reporter-talk').map(({ title }) => title)).toEqual(['Announced talk: On routers', 'Announced talk: CODE BLUE']);
  });
  test('18 months without an update, while nobody has decided', () => {
    const file = { products: [{ vendor: 'Acme', name: 'Router', versions: ['1'], lastUpdate: '2012-08-31' }] };
    expect(due('stale-product', [STORY.received], '2014-05-02T09:00', { file })).toBe('2014-02-28T23:59 pending');
    expect(due('stale-product', storyUntil('accepted'), '2014-05-03T09:00', { file })).toBe('2014-02-28T23:59 not-applicable');
  });
  test('the end of the embargo is the minute that is in force', () => {
    const log = [...storyUntil('replied'), entry('embargo-proposed', '2014-05-09T10:00', { party: 'team', until: UNTIL })];
    expect(due('embargo-end', log, '2014-05-20T10:00')).toBe('');
    expect(due('embargo-end', [...log, entry('embargo-accepted', '2014-05-09T11:00', { party: 'vendor:acme' })], '2014-05-20T10:00')).toBe('2014-06-06T12:00 pending');
  });
});

describe('the date that was set', () => {
  const published = entry('published', '2014-06-06T12:00', { text: HASH, date: UNTIL });
  test('is met on its day', () => {
    expect(due('publish-date', storyUntil('scheduled'), '2014-06-06T13:00')).toBe('2014-06-06T23:59 due-soon');
    expect(due('publish-date', [...storyUntil('scheduled'), published], '2014-06-07T13:00')).toBe('2014-06-06T23:59 met');
    expect(due('publish-date', storyUntil('scheduled'), '2014-06-07T13:00')).toBe('2014-06-06T23:59 overdue');
  });
  test('no longer runs when it fell through, and the next one does', () => {
    const fell = [...storyUntil('scheduled'), entry('unscheduled', '2014-06-01T10:00', { reason: 'late' })];
    expect(due('publish-date', fell, '2014-06-07T13:00')).toBe('2014-06-06T23:59 not-applicable');
    expect(due('publish-date', [...fell, entry('scheduled', '2014-06-02T10:00', { date: '2014-07-06T12:00:00+09:00' })], '2014-06-07T13:00')).toBe('2014-07-06T23:59 pending');
  });
});

describe('an ending that was taken back', () => {
  test('a reopened case runs on', () => {
    const log = [...storyUntil('contacted'), entry('closed', '2014-05-20T10:00', { because: 'no-resolution', reason: 'x' }), entry('reopened', '2014-05-21T10:00', { reason: 'x' })];
    expect(due('vendor-answer', log, '2014-05-30T10:00')).toBe('2014-05-21T23:59 overdue');
    expect(due('vendor-answer', log.slice(0, -1), '2014-05-30T10:00')).toBe('2014-05-21T23:59 not-applicable');
  });
});

test('each names the policy entry and the log entry that it comes from, earliest first', () => {
  const all = dues(storyUntil('scheduled'), '2014-05-24T10:00', { file: { timeLimits: [{ date: '2014-06-10' }] } });
  expect(all.map(({ due: when }) => when)).toEqual(all.map(({ due: when }) => when).sort((a, b) => a - b));
  for (const one of all) {
    const rule = POLICY.deadlines.find(({ id }) => id === one.id);
    expect(one).toMatchObject({ source: rule?.source, modality: rule?.modality, owed: rule?.owed, caseNumber: '61247051' });
    expect(one.startedBy.entry.event).toBe(rule?.starts.event);
  }
});
