import { mayHaveKeySince, type CaseState, type CaseStatus, type VendorState } from './case-state.ts';
import { hasReporter, isEvent, type CaseRecord, type EntryOf } from './case.ts';
import { hasCome, isSettled, type DueDate } from './deadlines.ts';
import { arrivals } from './contact-means.ts';
import { acknowledge, commandForDue } from './due-command.ts';
import type { Instant } from './instant.ts';
import { hasAnswered, vendorHeardIn } from './vendor-progress.ts';
import { mayTellVendor, type WaveRules } from './waves.ts';

/** How soon a case needs a person; within a level, the priority from the matrix decides. */
const LEVELS = ['attacked', 'secret-out', 'overdue', 'due-now', 'due-soon', 'ours', 'theirs', 'ended'] as const;
type Level = (typeof LEVELS)[number];

/** What a person does next about a case, and how soon it matters. */
export interface Attention<D = DueDate> {
  /** Lower comes first. */
  readonly rank: number;
  readonly level: Level;
  readonly what: string;
  /** What to type. */
  readonly command?: string;
  /** The deadline that it is about. */
  readonly due?: D;
}

type Suggestion = Omit<Attention, 'rank' | 'level'>;
interface Situation {
  readonly number: string;
  readonly record: CaseRecord;
  readonly state: CaseState;
  readonly dues: readonly DueDate[];
  readonly now: Instant;
  readonly waves: WaveRules;
}

/** With a level where it is not the one of the status. */
type Placed = Suggestion & { readonly level?: Level };

const spokeOf = (state: CaseState, purpose: EntryOf<'reporter-contacted'>['purpose']): boolean =>
  state.entries.some((logged) => isEvent('reporter-contacted')(logged) && logged.entry.purpose === purpose);

function onReceived({ number, record, state }: Situation): Placed {
  const next = state.assessed ? 'assessed, not decided' : 'not assessed yet';
  // On the partnership route the receiving organisation talks to the reporter.
  if (hasReporter(record) && record.file.route !== 'partnership' && !spokeOf(state, 'acknowledgement')) {
    const encrypted = mayHaveKeySince(state);
    const how = encrypted ? '' : ', and it can go in clear only, for no key can be used';
    return { what: `the reporter has no answer yet${how}; ${next} (vcc triage ${number})`, command: acknowledge(number, encrypted) };
  }
  return { what: next, command: `vcc triage ${number}` };
}

function onAccepted({ number, record, state }: Situation): Placed {
  const [vendor] = state.vendors.values();
  const slug = vendor?.slug ?? record.file.products.find(({ registry }) => registry !== undefined)?.registry ?? 'SLUG';
  return { what: 'no vendor has been contacted', command: `vcc notify ${number} --vendor ${slug}` };
}

/** Details may go now: the vendor has answered and nothing that was proposed still waits for its consent. */
function waitsForDetails(state: CaseState, vendor: VendorState): boolean {
  if (vendor.gotDetails || vendor.lastReply === undefined || vendor.progress === 'rejected' || vendor.status?.entry.status === 'not-affected') return false;
  return vendor.acceptedEmbargo || state.embargo.status === 'exited' || !state.entries.some(({ entry }) => entry.event === 'embargo-proposed');
}

const silentSince = ({ lastContact, lastReply }: VendorState): boolean => lastContact !== undefined && (lastReply === undefined || lastReply < lastContact);

/** Whether mail to a vendor comes back since it was last heard of, and whether nothing else was tried after that. */
function sinceHeard(state: CaseState, slug: string): { readonly mailFails: boolean; readonly byMail: boolean } {
  const since = state.entries.slice(state.entries.findLastIndex(({ entry }) => vendorHeardIn(entry) === slug) + 1);
  const last = since.filter(isEvent('vendor-contacted')).findLast(({ entry }) => entry.vendor === slug);
  return { mailFails: arrivals(since, slug).mailFails, byMail: last?.entry.means === 'mail' };
}

/** What is next with one vendor, the nearest first; undefined where nothing is open. */
function withVendor({ number, state, waves }: Situation, vendor: VendorState): Placed | undefined {
  const { slug } = vendor;
  const wave = mayTellVendor(waves, state, number, slug, vendor.role);
  if (!wave.ok && vendor.firstContact === undefined) return { level: 'theirs', what: `${slug} is not told yet: ${wave.why}`, command: wave.hint.split('\n')[0] ?? '' };
  if (vendor.firstContact === undefined) return { what: `${slug} has not been contacted`, command: `vcc notify ${number} --vendor ${slug}` };
  const { mailFails, byMail } = sinceHeard(state, slug);
  if (mailFails && byMail) return { what: `mail to ${slug} came back: call it and log that, or keep another address first (vcc vendor add ${slug} --email ADDRESS --language LANGUAGE)`, command: `vcc record ${number} vendor-contacted --vendor ${slug} --purpose reminder --means phone` };
  if (!mailFails && waitsForDetails(state, vendor)) return { what: `${slug} has answered and waits for the details`, command: `vcc notify ${number} --vendor ${slug} --purpose details` };
  if (vendor.lastReply !== undefined && !vendor.gotDetails && !vendor.acceptedEmbargo && state.embargo.status !== 'none' && state.embargo.status !== 'exited') {
    return { level: 'theirs', what: `${slug} has not accepted the embargo`, command: `vcc due --case ${number}` };
  }
  if (hasAnswered(vendor.progress) && vendor.progress !== 'acknowledged' && !vendor.status && vendor.statusByCve.size === 0) {
    return { what: `${slug} has taken a stand and has no public status`, command: `vcc record ${number} vendor-status --vendor ${slug} --status STATUS` };
  }
  return undefined;
}

/** The committee said no, and nothing it said since: the case ends (guideline IV.3 (2) 7) (イ)). */
const refusedByCommittee = (state: CaseState): boolean => state.entries.findLast(isEvent('committee-cleared', 'committee-refused', 'committee-returned', 'reopened'))?.entry.event === 'committee-refused';

/** Whom we wait for, and until when: an answer is recorded when there is one, and what comes after silence has a clock. */
function waitingFor({ number, state, dues }: Situation): Placed | undefined {
  const silent = [...state.vendors.values()].filter(silentSince).map(({ slug }) => slug);
  if (silent.length === 0) return undefined;
  const due = dues.find((each) => each.owed === 'vendor' && each.vendor !== undefined && silent.includes(each.vendor) && !isSettled(each));
  return { level: 'theirs', what: `waiting for ${silent.join(', ')}`, command: `vcc due --case ${number}`, ...(due === undefined ? {} : { due }) };
}

function onCoordinating(situation: Situation): Placed {
  const { number, state } = situation;
  if (refusedByCommittee(state)) return { what: 'the committee refused publication: the case ends', command: `vcc record ${number} closed --because committee-refused --reason TEXT` };
  const open = [...state.vendors.values()].flatMap((vendor) => withVendor(situation, vendor) ?? []);
  const ours = open.find(({ level }) => level === undefined);
  if (ours) return ours;
  if (state.remediations.length > 0 || state.committeeCleared || [...state.agreedDates.keys()].some((party) => party !== 'team')) {
    return { what: 'ready for a date of publication', command: `vcc schedule ${number} --date WHEN` };
  }
  return open[0] ?? waitingFor(situation) ?? { level: 'theirs', what: 'waiting for a remediation', command: `vcc due --case ${number}` };
}

function onScheduled({ number, state, now }: Situation): Placed {
  const { scheduled } = state;
  if (state.approvals.length === 0) return { what: 'the text is not approved', command: `vcc approve ${number}` };
  if (scheduled !== undefined && now >= scheduled) return { level: 'due-now', what: 'the date of publication has come', command: `vcc publish ${number}` };
  return { level: 'theirs', what: 'approved, waiting for the date of publication', command: `vcc publish ${number} --check` };
}

const NEXT: Readonly<Record<CaseStatus, (situation: Situation) => Placed>> = {
  received: onReceived,
  accepted: onAccepted,
  coordinating: onCoordinating,
  scheduled: onScheduled,
  declined: ({ number, record, state }) =>
    hasReporter(record) && !spokeOf(state, 'declined')
      ? { level: 'ours', what: 'the reporter does not know that the case was declined', command: `vcc notify ${number} --reporter --purpose declined` }
      : { what: 'declined; the reporter may ask again', command: `vcc record ${number} reopened --reason TEXT` },
  published: ({ number }) => ({ what: 'published; a change of the text goes out as an update', command: `vcc publish ${number} --check` }),
  withdrawn: ({ number }) => ({ what: 'withdrawn; nothing is left to do', command: `vcc log ${number}` }),
  // On the partnership route the receiving organisation tells the reporter.
  closed: ({ number, record, state }) =>
    hasReporter(record) && record.file.route === 'direct' && !state.published && !spokeOf(state, 'closed')
      ? { level: 'ours', what: 'the reporter does not know that the case was closed', command: `vcc notify ${number} --reporter --purpose closed` }
      : { what: 'closed; the reporter may ask again', command: `vcc record ${number} reopened --reason TEXT` },
};

const LEVEL_OF_STATUS: Readonly<Record<CaseStatus, Level>> = {
  received: 'ours',
  accepted: 'ours',
  coordinating: 'ours',
  scheduled: 'ours',
  declined: 'ended',
  published: 'ended',
  withdrawn: 'ended',
  closed: 'ended',
};

/** What the world knows changes everything: it is told before anything else is done. */
function alarm({ number, state }: Situation): Placed | undefined {
  const { latches, embargo } = state;
  if (state.published || NEXT_IS_OVER.has(state.status)) return undefined;
  const attacked = latches.attacks ?? latches.exploit;
  if ((embargo.status === 'active' || embargo.status === 'revise') && (attacked ?? latches.public)) {
    return { level: attacked ? 'attacked' : 'secret-out', what: `the embargo must end: ${latches.attacks ? 'attacks were seen' : latches.exploit ? 'an exploit is public' : 'the flaw is public'}`, command: `vcc record ${number} embargo-terminated --reason TEXT` };
  }
  if (attacked) {
    return { level: 'attacked', what: latches.attacks ? 'attacks were seen: warn users now' : 'an exploit is public: warn users now', command: `vcc publish ${number} --check --emergency REASON` };
  }
  return latches.public ? { level: 'secret-out', what: 'it is public: publish, or withdraw the case', command: `vcc publish ${number} --check` } : undefined;
}

const NEXT_IS_OVER: ReadonlySet<CaseStatus> = new Set(['declined', 'withdrawn', 'closed']);

/** A vendor that owes an answer is escalated, and a letter that is owed is written; whatever else the team owes is reached by what comes next. */
function forDue(due: DueDate, { number, dues }: Situation, next: Placed): Placed {
  if (due.owed === 'vendor' && due.vendor !== undefined) {
    const others = dues.filter(({ id, state, vendor }) => id === due.id && state === due.state && vendor !== undefined).map(({ vendor }) => vendor);
    return { what: `${due.title}: ${[...new Set(others)].join(', ')}`, command: due.state === 'overdue' ? commandForDue(due) : `vcc due --case ${number}`, due };
  }
  if (due.wants?.event === 'reporter-contacted' || due.wants?.event === 'vendor-contacted' || due.wants?.event === 'partner-contacted') return { what: due.title, command: commandForDue(due), due };
  return { what: `${due.title}: ${next.what}`, ...(next.command === undefined ? {} : { command: next.command }), due };
}

const PRIORITIES = ['priority', 'normal', undefined, 'simple'] as const;

/**
 * What a case needs from a person now, for lists that put first what matters first: attacks, a secret that is out,
 * what is overdue, what is due, what waits for us, what waits for others (lessons learned: "a case is a case" hides
 * the critical one). A case that nobody has assessed ranks between normal and simple.
 */
export function attention(record: CaseRecord, state: CaseState, dues: readonly DueDate[], now: Instant, waves: WaveRules): Attention {
  const situation: Situation = { number: record.number, record, state, dues, now, waves };
  const next = NEXT[state.status](situation);
  const running = dues.filter(({ modality, owed }) => modality !== 'earliest' && (owed === 'team' || owed === 'vendor'));
  const late = running.filter((due) => due.state === 'overdue' && due.modality !== 'target');
  // In the minute of a publication it is published first, and told after.
  const broken = late.find(({ tells }) => tells === undefined);
  const untold = late[0];
  // A target that was missed asks for a look, not for an alarm.
  const soon = running.find((due) => due.state === 'due-soon' || due.state === 'overdue');
  // The next step of the ladder may be taken: no missed target hides it.
  const step = dues.find((due) => due.vendor !== undefined && due.wants?.event === 'escalated' && hasCome(due, now));
  const placed: Placed =
    alarm(situation) ??
    (broken ? { level: 'overdue', ...forDue(broken, situation, next) } : undefined) ??
    (next.level === 'due-now' ? next : undefined) ??
    (untold ? { level: 'overdue', ...forDue(untold, situation, next) } : undefined) ??
    (step ? { level: 'due-soon', what: `${step.title}: ${step.vendor ?? ''}`, command: commandForDue(step), due: step } : undefined) ??
    (soon ? { level: 'due-soon', ...forDue(soon, situation, next) } : undefined) ??
    next;
  const { level = LEVEL_OF_STATUS[state.status], ...suggestion } = placed;
  return { level, rank: LEVELS.indexOf(level) * PRIORITIES.length + PRIORITIES.indexOf(state.assessed?.entry.priority), ...suggestion };
}
