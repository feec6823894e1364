import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { checkShape } from '../../src/documents/check-shape.ts';
import { csafDocument } from '../../src/documents/csaf.ts';
import { cveRecord } from '../../src/documents/cve-record.ts';
import type { ForeignFormat } from '../../src/documents/foreign-document.ts';
import { readDocument } from '../../src/documents/incoming-document.ts';
import { VccError } from '../../src/domain/problem.ts';
import type { PublicAdvisory } from '../../src/domain/publication.ts';
import { rangeMistakes } from '../../src/domain/version-range.ts';
import { aConfiguration, aPublicAdvisory } from '../support/a-public-advisory.ts';

const NOW = Date.parse('2026-02-02T10:00:00+09:00');
const take = (format: ForeignFormat, content: unknown) => {
  const bytes = content instanceof Uint8Array ? content : new TextEncoder().encode(typeof content === 'string' ? content : JSON.stringify(content));
  const { report, document } = readDocument({ name: 'a.json', bytes }, format, { now: NOW, zone: 'Asia/Tokyo' });
  if (!document) throw new Error('no document');
  return { report, document, left: document.leftOut.map(({ what }) => what) };
};
const refusal = (format: ForeignFormat, content: unknown): VccError => {
  try {
    take(format, content);
  } catch (problem) {
    if (problem instanceof VccError) return problem;
    throw problem;
  }
  throw new Error('it was taken in');
};

const tracking = { id: 'EX-1', initial_release_date: '2026-01-01T00:00:00Z', current_release_date: '2026-01-01T00:00:00Z', revision_history: [], status: 'final', version: '1' };
const head = { category: 'csaf_security_advisory', csaf_version: '2.0', title: 'A flaw in Gateway', publisher: { category: 'vendor', name: 'Foo', namespace: 'https://foo.example' }, tracking };
const version = (id: string, name: string, category = 'product_version') => ({ category, name, product: { name: `Gateway ${name}`, product_id: id } });
const tree = (...branches: object[]) => ({ branches: [{ category: 'vendor', name: 'Foo', branches: [{ category: 'product_name', name: 'Gateway', branches }] }] });
const csaf = (vulnerability: object, product_tree: object = tree(version('A', '1.0')), document: object = {}) => ({ document: { ...head, ...document }, product_tree, vulnerabilities: [vulnerability] });
const cve = (cna: object, metadata: object = {}) => ({ dataType: 'CVE_RECORD', dataVersion: '5.1', cveMetadata: { cveId: 'CVE-2026-10001', assignerOrgId: 'x', assignerShortName: 'foo', state: 'PUBLISHED', ...metadata }, containers: { cna: { descriptions: [{ lang: 'en', value: 'A flaw.' }], ...cna } } });
const osv = (more: object) => ({ schema_version: '1.6.0', id: 'EX-2026-1', modified: '2026-01-01T00:00:00Z', summary: 'A flaw in left-pad', ...more });
const versionsOf = (entry: object) => take('cve', cve({ affected: [{ vendor: 'Foo', product: 'Gateway', ...entry }] })).report.products?.[0];

describe('what we publish ourselves, taken in', () => {
  const products: PublicAdvisory['products'] = [
    { vendor: 'Acme Corporation', name: 'ER-100', versions: ['1.x'], ranges: [{ scheme: 'semver', from: '1.0.0', before: '1.2.4', fixed: '1.2.4' }, { scheme: 'semver', from: '2.0.0', through: '2.0.1', fixed: '2.0.2' }, { scheme: 'semver', exact: '3.0.0', fixed: '3.0.1' }] },
    { vendor: 'Acme Corporation', name: 'ER-200', versions: ['1.2.3 and earlier'] },
    { vendor: 'Bravo', name: 'libx', versions: ['before 1:2'], ranges: [{ scheme: 'deb', before: '1:2.0~rc1' }] },
    { vendor: 'Bravo', name: 'liby', versions: ['up to b7'], ranges: [{ scheme: 'custom', through: 'b7' }] },
  ];
  const ranges = products.map((product) => product.ranges);
  const advisory = aPublicAdvisory({ products, vendors: [], weaknesses: ['CWE-78', 'CWE-20'], cves: [{ id: 'CVE-2026-10001', assigner: 'example-cert', flaw: 'The ping page' }], cveDescription: 'A flaw.' });
  const scores = [...advisory.cvss].sort((a, b) => (a.version < b.version ? -1 : 1));

  test('as CSAF says the same products, ranges, weaknesses, scores, references and ids', () => {
    for (const language of ['en', 'ja'] as const) {
      const { report, document, left } = take('csaf', csafDocument(advisory, language, { publishedAt: NOW, updates: [] }, aConfiguration()));
      expect(report.products?.map(({ vendor, name }) => `${vendor} ${name}`)).toEqual(['Acme Corporation ER-100', 'Acme Corporation ER-200', 'Bravo libx', 'Bravo liby']);
      expect(report.products?.map((product) => product.ranges)).toEqual(ranges);
      expect(report.products?.[1]?.versions).toEqual(['1.2.3 and earlier']);
      expect(report.weaknesses?.toSorted()).toEqual(['CWE-20', 'CWE-78']);
      expect(report.cvss?.toSorted((a, b) => (a.version < b.version ? -1 : 1))).toEqual(scores);
      expect(report.references).toEqual(expect.arrayContaining([...advisory.references]));
      expect(document.cves).toEqual([{ id: 'CVE-2026-10001', flaw: 'The ping page' }]);
      expect(report.title).toEqual({ [language]: advisory.texts[language]?.title });
      expect(left).toEqual([]);
    }
  });

  test('as CSAF says which of several ids each product, weakness, score and reference belongs to', () => {
    const [one, other] = ['CVE-2026-10001', 'CVE-2026-10002'];
    const [score] = advisory.cvss;
    if (score === undefined) throw new Error('no score');
    const several: PublicAdvisory = {
      ...advisory,
      cves: [{ id: one, assigner: 'a', flaw: 'One' }, { id: other, assigner: 'a', flaw: 'Other' }],
      products: products.map((product, index) => (index === 3 ? product : { ...product, cves: [index === 0 ? one : other] })),
      weaknesses: ['CWE-78', 'CWE-20', 'CWE-79'],
      weaknessCves: [{ id: 'CWE-78', cves: [one] }, { id: 'CWE-79', cves: [other] }],
      cvss: [{ ...score, cves: [one] }, { version: '3.1', vector: 'CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N', score: 4, cves: [other] }],
      references: [{ url: 'https://one.example/', title: 'One', cves: [one] }, { url: 'https://both.example/', title: 'Both' }],
    };
    const { report } = take('csaf', csafDocument(several, 'en', { publishedAt: NOW, updates: [] }, aConfiguration()));
    expect(report.products?.map(({ name, cves }) => [name, cves])).toEqual([['ER-100', [one]], ['ER-200', [other]], ['libx', [other]], ['liby', undefined]]);
    expect(report.weaknesses).toEqual(expect.arrayContaining([{ id: 'CWE-78', cves: [one] }, { id: 'CWE-79', cves: [other] }, 'CWE-20']));
    expect(report.weaknesses).toHaveLength(3);
    expect(report.cvss).toEqual(expect.arrayContaining([...several.cvss]));
    expect(report.cvss).toHaveLength(2);
    expect(report.references).toEqual(expect.arrayContaining([...several.references]));
    // Its own page and file are no other text about the flaw.
    expect(JSON.stringify(report.references)).not.toMatch(/This document|en\.html/);
  });

  test('as a CVE record says the same', () => {
    const { report, document, left } = take('cve', cveRecord(advisory, 'CVE-2026-10001', aConfiguration(), { at: NOW, advisoryUrls: [] }));
    expect(report.products?.map((product) => product.ranges)).toEqual(ranges);
    expect(report.products?.[1]?.versions).toEqual(['1.2.3 and earlier']);
    expect(report.weaknesses).toEqual(['CWE-78', 'CWE-20']);
    expect(report.cvss?.toSorted((a, b) => (a.version < b.version ? -1 : 1))).toEqual(scores);
    expect(report.references).toEqual(advisory.references);
    expect(document.cves).toEqual([{ id: 'CVE-2026-10001', assigner: aConfiguration().cna?.shortName }]);
    expect(left).toEqual([]);
  });
});

describe('a CSAF document', () => {
  it('takes affected and doubtful versions, and no others', () => {
    const { report } = take('csaf', csaf({ product_status: { known_affected: ['A'], under_investigation: ['B'], known_not_affected: ['C'], fixed: ['D'] } }, tree(version('A', '1.0'), version('B', '2.0'), version('C', '3.0'), version('D', '1.1'))));
    expect(report.products).toEqual([{ vendor: 'Foo', name: 'Gateway', versions: ['1.0', '2.0 (not known whether affected)'] }]);
  });

  it('takes nothing for affected that is said not to be', () => {
    const { document } = take('csaf', csaf({ product_status: { known_not_affected: ['A'] } }));
    expect(document.products).toEqual([]);
  });

  it('knows a component in another product', () => {
    const relationships = [{ category: 'installed_on', product_reference: 'A', relates_to_product_reference: 'B', full_product_name: { name: 'A on B', product_id: 'AB' } }];
    const { report } = take('csaf', csaf({ product_status: { known_affected: ['AB'] } }, { ...tree(version('A', '1.0')), full_product_names: [{ name: 'Box', product_id: 'B' }], relationships }));
    expect(report.products).toEqual([{ vendor: 'Foo', name: 'Gateway (installed on Box)', versions: ['1.0'] }]);
  });

  it.each<[string, object, string]>([
    ['a product that the tree does not have', csaf({ product_status: { known_affected: ['Z'] } }), 'does not have'],
    ['a product that is affected and is not', csaf({ product_status: { known_affected: ['A'], known_not_affected: ['A'] } }), 'denies'],
    ['an id of two products', csaf({}, tree(version('A', '1.0'), version('A', '2.0'))), 'another product'],
    ['a product that is made of itself', csaf({}, { relationships: [{ category: 'installed_on', product_reference: 'A', relates_to_product_reference: 'A', full_product_name: { name: 'A', product_id: 'A' } }] }), 'back to itself'],
    ['products that are made of each other', csaf({}, { relationships: [['A', 'B'], ['B', 'A']].map(([of = '', id = '']) => ({ category: 'installed_on', product_reference: of, relates_to_product_reference: of, full_product_name: { name: id, product_id: id } })) }), 'back to itself'],
    ['a list that is none', csaf({ product_status: { known_affected: 'A' } }), 'must be a list'],
    ['another version of CSAF', csaf({}, {}, { csaf_version: '3.0' }), 'must be'],
    ['a wrong id', csaf({ cve: 'CVE-1' }), 'no CVE id'],
  ])('refuses %s, at its place', (_what, document, message) => {
    const { code, findings } = refusal('csaf', document);
    expect(code).toBe('document-invalid');
    expect(findings[0]).toMatchObject({ rule: 'schema', line: 1, message: expect.stringContaining(message) as string });
    expect(findings[0]?.message).toMatch(/^\/(?:document|product_tree|vulnerabilities)\//);
  });

  it('seals whom it thanks, and leaves out what names them', () => {
    const { report, document, left } = take('csaf', csaf({ title: 'Found by Yamada Hanako', cve: 'CVE-2026-10001', acknowledgments: [{ names: ['Yamada Hanako'], organization: 'Quiet Laboratory' }], references: [{ summary: 'x', url: 'https://quiet.example/yamada-hanako' }], product_status: { known_affected: ['A'] } }));
    const { notes, ...clear } = report;
    expect(notes).toContain('Yamada Hanako, Quiet Laboratory');
    expect(JSON.stringify([clear, document.cves])).not.toMatch(/yamada|quiet/i);
    expect(left).toContain('vulnerabilities[].references[].url: names somebody who is thanked');
  });

  it('tells a publisher who found the flaw from an organisation that passes it on', () => {
    const publisher = { category: 'discoverer', name: 'Yamada Hanako', namespace: 'https://quiet.example', contact_details: 'Write to yamada@quiet.example.' };
    const { report } = take('csaf', csaf({}, undefined, { publisher }));
    expect(report.reporter).toEqual({ name: 'Yamada Hanako', email: 'yamada@quiet.example' });
    expect(report.source).toEqual({ reference: 'EX-1' });
  });

  it('tells the label of its terms and the day that is to come', () => {
    const { report, document } = take('csaf', csaf({}, undefined, { distribution: { tlp: { label: 'AMBER' }, text: 'Nobody else' }, tracking: { ...tracking, status: 'draft', initial_release_date: '2026-03-01T00:00:00Z' } }));
    expect(document).toMatchObject({ terms: 'TLP:AMBER', warnings: [expect.stringContaining('draft')] });
    expect(report).toMatchObject({ timeLimits: [{ date: '2026-03-01' }], notes: expect.stringContaining('Nobody else') as string });
    expect(report.public).toBeUndefined();
    expect(take('csaf', csaf({})).report.public).toBe(true);
  });

  it('holds a hundred thousand products, and says how many a case does not', () => {
    const ids = Array.from({ length: 100_000 }, (_one, index) => `P${index}`);
    const branches = ids.map((id) => ({ category: 'product_name', name: id, product: { name: id, product_id: id } }));
    const { report, document } = take('csaf', csaf({ product_status: { known_affected: ids } }, { branches: [{ category: 'vendor', name: 'Foo', branches }] }));
    expect(report.products).toHaveLength(500);
    expect(document.leftOut).toContainEqual({ what: 'products: more than a case holds', count: 99_500, where: '/products' });
  });
});

it('compares no more than it has to: fifty thousand affected versions, and as many fixed ones', () => {
  const ids = Array.from({ length: 50_000 }, (_one, index) => [`A${index}`, `F${index}`] as const);
  const branches = ids.flatMap(([affected, fixed], index) => [version(affected, `1.${index}`), version(fixed, `2.${index}`)]);
  const remediations = [{ category: 'vendor_fix', details: 'x '.repeat(200), product_ids: ids.map(([affected]) => affected) }];
  const { report } = take('csaf', csaf({ product_status: { known_affected: ids.map(([affected]) => affected), fixed: ids.map(([, fixed]) => fixed) }, remediations }, tree(...branches)));
  expect(report.products?.[0]?.versions).toHaveLength(200);
});

describe('a CVE record', () => {
  it.each<[string, object, object]>([
    ['a range with its end', { versions: [{ version: '1.0.0', status: 'affected', lessThan: '1.2.0', versionType: 'semver' }] }, { ranges: [{ scheme: 'semver', from: '1.0.0', before: '1.2.0' }] }],
    ['a status that changes', { versions: [{ version: '0', status: 'affected', lessThan: '*', versionType: 'custom', changes: [{ at: '1.2', status: 'unaffected' }, { at: '2.0', status: 'affected' }] }] }, { ranges: [{ scheme: 'custom', fixed: '1.2' }, { scheme: 'custom', from: '2.0' }] }],
    ['all versions by default', { defaultStatus: 'affected' }, { versions: ['all versions'] }],
    ['all versions but the newer ones', { defaultStatus: 'affected', versions: [{ version: '2.0.0', status: 'unaffected', lessThan: '*', versionType: 'semver' }] }, { ranges: [{ scheme: 'semver', before: '2.0.0' }] }],
    ['all versions but some', { defaultStatus: 'affected', versions: [{ version: '2.0', status: 'unaffected' }, { version: '3.0', status: 'unaffected' }] }, { versions: ['all versions but 2.0, 3.0'] }],
    ['what nobody knows', { versions: [{ version: '2.0', status: 'unknown' }] }, { versions: ['2.0 (not known whether affected)'] }],
    ['a pattern, as words', { versions: [{ version: '2.1.0', status: 'affected', lessThan: '2.1.*', versionType: 'semver' }] }, { versions: ['2.1.0 <= version < 2.1.*'] }],
    ["the vendor's words", { versions: [{ version: 'prior to 1.2', status: 'affected', versionType: 'custom' }] }, { versions: ['prior to 1.2'] }],
    ['an older release that is no fix', { versions: [{ version: '2.0.0', status: 'affected', versionType: 'custom' }, { version: '1.0.0', status: 'unaffected', versionType: 'custom' }] }, { ranges: [{ scheme: 'custom', exact: '2.0.0' }] }],
  ])('takes %s', (_what, entry, product) => {
    expect(versionsOf(entry)).toMatchObject(product);
    if (!('ranges' in product)) expect(versionsOf(entry)).not.toHaveProperty('ranges');
  });

  it('refuses one that is rejected', () => {
    expect(refusal('cve', { ...cve({}, { state: 'REJECTED' }), containers: { cna: { rejectedReasons: [] } } }).code).toBe('rejected-record');
  });

  it('leaves the vendor to be asked for where it has none', () => {
    const { report, document } = take('cve', cve({ affected: [{ vendor: 'n/a', product: 'Gateway', versions: [{ version: '1.0', status: 'affected' }] }] }));
    expect(report.products).toBeUndefined();
    expect(document.products).toEqual([{ name: 'Gateway', versions: ['1.0'] }]);
  });

  it('takes web addresses and ids of weaknesses alone', () => {
    const { report, left } = take('cve', cve({ references: [{ url: 'javascript:alert(1)' }, { url: 'https://a.example/\u202ex' }, { url: 'https://b.example/' }], problemTypes: [{ descriptions: [{ lang: 'en', description: 'x', cweId: 'CWE-0x4f' }] }] }));
    expect(report.references).toEqual([{ url: 'https://b.example/' }]);
    expect(report.weaknesses).toBeUndefined();
    expect(left).toEqual(expect.arrayContaining(['containers.cna.references[].url: no web address', 'containers.cna.problemTypes[].descriptions[].cweId: no CWE id']));
  });

  it('writes out what nobody sees in names', () => {
    const { report } = take('cve', cve({ title: 'A\u202eflaw\u001b[2J', affected: [{ vendor: 'Fo\u200bo', product: '=HYPERLINK("x")', versions: [{ version: '1.0\r\n', status: 'affected' }] }] }));
    expect(report.title).toEqual({ en: 'A\\u202eflaw\\x1b[2J' });
    expect(report.products).toEqual([{ vendor: 'Fo\\u200bo', name: '=HYPERLINK("x")', versions: ['1.0'] }]);
  });
});

describe('an OSV record', () => {
  const affected = [{ package: { ecosystem: 'npm', name: 'left-pad', purl: 'pkg:npm/left-pad@1.0.0' }, ranges: [{ type: 'SEMVER', events: [{ fixed: '1.2.0' }, { introduced: '0' }, { introduced: '2.0.0' }, { last_affected: '2.3.1' }] }], versions: ['1.0.0'] }];

  it('takes ranges from events in any order', () => {
    const { document } = take('osv', osv({ affected, aliases: ['CVE-2026-10001', 'GHSA-x'] }));
    expect(document.products).toEqual([{ name: 'left-pad', purl: 'pkg:npm/left-pad', versions: ['version < 1.2.0', '2.0.0 <= version <= 2.3.1'], ranges: [{ scheme: 'npm', fixed: '1.2.0' }, { scheme: 'npm', from: '2.0.0', through: '2.3.1' }] }]);
    expect(document.cves).toEqual([{ id: 'CVE-2026-10001' }]);
    expect(document.leftOut.map(({ what }) => what)).toEqual(['affected[].versions']);
  });

  it('refuses one that was withdrawn', () => {
    expect(refusal('osv', osv({ affected, withdrawn: '2026-01-02T00:00:00Z' })).code).toBe('withdrawn-record');
  });

  it('says that commits are no versions', () => {
    expect(take('osv', osv({ affected: [{ package: { ecosystem: 'OSS-Fuzz', name: 'x' }, ranges: [{ type: 'GIT', repo: 'https://x.example', events: [{ introduced: '0' }] }] }] })).left).toContain('affected[].ranges[].events: commits, which are no versions');
  });
});

it('names the format that a document is in instead', () => {
  expect(refusal('csaf', cve({}))).toMatchObject({ code: 'usage', hint: 'vcc intake --from cve FILE' });
  expect(refusal('osv', '{"a": 1}').code).toBe('document-invalid');
  expect(refusal('osv', '[]').code).toBe('document-invalid');
});

/** Values that a reader may meet anywhere, right and wrong. */
const words = fc.constantFrom('', 'A', 'B', '1.0', '0', '*', '1.2.0', 'vers:semver/>=1.0.0|<2', 'affected', 'unaffected', 'vendor', 'product_name', 'product_version_range', 'https://a.example/', 'javascript:1', 'CVE-2026-10001', 'CWE-79', 'semver', 'npm', 'SEMVER', '\u202e\u0000', 'CVSS:3.1/AV:N', 'Yamada Hanako', 'x'.repeat(600));
const FIELDS = ['branches', 'category', 'name', 'product', 'product_id', 'relationships', 'full_product_name', 'product_reference', 'relates_to_product_reference', 'product_status', 'known_affected', 'fixed', 'affected', 'versions', 'version', 'status', 'lessThan', 'changes', 'at', 'ranges', 'events', 'introduced', 'type', 'package', 'ecosystem', 'references', 'url', 'vectorString', 'cvss_v3', 'scores', 'notes', 'text', 'title', 'credits', 'acknowledgments', 'names', 'remediations', 'product_ids', 'details', 'vendor', 'defaultStatus', 'versionType'];
const { node } = fc.letrec<{ node: unknown }>((tie) => ({ node: fc.oneof({ maxDepth: 5, withCrossShrink: true }, words, fc.constantFrom(null, true, 7, -1e300), fc.array(tie('node'), { maxLength: 3 }), fc.dictionary(fc.constantFrom(...FIELDS), tie('node'), { maxKeys: 5 })) }));
const object = fc.dictionary(fc.constantFrom(...FIELDS), node, { maxKeys: 6 });

test('whatever stands in it, a document is refused with findings or becomes a report that fits', () => {
  let taken = 0;
  const attempt = (format: ForeignFormat, content: object): void => {
    try {
      const { report } = take(format, content);
      taken += 1;
      const whole = { title: { en: 'x' }, products: [{ vendor: 'x', name: 'x', versions: ['x'] }], ...report };
      expect(checkShape('report', whole, () => ({ line: 1, column: 1 }), '')).toEqual([]);
      for (const { ranges = [] } of report.products ?? []) expect([...rangeMistakes(ranges)]).toEqual([]);
    } catch (problem) {
      if (!(problem instanceof VccError)) throw problem;
      expect(problem.findings.length).toBeGreaterThan(0);
    }
  };
  fc.assert(
    fc.property(object, object, fc.array(object, { maxLength: 3 }), (one, other, list) => {
      attempt('csaf', { document: head, product_tree: one, vulnerabilities: [other] });
      attempt('csaf', csaf(other, tree(...list)));
      attempt('cve', cve({ ...one, affected: list }));
      attempt('osv', osv({ ...one, affected: list }));
    }),
    { numRuns: 300 },
  );
  expect(taken).toBeGreaterThan(100);
});

const shared = fileURLToPath(new URL('../../../shared/', import.meta.url));
const isHere = existsSync(`${shared}formats/csaf`);
describe.skipIf(!isHere)(`real documents${isHere ? '' : ' (SKIPPED: ../shared is not here)'}`, () => {
  test('every CVE record of the JVN cases names its products', () => {
    for (const name of readdirSync(`${shared}cases/cve`)) {
      const { report, document } = take('cve', readFileSync(`${shared}cases/cve/${name}`));
      expect(document.cves, name).toEqual([{ id: name.slice(0, -'.json'.length), assigner: 'jpcert' }]);
      expect(report.products?.length, name).toBeGreaterThan(0);
      expect(checkShape('report', { title: { en: 'x' }, ...report }, () => ({ line: 1, column: 1 }), name)).toEqual([]);
    }
  });

  test('the examples of CSAF and CVE', () => {
    const bsi = take('csaf', readFileSync(`${shared}formats/csaf/example_bsi-2022-0001.json`));
    expect(bsi.report).toMatchObject({ title: { en: 'CVRF-CSAF-Converter: XML External Entities Vulnerability' }, weaknesses: ['CWE-611'], cves: ['CVE-2022-27193'], source: { reference: 'BSI-2022-0001' } });
    expect(bsi.report.products?.[0]?.ranges).toContainEqual({ scheme: 'custom', exact: '1.0.0-rc1', fixed: '1.0.0-rc2' });
    expect(bsi.report.products?.[0]?.versions).toHaveLength(5);
    const advanced = take('cve', readFileSync(`${shared}formats/cve/CVEv5_advanced-example.json`));
    expect(advanced.report.products?.[0]?.ranges).toEqual([{ scheme: 'semver', from: '1.0.0', before: '1.0.6' }, { scheme: 'semver', from: '2.1.6', fixed: '2.1.9' }]);
    expect(advanced.left).toContain('containers.cna.references[].url: names somebody who is thanked');
    expect(take('cve', readFileSync(`${shared}formats/cve/CVEv5_basic-example.json`)).left).toEqual([]);
  });
});
