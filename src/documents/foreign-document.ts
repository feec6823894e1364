import { identityIn } from '../domain/identity.ts';
import { localDate, type Instant } from '../domain/instant.ts';
import { nameKey } from '../domain/name-folding.ts';
import { refusal, usage, VccError } from '../domain/problem.ts';
import type { Cvss, Product, Reference, Report, Reporter, Weakness } from '../generated/documents.ts';
import { asUri } from './cve-record.ts';
import { oneLine, Part, Reading, type LeftOut } from './document-part.ts';
import { versionsOf, type ForeignProduct, type ForeignVersion } from './foreign-versions.ts';
import { joined, joinedWeaknesses, tieAmong } from './foreign-ties.ts';
import { FORBIDDEN, legibleLine } from './legible.ts';
import { isFields, readJson, type JsonFields } from './strict-json.ts';

export const FORMATS = ['csaf', 'osv', 'cve'] as const;
export type ForeignFormat = (typeof FORMATS)[number];

/** Bytes; no reader has to take a larger CSAF document (CSAF 2.0, C.1). */
export const DOCUMENT_LIMIT = 15 * 1024 * 1024;

/** Somebody whom a document thanks. */
export interface Credited extends Pick<Reporter, 'name' | 'organisation'> {
  /** Whether the flaw was found or reported by them, as far as the document says. */
  readonly found: boolean;
}

/** What one of the readers finds in its format. Lines are as a file of ours may hold them; all else is still as it was written. */
export interface Facts {
  readonly root: Part;
  /** How a person calls it: CSAF document BSI-2022-0001. */
  readonly name: string;
  readonly title: string | undefined;
  readonly language: string | undefined;
  readonly source: { readonly name?: string | undefined; readonly reference?: string | undefined };
  /** What the flaw is and does. */
  readonly description: readonly string[];
  readonly products: readonly ForeignProduct[];
  readonly weaknesses: readonly Weakness[];
  readonly scores: readonly Cvss[];
  readonly references: readonly ForeignReference[];
  readonly cves: readonly ForeignCve[];
  readonly credited: readonly Credited[];
  /** Who found the flaw, where the document is theirs. */
  readonly reporter?: Reporter | undefined;
  /** What only the team reads: who says what about which product, remedies, terms, people. */
  readonly notes: readonly (readonly [heading: string, lines: readonly string[]])[];
  readonly terms?: string | undefined;
  /** When it was or is to be public. */
  readonly publicAt: readonly string[];
  /** Whether everybody can read it once these days have come. */
  readonly forEverybody: boolean;
  readonly warnings: readonly string[];
}

export interface ForeignReference extends Reference {
  /** Where it stands. */
  readonly at: Part;
}

export interface ForeignCve {
  readonly id: string;
  readonly assigner?: string | undefined;
  readonly flaw?: string | undefined;
}

/** A document of others as a report: what of it the case takes over, and what not. */
export interface ForeignDocument {
  readonly format: ForeignFormat;
  readonly name: string;
  readonly report: Partial<Report>;
  /** Products of which it does not name the vendor, or the versions. */
  readonly products: readonly (Omit<Product, 'vendor'> & { readonly vendor?: string })[];
  readonly cves: readonly ForeignCve[];
  readonly credited: readonly Credited[];
  /** Label of the Traffic Light Protocol that it came under. */
  readonly terms?: string | undefined;
  readonly leftOut: readonly LeftOut[];
  readonly warnings: readonly string[];
}

type Reader = (document: Part) => Facts;

export interface ReadingContext {
  readonly format: ForeignFormat;
  readonly now: Instant;
  readonly zone: string;
  readonly reader: Reader;
}

// Of schemas/report.schema.json and common.schema.json.
const MOST_PRODUCTS = 500;
const LONGEST_PROSE = 200_000;
/** A case file has a limit of its own, and is read by people. */
const MOST_OF_A_KIND = 200;
const MOST_CREDITED = 100;
const LONGEST_PRODUCTS = 400_000;
const CVE_ID = /^CVE-[0-9]{4}-[0-9]{4,19}$/;

/** Which of the formats an object says that it is in. */
function formatOf(value: JsonFields): ForeignFormat | undefined {
  const has = (field: string): boolean => Object.hasOwn(value, field);
  if (value['dataType'] === 'CVE_RECORD' || has('cveMetadata')) return 'cve';
  const { document } = value;
  if (isFields(document) && Object.hasOwn(document, 'csaf_version')) return 'csaf';
  return has('id') && has('modified') && (has('affected') || has('schema_version') || has('summary') || has('details')) ? 'osv' : undefined;
}

/** The format of a file that is no report, for a hint. */
export function foreignFormat(name: string, bytes: Uint8Array): ForeignFormat | undefined {
  const read = bytes[0] === 0x7b ? readJson(name, bytes) : undefined;
  return read?.ok === true && isFields(read.value) ? formatOf(read.value) : undefined;
}

/** Reads a document of others. Refuses, with findings at line and column, what is not in its format; what has no place in a case is counted. */
export function readForeign(name: string, bytes: Uint8Array, context: ReadingContext): ForeignDocument {
  const { format, reader } = context;
  const invalid = (message: string, findings: VccError['findings']): VccError =>
    refusal('document-invalid', `${legibleLine(name)}: ${message}`, 'Ask its sender for a document that holds together, or type what it says: vcc intake without a file asks for everything.', findings);
  const read = readJson(name, bytes);
  if (!read.ok) throw invalid('not a JSON document that can be read in one way only', read.findings);
  const { value, where } = read;
  const is = isFields(value) ? formatOf(value) : undefined;
  if (!isFields(value) || is === undefined) throw invalid(`nothing in the format ${format}`, [{ rule: 'schema', severity: 'error', file: name, ...where([]), message: 'nothing in it says that it is in this format' }]);
  if (is !== format) throw usage(`${legibleLine(name)} is in the format ${is}, and --from says ${format}`, `vcc intake --from ${is} FILE`);
  const reading = new Reading(name, value, where);
  const facts = reader(reading.root);
  const document = completed(facts, context);
  if (reading.findings.length > 0) throw invalid(`not as the format ${format} has it`, reading.findings);
  return { ...document, leftOut: reading.leftOut() };
}

function completed(facts: Facts, { format, now, zone }: ReadingContext): Omit<ForeignDocument, 'leftOut'> {
  const { title, source } = facts;
  const cves = cvesOf(facts);
  const ids = cves.map(({ id }) => id);
  const products = productsOf(facts, ids);
  const credited = withoutParties(facts);
  // Each text of the case is compared with each of them.
  if (credited.length > MOST_CREDITED) facts.root.object('acknowledgments', `thanks more than ${MOST_CREDITED} people`);
  const named = (text: string): boolean => credited.length <= MOST_CREDITED && credited.some((person) => identityIn(text, person) !== undefined);
  const limits = facts.publicAt.map((moment) => Date.parse(moment)).filter((moment) => moment > now);
  const notes = [...facts.notes, ['Thanked', credited.map(({ name, organisation, found }) => [name, organisation, found ? 'found or reported it' : undefined].filter((part) => part !== undefined).join(', '))] as const].filter(([, lines]) => lines.length > 0);
  const whole = products.every(({ vendor }) => vendor !== undefined);
  const prose = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim().slice(0, LONGEST_PROSE));
  const report: { [K in keyof Report]?: Report[K] | undefined } = {
    title: title === undefined ? undefined : /[\u3040-\u30ff\u3400-\u9fff]/u.test(title) ? { ja: shortened(title) } : { en: shortened(title) },
    products: whole && products.length > 0 ? (products as Product[]) : undefined,
    weaknesses: orNone(joinedWeaknesses(facts.weaknesses, ids).slice(0, MOST_OF_A_KIND)),
    cvss: orNone(joined(facts.scores, ({ vector }) => vector, ids).slice(0, MOST_OF_A_KIND)),
    cves: orNone(cves.map(({ id }) => id)),
    references: orNone(joined(referencesOf(facts, named), ({ url }) => url, ids)),
    impact: prose(facts.description.join('\n\n')),
    notes: prose(notes.map(([heading, lines]) => `${heading}:\n${bounded(lines).join('\n')}`).join('\n\n')),
    public: facts.forEverybody && limits.length === 0 ? true : undefined,
    timeLimits: orNone([...new Set(limits.map((moment) => localDate(moment, zone)))].sort().slice(0, 1).map((date) => ({ date }))),
    reporter: facts.reporter,
    source: Object.values(source).every((part) => part === undefined) ? undefined : personless(source, named),
    language: facts.language !== undefined && /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.test(facts.language) ? facts.language : undefined,
  };
  return {
    format,
    name: facts.name,
    report: Object.fromEntries(Object.entries(report).filter(([, value]) => value !== undefined)),
    products: products as ForeignDocument['products'],
    cves: cves.map(({ id, assigner, flaw }) => ({ id, ...(assigner === undefined ? {} : { assigner }), ...(flaw === undefined || named(flaw) ? {} : { flaw }) })),
    credited,
    terms: facts.terms,
    warnings: facts.warnings,
  };
}

const orNone = <T>(values: readonly T[]): T[] | undefined => (values.length === 0 ? undefined : [...values]);
const shortened = (title: string): string => (title.length <= 500 ? title : `${Array.from(title).slice(0, 240).join('')}…`);
const personOf = ({ name, organisation }: Credited): Reporter => ({ ...(name === undefined ? {} : { name }), ...(organisation === undefined ? {} : { organisation }) });
const bounded = (lines: readonly string[]): string[] => [...lines.slice(0, MOST_OF_A_KIND), ...(lines.length > MOST_OF_A_KIND ? [`and ${lines.length - MOST_OF_A_KIND} more`] : [])];

const personless = ({ name, reference }: Facts['source'], named: (text: string) => boolean): NonNullable<Report['source']> => ({
  ...(name === undefined || named(name) ? {} : { name }),
  ...(reference === undefined || named(reference) ? {} : { reference }),
});

/** A vendor that is thanked for its own flaw, or the publisher, is no secret: the facts of the case name it anyway. */
function withoutParties({ credited, products, source }: Facts): Credited[] {
  const parties = new Set([source.name, ...products.map(({ vendor }) => vendor)].flatMap((party) => (party === undefined ? [] : [nameKey(party)])));
  const secret = (name: string | undefined): string | undefined => (name === undefined || parties.has(nameKey(name)) || /^(?:anonymous|unknown|n\/a|none)$/i.test(name) ? undefined : name);
  const people = credited.map(({ name, organisation, found }) => ({ name: secret(name), organisation: secret(organisation), found })).filter(({ name, organisation }) => (name ?? organisation) !== undefined);
  return [...new Map(people.map((person) => [JSON.stringify([person.name, person.organisation]), person])).values()].map(({ found, ...person }) => ({ ...personOf(person as Credited), found }));
}

/** One entry for each vendor, name and tie; those beyond what a case holds are counted. */
function productsOf(facts: Facts, ids: readonly string[]): (Omit<Product, 'vendor'> & { vendor: string | undefined })[] {
  const groups = new Map<string, { readonly product: ForeignProduct; readonly versions: ForeignVersion[] }>();
  for (const { cves, ...found } of facts.products) {
    const tie = tieAmong(ids, cves);
    const product = { ...found, ...(tie === undefined ? {} : { cves: tie }) };
    const key = JSON.stringify([product.vendor, product.name, tie]);
    const known = groups.get(key) ?? { product, versions: [] };
    known.versions.push(...product.versions);
    groups.set(key, known);
  }
  const { root } = facts;
  let size = 0;
  const taken: (Omit<Product, 'vendor'> & { vendor: string | undefined })[] = [];
  for (const { product, versions } of groups.values()) {
    const { over, why, ...words } = versionsOf(versions);
    const one = { ...product, versions: [...words.versions], ...(words.ranges === undefined ? {} : { ranges: [...words.ranges] }) };
    size += JSON.stringify(one).length;
    if (taken.length === MOST_PRODUCTS || size > LONGEST_PRODUCTS) root.leave('products', 'more than a case holds');
    else taken.push(one);
    if (why !== undefined) root.leave('products', `no ranges for programs, ${legibleLine(why)}`);
    if (over > 0) root.leave('products', `more than ${words.versions.length} versions of one product`);
  }
  return taken;
}

/** Each id once, and no more than a case holds. */
function cvesOf({ cves, root }: Facts): ForeignCve[] {
  const unique = [...new Map(cves.map((cve) => [cve.id, cve])).values()];
  unique.slice(MOST_OF_A_KIND).forEach(() => root.leave('cves', 'more than a case holds'));
  return unique.slice(0, MOST_OF_A_KIND);
}

/** None that names who is thanked, for references are not sealed. */
function referencesOf({ references }: Facts, named: (text: string) => boolean): Reference[] {
  const found = new Set<string>();
  return references.flatMap(({ at, url, title, cves }, index): Reference[] => {
    if (index >= 2 * MOST_OF_A_KIND) at.leave('url', 'more than a case holds');
    else if (named(`${url} ${title ?? ''}`)) at.leave('url', 'names somebody who is thanked');
    else if (!found.has(url) && found.size >= MOST_OF_A_KIND) at.leave('url', 'more than a case holds');
    else {
      found.add(url);
      return [{ url, ...(title === undefined || title === url ? {} : { title }), ...(cves === undefined ? {} : { cves }) }];
    }
    return [];
  });
}

/** The reference that an object with url holds; none where that is no web address, for the others run programs. */
export function referenceIn(at: Part, titleKey: string): ForeignReference[] {
  const title = at.line(titleKey);
  const url = webAddress(at.text('url') ?? '');
  if (url === undefined) at.leave('url', 'no web address');
  return url === undefined ? [] : [{ at, url, ...(title === undefined ? {} : { title }) }];
}

/** The CWE id that a field holds. */
export function weaknessIn(at: Part, key: string): string[] {
  const id = at.text(key);
  if (id === undefined) return [];
  if (/^CWE-[1-9][0-9]{0,5}$/.test(id)) return [id];
  at.leave(key, 'no CWE id');
  return [];
}

/** A vector with the version that its beginning says; what is wrong with it is told where it is scored. */
export function scoreIn(at: Part, key: string, given?: number): Cvss[] {
  const vector = oneLine(at.text(key) ?? '');
  if (vector === undefined) return [];
  const [, version = '2.0'] = /^CVSS:(\d\.\d)\//.exec(vector) ?? [];
  const known = VERSIONS.find((one) => one === version);
  if (known === undefined || vector.length > 500) {
    at.leave(key, 'no CVSS vector');
    return [];
  }
  return [{ version: known, vector, ...(given !== undefined && given >= 0 && given <= 10 ? { score: given } : {}) }];
}

/** A package URL as case.md has it: without version and qualifiers, which the versions of the product say. */
export function purlIn(at: Part, key: string): string | undefined {
  const text = at.line(key);
  const [purl] = /^pkg:[a-z][a-z0-9.+-]*\/[\x21-\x7e]+?(?=[?#]|@[^/]*$|$)/.exec(text ?? '') ?? [];
  const known = purl === undefined || /[?#@]/.test(purl) ? undefined : purl;
  if (text !== undefined && known === undefined) at.leave(key, 'no package URL');
  return known;
}

/** Those whom a line of thanks names: "Alice of Example and Bob (Other)". What it says besides stays in the original. */
export function creditedIn(line: string | undefined, found: boolean): Credited[] {
  if (line === undefined) return [];
  const people = line.replace(/^(?:discovered|found|reported|credits?(?: goes)? to)(?: and (?:discovered|found|reported))?(?: by)?:? /i, '').split(/ and |, (?=\p{Lu})| & /u);
  return people.flatMap((person) => {
    const [, name = '', organisation] = /^(.*?)(?:\s*(?: (?:of|from|at|with|via) (?:the )?|\(|@)(.*?)\)?)?[.]?$/iu.exec(person.trim()) ?? [];
    return name.trim() === '' ? [] : [{ name: name.trim(), ...(organisation === undefined || organisation.trim() === '' ? {} : { organisation: organisation.trim() }), found }];
  });
}

const VERSIONS = ['2.0', '3.0', '3.1', '4.0'] as const;

function webAddress(text: string): string | undefined {
  if (!/^https?:\/\/[^\s"<>]+$/i.test(text) || text.length > 2000 || FORBIDDEN.test(text)) return undefined;
  const uri = asUri(text);
  // The host as it is: a browser goes where the ASCII form says.
  const url = /^[\x21-\x7e]+$/.test(text) ? text.replace(/^https?/i, (scheme) => scheme.toLowerCase()) : uri;
  return uri === undefined || url === undefined || url.length > 2000 ? undefined : url;
}

export const isCveId = (text: string): boolean => CVE_ID.test(text);
