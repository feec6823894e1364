import { byChange, vendorsOf, yearOf, type CatalogueEntry } from '../domain/catalogue.ts';
import type { FileWrite } from '../domain/plan.ts';
import type { Configuration } from '../generated/documents.ts';
import type { Language } from './advisory-words.ts';
import { atomFeed } from './atom.ts';
import { jvnRss, jvnRssEntry } from './jvnrss.ts';
import { catalogueJson } from './published-advisory.ts';
import { FEED_LENGTH, FEEDS, JVNRSS } from './site-frame.ts';
import { frontPage, inOrder, missingPage, pageOf, productPage, searchPage, vendorPage, vendorsIn, vendorsPage, yearPage, type Years } from './site-lists.ts';

/*
 * A page of the site is a folder with en.html and ja.html: /, <year>/, <year>/<number>/, vendors/, vendors/<vendor>/,
 * vendors/<vendor>/<product>/, search/, unreachable/. Addresses that were given out stay.
 */

const LIST = /^(?:(?:index|404|en|ja)\.html|atom\.(?:en|ja)\.xml|jvnrss\.(?:en|ja)\.rdf|style\.css|search\.js|[0-9]{4}\/(?:(?:en|ja)\.html|index\.json)|(?:search|unreachable)\/(?:en|ja)\.html|vendors\/(?:[a-z0-9-]+\/){0,2}(?:en|ja)\.html)$/;
const OF_ADVISORY = /^[0-9]{4}\/([0-9]{8})\//;
const MADE_OF_ADVISORY = /^[0-9]{4}\/[0-9]{8}\/(?:(?:en|ja)\.html|advisory\.(?:en|ja)\.(?:md|txt)|vuldef\.(?:en|ja)\.xml|osv\.json)$/;

/** Whether a file of the public repository is about many advisories. */
export const isList = (path: string): boolean => LIST.test(path);
/** The number of the advisory in whose folder a file of the public repository lies. */
export const numberIn = (path: string): string | undefined => OF_ADVISORY.exec(path)?.[1];
/** Whether vcc makes the file out of others, so that it may go where nothing makes it any more. */
export const isMade = (path: string): boolean => LIST.test(path) || MADE_OF_ADVISORY.test(path);

/** Which lists a change of some advisories shows on. */
interface Touched {
  readonly years: ReadonlySet<string>;
  readonly vendors: ReadonlySet<string>;
  /** vendor/product, of the advisories themselves. */
  readonly products: ReadonlySet<string>;
}

/** The year that a list is of, or the vendor. */
function subjectOf(path: string): { readonly year: string | undefined; readonly vendor: string | undefined } {
  const [, year, vendor] = /^(?:([0-9]{4})|vendors\/([a-z0-9-]+)(?:\/[a-z0-9-]+)?)\/[^/]+$/.exec(path) ?? [];
  return { year, vendor };
}

/** The lists that one of these advisories is on, and the lists at these paths, beside those that show every change. */
export function touchedBy(entries: readonly CatalogueEntry[], paths: readonly string[] = []): Touched {
  const vendors = entries.flatMap(vendorsOf);
  const subjects = paths.filter(isList).map(subjectOf);
  const both = (of: readonly string[], named: readonly (string | undefined)[]): ReadonlySet<string> => new Set([...of, ...named.filter((name) => name !== undefined)]);
  return {
    years: both(entries.map(yearOf), subjects.map(({ year }) => year)),
    vendors: both(vendors.map(({ slug }) => slug), subjects.map(({ vendor }) => vendor)),
    products: new Set(vendors.flatMap(({ slug, products }) => products.map((product) => `${slug}/${product.slug}`))),
  };
}

/** Whether siteLists makes what stands at the path, if anything, when it makes what is touched. */
export function isTouched(path: string, { years, vendors }: Touched): boolean {
  const { year, vendor } = subjectOf(path);
  return year !== undefined ? years.has(year) : vendor === undefined || vendors.has(vendor);
}

/** The paths of the lists of vendors and products that are touched, whether or not something is on them. */
export const touchedPaths = ({ vendors, products }: Touched): string[] => [...vendors, ...products].flatMap((place) => ['en', 'ja'].map((language) => `vendors/${place}/${language}.html`));

/** Everything but the advisories themselves, file by file: all of it, or what is touched. Years are given newest first. */
export function* siteLists(years: Years, site: { readonly hasUnreachable: boolean; readonly shipped: (path: string) => string }, configuration: Configuration, touched?: Touched): Generator<FileWrite> {
  const vendors = vendorsIn(years);
  const entries = [...years.values()].flat();
  const [first] = inOrder(configuration);
  for (const language of inOrder(configuration)) {
    const setting = { language, configuration };
    const front = frontPage(years, site.hasUnreachable, setting);
    yield { path: `${language}.html`, text: front };
    if (language === first) yield { path: 'index.html', text: front };
    yield { path: FEEDS[language], text: atomFeed(entries, language, configuration) };
    yield { path: JVNRSS[language], text: jvnRssOf(entries, language, configuration) };
    yield { path: `search/${language}.html`, text: searchPage(years, setting) };
    yield { path: `vendors/${language}.html`, text: vendorsPage(vendors, setting) };
    for (const [year, ofYear] of years) if (touched?.years.has(year) !== false) yield { path: `${year}/${language}.html`, text: yearPage(year, ofYear, setting) };
    for (const vendor of vendors.values()) {
      if (touched?.vendors.has(vendor.slug) === false) continue;
      yield { path: `vendors/${vendor.slug}/${language}.html`, text: vendorPage(vendor, setting) };
      // All of them: each shows the name of the vendor, which may be another one since the advisory.
      for (const product of vendor.products.keys()) yield { path: `vendors/${vendor.slug}/${product}/${language}.html`, text: productPage(vendor, product, setting) };
    }
  }
  for (const [year, ofYear] of years) if (touched?.years.has(year) !== false) yield { path: `${year}/index.json`, text: catalogueJson(year, ofYear) };
  yield { path: '404.html', text: missingPage(configuration) };
  yield { path: 'style.css', text: site.shipped('templates/site/style.css') };
  yield { path: 'search.js', text: site.shipped('templates/site/search.js') };
}

/** The advisories that changed last, as JVNRSS. */
function jvnRssOf(entries: readonly CatalogueEntry[], language: Language, configuration: Configuration): string {
  const base = (configuration.public?.url ?? '').replace(/\/+$/, '');
  const latest = [...entries].sort(byChange).slice(0, FEED_LENGTH);
  return jvnRss(latest.flatMap((entry) => jvnRssEntry(entry, language, `${base}/${pageOf(entry, language).path}`) ?? []), language, configuration);
}

/** The catalogue with its years newest first, as siteLists takes it. */
export const newestFirst = (years: ReadonlyMap<string, readonly CatalogueEntry[]>): Years => new Map([...years].sort(([a], [b]) => (a < b ? 1 : -1)));
