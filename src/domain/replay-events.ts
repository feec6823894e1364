import type { LogEntry, SentMessage } from '../generated/documents.ts';
import { isEvent, type EntryOf, type EventName, type LoggedEntry } from './case.ts';
import { afterFixStep, FIX_PATH, worksOnIt } from './fix-path.ts';
import { parseInstant, type Instant } from './instant.ts';
import { LATCHES, type LatchName } from './latches.ts';
import { newVendor, type Draft, type Objection, type Raise } from './replay-draft.ts';
import { detailsTo, endEmbargoOnPublication, gaveDetails, stepEmbargo } from './replay-embargo.ts';
import { afterStep, hasAnswered, stepOfContact, vendorHeardIn } from './vendor-progress.ts';
import { mayFollow, VENDOR_STATUS } from './vendor-status.ts';

/** What one event does to the state; an objection means that it did nothing, unless it says otherwise. */
type Apply<N extends EventName> = (draft: Draft, logged: LoggedEntry<EntryOf<N>>, object: Raise) => void;

const keepMessage = (draft: Draft, party: string, message: SentMessage | undefined, at: Instant): void => {
  if (message) draft.messages.push({ party, message, at });
};

/** What a vendor may have made public before anybody wrote to it. */
const UNASKED: ReadonlySet<EventName> = new Set(['vendor-status', 'fix-available', 'verified']);

/** A vendor that was written to and is heard of, in whatever way, has answered: it leaves the ladder. */
function hear(draft: Draft, { entry, at }: LoggedEntry): void {
  const vendor = draft.vendors.get(vendorHeardIn(entry) ?? '');
  // Help for a declined reporter is no handling of a case (policy D); and what it had published before anybody wrote answers nothing.
  if (!vendor || draft.status === 'declined' || (vendor.firstContact === undefined && UNASKED.has(entry.event))) return;
  vendor.lastReply = at;
  vendor.steps = [];
  vendor.progress = afterStep(vendor.progress, 'answered');
}

/** The first entry sets a latch, and whatever it implies. */
const latch = (name: LatchName) =>
  (draft: Draft, logged: LoggedEntry): void => {
    draft.latches[name] ??= logged;
    const { implies } = LATCHES[name];
    if (implies) draft.latches[implies] ??= logged;
  };

const noDate = (draft: Draft): void => {
  draft.scheduled = undefined;
  draft.agreedDates.clear();
};

const noVerdict = (draft: Draft): void => {
  draft.committeeCleared = undefined;
  draft.committeeRefused = false;
};

/** Whether a vendor got the details some other way than by the message that came back; where nobody says which one that was, nothing is known. */
function stillHasDetails(draft: Draft, { vendor, returned }: EntryOf<'vendor-contacted'>): boolean {
  const before = draft.entries.filter(isEvent('vendor-contacted')).filter(({ entry }) => entry.vendor === vendor && entry.purpose === 'details');
  const cameBack = new Set([returned, ...before.map(({ entry }) => entry.returned)]);
  return before.some(({ entry }) => entry.outcome !== 'bounced' && (returned === undefined || entry.message === undefined || !cameBack.has(entry.message.id)));
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
    noVerdict(draft);
    if (!draft.published) noDate(draft);
  },
  'reporter-contacted': (draft, { entry, at }) => keepMessage(draft, 'reporter', entry.message, at),
  'release-requested': (draft, logged) => {
    draft.release.requested ??= logged;
  },
  'reporter-released': (draft, logged) => {
    draft.release.granted ??= logged;
  },
  'vendor-added': (draft, { entry }) => {
    const known = draft.vendors.get(entry.vendor);
    if (known) known.role = entry.role;
    else draft.vendors.set(entry.vendor, newVendor(entry.vendor, entry.role));
  },
  'vendor-contacted': (draft, logged, object) => {
    const { entry, at } = logged;
    const vendor = draft.vendors.get(entry.vendor);
    if (!vendor) return;
    keepMessage(draft, `vendor:${entry.vendor}`, entry.message, at);
    if (entry.purpose === 'details' && entry.outcome !== 'bounced') {
      detailsTo(draft, `vendor:${entry.vendor}`, logged, object);
      vendor.gotDetails = true;
      vendor.fixPath = afterFixStep(vendor.fixPath, 'learns');
    }
    if (entry.purpose === 'details' && entry.outcome === 'bounced') vendor.gotDetails = stillHasDetails(draft, entry);
    // Help for a declined reporter is no handling of a case: it sets no start day (policy D).
    if (draft.status === 'declined') return;
    vendor.firstContact ??= at;
    vendor.lastContact = at;
    vendor.progress = afterStep(vendor.progress, stepOfContact(entry.outcome));
  },
  'vendor-replied': (draft, { entry }) => {
    const vendor = draft.vendors.get(entry.vendor);
    if (!vendor) return;
    vendor.progress = afterStep(vendor.progress, entry.progress === undefined ? 'answered' : `reply:${entry.progress}`);
    if (worksOnIt(entry.progress)) vendor.fixPath = afterFixStep(vendor.fixPath, 'learns');
  },
  verified: (draft, logged) => {
    draft.verifications.push(logged);
    const vendor = logged.entry.vendor === undefined ? undefined : draft.vendors.get(logged.entry.vendor);
    if (vendor) vendor.fixPath = afterFixStep(vendor.fixPath, 'learns');
  },
  'partner-contacted': (draft, logged, object) => {
    const { entry, at } = logged;
    keepMessage(draft, entry.party, entry.message, at);
    if (gaveDetails(entry)) detailsTo(draft, entry.party, logged, object);
  },
  'vendor-status': (draft, logged, object) => {
    const { vendor: slug, status, cves = [] } = logged.entry;
    const vendor = draft.vendors.get(slug);
    if (!vendor) return;
    const current = cves.length === 0 ? [vendor.status, ...vendor.statusByCve.values()] : cves.map((cve) => vendor.statusByCve.get(cve) ?? vendor.status);
    const barred = current.find((before) => !mayFollow(before?.entry.status, status));
    if (barred) {
      object({
        rule: 'illegal-transition',
        message: `the public status of ${slug} cannot go from ${barred.entry.status} to ${status}`,
        place: logged.where('status'),
        fix: `choose one of ${VENDOR_STATUS[barred.entry.status].join(', ')}; if ${barred.name} is the mistake, correct it`,
      });
    } else if (cves.length === 0) {
      vendor.status = logged;
      vendor.statusByCve.clear();
    } else for (const cve of cves) vendor.statusByCve.set(cve, logged);
  },
  'fix-available': (draft, logged) => {
    draft.remediations.push(logged);
    const { vendor: slug, remediation } = logged.entry;
    const vendor = slug === undefined ? undefined : draft.vendors.get(slug);
    if (vendor && remediation === 'fix') vendor.fixPath = afterFixStep(vendor.fixPath, 'fixes');
  },
  'fix-deployed': (draft, logged, object) => {
    const vendor = draft.vendors.get(logged.entry.vendor);
    if (!vendor) return;
    if (FIX_PATH[vendor.fixPath].deploys === undefined && vendor.fixPath !== 'fix-deployed') {
      object({
        rule: 'illegal-transition',
        message: `no fix of ${vendor.slug} is on record, so none can have reached its users`,
        place: logged.where('vendor'),
        fix: `record it before: fix-available --remediation fix --vendor ${vendor.slug}`,
      });
      return;
    }
    vendor.fixPath = afterFixStep(vendor.fixPath, 'deploys');
  },
  'embargo-proposed': (draft, logged, object) => stepEmbargo(draft, logged, 'propose', logged.entry.party, object, parseInstant(logged.entry.until)),
  'embargo-accepted': (draft, logged, object) => stepEmbargo(draft, logged, 'accept', logged.entry.party, object),
  'embargo-rejected': (draft, logged, object) => stepEmbargo(draft, logged, 'reject', logged.entry.party, object),
  'embargo-terminated': (draft, logged, object) => stepEmbargo(draft, logged, 'terminate', 'team', object),
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
  unscheduled: noDate,
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
    if (missing.length === 0) {
      noVerdict(draft);
      draft.committeeCleared = logged;
      draft.clearanceEndedBy = undefined;
    } else {
      object({
        rule: 'illegal-transition',
        message: `the committee clears publication only if every condition holds; not so: ${missing.join(', ')}`,
        place: logged.where('conditions', missing[0] ?? ''),
        fix: 'record committee-refused instead',
      });
    }
  },
  'committee-refused': (draft) => {
    noVerdict(draft);
    draft.committeeRefused = true;
  },
  'committee-returned': (draft) => {
    noVerdict(draft);
    if (draft.status === 'scheduled') noDate(draft);
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
  withdrawn: (draft) => endCoordination(draft),
  closed: (draft) => endCoordination(draft),
};

/** A case that has ended waits for nobody and has no date to come. Its embargo is untouched: closing does not end it (Vultron). */
function endCoordination(draft: Draft): void {
  draft.scheduled = draft.published && draft.scheduled;
  for (const vendor of draft.vendors.values()) vendor.progress = afterStep(vendor.progress, 'case-ended');
}

/** Who still refuses has not come back; an opinion is what the committee asked for. */
const stillRefuses = (entry: LogEntry): boolean =>
  entry.event === 'embargo-rejected' ||
  entry.event === 'opinion-given' ||
  (entry.event === 'vendor-replied' && entry.progress === 'rejected') ||
  (entry.event === 'vendor-contacted' && stepOfContact(entry.outcome) === 'refused') ||
  (entry.event === 'vendor-status' && entry.status === 'disputed');

/**
 * Whether the entry ends the clearance of the committee. It was given because a vendor could not be reached or disputed the flaw;
 * one that answers after all goes back to coordinating (domain: escalation), also where the two were written down in two clones.
 */
function endsClearance(draft: Draft, { entry }: LoggedEntry): boolean {
  const slug = stillRefuses(entry) ? undefined : vendorHeardIn(entry);
  const vendor = slug === undefined ? undefined : draft.vendors.get(slug);
  if (!draft.committeeCleared || !vendor) return false;
  return vendor.steps.length > 0 || vendor.progress === 'rejected' || !hasAnswered(vendor.progress);
}

/** Carries out what the event does; false where an objection kept it from having any effect. */
export function takeEffect(draft: Draft, logged: LoggedEntry, object: Raise): boolean {
  const ends = endsClearance(draft, logged);
  const apply = APPLY[logged.entry.event] as Apply<EventName> | undefined;
  const objections: Objection[] = [];
  apply?.(draft, logged, (objection) => objections.push(objection));
  objections.forEach(object);
  const effective = objections.every(({ takesEffect }) => takesEffect === true);
  if (effective) hear(draft, logged);
  if (effective && ends) {
    draft.clearanceEndedBy = logged;
    draft.committeeCleared = undefined;
  }
  return effective;
}
