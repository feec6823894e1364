import { expect, test } from 'vitest';
import { makeCalendar } from '../../src/domain/calendar.ts';
import type { LoggedEntry } from '../../src/domain/case.ts';
import { dueDates } from '../../src/domain/deadlines.ts';
import { localDate, parseInstant } from '../../src/domain/instant.ts';
import { replay } from '../../src/domain/replay.ts';
import { aRecord, CONFIGURATION, entry, HASH, jpcertPolicy } from '../support/a-case.ts';

/*
 * Seven cases that JVN published. The day of publication is JVN's (and for JVN#87226910 the days on the list of unreachable
 * developers); JVN does not tell when a report came or when a vendor was first contacted, so these days are chosen, most of
 * them where the calendar is difficult. The due dates were worked out by hand with a calendar of Japan:
 *
 * | case           | received       | first contact  | acknowledge, 5 business days                 | other due dates                                    |
 * |----------------|----------------|----------------|----------------------------------------------|----------------------------------------------------|
 * | JVN#61247051   | Thu 2014-05-01 | Fri 2014-05-02 | 2, 7, 8, 9, 12 May (Golden Week)             | 120 days: 29 + 30 + 31 + 30 = 30 August            |
 * | JVN#15201064   | Wed 2017-12-27 | Thu 2017-12-28 | 28 Dec, 4, 5, 9, 10 Jan (closed; 8 Jan off)  | 45 days: 3 + 31 + 11 Feb; 6 months, 1 year: 28th   |
 * | JVN#60032768   | Mon 2018-01-29 | Wed 2018-01-31 | 30, 31 Jan, 1, 2, 5 Feb                      | 45 days: 28 + 17 Mar; 6 months 31 July             |
 * | JVN#87226910   | Mon 2015-03-30 | Tue 2015-03-31 | 31 Mar, 1, 2, 3, 6 Apr                       | 6 months: 30 Sep; list 18 Sep and 3 months: 18 Dec |
 * | JVN#16765254   | Fri 2022-12-23 | Mon 2022-12-26 | 26, 27, 28 Dec, 4, 5 Jan                     | 45 days: 5 + 31 + 9 Feb; answer 16 Jan (9 Jan off) |
 * | JVN#65447879   | Thu 2024-12-26 | Fri 2024-12-27 | 27 Dec, 6, 7, 8, 9 Jan                       | 45 days: 4 + 31 + 10 Feb, published on 14 Feb      |
 * | JVNVU#99520559 | Fri 2021-09-17 | Tue 2021-09-21 | 21, 22, 24, 27, 28 Sep (20 and 23 Sep off)   | 120 days: 9 + 31 + 30 + 31 + 19 Jan                |
 */
const CALENDAR = makeCalendar('Asia/Tokyo', CONFIGURATION.closures ?? []);
const POLICY = jpcertPolicy();

function timeline(route: 'direct' | 'partnership', received: string, contacted: string, published: string, between: readonly LoggedEntry[] = []): Record<string, string> {
  const log = [
    entry('received', `${received}T10:00`, { route, channel: 'mail' }),
    entry('reporter-contacted', `${received}T10:30`, { purpose: 'acknowledgement', means: 'mail' }),
    entry('assessed', `${received}T11:00`, { criteria: {}, spread: 'wide', priority: 'normal' }),
    entry('accepted', `${received}T12:00`, { reason: 'It meets the policy.' }),
    entry('vendor-added', `${contacted}T09:00`, { vendor: 'acme', role: 'developer' }),
    entry('vendor-contacted', `${contacted}T10:00`, { vendor: 'acme', purpose: 'first-contact', means: 'mail', outcome: 'sent' }),
    ...between,
    entry('fix-available', `${published}T08:00`, { vendor: 'acme', remediation: 'fix' }),
    entry('scheduled', `${published}T09:00`, { date: `${published}T12:00:00+09:00` }),
    entry('published', `${published}T12:00`, { text: HASH, date: `${published}T12:00:00+09:00` }),
  ];
  const record = aRecord(log, { file: { route } });
  const dues = dueDates(record, replay(record).state, POLICY, CALENDAR, parseInstant('2026-01-01T00:00:00+09:00'));
  return Object.fromEntries(dues.map(({ id, due, state }) => [id, `${localDate(due, 'Asia/Tokyo')} ${state}`]));
}

const escalated = (when: string, step: string): LoggedEntry => entry('escalated', when, { vendor: 'acme', step, evidence: ['20150331T010000Z-vendor-contacted-0000.md'] });

test.each([
  ['JVN#61247051', timeline('direct', '2014-05-01', '2014-05-02', '2014-06-06'), { acknowledge: '2014-05-12 met', 'direct-close': '2014-08-30 met', 'publish-date': '2014-06-06 met' }],
  ['JVN#15201064', timeline('partnership', '2017-12-27', '2017-12-28', '2018-03-09'), { acknowledge: '2018-01-10 met', 'vendor-answer': '2018-01-18', 'publish-target': '2018-02-11 met-late', uncoordinatable: '2018-06-28 not-applicable', 'reporter-may-disclose': '2018-12-28 not-applicable' }],
  ['JVN#60032768', timeline('partnership', '2018-01-29', '2018-01-31', '2018-03-08'), { acknowledge: '2018-02-05 met', 'publish-target': '2018-03-17 met', uncoordinatable: '2018-07-31 not-applicable', 'reporter-may-disclose': '2019-01-31 not-applicable' }],
  [
    'JVN#87226910',
    timeline('partnership', '2015-03-30', '2015-03-31', '2018-03-13', [escalated('2015-04-20T10:00', 'reminder'), escalated('2015-09-18T10:00', 'list-name'), escalated('2015-12-25T10:00', 'list-product')]),
    { acknowledge: '2015-04-06 met', uncoordinatable: '2015-09-30 not-applicable', 'list-product': '2015-12-18 met', 'publish-target': '2015-05-15 met-late', 'reporter-may-disclose': '2016-03-31 not-applicable' },
  ],
  ['JVN#16765254', timeline('partnership', '2022-12-23', '2022-12-26', '2023-01-05'), { acknowledge: '2023-01-05 met', 'vendor-answer': '2023-01-16', 'publish-target': '2023-02-09 met' }],
  ['JVN#65447879', timeline('partnership', '2024-12-26', '2024-12-27', '2025-02-14'), { acknowledge: '2025-01-09 met', 'publish-target': '2025-02-10 met-late' }],
  ['JVNVU#99520559', timeline('direct', '2021-09-17', '2021-09-21', '2021-10-01'), { acknowledge: '2021-09-28 met', 'direct-close': '2022-01-19 met' }],
] as const)('%s', (_case, dues, expected) => {
  for (const [id, due] of Object.entries(expected)) expect([id, dues[id]]).toEqual([id, expect.stringContaining(due)]);
});
