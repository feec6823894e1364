import { describe, expect, test } from 'vitest';
import { readForm } from '../../src/documents/report-form.ts';
import { MAIL_LIMIT, readReportMail } from '../../src/documents/report-mail.ts';
import { readReport, REPORT_LIMIT } from '../../src/documents/report.ts';
import type { MailKeys } from '../../src/documents/opened-mail.ts';
import { refusal, VccError } from '../../src/domain/problem.ts';
import { makeKeyring } from '../../src/io/keyring.ts';
import { growthExponent } from '../support/growth.ts';

/** Nobody's private key: what is encrypted stays closed. */
const NOBODY = makeKeyring(() => Promise.reject(refusal('no-private-key', 'no key here', 'none')));
const NOW = Date.parse('2014-05-02T00:00:00Z');
const KEYS: MailKeys = {
  open: (message) => NOBODY.openMessage(message, () => [], NOW),
  verify: (content, signature) => NOBODY.verify(content, signature, () => [], NOW),
  verifyClear: (armored) => NOBODY.verifyClear(armored, () => [], NOW),
};

const mail = (headers: string, body: string): Uint8Array => Buffer.from(`${headers}\n\n${body}`.replaceAll('\n', '\r\n'));
const PLAIN = 'From: Finder <finder@example.org>\nTo: cases@centre.example\nSubject: Flaw in Acme\nDate: Thu, 01 May 2014 10:00:00 +0900\nMessage-ID: <a@example.org>\nContent-Type: text/plain; charset=utf-8';

async function refused(bytes: Uint8Array): Promise<VccError> {
  const outcome: unknown = await readReportMail('m.eml', bytes, KEYS).catch((error: unknown) => error);
  if (outcome instanceof VccError) return outcome;
  throw new Error(`was not refused: ${JSON.stringify(outcome)}`);
}

describe('a report as YAML or JSON', () => {
  const report = { title: { en: 'x' }, products: [{ vendor: 'v', name: 'n', versions: ['1'] }] };
  test('both are read', () => {
    expect(readReport('r.json', Buffer.from(JSON.stringify(report, null, '\t')))).toEqual({ ok: true, report });
    expect(readReport('r.yaml', Buffer.from('title: {en: x}\nproducts:\n- vendor: v\n  name: n\n  versions: ["1"]\n'))).toEqual({ ok: true, report });
  });
  test.each([
    ['twenty megabytes', Buffer.alloc(20_000_000, 'a'), '1:1 yaml-safety'],
    ['a title with escapes', Buffer.from('title: {en: "\\e]0;x\\a"}\n'), '1:13 text-encoding'],
    ['a field that is missing in JSON', Buffer.from('{\n "title": {"en": "x"},\n "products": [{"vendor": "v", "name": "n"}]}'), '3:15 schema'],
    ['__proto__', Buffer.from('{"__proto__": {}}'), '1:2 yaml-safety'],
    ['a binary file', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]), '1:1 text-encoding'],
  ])('%s', (_name, bytes, expected) => {
    const read = readReport('r', bytes);
    if (read.ok) throw new Error('was accepted');
    const [first] = read.findings;
    expect(`${first?.line}:${first?.column} ${first?.rule}`).toBe(expected);
  });
  test('five megabytes are read in a time that a person waits', () => {
    const work = (size: number) => readReport('r', Buffer.from(`title: {en: x}\npoc: |\n${'  a line of a long log, with : and # and - in it\n'.repeat(size)}`));
    expect(work(Math.floor(REPORT_LIMIT / 60)).ok).toBe(false);
    expect(growthExponent(work, Math.floor(REPORT_LIMIT / 480))).toBeLessThan(1.6);
  });
});

describe('a report as mail', () => {
  test('who, when, what', async () => {
    const read = await readReportMail('m.eml', mail(PLAIN, 'Hello,\n\nVendor: Acme\nProduct: Widget\nVersion: 1.0, 1.1\nURL: https://acme.example/widget\n\nImpact: takes over\nthe whole host\nPoC:\n  1. GET / HTTP/1.1\n     Host: x\n-- \nTitle: not this\n'), KEYS);
    expect(read).toMatchObject({
      from: { name: 'Finder', email: 'finder@example.org' },
      subject: 'Flaw in Acme',
      messageId: '<a@example.org>',
      date: Date.parse('2014-05-01T01:00:00Z'),
      fields: { products: [{ vendor: 'Acme', name: 'Widget', versions: ['1.0', '1.1'], link: 'https://acme.example/widget' }], impact: 'takes over\nthe whole host', poc: '1. GET / HTTP/1.1\n     Host: x' },
      attachments: [],
    });
    expect(read.fields.title).toBeUndefined();
  });

  const FORM = 'Vendor: Acme\nProduct: Widget\nVersion: 1.0\n\nImpact:\nTakes over.\n\n';
  const KEY = '-----BEGIN PGP PUBLIC KEY BLOCK-----\nComment: x\n\nmDMESz07ABYJKwYB\n=hkF8\n-----END PGP PUBLIC KEY BLOCK-----';
  test.each([
    ['PoC:\nSend ; reboot.\n\nThen wait.', KEY, { poc: 'Send ; reboot.\n\nThen wait.' }],
    ['How found:\nBy reading.', `My OpenPGP key is below.\n\n${KEY}`, { discovery: 'By reading.' }],
    ['PoC:\nSend ; reboot.', `Please keep me anonymous.\n\n${KEY.slice(0, 80)}`, { poc: 'Send ; reboot.' }],
    ['PoC:\nSend ; reboot.', '-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----', { poc: 'Send ; reboot.' }],
    ['PoC:\nSend ; reboot.', 'Best regards,\nYamada Hanako\nQuiet Laboratory', { poc: 'Send ; reboot.' }],
    ['PoC:\nSend ; reboot.', '--\nYamada Hanako', { poc: 'Send ; reboot.' }],
    ['PoC:\nSend ; reboot.', 'Tel. +81 3 0000 0000', { poc: 'Send ; reboot.' }],
    ['再現手順：\n名前に ; を入れる。', '以上、よろしくお願いいたします。\n山田', { poc: '名前に ; を入れる。' }],
    ['再現手順：\n名前に ; を入れる。', '氏名：山田花子', { poc: '名前に ; を入れる。' }],
    ['PoC:\n\nName: ; reboot\nEmail: x\n\nThanks to the missing check the name is run by a shell of the router.', '', { poc: 'Name: ; reboot\nEmail: x\n\nThanks to the missing check the name is run by a shell of the router.' }],
  ])('what is about the sender is no part of %j: %j', async (part, rest, expected) => {
    const read = await readReportMail('m.eml', mail(PLAIN, `${FORM}${part}\n\n${rest}\n`), KEYS);
    expect(read.fields).toMatchObject({ impact: 'Takes over.', ...expected });
    expect(JSON.stringify({ ...read.fields, reporter: undefined }) + read.text).not.toContain('BEGIN PGP');
    expect(read.fields.reporter?.key?.startsWith('-----BEGIN PGP PUBLIC KEY BLOCK-----')).toBe(rest.includes(KEY) ? true : undefined);
  });

  test('a part of several paragraphs that runs on to the end is told', async () => {
    const openEnd = async (body: string): Promise<string | undefined> => (await readReportMail('m.eml', mail(PLAIN, FORM + body), KEYS)).openEnd;
    expect(await openEnd('PoC:\nSend ; reboot.\n\nYou reach me at the office of Quiet Laboratory.\n')).toBe('poc');
    expect(await openEnd('PoC:\nSend ; reboot.\n')).toBeUndefined();
    expect(await openEnd('PoC:\nSend.\n\nWait.\n\nBest regards\nX')).toBeUndefined();
    expect(await openEnd('PoC:\nSend.\n\nWait.\n-- \nX')).toBeUndefined();
  });

  test('a text that is signed as a whole is read', async () => {
    const read = await readReportMail('m.eml', mail(PLAIN, `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n${FORM}PoC:\nSend.\n-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----\n`), KEYS);
    expect(read.fields).toMatchObject({ impact: 'Takes over.', poc: 'Send.' });
    expect(read.text).not.toMatch(/PGP|Hash/);
  });

  test('a Japanese form in ISO-2022-JP', async () => {
    // 製品名：ウィジェット
    const body = Buffer.concat([Buffer.from('\x1b$B@=IJL>!!!'), Buffer.from('\x1b(B')]);
    const headers = 'From: =?ISO-2022-JP?B?GyRCOjRGIxsoQg==?= <sato@example.jp>\r\nSubject: =?ISO-2022-JP?B?GyRCQEg8ZUAtGyhC?=\r\nContent-Type: text/plain; charset=ISO-2022-JP\r\nContent-Transfer-Encoding: 7bit\r\n\r\n';
    const read = await readReportMail('m.eml', Buffer.concat([Buffer.from(headers), body]), KEYS);
    expect(read.from?.name).toBe('佐藤');
    expect(read.subject).toBe('脆弱性');
    expect(read.text).toContain('製品名');
  });

  test('a mail in windows-1252, with its quotation marks', async () => {
    const body = 'It doesn=92t check.';
    expect((await readReportMail('m.eml', mail(`${PLAIN.replace('utf-8', 'windows-1252')}\nContent-Transfer-Encoding: quoted-printable`, body), KEYS)).text).toBe('It doesn’t check.\n');
  });

  test('attachments get names that stay where they are put', async () => {
    const part = (name: string): string => `--b\nContent-Type: text/x-python; name="${name}"\nContent-Disposition: attachment; filename="${name}"\n\nprint(1)\n`;
    const read = await readReportMail('m.eml', mail(PLAIN.replace('text/plain; charset=utf-8', 'multipart/mixed; boundary=b'), `--b\nContent-Type: text/plain\n\nhi\n${part('../../etc/poc.py')}${part('C:\\\\x\\\\-y')}${part('...')}--b--\n`), KEYS);
    expect(read.attachments.map(({ filename }) => filename)).toEqual(['_.._etc_poc.py', 'C__x_-y', 'attachment-3']);
    expect(new TextDecoder().decode(read.attachments[0]?.content)).toContain('print(1)');
  });

  test('nothing that a terminal obeys comes through', async () => {
    const read = await readReportMail('m.eml', mail('From: "\x1b[31mX" <x@example.org>\nSubject: =?utf-8?B?G1syShtdMDt4Bw==?=', 'a\x1b[2J\u202eb\nProduct: \x1b[31mW\n'), KEYS);
    expect(JSON.stringify([read.from, read.subject, read.text, read.product]).replaceAll('\\n', '')).not.toMatch(/[\p{Cc}\u202e]|\\u001b/u);
  });

  test('what is forwarded is read, as an attachment or in the text, and neither sender is taken for the reporter', async () => {
    const inner = 'From: Yamada <yamada@lab.example>\nSubject: Widget reads the session\nDate: Wed, 30 Apr 2014 10:00:00 +0900\nContent-Type: text/plain; charset=utf-8; format=flowed\n\nProduct: Widget\n\nImpact:\nA line that was \nbroken softly.\n';
    for (const disposition of ['', 'Content-Disposition: attachment; filename=report.eml\n']) {
      const read = await readReportMail('m.eml', mail(PLAIN.replace('text/plain; charset=utf-8', 'multipart/mixed; boundary=b'), `--b\nContent-Type: text/plain\n\nPlease take this.\n--b\nContent-Type: message/rfc822\n${disposition}\n${inner}\n--b--\n`), KEYS);
      expect(read).toMatchObject({ forwarded: true, subject: 'Widget reads the session', product: { name: 'Widget' }, fields: { impact: 'A line that was broken softly.' } });
      expect(read.from).toBeUndefined();
    }
    const inText = await readReportMail('m.eml', mail(PLAIN, '---------- Forwarded message ---------\nFrom: Yamada <yamada@lab.example>\n\nProduct: Widget\n'), KEYS);
    expect(inText).toMatchObject({ forwarded: true, product: { name: 'Widget' } });
    expect(inText.from).toBeUndefined();
    const plain = await readReportMail('m.eml', mail(PLAIN, 'Product: Widget\n'), KEYS);
    expect(plain).not.toHaveProperty('forwarded');
    expect(plain.from?.email).toBe('finder@example.org');
  });

  test('HTML alone is read as text', async () => {
    const read = await readReportMail('m.eml', mail(PLAIN.replace('text/plain', 'text/html'), '<p>Product: <b>Widget</b></p><script>alert(1)</script>'), KEYS);
    expect(read.product.name).toBe('Widget');
    expect(read.text).not.toContain('<script>');
  });

  test("the reporter's key travels with the report", async () => {
    const key = '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDME\n-----END PGP PUBLIC KEY BLOCK-----';
    expect((await readReportMail('m.eml', mail(PLAIN, `Hi\n${key}\n`), KEYS)).fields.reporter).toEqual({ key });
  });

  test('a sender that is no address is left out', async () => {
    expect((await readReportMail('m.eml', mail('From: nobody\nSubject: x', 'x'), KEYS)).from).toBeUndefined();
  });

  test.each([
    ['OpenPGP', mail(PLAIN.replace('text/plain; charset=utf-8', 'multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b'), '--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b--\n'), 'mail-encrypted', /--unread/],
    ['OpenPGP in the text', mail(PLAIN, '-----BEGIN PGP MESSAGE-----\n\nx\n-----END PGP MESSAGE-----\n'), 'mail-encrypted', /--unread/],
    ['S/MIME', mail(PLAIN.replace('text/plain; charset=utf-8', 'application/pkcs7-mime; smime-type=enveloped-data'), 'x'), 'mail-encrypted', /mail client/],
    ['too much', new Uint8Array(MAIL_LIMIT + 1), 'mail-too-large', /attachments/],
    ['no mail', Buffer.from('\n\nhello\n'), 'not-a-mail', /\.eml/],
    ['parts in parts without end', mail(PLAIN.replace('text/plain; charset=utf-8', 'multipart/mixed; boundary=b0'), Array.from({ length: 300 }, (_, n) => `--b${n}\nContent-Type: multipart/mixed; boundary=b${n + 1}\n\n`).join('')), 'mail-unreadable', /--unread/],
  ])('%s is refused with what to do', async (_name, bytes, code, hint) => {
    const error = await refused(bytes);
    expect(error.code).toBe(code);
    expect(error.hint).toMatch(hint);
  });
});

describe('the labels of a form', () => {
  test('Japanese labels, full width, in brackets', () => {
    const { fields, product } = readForm('【製品名】：ウィジェット\n■バージョン： １．０、1.1\n製品開発者:\n  例示社\n想定される影響：\n任意のコード\n\n実行\n公開状況：未公開\nCVE番号：cve-2014-0224\nタイトル：ウィジェットの脆弱性\n');
    expect(fields).toEqual({ title: { ja: 'ウィジェットの脆弱性' }, impact: '任意のコード\n\n実行', public: false, cves: ['CVE-2014-0224'], products: [{ vendor: '例示社', name: 'ウィジェット', versions: ['１．０', '1.1'] }] });
    expect(product.vendor).toBe('例示社');
  });
  test('what does not fit is left out, not guessed', () => {
    const { fields, product } = readForm(`URL: javascript:alert(1)\nProduct: ${'x'.repeat(600)}\nVendor: Acme\nCWE: none\nPublic: maybe\n`);
    expect(fields).toEqual({});
    expect(product).toEqual({ vendor: 'Acme' });
  });
  test('text without labels says nothing', () => {
    expect(readForm('Dear team,\nI found this: a flaw.\n> Product: quoted\nhttps://x.example\n')).toEqual({ fields: {}, product: {} });
  });
  test('a megabyte of colons ends quickly', () => {
    for (const piece of [':', 'a: b\n', '【'.repeat(39).concat('：\n')]) {
      expect(growthExponent((size) => readForm(piece.repeat(size / piece.length)), 120_000), piece).toBeLessThan(1.6);
    }
  });
});
