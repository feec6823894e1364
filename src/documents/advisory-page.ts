import { catalogueEntry } from '../domain/catalogue.ts';
import type { PublishedAdvisory } from '../domain/publication.ts';
import type { Configuration } from '../generated/documents.ts';
import { advisoryLinks } from './advisory-links.ts';
import { publicSections, withdrawalText } from './advisory-sections.ts';
import { otherLanguage, WORDS, type Language } from './advisory-words.ts';
import { markdownToHtml } from './markdown-html.ts';
import { html, Markup } from './markup.ts';
import { sitePage, upFrom } from './site-frame.ts';
import { dayOf, scoreOf } from './site-lists.ts';
import { SITE_WORDS } from './site-words.ts';

/** The web page of an advisory in one language, with links to the other files of its publication; undefined when the language is missing. */
export function advisoryPage(published: PublishedAdvisory, language: Language, path: string, files: readonly string[], configuration: Configuration): string | undefined {
  const { advisory, dates } = published;
  const text = advisory.texts[language];
  const sections = publicSections(advisory, language, dates, configuration);
  if (text === undefined || sections === undefined) return undefined;
  const withdrawal = withdrawalText(dates, language, configuration.timezone);
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const links = advisoryLinks(files, language).map((link) => ({ ...link, href: link.path.startsWith(folder) ? link.path.slice(folder.length) : `${upFrom(path)}${link.path}` }));
  const main = html`<article>
<header>
<p class="id">${advisory.publicId}</p>
<h1>${inWhole(text.title)}</h1>
${withdrawal === undefined ? [] : html`<p class="withdrawn" role="note">${withdrawal}</p>\n`}${facts(published, language, configuration.timezone)}
</header>
${sections.map((section) => html`<section>
<h2 id="${section.id}">${section.heading}</h2>
${new Markup(markdownToHtml(section.markdown))}</section>
`)}</article>
${links.length === 0 ? [] : html`<aside aria-labelledby="formats">
<h2 id="formats">${SITE_WORDS[language].machineReadable}</h2>
<ul>
${links.map(({ href, type, label }) => html`<li><a href="${href}" type="${type}">${label}</a></li>\n`)}</ul>
</aside>
`}`;
  return sitePage(
    {
      path,
      language,
      title: `${advisory.publicId}: ${text.title}`,
      hasOther: advisory.texts[otherLanguage(language)] !== undefined,
      head: html`${links.map(({ href, type, label }) => html`<link rel="alternate" type="${type}" title="${label}" href="${href}">\n`)}`,
      main,
    },
    configuration,
  );
}

/** Names that a browser would take apart at a hyphen, for nobody reads one half of a product. Long ones have to break. */
const inWhole = (title: string): Markup[] => title.split(/((?<![\w.])[A-Za-z0-9_.]{1,20}(?:-[A-Za-z0-9_.]{1,20}){1,3}(?![\w.-]))/).map((part, index) => (index % 2 === 1 ? html`<span class="whole">${part}</span>` : html`${part}`));

function facts(published: PublishedAdvisory, language: Language, zone: string): Markup {
  const { advisory } = published;
  const words = WORDS[language];
  const { cvss, publishedAt, updatedAt } = catalogueEntry(published, zone);
  const fact = (term: string, told: Markup | string): Markup => html`<div><dt>${term}</dt><dd>${told}</dd></div>\n`;
  return html`<dl>
${[
  fact(words.published, dayOf(publishedAt)),
  ...(updatedAt === undefined ? [] : [fact(words.updated, dayOf(updatedAt))]),
  ...(advisory.cves.length === 0 ? [] : [fact(words.cve, advisory.cves.map(({ id }) => id).join(words.comma))]),
  ...(cvss === undefined ? [] : [fact(words.score, scoreOf(cvss, language))]),
]}</dl>`;
}
