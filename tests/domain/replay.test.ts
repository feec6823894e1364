import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LoggedEntry } from '../../src/domain/case.ts';
import { parseInstant } from '../../src/domain/instant.ts';
import { LIFECYCLE } from '../../src/domain/lifecycle.ts';
import { replay } from '../../src/domain/replay.ts';
import { EVENTS } from '../../src/generated/events.ts';
import { aRecord, CASE_FOLDER, entry, HASH, STORY, storyUntil } from '../support/a-case.ts';

const run = (log: readonly LoggedEntry[], changes: Parameters<typeof aRecord>[1] = {}): ReturnType<typeof replay> => replay(aRecord(log, changes));
const rules = (log: readonly LoggedEntry[], changes: Parameters<typeof aRecord>[1] = {}): string[] => run(log, changes).findings.map(({ rule, severity }) => `${severity} ${rule}`);

const PUBLISHED = entry('published', '2014-06-06T12:00', { text: HASH, date: '2014-06-06T12:00:00+09:00' });
const UNTIL = '2014-06-06T12:00:00+09:00';

describe('a case from report to advisory', () => {
  test('passes through every state without a finding', () => {
    const { state, findings } = run([...storyUntil('scheduled'), PUBLISHED]);
    expect(findings).toEqual([]);
    expect(state.path.map(({ from, to }) => `${from} ${to}`)).toEqual(['none received', 'received accepted', 'accepted coordinating', 'coordinating scheduled', 'scheduled published']);
    expect(state).toMatchObject({ status: 'published', startDay: STORY.contacted.at, scheduled: PUBLISHED.at, published: { name: PUBLISHED.name } });
    expect(state.latches.public?.name).toBe(PUBLISHED.name);
    expect(state.vendors.get('acme')).toMatchObject({ progress: 'validating', firstContact: STORY.contacted.at, lastReply: STORY.agreed.at, status: { name: STORY.status.name } });
    expect(state.agreedDates.get('vendor:acme')).toBe(PUBLISHED.at);
    expect(state.cves).toEqual([{ id: 'CVE-2014-0224', assigner: 'redhat' }]);
  });

  test('the order of the files does not matter', () => {
    const log = [...storyUntil('scheduled'), PUBLISHED];
    expect(run([...log].reverse())).toEqual(run(log));
  });

  test('at the same minute the order of events in a case decides, then the file name', () => {
    const at = '2014-05-02T10:00';
    const log = [
      entry('accepted', at, { reason: 'It meets the policy.' }),
      entry('note', at, { hex: '00bb' }),
      entry('note', at, { hex: '00aa' }),
      entry('assessed', at, { criteria: {}, spread: 'wide', priority: 'priority' }),
      entry('received', at, { route: 'direct', channel: 'mail' }),
    ];
    const { state, findings } = run(log);
    expect(findings).toEqual([]);
    expect(state.entries.map(({ entry: { event } }) => event)).toEqual(['received', 'assessed', 'accepted', 'note', 'note']);
    expect(state.entries.at(-1)?.name).toContain('00bb');
  });
});

describe('break one thing', () => {
  test.each<[string, LoggedEntry[], string[]]>([
    ['no entry at all', [], ['error log-order']],
    ['something before the report', [entry('note', '2014-04-30T10:00', {}), STORY.received], ['error log-order']],
    ['received twice', [STORY.received, entry('received', '2014-05-01T11:00', { route: 'direct', channel: 'mail' })], ['error illegal-transition']],
    ['accepted without the checklist', [STORY.received, STORY.accepted], ['error illegal-transition']],
    ['accepted twice', [...storyUntil('accepted'), entry('accepted', '2014-05-03T10:00', { reason: 'again' })], ['error illegal-transition']],
    ['a vendor is told before the case is accepted', [STORY.received, entry('vendor-added', '2014-05-01T11:00', { vendor: 'acme', role: 'developer' }), entry('vendor-contacted', '2014-05-01T12:00', { vendor: 'acme', purpose: 'first-contact', means: 'mail' })], ['error illegal-transition']],
    ['an unknown vendor answers', [...storyUntil('accepted'), entry('vendor-replied', '2014-05-03T10:00', { vendor: 'nobody' })], ['error vendor-not-in-case']],
    ['an unknown vendor agrees to a date', [...storyUntil('replied'), entry('date-agreed', '2014-05-20T10:00', { party: 'vendor:nobody', date: UNTIL })], ['error vendor-not-in-case']],
    ['a date is set with nothing in hand', [...storyUntil('replied'), entry('scheduled', '2014-05-20T10:00', { date: UNTIL })], ['error illegal-transition']],
    ['a date only the team wants is no agreement', [...storyUntil('replied'), entry('date-proposed', '2014-05-19T10:00', { party: 'team', date: UNTIL }), entry('scheduled', '2014-05-20T10:00', { date: UNTIL })], ['error illegal-transition']],
    ['published without a date', [...storyUntil('cve'), PUBLISHED], ['error illegal-transition']],
    ['an emergency without an exploit', [...storyUntil('cve'), entry('published', '2014-06-01T10:00', { text: HASH, date: UNTIL, emergency: 'they asked' })], ['error illegal-transition']],
    ['published twice', [...storyUntil('scheduled'), PUBLISHED, entry('published', '2014-06-07T10:00', { text: HASH, date: UNTIL })], ['error illegal-transition']],
    ['updated before it was published', [...storyUntil('scheduled'), entry('updated', '2014-06-01T10:00', { text: HASH, summary: { en: 'x' } })], ['error illegal-transition']],
    ['closed by the committee that never said no', [...storyUntil('replied'), entry('closed', '2014-09-10T10:00', { because: 'committee-refused', reason: 'x' })], ['error illegal-transition']],
    ['done before it is published', [...storyUntil('replied'), entry('closed', '2014-09-10T10:00', { because: 'done', reason: 'x' })], ['error illegal-transition']],
    ['a vendor that was never contacted is escalated', [...storyUntil('replied'), entry('vendor-added', '2014-05-09T10:00', { vendor: 'beta', role: 'downstream' }), entry('escalated', '2014-06-10T10:00', { vendor: 'beta', step: 'reminder', evidence: [STORY.contacted.name] })], ['error illegal-transition']],
    ['evidence that is not there', [...storyUntil('contacted'), entry('escalated', '2014-06-10T10:00', { vendor: 'acme', step: 'reminder', evidence: ['20140101T000000Z-note-0000.md'] })], ['error dangling-entry']],
    ['evidence that comes later', [...storyUntil('contacted'), entry('escalated', '2014-06-10T10:00', { vendor: 'acme', step: 'reminder', evidence: [entry('note', '2014-06-11T10:00', {}).name] }), entry('note', '2014-06-11T10:00', {})], ['error log-order']],
    ['the committee clears although a condition is missing', [...storyUntil('replied'), entry('committee-cleared', '2014-12-10T10:00', { conditions: { uncoordinatable: true, confirmed: false, 'users-unaware': true, 'no-reason-against': true, 'developer-heard': true } })], ['error illegal-transition']],
    ['an embargo is accepted that nobody proposed', [...storyUntil('replied'), entry('embargo-accepted', '2014-05-09T10:00', { party: 'team' })], ['error embargo-order']],
    ['an embargo is agreed after attacks were seen', [...storyUntil('replied'), entry('attacks-observed', '2014-05-09T10:00', { how: 'a customer' }), entry('embargo-proposed', '2014-05-10T10:00', { party: 'team', until: UNTIL })], ['error embargo-order']],
    ['a correction of nothing', [STORY.received, entry('corrected', '2014-05-02T10:00', { entry: '20140101T000000Z-note-0000.md', reason: 'x' })], ['error dangling-entry']],
    ['a correction of a later correction', [STORY.received, entry('corrected', '2014-05-02T09:00', { entry: '20140502T020000Z-corrected-0000.md', reason: 'x' }), STORY.assessed, entry('corrected', '2014-05-02T11:00', { entry: STORY.assessed.name, reason: 'x' })], ['error log-order']],
  ])('%s', (_name, log, expected) => {
    expect(rules(log)).toEqual(expected);
  });

  test('the finding stands at the file, line and column of the entry', () => {
    const { findings } = run([...storyUntil('accepted'), entry('vendor-replied', '2014-05-03T10:00', { vendor: 'nobody' })]);
    expect(findings[0]).toMatchObject({ file: `${CASE_FOLDER}/log/20140503T010000Z-vendor-replied-0000.md`, line: 5, column: 1, message: expect.stringContaining('nobody') as string });
  });

  test('an entry that is not possible takes no effect', () => {
    const { state } = run([...storyUntil('cve'), PUBLISHED]);
    expect(state.status).toBe('coordinating');
    expect(state.published).toBeUndefined();
    expect(state.entries.map(({ name }) => name)).not.toContain(PUBLISHED.name);
  });
});

describe('two clones merged', () => {
  const agreed = [
    ...storyUntil('replied'),
    entry('embargo-proposed', '2014-05-09T10:00', { party: 'team', until: UNTIL }),
    entry('embargo-accepted', '2014-05-09T11:00', { party: 'vendor:acme' }),
    ...storyUntil('scheduled').slice(6),
  ];
  test('one published, the other extended the embargo before: both entries are there and the contradiction is found', () => {
    const log = [...agreed, PUBLISHED, entry('embargo-proposed', '2014-06-05T10:00', { party: 'vendor:acme', until: '2014-07-01T12:00:00+09:00' }), entry('embargo-accepted', '2014-06-05T11:00', { party: 'team' })];
    expect(rules(log)).toContain('error embargo-order');
    expect(run(log).state.status).toBe('published');
  });
  test('one published, the other extended the embargo after', () => {
    expect(rules([...agreed, PUBLISHED, entry('embargo-proposed', '2014-06-06T13:00', { party: 'vendor:acme', until: '2014-07-01T12:00:00+09:00' })])).toEqual(['error embargo-order']);
  });
  test('published when the embargo has ended, it is over without another entry', () => {
    const { state, findings } = run([...agreed, PUBLISHED]);
    expect(findings).toEqual([]);
    expect(state.embargo).toEqual({ status: 'exited', until: parseInstant(UNTIL), acceptedBy: ['team', 'vendor:acme'] });
  });
  test('one closed, the other went on', () => {
    const log = [...storyUntil('replied'), entry('closed', '2014-09-10T10:00', { because: 'no-resolution', reason: 'silence' }), entry('scheduled', '2014-09-11T10:00', { date: UNTIL })];
    expect(rules(log)).toEqual(['error illegal-transition']);
  });
});

describe('the two routes', () => {
  const closed = [...storyUntil('replied'), entry('closed', '2014-09-10T10:00', { because: 'no-resolution', reason: 'silence' })];
  test('no resolution closes a direct case', () => {
    expect(run(closed)).toMatchObject({ findings: [], state: { status: 'closed' } });
  });
  test('and not one of the partnership, where the committee decides', () => {
    expect(rules(closed, { file: { route: 'partnership' } })).toEqual(['error illegal-transition']);
    const refused = [...storyUntil('replied'), entry('committee-refused', '2014-12-01T10:00', { reason: 'few users' }), entry('closed', '2014-12-02T10:00', { because: 'committee-refused', reason: 'few users' })];
    expect(run(refused, { file: { route: 'partnership' } })).toMatchObject({ findings: [], state: { status: 'closed' } });
  });
});

describe('details and the embargo', () => {
  const details = entry('vendor-contacted', '2014-05-12T10:00', { vendor: 'acme', purpose: 'details', means: 'mail', outcome: 'sent' });
  const proposed = entry('embargo-proposed', '2014-05-09T10:00', { party: 'team', until: UNTIL });
  test('details before the consent are a warning: it happened, so it must be possible to say so', () => {
    const { state, findings } = run([...storyUntil('replied'), proposed, details]);
    expect(findings.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual(['warning embargo-order']);
    expect(state.vendors.get('acme')?.gotDetails).toBe(true);
  });
  test('after the consent, or where no embargo was ever proposed, they are not', () => {
    expect(rules([...storyUntil('replied'), proposed, entry('embargo-accepted', '2014-05-10T10:00', { party: 'vendor:acme' }), details])).toEqual([]);
    expect(rules([...storyUntil('replied'), details])).toEqual([]);
  });
  test('an embargo that outlives the secret is a warning until it is ended', () => {
    const inForce = [...storyUntil('replied'), proposed, entry('embargo-accepted', '2014-05-10T10:00', { party: 'vendor:acme' }), entry('public-known', '2014-05-15T10:00', { how: 'a mailing list' })];
    expect(rules(inForce)).toEqual(['warning embargo-order']);
    expect(rules([...inForce, entry('embargo-terminated', '2014-05-15T11:00', { reason: 'it is public' })])).toEqual([]);
  });
  test('closing a case does not end its embargo', () => {
    const { state } = run([...storyUntil('replied'), proposed, entry('embargo-accepted', '2014-05-10T10:00', { party: 'vendor:acme' }), entry('closed', '2014-09-10T10:00', { because: 'no-resolution', reason: 'silence' })]);
    expect(state).toMatchObject({ status: 'closed', embargo: { status: 'active' } });
  });
});

describe('a clearance of the committee', () => {
  const conditions = { uncoordinatable: true, confirmed: true, 'users-unaware': true, 'no-reason-against': true, 'developer-heard': true };
  const cleared = entry('committee-cleared', '2014-12-10T10:00', { conditions });
  const silent = [...storyUntil('contacted'), entry('escalated', '2014-12-01T10:00', { vendor: 'acme', step: 'committee', evidence: [STORY.contacted.name] })];
  const disputing = [...storyUntil('contacted'), entry('vendor-replied', '2014-05-08T10:00', { vendor: 'acme', progress: 'rejected' })];
  const other = [entry('vendor-added', '2014-05-08T10:00', { vendor: 'beta', role: 'downstream' }), entry('vendor-contacted', '2014-05-08T11:00', { vendor: 'beta', purpose: 'first-contact', means: 'mail' }), entry('vendor-replied', '2014-05-09T10:00', { vendor: 'beta', progress: 'accepted' })];
  const proposed = entry('embargo-proposed', '2014-12-02T10:00', { party: 'team', until: '2015-01-10T12:00:00+09:00' });
  const at = '2014-12-12T10:00';
  const ended = (before: readonly LoggedEntry[], after: LoggedEntry): boolean => {
    const { state, findings } = run([...before, cleared, after]);
    expect(findings).toEqual([]);
    expect(state.clearanceEndedBy === undefined).toBe(state.committeeCleared !== undefined);
    return state.committeeCleared === undefined;
  };

  test.each<[string, readonly LoggedEntry[], LoggedEntry]>([
    ['the silent vendor answers', silent, entry('vendor-replied', at, { vendor: 'acme' })],
    ['it takes a call', silent, entry('vendor-contacted', at, { vendor: 'acme', purpose: 'other', means: 'phone', outcome: 'answered' })],
    ['it proposes a date', silent, entry('date-proposed', at, { party: 'vendor:acme', date: '2015-01-10T12:00:00+09:00' })],
    ['it agrees to a date', silent, entry('date-agreed', at, { party: 'vendor:acme', date: '2015-01-10T12:00:00+09:00' })],
    ['it agrees to the embargo', [...silent, proposed], entry('embargo-accepted', at, { party: 'vendor:acme' })],
    ['it states its status', silent, entry('vendor-status', at, { vendor: 'acme', status: 'affected' })],
    ['it delivers a fix', silent, entry('fix-available', at, { vendor: 'acme', remediation: 'fix' })],
    ['a vendor that was never escalated answers', storyUntil('contacted'), entry('vendor-replied', at, { vendor: 'acme' })],
    ['a vendor that disputed the flaw accepts it', disputing, entry('vendor-replied', at, { vendor: 'acme', progress: 'accepted' })],
  ])('ends where %s', (_what, before, after) => {
    expect(ended(before, after)).toBe(true);
  });

  test.each<[string, readonly LoggedEntry[], LoggedEntry]>([
    ['nobody takes the call', silent, entry('vendor-contacted', at, { vendor: 'acme', purpose: 'other', means: 'phone' })],
    ['a vendor disputes the flaw once more', disputing, entry('vendor-replied', at, { vendor: 'acme', progress: 'rejected' })],
    ['a vendor disputes it in its status', disputing, entry('vendor-status', at, { vendor: 'acme', status: 'disputed' })],
    ['a vendor gives the opinion that it was asked for', disputing, entry('opinion-given', at, { vendor: 'acme' })],
    ['a vendor rejects the embargo', [...disputing, proposed], entry('embargo-rejected', at, { party: 'vendor:acme', reason: 'no' })],
    ['the team says that it knows nothing of the vendor', silent, entry('vendor-status', at, { vendor: 'acme', status: 'unknown' })],
    ['another vendor, which had answered, writes', [...silent, ...other], entry('vendor-replied', at, { vendor: 'beta' })],
    ['the reporter agrees to a date', silent, entry('date-agreed', at, { party: 'reporter', date: '2015-01-10T12:00:00+09:00' })],
  ])('holds where %s', (_what, before, after) => {
    expect(ended(before, after)).toBe(false);
  });

  test('can be given again', () => {
    const { state } = run([...silent, cleared, entry('vendor-replied', at, { vendor: 'acme' }), entry('committee-cleared', '2014-12-20T10:00', { conditions })]);
    expect([state.committeeCleared !== undefined, state.clearanceEndedBy]).toEqual([true, undefined]);
  });
});

describe('corrections', () => {
  const wrong = entry('withdrawn', '2014-05-10T10:00', { because: 'already-public', reason: 'a blog' });
  const correction = entry('corrected', '2014-05-11T10:00', { entry: wrong.name, reason: 'another flaw' });
  test('a corrected entry has no effect, and what came after it stands', () => {
    const { state, findings } = run([...storyUntil('scheduled'), wrong, correction, PUBLISHED]);
    expect(findings).toEqual([]);
    expect(state.status).toBe('published');
    expect(state.entries.map(({ name }) => name)).not.toContain(wrong.name);
  });
  test('an entry with a wrong year is corrected by one of today', () => {
    const future = entry('committee-refused', '2041-05-10T10:00', { reason: 'few users' });
    const { state, findings } = run([...storyUntil('replied'), future, entry('corrected', '2014-05-11T10:00', { entry: future.name, reason: 'the year' })]);
    expect([findings, state.entries.some(({ name }) => name === future.name)]).toEqual([[], false]);
  });
  test('a correction can be taken back', () => {
    const back = entry('corrected', '2014-05-12T10:00', { entry: correction.name, reason: 'it was the same flaw' });
    expect(run([...storyUntil('replied'), wrong, correction, back]).state.status).toBe('withdrawn');
  });
  test('evidence that was corrected is a warning', () => {
    const log = [...storyUntil('contacted'), entry('vendor-contacted', '2014-05-20T10:00', { vendor: 'acme', purpose: 'reminder', means: 'mail' }), entry('escalated', '2014-06-10T10:00', { vendor: 'acme', step: 'reminder', evidence: ['20140520T010000Z-vendor-contacted-0000.md'] }), entry('corrected', '2014-06-11T10:00', { entry: '20140520T010000Z-vendor-contacted-0000.md', reason: 'never sent' })];
    expect(rules(log)).toEqual(['warning dangling-entry']);
  });
});

describe('help for a declined reporter', () => {
  const declined = [STORY.received, STORY.assessed, entry('declined', '2014-05-02T11:00', { reason: 'not maintained', assistance: ['contact-attempt'] }), STORY.added, STORY.contacted];
  test('sets no start day', () => {
    const { state, findings } = run(declined);
    expect(findings).toEqual([]);
    expect(state.startDay).toBeUndefined();
    expect(state.vendors.get('acme')?.progress).toBe('not-contacted');
  });
  test('asked again and accepted, the next contact does', () => {
    const log = [...declined, entry('reopened', '2014-05-10T10:00', { reason: 'a new version' }), entry('accepted', '2014-05-11T10:00', { reason: 'maintained again' }), entry('vendor-contacted', '2014-05-12T10:00', { vendor: 'acme', purpose: 'first-contact', means: 'mail' })];
    expect(run(log).state).toMatchObject({ status: 'coordinating', startDay: parseInstant('2014-05-12T10:00:00+09:00') });
  });
});

describe('public status', () => {
  const some = entry('vendor-status', '2014-05-20T12:00', { vendor: 'acme', status: 'not-affected', cves: ['CVE-2014-0224'] });
  test('for some ids stands beside the one for all', () => {
    const vendor = run([...storyUntil('status'), some]).state.vendors.get('acme');
    expect(vendor?.status?.entry.status).toBe('affected');
    expect(vendor?.statusByCve.get('CVE-2014-0224')?.entry.status).toBe('not-affected');
  });
  test('a later one for all replaces both', () => {
    const vendor = run([...storyUntil('status'), some, entry('vendor-status', '2014-05-21T12:00', { vendor: 'acme', status: 'disputed', reason: 'by design' })]).state.vendors.get('acme');
    expect(vendor?.status?.entry.status).toBe('disputed');
    expect(vendor?.statusByCve.size).toBe(0);
  });
});

test('a date that fell through takes the consents with it', () => {
  const { state } = run([...storyUntil('scheduled'), entry('unscheduled', '2014-06-01T10:00', { reason: 'the fix is late' })]);
  expect(state.status).toBe('coordinating');
  expect(state.scheduled).toBeUndefined();
  expect(state.agreedDates.size).toBe(0);
});

describe('whatever the log says', () => {
  const PARTIES = ['team', 'reporter', 'vendor:acme', 'vendor:nobody', 'partner:certcc'];
  const NAMES = [STORY.received.name, STORY.contacted.name, '20140101T000000Z-note-0000.md'];
  const at = fc.integer({ min: 0, max: 400 }).map((hours) => parseInstant('2014-05-01T10:00:00+09:00') + hours * 3_600_000);
  const wild: fc.Arbitrary<LoggedEntry> = fc
    .record({
      event: fc.constantFrom(...EVENTS.map(({ name }) => name)),
      at,
      vendor: fc.constantFrom('acme', 'beta', 'nobody'),
      party: fc.constantFrom(...PARTIES),
      entry: fc.constantFrom(...NAMES),
      until: fc.constantFrom('2014-05-05T10:00:00+09:00', '2014-07-05T10:00:00Z'),
      because: fc.constantFrom('no-resolution', 'committee-refused', 'done', 'already-public'),
      hex: fc.stringMatching(/^[0-9a-f]{4}$/),
      emergency: fc.option(fc.constant('attacks'), { nil: undefined }),
      progress: fc.constantFrom(undefined, 'rejected', 'accepted'),
      outcome: fc.constantFrom(undefined, 'answered', 'bounced'),
      purpose: fc.constantFrom('first-contact', 'details'),
      holds: fc.boolean(),
      cves: fc.constantFrom(undefined, ['CVE-2014-0224']),
    })
    .map(({ event, at: when, hex, entry: named, holds, ...rest }) => {
      const name = `${String(when)}-${event}-${hex}.md`;
      return {
        path: `log/${name}`,
        name,
        text: '',
        at: when,
        where: () => ({ line: 1, column: 1 }),
        entry: { event, at: '', by: 'sato', role: 'developer', entry: named, evidence: [named], date: rest.until, cve: 'CVE-2014-0224', assigner: 'redhat', step: 'reminder', status: 'affected', remediation: 'fix', text: HASH, conditions: { confirmed: holds }, ...rest },
      } as unknown as LoggedEntry;
    });
  const logs = fc.array(fc.oneof({ weight: 2, arbitrary: wild }, { weight: 1, arbitrary: fc.constantFrom(...Object.values(STORY)) }), { maxLength: 25 });

  test('there is a state, and the order of the files changes nothing', () => {
    fc.assert(
      fc.property(logs, (log) => {
        const one = replay(aRecord(log));
        const other = replay(aRecord([...log].reverse()));
        // Files of one folder have different names; the same name twice has no order.
        fc.pre(new Set(log.map(({ name }) => name)).size === log.length);
        expect(other).toEqual(one);
      }),
      { numRuns: 400, seed: 61247051 },
    );
  });

  test('a case moves along the table and nowhere else, and each error is an entry that took no effect', () => {
    fc.assert(
      fc.property(logs, (log) => {
        const { state, findings } = replay(aRecord(log));
        let status: string = 'none';
        for (const step of state.path) {
          expect(step.from).toBe(status);
          expect(LIFECYCLE.some((row) => row.from === step.from && row.to === step.to && row.event === step.by.entry.event)).toBe(true);
          status = step.to;
        }
        if (status !== 'none') expect(state.status).toBe(status);
        for (const { rule, file } of findings.filter(({ rule: id, severity }) => severity === 'error' && id === 'illegal-transition')) {
          expect([rule, state.entries.filter(({ path }) => path === file).length <= log.filter(({ path }) => path === file).length - 1]).toEqual([rule, true]);
        }
      }),
      { numRuns: 400, seed: 61247051 },
    );
  });

  test('latches never go back', () => {
    fc.assert(
      fc.property(logs, wild, (log, more) => {
        fc.pre(more.entry.event !== 'corrected');
        const before = replay(aRecord(log)).state;
        const last = Math.max(0, ...log.map(({ at: when }) => when));
        const after = replay(aRecord([...log, { ...more, at: last + 1 }])).state;
        for (const latch of ['public', 'exploit', 'attacks'] as const) if (before.latches[latch]) expect(after.latches[latch]).toBe(before.latches[latch]);
      }),
      { numRuns: 300, seed: 61247051 },
    );
  });
});
