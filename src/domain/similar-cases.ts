import type { Bilingual, Product } from '../generated/documents.ts';
import { isEvent, type CaseRecord } from './case.ts';

/** What a report has in common with others. */
export interface Likeness {
  readonly title: Bilingual;
  readonly products: readonly Pick<Product, 'vendor' | 'name'>[];
  readonly cves?: readonly string[];
}

export interface SimilarCase {
  readonly record: CaseRecord;
  /** What they have in common, each a phrase. */
  readonly why: readonly string[];
  /** From 0 to 1; only the order means something. */
  readonly score: number;
}

const fold = (text: string): string => text.normalize('NFKC').toLowerCase();
const WORD = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー])[\p{L}\p{N}.])+/gu;
const JAPANESE = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/u;
/** What nearly every title says, so that it tells nothing. */
const EVERYWHERE = /の?脆弱性|における|に関する|\b(?:vulnerab(?:ility|ilities|le)|multiple|in|to|of|a|an|the|and)\b/gu;

/** Words, and pairs of characters where a script writes no spaces. */
function shingles(text: string): Set<string> {
  const found = new Set<string>();
  for (const [word] of fold(text).replaceAll(EVERYWHERE, ' ').matchAll(WORD)) {
    const characters = Array.from(word);
    if (!JAPANESE.test(word) || characters.length < 3) found.add(word);
    else for (let start = 0; start + 1 < characters.length; start += 1) found.add(characters.slice(start, start + 2).join(''));
  }
  return found;
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  const shared = [...a].filter((shingle) => b.has(shingle)).length;
  return shared / (a.size + b.size - shared);
}

/** A name without what varies in how people write it. */
const productKey = (name: string): string => fold(name).replaceAll(/[^\p{L}\p{N}]+/gu, '');

const cvesOf = (record: CaseRecord): string[] => [
  ...record.log.filter(isEvent('cve-assigned')).map(({ entry }) => entry.cve),
  ...(record.file.references ?? []).flatMap(({ url, title }) => `${url} ${title ?? ''}`.match(/CVE-\d{4}-\d{4,19}/g) ?? []),
];

/**
 * From here on titles are alike enough to be worth a look. Of one vendor half is enough; of two, the name of a common
 * weakness alone would make every cross-site scripting look like the next.
 */
const LIKELY_TITLE = { sameVendor: 0.5, otherVendor: 0.85 } as const;

/**
 * Cases that may be the same flaw, the likeliest first: same CVE id, same product, or nearly the same title (in either
 * language). It only points at them; siblings with the same title are never merged by themselves (policy A, guideline IV.3).
 */
export function similarCases(report: Likeness, others: Iterable<CaseRecord>): SimilarCase[] {
  const products = new Map(report.products.map(({ name }) => [productKey(name), name]));
  const vendors = new Set(report.products.map(({ vendor }) => productKey(vendor)));
  const cves = new Set(report.cves ?? []);
  const titles = { en: shingles(report.title.en ?? ''), ja: shingles(report.title.ja ?? '') };
  const found: SimilarCase[] = [];
  for (const record of others) {
    const { title } = record.file;
    const cve = cvesOf(record).find((id) => cves.has(id));
    const product = record.file.products.map(({ name }) => productKey(name)).find((key) => key !== '' && products.has(key));
    const alike = Math.max(overlap(titles.en, shingles(title.en ?? '')), overlap(titles.ja, shingles(title.ja ?? '')));
    const likely = record.file.products.some(({ vendor }) => vendors.has(productKey(vendor))) ? LIKELY_TITLE.sameVendor : LIKELY_TITLE.otherVendor;
    const why = [
      ...(cve === undefined ? [] : [`same CVE id ${cve}`]),
      ...(product === undefined ? [] : [`same product ${products.get(product) ?? product}`]),
      ...(alike >= likely ? [`title ${Math.round(alike * 100)} % alike`] : []),
    ];
    if (why.length === 0) continue;
    found.push({ record, why, score: cve === undefined ? (product === undefined ? 0 : 0.4) + 0.5 * alike : 1 });
  }
  return found.sort((a, b) => b.score - a.score || (a.record.number < b.record.number ? -1 : 1));
}
