import { chmodSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { notify } from '../../src/commands/notify.ts';
import { open } from '../../src/commands/open.ts';
import { record } from '../../src/commands/record.ts';
import { show } from '../../src/commands/show.ts';
import { translate } from '../../src/commands/translate.ts';
import { sealPart } from '../../src/documents/sealed-parts.ts';
import { parseInstant } from '../../src/domain/instant.ts';
import { encryptTo } from '../../src/io/openpgp-messages.ts';
import { accept, aDesk, FOLDER, happened, NUMBER, takeIn, typed, writeAdvisories, type Desk } from '../support/a-desk.ts';
import { testPerson, type TestPerson } from '../support/temp-repo.ts';

const JA = 'discovery: 名前にセミコロンを入れて試した。\nimpact: ページに到達できる者が命令を実行できる。\npoc: 名前として ; reboot と入力する。\n';

let base: { readonly desk: Desk; readonly nippon: TestPerson } | undefined;
let desk: Desk;
let nippon: TestPerson;

beforeEach(async () => {
  if (base === undefined) {
    const made = await aDesk();
    const person = await testPerson('nippon');
    made.write('vendors/nippon.yaml', `schemaVersion: 1\nname:\n  ja: 日本製作所\nkind: commercial\nagreement:\n  signed: "2012-04-01"\ncontacts:\n  - email: psirt@nippon.example\n    language: ja\n    key: "${person.key}"\n`);
    made.write(`keys/${person.key}.asc`, person.publicKey);
    made.commit('A vendor that reads Japanese');
    await takeIn(made);
    await accept(made);
    await typed(made, notify, { case: NUMBER, vendor: ['nippon', 'acme'] }, '2014-05-02T11:00');
    for (const vendor of ['nippon', 'acme']) await happened(made, 'vendor-replied', { vendor, progress: 'acknowledged' }, '2014-05-03T11:00');
    base = { desk: made, nippon: person };
  }
  desk = base.desk.copy();
  nippon = base.nippon;
}, 60_000);
afterEach(() => {
  desk.dispose();
  vi.unstubAllEnvs();
});

const inJapanese = (options: { readonly file?: string; readonly to?: string } = {}) => typed(desk, translate, { case: NUMBER, to: 'ja', file: desk.file('ja.yaml', JA), ...options }, '2014-05-04T11:00');
const tell = (options: object = {}, now = '2014-05-05T11:00') => typed(desk, notify, { case: NUMBER, vendor: ['nippon'], ...options }, now);
const letterTo = async (vendor: string, person: TestPerson): Promise<string> => desk.opened(desk.outbox().filter((name) => name.includes(`-${vendor}-`)).at(-1) ?? '', person);

describe('vcc translate', () => {
  it('seals a translation beside the original, bound to it', async () => {
    const { code, stderr } = await inJapanese();
    expect(code).toBe(0);
    expect(desk.read(`${FOLDER}/sealed/report-ja.asc`)).toContain('BEGIN PGP MESSAGE');
    const entry = desk.entry('translated');
    expect(entry).toMatch(/language: ja\nsealed: report-ja\noriginal: ["']?sha256:[0-9a-f]{64}/);
    const { stdout } = await typed(desk, open, { case: NUMBER, name: 'report-ja' }, '2014-05-04T11:00');
    expect(stdout.join('\n')).toContain('名前にセミコロン');
    expect(stdout.join('\n')).toContain(/sha256:[0-9a-f]{64}/.exec(entry)?.[0]);
    expect(stderr.join('\n')).toContain('vcc notify 61247051 --vendor nippon');
    expect(`${desk.readable()}${desk.git('log', '-p', '-1')}`).not.toContain('セミコロン');
    expect(desk.git('status', '--porcelain')).toBe('');
  });

  it.each([
    ['impact: 影響\n', {}, 'translation-lacks'],
    [`${JA}title: x\n`, {}, 'translation-invalid'],
    ['discovery: A name with a semicolon was tried by hand.\nimpact: Whoever reaches the page runs commands.\npoc: Type ; reboot as the name.\n', {}, 'not-translated'],
    [JA.replace('名前に', 'Yamada Hanako が名前に'), {}, 'identity-to-vendor'],
    [JA, { to: 'en' }, 'same-language'],
    [JA, { to: 'fr' }, 'usage'],
    ['- a\n', {}, 'translation-invalid'],
  ])('refuses %j', async (text, options, code) => {
    const head = desk.git('rev-parse', 'HEAD');
    await expect(inJapanese({ file: desk.file('x.yaml', text), ...options })).rejects.toMatchObject({ code });
    expect(desk.git('rev-parse', 'HEAD')).toBe(head);
  });

  it('opens the editor with the original, in a folder that is gone afterwards', async () => {
    const seen = join(desk.folder, 'seen');
    const program = desk.file('editor', `#!/bin/sh\necho "$1" > '${seen}'\nstat -c '%a' "$(dirname "$1")" >> '${seen}'\ncat "$1" >> '${seen}'\ncat '${desk.file('ja.yaml', JA)}' > "$1"\n`);
    chmodSync(program, 0o755);
    vi.stubEnv('GIT_EDITOR', program);
    const { code } = await typed(desk, translate, { case: NUMBER }, '2014-05-04T11:00', { answers: { '--to': 'ja' } });
    expect(code).toBe(0);
    const [path = '', mode, ...text] = readFileSync(seen, 'utf8').split('\n');
    expect(mode).toBe('700');
    expect(text.join('\n')).toContain('impact: Whoever reaches the page runs commands.');
    expect(path.startsWith(desk.root)).toBe(false);
    expect(existsSync(join(path, '..'))).toBe(false);
    expect(desk.entry('translated')).toContain('language: ja');
  });

  it('names the file in a script', async () => {
    await expect(typed(desk, translate, { case: NUMBER, to: 'ja' }, '2014-05-04T11:00')).rejects.toMatchObject({ code: 'usage' });
    await expect(typed(desk, translate, { case: NUMBER, file: '-' }, '2014-05-04T11:00')).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining('--to') as string });
  });

  it('takes another one, under another name, and the last one counts', async () => {
    await inJapanese();
    const { stderr } = await inJapanese({ file: desk.file('again.yaml', JA.replace('命令', 'コマンド').replace(/^poc: .*\n/m, '')) });
    expect(stderr.join('\n')).toContain('the proof of concept goes as it is written');
    expect(readdirSync(join(desk.root, FOLDER, 'sealed'))).toEqual(expect.arrayContaining(['report-ja.asc', 'report-ja-2.asc']));
    await tell();
    expect(await letterTo('nippon', nippon)).toContain('コマンドを実行できる');
    const name = desk.log().filter((each) => each.includes('-translated-')).at(-1) ?? '';
    await typed(desk, record, { case: NUMBER, event: 'corrected', flags: { entry: name, reason: 'A wrong word.' } }, '2014-05-06T11:00');
    await tell({ purpose: 'details' }, '2014-05-07T11:00');
    expect(await letterTo('nippon', nippon)).toContain('命令を実行できる');
  });
});

describe('details to a vendor that reads another language', () => {
  it('are refused without a translation, and the command is named', async () => {
    const problem: unknown = await tell().catch((thrown: unknown) => thrown);
    expect(problem).toMatchObject({ code: 'no-translation', hint: expect.stringContaining(`vcc translate ${NUMBER} --to ja`) as string });
    expect(desk.outbox().filter((name) => name.includes('-nippon-'))).toHaveLength(1);
    // One vendor of a round without one: nobody hears anything.
    await expect(tell({ vendor: ['acme', 'nippon'] })).rejects.toMatchObject({ code: 'no-translation' });
  });

  it('hold the translation above the original', async () => {
    await inJapanese();
    await tell();
    const letter = await letterTo('nippon', nippon);
    expect(letter.indexOf('ページに到達できる者')).toBeGreaterThan(0);
    expect(letter.indexOf('Whoever reaches the page')).toBeGreaterThan(letter.indexOf('ページに到達できる者'));
    expect(letter).toContain('当方による翻訳');
    expect(letter).toContain(`report-${NUMBER}-ja.yaml`);
    expect(letter).not.toMatch(/yamada|Quiet Laboratory/i);
    await tell({ vendor: ['acme'] });
  });

  it('go as they are written where a person says so, and the letter says it', async () => {
    const { stderr } = await tell({ asWritten: true });
    expect(await letterTo('nippon', nippon)).toContain('報告は英語で書かれており、翻訳はございません。');
    expect(stderr.join('\n')).toContain('nippon reads Japanese, and gets the report in English; the letter says so');
    await expect(tell({ purpose: 'first-contact', asWritten: true })).rejects.toMatchObject({ code: 'usage' });
    await expect(tell({ vendor: undefined, reporter: true, purpose: 'progress', text: 'x', asWritten: true })).rejects.toMatchObject({ code: 'usage' });
  });

  it('need none where the coordinator writes', async () => {
    expect((await tell({ text: '遠隔の第三者がコマンドを実行できます。' })).code).toBe(0);
  });

  it('are refused where the report says something else since', async () => {
    await inJapanese();
    await typed(desk, open, { case: NUMBER, name: 'report', output: join(desk.folder, 'report') }, '2014-05-04T11:00');
    const text = readFileSync(join(desk.folder, 'report'), 'utf8');
    const { plaintext } = sealPart(FOLDER, NUMBER, 'report', text.replace('runs commands', 'reads mail'));
    desk.write(`${FOLDER}/sealed/report.asc`, await encryptTo(desk.team.map(({ publicKey }) => publicKey), Buffer.from(plaintext), parseInstant('2014-05-04T11:00:00+09:00')));
    desk.git('add', '--all');
    desk.git('commit', '--quiet', '--no-verify', '--message', 'Amend the report');
    const problem: unknown = await tell().catch((thrown: unknown) => thrown);
    expect(problem).toMatchObject({ code: 'translation-outdated', hint: expect.stringContaining(`vcc translate ${NUMBER} --to ja`) as string });
  });

  it('are refused where the team has a template that would drop the translation', async () => {
    await inJapanese();
    desk.write('templates/ja/vendor-details.md', readFileSync(new URL('../../templates/ja/vendor-details.md', import.meta.url), 'utf8').replaceAll(/\{\{[#/]?translation\}\}\n?/g, ''));
    desk.commit('Our own words');
    await expect(tell()).rejects.toMatchObject({ code: 'template-value', message: expect.stringContaining('{{translation}}') as string });
  });
});

describe('vcc show', () => {
  it('names translations that are there, and those that a vendor needs', async () => {
    const before = await typed(desk, show, { case: NUMBER }, '2014-05-04T10:00');
    expect(before.stdout.join('\n').replaceAll(/\s+/g, ' ')).toContain(`missing in ja, which nippon reads: vcc translate ${NUMBER} --to ja`);
    await inJapanese();
    const { stdout } = await typed(desk, show, { case: NUMBER }, '2014-05-05T10:00');
    expect(stdout.join('\n')).toContain('ja: report-ja.asc of 2014-05-04 11:00');
    expect(stdout.join('\n')).not.toContain('missing in ja');
    const { envelopes } = await typed(desk, show, { case: NUMBER }, '2014-05-05T10:00', { json: true });
    expect(envelopes[0]?.translations).toMatchObject({ made: [{ language: 'ja', sealed: 'report-ja' }], missing: [] });
  });
});

describe('a receiving organisation', () => {
  it('gets text and dates, and nothing that attacks', async () => {
    desk.write('partners/ipa.yaml', `schemaVersion: 1\nname:\n  en: IPA\nkind: receiving-organisation\ncontacts:\n  - email: vuln@ipa.example\n    language: ja\n    key: "${nippon.key}"\n`);
    desk.commit('The receiving organisation');
    const told = (purpose: string, text?: string) => typed(desk, notify, { case: NUMBER, partner: ['ipa'], purpose, ...(text === undefined ? {} : { text }) }, '2014-05-05T11:00');
    await expect(told('analysis', 'Try: curl --data "x=;reboot" router')).rejects.toMatchObject({ code: 'attack-detail' });
    writeAdvisories(desk, { ja: '\n再現手順: 名前として ; reboot と入力する。\n' });
    desk.commit('Write the advisory');
    await expect(told('advisory-text')).rejects.toMatchObject({ code: 'attack-detail', message: expect.stringContaining('advisory.ja.md') as string });
    writeAdvisories(desk);
    desk.commit('Write less');
    await inJapanese();
    await told('advisory-text');
    const letter = await letterTo('receiving-organisation', nippon);
    expect(letter).toContain('Update the router to 1.2.4.');
    expect(letter).not.toMatch(/; ?reboot|セミコロン/);
  });
});
