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
    expect(told(next([...log, step('second-reminder', '2014-06-06T10:00')], '2014-06-21T10:00'))).toBe('blocked other-means');
    expect(told(next([...log, step('second-reminder', '2014-06-06T10:00'), phone], '2014-06-21T10:00'))).toBe('due other-means');
  });

  const reminded = [...storyUntil('contacted'), step('reminder', '2014-05-22T10:00'), step('second-reminder', '2014-06-06T10:00')];
  const tried = [...reminded, phone, step('other-means', '2014-06-21T10:00')];
  const third = entry('partner-contacted', '2014-07-10T09:00', { party: 'partner:certcc', purpose: 'contact-search', means: 'mail', vendor: 'acme' });
  test.each<[string, LoggedEntry[], LoggedEntry, string, string, string]>([
    ['other means', reminded, phone, '2014-06-21T10:00', 'other-means', 'vcc record 61247051 vendor-contacted --vendor acme --purpose reminder --means phone'],
    ['a third party', tried, third, '2014-07-10T10:00', 'third-party', 'vcc notify 61247051 --partner SLUG --purpose contact-search --vendor acme\nOr, where it was asked already: vcc record 61247051 partner-contacted --vendor acme --party partner:SLUG --means mail --purpose contact-search'],
  ])('the step about %s rests on its entry in the log', (_what, log, evidence, now, id, command) => {
    const found = next(log, now);
    expect(found).toMatchObject({ kind: 'blocked', step: { id } });
    expect(found.kind === 'blocked' && found.missing.map((need) => commandForNeed(need, '61247051', 'acme'))).toEqual([command]);
    const then = next([...log, evidence], now);
    expect(told(then)).toBe(`due ${id}`);
    expect(then.kind === 'due' && then.evidence.map(({ name }) => name)).toContain(evidence.name);
  });
  test('a third party that was asked about another vendor is no evidence', () => {
    const other = entry('partner-contacted', '2014-07-10T09:00', { party: 'partner:certcc', purpose: 'contact-search', means: 'mail', vendor: 'beta' });
    const added = entry('vendor-added', '2014-07-10T08:00', { vendor: 'beta', role: 'downstream' });
    expect(told(next([...tried, added, other], '2014-07-10T10:00'))).toBe('blocked third-party');
  });

  const asked = [...tried, third, step('third-party', '2014-07-10T10:00')];
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
    const limited = (until?: string) => [...product, { ...step('contact-limit', '2014-11-13T10:00'), entry: { ...step('contact-limit', '2014-11-13T10:00').entry, ...(until === undefined ? {} : { until }) } } as LoggedEntry];
    expect(told(next(limited(), '2014-12-13T10:00', PARTNERSHIP))).toBe('not-yet committee 2014-12-13T23:59');
    // The day that the list announced is kept, whatever the length says: 13 December 2014 is a Saturday.
    expect(told(next(limited('2014-12-15'), '2014-12-15T10:00', PARTNERSHIP))).toBe('not-yet committee 2014-12-15T23:59');
    expect(told(next(limited('2014-12-15'), '2014-12-16T00:00', PARTNERSHIP))).toBe('due committee');
  });
});

describe('mail that came back', () => {
  const bounced = entry('vendor-contacted', '2014-05-07T10:00', { vendor: 'acme', purpose: 'first-contact', means: 'mail', outcome: 'bounced' });
  const log = [...storyUntil('added'), bounced];
  test('sets the start day and begins no silence: other means are tried at once, and no reminder is sent after it', () => {
    expect(replay(aRecord(log)).state.startDay).toBe(bounced.at);
    expect(told(next(log, '2014-05-07T10:01'))).toBe('blocked other-means');
    // What is missing starts its time as well, and that is said with it.
    const { from } = next(log, '2014-05-07T10:01') as { readonly from?: number };
    expect(formatInstant(from ?? 0, 'Asia/Tokyo')).toMatch(/^2014-05-\d\dT23:59:59/);
    expect(told(next([...log, phone], '2014-06-20T10:01'))).toBe('not-yet other-means 2014-07-04T23:59');
  });
  test('word of it comes after the message that was logged as sent, and takes that one back', () => {
    const sent = entry('vendor-contacted', '2014-05-07T09:00', { vendor: 'acme', purpose: 'first-contact', means: 'mail', outcome: 'sent' });
    expect(told(next([...storyUntil('added'), sent, bounced], '2014-05-07T10:01'))).toBe('blocked other-means');
    const reminder = { ...step('reminder', '2014-05-22T10:00'), entry: { ...step('reminder', '2014-05-22T10:00').entry, message: { id: '<1@centre.example>', template: 'vendor-reminder', language: 'en' } } } as LoggedEntry;
    const back = entry('vendor-contacted', '2014-05-22T11:00', { vendor: 'acme', purpose: 'reminder', means: 'mail', outcome: 'bounced' });
    expect(told(next([...storyUntil('contacted'), reminder], '2014-05-23T10:00'))).toBe('not-yet second-reminder 2014-06-05T23:59');
    expect(told(next([...storyUntil('contacted'), reminder, back], '2014-05-23T10:00'))).toBe('not-yet other-means 2014-06-05T23:59');
  });
  test('the silence begins with the first message that arrived, the 120 days with the first try', () => {
    const again = entry('vendor-contacted', '2014-05-12T10:00', { vendor: 'acme', purpose: 'first-contact', means: 'mail', outcome: 'sent' });
    expect(told(next([...log, again], '2014-05-13T10:00'))).toBe('not-yet reminder 2014-05-26T23:59');
    const taken = ['reminder', 'second-reminder', 'other-means', 'third-party'].map((id, nth) => step(id, `2014-07-0${nth + 1}T10:00`)).map((logged) => ({ ...logged, entry: { ...logged.entry, evidence: [again.name] } }) as LoggedEntry);
    expect(told(next([...log, again, ...taken], '2014-09-04T10:00'))).toBe('not-yet decide 2014-09-04T23:59');
  });
});

describe('a vendor that answers', () => {
  const ids = POLICY.escalation.filter(({ routes }) => routes === undefined || routes.includes('partnership')).map(({ id }) => id);
  test.each(ids.map((id, nth) => [id, ids.slice(0, nth + 1)] as const))('leaves the ladder at the step %s, and starts anew when it falls silent again', (_id, taken) => {
    const log = [...storyUntil('contacted'), ...taken.map((id, nth) => step(id, `2014-07-0${nth + 1}T10:00`))];
    const answered = [...log, entry('vendor-replied', '2015-03-01T10:00', { vendor: 'acme', progress: 'acknowledged' })];
    const { state } = replay(aRecord(answered, PARTNERSHIP));
    expect(state.vendors.get('acme')).toMatchObject({ progress: 'acknowledged', steps: [] });
    expect(told(next(answered, '2015-04-01T10:00', PARTNERSHIP))).toBe('none: acme answered, and nothing was sent to it since');
    const silent = [...answered, entry('vendor-contacted', '2015-03-02T10:00', { vendor: 'acme', purpose: 'details', means: 'mail' })];
    expect(told(next(silent, '2015-04-01T10:00', PARTNERSHIP))).toBe('due reminder');
    const call = [...log, entry('vendor-contacted', '2015-03-01T10:00', { vendor: 'acme', purpose: 'reminder', means: 'phone', outcome: 'answered' })];
    expect(replay(aRecord(call, PARTNERSHIP)).state.vendors.get('acme')).toMatchObject({ steps: [] });
  });
  test.each(ids.slice(0, -1).map((id, nth) => [id, ids.slice(0, nth + 1)] as const))('and disputes the flaw at the step %s goes to the committee', (_id, taken) => {
    const log = [...storyUntil('contacted'), ...taken.map((id, nth) => step(id, `2014-07-0${nth + 1}T10:00`)), entry('vendor-replied', '2015-03-01T10:00', { vendor: 'acme', progress: 'rejected' })];
    expect(told(next(log, '2015-03-02T10:00', PARTNERSHIP))).toBe('not-yet committee 2015-04-01T23:59');
    expect(told(next(log, '2015-04-02T10:00', PARTNERSHIP))).toBe('due committee');
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
