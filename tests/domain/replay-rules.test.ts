import { describe, expect, test } from 'vitest';
import type { LoggedEntry } from '../../src/domain/case.ts';
import { replay } from '../../src/domain/replay.ts';
import { aRecord, entry, HASH, STORY, storyUntil } from '../support/a-case.ts';

const run = (...log: readonly LoggedEntry[]): ReturnType<typeof replay> => replay(aRecord(log));
const findings = (...log: readonly LoggedEntry[]): string[] => run(...log).findings.map(({ rule, severity, message }) => `${severity} ${rule}: ${message}`);
const vendor = (...log: readonly LoggedEntry[]) => run(...log).state.vendors.get('acme');

const JUNE = '2014-06-06T12:00:00+09:00';
const JULY = '2014-07-01T12:00:00+09:00';
const replied = storyUntil('replied');
const proposed = entry('embargo-proposed', '2014-05-09T10:00', { party: 'team', until: JUNE });
const accepted = entry('embargo-accepted', '2014-05-10T10:00', { party: 'vendor:acme' });
const inForce = [...replied, proposed, accepted];

describe('fix path of a vendor', () => {
  test('unaware while it only knows that somebody wants to talk', () => {
    expect(vendor(...storyUntil('contacted'))?.fixPath).toBe('unaware');
    expect(vendor(...storyUntil('contacted'), entry('vendor-replied', '2014-05-08T10:00', { vendor: 'acme', progress: 'acknowledged' }))?.fixPath).toBe('unaware');
  });
  test.each<[string, LoggedEntry]>([
    ['the details', entry('vendor-contacted', '2014-05-08T10:00', { vendor: 'acme', purpose: 'details', means: 'mail' })],
    ['its word that it works on it', entry('vendor-replied', '2014-05-08T10:00', { vendor: 'acme', progress: 'accepted' })],
    ['its verification', entry('verified', '2014-05-08T10:00', { vendor: 'acme', result: 'confirmed' })],
  ])('aware by %s', (_what, by) => {
    expect(vendor(...storyUntil('contacted'), by)?.fixPath).toBe('aware');
  });
  test('details that bounced tell nobody', () => {
    expect(vendor(...storyUntil('contacted'), entry('vendor-contacted', '2014-05-08T10:00', { vendor: 'acme', purpose: 'details', means: 'mail', outcome: 'bounced' }))).toMatchObject({ fixPath: 'unaware', gotDetails: false });
  });
  test('ready by a fix of its own, and by nothing else', () => {
    expect(vendor(...storyUntil('fixed'))?.fixPath).toBe('fix-ready');
    expect(vendor(...replied, entry('fix-available', '2014-05-20T10:00', { vendor: 'acme', remediation: 'workaround' }))?.fixPath).toBe('aware');
    expect(vendor(...replied, entry('fix-available', '2014-05-20T10:00', { remediation: 'fix' }))?.fixPath).toBe('aware');
  });
  test('deployed once it reached the users; the way stands in changes', () => {
    const deployed = entry('fix-deployed', '2014-06-10T10:00', { vendor: 'acme' });
    const { state, findings: found } = run(...storyUntil('fixed'), deployed, entry('fix-deployed', '2014-06-11T10:00', { vendor: 'acme' }));
    expect(found).toEqual([]);
    expect(state.changes.flatMap((change) => (change.of === 'fix-path' ? [`${change.to} ${change.by.entry.event}`] : []))).toEqual(['unaware vendor-added', 'aware vendor-replied', 'fix-ready fix-available', 'fix-deployed fix-deployed']);
  });
  test('a fix that nobody has cannot be deployed', () => {
    expect(findings(...replied, entry('fix-deployed', '2014-06-10T10:00', { vendor: 'acme' }))).toEqual(['error illegal-transition: no fix of acme is on record, so none can have reached its users']);
  });
});

describe('answers in other words', () => {
  const silent = [...storyUntil('contacted'), entry('escalated', '2014-06-10T10:00', { vendor: 'acme', step: 'reminder', evidence: [STORY.contacted.name] })];
  test.each<[string, LoggedEntry]>([
    ['a verification', entry('verified', '2014-06-11T10:00', { vendor: 'acme', result: 'not-confirmed' })],
    ['an opinion', entry('opinion-given', '2014-06-11T10:00', { vendor: 'acme', opinion: 'No.' })],
  ])('%s ends the silence', (_what, by) => {
    expect(vendor(...silent)?.progress).toBe('silent');
    expect(vendor(...silent, by)).toMatchObject({ progress: 'acknowledged', lastReply: by.at, steps: [] });
  });
  test('a verification by the team says nothing about a vendor', () => {
    const { state } = run(...silent, entry('verified', '2014-06-11T10:00', { result: 'confirmed' }));
    expect(state.vendors.get('acme')?.progress).toBe('silent');
    expect(state.verifications).toHaveLength(1);
  });
});

describe('public status', () => {
  const status = (day: string, to: 'affected' | 'not-affected' | 'unknown' | 'not-affected-investigating', cves?: string[]): LoggedEntry => entry('vendor-status', `2014-05-${day}T10:00`, { vendor: 'acme', status: to, ...(cves ? { cves } : {}) });
  test('who has spoken is never unknown again', () => {
    const { state, findings: found } = run(...replied, status('20', 'affected'), status('21', 'unknown'));
    expect(found).toMatchObject([{ rule: 'illegal-transition', message: 'the public status of acme cannot go from affected to unknown', fix: expect.stringMatching(/^choose one of not-affected, affected-investigating, disputed; if 2014\S+-vendor-status-0000\.md is the mistake, correct it$/) as string }]);
    expect(state.vendors.get('acme')?.status?.entry.status).toBe('affected');
  });
  test('each vulnerability has its own', () => {
    const cves = ['CVE-2014-0224'];
    expect(findings(...replied, status('20', 'affected', cves), status('21', 'unknown', ['CVE-2014-0198']))).toEqual([]);
    expect(findings(...replied, status('20', 'unknown'), status('21', 'affected', cves), status('22', 'not-affected-investigating', cves))).toHaveLength(1);
    expect(findings(...replied, status('20', 'affected', cves), status('21', 'unknown'))).toHaveLength(1);
  });
});

describe('embargo', () => {
  const over = '2014-06-07T10:00';
  test.each<[string, LoggedEntry[], string]>([
    ['its end lies ahead', [...replied, entry('embargo-proposed', over, { party: 'team', until: JUNE })], 'an embargo ends after the moment'],
    ['an offer that has passed is not accepted', [...replied, proposed, entry('embargo-accepted', over, { party: 'vendor:acme' })], 'an embargo ends after the moment'],
    ['it is not prolonged after its end', [...inForce, entry('embargo-proposed', over, { party: 'team', until: JULY })], 'had ended by then'],
    ['nor is a revision accepted then', [...inForce, entry('embargo-proposed', '2014-06-01T10:00', { party: 'team', until: JULY }), entry('embargo-accepted', over, { party: 'vendor:acme' })], 'had ended by then'],
    ['nothing new when an exploit is public', [...inForce, entry('exploit-public', '2014-05-15T10:00', { how: 'x' }), entry('embargo-proposed', '2014-05-16T10:00', { party: 'team', until: JULY })], 'exploit-public is on record'],
    ['nor is an open offer accepted under attack', [...replied, proposed, entry('attacks-observed', '2014-05-09T12:00', { how: 'x' }), accepted], 'attacks-observed is on record'],
  ])('%s', (_name, log, message) => {
    const found = run(...log).findings.filter(({ severity }) => severity === 'error');
    expect(found.map(({ rule }) => rule)).toEqual(['embargo-order']);
    expect(found[0]?.message).toContain(message);
  });

  test('under attack a vendor may still join the terms in force', () => {
    const log = [...inForce, entry('vendor-added', '2014-05-11T10:00', { vendor: 'beta', role: 'downstream' }), entry('attacks-observed', '2014-05-15T10:00', { how: 'x' }), entry('embargo-accepted', '2014-05-16T10:00', { party: 'vendor:beta' })];
    expect(run(...log).state.embargo.acceptedBy).toContain('vendor:beta');
    expect(findings(...log)).toEqual(["warning embargo-order: the embargo should end: attacks-observed is on record and the embargo is 'active'"]);
  });

  test.each([
    ['public-known', 'must'],
    ['exploit-public', 'must'],
    ['attacks-observed', 'should'],
  ] as const)('%s: it %s end', (event, word) => {
    const log = [...inForce, entry(event, '2014-05-15T10:00', { how: 'x' })];
    expect(findings(...log)).toEqual([`warning embargo-order: the embargo ${word} end: ${event} is on record and the embargo is 'active'`]);
    expect(findings(...log, entry('embargo-terminated', '2014-05-15T11:00', { reason: 'x' }))).toEqual([]);
  });

  test('an open offer, too', () => {
    const log = [...replied, proposed, entry('public-known', '2014-05-15T10:00', { how: 'x' })];
    expect(run(...log).findings).toMatchObject([{ fix: 'record embargo-rejected' }]);
    expect(findings(...log, entry('embargo-rejected', '2014-05-15T11:00', { party: 'vendor:acme' }))).toEqual([]);
  });

  test('a public exploit is a public flaw; the first entry that says so stays', () => {
    const exploit = entry('exploit-public', '2014-05-15T10:00', { how: 'x' });
    const { latches } = run(...replied, exploit, entry('public-known', '2014-05-16T10:00', { how: 'y' })).state;
    expect([latches.public?.name, latches.exploit?.name, latches.attacks]).toEqual([exploit.name, exploit.name, undefined]);
  });

  test('its end publishes nothing', () => {
    expect(run(...inForce, entry('embargo-terminated', '2014-05-15T10:00', { reason: 'x' })).state).toMatchObject({ status: 'coordinating', embargo: { status: 'exited' } });
  });

  test('publication voids an offer that nobody accepted', () => {
    const log = [...storyUntil('scheduled'), entry('embargo-proposed', '2014-05-25T10:00', { party: 'team', until: JULY }), entry('published', '2014-06-06T12:00', { text: HASH, date: JUNE })];
    expect(run(...log)).toMatchObject({ findings: [], state: { embargo: { status: 'none' } } });
  });

  test('who stays out of an embargo in force gets no details', () => {
    const out = entry('embargo-rejected', '2014-05-11T10:00', { party: 'vendor:acme' });
    expect(findings(...inForce, out, entry('vendor-contacted', '2014-05-12T10:00', { vendor: 'acme', purpose: 'details', means: 'mail' }))).toHaveLength(1);
  });

  test('after its end details are no secret', () => {
    expect(findings(...replied, proposed, entry('embargo-accepted', '2014-05-10T10:00', { party: 'reporter' }), entry('vendor-contacted', over, { vendor: 'acme', purpose: 'details', means: 'mail' }))).toEqual([]);
  });

  describe('partners', () => {
    const told = (purpose: 'analysis' | 'contact-search', party = 'partner:certcc', outcome?: 'bounced'): LoggedEntry => entry('partner-contacted', '2014-05-12T10:00', { party, purpose, means: 'mail', ...(outcome ? { outcome } : {}) });
    test('a partner that has not accepted gets no details', () => {
      expect(findings(...inForce, told('analysis'))).toEqual([expect.stringMatching(/^warning embargo-order: details went to certcc/)]);
    });
    test('who accepted, the receiving organisation, a search for a contact and what never arrived are fine', () => {
      expect(findings(...inForce, entry('embargo-accepted', '2014-05-11T10:00', { party: 'partner:certcc' }), told('analysis'))).toEqual([]);
      expect(findings(...inForce, told('analysis', 'receiving-organisation'))).toEqual([]);
      expect(findings(...inForce, told('contact-search'))).toEqual([]);
      expect(findings(...inForce, told('analysis', 'partner:certcc', 'bounced'))).toEqual([]);
    });
  });
});

describe('the committee', () => {
  const holds = { uncoordinatable: true, confirmed: true, 'users-unaware': true, 'no-reason-against': true, 'developer-heard': true };
  const cleared = entry('committee-cleared', '2014-12-01T10:00', { conditions: holds });
  const returned = entry('committee-returned', '2014-12-20T10:00', { reason: 'the developer has answered' });
  test('gives a case back: its clearance is gone', () => {
    const { state, findings: found } = run(...replied, cleared, returned);
    expect(found).toEqual([]);
    expect(state).toMatchObject({ status: 'coordinating' });
    expect(state.committeeCleared).toBeUndefined();
  });
  test('and a date that was set falls', () => {
    const { state, findings: found } = run(...storyUntil('scheduled'), cleared, returned);
    expect(found).toEqual([]);
    expect(state).toMatchObject({ status: 'coordinating', path: expect.arrayContaining([expect.objectContaining({ from: 'scheduled', to: 'coordinating', by: returned })]) as unknown });
    expect([state.scheduled, state.agreedDates.size]).toEqual([undefined, 0]);
  });
  test('its refusal is gone as well', () => {
    expect(findings(...replied, entry('committee-refused', '2014-12-01T10:00', { reason: 'x' }), returned, entry('closed', '2014-12-21T10:00', { because: 'committee-refused', reason: 'x' }))).toHaveLength(1);
  });
  test('its last word counts', () => {
    expect(findings(...replied, entry('committee-refused', '2014-11-01T10:00', { reason: 'x' }), cleared, entry('closed', '2014-12-21T10:00', { because: 'committee-refused', reason: 'x' }))).toHaveLength(1);
  });
  test('has nothing to give back before a case is coordinated', () => {
    expect(findings(...storyUntil('accepted'), returned)).toHaveLength(1);
  });
});

describe('a case that ended and goes on', () => {
  const published = entry('published', '2014-06-06T12:00', { text: HASH, date: JUNE });
  const done = entry('closed', '2014-07-01T10:00', { because: 'done', reason: 'all is said' });
  const again = entry('reopened', '2014-08-01T10:00', { reason: 'a new version' });
  test('what was published is published again, and can be updated', () => {
    const { state, findings: found } = run(...storyUntil('scheduled'), published, done, again, entry('updated', '2014-08-02T10:00', { text: HASH, summary: { en: 'x' } }));
    expect(found).toEqual([]);
    expect(state).toMatchObject({ status: 'published', published: { name: published.name } });
  });
  test('what was not is received again, without the date that was set', () => {
    const { state } = run(...storyUntil('scheduled'), entry('closed', '2014-09-10T10:00', { because: 'no-resolution', reason: 'x' }), entry('reopened', '2014-09-11T10:00', { reason: 'x' }));
    expect(state).toMatchObject({ status: 'received' });
    expect([state.scheduled, state.agreedDates.size]).toEqual([undefined, 0]);
  });
});

describe('new events need their parties', () => {
  test.each<[string, LoggedEntry]>([
    ['fix-deployed', entry('fix-deployed', '2014-05-21T10:00', { vendor: 'nobody' })],
    ['verified', entry('verified', '2014-05-21T10:00', { vendor: 'nobody', result: 'confirmed' })],
    ['wave-opened', entry('wave-opened', '2014-05-21T10:00', { wave: 'downstream', vendor: 'nobody' })],
    ['advance-notice-agreed', entry('advance-notice-agreed', '2014-05-21T10:00', { vendor: 'nobody' })],
    ['partner-contacted', entry('partner-contacted', '2014-05-21T10:00', { party: 'partner:certcc', purpose: 'contact-search', means: 'mail', vendor: 'nobody' })],
    ['deadline-extended', entry('deadline-extended', '2014-05-21T10:00', { deadline: 'publish-target', vendor: 'nobody', until: JULY, reason: 'x' })],
    ['opinion-asked', entry('opinion-asked', '2014-05-21T10:00', { vendor: 'nobody' })],
  ])('%s', (_event, logged) => {
    expect(run(...storyUntil('fixed'), logged).findings).toMatchObject([{ rule: 'vendor-not-in-case' }]);
  });
  test('the wish to be released and the release are kept', () => {
    const asked = entry('release-requested', '2015-06-01T10:00', {});
    const released = entry('reporter-released', '2015-06-02T10:00', { reason: 'a year has passed' });
    expect(run(...replied, asked, released)).toMatchObject({ findings: [], state: { release: { requested: { name: asked.name }, granted: { name: released.name } } } });
  });
  test('details help a declined reporter only where no embargo stands against it', () => {
    const declined = [STORY.received, STORY.added, proposed, STORY.assessed, entry('declined', '2014-05-10T11:00', { reason: 'x' }), entry('vendor-contacted', '2014-05-12T10:00', { vendor: 'acme', purpose: 'details', means: 'mail' })];
    expect(findings(...declined)).toEqual([expect.stringMatching(/^warning embargo-order/)]);
  });
});
