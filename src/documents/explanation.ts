import { legibleLine } from './legible.ts';
import type { Paint } from './paint.ts';
import { sheet } from './sheet.ts';
import { table } from './table.ts';
import { wrap } from './text-width.ts';

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
  /** Tables that belong to it. */
  readonly tables?: readonly ExplainedTable[];
}

/** A label of at most 12 characters, and what it says. */
export type Fact = readonly [label: string, lines: readonly string[]];

export interface ExplainedTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Fields whose values say it all are left out where they have none. */
export const facts = (...all: readonly (readonly [label: string, lines: string | readonly string[] | undefined])[]): Fact[] =>
  all.flatMap(([label, lines]): Fact[] => (lines === undefined || lines.length === 0 ? [] : [[label, typeof lines === 'string' ? [lines] : lines]]));

/** A table of an explanation for the eye: all columns give way but the first. */
export const showTable = ({ title, columns, rows }: ExplainedTable, width: number, colours: Paint): string =>
  [colours.strong(title), table(columns.map((column, index) => ({ title: column.toUpperCase(), flexible: index > 0 })), rows.map((row) => row.map(legibleLine)), { width, title: colours.quiet })].join('\n');

/** An explanation in the terminal. */
export function showExplanation({ kind, of, name, summary, facts: all, tables = [] }: Explanation, width: number, colours: Paint): string {
  return [
    `${colours.strong(legibleLine(name))}  ${of ?? kind}`,
    ...wrap(legibleLine(summary), width),
    '',
    sheet(all.map(([label, lines]) => [label, lines.map(legibleLine).join('\n')]), width, colours),
    ...tables.flatMap((each) => ['', showTable(each, width, colours)]),
  ].join('\n');
}

/** What can be explained, for the eye. */
export const showTopics = (topics: readonly Topic[], width: number, colours: Paint): string =>
  KINDS.flatMap((kind) => {
    const own = topics.filter((topic) => topic.kind === kind);
    return own.length === 0 ? [] : [table([{ title: kind.toUpperCase() }, { title: 'WHAT', flexible: true }], own.map(({ name, summary }) => [legibleLine(name), legibleLine(summary)]), { width, title: colours.quiet })];
  }).join('\n\n');

/** The same in a JSON envelope. */
export const explanationAsData = ({ facts: all, tables = [], ...topic }: Explanation): object => ({ ...topic, facts: all.map(([label, lines]) => ({ label, lines })), tables });
