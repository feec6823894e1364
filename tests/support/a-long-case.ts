import { CASE_MD, FOLDER, POLICY_YAML, smallRepository } from './case-tree.ts';

/** The text of a log entry with its file name, as vcc would write it. */
function entry(stamp: string, hex: string, lines: readonly string[], text = ''): [string, string] {
  const [, event = ''] = /^event: (.+)$/.exec(lines[0] ?? '') ?? [];
  const front = ['---', '# yaml-language-server: $schema=../../../../.vcc/schemas/log-entry.schema.json', ...lines, '---'].join('\n');
  return [`${FOLDER}/log/${stamp}-${event}-${hex}.md`, `${front}\n${text === '' ? '' : `\n${text}\n`}`];
}

const VENDOR = `# The people who answer fastest
schemaVersion: 1
name:
  en: OpenSSL Project
kind: open-source
keywords:
  - TLS
  - 暗号
contacts:
  - name: Security team
    email: security@openssl.example
    language: en
    key: "89ABCDEF0123456789ABCDEF0123456789ABCDEF"
`;

const DEADLINES = `deadlines:
  - id: acknowledge
    title: Initial answer to the reporter
    starts:
      event: received
    length:
      amount: 5
      unit: business-day
    per: case
    modality: must
    owed: team
    metBy:
      - event: reporter-contacted
        with:
          purpose: acknowledgement
    source: policy A
  - id: publish-target
    title: Publication
    starts:
      event: vendor-contacted
    length:
      amount: 45
      unit: day
    per: case
    modality: target
    owed: team
    metBy:
      - event: published
    source: guideline IV.4
`;

/** A case in coordination with one vendor, in its repository: received, acknowledged never, vendor reached and answering. */
export function longCase(): Record<string, string | Uint8Array> {
  return {
    ...smallRepository(),
    'policy.yaml': POLICY_YAML.replace('deadlines: []\n', DEADLINES),
    'vendors/openssl.yaml': VENDOR,
    [`${FOLDER}/case.md`]: CASE_MD,
    [`${FOLDER}/sealed/reporter.asc`]: '-----BEGIN PGP MESSAGE-----\n\nwcBMA\n-----END PGP MESSAGE-----\n',
    ...Object.fromEntries([
      entry('20140502T010000Z', '1a2b', ['event: assessed', 'at: "2014-05-02T10:00:00+09:00"', 'by: sato', 'criteria: {}', 'spread: wide', 'severity: 4', 'priority: priority']),
      entry('20140502T020000Z', '2a2b', ['event: accepted', 'at: "2014-05-02T11:00:00+09:00"', 'by: sato', 'reason: Meets the policy.']),
      entry('20140502T030000Z', '3a2b', ['event: vendor-added', 'at: "2014-05-02T12:00:00+09:00"', 'by: sato', 'vendor: openssl', 'role: developer']),
      entry('20140502T040000Z', '4a2b', [
        'event: vendor-contacted',
        'at: "2014-05-02T13:00:00+09:00"',
        'by: sato',
        'vendor: openssl',
        'purpose: first-contact',
        'means: mail',
        'message:',
        '  id: <61247051.1.abcd@centre.example>',
        '  template: vendor-first-contact',
        '  language: en',
        '  key: 89ABCDEF0123456789ABCDEF0123456789ABCDEF',
      ]),
      entry('20140503T010000Z', '5a2b', ['event: vendor-replied', 'at: "2014-05-03T10:00:00+09:00"', 'by: sato', 'vendor: openssl', 'progress: validating'], '開発者から返答がありました。\n\n> We are looking into it.'),
    ]),
  };
}
