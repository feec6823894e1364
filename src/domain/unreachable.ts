import type { Bilingual, Policy, UnreachableDeveloper } from '../generated/documents.ts';
import type { CaseState } from './case-state.ts';
import { isEvent, publicId, type CaseRecord, type EntryOf, type LoggedEntry } from './case.ts';
import { reached } from './escalation.ts';
import { localDate } from './instant.ts';

/** Stages of the public list, in the order in which they are reached (guideline, appendix 5; lessons: uploaded in stages). */
export const LIST_STAGES = ['list-name', 'list-product', 'contact-limit', 'committee'] as const;
type ListStage = (typeof LIST_STAGES)[number];
type Escalated = LoggedEntry<EntryOf<'escalated'>>;

/** Where a developer stands on the list; derived from the log of its case. */
export interface Listing {
  readonly stage: ListStage;
  /** The entry with which it reached each stage. */
  readonly steps: Readonly<Partial<Record<ListStage, Escalated>>> & { readonly 'list-name': Escalated };
}

/** What the log says of a developer of unreachable/: its stage, or why it is not on the list. */
export type ListStanding = { readonly listed: true; readonly listing: Listing } | { readonly listed: false; readonly why: string };

/**
 * A developer is on the list from the step that gave it its number until it answers, or its case is published or ends.
 * A stage counts only where the ones before it were reached: what the log skips, the list does not tell.
 */
export function standingOf(file: Pick<UnreachableDeveloper, 'did' | 'vendor'>, state: CaseState, policy: Pick<Policy, 'escalation'>): ListStanding {
  const vendor = state.vendors.get(file.vendor);
  if (!vendor) return { listed: false, why: `${file.vendor} is not a party to the case` };
  if (state.status !== 'coordinating' && state.status !== 'scheduled') return { listed: false, why: `the case is ${state.status}` };
  const named = reached(policy, vendor, 'list-name');
  if (named?.entry.did !== file.did) {
    const before = state.entries.some(({ entry }) => entry.event === 'escalated' && entry.did === file.did);
    return { listed: false, why: before ? `${file.vendor} got in touch` : 'the log has no step that lists it' };
  }
  const steps: Partial<Record<ListStage, Escalated>> = {};
  for (const stage of LIST_STAGES) {
    const step = reached(policy, vendor, stage);
    if (!step) break;
    steps[stage] = step;
  }
  return { listed: true, listing: { stage: LIST_STAGES.findLast((stage) => steps[stage] !== undefined) ?? 'list-name', steps: { ...steps, 'list-name': named } } };
}

/** What the public reads about one developer: nothing else about the case leaves through the list. */
export interface PublicListing {
  readonly did: string;
  readonly kind: UnreachableDeveloper['kind'];
  readonly name?: Bilingual;
  readonly link?: string;
  readonly remarks?: Bilingual;
  /** Days, YYYY-MM-DD. */
  readonly listedOn: string;
  readonly updatedOn: string;
  readonly product?: { readonly disclosedOn: string; readonly products: readonly { readonly name: string; readonly versions: readonly string[] }[] };
  readonly limit?: { readonly until: string; readonly announcedOn: string };
}

/** The products that are told of: those of this developer, never those of another party to the case. */
export function productsOf(record: Pick<CaseRecord, 'file'>, state: CaseState, vendor: string): CaseRecord['file']['products'] {
  const own = record.file.products.filter(({ registry }) => registry === vendor);
  if (own.length > 0 || state.vendors.size > 1) return own;
  return record.file.products.filter(({ registry }) => registry === undefined);
}

/** 1.2.3 of '1.2.3 and earlier'. */
const numbersIn = (version: string): string[] => version.split(/\s+/).filter((part) => /\d/.test(part));

/** Words that the list must not hold at this stage: secret until the product is disclosed, and secret for good. */
function secretsOf(file: Pick<UnreachableDeveloper, 'vendor' | 'name'>, record: CaseRecord, state: CaseState, names: ReadonlyMap<string, Bilingual>): { readonly always: readonly string[]; readonly untilProduct: readonly string[] } {
  const { title, products } = record.file;
  const namesOf = (slug: string): string[] => [slug, names.get(slug)?.en, names.get(slug)?.ja].filter((name) => name !== undefined);
  const own = productsOf(record, state, file.vendor);
  // A correction takes an entry back; what it said is no less secret.
  const others = [...new Set(record.log.filter(isEvent('vendor-added')).map(({ entry }) => entry.vendor))].filter((slug) => slug !== file.vendor).flatMap(namesOf);
  const cves = record.log.filter(isEvent('cve-assigned')).map(({ entry }) => entry.cve);
  const foreign = products.filter((product) => !own.includes(product)).flatMap(({ vendor, name, versions }) => [vendor, name, ...versions]);
  const hidden = file.name === undefined ? [...namesOf(file.vendor), ...own.map(({ vendor }) => vendor)] : [];
  return {
    always: [record.number, publicId(record.file), title.en, title.ja, ...cves, ...others, ...foreign, ...hidden].filter((word) => word !== undefined),
    untilProduct: own.flatMap(({ name, versions }) => [name, ...versions, ...versions.flatMap(numbersIn)]),
  };
}

const plain = (text: string): string => text.normalize('NFKC').toLowerCase();
/** Without what a link or a writer puts between words: Example Router is example-router. */
const squeezed = (text: string): string => plain(text).replaceAll(/[^\p{L}\p{N}]/gu, '');
const SHORT = 4;

/** A link says %E8%B1%A1 for a character. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    // A lone % is no encoding: the text is read as it stands.
    if (!(cause instanceof URIError)) throw cause;
    return text;
  }
}

/** Whether a text gives one of the words away; a short one, such as 2 or 1.0, counts only where it stands alone. */
function gives(text: string | undefined, words: readonly string[]): boolean {
  if (text === undefined) return false;
  const readings = [text, decoded(text)];
  return words.some((word) => {
    const wanted = squeezed(word);
    if (wanted === '') return false;
    if (wanted.length >= SHORT || /[^\u0000-\u024f]/u.test(wanted)) return readings.some((reading) => squeezed(reading).includes(wanted));
    return readings.some((reading) => plain(reading).split(/[^\p{L}\p{N}.]+/u).some((token) => squeezed(token) === wanted));
  });
}

const anyOf = (text: Bilingual | undefined, words: readonly string[]): boolean => gives(text?.en, words) || gives(text?.ja, words);

type Held = 'link' | 'remarks';

/** Which of the fields that a person wrote for the list give away what it must not tell: for good, or before the product is disclosed. */
export function heldBack(
  file: Omit<UnreachableDeveloper, 'schemaVersion' | 'did' | 'case'>,
  record: CaseRecord,
  state: CaseState,
  names: ReadonlyMap<string, Bilingual>,
): { readonly forGood: readonly Held[]; readonly untilProduct: readonly Held[] } {
  const secrets = secretsOf(file, record, state, names);
  const holding = (words: readonly string[]): Held[] => [...(gives(file.link, words) ? (['link'] as const) : []), ...(anyOf(file.remarks, words) ? (['remarks'] as const) : [])];
  const forGood = holding(secrets.always);
  return { forGood, untilProduct: holding(secrets.untilProduct).filter((field) => !forGood.includes(field)) };
}

/**
 * What the list tells of a developer at the stage that it has reached (guideline, appendix 5). An allow-list: each field
 * is put in by hand at its stage, and a link or a remark that says more than the stage allows is left out.
 */
export function publicListing(file: UnreachableDeveloper, listing: Listing, record: CaseRecord, state: CaseState, names: ReadonlyMap<string, Bilingual>, zone: string): PublicListing {
  const { steps } = listing;
  const product = steps['list-product'];
  const limit = steps['contact-limit'];
  const held = heldBack(file, record, state, names);
  const isHeld = (field: Held): boolean => held.forGood.includes(field) || (product === undefined && held.untilProduct.includes(field));
  const day = (step: Escalated): string => localDate(step.at, zone);
  // The committee sits behind closed doors: its step is no change of the list.
  const shown = [steps['list-name'], product, limit].filter((step) => step !== undefined);
  return {
    did: file.did,
    kind: file.kind,
    ...(file.name && { name: file.name }),
    ...(file.link !== undefined && !isHeld('link') ? { link: file.link } : {}),
    ...(file.remarks && !isHeld('remarks') ? { remarks: file.remarks } : {}),
    listedOn: day(steps['list-name']),
    updatedOn: day(shown.at(-1) ?? steps['list-name']),
    ...(product ? { product: { disclosedOn: day(product), products: productsOf(record, state, file.vendor).map(({ name, versions }) => ({ name, versions })) } } : {}),
    ...(product && limit?.entry.until !== undefined ? { limit: { until: limit.entry.until, announcedOn: day(limit) } } : {}),
  };
}
