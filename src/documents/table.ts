import { displayWidth, fit } from './text-width.ts';

/** One cell: what it says, already legible, and how it is coloured once it has been cut to its width. */
export type Cell = string | { readonly text: string; readonly paint: (text: string) => string };

export interface Column {
  readonly title: string;
  /** Gives way first when the table is wider than the terminal. Every other column stays as wide as its widest cell. */
  readonly flexible?: boolean;
}

const GAP = 2;
/** Narrower, a column says nothing; the terminal may then break the line. */
const LEAST = 12;

const textOf = (cell: Cell): string => (typeof cell === 'string' ? cell : cell.text).normalize('NFC');

/** Widths that fit the terminal: what is too much is taken from the flexible columns, the widest first. */
function columnWidths(columns: readonly Column[], rows: readonly (readonly Cell[])[], width: number): number[] {
  const widths = columns.map((column, index) => rows.reduce((widest, row) => Math.max(widest, displayWidth(textOf(row[index] ?? ''))), displayWidth(column.title)));
  let excess = widths.reduce((sum, each) => sum + each, 0) + GAP * (columns.length - 1) - width;
  while (excess > 0) {
    const flexible = columns.flatMap((column, index) => (column.flexible && (widths[index] ?? 0) > LEAST ? [index] : []));
    const widest = flexible.sort((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0))[0];
    if (widest === undefined) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
    excess -= 1;
  }
  return widths;
}

/** Plain aligned columns below a line of titles, no wider than the terminal and right with double-width characters. */
export function table(columns: readonly Column[], rows: readonly (readonly Cell[])[], options: { readonly width: number; readonly title?: (text: string) => string }): string {
  const plain = (text: string): string => text;
  const titles = columns.map(({ title }) => ({ text: title, paint: options.title ?? plain }));
  const widths = columnWidths(columns, rows, options.width);
  const line = (row: readonly Cell[]): string => {
    const cells = row.slice(0, columns.length).map((cell, index) => {
      const width = widths[index] ?? 0;
      const text = fit(textOf(cell), width);
      const gap = ' '.repeat(width - displayWidth(text) + GAP);
      return `${typeof cell === 'string' ? text : cell.paint(text)}${gap}`;
    });
    return cells.join('').trimEnd();
  };
  return [titles, ...rows].map(line).join('\n');
}
