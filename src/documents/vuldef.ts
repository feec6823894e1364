import { isAbout, sectionHeading, SECTIONS, type SectionId } from '../domain/case.ts';
import { formatInstant } from '../domain/instant.ts';
import { isNamed, type PublicAdvisory, type PublicDates } from '../domain/publication.ts';
import { weaknessName } from '../domain/weakness-names.ts';
import type { Configuration } from '../generated/documents.ts';
import { inLanguage, updateText, withdrawalText, writtenSections } from './advisory-sections.ts';
import { otherLanguage, WORDS, type Language } from './advisory-words.ts';
import { CSAF_WORDS } from './csaf-words.ts';
import { asUri } from './cve-record.ts';
import { cvePage, cwePage, severityName, worstScores } from './jvnrss.ts';
import { versionPhrases } from './version-phrases.ts';
import { xmlDocument, type Element } from './xml.ts';

const NAMESPACES = {
  '@xmlns': 'http://jvn.jp/vuldef/',
  '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
  '@xmlns:vuldef': 'http://jvn.jp/vuldef/',
  '@xmlns:sec': 'http://jvn.jp/rss/mod_sec/3.0/',
  '@xmlns:marking': 'http://data-marking.mitre.org/Marking-1',
  '@xmlns:tlpMarking': 'http://data-marking.mitre.org/extensions/MarkingStructure#TLP-1',
  '@xsi:schemaLocation':
    'http://jvn.jp/vuldef/ https://jvndb.jvn.jp/schema/vuldef_3.2.xsd http://jvn.jp/rss/mod_sec/3.0/ https://jvndb.jvn.jp/schema/mod_sec_3.0.xsd http://data-marking.mitre.org/extensions/MarkingStructure#TLP-1 https://jvndb.jvn.jp/schema/tlp_marking.xsd',
};

/** Where the advisory is read. */
type Pages = readonly { readonly language: Language; readonly url: string }[];

/** What everybody may read, as JVN marks it. */
const HANDLING: Element = {
  'marking:Marking': {
    'marking:Marking_Structure': {
      '@xsi:type': 'tlpMarking:TLPMarkingStructureType',
      '@marking_model_name': 'TLP',
      '@marking_model_ref': 'http://www.us-cert.gov/tlp/',
      '@color': 'WHITE',
    },
  },
};

/** Programs that read VULDEF show its text as it is: the headings of a solution stand there with their stars. */
const withoutEmphasis = (markdown: string): string => markdown.replaceAll(/\*\*([^*\n]+)\*\*/g, '$1');

/**
 * The advisory in one language as VULDEF 3.2, in the elements that JVN itself uses; undefined when the language is missing. Text is
 * Markdown, as in the other documents, but for its emphasis. The same bytes for the same advisory and dates.
 */
export function vuldefDocument(advisory: PublicAdvisory, language: Language, dates: PublicDates, pages: Pages, configuration: Configuration): string | undefined {
  const text = advisory.texts[language];
  if (text === undefined) return undefined;
  const written = new Map([...writtenSections(text)].map(([id, markdown]) => [id, withoutEmphasis(markdown)] as const));
  const at = (instant: number): string => formatInstant(instant, configuration.timezone);
  const { publishedAt, updates } = dates;
  const { name, email } = configuration.organisation;
  const detail = written.get('description');
  const credit = written.get('credit');
  const related = relatedItems(advisory, language, pages, configuration);
  const history = [{ at: publishedAt, summary: CSAF_WORDS[language].firstPublished }, ...updates.map((update) => ({ at: update.at, summary: updateText(update, language) }))];
  const data: Element = {
    Title: text.title,
    VulinfoDescription: { Overview: [withdrawalText(dates, language, configuration.timezone), written.get('overview') ?? text.title].filter((part) => part !== undefined).join('\n\n'), Detail: detail },
    Affected: advisory.products.length === 0 ? undefined : { AffectedItem: advisory.products.map((product) => affectedItem(product, language, advisory)) },
    Impact: impact(advisory, written),
    Solution: solutionOf(advisory, written.get('solution')),
    Related: related.length === 0 ? undefined : { RelatedItem: related },
    // The gate lets nobody into this section who has not agreed to it.
    Credit: credit === undefined ? undefined : { CreditItem: { Description: credit } },
    Contact: { ContactItem: { '@contacttype': 'organisation', Name: inLanguage(name, language), Email: email } },
    History: { HistoryItem: history.map(({ at: when, summary }, index) => ({ HistoryNo: String(index + 1), DateTime: at(when), Description: summary })) },
    DateFirstPublished: at(publishedAt),
    DateLastUpdated: at(updates.at(-1)?.at ?? publishedAt),
    DatePublic: at(publishedAt),
  };
  return xmlDocument('VULDEF-Document', {
    '@version': '3.2',
    ...NAMESPACES,
    '@xml:lang': language,
    // What does not say so is private by the schema.
    Vulinfo: { '@restriction': 'public', VulinfoID: advisory.publicId, VulinfoData: data },
    'sec:handling': HANDLING,
  });
}

/** Versions in the vendor's words, as JVN has them, in the language where these are the usual ones: programs read ranges from the other documents. The vendor by the name that the registry has in this language. */
function affectedItem({ vendor, name, cves, ...affected }: PublicAdvisory['products'][number], language: Language, { vendors }: PublicAdvisory): Element {
  const known = vendors.find(({ names }) => isNamed(names, vendor));
  return { Name: known === undefined ? vendor : inLanguage(known.names, language), ProductName: name, VersionNumber: versionPhrases(affected, language), Description: cves?.join(WORDS[language].comma) };
}

/** The schema has no score without words beside it, and no place for the id that a score belongs to: a description says it. */
function impact({ cvss, cves }: PublicAdvisory, written: ReadonlyMap<SectionId, string>): Element | undefined {
  const scored = (cves.length === 0 ? [undefined] : cves.map(({ id }) => id)).flatMap((id) => worstScores(cvss.filter((one) => isAbout(one, id))).map((score) => ({ id, score })));
  const scores = [...new Map(scored.map(({ score }) => [score.vector, score])).values()].sort((a, b) => (a.version < b.version ? -1 : Number(a.version > b.version)));
  const words = written.get('impact');
  if (scores.length === 0 && words === undefined) return undefined;
  const owners = cvss.some((one) => one.cves !== undefined) ? scored.map(({ id, score: { vector, score } }) => `${id === undefined ? '' : `${id}: `}${vector} (${score.toFixed(1)})`) : [];
  return {
    Cvss: scores.map(({ version, vector, score, severity }) => ({ '@version': version, Severity: { '@type': 'Base', '#text': severityName(severity) }, Base: score.toFixed(1), Vector: vector })),
    ImpactItem: { Description: [words ?? '', ...owners] },
  };
}

/** The text, and where the remedies are; the schema has no address without words beside it. */
function solutionOf({ products }: PublicAdvisory, words: string | undefined): Element | undefined {
  const urls = [...new Set(products.flatMap(({ remedyUrl }) => asUri(remedyUrl ?? '') ?? []))];
  return words === undefined && urls.length === 0 ? undefined : { SolutionItem: { Description: words ?? '', URL: urls } };
}

/** First what the vendors say, then the other texts about the same flaw, then its kind, as JVN orders them. */
function relatedItems(advisory: PublicAdvisory, language: Language, pages: Pages, configuration: Configuration): Element[] {
  const words = WORDS[language];
  const vendors = advisory.vendors.map(({ names, status, cves, statement, url }): Element => {
    const name = inLanguage(names, language);
    const said = statement === undefined ? '' : inLanguage(statement, language).trim();
    const about = [words.statuses[status], ...(cves ?? [])].join(words.comma);
    return { '@type': 'vendor', Name: name, VulinfoID: CSAF_WORDS[language].vendorPage(name), URL: url === undefined ? undefined : asUri(url), Description: said === '' ? about : `${about}\n\n${said}` };
  });
  const cves = advisory.cves.map(({ id, flaw }): Element => ({ '@type': 'advisory', Name: 'Common Vulnerabilities and Exposures (CVE)', VulinfoID: id, Title: flaw, URL: cvePage(id) }));
  const page = [language, otherLanguage(language)].flatMap((of) => pages.filter((one) => one.language === of))[0];
  const own: Element[] = page === undefined ? [] : [{ '@type': 'advisory', Name: inLanguage(configuration.organisation.name, language), VulinfoID: advisory.publicId, URL: page.url }];
  const heading = SECTIONS.flatMap((section) => (section.id === 'references' ? [sectionHeading(section, language, configuration.organisation)] : []))[0];
  const others = advisory.references.flatMap(({ url, title }): Element[] => {
    const uri = asUri(url);
    return uri === undefined ? [] : [{ '@type': 'advisory', Name: heading, VulinfoID: title ?? uri, URL: uri }];
  });
  const { weaknessCves: ties = [] } = advisory;
  const weaknesses = [...new Set(advisory.weaknesses)].map((id): Element => ({ '@type': 'cwe', Name: 'Common Weakness Enumeration (CWE)', VulinfoID: id, Title: weaknessName(id), URL: cwePage(id), Description: ties.flatMap((tie) => (tie.id === id ? tie.cves : [])).join(words.comma) || undefined }));
  return [...vendors, ...cves, ...own, ...others, ...weaknesses];
}
