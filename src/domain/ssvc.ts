import type { AssessedEntry, CaseFile, SsvcTable } from '../generated/documents.ts';
import type { CaseState } from './case-state.ts';

/** Answers by decision point; a point without one is open. */
export type SsvcValues = Readonly<Record<string, string>>;
export type SsvcDecision = NonNullable<AssessedEntry['ssvc']>[number];

/** For each decision point the values that are still possible: a box in the space of all combinations. */
type Box = ReadonlyMap<string, readonly string[]>;

/** The part of a box that a rule fits, and the rest in boxes that do not overlap. */
function split(box: Box, when: Readonly<Record<string, readonly string[]>>): { readonly inside: Box | undefined; readonly outside: readonly Box[] } {
  const outside: Box[] = [];
  let inside: Box = box;
  for (const [point, wanted] of Object.entries(when)) {
    const values = inside.get(point) ?? [];
    const fitting = values.filter((value) => wanted.includes(value));
    const others = values.filter((value) => !wanted.includes(value));
    if (others.length > 0) outside.push(new Map(inside).set(point, others));
    if (fitting.length === 0) return { inside: undefined, outside };
    inside = new Map(inside).set(point, fitting);
  }
  return { inside, outside };
}

/** Goes through the rules in their order: which of them decide something, and what none of them does. */
function carve(table: SsvcTable, known: SsvcValues): { readonly deciding: readonly boolean[]; readonly undecided: readonly Box[] } {
  const whole: Box = new Map(table.points.map(({ id, values }) => [id, Object.hasOwn(known, id) ? values.filter((value) => value === known[id]) : values]));
  // An answer that is no value of its point leaves no combination at all.
  let open: readonly Box[] = [...whole.values()].some((values) => values.length === 0) ? [] : [whole];
  const deciding = table.rules.map(({ when = {} }) => {
    const parts = open.map((box) => split(box, when));
    open = parts.flatMap(({ outside }) => outside);
    return parts.some(({ inside }) => inside !== undefined);
  });
  return { deciding, undecided: open };
}

/** The outcomes that are possible with these answers, in the order of the table; exactly one where they decide. */
export function possibleOutcomes(table: SsvcTable, known: SsvcValues): string[] {
  const { deciding } = carve(table, known);
  const reached = new Set(table.rules.filter((_, index) => deciding[index]).map(({ outcome }) => outcome));
  return table.outcomes.filter((outcome) => reached.has(outcome));
}

/** One combination of values that no rule of the table decides, or undefined where every combination is decided. */
export function undecidedCombination(table: SsvcTable): SsvcValues | undefined {
  const [box] = carve(table, {}).undecided;
  return box && Object.fromEntries([...box].map(([point, values]) => [point, values[0] ?? '']));
}

/** Places of rules that decide nothing, because rules before them fit first. */
export const idleRules = (table: SsvcTable): number[] => carve(table, {}).deciding.flatMap((decides, index) => (decides ? [] : [index]));

/** A decision as it is recorded; without an outcome while several are possible. */
export function decideBy(table: SsvcTable, values: SsvcValues): SsvcDecision {
  const [outcome, ...others] = possibleOutcomes(table, values);
  return { table: table.id, values, ...(outcome === undefined || others.length > 0 ? {} : { outcome }) };
}

/**
 * What the case itself says about decision points of SSVC, to offer as an answer and never to record by itself. Points
 * are known by the names that the shipped policy gives them; one of another name gets no offer.
 */
export function ssvcOffers(file: CaseFile, state: CaseState): SsvcValues {
  const { latches, assessed, vendors, remediations } = state;
  const secret = assessed?.entry.criteria['not-public']?.answer;
  const progress = [...vendors.values()].map((vendor) => vendor.progress);
  const suppliers = Math.max(vendors.size, new Set(file.products.map(({ registry, vendor }) => registry ?? vendor)).size);
  const engaged = progress.some((one) => one === 'acknowledged' || one === 'validating' || one === 'accepted');
  const unwilling = progress.some((one) => one === 'silent' || one === 'rejected');
  const offers: Record<string, string | undefined> = {
    'report-public': latches.public || secret === 'no' ? 'yes' : secret === 'yes' ? 'no' : undefined,
    'supplier-contacted': file.vendorContacted === 'yes' || progress.some((one) => one !== 'not-contacted') ? 'yes' : file.vendorContacted === 'no' || file.vendorContacted === 'planned' ? 'no' : undefined,
    'supplier-cardinality': suppliers > 1 ? 'multiple' : 'one',
    'supplier-engagement': engaged ? 'active' : unwilling ? 'unresponsive' : undefined,
    'supplier-involvement': remediations.length > 0 ? 'fix-ready' : engaged ? 'cooperative' : unwilling ? 'uncooperative' : undefined,
    exploitation: latches.attacks ? 'active' : latches.exploit ? 'public-poc' : undefined,
  };
  return Object.fromEntries(Object.entries(offers).filter((offer): offer is [string, string] => offer[1] !== undefined));
}
