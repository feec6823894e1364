import type { AssessedEntry, Policy } from '../generated/documents.ts';

export type Spread = AssessedEntry['spread'];
export type Priority = AssessedEntry['priority'];

/** Columns of the matrix, in its order. */
const BANDS = ['low', 'middle', 'high'] as const;
export type SeverityBand = (typeof BANDS)[number];

/** The column of the matrix for a CVSS base score (guideline, appendix 4). */
export function severityBand(policy: Pick<Policy, 'priority'>, score: number): SeverityBand {
  const [middle, high] = policy.priority.bands as [number, number];
  return score >= high ? 'high' : score >= middle ? 'middle' : 'low';
}

/**
 * The priority of a case from the matrix of policy.yaml (guideline, appendix 4). Where an exploit is public or attacks
 * were seen, the spread counts as wide; so does an unknown spread. Without a score the severity counts as high: what
 * nobody has looked at yet must not sink to the end of the list.
 */
export function priorityOf(
  policy: Pick<Policy, 'priority'>,
  known: { readonly spread: Spread; readonly severity?: number; readonly exploited: boolean },
): { readonly priority: Priority; readonly why: string } {
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
