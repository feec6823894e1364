import { expect, test } from 'vitest';
import { criteriaFor, unansweredCriteria, type Answers } from '../../src/domain/acceptance.ts';
import type { AcceptanceCriterion } from '../../src/generated/documents.ts';

const criterion = (id: string, changes: Partial<AcceptanceCriterion> = {}): AcceptanceCriterion => ({ id, question: { en: `${id}?` }, required: true, source: 'policy 2018, B', ...changes });
const POLICY = { acceptance: [criterion('exact-version'), criterion('maintained', { routes: ['direct'] }), criterion('recent', { required: false })] };
const ids = (criteria: readonly AcceptanceCriterion[]): string[] => criteria.map(({ id }) => id);

const ANSWERS: Answers = { 'exact-version': { answer: 'unknown' }, maintained: { answer: 'no', note: 'archived in 2011' } };

test('each route has its questions', () => {
  expect(ids(criteriaFor(POLICY, 'direct'))).toEqual(['exact-version', 'maintained', 'recent']);
  expect(ids(criteriaFor(POLICY, 'partnership'))).toEqual(['exact-version', 'recent']);
});
test('unknown is an answer, no answer is not; what is not required may stay open', () => {
  expect(ids(unansweredCriteria(POLICY, 'direct', {}))).toEqual(['exact-version', 'maintained']);
  expect(unansweredCriteria(POLICY, 'direct', ANSWERS)).toEqual([]);
});
test('a question with the name of something that every object has is a question all the same', () => {
  expect(ids(unansweredCriteria({ acceptance: [criterion('constructor')] }, 'direct', {}))).toEqual(['constructor']);
});
