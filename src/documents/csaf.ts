import { publicId, SECTIONS, sectionHeading } from '../domain/case.ts';
import { formatInstant, type Instant } from '../domain/instant.ts';
import { refusal } from '../domain/problem.ts';
import type { PublicAdvisory, PublicDates } from '../domain/publication.ts';
import type { Configuration } from '../generated/documents.ts';
import { inLanguage, updateText, withdrawalText, writtenSections } from './advisory-sections.ts';
import { otherLanguage, WORDS, type Language } from './advisory-words.ts';
import { csafProducts, productTree } from './csaf-products.ts';
import { csafVulnerability, externalReferences, type CsafNote } from './csaf-vulnerability.ts';
import { CSAF_WORDS } from './csaf-words.ts';
import { asUri } from './cve-record.ts';
import { advisoryUrls } from './public-files.ts';
import { visibleText } from './public-text.ts';

/** A CSAF 2.0 document, as far as others of our files speak of it. */
export interface CsafDocument {
  readonly document: {
    readonly title: string;
    readonly tracking: { readonly id: string; readonly initial_release_date: string; readonly current_release_date: string };
  };
}

/** Where the public repository is served, without a slash at the end. */
export function publicBase(configuration: Configuration): string {
  const url = asUri(configuration.public?.url ?? '')?.replace(/\/+$/, '');
  if (url?.startsWith('https://') === true) return url;
  // CSAF 2.0, 7.1.3: no document may be had over a connection that anybody can change.
  throw refusal('csaf-https', 'CSAF documents are served by https only, and public.url in vcc.yaml is another address', 'Change public.url to the https address of the public repository, or leave out public.csaf.');
}

const inUtc = (at: Instant): string => formatInstant(at, 'UTC').replace('+00:00', 'Z');

/**
 * Where the document lies in the public repository. The name follows from its id (CSAF 2.0, 5.1), the year from the date that stands
 * in it, which is in UTC: on New Year's Day in Tokyo that is the old year.
 */
export const csafPath = ({ document: { tracking } }: CsafDocument): string =>
  `csaf/white/${tracking.initial_release_date.slice(0, 4)}/${fileNameOf(tracking.id)}`;
const fileNameOf = (id: string): string => `${id.toLowerCase().replace(/[^+\-a-z0-9]+/g, '_')}.json`;

/**
 * One document has one language (document.lang), and readers choose by it; so each language is a document of its own, whole and
 * with an id of its own, for an id names one document. The English one has the plain id, as most readers of CSAF read English.
 * Neither is a translation of the other (source_lang): both texts were approved. Product ids are the same in both.
 */
const trackingId = ({ series, number }: PublicAdvisory, language: Language): string => `${publicId({ series, id: number }).replace('#', '-')}${language === 'en' ? '' : `-${language}`}`;

/** The advisory in one language as CSAF 2.0, profile csaf_security_advisory; undefined when the language is missing. The same bytes for the same advisory and dates. */
export function csafDocument(advisory: PublicAdvisory, language: Language, dates: PublicDates, configuration: Configuration): CsafDocument | undefined {
  const text = advisory.texts[language];
  if (text === undefined) return undefined;
  const products = csafProducts(advisory, language);
  if (products.length === 0) throw refusal('csaf-products', `${advisory.publicId}: the CSAF document names no product.`, 'Add products: to case.md.');
  const written = writtenSections(text);
  const credit = written.get('credit');
  // An advisory of one id is told once, for all of the case; of several ids each is a vulnerability.
  const cves = advisory.cves.length === 0 ? [undefined] : advisory.cves;
  return {
    document: {
      // The gate lets nobody into this section who has not agreed to it.
      ...(credit === undefined ? {} : { acknowledgments: [{ summary: credit }] }),
      category: 'csaf_security_advisory',
      csaf_version: '2.0',
      distribution: { tlp: { label: 'WHITE', url: 'https://www.first.org/tlp/' } },
      lang: language,
      notes: [...withdrawalNote(dates, language, configuration), ...notesOf(written, advisory, language, configuration)],
      publisher: publisherOf(language, configuration),
      references: referencesOf(advisory, language, dates.publishedAt, configuration),
      title: visibleText(text.title),
      tracking: trackingOf(advisory, language, dates),
    },
    product_tree: productTree(products),
    vulnerabilities: cves.map((cve) => csafVulnerability({ advisory, language, products, cve, solution: written.get('solution'), description: written.get('overview') ?? visibleText(text.title), organisation: configuration.organisation })),
  } as CsafDocument;
}

/** Who publishes, also for provider-metadata.json. */
export function publisherOf(language: Language, configuration: Configuration): object {
  const { name, email } = configuration.organisation;
  const organisation = inLanguage(name, language);
  return { category: 'coordinator', contact_details: email, issuing_authority: CSAF_WORDS[language].authority(organisation), name: organisation, namespace: publicBase(configuration) };
}

const NOTE_CATEGORIES: Readonly<Partial<Record<(typeof SECTIONS)[number]['id'], CsafNote['category']>>> = { overview: 'summary', description: 'description', affected: 'details', impact: 'details', solution: 'details' };

/** CSAF 2.0 has no status for it: the document stays final, and says so first. */
function withdrawalNote(dates: PublicDates, language: Language, { timezone }: Configuration): CsafNote[] {
  const text = withdrawalText(dates, language, timezone);
  return text === undefined ? [] : [{ category: 'general', text, title: WORDS[language].kinds.withdrawal }];
}

/** The authors' sections as they stand, in Markdown, then what each vendor says. */
function notesOf(written: ReadonlyMap<string, string>, { vendors }: PublicAdvisory, language: Language, { organisation }: Configuration): CsafNote[] {
  const sections = SECTIONS.flatMap((section): CsafNote[] => {
    const text = written.get(section.id);
    return text === undefined || section.id === 'credit' ? [] : [{ category: NOTE_CATEGORIES[section.id] ?? 'other', text, title: sectionHeading(section, language, organisation) }];
  });
  const statements = vendors.flatMap(({ names, statement, status, cves }): CsafNote[] => {
    const text = visibleText(statement === undefined ? '' : inLanguage(statement, language)).trim();
    const about = [WORDS[language].statuses[status], ...(cves ?? [])].join(WORDS[language].comma);
    return text === '' ? [] : [{ category: 'other', text, title: `${WORDS[language].statement}: ${visibleText(inLanguage(names, language))} (${about})` }];
  });
  return [...sections, ...statements];
}

function trackingOf(advisory: PublicAdvisory, language: Language, { publishedAt, updates }: PublicDates): object {
  const first = { at: publishedAt, summary: CSAF_WORDS[language].firstPublished };
  const revisions = [first, ...updates.map((update) => ({ at: update.at, summary: updateText(update, language) }))];
  return {
    aliases: [advisory.publicId],
    current_release_date: inUtc(revisions.at(-1)?.at ?? publishedAt),
    id: trackingId(advisory, language),
    initial_release_date: inUtc(publishedAt),
    revision_history: revisions.map(({ at, summary }, index) => ({ date: inUtc(at), number: String(index + 1), summary })),
    status: 'final',
    version: String(revisions.length),
  };
}

interface CsafReference {
  readonly category: 'self' | 'external';
  readonly summary: string;
  readonly url: string;
}

function referencesOf(advisory: PublicAdvisory, language: Language, publishedAt: Instant, configuration: Configuration): CsafReference[] {
  const words = CSAF_WORDS[language];
  const other = otherLanguage(language);
  const pages = advisoryUrls(advisory, publishedAt, configuration);
  const addressOf = (of: Language): string => `${publicBase(configuration)}/csaf/white/${inUtc(publishedAt).slice(0, 4)}/${fileNameOf(trackingId(advisory, of))}`;
  const external = (title: string, url: string): CsafReference[] => externalReferences([{ url, title }]);
  const pageIn = (of: Language): string[] => pages.filter((page) => page.language === of).map(({ url }) => url);
  const references: CsafReference[] = [
    { category: 'self', summary: words.thisDocument, url: addressOf(language) },
    ...pageIn(language).map((url): CsafReference => ({ category: 'self', summary: words.advisoryPage, url })),
    ...(advisory.texts[other] === undefined ? [] : external(words.otherDocument, addressOf(other))),
    ...pageIn(other).flatMap((url) => external(words.otherPage, url)),
    ...advisory.vendors.flatMap(({ names, url }) => (url === undefined ? [] : external(words.vendorPage(inLanguage(names, language)), url))),
    // What belongs to some ids only stands with these.
    ...externalReferences(advisory.references.filter(({ cves }) => cves === undefined || !advisory.cves.some(({ id }) => cves.includes(id)))),
  ];
  return references.filter(({ url }, index) => references.findIndex((one) => one.url === url) === index);
}
