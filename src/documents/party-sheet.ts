import type { DueDate } from '../domain/deadlines.ts';
import { isSettled } from '../domain/deadlines.ts';
import { commandForDue } from '../domain/due-command.ts';
import type { Permission } from '../domain/eligibility.ts';
import { formatInstant, localDate, type Instant } from '../domain/instant.ts';
import { duePaint } from './due-text.ts';
import { legibleLine } from './legible.ts';
import type { Paint } from './paint.ts';
import { table } from './table.ts';
import { wrap } from './text-width.ts';

/** One wave of a case of several parties: who is in it, and whether it may be told. */
export interface WaveRow {
  readonly id: string;
  readonly title: string;
  /** Vendors of the case with its roles, partners of the registry of its kinds. */
  readonly parties: readonly string[];
  readonly mayBeTold: Permission;
}

/** The waves, and below them what opens those that wait. */
export function waveTable(waves: readonly WaveRow[], width: number, colours: Paint): string {
  const columns = [{ title: 'WAVE' }, { title: 'MAY BE TOLD' }, { title: 'WHO', flexible: true }];
  const rows = waves.map(({ id, parties, mayBeTold: { ok } }) => [id, { text: ok ? 'now' : 'not yet', paint: ok ? colours.done : colours.soon }, parties.length === 0 ? '-' : legibleLine(parties.join(', '))]);
  const waiting = waves.filter(({ parties, mayBeTold }) => !mayBeTold.ok && parties.length > 0);
  const opening = waiting.flatMap(({ mayBeTold: { why, hint } }) => [...wrap(legibleLine(why), width - 2).map((line) => `  ${line}`), ...hint.split('\n').map((command) => `  ${colours.prompt('$')} ${legibleLine(command)}`)]);
  return [table(columns, rows, { width, title: colours.quiet }), ...opening].join('\n');
}

/** Clocks of somebody who waits to hear something (coordination: what each party is told). */
export const toTell = (dues: readonly DueDate[]): readonly DueDate[] => dues.filter((due) => due.tells !== undefined && !isSettled(due));

const partyIn = (due: DueDate): string => (due.tells === 'vendor' ? (due.vendor ?? 'vendor') : (due.tells ?? '').replaceAll('-', ' '));

/** Who still has to hear what: since when, by when, and what to type. */
export function tellTable(dues: readonly DueDate[], zone: string, width: number, colours: Paint): string {
  const columns = [{ title: 'WHO' }, { title: 'WHAT', flexible: true }, { title: 'SINCE' }, { title: 'BY' }];
  const day = (instant: Instant): string => localDate(instant, zone);
  const about = ({ title, tells, vendor }: DueDate): string => (tells === 'vendor' || vendor === undefined ? title : `${title} (${vendor})`);
  const rows = dues.map((due) => [partyIn(due), legibleLine(about(due)), day(due.startedBy.at), { text: `${day(due.due)}${due.state === 'overdue' ? ' overdue' : ''}`, paint: duePaint(due, colours) }]);
  return [table(columns, rows, { width, title: colours.quiet }), ...dues.map((due) => `  ${colours.prompt('$')} ${legibleLine(commandForDue(due))}`)].join('\n');
}

export const tellAsData = (due: DueDate, zone: string): object => ({
  party: due.tells === 'vendor' ? `vendor:${due.vendor ?? ''}` : due.tells,
  what: due.title,
  deadline: due.id,
  ...(due.vendor === undefined ? {} : { vendor: due.vendor }),
  since: formatInstant(due.startedBy.at, zone),
  due: formatInstant(due.due, zone),
  state: due.state,
  command: commandForDue(due),
});

export const waveAsData = ({ id, title, parties, mayBeTold: { ok, why } }: WaveRow): object => ({ wave: id, title, parties, open: ok, why });
