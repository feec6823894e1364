import type { EntryMatch, EscalationStep, Policy } from '../generated/documents.ts';
import type { WorkCalendar } from './calendar.ts';
import type { CaseState, VendorState } from './case-state.ts';
import { isEvent, type CaseRecord, type LoggedEntry } from './case.ts';
import { concerns, matches } from './entry-match.ts';
import type { Instant } from './instant.ts';
import { vendorHeardIn } from './vendor-progress.ts';

export type NextEscalation =
  | { readonly kind: 'due'; readonly step: EscalationStep; readonly evidence: readonly LoggedEntry[] }
  | { readonly kind: 'not-yet'; readonly step: EscalationStep; readonly due: Instant; readonly evidence: readonly LoggedEntry[] }
  | { readonly kind: 'blocked'; readonly step: EscalationStep; readonly missing: readonly EntryMatch[]; readonly evidence: readonly LoggedEntry[] }
  | { readonly kind: 'none'; readonly why: string };

type Because = NonNullable<EscalationStep['because']>[number];

/** The steps that apply to a vendor: by route, and by whether it does not answer or disputes the flaw. */
function ladderFor(policy: Pick<Policy, 'escalation'>, record: CaseRecord, vendor: VendorState): readonly EscalationStep[] {
  const because: Because = vendor.progress === 'rejected' ? 'disagreement' : 'silence';
  return policy.escalation.filter((step) => (!step.routes || step.routes.includes(record.file.route)) && (step.because ?? ['silence']).includes(because));
}

const lastTaken = (ladder: readonly EscalationStep[], vendor: VendorState): number => ladder.findLastIndex(({ id }) => vendor.steps.some(({ entry }) => entry.step === id));

/** Whether every step that there is was taken. */
export function atEndOfLadder(policy: Pick<Policy, 'escalation'>, record: CaseRecord, vendor: VendorState): boolean {
  const ladder = ladderFor(policy, record, vendor);
  return ladder.length > 0 && lastTaken(ladder, vendor) === ladder.length - 1;
}

/**
 * What a step rests on. Silence: the attempts to reach the vendor and the steps since it was last heard of.
 * Disagreement: everything between the two, from the first contact on.
 */
function evidenceOn(state: CaseState, vendor: VendorState): { readonly entries: readonly LoggedEntry[]; readonly first: LoggedEntry | undefined } {
  const since = vendor.progress === 'rejected' ? 0 : state.entries.findLastIndex(({ entry }) => vendorHeardIn(entry) === vendor.slug) + 1;
  const entries = state.entries.slice(since).filter(isEvent('vendor-contacted', 'vendor-replied', 'escalated')).filter(({ entry }) => entry.vendor === vendor.slug);
  return { entries, first: entries.find(isEvent('vendor-contacted')) };
}

/** Whether the log has what the step rests on: of an assessment the last, of what concerns the vendor what was done since the evidence begins. */
function isThere(need: EntryMatch, state: CaseState, vendor: string, since: LoggedEntry): boolean {
  if (need.event === 'assessed') return state.assessed !== undefined && matches(state.assessed, need);
  const start = state.entries.indexOf(since);
  return state.entries.some((logged, place) => matches(logged, need) && concerns(logged, vendor) && (place >= start || !('vendor' in logged.entry)));
}

/**
 * The next step of the ladder for a vendor that does not answer or disputes the flaw, and the entries of the log that
 * it rests on (guideline IV.3 and IV.4; policy E and F). A step is due when its time has passed to the end of the day.
 */
export function nextEscalation(record: CaseRecord, state: CaseState, vendor: string, policy: Policy, calendar: WorkCalendar, now: Instant): NextEscalation {
  const party = state.vendors.get(vendor);
  if (!party) return { kind: 'none', why: `${vendor} is not a party to the case` };
  if (state.status !== 'coordinating' && state.status !== 'scheduled') return { kind: 'none', why: `the case is '${state.status}'; vendors are escalated while it is coordinating or scheduled` };
  if (party.firstContact === undefined) return { kind: 'none', why: `${vendor} was never contacted` };
  const { entries: evidence, first } = evidenceOn(state, party);
  if (!first) return { kind: 'none', why: `${vendor} answered, and nothing was sent to it since` };

  const ladder = ladderFor(policy, record, party);
  const step = ladder[lastTaken(ladder, party) + 1];
  if (!step) return { kind: 'none', why: ladder.length === 0 ? 'policy.yaml has no step for this case' : `${vendor} is at the end of the ladder` };

  const begun = party.progress === 'rejected' ? (party.lastReply ?? first.at) : first.at;
  const since = step.since === 'first-contact' ? first.at : (party.steps.at(-1)?.at ?? begun);
  const due = calendar.add(since, step.after);
  if (now <= due) return { kind: 'not-yet', step, due, evidence };
  const missing = (step.needs ?? []).filter((need) => !isThere(need, state, vendor, first));
  return missing.length > 0 ? { kind: 'blocked', step, missing, evidence } : { kind: 'due', step, evidence };
}

/** What a person types to put an entry into the log that a step needs; where a field has a choice, its first value. */
export function commandForNeed(need: EntryMatch, number: string, vendor: string): string {
  if (need.event === 'assessed') return `vcc triage ${number}`;
  const wanted = Object.entries(need.with ?? {}).map(([field, value]) => [field, String([value].flat()[0])] as const);
  const flags = need.event === 'vendor-contacted' ? new Map([['vendor', vendor], ['purpose', 'reminder'], ...wanted]) : new Map(wanted);
  return [`vcc record ${number} ${need.event}`, ...[...flags].map(([field, value]) => `--${field} ${value}`)].join(' ');
}
