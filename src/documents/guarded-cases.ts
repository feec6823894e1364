import { guardedAlone, guardedCase, leaksIn, vendorOf, type Guarded, type Leak } from '../domain/leaks.ts';
import { findMarks, hasMark, vocabularyOf } from '../domain/marks.ts';
import { VccError } from '../domain/problem.ts';
import type { Guard } from '../generated/documents.ts';
import type { Tree } from '../domain/tree.ts';
import { wordsOf, type Words } from '../domain/words.ts';
import { readCase } from './case-folder.ts';
import { textsIn } from './folded-log.ts';
import { readGuards } from './guard-file.ts';
import { keyIdentity } from './openpgp-packets.ts';
import { openRepository, type CaseFolder, type Repository } from './repository.ts';
import { madeKnown } from './telling-text.ts';
import { SCHEMA_HINT } from './yaml-text.ts';

/*
 * Texts that belong to no case, or to another one, are compared with the guards of all. Findings in them name no case: whoever types
 * a colleague's name must not learn what that colleague once reported.
 */

/** What the guards of a case keep in; undefined where it has none. */
export function guardedIn(tree: Tree, { number, folder }: CaseFolder): Guarded | undefined {
  const { guards } = readGuards(tree, folder);
  if (guards.length === 0) return undefined;
  const read = readCase(tree, number, folder);
  return read.ok ? guardedCase(read.record, guards) : guardedAlone(number, guards);
}

/** What a file of a case gives of it; text may be a part of the file. */
export function leaksOfFile(path: string, text: string, guarded: Guarded, team: readonly { readonly slug: string }[]): Leak[] {
  return textsIn(path, text).flatMap(({ text: each, isEntry, placeOf }) => {
    // The line that names the schema is the same in every file, and half of the words of a short one. Who in the team wrote an entry stands in each: a coordinator may once have reported it.
    const own = each.replace(SCHEMA_HINT, '\n').replace(/^by: ([a-z0-9-]{1,63})$/m, (line, author: string) => (team.some(({ slug }) => slug === author) ? ' '.repeat(line.length) : line));
    return leaksIn(wordsOf(own), guarded, { to: 'team', vendor: isEntry ? vendorOf(each) : undefined }).map((leak) => ({ ...leak, place: placeOf(leak.place) }));
  });
}

/** What a text of no case gives of one. An organisation tells nothing unless the case is named with it. */
function leaksOf(whole: string, readings: readonly Words[], guarded: Guarded): Leak[] {
  return leaksIn(readings, guarded, { to: 'team', vendor: vendorOf(whole) }).filter(({ kind }) => kind !== 'organisation' || whole.includes(guarded.number));
}

/** Words. A longer text is no file of people, and would fill the memory with the values that it might hold. */
const LONG = 20_000;

/** Whether any of the texts holds a mark of a guard: what many of them share is compared once. */
export function markedIn(readings: readonly Words[]): (guard: Guard) => boolean {
  const isLong = ({ starts }: Words): boolean => starts.length > LONG;
  const long = readings.filter(isLong);
  const vocabulary = vocabularyOf(readings.filter((words) => !isLong(words)));
  return (guard) => hasMark(vocabulary, guard) || long.some((words) => findMarks(words, guard).length > 0);
}

/** Which of the texts hold a mark, also one that may stand there, and of which cases: few of both, so that they can be looked at again one by one. */
export function markedAmong<Folder extends CaseFolder>(tree: Tree, folders: readonly Folder[], texts: ReadonlySet<string>): { readonly texts: ReadonlySet<string>; readonly folders: readonly Folder[] } {
  if (texts.size === 0 || folders.length === 0) return { texts: new Set(), folders: [] };
  const read = [...texts].map((text) => ({ text, readings: wordsOf(text) }));
  const isMarked = markedIn(read.flatMap(({ readings }) => readings));
  const found = new Set<string>();
  const having = folders.filter(({ folder }) => {
    const guards = readGuards(tree, folder).guards.filter(isMarked);
    for (const { text, readings } of guards.length === 0 ? [] : read) if (readings.some((words) => guards.some((guard) => findMarks(words, guard).length > 0))) found.add(text);
    return guards.length > 0;
  });
  return { texts: found, folders: having };
}

/** What the texts give of these cases, by the text. A case is read only where one of its marks is found. wholes: of texts that are a part of one, the whole. */
export function leaksOfCases(tree: Tree, folders: readonly CaseFolder[], texts: readonly string[], wholes = texts): Leak[][] {
  const near = markedAmong(tree, folders, new Set(texts));
  if (near.texts.size === 0) return texts.map(() => []);
  const lawful = lawfulNames(tree);
  const guarded = near.folders.flatMap((folder) => guardedIn(tree, folder) ?? []);
  return texts.map((text, index) => {
    if (!near.texts.has(text)) return [];
    const readings = wordsOf(text);
    return unlike(guarded.flatMap((each) => leaksOf(wholes[index] ?? '', readings, { ...each, lawful })));
  });
}

/** Two cases of one reporter are one mistake. */
export const unlike = (leaks: readonly Leak[]): Leak[] => [...new Map(leaks.map((leak) => [`${leak.what} ${leak.place.line} ${leak.place.column}`, leak])).values()];

/** Whom everybody with a clone knows anyway: the team, which vendors and partners there are, and where they are written to, whose keys there are. Each by itself. */
export function lawfulNames(tree: Tree): Words[] {
  const repository = opened(tree);
  if (!repository) return [];
  const { organisation, team } = repository.configuration;
  const registered = [...[...repository.vendors().values()].map(({ slug, vendor }) => [slug, ...madeKnown(vendor)]), ...[...repository.partners().values()].map(({ slug, partner }) => [slug, ...madeKnown(partner)])];
  const keys = repository.keyFingerprints().map((fingerprint) => keyIdentity(repository.publicKey(fingerprint) ?? ''));
  const values = [
    organisation.name.en,
    organisation.name.ja,
    organisation.email,
    ...team.flatMap(({ slug, name, email }) => [slug, name, email]),
    ...registered.flat(),
    ...keys.flatMap(({ fingerprints, userIds }) => [...fingerprints, ...userIds]),
  ];
  return [...new Set(values.flatMap((value) => (value === undefined ? [] : namesIn(value))))].flatMap((name) => wordsOf(name));
}

/** A value, and the names that it is made of: of "Aoki (PSIRT) <aoki@example.org>" also the parts, and what an address begins with. */
const namesIn = (value: string): string[] => [value, ...value.split(/[<>()（）]/)].map((part) => part.trim()).filter((part) => part !== '').flatMap((part) => [part, ...(/^([^\s@]+)@[^\s@]+$/.exec(part)?.slice(1) ?? [])]);

function opened(tree: Tree): Repository | undefined {
  try {
    return openRepository(tree);
  } catch (problem) {
    // Where vcc.yaml cannot be read, which lint says, nobody is known to be in the team.
    if (problem instanceof VccError) return undefined;
    throw problem;
  }
}
