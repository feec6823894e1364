import type { Fixture } from './fixture.ts';
import { advisory, at, CASE, edit, KEY, log, partner, remove, secondCase, VENDOR_KEY, scheduled } from './right-repository.ts';

const FOLDER = 'cases/2014/61247051';
const TEXT = `sha256:${'ab'.repeat(32)}`;

/** Rules about what cases, the registry and the policy say. */
export const CASES: Readonly<Record<string, Fixture>> = {
  'dangling-vendor': {
    good: (files) => void log(files, { event: 'vendor-added', at: at('02'), by: 'sato', vendor: 'acme', role: 'developer' }),
    bad(files) {
      log(files, { event: 'vendor-added', at: at('02'), by: 'sato', vendor: 'acme', role: 'developer' });
      log(files, { event: 'date-agreed', at: at('03'), by: 'sato', party: 'vendor:acme', date: at('20') });
      edit(files, CASE, '    name: OpenSSL\n', '    registry: nobody\n    name: OpenSSL\n');
      remove(files, 'vendors/acme.yaml');
    },
    finds: [
      [`${CASE}:13:5`, 'vendors/nobody.yaml does not exist'],
      [`${FOLDER}/log/20140502T010000Z-vendor-added-00aa.md:6:1`, 'vendors/acme.yaml does not exist'],
      [`${FOLDER}/log/20140503T010000Z-date-agreed-00aa.md:6:1`, 'vendors/acme.yaml does not exist'],
    ],
  },
  'dangling-partner': {
    good(files) {
      partner(files, 'abroad', 'partner-centre');
      scheduled(files);
      log(files, { event: 'date-agreed', at: at('04'), by: 'sato', party: 'partner:abroad', date: at('20') });
      log(files, { event: 'date-agreed', at: at('05'), by: 'sato', party: 'receiving-organisation', date: at('20') });
    },
    bad(files) {
      log(files, { event: 'date-agreed', at: at('03'), by: 'sato', party: 'partner:abroad', date: at('20') });
      log(files, { event: 'embargo-proposed', at: at('04'), by: 'sato', party: 'partner:elsewhere', until: at('20') });
    },
    finds: [
      [`${FOLDER}/log/20140503T010000Z-date-agreed-00aa.md:6:1`, 'partners/abroad.yaml does not exist'],
      [`${FOLDER}/log/20140504T010000Z-embargo-proposed-00aa.md:6:1`, 'partners/elsewhere.yaml does not exist'],
    ],
  },
  'receiving-organisation-twice': {
    good(files) {
      partner(files, 'first', 'receiving-organisation');
      partner(files, 'second', 'third-party');
    },
    bad(files) {
      partner(files, 'first', 'receiving-organisation');
      partner(files, 'second', 'receiving-organisation');
    },
    finds: [['partners/second.yaml:4:1', 'first is the receiving organisation already']],
  },
  'dangling-wave': {
    good(files) {
      edit(files, 'policy.yaml', 'gate:', 'waves:\n  - id: downstream\n    title:\n      en: Later\n    source: test\ngate:');
      log(files, { event: 'assessed', at: at('02', '10:00:00'), by: 'sato', criteria: {}, spread: 'wide', priority: 'normal' });
      log(files, { event: 'accepted', at: at('02', '11:00:00'), by: 'sato', reason: 'meets the policy' });
      log(files, { event: 'wave-opened', at: at('03'), by: 'sato', wave: 'downstream' });
    },
    bad: (files) => void log(files, { event: 'wave-opened', at: at('03'), by: 'sato', wave: 'downstraem' }),
    finds: [[`${FOLDER}/log/20140503T010000Z-wave-opened-00aa.md:6:1`, 'policy.yaml has no wave downstraem']],
  },
  'dangling-key': {
    good: (files) => edit(files, 'vendors/acme.yaml', `    key: ${VENDOR_KEY.fingerprint}\n`, ''),
    bad: (files) => remove(files, `keys/${VENDOR_KEY.fingerprint}.asc`),
    finds: [['vendors/acme.yaml:9:5', 'does not exist']],
  },
  'dangling-case': {
    good(files) {
      secondCase(files);
      edit(files, CASE, 'products:', 'related:\n  - "94401838"\nproducts:');
    },
    bad: (files) => edit(files, CASE, 'products:', 'related:\n  - "94401838"\n  - "61247051"\nproducts:'),
    finds: [
      [`${CASE}:12:5`, 'there is no case 94401838'],
      [`${CASE}:13:5`, 'related to itself'],
    ],
  },
  'team-key-missing': {
    good: (files) => edit(files, 'vcc.yaml', 'Sato Hanako', 'Sato H.'),
    bad: (files) => remove(files, `keys/${KEY.fingerprint}.asc`),
    finds: [['vcc.yaml:15:5', 'the key of Sato Hanako is missing']],
  },
  'team-twice': {
    good(files) {
      remove(files, `${FOLDER}/sealed/reporter.asc`);
      edit(files, 'vcc.yaml', 'team:\n', `team:\n  - slug: mori\n    name: Mori\n    email: mori@centre.example\n    key: ${VENDOR_KEY.fingerprint}\n`);
    },
    bad(files) {
      edit(files, 'vcc.yaml', 'team:\n', `team:\n  - slug: sato2\n    name: Sato\n    email: SATO@centre.example\n    key: ${VENDOR_KEY.fingerprint}\n`);
    },
    finds: [['vcc.yaml:18:5', 'two coordinators have the email sato@centre.example']],
  },
  'identity-in-clear': {
    good: (files) => void log(files, { event: 'note', at: at('02'), by: 'sato' }, { text: 'Asked security@acme.example and cases@centre.example.' }),
    bad: (files) => void log(files, { event: 'note', at: at('02'), by: 'sato' }, { text: 'Called.\nMail to tanaka@mail.example.' }),
    kinds: { [`${FOLDER}/log/20140502T010000Z-note-00aa.md`]: 'executable' },
    finds: [[`${FOLDER}/log/20140502T010000Z-note-00aa.md:9:9`, 'e-mail address']],
  },
  'policy-reference': {
    good: (files) => edit(files, 'policy.yaml', 'deadlines: []', deadline('received', '{ event: reporter-contacted, with: { purpose: acknowledgement } }')),
    bad(files) {
      edit(files, 'policy.yaml', 'deadlines: []', deadline('recieved', '{ event: reporter-contacted, with: { purpose: aknowledgement, mean: mail } }'));
      edit(files, 'policy.yaml', 'acceptance: []', 'acceptance: [{ id: recent, question: { en: Is it? }, required: false, deadline: stale, source: test }]');
      edit(files, 'policy.yaml', 'escalation: []', 'questions: [{ id: age, text: { en: How old? }, criterion: recently, source: test }]\nescalation: []');
    },
    finds: [
      ['policy.yaml:3:71', 'there is no deadline stale'],
      ['policy.yaml:14:15', 'no event recieved; did you mean received?'],
      ['policy.yaml:19:50', 'never aknowledgement'],
      ['policy.yaml:19:75', 'no field mean'],
      ['policy.yaml:21:48', 'there is no criterion recently'],
    ],
  },
  'gate-omission': {
    good: (files) => edit(files, 'policy.yaml', '{ check: cve, reason: test }', '{ check: cve, reason: Ids are given after publication. }'),
    bad(files) {
      edit(files, 'policy.yaml', '  - { check: cve, reason: test }\n', '');
      edit(files, 'policy.yaml', '  - { check: approved, reason: test }\n', '');
    },
    finds: [
      ['policy.yaml:13:1', 'does not ask for cve'],
      ['policy.yaml:13:1', 'does not ask for approved'],
    ],
  },
  'cve-twice': {
    good(files) {
      const other = secondCase(files);
      cve(files, FOLDER, 'CVE-2014-0224');
      cve(files, other, 'CVE-2014-0225');
      cve(files, other, 'CVE-2014-0224', '00bb');
      log(files, { event: 'corrected', at: at('04'), by: 'sato', entry: '20140503T010000Z-cve-assigned-00bb.md', reason: 'typed wrong' }, { folder: other });
    },
    bad(files) {
      cve(files, FOLDER, 'CVE-2014-0224');
      cve(files, secondCase(files), 'CVE-2014-0224');
    },
    finds: [
      [`${FOLDER}/log/20140503T010000Z-cve-assigned-00aa.md:6:1`, 'assigned to case 94401838 too'],
      ['cases/2014/94401838/log/20140503T010000Z-cve-assigned-00aa.md:6:1', 'assigned to case 61247051 too'],
    ],
  },
  'dangling-cve': {
    good(files) {
      cve(files, FOLDER, 'CVE-2014-0224', '00aa', { flaw: 'overflow in the parser' });
      edit(files, CASE, 'products:', 'weaknesses:\n  - id: CWE-78\n    cves:\n      - CVE-2014-0224\n  - CWE-79\nproducts:');
    },
    bad(files) {
      cve(files, FOLDER, 'CVE-2014-0224', '00aa', { flaw: 'overflow in the parser' });
      edit(files, CASE, 'products:', 'weaknesses:\n  - id: CWE-78\n    cves:\n      - CVE-2014-0224\n      - CVE-2014-0225\nproducts:');
      files[`${FOLDER}/advisory.en.md`] = advisory('en').replace('title: A title', 'title: A title\ncveDescriptions:\n  CVE-2014-0226: A text.');
    },
    finds: [
      [`${FOLDER}/advisory.en.md:6:3`, 'CVE-2014-0226 is no CVE id of this case'],
      [`${CASE}:15:9`, 'CVE-2014-0225 is no CVE id of this case'],
    ],
  },
  'cve-flaw-twice': {
    good(files) {
      cve(files, FOLDER, 'CVE-2014-0224', '00aa', { flaw: 'overflow in the parser' });
      cve(files, FOLDER, 'CVE-2014-0225', '00bb', { flaw: 'injection in the form' });
      // A flaw whose id was said twice has one id all the same.
      cve(files, FOLDER, 'CVE-2014-0225', '00cc', { flaw: 'injection in the form' });
    },
    bad(files) {
      cve(files, FOLDER, 'CVE-2014-0224', '00aa', { flaw: 'overflow in the parser' });
      cve(files, FOLDER, 'CVE-2014-0225', '00bb', { flaw: 'Overflow in the parser.', assigner: 'acme' });
    },
    finds: [[`${FOLDER}/log/20140503T010000Z-cve-assigned-00bb.md:8:1`, 'has CVE-2014-0224 already']],
  },
  'cve-ledger': {
    good(files) {
      ours(files);
      cve(files, FOLDER, 'CVE-2014-9001');
      ledger(files, 'CVE-2014-9001', 'assigned', 'case: "61247051"\n');
      ledger(files, 'CVE-2014-9002', 'reserved');
      // An id of another CNA is used as it is, and stands in no ledger.
      cve(files, FOLDER, 'CVE-2014-0224', '00bb', { assigner: 'acme' });
      ledger(files, 'CVE-2014-9003', 'rejected', 'case: "61247051"\nreason: Not a flaw.\n');
      cve(files, FOLDER, 'CVE-2014-9003', '00cc');
      log(files, { event: 'corrected', at: at('04'), by: 'sato', entry: '20140503T010000Z-cve-assigned-00cc.md', reason: 'not a flaw' });
    },
    bad(files) {
      ours(files);
      const other = secondCase(files);
      cve(files, FOLDER, 'CVE-2014-9001', '0001');
      ledger(files, 'CVE-2014-9001', 'assigned', 'case: "94401838"\n');
      cve(files, FOLDER, 'CVE-2014-9002', '0002');
      ledger(files, 'CVE-2014-9002', 'reserved');
      cve(files, FOLDER, 'CVE-2014-9003', '0003');
      ledger(files, 'CVE-2014-9003', 'rejected', 'reason: Not a flaw.\n');
      cve(files, FOLDER, 'CVE-2014-9004', '0004', { assigner: 'acme' });
      ledger(files, 'CVE-2014-9004', 'assigned', 'case: "61247051"\n');
      cve(files, FOLDER, 'CVE-2014-9005', '0005');
      cve(files, other, 'CVE-2014-9006', '0006');
      ledger(files, 'CVE-2014-9006', 'published', 'case: "94401838"\n');
    },
    finds: [
      [`${FOLDER}/log/20140503T010000Z-cve-assigned-0001.md:6:1`, 'the ledger has CVE-2014-9001 for case 94401838'],
      [`${FOLDER}/log/20140503T010000Z-cve-assigned-0002.md:6:1`, 'the ledger has CVE-2014-9002 as free'],
      [`${FOLDER}/log/20140503T010000Z-cve-assigned-0003.md:6:1`, 'CVE-2014-9003 is rejected'],
      [`${FOLDER}/log/20140503T010000Z-cve-assigned-0004.md:7:1`, 'is an id of ours'],
      [`${FOLDER}/log/20140503T010000Z-cve-assigned-0005.md:6:1`, 'the ledger does not have it'],
      ['cves/2014/CVE-2014-9001.yaml:7:1', 'no entry in force of case 94401838 assigns CVE-2014-9001'],
      ['cves/2014/CVE-2014-9006.yaml:7:1', 'no entry of case 94401838 says that the record of CVE-2014-9006 is published'],
    ],
  },
  'advisory-header': {
    good(files) {
      files[`${FOLDER}/advisory.en.md`] = advisory('en');
      files[`${FOLDER}/advisory.ja.md`] = advisory('ja');
    },
    bad(files) {
      files[`${FOLDER}/advisory.en.md`] = advisory('en', '94401838');
      files[`${FOLDER}/advisory.ja.md`] = advisory('en');
    },
    finds: [
      [`${FOLDER}/advisory.en.md:2:1`, 'says case 94401838'],
      [`${FOLDER}/advisory.ja.md:3:1`, 'says language en'],
    ],
  },
  'advisory-gap': {
    good: (files) => {
      files[`${FOLDER}/advisory.en.md`] = advisory('en');
    },
    bad: (files) => {
      files[`${FOLDER}/advisory.en.md`] = advisory('en').replace('Text.', '<!-- GAP: what it does -->');
      scheduled(files);
    },
    finds: [[`${FOLDER}/advisory.en.md:9:1`, 'what it does']],
  },
  'unapproved-published': {
    good(files) {
      published(files);
      log(files, { event: 'approved', at: at('04'), by: 'sato', text: TEXT });
    },
    bad: published,
    finds: [[`${FOLDER}/log/20140505T010000Z-published-00aa.md:6:1`, 'nobody approved']],
  },
  'future-entry': {
    good: (files) => void log(files, { event: 'note', at: at('08', '12:00:00'), by: 'sato' }),
    bad: (files) => void log(files, { event: 'note', at: at('09'), by: 'sato' }),
    finds: [[`${FOLDER}/log/20140509T010000Z-note-00aa.md:4:1`, 'later than now']],
  },
  overdue: {
    good: (files) => edit(files, 'policy.yaml', 'deadlines: []', deadline('received', '{ event: reporter-contacted }')),
    bad: (files) => edit(files, 'policy.yaml', 'deadlines: []', deadline('received', '{ event: reporter-contacted }').replace('amount: 5', 'amount: 1')),
    finds: [[`${FOLDER}/log/20140501T010000Z-received-0f3a.md:4:1`, 'Answer the reporter was due on 2014-05-02']],
  },
  'deadline-extension': {
    good(files) {
      edit(files, 'policy.yaml', 'deadlines: []', `${deadline('received', '{ event: reporter-contacted }')}\n    extension: { most: { amount: 14, unit: day } }`);
      log(files, { event: 'deadline-extended', at: at('03'), by: 'sato', deadline: 'acknowledge', until: at('20'), reason: 'asked for' });
    },
    bad(files) {
      edit(files, 'policy.yaml', 'deadlines: []', `${deadline('received', '{ event: reporter-contacted }')}\n    extension: { most: { amount: 2, unit: day } }\n${deadline('received', '{ event: reporter-contacted }').split('\n').slice(1).join('\n').replace('acknowledge', 'other')}`);
      log(files, { event: 'deadline-extended', at: at('03'), by: 'sato', deadline: 'acknowlege', until: at('20'), reason: 'asked for' });
      log(files, { event: 'deadline-extended', at: at('04'), by: 'sato', deadline: 'other', until: at('20'), reason: 'asked for' });
      log(files, { event: 'deadline-extended', at: at('05'), by: 'sato', deadline: 'acknowledge', until: at('09', '12:00:00'), reason: 'asked for' });
      log(files, { event: 'deadline-extended', at: at('06'), by: 'sato', deadline: 'acknowledge', until: at('29'), reason: 'asked for' });
    },
    finds: [
      [`${FOLDER}/log/20140503T010000Z-deadline-extended-00aa.md:6:1`, 'has no deadline acknowlege'],
      [`${FOLDER}/log/20140504T010000Z-deadline-extended-00aa.md:6:1`, 'does not let the deadline other be extended'],
      [`${FOLDER}/log/20140506T010000Z-deadline-extended-00aa.md:7:1`, '2 days at most: it ends 2014-05-14 23:59'],
    ],
  },
};

const cve = (files: Parameters<typeof log>[0], folder: string, id: string, hex = '00aa', more: { readonly flaw?: string; readonly assigner?: string } = {}): string =>
  log(files, { event: 'cve-assigned', at: at('03'), by: 'sato', cve: id, assigner: 'example', ...more }, { folder, hex });

/** The centre is a CNA, by the name that the entries of cve() bear. */
const ours = (files: Parameters<typeof log>[0]): void => edit(files, 'vcc.yaml', 'series:', 'cna:\n  shortName: example\n  orgId: 00000000-0000-4000-8000-000000000000\nseries:');

function ledger(files: Parameters<typeof log>[0], id: string, state: string, more = ''): void {
  files[`cves/2014/${id}.yaml`] = `schemaVersion: 1\ncve: ${id}\nstate: ${state}\nreserved: "2014-01-06"\nby: sato\nblock: CVE-2014-9001\n${more}`;
}

/** An emergency, which needs no date and no vendor, but an approval. */
function published(files: Parameters<typeof log>[0]): void {
  edit(files, 'policy.yaml', '  - { check: approved, reason: test }\n', '');
  edit(files, 'policy.yaml', 'gate:\n', 'gate:\n  - { check: approved, source: test }\n');
  log(files, { event: 'exploit-public', at: at('03'), by: 'sato', how: 'seen on a list' });
  log(files, { event: 'published', at: at('05'), by: 'sato', text: TEXT, emergency: 'the exploit is public', date: at('05') });
}

const deadline = (starts: string, metBy: string): string => `deadlines:
  - id: acknowledge
    title: Answer the reporter
    starts: { event: ${starts} }
    length: { amount: 5, unit: business-day }
    per: case
    modality: must
    owed: team
    metBy: [${metBy}]
    source: policy A`;
