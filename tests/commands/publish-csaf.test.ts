import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { publish, type PublishOptions } from '../../src/commands/publish.ts';
import { siteBuild } from '../../src/commands/site-build.ts';
import { approveAs, aDesk, coordinate, NUMBER, PUBLISH_AT, readyToPublish, REPORT, typed, writeAdvisories, type Desk } from '../support/a-desk.ts';
import { validatorFindings } from '../support/csaf-judge.ts';
import { tempGnupg, type TempGnupg } from '../support/temp-gnupg.ts';

let ready: Desk;
let desk: Desk;
let reader: TempGnupg;
beforeAll(async () => {
  ready = await aDesk();
  ready.write('vcc.yaml', JSON.stringify({ ...ready.configuration, public: { ...ready.configuration.public, csaf: true } }, null, 2));
  ready.commit('Publish CSAF');
  await coordinate(ready);
  await readyToPublish(ready);
  reader = tempGnupg();
});
afterAll(() => {
  reader.dispose();
  ready.dispose();
});
beforeEach(() => void (desk = ready.copy()));
afterEach(() => desk.dispose());

const run = (options: Partial<PublishOptions> = {}, now = PUBLISH_AT, how: Parameters<typeof typed>[4] = {}) => typed(desk, publish, { case: NUMBER, ...options }, now, how);
const inPublic = (path: string): string => join(desk.root, '..', 'public', path);
const DOCUMENT = `csaf/white/2014/jvnvu-${NUMBER}.json`;
const csafFiles = (): string[] => readdirSync(inPublic(''), { recursive: true, encoding: 'utf8' }).filter((path) => /^(?:csaf|\.well-known)\b.*\./.test(path)).sort();

async function update(day: string): Promise<void> {
  writeAdvisories(desk, { en: `\n## Other Information\n\nSeen on ${day}.\n` });
  desk.commit('Change the text');
  await approveAs(desk, 1, `${day}T10:00`);
  expect((await run({ summary: 'Other information was added.', summaryJa: '関連文書を追加しました。' }, `${day}T12:00`)).code).toBe(0);
}

/** What GnuPG says to a signature of a document, with the keys that are public. */
function verified(path: string): string {
  for (const name of readdirSync(inPublic('csaf/openpgp'))) reader.gpg(['--import', inPublic(`csaf/openpgp/${name}`)]);
  return reader.gpg(['--verify', inPublic(`${path}.asc`), inPublic(path)]).status;
}

describe('vcc publish with CSAF', () => {
  it('writes signed documents and what is around them, all committed', async () => {
    const { printed } = await run();
    const around = (path: string): string[] => ['', '.asc', '.sha256', '.sha512'].map((ending) => `${path}${ending}`);
    expect(csafFiles()).toEqual(
      [
        '.well-known/csaf/provider-metadata.json',
        '.well-known/security.txt',
        `csaf/openpgp/${desk.team[0]?.key ?? ''}.asc`,
        'csaf/provider-metadata.json',
        'csaf/white/changes.csv',
        'csaf/white/csaf-feed-tlp-white.json',
        'csaf/white/index.txt',
        ...around(DOCUMENT),
        ...around(DOCUMENT.replace('.json', '-ja.json')),
      ].sort(),
    );
    expect(desk.git('-C', '../public', 'status', '--porcelain')).toBe('');
    expect(verified(DOCUMENT)).toContain('GOODSIG');
    for (const hash of ['sha256', 'sha512']) execFileSync(`${hash}sum`, ['--check', '--quiet', `${inPublic(DOCUMENT).split('/').at(-1) ?? ''}.${hash}`], { cwd: join(inPublic(DOCUMENT), '..') });
    expect(printed).not.toContain(REPORT.reporter.name);
  });

  it('is looked through by vcc site build --check: documents, hashes, signatures, and the lists that name them', { timeout: 60_000 }, async () => {
    await run();
    const check = (): ReturnType<typeof typed> => typed(desk, siteBuild, { check: true, all: true }, '2014-06-07T12:00', { json: true });
    const doubted = async (): Promise<string[]> => ((await check()).envelopes[0] as { readonly doubts?: readonly { readonly path: string }[] }).doubts?.map(({ path }) => path) ?? [];
    expect(await doubted()).toEqual([]);
    const saved = (path: string): string => readFileSync(inPublic(path), 'utf8');
    const after = async (path: string, text: string | undefined): Promise<string[]> => {
      const before = saved(path);
      if (text === undefined) rmSync(inPublic(path));
      else desk.write(`../public/${path}`, text);
      const found = await doubted();
      desk.write(`../public/${path}`, before);
      return found;
    };
    expect(await after(DOCUMENT, saved(DOCUMENT).replace('"version": "1"', '"version": "2"'))).toEqual([DOCUMENT, `${DOCUMENT}.sha256`, `${DOCUMENT}.sha512`]);
    expect(await after(`${DOCUMENT}.sha256`, 'x')).toEqual([`${DOCUMENT}.sha256`]);
    expect(await after(`${DOCUMENT}.asc`, undefined)).toEqual([`${DOCUMENT}.asc`]);
    for (const list of ['csaf/white/index.txt', 'csaf/white/changes.csv', 'csaf/white/csaf-feed-tlp-white.json']) expect(await after(list, undefined)).toEqual([list]);
    const index = saved('csaf/white/index.txt');
    expect(await after('csaf/white/index.txt', `${index}2014/gone.json\n`)).toEqual(['csaf/white/index.txt']);
  });

  it('adds a revision with each update, and signs it anew', { timeout: 60_000 }, async () => {
    await run();
    const before = JSON.parse(readFileSync(inPublic(DOCUMENT), 'utf8')) as { product_tree: object };
    await update('2014-06-09');
    await update('2014-06-12');
    const document = JSON.parse(readFileSync(inPublic(DOCUMENT), 'utf8')) as { product_tree: object; document: { tracking: object } };
    expect(document.document.tracking).toMatchObject({ version: '3', initial_release_date: '2014-06-06T03:00:00Z', current_release_date: '2014-06-12T03:00:00Z' });
    expect(document.product_tree).toEqual(before.product_tree);
    expect(await validatorFindings(document, 'mandatory')).toEqual([]);
    expect(verified(DOCUMENT)).toContain('GOODSIG');
    expect(readFileSync(inPublic('csaf/white/changes.csv'), 'utf8').split('\n')[1]).toBe(`"2014/jvnvu-${NUMBER}.json","2014-06-12T03:00:00Z"`);
  });

  it('says beforehand what it would write, and writes nothing', async () => {
    const { printed } = await run({}, PUBLISH_AT, { dryRun: true });
    expect(printed).toContain(`publish ${DOCUMENT}.asc`);
    expect(existsSync(inPublic(''))).toBe(false);
  });

  it('writes nothing over a feed that it cannot read', async () => {
    await run();
    desk.write('../public/csaf/white/csaf-feed-tlp-white.json', '<<<<<<< HEAD\n');
    await expect(update('2014-06-09')).rejects.toMatchObject({ code: 'csaf-feed' });
  });

  it('is not tried where the address is not https: vcc.yaml says so long before', async () => {
    desk.write('vcc.yaml', desk.read('vcc.yaml').replace('https://public', 'http://public'));
    desk.commit('Another address');
    await expect(run()).rejects.toMatchObject({ findings: [{ message: expect.stringContaining('public.url must be a web address that starts with https://') as string }] });
    expect(existsSync(inPublic(''))).toBe(false);
  });
});
