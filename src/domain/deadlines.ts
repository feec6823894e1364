import type { DeadlineRule, EntryMatch, Policy } from '../generated/documents.ts';
import type { Pause, WorkCalendar } from './calendar.ts';
import { isWithdrawn, mayHaveKeySince, type CaseState } from './case-state.ts';
import { hasReporter, isEvent, type CaseRecord, type LoggedEntry } from './case.ts';
import { startsOf, type Link, type Scope, type Start } from './deadline-start.ts';
import { concerns, concernsCve, matches } from './entry-match.ts';
import { parseInstant, type Instant } from './instant.ts';

/**
 * pending, due-soon: still ahead. overdue: passed, grace included, and not met. met, met-late: done. paused: the clock
 * stands still. not-applicable: it does not apply any more.
 * A modality of earliest is never overdue: from its date on something may be done, so it stays pending (see hasCome).
 */
type DueState = 'pending' | 'due-soon' | 'overdue' | 'met' | 'met-late' | 'paused' | 'not-applicable';

/** Something due, worked out; it names the entry of policy.yaml (id, source). */
export interface Clock {
  readonly id: string;
  readonly title: string;
  /** Pauses and extensions counted; while it is paused, as if the pause ended now. */
  readonly due: Instant;
  /** Until then it is not overdue yet. */
  readonly grace?: Instant;
  readonly state: DueState;
  readonly modality: DeadlineRule['modality'];
  readonly owed: DeadlineRule['owed'];
  readonly onLapse?: string;
  readonly source: string;
}

/** One deadline of one case, with the log entry it comes from. */
export interface DueDate extends Clock {
  readonly caseNumber: string;
  readonly vendor?: string;
  /** The id of ours that it is about. */
  readonly cve?: string;
  /** Who waits to hear it. */
  readonly tells?: NonNullable<DeadlineRule['tells']>;
  readonly startedBy: LoggedEntry;
  readonly metBy?: LoggedEntry;
  readonly extendedBy?: LoggedEntry;
  readonly pausedBy?: LoggedEntry;
  /** The first of the entries that policy.yaml says meet it. */
  readonly wants?: EntryMatch;
  /** Whether a letter to the reporter may go encrypted, for a key came after the report. */
  readonly keySince?: boolean;
  /** Whether the advisory was withdrawn, so that a record of its id would be one of no vulnerability. */
  readonly withdrawn?: boolean;
}

/** Nobody has to do anything about these any more. */
export const isSettled = (due: Pick<DueDate, 'state'>): boolean => due.state === 'met' || due.state === 'met-late' || due.state === 'not-applicable';

/** What was too early before may be done now. */
export const hasCome = (due: Clock, now: Instant): boolean => due.modality === 'earliest' && !isSettled(due) && now > due.due;

const DAY = 86_400_000;
/** Unless policy.yaml says otherwise. */
export const DUE_SOON_DAYS = 7;

/** Entries after the start; an ending that a later reopened entry took back does not count. */
function endingAfter(start: number, entries: readonly LoggedEntry[], rule: DeadlineRule): LoggedEntry | undefined {
  const reopened = entries.findLastIndex(({ entry }) => entry.event === 'reopened');
  return entries.find(
    (logged, place) =>
      place > start &&
      (rule.endsWith ?? []).some((match) => matches(logged, match)) &&
      !(place < reopened && (logged.entry.event === 'declined' || logged.entry.event === 'closed')),
  );
}

/** The times after the start in which the clock stands still; an open one lasts until now. */
function pausesAfter(start: number, entries: readonly LoggedEntry[], rule: DeadlineRule, now: Instant): { readonly pauses: readonly Pause[]; readonly open?: LoggedEntry } {
  const pauses: Pause[] = [];
  let open: { readonly since: LoggedEntry; readonly until: EntryMatch } | undefined;
  for (const logged of entries.slice(start + 1)) {
    if (open === undefined) {
      const pause = (rule.pausedBy ?? []).find(({ from }) => matches(logged, from));
      if (pause) open = { since: logged, until: pause.until };
    } else if (matches(logged, open.until)) {
      pauses.push({ from: open.since.at, until: logged.at });
      open = undefined;
    }
  }
  if (open === undefined) return { pauses };
  return { pauses: [...pauses, { from: open.since.at, until: Math.max(now, open.since.at) }], open: open.since };
}

/** The extension that counts: the last that policy.yaml allows; what goes beyond its most is cut there. */
function extensionOf(rule: DeadlineRule, due: Instant, scope: Scope, calendar: WorkCalendar): { readonly due: Instant; readonly by: LoggedEntry } | undefined {
  const { extension } = rule;
  if (!extension) return undefined;
  // Not the entries of the scope: an extension of a case's deadline names no vendor, one of a vendor's names it.
  const asked = scope.state.entries.filter(isEvent('deadline-extended')).filter(({ entry }) => entry.deadline === rule.id && entry.vendor === scope.vendor);
  const last = asked.findLast((logged) => {
    const before = scope.entries.slice(0, scope.entries.indexOf(logged));
    return !extension.needs || extension.needs.some((match) => before.some((earlier) => matches(earlier, match)));
  });
  if (!last) return undefined;
  const extended = Math.min(parseInstant(last.entry.until), calendar.add(due, extension.most));
  return extended > due ? { due: extended, by: last } : undefined;
}

/** The end of the rule once its clock runs, or one of earliestOf that comes before it. */
function endsOf(rule: DeadlineRule, scope: Scope, calendar: WorkCalendar, chained: (id: string) => readonly Link[], now: Instant): readonly (Start & { readonly due: Instant; readonly pausedBy?: LoggedEntry })[] {
  const endOf = (start: Start, { length, roll }: Pick<DeadlineRule, 'length' | 'roll'>): Start & { readonly due: Instant; readonly pausedBy?: LoggedEntry } => {
    const { pauses, open } = pausesAfter(scope.entries.indexOf(start.by), scope.entries, rule, now);
    const due = calendar.add(start.moment, length, { roll, monthEnd: rule.monthEnd, pauses });
    // A pause that began when the time was up already pauses nothing.
    return { ...start, due, ...(open && open.at <= due ? { pausedBy: open } : {}) };
  };
  const ends = startsOf(rule.starts, scope, chained).map((start) => endOf(start, rule));
  const others = (rule.earliestOf ?? []).flatMap((end) => startsOf(end.starts, scope, chained).map((start) => endOf(start, end)));
  if (others.length === 0) return ends;
  const first = others.reduce((a, b) => (b.due < a.due ? b : a));
  // What meets it still comes after what set the clock off: only the date is that of the other end.
  return ends.map((end) => (first.due < end.due ? { ...end, due: first.due } : end));
}

function outcomeOf(rule: DeadlineRule, due: Instant, limit: Instant, by: LoggedEntry, scope: Scope, now: Instant): Pick<DueDate, 'state' | 'metBy'> {
  const { entries, state } = scope;
  const start = entries.indexOf(by);
  // What is written down at the same time, such as a publication and the letters about it, counts, in whatever order the log has them.
  const met = entries.find((logged, place) => (place > start || (logged.at === by.at && place !== start)) && (rule.metBy ?? []).some((match) => matches(logged, match)));
  const ended = endingAfter(start, entries, rule) ?? (rule.exploited === false ? state.latches.attacks : undefined);
  if (met && !(ended && ended.at < met.at)) return { state: met.at <= limit || rule.modality === 'earliest' ? 'met' : 'met-late', metBy: met };
  if (ended) return { state: 'not-applicable' };
  if (now > limit) return { state: rule.modality === 'earliest' ? 'pending' : 'overdue' };
  return { state: due - now <= (rule.dueSoon ?? DUE_SOON_DAYS) * DAY ? 'due-soon' : 'pending' };
}

const applies = (rule: DeadlineRule, { file, sealed }: CaseRecord, state: CaseState): boolean =>
  (!rule.routes || rule.routes.includes(file.route)) &&
  // Where nobody said who reported, there is nobody to tell.
  (rule.tells !== 'reporter' || sealed.includes('reporter')) &&
  (!rule.kinds || file.products.some(({ kind }) => kind !== undefined && rule.kinds?.includes(kind))) &&
  (rule.exploited !== true || state.latches.attacks !== undefined);

/** What a deadline is one of: the case as a whole, one vendor of it, or one CVE id. */
type Part = Pick<Scope, 'vendor' | 'cve' | 'entries'>;

/** The parts of a case by what a rule is per. */
function partsOf(state: CaseState, cna: string | undefined): Readonly<Record<DeadlineRule['per'], readonly Part[]>> {
  const ours = state.cves.filter(({ assigner }) => assigner === cna);
  return {
    case: [{ vendor: undefined, cve: undefined, entries: state.entries }],
    vendor: [...state.vendors.keys()].map((vendor) => ({ vendor, cve: undefined, entries: state.entries.filter((logged) => concerns(logged, vendor)) })),
    cve: ours.map(({ id }) => ({ vendor: undefined, cve: id, entries: state.entries.filter((logged) => concernsCve(logged, id)) })),
  };
}

/**
 * Every deadline of policy.yaml that runs or ran in a case, earliest first. Per vendor, only entries count that speak
 * of the vendor or of no vendor; per CVE id, those of that id or of none. Only ids that the CNA of this short name assigned are owed
 * anything. Nothing is stored: the same log, policy, calendar and time give the same dates.
 * A deadline that chains to one of each vendor counts from the earliest of these where it is the case's own.
 */
export function dueDates(record: CaseRecord, state: CaseState, policy: Policy, calendar: WorkCalendar, now: Instant, cna?: string): DueDate[] {
  const parts = partsOf(state, cna);
  const rules = new Map(policy.deadlines.map((rule) => [rule.id, rule]));
  const known = new Map<string, readonly DueDate[]>();

  const inScope = (rule: DeadlineRule, part: Part | undefined): readonly DueDate[] => {
    if (part === undefined) return [];
    const key = `${rule.id} ${part.vendor ?? part.cve ?? ''}`;
    const found = known.get(key);
    if (found) return found;
    // Policies with a cycle are refused before; here it ends quietly.
    known.set(key, []);
    const own = calendar.named(rule.calendar);
    const scope: Scope = { record, state, ...part, zone: own.zone };
    const dues = endsOf(rule, scope, own, (id) => chained(id, part), now).map((end) => dueDate(rule, end, scope, own, now));
    known.set(key, dues);
    return dues;
  };
  const chained = (id: string, { vendor, cve }: Part): readonly DueDate[] => {
    const rule = rules.get(id);
    if (!rule || !applies(rule, record, state)) return [];
    if (rule.per === 'case') return inScope(rule, parts.case[0]);
    const same = parts[rule.per].find((part) => part.vendor === vendor && part.cve === cve);
    if (same) return inScope(rule, same);
    const all = parts[rule.per].flatMap((each) => inScope(rule, each));
    return all.length === 0 ? [] : [all.reduce((a, b) => ((b.metBy?.at ?? b.due) < (a.metBy?.at ?? a.due) ? b : a))];
  };

  const dues = policy.deadlines
    .filter((rule) => applies(rule, record, state))
    .flatMap((rule) => parts[rule.per].flatMap((part) => inScope(rule, part)));
  return dues.sort((a, b) => a.due - b.due || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** What meets a deadline. On the partnership route the receiving organisation talks to the reporter, and nobody can write to one who is not known: what is left is what ends the wait. */
function wantsOf({ metBy = [], endsWith = [] }: DeadlineRule, record: Scope['record']): EntryMatch | undefined {
  const [first] = metBy;
  return first?.event === 'reporter-contacted' && (record.file.route === 'partnership' || !hasReporter(record)) ? (endsWith[0] ?? first) : first;
}

function dueDate(rule: DeadlineRule, end: Start & { readonly due: Instant; readonly pausedBy?: LoggedEntry }, scope: Scope, calendar: WorkCalendar, now: Instant): DueDate {
  const extension = extensionOf(rule, end.due, scope, calendar);
  const due = extension?.due ?? end.due;
  const grace = rule.grace && calendar.add(due, rule.grace);
  const outcome = outcomeOf(rule, due, grace ?? due, end.by, scope, now);
  const wants = wantsOf(rule, scope.record);
  const stands = end.pausedBy !== undefined && (outcome.state === 'pending' || outcome.state === 'due-soon');
  return {
    id: rule.id,
    title: end.about === undefined ? rule.title : `${rule.title}: ${end.about}`,
    caseNumber: scope.record.number,
    ...(scope.vendor === undefined ? {} : { vendor: scope.vendor }),
    ...(scope.cve === undefined ? {} : { cve: scope.cve }),
    due,
    ...(grace === undefined ? {} : { grace }),
    ...(stands ? { state: 'paused', pausedBy: end.pausedBy } : outcome),
    modality: rule.modality,
    owed: rule.owed,
    ...(rule.tells === undefined ? {} : { tells: rule.tells }),
    startedBy: end.by,
    ...(extension ? { extendedBy: extension.by } : {}),
    ...(wants === undefined ? {} : { wants }),
    ...(wants?.event === 'reporter-contacted' && mayHaveKeySince(scope.state) ? { keySince: true } : {}),
    ...(scope.cve !== undefined && isWithdrawn(scope.state) ? { withdrawn: true } : {}),
    ...(rule.onLapse === undefined ? {} : { onLapse: rule.onLapse }),
    source: rule.source,
  };
}
