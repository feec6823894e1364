import type { AssessedEntry, Policy, PriorityFlag } from '../generated/documents.ts';

export type Spread = AssessedEntry['spread'];
export type Priority = AssessedEntry['priority'];

/** Lowest first. */
const PRIORITIES: readonly Priority[] = ['simple', 'normal', 'priority'];
/** Columns of the matrix, in its order. */
const BANDS = ['low', 'middle', 'high'] as const;
export type SeverityBand = (typeof BANDS)[number];

/** The column of the matrix for a CVSS base score (guideline, appendix 4). */
export function severityBand(policy: Pick<Policy, 'priority'>, score: number): SeverityBand {
  const [middle, high] = policy.priority.bands as [number, number];
  return score >= high ? 'high' : score >= middle ? 'middle' : 'low';
}

export interface PriorityFacts {
  readonly spread: Spread;
  /** CVSS base score. */
  readonly severity?: number;
  readonly exploited: boolean;
  /** Ids of the flags of policy.yaml that hold; one that the policy no longer has raises nothing. */
  readonly flags?: readonly string[];
}

export interface PriorityVerdict {
  readonly priority: Priority;
  /** What decided: 'matrix', or the id of the flag that raised the priority above it. */
  readonly decidedBy: string;
  readonly why: string;
}

/**
 * The priority of a case: the matrix of policy.yaml (guideline, appendix 4), or a flag that raises it (policy C). Where
 * an exploit is public or attacks were seen, the spread counts as wide; so does an unknown spread. Without a score the
 * severity counts as high: what nobody has looked at yet must not sink to the end of the list.
 */
export function priorityOf(policy: Pick<Policy, 'priority'>, known: PriorityFacts): PriorityVerdict {
  const { priority, why } = byMatrix(policy, known);
  const rank = (flag: PriorityFlag): number => PRIORITIES.indexOf(flag.raisesTo);
  const holding = (policy.priority.flags ?? []).filter(({ id }) => known.flags?.includes(id));
  const highest = holding.reduce<PriorityFlag | undefined>((best, flag) => (best === undefined || rank(flag) > rank(best) ? flag : best), undefined);
  if (highest === undefined || rank(highest) <= PRIORITIES.indexOf(priority)) return { priority, decidedBy: 'matrix', why };
  return { priority: highest.raisesTo, decidedBy: highest.id, why: `${highest.id} raises it to ${highest.raisesTo} (${highest.source}); by the matrix it would be ${priority}: ${why}` };
}

function byMatrix(policy: Pick<Policy, 'priority'>, known: PriorityFacts): Pick<PriorityVerdict, 'priority' | 'why'> {
  const row = known.exploited || known.spread === 'unknown' ? 'wide' : known.spread;
  const band = known.severity === undefined ? 'high' : severityBand(policy, known.severity);
  const priority = policy.priority.matrix[row][BANDS.indexOf(band)];
  if (priority === undefined) throw new RangeError(`the matrix of policy.yaml has no ${band} column for ${row}`);
  const spread = known.exploited && known.spread !== 'wide'
    ? `spread wide, because an exploit is public or attacks were seen (assessed as ${known.spread})`
    : known.spread === 'unknown' ? 'spread wide, because it is unknown' : `spread ${row}`;
  const severity = known.severity === undefined ? 'severity high, because there is no score' : `severity ${band} (${known.severity.toFixed(1)})`;
  return { priority, why: `${spread}; ${severity}; ${policy.priority.source}` };
}
