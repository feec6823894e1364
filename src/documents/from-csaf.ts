import { refusal } from '../domain/problem.ts';
import type { Cvss } from '../generated/documents.ts';
import type { Part } from './document-part.ts';
import { isCveId, referenceIn, scoreIn, weaknessIn, type Credited, type Facts, type ForeignCve } from './foreign-document.ts';
import { csafProductsOf, csafTree, type CsafTreeProduct } from './from-csaf-products.ts';

/** The lists of product_status, and what each says (CSAF 2.0, 3.2.3.9). */
const STATUSES = {
  known_affected: 'affected',
  first_affected: 'affected',
  last_affected: 'affected',
  fixed: 'fixed',
  first_fixed: 'fixed',
  known_not_affected: 'not-affected',
  under_investigation: 'not-known',
  // 2.1: nothing is said of it.
  unknown: 'not-known',
  recommended: undefined,
} as const;
type Said = NonNullable<(typeof STATUSES)[keyof typeof STATUSES]>;

/** What a note is about the flaw itself; the others are for the team. */
const DESCRIBES: ReadonlySet<string> = new Set(['description', 'summary', 'details']);

/** Publishers that are no person; of the others the name is sealed. */
const ORGANISATIONS: ReadonlySet<string> = new Set(['vendor', 'coordinator', 'translator', 'multiplier']);

/** A CSAF 2.0 or 2.1 document of whatever profile. */
export function factsOfCsaf(root: Part): Facts {
  root.skip('$schema');
  const document = root.part('document');
  const tracking = document?.part('tracking')?.skip('generator', 'revision_history', 'version', 'current_release_date');
  const publisher = document?.part('publisher')?.skip('namespace', 'issuing_authority');
  const version = document?.text('csaf_version');
  if (version !== '2.0' && version !== '2.1') document?.object('csaf_version', 'must be "2.0" or "2.1"');
  if (tracking === undefined) document?.object('tracking', 'is missing');
  const category = document?.needed('category') ?? '';
  if (category === 'csaf_withdrawn' || category === 'csaf_superseded') throw refusal('withdrawn-record', 'The CSAF document says that it was withdrawn or that another one took its place; nothing was written.', 'Ask its sender what took its place.');
  const products = csafTree(root.part('product_tree'));
  const flaws = root.parts('vulnerabilities').map((part) => flawIn(part, products));
  const id = tracking?.line('id');
  const status = tracking?.needed('status');
  const kind = publisher?.needed('category') ?? '';
  const contact = publisher?.line('contact_details');
  const [email] = /[^\s@<>"(),;:]{1,64}@[^\s@<>"(),;:]{1,188}[A-Za-z0-9]/.exec(contact ?? '') ?? [];
  const thanks = document && thanksIn(document);
  const name = publisher?.line('name');
  const distribution = document?.part('distribution');
  const label = distribution?.part('tlp')?.skip('url').text('label');
  const terms = label !== undefined && /^(?:CLEAR|WHITE|GREEN|AMBER|AMBER\+STRICT|RED)$/.test(label) ? `TLP:${label}` : undefined;
  const notes = (document?.parts('notes') ?? []).map(noteIn);
  const productsSaid = (which: Said): ReadonlySet<string> => new Set(flaws.flatMap((flaw) => flaw.said.get(which) ?? []));
  return {
    root,
    name: `CSAF document ${id ?? 'without an id'}`,
    title: document?.line('title'),
    language: document?.skip('source_lang').text('lang'),
    source: { name: ORGANISATIONS.has(kind) ? name : undefined, reference: id },
    description: [...new Set([...flaws.flatMap((flaw) => flaw.description), ...notes.filter((note) => DESCRIBES.has(note.category)).map(({ text }) => text)])],
    products: csafProductsOf(products, { any: flaws.some(({ said }) => said.size > 0), affected: productsSaid('affected'), notKnown: productsSaid('not-known'), fixed: productsSaid('fixed'), fixes: fixesOf(flaws), cves: { affected: cvesSaying(flaws, 'affected'), notKnown: cvesSaying(flaws, 'not-known') } }),
    weaknesses: flaws.flatMap((flaw) => flaw.weaknesses.map((id) => (flaw.cve === undefined ? id : { id, cves: [flaw.cve.id] }))),
    scores: flaws.flatMap((flaw) => flaw.scores.map((score) => ofFlaw(score, flaw))),
    references: [...(document === undefined ? [] : referencesIn(document)), ...flaws.flatMap((flaw) => flaw.references.map((reference) => ofFlaw(reference, flaw)))],
    cves: flaws.flatMap((flaw) => flaw.cve ?? []),
    reporter: kind === 'discoverer' && name !== undefined ? { name, ...(email === undefined ? {} : { email }) } : undefined,
    credited: [...(thanks?.people ?? []), ...flaws.flatMap((flaw) => flaw.thanks.people)],
    notes: [
      ['Publisher', [name, contact].filter((line) => line !== undefined)],
      ['Other names of the document', tracking?.lines('aliases') ?? []],
      ['May be shared', [terms, distribution?.prose('text')].filter((line) => line !== undefined)],
      ['Thanks', [...(thanks?.words ?? []), ...flaws.flatMap((flaw) => flaw.thanks.words)]],
      ['Severity', [document?.part('aggregate_severity')?.skip('namespace').line('text')].filter((line) => line !== undefined)],
      ...notes.filter((note) => !DESCRIBES.has(note.category)).map((note) => [note.title ?? note.category, [note.text]] as const),
      ...flaws.flatMap((flaw) => flaw.notes),
    ],
    terms,
    publicAt: [tracking?.text('initial_release_date'), ...flaws.map((flaw) => flaw.released)].filter((moment) => moment !== undefined),
    forEverybody: status === 'final' && (terms === undefined || terms === 'TLP:WHITE' || terms === 'TLP:CLEAR'),
    warnings: status === 'draft' || status === 'interim' ? [`the document is ${status === 'draft' ? 'a draft' : 'interim'}, so what it says may still change`] : [],
  };
}

const ofFlaw = <T extends object>(value: T, { cve }: Flaw): T & { readonly cves?: string[] } => (cve === undefined ? value : { ...value, cves: [cve.id] });

/** By product, the ids whose flaws say it; undefined where one without an id does. */
function cvesSaying(flaws: readonly Flaw[], which: Said): ReadonlyMap<string, string[] | undefined> {
  const saying = new Map<string, string[] | undefined>();
  for (const { cve, said } of flaws) {
    for (const product of said.get(which) ?? []) {
      const known = saying.has(product) ? saying.get(product) : [];
      if (cve !== undefined) known?.push(cve.id);
      saying.set(product, cve === undefined ? undefined : known);
    }
  }
  return saying;
}

/** Not the document itself nor its own page: to a case they are no other text about the flaw. */
const referencesIn = (part: Part): Facts['references'] =>
  part.parts('references').flatMap((reference) => (reference.text('category') === 'self' ? (reference.skip('summary', 'url'), []) : referenceIn(reference, 'summary')));

interface Flaw {
  readonly cve: ForeignCve | undefined;
  readonly description: readonly string[];
  readonly weaknesses: readonly string[];
  readonly scores: readonly Cvss[];
  readonly references: Facts['references'];
  readonly said: ReadonlyMap<Said, readonly string[]>;
  /** Product ids with the words of a vendor's fix. */
  readonly fixes: readonly (readonly [id: string, words: string])[];
  readonly thanks: ReturnType<typeof thanksIn>;
  readonly notes: Facts['notes'];
  readonly released: string | undefined;
}

function flawIn(part: Part, products: ReadonlyMap<string, CsafTreeProduct>): Flaw {
  const cve = part.text('cve');
  if (cve !== undefined && !isCveId(cve)) part.object('cve', 'is no CVE id');
  const flaw = part.line('title');
  const notes = part.parts('notes').map(noteIn);
  const about = cve ?? flaw ?? 'the flaw';
  const nameOf = (id: string): string => products.get(id)?.fullName ?? id;
  const { said, lines } = statusesIn(part, products);
  const remedies = part.parts('remediations').map((remedy) => ({ category: remedy.skip('date', 'entitlements', 'restart_required').line('category') ?? '', details: remedy.prose('details') ?? '', url: remedy.line('url'), ids: remedy.texts('product_ids') }));
  const threats = part.parts('threats').map((threat) => `${threat.skip('date').line('category') ?? ''}: ${threat.prose('details') ?? ''}${listed(threat.texts('product_ids').map(nameOf))}`);
  const inNotes = notes.flatMap(({ at, text }) => scoresInWords(at, text));
  const thanks = thanksIn(part);
  return {
    cve: cve === undefined || !isCveId(cve) ? undefined : { id: cve, flaw },
    description: notes.filter(({ category, text }) => DESCRIBES.has(category) && text !== flaw).map(({ text }) => text),
    weaknesses: [...[part.part('cwe'), ...part.parts('cwes')].flatMap((cwe) => (cwe === undefined ? [] : weaknessIn(cwe.skip('name', 'version'), 'id'))), ...notes.flatMap(({ text }) => (/^CWE-[1-9][0-9]{0,5}(?:(?:, ?|、)CWE-[1-9][0-9]{0,5})*$/.test(text) ? text.split(/, ?|、/) : []))],
    scores: [...scoresOf(part), ...inNotes],
    references: referencesIn(part),
    said,
    fixes: remedies.filter(({ category }) => category === 'vendor_fix').flatMap(({ ids, details }) => ids.map((id) => [id, details] as const)),
    thanks,
    notes: [
      [`Status of products, ${about}`, lines],
      [`Remedies, ${about}`, remedies.map(({ category, details, url, ids }) => `${category}: ${details}${url === undefined ? '' : ` ${url}`}${listed(ids.map(nameOf))}`)],
      [`Threats, ${about}`, threats],
      [`Other names, ${about}`, part.parts('ids').map((other) => `${other.line('system_name') ?? ''}: ${other.line('text') ?? ''}`)],
      [`Parties, ${about}`, part.parts('involvements').map((one) => [one.skip('date', 'group_ids', 'product_ids').line('party'), one.line('status'), one.prose('summary')].filter((word) => word !== undefined).join(', '))],
      ...notes.filter(({ category }) => !DESCRIBES.has(category)).map(({ title, category, text }) => [title ?? category, [text]] as const),
    ],
    released: part.text('release_date') ?? part.text('disclosure_date'),
  };
}

const MOST_NAMED = 20;
/** A longer text names releases of everything. */
const LONGEST_FIX = 500;
const listed = (names: readonly string[]): string => (names.length === 0 ? '' : ` (${names.slice(0, MOST_NAMED).join('; ')}${names.length > MOST_NAMED ? `; and ${names.length - MOST_NAMED} more` : ''})`);

/** Refuses an id that no product has, and a product that is said to be two things (mandatory tests 6.1.1 and 6.1.6). */
function statusesIn(part: Part, products: ReadonlyMap<string, CsafTreeProduct>): { readonly said: ReadonlyMap<Said, readonly string[]>; readonly lines: readonly string[] } {
  const status = part.part('product_status');
  const said = new Map<Said, string[]>();
  const firstSaid = new Map<string, Said>();
  const lines: string[] = [];
  for (const [group, meaning] of Object.entries(STATUSES)) {
    const ids = status?.texts(group) ?? [];
    for (const id of ids) {
      if (!products.has(id)) status?.object(group, 'names a product that the product tree does not have');
      if (meaning === undefined) continue;
      const before = firstSaid.get(id);
      if (before !== undefined && before !== meaning) status?.object(group, `says that a product is ${group}, which another list denies`);
      firstSaid.set(id, meaning);
      const ofMeaning = said.get(meaning) ?? [];
      ofMeaning.push(id);
      said.set(meaning, ofMeaning);
    }
    if (ids.length > 0) lines.push(`${group}:${listed(ids.map((id) => products.get(id)?.fullName ?? id))}`);
  }
  return { said, lines };
}

/** 2.0 has scores; 2.1 has metrics, with those of CVSS 4.0. */
function scoresOf(part: Part): Cvss[] {
  const holders = [...part.parts('scores'), ...part.parts('metrics').flatMap((metric) => metric.skip('products').part('content') ?? [])];
  return holders.flatMap((holder) => ['cvss_v4', 'cvss_v3', 'cvss_v2'].flatMap((field) => {
    const score = holder.skip('products').part(field);
    // All that it has beside the vector follows from that.
    return score === undefined ? [] : scoreIn(score.skip(...score.unread().filter((key) => key !== 'vectorString' && key !== 'baseScore')), 'vectorString', score.number('baseScore'));
  }));
}

/** CSAF 2.0 has no place for CVSS 4.0 nor for a second opinion: some write these as notes. */
function scoresInWords(at: Part, text: string): Cvss[] {
  const [, vector, score] = /^((?:CVSS:\d\.\d\/)?A[VC]:[A-Za-z0-9:/]{10,300}) \((\d{1,2}\.\d)\)$/.exec(text) ?? [];
  if (vector === undefined) return [];
  const [, by] = /^CVSS \d\.\d \([^:]+: (.+)\)$/.exec(at.line('title') ?? '') ?? [];
  const version = /^CVSS:(\d\.\d)/.exec(vector)?.[1] ?? '2.0';
  return ['2.0', '3.0', '3.1', '4.0'].includes(version) ? [{ version: version as Cvss['version'], vector, score: Number(score), ...(by === undefined ? {} : { by }) }] : [];
}

function noteIn(at: Part): { readonly at: Part; readonly category: string; readonly title: string | undefined; readonly text: string } {
  return { at, category: at.skip('audience').line('category') ?? '', title: at.line('title'), text: at.prose('text') ?? '' };
}

/** Who is thanked. In words nobody can tell a name from the rest, so they are kept as they are. */
function thanksIn(part: Part): { readonly people: readonly Credited[]; readonly words: readonly string[] } {
  const all = part.parts('acknowledgments').map((thanks) => {
    const organisation = thanks.line('organization');
    const about = { ...(organisation === undefined ? {} : { organisation }), found: true };
    const names = thanks.lines('names');
    return { people: names.length > 0 ? names.map((name) => ({ name, ...about })) : organisation === undefined ? [] : [about], words: thanks.prose('summary') };
  });
  return { people: all.flatMap(({ people }) => people), words: all.flatMap(({ words }) => words ?? []) };
}

function fixesOf(flaws: readonly Flaw[]): ReadonlyMap<string, readonly string[]> {
  const fixes = new Map<string, string[]>();
  for (const [id, words] of flaws.flatMap((flaw) => flaw.fixes)) {
    const known = fixes.get(id) ?? [];
    if (known.length < MOST_NAMED && words.length <= LONGEST_FIX) known.push(words);
    fixes.set(id, known);
  }
  return fixes;
}
