// The only import of feed. Hazards: without a date of its own it takes the time at which it runs, so every date is given; it has no
// language, which is put in behind it; and it writes titles and summaries as HTML, so what is text is escaped first.
import { createHash } from 'node:crypto';
import { Feed } from 'feed';
import { byChange, changedAt, makersOf, publishedAt, type CatalogueEntry } from '../domain/catalogue.ts';
import { dateIn } from '../domain/zone-offsets.ts';
import type { Configuration } from '../generated/documents.ts';
import { inLanguage } from './advisory-sections.ts';
import { WORDS, type Language } from './advisory-words.ts';
import { escapeHtml, visibleText as visible } from './public-text.ts';
import { FEED_LENGTH, FEEDS } from './site-frame.ts';
import { pageOf } from './site-lists.ts';
import { SITE_WORDS } from './site-words.ts';

/** An id that stays when the site moves: it follows from the name alone (RFC 4151 would bind it to a host, RFC 9562 version 8 does not). */
function stableId(name: string): string {
  const digits = createHash('sha256').update(`vcc ${name}`).digest('hex').slice(0, 32).split('');
  digits[12] = '8';
  digits[16] = 'a';
  return `urn:uuid:${digits.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')}`;
}

/** The advisories that changed last as Atom (RFC 4287), the same bytes for the same catalogue; an update moves an entry up with a new date. */
export function atomFeed(entries: readonly CatalogueEntry[], language: Language, configuration: Configuration): string {
  const { organisation, timezone: zone } = configuration;
  const base = `${(configuration.public?.url ?? '').replace(/\/+$/, '')}/`;
  const name = inLanguage(organisation.name, language);
  const latest = [...entries].sort(byChange).slice(0, FEED_LENGTH);
  const [newest] = latest;
  const feed = new Feed({
    id: stableId(`feed ${organisation.email} ${language}`),
    title: visible(SITE_WORDS[language].feedTitle(name)),
    updated: dateIn(newest === undefined ? 0 : changedAt(newest), zone),
    generator: false,
    link: `${base}${language}.html`,
    feedLinks: { atom: `${base}${FEEDS[language]}` },
    author: { name: visible(name), email: organisation.email },
    copyright: '',
  });
  for (const entry of latest) {
    const page = pageOf(entry, language);
    feed.addItem({
      id: stableId(`${entry.id} ${language}`),
      title: escapeHtml(`${entry.id}: ${page.title}`),
      link: `${base}${page.path}`,
      date: dateIn(changedAt(entry), zone),
      published: dateIn(publishedAt(entry), zone),
      description: escapeHtml(summaryOf(entry, language)),
    });
  }
  return `${feed.atom1().replace('<feed ', `<feed xml:lang="${language}" `)}\n`;
}

function summaryOf(entry: CatalogueEntry, language: Language): string {
  const { comma } = WORDS[language];
  const words = SITE_WORDS[language];
  return [
    makersOf(entry).map(({ names }) => inLanguage(names, language)).join(comma),
    entry.cves.join(comma),
    entry.cvss === undefined ? '' : `CVSS ${entry.cvss.version} ${words.scored(entry.cvss.score, words.severities[entry.cvss.severity])}`,
  ].filter((part) => part !== '').join(' / ');
}
