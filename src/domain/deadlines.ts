import type { DeadlineRule, EntryMatch, Policy } from '../generated/documents.ts';
import type { WorkCalendar } from './calendar.ts';
import type { CaseState } from './case-state.ts';
import type { CaseRecord, LoggedEntry } from './case.ts';
import { concerns, entryField, matches } from './entry-match.ts';
import { parseInstant, startOfDay, type Instant } from './instant.ts';

/**
 * pending, due-soon: still ahead. overdue: passed and not met. met, met-late: done. ended: it no longer applies.
 * A modality of earliest is never overdue: from its date on something may be done, so it stays pending (see hasCome).
 */
type DueState = 'pending' | 'due-soon' | 'overdue' | 'met' | 'met-late' | 'ended';

/** One deadline of one case, worked out; it names the entry of policy.yaml (id, source) and the log entry it comes from. */
export interface DueDate {
  readonly id: string;
  readonly title: string;
  readonly caseNumber: string;
  readonly vendor?: string;
  readonly due: Instant;
  readonly state: DueState;
  readonly modality: DeadlineRule['modality'];
  readonly owed: DeadlineRule['owed'];
  /** Who waits to hear it. */
  readonly tells?: NonNullable<DeadlineRule['tells']>;
  readonly startedBy: LoggedEntry;
  readonly metBy?: LoggedEntry;
  /** The first of the entries that policy.yaml says meet it. */
  readonly wants?: EntryMatch;
  readonly onLapse?: string;
  readonly source: string;
}

/** Nobody has to do anything about these any more. */
export const isSettled = (due: Pick<DueDate, 'state'>): boolean => due.state === 'met' || due.state === 'met-late' || due.state === 'ended';

/** What was too early before may be done now. */
export const hasCome = (due: DueDate, now: Instant): boolean => due.modality === 'earliest' && !isSettled(due) && now > due.due;

const DAY = 86_400_000;
const DUE_SOON_DAYS = 7;

/** A field of a file that holds a moment or a calendar day; a day counts from its first moment. */
const momentOf = (text: string, zone: string): Instant => (text.length === 'YYYY-MM-DD'.length ? startOfDay(text, zone) : parseInstant(text));

interface Start {
  readonly by: LoggedEntry;
  readonly moment: Instant;
  /** What sets it apart from others of the same rule. */
  readonly about?: string;
}

/** What one rule looks at: the whole case, or one vendor of it. */
interface Scope {
  readonly record: CaseRecord;
  readonly state: CaseState;
  readonly vendor: string | undefined;
  /** Those that concern the vendor, or all. */
  readonly entries: readonly LoggedEntry[];
  readonly zone: string;
}

/** The moments of the case that a rule may count from instead of an entry. */
function factsOf(
  fact: NonNullable<DeadlineRule['starts']['fact']>,
  { record, state, vendor, zone }: Scope,
): readonly { readonly moment: Instant; readonly about?: string }[] {
  switch (fact) {
    case 'start-day': {
      const day = vendor === undefined ? state.startDay : state.vendors.get(vendor)?.firstContact;
      return day === undefined ? [] : [{ moment: day }];
    }
    case 'time-limit':
      return (record.file.timeLimits ?? []).map(({ date, event, title }) => {
        const about = event ?? title;
        return { moment: momentOf(date, zone), ...(about === undefined ? {} : { about }) };
      });
    case 'product-update':
      return record.file.products.flatMap(({ name, lastUpdate }) => (lastUpdate === undefined ? [] : [{ moment: momentOf(lastUpdate, zone), about: name }]));
    case 'embargo-end': {
      const { status, until } = state.embargo;
      return until === undefined || status === 'none' || status === 'proposed' ? [] : [{ moment: until }];
    }
  }
}

function startsOf(rule: DeadlineRule, scope: Scope): readonly Start[] {
  const { event, fact, field, which } = rule.starts;
  if (event === undefined) return [];
  const starting = scope.entries.filter((logged) => matches(logged, { ...rule.starts, event }));
  const by = which === 'last' ? starting.at(-1) : starting[0];
  if (!by) return [];
  // The entry that set the start day may not be the first contact: help for a declined reporter sets none.
  if (fact !== undefined) return factsOf(fact, scope).map((start) => ({ by: (fact === 'start-day' ? starting.find(({ at }) => at === start.moment) : by) ?? by, ...start }));
  if (field === undefined) return [{ by, moment: by.at }];
  const value = entryField(by, field);
  return typeof value === 'string' ? [{ by, moment: momentOf(value, scope.zone) }] : [];
}

/** Entries after the start; an ending that a later reopened entry took back does not count. */
function endingsAfter(start: number, entries: readonly LoggedEntry[], rule: DeadlineRule): LoggedEntry | undefined {
  const reopened = entries.findLastIndex(({ entry }) => entry.event === 'reopened');
  return entries.find(
    (logged, place) =>
      place > start &&
      (rule.endsWith ?? []).some((match) => matches(logged, match)) &&
      !(place < reopened && (logged.entry.event === 'declined' || logged.entry.event === 'closed')),
  );
}

function outcomeOf(rule: DeadlineRule, due: Instant, by: LoggedEntry, entries: readonly LoggedEntry[], now: Instant): Pick<DueDate, 'state' | 'metBy'> {
  const start = entries.indexOf(by);
  const met = entries.find((logged, place) => place > start && (rule.metBy ?? []).some((match) => matches(logged, match)));
  const ended = endingsAfter(start, entries, rule);
  // What is written down at the same time, such as a decision and the letter about it, counts as met.
  if (met && !(ended && ended.at < met.at)) return { state: met.at <= due ? 'met' : 'met-late', metBy: met };
  if (ended) return { state: 'ended' };
  if (now > due) return { state: rule.modality === 'earliest' ? 'pending' : 'overdue' };
  return { state: due - now <= (rule.dueSoon ?? DUE_SOON_DAYS) * DAY ? 'due-soon' : 'pending' };
}

/**
 * Every deadline of policy.yaml that runs or ran in a case, earliest first. Per vendor, only entries count that speak
 * of the vendor or of no vendor. Nothing is stored: the same log, policy, calendar and time give the same dates.
 */
export function dueDates(record: CaseRecord, state: CaseState, policy: Policy, calendar: WorkCalendar, now: Instant): DueDate[] {
  const dues: DueDate[] = [];
  for (const rule of policy.deadlines) {
    if (rule.routes && !rule.routes.includes(record.file.route)) continue;
    // Where nobody said who reported, there is nobody to tell.
    if (rule.tells === 'reporter' && !record.sealed.includes('reporter')) continue;
    for (const vendor of rule.per === 'vendor' ? state.vendors.keys() : [undefined]) {
      const entries = vendor === undefined ? state.entries : state.entries.filter((logged) => concerns(logged, vendor));
      for (const { by, moment, about } of startsOf(rule, { record, state, vendor, entries, zone: calendar.zone })) {
        const due = calendar.add(moment, rule.length, rule.roll);
        dues.push({
          id: rule.id,
          title: about === undefined ? rule.title : `${rule.title}: ${about}`,
          caseNumber: record.number,
          ...(vendor === undefined ? {} : { vendor }),
          due,
          ...outcomeOf(rule, due, by, entries, now),
          modality: rule.modality,
          owed: rule.owed,
          ...(rule.tells === undefined ? {} : { tells: rule.tells }),
          startedBy: by,
          ...(rule.metBy?.[0] === undefined ? {} : { wants: rule.metBy[0] }),
          ...(rule.onLapse === undefined ? {} : { onLapse: rule.onLapse }),
          source: rule.source,
        });
      }
    }
  }
  return dues.sort((a, b) => a.due - b.due || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
