import { createHash } from 'node:crypto';
import type { Bilingual, CatalogueFile } from '../generated/documents.ts';
import { formatInstant, parseInstant, type Instant } from './instant.ts';
import { isNamed, withdrawnAt, type PublishedAdvisory, type PublicVendorStatus } from './publication.ts';
import { leadingScore } from './severity.ts';

/** One advisory in the lists, feeds and search; its moments are in the zone of the organisation, so that they begin with its day. */
export type CatalogueEntry = CatalogueFile['advisories'][number];

/** Before the title of an advisory that no longer holds, wherever it is listed. */
const WITHDRAWN = { en: 'Withdrawn: ', ja: '【取り下げ】' } as const;

/** What the catalogue keeps of an advisory. */
export function catalogueEntry({ advisory, dates }: PublishedAdvisory, zone: string): CatalogueEntry {
  const { en, ja } = advisory.texts;
  const withdrawn = withdrawnAt(dates) !== undefined;
  const updated = dates.updates.at(-1)?.at;
  const cvss = leadingScore(advisory.cvss);
  // A vendor has several rows where its answers differ by CVE id; the first is about the whole case where there is such a one.
  const vendors = new Map<string, CatalogueEntry['vendors'][number]>();
  for (const { names, status } of advisory.vendors) if (!vendors.has(slugOfNames(names))) vendors.set(slugOfNames(names), { names, status });
  return {
    id: advisory.publicId,
    number: advisory.number,
    titles: { ...(en && { en: `${withdrawn ? WITHDRAWN.en : ''}${en.title}` }), ...(ja && { ja: `${withdrawn ? WITHDRAWN.ja : ''}${ja.title}` }) },
    publishedAt: formatInstant(dates.publishedAt, zone),
    ...(updated === undefined ? {} : { updatedAt: formatInstant(updated, zone) }),
    cves: advisory.cves.map(({ id }) => id),
    vendors: [...vendors.values()],
    // What the registry calls the vendor, where the advisory knows it: one vendor then has one page.
    products: advisory.products.map(({ vendor, vendorNames, name }) => ({ vendor: vendorNames?.en ?? vendorNames?.ja ?? vendor, name })),
    ...(cvss && { cvss }),
  };
}

/** The year in which it was published: where it lies for good. */
export const yearOf = ({ publishedAt }: CatalogueEntry): string => publishedAt.slice(0, 4);

export const publishedAt = (entry: CatalogueEntry): Instant => parseInstant(entry.publishedAt);
/** When it last changed for its readers. */
export const changedAt = (entry: CatalogueEntry): Instant => parseInstant(entry.updatedAt ?? entry.publishedAt);

const newestBy =
  (when: (entry: CatalogueEntry) => Instant) =>
  (a: CatalogueEntry, b: CatalogueEntry): number =>
    when(b) - when(a) || (a.number < b.number ? -1 : 1);
export const byPublication = newestBy(publishedAt);
export const byChange = newestBy(changedAt);

/** Names of devices, which no file of Windows may have. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$/;
const LONGEST = 60;

/**
 * A name as a part of a path, for good: it follows from the name alone. One that letters of ASCII do not tell from every other
 * (日本, Notepad++) has a hash behind it. Names with one slug have one page.
 */
export function slugOf(name: string): string {
  const plain = name.normalize('NFKC').toLowerCase().trim();
  const words = plain.split(/[^a-z0-9]+/).filter((word) => word !== '').join('-');
  if (/^[a-z0-9 .,_'()-]+$/.test(plain) && words !== '' && words.length <= LONGEST && !DEVICE.test(words)) return words;
  const hash = createHash('sha256').update(plain).digest('hex').slice(0, 10);
  const head = words.slice(0, LONGEST - hash.length - 1).replace(/-$/, '');
  return head === '' ? hash : `${head}-${hash}`;
}

const slugOfNames = ({ en, ja }: Bilingual): string => slugOf(en ?? ja ?? '');

export interface ListedVendor {
  readonly slug: string;
  readonly names: Bilingual;
  readonly status?: PublicVendorStatus['status'];
  readonly products: readonly { readonly slug: string; readonly name: string }[];
}

/** The vendors of an advisory: those with a public status, and the makers of its products. */
export function vendorsOf({ vendors, products }: CatalogueEntry): ListedVendor[] {
  const found = new Map<string, { slug: string; names: Bilingual; status?: PublicVendorStatus['status']; products: { slug: string; name: string }[] }>();
  for (const { names, status } of vendors) found.set(slugOfNames(names), { slug: slugOfNames(names), names, status, products: [] });
  for (const { vendor, name } of products) {
    const known = [...found.values()].find(({ names }) => isNamed(names, vendor));
    const slug = known?.slug ?? slugOf(vendor);
    const maker = found.get(slug) ?? { slug, names: { en: vendor }, products: [] };
    found.set(slug, maker);
    if (!maker.products.some((product) => product.slug === slugOf(name))) maker.products.push({ slug: slugOf(name), name });
  }
  return [...found.values()];
}

/** Whom a list names with an advisory: the makers of its products; where none is told, everybody with a status. */
export function makersOf(entry: CatalogueEntry): ListedVendor[] {
  const vendors = vendorsOf(entry);
  const makers = vendors.filter(({ products }) => products.length > 0);
  return makers.length > 0 ? makers : vendors;
}
