import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { notify } from '../../src/commands/notify.ts';
import { open } from '../../src/commands/open.ts';
import { record, type RecordOptions } from '../../src/commands/record.ts';
import { vendorAdd } from '../../src/commands/vendor.ts';
import { accept, aDesk, FOLDER, NUMBER, takeIn, typed, type Desk } from '../support/a-desk.ts';
import { testPerson } from '../support/temp-repo.ts';
import { tempGnupg, type TempGnupg } from '../support/temp-gnupg.ts';

let gnupg: TempGnupg;
let desk: Desk;
let messageId: string;
let files = 0;

beforeAll(() => {
  gnupg = tempGnupg();
});
afterAll(() => gnupg.dispose());
beforeEach(async () => {
  desk = await aDesk();
  await takeIn(desk);
  await accept(desk);
  await typed(desk, notify, { case: NUMBER, vendor: ['acme'] }, '2014-05-02T10:00');
  messageId = /id: "?(<[^>]+>)/.exec(desk.entry('vendor-contacted'))?.[1] ?? '';
  for (const { publicKey } of desk.team) gnupg.gpg(['--import'], publicKey);
}, 60_000);
afterEach(() => desk.dispose());

const gpg = (args: readonly string[], input: string): string => gnupg.gpg(['--faked-system-time', '20140503T000000!', ...args], input).stdout.toString('latin1');
const mail = (headers: string, body = 'We have received it.'): string => desk.file(`answer-${(files += 1)}.eml`, `${headers}\nDate: Sat, 03 May 2014 10:00:00 +0900\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n${body}\n`);
const ACME = 'From: PSIRT <psirt@acme.example>';
const run = (options: Partial<RecordOptions> & { readonly from: string }, flags: RecordOptions['flags'] = {}) => {
  const { from, ...rest } = options;
  return typed(desk, record, { ...rest, flags: { ...flags, from } }, '2014-05-03T12:00');
};
const refused = async (options: Parameters<typeof run>[0]): Promise<unknown> => {
  const problem: unknown = await run(options).catch((thrown: unknown) => thrown);
  expect(desk.git('status', '--porcelain')).toBe('');
  return problem;
};

describe('vcc record --from', () => {
  it('finds case, vendor and time in an encrypted and signed answer, seals it, and keeps its words out of the log', async () => {
    const acme = await testPerson('acme');
    gnupg.gpg(['--import'], acme.privateKey);
    const secret = 'The parser is in src/frob.c.';
    const message = gpg(['--armor', '--sign', '--encrypt', '--local-user', acme.key, ...desk.team.flatMap(({ key }) => ['--recipient', key])], secret);
    const { code, stderr } = await run({ from: mail(`${ACME}\nIn-Reply-To: ${messageId}\nSubject: Re: ...`, message) }, { progress: 'acknowledged' });
    expect(code).toBe(0);
    expect(stderr.join('\n')).toContain(`signed by ${acme.key}, the key of vendor acme: the signature is good`);
    const entry = desk.entry('vendor-replied');
    expect(entry).toMatch(/^at: "?2014-05-03T10:00:00\+09:00"?$/m);
    expect(entry).toMatch(/^vendor: acme$/m);
    expect(entry).toMatch(/^progress: acknowledged$/m);
    expect(entry).toMatch(/^ {2}signature: good$/m);
    const name = /sealed: (mail-[0-9a-f]{8})/.exec(entry)?.[1] ?? '';
    expect(readdirSync(join(desk.root, FOLDER, 'sealed'))).toEqual(expect.arrayContaining([`${name}.asc`, `${name}-decrypted.asc`]));
    expect(desk.git('log', '-p', '--format=%B', '-1')).not.toContain('frob');
    expect((await typed(desk, open, { case: NUMBER, name: `${name}-decrypted` }, '2014-05-03T12:00')).printed).toContain(secret);
  });

  it('finds the case by its number in the subject', async () => {
    const { stderr } = await run({ from: mail(`${ACME}\nSubject: Re: [JVN#${NUMBER}]`) });
    expect(stderr.join('\n')).toContain('not signed: anybody can write under that address');
    expect(desk.entry('vendor-replied')).toMatch(/^ {2}signature: none$/m);
  });

  it('guesses nothing: no case, another sender, a signature of somebody else', async () => {
    expect(await refused({ from: mail(`${ACME}\nSubject: Hello`) })).toMatchObject({ code: 'which-case' });
    expect(await refused({ from: mail(`From: x@elsewhere.example\nSubject: [JVN#${NUMBER}]`) })).toMatchObject({ code: 'which-party' });
    const libre = await testPerson('libre');
    gnupg.gpg(['--import'], libre.privateKey);
    const signed = gpg(['--clear-sign', '--local-user', libre.key], 'We have received it.\n');
    expect(await refused({ from: mail(`${ACME}\nSubject: [JVN#${NUMBER}]`, signed) })).toMatchObject({ code: 'other-signer' });
    // A person who knows better says so.
    expect((await run({ case: NUMBER, event: 'vendor-replied', from: mail(`From: x@elsewhere.example\nSubject: [JVN#${NUMBER}]`) }, { vendor: 'acme' })).code).toBe(0);
  });

  it('says whose clock is behind, and takes the time that a person gives', async () => {
    const early = mail(`${ACME}\nIn-Reply-To: ${messageId}\nSubject: Re: ...`);
    writeFileSync(early, readFileSync(early, 'utf8').replace('03 May 2014 10:00:00', '02 May 2014 09:20:00'));
    expect(await refused({ from: early })).toMatchObject({ code: 'mail-before-letter', message: 'the mail says that it was sent on 2014-05-02 09:20 +09:00, before your letter of 2014-05-02 10:00 +09:00: one of the clocks is wrong', hint: 'Say when it came: --at WHEN' });
    expect((await run({ from: early }, { at: '2014-05-03T11:00' })).code).toBe(0);
  });

  it('logs one with a bad signature only where a person says so', async () => {
    const acme = await testPerson('acme');
    gnupg.gpg(['--import'], acme.privateKey);
    const changed = gpg(['--clear-sign', '--local-user', acme.key], 'We have received it.\n').replace('received', 'rejected');
    const from = mail(`${ACME}\nSubject: [JVN#${NUMBER}]`, changed);
    expect(await refused({ from })).toMatchObject({ code: 'signature-bad', hint: expect.stringContaining('--despite-signature') as unknown });
    const asked = typed(desk, record, { flags: { from } }, '2014-05-03T12:00', { answers: { '--despite-signature': false } });
    await expect(asked).rejects.toMatchObject({ code: 'declined' });
    await run({ from }, { despiteSignature: true });
    expect(desk.entry('vendor-replied')).toMatch(/^ {2}signature: bad$/m);
  });

  it('takes the same mail once', async () => {
    const from = mail(`${ACME}\nSubject: [JVN#${NUMBER}]`);
    await run({ from });
    expect(await refused({ from })).toMatchObject({ code: 'same-mail' });
  });

  it('knows the reporter by the sealed address, and does not repeat it', async () => {
    await run({ from: mail(`From: Somebody <yamada@finder.example>\nSubject: [JVN#${NUMBER}]`, 'It is me.') });
    expect(desk.entry('reporter-replied')).not.toContain('yamada@finder.example');
    expect(desk.git('log', '--format=%B', '-1')).not.toContain('yamada@finder.example');
  });

  it('is about answers only', async () => {
    expect(await refused({ case: NUMBER, event: 'note', from: mail(`${ACME}\nSubject: x`) })).toMatchObject({ code: 'usage' });
  });
});

describe('vcc open', () => {
  it('lists what is sealed, shows a part, writes one outside of the repository for its owner alone', async () => {
    expect((await typed(desk, open, { case: NUMBER }, '2014-05-03T12:00')).stdout.join('\n').split('\n')).toEqual(['original', 'poc', 'report', 'reporter']);
    const output = join(desk.folder, 'report.yaml');
    await typed(desk, open, { case: NUMBER, name: `${FOLDER}/sealed/report.asc`, output }, '2014-05-03T12:00');
    expect(readdirSync(desk.folder)).toContain('report.yaml');
    await expect(typed(desk, open, { case: NUMBER, name: 'report', output: join(desk.root, 'x') }, '2014-05-03T12:00')).rejects.toMatchObject({ code: 'inside-repository' });
    await expect(typed(desk, open, { case: NUMBER, name: 'reprot' }, '2014-05-03T12:00')).rejects.toMatchObject({ code: 'no-such-part', hint: expect.stringContaining('report') as unknown });
  });
});

describe('who wrote an answer, and when', () => {
  it('compares the signer also where a person says whose answer it is', async () => {
    const libre = await testPerson('libre');
    gnupg.gpg(['--import'], libre.privateKey);
    const signed = gpg(['--clear-sign', '--local-user', libre.key], 'We have received it.\n');
    await expect(run({ from: mail(`${ACME}\nSubject: [JVN#${NUMBER}]`, signed), event: 'vendor-replied', case: NUMBER }, { vendor: 'acme' })).rejects.toMatchObject({ code: 'other-signer' });
    expect(desk.git('status', '--porcelain')).toBe('');
  });

  it('takes the time of our own server where the mail dates itself back by more than a day', async () => {
    const received = 'Received: from mx.acme.example by mail.centre.example; Sat, 03 May 2014 11:00:00 +0900\nReceived: from pc by mx.acme.example; Thu, 01 May 2014 09:00:00 +0900';
    const back = mail(`${received}\n${ACME}\nSubject: [JVN#${NUMBER}]`);
    writeFileSync(back, readFileSync(back, 'utf8').replace('Date: Sat, 03 May 2014 10:00:00 +0900', 'Date: Thu, 01 May 2014 09:00:00 +0900'));
    await run({ from: back });
    expect(desk.entry('vendor-replied')).toMatch(/^at: "?2014-05-03T11:00:00\+09:00"?$/m);
  });

  it('names the signer by the key that verified, and not by what the signature says of itself', async () => {
    // A signing subkey of acme's: it counts as the key that it belongs to.
    gpg(['--quick-gen-key', 'Sub <psirt@acme.example>', 'ed25519', 'cert', '0'], '');
    const listed = gpg(['--list-keys', '--with-colons', 'Sub <psirt@acme.example>'], '');
    const primary = /^fpr:+([0-9A-F]{40}):/m.exec(listed)?.[1] ?? '';
    gpg(['--quick-add-key', primary, 'ed25519', 'sign', '0'], '');
    gpg(['--quick-add-key', primary, 'cv25519', 'encr', '0'], '');
    const key = gpg(['--armor', '--export', primary], '');
    const acme = /key: "?([0-9A-F]{40})/.exec(desk.read('vendors/acme.yaml'))?.[1] ?? '';
    expect(acme).not.toBe('');
    await typed(desk, vendorAdd, { slug: 'acme', email: 'psirt@acme.example', key: desk.file('sub.asc', key), fingerprint: primary }, '2014-05-03T11:00');
    const signed = gpg(['--clear-sign', '--local-user', primary], 'We have received it.\n');
    const { stderr } = await run({ from: mail(`${ACME}\nSubject: [JVN#${NUMBER}]`, signed) });
    expect(stderr.join('\n')).toContain(`signed by ${primary}, the key of vendor acme: the signature is good`);
    expect(desk.entry('vendor-replied')).toMatch(/^ {2}signature: good$/m);
  });

  it('does not count what was signed once a second time, in this case or another, nor at another time than it was signed', async () => {
    const acme = await testPerson('acme');
    gnupg.gpg(['--import'], acme.privateKey);
    const signed = gpg(['--clear-sign', '--local-user', acme.key], 'We have received it.\n');
    await run({ from: mail(`${ACME}\nSubject: [JVN#${NUMBER}]`, signed) }, { progress: 'acknowledged' });
    expect(desk.entry('vendor-replied')).toMatch(new RegExp(`signer: "?${acme.key}`));
    expect(await refused({ from: mail(`${ACME}\nSubject: Re: [JVN#${NUMBER}] once more\nMessage-ID: <other@acme.example>`, signed) })).toMatchObject({ code: 'same-signature' });
    const old = gnupg.gpg(['--faked-system-time', '20140102T000000!', '--clear-sign', '--local-user', acme.key], 'The date is fine.\n').stdout.toString('latin1');
    expect(await refused({ from: mail(`${ACME}\nSubject: [JVN#${NUMBER}]`, old) })).toMatchObject({ code: 'old-signature', hint: expect.stringContaining('--at') as string });
  });

  it('compares the signer of a mail of the receiving organisation, too', async () => {
    desk.write('partners/ipa.yaml', 'schemaVersion: 1\nname:\n  en: IPA\nkind: receiving-organisation\ncontacts:\n  - email: vuln@ipa.example\n    language: ja\n');
    desk.commit('partner');
    const acme = await testPerson('acme');
    gnupg.gpg(['--import'], acme.privateKey);
    const signed = gpg(['--clear-sign', '--local-user', acme.key], 'The committee has cleared it.\n');
    expect(await refused({ from: mail(`From: vuln@ipa.example\nSubject: [JVN#${NUMBER}]`, signed) })).toMatchObject({ code: 'other-signer' });
  });
});
