import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { publish } from '../../src/commands/publish.ts';
import { siteBuild } from '../../src/commands/site-build.ts';
import { publishedAdvisoryJson } from '../../src/documents/published-advisory.ts';
import type { PublishedAdvisory } from '../../src/domain/publication.ts';
import type { CatalogueFile, PublishedAdvisoryFile } from '../../src/generated/documents.ts';
import { aDesk, coordinate, NUMBER, PUBLISH_AT, readyToPublish, REPORT, typed, type Desk } from '../support/a-desk.ts';
import { published as advisory } from '../support/a-site.ts';

let published: Desk;
let desk: Desk;
beforeAll(async () => {
  published = await aDesk();
  await coordinate(published);
  await readyToPublish(published);
  await typed(published, publish, { case: NUMBER }, PUBLISH_AT);
});
afterAll(() => published.dispose());
beforeEach(() => void (desk = published.copy()));
afterEach(() => desk.dispose());

const LATER = '2014-06-07T12:00:00+09:00';
const run = (options: { readonly check?: boolean; readonly all?: boolean } = {}, how: Parameters<typeof typed>[4] = {}) => typed(desk, siteBuild, options, LATER, how);
const at = (path: string): string => join(desk.root, '..', 'public', path);
const read = (path: string): string => readFileSync(at(path), 'utf8');
const git = (...args: readonly string[]): string => desk.git('-C', '../public', ...args).trim();
const commitThere = (): void => {
  git('add', '-A');
  git('-c', 'user.name=Hanako', '-c', 'user.email=hanako@centre.example', 'commit', '-qm', 'by hand');
};
/** The advisory as one of which there is no case here, so that nobody knows what was published. */
function ofAnotherCase(): string {
  const path = '2014/00000009/advisory.json';
  git('mv', `2014/${NUMBER}`, '2014/00000009');
  desk.write(`../public/${path}`, read(path).replaceAll(NUMBER, '00000009'));
  return path;
}
/** Every file with its bytes. */
const everything = (): string[] => readdirSync(at(''), { recursive: true, encoding: 'utf8' }).filter((path) => !path.startsWith('.git') && /\.[a-z]+$/.test(path)).sort().map((path) => `${path}\n${read(path)}`);

describe('vcc site build', () => {
  it('finds nothing to do after vcc publish', async () => {
    const head = git('rev-parse', 'HEAD');
    expect(await run({ check: true })).toMatchObject({ code: 0 });
    expect((await run()).printed).toContain('Nothing differs; 1 advisor');
    expect(git('rev-parse', 'HEAD')).toBe(head);
  });

  it('takes an update for what the log says of it, whatever its kind', async () => {
    expect((await typed(desk, publish, { case: NUMBER, withdraw: true, summary: 'It was a mistake.', summaryJa: '誤りでした。' }, '2014-06-06T15:00')).code).toBe(0);
    expect(await run({ check: true })).toMatchObject({ code: 0 });
  });

  it('writes what lacks in one commit', async () => {
    rmSync(at('ja.html'));
    commitThere();
    const before = git('rev-parse', 'HEAD');
    const { code, envelopes } = await run({}, { json: true });
    expect(code).toBe(0);
    expect(envelopes).toMatchObject([{ kind: 'site', advisories: 1, written: ['ja.html'], removed: [], withoutSource: [], commits: [git('rev-parse', 'HEAD')] }]);
    expect(git('rev-list', '--count', `${before}..HEAD`)).toBe('1');
    expect(git('log', '-1', '--format=%s')).toBe('site: build');
  });

  it('makes all of it anew from advisory.json alone, to the byte', async () => {
    await run();
    const before = everything();
    for (const path of ['vendors', 'search', '2014/en.html', '2014/index.json', `2014/${NUMBER}/ja.html`, `2014/${NUMBER}/advisory.en.txt`, 'index.html', 'style.css', 'atom.ja.xml']) rmSync(at(path), { recursive: true });
    commitThere();
    expect((await run({ check: true })).code).toBe(1);
    await run();
    expect(everything()).toEqual(before);
    expect(git('status', '--porcelain')).toBe('');
  });

  it('mends what was changed, takes away what nothing is on any more, and leaves what is not its own', async () => {
    await run();
    writeFileSync(at('en.html'), 'hello');
    desk.write('../public/vendors/gone/en.html', 'old');
    desk.write('../public/vendors/gone/tool/ja.html', 'old');
    desk.write('../public/CNAME', 'x.example');
    desk.write('../public/cve/CVE-2014-0001.json', '{}');
    commitThere();
    const { envelopes } = await run({ check: true }, { json: true });
    expect(envelopes).toMatchObject([{ kind: 'site-check', written: ['en.html'], removed: ['vendors/gone/en.html', 'vendors/gone/tool/ja.html'] }]);
    expect(read('en.html')).toBe('hello');
    await run();
    expect(read('en.html')).toContain('<!doctype html>');
    expect([existsSync(at('vendors/gone')), existsSync(at('CNAME')), existsSync(at('cve/CVE-2014-0001.json'))]).toEqual([false, true, true]);
    expect(git('status', '--porcelain')).toBe('');
  });

  it('--dry-run says what it would do, and does none of it', async () => {
    rmSync(at('ja.html'));
    commitThere();
    const head = git('rev-parse', 'HEAD');
    const { code, printed } = await run({}, { dryRun: true });
    expect(code).toBe(0);
    expect(printed).toContain('write   ja.html');
    expect([git('rev-parse', 'HEAD'), existsSync(at('ja.html'))]).toEqual([head, false]);
  });

  it('never drops an advisory of an earlier vcc without a word', async () => {
    rmSync(at(`2014/${NUMBER}/advisory.json`));
    commitThere();
    const { printed } = await run();
    expect(printed).toContain(`without advisory.json; the pages stay, and no list has them: 2014/${NUMBER}.`);
    expect(existsSync(at(`2014/${NUMBER}/en.html`))).toBe(true);
    expect(existsSync(at('2014/en.html'))).toBe(false);
  });

  it('refuses an advisory.json that it would not have written, by its path, and writes nothing', async () => {
    desk.write(`../public/2014/${NUMBER}/advisory.json`, read(`2014/${NUMBER}/advisory.json`).replace('"kind"', '"reporter": "x",\n  "kind"'));
    commitThere();
    const head = git('rev-parse', 'HEAD');
    await expect(run()).rejects.toMatchObject({ code: 'public-file', message: expect.stringContaining(`2014/${NUMBER}/advisory.json`) as string });
    expect(git('rev-parse', 'HEAD')).toBe(head);
  });

  it('builds nothing of an advisory that is not what the log of its case says was published', async () => {
    const path = `2014/${NUMBER}/advisory.json`;
    desk.write(`../public/${path}`, read(path).replaceAll('Update the router', 'Throw the router away'));
    commitThere();
    const head = git('rev-parse', 'HEAD');
    await expect(run()).rejects.toMatchObject({ code: 'not-as-published', message: expect.stringContaining(path) as string });
    const { code, printed } = await run({ check: true });
    expect({ code, printed }).toEqual({ code: 1, printed: expect.stringContaining(`${path} is not what ${NUMBER} was published with`) as string });
    expect(git('rev-parse', 'HEAD')).toBe(head);
  });

  it('takes no withdrawal from there, and no advisory of no case, without a word', async () => {
    const path = `2014/${NUMBER}/advisory.json`;
    const before = read(path);
    const content = JSON.parse(before) as PublishedAdvisoryFile;
    content.dates.updates.push({ at: '2014-06-06T13:00:00+09:00', kind: 'withdrawal', summary: { en: 'It was a mistake.', ja: '誤りでした。' } });
    desk.write(`../public/${path}`, JSON.stringify(content));
    commitThere();
    await expect(run()).rejects.toMatchObject({ code: 'not-as-published' });
    desk.write(`../public/${path}`, before);
    desk.write('../public/2014/00000009/advisory.json', before.replaceAll(NUMBER, '00000009'));
    desk.write('../public/cve/CVE-2014-9990001.json', '{}\n');
    commitThere();
    const { code, printed } = await run({ check: true });
    expect(code).toBe(1);
    expect(printed).toContain('2014/00000009/advisory.json is of no case');
    expect(printed).toContain('cve/CVE-2014-9990001.json is of no advisory');
  });

  it('gives nobody away: what comes in through the public repository is compared with what is sealed', async () => {
    const path = ofAnotherCase();
    desk.write(`../public/${path}`, read(path).replaceAll('Update the router', `${REPORT.reporter.name} says: update the router`));
    commitThere();
    const head = git('rev-parse', 'HEAD');
    await expect(run()).rejects.toMatchObject({ code: 'would-leak', message: expect.stringContaining(`${path} gives the name of the reporter`) as string });
    await expect(run({}, { dryRun: true })).rejects.toMatchObject({ code: 'would-leak' });
    expect(git('rev-parse', 'HEAD')).toBe(head);
  });

  it.each<[string, (content: PublishedAdvisoryFile) => void]>([
    ['a title', ({ advisory }) => void (advisory.texts.ja = { title: `${REPORT.reporter.name} の脆弱性`, sections: [] })],
    ['a statement', ({ advisory }) => void advisory.vendors.push({ names: { en: 'Bravo' }, status: 'affected', statement: { en: `Thanks to\n${REPORT.reporter.name}!` } })],
    ['the name of a product', ({ advisory }) => void advisory.products.push({ vendor: 'Bravo', name: `Made by ${REPORT.reporter.email}`, versions: [] })],
    ['a reference', ({ advisory }) => void advisory.references.push({ url: 'https://bravo.example/', title: `**Yamada** ${REPORT.reporter.name}` })],
    ['a summary of an update', ({ dates }) => void dates.updates.push({ at: '2014-06-06T13:00:00+09:00', summary: { en: `Found by ${REPORT.reporter.name}`, ja: '追加' } })],
  ])('finds what is sealed in %s of a source, whatever is made of it', async (_, change) => {
    await run();
    const path = ofAnotherCase();
    const content = JSON.parse(read(path)) as PublishedAdvisoryFile;
    change(content);
    desk.write(`../public/${path}`, JSON.stringify(content));
    commitThere();
    await expect(run()).rejects.toMatchObject({ code: 'would-leak', message: expect.stringContaining(`${path} gives `) as string });
    await expect(run({ all: true })).rejects.toMatchObject({ code: 'would-leak' });
  });

  it('lets a list name a vendor that is the organisation of a reporter elsewhere, and no list its reporter', async () => {
    const change = (name: string): void => {
      const path = ofAnotherCase();
      desk.write(`../public/${path}`, read(path).replaceAll('Acme Corporation', name));
      commitThere();
    };
    change(REPORT.reporter.organisation);
    expect((await run()).code).toBe(0);
    expect(existsSync(at('vendors/quiet-laboratory/en.html'))).toBe(true);
  });

  describe('after a build in the same clone', () => {
    const put = (each: PublishedAdvisory): void => desk.write(`../public/2013/${each.advisory.number}/advisory.json`, publishedAdvisoryJson(each, 'Asia/Tokyo'));
    /** Makes the next build believe that this one was right. */
    const believed = (): void => void git('update-ref', git('for-each-ref', '--format=%(refname)', 'refs/vcc/site/'), 'HEAD');
    const Y2K = '2013-03-01T12:00:00+09:00';
    // Without the credit: it names the reporter of the desk's own case.
    const texts = Object.fromEntries(Object.entries(advisory().advisory.texts).map(([language, { title, sections }]) => [language, { title, sections: sections.filter(({ id }) => id !== 'credit') }]));
    const others = (): readonly PublishedAdvisory[] => [
      advisory({ texts, number: '48201637' }, Y2K),
      advisory({ texts, number: '00000002', vendors: [], products: [{ vendor: '日本ネット機器株式会社', name: 'Camera++', versions: ['1.0'] }] }, Y2K),
      advisory({ texts, number: '00000003', cvss: [], products: [{ vendor: 'Bravo Networks', name: 'B-3', versions: ['3'] }] }, Y2K, '2014-02-01T12:00:00+09:00'),
    ];

    it('looks only at what changed; --all and --check look at everything', async () => {
      await run();
      writeFileSync(at('2014/ja.html'), 'hello');
      commitThere();
      believed();
      expect((await run()).printed).toContain('Nothing differs');
      expect((await run({ check: true })).printed).toContain('write   2014/ja.html');
      expect((await run({ all: true })).printed).toContain('1 files written or removed');
      expect((await run({ check: true })).code).toBe(0);
    });

    it('looks at everything with another vcc.yaml', async () => {
      await run();
      desk.write('vcc.yaml', desk.read('vcc.yaml').replace(/Example[^"\n]*Cent(?:er|re)|Example C[A-Za-z]+/, 'Other Centre'));
      desk.commit('another name');
      expect((await run()).printed).toContain(`2014/${NUMBER}/en.html`);
      expect((await run({ check: true })).code).toBe(0);
    });

    it.each<[string, () => void]>([
      ['an advisory that changed', () => { const [first] = others(); if (first) put({ ...first, advisory: { ...first.advisory, vendors: [{ names: { en: 'Charlie' }, status: 'affected' }], products: [{ vendor: 'Charlie', name: 'C-1', versions: ['1'] }] } }); }],
      ['another name of its vendor', () => { const [first] = others(); if (first) put({ ...first, advisory: { ...first.advisory, number: '00000004', publicId: 'JVN#00000004', vendors: [{ names: { en: 'Acme Corporation', ja: '新アクメ' }, status: 'affected' }] }, dates: { publishedAt: Date.parse(Y2K) + 9, updates: [] } }); }],
      ['an advisory that is gone', () => rmSync(at('2013/00000002'), { recursive: true })],
      ['all of a year that are gone', () => { for (const number of ['48201637', '00000002', '00000003']) rmSync(at(`2013/${number}`), { recursive: true }); }],
      ['lists that somebody wrote in, took away or made up', () => { writeFileSync(at('2013/en.html'), 'x'); rmSync(at('2013/index.json')); rmSync(at('vendors/acme-corporation'), { recursive: true }); desk.write('../public/vendors/made-up/thing/en.html', 'x'); desk.write('../public/1999/en.html', 'x'); }],
      ['a CSAF document that came', () => desk.write('../public/csaf/white/2013/jvn-00000002.json', '{}')],
      ['a page that is gone', () => { rmSync(at('2013/00000002/en.html')); rmSync(at('2013/00000003/vuldef.en.xml')); }],
    ])('makes of %s what making all of it would', async (_, change) => {
      for (const each of others()) put(each);
      commitThere();
      await run();
      change();
      commitThere();
      expect((await run({ check: true })).code).toBe(1);
      await run();
      expect((await run({ check: true })).printed).toContain('Nothing differs');
      expect(git('status', '--porcelain')).toBe('');
    });
  });

  it('gives nobody away by vcc publish either: the lines that a list gets are compared', async () => {
    const year = JSON.parse(read('2014/index.json')) as CatalogueFile;
    const [entry] = year.advisories;
    if (entry) year.advisories.push({ ...entry, id: 'JVN#00000009', number: '00000009', titles: { en: `${REPORT.reporter.name} found it` } });
    desk.write('../public/2014/index.json', JSON.stringify(year));
    commitThere();
    await expect(typed(desk, publish, { case: NUMBER, withdraw: true, summary: 'It does not hold.', summaryJa: '誤りでした。' }, LATER)).rejects.toMatchObject({ code: 'would-leak', message: expect.stringContaining('2014/en.html gives the name of the reporter') as string });
  });

  it('needs a public repository, and says so', async () => {
    desk.write('vcc.yaml', desk.read('vcc.yaml').replace(/"?public"?:[\s\S]*?(?=\n\S|$)/, ''));
    await expect(run({ check: true })).rejects.toMatchObject({ exitCode: 1 });
  });

  it('takes --check or --dry-run', async () => {
    await expect(run({ check: true }, { dryRun: true })).rejects.toMatchObject({ exitCode: 2 });
  });
});
