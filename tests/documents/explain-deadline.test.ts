import { describe, expect, test } from 'vitest';
import { explainDeadline, startWords } from '../../src/documents/explain-deadline.ts';
import type { DeadlineRule, Policy } from '../../src/generated/documents.ts';
import { jpcertPolicy } from '../support/a-case.ts';

const RULE: DeadlineRule = { id: 'answer', title: 'Answer', starts: { event: 'received' }, length: { amount: 5, unit: 'business-day' }, per: 'case', modality: 'must', owed: 'team', source: 'a rule' };
const said = (changes: Partial<DeadlineRule>, policy: Policy = jpcertPolicy()): Record<string, readonly string[]> => Object.fromEntries(explainDeadline({ ...RULE, ...changes }, policy, 'policy.yaml').facts);

test('a plain deadline', () => {
  expect(said({ metBy: [{ event: 'reporter-contacted', with: { purpose: 'acknowledgement' } }] })).toEqual({
    'Starts at': ['the first received'],
    Length: ['5 business days, to the end of the day'],
    Calendar: ['that of the organisation: its time zone, public holidays and closures in vcc.yaml'],
    Applies: ['once for each case'],
    'Owed by': ['team'],
    Binds: ['must: past its end it is overdue, and the rule is broken'],
    'Met by': ['reporter-contacted (purpose: acknowledgement)'],
    'Due soon': ['7 days before its end'],
    Command: ['$ vcc notify CASE --reporter --purpose acknowledgement --in-clear REASON'],
    Source: ['a rule'],
    'Stands in': ['policy.yaml'],
  });
});

describe('each field says what it does', () => {
  test.each<[string, Partial<DeadlineRule>, string, string]>([
    ['hours', { length: { amount: 24, unit: 'hour' } }, 'Length', '24 hours'],
    ['one of a unit', { length: { amount: 1, unit: 'month' } }, 'Length', '1 month, to the end of the day'],
    ['no length in hours', { length: { amount: 0, unit: 'hour' } }, 'Length', 'at that very moment'],
    ['no length in days', { length: { amount: 0, unit: 'day' } }, 'Length', 'to the end of that day'],
    ['a roll', { length: { amount: 1, unit: 'month' }, roll: 'next-business-day' }, 'Length', '1 month, to the end of the day; where that is a day off, the next business day'],
    ['a roll back', { length: { amount: 1, unit: 'month' }, roll: 'previous-business-day' }, 'Length', '1 month, to the end of the day; where that is a day off, the previous business day'],
    ['the end of a month', { monthEnd: 'next-month' }, 'Month end', 'where the last month has no such day, the first day of the month after'],
    ['an earlier end', { earliestOf: [{ starts: { event: 'fix-available' }, length: { amount: 14, unit: 'day' } }] }, 'Or earlier', '14 days, to the end of the day, from the first fix-available'],
    ['routes', { routes: ['direct'] }, 'Applies', 'once for each case|only on the route direct'],
    ['kinds', { kinds: ['control-system', 'firmware'] }, 'Applies', 'once for each case|only where a product is control system or firmware'],
    ['attacks', { exploited: true }, 'Applies', 'once for each case|only where attacks are on record'],
    ['no attacks', { exploited: false }, 'Applies', 'once for each case|only where no attacks are on record'],
    ['each vendor', { per: 'vendor' }, 'Applies', 'once for each vendor of a case'],
    ['who waits', { tells: 'receiving-organisation' }, 'Waits for it', 'receiving organisation'],
    ['a target', { modality: 'target' }, 'Binds', 'target: a date to aim at; past its end somebody looks at it'],
    ['ends', { endsWith: [{ event: 'closed' }, { event: 'withdrawn' }] }, 'Ended by', 'closed|withdrawn'],
    ['a pause', { pausedBy: [{ from: { event: 'verified', with: { result: ['partly', 'not-confirmed'] } }, until: { event: 'vendor-replied' } }] }, 'Paused', 'from verified (result: partly or not-confirmed) until vendor-replied'],
    ['grace', { grace: { amount: 7, unit: 'day' } }, 'Grace', '7 days after its end; only then it is overdue'],
    ['an extension', { extension: { most: { amount: 14, unit: 'day' }, needs: [{ event: 'vendor-replied' }] } }, 'Extended', 'by deadline-extended, 14 days at most|only with vendor-replied in the log'],
    ['what to do', { onLapse: 'Answer at once.' }, 'When it ends', 'Answer at once.'],
    ['an unknown calendar', { calendar: 'lost' }, 'Calendar', 'lost, which policy.yaml does not describe'],
  ])('%s', (_what, changes, label, lines) => {
    expect(said(changes)[label]?.join('|')).toBe(lines);
  });

  test('a calendar of the policy', () => {
    const policy: Policy = { ...jpcertPolicy(), calendars: { brussels: { zone: 'Europe/Brussels', closures: ['12-25'], source: 'Regulation 1182/71' } } };
    expect(said({ calendar: 'brussels' }, policy)['Calendar']).toEqual(['brussels (Europe/Brussels; days off: saturday, sunday; public holidays: none; closures: 12-25)', 'source: Regulation 1182/71']);
  });
});

test.each<[DeadlineRule['starts'], string]>([
  [{ event: 'vendor-contacted', with: { purpose: ['details', 'date'] }, which: 'last' }, 'the last vendor-contacted (purpose: details or date)'],
  [{ event: 'scheduled', which: 'last', field: 'date' }, 'the moment that the last scheduled names as date'],
  [{ event: 'vendor-contacted', fact: 'start-day' }, 'the start day: the first attempt to reach a vendor, once there is the first vendor-contacted'],
  [{ deadline: 'fix' }, 'the moment that fix was met'],
  [{ deadline: 'fix', from: 'due' }, 'the moment at which fix was due'],
  [{ event: 'fix-available', and: [{ event: 'attacks-observed' }] }, 'the first fix-available, and not before attacks-observed'],
])('%j starts at %s', (starts, words) => {
  expect(startWords(starts)).toBe(words);
});
