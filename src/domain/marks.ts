import { createHmac } from 'node:crypto';
import type { Guard } from '../generated/documents.ts';
import type { Place } from './finding.ts';
import { isBreak, type Words } from './words.ts';

/*
 * Marks of sealed values: whoever has one can tell whether a text holds the value, and cannot read the value out of it. A mark
 * is "<words>-<characters>-<the first 64 bits of HMAC-SHA256(salt, value)>". The value is whole, never a piece of a name: pieces could
 * be guessed one by one. docs/security.md says what that protects and what not.
 */

export type MarkKind = keyof Guard['marks'];

const DIGITS = 16;
/** Of one guard; more would fill the memory with a hostile text. */
const MOST_SEEN = 50_000;

const hashOf = (salt: Uint8Array, value: string): string => createHmac('sha256', salt).update(value).digest('hex').slice(0, DIGITS);

const saltOf = (guard: Pick<Guard, 'salt'>): Uint8Array => Buffer.from(guard.salt, 'hex');

const wordsIn = (value: string): number => value.split(' ').length;

/** Marks of values that are words already (see words.ts), each once, in an order that tells nothing. */
export function marksOf(salt: string, values: readonly string[]): string[] {
  const key = saltOf({ salt });
  return [...new Set(values)].map((value) => `${wordsIn(value)}-${value.length}-${hashOf(key, value)}`).sort();
}

/** A text is gone through once for each number of words that there is, and hashed where a length fits. */
const MOST_WORD_COUNTS = 30;
const MOST_CHARACTERS = 600;

/** Whether marks have more numbers of words than a text is compared with. */
export const hasTooManyShapes = ({ marks }: Pick<Guard, 'marks'>): boolean => new Set(Object.values(marks).flat().map((mark) => mark.slice(0, mark.indexOf('-')))).size > MOST_WORD_COUNTS;

/** The values that a guard may have, by kind: of more numbers of words than fit, the commonest. */
export function withinBounds(values: Readonly<Partial<Record<MarkKind, readonly string[]>>>): Partial<Record<MarkKind, readonly string[]>> {
  const counts = new Map<number, number>();
  for (const value of Object.values(values).flat()) counts.set(wordsIn(value), (counts.get(wordsIn(value)) ?? 0) + 1);
  const kept = new Set([...counts].sort(([, a], [, b]) => b - a).slice(0, MOST_WORD_COUNTS).map(([count]) => count));
  const fits = (value: string): boolean => value.length <= MOST_CHARACTERS && kept.has(wordsIn(value));
  return Object.fromEntries(Object.entries(values).map(([kind, list]) => [kind, list.filter(fits)] as const).filter(([, list]) => list.length > 0));
}

export interface FoundMark {
  readonly kind: MarkKind;
  readonly mark: string;
  /** The words of the reading between which it was found. */
  readonly from: number;
  readonly to: number;
  readonly place: Place;
}

/** A guard made ready: which shapes its marks have, so that most of a text needs no hash. */
interface Ready {
  readonly salt: Uint8Array;
  readonly kinds: ReadonlyMap<string, MarkKind>;
  /** Characters of the values by their number of words. */
  readonly lengths: ReadonlyMap<number, ReadonlySet<number>>;
  /** Values that were hashed already and have no mark: the same words come back in every file, and to remember them costs less. */
  readonly seen: Set<string>;
}

const readied = new WeakMap<Guard, Ready>();

function ready(guard: Guard): Ready {
  const known = readied.get(guard);
  if (known) return known;
  const kinds = new Map<string, MarkKind>();
  const lengths = new Map<number, Set<number>>();
  for (const [kind, marks] of Object.entries(guard.marks) as [MarkKind, readonly string[]][]) {
    for (const mark of marks) {
      const [words = 0, length = 0] = mark.split('-', 2).map(Number);
      kinds.set(mark, kind);
      lengths.set(words, (lengths.get(words) ?? new Set()).add(length));
    }
  }
  const made = { salt: saltOf(guard), kinds, lengths, seen: new Set<string>() };
  readied.set(guard, made);
  return made;
}

/** The marks of a guard that a text holds, each where it stands first. */
export function findMarks({ joined, starts, ends, place }: Words, guard: Guard): FoundMark[] {
  const { salt, kinds, lengths, seen } = ready(guard);
  const found = new Map<string, FoundMark>();
  for (const [words, wanted] of lengths) {
    for (let from = 0, to = words - 1; to < starts.length; from += 1, to += 1) {
      const start = starts[from] ?? 0;
      const end = ends[to] ?? 0;
      if (!wanted.has(end - start)) continue;
      const value = joined.slice(start, end);
      if (seen.has(value)) continue;
      const mark = `${words}-${end - start}-${hashOf(salt, value)}`;
      const kind = kinds.get(mark);
      if (kind === undefined) {
        if (seen.size < MOST_SEEN) seen.add(value);
      } else if (!found.has(mark)) found.set(mark, { kind, mark, from, to, place: place(from) });
    }
  }
  return [...found.values()];
}

/** What several texts say, so that a guard is compared once with what they share: the values by their number of words and their length. */
export type Vocabulary = (words: number, length: number) => ReadonlySet<string>;

const NONE: ReadonlySet<string> = new Set();

/** Makes ready, for every number of words that a guard asks for, what the texts have of it; no value goes across a break. */
export function vocabularyOf(texts: readonly Words[]): Vocabulary {
  const known = new Map<number, ReadonlyMap<number, ReadonlySet<string>>>();
  const valuesOf = (words: number): ReadonlyMap<number, ReadonlySet<string>> => {
    const byLength = new Map<number, Set<string>>();
    for (const { joined, starts, ends } of texts) {
      let apart = -1;
      for (let from = 1 - words, to = 0; to < starts.length; from += 1, to += 1) {
        const end = ends[to] ?? 0;
        if (isBreak(joined.slice(starts[to], end))) apart = to;
        if (from <= apart) continue;
        const start = starts[from] ?? 0;
        const values = byLength.get(end - start);
        if (values) values.add(joined.slice(start, end));
        else byLength.set(end - start, new Set([joined.slice(start, end)]));
      }
    }
    known.set(words, byLength);
    return byLength;
  };
  return (words, length) => (known.get(words) ?? valuesOf(words)).get(length) ?? NONE;
}

/** Whether any of the texts holds a mark of the guard: findMarks says of one text which and where. */
export function hasMark(vocabulary: Vocabulary, guard: Guard): boolean {
  const { salt, kinds, lengths } = ready(guard);
  for (const [words, wanted] of lengths) {
    for (const length of wanted) {
      for (const value of vocabulary(words, length)) if (kinds.has(`${words}-${length}-${hashOf(salt, value)}`)) return true;
    }
  }
  return false;
}
