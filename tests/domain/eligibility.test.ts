import { describe, expect, test } from 'vitest';
import type { LoggedEntry } from '../../src/domain/case.ts';
import { eligible, knowsOfCase, mayGetDetails } from '../../src/domain/eligibility.ts';
import { replay } from '../../src/domain/replay.ts';
import type { Vendor } from '../../src/generated/documents.ts';
import { ACME, aRecord, entry, storyUntil } from '../support/a-case.ts';

const without = (kind: Vendor['kind']): Vendor => ({ schemaVersion: 1, name: ACME.name, kind, contacts: ACME.contacts });

describe('who may be told', () => {
  test.each<[Vendor['kind'], boolean, boolean]>([
    ['commercial', true, false],
    ['service-provider', true, false],
    ['individual', true, false],
    ['open-source', true, true],
    ['overseas', true, true],
  ])('%s: with an agreement %s, without %s', (kind, signed, unsigned) => {
    expect(eligible({ ...without(kind), agreement: { signed: '2012-04-01' } }, '2014-05-01').ok).toBe(signed);
    const found = eligible(without(kind), '2014-05-01');
    expect(found.ok).toBe(unsigned);
    expect(found.why).not.toBe('');
    expect(found.hint === '').toBe(unsigned);
  });
});

test('an agreement counts from the day that it bears', () => {
  const signed = { ...without('commercial'), agreement: { signed: '2014-05-02' } };
  expect(eligible(signed, '2014-05-01')).toMatchObject({ ok: false, why: expect.stringContaining('has not come yet') as string });
  expect(eligible(signed, '2014-05-02').ok).toBe(true);
});

test.each<[string, readonly LoggedEntry[], boolean]>([
  ['was only contacted', [], false],
  ['has the details', [entry('vendor-contacted', '2014-05-09T10:00', { vendor: 'acme', purpose: 'details', means: 'mail' })], true],
  ['has answered', [entry('vendor-replied', '2014-05-09T10:00', { vendor: 'acme' })], true],
  ['was told a date without having answered (policy F), and hears when it falls through', [entry('vendor-contacted', '2014-09-09T10:00', { vendor: 'acme', purpose: 'date', means: 'mail' })], true],
])('knows of the case who %s: %#', (_who, log, knows) => {
  const { state } = replay(aRecord([...storyUntil('contacted'), ...log]));
  expect([knowsOfCase(state, 'acme'), knowsOfCase(state, 'other')]).toEqual([knows, false]);
});

describe('who may get details', () => {
  const may = (log: readonly LoggedEntry[], vendor: Vendor, slug = 'acme'): string => {
    const { ok, why, hint } = mayGetDetails(replay(aRecord(log)).state, slug, vendor, '2014-05-12');
    expect(hint === '').toBe(ok);
    return `${ok ? 'yes' : 'no'}: ${why}`;
  };
  const proposed = entry('embargo-proposed', '2014-05-09T10:00', { party: 'team', until: '2014-06-06T12:00:00+09:00' });
  const accepted = entry('embargo-accepted', '2014-05-10T10:00', { party: 'vendor:acme' });

  test('without an embargo: who signed, or who has confirmed the contact', () => {
    expect(may(storyUntil('contacted'), ACME)).toBe('yes: its agreement of 2012-04-01 covers the details');
    expect(may(storyUntil('contacted'), without('open-source'))).toBe('no: acme has not confirmed yet that it is the right contact');
    expect(may(storyUntil('replied'), without('open-source'))).toBe('yes: it has confirmed the contact');
    expect(may(storyUntil('replied'), without('overseas'))).toBe('yes: it has confirmed the contact');
  });
  test('with one: only who accepted it, signed or not', () => {
    expect(may([...storyUntil('replied'), proposed], ACME)).toBe('no: an embargo was proposed, and acme has not accepted it');
    expect(may([...storyUntil('replied'), proposed, accepted], ACME)).toBe('yes: it has accepted the embargo');
    expect(may([...storyUntil('replied'), proposed, entry('embargo-rejected', '2014-05-10T10:00', { party: 'vendor:acme' })], ACME)).toMatch(/^no: an embargo was proposed/);
  });
  test('that another party accepted is not enough', () => {
    const beta = entry('vendor-added', '2014-05-09T09:00', { vendor: 'beta', role: 'downstream' });
    expect(may([...storyUntil('replied'), beta, proposed, accepted], ACME, 'beta')).toMatch(/^no: an embargo was proposed/);
  });
  test('once the embargo is over, the rule without one holds again', () => {
    expect(may([...storyUntil('replied'), proposed, accepted, entry('embargo-terminated', '2014-05-11T10:00', { reason: 'public' })], without('overseas'))).toBe('yes: it has confirmed the contact');
  });
  test('never a stranger, and never one who may not be told at all', () => {
    expect(may(storyUntil('replied'), ACME, 'beta')).toBe('no: beta is not a party to the case');
    expect(may(storyUntil('replied'), without('commercial'))).toMatch(/^no: a domestic vendor/);
  });
});
