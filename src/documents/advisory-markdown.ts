import { localDate } from '../domain/instant.ts';
import type { PublicAdvisory, PublicDates } from '../domain/publication.ts';
import { publicSections, withdrawalText } from './advisory-sections.ts';
import type { Publisher } from './advisory-sections.ts';
import { otherLanguage, WORDS } from './advisory-words.ts';
import type { Language } from './advisory-words.ts';
import { withoutRawHtml } from './markdown-html.ts';
import { escapeMarkdown } from './public-text.ts';

/** The public advisory as Markdown, for whoever reads or copies it without a browser; undefined when the language is missing. */
export function advisoryMarkdown(advisory: PublicAdvisory, language: Language, dates: PublicDates, publisher: Publisher): string | undefined {
  const sections = publicSections(advisory, language, dates, publisher);
  const zone = publisher.timezone;
  const text = advisory.texts[language];
  if (sections === undefined || text === undefined) return undefined;
  const words = WORDS[language];
  const other = otherLanguage(language);
  const lastUpdate = dates.updates.at(-1);
  const facts = [
    `- ${escapeMarkdown(advisory.publicId)}`,
    `- ${words.published}: ${localDate(dates.publishedAt, zone)}`,
    ...(lastUpdate === undefined ? [] : [`- ${words.updated}: ${localDate(lastUpdate.at, zone)}`]),
    ...(advisory.cves.length === 0 ? [] : [`- ${words.cve}: ${advisory.cves.map(({ id }) => id).join(words.comma)}`]),
    ...(advisory.texts[other] === undefined ? [] : [`- [${WORDS[other].ownName}](advisory.${other}.md)`]),
  ];
  const withdrawal = withdrawalText(dates, language, zone);
  const blocks = sections.map(({ heading, markdown }) => `## ${escapeMarkdown(heading)}\n\n${withoutRawHtml(markdown)}`);
  // Once more over the whole: a fence that one section leaves open would turn the next section's code inside out.
  return withoutRawHtml(`${[`# ${escapeMarkdown(text.title)}`, ...(withdrawal === undefined ? [] : [`**${escapeMarkdown(withdrawal)}**`]), facts.join('\n'), ...blocks].join('\n\n')}\n`);
}
