import { changedAt, publishedAt, type CatalogueEntry } from '../domain/catalogue.ts';
import { scoreCvss, type CvssScore } from '../domain/cvss.ts';
import { formatInstant, type Instant } from '../domain/instant.ts';
import type { Configuration, Cvss } from '../generated/documents.ts';
import { inLanguage } from './advisory-sections.ts';
import { WORDS, type Language } from './advisory-words.ts';
import { asUri } from './cve-record.ts';
import { JVNRSS } from './site-frame.ts';
import { xmlDocument, type ParentElement } from './xml.ts';

/** One advisory in a feed, in the language of the feed. */
export interface JvnRssEntry {
  /** JVN#61247051 */
  readonly id: string;
  readonly title: string;
  /** The page of the advisory. */
  readonly url: string;
  readonly publishedAt: Instant;
  /** The last update, or the publication. */
  readonly changedAt: Instant;
  readonly cves: readonly string[];
  readonly cvss: readonly Pick<CvssScore, 'version' | 'score' | 'severity'>[];
}

const NAMESPACES = {
  '@xmlns': 'http://purl.org/rss/1.0/',
  '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
  '@xmlns:rdf': 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  '@xmlns:dc': 'http://purl.org/dc/elements/1.1/',
  '@xmlns:dcterms': 'http://purl.org/dc/terms/',
  '@xmlns:sec': 'http://jvn.jp/rss/mod_sec/3.0/',
  '@xsi:schemaLocation': 'http://purl.org/rss/1.0/ https://jvndb.jvn.jp/schema/jvnrss_3.2.xsd',
};

/** The advisories as JVNRSS 3.2 (RSS 1.0 with mod_sec), in the order in which they are given; the same bytes for the same entries. */
export function jvnRss(entries: readonly JvnRssEntry[], language: Language, configuration: Configuration): string {
  const base = (asUri(configuration.public?.url ?? '') ?? '').replace(/\/+$/, '');
  const name = inLanguage(configuration.organisation.name, language);
  const at = (instant: Instant): string => formatInstant(instant, configuration.timezone);
  const listed = entries.flatMap((entry) => {
    const url = asUri(entry.url);
    return url === undefined ? [] : [{ ...entry, url }];
  });
  const changed = listed.length === 0 ? undefined : at(Math.max(...listed.map(({ changedAt }) => changedAt)));
  return xmlDocument('rdf:RDF', {
    ...NAMESPACES,
    '@xml:lang': language,
    channel: {
      '@rdf:about': `${base}/${JVNRSS[language]}`,
      title: name,
      link: `${base}/`,
      description: `${name}: ${WORDS[language].advisories}`,
      'dc:language': language,
      'dc:publisher': name,
      'dc:date': changed,
      'dcterms:modified': changed,
      items: { 'rdf:Seq': { 'rdf:li': listed.map(({ url }) => ({ '@rdf:resource': url })) } },
    },
    item: listed.map((entry): ParentElement => ({
      '@rdf:about': entry.url,
      title: entry.title,
      link: entry.url,
      'dc:language': language,
      'sec:identifier': entry.id,
      'sec:references': entry.cves.map((id) => ({ '@source': 'CVE', '@id': id, '#text': cvePage(id) })),
      'sec:cvss': entry.cvss.map(({ version, score, severity }) => ({ '@version': version, '@score': score.toFixed(1), '@type': 'Base', '@severity': severityName(severity) })),
      'dc:date': at(entry.changedAt),
      'dcterms:issued': at(entry.publishedAt),
      'dcterms:modified': at(entry.changedAt),
    })),
  });
}

/** The entry of an advisory as the catalogue knows it; undefined when the language is missing. */
export function jvnRssEntry(entry: CatalogueEntry, language: Language, url: string): JvnRssEntry | undefined {
  const title = entry.titles[language];
  return title === undefined ? undefined : { id: entry.id, title, url, publishedAt: publishedAt(entry), changedAt: changedAt(entry), cves: entry.cves, cvss: entry.cvss === undefined ? [] : [entry.cvss] };
}

/** A severity as the formats of JVN spell it. */
export const severityName = (severity: CvssScore['severity']): string => `${severity.slice(0, 1).toUpperCase()}${severity.slice(1)}`;

/** Of each version of CVSS the worst score, oldest version first: the formats of JVN have one of each for the whole advisory. */
export function worstScores(cvss: readonly Cvss[]): CvssScore[] {
  const worst = new Map<Cvss['version'], CvssScore>();
  for (const { version, vector } of cvss) {
    const scored = scoreCvss(vector);
    if (scored.score > (worst.get(version)?.score ?? -1)) worst.set(version, scored);
  }
  return [...worst.values()].sort((a, b) => (a.version < b.version ? -1 : 1));
}

/** Where the record of a CVE id is read. */
export const cvePage = (id: string): string => `https://www.cve.org/CVERecord?id=${id}`;

/** Where a weakness is read about. */
export const cwePage = (id: string): string => `https://cwe.mitre.org/data/definitions/${id.replace(/^CWE-/, '')}.html`;
