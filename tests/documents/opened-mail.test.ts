import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMail, type MailKeys } from '../../src/documents/opened-mail.ts';
import { inspectKey } from '../../src/io/openpgp-keys.ts';
import { openMessage, readClearSigned, verifyDetached } from '../../src/io/openpgp-messages.ts';
import { tempGnupg, type TempGnupg } from '../support/temp-gnupg.ts';

/* What a stranger may do to the structure of a signed mail. GnuPG signs. */

let gnupg: TempGnupg;
let publicKey: string;
let fingerprint: string;
const NOW = Date.now() + 60_000;

beforeAll(async () => {
  gnupg = tempGnupg();
  gnupg.gpg(['--quick-gen-key', 'Acme <psirt@acme.example>', 'ed25519', 'sign', '0']);
  publicKey = gnupg.gpg(['--armor', '--export', 'psirt@acme.example']).stdout.toString();
  fingerprint = (await inspectKey(publicKey, NOW)).fingerprint;
}, 60_000);
afterAll(() => gnupg.dispose());

const known = (): string[] => [publicKey];
const keys: MailKeys = {
  open: (message) => openMessage(message, () => Promise.reject(new Error('nothing is encrypted here')), known, NOW),
  verify: (content, signature) => verifyDetached(content, signature, known, NOW),
  verifyClear: (armored) => readClearSigned(armored, known, NOW),
};
const FROM = 'From: Acme <psirt@acme.example>\r\nSubject: answer\r\nMIME-Version: 1.0\r\n';
const PART = 'Content-Type: text/plain\r\n\r\nWe ship the fix on Monday.\r\n';
const sign = (content: string): string => gnupg.gpg(['--armor', '--detach-sign', '--digest-algo', 'SHA256'], content).stdout.toString().replaceAll('\n', '\r\n');
const signaturePart = (content: string): string => `Content-Type: application/pgp-signature\r\n\r\n${sign(content)}`;
const SIGNED = (parameters: string): string => `Content-Type: multipart/signed; protocol="application/pgp-signature"; micalg=pgp-sha256; ${parameters}\r\n\r\n`;
const opened = (text: string) => openMail('answer.eml', Buffer.from(text, 'latin1'), keys);
const whole = (content: string, signature = signaturePart(content)): string => `${FROM}${SIGNED('boundary="bb"')}--bb\r\n${content}\r\n--bb\r\n${signature}\r\n--bb--\r\n`;

describe('a signed mail', () => {
  it('is good as it was signed, with either line end', async () => {
    for (const text of [whole(PART), whole(PART).replaceAll('\r\n', '\n')]) expect((await opened(text)).signatures).toEqual([expect.objectContaining({ state: 'good', by: fingerprint })]);
    expect((await opened(whole(PART))).signatures[0]?.partial).toBeUndefined();
  });

  it('is not good once a letter of it changed', async () => {
    expect((await opened(whole(PART).replace('Monday', 'Friday'))).signatures).toEqual([expect.objectContaining({ state: 'bad' })]);
  });

  it('with a third part is signed in part only', async () => {
    const more = whole(PART).replace('--bb--', '--bb\r\nContent-Type: text/plain\r\n\r\nAnd publish it today.\r\n--bb--');
    expect((await opened(more)).signatures).toEqual([expect.objectContaining({ state: 'good', partial: true })]);
  });

  it('with two boundaries, or a boundary hidden in another parameter, is not taken as signed by the decoy', async () => {
    const evil = 'Content-Type: text/plain\r\n\r\nPublish it today.\r\n';
    const decoy = `${FROM}${SIGNED('x="; boundary=aa"; boundary="bb"')}--aa\r\n${PART}\r\n--aa\r\n${signaturePart(PART)}\r\n--aa--\r\n--bb\r\n${evil}\r\n--bb\r\n${signaturePart(PART)}\r\n--bb--\r\n`;
    for (const { state } of (await opened(decoy)).signatures) expect(state).toBe('bad');
    const twice = `${FROM}${SIGNED('boundary=aa; boundary="bb"')}--aa\r\n${PART}\r\n--aa\r\n${signaturePart(PART)}\r\n--aa--\r\n--bb\r\n${evil}\r\n--bb--\r\n`;
    expect((await opened(twice)).signatures).toEqual([]);
  });

  it('with a line that only begins like the boundary is read as a reader reads it', async () => {
    const content = `Content-Type: text/plain\r\n\r\n--bbx\r\nWe ship the fix on Monday.\r\n`;
    const { body, signatures } = await opened(whole(content));
    expect(signatures).toEqual([expect.objectContaining({ state: 'good' })]);
    expect(body).toContain('--bbx');
  });

  it('in the text, with words beside what is signed, is signed in part only', async () => {
    const clear = gnupg.gpg(['--clear-sign'], 'We ship the fix on Monday.\n').stdout.toString();
    const plain = (text: string): string => `${FROM}Content-Type: text/plain\r\n\r\n${text}`;
    expect((await opened(plain(clear))).signatures[0]).not.toHaveProperty('partial');
    for (const text of [`Publish it today.\n${clear}`, `${clear}\nPublish it today.`]) expect((await opened(plain(text))).signatures).toEqual([expect.objectContaining({ state: 'good', partial: true })]);
  });

  it('by a key that was revoked since, or that is younger than the time of reading, is not good', async () => {
    gnupg.gpg(['--faked-system-time', '20200101T000000!', '--quick-gen-key', 'Old <old@acme.example>', 'ed25519', 'sign', '20200201T000000']);
    const exported = (): string => gnupg.gpg(['--armor', '--export', 'old@acme.example']).stdout.toString();
    const signature = gnupg.gpg(['--faked-system-time', '20200115T000000!', '--armor', '--detach-sign', '--local-user', 'old@acme.example'], PART).stdout.toString();
    const check = (at: string) => verifyDetached(Buffer.from(PART), signature, () => [exported()], Date.parse(at));
    expect(await check('2020-01-16T00:00:00Z')).toEqual([expect.objectContaining({ state: 'good' })]);
    // The key has expired since: what it signed in its time counts.
    expect(await check('2020-03-01T00:00:00Z')).toEqual([expect.objectContaining({ state: 'good' })]);
    expect(await check('2019-12-01T00:00:00Z')).toEqual([expect.objectContaining({ state: 'bad' })]);
    const folder = join(gnupg.home, 'openpgp-revocs.d');
    const certificate = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')).find((text) => text.includes('old@acme.example')) ?? '';
    gnupg.gpg(['--import'], certificate.replace(':-----BEGIN', '-----BEGIN'));
    expect(await check('2020-01-16T00:00:00Z')).toEqual([expect.objectContaining({ state: 'bad' })]);
  });
});

describe('a mail that is made to wear out its reader', () => {
  const elapsed = async (work: () => Promise<unknown>): Promise<unknown> => work().catch((problem: unknown) => problem);

  it('ten thousand parts are read or refused, and nothing is lost on the way', async () => {
    const parts = Array.from({ length: 10_000 }, (_, index) => `--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename="${index}.txt"\r\n\r\nx\r\n`).join('');
    const result = await elapsed(() => opened(`${FROM}Content-Type: multipart/mixed; boundary=b\r\n\r\n${parts}--b--\r\n`));
    expect(result).toMatchObject({ code: 'mail-unreadable' });
  });

  it('a thousand levels are refused with the way to keep it', async () => {
    const nested = Array.from({ length: 1000 }, (_, index) => `Content-Type: multipart/mixed; boundary=b${index}\r\n\r\n--b${index}\r\n`).join('');
    expect(await elapsed(() => opened(`${FROM}${nested}Content-Type: text/plain\r\n\r\nx\r\n`))).toMatchObject({ code: 'mail-unreadable', hint: expect.stringContaining('--unread') as string });
  });

  it('S/MIME is said to be unsupported, with the way to keep it', async () => {
    expect(await elapsed(() => opened(`${FROM}Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\nMIIB\r\n`))).toMatchObject({ code: 'mail-encrypted', hint: expect.stringContaining('--unread') as string });
  });
});
