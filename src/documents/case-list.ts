import type { Attention } from '../domain/attention.ts';
import { publicId, type CaseRecord } from '../domain/case.ts';
import { isOpen, type CaseState } from '../domain/case-state.ts';
import { isSettled, type DueDate } from '../domain/deadlines.ts';
import { isError, type Finding } from '../domain/finding.ts';
import { formatInstant, showInstant, type Instant } from '../domain/instant.ts';
import { dueAsData, duePaint, dueWords, runningDues } from './due-text.ts';
import { legibleLine } from './legible.ts';
import type { Paint } from './paint.ts';
import { table, type Cell } from './table.ts';
import { wrap } from './text-width.ts';

/** One case of the list. */
export interface ListedCase {
  readonly record: CaseRecord;
  readonly state: CaseState;
  readonly dues: readonly DueDate[];
  readonly findings: readonly Finding[];
  readonly attention: Attention;
}

export interface ListContext {
  readonly zone: string;
  readonly now: Instant;
  readonly width: number;
  readonly colours: Paint;
}

/** The title that a Japanese office reads first, where there is one. */
const titleOf = ({ file: { title } }: CaseRecord): string => legibleLine(title.ja ?? title.en ?? '');

/** The clock that the reason for the case's place in the list is about, or the next one to run out. */
const clockOf = ({ attention, dues }: ListedCase): DueDate | undefined => attention.due ?? runningDues(dues)[0];

function row(listed: ListedCase, { now, colours }: ListContext): Cell[] {
  const { record, state, findings } = listed;
  const due = isOpen(state.status) ? clockOf(listed) : undefined;
  return [
    { text: publicId(record.file), paint: colours.strong },
    state.status,
    state.assessed?.entry.priority ?? '-',
    due === undefined ? '' : { text: dueWords(due, now), paint: duePaint(due, colours) },
    `${findings.some(isError) ? '(broken: vcc lint) ' : ''}${titleOf(record)}`,
  ];
}

/** What cannot wait is red, whether a clock says so or the world. */
export const isUrgent = ({ level }: Attention): boolean => level === 'attacked' || level === 'secret-out' || level === 'overdue';

/** What to do about a case: the reason, until when, and what to type. */
function action({ attention, state }: ListedCase, { zone, width, colours }: ListContext): string[] {
  if (!isOpen(state.status) && attention.command === undefined) return [];
  const { due, what, command } = attention;
  const until = due === undefined ? '' : `, ${isSettled(due) ? 'was ' : ''}due ${showInstant(due.due, zone)}`;
  const colour = isUrgent(attention) ? colours.overdue : (text: string): string => text;
  return [...wrap(legibleLine(`${what}${until}`), width - 4).map((line) => `    ${colour(line)}`), ...(command === undefined ? [] : [`    ${colours.prompt('$')} ${legibleLine(command)}`])];
}

/** The cases in the order given, each with what a person does about it. */
export function caseList(cases: readonly ListedCase[], context: ListContext): string {
  const { width, colours } = context;
  const columns = [{ title: 'CASE' }, { title: 'STATE' }, { title: 'PRIORITY' }, { title: 'STANDS' }, { title: 'TITLE', flexible: true }];
  const [heading = '', ...lines] = table(columns, cases.map((listed) => row(listed, context)), { width, title: colours.quiet }).split('\n');
  return [heading, ...cases.flatMap((listed, index) => [lines[index] ?? '', ...action(listed, context)])].join('\n');
}

/** What needs a person, in a JSON envelope. */
export const attentionAsData = ({ rank, level, what, command, due }: Attention, zone: string): object => ({
  rank,
  level,
  what,
  ...(command === undefined ? {} : { command }),
  ...(due === undefined ? {} : { due: dueAsData(due, zone) }),
});

/** One case of the list in a JSON envelope. */
export function listedAsData(listed: ListedCase, zone: string): object {
  const { record, state, dues, findings, attention } = listed;
  const next = runningDues(dues)[0];
  const since = state.path.findLast(({ from, to }) => from !== to)?.by.at;
  return {
    case: record.number,
    publicId: publicId(record.file),
    path: record.folder,
    title: record.file.title,
    status: state.status,
    ...(since === undefined ? {} : { since: formatInstant(since, zone) }),
    ...(state.assessed === undefined ? {} : { priority: state.assessed.entry.priority }),
    attention: attentionAsData(attention, zone),
    ...(next === undefined ? {} : { nextDue: dueAsData(next, zone) }),
    vendors: [...state.vendors.keys()],
    findings: findings.length,
  };
}
