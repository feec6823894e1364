import type { CommitteeClearedEntry, Policy } from '../generated/documents.ts';
import type { CaseState } from './case-state.ts';
import { isEvent } from './case.ts';
import { reached } from './escalation.ts';

export type CommitteeCondition = keyof CommitteeClearedEntry['conditions'];

/** What each condition asks; publication is cleared only if all of them hold (guideline IV.3 (2) 5) (ア) to (エ), and 1) for the last). */
export const COMMITTEE_CONDITIONS: Readonly<Record<CommitteeCondition, string>> = {
  uncoordinatable: 'Is agreement with the developer on the publication impossible: out of reach for six months by every means, or no agreement to be expected?',
  confirmed: 'Is the vulnerability confirmed: its behaviour can be shown, and the developer cannot refute it?',
  'users-unaware': 'Are there users who would not learn of it unless it is published?',
  'no-reason-against': 'Is there no reason on the side of the developer or its users that speaks against publication?',
  'developer-heard': 'Was the developer given the chance to comment? For an unreachable one, the list of unreachable developers stands for it.',
};

/** The vendors on which the committee is to judge and that had no chance to comment: they were not asked, and the list announced no last day (guideline IV.3 (2) 3)). */
export function unheardDevelopers(state: CaseState, policy: Pick<Policy, 'escalation'>): string[] {
  const asked = new Set(state.entries.filter(isEvent('opinion-asked', 'opinion-given')).map(({ entry }) => entry.vendor));
  return [...state.vendors.values()].filter((vendor) => reached(policy, vendor, 'committee') && !asked.has(vendor.slug) && !reached(policy, vendor, 'contact-limit')).map(({ slug }) => slug);
}
