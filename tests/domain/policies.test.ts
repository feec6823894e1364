import { describe, expect, test } from 'vitest';
import { makeCalendar } from '../../src/domain/calendar.ts';
import type { LoggedEntry } from '../../src/domain/case.ts';
import { dueDates } from '../../src/domain/deadlines.ts';
import { formatInstant, parseInstant } from '../../src/domain/instant.ts';
import { replay } from '../../src/domain/replay.ts';
import { aRecord, entry, shippedPolicy } from '../support/a-case.ts';

/** The due dates of a log under a shipped policy: what is due when, worked out by hand beside each test. */
function timeline(policy: string, zone: string, log: readonly LoggedEntry[], now: string): Record<string, string> {
  const record = aRecord(log);
  const rules = shippedPolicy(policy);
  const dues = dueDates(record, replay(record).state, rules, makeCalendar(zone, [], rules.calendars), parseInstant(now));
  return Object.fromEntries(dues.map(({ id, due, state }) => [id, `${formatInstant(due, zone)} ${state}`]));
}

const received = entry('received', '2024-03-01T10:00', { route: 'direct', channel: 'mail' });
const assessed = entry('assessed', '2024-03-02T10:00', { criteria: {}, spread: 'wide', priority: 'priority' });
const accepted = entry('accepted', '2024-03-02T11:00', { reason: 'It is a flaw.' });
const added = entry('vendor-added', '2024-03-02T12:00', { vendor: 'acme', role: 'developer' });
const contacted = entry('vendor-contacted', '2024-03-04T10:00', { vendor: 'acme', purpose: 'first-contact', means: 'mail', outcome: 'sent' });
const replied = entry('vendor-replied', '2024-03-05T10:00', { vendor: 'acme', progress: 'validating' });
const START = [received, assessed, accepted, added, contacted];
const fixed = (when: string): LoggedEntry => entry('fix-available', when, { vendor: 'acme', remediation: 'fix' });
const attacked = (when: string): LoggedEntry => entry('attacks-observed', when, { how: 'seen in logs' });
const extended = (deadline: string, until: string, vendor?: string): LoggedEntry => entry('deadline-extended', '2024-03-06T10:00', { deadline, until, reason: 'asked for', ...(vendor === undefined ? {} : { vendor }) });

describe('certcc: 45 days from the first attempt, 4 March 2024 in Tokyo, which is the evening of the 3rd in New York', () => {
  const dues = (log: readonly LoggedEntry[], now: string): Record<string, string> => timeline('certcc', 'America/New_York', log, now);
  test('fix or no fix', () => {
    // 31 - 3 = 28 days of March, and 17 of April.
    expect(dues(START, '2024-04-01T12:00:00-04:00')['publish']).toBe('2024-04-17T23:59:59-04:00 pending');
    expect(dues([...START, fixed('2024-03-20T10:00')], '2024-04-18T12:00:00-04:00')['publish']).toBe('2024-04-17T23:59:59-04:00 overdue');
  });
  test('longer, where a vendor asked for it', () => {
    expect(dues([...START, extended('publish', '2024-05-20T12:00:00+09:00')], '2024-04-01T12:00:00-04:00')['publish']).toBe('2024-04-17T23:59:59-04:00 pending');
    expect(dues([...START, replied, extended('publish', '2024-05-20T12:00:00+09:00')], '2024-04-01T12:00:00-04:00')['publish']).toBe('2024-05-19T23:00:00-04:00 pending');
  });
  test('at once, where attacks go on', () => {
    expect(dues([...START, attacked('2024-03-21T10:00')], '2024-03-21T12:00:00-04:00')['publish-exploited']).toBe('2024-03-20T23:59:59-04:00 overdue');
    expect(dues(START, '2024-04-01T12:00:00-04:00')['publish-exploited']).toBeUndefined();
  });
});

describe('90-plus-30, from 4 March 2024', () => {
  const dues = (log: readonly LoggedEntry[], now = '2024-03-07T12:00:00+09:00'): Record<string, string> => timeline('90-plus-30', 'Asia/Tokyo', log, now);
  test('no fix: the 90th day is 2 June, and the details come with the next', () => {
    expect(dues(START)).toMatchObject({ fix: '2024-06-02T23:59:59+09:00 pending', 'publish-unfixed': '2024-06-03T23:59:59+09:00 pending' });
    expect(dues(START)).not.toHaveProperty('publish');
  });
  test('a fix on day 47 is public with its details on day 77', () => {
    expect(dues([...START, fixed('2024-04-20T10:00')])).toMatchObject({ fix: '2024-06-02T23:59:59+09:00 met', 'publish-unfixed': '2024-06-03T23:59:59+09:00 not-applicable', publish: '2024-05-20T23:59:59+09:00 pending' });
  });
  test('14 days on request; a fix on day 100 is public with its details on day 120, 2 July', () => {
    const log = [...START, replied, extended('fix', '2024-06-16T23:59:59+09:00', 'acme'), fixed('2024-06-12T10:00')];
    expect(dues(log)).toMatchObject({ fix: '2024-06-16T23:59:59+09:00 met', publish: '2024-07-02T23:59:59+09:00 pending' });
  });
  test('more than 14 days are not to be had', () => {
    expect(dues([...START, replied, extended('fix', '2024-08-01T12:00:00+09:00', 'acme')])['fix']).toBe('2024-06-16T23:59:59+09:00 pending');
  });
  test('seven days where the flaw is exploited, from when that was seen', () => {
    const log = [...START, attacked('2024-03-21T10:00')];
    expect(dues(log, '2024-03-22T12:00:00+09:00')).toMatchObject({ fix: '2024-06-02T23:59:59+09:00 not-applicable', 'fix-exploited': '2024-03-28T23:59:59+09:00 due-soon', 'publish-unfixed-exploited': '2024-03-29T23:59:59+09:00 pending' });
    expect(dues([...log, fixed('2024-03-26T10:00')], '2024-03-27T12:00:00+09:00')).toMatchObject({ 'fix-exploited': '2024-03-28T23:59:59+09:00 met', 'publish-exploited': '2024-04-25T23:59:59+09:00 pending' });
  });
  test('three days more, which the thirty then lack', () => {
    const log = [...START, replied, attacked('2024-03-05T10:00'), extended('fix-exploited', '2024-03-15T23:59:59+09:00', 'acme'), fixed('2024-03-15T10:00')];
    expect(dues(log)).toMatchObject({ 'fix-exploited': '2024-03-15T23:59:59+09:00 met', 'publish-exploited': '2024-04-11T23:59:59+09:00 pending' });
  });
});

describe('cra-article-14, in Berlin over the change of the clocks on 31 March 2024', () => {
  const dues = (log: readonly LoggedEntry[], now: string): Record<string, string> => timeline('cra-article-14', 'Europe/Berlin', log, now);
  const told = (when: string, report: 'early-warning' | 'notification' | 'final', subject: 'vulnerability' | 'incident' = 'vulnerability'): LoggedEntry => entry('authority-notified', when, { report, subject });
  // 19:00 in Tokyo is 11:00 in Berlin before the change; 24 hours later the clock there shows 12:00.
  const aware = attacked('2024-03-30T19:00');
  test('24 and 72 hours, nights and Sundays included', () => {
    expect(dues([...START, aware], '2024-03-31T09:00:00+02:00')).toMatchObject({ 'early-warning': '2024-03-31T12:00:00+02:00 due-soon', 'vulnerability-notification': '2024-04-02T12:00:00+02:00 due-soon' });
    expect(dues([...START, aware], '2024-03-31T12:00:01+02:00')['early-warning']).toMatch('overdue');
  });
  test('the full notification within 24 hours is a warning too', () => {
    expect(dues([...START, aware, told('2024-03-31T10:00', 'notification')], '2024-04-10T12:00:00+02:00')).toMatchObject({ 'early-warning': '2024-03-31T12:00:00+02:00 met', 'vulnerability-notification': '2024-04-02T12:00:00+02:00 met' });
  });
  test('the final report within 14 days of a measure', () => {
    const log = [...START, aware, told('2024-03-31T10:00', 'early-warning'), told('2024-04-02T10:00', 'notification')];
    expect(dues(log, '2024-04-10T12:00:00+02:00')).not.toHaveProperty('vulnerability-final-report');
    expect(dues([...log, fixed('2024-04-20T10:00')], '2024-05-10T12:00:00+02:00')['vulnerability-final-report']).toBe('2024-05-04T23:59:59+02:00 overdue');
    expect(dues([...log, fixed('2024-04-20T10:00'), told('2024-05-04T10:00', 'final')], '2024-05-10T12:00:00+02:00')['vulnerability-final-report']).toBe('2024-05-04T23:59:59+02:00 met');
  });
  test('a severe incident: one month after its notification, 31 January to 29 February', () => {
    const incident = entry('incident-severe', '2024-03-05T10:00', { how: 'the update server was broken into' });
    expect(dues([...START, incident], '2024-03-05T12:00:00+01:00')).toMatchObject({ 'incident-early-warning': '2024-03-06T02:00:00+01:00 due-soon', 'incident-notification': '2024-03-08T02:00:00+01:00 due-soon' });
    const log = [received, entry('incident-severe', '2024-01-29T10:00', { how: 'the update server was broken into' }), told('2024-01-31T18:00', 'notification', 'incident')];
    const early = log.map((logged) => (logged === received ? entry('received', '2024-01-28T10:00', { route: 'direct', channel: 'mail' }) : logged));
    expect(dues(early, '2024-02-01T12:00:00+01:00')['incident-final-report']).toBe('2024-02-29T23:59:59+01:00 pending');
  });
});
