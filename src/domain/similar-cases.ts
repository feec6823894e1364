import type { CaseFile, Product } from '../generated/documents.ts';
import { isEvent, weaknessIds, type CaseRecord } from './case.ts';
import { fold, nameKey, soundOf } from './name-folding.ts';
import { weaknessesIn } from './weakness-words.ts';

/** What a report has in common with others. */
export interface Likeness extends Pick<CaseFile, 'title' | 'weaknesses' | 'source'> {
  readonly products: readonly Pick<Product, 'vendor' | 'name' | 'registry'>[];
  readonly cves?: readonly string[];
}

export interface SimilarCase {
  readonly record: CaseRecord;
  /** duplicate: it may be the same flaw. sibling: the same product, or one of the same vendor with such a title, as far as can be seen with a flaw of its own. */
  readonly kind: 'duplicate' | 'sibling';
  /** What they have in common, each a phrase. */
  readonly why: readonly string[];
  /** From 0 to 1; only the order means something. */
  readonly score: number;
}

const WORD = /[\p{Script=Han}\p{Script=Katakana}]+|(?:(?![\p{Script=Han}\p{Script=Katakana}])[\p{L}\p{N}.])+/gu;
const JAPANESE = /^[\p{Script=Han}\p{Script=Katakana}]/u;
/** What nearly every folded title says, so that it tells nothing. */
const EVERYWHERE = /ノ?脆弱性|ニオケル|ニ関スル|製|複数ノ|\b(?:vulnerab(?:ility|ilities|le)|multiple|in|to|of|a|an|the|and)\b/gu;

/** Words of a folded text, and pairs of characters where a script writes no spaces. */
function shingles(folded: string): Set<string> {
  const found = new Set<string>();
  for (const [word] of folded.replaceAll(EVERYWHERE, ' ').matchAll(WORD)) {
    const characters = Array.from(word);
    if (!JAPANESE.test(word) || characters.length < 3) found.add(word);
    else for (let start = 0; start + 1 < characters.length; start += 1) found.add(characters.slice(start, start + 2).join(''));
  }
  return found;
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  let shared = 0;
  for (const shingle of a) if (b.has(shingle)) shared += 1;
  return shared / (a.size + b.size - shared);
}

const cvesOf = (record: CaseRecord): string[] => [
  ...record.log.filter(isEvent('cve-assigned')).map(({ entry }) => entry.cve),
  ...(record.file.references ?? []).flatMap(({ url, title }) => `${url} ${title ?? ''}`.match(/CVE-\d{4}-\d{4,19}/g) ?? []),
];

/** What a case has in common with others. */
export const likenessOf = (record: CaseRecord): Likeness => ({ ...record.file, cves: cvesOf(record) });

/** A text made ready to compare. The work of folding is done once for the report, and once for each case it is held against. */
interface Traits {
  readonly en: Set<string>;
  readonly ja: Set<string>;
  readonly vendors: ReadonlySet<string>;
  readonly weaknesses: ReadonlySet<string>;
}

function traitsOf({ title, products, weaknesses = [] }: Pick<Likeness, 'title' | 'products' | 'weaknesses'>): Traits {
  const en = fold(title.en ?? '');
  const ja = fold(title.ja ?? '');
  return {
    en: shingles(en),
    ja: shingles(ja),
    vendors: new Set(products.flatMap(({ vendor, registry }) => [nameKey(vendor), ...(registry === undefined ? [] : [`registry:${registry}`])])),
    weaknesses: new Set([...weaknessIds({ weaknesses }), ...weaknessesIn(`${en} ${ja}`)]),
  };
}

const meet = (a: ReadonlySet<string>, b: ReadonlySet<string>): string | undefined => [...a].find((one) => one !== '' && b.has(one));

/** How a product is known: by its name, by its name without the vendor's in front, and by its sound in the other script. */
interface ProductNames {
  readonly name: string;
  readonly keys: readonly string[];
  readonly sounds: readonly string[];
  readonly latin: boolean;
}

const LATIN = /[a-z]/;

function namesOf({ name, vendor }: Pick<Product, 'name' | 'vendor'>): ProductNames {
  const key = nameKey(name);
  const [house = ''] = fold(vendor).split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const bare = house.length > 2 && key.startsWith(house) ? key.slice(house.length) : key;
  const keys = [...new Set([key, bare])].filter((one) => one.length > 1);
  return { name, keys, sounds: keys.flatMap((one) => soundOf(one) ?? []), latin: LATIN.test(key) };
}

function sameProduct(own: readonly ProductNames[], others: readonly ProductNames[]): string | undefined {
  for (const one of own) {
    for (const other of others) {
      if (one.keys.some((key) => other.keys.includes(key))) return `same product ${one.name}`;
      // Between two names in one script the spelling decides; the sound is for English against Japanese.
      if (one.latin !== other.latin && one.sounds.some((sound) => other.sounds.includes(sound))) return `product ${one.name} sounds like ${other.name}`;
    }
  }
  return undefined;
}

const sourceKey = ({ source }: Pick<Likeness, 'source'>): string | undefined => (source?.reference === undefined ? undefined : `${nameKey(source.name ?? '')} ${nameKey(source.reference)}`);

/**
 * From here on titles are alike enough to be worth a look. Of one vendor half is enough; of two, the name of a common
 * weakness alone would make every cross-site scripting look like the next.
 */
const LIKELY_TITLE = { sameVendor: 0.5, otherVendor: 0.85 } as const;
/** Of one product half is enough here too, unless the two titles name weaknesses and these are different ones. */
const SAME_WORDS = { unlessOther: 0.5, otherWeakness: 0.7 } as const;

/**
 * Cases that may be the same flaw or its siblings, the likeliest first: same CVE id, same number at the source, same
 * product, or nearly the same title, in either language and across both. It only points at them; siblings with the same
 * title are never merged by themselves (policy A, guideline IV.3).
 */
export function similarCases(report: Likeness, others: Iterable<CaseRecord>): SimilarCase[] {
  const own = traitsOf(report);
  const products = report.products.map(namesOf);
  const cves = new Set(report.cves ?? []);
  const source = sourceKey(report);
  const found: SimilarCase[] = [];
  for (const record of others) {
    const { file } = record;
    const cve = cves.size === 0 ? undefined : cvesOf(record).find((id) => cves.has(id));
    const sameSource = source !== undefined && source === sourceKey(file);
    const product = sameProduct(products, file.products.map(namesOf));
    const traits = traitsOf(file);
    const alike = Math.max(overlap(own.en, traits.en), overlap(own.ja, traits.ja));
    const likely = meet(own.vendors, traits.vendors) === undefined ? LIKELY_TITLE.otherVendor : LIKELY_TITLE.sameVendor;
    const weakness = meet(own.weaknesses, traits.weaknesses);
    const why = [
      ...(cve === undefined ? [] : [`same CVE id ${cve}`]),
      ...(sameSource ? [`same number at the source ${report.source?.reference ?? ''}`] : []),
      ...(product === undefined ? [] : [product]),
      ...(product !== undefined && weakness !== undefined ? [`same weakness ${weakness}`] : []),
      ...(alike >= likely ? [`title ${Math.round(alike * 100)} % alike`] : []),
    ];
    if (cve === undefined && !sameSource && product === undefined && alike < likely) continue;
    const certain = cve !== undefined || sameSource;
    const differs = weakness === undefined && own.weaknesses.size > 0 && traits.weaknesses.size > 0;
    const same = certain || (product === undefined ? alike >= LIKELY_TITLE.otherVendor : weakness !== undefined || alike >= (differs ? SAME_WORDS.otherWeakness : SAME_WORDS.unlessOther));
    const score = certain ? 1 : (product === undefined ? 0 : 0.4) + (product !== undefined && weakness !== undefined ? 0.1 : 0) + 0.4 * alike;
    found.push({ record, kind: same ? 'duplicate' : 'sibling', why, score });
  }
  return found.sort((a, b) => b.score - a.score || (a.record.number < b.record.number ? -1 : 1));
}
