import { legibleLine } from './legible.ts';
import type { Paint } from './paint.ts';
import { sheet } from './sheet.ts';
import { table } from './table.ts';
import { displayWidth, wrap } from './text-width.ts';

export const KINDS = ['deadline', 'rule', 'state', 'event'] as const;
export type ExplainedKind = (typeof KINDS)[number];

/** What can be explained, in one line. */
export interface Topic {
  readonly kind: ExplainedKind;
  readonly name: string;
  readonly summary: string;
}

/** One thing explained for a case handler: what it is, then short facts about it, each line of one a sentence of its own. */
export interface Explanation extends Topic {
  /** What kind of state it is, where several share a name. */
  readonly of?: string;
  readonly facts: readonly Fact[];
}

/** A label of at most 12 characters, and what it says. */
type Fact = readonly [label: string, lines: readonly string[]];

/** A table of the lifecycle, for the terminal and for the page. */
export interface ExplainedTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Labels with what they say; what has nothing to say is left out. */
export const facts = (...all: readonly (readonly [label: string, lines: string | readonly string[] | undefined])[]): Fact[] =>
  all.flatMap(([label, lines]): Fact[] => (lines === undefined || lines.length === 0 ? [] : [[label, typeof lines === 'string' ? [lines] : lines]]));

/** A table for the eye; where it is wider than the terminal nothing is cut, and each row becomes its first cell with the others below it. */
export function showTable({ title, columns, rows }: ExplainedTable, width: number, colours: Paint): string {
  const side = table(columns.map((column) => ({ title: column.toUpperCase() })), rows.map((row) => row.map(legibleLine)), { width: Infinity, title: colours.quiet });
  const fits = side.split('\n').every((line) => displayWidth(line) <= width);
  const below = ([first = '', ...others]: readonly string[]): string[] => {
    const told = others.flatMap((cell, index) => (cell === '' ? [] : [`${columns[index + 1] ?? ''}: ${legibleLine(cell)}`])).join('; ');
    return [legibleLine(first), ...wrap(told, width - 4).map((line) => `    ${line}`)];
  };
  return [...wrap(title, width).map((line) => colours.strong(line)), ...(fits ? [side] : rows.flatMap(below))].join('\n');
}

/** An explanation in the terminal. */
export function showExplanation({ kind, of, name, summary, facts: all }: Explanation, width: number, colours: Paint): string {
  return [
    `${colours.strong(legibleLine(name))}  ${of ?? kind}`,
    ...wrap(legibleLine(summary), width),
    '',
    sheet(all.map(([label, lines]) => [label, lines.map(legibleLine).join('\n')]), width, colours),
  ].join('\n');
}

/** What can be explained, for the eye: each sentence whole, also where a pipe takes it. */
export const showTopics = (topics: readonly Topic[], width: number, colours: Paint): string =>
  KINDS.flatMap((kind) => {
    const own = topics.filter((topic) => topic.kind === kind);
    const beside = Math.max(20, width - 2 - Math.max(...own.map(({ name }) => displayWidth(legibleLine(name)))));
    const rows = own.flatMap(({ name, summary }) => wrap(legibleLine(summary), beside).map((line, index) => [index === 0 ? legibleLine(name) : '', line]));
    return own.length === 0 ? [] : [table([{ title: kind.toUpperCase() }, { title: 'WHAT' }], rows, { width: Infinity, title: colours.quiet })];
  }).join('\n\n');

/** The same in a JSON envelope. */
export const explanationAsData = ({ facts: all, ...topic }: Explanation): object => ({ ...topic, facts: all.map(([label, lines]) => ({ label, lines })) });
