import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { textOf, withKnownEncoding } from '../../src/documents/mail-encoding.ts';
import { growthExponent } from '../support/growth.ts';

const latin1 = (text: string): Buffer => Buffer.from(text.replaceAll('\n', '\r\n'), 'latin1');
const SHIFT_JIS = '\x90\xc6\x8e\xe3\x90\xab\x82\xaa\x82\xa0\x82\xe8'; // 脆弱性があり
const EUC = '\xc0\xc8\xbc\xe5\xc0\xad'; // 脆弱性
const parsed = (mail: Uint8Array) => PostalMime.parse(withKnownEncoding(mail));

describe('text that does not say its encoding', () => {
  it.each([
    ['Müller, für den Gerät-Server: “schön”', Buffer.from('M\xfcller, f\xfcr den Ger\xe4t-Server: \x93sch\xf6n\x94', 'latin1')],
    ['don’t', Buffer.from('don\x92t', 'latin1')],
    ['un récent problème créé', Buffer.from('un r\xe9cent probl\xe8me cr\xe9\xe9', 'latin1')],
    ['脆弱性があり', Buffer.from(SHIFT_JIS, 'latin1')],
    ['脆弱性', Buffer.from(EUC, 'latin1')],
    ['脆弱性', Buffer.from('\x1b$B@H<e@-\x1b(B', 'latin1')],
    ['脆弱性: Müller', Buffer.from('脆弱性: Müller')],
  ])('is read as %j', (text, bytes) => {
    expect(textOf(bytes)).toBe(text);
  });
});

describe('a mail', () => {
  it.each(['', 'Content-Type: text/plain\n', 'Content-Type: text/plain;\n charset="utf-8"\n'])('in Latin-1 is read, also its headers, where it says %j', async (type) => {
    const { text, subject, from } = await parsed(latin1(`From: J\xfcrgen <j@example.org>\nSubject: Ger\xe4t\n${type}\nProdukt von M\xfcller\n`));
    expect([text, subject, from?.name]).toEqual(['Produkt von Müller\n', 'Gerät', 'Jürgen']);
  });

  it('in Shift_JIS and EUC-JP is read', async () => {
    expect((await parsed(latin1(`Subject: x\n\n${SHIFT_JIS}\n`))).text).toBe('脆弱性があり\n');
    expect((await parsed(latin1(`Subject: x\n\n${EUC}\n`))).text).toBe('脆弱性\n');
  });

  it('of several parts keeps each that says its encoding, and each that is no text, octet by octet', async () => {
    const part = (headers: string, body: string): string => `--b=1\n${headers}\n\n${body}\n`;
    const mail = latin1(
      `Subject: x\nContent-Type: multipart/mixed; boundary="b=1"\n\n${part('Content-Type: text/plain; charset=iso-8859-1', 'M\xfcller\n-- \nsaid')}${part('Content-Type: text/plain', 'and f\xfcr')}${part('Content-Type: application/octet-stream\nContent-Transfer-Encoding: 8bit', '\xfc\xff\x00')}${part('Content-Type: text/plain; name=a.txt\nContent-Disposition: attachment; filename=a.txt', '\xe4')}--b=1--\n`,
    );
    const { text, attachments } = await PostalMime.parse(withKnownEncoding(mail));
    expect(text).toMatch(/^Müller\n-- \nsaid\n*and für\n*$/);
    expect(attachments.map(({ content }) => Buffer.from(content as ArrayBuffer).toString('latin1'))).toEqual(['\xfc\xff\x00\n', '\xe4\n']);
  });

  it('that is UTF-8 passes as it came', () => {
    const mail = Buffer.from('Subject: x\n\nMüller\n');
    expect(withKnownEncoding(mail)).toBe(mail);
  });

  it('of any size is read in a time that a person waits', () => {
    expect(growthExponent((size) => withKnownEncoding(latin1(`Content-Type: multipart/mixed; boundary=b\n${'\n--b\nContent-Type: text/plain; boundary=x\n \xfc'.repeat(size)}`)), 2000)).toBeLessThan(1.6);
  });
});
