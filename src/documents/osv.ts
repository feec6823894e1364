import { isAbout } from '../domain/case.ts';
import { formatInstant, type Instant } from '../domain/instant.ts';
import { aboutOnly, withdrawnAt, type PublicAdvisory, type PublicDates, type PublicProduct } from '../domain/publication.ts';
import type { Configuration, Cvss, VersionRange } from '../generated/documents.ts';
import { writtenSections } from './advisory-sections.ts';
import { asUri } from './cve-record.ts';
import { creditNames } from './credit-names.ts';
import { collectedPackage } from './package-collections.ts';
import { visibleText } from './public-text.ts';

/** The version of the OSV schema that the document keeps to. */
const SCHEMA_VERSION = '1.7.0';

const inUtc = (at: Instant): string => formatInstant(at, 'UTC').replace('+00:00', 'Z');

/**
 * The advisory as OSV, for those of its products that are packages of an ecosystem that OSV knows and have ranges that a program can
 * put in order; undefined where there is none, or no public.osvPrefix. In English, or Japanese where there is no English. The same
 * bytes for the same advisory and dates.
 */
export function osvDocument(whole: PublicAdvisory, dates: PublicDates, pages: readonly { readonly url: string }[], configuration: Configuration): object | undefined {
  const { publishedAt, updates } = dates;
  const withdrawn = withdrawnAt(dates);
  const prefix = configuration.public?.osvPrefix;
  const text = whole.texts.en ?? whole.texts.ja;
  const packages = whole.products.filter((product) => affectedPackage(product) !== undefined);
  const advisory = ofPackages(whole, packages);
  const affected = withSeverity(packages, advisory);
  if (prefix === undefined || text === undefined || packages.length === 0) return undefined;
  const written = writtenSections(text);
  const details = ['overview', 'description', 'impact', 'solution'] as const;
  const credit = written.get('credit') ?? '';
  return {
    schema_version: SCHEMA_VERSION,
    id: `${prefix}-${advisory.number}`,
    published: inUtc(publishedAt),
    modified: inUtc(updates.at(-1)?.at ?? publishedAt),
    ...(withdrawn === undefined ? {} : { withdrawn: inUtc(withdrawn) }),
    // Aliases are the same flaw; of several ids each is a part of it (OSV schema, aliases and related).
    ...list(advisory.cves.length === 1 ? 'aliases' : 'related', advisory.cves.map(({ id }) => id)),
    summary: visibleText(text.title),
    details: details.flatMap((id) => written.get(id) ?? []).join('\n\n'),
    ...affected,
    references: references(advisory, pages),
    // The gate lets nobody into this section who has not agreed to it.
    ...list('credits', creditNames(credit).map((name) => ({ name, type: 'REPORTER' }))),
    database_specific: { id: advisory.publicId, ...list('cwe_ids', [...new Set(advisory.weaknesses)]) },
  };
}

/** What is said of other products of the case alone would be read as said of these packages. */
function ofPackages(advisory: PublicAdvisory, packages: readonly PublicProduct[]): PublicAdvisory {
  const tied = packages.map(({ cves }) => cves);
  return tied.includes(undefined) ? advisory : aboutOnly(advisory, tied.flatMap((cves) => cves ?? []));
}

/** The packages with their scores, which stand once for all of them where they are the same, and in only one of the two places (OSV schema, severity). */
function withSeverity(packages: readonly PublicProduct[], { cvss }: PublicAdvisory): object {
  const scored = packages.map((product) => ({ product: affectedPackage(product) ?? {}, scores: cvss.filter(({ cves }) => cves?.some((id) => isAbout(product, id)) ?? true).flatMap(severity) }));
  const [first] = scored;
  const same = scored.every(({ scores }) => JSON.stringify(scores) === JSON.stringify(first?.scores));
  return same ? { ...list('severity', first?.scores ?? []), affected: scored.map(({ product }) => product) } : { affected: scored.map(({ product, scores }) => ({ ...product, ...list('severity', scores) })) };
}

const list = (name: string, values: readonly unknown[]): object => (values.length === 0 ? {} : { [name]: values });

/** One of each kind: OSV does not say whose a score is. */
const severity = ({ version, vector }: Cvss, index: number, all: readonly Cvss[]): object[] => {
  const kind = (of: Cvss['version']): string => `CVSS_V${of.slice(0, 1)}`;
  return all.findIndex((one) => kind(one.version) === kind(version)) === index ? [{ type: kind(version), score: vector }] : [];
};

/** The order of npm versions is that of semantic versions; the others are the ecosystem's. */
const rangeType = (scheme: VersionRange['scheme']): 'SEMVER' | 'ECOSYSTEM' => (scheme === 'semver' || scheme === 'npm' ? 'SEMVER' : 'ECOSYSTEM');

function affectedPackage({ purl, ranges = [] }: PublicProduct): object | undefined {
  const collected = collectedPackage(purl);
  if (collected === undefined) return undefined;
  // Of a custom order no program can tell what lies between two versions.
  const events = ranges.filter(({ scheme, exact }) => scheme !== 'custom' && exact === undefined).map((range) => ({ type: rangeType(range.scheme), events: eventsOf(range) }));
  const versions = ranges.flatMap(({ exact }) => (exact === undefined ? [] : [visibleText(exact)]));
  if (events.length + versions.length === 0) return undefined;
  return { package: { ecosystem: collected.ecosystem, name: collected.name, purl }, ...list('ranges', events), ...list('versions', [...new Set(versions)]) };
}

/**
 * A range from its first version to its end. Of fixed and last_affected only one may stand there, and readers learn from fixed alone what
 * to update to: last_affected is for a flaw without a known fix (OSV schema, affected[].ranges[].events).
 */
function eventsOf({ from = '0', before, through, fixed }: VersionRange): object[] {
  const end = before ?? fixed;
  return [{ introduced: visibleText(from) }, ...(end !== undefined ? [{ fixed: visibleText(end) }] : through !== undefined ? [{ last_affected: visibleText(through) }] : [])];
}

/** What vendors say is an advisory, as ours is. */
function references({ vendors, products, references: others }: PublicAdvisory, pages: readonly { readonly url: string }[]): object[] {
  const byUrl = new Map<string, object>();
  const add = (type: 'ADVISORY' | 'WEB', url: string | undefined): void => {
    const uri = url === undefined ? undefined : asUri(url);
    if (uri !== undefined && !byUrl.has(uri)) byUrl.set(uri, { type, url: uri });
  };
  for (const { url } of [...pages, ...vendors]) add('ADVISORY', url);
  for (const url of [...products.map(({ remedyUrl }) => remedyUrl), ...others.map((other) => other.url)]) add('WEB', url);
  return [...byUrl.values()];
}
