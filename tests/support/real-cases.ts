import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { PublicAdvisory, PublicProduct, PublishedAdvisory } from '../../src/domain/publication.ts';
import type { Configuration, Cvss } from '../../src/generated/documents.ts';
import { aConfiguration } from './a-public-advisory.ts';

/** The twelve cases of JVN whose public facts are known, as they would stand in a case repository of JPCERT/CC. */

const folder = fileURLToPath(new URL('../../../shared/cases/', import.meta.url));

/** Where they are not, whoever uses realCases skips. */
export const hasCases = existsSync(folder);

interface Affected {
  readonly vendor: string;
  readonly product: string;
  readonly versions?: readonly string[];
  readonly versions_ja?: readonly string[];
}

interface Facts {
  readonly jvn_id: string;
  readonly title_ja?: string;
  readonly title_en?: string;
  readonly overview_ja?: string;
  readonly overview_en?: string;
  readonly description_en?: string;
  readonly impact_ja?: string;
  readonly impact_en?: string;
  readonly solution_ja?: string;
  readonly solution_en?: string;
  readonly kinds: readonly string[];
  readonly affected?: readonly Affected[];
  readonly cvss?: readonly { readonly version: Cvss['version']; readonly vector?: string; readonly vector_parts?: string }[];
  readonly cwe?: readonly string[];
  readonly references?: readonly { readonly type?: string; readonly name?: string; readonly id?: string; readonly url?: string; readonly text?: string }[];
  readonly dates?: Readonly<Record<string, string>>;
  readonly cves: readonly {
    readonly id: string;
    readonly assigner?: string;
    readonly published?: string;
    readonly date_public?: string | null;
    readonly tags?: readonly string[] | null;
    readonly description_en?: string;
    readonly problem_types?: readonly string[];
    readonly affected?: readonly Affected[];
    readonly references?: readonly string[];
    readonly record_file?: string;
  }[];
  readonly credit?: { readonly reporter_ja?: string; readonly text_en?: string; readonly text_ja?: string };
}

export interface RealCase extends PublishedAdvisory {
  /** The page of JVN, as the records name it. */
  readonly page: string | undefined;
  /** Records of JPCERT/CC, by CVE id, as they stand in the CVE List. */
  readonly records: ReadonlyMap<string, RealRecord>;
}

interface RealRecord {
  readonly dataVersion: string;
  readonly cveMetadata: Readonly<Record<string, string>>;
  readonly containers: { readonly cna: Readonly<Record<string, unknown>> };
}

/** JPCERT/CC as the CVE List knows it. */
export const jpcert = (): Configuration =>
  aConfiguration({
    organisation: { name: { en: 'JPCERT/CC', ja: 'JPCERT/CC' }, email: 'vultures@example.org' },
    cna: { shortName: 'jpcert', orgId: 'ede6fdc4-6654-4307-a26d-3331c018e2ce' },
    public: { repository: '../public', url: 'https://jvn.example', osvPrefix: 'x_JVN' },
  });

const section = (id: 'overview' | 'description' | 'impact' | 'solution' | 'credit', text: string | undefined): { id: typeof id; text: string }[] => (text === undefined ? [] : [{ id, text }]);
const given = <T extends object>(value: T): T => Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;

/** Products of the CVE records where there are any, each with the ids that it is affected by; else those of the advisory. */
function productsOf({ affected = [], cves }: Facts): PublicProduct[] {
  const products = new Map<string, { product: PublicProduct; cves: string[] }>();
  for (const cve of cves) {
    for (const { vendor, product: name, versions = [] } of cve.affected ?? []) {
      const key = JSON.stringify([vendor, name, versions]);
      const known = products.get(key) ?? { product: { vendor, name, versions }, cves: [] };
      products.set(key, { ...known, cves: [...known.cves, cve.id] });
    }
  }
  if (products.size === 0) return affected.map(({ vendor, product: name, versions, versions_ja: inJapanese }) => ({ vendor, name, versions: versions ?? inJapanese ?? [] }));
  return [...products.values()].map((one) => ({ ...one.product, ...(one.cves.length === cves.length ? {} : { cves: one.cves }) }));
}

function advisoryOf(facts: Facts): PublicAdvisory {
  const [series = '', number = ''] = facts.jvn_id.split('#');
  const credit = facts.credit;
  const ja = facts.title_ja === undefined ? undefined : { title: facts.title_ja, sections: [...section('overview', facts.overview_ja), ...section('impact', facts.impact_ja), ...section('solution', facts.solution_ja), ...section('credit', credit?.text_ja ?? credit?.reporter_ja)] };
  // Of some only the CVE record is known; its text is the nearest to an overview.
  const overview = facts.overview_en ?? facts.cves.find(({ description_en: text }) => text !== undefined)?.description_en;
  const en = overview === undefined ? undefined : { title: facts.title_en ?? facts.jvn_id, sections: [...section('overview', overview), ...section('description', facts.description_en), ...section('impact', facts.impact_en), ...section('solution', facts.solution_en), ...section('credit', credit?.text_en)] };
  const cweIds = (texts: readonly (string | undefined)[]): string[] => texts.flatMap((text) => /CWE-[1-9][0-9]*/.exec(text ?? '')?.[0] ?? []);
  // Where it is one vendor, its name in both languages is known, and its page.
  const inJapanese = [...new Set((facts.affected ?? []).map(({ vendor }) => vendor))];
  const inEnglish = [...new Set(facts.cves.flatMap(({ affected = [] }) => affected.map(({ vendor }) => vendor)))];
  const [page] = (facts.references ?? []).filter(({ type, url }) => type === 'vendor' && url !== undefined && !url.includes('//jvn.jp/'));
  const vendor = inJapanese.length === 1 && inEnglish.length === 1 ? [given({ names: { en: inEnglish[0] ?? '', ja: inJapanese[0] ?? '' }, status: 'affected' as const, url: page?.url })] : [];
  const disputed = facts.cves.some(({ tags }) => tags?.includes('disputed'));
  const descriptions = facts.cves.flatMap(({ id, description_en: text }) => (text === undefined ? [] : [{ id, text }]));
  const products = productsOf(facts);
  return given({
    publicId: facts.jvn_id,
    number,
    series,
    texts: given({ en, ja }),
    products,
    weaknesses: [...new Set(cweIds([...(facts.cwe ?? []), ...(facts.references ?? []).map(({ id }) => id), ...facts.cves.flatMap(({ problem_types: types = [] }) => types)]))],
    cvss: (facts.cvss ?? []).flatMap(({ version, vector, vector_parts: parts }) => (vector === undefined && parts === undefined ? [] : [{ version, vector: vector ?? parts ?? '' }])),
    references: [...(facts.references ?? []).flatMap(({ type, url, id }) => (type === 'vendor' && url !== undefined && !url.includes('//jvn.jp/') ? [{ url, title: id ?? url }] : [])), ...facts.cves.flatMap(({ id, references = [] }) => references.map((url) => ({ url, ...(facts.cves.length === 1 ? {} : { cves: [id] }) }))).filter(({ url }) => !url.includes('//jvn.jp/'))].filter((one, index, all) => one.url !== vendor[0]?.url && all.findIndex(({ url }) => url === one.url) === index),
    cves: facts.cves.map(({ id, assigner }) => ({ id, assigner: assigner ?? 'another' })),
    vendors: disputed ? [{ names: { en: products[0]?.vendor ?? '' }, status: 'disputed' as const }] : vendor,
    cveDescriptions: descriptions.length === 0 ? undefined : descriptions,
  }) as PublicAdvisory;
}

export function realCases(): RealCase[] {
  return readdirSync(folder).filter((name) => name.endsWith('.yaml')).sort().map((name) => {
    const facts = parse(readFileSync(`${folder}${name}`, 'utf8')) as Facts;
    const { dates } = facts;
    const first = dates?.['public'] ?? dates?.['jvn_published'] ?? facts.cves.find(({ published }) => published !== undefined)?.date_public ?? facts.cves[0]?.published ?? dates?.['jvndb_first_published'] ?? '';
    const changed = dates?.['jvndb_last_updated'] ?? dates?.['jvndb_modified'];
    const publishedAt = Date.parse(first);
    if (Number.isNaN(publishedAt)) throw new Error(`${name} has no date`);
    // What JVN iPedia registers hours later is no update of the advisory.
    const registered = dates?.['jvndb_first_published'];
    const updatedAt = changed === undefined || changed === registered ? Number.NaN : Date.parse(changed);
    const records = facts.cves.flatMap(({ id, record_file: file }) => (file === undefined ? [] : [[id, JSON.parse(readFileSync(`${folder}${file}`, 'utf8')) as RealRecord] as const]));
    return {
      advisory: advisoryOf(facts),
      dates: { publishedAt, updates: updatedAt > publishedAt ? [{ at: updatedAt, summary: { ja: '更新' } }] : [] },
      page: facts.cves.flatMap(({ references = [] }) => references).find((url) => url.includes('//jvn.jp/')),
      records: new Map(records),
    };
  });
}
