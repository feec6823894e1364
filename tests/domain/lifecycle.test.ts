import { describe, expect, test } from 'vitest';
import type { CaseStatus } from '../../src/domain/case-state.ts';
import type { EventName } from '../../src/domain/case.ts';
import { CONDITIONS, LIFECYCLE, mayStand, movesCase, statusesFor, transition, transitionsFrom, type Condition } from '../../src/domain/lifecycle.ts';
import { EVENTS } from '../../src/generated/events.ts';

const STATUSES: readonly (CaseStatus | 'none')[] = ['none', 'received', 'accepted', 'declined', 'coordinating', 'scheduled', 'published', 'withdrawn', 'closed'];

/** Written down once more, from the rules and not from the code. */
const POSSIBLE: Readonly<Partial<Record<CaseStatus | 'none', Readonly<Partial<Record<EventName, CaseStatus>>>>>> = {
  none: { received: 'received' },
  received: { accepted: 'accepted', declined: 'declined', published: 'published', withdrawn: 'withdrawn', closed: 'closed' },
  accepted: { 'vendor-contacted': 'coordinating', published: 'published', withdrawn: 'withdrawn', closed: 'closed' },
  declined: { reopened: 'received' },
  coordinating: { scheduled: 'scheduled', published: 'published', withdrawn: 'withdrawn', closed: 'closed' },
  scheduled: { unscheduled: 'coordinating', 'committee-returned': 'coordinating', published: 'published', withdrawn: 'withdrawn', closed: 'closed' },
  published: { updated: 'published', closed: 'closed' },
  withdrawn: {},
  closed: { reopened: 'received' },
};

describe('every status and every event', () => {
  for (const from of STATUSES) {
    test(from, () => {
      for (const name of EVENTS.map((event) => event.name as EventName)) {
        const found = transition(from, name, () => true);
        expect([name, found.ok ? found.row.to : 'no']).toEqual([name, POSSIBLE[from]?.[name] ?? 'no']);
      }
    });
  }
});

describe('conditions', () => {
  test.each([
    ['received', 'accepted', 'assessed'],
    ['received', 'declined', 'assessed'],
    ['coordinating', 'scheduled', 'ready-to-schedule'],
    ['scheduled', 'published', 'not-emergency'],
    ['coordinating', 'published', 'emergency'],
    ['received', 'published', 'emergency'],
    ['coordinating', 'closed', 'no-resolution-direct'],
    ['coordinating', 'closed', 'committee-refused'],
    ['published', 'closed', 'done'],
    ['closed', 'reopened', 'never-published'],
    ['closed', 'reopened', 'was-published'],
  ] as const)('%s, %s needs %s', (from, event, condition) => {
    expect(transition(from, event, (asked: Condition) => asked === condition).ok).toBe(true);
    const refused = transition(from, event, () => false);
    expect(refused).toEqual({ ok: false, why: expect.stringContaining(CONDITIONS[condition]) as string });
  });

  test('an impossible event says where it is possible', () => {
    expect(transition('published', 'accepted', () => true)).toEqual({ ok: false, why: 'it is possible only for a case that is received' });
  });
});

/** Once more from the rules: where an event that moves no case may stand. Whatever is not here may stand anywhere, or moves the case. */
const PLACES: Readonly<Partial<Record<EventName, string>>> = {
  assessed: 'received accepted coordinating scheduled',
  'vendor-contacted': 'accepted declined coordinating scheduled published withdrawn closed',
  'wave-opened': 'accepted coordinating scheduled published',
  'advance-notice-agreed': 'coordinating scheduled',
  'date-proposed': 'accepted coordinating scheduled',
  'date-agreed': 'accepted coordinating scheduled',
  'deadline-extended': 'received accepted coordinating scheduled published',
  approved: 'received accepted coordinating scheduled published',
  'cve-published': 'published closed',
  escalated: 'coordinating scheduled',
  'opinion-asked': 'coordinating scheduled',
  'committee-cleared': 'coordinating scheduled',
  'committee-refused': 'coordinating scheduled',
  'committee-returned': 'coordinating scheduled',
};

describe('where an event may stand', () => {
  test.each(EVENTS.map(({ name }) => name as EventName))('%s', (event) => {
    const moving = STATUSES.filter((from) => from !== 'none' && POSSIBLE[from]?.[event] !== undefined);
    const everywhere = STATUSES.filter((status) => status !== 'none').join(' ');
    const expected = PLACES[event] ?? (movesCase(event) ? moving.join(' ') : everywhere);
    expect(statusesFor(event).join(' ')).toBe(expected);
    for (const status of STATUSES) expect(mayStand(event, status)).toBe(expected.split(' ').includes(status));
  });
});

test('each row says why, and every status but none can be reached', () => {
  for (const row of LIFECYCLE) expect(row.why).toMatch(/^[A-Z].*\.$/);
  for (const status of STATUSES) if (status !== 'none') expect(LIFECYCLE.some(({ to }) => to === status)).toBe(true);
  expect(transitionsFrom('withdrawn')).toEqual([]);
  expect(movesCase('note')).toBe(false);
});
