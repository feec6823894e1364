import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { draftAdvisory } from '../../src/documents/advisory-draft.ts';
import type { DraftFacts } from '../../src/documents/advisory-sentences.ts';
import { gapsIn, readAdvisory } from '../../src/documents/advisory.ts';
import { impactOf } from '../../src/documents/impact-phrases.ts';
import { versionPhrases } from '../../src/documents/version-phrases.ts';
import { rangeText } from '../../src/domain/version-range.ts';
import { weaknessPhrase } from '../../src/domain/weakness-phrases.ts';
import { FOLDER } from '../support/case-tree.ts';

const ROUTER = { vendor: 'Acme', registry: 'acme', name: 'Example Router', versions: ['1.05 and earlier'] };
const FACTS: DraftFacts = {
  file: { title: { en: 'A title' }, products: [ROUTER], weaknesses: ['CWE-79'], cvss: [{ version: '3.1', vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N' }], route: 'partnership', source: { name: 'IPA' } },
  remediations: [],
  cves: 1,
  vendorNames: () => ({ en: 'Acme Corporation', ja: 'アクメ株式会社' }),
  registered: () => undefined,
  organisation: { name: { en: 'Example Centre', ja: '例示センター' }, email: 'x@centre.example' },
};
const having = (file: Partial<DraftFacts['file']>, more: Partial<DraftFacts> = {}): DraftFacts => ({ ...FACTS, ...more, file: { ...FACTS.file, ...file } });
const CNA = { shortName: 'centre', orgId: '00000000-0000-4000-8000-000000000000' };
const draft = (facts: DraftFacts, language: 'en' | 'ja', before?: string, redo?: Parameters<typeof draftAdvisory>[1]['redo']) =>
  draftAdvisory(facts, { number: '61247051', folder: FOLDER, language, configuration: { organisation: facts.organisation, cna: CNA }, ...(before === undefined ? {} : { before }), ...(redo === undefined ? {} : { redo }) });
/** The sections without their marks. */
const sectionsOf = (facts: DraftFacts, language: 'en' | 'ja'): Record<string, string> => {
  const read = readAdvisory(`${FOLDER}/advisory.${language}.md`, draft(facts, language).text);
  if (!read.ok) throw new Error(JSON.stringify(read.findings));
  return Object.fromEntries(read.advisory.sections.map(({ id, text }) => [id ?? '', text.replace(/^<!-- GAP: draft .*-->\n\n/, '')]));
};

describe('a draft', () => {
  test('has the form that JVN has, in both languages', () => {
    expect(sectionsOf(FACTS, 'en')).toMatchObject({
      overview: 'Example Router provided by Acme Corporation contains a cross-site scripting vulnerability.',
      affected: '- Example Router 1.05 and earlier',
      impact: 'If this vulnerability is exploited by a remote unauthenticated attacker, an arbitrary script may be executed on the web browser of a user of the product.',
    });
    expect(sectionsOf(FACTS, 'ja')).toMatchObject({
      overview: 'アクメ株式会社が提供するExample Routerには、クロスサイトスクリプティングの脆弱性が存在します。',
      affected: '- Example Router 1.05およびそれ以前',
      impact: '遠隔の第三者によって、当該製品を使用しているユーザのウェブブラウザ上で、任意のスクリプトを実行される可能性があります。',
    });
    expect(draft(FACTS, 'ja').text).toContain('Example Routerにおけるクロスサイトスクリプティングの脆弱性');
    expect(draft(FACTS, 'en').text).toContain(': Cross-site scripting vulnerability exists in Example Router 1.05 and earlier. If this vulnerability');
  });

  test('of several flaws, products and vendors', () => {
    const several = having({ title: { en: 'T' }, weaknesses: ['CWE-78', 'CWE-306'], products: [ROUTER, { ...ROUTER, name: 'Example Camera', versions: ['all versions'] }] });
    expect(sectionsOf(several, 'en')['overview']).toBe('Example Router and Example Camera provided by Acme Corporation contain multiple vulnerabilities.');
    expect(sectionsOf(several, 'ja')['description']).toContain('- OSコマンドインジェクション（CWE-78）\n- 重要な機能に対する認証の欠如（CWE-306）');
    expect(draft(several, 'ja').text).toContain('Example Router、Example Cameraにおける複数の脆弱性');
    expect(sectionsOf(having({}, { cves: 2 }), 'ja')['overview']).toContain('複数のクロスサイトスクリプティングの脆弱性');
    const vendors = having({ products: [ROUTER, { ...ROUTER, vendor: 'Other', name: 'Thing' }] }, { vendorNames: ({ vendor }) => ({ en: vendor }) });
    expect(sectionsOf(vendors, 'en')['affected']).toBe('**Acme**\n\n- Example Router 1.05 and earlier\n\n**Other**\n\n- Thing 1.05 and earlier');
  });

  test('leaves a gap where the facts say nothing', () => {
    const bare = having({ title: { ja: '題' }, weaknesses: ['CWE-9999'], cvss: [] });
    const { gaps } = draft(bare, 'en');
    expect(gaps.map(({ message }) => message).join('\n')).toMatch(/title is still to be written[\s\S]*what CWE-9999 is called in English/);
    expect(sectionsOf(bare, 'en')['impact']).toMatch(/^<!-- GAP: what exactly/);
    expect(sectionsOf(having({ weaknesses: [] }), 'ja')['description']).toMatch(/^<!-- GAP: what the flaw is/);
  });

  test('tells what users do as the log has it', () => {
    const entry = { event: 'fix-available', at: '2014-06-01T10:00:00+09:00', by: 'sato' } as const;
    const solution = (remediations: DraftFacts['remediations'], file: Partial<DraftFacts['file']> = {}): string => sectionsOf(having(file, { remediations }), 'en')['solution'] ?? '';
    expect(solution([{ ...entry, remediation: 'fix', versions: ['1.06'] }])).toMatch(/^\*\*Update the software\*\*[\s\S]*- 1\.06$/);
    expect(solution([{ ...entry, remediation: 'fix' }], { products: [{ ...ROUTER, kind: 'firmware', ranges: [{ scheme: 'custom', through: '1.05', fixed: '1.06' }] }] })).toMatch(/^\*\*Update the firmware\*\*[\s\S]*- 1\.06$/);
    expect(solution([{ ...entry, remediation: 'stop-using' }])).toContain('**Stop using the product**\n\n<!-- GAP:');
    expect(solution([{ ...entry, remediation: 'fix', partial: true }])).toContain('<!-- GAP: the fix is partial');
  });

  describe('of two products of two vendors', () => {
    const [router, parser] = [ROUTER, { vendor: 'Beta', registry: 'beta', name: 'beta-parse', versions: ['1.4.7 and earlier'] }];
    const entry = { event: 'fix-available', at: '2014-06-01T10:00:00+09:00', by: 'sato', remediation: 'fix' } as const;
    const two = (file: Partial<DraftFacts['file']> = {}, more: Partial<DraftFacts> = {}) =>
      having({ products: [router, parser], ...file }, { cves: 2, vendorNames: ({ vendor }) => ({ en: vendor }), registered: (slug) => ({ acme: { en: 'Acme' }, beta: { en: 'Beta Corp', ja: 'ベータ' } })[slug], remediations: [{ ...entry, vendor: 'acme', versions: ['2.4.0'] }, { ...entry, vendor: 'beta', versions: ['1.4.8'] }], ...more });

    test('each fixed release is that of a product', () => {
      const { solution } = sectionsOf(two(), 'en');
      expect(solution).toContain('provided by the developers.\n\nThe vulnerabilities are fixed in:\n\n- Example Router 2.4.0\n- beta-parse 1.4.8');
      expect(sectionsOf(two(), 'ja')['solution']).toContain('- Example Router 2.4.0\n- beta-parse 1.4.8');
    });

    test('once, where a range has it too; by the vendor, where it makes several', () => {
      const ranges = [{ scheme: 'custom', through: '2.3.9', fixed: '2.4.0' } as const];
      expect(sectionsOf(two({ products: [{ ...router, ranges }, parser] }), 'en')['solution']?.match(/^- .*/gm)).toEqual(['- beta-parse 1.4.8', '- Example Router 2.4.0']);
      expect(sectionsOf(two({ products: [router, parser, { ...parser, name: 'beta-print' }] }), 'ja')['solution']?.match(/^- .*/gm)).toEqual(['- Example Router 2.4.0', '- ベータ 1.4.8']);
    });

    test('several are spoken of as several, and each weakness has the ids that it belongs to', () => {
      const weaknesses = [{ id: 'CWE-78', cves: ['CVE-2024-1001'] }, { id: 'CWE-79', cves: ['CVE-2024-1002', 'CVE-2024-1003'] }];
      const { description, credit } = sectionsOf(two({ weaknesses }, { credit: { name: 'Tanaka' } }), 'en');
      expect(description).toContain('The products contain the following vulnerabilities.\n\n- OS command injection (CWE-78): CVE-2024-1001\n- Cross-site scripting (CWE-79): CVE-2024-1002, CVE-2024-1003\n');
      expect(description).not.toContain('its CVE id');
      expect(sectionsOf(two({ weaknesses: ['CWE-78', 'CWE-79'] }), 'en')['description']).toContain('of each, its CVE id, and');
      expect(credit).toContain('coordinated with the developers');
    });
  });

  test('says affected versions in the words of the vendor, whatever the ranges are', () => {
    const file = { products: [{ ...ROUTER, versions: ['firmware 2.3.1 and earlier'], ranges: [{ scheme: 'custom', through: '2.3.1', fixed: '2.4.0' } as const] }] };
    expect(sectionsOf(having(file), 'en')['affected']).toBe('- Example Router firmware 2.3.1 and earlier');
    expect(sectionsOf(having(file), 'ja')['affected']).toBe('- Example Router ファームウェア 2.3.1およびそれ以前');
  });

  test('calls a reporter 氏 once', () => {
    expect(sectionsOf(having({}, { credit: { credit: { ja: '例示研究所 山田 花子 氏' } } }), 'ja')['credit']).toMatch(/報告者：例示研究所 山田 花子 氏$/);
  });

  test('names a reporter only who is handed in, in the words that they asked for', () => {
    expect(sectionsOf(FACTS, 'en')).not.toHaveProperty('credit');
    expect(sectionsOf(having({}, { credit: { gap: 'ask' } }), 'en')['credit']).toBe('<!-- GAP: ask -->');
    const credit = { name: 'Tanaka', credit: { ja: '田中' } };
    expect(sectionsOf(having({}, { credit }), 'ja')['credit']).toBe('この脆弱性情報は、情報セキュリティ早期警戒パートナーシップに基づき下記の方がIPAに報告し、例示センターが開発者との調整を行いました。\n\n報告者：田中 氏');
    expect(sectionsOf(having({ route: 'direct' }, { credit: { name: 'Tanaka' } }), 'en')['credit']).toBe('Tanaka reported this vulnerability to Example Centre. Example Centre coordinated with the developer.');
  });

  test('makes no Markdown of what strangers wrote', () => {
    const { text } = draft(having({ products: [{ vendor: '<script>', name: '](javascript:x)', versions: ['# <!-- x', '`b`'] }], weaknesses: ['CWE-79'] }, { vendorNames: ({ vendor }) => ({ en: vendor }) }), 'en');
    const body = text.slice(text.indexOf('## '));
    expect(body).toContain(String.raw`- \](javascript:x) \# \<!-- x`);
    expect(body).not.toMatch(/[^\\]<script|[^\\]`b/);
  });
});

describe('a draft over a text that is there', () => {
  const first = draft(FACTS, 'en').text;

  test('is the same when nothing has changed', () => {
    const again = draft(FACTS, 'en', first);
    expect(again).toMatchObject({ text: first, written: [], kept: [] });
  });

  test('brings its own words up to date, and touches no byte of a person\'s', () => {
    const mine = first.replace(/## Impact[\s\S]*?(?=## Solution)/, '## Impact  \n\n  Mine,\n  to the letter.\n\n\n').replace('Example Router 1.05 and earlier\n', 'Example Router 1.05 and before\n');
    const changed = having({ products: [{ ...ROUTER, versions: ['1.06 and earlier'] }], weaknesses: ['CWE-89'] });
    const { text, written, kept } = draft(changed, 'en', mine);
    expect([...kept].sort()).toEqual(['affected', 'impact']);
    expect(written).toEqual(['cveDescription', 'overview', 'description']);
    expect(text).toContain('## Impact  \n\n  Mine,\n  to the letter.\n\n\n## Solution');
    expect(text).toContain('1.05 and before');
    expect(text).toContain('contains an SQL injection vulnerability');
    expect(draft(changed, 'en', mine, ['affected']).text).toContain('- Example Router 1.06 and earlier');
  });

  test('writes no description for all records where a person described each', () => {
    const each = first.replace(/cveDescription: .*\n/, 'cveDescriptions:\n  CVE-2024-1001: Mine.\n');
    expect(each).not.toBe(first);
    expect(draft(FACTS, 'en', each)).toMatchObject({ text: each, written: [] });
  });

  test('keeps a section whose mark was taken away, and one that was changed below its mark', () => {
    const read = first.replace(/<!-- GAP: draft [0-9a-f]{8}: .* -->\n\n(?=Example Router provided)/, '');
    expect(draft(having({ weaknesses: ['CWE-89'] }), 'en', read).kept).toEqual(['overview']);
    expect(draft(having({ weaknesses: ['CWE-89'] }), 'en', first.replace('Example Router provided', 'The router provided')).kept).toEqual(['overview']);
  });

  test('adds a section that is missing in its place, and takes a credit away that nobody agreed to', () => {
    const without = draft(FACTS, 'en', first.replace(/## Impact[\s\S]*?(?=## Solution)/, ''));
    expect(without.text).toBe(first);
    const credited = draft(having({}, { credit: { name: 'Tanaka' } }), 'en', first);
    expect(credited.text).toMatch(/## Credit\n\n<!-- GAP: draft .*-->\n\nTanaka reported/);
    expect(draft(FACTS, 'en', credited.text).text).toBe(first);
  });

  test('is refused with the places where the file cannot be read', () => {
    expect(() => draft(FACTS, 'en', 'no front matter')).toThrow(expect.objectContaining({ code: 'advisory-broken' }) as Error);
  });

  test('leaves marks that gapsIn finds, and none where a person took them away', () => {
    const read = readAdvisory(`${FOLDER}/advisory.en.md`, first.replaceAll(/<!-- GAP:[^>]*-->\n*/g, 'x\n\n').replace(/GAP: draft [^:]*: /, ''));
    expect(gapsIn(read.ok ? read.advisory : ({} as never))).toEqual([]);
  });
});

describe('versions', () => {
  const words = (version: string, language: 'en' | 'ja') => versionPhrases({ versions: [version] }, language)[0];
  test.each([
    ['1.2.3 and earlier', '1.2.3およびそれ以前'],
    ['versions prior to 1.2.3', '1.2.3より前のバージョン'],
    ['1.0 to 1.2', '1.0から1.2まで'],
    ['all versions', 'すべてのバージョン'],
    ['1.2 and later', '1.2以降'],
    ['firmware Ver.2.04 and earlier', 'ファームウェア Ver.2.04およびそれ以前'],
  ])('%s is %s', (en, ja) => {
    expect(words(en, 'ja')).toBe(ja);
    expect(words(ja, 'en')).toBe(en);
    expect([words(en, 'en'), words(ja, 'ja')]).toEqual([en, ja]);
  });

  test('other words are the vendor\'s', () => {
    for (const own of ['versions before 2024 July 4 maintenance', 'Archer C50(JP)_V3', '2023年版']) expect(words(own, own.includes('年') ? 'en' : 'ja')).toContain(own.replace('versions before ', ''));
  });

  test.each([
    [{ exact: '1.0' }, '1.0', '1.0'],
    [{ before: '1.2.3' }, 'versions prior to 1.2.3', '1.2.3より前のバージョン'],
    [{ fixed: '1.2.3' }, 'versions prior to 1.2.3', '1.2.3より前のバージョン'],
    [{ through: '1.05', fixed: '1.06' }, '1.05 and earlier', '1.05およびそれ以前'],
    [{ from: '1.0', through: '1.2' }, '1.0 to 1.2', '1.0から1.2まで'],
    [{ from: '1.0', before: '2.0' }, '1.0 and later, prior to 2.0', '1.0以降、2.0より前のバージョン'],
    [{ from: '1.0' }, '1.0 and later', '1.0以降'],
  ])('the range %j', (range, en, ja) => {
    const ranges = [{ scheme: 'custom' as const, ...range }];
    const product = { versions: ranges.map(rangeText), ranges };
    expect([versionPhrases(product, 'en'), versionPhrases(product, 'ja')]).toEqual([[en], [ja]]);
  });
});

describe('the impact', () => {
  const sentence = (cwe: string | undefined, vector: string, language: 'en' | 'ja' = 'en') => impactOf(cwe, [{ version: vector.startsWith('CVSS:4') ? '4.0' : vector.startsWith('CVSS:3') ? '3.1' : '2.0', vector }], language);
  test.each([
    ['CWE-78', 'CVSS:3.1/AV:A/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H', 'by a network-adjacent authenticated attacker with a high privilege, an arbitrary OS command'],
    ['CWE-78', 'AV:N/AC:L/Au:S/C:P/I:P/A:P', 'by a remote authenticated attacker, an arbitrary'],
    ['CWE-125', 'CVSS:4.0/AV:P/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:L/SC:N/SI:N/SA:N', 'by an attacker with physical access to the product, information may be obtained, or a denial-of-service'],
    ['CWE-416', 'CVSS:3.1/AV:L/AC:L/PR:N/UI:R/S:U/C:H/I:N/A:N', 'exploited and a user performs an operation that the attacker has prepared, information may be obtained'],
  ])('%s with %s', (cwe, vector, words) => {
    expect(sentence(cwe, vector).sentence).toContain(words);
  });

  test('is vague where the vector alone speaks, and silent where nothing does', () => {
    expect(sentence('CWE-125', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N').vague).toBe(true);
    expect(impactOf('CWE-9999', [], 'en')).toEqual({ vague: true });
    // Who brings the file is not said by AV:L.
    expect(sentence('CWE-416', 'CVSS:3.1/AV:L/AC:L/PR:N/UI:R/S:U/C:H/I:N/A:N', 'ja').sentence).toBe('攻撃者が用意した操作をユーザが行うと、情報を窃取される可能性があります。');
  });
});

const cases = fileURLToPath(new URL('../../../shared/cases', import.meta.url));
describe.skipIf(!existsSync(cases))(`names of weaknesses${existsSync(cases) ? '' : ' (SKIPPED: ../shared/cases is not here)'}`, () => {
  test('are those of JVN, in Japanese', () => {
    const text = readdirSync(cases).filter((name) => name.endsWith('.yaml')).map((name) => readFileSync(`${cases}/${name}`, 'utf8')).join('\n');
    const named = [...text.replaceAll(/\s+/g, '').matchAll(/([^（(]{1,30})[（(](CWE-\d+)[）)]/g)].map(([, before = '', cwe = '']) => ({ cwe, before })).filter(({ before }) => /[ぁ-ヺ]/.test(before));
    expect(named.length).toBeGreaterThan(6);
    // An older name, and the one of the database of JVN beside that of its advisories.
    const other = ({ before }: { readonly before: string }): boolean => /認証不備$|コード・インジェクション$/.test(before);
    expect(named.filter((one) => !other(one)).filter(({ cwe, before }) => !before.endsWith(weaknessPhrase(cwe)?.ja ?? '?'))).toEqual([]);
  });

  test('are those of its CVE records, in English', () => {
    const types = readdirSync(`${cases}/cve`).flatMap((name) => [...readFileSync(`${cases}/cve/${name}`, 'utf8').matchAll(/"description": ?"([^"(]+?)(?: \([A-Z]+\))?"/g)].map(([, words = '']) => words.toLowerCase()));
    const ours = new Set(Array.from({ length: 1400 }, (_, number) => weaknessPhrase(`CWE-${number}`)?.en.toLowerCase()));
    expect(new Set(types.filter((words) => ours.has(words))).size).toBeGreaterThan(20);
  });
});
