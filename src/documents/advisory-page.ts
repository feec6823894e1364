import { localDate } from '../domain/instant.ts';
import type { Instant } from '../domain/instant.ts';
import type { PublicAdvisory, PublicDates } from '../domain/publication.ts';
import type { Configuration } from '../generated/documents.ts';
import { publicSections, withdrawalText } from './advisory-sections.ts';
import { otherLanguage, WORDS } from './advisory-words.ts';
import type { Language } from './advisory-words.ts';
import { markdownToHtml } from './markdown-html.ts';
import { html, Markup, pageHead } from './markup.ts';

/** The web page of an advisory in one language; undefined when the language is missing. The style sheet is two folders up. */
export function advisoryPage(advisory: PublicAdvisory, language: Language, dates: PublicDates, configuration: Configuration): string | undefined {
  const text = advisory.texts[language];
  const sections = publicSections(advisory, language, dates, configuration);
  if (text === undefined || sections === undefined) return undefined;
  const words = WORDS[language];
  const other = otherLanguage(language);
  const hasOther = advisory.texts[other] !== undefined;
  const withdrawal = withdrawalText(dates, language, configuration.timezone);
  const { name, email, url } = configuration.organisation;
  const organisation = name[language] ?? name[other] ?? email;

  const more = html`<meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="../../style.css">
<link rel="alternate" hreflang="${language}" href="${language}.html">
${hasOther ? html`<link rel="alternate" hreflang="${other}" href="${other}.html">\n` : []}<link rel="alternate" type="text/markdown" href="advisory.${language}.md">
`;
  const page = html`${pageHead(language, `${advisory.publicId}: ${text.title} | ${organisation}`, more)}
<body>
<a class="skip" href="#advisory">${words.skip}</a>
<header class="site">
<p class="organisation">${url === undefined ? organisation : html`<a href="${url}">${organisation}</a>`}</p>
${hasOther ? languageLinks(language, other) : []}</header>
<main id="advisory">
<article>
<header>
<p class="id">${advisory.publicId}</p>
<h1>${text.title}</h1>
${withdrawal === undefined ? [] : html`<p class="withdrawn" role="note">${withdrawal}</p>\n`}${facts(advisory, language, dates, configuration.timezone)}
</header>
${sections.map((section) => html`<section>
<h2 id="${section.id}">${section.heading}</h2>
${new Markup(markdownToHtml(section.markdown))}</section>
`)}</article>
</main>
<footer>
<p>${organisation}</p>
<p>${words.contact}: <a href="mailto:${email}">${email}</a></p>
<p><a href="advisory.${language}.md">${words.asMarkdown}</a></p>
</footer>
</body>
</html>
`;
  return page.html;
}

const languageLinks = (language: Language, other: Language): Markup => html`<nav aria-label="${WORDS[language].languages}">
<ul>
<li><span lang="${language}" aria-current="page">${WORDS[language].ownName}</span></li>
<li><a lang="${other}" hreflang="${other}" href="${other}.html">${WORDS[other].ownName}</a></li>
</ul>
</nav>
`;

function facts(advisory: PublicAdvisory, language: Language, dates: PublicDates, zone: string): Markup {
  const words = WORDS[language];
  const day = (instant: Instant): Markup => html`<time datetime="${localDate(instant, zone)}">${localDate(instant, zone)}</time>`;
  const lastUpdate = dates.updates.at(-1);
  const rows = [
    html`<div><dt>${words.published}</dt><dd>${day(dates.publishedAt)}</dd></div>\n`,
    ...(lastUpdate === undefined ? [] : [html`<div><dt>${words.updated}</dt><dd>${day(lastUpdate.at)}</dd></div>\n`]),
    ...(advisory.cves.length === 0 ? [] : [html`<div><dt>${words.cve}</dt><dd>${advisory.cves.map(({ id }) => id).join(words.comma)}</dd></div>\n`]),
  ];
  return html`<dl>\n${rows}</dl>`;
}
