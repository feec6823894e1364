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

type Range = readonly [scheme: string, versions: Readonly<Record<string, string>>];
const ranges = (...list: readonly Range[]): string =>
  `      - 1.0.1g and earlier\n    ranges:\n${[...list, ['custom', { exact: '1.0.1g' }] as const].map(([scheme, versions]) => `      - scheme: ${scheme}\n${Object.entries(versions).map(([field, version]) => `        ${field}: "${version}"\n`).join('')}`).join('')}`;

/** Rules about what triage rests on: decision tables, scores and versions. */
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
  'version-range': {
    good: (files) =>
      edit(files, CASE, '      - 1.0.1g and earlier\n', ranges(['semver', { from: '1.0.0', before: '1.10.0', fixed: '1.10.0' }], ['semver', { from: '1.11.0-rc.1', through: '1.11.0' }], ['custom', { from: 'B', through: 'A' }], ['custom', { fixed: 'C' }])),
    bad: (files) =>
      edit(
        files,
        CASE,
        '      - 1.0.1g and earlier\n',
        ranges(
          ['semver', { from: '1.10.0', through: '1.9.0' }],
          ['deb', { from: '1.0-1', before: '1.0~rc1-1' }],
          ['rpm', { exact: '1.0-2', fixed: '1.0-1' }],
          ['semver', { exact: '1.0.0', before: '2.0' }],
          ['custom', {}],
          ['custom', { from: 'A', before: 'B', through: 'B' }],
          ['semver', { from: '3.0.0', fixed: '3.2.0' }],
          ['semver', { from: '3.1.0', fixed: '3.1.5' }],
        ),
      ),
    finds: [
      [`${CASE}:18:9`, 'from 1.10.0 is newer than through 1.9.0'],
      [`${CASE}:21:9`, 'no version is affected'],
      [`${CASE}:25:9`, '1.0-1 has the fix, and 1.0-2 is the last affected version'],
      [`${CASE}:27:9`, 'give one or the other'],
      [`${CASE}:28:9`, '"2.0" is no version of the scheme semver'],
      [`${CASE}:29:9`, 'the range names no version'],
      [`${CASE}:33:9`, 'both the end of the range'],
      [`${CASE}:39:9`, 'another range of this product says that it is affected: 3.0.0 <= version < 3.2.0'],
    ],
  },
  'package-url': {
    good: (files) => edit(files, CASE, '      - 1.0.1g and earlier\n', `${ranges(['npm', { through: '1.0.0' }], ['semver', { exact: '2.0.0' }], ['custom', { exact: 'B' }])}    purl: pkg:npm/%40example/openssl\n`),
    bad(files) {
      const product = (purl: string, scheme: string): string => `  - vendor: Acme\n    name: x\n    versions:\n      - words\n    ranges:\n      - scheme: ${scheme}\n        exact: "1"\n    purl: ${purl}\n`;
      edit(files, CASE, 'products:\n', `products:\n${product('pkg:pypi/Foo_Bar', 'pypi')}${product('pkg:maven/x', 'maven')}${product('pkg:deb/debian/openssl', 'rpm')}${product('pkg:cargo/x', 'npm')}`);
    },
    finds: [
      [`${CASE}:19:5`, '"pkg:pypi/Foo_Bar" is written pkg:pypi/foo-bar'],
      [`${CASE}:27:5`, 'is no package URL'],
      [`${CASE}:33:9`, 'not in the order of the scheme rpm; deb or custom fits'],
      [`${CASE}:41:9`, 'semver or custom fits'],
    ],
    unmended: [`${CASE}:27:5`, `${CASE}:33:9`, `${CASE}:41:9`],
  },
};
