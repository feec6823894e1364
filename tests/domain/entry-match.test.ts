import { expect, test } from 'vitest';
import { concerns, describeMatch, entryField, matches } from '../../src/domain/entry-match.ts';
import { entry, STORY } from '../support/a-case.ts';

const call = entry('vendor-contacted', '2014-05-07T10:00', { vendor: 'acme', purpose: 'reminder', means: 'phone' });

test.each([
  [{ event: 'vendor-contacted' }, true],
  [{ event: 'vendor-replied' }, false],
  [{ event: 'vendor-contacted', with: { means: 'phone' } }, true],
  [{ event: 'vendor-contacted', with: { means: ['post', 'phone'] } }, true],
  [{ event: 'vendor-contacted', with: { means: ['post', 'fax'] } }, false],
  [{ event: 'vendor-contacted', with: { means: 'phone', purpose: 'details' } }, false],
  [{ event: 'vendor-contacted', with: { outcome: 'answered' } }, false],
  [{ event: 'vendor-contacted', with: { 'means.length': 5 } }, false],
  [{ event: 'vendor-contacted', with: { constructor: true } }, false],
])('%j: %s', (match, expected) => {
  expect(matches(call, match)).toBe(expected);
});

test('a dot leads into a field, and not past its own fields', () => {
  expect(matches(STORY.assessed, { event: 'assessed', with: { 'criteria.reproducible.answer': 'yes' } })).toBe(true);
  expect(matches(STORY.assessed, { event: 'assessed', with: { 'criteria.maintained.answer': 'yes' } })).toBe(false);
  expect(entryField(STORY.assessed, 'criteria.__proto__')).toBeUndefined();
});

test('an entry concerns the vendor that it names; one that names none concerns all', () => {
  expect([concerns(call, 'acme'), concerns(call, 'beta')]).toEqual([true, false]);
  expect([concerns(STORY.agreed, 'acme'), concerns(STORY.agreed, 'beta'), concerns(STORY.reporterAgreed, 'acme')]).toEqual([true, false, false]);
  expect(concerns(STORY.received, 'acme')).toBe(true);
});

test('for people', () => {
  expect(describeMatch({ event: 'note' })).toBe('note');
  expect(describeMatch({ event: 'vendor-contacted', with: { means: ['phone', 'post'] } })).toBe('vendor-contacted (means: phone or post)');
});
