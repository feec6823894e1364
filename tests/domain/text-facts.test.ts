import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { draftAdvisory } from '../../src/documents/advisory-draft.ts';
import { readAdvisory } from '../../src/documents/advisory.ts';
import { readYaml } from '../../src/documents/yaml-text.ts';
import type { Parting } from '../../src/domain/advisory-lines.ts';
import type { AdvisoryText, SectionId } from '../../src/domain/case.ts';
import { cvePartings, scorePartings } from '../../src/domain/id-facts.ts';
import { scriptPartings, translationPartings } from '../../src/domain/language-facts.ts';
import { namePartings } from '../../src/domain/name-facts.ts';
import { replay } from '../../src/domain/replay.ts';
import { contradictions, isToBeRead } from '../../src/domain/text-facts.ts';
import { versionPartings } from '../../src/domain/version-facts.ts';
import type { CaseFile, Product } from '../../src/generated/documents.ts';
import { anAdvisory, aRecord, CASE_FOLDER, entry, storyUntil } from '../support/a-case.ts';

type Texts = Partial<Record<SectionId, string>>;
interface Change {
  readonly file?: Partial<CaseFile>;
  readonly en?: Texts;
  readonly ja?: Texts;
  readonly log?: readonly ReturnType<typeof entry>[];
}

const CVE = entry('cve-assigned', '2014-05-20T10:00', { cve: 'CVE-2014-0001', assigner: 'acme' });
function having({ file = {}, en, ja, log = [] }: Change) {
  const record = aRecord([...storyUntil('replied'), CVE, ...log], { file, advisories: { en: anAdvisory('en', en), ja: anAdvisory('ja', ja) } });
  return { record, state: replay(record).state };
}
const names = ({ vendor }: Product) => (vendor === 'Acme Corporation' ? { en: 'Acme Corporation', ja: 'アクメ株式会社' } : { en: vendor });
function partings(change: Change): Parting[] {
  const { record, state } = having(change);
  return [...versionPartings(record, state), ...namePartings(record, state, names), ...cvePartings(record, state), ...scorePartings(record), ...translationPartings(record), ...scriptPartings(record, [])];
}
const told = (change: Change): string[] => partings(change).map(({ file, sure, message }) => `${file.slice(-5, -3)} ${sure ? 'sure' : 'maybe'} ${message}`);

const VECTOR = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N';
const SCORED: Partial<CaseFile> = { cvss: [{ version: '3.1', vector: VECTOR, score: 6.1 }], weaknesses: ['CWE-79'] };
const both = (text: string): Pick<Change, 'en' | 'ja'> => ({ en: { analysis: text }, ja: { analysis: text } });
const NAMED = { en: { overview: 'Example Router of Acme has a flaw.' }, ja: { overview: 'アクメ株式会社の Example Router には脆弱性があります。' } };

test('the description of a CVE record gives the versions of the case', () => {
  const described = (header: Partial<AdvisoryText['header']>): string[] => {
    const { record, state } = having(NAMED);
    const en = anAdvisory('en', NAMED.en);
    return [...versionPartings({ ...record, advisories: { ...record.advisories, en: { ...en, header: { ...en.header, ...header } } } }, state)].map(({ sure, message }) => `${String(sure)} ${message}`);
  };
  expect(described({ cveDescription: 'A flaw exists in Example Router 1.2.3 and earlier.' })).toEqual([]);
  expect(described({ cveDescription: 'A flaw exists in Example Router 1.2.9 and earlier.' })).toEqual(['true cveDescription gives 1.2.9 as an affected version, and no product in case.md has it']);
  expect(described({ cveDescriptions: { 'CVE-2014-0001': 'A flaw exists in versions prior to 1.4.9.' } })).toEqual(['true cveDescriptions CVE-2014-0001 gives 1.4.9 as an affected version, and no product in case.md has it']);
});

describe('nothing parts', () => {
  test.each<[string, Change]>([
    ['as it is', NAMED],
    ['other widths and spaces', { en: { ...NAMED.en, affected: 'Example  Router Ver. 1.2.3 and earlier' }, ja: { ...NAMED.ja, affected: 'Ｅｘａｍｐｌｅ Ｒｏｕｔｅｒ １．２．３およびそれ以前' } }],
    ['a fix that the log knows', { ...NAMED, en: { ...NAMED.en, affected: 'Example Router 1.2.3 and earlier, prior to 1.2.4' }, ja: { ...NAMED.ja, affected: 'Example Router 1.2.3以前 (1.2.4より前)' }, log: [entry('fix-available', '2014-05-21T10:00', { remediation: 'fix', versions: ['1.2.4'] })] }],
    ['ranges instead of words', { ...NAMED, file: { products: [{ vendor: 'Acme Corporation', registry: 'acme', name: 'Example Router', versions: ['old ones, up to build 77'], ranges: [{ scheme: 'custom', through: '1.2.3' }] }] } }],
    ['its own vector, score and weakness', { ...NAMED, file: SCORED, en: { ...NAMED.en, analysis: `CVSS v3.1 ${VECTOR} Base Score: 6.1`, description: 'A flaw (CWE-79).' }, ja: { ...NAMED.ja, analysis: `| CVSS v3.1 | \`${VECTOR}\` | 基本値 6.1 |` } }],
    ['another CVE id where others belong', { ...NAMED, en: { ...NAMED.en, other: 'CVE-2014-0001, see also CVE-2013-1234' }, ja: { ...NAMED.ja, other: 'CVE-2014-0001、CVE-2013-1234' } }],
    ['an affected section that is still a gap', { en: { ...NAMED.en, affected: '<!-- GAP: each product -->' }, ja: { ...NAMED.ja, affected: '<!-- GAP:\n1.2.4 以前 -->' } }],
    ['a label in quotation marks, and a name in Japanese', { ...NAMED, en: { ...NAMED.en, description: 'The button "設定" of it.', credit: '山田花子 reported it.' } }],
    ['a product downstream', { ...NAMED, file: { products: [{ vendor: 'Acme Corporation', registry: 'acme', name: 'Example Router', versions: ['1.2.3 and earlier'] }, { vendor: 'Libre', registry: 'libre', name: 'Box', versions: ['7.7 and earlier'] }] }, log: [entry('vendor-added', '2014-05-21T10:00', { vendor: 'libre', role: 'downstream' })] }],
    ['links to pages of the same site in two languages', { ...NAMED, en: { ...NAMED.en, solution: 'See https://www.acme.example/en/1' }, ja: { ...NAMED.ja, solution: 'https://acme.example/ja/7 をご覧ください。' } }],
    ['a series before the version', { en: { ...NAMED.en, affected: 'Example Router 1.2 series: 1.2.3 and earlier' }, ja: { ...NAMED.ja, affected: 'Example Router 1.2 系列のうち 1.2.3 およびそれ以前' } }],
    ['an address and an id with numbers', { ...NAMED, file: { references: [{ url: 'https://acme.example/' }] }, en: { ...NAMED.en, affected: 'Example Router 1.2.3 and earlier (CVE-2014-0001), https://acme.example/9.9' }, ja: { ...NAMED.ja, credit: 'CVE-2014-0001' } }],
  ])('%s', (_name, change) => {
    expect(told(change)).toEqual([]);
  });
});

describe('what parts is told', () => {
  test.each<[string, Change, string[]]>([
    ['words and ranges that part', { ...NAMED, file: { products: [{ vendor: 'Acme Corporation', registry: 'acme', name: 'Example Router', versions: ['1.2.3 and earlier'], ranges: [{ scheme: 'semver', through: '1.2.5' }] }] } }, ['se sure Example Router: the words say 1.2.3, and no range has it']],
    ['a vendor of which another has the name and more', { file: { products: [{ vendor: 'Acme Inc.', registry: 'acme', name: 'Example Router', versions: ['1.2.3 and earlier'] }] }, en: { overview: 'Example Router of Acme Networks has a flaw.' } }, ['en maybe the text does not name the developer Acme Inc.']],
    ['a vendor that is a part of a product', { ja: NAMED.ja, file: { products: [{ vendor: 'Beta Project', registry: 'acme', name: 'beta-parse', versions: ['1.2.3 and earlier'] }] }, en: { affected: 'beta-parse 1.2.3 and earlier', overview: 'beta-parse of the Zeta Project has a flaw.' } }, ['en maybe the text does not name the developer Beta Project']],
    ['another bound', { ...NAMED, en: { ...NAMED.en, affected: 'Example Router 1.2.4 and earlier' } }, ['en sure 1.2.4 stands here as an affected version', 'en maybe the text leaves out what case.md has: Example Router 1.2.3 and earlier', 'ja sure the two texts differ in affected versions: 1.2.4 in English alone; 1.2.3 in Japanese alone']],
    ['another bound in Japanese', { ...NAMED, en: { ...NAMED.en, affected: 'Example Router 1.2.3 and earlier. 1.9 is not affected' }, ja: { ...NAMED.ja, affected: '１．２．９より前のバージョン、1.2.3' } }, ['ja sure 1.2.9 stands here', 'ja sure the two texts differ in affected versions']],
    ['a version behind the name', { ...NAMED, ja: { ...NAMED.ja, affected: '- Example Router 1.2.4\n- 1.2.3' } }, ['ja sure 1.2.4 stands here', 'ja maybe the two texts differ in affected versions: 1.2.4 in Japanese alone']],
    ['a fix that is not told', { ...NAMED, file: { products: [{ vendor: 'Acme Corporation', registry: 'acme', name: 'Example Router', versions: ['1.2.3 and earlier'], ranges: [{ scheme: 'custom', through: '1.2.3', fixed: '1.2.4' }] }] } }, ['en maybe the text leaves out where it is fixed, as case.md has it: 1.2.4', 'ja maybe']],
    ['versions in the solution', { en: { ...NAMED.en, solution: 'Update to 1.2.4.' }, ja: { ...NAMED.ja, solution: '1.2.5 に更新してください。' } }, ['ja sure the two texts differ in versions in the solution']],
    ['a product without a name in the text', { ...NAMED, file: { products: [{ vendor: 'Acme Corporation', registry: 'acme', name: 'Router Two', versions: ['1.2.3 and earlier'] }] } }, ['en maybe the text does not name the product Router Two']],
    ['a developer without a name in the text', { en: NAMED.en }, ['ja maybe the text does not name the developer アクメ株式会社']],
    ['a slip in a CVE id', { ...NAMED, en: { ...NAMED.en, description: 'It is cve-2014-0010.' } }, ['en sure CVE-2014-0010 is no CVE id of the case, and CVE-2014-0001 stands nowhere in the text', 'en maybe the two texts differ in CVE ids']],
    ['another vector', { ...NAMED, file: SCORED, ...{ en: { ...NAMED.en, analysis: VECTOR.replace('UI:R', 'UI:N') } } }, ['en sure case.md does not have the vector CVSS:3.1/AV:N/AC:L/PR:N/UI:N', 'en maybe the two texts differ in CVSS vectors']],
    ['another score', { ...both(`${VECTOR} (6.4)`), file: SCORED }, ['en maybe', 'ja maybe', 'en sure case.md gives this vector 6.1, not 6.4', 'ja sure case.md gives this vector 6.1, not 6.4']],
    ['a score without its vector', { ...NAMED, file: SCORED, ja: { ...NAMED.ja, analysis: 'CVSS v3 基本値：5.4' } }, ['ja sure no vector of case.md has the base score 5.4']],
    ['another weakness', { ...NAMED, file: SCORED, ja: { ...NAMED.ja, description: '問題（CWE-78）があります。' } }, ['ja sure CWE-78 is none of the weaknesses in case.md, which has CWE-79']],
    ['a link in one text alone', { ...NAMED, ja: { ...NAMED.ja, solution: 'https://jp.acme.example/x をご覧ください。' } }, ['ja maybe a link to jp.acme.example, and the English text has none']],
    ['a sentence that was not translated', { ...NAMED, en: { ...NAMED.en, impact: 'コマンドを実行される可能性があります。' } }, ['en sure impact is still in Japanese', 'en maybe Japanese on the English page: コマンドを実行される可能性があります']],
    ['one that was not translated back', { ...NAMED, ja: { ...NAMED.ja, impact: 'An arbitrary command may be executed.' } }, ['ja sure impact is still in English']],
    ['a word that stayed', { ...NAMED, en: { ...NAMED.en, description: 'It passes 名前 to a shell.' } }, ['en maybe Japanese on the English page: 名前']],
  ])('%s', (_name, change, expected) => {
    const found = told(change);
    expect(found).toHaveLength(expected.length);
    for (const [index, words] of expected.entries()) expect(found[index]).toContain(words);
  });

  test('at its line and column', () => {
    const [found] = partings({ ...NAMED, en: { ...NAMED.en, affected: 'As a server:\n\n- Example Router 1.2.4 and earlier\n- 1.2.3' } });
    const section = anAdvisory('en').sections.find(({ id }) => id === 'affected');
    expect(found).toMatchObject({ line: (section?.line ?? 0) + 3, column: 18 });
  });

  test('closes the gate where it is sure, and no text that nobody will read', () => {
    const { record, state } = having({ ...NAMED, en: { ...NAMED.en, affected: 'Example Router 1.2.4 and earlier' } });
    expect(contradictions(record, state).every(({ sure }) => sure)).toBe(true);
    expect(contradictions(record, state).length).toBeGreaterThan(0);
    expect(isToBeRead({ status: 'published' })).toBe(true);
    expect(isToBeRead({ status: 'declined' })).toBe(false);
  });

  test('a hostile text takes no longer than it is long', () => {
    const text = `${'<!--'.repeat(20_000)}${'1.'.repeat(20_000)}${'AV:N/'.repeat(20_000)} ${'and '.repeat(20_000)}`;
    expect(told({ en: { affected: text, analysis: text } }).length).toBeGreaterThanOrEqual(0);
  });
});

interface RealCase {
  readonly title_ja?: string;
  readonly title_en?: string;
  readonly overview_ja?: string;
  readonly description_en?: string;
  readonly impact_ja?: string;
  readonly impact_en?: string;
  readonly solution_ja?: string;
  readonly solution_en?: string;
  readonly fixed_versions?: readonly string[];
  readonly affected?: readonly RealProduct[];
  readonly cvss?: readonly { readonly version: '2.0' | '3.0' | '3.1'; readonly vector?: string; readonly score: number | string }[];
  readonly cves: readonly { readonly id: string; readonly description_en?: string; readonly affected?: readonly RealProduct[] }[];
}
interface RealProduct {
  readonly vendor: string;
  readonly product: string;
  readonly versions?: readonly string[];
  readonly versions_ja?: readonly string[];
}

const folder = fileURLToPath(new URL('../../../shared/cases', import.meta.url));
const here = existsSync(folder);
describe.skipIf(!here)(`the real advisories of JVN${here ? '' : ' (SKIPPED: ../shared/cases is not here)'}`, () => {
  const files = here ? readdirSync(folder).filter((name) => name.endsWith('.yaml')) : [];
  const load = (name: string): RealCase => {
    const read = readYaml(name, readFileSync(`${folder}/${name}`, 'utf8').replaceAll('\\r', ''));
    if (!read.ok) throw new Error(JSON.stringify(read.findings));
    return read.value as RealCase;
  };
  /** Facts from the CVE records where they are there, else from the advisory itself. */
  function factsOf(real: RealCase): CaseFile {
    const recorded = real.cves.flatMap(({ affected = [] }) => affected);
    const products = (recorded.length > 0 ? recorded : (real.affected ?? [])).map(({ vendor, product, versions, versions_ja: ja }) => ({ vendor, name: product, versions: [...(versions ?? ja ?? ['all versions'])] }));
    const text = JSON.stringify(real);
    return {
      schemaVersion: 1, id: '61247051', series: 'JVN', route: 'partnership', language: 'ja',
      title: { en: real.title_en ?? 'A title', ja: real.title_ja ?? '題' },
      products: products.length > 0 ? products : [{ vendor: 'V', name: 'P', versions: ['all versions'] }],
      weaknesses: [...new Set(text.match(/CWE-\d+/g) ?? [])],
      cvss: (real.cvss ?? []).flatMap(({ version, vector, score }) => (vector === undefined ? [] : [{ version, vector, score: Number(score) }])),
    };
  }
  function textOf(language: 'en' | 'ja', texts: Texts, title: string): AdvisoryText {
    const advisory = anAdvisory(language, {});
    return { ...advisory, header: { case: advisory.header.case, language, title }, sections: Object.entries(texts).filter(([, text]) => text !== '').map(([id, text], index) => ({ id: id as SectionId, heading: id, text, line: 10 + index * 100 })) };
  }
  const list = (products: readonly RealProduct[], language: 'en' | 'ja'): string =>
    products.flatMap(({ product, versions, versions_ja: ja }) => ((language === 'ja' ? ja : undefined) ?? versions ?? ja ?? []).map((version) => `- ${product} ${version}`)).join('\n');
  const textsOf = (real: RealCase, file: CaseFile) => {
    const recorded = real.cves.flatMap(({ affected = [] }) => affected);
    return {
      en: textOf('en', { description: [real.description_en, ...real.cves.map((cve) => cve.description_en)].filter((text) => text !== undefined).join('\n\n'), affected: list(recorded.length > 0 ? recorded : real.overview_ja === undefined ? (real.affected ?? []) : [], 'en'), impact: real.impact_en ?? '', solution: real.solution_en ?? '' }, file.title.en ?? ''),
      ja: textOf('ja', { overview: real.overview_ja ?? '', affected: list(real.overview_ja === undefined ? [] : (real.affected ?? []), 'ja'), impact: real.impact_ja ?? '', solution: real.solution_ja ?? '' }, file.title.ja ?? ''),
    };
  };
  const log = ({ cves, fixed_versions: fixed }: RealCase) => [...storyUntil('replied'), ...cves.map(({ id }, index) => entry('cve-assigned', `2014-05-20T10:${String(10 + index)}`, { cve: id, assigner: 'jpcert' })), ...(fixed ? [entry('fix-available', '2014-05-22T10:00', { remediation: 'fix', versions: [...fixed] })] : [])];

  function lint(real: RealCase, file: CaseFile, advisories: { readonly en?: AdvisoryText; readonly ja?: AdvisoryText }): string[] {
    const record = aRecord(log(real), { file, advisories });
    const { state } = replay(record);
    const all = [...versionPartings(record, state), ...namePartings(record, state, ({ vendor }) => ({ en: vendor })), ...cvePartings(record, state), ...scorePartings(record), ...translationPartings(record), ...scriptPartings(record, [])];
    return all.map(({ file: path, sure, message }) => `${path.slice(-5, -3)} ${sure ? 'sure' : 'maybe'} ${message}`);
  }

  test('are twelve', () => expect(files).toHaveLength(12));

  test.each(files)('%s parts from none of its facts', (name) => {
    const real = load(name);
    const file = factsOf(real);
    const found = lint(real, file, textsOf(real, file));
    expect(found.filter((message) => message.includes(' sure '))).toEqual([]);
    // A reading of one language alone gives the name of a developer in that language.
    expect(found.filter((message) => !/does not name the (?:developer|product)|leaves out CVE-|differ in CVE ids/.test(message))).toEqual([]);
  });

  test.each(files)('%s, drafted, parts from none either', (name) => {
    const real = load(name);
    const file = factsOf(real);
    const advisories = Object.fromEntries((['en', 'ja'] as const).map((language) => {
      const { path, text } = draftAdvisory({ file, remediations: [], cves: real.cves.length, vendorNames: ({ vendor }) => ({ en: vendor }), registered: () => undefined, organisation: { name: { en: 'Centre', ja: 'センター' }, email: 'x@centre.example' } }, { number: '61247051', folder: CASE_FOLDER, language, configuration: { organisation: { name: { en: 'Centre' }, email: 'x@centre.example' } } });
      const read = readAdvisory(path, text);
      return [language, read.ok ? read.advisory : undefined];
    })) as { readonly en: AdvisoryText; readonly ja: AdvisoryText };
    expect(lint(real, file, advisories)).toEqual([]);
  });

  test('with one digit changed, part', () => {
    const wrong = files.filter((name) => {
      const real = load(name);
      const file = factsOf(real);
      const { en, ja } = textsOf(real, file);
      const changed = (text: AdvisoryText): AdvisoryText => ({ ...text, sections: text.sections.map((section) => (section.id === 'affected' ? { ...section, text: section.text.replaceAll(/(\d+\.\d+)(?=\D*$)/gm, (version) => `${version}7`) } : section)) });
      return lint(real, file, { en: changed(en), ja: changed(ja) }).some((message) => message.includes(' sure ') && message.includes('7 stands here'));
    });
    expect(wrong.length).toBeGreaterThanOrEqual(6);
  });
});
