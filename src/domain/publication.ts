import { createHash } from 'node:crypto';
import type { Bilingual, Configuration, Cvss, FixAvailableEntry, Product, Reference, Statement, UpdatedEntry, Vendor, VendorStatusEntry, VersionRange } from '../generated/documents.ts';
import type { CaseState, VendorState } from './case-state.ts';
import { isAbout, publicId, SECTIONS, weaknessIds, type AdvisoryText, type CaseRecord, type LoggedEntry, type SectionId } from './case.ts';
import type { Instant } from './instant.ts';
import { nameKey } from './name-folding.ts';

/** One language of an advisory, as the public sees it. */
export interface PublicText {
  readonly title: string;
  /** In the order of SECTIONS; Markdown. Sections without text are left out. */
  readonly sections: readonly { readonly id: SectionId; readonly text: string }[];
}

export interface PublicProduct {
  readonly vendor: string;
  readonly name: string;
  readonly versions: readonly string[];
  /** The same versions for machines. */
  readonly ranges?: readonly VersionRange[];
  readonly link?: string;
  /** A package URL without a version. */
  readonly purl?: string;
  /** The CVE ids that it is affected by; all of the case when missing. */
  readonly cves?: readonly string[];
  readonly supportEnded?: true;
  readonly hosted?: true;
  /** The best that users can do, and what the registry calls the vendor where the product calls it otherwise. */
  readonly remedy?: FixAvailableEntry['remediation'];
  /** Where users get it, or read of it. */
  readonly remedyUrl?: string;
  readonly vendorNames?: Bilingual;
}

/** The public status of one vendor; its contact progress is never published. */
export interface PublicVendorStatus {
  readonly names: Bilingual;
  readonly status: VendorStatusEntry['status'];
  /** The CVE ids that the status is about; all of the case when missing. */
  readonly cves?: readonly string[];
  readonly statement?: Statement;
  readonly url?: string;
}

/** Everything of a case that may become public, and nothing else: what is not on this list stays in the case repository. */
export interface PublicAdvisory {
  /** JVN#61247051 */
  readonly publicId: string;
  readonly number: string;
  readonly series: string;
  readonly texts: { readonly en?: PublicText; readonly ja?: PublicText };
  readonly products: readonly PublicProduct[];
  /** CWE ids. */
  readonly weaknesses: readonly string[];
  /** Of the weaknesses, those that belong to some CVE ids only. */
  readonly weaknessCves?: readonly { readonly id: string; readonly cves: readonly string[] }[];
  readonly cvss: readonly Cvss[];
  readonly references: readonly Reference[];
  readonly cves: readonly { readonly id: string; readonly assigner: string; readonly flaw?: string }[];
  readonly vendors: readonly PublicVendorStatus[];
  /** English; the description of the CVE records. */
  readonly cveDescription?: string;
  /** The reporter wants public credit: what the advisory says of it may stand in the CVE records too. */
  readonly credited?: true;
  /** Of single records, by CVE id, in the order of the ids. */
  readonly cveDescriptions?: readonly { readonly id: string; readonly text: string }[];
}

/** When an advisory became public, and each change since, oldest first. */
export interface PublicDates {
  readonly publishedAt: Instant;
  readonly updates: readonly Update[];
}

/** One line of the update history; of what kind it is, where it is more than an addition. */
export interface Update {
  readonly at: Instant;
  readonly summary: Bilingual;
  readonly kind?: NonNullable<UpdatedEntry['kind']>;
}

/** An advisory as it stands in the public repository: everything that its page, the lists and the feeds are made from. */
export interface PublishedAdvisory {
  readonly advisory: PublicAdvisory;
  readonly dates: PublicDates;
}

const given = <K extends string, V>(name: K, value: V | undefined): Partial<Record<K, V>> => (value === undefined ? {} : ({ [name]: value } as Partial<Record<K, V>>));

/** A section that stands in the text twice is published whole; what has no known heading is not published (the gate says so). */
function publicText(text: AdvisoryText): PublicText {
  const sections = SECTIONS.flatMap(({ id }) => {
    const written = text.sections.filter((section) => section.id === id && section.text.trim() !== '').map((section) => section.text);
    return written.length === 0 ? [] : [{ id, text: written.join('\n\n') }];
  });
  return { title: text.header.title, sections };
}

const publicRange = ({ scheme, exact, from, before, through, fixed }: VersionRange): VersionRange => ({
  scheme,
  ...given('exact', exact),
  ...given('from', from),
  ...given('before', before),
  ...given('through', through),
  ...given('fixed', fixed),
});

const publicNames = (names: Bilingual): Bilingual => ({ ...given('en', names.en), ...given('ja', names.ja) });

const publicProduct = ({ vendor, name, versions, ranges, link, purl, cves, supportEnded, hosted }: Product): PublicProduct => ({
  vendor,
  name,
  versions: [...versions],
  ...given('ranges', ranges?.map(publicRange)),
  ...given('link', link),
  ...given('purl', purl),
  ...given('cves', cves && [...cves]),
  ...given('supportEnded', supportEnded),
  ...given('hosted', hosted),
});

/** Whether one of the names is this one. */
export const isNamed = (names: Bilingual, name: string): boolean => [names.en, names.ja].some((known) => known !== undefined && nameKey(known) === nameKey(name));

/** From the best down; a part of a fix is none. */
const REMEDIES = ['fix', 'workaround', 'stop-using'] as const;

/** What the log has of this vendor, or of no vendor in particular; the newest address of it. */
function remedyOf({ remediations }: CaseState, vendor: string | undefined): Pick<PublicProduct, 'remedy' | 'remedyUrl'> {
  const known = remediations.flatMap(({ entry }) => (entry.partial === true || (entry.vendor ?? vendor) !== vendor ? [] : [entry]));
  const remedy = REMEDIES.find((one) => known.some(({ remediation }) => remediation === one));
  const url = known.findLast(({ remediation, url: address }) => remediation === remedy && address !== undefined)?.url;
  return { ...given('remedy', remedy), ...given('remedyUrl', url) };
}

function forReaders({ registry, vendor }: Product, state: CaseState, vendors: ReadonlyMap<string, Vendor>): Pick<PublicProduct, 'remedy' | 'remedyUrl' | 'vendorNames'> {
  const slug = registry ?? [...state.vendors.keys()].find((one) => isNamed(vendors.get(one)?.name ?? {}, vendor));
  const names = vendors.get(slug ?? '')?.name;
  return { ...remedyOf(state, slug), ...given('vendorNames', names === undefined || isNamed(names, vendor) ? undefined : publicNames(names)) };
}

/** One row for the status of the whole case, and one for each status that is about some CVE ids only. */
function publicStatuses(vendor: VendorState, names: Bilingual): PublicVendorStatus[] {
  const row = ({ entry }: LoggedEntry<VendorStatusEntry>, cves?: readonly string[]): PublicVendorStatus => ({
    names: publicNames(names),
    status: entry.status,
    ...given('cves', cves),
    ...given('statement', entry.statement && { ...given('en', entry.statement.en), ...given('ja', entry.statement.ja) }),
    ...given('url', entry.url),
  });
  const byEntry = new Map<LoggedEntry<VendorStatusEntry>, string[]>();
  for (const [cve, logged] of vendor.statusByCve) byEntry.set(logged, [...(byEntry.get(logged) ?? []), cve]);
  return [...(vendor.status ? [row(vendor.status)] : []), ...[...byEntry].map(([logged, cves]) => row(logged, cves.sort()))];
}

/**
 * The allow-list: copies field by field what may become public, so that a field that is new in a file stays private
 * until somebody adds it here. Contact progress, reasons, the narrative, wishes and the log are not on it
 * (handling overview: no PoC, no reproduction; domain: the public side is an allow-list projection).
 */
export function publicAdvisory(record: CaseRecord, state: CaseState, vendors: ReadonlyMap<string, Vendor>, configuration: Configuration): PublicAdvisory {
  const { file, advisories } = record;
  // Only a record that we write ourselves needs the description; that of another CNA is theirs.
  const ours = state.cves.filter(({ assigner }) => assigner === configuration.cna?.shortName).map(({ id }) => id);
  const descriptions = Object.entries(advisories.en?.header.cveDescriptions ?? {}).filter(([id]) => ours.includes(id)).map(([id, text]) => ({ id, text }));
  const tied = (file.weaknesses ?? []).flatMap((weakness) => (typeof weakness === 'string' ? [] : [{ id: weakness.id, cves: [...weakness.cves] }]));
  return {
    publicId: publicId(file),
    number: record.number,
    series: file.series,
    texts: { ...given('en', advisories.en && publicText(advisories.en)), ...given('ja', advisories.ja && publicText(advisories.ja)) },
    products: file.products.map((product) => ({ ...publicProduct(product), ...forReaders(product, state, vendors) })),
    weaknesses: [...new Set(weaknessIds(file))],
    ...given('weaknessCves', tied.length === 0 ? undefined : tied),
    cvss: (file.cvss ?? []).map(({ version, vector, score, by, cves }) => ({ version, vector, ...given('score', score), ...given('by', by), ...given('cves', cves && [...cves]) })),
    references: (file.references ?? []).map(({ url, title, cves }) => ({ url, ...given('title', title), ...given('cves', cves && [...cves]) })),
    cves: state.cves.map(({ id, assigner, flaw }) => ({ id, assigner, ...given('flaw', flaw) })).sort((a, b) => (a.id < b.id ? -1 : 1)),
    // By short name, so that the order in which vendors were told stays ours.
    vendors: [...state.vendors.values()]
      .sort((a, b) => (a.slug < b.slug ? -1 : 1))
      .flatMap((vendor) => publicStatuses(vendor, vendors.get(vendor.slug)?.name ?? { en: vendor.slug })),
    ...given('cveDescription', ours.length > 0 ? advisories.en?.header.cveDescription : undefined),
    ...given('credited', ours.length > 0 && file.wishes?.publicCredit === true ? true : undefined),
    ...given('cveDescriptions', descriptions.length === 0 ? undefined : descriptions.sort((a, b) => (a.id < b.id ? -1 : 1))),
  };
}

/** The update history of a case. */
export const updatesOf = ({ updates }: Pick<CaseState, 'updates'>): Update[] => updates.map(({ at, entry: { summary, kind } }) => ({ at, summary, ...given('kind', kind) }));

/** Since when an advisory is withdrawn: its last update says so, and nothing came after. */
export function withdrawnAt({ updates }: PublicDates): Instant | undefined {
  const last = updates.at(-1);
  return last?.kind === 'withdrawal' ? last.at : undefined;
}

/** Each file that the public would get of an advisory, by its name, with its hash. */
export type Outputs = Readonly<Record<string, string>>;

/** Names of the files that are not the same in both, or stand in one alone. */
export const differentOutputs = (a: Outputs, b: Outputs): string[] => [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => a[name] !== b[name]).sort();

/** The weaknesses that belong to this CVE id, or to the case where it has none. */
export const weaknessesOf = ({ weaknesses, weaknessCves = [] }: PublicAdvisory, cve: string | undefined): string[] =>
  weaknesses.filter((id) => {
    const ties = weaknessCves.filter((tie) => tie.id === id);
    return ties.length === 0 || ties.some((tie) => isAbout(tie, cve));
  });

/** What of an advisory is about these CVE ids: what is tied to other ids alone is left out. Its texts are about the whole case. */
export function aboutOnly(advisory: PublicAdvisory, ids: readonly string[]): PublicAdvisory {
  const among = <T extends { readonly cves?: readonly string[] }>(values: readonly T[]): T[] => values.filter((value) => ids.some((id) => isAbout(value, id)));
  return {
    ...advisory,
    products: among(advisory.products),
    weaknesses: advisory.weaknesses.filter((weakness) => ids.some((id) => weaknessesOf(advisory, id).includes(weakness))),
    cvss: among(advisory.cvss),
    references: among(advisory.references),
    cves: advisory.cves.filter(({ id }) => ids.includes(id)),
    vendors: among(advisory.vendors),
  };
}

/** The text of the CVE record of this id, or the one that all records of the case share. */
export const descriptionOf = ({ cveDescription, cveDescriptions = [] }: PublicAdvisory, cve: string): string | undefined => cveDescriptions.find(({ id }) => id === cve)?.text ?? cveDescription;

/** For JSON.stringify: fields in the order of their names, so that the same content is the same text. */
export const inKeyOrder = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;

/** Stands for exactly this public content: what an approval is bound to. */
export const contentHash = (advisory: PublicAdvisory): string => `sha256:${createHash('sha256').update(JSON.stringify(advisory, inKeyOrder)).digest('hex')}`;

/** Every piece of text in a value, in the order of its fields. */
export const stringsIn = (value: unknown): string[] => (typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []);

/** Every piece of text that the public would read, to search in. */
export const publicStrings = (advisory: PublicAdvisory): string[] => stringsIn(advisory);
