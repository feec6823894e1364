import { describe, expect, test } from 'vitest';
import { unansweredCriteria } from '../../src/domain/acceptance.ts';
import { EVENTS } from '../../src/generated/events.ts';
import type { EntryMatch } from '../../src/generated/documents.ts';
import { jpcertPolicy } from '../support/a-case.ts';

const POLICY = jpcertPolicy();

test('it fits its schema and names itself', () => {
  expect(POLICY).toMatchObject({ schemaVersion: 1, name: 'jpcert' });
});

describe('acceptance', () => {
  test('the twelve criteria of the direct route are asked, in their order', () => {
    expect(unansweredCriteria(POLICY, 'direct', {}).map(({ id }) => id)).toEqual([
      'vulnerability', 'not-debug-mode', 'not-training-target', 'exact-version', 'reproducible', 'maintained',
      'vendor-fixes-security', 'discovery-described', 'proof-given', 'impact-described', 'not-public', 'significant-if-xss',
    ]);
  });
  test('the partnership route asks what the receiving organisation asks', () => {
    expect(unansweredCriteria(POLICY, 'partnership', {}).map(({ id }) => id)).toEqual(['vulnerability', 'reproducible', 'not-public', 'report-complete', 'report-consistent', 'guideline-scope']);
  });
  test('every question is put in both languages', () => {
    for (const { question } of POLICY.acceptance) expect([question.en, question.ja].map((text) => typeof text)).toEqual(['string', 'string']);
  });
});

test('what is out of scope is said in both languages, with who handles it instead', () => {
  expect(POLICY.outOfScope?.map(({ kind }) => kind)).toEqual(['specification', 'algorithm', 'web-site']);
  for (const { reason, handOver } of POLICY.outOfScope ?? []) expect([reason.en, reason.ja, handOver?.en, handOver?.ja].map((text) => typeof text)).toEqual(['string', 'string', 'string', 'string']);
});

test('the ladder is named in both languages, and its steps are those that deadlines speak of', () => {
  const steps = POLICY.escalation.map(({ id }) => id);
  expect(steps).toEqual(['reminder', 'second-reminder', 'other-means', 'third-party', 'list-name', 'list-product', 'contact-limit', 'committee', 'decide']);
  for (const { title } of POLICY.escalation) expect([title.en, title.ja].map((text) => typeof text)).toEqual(['string', 'string']);
  const named = POLICY.deadlines.flatMap(({ starts, metBy = [] }) => [starts, ...metBy]).flatMap((match) => [match.with?.['step'] ?? []].flat(2));
  expect(named.filter((id) => !steps.includes(String(id)))).toEqual([]);
});

test('the gate makes all nine checks', () => {
  expect(POLICY.gate.map(({ check }) => check)).toEqual(['date-agreed', 'remediation', 'no-attack-detail', 'vendor-status', 'both-languages', 'credit', 'cve', 'embargo', 'approved']);
});

test('every event and field that it names exists', () => {
  const named: EntryMatch[] = [
    ...POLICY.deadlines.flatMap(({ starts, metBy = [], endsWith = [] }) => [...(starts.event === undefined ? [] : [{ ...starts, event: starts.event }]), ...metBy, ...endsWith]),
    ...POLICY.escalation.flatMap(({ needs = [] }) => needs),
  ];
  for (const { event, with: fields = {} } of named) {
    const known = EVENTS.find(({ name }) => name === event);
    expect([event, known === undefined ? 'unknown' : 'known']).toEqual([event, 'known']);
    for (const field of Object.keys(fields)) expect(known?.fields.map(({ name }) => name)).toContain(field.split('.')[0]);
  }
});

test('every rule has an id of its own and says where it comes from', () => {
  const { outOfScope = [], questions = [], ssvc = [], priority } = POLICY;
  for (const rules of [POLICY.acceptance, POLICY.deadlines, POLICY.escalation, questions, ssvc, priority.flags ?? []]) expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  for (const { source } of [...POLICY.acceptance, ...POLICY.deadlines, ...POLICY.escalation, ...POLICY.gate, priority, ...(priority.flags ?? []), ...outOfScope, ...questions, ...ssvc]) {
    expect(source).toMatch(/^(?:policy 2018|guideline|lessons|overview|coordination|CNA rules|Vultron|SSVC|own choice)/);
  }
});
