import type { EntryOf, EventName } from '../domain/case.ts';
import { formatInstant, type Instant } from '../domain/instant.ts';
import type { CommitMessage, FileWrite, Plan } from '../domain/plan.ts';
import type { LogEntry } from '../generated/documents.ts';
import { writeLogEntry } from './log-entry.ts';

/** An entry before its time and author are known: what a command decided to log. Prose is the free text below it; text is a field of some events. */
export type NewEntry = { [N in EventName]: Omit<EntryOf<N>, 'at' | 'by'> & { readonly at?: Instant; readonly prose?: string } }[EventName];

/** What a command does to one case. */
export interface CaseChange extends Partial<Omit<Plan, 'commit' | 'summary' | 'writes'>> {
  readonly number: string;
  readonly folder: string;
  readonly summary: string;
  /** What follows the case number in the commit subject: 'notify acme (first contact)'. Never a title or an identity. */
  readonly action: string;
  /** The body of the commit, for a reader who has never seen vcc. */
  readonly story: string;
  readonly entries: readonly NewEntry[];
  readonly writes?: readonly FileWrite[];
}

export interface Author {
  readonly by: string;
  readonly at: Instant;
  readonly zone: string;
  /** Four random hexadecimal digits, so that two clones never name an entry alike. */
  readonly hex: () => string;
}

/** The Plan of a change: its log entries as files, and a commit with one trailer for each thing that happened. */
export function planChange(change: CaseChange, author: Author): Plan {
  const { number, folder, summary, action, story, entries, writes = [], seals = [], messages = [], notices = [], next = [], publication } = change;
  const logged = entries.map(({ at, prose = '', ...fields }) => {
    const { event, ...rest } = fields;
    // Every member of the union has exactly these three besides its own fields.
    const entry = { event, at: formatInstant(at ?? author.at, author.zone), by: author.by, ...rest } as LogEntry;
    return writeLogEntry(entry, prose, folder, author.hex());
  });
  return {
    summary,
    writes: [...writes, ...logged],
    seals,
    messages,
    commit: caseCommit(number, action, story, entries),
    ...(publication ? { publication } : {}),
    notices,
    next,
  };
}

function caseCommit(number: string, action: string, story: string, entries: readonly NewEntry[]): CommitMessage {
  const events = [...new Set(entries.map((entry) => entry.event))];
  const vendors = [...new Set(entries.flatMap((entry) => ('vendor' in entry ? [entry.vendor] : [])))];
  return {
    subject: `${number}: ${action}`,
    body: story,
    trailers: [['Case', number], ...events.map((event) => ['Event', event] as const), ...vendors.map((vendor) => ['Vendor', vendor] as const)],
  };
}
