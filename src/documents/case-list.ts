import type { Attention } from '../domain/attention.ts';
import { isOpen } from '../domain/case-state.ts';
import { isSettled } from '../domain/deadlines.ts';
import { formatInstant, showInstant, type Instant } from '../domain/instant.ts';
import type { CaseStanding, DueFacts } from '../domain/standing.ts';
import { dueAsData, duePaint, dueWords, runningDues } from './due-text.ts';
import { legibleLine } from './legible.ts';
import type { Paint } from './paint.ts';
import { table, type Cell } from './table.ts';
import { wrap } from './text-width.ts';

export interface ListContext {
  readonly zone: string;
  readonly now: Instant;
  readonly width: number;
  readonly colours: Paint;
}

/** The title that a Japanese office reads first, where there is one. */
const titleOf = ({ title }: CaseStanding): string => legibleLine(title.ja ?? title.en ?? '');

/** The clock that the reason for the case's place in the list is about, or the next one to run out. */
const clockOf = ({ attention, dues }: CaseStanding): DueFacts | undefined => attention.due ?? runningDues(dues)[0];

function row(listed: CaseStanding, { now, colours }: ListContext): Cell[] {
  const { publicId, status, priority = '-', errors } = listed;
  const due = isOpen(status) ? clockOf(listed) : undefined;
  return [
    { text: publicId, paint: colours.strong },
    status,
    priority,
    due === undefined ? '' : { text: dueWords(due, now), paint: duePaint(due, colours) },
    `${errors.length > 0 ? '(broken: vcc lint) ' : ''}${titleOf(listed)}`,
  ];
}

/** What cannot wait is red, whether a clock says so or the world. */
export const isUrgent = ({ level }: Attention<unknown>): boolean => level === 'attacked' || level === 'secret-out' || level === 'overdue';

/** What to do about a case: the reason, until when, and what to type. */
function action({ attention, status }: CaseStanding, { zone, width, colours }: ListContext): string[] {
  if (!isOpen(status) && attention.command === undefined) return [];
  const { due, what, command } = attention;
  const until = due === undefined ? '' : `, ${isSettled(due) ? 'was ' : ''}due ${showInstant(due.due, zone)}`;
  const colour = isUrgent(attention) ? colours.overdue : (text: string): string => text;
  return [...wrap(legibleLine(`${what}${until}`), width - 4).map((line) => `    ${colour(line)}`), ...(command === undefined ? [] : [`    ${colours.prompt('$')} ${legibleLine(command)}`])];
}

/** The cases in the order given, each with what a person does about it. */
export function caseList(cases: readonly CaseStanding[], context: ListContext): string {
  const { width, colours } = context;
  const columns = [{ title: 'CASE' }, { title: 'STATE' }, { title: 'PRIORITY' }, { title: 'STANDS' }, { title: 'TITLE', flexible: true }];
  const [heading = '', ...lines] = table(columns, cases.map((listed) => row(listed, context)), { width, title: colours.quiet }).split('\n');
  return [heading, ...cases.flatMap((listed, index) => [lines[index] ?? '', ...action(listed, context)])].join('\n');
}

/** What needs a person, in a JSON envelope. */
export const attentionAsData = ({ rank, level, what, command, due }: Attention<DueFacts>, zone: string): object => ({
  rank,
  level,
  what,
  ...(command === undefined ? {} : { command }),
  ...(due === undefined ? {} : { due: dueAsData(due, zone) }),
});

/** One case of the list in a JSON envelope. */
export function listedAsData(listed: CaseStanding, zone: string): object {
  const { number, publicId, folder, title, status, since, priority, dues, findings, attention, vendors } = listed;
  const next = runningDues(dues)[0];
  return {
    case: number,
    publicId,
    path: folder,
    title,
    status,
    ...(since === undefined ? {} : { since: formatInstant(since, zone) }),
    ...(priority === undefined ? {} : { priority }),
    attention: attentionAsData(attention, zone),
    ...(next === undefined ? {} : { nextDue: dueAsData(next, zone) }),
    vendors,
    findings,
  };
}
