import { describe, expect, test } from 'vitest';
import type { EmbargoStatus } from '../../src/domain/case-state.ts';
import { afterEmbargoStep, EMBARGO, NO_EMBARGO, standingOffer, type EmbargoStep, type EmbargoTerms } from '../../src/domain/embargo.ts';

const STEPS: readonly EmbargoStep[] = ['propose', 'accept', 'reject', 'terminate'];
const JUNE = 20_140_601;
const JULY = 20_140_701;
const AUGUST = 20_140_801;

const EXPECTED: Readonly<Record<EmbargoStatus, readonly (EmbargoStatus | undefined)[]>> = {
  none: ['proposed', undefined, undefined, undefined],
  proposed: ['proposed', 'active', 'none', undefined],
  active: ['revise', 'active', 'active', 'exited'],
  revise: ['revise', 'active', 'active', 'exited'],
  exited: [undefined, undefined, undefined, undefined],
};

test.each(Object.entries(EXPECTED) as [EmbargoStatus, readonly (EmbargoStatus | undefined)[]][])('%s: every step', (from, to) => {
  expect(STEPS.map((step) => EMBARGO[from][step])).toEqual(to);
});

/** Plays steps, each 'step party [end]'. */
function play(...steps: readonly (readonly [EmbargoStep, string, number?])[]): EmbargoTerms {
  let terms = NO_EMBARGO;
  for (const [step, party, until] of steps) {
    const after = afterEmbargoStep(terms, step, party, until);
    if (!after) throw new Error(`${step} is not possible while ${terms.status}`);
    terms = after;
  }
  return terms;
}

describe('terms', () => {
  test('who proposes and who accepts are both bound', () => {
    const terms = play(['propose', 'team', JUNE], ['accept', 'vendor:acme']);
    expect(terms).toMatchObject({ status: 'active', until: JUNE });
    expect([...terms.acceptedBy].sort()).toEqual(['team', 'vendor:acme']);
  });
  test('a vendor that joins later accepts the terms in force', () => {
    const terms = play(['propose', 'team', JUNE], ['accept', 'vendor:acme'], ['accept', 'vendor:beta']);
    expect(terms).toMatchObject({ status: 'active', until: JUNE });
    expect(terms.acceptedBy.has('vendor:beta')).toBe(true);
  });
  test('a vendor that stays out ends nothing for the others', () => {
    const terms = play(['propose', 'team', JUNE], ['accept', 'vendor:acme'], ['reject', 'vendor:beta']);
    expect(terms.status).toBe('active');
    expect(terms.acceptedBy.has('vendor:beta')).toBe(false);
  });
  test('a new proposal of the same party replaces its old one', () => {
    const terms = play(['propose', 'team', JUNE], ['propose', 'team', JULY], ['accept', 'vendor:acme']);
    expect(terms).toMatchObject({ status: 'active', until: JULY });
  });
  test('of two proposals the earlier end wins and the later becomes a revision', () => {
    for (const order of [['team', JULY, 'vendor:acme', JUNE], ['vendor:acme', JUNE, 'team', JULY]] as const) {
      const terms = play(['propose', order[0], order[1]], ['propose', order[2], order[3]], ['accept', 'reporter']);
      expect(terms).toMatchObject({ status: 'revise', until: JUNE });
      expect(standingOffer(terms.offers)).toEqual({ party: 'team', until: JULY });
    }
  });
  test('while a revision is open the old terms hold; accepted, the new ones do', () => {
    const open = play(['propose', 'team', JUNE], ['accept', 'vendor:acme'], ['propose', 'vendor:acme', AUGUST]);
    expect(open).toMatchObject({ status: 'revise', until: JUNE });
    expect(afterEmbargoStep(open, 'accept', 'team')).toMatchObject({ status: 'active', until: AUGUST });
    expect(afterEmbargoStep(open, 'reject', 'team')).toMatchObject({ status: 'active', until: JUNE });
  });
  test('nobody accepts its own proposal, alone', () => {
    expect(afterEmbargoStep(play(['propose', 'team', JUNE]), 'accept', 'team')).toBeUndefined();
    const both = play(['propose', 'team', JUNE], ['propose', 'vendor:acme', JULY], ['accept', 'team']);
    expect([...both.acceptedBy].sort()).toEqual(['team', 'vendor:acme']);
  });
  test('a rejected first proposal leaves no embargo, but it was proposed', () => {
    expect(play(['propose', 'team', JUNE], ['reject', 'vendor:acme'])).toMatchObject({ status: 'none', everProposed: true });
  });
  test('nothing follows its end', () => {
    const over = play(['propose', 'team', JUNE], ['accept', 'vendor:acme'], ['terminate', 'team']);
    for (const step of STEPS) expect(afterEmbargoStep(over, step, 'team', JULY)).toBeUndefined();
  });
  test('an embargo without an end cannot be proposed', () => {
    expect(afterEmbargoStep(NO_EMBARGO, 'propose', 'team')).toBeUndefined();
  });
});
