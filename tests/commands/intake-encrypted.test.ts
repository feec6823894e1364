import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { completeReport, type CompleteReportOptions } from '../../src/commands/complete-report.ts';
import { due as showDues } from '../../src/commands/due.ts';
import { intake, type IntakeOptions } from '../../src/commands/intake.ts';
import { notify } from '../../src/commands/notify.ts';
import { readPart } from '../../src/documents/sealed-parts.ts';
import { isError } from '../../src/domain/finding.ts';
import { parseInstant } from '../../src/domain/instant.ts';
import { unlockPrivateKey } from '../../src/io/openpgp-keys.ts';
import { decryptWith } from '../../src/io/openpgp-messages.ts';
import { workTree } from '../../src/io/work-tree.ts';
import { lintRepository } from '../../src/rules/lint-repository.ts';
import { aDesk, FOLDER, NUMBER, typed, type Desk } from '../support/a-desk.ts';
import { tempGnupg, type TempGnupg } from '../support/temp-gnupg.ts';

/* GnuPG is the other side: it writes what reporters send. */

const FORM = 'Vendor: Acme Corporation\nProduct: Widget\nVersions: 1.0 to 1.2\n\nImpact:\nA page of an attacker reads the session.\n\nSteps to reproduce:\nOpen the page.\n';
const SECRET = 'A page of an attacker';

let gnupg: TempGnupg;
let desk: Desk;
let mailbox = 0;
/** The other side's clock stands where ours does. */
const gpg = (args: readonly string[], input: string | Uint8Array = ''): ReturnType<TempGnupg['gpg']> => gnupg.gpg(['--faked-system-time', '20140501T000000!', ...args], input);
const sealed = async (name: string): Promise<Buffer> => {
  const [hanako] = desk.team;
  if (!hanako) throw new Error('no hanako');
  const key = await unlockPrivateKey(Buffer.from(hanako.privateKey), 'key', hanako.key, () => Promise.reject(new Error('no passphrase')));
  return Buffer.from(readPart(FOLDER, NUMBER, name, await decryptWith(key, desk.read(`${FOLDER}/sealed/${name}.asc`))));
};

beforeAll(() => {
  gnupg = tempGnupg();
  for (const [name, algorithm] of [['ed', 'ed25519'], ['rsa2', 'rsa2048'], ['rsa4', 'rsa4096']] as const) {
    gpg(['--quick-generate-key', `Finder ${name} <${name}@finder.example>`, algorithm, 'default', 'never']);
  }
}, 120_000);
afterAll(() => gnupg.dispose());
beforeEach(async () => {
  desk = await aDesk();
  for (const { publicKey } of desk.team) gpg(['--import'], publicKey);
});
afterEach(() => desk.dispose());

const HEADERS = 'From: Finder <ed@finder.example>\r\nTo: cases@centre.example\r\nSubject: ...\r\nDate: Thu, 01 May 2014 10:00:00 +0900\r\nMessage-ID: <a@finder.example>\r\nMIME-Version: 1.0\r\n';
const entityOf = (text: string, type = 'text/plain; charset=utf-8'): string => `Content-Type: ${type}\r\nSubject: Widget lets other pages read the session\r\n\r\n${text.replaceAll(/\r?\n/g, '\r\n')}`;

/** Encrypted by gpg to a coordinator, signed by a reporter unless nobody is named. */
function encrypted(content: string | Uint8Array, { signer = 'ed', to = 0, more = [] }: { readonly signer?: string | null; readonly to?: number; readonly more?: readonly string[] } = {}): string {
  const sign = signer === null ? [] : ['--sign', '--local-user', `${signer}@finder.example`];
  return gpg(['--armor', '--encrypt', ...sign, ...more, '--recipient', desk.team[to]?.key ?? ''], content).stdout.toString('latin1');
}
const pgpMime = (message: string): string =>
  `${HEADERS}Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary="x y"\r\n\r\n--x y\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n\r\n--x y\r\nContent-Type: application/octet-stream; name=encrypted.asc\r\n\r\n${message}\r\n--x y--\r\n`;
const inline = (body: string, type = 'text/plain; charset=utf-8'): string => `${HEADERS.replace('Subject: ...', 'Subject: Widget lets other pages read the session')}Content-Type: ${type}\r\n\r\n${body}`;

const file = (mail: string | Uint8Array): string => {
  mailbox += 1;
  return desk.file(`mail-${mailbox}.eml`, mail);
};
const takeIn = (mail: string | Uint8Array, options: Partial<IntakeOptions> = {}) => typed(desk, intake, { file: file(mail), id: NUMBER, ...options }, '2014-05-01T11:00');
const refused = async (mail: string | Uint8Array, options: Partial<IntakeOptions> = {}): Promise<unknown> => {
  const problem: unknown = await takeIn(mail, options).catch((thrown: unknown) => thrown);
  expect(desk.git('status', '--porcelain')).toBe('');
  expect(readdirSync(desk.root)).not.toContain('cases');
  return problem;
};
const sealedPart = async (name: string): Promise<string> => (await sealed(name)).toString();
const learnKey = (name: string): string => {
  const armored = gpg(['--armor', '--export', `${name}@finder.example`]).stdout.toString();
  const fingerprint = /^fpr:+([0-9A-F]{40}):/m.exec(gpg(['--with-colons', '--list-keys', `${name}@finder.example`]).stdout.toString())?.[1] ?? '';
  desk.write(`keys/${fingerprint}.asc`, armored);
  desk.commit('A key');
  return fingerprint;
};

describe('an encrypted report', () => {
  it.each(['ed', 'rsa2', 'rsa4'])('as PGP/MIME, signed with a key of kind %s, becomes a case', async (name) => {
    const fingerprint = learnKey(name);
    const { code, stderr } = await takeIn(pgpMime(encrypted(entityOf(FORM), { signer: name })));
    expect(code).toBe(0);
    expect(stderr.join('\n')).toContain(`signed by ${fingerprint}, the key of somebody in keys/: the signature is good`);
    expect(desk.read(`${FOLDER}/case.md`)).toContain('en: Widget lets other pages read the session');
    expect(await sealedPart('report')).toContain(SECRET);
    expect(await sealedPart('decrypted')).toContain(SECRET);
    expect(await sealedPart('original')).toContain('BEGIN PGP MESSAGE');
    // Nothing of it, and not whose key it was, is in clear.
    expect(desk.git('grep', '-c', '-e', '')).not.toContain('finder');
    for (const text of [desk.git('log', '-1', '--format=%B'), desk.read(`${FOLDER}/case.md`), readFileSync(join(desk.root, FOLDER, 'log', readdirSync(join(desk.root, FOLDER, 'log'))[0] ?? ''), 'utf8')]) {
      expect(text).not.toContain(SECRET);
      expect(text).not.toContain(fingerprint.slice(-16));
    }
  });

  it('that somebody else forwards gives them nothing: no key of theirs is answered to, and no word of it becomes the title', async () => {
    const stolen = pgpMime(encrypted(entityOf(FORM)));
    const own = gpg(['--armor', '--export', 'rsa2@finder.example']).stdout.toString();
    const forwarding = `${HEADERS.replace('Subject: ...', 'Subject: Please look')}Content-Type: multipart/mixed; boundary=fw\r\n\r\n--fw\r\nContent-Type: text/plain\r\n\r\n${own}\r\n--fw\r\nContent-Type: message/rfc822\r\n\r\n${stolen}\r\n--fw--\r\n`;
    const { code, stderr } = await takeIn(forwarding, { reporterName: 'Mallory', reporterEmail: 'mallory@evil.example' });
    expect(code).toBe(0);
    expect(desk.outbox().filter((name) => name.endsWith('.eml'))).toEqual([]);
    expect(stderr.join('\n')).toContain('no OpenPGP key of the reporter is known');
    expect(desk.read(`${FOLDER}/case.md`)).toContain('Please look');
    expect(desk.read(`${FOLDER}/case.md`)).not.toContain('Widget lets other pages');
  });

  it('says that a signature is by a key that nobody knows, or that there is none', async () => {
    expect((await takeIn(pgpMime(encrypted(entityOf(FORM))))).stderr.join('\n')).toContain('a key that is not in keys/: nobody could check the signature');
    const other = await typed(desk, intake, { file: file(pgpMime(encrypted(entityOf(`${FORM}Again.`), { signer: null }))), id: '70707070', title: 'Another' }, '2014-05-01T11:00');
    expect(other.stderr.join('\n')).toContain('was encrypted, and is not signed');
  });

  it('in the text of the mail, in ISO-2022-JP, with an attachment encrypted by itself', async () => {
    const japanese = Buffer.concat([Buffer.from('Vendor: Acme\nProduct: Widget\nVersions: 1\n\nImpact:\n'), Buffer.from('\x1b$B@H<e@-\x1b(B\n', 'latin1')]);
    const attachment = encrypted(Buffer.from([0, 1, 2, 255]), { signer: null });
    const body = `--b\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n${encrypted(japanese)}\r\n--b\r\nContent-Type: application/octet-stream; name="poc.bin.pgp"\r\nContent-Disposition: attachment; filename="poc.bin.pgp"\r\n\r\n${attachment}\r\n--b--\r\n`;
    expect((await takeIn(inline(body, 'multipart/mixed; boundary=b'))).code).toBe(0);
    expect(await sealedPart('report')).toContain('脆弱性');
    expect((await sealed('decrypted')).includes(Buffer.from([0, 1, 2, 255]))).toBe(true);
  });

  it('that is only signed, PGP/MIME or in the text, is checked; a changed one says so loudly', async () => {
    const fingerprint = learnKey('ed');
    const entity = entityOf(`${FORM}\n`);
    const signature = gpg(['--armor', '--detach-sign', '--local-user', 'ed@finder.example'], entity).stdout.toString();
    const signed = (content: string): string => `${HEADERS}Content-Type: multipart/signed; micalg=pgp-sha512; protocol="application/pgp-signature"; boundary="s"\r\n\r\n--s\r\n${content}\r\n--s\r\nContent-Type: application/pgp-signature\r\n\r\n${signature}\r\n--s--\r\n`;
    const dry = async (mail: string): Promise<string> => (await typed(desk, intake, { file: file(mail), id: NUMBER, title: 'Flaw' }, '2014-05-01T11:00', { dryRun: true })).printed;
    expect(await dry(signed(entity))).toContain(`signed by ${fingerprint}`);
    // Line ends that a gateway changed are no change.
    expect(await dry(signed(entity).replaceAll('\r\n', '\n'))).toContain('the signature is good');
    expect(await dry(signed(entity.replace('attacker', 'stranger')))).toContain('THE SIGNATURE IS NOT GOOD');
    const clear = gpg(['--clear-sign', '--local-user', 'ed@finder.example'], FORM).stdout.toString();
    expect(await dry(inline(clear))).toContain('the signature is good');
    expect(await dry(inline(`Hello,\r\n${clear}`))).toContain('ONLY A PART OF THE MAIL IS SIGNED');
    expect(await dry(inline(clear.replace('attacker', 'stranger')))).toContain('THE SIGNATURE IS NOT GOOD');
  });

  it('for somebody else, changed on its way, or a bomb is refused, and --unread keeps it sealed', async () => {
    gpg(['--quick-generate-key', 'Else <else@else.example>', 'default', 'default', 'never']);
    const elsewhere = pgpMime(gpg(['--armor', '--encrypt', '--recipient', 'else@else.example'], entityOf(FORM)).stdout.toString());
    expect(await refused(elsewhere)).toMatchObject({ code: 'mail-encrypted', hint: expect.stringContaining('--unread') as unknown });
    const good = encrypted(entityOf(FORM), { signer: null, more: ['--compress-algo', 'none'] });
    const [head = '', armor = ''] = good.split('\n\n');
    const data = Buffer.from(armor.split('\n=')[0] ?? '', 'base64');
    data[data.length - 40] = (data[data.length - 40] ?? 0) ^ 1;
    const changed = `${head}\n\n${data.toString('base64').replaceAll(/(.{64})/g, '$1\n')}\n-----END PGP MESSAGE-----\n`;
    expect(await refused(pgpMime(changed))).toMatchObject({ code: 'mail-encrypted', message: expect.stringMatching(/modif|integrity/i) as unknown });
    const bomb = encrypted(Buffer.alloc(100_000_000), { signer: null, more: ['--compress-algo', 'zip'] });
    expect(await refused(pgpMime(bomb))).toMatchObject({ code: 'mail-encrypted', message: expect.stringMatching(/maximum|size|limit/i) as unknown });

    const { code } = await takeIn(elsewhere, { unread: true, title: 'Not read yet', vendorName: 'unknown', product: 'unknown', affected: ['unknown'] });
    expect(code).toBe(0);
    expect(await sealedPart('original')).toBe(elsewhere);
    expect(readdirSync(join(desk.root, FOLDER, 'sealed'))).not.toContain('decrypted.asc');
    expect(await sealedPart('reporter')).toContain('ed@finder.example');
    expect(desk.readable()).not.toContain('finder.example');
  });
});

describe('a case that was taken in unread', () => {
  const unread = { unread: true, title: 'Not read yet', vendorName: 'unknown', product: 'unknown', affected: ['unknown'] } as const;
  const complete = (options: Omit<CompleteReportOptions, 'into'>, how: Parameters<typeof typed>[4] = {}) => typed(desk, completeReport, { into: NUMBER, ...options }, '2014-05-02T11:00', how);
  const cannotBeRead = (): string => pgpMime('-----BEGIN PGP MESSAGE-----\n\nwcBM\n=aaaa\n-----END PGP MESSAGE-----\n');

  it('gets what the mail says, once, from the mail as somebody else decrypted it', async () => {
    await takeIn(cannotBeRead(), unread);
    const copy = file(inline(FORM));
    const { code } = await complete({ file: copy });
    expect(code).toBe(0);
    expect(await sealedPart('decrypted')).toContain(SECRET);
    expect(await sealedPart('poc')).toMatch(/^Impact:\nA page of an attacker reads the session\.\n\nProof of concept:\nOpen the page\./);
    expect(desk.entry('report-completed')).toContain('sealed:\n  - poc\n  - decrypted\n');
    expect(desk.readable()).not.toContain(SECRET);
    expect(lintRepository(workTree(desk.root), { now: parseInstant('2014-05-03T10:00:00+09:00') }).filter(isError)).toEqual([]);
    await expect(complete({ file: copy })).rejects.toMatchObject({ code: 'nothing-new' });
  });

  it('has nobody for its reporter where a party of ours passed it on, or a person says so, until somebody is named', async () => {
    await takeIn(cannotBeRead().replace('ed@finder.example', 'psirt@acme.example'), unread);
    const due = await typed(desk, showDues, { case: NUMBER }, '2014-05-02T10:00');
    expect(due.stdout.join('\n')).not.toContain('--in-clear');
    await expect(complete({ title: 'Another' })).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('--title') as string });
    await expect(complete({ reporterName: 'Not read yet' })).rejects.toMatchObject({ code: 'identity-in-facts' });
    await complete({ reporterName: 'Yamada Hanako', reporterEmail: 'yamada@finder.example' });
    expect(await sealedPart('reporter')).toContain('yamada@finder.example');
    expect(desk.readable()).not.toMatch(/Yamada|finder\.example/);
    await expect(complete({ reporterName: 'Another' })).rejects.toMatchObject({ code: 'known-already' });
    const sent = await typed(desk, notify, { case: NUMBER, reporter: true, inClear: 'No key.' }, '2014-05-02T12:00');
    expect(sent.code).toBe(0);
  });

  it('asks at a terminal whether its sender reports', async () => {
    const answers = { '--reporter-email': false };
    await expect(typed(desk, intake, { file: file(cannotBeRead()), id: NUMBER, ...unread }, '2014-05-01T11:00', { answers })).rejects.toThrow('--reporter-name');
  });
});
