import { localDate } from '../domain/instant.ts';
import type { PublishedAdvisory } from '../domain/publication.ts';
import type { Configuration } from '../generated/documents.ts';
import { inLanguage, publicSections, withdrawalText } from './advisory-sections.ts';
import { WORDS, type Language } from './advisory-words.ts';
import { markdownToText } from './markdown-text.ts';
import { visibleText } from './public-text.ts';
import { displayWidth, wrap } from './text-width.ts';

/** Columns that a mail has room for, with a mark or two of who quotes it. */
const WIDTH = 72;

/** The advisory as plain text, for a mail that is signed: no markup, no line that a mail program would break; undefined when the language is missing. */
export function advisoryText({ advisory, dates }: PublishedAdvisory, language: Language, urls: readonly string[], configuration: Configuration): string | undefined {
  const sections = publicSections(advisory, language, dates, configuration);
  const text = advisory.texts[language];
  if (sections === undefined || text === undefined) return undefined;
  const words = WORDS[language];
  const zone = configuration.timezone;
  const withdrawal = withdrawalText(dates, language, zone);
  const lastUpdate = dates.updates.at(-1);
  const { name, email } = configuration.organisation;
  const title = wrap(visibleText(text.title).replace(/\s+/g, ' '), WIDTH);
  const facts = [
    `${words.published}: ${localDate(dates.publishedAt, zone)}`,
    ...(lastUpdate === undefined ? [] : [`${words.updated}: ${localDate(lastUpdate.at, zone)}`]),
    ...(advisory.cves.length === 0 ? [] : wrap(`${words.cve}: ${advisory.cves.map(({ id }) => id).join(words.comma)}`, WIDTH)),
    ...urls,
  ];
  return `${[
    [visibleText(advisory.publicId), ...title, '='.repeat(Math.max(...title.map(displayWidth)))].join('\n'),
    ...(withdrawal === undefined ? [] : [wrap(withdrawal, WIDTH).join('\n')]),
    facts.join('\n'),
    ...sections.map(({ heading, markdown }) => `${underlined(visibleText(heading))}\n\n${markdownToText(markdown, WIDTH)}`),
    [inLanguage(name, language), `${words.contact}: ${email}`].join('\n'),
  ].join('\n\n')}\n`;
}

const underlined = (heading: string): string => `${heading}\n${'='.repeat(Math.min(displayWidth(heading), WIDTH))}`;
