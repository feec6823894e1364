import { marksOf } from '../../src/domain/marks.ts';
import { writeLogEntry } from '../../src/documents/log-entry.ts';
import type { Fixture } from './fixture.ts';
import { at, BY_PASSWORD, CASE, edit, KEY, log, remove, secondCase, SEALED, SEALED_TO_VENDOR, VENDOR_KEY } from './right-repository.ts';

const FOLDER = 'cases/2014/61247051';
const DUTIES = 'duties:\n  - { id: statistics, title: Statistics, every: quarter, since: { event: received }, within: { amount: 1, unit: month }, modality: must, source: guideline }\n';
const DUTY = 'schemaVersion: 1\nduty: statistics\nperiod: 2014-Q1\nat: "2014-04-20T10:00:00+09:00"\nby: hanako\n';
const ledger = (cve: string, state = 'reserved', more = ''): string => `schemaVersion: 1\ncve: ${cve}\nstate: ${state}\nreserved: "2014-01-06"\nby: sato\nblock: CVE-2014-9001\n${more}`;
const cna = (shortName: string, vendor: string): string => `schemaVersion: 1\nname:\n  en: Acme\nshortName: ${shortName}\nscope:\n  text: Products of Acme.\n  vendors: [${vendor}]\ncontact:\n  email: cna@acme.example\n`;
const UNREACHABLE = '# A developer on the list\nschemaVersion: 1\ndid: "04630151"\ncase: "61247051"\nvendor: acme\nkind: organisation\n';
const RECEIVED = `${FOLDER}/log/20140501T010000Z-received-0f3a.md`;

const NOTE = writeLogEntry({ event: 'note', at: at('02'), by: 'sato' }, 'They called.', FOLDER, '00bb');

const GUARD = `${FOLDER}/sealed/reporter.guard.yaml`;
const SALT = '0123456789abcdef'.repeat(4);
const guardOf = (kind: string, value: string): string => `schemaVersion: 1\nsalt: "${SALT}"\nmarks:\n  ${kind}:\n    - ${marksOf(SALT, [value])[0] ?? ''}\n`;

/** Rules about which files there are and what their bytes are. */
export const LAYOUT: Readonly<Record<string, Fixture>> = {
  'unknown-file': {
    good(files) {
      files['README.md'] = 'How we work.';
      files['docs/handbook/poc.py'] = 'print()';
      files['templates/en/vendor-details.md'] = '---\nplaceholders: []\n---\n';
      files['alerts/2014-05.md'] = 'x\n';
      files['campaigns/2014/routers/hosts.yaml'] = 'x: y\n';
    },
    bad(files) {
      files[`${FOLDER}/poc.py`] = 'print()';
      files['vendor/acme.yaml'] = '';
      files['vcc.yml'] = '';
      files['outbox/20140506T010000Z-61247051-reporter-00aa.eml'] = 'To: tanaka@mail.example';
      files['Outbox/a.eml'] = 'To: tanaka@mail.example';
      files['campaigns/exploit.py'] = 'print()';
      files['alerts/2014/hosts.csv'] = '192.0.2.1,root,secret';
    },
    finds: [
      ['Outbox/a.eml:1:1', 'the name that vcc reads is outbox'],
      ['alerts/2014/hosts.csv:1:1', 'not a file that a case repository has here'],
      ['campaigns/exploit.py:1:1', 'not a file that a case repository has here'],
      [`${FOLDER}/poc.py:1:1`, 'not a file that a case repository has here'],
      ['outbox/20140506T010000Z-61247051-reporter-00aa.eml:1:1', 'not a file that a case repository has here'],
      ['vcc.yml:1:1', 'the name that vcc reads is vcc.yaml'],
      ['vendor/acme.yaml:1:1', 'the name that vcc reads is vendors'],
    ],
  },
  'file-name': {
    good: (files) => {
      files['docs/日本語 の 名前.md'] = '';
    },
    bad(files) {
      files['docs/../../escape.md'] = '';
      files['docs/a\u001b[2Jb.md'] = '';
      files['docs/aux.md'] = '';
      files['docs/Plan.md'] = '';
      files['docs/plan.md'] = '';
    },
    finds: [
      ['docs/../../escape.md:1:1', 'leads out'],
      ['docs/a\\x1b[2Jb.md:1:1', 'control'],
      ['docs/aux.md:1:1', 'Windows'],
      ['docs/plan.md:1:1', 'docs/Plan.md'],
    ],
  },
  symlink: {
    good: (files) => {
      files['docs/link.md'] = '/etc/passwd';
    },
    bad: (files) => {
      files[`${FOLDER}/advisory.en.md@`] = '/etc/passwd';
    },
    finds: [[`${FOLDER}/advisory.en.md:1:1`, 'symbolic link']],
  },
  'executable-file': {
    good: (files) => {
      files['docs/build.sh'] = '#!/bin/sh\n';
    },
    bad: () => undefined,
    kinds: { [`${FOLDER}/case.md`]: 'executable' },
    finds: [[`${FOLDER}/case.md:1:1`, 'executable']],
  },
  'letter-template': {
    good: (files) => {
      files['templates/ja/accepted.md'] = '---\nplaceholders: [title]\noptional: [wishes]\n---\n{{title}}{{#wishes}} {{wishes}}{{/wishes}}\n';
    },
    bad(files) {
      files['templates/en/accepted.md'] = '---\nplaceholders: [title]\n---\n{{titel}}\n';
      files['templates/en/declined.md'] = '---js\n{}\n---\n';
      files['templates/en/vendor-detail.md'] = '---\nplaceholders: []\n---\n';
      files['templates/ja/accepted.md'] = '---\nplaceholders: [title]\n---\n{{title}} {{> vcc.yaml}}\n';
    },
    finds: [
      ['templates/en/accepted.md:1:1', '{{titel}} is not among its placeholders'],
      ['templates/en/declined.md:1:1', 'run as code'],
      ['templates/en/vendor-detail.md:1:1', 'is the template of no letter'],
      ['templates/ja/accepted.md:1:1', 'it uses {{>vcc.yaml}}'],
    ],
  },
  'cve-file': {
    good(files) {
      files['cves/2014/CVE-2014-9001.yaml'] = ledger('CVE-2014-9001');
    },
    bad(files) {
      files['cves/2014/CVE-2014-9001.yaml'] = ledger('CVE-2014-9002');
      files['cves/2015/CVE-2014-9003.yaml'] = ledger('CVE-2014-9003');
      files['cves/2014/CVE-2014-9004.yaml'] = ledger('CVE-2014-9004', 'assigned', 'case: "12345678"\n');
      files['cves/2014/CVE-2014-9005.yaml'] = ledger('CVE-2014-9005', 'rejected', 'reason: Not a flaw.\nreplacedBy: [CVE-2014-9005]\n');
    },
    finds: [
      ['cves/2014/CVE-2014-9001.yaml:2:1', 'so the file is cves/2014/CVE-2014-9002.yaml'],
      ['cves/2014/CVE-2014-9004.yaml:7:1', 'there is no case 12345678'],
      ['cves/2014/CVE-2014-9005.yaml:8:1', 'its own place'],
      ['cves/2015/CVE-2014-9003.yaml:2:1', 'so the file is cves/2014/CVE-2014-9003.yaml'],
    ],
  },
  'cna-file': {
    good(files) {
      files['cnas/acme.yaml'] = cna('acme', 'acme');
      files['cnas/libre.yaml'] = cna('libre', 'acme');
    },
    bad(files) {
      files['cnas/acme.yaml'] = cna('acme', 'acne');
      files['cnas/two.yaml'] = cna('Acme', 'acme');
    },
    finds: [
      ['cnas/acme.yaml:7:13', 'vendors/acne.yaml does not exist'],
      ['cnas/two.yaml:4:1', 'cnas/acme.yaml is Acme already'],
    ],
  },
  'duty-file': {
    good: (files) => {
      files['policy.yaml'] = `${String(files['policy.yaml'])}${DUTIES}`;
      files['duties/statistics-2014-q1.yaml'] = DUTY;
    },
    bad(files) {
      files['policy.yaml'] = `${String(files['policy.yaml'])}${DUTIES}`;
      files['duties/statistics-2014-q2.yaml'] = DUTY;
      files['duties/statistics-2013-q4.yaml'] = DUTY.replace('2014-Q1', '2013-Q4').replace('2014-04-20', '2013-12-20');
      files['duties/statistics-2013-q3.yaml'] = DUTY.replace('2014-Q1', '2013-Q3').replace('2014-04-20', '2034-12-20');
      files['duties/reports-2014-q1.yaml'] = DUTY.replace('statistics', 'reports');
    },
    finds: [
      ['duties/reports-2014-q1.yaml:2:1', 'policy.yaml has no duty reports'],
      ['duties/statistics-2013-q3.yaml:4:1', 'has not come yet'],
      ['duties/statistics-2013-q4.yaml:4:1', 'before the end of 2013-Q4'],
      ['duties/statistics-2014-q2.yaml:3:1', 'duties/statistics-2014-q1.yaml'],
    ],
  },
  'unreachable-file': {
    good: (files) => {
      files['unreachable/did04630151.yaml'] = UNREACHABLE;
    },
    bad(files) {
      files['unreachable/did04630152.yaml'] = UNREACHABLE;
      files['unreachable/did16838412.yaml'] = UNREACHABLE.replace('04630151', '16838412').replace('61247051', '61247059').replace('acme', 'nobody');
    },
    finds: [
      ['unreachable/did04630152.yaml:3:1', 'unreachable/did04630151.yaml'],
      ['unreachable/did16838412.yaml:4:1', 'no case 61247059'],
      ['unreachable/did16838412.yaml:5:1', 'vendors/nobody.yaml does not exist'],
    ],
  },
  'duplicate-case': {
    good: (files) => void secondCase(files),
    bad: (files) => void secondCase(files, '2015', '61247051'),
    finds: [
      ['cases/2014/61247051/case.md:1:1', 'cases/2015/61247051'],
      ['cases/2015/61247051/case.md:1:1', 'cases/2014/61247051'],
    ],
  },
  'key-file': {
    good: (files) => {
      files[`keys/${KEY.fingerprint}.asc`] = KEY.publicKey.replaceAll('\r\n', '\n');
    },
    bad: (files) => {
      files[`keys/${KEY.fingerprint}.asc`] = VENDOR_KEY.publicKey;
    },
    kinds: { [`keys/${KEY.fingerprint}.asc`]: 'executable' },
    finds: [[`keys/${KEY.fingerprint}.asc:1:1`, `holds another key: ${VENDOR_KEY.fingerprint}`]],
  },
  'private-key': {
    good: (files) => {
      files['docs/keys.md'] = 'Never commit a PGP PRIVATE KEY BLOCK.';
      files['docs/picture'] = Uint8Array.of(0x95, 0, 2, 77, 77);
    },
    bad(files) {
      files['docs/old.txt'] = `my key:\n${KEY.privateKey}`;
      const disguised = KEY.privateKey.replaceAll('PRIVATE KEY BLOCK', 'PUBLIC KEY BLOCK');
      files['docs/hidden.asc'] = disguised;
      files['docs/binary'] = binary(KEY.privateKey);
      files['docs/second.txt'] = `${KEY.publicKey}\n${disguised}`;
      files['docs/utf16.txt'] = Buffer.from(`my key:\n${KEY.privateKey}`, 'utf16le');
    },
    finds: [
      ['docs/binary:1:1', 'packets of a private key'],
      ['docs/hidden.asc:1:1', 'packets of a private key'],
      ['docs/old.txt:2:1', 'holds a private key'],
      ['docs/second.txt:1:1', 'packets of a private key'],
      ['docs/utf16.txt:2:1', 'holds a private key'],
    ],
  },
  'confidential-detail': {
    good: (files) => edit(files, CASE, 'A reporter told us in May.', 'An exploit is public; the password is stored in clear text; see http://192.168.0.1/.'),
    bad(files) {
      edit(files, CASE, 'A reporter told us in May.', 'He says: password: s3cret\nand curl -k https://router/ping');
    },
    finds: [
      [`${CASE}:18:10`, 'a password'],
      [`${CASE}:19:5`, 'a command line that attacks'],
    ],
  },
  'sealed-in-clear': {
    // Whoever agreed to be credited is no secret.
    good(files) {
      files[GUARD] = guardOf('name', 'taro yamada');
      edit(files, CASE, 'language: ja\n', 'language: ja\nwishes:\n  publicCredit: true\n');
      edit(files, CASE, '  en: ', '  en: Taro Yamada and ');
    },
    bad(files) {
      files[GUARD] = guardOf('name', 'taro yamada');
      edit(files, CASE, '  en: ', '  en: Taro Yamada and ');
      files[`${FOLDER}/taro-yamada.txt`] = 'x';
      files['README.md'] = 'As Taro Yamada said.';
      files['Taro Yamada.md'] = 'x';
      files[`${FOLDER}/sealed/mail-of-taro-yamada.asc`] = SEALED;
      files[`${FOLDER}/sealed/report.guard.yaml`] = `# yaml-language-server: $schema=../../../../.vcc/schemas/guard.schema.json\n${guardOf('name', 'suzuki jiro').trimEnd()} # by Suzuki Jiro\n`;
      files[`${FOLDER}/sealed/poc.guard.yaml`] = `# yaml-language-server: $schema=Taro Yamada\n${guardOf('name', 'suzuki jiro')}`;
    },
    finds: [
      ['README.md:1:4', 'gives the name of the reporter of a case'],
      ['[withheld].md:1:1', 'the name of the file gives the name of the reporter of a case'],
      [`${FOLDER}/[withheld].txt:1:1`, 'the name of the file gives the name of the reporter'],
      [`${CASE}:9:7`, 'gives the name of the reporter'],
      [`${FOLDER}/sealed/[withheld].asc:1:1`, 'the name of the file gives the name of the reporter'],
      [`${FOLDER}/sealed/poc.guard.yaml:1:1`, 'a guard has a comment'],
      [`${FOLDER}/sealed/report.guard.yaml:6:29`, 'a guard has a comment'],
    ],
  },
  'sealed-missing': {
    good: (files) => edit(files, RECEIVED, 'channel: mail\n', 'channel: mail\nsealed:\n  - reporter\n'),
    bad(files) {
      edit(files, RECEIVED, 'channel: mail\n', 'channel: mail\nsealed:\n  - report\n  - reporter\n  - poc\n');
      remove(files, `${FOLDER}/sealed/reporter.asc`);
      files[`${FOLDER}/sealed/reporter.asc@`] = 'original.asc';
      files[`${FOLDER}/sealed/report.asc`] = SEALED;
    },
    finds: [
      [`${RECEIVED}:10:5`, 'sealed/reporter.asc is missing or no plain file'],
      [`${RECEIVED}:11:5`, 'sealed/poc.asc is missing or no plain file'],
    ],
  },
  'sealed-recipients': {
    good: () => undefined,
    bad(files) {
      files[`${FOLDER}/sealed/original.asc`] = SEALED_TO_VENDOR;
      files[`${FOLDER}/sealed/poc.asc`] = SEALED_TO_VENDOR;
      // A key that only lies there is nobody's.
      edit(files, 'vendors/acme.yaml', `    key: ${VENDOR_KEY.fingerprint}\n`, '');
    },
    // Who may start it reads it as well.
    kinds: { [`${FOLDER}/sealed/poc.asc`]: 'executable' },
    finds: [
      [`${FOLDER}/sealed/original.asc:1:1`, "a key that is not the team's"],
      [`${FOLDER}/sealed/poc.asc:1:1`, "a key that is not the team's"],
    ],
  },
  'sealed-rewritten': {
    good: () => undefined,
    bad(files) {
      remove(files, `${FOLDER}/sealed/reporter.asc`);
      files[RECEIVED] = `${String(files[RECEIVED])}More.\n`;
    },
    altered: [`${FOLDER}/case.md`, `${FOLDER}/sealed/reporter.asc`, RECEIVED],
    finds: [
      [`${RECEIVED}:1:1`, 'written once'],
      [`${FOLDER}/sealed/reporter.asc:1:1`, 'written once'],
    ],
  },
  'log-rewritten': {
    good(files) {
      files[NOTE.path] = NOTE.text;
    },
    bad(files) {
      files[NOTE.path] = `${NOTE.text}\nMore.\n`;
    },
    altered: [`${FOLDER}/case.md`, [NOTE.path, NOTE.text]],
    finds: [[`${NOTE.path}:1:1`, 'the entry is changed']],
  },
  'record-removed': {
    good: () => undefined,
    bad(files) {
      for (const path of Object.keys(files)) if (path.startsWith(FOLDER)) remove(files, path);
    },
    altered: [`${FOLDER}/case.md`],
    finds: [[`${FOLDER}/case.md:1:1`, 'the case is deleted']],
  },
  'lint-settings': {
    good(files) {
      files['vcc.yaml'] = `${String(files['vcc.yaml'])}lint:\n  severities: { identity-in-clear: error, schema: error }\n  suppressions:\n    - { rule: overdue, path: cases/2014, reason: Known., until: "2014-05-08" }\n`;
    },
    bad(files) {
      files['vcc.yaml'] = `${String(files['vcc.yaml'])}lint:\n  severities: { overdeu: error, private-key: warning }\n  suppressions:\n    - { rule: schema, path: cases/2014, reason: Known., until: "2014-05-07" }\n    - { rule: overdue, path: cases/2014, reason: Known., until: "2016-05-07" }\n    - { rule: overdue, path: cases/2013/, reason: Known., until: "2014-06-07" }\n`;
    },
    finds: [
      ['vcc.yaml:17:17', 'no rule overdeu'],
      ['vcc.yaml:17:33', 'private-key holds everywhere'],
      ['vcc.yaml:19:9', 'schema holds everywhere'],
      ['vcc.yaml:19:57', 'ended on 2014-05-07'],
      ['vcc.yaml:20:58', 'a year at most'],
      ['vcc.yaml:21:24', 'nothing lies at this path'],
    ],
    unmended: ['vcc.yaml:17:17', 'vcc.yaml:17:33', 'vcc.yaml:19:58', 'vcc.yaml:20:24'],
  },
  'conflict-marker': {
    good(files) {
      files[`${FOLDER}/case.md`] = `${String(files[`${FOLDER}/case.md`])}\n<<<<<<<HEAD\n=======\n`;
      files['docs/merging.md'] = '<<<<<<< HEAD\n';
    },
    bad(files) {
      files[`${FOLDER}/case.md`] = `${String(files[`${FOLDER}/case.md`])}\n<<<<<<< HEAD\none\n=======\nother\n>>>>>>> theirs\n`;
      edit(files, 'vendors/acme.yaml', '  en: Acme\n', '<<<<<<< HEAD\n  en: Acme\n=======\n  en: Acne\n>>>>>>> theirs\n');
    },
    finds: [
      [`${FOLDER}/case.md:20:1`, 'unfinished merge'],
      ['vendors/acme.yaml:4:1', 'unfinished merge'],
    ],
  },
  'openpgp-block': {
    good(files) {
      files['docs/our-key.md'] = VENDOR_KEY.publicKey;
      files[`${FOLDER}/case.md`] = `${String(files[`${FOLDER}/case.md`])}\nThe mail ended with a line BEGIN PGP SIGNATURE, without dashes.\n`;
    },
    bad(files) {
      log(files, { event: 'note', at: at('02'), by: 'sato' }, { text: `They sent:\n\n> -----BEGIN PGP SIGNED MESSAGE-----\n\n${VENDOR_KEY.publicKey}` });
    },
    finds: [
      [`${FOLDER}/log/20140502T010000Z-note-00aa.md:10:3`, 'an OpenPGP signed message'],
      [`${FOLDER}/log/20140502T010000Z-note-00aa.md:12:1`, 'an OpenPGP public key block'],
    ],
  },
  'sealed-plaintext': {
    good: (files) => {
      files[`${FOLDER}/sealed/poc.asc`] = SEALED;
    },
    bad(files) {
      files[`${FOLDER}/sealed/a-plain.asc`] = 'name: Tanaka\n';
      files[`${FOLDER}/sealed/b-armored.asc`] = armored([...literal('name: Tanaka')]);
      files[`${FOLDER}/sealed/c-password.asc`] = BY_PASSWORD;
      files[`${FOLDER}/sealed/d-around.asc`] = `From: Tanaka\n${SEALED}`;
      files[`${FOLDER}/sealed/e-cut.asc`] = cutOff(SEALED);
      files[`${FOLDER}/sealed/f-empty.asc`] = armored([]);
      files[`${FOLDER}/sealed/g-dressed.asc`] = armored([...binary(SEALED).subarray(0, 96), ...packet(0xd2, [1], 'name: Tanaka, of the Quiet Laboratory. She found it on the first of May at home.')]);
      files[`${FOLDER}/sealed/h-dressed.asc`] = armored([...packet(0xc1, [3, 0, 0, 0, 0, 0, 0, 0, 0, 18], '報告者は田中花子さんです。連絡先はこちらになります。よろしく。'), ...binary(SEALED).subarray(96)]);
      files[`${FOLDER}/sealed/i-short.asc`] = armored([...binary(SEALED).subarray(0, 96), ...packet(0xd2, [1], 'name: Tanaka')]);
    },
    finds: [
      [`${FOLDER}/sealed/a-plain.asc:1:1`, 'not an armored OpenPGP message'],
      [`${FOLDER}/sealed/b-armored.asc:1:1`, 'armored and not encrypted'],
      [`${FOLDER}/sealed/c-password.asc:1:1`, 'password'],
      [`${FOLDER}/sealed/d-around.asc:1:1`, 'readable text around'],
      [`${FOLDER}/sealed/e-cut.asc:1:1`, 'cut off'],
      [`${FOLDER}/sealed/f-empty.asc:1:1`, 'not encrypted'],
      [`${FOLDER}/sealed/g-dressed.asc:1:1`, 'the outside of an encrypted message'],
      [`${FOLDER}/sealed/h-dressed.asc:1:1`, 'the outside of an encrypted message'],
      [`${FOLDER}/sealed/i-short.asc:1:1`, 'the outside of an encrypted message'],
    ],
  },
};

/** A literal data packet (RFC 9580, 5.9): what `gpg --store --armor` makes, readable for everyone. */
function literal(text: string): Uint8Array {
  const body = [0x62, 0, 0, 0, 0, 0, ...new TextEncoder().encode(text)];
  return Uint8Array.of(0xcb, body.length, ...body);
}

const armored = (bytes: readonly number[]): string => `-----BEGIN PGP MESSAGE-----\n\n${Buffer.from(bytes).toString('base64')}\n-----END PGP MESSAGE-----\n`;

const packet = (header: number, start: readonly number[], text: string): readonly number[] => {
  const body = [...start, ...new TextEncoder().encode(text)];
  return [header, body.length, ...body];
};

const binary = (armor: string): Uint8Array => Buffer.from(armor.slice(armor.indexOf('\n\n')).split('\n').filter((line) => !/^[=-]/.test(line)).join(''), 'base64');

function cutOff(message: string): string {
  const lines = message.split('\n');
  const end = lines.findIndex((line) => line.startsWith('-----END'));
  return [...lines.slice(0, 5), ...lines.slice(end)].join('\n');
}
