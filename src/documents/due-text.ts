import { hasCome, isSettled, type Clock, type DueDate } from '../domain/deadlines.ts';
import type { DutyDate } from '../domain/duties.ts';
import { formatInstant, showInstant, type Instant } from '../domain/instant.ts';
import type { DueFacts } from '../domain/standing.ts';
import { entrySentence } from './entry-text.ts';
import { legibleLine } from './legible.ts';
import type { Paint } from './paint.ts';
import type { Cell } from './table.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time in its largest unit, rounded down: '3 days', '1 hour'. */
export function howLong(length: number): string {
  const [unit, name] = length >= DAY ? ([DAY, 'day'] as const) : length >= HOUR ? ([HOUR, 'hour'] as const) : ([MINUTE, 'minute'] as const);
  const count = Math.floor(length / unit);
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}

/** How a clock stands, in words: what the colour says, too. */
export function dueWords(due: Clock, now: Instant): string {
  switch (due.state) {
    case 'overdue':
      return `overdue ${howLong(now - (due.grace ?? due.due))}`;
    case 'pending':
    case 'due-soon':
      // What was too early before may be done now; nobody is late.
      if (hasCome(due, now)) return `possible for ${howLong(now - due.due)}`;
      return due.due < now && due.grace !== undefined ? `in grace, ${howLong(due.grace - now)} left` : `in ${howLong(due.due - now)}`;
    case 'met':
      return 'met';
    case 'met-late':
      return 'met late';
    case 'paused':
      return `paused, ${howLong(due.due - now)} left`;
    case 'not-applicable':
      return 'does not apply any more';
  }
}

export function duePaint(due: Clock, colours: Paint): (text: string) => string {
  switch (due.state) {
    case 'overdue':
      return colours.overdue;
    case 'due-soon':
      return colours.soon;
    case 'pending':
      return (text) => text;
    case 'met':
      return colours.done;
    case 'met-late':
    case 'paused':
    case 'not-applicable':
      return colours.quiet;
  }
}

export const dueCell = (due: Clock, now: Instant, colours: Paint): Cell => ({ text: dueWords(due, now), paint: duePaint(due, colours) });

/** What is due, who is to be told, and from which vendor's clock. */
export function dueTitle({ title, tells, vendor, cve }: DueFacts): string {
  const about = [...(tells === undefined || tells === 'vendor' ? [] : [tells.replaceAll('-', ' ')]), ...(vendor === undefined ? [] : [vendor]), ...(cve === undefined ? [] : [cve])];
  return legibleLine(about.length === 0 ? title : `${title} (${about.join(', ')})`);
}

/** Why it is due: the rule it comes from and the entry that started the clock. */
export const dueReason = (due: DueDate, zone: string): string =>
  legibleLine(`${due.modality}, owed by ${due.owed.replaceAll('-', ' ')}; since ${showInstant(due.startedBy.at, zone)}: ${entrySentence(due.startedBy.entry, zone)}; source: ${due.source}`);

/** The same in a line: how much it binds whom, and which deadline of policy.yaml it is. */
export const dueOrigin = (due: Clock): string => legibleLine(`${due.modality}, ${due.owed.replaceAll('-', ' ')}; ${due.id}`);

/** The clocks that still run, the earliest first. */
export const runningDues = <D extends Clock>(dues: readonly D[]): D[] => dues.filter((due) => !isSettled(due)).sort((a, b) => a.due - b.due);

/** The same of a duty. */
export const dutyOrigin = (duty: DutyDate): string => `${dueOrigin(duty)}${duty.further === undefined ? '' : `; and ${duty.further} later ${duty.further === 1 ? 'quarter' : 'quarters'}`}`;

/** A duty of the organisation in a JSON envelope. */
export const dutyAsData = (duty: DutyDate, zone: string): object => ({
  id: duty.id,
  title: duty.title,
  period: duty.period,
  due: formatInstant(duty.due, zone),
  state: duty.state,
  modality: duty.modality,
  owed: duty.owed,
  ...(duty.done === undefined ? {} : { done: duty.done.at }),
  ...(duty.onLapse === undefined ? {} : { onLapse: duty.onLapse }),
  source: duty.source,
});

/** A clock in a JSON envelope. */
export const dueAsData = (due: DueFacts, zone: string): object => ({
  id: due.id,
  title: due.title,
  case: due.caseNumber,
  ...(due.vendor === undefined ? {} : { vendor: due.vendor }),
  ...(due.cve === undefined ? {} : { cve: due.cve }),
  due: formatInstant(due.due, zone),
  ...(due.grace === undefined ? {} : { grace: formatInstant(due.grace, zone) }),
  state: due.state,
  modality: due.modality,
  owed: due.owed,
  ...(due.tells === undefined ? {} : { tells: due.tells }),
  startedBy: due.startedBy.name,
  ...(due.metBy === undefined ? {} : { metBy: due.metBy.name }),
  ...(due.extendedBy === undefined ? {} : { extendedBy: due.extendedBy.name }),
  ...(due.pausedBy === undefined ? {} : { pausedBy: due.pausedBy.name }),
  ...(due.onLapse === undefined ? {} : { onLapse: due.onLapse }),
  source: due.source,
});
