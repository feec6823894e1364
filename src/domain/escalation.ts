import type { EntryMatch, EscalationStep, Policy } from '../generated/documents.ts';
import type { WorkCalendar } from './calendar.ts';
import type { CaseState, VendorState } from './case-state.ts';
import { isEvent, type CaseRecord, type EntryOf, type LoggedEntry } from './case.ts';
import { arrivals } from './contact-means.ts';
import { concerns, matches } from './entry-match.ts';
import { startOfDay, type Instant } from './instant.ts';
import { vendorHeardIn } from './vendor-progress.ts';

/** What a step of the ladder came to, and the entries of the log that it rests on. */
export type NextEscalation =
  | { readonly kind: 'due'; readonly step: EscalationStep; readonly evidence: readonly LoggedEntry[] }
  | { readonly kind: 'not-yet'; readonly step: EscalationStep; readonly due: Instant; readonly missing: readonly EntryMatch[]; readonly evidence: readonly LoggedEntry[] }
  /** from: where its time begins with what is missing, when it is due if that happens now. */
  | { readonly kind: 'blocked'; readonly step: EscalationStep; readonly from?: Instant; readonly missing: readonly EntryMatch[]; readonly evidence: readonly LoggedEntry[] }
  | { readonly kind: 'none'; readonly why: string };

type Because = NonNullable<EscalationStep['because']>[number];
type Escalated = LoggedEntry<EntryOf<'escalated'>>;

/** Why a vendor is escalated: it does not answer, or it disputes the flaw (policy F). */
export const escalatedBecause = ({ progress }: Pick<VendorState, 'progress'>): Because => (progress === 'rejected' ? 'disagreement' : 'silence');

/** The steps that apply to a vendor: by route, and by whether it does not answer or disputes the flaw. */
function ladderFor(policy: Pick<Policy, 'escalation'>, record: CaseRecord, vendor: VendorState): readonly EscalationStep[] {
  const because = escalatedBecause(vendor);
  return policy.escalation.filter((step) => (!step.routes || step.routes.includes(record.file.route)) && (step.because ?? ['silence']).includes(because));
}

const lastTaken = (ladder: readonly EscalationStep[], vendor: VendorState): number => ladder.findLastIndex(({ id }) => vendor.steps.some(({ entry }) => entry.step === id));

/** Whether every step that there is was taken. */
export function atEndOfLadder(policy: Pick<Policy, 'escalation'>, record: CaseRecord, vendor: VendorState): boolean {
  const ladder = ladderFor(policy, record, vendor);
  return ladder.length > 0 && lastTaken(ladder, vendor) === ladder.length - 1;
}

/** The entry with which a vendor reached a stage since it last answered; the steps of policy.yaml say where they lead. */
export const reached = (policy: Pick<Policy, 'escalation'>, vendor: VendorState, stage: NonNullable<EscalationStep['reaches']>): Escalated | undefined =>
  vendor.steps.find(({ entry }) => policy.escalation.some(({ id, reaches }) => id === entry.step && reaches === stage));

const ABOUT_CONTACT = isEvent('vendor-contacted', 'vendor-replied', 'escalated', 'partner-contacted', 'partner-replied', 'opinion-asked', 'opinion-given');

/**
 * What a step rests on. Silence: the attempts to reach the vendor, straight or through others, and the steps since it was
 * last heard of. Disagreement: everything between the two, from the first contact on.
 */
function evidenceOn(state: CaseState, vendor: VendorState): { readonly entries: readonly LoggedEntry[]; readonly attempts: readonly LoggedEntry<EntryOf<'vendor-contacted'>>[] } {
  const since = escalatedBecause(vendor) === 'disagreement' ? 0 : state.entries.findLastIndex(({ entry }) => vendorHeardIn(entry) === vendor.slug) + 1;
  const entries = state.entries.slice(since).filter(ABOUT_CONTACT).filter(({ entry }) => 'vendor' in entry && entry.vendor === vendor.slug);
  return { entries, attempts: entries.filter(isEvent('vendor-contacted')) };
}

/** Whether the log has what the step rests on: of an assessment the last, of what concerns the vendor what was done since the evidence begins. */
function isThere(need: EntryMatch, state: CaseState, vendor: string, since: LoggedEntry): boolean {
  if (need.event === 'assessed') return state.assessed !== undefined && matches(state.assessed, need);
  const start = state.entries.indexOf(since);
  return state.entries.some((logged, place) => matches(logged, need) && concerns(logged, vendor) && (place >= start || !('vendor' in logged.entry)));
}

/** The last moment of the day that the list announced for getting in touch; nothing follows before it. */
function announcedEnd(vendor: VendorState, calendar: WorkCalendar): Instant {
  const days = vendor.steps.flatMap(({ entry }) => entry.until ?? []);
  return Math.max(-Infinity, ...days.map((day) => calendar.add(startOfDay(day, calendar.zone), { amount: 0, unit: 'day' })));
}

/**
 * The next step of the ladder for a vendor that does not answer or disputes the flaw, and the entries of the log that
 * it rests on (guideline IV.3 and IV.4; policy E and F). A step is due when its time has passed to the end of the day.
 *
 * Mail that came back is an attempt: the start day counts it, for that is the day of the first try (guideline IV.2,
 * note 4). It reached nobody, so no silence begins with it (guideline IV.4 2): no answer at all to what was sent), and
 * nobody waits for an answer to it: as long as mail comes back, the steps that send mail are left out.
 */
export function nextEscalation(record: CaseRecord, state: CaseState, vendor: string, policy: Policy, calendar: WorkCalendar, now: Instant): NextEscalation {
  const party = state.vendors.get(vendor);
  if (!party) return { kind: 'none', why: `${vendor} is not a party to the case` };
  if (state.status !== 'coordinating' && state.status !== 'scheduled') return { kind: 'none', why: `the case is '${state.status}'; vendors are escalated while it is coordinating or scheduled` };
  const { firstContact } = party;
  if (firstContact === undefined) return { kind: 'none', why: `${vendor} was never contacted` };
  const { entries: evidence, attempts } = evidenceOn(state, party);
  const first = attempts[0];
  if (!first) return { kind: 'none', why: `${vendor} answered, and nothing was sent to it since` };

  const { arrived, mailFails } = arrivals(evidence, vendor);
  const ladder = ladderFor(policy, record, party);
  const step = ladder.slice(lastTaken(ladder, party) + 1).find(({ message }) => !mailFails || (message ?? 'none') === 'none');
  if (!step) return { kind: 'none', why: ladder.length === 0 ? 'policy.yaml has no step for this case' : `${vendor} is at the end of the ladder` };

  const lastStep = party.steps.at(-1)?.at;
  const begun = escalatedBecause(party) === 'disagreement' ? (party.lastReply ?? first.at) : arrived[0]?.at;
  const since = step.since === 'first-contact' ? first.at : (lastStep ?? begun);
  const waited = since === undefined ? -Infinity : calendar.add(since, step.after);
  const due = Math.max(waited, announcedEnd(party, calendar));
  const missing = (step.needs ?? []).filter((need) => !isThere(need, state, vendor, first));
  if (now <= due) return { kind: 'not-yet', step, due, missing, evidence };
  return missing.length > 0 ? { kind: 'blocked', step, ...(since === undefined ? { from: calendar.add(now, step.after) } : {}), missing, evidence } : { kind: 'due', step, evidence };
}

/** What a person types to put an entry into the log that a step needs; where a field has a choice, its first value. */
export function commandForNeed(need: EntryMatch, number: string, vendor: string): string {
  if (need.event === 'assessed') return `vcc triage ${number}`;
  const wanted = Object.entries(need.with ?? {}).map(([field, value]) => [field, String([value].flat()[0])] as const);
  const usual: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
    'vendor-contacted': [['vendor', vendor], ['purpose', 'reminder']],
    'partner-contacted': [['vendor', vendor], ['party', 'partner:SLUG'], ['means', 'mail']],
  };
  const flags = new Map([...(usual[need.event] ?? []), ...wanted]);
  const record = [`vcc record ${number} ${need.event}`, ...[...flags].map(([field, value]) => `--${field} ${value}`)].join(' ');
  if (need.event !== 'partner-contacted') return record;
  return `vcc notify ${number} --partner SLUG --purpose ${flags.get('purpose') ?? 'contact-search'} --vendor ${vendor}\nOr, where it was asked already: ${record}`;
}
