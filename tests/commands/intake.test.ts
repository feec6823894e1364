import { decrypt, readMessage, readPrivateKey } from 'openpgp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { intake } from '../../src/commands/intake.ts';
import { CASE_COMMANDS } from '../../src/command-list/case-commands.ts';
import { readForm } from '../../src/documents/report-form.ts';
import { readReport } from '../../src/documents/report.ts';
import { lintRepository } from '../../src/rules/lint-repository.ts';
import { readYaml } from '../../src/documents/yaml-text.ts';
import { workTree } from '../../src/io/work-tree.ts';
import { isError } from '../../src/domain/finding.ts';
import { parseInstant } from '../../src/domain/instant.ts';
import { aDesk, FOLDER, NUMBER, REPORT, reportFile, takeIn, typed, type Desk } from '../support/a-desk.ts';
import { testPerson } from '../support/temp-repo.ts';
import { typingEnvironment } from '../support/typing-environment.ts';

let first: Desk;
let desk: Desk;
let head: string;
beforeAll(async () => {
  first = await aDesk();
});
afterAll(() => first.dispose());
beforeEach(() => {
  desk = first.copy();
  head = desk.git('rev-parse', 'HEAD');
});
afterEach(() => desk.dispose());

const NOW = '2014-05-01T10:00';
const SECRETS = ['Yamada', 'yamada@finder.example', 'finder.example', 'Quiet Laboratory', '; reboot', REPORT.discovery, REPORT.impact];
const mail = (lines: readonly string[]): string => desk.file('report.eml', `${lines.join('\r\n')}\r\n`);
const HEADERS = ['From: Yamada Hanako <yamada@finder.example>', 'To: vuls@centre.example', 'Message-ID: <secret-thread@finder.example>', 'Date: Thu, 1 May 2014 09:00:00 +0900', 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8'];
const PRODUCT = { product: 'Example Router', vendorName: 'Acme', affected: ['1.2.3'] };

describe('vcc intake', () => {
  it('makes a case, seals identity and proof of concept, and answers the reporter, in one commit', async () => {
    const { code, printed } = await takeIn(desk);
    expect(code).toBe(0);
    expect(desk.git('ls-files', FOLDER).trim().split('\n').map((path) => path.slice(FOLDER.length + 1))).toEqual([
      'case.md',
      expect.stringMatching(/^log\/20140501T010000Z-received-[0-9a-f]{4}\.md$/),
      expect.stringMatching(/^log\/20140501T010000Z-reporter-contacted-[0-9a-f]{4}\.md$/),
      ...['original.asc', 'poc.asc', 'report.asc', 'report.guard.yaml', 'reporter.asc', 'reporter.guard.yaml'].map((name) => `sealed/${name}`),
    ]);
    expect(desk.head().subject).toBe(`${NUMBER}: intake (direct)`);
    expect(desk.head().trailer('Case')).toEqual([NUMBER]);
    expect(desk.head().trailer('Event')).toEqual(['received', 'reporter-contacted']);
    expect(desk.entry('received')).toMatch(/channel: form\noriginal: [0-9a-f]{64}\n/);
    expect(printed).toContain(`vcc triage ${NUMBER}`);
    const [letter = ''] = desk.outbox();
    expect(letter).toMatch(new RegExp(`^20140501T010000Z-${NUMBER}-reporter-[0-9a-f]{4}\\.eml$`));
    expect(await desk.opened(letter, desk.finder)).toContain(REPORT.title.en);
    expect(desk.git('status', '--porcelain')).toBe('');
    expect(lintRepository(workTree(desk.root), { now: parseInstant('2014-05-01T10:00:00+09:00') }).filter(isError)).toEqual([]);
  });

  it("tells the reporter which key the coordinator's is", async () => {
    await takeIn(desk);
    const fingerprint = desk.team[0]?.key.match(/.{4}/g)?.join(' ') ?? 'none';
    expect(await desk.opened(desk.outbox()[0] ?? '', desk.finder)).toContain(fingerprint);
  });

  it('reads a mail in Latin-1 that does not say so', async () => {
    const headers = HEADERS.map((line) => line.replace('; charset=utf-8', ''));
    const file = desk.file('report.eml', Buffer.from([...headers, 'Subject: Fwd: RE: Lücke im Gerät', '', 'Vendor: Müller', 'Product: Gerät', 'Version: 1'].join('\r\n'), 'latin1'));
    const { printed } = await typed(desk, intake, { file, id: NUMBER }, NOW);
    const facts = desk.read(`${FOLDER}/case.md`);
    expect(facts).toContain('vendor: Müller');
    expect(facts).toContain('en: Lücke im Gerät');
    expect(facts + printed).not.toContain('\ufffd');
  });

  it('says where characters of a report cannot be read', async () => {
    const file = mail([...HEADERS.map((line) => line.replace('; charset=utf-8', '')), 'Content-Transfer-Encoding: quoted-printable', 'Subject: Flaw', '', 'Vendor: M=FCller', 'Product: Router', 'Version: 1']);
    expect((await typed(desk, intake, { file, id: NUMBER }, NOW)).printed).toContain('characters that nobody can read any more');
  });

  it('says that the subject of a mail became the title, which is not sealed', async () => {
    const file = mail([...HEADERS, 'Subject: Commands run in Example Router', '', 'I send you the details as a file.']);
    const { printed } = await typed(desk, intake, { file, id: NUMBER, ...PRODUCT }, NOW);
    expect(printed).toContain('the subject of the mail became the title: Commands run in Example Router. A title is not sealed');
  });

  it('says so of a Japanese subject beside an English title of our own, too', async () => {
    const file = mail([...HEADERS, 'Subject: ルータでコマンドが実行される', '', 'The details follow as a file.']);
    const { printed } = await typed(desk, intake, { file, id: NUMBER, ...PRODUCT, title: 'Example Router' }, NOW);
    expect(printed).toContain('the subject of the mail became the title: ルータでコマンドが実行される. A title is not sealed');
  });

  it('lets no identity, key, proof, impact or title out of what is sealed', async () => {
    const { printed } = await takeIn(desk);
    for (const secret of [...SECRETS, desk.finder.key, desk.finder.key.slice(-16)]) {
      expect(desk.readable(), secret).not.toContain(secret);
      expect(printed, secret).not.toContain(secret);
    }
    expect(desk.git('log', '--format=%B')).not.toContain('Router');
    expect(desk.git('ls-files')).not.toMatch(/router/i);
    expect(desk.read(`outbox/${desk.outbox()[0] ?? ''}`)).not.toContain('Router');
  });

  it('shows with --dry-run what it would do, without addresses, and does not do it', async () => {
    const plain = await typed(desk, intake, { file: reportFile(desk), id: NUMBER }, NOW, { dryRun: true });
    expect(plain.stdout.join('\n')).toContain('message to the reporter (signed, encrypted)');
    const { envelopes, printed } = await typed(desk, intake, { file: reportFile(desk), id: NUMBER }, NOW, { dryRun: true, json: true });
    expect(envelopes).toMatchObject([{ kind: 'plan', case: NUMBER, publicId: `JVNVU#${NUMBER}`, similar: [], seals: ['original', 'report', 'poc', 'reporter'].map((name) => `${FOLDER}/sealed/${name}.asc`), messages: [{ encryption: 'given-key' }] }]);
    for (const secret of SECRETS) expect(plain.printed + printed).not.toContain(secret);
    expect(desk.untouchedSince(head, 0)).toBe(true);
  });

  it('prints one envelope with --json', async () => {
    const { envelopes, stdout } = await typed(desk, intake, { file: reportFile(desk), id: NUMBER }, NOW, { json: true });
    expect(envelopes).toMatchObject([{ kind: 'applied', case: NUMBER, commit: desk.git('rev-parse', 'HEAD').trim(), outbox: [`outbox/${desk.outbox()[0] ?? ''}`] }]);
    expect(stdout).toEqual([]);
  });

  it('names all flags that are missing at once', async () => {
    await expect(typed(desk, intake, {}, NOW)).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('--title, --product, --vendor-name, --affected are missing') as string });
  });

  it.each<[string, RegExp]>([
    ['title', /--title is missing/],
    ['product', /--product is missing/],
    ['vendorName', /--vendor-name is missing/],
    ['affected', /--affected is missing/],
  ])('names the flag when %s is missing and nobody can be asked', async (flag, message) => {
    const flags = Object.fromEntries(Object.entries({ title: 'A flaw', ...PRODUCT }).filter(([name]) => name !== flag));
    await expect(typed(desk, intake, flags, NOW)).rejects.toMatchObject({ exitCode: 2, message: expect.stringMatching(message) as string });
    expect(desk.untouchedSince(head, 0)).toBe(true);
  });

  const TYPED = {
    '--title': 'A flaw',
    '--title-ja': '脆弱性',
    '--product': 'Example Router',
    '--vendor-name': 'Acme',
    '--affected': '1.2.3',
    '--link': ['acme.example', 'https://acme.example/router'],
    '--kind': 'firmware',
    '--impact': 'Bad.',
    '--discovery': '',
    '--poc': 'Secret steps',
    '--time-limit': ['next year', '2014-02-30', '2014-08-07'],
    '--time-limit-event': 'A conference',
    '--reporter-name': 'Yamada Hanako',
    '--reporter-email': ['yamada', 'yamada@finder.example'],
    '--reporter-key': ['nowhere.asc', '../expired.asc', ''],
    '--wish': ['publicCredit'],
    '--credit': 'Hanako Yamada',
    '--credit-ja': '',
    '--route': 'direct',
    '--language': 'en',
  };

  it('refuses a key of the reporter that cannot be used where a coordinator names it, without its fingerprint', async () => {
    const { key, publicKey } = await testPerson('expired', { lifetime: 3600 });
    const refused: unknown = await takeIn(desk, {}, { reporterKey: desk.file('expired.asc', publicKey) }).catch((problem: unknown) => problem);
    expect(refused).toMatchObject({ code: 'key-unusable', message: expect.stringContaining('expired') as string });
    expect(String(refused)).not.toContain(key);
  });

  it('asks a person for everything that a report says, and again for what cannot be', async () => {
    desk.file('expired.asc', (await testPerson('expired', { lifetime: 3600 })).publicKey);
    const { asked, refused, stderr } = await typed(desk, intake, {}, NOW, { answers: TYPED });
    expect(asked).toEqual(Object.keys(TYPED));
    expect(refused).toEqual([/web address/, /calendar day.*"next year"/, /calendar day.*"2014-02-30"/, /e-mail address.*"yamada"/, /cannot read nowhere\.asc/, /expired\.asc cannot be used: .*expired.*go on without/].map((reason) => expect.stringMatching(reason) as string));
    expect(desk.readable()).not.toMatch(/Yamada|yamada|Secret steps/);
    expect(desk.git('ls-files')).toContain('sealed/reporter.asc');
    expect(desk.readable()).toMatch(/link: https:\/\/acme\.example\/router/);
    expect(desk.readable()).toMatch(/timeLimits:\n {2}- date: "2014-08-07"\n {4}event: A conference/);
    const path = /\S+sealed\/reporter\.asc/.exec(desk.git('ls-files'))?.[0] ?? '';
    const opened = await decrypt({ message: await readMessage({ armoredMessage: desk.read(path) }), decryptionKeys: await readPrivateKey({ armoredKey: desk.team[0]?.privateKey ?? '' }) });
    expect(String(opened.data)).toMatch(/credit:\n {2}en: Hanako Yamada\n/);
    expect(stderr.join('\n')).not.toContain('What you typed');
    const [shown = '', question = ''] = stderr.filter((text) => /^Case|^This will be done/.test(text));
    expect(shown).toMatch(/Title +脆弱性 \/ A flaw\nProduct +Example Router by Acme: 1\.2\.3\nRoute +direct/);
    expect(shown.replaceAll(/\s+/g, ' ')).toContain('Sealed what came in, whole; impact; proof of concept; the reporter (name, address, credit)');
    expect(question).toContain('seal');
  });

  it.each<[string, Record<string, unknown>, object]>([
    ['it becomes no case', { '--impact': 'Bad.', '--product': 'Router of Yamada Hanako' }, { code: 'identity-in-facts' }],
    ['its number is taken', {}, { code: 'usage' }],
  ])('shows all that was typed when %s, ready to be read back', async (_, changed, problem) => {
    const { env, stderr } = typingEnvironment(desk.root, { now: `${NOW}+09:00`, answers: { ...TYPED, ...changed } });
    await expect(intake(env, 'code' in problem && problem.code === 'usage' ? { id: '1' } : {})).rejects.toMatchObject(problem);
    const shown = stderr.join('\n');
    const back = readYaml('typed.yaml', shown.slice(shown.indexOf('title:')));
    expect(back).toMatchObject({ ok: true, value: { title: { en: 'A flaw', ja: '脆弱性' }, poc: 'Secret steps', reporter: { name: 'Yamada Hanako', email: 'yamada@finder.example' }, timeLimits: [{ date: '2014-08-07' }] } });
  });

  it('says what is out of scope, why, and who handles it', async () => {
    const { printed, envelopes } = await takeIn(desk, { products: [{ ...REPORT.products[0], kind: 'specification' }] }, {}, true);
    expect(printed).toMatch(/out of scope: Example Router \(specification\): Flaws of a protocol specification .* \(lessons \(not handled since 2009\)\)/);
    expect(printed).toContain(`vcc triage ${NUMBER} --decline`);
    expect(envelopes).toEqual([]);
    expect(desk.read(`${FOLDER}/case.md`)).toContain('kind: specification');
  });

  it('takes kind and last update from flags, also beside a report file', async () => {
    await takeIn(desk, {}, { kind: 'firmware', lastUpdate: '2012-01-05' });
    expect(desk.read(`${FOLDER}/case.md`)).toMatch(/kind: firmware[\s\S]*lastUpdate: "?2012-01-05|lastUpdate: "?2012-01-05[\s\S]*kind: firmware/);
    await expect(takeIn(desk, {}, { kind: 'toaster', id: '11111111' })).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('--kind: unknown value') as string });
  });

  it('leaves a CVSS vector that is none out of case.md, and scores the others', async () => {
    const { printed } = await takeIn(desk, { cvss: [{ version: '3.1', vector: 'CVSS:3.1/AV:N/AC:L' }, { version: '3.1', vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', score: 5 }] });
    expect(printed).toMatch(/CVSS of the report: .*PR, UI, S, C, I, A is missing/);
    expect(printed).toContain('gives 9.8, not 5');
    expect(desk.read(`${FOLDER}/case.md`)).toMatch(/score: 9\.8/);
    expect(desk.read(`${FOLDER}/case.md`)).not.toContain('AV:N/AC:L\n');
  });

  it('takes a plain mail, whose sender and Message-ID stay sealed', async () => {
    const { printed } = await typed(desk, intake, { file: mail([...HEADERS, 'Subject: Commands run in Example Router', '', 'The name is passed to a shell.', 'Type ; reboot.']), id: NUMBER, ...PRODUCT }, NOW);
    expect(desk.read(`${FOLDER}/case.md`)).toContain('en: Commands run in Example Router');
    expect(desk.entry('received')).toContain('channel: mail');
    for (const secret of [...SECRETS, 'secret-thread']) expect(desk.readable() + printed, secret).not.toContain(secret);
  });

  it('refuses where the title or a talk names the reporter', async () => {
    for (const [place, changes] of [['title', { title: { en: 'A flaw found by YAMADA  hanako' } }], ['talk', { timeLimits: [{ event: 'Example Conference', title: 'Talk by yamada@finder.example', date: '2014-08-01' }] }]] as const) {
      await expect(takeIn(desk, changes, { id: '11111111' }), place).rejects.toMatchObject({ code: 'identity-in-facts', exitCode: 1 });
    }
  });

  it('keeps a key that stands at the end of a mail out of case.md and of what the vendor gets', async () => {
    const form = ['', 'PoC:', 'Type ; reboot.', '', 'How found:', 'By hand.', '', 'It was late.', ''];
    const { printed } = await typed(desk, intake, { file: mail([...HEADERS, 'Subject: Commands run in Example Router', ...form, ...desk.finder.publicKey.split('\n')]), id: NUMBER, ...PRODUCT }, NOW);
    expect(desk.readable()).not.toContain('By hand.');
    expect(desk.readable()).not.toContain('BEGIN PGP PUBLIC');
    expect(printed).toContain('the part "discovery" runs on to the end of the mail');
    expect(await desk.opened(desk.outbox()[0] ?? '', desk.finder)).toContain('Commands run in Example Router');
  });

  it.each(['--title', '--link', '--poc'])('names the flag %s where the report is a file and the flag is wrong', async (flag) => {
    const bad = '\u001b';
    await expect(takeIn(desk, {}, { [flag.slice(2)]: bad })).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining(flag) as string });
  });

  it('says of a mail with fields what they leave open, and not that it has none', async () => {
    const { printed } = await typed(desk, intake, { file: mail([...HEADERS, 'Subject: Commands run', '', 'Vendor: Acme', 'Product: Router', 'Version: 1', 'Impact: Runs commands.']), id: NUMBER }, NOW);
    expect(printed).toContain('no field of the mail says how to see the flaw');
    expect(printed).not.toMatch(/no form|only title/);
  });

  it('has a help whose example is a report, and whose fields a mail may carry', () => {
    const { more = '' } = CASE_COMMANDS.find(({ name }) => name === 'intake') ?? {};
    const example = /(?:^ {2}.*\n)+/m.exec(more)?.[0].replaceAll(/^ {2}/gm, '') ?? '';
    expect(readReport('report.yaml', Buffer.from(example))).toMatchObject({ ok: true });
    const labels = [...(more.split('English or Japanese:')[1] ?? '').matchAll(/\b([A-Za-z]+):/g)].map(([, label = '']) => label);
    expect(labels.length).toBe(11);
    const values: Record<string, string> = { Public: 'yes', CVE: 'CVE-2014-9999', CWE: 'CWE-78', URL: 'https://acme.example/' };
    for (const label of labels) {
      const { fields, product } = readForm(`${label}: ${values[label] ?? 'words'}\n`);
      expect(Object.keys({ ...fields, ...product }), label).toHaveLength(1);
    }
  });

  it('keeps a key in a report by somebody unknown out of case.md', async () => {
    await takeIn(desk, { reporter: undefined, discovery: `By hand.\n${desk.finder.publicKey}` }, {}, false);
    expect(desk.readable()).not.toContain('BEGIN PGP PUBLIC');
  });

  it('names who can open what is sealed, and what was sealed', async () => {
    const { stdout } = await typed(desk, intake, { file: reportFile(desk), id: NUMBER }, NOW, { dryRun: true });
    expect(stdout.join('\n')).toContain('sealed to hanako, taro');
    const { envelopes } = await takeIn(desk);
    expect(envelopes).toEqual([]);
    expect(desk.entry('received')).toContain('sealed:\n  - original\n  - report\n  - poc\n  - reporter\n');
  });

  it.each(['the', 'Report', 'Direct', 'Mail', 'sealed', 'Team', 'acknowledgement', 'original', 'hanako'])('is not stopped by its own words where the reporter is called %s', async (name) => {
    await takeIn(desk, { discovery: undefined, reporter: { name, handle: name, organisation: undefined, email: 'x@finder.example' } });
    expect(desk.entry('received')).toContain('event: received');
  });

  it('says where a name can hardly be found', async () => {
    expect((await takeIn(desk, { reporter: { name: 'Will', organisation: undefined } })).printed).toContain('a name of the reporter is an ordinary word');
  });

  it('takes the report of a vendor about its own product', async () => {
    await takeIn(desk, { reporter: { organisation: 'Acme' } });
    expect(desk.read(`${FOLDER}/case.md`)).toContain('vendor: Acme');
  });

  it('refuses the same report twice, and says which case may be the same flaw', async () => {
    await takeIn(desk);
    const before = desk.git('rev-parse', 'HEAD');
    await expect(takeIn(desk, {}, { id: '11111111' })).rejects.toMatchObject({ code: 'same-report', message: expect.stringContaining(NUMBER) as string });
    expect(desk.untouchedSince(before, 1)).toBe(true);
    const { printed } = await takeIn(desk, { poc: 'Another way.' }, { id: '11111111' });
    expect(printed).toContain(`possible duplicate: ${NUMBER}`);
    expect(printed).toContain(`vcc show ${NUMBER}`);
  });

  it.each<[string, () => string, object]>([
    ['an expired key', () => 'expired', {}],
    ['a key that nobody can read', () => '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nnothing\n-----END PGP PUBLIC KEY BLOCK-----\n', {}],
  ])('takes the report in although the reporter sent %s, and answers nobody', async (_, key) => {
    const expired = await testPerson('expired', { lifetime: 3600 });
    const { code, printed } = await takeIn(desk, { reporter: { key: key() === 'expired' ? expired.publicKey : key() } });
    expect(code).toBe(0);
    expect(desk.outbox()).toEqual([]);
    expect(printed).toContain('nothing goes out in clear by itself');
    expect(printed).not.toMatch(new RegExp(`${expired.key}|finder`));
  });

  it('takes the report in although mail cannot be sent to its address', async () => {
    const { printed } = await takeIn(desk, { reporter: { email: 'yamada;x@finder.example' } });
    expect(desk.outbox()).toEqual([]);
    expect(printed).toContain('none that mail can be sent to');
    expect(printed).not.toContain('finder');
  });

  it('answers without a key only with a reason, which the log keeps', async () => {
    const without = await takeIn(desk, {}, {}, false);
    expect(without.printed).toContain('vcc notify 61247051 --reporter --purpose acknowledgement --in-clear "REASON"');
    expect(desk.outbox()).toEqual([]);
    await takeIn(desk, { poc: 'Another way.' }, { id: '22222222', inClear: 'asked for it by phone' }, false);
    expect(desk.read(`outbox/${desk.outbox()[0] ?? ''}`)).toContain('Our reference:   JVNVU#22222222');
    expect(desk.read(`outbox/${desk.outbox()[0] ?? ''}`)).not.toContain(REPORT.title.en);
    expect(desk.git('show', 'HEAD')).toContain('inClear: asked for it by phone');
  });

  it('leaves the answer to the receiving organisation on its route', async () => {
    const { printed } = await takeIn(desk, {}, { route: 'partnership', source: 'IPA', reference: 'IPA#12345678' });
    // There is none in the registry that could be told: that comes first.
    expect(printed).toContain('vcc partner add SLUG --kind receiving-organisation');
    expect(printed).not.toContain('vcc notify');
    expect(printed).toContain('the receiving organisation talks to the reporter');
    expect(desk.read(`${FOLDER}/case.md`)).toMatch(/series: JVN\nroute: partnership/);
    expect(desk.outbox()).toEqual([]);
  });

  it('dates the report by --at and the answer by now', async () => {
    await takeIn(desk, {}, { at: '2013-12-27 18:00' });
    expect(desk.git('ls-files')).toContain(`cases/2013/${NUMBER}/log/20131227T090000Z-received-`);
    expect(desk.git('ls-files')).toContain(`cases/2013/${NUMBER}/log/20140501T010000Z-reporter-contacted-`);
  });

  it.each<[string, Record<string, unknown>, number, RegExp]>([
    ['a time to come', { at: '2014-05-02 10:00' }, 2, /--at lies in the future/],
    ['a time that is none', { at: 'yesterday' }, 2, /--at: not a date and time/],
    ['a number that is none', { id: '../1' }, 2, /not a case number/],
    ['a wish that does not exist', { wish: ['money'] }, 2, /--wish: unknown wish/],
    ['a route that does not exist', { route: 'ipa' }, 2, /^--route must be/],
    ['a terminal escape in the title', { title: 'a\u001b[31mb' }, 2, /^--title must/],
    ['a title without an end', { title: 'x'.repeat(600) }, 2, /^--title is longer/],
    ['a reason in clear with a line end', { inClear: 'a\nb' }, 1, /would break a rule/],
    ['a file that is not there', { file: 'nothing.yaml' }, 2, /cannot read/],
  ])('refuses %s and writes nothing', async (_, flags, exitCode, message) => {
    await expect(takeIn(desk, {}, flags as never)).rejects.toMatchObject({ exitCode, message: expect.stringMatching(message) as string });
    expect(desk.untouchedSince(head, 0)).toBe(true);
  });

  it('refuses a number that was ever used', async () => {
    await takeIn(desk);
    desk.git('rm', '-rq', FOLDER);
    desk.commit('Gone');
    await expect(takeIn(desk)).rejects.toMatchObject({ code: 'number-used' });
  });

  it('does not repeat in an error what the report says of the reporter', async () => {
    const file = desk.file('wrong.yaml', 'title:\n  en: A flaw\nproducts: []\nreporter:\n  email: yamada at finder.example\n  credit: Yamada\n  wishes: Hanako\n');
    const problem = await typed(desk, intake, { file }, NOW).catch((thrown: unknown) => thrown);
    expect(problem).toMatchObject({ code: 'report-invalid' });
    expect(JSON.stringify(problem)).not.toMatch(/yamada|hanako/i);
  });

  it('refuses somebody who is not in the team', async () => {
    desk.git('config', 'user.email', 'guest@elsewhere.example');
    await expect(takeIn(desk)).rejects.toMatchObject({ code: 'not-in-team' });
  });
});
