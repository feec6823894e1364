import { expect, test } from 'vitest';
import type { ContactProgress } from '../../src/domain/case-state.ts';
import { afterStep, hasAnswered, stepOfContact, VENDOR_PROGRESS, type VendorStep } from '../../src/domain/vendor-progress.ts';

const STEPS: readonly VendorStep[] = ['tried', 'answered', 'refused', 'escalated', 'case-ended', 'case-reopened', 'case-reopened-untried', 'reply:acknowledged', 'reply:validating', 'reply:accepted', 'reply:deferred', 'reply:rejected'];

/** One line a status: where each step of the list above leads; - stays. */
const EXPECTED: Readonly<Record<ContactProgress, string>> = {
  'not-contacted': 'contacted acknowledged rejected - closed - - acknowledged validating accepted deferred rejected',
  contacted: '- acknowledged rejected silent closed - - acknowledged validating accepted deferred rejected',
  acknowledged: '- - rejected silent closed - - acknowledged validating accepted deferred rejected',
  validating: '- - rejected silent closed - - acknowledged validating accepted deferred rejected',
  accepted: '- - rejected silent closed - - acknowledged validating accepted deferred rejected',
  deferred: '- - rejected silent closed - - acknowledged validating accepted deferred rejected',
  rejected: '- - - - closed - - acknowledged validating accepted deferred rejected',
  silent: '- acknowledged rejected - closed - - acknowledged validating accepted deferred rejected',
  closed: '- - - - - contacted not-contacted - - - - -',
};

test.each(Object.entries(EXPECTED) as [ContactProgress, string][])('%s: every step', (from, line) => {
  const reached = STEPS.map((step) => afterStep(from, step)).map((to) => (to === from ? '-' : to));
  expect(reached).toEqual(line.split(' ').map((to) => (to === from ? '-' : to)));
});

test('the table has a row for every status', () => {
  expect(Object.keys(VENDOR_PROGRESS).sort()).toEqual(Object.keys(EXPECTED).sort());
});

test.each([
  ['sent', 'tried'],
  ['no-answer', 'tried'],
  ['bounced', 'tried'],
  ['answered', 'answered'],
  ['refused', 'refused'],
  [undefined, 'tried'],
] as const)('a contact with outcome %s is: %s', (outcome, step) => {
  expect(stepOfContact(outcome)).toBe(step);
});

test('silence and a bare attempt are no answer', () => {
  expect((Object.keys(EXPECTED) as ContactProgress[]).filter(hasAnswered).sort()).toEqual(['accepted', 'acknowledged', 'deferred', 'rejected', 'validating']);
});
