import type { Fixture } from './fixture.ts';
import { CASE, edit } from './right-repository.ts';

const table = (rules: string): string => `ssvc:
  - id: publish
    title: { en: Publish }
    points:
      - id: exploitation
        question: { en: Is it exploited? }
        values: [none, active]
      - id: value-added
        question: { en: What does it add? }
        values: [limited, great]
    outcomes: [wait, publish]
    rules:
${rules}
    source: test
deadlines: []`;

const scored = (version: string, vector: string, score: string): string => `cvss:\n  - version: "${version}"\n    vector: ${vector}\n    score: ${score}\nproducts:`;

/** Rules about what triage rests on: decision tables and scores. */
export const TRIAGE: Readonly<Record<string, Fixture>> = {
  'ssvc-table': {
    good: (files) => edit(files, 'policy.yaml', 'deadlines: []', table('      - { when: { exploitation: [active], value-added: [great] }, outcome: publish }\n      - { outcome: wait }')),
    bad(files) {
      const wrong = '      - { when: { exploitation: [actve], value-aded: [great] }, outcome: publsh }\n      - { outcome: wait }';
      const open = '      - { when: { exploitation: [active] }, outcome: publish }\n      - { when: { exploitation: [active], value-added: [great] }, outcome: publish }';
      edit(files, 'policy.yaml', 'deadlines: []', `${table(wrong).replace('\ndeadlines: []', '')}\n${table(open).replace('ssvc:\n', '').replace('id: publish', 'id: second')}`);
    },
    finds: [
      ['policy.yaml:23:34', 'exploitation is never actve'],
      ['policy.yaml:23:42', 'no decision point value-aded'],
      ['policy.yaml:23:65', 'publsh is no outcome'],
      ['policy.yaml:36:5', 'no rule of second decides exploitation=none, value-added=limited'],
      ['policy.yaml:38:9', 'this rule decides nothing'],
    ],
  },
  'cvss-vector': {
    good: (files) => edit(files, CASE, 'products:', scored('3.1', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', '9.8')),
    bad(files) {
      const vectors = [
        ['3.1', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H', '9.8'],
        ['3.1', 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', '9.3'],
        ['2.0', 'AV:N/AC:H/Au:N/C:P/I:P/A:N', '4.1'],
      ] as const;
      edit(files, CASE, 'products:', `cvss:\n${vectors.map(([version, vector, score]) => `  - version: "${version}"\n    vector: ${vector}\n    score: ${score}`).join('\n')}\nproducts:`);
    },
    finds: [
      [`${CASE}:13:5`, 'A is missing'],
      [`${CASE}:15:5`, 'one of version 4.0, not 3.1'],
      [`${CASE}:20:5`, 'gives 4.0, not 4.1'],
    ],
  },
};
