import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checksNotAsked } from '../../src/domain/gate.ts';
import { checkPolicy } from '../../src/documents/policy-check.ts';
import { checkShape } from '../../src/documents/check-shape.ts';
import { readYaml } from '../../src/documents/yaml-text.ts';
import type { Policy } from '../../src/generated/documents.ts';

const POLICY = `schemaVersion: 1
name: test
acceptance: []
priority:
  bands: [4, 7]
  matrix: { wide: [normal, priority, priority], medium: [simple, normal, priority], narrow: [simple, simple, normal] }
  source: test
calendars:
  other: { zone: Europe/Berlin, source: test }
deadlines:
  - id: first
    title: First
    starts: { event: received }
    length: { amount: 5, unit: day }
    calendar: other
    per: case
    modality: must
    owed: team
    metBy: [{ event: accepted }]
    source: test
  - id: second
    title: Second
    starts: { deadline: first }
    length: { amount: 5, unit: day }
    earliestOf:
      - { starts: { event: published }, length: { amount: 1, unit: year } }
    pausedBy:
      - { from: { event: reporter-contacted, with: { purpose: questions } }, until: { event: reporter-replied } }
    grace: { amount: 1, unit: day }
    extension: { most: { amount: 14, unit: day }, needs: [{ event: vendor-replied }] }
    per: case
    modality: must
    owed: team
    source: test
escalation:
  - { id: step, title: { en: Step }, after: { amount: 1, unit: month }, source: test }
waves:
  - { id: wave, title: { en: Wave }, roles: [downstream], needs: [{ event: fix-available }], source: test }
gate:
  - { check: approved, source: test }
gateOmits:
  - { check: cve, reason: test }
`;

function findings(...edits: readonly (readonly [from: string, to: string])[]): string[] {
  let text = POLICY;
  for (const [from, to] of edits) {
    if (!text.includes(from)) throw new Error(`the policy has no ${from}`);
    text = text.replace(from, to);
  }
  const read = readYaml('policy.yaml', text);
  if (!read.ok) throw new Error(JSON.stringify(read.findings));
  const shape = checkShape('policy', read.value, read.where, 'policy.yaml');
  return (shape.length > 0 ? shape : checkPolicy(read.value as Policy, read.where)).map(({ line, column, message }) => `${line}:${column} ${message}`);
}

test('a right policy has no finding', () => {
  expect(findings()).toEqual([]);
});

describe('each mistake is found at its place', () => {
  test.each([
    ['an unknown event', ['event: received', 'event: recieved'], '13:15 there is no event recieved; did you mean received?'],
    ['an unknown event in a pause', ['until: { event: reporter-replied }', 'until: { event: reporter-answered }'], '28:87 there is no event reporter-answered'],
    ['an unknown event of an extension', ['needs: [{ event: vendor-replied }]', 'needs: [{ event: vendor-repied }]'], 'did you mean vendor-replied?'],
    ['an unknown event of a wave', ['event: fix-available', 'event: fix'], 'there is no event fix'],
    ['a field that the event lacks', ['{ purpose: questions }', '{ reason: questions }'], 'the event reporter-contacted has no field reason'],
    ['a value that the field never has', ['{ purpose: questions }', '{ purpose: question }'], 'purpose of reporter-contacted is never question'],
    ['an unknown calendar', ['calendar: other', 'calendar: otter'], '15:5 there is no calendar otter'],
    ['a time zone that does not exist', ['zone: Europe/Berlin', 'zone: Europe/Bonn'], '9:12 Europe/Bonn is no time zone'],
    ['an unknown deadline', ['deadline: first', 'deadline: fist'], '23:15 there is no deadline fist; did you mean first?'],
    ['a chain to what nothing meets', ['    metBy: [{ event: accepted }]\n', ''], 'nothing meets the deadline first'],
    ['a field that does not go with a chain', ['{ deadline: first }', '{ deadline: first, which: last }'], 'which does not go with deadline'],
    ['from without a chain', ['{ event: received }', '{ event: received, from: due }'], 'from goes with deadline only'],
    ['an id that stands twice', ['id: second', 'id: first'], '21:5 first stands here a second time'],
    ['a calendar that rests all week', ['zone: Europe/Berlin', 'weekend: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]'], '9:'],
    ['a negative length', ['amount: 5', 'amount: -5'], '14:15 '],
    ['a length in no unit', ['unit: day', 'unit: week'], '14:26 '],
    ['an absurd length', ['amount: 5, unit: day', 'amount: 90, unit: year'], '14:15 90 years are more than twenty years'],
    ['an absurd grace', ['grace: { amount: 1, unit: day }', 'grace: { amount: 9000, unit: day }'], '29:14 9000 days'],
    ['a gate without a check', ['gate:\n  - { check: approved, source: test }\n', 'gate: []\n'], 'gate needs at least 1'],
    ['a check that is asked for and left out', ['check: cve', 'check: approved'], '42:7 approved is asked for in gate'],
    ['a check that is left out twice', ['  - { check: cve, reason: test }\n', '  - { check: cve, reason: test }\n  - { check: cve, reason: test }\n'], '43:7 cve stands here a second time'],
    ['a check that is left out without a reason', [', reason: test', ''], 'reason is missing'],
    ['neither an event nor a deadline', ['starts: { event: received }', 'starts: { which: last }'], '13:5 '],
  ] as const)('%s', (_what, edit, expected) => {
    expect(findings(edit).join('\n')).toContain(expected);
  });

  test('a circle of two, of three and of one is told once, with its way', () => {
    expect(findings(['starts: { event: received }', 'starts: { deadline: second, from: due }'])).toEqual(['13:5 the deadlines wait for each other: first -> second -> first']);
    expect(findings(['starts: { deadline: first }', 'starts: { deadline: second, from: due }'])).toEqual(['23:5 the deadlines wait for each other: second -> second']);
    expect(findings(['starts: { event: published }', 'starts: { deadline: second, from: due }'])).toEqual(['23:5 the deadlines wait for each other: second -> second']);
  });
});

test.each(['jpcert', 'certcc', '90-plus-30', 'cra-article-14'])('the shipped policy %s is right', (name) => {
  const read = readYaml('policy.yaml', readFileSync(new URL(`../../templates/policies/${name}.yaml`, import.meta.url)));
  if (!read.ok) throw new Error(JSON.stringify(read.findings));
  expect(checkShape('policy', read.value, read.where, 'policy.yaml')).toEqual([]);
  const policy = read.value as Policy;
  expect(policy.name).toBe(name);
  expect(checkPolicy(policy, read.where)).toEqual([]);
  expect(checksNotAsked(policy).filter(({ reason }) => reason === undefined)).toEqual([]);
});
