// cli-table3 measures double-width characters well. But it cuts a text in the middle of a surrogate pair, breaks no line of
// Japanese, which has no spaces, and takes half a millisecond a row. So its measure is used, and the rest is done here.
import measure from 'cli-table3/src/utils.js';
import { once } from '../domain/once.ts';

/** To make one takes as long as all else that loads. */
const graphemes = once(() => new Intl.Segmenter('ja', { granularity: 'grapheme' }));
const words = once(() => new Intl.Segmenter('ja', { granularity: 'word' }));
/** May not begin a line in Japanese typesetting. */
const CLOSING = /^[、。，．・：；！？」』）〕】》〉ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々]/;
/** May not end one. */
const OPENING = /[「『（〔【《〈]$/;

/** Most text; measuring it character by character is what a long list would spend its time on. */
const ASCII = /^[\x20-\x7e]*$/;

/** Columns that the text takes on a terminal; a character of Japanese takes two. */
export const displayWidth = (text: string): number => (ASCII.test(text) ? text.length : measure.strlen(text));

function head(text: string, width: number): string {
  let taken = '';
  let used = 0;
  for (const { segment } of graphemes().segment(text)) {
    used += displayWidth(segment);
    if (used > width) break;
    taken += segment;
  }
  return taken;
}

/** The text, or as much of it as fits into the width with a mark that something is missing. Plain text without colours. */
export const fit = (text: string, width: number): string => (displayWidth(text) <= width ? text : `${head(text, Math.max(width - 1, 0)).trimEnd()}…`);

/** The fingerprint of an OpenPGP key as people read it out: groups of four. */
/** A blank before which a line may end; groups of a fingerprint are compared as one, so they stay together. */
const BREAK = /(?<= )(?=[^ ])(?<!\b[0-9A-F]{4} (?=[0-9A-F]{4}\b))/;

/** Pieces of a text between which a line may be broken. */
function pieces(text: string): string[] {
  const all: string[] = [];
  for (const token of text.split(BREAK)) {
    // A command, an address or an id stays whole; only text without spaces between its words is broken inside.
    const parts = displayWidth(token) === token.length ? [token] : [...words().segment(token)].map(({ segment }) => segment);
    for (const [index, part] of parts.entries()) {
      const before = index === 0 ? undefined : all.at(-1);
      if (before !== undefined && (CLOSING.test(part) || OPENING.test(before) || part.trim() === '')) all[all.length - 1] = before + part;
      else all.push(part);
    }
  }
  return all;
}

/** The text in lines that fit into the width; line ends of the text are kept. Plain text without colours. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    if (displayWidth(paragraph) <= width) {
      lines.push(paragraph.trimEnd());
      continue;
    }
    let line = '';
    // Added up: to measure the line again with each piece takes most of the time of a long text.
    let taken = 0;
    for (let piece of pieces(paragraph)) {
      if (line !== '' && taken + displayWidth(piece.trimEnd()) > width) {
        lines.push(line.trimEnd());
        line = '';
        taken = 0;
      }
      while (line === '' && displayWidth(piece.trimEnd()) > width) {
        const start = head(piece, Math.max(width, 2));
        lines.push(start);
        piece = piece.slice(start.length);
      }
      line += piece;
      taken += displayWidth(piece);
    }
    lines.push(line.trimEnd());
  }
  return lines;
}

/** A command is copied from the terminal as one line, so it stays one; with a sentence around it, it is prose. */
const COMMAND = /^\s*(?:->\s+)?(?:\$ )?(?:vcc|git|gpg|cd|export|alias) (?!.*(?:[,;:] | or ))/;

/** What is printed, with lines of prose that are wider than the terminal broken at words and carried on below their beginning; tables and what is coloured are made to fit already. */
export const toFit = (text: string, width: number): string =>
  text
    .split('\n')
    .flatMap((line) => {
      if (line.includes('\u001b') || displayWidth(line) <= width || COMMAND.test(line)) return [line];
      const indent = /^ */.exec(line)?.[0] ?? '';
      const hanging = ' '.repeat(Math.min(indent.length + 2, Math.floor(width / 3)));
      // Wrapped as if every line hung, for the first one has no less room than the others.
      return wrap(line.slice(indent.length), Math.max(width - hanging.length, 20)).map((part, index) => (index === 0 ? indent : hanging) + part);
    })
    .join('\n');
