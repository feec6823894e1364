import { byChange, byPublication, makersOf, vendorsOf, yearOf, type CatalogueEntry, type ListedVendor } from '../domain/catalogue.ts';
import type { Configuration } from '../generated/documents.ts';
import { inLanguage } from './advisory-sections.ts';
import { otherLanguage, WORDS, type Language } from './advisory-words.ts';
import { html, type Markup } from './markup.ts';
import { FEEDS, sitePage, upFrom, type SitePage } from './site-frame.ts';
import { SITE_WORDS } from './site-words.ts';
import { LIST_WORDS } from './unreachable-words.ts';

/** How many the front page shows. */
const LATEST = 20;

/** The page of an advisory in a language, or in the other one rather than none. */
export function pageOf(entry: CatalogueEntry, language: Language): { readonly path: string; readonly language: Language; readonly title: string } {
  const there = entry.titles[language] === undefined ? otherLanguage(language) : language;
  return { path: `${yearOf(entry)}/${entry.number}/${there}.html`, language: there, title: inLanguage(entry.titles, there) };
}

/** The day of a moment as the catalogue has it. */
export const dayOf = (moment: string): Markup => html`<time datetime="${moment.slice(0, 10)}">${moment.slice(0, 10)}</time>`;

/** CVSS 8.5 (High), with a class for its colour. */
export const scoreOf = ({ version, score, severity }: NonNullable<CatalogueEntry['cvss']>, language: Language): Markup =>
  html`<span class="score ${severity}">CVSS ${version} <b>${SITE_WORDS[language].scored(score, SITE_WORDS[language].severities[severity])}</b></span>`;

interface Setting {
  readonly language: Language;
  readonly configuration: Configuration;
}

/** The path of a list in the language of the setting. */
type Place = (language: Language) => string;
const vendorPlace = (slug: string): Place => (language) => `vendors/${slug}/${language}.html`;
const productPlace = (vendor: string, product: string): Place => (language) => `vendors/${vendor}/${product}/${language}.html`;

function row(entry: CatalogueEntry, path: string, { language }: Setting, status?: string): Markup {
  const page = pageOf(entry, language);
  const names = makersOf(entry).map((vendor) => inLanguage(vendor.names, language));
  const facts = [
    html`<span>${entry.id}</span>`,
    html`<span>${dayOf(entry.publishedAt)}</span>`,
    ...(entry.updatedAt === undefined ? [] : [html`<span>${SITE_WORDS[language].updated(entry.updatedAt.slice(0, 10))}</span>`]),
    ...(status === undefined ? [] : [html`<span>${status}</span>`]),
    ...(entry.cvss === undefined ? [] : [scoreOf(entry.cvss, language)]),
    ...(status !== undefined || names.length === 0 ? [] : [html`<span>${names.slice(0, 3).join(WORDS[language].comma)}${names.length > 3 ? ' …' : ''}</span>`]),
  ];
  return html`<li>
<a href="${upFrom(path)}${page.path}"${page.language === language ? [] : html` lang="${page.language}" hreflang="${page.language}"`}>${page.title}</a>
<p class="facts">${facts.flatMap((fact) => [fact, html`\n`])}</p>
</li>
`;
}

const rows = (entries: readonly CatalogueEntry[], path: string, setting: Setting): Markup =>
  entries.length === 0 ? html`<p>${SITE_WORDS[setting.language].none}</p>\n` : html`<ol class="advisories">\n${entries.map((entry) => row(entry, path, setting))}</ol>\n`;

const page = ({ language, configuration }: Setting, content: Omit<SitePage, 'language' | 'hasOther'>): string => sitePage({ language, hasOther: true, ...content }, configuration);

/** Works without any script: the search page leads on to the lists. */
const searchForm = (language: Language, root: string): Markup => html`<form class="search" role="search" action="${root}search/${language}.html" method="get">
<label for="q">${SITE_WORDS[language].searchLabel}</label>
<p class="hint" id="q-hint">${SITE_WORDS[language].searchHint}</p>
<p class="field"><input type="search" id="q" name="q" aria-describedby="q-hint" autocomplete="off" maxlength="200"> <button type="submit">${SITE_WORDS[language].search}</button></p>
</form>
`;

/** The years with an advisory, newest first; where the search finds the catalogue of each. */
function yearLinks(years: ReadonlyMap<string, readonly CatalogueEntry[]>, path: string, language: Language): Markup {
  const root = upFrom(path);
  return html`<ul class="years">
${[...years].map(([year, entries]) => html`<li><a href="${root}${year}/${language}.html" data-catalogue="${root}${year}/index.json">${year}</a> <span>${SITE_WORDS[language].count(entries.length)}</span></li>\n`)}</ul>
`;
}

/** The catalogue by year, newest first. */
export type Years = ReadonlyMap<string, readonly CatalogueEntry[]>;

/** en.html and ja.html at the root: what is new, and the way to everything else. */
export function frontPage(years: Years, hasUnreachable: boolean, setting: Setting): string {
  const { language, configuration } = setting;
  const words = SITE_WORDS[language];
  const path = `${language}.html`;
  const latest = [...years.values()].flat().sort(byChange).slice(0, LATEST);
  const organisation = inLanguage(configuration.organisation.name, language);
  const main = html`<h1>${words.title}</h1>
<p class="lead">${words.lead(organisation)}</p>
${searchForm(language, '')}<section>
<h2>${words.latest}</h2>
${rows(latest, path, setting)}<p class="more"><a href="${FEEDS[language]}" type="application/atom+xml">${words.feed}</a></p>
</section>
<section>
<h2>${words.byYear}</h2>
${years.size === 0 ? html`<p>${words.none}</p>\n` : yearLinks(years, path, language)}</section>
<section>
<h2>${words.lists}</h2>
<ul>
<li><a href="vendors/${language}.html">${words.vendors}</a></li>
${hasUnreachable ? html`<li><a href="unreachable/${language}.html">${LIST_WORDS[language].title}</a></li>\n` : []}</ul>
</section>
`;
  return page(setting, { path, title: words.title, here: 'front', main });
}

/** <year>/en.html: every advisory that was published in that year. */
export function yearPage(year: string, entries: readonly CatalogueEntry[], setting: Setting): string {
  const title = SITE_WORDS[setting.language].ofYear(year);
  const path = `${year}/${setting.language}.html`;
  return page(setting, { path, title, main: html`<h1>${title}</h1>\n<p class="lead">${SITE_WORDS[setting.language].count(entries.length)}</p>\n${rows([...entries].sort(byPublication), path, setting)}` });
}

/** A vendor with its advisories, newest first. */
export interface VendorWithAdvisories extends Pick<ListedVendor, 'slug' | 'names'> {
  readonly entries: { readonly entry: CatalogueEntry; readonly status: ListedVendor['status'] }[];
  /** By slug. */
  readonly products: Map<string, { readonly name: string; readonly entries: CatalogueEntry[] }>;
}

/** Every vendor of the catalogue by its slug; names are those of the newest advisory. */
export function vendorsIn(years: Years): Map<string, VendorWithAdvisories> {
  const found = new Map<string, VendorWithAdvisories>();
  for (const entry of [...years.values()].flat().sort(byPublication)) {
    for (const { slug, names, status, products } of vendorsOf(entry)) {
      const vendor: VendorWithAdvisories = found.get(slug) ?? { slug, names, entries: [], products: new Map() };
      found.set(slug, vendor);
      vendor.entries.push({ entry, status });
      for (const { slug: of, name } of products) {
        const product = vendor.products.get(of) ?? { name, entries: [] };
        vendor.products.set(of, product);
        product.entries.push(entry);
      }
    }
  }
  return found;
}

/** In an order that is the same on every machine: Intl would sort as its version does. */
const byName = (a: string, b: string): number => {
  const [x, y] = [a.normalize('NFKC').toLowerCase(), b.normalize('NFKC').toLowerCase()];
  return x < y ? -1 : x > y ? 1 : a < b ? -1 : 1;
};

/** vendors/en.html: every vendor. */
export function vendorsPage(vendors: ReadonlyMap<string, VendorWithAdvisories>, setting: Setting): string {
  const { language } = setting;
  const words = SITE_WORDS[language];
  const listed = [...vendors.values()].map(({ slug, names, entries }) => ({ slug, name: inLanguage(names, language), count: entries.length })).sort((a, b) => byName(a.name, b.name));
  const path = `vendors/${language}.html`;
  const main = html`<h1>${words.vendors}</h1>
<p class="lead">${words.vendorsLead}</p>
${listed.length === 0 ? html`<p>${words.none}</p>\n` : html`<ul class="names">\n${listed.map(({ slug, name, count }) => html`<li><a href="${upFrom(path)}${vendorPlace(slug)(language)}">${name}</a> <span>${words.count(count)}</span></li>\n`)}</ul>\n`}`;
  return page(setting, { path, title: words.vendors, here: 'vendors', main });
}

/** vendors/<vendor>/en.html: its advisories with its status, and its products. */
export function vendorPage({ slug, names, entries, products }: VendorWithAdvisories, setting: Setting): string {
  const { language } = setting;
  const words = SITE_WORDS[language];
  const path = vendorPlace(slug)(language);
  const name = inLanguage(names, language);
  const listed = [...products].map(([product, { name: label }]) => ({ product, label })).sort((a, b) => byName(a.label, b.label));
  const main = html`<h1>${name}</h1>
<p class="lead">${words.count(entries.length)}</p>
<ol class="advisories">
${entries.map(({ entry, status }) => row(entry, path, setting, status === undefined ? undefined : WORDS[language].statuses[status]))}</ol>
${listed.length === 0 ? [] : html`<section>
<h2>${words.products}</h2>
<ul class="names">
${listed.map(({ product, label }) => html`<li><a href="${upFrom(path)}${productPlace(slug, product)(language)}">${label}</a></li>\n`)}</ul>
</section>
`}`;
  return page(setting, { path, title: name, main });
}

/** vendors/<vendor>/<product>/en.html: the advisories on a product. */
export function productPage(vendor: VendorWithAdvisories, slug: string, setting: Setting): string {
  const { language } = setting;
  const words = SITE_WORDS[language];
  const { name, entries } = vendor.products.get(slug) ?? { name: slug, entries: [] };
  const path = productPlace(vendor.slug, slug)(language);
  const maker = inLanguage(vendor.names, language);
  const main = html`<p class="id"><a href="${upFrom(path)}${vendorPlace(vendor.slug)(language)}">${maker}</a></p>
<h1>${name}</h1>
<p class="lead">${words.count(entries.length)}</p>
${rows(entries, path, setting)}`;
  return page(setting, { path, title: `${name} (${maker})`, main });
}

/** search/en.html: the only page with a script, which reads the catalogue of each year that the page lists. */
export function searchPage(years: Years, setting: Setting): string {
  const { language } = setting;
  const words = SITE_WORDS[language];
  const path = `search/${language}.html`;
  const root = upFrom(path);
  const telling = html`data-language="${language}" data-none="${words.noResults}" data-many="${words.manyResults}" data-loading="${words.loading}" data-failed="${words.failed}"`;
  const main = html`<h1>${words.search}</h1>
${searchForm(language, root)}<section hidden id="results" ${telling}>
<h2>${words.results}</h2>
<p role="status"></p>
<ol class="advisories"></ol>
</section>
<section>
<noscript><p>${words.noScript}</p></noscript>
<h2>${words.byYear}</h2>
${years.size === 0 ? html`<p>${words.none}</p>\n` : yearLinks(years, path, language)}<p class="more"><a href="${root}vendors/${language}.html">${words.vendors}</a></p>
</section>
`;
  return page(setting, { path, title: words.search, here: 'search', allow: "script-src 'self'; connect-src 'self'; form-action 'self'", head: html`<script src="${root}search.js" defer></script>\n`, main });
}

/** 404.html, in both languages, for nobody knows who followed which link. It is shown at any address, so its links begin at the root of the host. */
export function missingPage(configuration: Configuration): string {
  const root = `${new URL(configuration.public?.url ?? 'https://host.invalid').pathname.replace(/\/+$/, '')}/`;
  const [first, second] = inOrder(configuration);
  const told = (language: Language): Markup => html`<p>${SITE_WORDS[language].missingText}</p>
<p><a href="${root}${language}.html" hreflang="${language}">${SITE_WORDS[language].toFront}</a></p>
`;
  const main = html`<h1>${SITE_WORDS[first].missing}</h1>
${told(first)}<section lang="${second}">
<h2>${SITE_WORDS[second].missing}</h2>
${told(second)}</section>
`;
  return sitePage({ path: '404.html', root, language: first, title: SITE_WORDS[first].missing, hasOther: false, main }, configuration);
}

/** Both languages, first the one that the organisation has a name in; a Japanese one reads Japanese. */
export const inOrder = ({ organisation: { name } }: Configuration): readonly [Language, Language] => (name.ja === undefined ? ['en', 'ja'] : ['ja', 'en']);
