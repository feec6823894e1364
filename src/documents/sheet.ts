import type { Paint } from './paint.ts';
import { wrap } from './text-width.ts';

/** A label and what it says, already legible; without a text the line is left out. Line ends in the text are kept. */
export type SheetLine = readonly [label: string, text: string | undefined, paint?: (text: string) => string];

const LABEL = 13;

/** Labels in one column, texts broken to the width beside them. */
export function sheet(lines: readonly SheetLine[], width: number, colours: Paint): string {
  const plain = (text: string): string => text;
  return lines
    .flatMap(([label, text, colouring = plain]) =>
      text === undefined || text === '' ? [] : wrap(text, width - LABEL).map((line, index) => `${index === 0 ? colours.quiet(label.padEnd(LABEL)) : ' '.repeat(LABEL)}${colouring(line)}`),
    )
    .join('\n');
}
