import { describe, expect, test } from 'vitest';
import { makeCalendar } from '../../src/domain/calendar.ts';
import type { LoggedEntry } from '../../src/domain/case.ts';
import { atEndOfLadder, commandForNeed, nextEscalation, type NextEscalation } from '../../src/domain/escalation.ts';
import { formatInstant, parseInstant } from '../../src/domain/instant.ts';
import { replay } from '../../src/domain/replay.ts';
import { aRecord, CONFIGURATION, entry, jpcertPolicy, STORY, storyUntil } from '../support/a-case.ts';

const POLICY = jpcertPolicy();
const CALENDAR = makeCalendar('Asia/Tokyo', CONFIGURATION.closures ?? []);
const PARTNERSHIP = { file: { route: 'partnership' as const } };

function next(log: readonly LoggedEntry[], now: string, changes: Parameters<typeof aRecord>[1] = {}, vendor = 'acme'): NextEscalation {
  const record = aRecord(log, changes);
  const { state, findings } = replay(record);
  expect(findings).toEqual([]);
  return nextEscalation(record, state, vendor, POLICY, CALENDAR, parseInstant(`${now}${now.length === 16 ? ':00' : ''}+09:00`));
}
const told = (found: NextEscalation): string =>
  found.kind === 'none' ? `none: ${found.why}` : found.kind === 'not-yet' ? `not-yet ${found.step.id} ${formatInstant(found.due, 'Asia/Tokyo').slice(0, 16)}` : `${found.kind} ${found.step.id}`;

const step = (id: string, when: string): LoggedEntry => entry('escalated', when, { vendor: 'acme', step: id, evidence: [STORY.contacted.name] });
const phone = entry('vendor-contacted', '2014-06-20T10:00', { vendor: 'acme', purpose: 'reminder', means: 'phone', outcome: 'no-answer' });

describe('a silent vendor, first contacted on 7 May 2014', () => {
  test('ten business days later the first reminder is due, and not before', () => {
    expect(told(next(storyUntil('contacted'), '2014-05-21T10:00'))).toBe('not-yet reminder 2014-05-21T23:59');
    expect(told(next(storyUntil('contacted'), '2014-05-21T23:59:59'))).toBe('not-yet reminder 2014-05-21T23:59');
    expect(told(next(storyUntil('contacted'), '2014-05-22T00:00'))).toBe('due reminder');
  });
  test('it rests on the attempts to reach the vendor', () => {
    const found = next([...storyUntil('contacted'), phone], '2014-06-25T10:00');
    expect(found).toMatchObject({ kind: 'due', evidence: [{ name: STORY.contacted.name }, { name: phone.name }] });
  });
  test('each step waits for the one before', () => {
    const log = [...storyUntil('contacted'), step('reminder', '2014-05-22T10:00')];
    expect(told(next(log, '2014-06-05T10:00'))).toBe('not-yet second-reminder 2014-06-05T23:59');
    expect(told(next([...log, step('second-reminder', '2014-06-06T10:00')], '2014-06-21T10:00'))).toBe('due other-means');
  });

  const tried = [...storyUntil('contacted'), step('reminder', '2014-05-22T10:00'), step('second-reminder', '2014-06-06T10:00'), step('other-means', '2014-06-21T10:00')];
  test('nobody else is asked before another means was tried', () => {
    const found = next(tried, '2014-07-10T10:00');
    expect(found).toMatchObject({ kind: 'blocked', step: { id: 'third-party' }, missing: [{ event: 'vendor-contacted' }] });
    expect(found.kind === 'blocked' && found.missing.map((need) => commandForNeed(need, '61247051', 'acme'))).toEqual(['vcc record 61247051 vendor-contacted --vendor acme --purpose reminder --means phone']);
    expect(told(next([...tried, phone], '2014-07-10T10:00'))).toBe('due third-party');
  });

  const asked = [...tried, phone, step('third-party', '2014-07-10T10:00')];
  test('on the direct route the decision comes 120 days after the first contact', () => {
    expect(told(next(asked, '2014-09-04T10:00'))).toBe('not-yet decide 2014-09-04T23:59');
    expect(told(next(asked, '2014-09-05T10:00'))).toBe('due decide');
    expect(told(next([...asked, step('decide', '2014-09-05T10:00')], '2014-09-06T10:00'))).toBe('none: acme is at the end of the ladder');
  });
  test('on the partnership route the list comes first, only for what was reproduced', () => {
    expect(told(next(asked, '2014-08-11T10:00', PARTNERSHIP))).toBe('due list-name');
    const unsure = asked.map((logged) => (logged === STORY.assessed ? entry('assessed', '2014-05-02T10:00', { criteria: { reproducible: { answer: 'unknown' } }, spread: 'wide', priority: 'priority' }) : logged));
    expect(told(next(unsure, '2014-08-11T10:00', PARTNERSHIP))).toBe('blocked list-name');
    const listed = [...asked, step('list-name', '2014-08-11T10:00')];
    expect(told(next(listed, '2014-11-01T10:00', PARTNERSHIP))).toBe('not-yet list-product 2014-11-11T23:59');
    const product = [...listed, step('list-product', '2014-11-12T10:00')];
    expect(told(next(product, '2014-11-13T10:00', PARTNERSHIP))).toBe('due contact-limit');
    expect(told(next([...product, step('contact-limit', '2014-11-13T10:00')], '2014-12-13T10:00', PARTNERSHIP))).toBe('not-yet committee 2014-12-13T23:59');
  });
});

describe('no step', () => {
  test.each<[string, LoggedEntry[], string, string]>([
    ['for a stranger', storyUntil('contacted'), 'beta', 'none: beta is not a party to the case'],
    ['before the first contact', storyUntil('added'), 'acme', "none: the case is 'accepted'; vendors are escalated while it is coordinating or scheduled"],
    ['for a vendor nobody contacted', [...storyUntil('contacted'), entry('vendor-added', '2014-05-09T10:00', { vendor: 'beta', role: 'downstream' })], 'beta', 'none: beta was never contacted'],
    ['for a vendor that answered last', storyUntil('replied'), 'acme', 'none: acme answered, and nothing was sent to it since'],
  ])('%s', (_name, log, vendor, expected) => {
    expect(told(next(log, '2015-06-01T10:00', {}, vendor))).toBe(expected);
  });
});

test('a vendor that fell silent after an answer starts at the first step, from the first message it left unanswered', () => {
  const log = [...storyUntil('contacted'), step('reminder', '2014-05-22T10:00'), entry('vendor-replied', '2014-05-23T10:00', { vendor: 'acme' }), entry('vendor-contacted', '2014-06-02T10:00', { vendor: 'acme', purpose: 'details', means: 'mail' })];
  expect(told(next(log, '2014-06-10T10:00'))).toBe('not-yet reminder 2014-06-16T23:59');
  expect(next(log, '2014-06-17T10:00')).toMatchObject({ kind: 'due', evidence: [{ at: parseInstant('2014-06-02T10:00:00+09:00') }] });
});

describe('a vendor that disputes the flaw', () => {
  const disputed = [...storyUntil('contacted'), entry('vendor-replied', '2014-05-08T10:00', { vendor: 'acme', progress: 'rejected' })];
  test('gets no reminder; on the direct route the decision is due after 120 days', () => {
    expect(told(next(disputed, '2014-06-10T10:00'))).toBe('not-yet decide 2014-09-04T23:59');
    const found = next(disputed, '2014-09-05T10:00');
    expect(found).toMatchObject({ kind: 'due', step: { id: 'decide' } });
    expect(found.kind === 'due' && found.evidence).toHaveLength(2);
  });
  test('on the partnership route the committee is next', () => {
    expect(told(next(disputed, '2014-06-09T10:00', PARTNERSHIP))).toBe('due committee');
  });
  test('the end of the ladder is the end of its ladder', () => {
    const record = aRecord([...disputed, step('decide', '2014-09-05T10:00')]);
    const vendor = replay(record).state.vendors.get('acme');
    if (!vendor) throw new Error('no vendor');
    expect(vendor.progress).toBe('rejected');
    expect(atEndOfLadder(POLICY, record, vendor)).toBe(true);
  });
});
