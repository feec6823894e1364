import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseClock } from '../../src/io/clock.ts';
import { composeMail } from '../../src/io/outbox.ts';
import type { Posting } from '../../src/io/outbox.ts';
import { actingSigner } from '../../src/io/acting-signer.ts';
import type { Signer } from '../../src/io/signer.ts';
import { aMessage } from '../support/a-plan.ts';
import { anApplier } from '../support/an-applier.ts';
import { tempGnupg } from '../support/temp-gnupg.ts';
import type { TempGnupg } from '../support/temp-gnupg.ts';
import { tempRepository, testPerson } from '../support/temp-repo.ts';
import type { TempRepository, TestPerson } from '../support/temp-repo.ts';

const CLOCK = chooseClock('2014-06-06T12:00:00+09:00', undefined);
const PROOF = '#!/bin/sh\n.\nFrom the start\n\u65e5\u672c\n';

let repository: TempRepository;
let other: TempGnupg;
let vendor: TestPerson;
let signer: Signer;

beforeAll(async () => {
  repository = await tempRepository();
  other = tempGnupg();
  vendor = await testPerson('vendor');
  for (const { publicKey } of repository.team) other.gpg(['--import'], publicKey);
  other.gpg(['--import'], vendor.privateKey);
  signer = await actingSigner(repository.root, repository.configuration.team, CLOCK, anApplier(repository.root).ask);
});
afterAll(() => {
  repository.dispose();
  other.dispose();
});

const posting = (changes: Partial<Posting> = {}): Posting => ({
  message: aMessage({ encryption: { kind: 'given-key', armored: vendor.publicKey } }),
  recipientKey: vendor.publicKey,
  organisation: repository.configuration.organisation,
  at: CLOCK.now(),
  seed: '0123456789abcdef',
  ...changes,
});

const compose = async (changes: Partial<Posting> = {}): Promise<string> => Buffer.from(await composeMail(posting(changes), signer)).toString('latin1');

function expectMailForm(mail: string): void {
  expect(mail.replaceAll('\r\n', ''), 'every line ends with CRLF').not.toMatch(/[\r\n]/);
  expect(mail, 'seven bits').not.toMatch(/[^\u0000-\u007f]/);
  expect(mail.split('\r\n').filter((line) => line.length > 998)).toEqual([]);
}

const armorIn = (mail: string, kind: string): string => new RegExp(`-----BEGIN PGP ${kind}-----[^]*?-----END PGP ${kind}-----`).exec(mail)?.[0] ?? '';

function openWithGpg(mail: string): { entity: string; status: string } {
  const { stdout, status } = other.gpg(['--decrypt'], armorIn(mail, 'MESSAGE'));
  return { entity: stdout.toString('latin1'), status };
}

describe('an encrypted message', () => {
  it('is decrypted and verified by GnuPG 2.2, at the time of --now', async () => {
    const mail = await compose();
    expectMailForm(mail);
    const { entity, status } = openWithGpg(mail);
    expect(status).toContain('DECRYPTION_OKAY');
    expect(status).toMatch(new RegExp(`VALIDSIG [0-9A-F]{40} 2014-06-06 ${CLOCK.now() / 1000} .*${signer.fingerprint}`));
    const inner = await new PostalMime().parse(Buffer.from(entity, 'latin1'));
    expect(inner.text?.replaceAll('\r\n', '\n')).toBe('Thank you.\nありがとうございます。\n');
    expect(entity).toMatch(/^Content-Type: text\/plain; charset=utf-8\r\n/);
    expect(entity).not.toMatch(/^(?:Date|Message-ID|MIME-Version):/im);
  });

  it('has the headers of a letter from the centre, and no word of the content', async () => {
    const mail = await compose();
    const { headers, from, to, subject } = await new PostalMime().parse(mail);
    const header = (key: string): string | undefined => headers.find((candidate) => candidate.key === key)?.value;
    expect(from).toMatchObject({ name: '例の調整機関', address: 'vuls@centre.example' });
    expect(to).toMatchObject([{ name: '報告 太郎', address: 'reporter@example.org' }]);
    expect(subject).toBe('[VCC#61247051]');
    expect(header('date')).toBe('Fri, 06 Jun 2014 03:00:00 +0000');
    expect(header('message-id')).toBe('<61247051.1.abcdef@centre.example>');
    expect(header('in-reply-to')).toBe('<61247051.0.abcdef@centre.example>');
    expect(header('references')).toBe('<61247051.0.abcdef@centre.example>');
    expect(header('content-language')).toBe('ja');
    expect(header('mime-version')).toBe('1.0');
    expect(header('content-type')).toMatch(/^multipart\/encrypted; protocol="application\/pgp-encrypted"; boundary=/);
    expect(mail).not.toContain('Thank you');
  });

  it('carries attachments byte for byte', async () => {
    const attachments = [{ filename: '再現.sh', contentType: 'application/octet-stream', content: PROOF }];
    const mail = await compose({ message: aMessage({ attachments, encryption: { kind: 'given-key', armored: vendor.publicKey } }) });
    expect(mail).not.toContain('#!/bin/sh');
    const inner = await new PostalMime().parse(Buffer.from(openWithGpg(mail).entity, 'latin1'));
    expect(inner.attachments).toHaveLength(1);
    expect(inner.attachments[0]?.filename).toBe('再現.sh');
    expect(Buffer.from(inner.attachments[0]?.content as ArrayBuffer).toString('utf8')).toBe(PROOF);
  });

  it('is read by a key made by GnuPG, and one that announces packets GnuPG cannot read', async () => {
    other.gpg(['--quick-generate-key', 'Old Hand <old@vendor.example>', 'rsa2048', 'default', 'never']);
    const subkey = other.gpg(['--list-keys', '--with-colons', 'old@vendor.example']).stdout.toString();
    const fingerprint = /^fpr:+([0-9A-F]{40}):/m.exec(subkey)?.[1] ?? '';
    other.gpg(['--quick-add-key', fingerprint, 'rsa2048', 'encr', 'never']);
    const exported = other.gpg(['--armor', '--export', fingerprint]).stdout.toString();
    const at = Math.floor(Date.now() / 1000) * 1000;
    expect(openWithGpg(await compose({ recipientKey: exported, at })).status).toContain('DECRYPTION_OKAY');

    const { generateKey } = await import('openpgp');
    const modern = await generateKey({ userIDs: { email: 'new@vendor.example' }, date: new Date('2014-01-01'), config: { aeadProtect: true } });
    other.gpg(['--import'], modern.privateKey);
    expect(openWithGpg(await compose({ recipientKey: modern.publicKey })).status).toContain('DECRYPTION_OKAY');
  });
});

describe('a message in clear', () => {
  it('is signed, and GnuPG verifies exactly the bytes that stand in the mail', async () => {
    const mail = await compose({ recipientKey: undefined, message: aMessage({ body: 'A line.\nTrailing space \n-- \n.\nFrom here\n', encryption: { kind: 'in-clear', reason: 'no key' } }) });
    expectMailForm(mail);
    const [, boundary = ''] = /boundary="?([^"\r\n]+)"?/.exec(mail) ?? [];
    const [, signedPart = '', signaturePart = ''] = mail.split(`--${boundary}\r\n`);
    const content = join(repository.folder, 'content');
    const signature = join(repository.folder, 'signature.asc');
    // RFC 3156: the line end before the boundary belongs to the boundary.
    writeFileSync(content, signedPart.replace(/\r\n$/, ''), 'latin1');
    writeFileSync(signature, armorIn(signaturePart, 'SIGNATURE'));
    const { status } = other.gpg(['--verify', signature, content]);
    expect(status).toContain(`VALIDSIG ${signer.fingerprint}`);
    const digest = /VALIDSIG \S+ \S+ \S+ \S+ \S+ \S+ \S+ (\d+)/.exec(status)?.[1];
    const names: Readonly<Record<string, string>> = { '8': 'sha256', '9': 'sha384', '10': 'sha512' };
    expect(mail).toContain(`micalg=pgp-${names[digest ?? ''] ?? ''}`);
  });
});

describe('a header', () => {
  it.each([
    ['a line end in a name', { to: { name: 'A\r\nBcc: x@example.org', email: 'a@example.org' } }],
    ['a line end in an address', { to: { email: 'a@example.org\nBcc: x@example.org' } }],
    ['two addresses', { to: { email: 'a@example.org,b@example.org' } }],
    ['a line end in a message id', { messageId: '<a@b>\r\nX: y' }],
    ['a line end in a subject', { subject: 'x\r\nX: y' }],
  ])('never holds %s', async (_, change) => {
    const message = aMessage({ encryption: { kind: 'given-key', armored: vendor.publicKey }, ...change });
    await expect(compose({ message })).rejects.toMatchObject({ code: 'mail-header' });
  });
});
