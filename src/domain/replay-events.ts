import type { AttacksObservedEntry, ExploitPublicEntry, PublicKnownEntry, SentMessage } from '../generated/documents.ts';
import type { CaseState } from './case-state.ts';
import type { EntryOf, EventName, LoggedEntry } from './case.ts';
import { afterEmbargoStep, type EmbargoStep } from './embargo.ts';
import type { Place, Severity } from './finding.ts';
import { parseInstant, type Instant } from './instant.ts';
import { newVendor, type Draft } from './replay-draft.ts';
import { afterStep, stepOfContact, vendorHeardIn } from './vendor-progress.ts';

export interface Objection {
  readonly rule: 'illegal-transition' | 'embargo-order' | 'vendor-not-in-case' | 'dangling-entry';
  readonly severity?: Severity;
  readonly message: string;
  readonly fix?: string;
  readonly place?: Place;
  /** The entry counts all the same: it happened, and the log must be able to say so. */
  readonly takesEffect?: true;
}

/** What one event does to the state; an objection means that it did nothing, unless it says otherwise. */
type Apply<N extends EventName> = (draft: Draft, logged: LoggedEntry<EntryOf<N>>, object: (objection: Objection) => void) => void;

const keepMessage = (draft: Draft, party: string, message: SentMessage | undefined, at: Instant): void => {
  if (message) draft.messages.push({ party, message, at });
};

/** A vendor that was written to and is heard of, in whatever way, has answered: it leaves the ladder. */
function hear(draft: Draft, { entry, at }: LoggedEntry): void {
  const vendor = draft.vendors.get(vendorHeardIn(entry) ?? '');
  // Help for a declined reporter is no handling of a case (policy D); a status that the vendor had published before anybody wrote answers nothing.
  if (!vendor || draft.status === 'declined' || (vendor.firstContact === undefined && entry.event !== 'vendor-replied')) return;
  vendor.lastReply = at;
  vendor.steps = [];
  vendor.progress = afterStep(vendor.progress, 'answered');
}

function stepEmbargo(draft: Draft, step: EmbargoStep, party: string, object: (objection: Objection) => void, until?: Instant): void {
  const { latches } = draft;
  const known = latches.public ?? latches.exploit ?? latches.attacks;
  const agreesSomethingNew = step === 'propose' || (step === 'accept' && draft.embargo.offers.size > 0);
  if (known && agreesSomethingNew) {
    object({
      rule: 'embargo-order',
      message: `no embargo can be agreed any more: ${known.entry.event} is on record (${known.name})`,
      fix: 'the embargo has to end; if the entry is a mistake, correct it',
    });
    return;
  }
  const after = afterEmbargoStep(draft.embargo, step, party, until);
  if (!after) {
    const own = step === 'accept' && draft.embargo.offers.has(party) ? ' by who proposed it' : '';
    object({ rule: 'embargo-order', message: `the embargo is '${draft.embargo.status}', so it cannot be ${PAST[step]}${own}` });
    return;
  }
  draft.embargo = after;
}

const PAST: Readonly<Record<EmbargoStep, string>> = { propose: 'proposed', accept: 'accepted', reject: 'rejected', terminate: 'terminated' };

const latch = (name: keyof CaseState['latches']) =>
  (draft: Draft, logged: LoggedEntry<PublicKnownEntry | ExploitPublicEntry | AttacksObservedEntry>): void => {
    draft.latches[name] ??= logged;
  };

/** Ends what an embargo still held when the advisory went out. */
function endEmbargoOnPublication(draft: Draft, at: Instant, object: (objection: Objection) => void): void {
  const { embargo } = draft;
  if (embargo.status !== 'active' && embargo.status !== 'revise') return;
  if (embargo.until !== undefined && embargo.until > at) {
    object({
      rule: 'embargo-order',
      takesEffect: true,
      message: 'the advisory went out while an embargo was in force',
      fix: 'record embargo-terminated, at a time before the publication, or correct the entry that is wrong',
    });
    return;
  }
  draft.embargo = { ...embargo, status: 'exited', offers: new Map() };
}

/** What each event does to the state. An event that is not listed is kept and changes nothing else. */
const APPLY: { readonly [N in EventName]?: Apply<N> } = {
  assessed: (draft, logged) => {
    draft.assessed = logged;
  },
  reopened: (draft) => {
    for (const vendor of draft.vendors.values()) {
      vendor.progress = afterStep(vendor.progress, vendor.firstContact === undefined ? 'case-reopened-untried' : 'case-reopened');
    }
    draft.committeeRefused = false;
    draft.committeeCleared = undefined;
  },
  'reporter-contacted': (draft, { entry, at }) => keepMessage(draft, 'reporter', entry.message, at),
  'vendor-added': (draft, { entry }) => {
    const known = draft.vendors.get(entry.vendor);
    if (known) known.role = entry.role;
    else draft.vendors.set(entry.vendor, newVendor(entry.vendor, entry.role));
  },
  'vendor-contacted': (draft, { entry, at, name }, object) => {
    const vendor = draft.vendors.get(entry.vendor);
    if (!vendor) return;
    keepMessage(draft, `vendor:${entry.vendor}`, entry.message, at);
    // Help for a declined reporter is no handling of a case: it sets no start day (policy D).
    if (draft.status === 'declined') return;
    vendor.firstContact ??= at;
    vendor.lastContact = at;
    vendor.progress = afterStep(vendor.progress, stepOfContact(entry.outcome));
    if (entry.purpose !== 'details' || entry.outcome === 'bounced') return;
    vendor.gotDetails = true;
    const { embargo } = draft;
    if (embargo.everProposed && embargo.status !== 'exited' && !draft.published && !embargo.acceptedBy.has(`vendor:${entry.vendor}`)) {
      object({
        rule: 'embargo-order',
        severity: 'warning',
        takesEffect: true,
        message: `details went to ${entry.vendor}, which had not accepted the embargo (${name})`,
        fix: `get the consent of ${entry.vendor} and record embargo-accepted`,
      });
    }
  },
  'vendor-replied': (draft, { entry }) => {
    const vendor = draft.vendors.get(entry.vendor);
    if (!vendor) return;
    vendor.progress = afterStep(vendor.progress, entry.progress === undefined ? 'answered' : `reply:${entry.progress}`);
  },
  'vendor-status': (draft, logged) => {
    const vendor = draft.vendors.get(logged.entry.vendor);
    if (!vendor) return;
    if (logged.entry.cves === undefined || logged.entry.cves.length === 0) {
      vendor.status = logged;
      vendor.statusByCve.clear();
    } else for (const cve of logged.entry.cves) vendor.statusByCve.set(cve, logged);
  },
  'fix-available': (draft, logged) => {
    draft.remediations.push(logged);
  },
  'embargo-proposed': (draft, { entry }, object) => stepEmbargo(draft, 'propose', entry.party, object, parseInstant(entry.until)),
  'embargo-accepted': (draft, { entry }, object) => stepEmbargo(draft, 'accept', entry.party, object),
  'embargo-rejected': (draft, { entry }, object) => stepEmbargo(draft, 'reject', entry.party, object),
  'embargo-terminated': (draft, _logged, object) => stepEmbargo(draft, 'terminate', 'team', object),
  // Who names a date agrees to it.
  'date-proposed': (draft, { entry }) => {
    draft.agreedDates.set(entry.party, parseInstant(entry.date));
  },
  'date-agreed': (draft, { entry }) => {
    draft.agreedDates.set(entry.party, parseInstant(entry.date));
  },
  scheduled: (draft, { entry }) => {
    draft.scheduled = parseInstant(entry.date);
  },
  unscheduled: (draft) => {
    draft.scheduled = undefined;
    draft.agreedDates.clear();
  },
  approved: (draft, logged) => {
    draft.approvals.push(logged);
  },
  'public-known': latch('public'),
  'exploit-public': latch('exploit'),
  'attacks-observed': latch('attacks'),
  escalated: (draft, logged) => {
    const vendor = draft.vendors.get(logged.entry.vendor);
    if (!vendor) return;
    vendor.steps.push(logged);
    vendor.progress = afterStep(vendor.progress, 'escalated');
    keepMessage(draft, `vendor:${vendor.slug}`, logged.entry.message, logged.at);
    if (logged.entry.message) vendor.lastContact = logged.at;
  },
  'committee-cleared': (draft, logged, object) => {
    const missing = Object.entries(logged.entry.conditions).filter(([, holds]) => !holds).map(([condition]) => condition);
    if (missing.length === 0) draft.committeeCleared = logged;
    else {
      object({
        rule: 'illegal-transition',
        message: `the committee clears publication only if every condition holds; not so: ${missing.join(', ')}`,
        place: logged.where('conditions', missing[0] ?? ''),
        fix: 'record committee-refused instead',
      });
    }
  },
  'committee-refused': (draft) => {
    draft.committeeRefused = true;
    draft.committeeCleared = undefined;
  },
  'cve-assigned': (draft, { entry }) => {
    draft.cves.set(entry.cve, { id: entry.cve, assigner: entry.assigner, ...(entry.flaw === undefined ? {} : { flaw: entry.flaw }) });
  },
  published: (draft, logged, object) => {
    endEmbargoOnPublication(draft, logged.at, object);
    draft.published = logged;
    draft.latches.public ??= logged;
  },
  updated: (draft, logged) => {
    draft.updates.push(logged);
  },
  withdrawn: (draft) => endVendors(draft),
  closed: (draft) => endVendors(draft),
};

function endVendors(draft: Draft): void {
  for (const vendor of draft.vendors.values()) vendor.progress = afterStep(vendor.progress, 'case-ended');
}

/** Carries out what the event does; false where an objection kept it from having any effect. */
export function takeEffect(draft: Draft, logged: LoggedEntry, object: (objection: Objection) => void): boolean {
  const apply = APPLY[logged.entry.event] as Apply<EventName> | undefined;
  const objections: Objection[] = [];
  apply?.(draft, logged, (objection) => objections.push(objection));
  objections.forEach(object);
  const effective = objections.every(({ takesEffect }) => takesEffect === true);
  if (effective) hear(draft, logged);
  return effective;
}
