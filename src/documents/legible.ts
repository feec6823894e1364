// Text from strangers must not move the cursor, hide, or change the direction of what stands beside it.

/** C0 without line end and tab, DEL, C1. */
const CONTROL = '\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f';
/** Embeddings, overrides and isolates: a line with one of them reads otherwise than it is. */
const DIRECTION = '\\u202a-\\u202e\\u2066-\\u2069';
/** Marks that nobody sees: direction marks, zero-width space, word joiner, byte order mark, interlinear and tag characters. */
const UNSEEN = '\\u061c\\u200b\\u200e\\u200f\\u2060-\\u2064\\ufeff\\ufff9-\\ufffb\\u{e0000}-\\u{e007f}';

/** What no file of a case repository may hold: control characters other than line end and tab, and changes of direction. */
export const FORBIDDEN = new RegExp(`[${CONTROL}${DIRECTION}]`, 'u');

const ILLEGIBLE = new RegExp(`[${CONTROL}${DIRECTION}${UNSEEN}\\p{Surrogate}]`, 'gu');
const ILLEGIBLE_IN_LINE = new RegExp(`[\\n\\t\\u2028\\u2029${CONTROL}${DIRECTION}${UNSEEN}\\p{Surrogate}]`, 'gu');

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(character: string): string {
  const short = SHORT[character];
  if (short !== undefined) return short;
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
}

/** The text with every character that a terminal would obey, or that a reader would not see, written out: ESC becomes \x1b. Line ends and tabs stay. */
export const legible = (text: string): string => text.replaceAll('\r\n', '\n').replace(ILLEGIBLE, escaped);

/** The text as a file of a case repository may hold it: LF line ends, and what no file may hold written out. Text of ours passes unchanged. */
export const storable = (text: string): string => text.replaceAll('\r\n', '\n').replace(new RegExp(FORBIDDEN, 'gu'), escaped).replace(/\p{Surrogate}/gu, '\ufffd');

/** The text as legible() shows it, on one line: line ends and tabs are written out too. */
export const legibleLine = (text: string): string => text.replace(ILLEGIBLE_IN_LINE, escaped);

/** U+001B, the way standards and character tables name it. */
export const codePoint = (character: string): string => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
