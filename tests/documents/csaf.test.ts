import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { csafDocument, csafPath } from '../../src/documents/csaf.ts';
import { inKeyOrder, type PublicAdvisory } from '../../src/domain/publication.ts';
import { weaknessName } from '../../src/domain/weakness-names.ts';
import { aConfiguration, aPublicAdvisory } from '../support/a-public-advisory.ts';
import { hasSchemas, schemaErrors, validatorFindings } from '../support/csaf-judge.ts';

const FIRST = Date.parse('2024-08-05T12:00:00+09:00');
const UPDATES = [
  { at: Date.parse('2024-08-20T10:00:00+09:00'), summary: { en: 'Bravo Networks was added', ja: 'Bravo Networks を追加' } },
  { at: Date.parse('2024-09-01T10:00:00+09:00'), summary: { en: 'ER-200 was added', ja: 'ER-200 を追加' } },
];

interface Document {
  readonly document: {
    readonly lang: string;
    readonly acknowledgments?: readonly object[];
    readonly notes: readonly { readonly title?: string; readonly text: string }[];
    readonly references: readonly { readonly category: string; readonly url: string }[];
    readonly tracking: { readonly id: string; readonly version: string; readonly initial_release_date: string; readonly current_release_date: string; readonly revision_history: readonly object[] };
  };
  readonly product_tree: object;
  readonly vulnerabilities: readonly Vulnerability[];
}
interface Vulnerability {
  readonly cve?: string;
  readonly cwe?: object;
  readonly ids?: readonly object[];
  readonly notes: readonly object[];
  readonly product_status: Readonly<Record<string, readonly string[]>>;
  readonly remediations: readonly { readonly category: string; readonly details: string; readonly product_ids: readonly string[]; readonly url?: string }[];
  readonly scores?: readonly object[];
  readonly threats?: readonly object[];
  readonly involvements?: readonly object[];
}

function documentOf(changes: Partial<PublicAdvisory> = {}, language: 'en' | 'ja' = 'en', updates: typeof UPDATES = []): Document {
  const document = csafDocument(aPublicAdvisory(changes), language, { publishedAt: FIRST, updates }, aConfiguration());
  if (!document) throw new Error(`there is no document in ${language}`);
  return JSON.parse(JSON.stringify(document, inKeyOrder)) as Document;
}
const flawOf = (changes: Partial<PublicAdvisory>): Vulnerability => {
  const [flaw] = documentOf(changes).vulnerabilities;
  if (!flaw) throw new Error('there is no vulnerability');
  return flaw;
};
/** The branches as lines: category and name, with the id at the end of each. */
const branchesOf = ({ product_tree: tree }: Document): string[] => {
  const lines = (branch: { readonly category?: string; readonly name?: string; readonly branches?: readonly object[]; readonly product?: { readonly product_id: string } }, before: string): string[] => {
    const here = branch.category === undefined ? before : `${before}/${branch.category}=${branch.name ?? ''}`;
    return branch.product ? [`${here} ${branch.product.product_id}`] : (branch.branches ?? []).flatMap((inner) => lines(inner, here));
  };
  return lines(tree, '');
};
const withoutIds = (lines: readonly string[]): string[] => lines.map((line) => line.replace(/ CSAFPID-[0-9a-f]{16}$/, ''));

const RANGES: PublicAdvisory['products'] = [
  {
    vendor: 'Acme Corporation',
    name: 'libexample',
    versions: ['words'],
    purl: 'pkg:npm/%40example/libexample',
    ranges: [
      { scheme: 'semver', from: '1.0.0', before: '1.2.4', fixed: '1.2.4' },
      { scheme: 'deb', through: '1:2.0-1+b1' },
      { scheme: 'pypi', from: '3.0', fixed: '3.1' },
      { scheme: 'custom', from: 'R 1', through: 'R 3' },
      { scheme: 'custom', exact: '2012-05' },
      { scheme: 'rpm', from: '4-1' },
    ],
  },
];
const STATUSES = ['affected', 'not-affected', 'affected-investigating', 'not-affected-investigating', 'unknown', 'disputed'] as const;
const EVERY_STATUS: PublicAdvisory['vendors'] = STATUSES.map((status) => ({ names: { en: `The ${status} vendor`, ja: `${status} ベンダ` }, status, statement: { en: `We say ${status}.` } }));

const ADVISORIES: readonly (readonly [what: string, changes: Partial<PublicAdvisory>])[] = [
  ['a full advisory', {}],
  ['no CVE id, no score, no weakness, no reference', { cves: [], cvss: [], weaknesses: [], references: [] }],
  ['vendors of every status', { vendors: EVERY_STATUS }],
  ['no vendor at all', { vendors: [] }],
  ['versions as ranges', { products: RANGES }],
  ['two ids with flaws and statuses of their own', {
    cves: [{ id: 'CVE-2024-99901', assigner: 'example-centre', flaw: 'the ping page' }, { id: 'CVE-2024-99902', assigner: 'redhat', flaw: 'the name page' }],
    vendors: [{ names: { en: 'Acme Corporation' }, status: 'affected' }, { names: { en: 'Acme Corporation' }, status: 'not-affected', cves: ['CVE-2024-99902'] }, { names: { en: 'Bravo' }, status: 'affected', cves: ['CVE-2024-99901'] }],
  }],
  ['scores of every version and two opinions, weaknesses with and without a name', {
    weaknesses: ['CWE-9999', 'CWE-79', 'CWE-78'],
    cvss: [...aPublicAdvisory().cvss, { version: '3.0', vector: 'CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }, { version: '3.1', vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', by: 'Acme' }],
  }],
  ['the same product, version and reference twice, hostile names', {
    products: [{ vendor: 'A\u202e<b>', name: 'all versions', versions: ['1', '1', 'before 2'] }, { vendor: 'A\u202e<b>', name: 'all versions', versions: ['1', '1.0 以前'] }],
    references: [{ url: 'https://例え.example/脆弱性|a{b}?q=[1]%zz#x' }, { url: 'https://例え.example/脆弱性|a{b}?q=[1]%zz#x' }],
  }],
  ['one language', { texts: { en: { title: 'A title', sections: [{ id: 'overview', text: 'Text.' }] } } }],
];

describe.each(ADVISORIES)('%s', (_what, changes) => {
  const documents = (): Document[] => (['en', 'ja'] as const).flatMap((language) => (changes.texts && !changes.texts[language] ? [] : [[], UPDATES].map((updates) => documentOf(changes, language, updates))));

  test.skipIf(!hasSchemas)(`keeps to the official schema${hasSchemas ? '' : ' (SKIPPED: ../shared/formats/csaf is not here)'}`, () => {
    for (const document of documents()) expect(schemaErrors('csaf', document)).toEqual([]);
  });

  // Loading the validator takes seconds.
  test('passes the mandatory tests of the validator, and the optional ones but for what nobody knows', { timeout: 60_000 }, async () => {
    for (const document of documents()) {
      expect(await validatorFindings(document, 'mandatory')).toEqual([]);
      const warnings = await validatorFindings(document, 'optional');
      // Products without package URL, hash or serial number, versions in the vendor's words, the day on which a vendor disputed; scores that nobody has given.
      expect(warnings.filter((warning) => !/^optionalTest_6_2_(?:7|16|18) /.test(warning) && !(changes.cvss?.length === 0 && warning.startsWith('optionalTest_6_2_3 ')))).toEqual([]);
    }
  });
});

test('the judges refuse what is wrong', { timeout: 60_000 }, async () => {
  const { document, ...rest } = documentOf();
  if (hasSchemas) expect(schemaErrors('csaf', { ...rest, document: { ...document, category: '' } })).not.toEqual([]);
  expect((await validatorFindings({ ...rest, document: { ...document, tracking: { ...document.tracking, version: '7' } } }, 'mandatory')).join()).toContain('mandatoryTest_6_1_16');
});

describe('the document', () => {
  test('is known by its id, and lies in the year that stands in it', () => {
    const newYear = { publishedAt: Date.parse('2025-01-01T08:00:00+09:00'), updates: [] };
    const paths = (['en', 'ja'] as const).map((language) => csafDocument(aPublicAdvisory(), language, newYear, aConfiguration())).map((document) => document && csafPath(document));
    expect(paths).toEqual(['csaf/white/2024/jvn-48201637.json', 'csaf/white/2024/jvn-48201637-ja.json']);
    expect(documentOf().document.tracking.id).toBe('JVN-48201637');
  });

  test('has a revision for the publication and one for each update', () => {
    expect(documentOf({}, 'ja', UPDATES).document.tracking).toMatchObject({
      version: '3',
      initial_release_date: '2024-08-05T03:00:00Z',
      current_release_date: '2024-09-01T01:00:00Z',
      revision_history: [
        { number: '1', date: '2024-08-05T03:00:00Z', summary: '初版公開' },
        { number: '2', date: '2024-08-20T01:00:00Z', summary: 'Bravo Networks を追加' },
        { number: '3', date: '2024-09-01T01:00:00Z', summary: 'ER-200 を追加' },
      ],
    });
  });

  test('refers to the one in the other language and to both pages', () => {
    const { references } = documentOf({}, 'ja').document;
    expect(references.filter(({ url }) => url.startsWith('https://advisories')).map(({ category, url }) => `${category} ${url.slice('https://advisories.centre.example/'.length)}`)).toEqual([
      'self csaf/white/2024/jvn-48201637-ja.json',
      'self 2024/48201637/ja.html',
      'external csaf/white/2024/jvn-48201637.json',
      'external 2024/48201637/en.html',
    ]);
  });

  test('credits in the words that were agreed to, and nobody where there are none', () => {
    expect(documentOf().document.acknowledgments).toEqual([{ summary: 'Hanako Yamada of Example Laboratory reported this vulnerability.' }]);
    const en = aPublicAdvisory().texts.en;
    const texts = { en: { title: en?.title ?? '', sections: en?.sections.filter(({ id }) => id !== 'credit') ?? [] } };
    expect(JSON.stringify(documentOf({ texts }))).not.toMatch(/Yamada|acknowledgments/);
  });

  test('holds no note to a colleague', () => {
    const texts = { en: { title: 'T', sections: [{ id: 'overview' as const, text: 'A<!-- GAP: ask sato -->.' }] } };
    expect(documentOf({ texts, vendors: [] }).document.notes).toEqual([{ category: 'summary', text: 'A.', title: 'Overview' }]);
  });

  test('is served by https or not at all', () => {
    const configuration = aConfiguration({ public: { repository: '../public', url: 'http://advisories.centre.example' } });
    expect(() => csafDocument(aPublicAdvisory(), 'en', { publishedAt: FIRST, updates: [] }, configuration)).toThrow('https only');
  });
});

describe('products', () => {
  test('have ids that stay: in an update, in the other language, with other products beside them', () => {
    const before = branchesOf(documentOf());
    expect(branchesOf(documentOf({}, 'en', UPDATES))).toEqual(before);
    expect(branchesOf(documentOf({}, 'ja'))).toEqual(before);
    const more = branchesOf(documentOf({ products: [{ vendor: 'Zeta', name: 'Z', versions: ['1'] }, ...aPublicAdvisory().products] }));
    expect(more).toEqual(expect.arrayContaining(before));
  });

  test('are told in ranges where there are any', () => {
    expect(withoutIds(branchesOf(documentOf({ products: RANGES, vendors: [] })))).toEqual(
      ['product_version_range=vers:semver/>=1.0.0|<1.2.4', 'product_version_range=vers:deb/<=1%3A2.0-1%2Bb1', 'product_version_range=vers:pypi/>=3.0|<3.1', 'product_version_range=>=R 1|<=R 3', 'product_version=2012-05', 'product_version_range=vers:rpm/>=4-1', 'product_version=1.2.4', 'product_version=3.1'].map(
        (version) => `/vendor=Acme Corporation/product_name=libexample/${version}`,
      ),
    );
  });

  test('are known by their package URL', () => {
    const tree = JSON.stringify(documentOf({ products: RANGES }).product_tree);
    expect(tree.split('"product_identification_helper":{"purl":"pkg:npm/%40example/libexample"}')).toHaveLength(9);
    expect(JSON.stringify(documentOf())).not.toContain('purl');
  });

  test('of a vendor that names none stand for all that it makes, as its status says', () => {
    const document = documentOf({ vendors: EVERY_STATUS, products: [{ vendor: 'The disputed vendor', name: 'D', versions: ['1'] }] });
    const names = new Map(branchesOf(document).map((line) => [line.split(' ').at(-1) ?? '', line.replace(/^\/vendor=The (\S+) vendor.*/, '$1')]));
    const status = document.vulnerabilities[0]?.product_status ?? {};
    expect(Object.fromEntries(Object.entries(status).map(([group, ids]) => [group, ids.map((id) => names.get(id))]))).toEqual({
      known_affected: ['disputed', 'affected', 'affected-investigating'],
      known_not_affected: ['not-affected'],
      under_investigation: ['not-affected-investigating', 'unknown'],
    });
    expect(document.vulnerabilities[0]?.involvements).toEqual([{ party: 'vendor', status: 'disputed', summary: 'The disputed vendor' }]);
    expect(document.vulnerabilities[0]?.threats).toMatchObject([{ category: 'impact', details: 'We say not-affected.' }]);
  });

  test('are those of the vendor by the name of the registry, too', () => {
    const products = [{ vendor: 'ACME', name: 'Router', versions: ['1'], vendorNames: { en: 'Acme Corporation' } }];
    expect(withoutIds(branchesOf(documentOf({ products, vendors: [{ names: { en: 'Acme Corporation' }, status: 'not-affected' }] })))).toEqual(['/vendor=ACME/product_name=Router/product_version=1']);
  });

  test('are not affected by the id that the vendor says so of', () => {
    const changes = ADVISORIES.find(([what]) => what.startsWith('two ids'))?.[1] ?? {};
    expect(documentOf(changes).vulnerabilities.map(({ cve, product_status: status }) => [cve, Object.entries(status).map(([group, ids]) => `${group} ${ids.length}`)])).toEqual([
      ['CVE-2024-99901', ['known_affected 3']],
      ['CVE-2024-99902', ['known_not_affected 2']],
    ]);
  });
});

test('of several flaws each has its own products, scores and weakness', () => {
  const [first, second] = ['CVE-2024-99901', 'CVE-2024-99902'];
  const product = { vendor: 'A', name: 'P', versions: ['1'] };
  const { vulnerabilities } = documentOf({
    cves: [first, second].map((id) => ({ id, assigner: 'example-centre', flaw: `flaw of ${id}` })),
    products: [{ ...product, cves: [first] }, { ...product, name: 'Q', cves: [first] }, { ...product, name: 'Q', cves: [second] }],
    cvss: [{ version: '3.1', vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', cves: [second] }],
    weaknesses: ['CWE-78', 'CWE-79'],
    weaknessCves: [{ id: 'CWE-78', cves: [first] }, { id: 'CWE-79', cves: [second] }],
    vendors: [],
  });
  expect(vulnerabilities.map(({ product_status: status, ...rest }) => [status['known_affected']?.length, JSON.stringify(rest).match(/"cwe":{"id":"([^"]+)/)?.[1], JSON.stringify(rest).includes('cvss_v3')])).toEqual([[2, 'CWE-78', false], [1, 'CWE-79', true]]);
});

test('a product that its vendor says is not affected by one of several ids is not, of that id', () => {
  const [first, second] = ['CVE-2024-99901', 'CVE-2024-99902'];
  const { vulnerabilities } = documentOf({
    cves: [first, second].map((id) => ({ id, assigner: 'example-centre' })),
    products: [{ vendor: 'Acme Corporation', name: 'P', versions: ['1'], cves: [first] }],
    vendors: [{ names: { en: 'Acme Corporation' }, status: 'affected' }, { names: { en: 'Acme Corporation' }, status: 'not-affected', cves: [second] }],
  });
  const [affected] = Object.values(vulnerabilities[0]?.product_status ?? {});
  expect(vulnerabilities.map((one) => one.product_status)).toEqual([{ known_affected: affected }, { known_not_affected: affected }]);
});

describe('what to do', () => {
  const products = (changes: object): PublicAdvisory['products'] => [{ vendor: 'Acme Corporation', name: 'R', versions: ['1'], ...changes }];
  const remedies = (changes: Partial<PublicAdvisory>): unknown => flawOf(changes).remediations.map(({ category, details, url }) => [category, details.slice(0, 22), url]);

  test.each([
    [{ ranges: [{ scheme: 'semver' as const, through: '1.2.3', fixed: '1.2.4' }] }, ['vendor_fix', 'Update R to 1.2.4 or l', 'https://acme.example/notice/2024']],
    [{}, ['mitigation', '**Update the firmware*', undefined]],
    [{ remedy: 'fix' as const }, ['vendor_fix', '**Update the firmware*', undefined]],
    [{ remedy: 'fix' as const, remedyUrl: 'https://acme.example/get' }, ['vendor_fix', '**Update the firmware*', 'https://acme.example/get']],
    [{ ranges: [{ scheme: 'semver' as const, through: '1.2.3', fixed: '1.2.4' }], remedyUrl: 'https://acme.example/get' }, ['vendor_fix', 'Update R to 1.2.4 or l', 'https://acme.example/get']],
    [{ remedy: 'stop-using' as const }, ['none_available', '**Update the firmware*', undefined]],
    [{ remedy: 'stop-using' as const, supportEnded: true as const }, ['no_fix_planned', '**Update the firmware*', undefined]],
    [{ remedy: 'workaround' as const, supportEnded: true as const }, ['workaround', '**Update the firmware*', undefined]],
  ])('with %j', (changes, remedy) => {
    expect(remedies({ products: products(changes) })).toEqual([remedy]);
  });

  test('where nobody knows a solution, it says so', () => {
    expect(remedies({ texts: { en: { title: 'T', sections: [{ id: 'overview', text: 'X' }] } } })).toEqual([['none_available', 'No solution is known.', undefined]]);
  });
});

test('what CSAF 2.0 has no place for is a note: CVSS 4.0, a second opinion, more weaknesses', () => {
  const changes = ADVISORIES.find(([what]) => what.startsWith('scores of every'))?.[1] ?? {};
  const { cwe, scores, notes } = flawOf(changes);
  expect(cwe).toEqual({ id: 'CWE-79', name: "Improper Neutralization of Input During Web Page Generation ('Cross-site Scripting')" });
  expect(scores).toHaveLength(3);
  expect(notes.slice(1)).toMatchObject([{ title: 'CVSS 4.0' }, { title: 'CVSS 3.1 (Scored by: Acme)' }, { title: 'Weakness', text: 'CWE-78, CWE-9999' }]);
});

const cwePath = fileURLToPath(new URL('../../../shared/formats/cwe/cwe-4.20.json', import.meta.url));
describe.skipIf(!existsSync(cwePath))(`names of weaknesses${existsSync(cwePath) ? '' : ' (SKIPPED: ../shared/formats/cwe is not here)'}`, () => {
  let list: readonly { readonly id: string; readonly name: string }[];
  beforeAll(() => {
    list = (JSON.parse(readFileSync(cwePath, 'utf8')) as { readonly weaknesses: typeof list }).weaknesses;
  });
  test('are those of MITRE', () => {
    const ours = list.filter(({ id }) => weaknessName(id) !== undefined);
    expect(ours.length).toBeGreaterThan(100);
    expect(ours.filter(({ id, name }) => weaknessName(id) !== name)).toEqual([]);
  });
});
