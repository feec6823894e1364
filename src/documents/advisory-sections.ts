import { sectionHeading, SECTIONS } from '../domain/case.ts';
import type { SectionId } from '../domain/case.ts';
import { localDate } from '../domain/instant.ts';
import { withdrawnAt, type PublicAdvisory, type PublicDates, type PublicText, type PublicVendorStatus, type Update } from '../domain/publication.ts';
import { severityOf } from '../domain/severity.ts';
import { weaknessPhrase } from '../domain/weakness-phrases.ts';
import type { Configuration } from '../generated/documents.ts';
import { otherLanguage, WORDS } from './advisory-words.ts';
import type { Language } from './advisory-words.ts';
import { SITE_WORDS } from './site-words.ts';
import { escapeMarkdown, quoteMarkdown, visibleText, withoutComments } from './public-text.ts';
import { versionPhrases } from './version-phrases.ts';

/** Who publishes it, and in which time zone its dates are. */
export type Publisher = Pick<Configuration, 'timezone' | 'organisation'>;

export interface PublicSection {
  readonly id: SectionId;
  readonly heading: string;
  readonly markdown: string;
}

/**
 * The sections of an advisory in one language: the authors' text, then what the case itself knows (domain: advisory sections).
 * What the authors wrote out themselves, an address, a CVE id or a vector, is not said twice. Undefined when the language is missing.
 */
export function publicSections(advisory: PublicAdvisory, language: Language, dates: PublicDates, { timezone: zone, organisation }: Publisher): PublicSection[] | undefined {
  const text = advisory.texts[language];
  if (text === undefined) return undefined;
  const byAuthors = writtenSections(text);
  return SECTIONS.flatMap((section) => {
    const { id } = section;
    const written = byAuthors.get(id) ?? '';
    const known = knownContent(id, written, advisory, language, dates, zone);
    const markdown = [written, known].filter((part) => part !== '').join('\n\n');
    return markdown === '' ? [] : [{ id, heading: sectionHeading(section, language, organisation), markdown }];
  });
}

function knownContent(id: SectionId, written: string, advisory: PublicAdvisory, language: Language, dates: PublicDates, zone: string): string {
  switch (id) {
    case 'affected':
      return written === '' ? affectedProducts(advisory, language) : '';
    case 'solution':
      return remedyPages(written, advisory);
    case 'vendor-status':
      return vendorStatus(advisory.vendors, language);
    case 'references':
      return advisory.references
        .filter(({ url }) => !written.includes(url))
        .map(({ url, title }) => `- ${title === undefined ? '' : `${escapeMarkdown(title)} `}<${url}>`)
        .join('\n');
    case 'analysis':
      return analysis(written, advisory, language);
    case 'other':
      return advisory.cves
        .filter((cve) => !written.includes(cve.id))
        .map((cve) => `- ${cve.id}${cve.flaw === undefined ? '' : `: ${escapeMarkdown(cve.flaw)}`}`)
        .join('\n');
    case 'history':
      return dates.updates.map((update) => `- ${localDate(update.at, zone)}: ${escapeMarkdown(updateText(update, language))}`).join('\n');
    default:
      return '';
  }
}

/** One line of the update history, without its day. */
export function updateText({ kind, summary }: Update, language: Language): string {
  const text = visibleText(inLanguage(summary, language)).replaceAll(/\s+/g, ' ').trim();
  return kind === undefined ? text : `${WORDS[language].kinds[kind]}: ${text}`;
}

/** What stands above an advisory that no longer holds; undefined while it does. */
export function withdrawalText(dates: PublicDates, language: Language, zone: string): string | undefined {
  const at = withdrawnAt(dates);
  const why = dates.updates.at(-1)?.summary;
  return at === undefined || why === undefined ? undefined : WORDS[language].withdrawn(localDate(at, zone), visibleText(inLanguage(why, language)).replaceAll(/\s+/g, ' ').trim());
}

const affectedProducts = (advisory: PublicAdvisory, language: Language): string =>
  advisory.products
    .flatMap((product) => [
      `- ${escapeMarkdown(product.name)} (${escapeMarkdown(product.vendor)})`,
      ...versionPhrases(product, language).map((version) => `  - ${escapeMarkdown(version)}`),
    ])
    .join('\n');

/** Where users get what vendors have for them. */
function remedyPages(written: string, { products }: PublicAdvisory): string {
  const lines = products.flatMap(({ name, remedyUrl }) => (remedyUrl === undefined || written.includes(remedyUrl) ? [] : [`- ${escapeMarkdown(name)} <${remedyUrl}>`]));
  return [...new Set(lines)].join('\n');
}

/** The status table, then the vendors' own words as quotations: whatever they say, it stays theirs. */
function vendorStatus(vendors: readonly PublicVendorStatus[], language: Language): string {
  if (vendors.length === 0) return '';
  const words = WORDS[language];
  const byCve = vendors.some((vendor) => vendor.cves !== undefined);
  const byPage = vendors.some((vendor) => vendor.url !== undefined);
  const columns = [words.vendor, words.status, ...(byCve ? [words.cve] : []), ...(byPage ? [words.information] : [])];
  const rows = vendors.map((vendor) => [
    escapeMarkdown(inLanguage(vendor.names, language)),
    words.statuses[vendor.status],
    ...(byCve ? [vendor.cves?.join(words.comma) ?? words.all] : []),
    ...(byPage ? [vendor.url === undefined ? '' : `<${vendor.url.replaceAll('|', '%7C')}>`] : []),
  ]);
  const statements = vendors.flatMap((vendor) => {
    const statement = vendor.statement && inLanguage(vendor.statement, language);
    return statement === undefined || statement.trim() === ''
      ? []
      : [`### ${words.statement}: ${escapeMarkdown(inLanguage(vendor.names, language))}\n\n${quoteMarkdown(statement)}`];
  });
  return [table(columns, rows), ...statements].join('\n\n');
}

function analysis(written: string, advisory: PublicAdvisory, language: Language): string {
  const words = WORDS[language];
  const scores = advisory.cvss.filter(({ vector }) => !written.includes(vector));
  const byWhom = scores.some(({ by }) => by !== undefined);
  const byCve = scores.some(({ cves }) => cves !== undefined);
  const scoreTable = table(
    ['CVSS', words.score, words.vector, ...(byCve ? [words.cve] : []), ...(byWhom ? [words.scoredBy] : [])],
    scores.map(({ version, vector, score, by, cves }) => [
      version,
      score === undefined ? '' : SITE_WORDS[language].scored(score, SITE_WORDS[language].severities[severityOf(version, score)]),
      /^[\w.:/]+$/.test(vector) ? `\`${vector}\`` : escapeMarkdown(vector),
      ...(byCve ? [cves?.join(words.comma) ?? words.all] : []),
      ...(byWhom ? [by === undefined ? '' : escapeMarkdown(by)] : []),
    ]),
  );
  const weaknesses = advisory.weaknesses.filter((cwe) => !written.includes(cwe));
  return [scores.length === 0 ? '' : scoreTable, weaknesses.length === 0 ? '' : `${words.weakness}: ${weaknesses.map((cwe) => weaknessText(cwe, advisory, language)).join(words.comma)}`]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** A weakness by the name that it has in the language, with the CVE ids where it belongs to some only. */
function weaknessText(cwe: string, { weaknessCves = [] }: PublicAdvisory, language: Language): string {
  const { [language]: name } = weaknessPhrase(cwe) ?? {};
  const cves = weaknessCves.filter(({ id }) => id === cwe).flatMap((tie) => tie.cves);
  const about = cves.length === 0 ? '' : `: ${cves.join(WORDS[language].comma)}`;
  return name === undefined ? `${cwe}${about}` : `${escapeMarkdown(name)} (${cwe})${about}`;
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n');
}

/** What the authors wrote, section by section, without their notes to each other; sections without text are left out. */
export const writtenSections = ({ sections }: PublicText): ReadonlyMap<SectionId, string> =>
  new Map(sections.map(({ id, text }) => [id, withoutComments(visibleText(text)).trim()] as const).filter(([, written]) => written !== ''));

/** The text in the language, or the other one rather than nothing. */
export function inLanguage(text: { readonly en?: string; readonly ja?: string }, language: Language): string {
  return text[language] ?? text[otherLanguage(language)] ?? '';
}
