import type { PublicListing } from '../domain/unreachable.ts';
import type { Bilingual, Configuration } from '../generated/documents.ts';
import { otherLanguage, type Language } from './advisory-words.ts';
import { isGoodLink } from './markdown-html.ts';
import { html, pageHead, type Markup } from './markup.ts';
import { escapeMarkdown, visibleText } from './public-text.ts';
import { sitePage } from './site-frame.ts';
import { LIST_WORDS } from './unreachable-words.ts';

/** A developer that hides its name, and whatever is not told yet. */
const DASH = '-';

const inLanguage = (text: Bilingual | undefined, language: Language): string | undefined => text?.[language] ?? text?.[otherLanguage(language)];
const inquiryNumber = (did: string): string => `DID#${did}`;

/** What is told of the products, in one line. */
function productsOf({ product }: PublicListing, language: Language): string | undefined {
  return product?.products.map(({ name, versions }) => LIST_WORDS[language].product(name, versions)).join(language === 'ja' ? '、' : ', ');
}

/** One row of the table, in the order of its columns. */
function row(listing: PublicListing, language: Language): string[] {
  const words = LIST_WORDS[language];
  const products = productsOf(listing, language);
  return [
    inquiryNumber(listing.did),
    inLanguage(listing.name, language) ?? DASH,
    listing.link ?? DASH,
    listing.listedOn,
    listing.updatedOn,
    products === undefined || listing.product === undefined ? DASH : words.disclosed(products, listing.product.disclosedOn),
    inLanguage(listing.remarks, language) ?? DASH,
  ].map((cell) => visibleText(cell).replaceAll(/\s+/g, ' ').trim());
}
const LINK = 2;

/** The notice of a developer whose product is disclosed; with the last day for getting in touch once that is announced. */
interface Notice {
  readonly did: string;
  readonly heading: string;
  readonly paragraphs: readonly string[];
  readonly lines: readonly string[];
}

function noticeOf(listing: PublicListing, language: Language, email: string): Notice | undefined {
  const { product, limit, kind, did } = listing;
  const products = productsOf(listing, language);
  if (!product || products === undefined) return undefined;
  const words = LIST_WORDS[language];
  return {
    did,
    heading: words.noticeTitle(product.products.map(({ name }) => name).join(language === 'ja' ? '、' : ', ')),
    paragraphs: [words.notice[kind](products), ...(limit ? words.limit(limit.until) : [])],
    lines: [words.write(email, inquiryNumber(did)), words.published(product.disclosedOn), ...(limit ? [words.updated(limit.announcedOn)] : [])],
  };
}

/** The public list with its notices, before it has a form. */
interface Page {
  readonly language: Language;
  readonly title: string;
  readonly organisation: string;
  readonly sections: readonly (readonly [heading: string, text: string])[];
  readonly rows: readonly (readonly string[])[];
  readonly notices: readonly Notice[];
}

function pageOf(listings: readonly PublicListing[], language: Language, { organisation: { name, email } }: Configuration): Page {
  const words = LIST_WORDS[language];
  const organisation = inLanguage(name, language) ?? email;
  return {
    language,
    title: words.title,
    organisation,
    sections: [[words.overview[0], words.overview[1](organisation)], words.sought, [words.contact[0], words.contact[1](email)]],
    rows: listings.map((listing) => row(listing, language)),
    notices: listings.flatMap((listing) => noticeOf(listing, language, email) ?? []),
  };
}

function markdown({ language, title, sections, rows, notices }: Page): string {
  const { list, columns, empty } = LIST_WORDS[language];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const link = (address: string): string => (isGoodLink(address) && !/[<>\s|]/.test(address) ? `<${address}>` : escapeMarkdown(address));
  const cells = (row: readonly string[]): string => line(row.map((cell, place) => (cell === DASH ? DASH : place === LINK ? link(cell) : escapeMarkdown(cell))));
  return [
    `# ${title}`,
    ...sections.map(([heading, text]) => `## ${heading}\n\n${escapeMarkdown(text)}`),
    `## ${list}`,
    rows.length === 0 ? empty : [line(columns), line(columns.map(() => '---')), ...rows.map(cells)].join('\n'),
    ...notices.map(({ did, heading, paragraphs, lines }) => [`## ${inquiryNumber(did)}: ${escapeMarkdown(heading)}`, ...paragraphs.map(escapeMarkdown), lines.map(escapeMarkdown).join('\\\n')].join('\n\n')),
  ].join('\n\n');
}

function pageContent({ language, title, sections, rows, notices }: Page): Markup {
  const { list, columns, empty } = LIST_WORDS[language];
  const cell = (text: string, place: number): Markup => (place === LINK && isGoodLink(text) ? html`<td><a href="${text}" rel="nofollow noreferrer">${text}</a></td>` : html`<td>${text}</td>`);
  const table = html`<div class="scroll" tabindex="0"><table>
<thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>
${rows.map((cells) => html`<tr id="did${cells[0]?.slice('DID#'.length) ?? ''}">${cells.map(cell)}</tr>\n`)}</tbody>
</table></div>`;
  return html`<h1>${title}</h1>
${sections.map(([heading, text]) => html`<section>\n<h2>${heading}</h2>\n<p>${text}</p>\n</section>\n`)}<section>
<h2>${list}</h2>
${rows.length === 0 ? html`<p>${empty}</p>` : table}
</section>
${notices.map(({ did, heading, paragraphs, lines }) => html`<section>
<h2>${inquiryNumber(did)}: ${heading}</h2>
${paragraphs.map((text) => html`<p>${text}</p>\n`)}<ul>
${lines.map((text) => html`<li>${text}</li>\n`)}</ul>
</section>
`)}`;
}

const webPage = (page: Page): string => html`${pageHead(page.language, `${page.title} | ${page.organisation}`)}
<body>
<main>
${pageContent(page)}</main>
</body>
</html>`.html;

/** The list as a page of the site. */
export function unreachableSitePage(listings: readonly PublicListing[], language: Language, path: string, configuration: Configuration): string {
  const page = pageOf(listings, language, configuration);
  return sitePage({ path, language, title: page.title, hasOther: true, main: pageContent(page) }, configuration);
}

/** A spreadsheet runs a cell that begins like a formula; a lone dash is none. */
const csvCell = (text: string): string => `"${(/^[=+@\t]|^-./.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

const csv = ({ language, rows }: Page): string => [LIST_WORDS[language].columns, ...rows].map((cells) => cells.map(csvCell).join(',')).join('\r\n');

/** The list as data: what is told of each developer, and the text of its notice. */
export const listingAsData = (listing: PublicListing, language: Language, { organisation: { email } }: Configuration): object => {
  const notice = noticeOf(listing, language, email);
  return { ...listing, did: inquiryNumber(listing.did), ...(notice === undefined ? {} : { notice: { title: notice.heading, text: [...notice.paragraphs, notice.lines.join('\n')].join('\n\n') } }) };
};

/** The forms in which the public list is printed. */
export const LIST_FORMATS = ['markdown', 'html', 'csv', 'json'] as const;
export type ListFormat = (typeof LIST_FORMATS)[number];

/** The public list of unreachable developers with the notices of their stages (guideline, appendix 5; lessons). */
export function unreachablePage(listings: readonly PublicListing[], language: Language, format: Exclude<ListFormat, 'json'>, configuration: Configuration): string {
  const page = pageOf(listings, language, configuration);
  switch (format) {
    case 'markdown':
      return markdown(page);
    case 'html':
      return webPage(page);
    case 'csv':
      return csv(page);
  }
}
