import type { Fixture } from './fixture.ts';
import { at, BY_PASSWORD, edit, KEY, log, remove, secondCase, SEALED, VENDOR_KEY } from './right-repository.ts';

const FOLDER = 'cases/2014/61247051';
const RECEIVED = `${FOLDER}/log/20140501T010000Z-received-0f3a.md`;

/** Rules about which files there are and what their bytes are. */
export const LAYOUT: Readonly<Record<string, Fixture>> = {
  'unknown-file': {
    good(files) {
      files['README.md'] = 'How we work.';
      files['docs/handbook/poc.py'] = 'print()';
      files['templates/en/vendor-details.md'] = '---\nplaceholders: []\n---\n';
    },
    bad(files) {
      files[`${FOLDER}/poc.py`] = 'print()';
      files['vendor/acme.yaml'] = '';
      files['vcc.yml'] = '';
    },
    finds: [
      [`${FOLDER}/poc.py:1:1`, 'not a file that a case repository has here'],
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
    finds: [[`keys/${KEY.fingerprint}.asc:1:1`, `holds another key: ${VENDOR_KEY.fingerprint}`]],
  },
  'private-key': {
    good: (files) => {
      files['docs/keys.md'] = 'Never commit a PGP PRIVATE KEY BLOCK.';
    },
    bad(files) {
      files['docs/old.txt'] = `my key:\n${KEY.privateKey}`;
      files['docs/hidden.asc'] = KEY.privateKey.replaceAll('PRIVATE KEY BLOCK', 'PUBLIC KEY BLOCK');
    },
    finds: [
      ['docs/hidden.asc:1:1', 'packets of a private key'],
      ['docs/old.txt:2:1', 'holds a private key'],
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
  'sealed-rewritten': {
    // What is altered is the same in both; in the good one the whole case went.
    good(files) {
      for (const path of Object.keys(files)) if (path.startsWith(FOLDER)) remove(files, path);
    },
    bad: (files) => remove(files, `${FOLDER}/sealed/reporter.asc`),
    altered: [`${FOLDER}/case.md`, `${FOLDER}/sealed/poc.asc`, `${FOLDER}/sealed/reporter.asc`, RECEIVED],
    finds: [
      [`${RECEIVED}:1:1`, 'written once'],
      [`${FOLDER}/sealed/poc.asc:1:1`, 'written once'],
      [`${FOLDER}/sealed/reporter.asc:1:1`, 'written once'],
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
    },
    finds: [
      [`${FOLDER}/sealed/a-plain.asc:1:1`, 'not an armored OpenPGP message'],
      [`${FOLDER}/sealed/b-armored.asc:1:1`, 'armored and not encrypted'],
      [`${FOLDER}/sealed/c-password.asc:1:1`, 'password'],
      [`${FOLDER}/sealed/d-around.asc:1:1`, 'readable text around'],
      [`${FOLDER}/sealed/e-cut.asc:1:1`, 'cut off'],
    ],
  },
};

/** A literal data packet (RFC 9580, 5.9): what `gpg --store --armor` makes, readable for everyone. */
function literal(text: string): Uint8Array {
  const body = [0x62, 0, 0, 0, 0, 0, ...new TextEncoder().encode(text)];
  return Uint8Array.of(0xcb, body.length, ...body);
}

const armored = (bytes: readonly number[]): string => `-----BEGIN PGP MESSAGE-----\n\n${Buffer.from(bytes).toString('base64')}\n-----END PGP MESSAGE-----\n`;

function cutOff(message: string): string {
  const lines = message.split('\n');
  const end = lines.findIndex((line) => line.startsWith('-----END'));
  return [...lines.slice(0, 5), ...lines.slice(end)].join('\n');
}
