import { createHash } from 'node:crypto';
import { isAbout } from '../domain/case.ts';
import { nameKey } from '../domain/name-folding.ts';
import { isNamed } from '../domain/publication.ts';
import type { PublicAdvisory, PublicProduct, PublicVendorStatus } from '../domain/publication.ts';
import type { PublicStatus } from '../domain/vendor-status.ts';
import { rangeText } from '../domain/version-range.ts';
import type { Bilingual, VersionRange } from '../generated/documents.ts';
import { inLanguage } from './advisory-sections.ts';
import type { Language } from './advisory-words.ts';
import { CSAF_WORDS } from './csaf-words.ts';
import { visibleText } from './public-text.ts';

/** A name of a version or of several, at the end of a branch of the product tree. */
interface VersionName {
  readonly category: 'product_version' | 'product_version_range';
  readonly name: string;
  /** For a person. */
  readonly text: string;
}

/** What a product is said to be: the affected versions and their fixed releases of what case.md names, or whatever a vendor makes. */
export interface CsafProduct {
  /** Follows from vendor, product and version alone, so that it is the same in every update and in both languages. */
  readonly id: string;
  /** With vendor and version, as a person reads it. */
  readonly name: string;
  readonly kind: 'affected' | 'fixed' | 'any';
  readonly vendor: string;
  readonly product?: { readonly name: string; readonly version: VersionName; readonly remedy: PublicProduct['remedy']; readonly remedyUrl: PublicProduct['remedyUrl']; readonly supportEnded: PublicProduct['supportEnded']; readonly purl: string | undefined; readonly cves: readonly string[] | undefined };
  /** The release that fixes it. */
  readonly fixed?: string | undefined;
  /** What its vendor says, of all ids or of some. */
  readonly statuses: readonly PublicVendorStatus[];
}

/** The groups of product_status that an advisory of a coordinator has. */
export type StatusGroup = 'known_affected' | 'known_not_affected' | 'fixed' | 'under_investigation';

/** Every product that the document speaks of, each once. A vendor of which case.md names no product stands for all of its products. */
export function csafProducts(advisory: PublicAdvisory, language: Language): CsafProduct[] {
  const vendors = vendorsOf(advisory);
  const products = new Map<string, CsafProduct>();
  // What is affected comes first: a release that is said to be both is not taken for fixed.
  const add = (product: CsafProduct): void => void products.set(product.id, withIdsOf(products.get(product.id) ?? product, product));
  const versions = advisory.products.flatMap((product) => versionsOf(product).map((version) => ({ product, ...version })));
  for (const kind of ['affected', 'fixed'] as const) {
    for (const { product, version, fixed } of versions.filter((one) => one.kind === kind)) {
      const [vendor, name] = [visibleText(product.vendor), visibleText(product.name)];
      const statuses = vendors.find(({ names }) => makes(names, product))?.statuses ?? [];
      add({ id: idOf(vendor, name, version.name), name: `${vendor} ${name} ${version.text}`, kind, vendor, product: { name, version, remedy: product.remedy, remedyUrl: product.remedyUrl, supportEnded: product.supportEnded, purl: product.purl, cves: product.cves }, fixed, statuses });
    }
  }
  for (const { names, statuses } of vendors) {
    if (advisory.products.some((product) => makes(names, product))) continue;
    const vendor = visibleText(inLanguage(names, language));
    add({ id: idOf(names.en ?? names.ja ?? ''), name: CSAF_WORDS[language].productsOf(vendor), kind: 'any', vendor, statuses });
  }
  return [...products.values()];
}

/** The same product with the ids that another line of case.md ties it to. */
function withIdsOf(known: CsafProduct, same: CsafProduct): CsafProduct {
  if (known.product?.cves === undefined || known.kind !== same.kind) return known;
  const cves = same.product?.cves && [...new Set([...known.product.cves, ...same.product.cves])];
  return { ...known, product: { ...known.product, cves } };
}

const idOf = (...identity: readonly string[]): string => `CSAFPID-${createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 16)}`;

const makes = (names: Bilingual, { vendor, vendorNames }: PublicProduct): boolean =>
  isNamed(names, vendor) || [vendorNames?.en, vendorNames?.ja].some((name) => name !== undefined && isNamed(names, name));

function vendorsOf({ vendors }: PublicAdvisory): { readonly names: Bilingual; readonly statuses: readonly PublicVendorStatus[] }[] {
  const byName = new Map<string, PublicVendorStatus[]>();
  for (const row of vendors) {
    const key = nameKey(row.names.en ?? row.names.ja ?? '');
    byName.set(key, [...(byName.get(key) ?? []), row]);
  }
  return [...byName.values()].flatMap((statuses) => (statuses[0] === undefined ? [] : [{ names: statuses[0].names, statuses }]));
}

interface ProductVersion {
  readonly version: VersionName;
  readonly kind: 'affected' | 'fixed';
  readonly fixed?: string | undefined;
}

function versionsOf({ versions, ranges }: PublicProduct): ProductVersion[] {
  if (ranges === undefined) return versions.map((words) => ({ version: inWords(visibleText(words)), kind: 'affected' }));
  return ranges.flatMap((range) => {
    const fixed = range.fixed === undefined ? undefined : visibleText(range.fixed);
    return [{ version: ofRange(range), kind: 'affected', fixed }, ...(fixed === undefined ? [] : [{ version: oneVersion(fixed), kind: 'fixed' } as const])];
  });
}

/** The vendor's words name one version or, as far as a program can tell, several: they are told as they are and not taken apart. */
const inWords = (words: string): VersionName => ({ category: /^[A-Za-z]{0,3}[0-9][\w.]*$/.test(words) ? 'product_version' : 'product_version_range', name: words, text: words });

/** No version is called like this (CSAF 2.0, mandatory test 6.1.31). */
const SEVERAL = /[<>]|\b(?:after|all|before|earlier|later|prior|versions)\b/i;

const oneVersion = (version: string): VersionName => ({ category: SEVERAL.test(version) ? 'product_version_range' : 'product_version', name: version, text: version });

/** As vers, or without its scheme where the order of the versions is the vendor's own (CSAF 2.0, 3.1.2.3). */
function ofRange(range: VersionRange): VersionName {
  const { scheme, exact, from, before, through, fixed } = range;
  if (exact !== undefined) return oneVersion(visibleText(exact));
  const end = before ?? (through === undefined ? fixed : undefined);
  const written = scheme === 'custom' ? visibleText : encodeURIComponent;
  const bounds = [['>=', from], ['<', end], ['<=', through]] as const;
  const constraints = bounds.flatMap(([comparator, version]) => (version === undefined ? [] : [`${comparator}${written(version)}`])).join('|') || '*';
  return { category: 'product_version_range', name: scheme === 'custom' ? constraints : `vers:${scheme}/${constraints}`, text: visibleText(rangeText(range)) };
}

/** Vendors, their products, and the versions of these. */
export const productTree = (products: readonly CsafProduct[]): object => ({
  branches: groupBy(products, ({ vendor }) => vendor).map(([vendor, ofVendor]) => {
    const named = ofVendor.flatMap(({ id, name, product }) => (product === undefined ? [] : [{ id, name, product }]));
    const [any] = ofVendor;
    if (named.length === 0 && any !== undefined) return { category: 'vendor', name: vendor, product: { name: any.name, product_id: any.id } };
    const branches = groupBy(named, ({ product }) => product.name).map(([product, versions]) => ({
      category: 'product_name',
      name: product,
      branches: versions.map(({ id, name, product: { version, purl } }) => ({
        category: version.category,
        name: version.name,
        product: { name, product_id: id, ...(purl === undefined ? {} : { product_identification_helper: { purl } }) },
      })),
    }));
    return { category: 'vendor', name: vendor, branches };
  }),
});

function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): (readonly [string, readonly T[]])[] {
  const groups = new Map<string, T[]>();
  for (const value of values) groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value]);
  return [...groups];
}

/** What the vendor says about this id, or about all of the case. */
export const statusOf = (statuses: readonly PublicVendorStatus[], cve: string | undefined): PublicVendorStatus | undefined =>
  statuses.find(({ cves }) => cve !== undefined && cves?.includes(cve)) ?? statuses.find(({ cves }) => cves === undefined);

/** undefined: the vendor's word does not decide it. */
const GROUPS: Readonly<Record<PublicStatus, StatusGroup | undefined>> = {
  affected: 'known_affected',
  'affected-investigating': 'known_affected',
  'not-affected': 'known_not_affected',
  'not-affected-investigating': 'under_investigation',
  unknown: undefined,
  disputed: undefined,
};

/**
 * The group of the product for this id; undefined where nothing is said of it. Versions that the advisory names as affected are known
 * to be, unless the vendor itself says otherwise; a vendor that disputes the flaw does not thereby have other versions.
 */
export function groupOf({ kind, statuses, product }: CsafProduct, cve: string | undefined): StatusGroup | undefined {
  const said = statusOf(statuses, cve);
  // Said to be affected by other ids is not said to be unaffected by this one, unless the vendor says so.
  if (product !== undefined && !isAbout(product, cve)) return said?.status === 'not-affected' ? GROUPS[said.status] : undefined;
  if (kind === 'any' && said === undefined) return undefined;
  const group = (said && GROUPS[said.status]) ?? (kind === 'any' ? 'under_investigation' : 'known_affected');
  return kind === 'fixed' && group === 'known_affected' ? 'fixed' : group;
}
