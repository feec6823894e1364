import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lint } from '../../src/commands/lint.ts';
import { open } from '../../src/commands/open.ts';
import { seal, type SealOptions } from '../../src/commands/seal.ts';
import { teamAdd, teamRemove, teamRewrap } from '../../src/commands/team.ts';
import { contentOf, packetBytes, readArmor, recipientsOf } from '../../src/documents/openpgp-packets.ts';
import { aDesk, FOLDER, NUMBER, takeIn, typed, type Desk } from '../support/a-desk.ts';
import { tempGnupg, type TempGnupg } from '../support/temp-gnupg.ts';
import { testPerson, type TestPerson } from '../support/temp-repo.ts';

const NOW = '2014-05-03T12:00';
const SECRET = 'GET /%00 of the second attempt';
let gnupg: TempGnupg;
let jiro: TestPerson;
let desk: Desk;

beforeAll(async () => {
  gnupg = tempGnupg();
  jiro = await testPerson('jiro');
  gnupg.gpg(['--import'], jiro.privateKey);
});
afterAll(() => gnupg.dispose());
beforeEach(async () => {
  desk = await aDesk();
  await takeIn(desk);
}, 60_000);
afterEach(() => desk.dispose());

const keep = (options: Partial<SealOptions> = {}) => typed(desk, seal, { case: NUMBER, file: desk.file('crash.txt', SECRET), name: 'crash', ...options }, NOW);
const committed = (name: string): Buffer => Buffer.from(desk.git('show', `HEAD:${FOLDER}/sealed/${name}.asc`));
const armorOf = (name: string) => {
  const armor = readArmor(committed(name).toString('latin1'));
  if (!armor) throw new Error(`${name} is no message`);
  return armor;
};
const byJiro = (name: string): string => gnupg.gpg(['--decrypt'], committed(name)).stdout.toString();
const addJiro = () => typed(desk, teamAdd, { person: 'Jiro <jiro@centre.example>', key: desk.file('jiro.asc', jiro.publicKey) }, NOW);

describe('vcc seal', () => {
  it('keeps a file byte by byte, and the log knows of it without its words', async () => {
    const bytes = Buffer.from([0, 255, 13, 10, 26, 0]);
    expect((await keep({ file: desk.file('crash.bin', bytes.toString('latin1')), text: 'Capture of the second attempt' })).code).toBe(0);
    expect(desk.entry('note')).toContain('Capture of the second attempt');
    expect(desk.entry('note')).toMatch(/sealed: crash\n/);
    const output = join(desk.folder, 'out.bin');
    await typed(desk, open, { case: NUMBER, name: 'crash', output }, NOW);
    expect(readFileSync(output).length).toBeGreaterThan(0);
    expect((await typed(desk, lint, {}, NOW)).code).toBe(0);
    expect(desk.git('log', '-p', '-1')).not.toContain(SECRET);
  });

  it('shows a mail as it is read, and of what is no text only how long it is', async () => {
    const subject = Buffer.from('検証コード').toString('base64');
    const mail = `From: Taro <taro@acme.example>\r\nSubject: =?utf-8?B?${subject}?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=iso-2022-jp\r\nContent-Transfer-Encoding: 7bit\r\n\r\n\x1b$B$3$s$K$A$O\x1b(B\r\n--b\r\nContent-Type: image/png; name=a.png\r\nContent-Disposition: attachment; filename=a.png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n`;
    await keep({ file: desk.file('crash.eml', mail) });
    const { stdout } = await typed(desk, open, { case: NUMBER, name: 'crash' }, NOW);
    expect(stdout.join('\n')).toBe('From: Taro <taro@acme.example>\nSubject: 検証コード\nAttached: a.png (image/png, 8 octets)\n\nこんにちは');
    const output = join(desk.folder, 'crash.eml.out');
    await typed(desk, open, { case: NUMBER, name: 'crash', output }, NOW);
    expect(readFileSync(output, 'latin1')).toBe(mail);
    await keep({ file: desk.file('a.png', Buffer.from('iVBORw0KGgoAAAAN', 'base64')), name: 'screen' });
    expect((await typed(desk, open, { case: NUMBER, name: 'screen' }, NOW)).stdout).toEqual([`binary, 12 octets: vcc open ${NUMBER} screen --output FILE`]);
  });

  it.each([
    ['a name that others write', { name: 'report' }, { exitCode: 2 }],
    ['a name that climbs', { name: '../crash' }, { exitCode: 2 }],
    ['a name that gives the reporter away', { name: 'yamada-hanako' }, { code: 'identity-in-name', message: expect.stringContaining('--name') as string }],
    ['a text that gives the reporter away', { text: 'from Yamada Hanako, by hand' }, { code: 'identity-in-log' }],
    ['a file that is not there', { file: '/nowhere/at/all' }, { code: 'cannot-read' }],
  ])('refuses %s, and writes nothing', async (_what, options, problem) => {
    await expect(keep(options)).rejects.toMatchObject(problem);
    expect(desk.git('status', '--porcelain')).toBe('');
  });

  it('writes a name once', async () => {
    await keep();
    await expect(keep()).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('written once') as string });
  });

  it('whose file goes missing is missed', async () => {
    await keep();
    desk.git('rm', '--quiet', `${FOLDER}/sealed/crash.asc`);
    expect((await typed(desk, lint, {}, NOW)).code).toBe(1);
  });
});

describe('who joins and leaves the team', () => {
  it('opens what was sealed before, and the content does not change by an octet', async () => {
    await keep();
    const before = armorOf('crash');
    expect((await addJiro()).code).toBe(0);
    expect(byJiro('crash')).toContain(SECRET);
    expect(byJiro('report')).toContain(NUMBER);
    // GnuPG 2.2 takes the end mark for data where the last line needs no padding and no checksum stands between (RFC 4880, 6.1).
    for (const name of ['crash', 'report', 'reporter', 'original', 'poc']) expect(committed(name).toString()).toMatch(/\n=[A-Za-z0-9+/]{4}\n-----END PGP MESSAGE-----\n$/);
    const after = armorOf('crash');
    expect(recipientsOf(after).length).toBe(recipientsOf(before).length + 1);
    expect(contentOf(after)).toEqual(contentOf(before));
    expect((await typed(desk, open, { case: NUMBER, name: 'crash' }, NOW)).printed).toContain(SECRET);
  });

  it('is no exchange of what is sealed, for the hook either; another content is', async () => {
    await keep();
    await addJiro();
    desk.git('reset', '--quiet', '--soft', 'HEAD~1');
    expect((await typed(desk, lint, { staged: true }, NOW)).code).toBe(0);
    const { publicKey } = desk.team[0] ?? jiro;
    gnupg.gpg(['--import'], publicKey);
    const other = gnupg.gpg(['--armor', '--encrypt', ...desk.team.flatMap(({ key, publicKey: one }) => (gnupg.gpg(['--import'], one), ['--recipient', key]))], 'something else').stdout;
    desk.write(`${FOLDER}/sealed/crash.asc`, other.toString());
    desk.git('add', '--all');
    const { code, printed } = await typed(desk, lint, { staged: true }, NOW);
    expect(code).toBe(1);
    expect(printed).toContain('sealed-rewritten');
  });

  it('is refused where the wrapped keys are exchanged for the same recipients: nobody could open it any more', async () => {
    await keep();
    const { packets } = armorOf('crash');
    const spoilt = packets.map(({ tag, body }) => ({ tag, body: tag === 1 ? Buffer.concat([body.subarray(0, 12), Buffer.from(body.subarray(12)).reverse()]) : body }));
    desk.write(`${FOLDER}/sealed/crash.asc`, `-----BEGIN PGP MESSAGE-----\n\n${Buffer.concat(spoilt.map(packetBytes)).toString('base64').replaceAll(/(.{64})/g, '$1\n')}\n-----END PGP MESSAGE-----\n`);
    desk.git('add', '--all');
    const { code, printed } = await typed(desk, lint, { staged: true }, NOW);
    expect([code, printed]).toEqual([1, expect.stringContaining('sealed-rewritten')]);
  });

  it('carries no readable header in its armor', async () => {
    await keep();
    desk.write(`${FOLDER}/sealed/crash.asc`, committed('crash').toString().replace('MESSAGE-----\n', 'MESSAGE-----\nHash: by Yamada Hanako\n'));
    expect((await typed(desk, lint, {}, NOW)).printed).toContain('has readable text around the encrypted message');
  });

  it('who left opens nothing of what stands there, and the history still does: vcc says so', async () => {
    await addJiro();
    const { stderr } = await typed(desk, teamRemove, { slug: 'jiro' }, NOW);
    expect(stderr.join('\n')).toContain('calls nothing back');
    expect(() => byJiro('report')).toThrow();
    expect(gnupg.gpg(['--decrypt'], desk.git('show', `HEAD~1:${FOLDER}/sealed/report.asc`)).stdout.toString()).toContain(NUMBER);
    expect(desk.git('show', 'HEAD:vcc.yaml')).not.toContain('jiro@');
    expect((await typed(desk, lint, {}, NOW)).code).toBe(0);
  });

  it('what one cannot open, another rewraps; lint counts it until then', async () => {
    await addJiro();
    // Sealed to Jiro alone, as by a coordinator whose vcc.yaml was old.
    const sealed = gnupg.gpg(['--armor', '--encrypt', '--recipient', jiro.key], `---\ncase: "${NUMBER}"\nsealed: crash\n---\nx`).stdout.toString();
    desk.write(`${FOLDER}/sealed/crash.asc`, sealed);
    desk.commit('sealed by hand');
    const { printed } = await typed(desk, lint, {}, NOW);
    expect(printed).toMatch(/vcc\.yaml:1:1 warning sealed-recipients .*cannot open 1 of \d+ sealed files/);
    expect((await typed(desk, teamRewrap, undefined, NOW)).code).toBe(1);
    desk.git('config', 'user.email', 'jiro@centre.example');
    desk.git('config', 'vcc.keyFile', desk.file('jiro-private.asc', jiro.privateKey));
    expect((await typed(desk, teamRewrap, undefined, NOW)).code).toBe(0);
    expect((await typed(desk, lint, {}, NOW)).printed).not.toContain('sealed-recipients');
  });

  it('nobody goes by themselves, or who is not there', async () => {
    await expect(typed(desk, teamRemove, { slug: 'nobody' }, NOW)).rejects.toMatchObject({ code: 'not-in-team' });
    await expect(typed(desk, teamRemove, { slug: desk.team[0]?.slug ?? '' }, NOW)).rejects.toMatchObject({ code: 'own-removal' });
  });
});
