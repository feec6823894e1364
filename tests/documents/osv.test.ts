import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { beforeAll, describe, expect, test } from 'vitest';
import { osvDocument } from '../../src/documents/osv.ts';
import type { PublicAdvisory, PublicProduct } from '../../src/domain/publication.ts';
import type { VersionRange } from '../../src/generated/documents.ts';
import { aConfiguration, aPublicAdvisory } from '../support/a-public-advisory.ts';

const dates = { publishedAt: Date.parse('2024-08-05T12:00:00+09:00'), updates: [{ at: Date.parse('2024-08-20T10:00:00+09:00'), summary: { en: 'More' } }] };
const PAGES = [{ url: 'https://advisories.centre.example/2024/48201637/en.html' }];
const product = (purl: string | undefined, ...ranges: readonly VersionRange[]): PublicProduct => ({ vendor: 'Acme', name: 'x', versions: ['words'], ...(purl === undefined ? {} : { purl }), ranges });

interface Osv {
  readonly affected: readonly { readonly package: object; readonly ranges?: readonly { readonly type: string; readonly events: readonly object[] }[]; readonly versions?: readonly string[] }[];
}
const osv = (changes: Partial<PublicAdvisory> = {}, prefix = 'x_EXCERT'): Osv | undefined =>
  osvDocument(aPublicAdvisory({ products: [product('pkg:npm/%40example/x', { scheme: 'npm', from: '1.0.0', fixed: '1.2.3' })], ...changes }), dates, PAGES, aConfiguration({ public: { repository: '../public', url: 'https://a.example', osvPrefix: prefix } })) as Osv | undefined;

const ECOSYSTEMS = ['cargo/x', 'composer/a/x', 'deb/debian/x', 'gem/x', 'golang/a.example/b/x', 'hackage/x', 'hex/x', 'maven/a.b/x', 'npm/x', 'nuget/X', 'pub/x', 'pypi/x'].map((name) => `pkg:${name}`);

const schemaPath = fileURLToPath(new URL('../../../shared/formats/osv/osv-schema.json', import.meta.url));
const hasSchema = existsSync(schemaPath);
describe.skipIf(!hasSchema)(`against the official schema${hasSchema ? '' : ' (SKIPPED: ../shared/formats/osv is not here)'}`, () => {
  let validate: ValidateFunction;
  beforeAll(() => {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(ajv);
    validate = ajv.compile(JSON.parse(readFileSync(schemaPath, 'utf8')) as object);
  });
  const errorsOf = (document: object | undefined): unknown => (document !== undefined && validate(JSON.parse(JSON.stringify(document))) ? [] : (validate.errors ?? 'no document'));

  test.each<[string, Partial<PublicAdvisory>]>([
    ['a full advisory', {}],
    ['no score, no weakness, no reference, no CVE id', { cvss: [], weaknesses: [], references: [], cves: [], vendors: [] }],
    ['Japanese only, two scores of one version', { texts: { ja: { title: '題名', sections: [] } }, cvss: [...aPublicAdvisory().cvss, { version: '3.0', vector: 'CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }] }],
    ['every ecosystem', { products: ECOSYSTEMS.map((purl) => product(purl, { scheme: 'semver', through: '1.2.3' })) }],
    ['several ranges and versions', { products: [product('pkg:npm/x', { scheme: 'npm', through: '1.2.3', fixed: '1.2.4' }, { scheme: 'semver', exact: '2.0.0' }, { scheme: 'npm', from: '3.0.0' })] }],
    ['scores of some packages', { products: ['x', 'y'].map((name) => ({ ...product(`pkg:npm/${name}`, { scheme: 'npm', fixed: '1.0.0' }), cves: [`CVE-2024-100${name === 'x' ? 1 : 2}`] })), cvss: [{ version: '3.1', vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', cves: ['CVE-2024-1001'] }] }],
    ['hostile text', { texts: { en: { title: '\u202e]]>\u0000', sections: [{ id: 'credit', text: '\ud800<b>' }] } }, references: [{ url: 'https://例え.example/|{}' }] }],
  ])('%s', (_what, changes) => {
    expect(errorsOf(osv(changes))).toEqual([]);
  });

  test('a prefix must be registered, or begin with x_', () => {
    expect(errorsOf(osv({}, 'EXCERT'))).not.toEqual([]);
    expect(errorsOf(osv({}, 'GHSA'))).toEqual([]);
  });

  test('each of our ecosystems is one of theirs', () => {
    expect(osv({ products: ECOSYSTEMS.map((purl) => product(purl, { scheme: 'semver', exact: '1.0.0' })) })?.affected).toHaveLength(ECOSYSTEMS.length);
  });
});

describe('osvDocument', () => {
  test('says when, what and under which other names', () => {
    expect(osv()).toMatchObject({
      id: 'x_EXCERT-48201637',
      published: '2024-08-05T03:00:00Z',
      modified: '2024-08-20T01:00:00Z',
      aliases: ['CVE-2024-99901'],
      summary: 'Example Router management page vulnerable to OS command injection',
      severity: [{ type: 'CVSS_V4' }, { type: 'CVSS_V3' }, { type: 'CVSS_V2' }],
      references: [{ type: 'ADVISORY', url: PAGES[0]?.url }, { type: 'ADVISORY', url: 'https://acme.example/notice/2024' }],
      credits: [{ name: 'Hanako Yamada of Example Laboratory', type: 'REPORTER' }],
      database_specific: { id: 'JVN#48201637', cwe_ids: ['CWE-78'] },
    });
  });

  test('several ids are no aliases of each other', () => {
    const cves = ['CVE-2024-1001', 'CVE-2024-1002'].map((id) => ({ id, assigner: 'a' }));
    expect(osv({ cves })).toMatchObject({ related: ['CVE-2024-1001', 'CVE-2024-1002'] });
    expect(osv({ cves })).not.toHaveProperty('aliases');
  });

  describe('of packages that belong to some ids only', () => {
    const [one, other] = ['CVE-2024-1001', 'CVE-2024-1002'];
    const fixed: VersionRange = { scheme: 'npm', fixed: '1.2.3' };
    const tied = (purl: string | undefined, ...cves: string[]): PublicProduct => ({ ...product(purl, fixed), cves });
    const score = (id: string, impact: string) => ({ version: '3.1' as const, vector: `CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:${impact}/I:N/A:N`, cves: [id] });
    const both: Partial<PublicAdvisory> = {
      cves: [one, other].map((id) => ({ id, assigner: 'a' })),
      cvss: [score(one, 'H'), score(other, 'L')],
      weaknesses: ['CWE-78', 'CWE-79', 'CWE-200'],
      weaknessCves: [{ id: 'CWE-78', cves: [one] }, { id: 'CWE-79', cves: [other] }],
      references: [{ url: 'https://one.example/', cves: [one] }, { url: 'https://other.example/', cves: [other] }, { url: 'https://both.example/' }],
      vendors: [],
    };

    test('nothing of other products is said of them', () => {
      const document = osv({ ...both, products: [tied(undefined, one), tied('pkg:npm/x', other)] });
      expect(document).toMatchObject({
        aliases: [other],
        severity: [{ type: 'CVSS_V3', score: score(other, 'L').vector }],
        references: [{ url: PAGES[0]?.url }, { url: 'https://other.example/' }, { url: 'https://both.example/' }],
        database_specific: { cwe_ids: ['CWE-79', 'CWE-200'] },
      });
      expect(JSON.stringify(document)).not.toMatch(/1001|C:H|one\.example/);
    });

    test('each package has its own score, and all of them one where it is the same', () => {
      const document = osv({ ...both, products: [tied('pkg:npm/x', one), tied('pkg:npm/y', other)] });
      expect(document).toMatchObject({ related: [one, other], affected: [{ severity: [{ score: score(one, 'H').vector }] }, { severity: [{ score: score(other, 'L').vector }] }] });
      expect(document).not.toHaveProperty('severity');
      expect(osv({ ...both, products: [tied('pkg:npm/x', one), tied('pkg:npm/y', one)] })).toMatchObject({ aliases: [one], severity: [{ score: score(one, 'H').vector }] });
    });
  });

  test.each<[VersionRange, string, readonly object[]]>([
    [{ scheme: 'npm', from: '1.0.0', fixed: '1.2.3' }, 'SEMVER', [{ introduced: '1.0.0' }, { fixed: '1.2.3' }]],
    [{ scheme: 'semver', before: '1.2.3', fixed: '1.2.4' }, 'SEMVER', [{ introduced: '0' }, { fixed: '1.2.3' }]],
    [{ scheme: 'npm', through: '1.2.2', fixed: '1.2.3' }, 'SEMVER', [{ introduced: '0' }, { fixed: '1.2.3' }]],
    [{ scheme: 'npm', through: '1.2.2' }, 'SEMVER', [{ introduced: '0' }, { last_affected: '1.2.2' }]],
    [{ scheme: 'npm', from: '1.0.0' }, 'SEMVER', [{ introduced: '1.0.0' }]],
    [{ scheme: 'pypi', fixed: '2.0' }, 'ECOSYSTEM', [{ introduced: '0' }, { fixed: '2.0' }]],
    [{ scheme: 'maven', fixed: '2.0' }, 'ECOSYSTEM', [{ introduced: '0' }, { fixed: '2.0' }]],
    [{ scheme: 'deb', fixed: '1:2.0-1' }, 'ECOSYSTEM', [{ introduced: '0' }, { fixed: '1:2.0-1' }]],
  ])('%j is %s', (range, type, events) => {
    expect(osv({ products: [product('pkg:npm/x', range)] })?.affected[0]?.ranges).toEqual([{ type, events }]);
  });

  test('names the package as its ecosystem does', () => {
    const names = (...purls: readonly string[]): unknown => osv({ products: purls.map((purl) => product(purl, { scheme: 'semver', exact: '1.0.0' })) })?.affected.map((one) => one.package);
    expect(names('pkg:maven/org.example/x', 'pkg:golang/github.com/a/x')).toEqual([
      { ecosystem: 'Maven', name: 'org.example:x', purl: 'pkg:maven/org.example/x' },
      { ecosystem: 'Go', name: 'github.com/a/x', purl: 'pkg:golang/github.com/a/x' },
    ]);
  });

  test('is not there for what OSV cannot tell: no prefix, no package, no ecosystem, an order that only the vendor knows', () => {
    const fixed: VersionRange = { scheme: 'semver', fixed: '1.0.0' };
    for (const one of [product(undefined, fixed), product('pkg:rpm/redhat/x', fixed), product('pkg:npm/x'), product('pkg:npm/x', { scheme: 'custom', from: 'A', fixed: 'B' })]) expect(osv({ products: [one] })).toBeUndefined();
    expect(osv({ products: [product('pkg:npm/x', { scheme: 'custom', exact: 'A' })] })?.affected).toMatchObject([{ versions: ['A'] }]);
    expect(osvDocument(aPublicAdvisory({ products: [product('pkg:npm/x', fixed)] }), dates, PAGES, aConfiguration())).toBeUndefined();
  });
});
