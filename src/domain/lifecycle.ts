import { CASE_STATUSES, type CaseStatus } from './case-state.ts';
import type { EventName } from './case.ts';

/** What must hold beside the status for an event to take effect. */
export type Condition =
  | 'assessed'
  | 'ready-to-schedule'
  | 'emergency'
  | 'not-emergency'
  | 'no-resolution-direct'
  | 'committee-refused'
  | 'done'
  | 'never-published'
  | 'was-published';

export interface Transition {
  readonly from: CaseStatus | 'none';
  readonly event: EventName;
  readonly to: CaseStatus;
  /** All of them. */
  readonly when?: readonly Condition[];
  /** What it means, for people, with the clause it comes from. */
  readonly why: string;
}

/** The lifecycle of a case as a table; the first row that fits decides. */
export const LIFECYCLE: readonly Transition[] = [
  { from: 'none', event: 'received', to: 'received', why: 'A report arrived (policy A).' },
  { from: 'received', event: 'accepted', to: 'accepted', when: ['assessed'], why: 'The checklist is answered and the centre takes the case (policy B).' },
  { from: 'received', event: 'declined', to: 'declined', when: ['assessed'], why: 'The checklist is answered and the centre does not take the case; the reporter hears why (policy B).' },
  { from: 'declined', event: 'reopened', to: 'received', why: 'The reporter asks again (policy F).' },
  { from: 'closed', event: 'reopened', to: 'received', when: ['never-published'], why: 'The reporter asks again (policy F).' },
  { from: 'closed', event: 'reopened', to: 'published', when: ['was-published'], why: 'A published case that was done is taken up again: what is public stays public and is updated (guideline IV.4).' },
  { from: 'accepted', event: 'vendor-contacted', to: 'coordinating', why: 'The first attempt to reach a vendor; it sets the start day (guideline IV.4).' },
  { from: 'coordinating', event: 'scheduled', to: 'scheduled', when: ['ready-to-schedule'], why: 'A remediation exists, a date is agreed, or the committee has cleared publication (guideline IV.4).' },
  { from: 'scheduled', event: 'unscheduled', to: 'coordinating', why: 'The date fell through; every notified party is told (guideline IV.4).' },
  { from: 'scheduled', event: 'committee-returned', to: 'coordinating', why: 'The committee finds that coordination is possible; the date that rested on its clearance falls (guideline IV.3(2) 7)).' },
  { from: 'scheduled', event: 'published', to: 'published', when: ['not-emergency'], why: 'The publication gate is clear (disclosure policy).' },
  { from: 'received', event: 'published', to: 'published', when: ['emergency'], why: 'An exploit is public or attacks were seen: users are warned first.' },
  { from: 'accepted', event: 'published', to: 'published', when: ['emergency'], why: 'An exploit is public or attacks were seen: users are warned first.' },
  { from: 'coordinating', event: 'published', to: 'published', when: ['emergency'], why: 'An exploit is public or attacks were seen: users are warned first.' },
  { from: 'scheduled', event: 'published', to: 'published', when: ['emergency'], why: 'An exploit is public or attacks were seen: users are warned first.' },
  { from: 'published', event: 'updated', to: 'published', why: 'A published advisory changes; the change goes into its history (guideline IV.4).' },
  ...(['received', 'accepted', 'coordinating', 'scheduled'] as const).flatMap((from): Transition[] => [
    { from, event: 'withdrawn', to: 'withdrawn', why: 'Not a vulnerability, already public, or every user is told directly: no advisory is needed (guideline IV.4, handling overview).' },
    { from, event: 'closed', to: 'closed', when: ['no-resolution-direct'], why: 'No resolution on the direct route (policy F).' },
    { from, event: 'closed', to: 'closed', when: ['committee-refused'], why: 'The publication committee said no (guideline IV.4).' },
  ]),
  { from: 'published', event: 'closed', to: 'closed', when: ['done'], why: 'Nothing is left to do on a published case.' },
];

/** What each condition asks for, to tell a person whose entry did not fit. */
export const CONDITIONS: Readonly<Record<Condition, string>> = {
  assessed: 'the acceptance checklist is answered first (an assessed entry)',
  'ready-to-schedule': 'a remediation exists, a party agreed to a date, or the committee cleared publication',
  emergency: 'it says that it is an emergency, and a public exploit or attacks are on record',
  'not-emergency': 'it does not claim an emergency',
  'no-resolution-direct': 'the reason is no-resolution and the case came by the direct route; on the partnership route the committee decides',
  'committee-refused': 'the reason is committee-refused and the refusal is on record',
  done: 'the reason is done',
  'never-published': 'nothing of it was ever published',
  'was-published': 'its advisory is public',
};

/**
 * Statuses in which an event may stand without moving the case; one that is not listed may stand in any, unless it is a
 * row of LIFECYCLE. What others did or said is a fact and may always be logged; what the team does needs its place.
 */
export const ALLOWED_IN: Readonly<Partial<Record<EventName, readonly CaseStatus[]>>> = {
  assessed: ['received', 'accepted', 'coordinating', 'scheduled'],
  // A declined reporter may still get help: an attempt to reach a silent vendor (policy D). It starts no clock.
  'vendor-contacted': ['declined', 'accepted', 'coordinating', 'scheduled', 'published', 'withdrawn', 'closed'],
  'wave-opened': ['accepted', 'coordinating', 'scheduled', 'published'],
  // After publication there is nothing left to be told in advance.
  'advance-notice-agreed': ['coordinating', 'scheduled'],
  escalated: ['coordinating', 'scheduled'],
  // Some deadlines outlast publication, such as a final report.
  'deadline-extended': ['received', 'accepted', 'coordinating', 'scheduled', 'published'],
  approved: ['received', 'accepted', 'coordinating', 'scheduled', 'published'],
  'opinion-asked': ['coordinating', 'scheduled'],
  'committee-cleared': ['coordinating', 'scheduled'],
  'committee-refused': ['coordinating', 'scheduled'],
  'committee-returned': ['coordinating'],
  'date-proposed': ['accepted', 'coordinating', 'scheduled'],
  'date-agreed': ['accepted', 'coordinating', 'scheduled'],
  // A record that is public before the advisory would be the disclosure.
  'cve-published': ['published', 'closed'],
};

/** What each status means to a case handler. */
export const STATUS_MEANING: Readonly<Record<CaseStatus, string>> = {
  received: 'A report has arrived and nobody has decided yet whether to take it.',
  accepted: 'The centre has taken the case; no vendor has been contacted.',
  declined: 'The centre does not take the case. The reporter is told why, and may still get help.',
  coordinating: 'At least one vendor has been contacted; there is no date of publication.',
  scheduled: 'The minute of publication is set.',
  published: 'The advisory is public. It may be updated.',
  withdrawn: 'The case ended without an advisory, because none is needed.',
  closed: 'The case ended: without a resolution, by the committee, or because nothing is left to do. Its embargo, if there is one, goes on.',
};

/** Whether an event can move a case at all. */
export const movesCase = (event: EventName): boolean => LIFECYCLE.some((row) => row.event === event);

/** The statuses in which an event may stand, whether it moves the case there or not; all, where nothing limits it. */
export function statusesFor(event: EventName): readonly CaseStatus[] {
  const moving = LIFECYCLE.flatMap((row) => (row.event === event && row.from !== 'none' ? [row.from] : []));
  const allowed = ALLOWED_IN[event];
  if (allowed === undefined && moving.length === 0) return movesCase(event) ? [] : CASE_STATUSES;
  return CASE_STATUSES.filter((status) => moving.includes(status) || allowed?.includes(status) === true);
}

/** Whether an event may stand in a case of this status, its other conditions apart. */
export const mayStand = (event: EventName, status: CaseStatus | 'none'): boolean => statusesFor(event).some((allowed) => allowed === status);

/** What can happen next to a case of this status, by event. */
export const transitionsFrom = (status: CaseStatus | 'none'): readonly Transition[] => LIFECYCLE.filter((row) => row.from === status);

/** The row that carries an event out, or why there is none. */
export function transition(
  from: CaseStatus | 'none',
  event: EventName,
  holds: (condition: Condition) => boolean,
): { readonly ok: true; readonly row: Transition } | { readonly ok: false; readonly why: string } {
  const rows = LIFECYCLE.filter((row) => row.from === from && row.event === event);
  const row = rows.find((candidate) => (candidate.when ?? []).every(holds));
  if (row) return { ok: true, row };
  if (rows.length > 0) {
    const needs = rows.map((candidate) => (candidate.when ?? []).map((condition) => CONDITIONS[condition]).join(' and '));
    return { ok: false, why: `it takes effect only if ${needs.join(', or if ')}` };
  }
  const possible = LIFECYCLE.filter((candidate) => candidate.event === event).map((candidate) => candidate.from);
  return { ok: false, why: `it is possible only for a case that is ${[...new Set(possible)].join(', ')}` };
}
