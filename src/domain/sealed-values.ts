import type { Reporter } from '../generated/documents.ts';
import { isOfTheField } from './field-words.ts';
import type { MarkKind } from './marks.ts';
import { isOrdinaryName, orders, plain, UNSPACED } from './name-spelling.ts';
import { shingles, wordsOf } from './words.ts';

/*
 * Which values of a sealed part get a mark, as words (see words.ts).
 */

export interface SealedValues {
  readonly values: Partial<Record<MarkKind, readonly string[]>>;
  /** What got no mark because it would be found everywhere, in words. */
  readonly without: readonly string[];
}

/** Fewer say nothing: they stand in any text. A character of a script that writes words with few counts for more. */
const LEAST_OF_NAME = 4;
/** One that is longer, in any of its spellings, is made up to be in the way. */
const LONGEST_NAME = 300;
const LEAST_OF_LINE = 24;
const MOST_OF_TEXT = 180;
/** A copy of some fifteen words holds a marked stretch wherever it begins, most shorter ones too. */
const STEP = 4;

const asWords = (text: string): string => wordsOf(text)[0]?.joined ?? '';
const characters = (words: string): number => Array.from(words.replaceAll(' ', '')).reduce((sum, character) => sum + (/[\p{Script=Han}\p{Script=Hangul}]/u.test(character) ? 1.5 : 1), 0);

/** Whether a text, as words, holds these. */
const holds = (known: string, words: string): boolean => ` ${known} `.includes(` ${words} `);

/** With its capitals as they are, without them, and run together. */
const spellings = (text: string): string[] => [text, text.toLowerCase(), asWords(text).replaceAll(' ', '')];

function nameSpellings(name: string): string[] {
  const parts = plain(name).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return orders(parts).flatMap((order) => spellings(order.join(UNSPACED.test(name) ? '' : ' ')));
}

/** taro@finder.example, "taro at finder.example", "taro [at] finder [dot] example". */
function addressSpellings(email: string): string[] {
  const [before = '', behind = ''] = email.split('@');
  const dotted = (part: string): string => part.replaceAll('.', ' dot ');
  return [email, `${before} at ${behind}`, `${before} at ${dotted(behind)}`, `${dotted(before)} at ${dotted(behind)}`].flatMap((spelled) => [spelled, spelled.toLowerCase()]);
}

/** A fingerprint whole, also in groups of four. The ids that people quote of it are short enough to be tried one by one, and a key server tells whose they are. */
function keySpellings(fingerprint: string): string[] {
  return [fingerprint.toUpperCase(), fingerprint.toLowerCase()].flatMap((id) => [id, `0x${id}`, (id.match(/.{4}/g) ?? []).join(' ')]);
}

/** What an OpenPGP key says of its owner: fingerprints of it and its subkeys, "Name <address>". */
export interface KeyIdentity {
  readonly fingerprints: readonly string[];
  readonly userIds: readonly string[];
}

/** What tells who reported. known: what everybody may read of the case, and the words of the trade. */
export function identityValues({ name, credit, email, handle, organisation }: Reporter, key: KeyIdentity, known: string): SealedValues {
  const owners = key.userIds.map((id) => /^([^<]{0,200}?)\s*(?:\([^)]*\)\s*)?<([^<>]{1,254})>$/.exec(id.trim()));
  const common = asWords(known);
  const without: string[] = [];
  const tellsNothing = (value: string): boolean => isOrdinaryName(value) || isOfTheField(value) || asWords(value).length > LONGEST_NAME || characters(asWords(value)) < LEAST_OF_NAME || holds(common, asWords(value));
  const valuesOf = (what: string, stated: readonly (string | undefined)[], spell: (value: string) => string[], byKey: readonly (string | undefined)[] = []): string[] => {
    if (stated.some((value) => value !== undefined && tellsNothing(value))) without.push(what);
    return [...stated, ...byKey].filter((value) => value !== undefined).filter((value) => !tellsNothing(value)).flatMap(spell).map(asWords);
  };
  const values = {
    name: valuesOf('name', [name], nameSpellings, owners.map((owner) => owner?.[1])),
    address: valuesOf('e-mail address', [email], addressSpellings, owners.map((owner) => owner?.[2])),
    handle: valuesOf('handle', [handle], spellings),
    organisation: valuesOf('organisation', [organisation], spellings),
    keyId: valuesOf('key fingerprint', key.fingerprints, keySpellings),
  };
  const thanks = [credit?.en, credit?.ja].filter((text) => text !== undefined);
  if (thanks.length === 0) return { values: given(values), without: [...new Set(without)] };
  // What stands in the words of thanks goes out with them; the rest of the identity does not.
  const credited = thanks.map((text) => asWords(text.toLowerCase()));
  const isCredited = (value: string): boolean => credited.some((text) => holds(text, value.toLowerCase()));
  const { name: names, handle: handles, organisation: organisations, ...others } = values;
  const kept = Object.fromEntries(Object.entries({ name: names, handle: handles, organisation: organisations }).map(([kind, list]) => [kind, list.filter((value) => !isCredited(value))]));
  const moved = [...valuesOf('name', thanks, nameSpellings), ...[...names, ...handles, ...organisations].filter(isCredited)];
  return { values: { ...given({ ...others, ...kept }), credit: moved }, without: [...new Set(without)] };
}

const given = (values: Record<string, readonly string[]>): SealedValues['values'] => Object.fromEntries(Object.entries(values).filter(([, list]) => list.length > 0));

interface Known {
  has(stretch: string): boolean;
  /** A line too short for a stretch. */
  hasLine(words: string): boolean;
}

/** What everybody may read, to look up in: a mail has as many stretches as its sender likes. */
function knownWords(text: string): Known {
  const [words] = wordsOf(text);
  const shared = new Set(words ? shingles(words) : []);
  const padded = ` ${words?.joined ?? ''} `;
  return { has: (stretch) => shared.has(stretch), hasLine: (line) => padded.includes(` ${line} `) };
}

/** One of each group that says more than what is public, at most so many, evenly over the text. */
function marked(groups: readonly (readonly string[])[], known: Known): string[] {
  const telling = groups.map((group) => group.filter((stretch) => !known.has(stretch))).filter((group) => group.length > 0);
  const step = Math.max(1, Math.ceil(telling.length / MOST_OF_TEXT));
  return oneOfEach(telling.filter((_group, index) => index % step === 0));
}

/** Stretches of eight words in groups of four in a row, of which one is to be marked. */
function stretches(text: string): string[][] {
  const [words] = wordsOf(text);
  const all = words ? shingles(words) : [];
  return Array.from({ length: Math.ceil(all.length / STEP) }, (_group, index) => all.slice(index * STEP, (index + 1) * STEP));
}

/** One of each group, so that they have as few lengths as can be: a text is hashed only where it has such a length. */
function oneOfEach(groups: readonly (readonly string[])[]): string[] {
  const chosen: string[] = [];
  let left = groups;
  while (left.length > 0) {
    const counts = new Map<number, number>();
    for (const group of left) for (const length of new Set(group.map((stretch) => stretch.length))) counts.set(length, (counts.get(length) ?? 0) + 1);
    const most = Math.max(...counts.values());
    const wanted = [...counts].find(([, count]) => count === most)?.[0];
    const fits = (group: readonly string[]): string | undefined => group.find((stretch) => stretch.length === wanted);
    chosen.push(...left.flatMap((group) => fits(group) ?? []));
    left = left.filter((group) => fits(group) === undefined);
  }
  return chosen;
}

/** How a flaw is shown: each line by its stretches, a shorter one as it is where there is enough of it. */
export function attackValues(texts: readonly string[], known: string): SealedValues {
  const common = knownWords(known);
  const groups = texts.flatMap((text) => text.split('\n')).flatMap((line) => {
    const found = stretches(line);
    if (found.length > 0) return found;
    const words = asWords(line);
    return words.replaceAll(' ', '').length >= LEAST_OF_LINE && !common.hasLine(words) ? [[words]] : [];
  });
  return { values: given({ poc: marked(groups, common) }), without: [] };
}

/** Quoted lines, and what mail programs put above the mail that they answer: our own words are no secret of the vendor. */
const QUOTED = /^[ \t]*[>|＞].*$/gmu;
const BELOW = /^[ \t]*(?:-{2,}\s*(?:original message|元のメッセージ|forwarded message)|on .{1,200} wrote:\s*$|.{1,200}(?:のメール|wrote|書きました)[:：]\s*$|from: .{1,200}\n(?:sent|date|to): |差出人[:：]).*/imsu;

/** What a vendor said in confidence, by its stretches over whole paragraphs: a mail is wrapped anew when it is copied. */
export function statementValues(text: string, known: string): SealedValues {
  const common = knownWords(known);
  const own = text.replaceAll('\r', '').replace(BELOW, '').replaceAll(QUOTED, '');
  return { values: given({ statement: marked(own.split(/\n[ \t]*\n/).flatMap(stretches), common) }), without: [] };
}
