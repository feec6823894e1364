import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { catalogueEntry } from '../../src/domain/catalogue.ts';
import { jvnRss, jvnRssEntry, type JvnRssEntry } from '../../src/documents/jvnrss.ts';
import { vuldefDocument } from '../../src/documents/vuldef.ts';
import type { PublicAdvisory } from '../../src/domain/publication.ts';
import { aConfiguration, aPublicAdvisory } from '../support/a-public-advisory.ts';
import { hasJvn, jvnFolder, leavesOf, xmlErrors } from '../support/jvn-judge.ts';

const LANGUAGES = ['en', 'ja'] as const;
const FIRST = Date.parse('2024-08-05T12:00:00+09:00');
const UPDATES = [{ at: Date.parse('2024-08-20T10:00:00+09:00'), summary: { en: 'Bravo <b>added</b>', ja: 'Bravo を追加' } }, { at: Date.parse('2024-09-01T10:00:00+09:00'), summary: { ja: 'ER-200 を追加' } }];
const PAGES = LANGUAGES.map((language) => ({ language, url: `https://advisories.centre.example/2024/48201637/${language}.html` }));
const HOSTILE = `]]> <![CDATA[x]]> &amp; <!-- --> <?xml?> \u0000\u0008\u001b[31m \u202ebidi\u2066 \ufffe\uffff \ud800 🐛 "'`;

const vuldef = (changes: Partial<PublicAdvisory> = {}, language: 'en' | 'ja' = 'en', updates: typeof UPDATES = []): string | undefined =>
  vuldefDocument(aPublicAdvisory(changes), language, { publishedAt: FIRST, updates }, PAGES, aConfiguration());
const feed = (changes: Partial<PublicAdvisory> = {}, language: 'en' | 'ja' = 'en'): string =>
  jvnRss([jvnRssEntry(catalogueEntry({ advisory: aPublicAdvisory(changes), dates: { publishedAt: FIRST, updates: UPDATES } }, 'Asia/Tokyo'), language, PAGES[0]?.url ?? '')].filter((one) => one !== undefined), language, aConfiguration());

const STATUSES = ['affected', 'not-affected', 'affected-investigating', 'not-affected-investigating', 'unknown', 'disputed'] as const;
const everywhere = (text: string): Partial<PublicAdvisory> => ({
  texts: { en: { title: text, sections: (['overview', 'description', 'impact', 'solution', 'credit'] as const).map((id) => ({ id, text })) } },
  products: [{ vendor: text, name: text, versions: [text] }],
  vendors: [{ names: { en: text }, status: 'disputed', statement: { en: text }, url: `https://acme.example/${text}` }],
  references: [{ url: `https://acme.example/${text}`, title: text }],
  cves: [{ id: 'CVE-2024-99901', assigner: text, flaw: text }],
});

const ADVISORIES: readonly (readonly [what: string, changes: Partial<PublicAdvisory>])[] = [
  ['a full advisory', {}],
  ['nothing but a title', { texts: { en: { title: 'T', sections: [] } }, products: [], weaknesses: [], cvss: [], references: [], cves: [], vendors: [] }],
  ['no English', { texts: { ja: { title: '題名', sections: [{ id: 'overview', text: '概要' }] } } }],
  ['vendors of every status', { vendors: STATUSES.map((status) => ({ names: { en: `The ${status} vendor` }, status, statement: { ja: `${status} です。` }, cves: ['CVE-2024-99901'] })) }],
  ['CVSS of every version', { cvss: [...aPublicAdvisory().cvss, { version: '3.0', vector: 'CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }, { version: '3.1', vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N', score: 0 }] }],
  ['a weakness without a name, addresses that are no URIs', { weaknesses: ['CWE-9999', 'CWE-79', 'CWE-79'], references: [{ url: 'https://例え.example/脆弱性|a{b}?q=[1]%zz#x' }] }],
  ['hostile text', everywhere(HOSTILE)],
  ['very long text', everywhere('長'.repeat(200_000))],
];

describe.skipIf(!hasJvn)(`against the schemas of MyJVN${hasJvn ? '' : ' (SKIPPED: ../shared/formats/jvn is not here)'}`, () => {
  test('the judge accepts what JVN writes and refuses what is wrong', async () => {
    const folder = `${jvnFolder}examples/hnd/`;
    // dataFeed_jvndb_rss_hnd.xml is not well-formed: an attribute of its Status lacks its quotation marks.
    const real = readdirSync(folder).filter((name) => /^(?:getVuln|dataFeed_jvndb_detail).*\.xml$/.test(name)).map((name) => [name, readFileSync(`${folder}${name}`, 'utf8')] as const);
    expect(real.length).toBeGreaterThan(5);
    expect(await xmlErrors(new Map(real))).toEqual([]);
    expect((await xmlErrors(new Map([['bad', vuldef()?.replaceAll('Title>', 'Titel>') ?? '']]))).join()).toContain('Titel');
    expect((await xmlErrors(new Map([['bad', feed().replaceAll('sec:identifier', 'sec:id')]]))).join()).toContain('sec');
  });

  test.each(ADVISORIES)('%s', async (_what, changes) => {
    const documents = LANGUAGES.flatMap((language) => [
      ...[[], UPDATES].flatMap((updates) => vuldef(changes, language, updates) ?? []),
      feed(changes, language),
    ]);
    expect(documents.length).toBeGreaterThan(3);
    expect(await xmlErrors(new Map(documents.map((text, index) => [String(index), text])))).toEqual([]);
  });
});

describe('VULDEF', () => {
  const valuesOf = (path: string, changes: Partial<PublicAdvisory> = {}, language: 'en' | 'ja' = 'en', updates: typeof UPDATES = []): string[] =>
    leavesOf(vuldef(changes, language, updates) ?? '').flatMap((leaf) => (leaf.startsWith(`VULDEF-Document/Vulinfo/${path}: `) ? [leaf.slice(leaf.indexOf(': ') + 2)] : []));

  test('is public, which it would not be if it did not say so', () => {
    expect(valuesOf('@restriction')).toEqual(['public']);
    expect(valuesOf('VulinfoID')).toEqual(['JVN#48201637']);
  });

  test('hostile text stands in it as it is, but for what no document may hold', () => {
    const [title] = valuesOf('VulinfoData/Title', everywhere(HOSTILE));
    expect(title).toBe(`]]> <![CDATA[x]]> &amp; <!-- --> <?xml?> ${'\ufffd'.repeat(3)}[31m \ufffdbidi\ufffd ${'\ufffd'.repeat(2)} \ufffd 🐛 "'`);
  });

  test('tells the dates in the zone of the centre, and each change', () => {
    expect(['DateFirstPublished', 'DateLastUpdated', 'DatePublic', 'History/HistoryItem/Description'].map((path) => valuesOf(`VulinfoData/${path}`, {}, 'ja', UPDATES))).toEqual([
      ['2024-08-05T12:00:00+09:00'],
      ['2024-09-01T10:00:00+09:00'],
      ['2024-08-05T12:00:00+09:00'],
      ['初版公開', 'Bravo を追加', 'ER-200 を追加'],
    ]);
  });

  test('has the worst score of each version', () => {
    const cvss = [{ version: '3.1' as const, vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N' }, { version: '3.1' as const, vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }, ...aPublicAdvisory().cvss];
    expect(valuesOf('VulinfoData/Impact/Cvss/Base', { cvss })).toEqual(['7.7', '9.8', '8.5']);
  });

  test('has the scores of each id, and says whose they are', () => {
    const [one, other] = ['CVE-2024-1001', 'CVE-2024-1002'];
    const score = (id: string, impact: string) => ({ version: '3.1' as const, vector: `CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:${impact}/I:N/A:N`, cves: [id] });
    const changes = { cves: [one, other].map((id) => ({ id, assigner: 'a' })), cvss: [score(one, 'H'), score(other, 'L')] };
    expect(valuesOf('VulinfoData/Impact/Cvss/Base', changes)).toEqual(['7.5', '5.3']);
    expect(valuesOf('VulinfoData/Impact/ImpactItem/Description', changes).slice(1)).toEqual([`${one}: ${score(one, 'H').vector} (7.5)`, `${other}: ${score(other, 'L').vector} (5.3)`]);
  });

  test('says where the remedy is, and versions in its language', () => {
    const products = [{ vendor: 'A', name: 'B', versions: ['firmware 2.3.1 and earlier'], remedyUrl: 'https://a.example/get' }];
    expect(valuesOf('VulinfoData/Solution/SolutionItem/URL', { products })).toEqual(['https://a.example/get']);
    expect(valuesOf('VulinfoData/Affected/AffectedItem/VersionNumber', { products }, 'ja')).toEqual(['ファームウェア 2.3.1およびそれ以前']);
  });

  test('has no stars of emphasis in it', () => {
    expect(valuesOf('VulinfoData/Solution/SolutionItem/Description')[0]).toMatch(/^Update the firmware\n/);
  });

  test('a vendor that is not affected is no affected product', () => {
    expect(valuesOf('VulinfoData/Affected/AffectedItem/Name')).toEqual(['Acme Corporation', 'Acme Corporation']);
    expect(valuesOf('VulinfoData/Affected/AffectedItem/Name', {}, 'ja')).toEqual(['株式会社アクメ', '株式会社アクメ']);
    expect(valuesOf('VulinfoData/Related/RelatedItem/Description')).toEqual(['Affected\n\nWe thank the reporter.\nPlease update.', 'Not affected']);
  });

  test('credits in the words that were agreed to, and nobody where there are none', () => {
    expect(valuesOf('VulinfoData/Credit/CreditItem/Description')).toEqual(['Hanako Yamada of Example Laboratory reported this vulnerability.']);
    expect(valuesOf('VulinfoData/Credit/CreditItem/Description', { texts: { en: { title: 'T', sections: [] } } })).toEqual([]);
  });

  test('is not there in a language that the advisory does not have, and is the same bytes again', () => {
    expect(vuldef({ texts: {} })).toBeUndefined();
    expect(vuldef()).toBe(vuldef());
  });
});

describe('JVNRSS', () => {
  const listed: JvnRssEntry = { id: 'JVN#1', title: 'T', url: 'https://a.example/1', publishedAt: FIRST, changedAt: FIRST, cves: [], cvss: [] };

  test('lists what it is given, in that order, dated by the last change', () => {
    const leaves = leavesOf(jvnRss([listed, { ...listed, id: 'JVN#2', url: 'https://a.example/2', changedAt: FIRST + 1000 }], 'ja', aConfiguration()));
    expect(leaves).toEqual(expect.arrayContaining(['rdf:RDF/channel/dc:date: 2024-08-05T12:00:01+09:00', `rdf:RDF/channel/@rdf:about: https://advisories.centre.example/jvnrss.ja.rdf`]));
    expect(leaves.filter((leaf) => leaf.startsWith('rdf:RDF/item/@rdf:about'))).toEqual(['rdf:RDF/item/@rdf:about: https://a.example/1', 'rdf:RDF/item/@rdf:about: https://a.example/2']);
  });

  test.skipIf(!hasJvn)(`may be empty, and an entry may know as little as a list does${hasJvn ? '' : ' (SKIPPED: ../shared/formats/jvn is not here)'}`, async () => {
    const score = { version: '4.0' as const, score: 10, severity: 'critical' as const };
    expect(await xmlErrors(new Map([['none', jvnRss([], 'en', aConfiguration())], ['one', jvnRss([{ ...listed, cvss: [score] }], 'en', aConfiguration())]]))).toEqual([]);
  });

  test('what has no address is left out', () => {
    expect(jvnRss([{ ...listed, url: 'javascript' }], 'en', aConfiguration())).not.toContain('<item ');
  });
});
