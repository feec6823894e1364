import type { Place } from './finding.ts';
import { lower, plain, UNSPACED, WITHIN_NAME, withoutLinkTargets, withoutTags } from './name-spelling.ts';

/*
 * A text as its words, however they are spelled: what the marks of sealed values are made from and looked for in. Letters and
 * digits make a word; whatever stands between two words counts as one blank. Where a script has no blanks, each character is a word.
 */

export interface Words {
  /** All of them, lower case, a blank between each two. */
  readonly joined: string;
  /** Where each begins and ends in it. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Where in the text the word stands. */
  readonly place: (word: number) => Place;
}

/** Stands between two characters that a comma or a full stop parts: 山田、太郎 are two names. No value has it. */
const PART = '|';
/** Stands where something was left out of a text, so that what was apart is not read together. Nobody is called by it. */
export const GAP = 'vcclefthereout';
/** Whether a word is none of the text. */
export const isBreak = (word: string): boolean => word === PART || word === GAP;
/** Words in mixed case come apart where a capital follows a small letter: TaroYamada. */
const WORD = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}ー]|\p{Lu}*(?:(?![\p{Lu}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}ー])[\p{L}\p{M}\p{N}])+|\p{Lu}+/gu;
const ASCII_WORD = /[A-Z]*[a-z0-9]+|[A-Z]+/g;
const ASCII = /^[\u0000-\u007f]*$/;
const WITHIN = new RegExp(`^${WITHIN_NAME}*$`);
/** Emphasis of Markdown within a word. */
const EMPHASIS = /(?<=[\p{L}\p{N}])[*~`\\]{1,4}(?=[\p{L}\p{N}])/gu;

const prepared = (text: string): string => (ASCII.test(text) && !/[%&\\*~`]/.test(text) ? text : plain(text).replaceAll(EMPHASIS, ''));

/** The readings of a text: as it stands, and without markup where it has any. A tag may be an address in brackets, so both count. */
export function wordsOf(text: string): Words[] {
  const bare = withoutTags(withoutLinkTargets(text));
  return bare === text ? [read(text)] : [read(text), read(bare)];
}

function read(text: string): Words {
  const spelled = prepared(text);
  const starts: number[] = [];
  const ends: number[] = [];
  const offsets: number[] = [];
  const words: string[] = [];
  let length = 0;
  const add = (word: string, offset: number): void => {
    starts.push(length);
    ends.push(length + word.length);
    offsets.push(offset);
    words.push(word);
    length += word.length + 1;
  };
  const ascii = ASCII.test(spelled);
  let before: { readonly end: number; readonly unspaced: boolean } | undefined;
  for (const { 0: found, index } of spelled.matchAll(ascii ? ASCII_WORD : WORD)) {
    const unspaced = !ascii && UNSPACED.test(found);
    if (unspaced && before?.unspaced === true && !WITHIN.test(spelled.slice(before.end, index))) add(PART, before.end);
    add(ascii ? found.toLowerCase() : lower(found), index);
    before = { end: index + found.length, unspaced };
  }
  return { joined: words.join(' '), starts, ends, place: (word) => placeIn(text, spelled, offsets[word] ?? 0) };
}

/** In a longer one nobody counts columns. */
const LONGEST_LINE = 2000;

/** A place in the text, from an offset in how it was spelled out; lines are the same in both. */
function placeIn(text: string, spelled: string, offset: number): Place {
  const before = spelled.slice(0, offset).split('\n');
  const line = text.split('\n')[before.length - 1] ?? '';
  const wanted = before.at(-1)?.length ?? 0;
  let column = Math.min(wanted, line.length);
  // Where the line is spelled otherwise than it stands, as much of it as became what is in front of the word.
  if (line.length <= LONGEST_LINE && prepared(line) !== line) {
    column = line.length;
    while (column > 0 && prepared(line.slice(0, column)).length > wanted) column -= 1;
  }
  return { line: before.length, column: column + 1 };
}

/** How much a word tells: of a script without blanks about three characters are as much as a word. */
const weight = (word: string): number => (word === PART ? 0 : UNSPACED.test(word) ? 1 / 3 : 1);

/** A stretch of words that weighs eight, from each of them; the last ones have none of their own. In order of their starts. */
export function shingles({ joined, starts, ends }: Words): string[] {
  const weights = starts.map((start, index) => weight(joined.slice(start, ends[index])));
  const found: string[] = [];
  let end = 0;
  let total = 0;
  for (const [index, start] of starts.entries()) {
    // Thirds do not add up to whole numbers.
    while (total < SHINGLE - 0.01 && end < starts.length) total += weights[end++] ?? 0;
    if (total < SHINGLE - 0.01) break;
    found.push(joined.slice(start, ends[end - 1]));
    total -= weights[index] ?? 0;
  }
  return found;
}

const SHINGLE = 8;
