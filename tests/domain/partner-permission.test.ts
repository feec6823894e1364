import { describe, expect, it } from 'vitest';
import type { LoggedEntry } from '../../src/domain/case.ts';
import { mayTellPartner, partyOf, PURPOSES, vendorsForAdvanceNotice, type PartnerPurpose } from '../../src/domain/partner-permission.ts';
import { replay } from '../../src/domain/replay.ts';
import { mayTellVendor } from '../../src/domain/waves.ts';
import type { Partner } from '../../src/generated/documents.ts';
import { aRecord, entry, HASH, jpcertPolicy, storyUntil } from '../support/a-case.ts';

const POLICY = jpcertPolicy();
const partner = (kind: Partner['kind'], nda = true): Partner => ({ schemaVersion: 1, name: { en: 'One' }, kind, contacts: [{ email: 'a@b.example', language: 'en' }], ...(nda ? { nda: { signed: '2012-04-01' } } : {}) });
const ask = (kind: Partner['kind'], purpose: PartnerPurpose, log: readonly LoggedEntry[], { nda = true, waves = POLICY.waves } = {}) =>
  mayTellPartner({ slug: 'one', partner: partner(kind, nda), purpose, number: '61247051', state: replay(aRecord(log)).state, waves: { ...(waves ? { waves } : {}) } });

const base = storyUntil('replied');
const second = entry('vendor-added', '2014-05-09T10:00', { vendor: 'libre', role: 'downstream' });
const fix = entry('fix-available', '2014-05-20T10:00', { vendor: 'acme', remediation: 'fix' });
const consent = entry('advance-notice-agreed', '2014-05-20T11:00', { vendor: 'acme' });
const published = entry('published', '2014-06-06T12:00', { text: HASH, date: '2014-06-06T12:00:00+09:00' });
const proposed = entry('embargo-proposed', '2014-05-08T11:00', { party: 'team', until: '2014-06-06T12:00:00+09:00' });
const joined = [proposed, entry('embargo-accepted', '2014-05-08T12:00', { party: 'vendor:acme' })];

describe('what a partner may be told', () => {
  it.each<[string, Partner['kind'], PartnerPurpose, LoggedEntry[], boolean, string]>([
    ['a name to look for', 'third-party', 'contact-search', base, false, ''],
    ['analysis of one vendor alone', 'third-party', 'analysis', base, true, 'several vendors'],
    ['analysis of several, no agreement', 'third-party', 'analysis', [...base, second], false, 'non-disclosure'],
    ['analysis of several', 'third-party', 'analysis', [...base, second], true, ''],
    ['a notice to a third party', 'third-party', 'advance-notice', [...base, fix, consent], true, 'not written to for'],
    ['a notice without a fix', 'critical-infrastructure', 'advance-notice', [...base, consent], true, 'fix-available'],
    ['a notice with advice to stop using it', 'critical-infrastructure', 'advance-notice', [...base, entry('fix-available', '2014-05-20T10:00', { remediation: 'stop-using' }), consent], true, 'fix-available'],
    ['a notice without consent', 'critical-infrastructure', 'advance-notice', [...base, fix], true, 'advance-notice-agreed'],
    ['a notice without an agreement', 'critical-infrastructure', 'advance-notice', [...base, fix, consent], false, 'non-disclosure'],
    ['a notice', 'critical-infrastructure', 'advance-notice', [...base, fix, consent], true, ''],
    ['a centre without an agreement', 'partner-centre', 'advance-notice', base, false, 'non-disclosure'],
    ['a centre', 'partner-centre', 'advance-notice', base, true, ''],
    ['a centre that has not accepted the embargo', 'partner-centre', 'advance-notice', [...base, ...joined], true, 'has not accepted'],
    ['a centre that has', 'partner-centre', 'advance-notice', [...base, ...joined, entry('embargo-accepted', '2014-05-09T12:00', { party: 'partner:one' })], true, ''],
    ['the receiving organisation, under an embargo', 'receiving-organisation', 'verification', [...base, ...joined], false, ''],
    ['an advisory that is not public', 'receiving-organisation', 'published', base, true, 'not public yet'],
    ['an advisory that is, without any agreement', 'critical-infrastructure', 'published', [...storyUntil('scheduled'), published], false, ''],
  ])('%s', (_name, kind, purpose, log, nda, why) => {
    const permission = ask(kind, purpose, log, { nda });
    expect(permission.ok).toBe(why === '');
    expect(permission.why).toContain(why);
    if (!permission.ok) expect(permission.hint).not.toBe('');
  });

  it('is nothing where the policy has no wave for its kind', () => {
    expect(ask('critical-infrastructure', 'advance-notice', [...base, fix, consent], { waves: [] })).toMatchObject({ ok: false, hint: 'Add one to waves: in policy.yaml.' });
  });

  it('has a purpose for every kind, and names the receiving organisation without a short name', () => {
    expect(Object.values(PURPOSES).filter((purposes) => purposes.length === 0)).toEqual([]);
    expect([partyOf('ipa', partner('receiving-organisation')), partyOf('one', partner('third-party'))]).toEqual(['receiving-organisation', 'partner:one']);
  });

  it('is told of the products of vendors that consent and have a fix of their own, or one of nobody in particular', () => {
    const of = (...log: LoggedEntry[]): readonly string[] => vendorsForAdvanceNotice(replay(aRecord([...base, ...log])).state);
    expect(of(fix, consent)).toEqual(['acme']);
    expect(of(entry('fix-available', '2014-05-20T10:00', { vendor: 'libre', remediation: 'fix' }), consent)).toEqual([]);
    expect(of(entry('fix-available', '2014-05-20T10:00', { remediation: 'workaround' }), consent)).toEqual(['acme']);
  });
});

describe('the wave of a vendor', () => {
  const told = (log: readonly LoggedEntry[], role: 'developer' | 'upstream' | 'downstream' | 'oem', slug = 'libre') => mayTellVendor(POLICY, replay(aRecord(log)).state, '61247051', slug, role);
  it.each<[string, LoggedEntry[], boolean]>([
    ['nothing yet', [], false],
    ['upstream says so', [entry('wave-opened', '2014-05-10T10:00', { wave: 'downstream', vendor: 'acme' })], true],
    ['another wave', [entry('wave-opened', '2014-05-10T10:00', { wave: 'upstream' })], false],
    ['a fix', [fix], true],
    ['a workaround', [entry('fix-available', '2014-05-20T10:00', { remediation: 'workaround' })], true],
    ['advice to stop using it', [entry('fix-available', '2014-05-20T10:00', { remediation: 'stop-using' })], false],
  ])('downstream: %s', (_name, log, ok) => {
    for (const role of ['downstream', 'oem'] as const) expect(told([...base, ...log], role).ok).toBe(ok);
    for (const role of ['developer', 'upstream'] as const) expect(told([...base, ...log], role).ok).toBe(true);
  });

  it('names what is missing and what to type, and does not hold back who has the details', () => {
    expect(told(base, 'downstream')).toMatchObject({
      why: 'wave downstream waits for wave-opened (wave: downstream), or fix-available (remediation: fix or workaround)',
      hint: 'vcc record 61247051 wave-opened --wave downstream --vendor acme\nvcc record 61247051 fix-available --vendor acme --remediation fix',
    });
    // With no vendor before them, it is for the coordinator to say so.
    expect(told(storyUntil('accepted'), 'downstream')).toMatchObject({ hint: 'vcc record 61247051 wave-opened --wave downstream --reason TEXT\nvcc record 61247051 fix-available --vendor SLUG --remediation fix' });
    const details = [...base, second, entry('vendor-contacted', '2014-05-09T11:00', { vendor: 'libre', purpose: 'details', means: 'mail' })];
    expect(told(details, 'downstream').ok).toBe(true);
    expect(mayTellVendor({}, replay(aRecord(base)).state, '61247051', 'libre', 'downstream').ok).toBe(true);
  });
});
