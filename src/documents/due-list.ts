import type { DutyDate } from '../domain/duties.ts';
import { showInstant, type Instant } from '../domain/instant.ts';
import type { DueFacts } from '../domain/standing.ts';
import { dueCell, dueOrigin, dueTitle, dutyOrigin } from './due-text.ts';
import { legibleLine } from './legible.ts';
import type { Paint } from './paint.ts';
import { table } from './table.ts';
import { wrap } from './text-width.ts';

/** A clock with what a person types about it: of a case, with its public id, or a duty of the organisation. */
export type ListedDue = (
  | { readonly due: DueFacts; readonly publicId: string; /** Why it is due, where all of that is wanted. */ readonly reason?: string }
  | { readonly due: DutyDate; readonly publicId?: undefined }
) & {
  /** None where nothing is left to do. */
  readonly command?: string;
}

interface DueContext {
  readonly zone: string;
  readonly now: Instant;
  readonly width: number;
  readonly colours: Paint;
  /** With what to do when it passes; else a line that fits a screen of many. */
  readonly whole: boolean;
}

/** What is due: when, how it stands, why, and what to type. */
export function dueList(dues: readonly ListedDue[], context: DueContext): string {
  const { zone, now, width, colours, whole } = context;
  const columns = [{ title: 'STANDS' }, { title: 'CASE' }, { title: 'WHAT', flexible: true }];
  const rows = dues.map((listed) => [dueCell(listed.due, now, colours), { text: listed.publicId ?? listed.due.period, paint: colours.strong }, listed.publicId === undefined ? legibleLine(listed.due.title) : dueTitle(listed.due)]);
  const [heading = '', ...lines] = table(columns, rows, { width, title: colours.quiet }).split('\n');
  const reason = (listed: ListedDue): string => (listed.publicId === undefined ? dutyOrigin(listed.due) : listed.reason ?? dueOrigin(listed.due));
  const details = (listed: ListedDue): string[] => {
    const { due, command } = listed;
    return [
    ...wrap(`${due.modality === 'earliest' ? 'from' : 'by'} ${showInstant(due.due, zone)}; ${reason(listed)}`, width - 4).map((line) => `    ${colours.quiet(line)}`),
    ...(due.onLapse === undefined || due.state !== 'overdue' || !(whole || listed.publicId === undefined) ? [] : wrap(legibleLine(`when it passes: ${due.onLapse}`), width - 4).map((line) => `    ${line}`)),
    ...(command === undefined ? [] : [`    ${colours.prompt('$')} ${legibleLine(command)}`]),
    ];
  };
  return [heading, ...dues.flatMap((listed, index) => [lines[index] ?? '', ...details(listed)])].join('\n');
}
