import type { DeadlineRule } from '../generated/documents.ts';
import type { CaseState } from './case-state.ts';
import type { CaseRecord, LoggedEntry } from './case.ts';
import { entryField, matches } from './entry-match.ts';
import { parseInstant, startOfDay, type Instant } from './instant.ts';

/** What one rule looks at: the whole case, one vendor of it, or one CVE id. */
export interface Scope {
  readonly record: CaseRecord;
  readonly state: CaseState;
  readonly vendor: string | undefined;
  readonly cve: string | undefined;
  /** Those that concern the vendor or the id, or all. */
  readonly entries: readonly LoggedEntry[];
  readonly zone: string;
}

/** A moment from which a clock runs. */
export interface Start {
  /** The entry that set it off; what meets or ends the deadline comes after it. */
  readonly by: LoggedEntry;
  readonly moment: Instant;
  /** What sets it apart from others of the same rule. */
  readonly about?: string;
}

/** A deadline as far as others chain to it. */
export interface Link {
  readonly due: Instant;
  readonly startedBy: LoggedEntry;
  readonly metBy?: LoggedEntry;
}

type DeadlineStart = DeadlineRule['starts'];

/** A field of a file that holds a moment or a calendar day; a day counts from its first moment. */
const momentOf = (text: string, zone: string): Instant => (text.length === 'YYYY-MM-DD'.length ? startOfDay(text, zone) : parseInstant(text));

/** The moments of the case that a rule may count from instead of an entry. */
function factsOf(fact: NonNullable<DeadlineStart['fact']>, { record, state, vendor, zone }: Scope): readonly { readonly moment: Instant; readonly about?: string }[] {
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

/** What starts a clock, once for each thing that it is about; chained gives the deadlines of another rule in the same scope. */
export function startsOf(start: DeadlineStart, scope: Scope, chained: (id: string) => readonly Link[]): readonly Start[] {
  const { deadline, event } = start;
  if (deadline !== undefined) return chained(deadline).flatMap((link) => afterLink(link, start.from ?? 'met'));
  if (event === undefined) return [];
  const starting = scope.entries.filter((logged) => matches(logged, { ...start, event }));
  const first = start.which === 'last' ? starting.at(-1) : starting[0];
  if (!first) return [];
  const own = ofEntry(start, first, starting, scope);
  if (!start.and) return own;
  const others = start.and.map((match) => scope.entries.find((logged) => matches(logged, match)));
  if (others.includes(undefined)) return [];
  const last = others.reduce<LoggedEntry>((latest, other) => (other && scope.entries.indexOf(other) > scope.entries.indexOf(latest) ? other : latest), first);
  return own.map((each) => (last.at > each.moment ? { ...each, by: last, moment: last.at } : each));
}

const afterLink = ({ due, startedBy, metBy }: Link, from: 'met' | 'due'): Start[] => {
  if (from === 'due') return [{ by: startedBy, moment: due }];
  return metBy ? [{ by: metBy, moment: metBy.at }] : [];
};

function ofEntry({ fact, field }: DeadlineStart, by: LoggedEntry, starting: readonly LoggedEntry[], scope: Scope): readonly Start[] {
  // The entry that set the start day may not be the first contact: help for a declined reporter sets none.
  if (fact !== undefined) return factsOf(fact, scope).map((found) => ({ by: (fact === 'start-day' ? starting.find(({ at }) => at === found.moment) : by) ?? by, ...found }));
  if (field === undefined) return [{ by, moment: by.at }];
  const value = entryField(by, field);
  return typeof value === 'string' ? [{ by, moment: momentOf(value, scope.zone) }] : [];
}
