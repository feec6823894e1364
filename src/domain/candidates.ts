import type { CaseFile, Product, Vendor, VendorAddedEntry } from '../generated/documents.ts';

export interface Candidate {
  readonly slug: string;
  /** Each a phrase. */
  readonly reasons: readonly string[];
  /** What it seems to be in this case; a person decides. */
  readonly role: VendorAddedEntry['role'];
}

// Of a short word (キー) it is no matter of taste.
const LONG_VOWEL = /(?<=[\p{Script=Katakana}ー]{2})ー+(?![\p{Script=Katakana}])/gu;

/** A text as people mean it: width, case, and the long vowel that ends a Japanese loan word or does not (サーバー, サーバ) make no difference. */
const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(LONG_VOWEL, '').replaceAll(/\s+/gu, ' ').trim();

const JAPANESE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const literally = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Whether the words stand in a text: whole ones where a script parts words, anywhere where it does not. */
function stands(words: string, text: string): boolean {
  const [wanted, within] = [fold(words), fold(text)];
  if (wanted === '') return false;
  if (JAPANESE.test(wanted)) return within.replaceAll(' ', '').includes(wanted.replaceAll(' ', ''));
  return new RegExp(`(?<![\\p{L}\\p{N}])${literally(wanted)}(?![\\p{L}\\p{N}])`, 'u').test(within);
}

/** A package URL as it is compared: without a slash at its end, in one case, with what was encoded spelt out. */
function plainPurl(purl: string): string {
  const spelt = purl.replaceAll(/%[0-9a-f]{2}/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));
  return spelt.toLowerCase().replace(/\/+$/, '');
}

const samePackage = (purl: string, listed: readonly string[] = []): boolean => listed.some((each) => plainPurl(each) === plainPurl(purl));

type Facts = Pick<CaseFile, 'products' | 'technologies'>;

function ofProduct({ vendor, registry, name, purl }: Product, slug: string, candidate: Vendor): { readonly makes: string[]; readonly contains: string[] } {
  const named = [candidate.name.en, candidate.name.ja].some((each) => each !== undefined && (stands(each, vendor) || stands(vendor, each)));
  return {
    makes: [
      ...(registry === slug ? [`case.md names it as the vendor of ${name}`] : []),
      ...(registry !== slug && named ? [`${vendor}, the vendor of ${name}, is its name`] : []),
      ...(purl !== undefined && samePackage(purl, candidate.packages) ? [`it makes ${purl}`] : []),
    ],
    contains: purl !== undefined && samePackage(purl, candidate.dependsOn) ? [`its products contain ${purl}`] : [],
  };
}

/** Keywords of the vendor that are a technology of the case, or part of a product's name. */
function byKeyword(keywords: readonly string[] = [], { products, technologies = [] }: Facts): string[] {
  return keywords.flatMap((keyword) => {
    const technology = technologies.find((each) => stands(keyword, each) || stands(each, keyword));
    const product = products.find(({ name }) => stands(keyword, name));
    if (technology !== undefined) return [`its keyword ${keyword} fits the technology ${technology}`];
    return product === undefined ? [] : [`its keyword ${keyword} stands in the name ${product.name}`];
  });
}

/**
 * Vendors of the registry that a case may concern, those that make the product first, each with its reasons: package
 * URLs, the vendor's name, technology keywords (handling overview; policy G: shared library, protocol; guideline IV.4 2)).
 */
export function candidates(file: Facts, vendors: Iterable<{ readonly slug: string; readonly vendor: Vendor }>): Candidate[] {
  const found: (Candidate & { readonly rank: number })[] = [];
  for (const { slug, vendor } of vendors) {
    const products = file.products.map((product) => ofProduct(product, slug, vendor));
    const makes = products.flatMap((each) => each.makes);
    const contains = products.flatMap((each) => each.contains);
    const reasons = [...makes, ...contains, ...byKeyword(vendor.keywords, file)];
    if (reasons.length === 0) continue;
    const rank = makes.length > 0 ? 0 : contains.length > 0 ? 1 : 2;
    found.push({ slug, reasons: [...new Set(reasons)], role: rank === 1 ? 'downstream' : 'developer', rank });
  }
  // Whoever makes what others contain is upstream of them.
  const upstream = found.some(({ rank }) => rank === 1);
  return found
    .sort((a, b) => a.rank - b.rank || (a.slug < b.slug ? -1 : 1))
    .map(({ rank, ...candidate }) => (rank === 0 && upstream ? { ...candidate, role: 'upstream' } : candidate));
}
