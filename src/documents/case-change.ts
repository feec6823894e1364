import type { CaseRecord, EntryOf, EventName, LoggedEntry } from '../domain/case.ts';
import { keptOut } from '../domain/dropped-marks.ts';
import { identityInside } from '../domain/identity.ts';
import { formatInstant, type Instant } from '../domain/instant.ts';
import type { CommitMessage, FileWrite, Plan } from '../domain/plan.ts';
import { refusal } from '../domain/problem.ts';
import { rankOf } from '../domain/replay.ts';
import type { LogEntry, Reporter } from '../generated/documents.ts';
import { EVENTS } from '../generated/events.ts';
import { storable } from './legible.ts';
import { writeLogEntry } from './log-entry.ts';

/** An entry before its time and author are known: what a command decided to log. Prose is the free text below it; text is a field of some events. */
export type NewEntry = { [N in EventName]: Omit<EntryOf<N>, 'at' | 'by'> & { readonly at?: Instant; readonly prose?: string } }[EventName];

/** What a command does to one case. */
export interface CaseChange extends Partial<Omit<Plan, 'commit' | 'summary' | 'writes'>> {
  readonly record: Pick<CaseRecord, 'number' | 'folder' | 'file' | 'log'>;
  readonly summary: string;
  /** What follows the case number in the commit subject: 'notify acme (first contact)'. Never a title or an identity. */
  readonly action: string;
  /** The body of the commit, for a reader who has never seen vcc. */
  readonly story: string;
  readonly entries: readonly NewEntry[];
  readonly writes?: readonly FileWrite[];
  /** Whom no entry and no commit message may name: they go into every clone, for good. */
  readonly reporter?: Reporter | undefined;
}

export interface Author {
  readonly by: string;
  readonly now: Instant;
  /** When it happened, where a person said so. */
  readonly at?: Instant | undefined;
  readonly zone: string;
  /** Four random hexadecimal digits, so that two clones never name an entry alike. */
  readonly hex: () => string;
}

/** The Plan of a change: its log entries as files, and a commit with one trailer for each thing that happened. Refuses to name the reporter. */
export function planChange(change: CaseChange, author: Author): Plan {
  const { record, summary, entries, writes = [], seals = [], messages = [], notices = [], next = [], publication } = change;
  keepAnonymous(change);
  const moment = momentFor(entries, record.log, author);
  const taken = new Set<string>();
  const logged = entries.map(({ at, prose = '', ...fields }) => {
    const { event, ...rest } = fields;
    // Every member of the union has exactly these three besides its own fields.
    const entry = { event, at: formatInstant(at ?? moment, author.zone), by: author.by, ...rest } as LogEntry;
    const draw = (): FileWrite => writeLogEntry(entry, storable(prose), record.folder, author.hex());
    // Two hundred letters of one second would often draw the same four digits twice.
    let write = draw();
    for (let tries = 0; taken.has(write.path) && tries < TRIES; tries += 1) write = draw();
    taken.add(write.path);
    return write;
  });
  return {
    summary,
    writes: [...writes, ...logged],
    seals,
    messages,
    commit: caseCommit(change),
    ...(publication ? { publication } : {}),
    notices,
    next,
  };
}

/** Then a plan with two files of one name is refused where it is carried out. */
const TRIES = 100;

/** Fields that hold an id, a name of the registry or words of a list: vcc writes them, and a reporter who is called like one of them is not named by it. */
const FIXED = new Set(['event', 'at', 'by', 'original', 'sealed', 'vendor', 'party', 'to', 'entry', 'evidence', 'step', 'deadline', 'wave', 'flags', 'ssvc', 'cve', 'cves', 'authors', 'id', 'template', 'language', 'key', 'attached', 'signedBy', 'answer', 'returned', 'edited']);

/** What people wrote into an entry. */
function typedWords(entry: NewEntry): unknown[] {
  const choices = new Set(EVENTS.find(({ name }) => name === entry.event)?.fields.filter(({ kind }) => kind === 'choice').map(({ name }) => name));
  const inside = (value: unknown): unknown[] =>
    typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([field, part]) => (FIXED.has(field) ? [] : inside(part))) : [value];
  return Object.entries(entry).flatMap(([field, value]) => (choices.has(field) || FIXED.has(field) ? [] : inside(value)));
}

/** action and story are the words of vcc itself; what people typed stands in the entries alone. */
function keepAnonymous({ record, entries, reporter }: CaseChange): void {
  if (!reporter) return;
  const leak = identityInside(entries.map(typedWords), keptOut(reporter, record));
  if (leak === undefined) return;
  throw refusal('identity-in-log', `The text gives the ${leak} of the reporter, and the log is not sealed`, 'Write "the reporter" instead: what is committed stays in every clone, whatever the reporter decides later.');
}

// Clocks of two machines differ a little; what lies further ahead is a mistake and must not drag new entries along.
const SKEW = 5 * 60_000;
const SECOND = 1000;

/**
 * Entries of one second are put in order by their event and then by chance. Who writes has seen the log, so a new entry
 * comes after what stands there; where a person says when it happened, it moves within its second only.
 */
function momentFor(entries: readonly NewEntry[], log: readonly LoggedEntry[], { now, at }: Author): Instant {
  const earlier = log.map((logged) => logged.at).filter((moment) => moment <= now + SKEW);
  let moment = Math.floor((at ?? Math.max(now, ...earlier)) / SECOND) * SECOND;
  const first = Math.min(...entries.map(({ event }) => rankOf(event)));
  while (log.some((logged) => logged.at === moment && rankOf(logged.entry.event) >= first)) moment += SECOND;
  return moment;
}

function caseCommit({ record: { number }, action, story, entries }: CaseChange): CommitMessage {
  const events = [...new Set(entries.map((entry) => entry.event))];
  const vendors = [...new Set(entries.flatMap((entry) => ('vendor' in entry ? [entry.vendor] : [])))];
  return {
    subject: `${number}: ${action}`,
    body: story,
    trailers: [['Case', number], ...events.map((event) => ['Event', event] as const), ...vendors.map((vendor) => ['Vendor', vendor] as const)],
  };
}
