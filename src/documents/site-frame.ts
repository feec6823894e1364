import type { Configuration } from '../generated/documents.ts';
import { inLanguage } from './advisory-sections.ts';
import { otherLanguage, WORDS, type Language } from './advisory-words.ts';
import { html, pageHead, type Markup } from './markup.ts';
import { SITE_WORDS } from './site-words.ts';

/** How many advisories a feed has. */
export const FEED_LENGTH = 50;

/** Where the feeds lie. */
export const FEEDS: Readonly<Record<Language, string>> = { en: 'atom.en.xml', ja: 'atom.ja.xml' };
export const JVNRSS: Readonly<Record<Language, string>> = { en: 'jvnrss.en.rdf', ja: 'jvnrss.ja.rdf' };

/** A page of the site before it has its frame: the same for advisories and for lists. */
export interface SitePage {
  /** From the root of the public repository, which is also where links in main begin: `up` of it leads there. */
  readonly path: string;
  readonly language: Language;
  readonly title: string;
  /** The same page in the other language, in the same folder; missing where there is none. */
  readonly hasOther: boolean;
  readonly main: Markup;
  readonly head?: Markup;
  /** Further directives of content security. */
  readonly allow?: string;
  /** Which of the links at the top leads here. */
  readonly here?: 'front' | 'vendors' | 'search';
  /** Where the root is, for a page that is shown at any address. */
  readonly root?: string;
}

/** From a file up to the root. */
export const upFrom = (path: string): string => '../'.repeat(path.split('/').length - 1);

/** The page with what is around it on every page of the site. */
export function sitePage(page: SitePage, { organisation: { name, email, url } }: Configuration): string {
  const { language, path, title, hasOther, here } = page;
  const [words, site] = [WORDS[language], SITE_WORDS[language]];
  const other = otherLanguage(language);
  const organisation = inLanguage(name, language) || email;
  const root = page.root ?? upFrom(path);
  const to = (target: string, label: string, current: boolean): Markup => (current ? html`<li><a href="${root}${target}" aria-current="page">${label}</a></li>\n` : html`<li><a href="${root}${target}">${label}</a></li>\n`);
  const feed = (of: Language): Markup => html`<link rel="alternate" type="application/atom+xml" hreflang="${of}" title="${SITE_WORDS[of].feed}" href="${root}${FEEDS[of]}">\n`;
  const head = html`<meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="${root}style.css">
${hasOther ? [language, other].map((of) => html`<link rel="alternate" hreflang="${of}" href="${of}.html">\n`) : []}${[language, other].map(feed)}${page.head ?? []}`;
  return html`${pageHead(language, `${title} | ${organisation}`, head, page.allow ?? "form-action 'self'")}
<body>
<a class="skip" href="#content">${site.skip}</a>
<header class="site">
<p class="organisation"><a href="${root}${language}.html">${organisation} <span>${site.title}</span></a></p>
${hasOther ? html`<p class="languages"><a lang="${other}" hreflang="${other}" href="${other}.html">${WORDS[other].ownName}</a></p>\n` : []}<nav aria-label="${site.site}">
<ul>
${to(`${language}.html`, site.advisories, here === 'front')}${to(`vendors/${language}.html`, site.vendors, here === 'vendors')}${to(`search/${language}.html`, site.search, here === 'search')}</ul>
</nav>
</header>
<main id="content">
${page.main}</main>
<footer>
<p>${url === undefined ? organisation : html`<a href="${url}">${organisation}</a>`}</p>
<p>${words.contact}: <a href="mailto:${email}">${email}</a></p>
<p><a href="${root}${FEEDS[language]}" type="application/atom+xml">${site.feed}</a></p>
<p><a href="${root}${JVNRSS[language]}" type="application/rdf+xml">JVNRSS</a></p>
</footer>
</body>
</html>
`.html;
}
