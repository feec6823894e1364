import { expect, test } from 'vitest';
import { questionList, questionsFor } from '../../src/domain/reporter-questions.ts';
import { jpcertPolicy } from '../support/a-case.ts';

const POLICY = jpcertPolicy();
const asked = (...given: Parameters<typeof questionsFor> extends [unknown, ...infer Rest] ? Rest : never): string[] => questionsFor(POLICY, ...given).map(({ id }) => id);

test('what is unknown and what is missing is asked, each once', () => {
  expect(asked('direct', { reproducible: { answer: 'unknown' }, 'proof-given': { answer: 'unknown' } }, new Set(['poc', 'impact']))).toEqual(['reproducible', 'proof', 'impact']);
});
test('an answered criterion asks nothing, whatever the report lacks', () => {
  expect(asked('direct', { 'impact-described': { answer: 'yes' }, 'proof-given': { answer: 'no' } }, new Set(['poc', 'impact']))).toEqual([]);
});
test('a question of the other route is not asked', () => {
  expect(asked('partnership', { reproducible: { answer: 'unknown' } }, new Set(['discovery']))).toEqual(['reproducible']);
});
test('a policy without questions asks none', () => {
  expect(questionsFor({}, 'direct', { reproducible: { answer: 'unknown' } }, new Set(['poc']))).toEqual([]);
});
test('the list is numbered where there are several, in the language of the reporter, with further questions last', () => {
  const questions = questionsFor(POLICY, 'direct', {}, new Set(['discovery']));
  expect(questionList(questions, ['どの設定でしたか。'], 'ja')).toMatch(/^1\. 発見の経緯.*\n2\. どの設定でしたか。$/);
  expect(questionList(questions, [], 'en')).toMatch(/^How did you find it/);
});
