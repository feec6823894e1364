import type { CaseFile, Guard } from '../generated/documents.ts';
import { isEvent, type CaseRecord } from './case.ts';
import { droppedMarks } from './dropped-marks.ts';
import type { Place } from './finding.ts';
import type { OutgoingMessage } from './plan.ts';
import { findMarks, type FoundMark, type MarkKind } from './marks.ts';
import { wordsOf, type Words } from './words.ts';

/** Who reads a text. The team reads what the case repository has in clear, and so does whoever has a clone. */
export type Audience =
  | { readonly to: 'team' | 'vendor'; /** The vendor that it is about, or goes to. */ readonly vendor?: string | undefined; readonly carries?: OutgoingMessage['carries'] }
  | { readonly to: 'public' | 'partner' | 'reporter'; readonly carries?: OutgoingMessage['carries'] };

/** What the guards of a case keep in, and what of it its files let out. */
export interface Guarded {
  readonly number: string;
  readonly guards: readonly Guard[];
  readonly wishes: NonNullable<CaseFile['wishes']>;
  /** What vendors have stated for everybody to read, by vendor. */
  readonly stated: ReadonlyMap<string, string>;
  /** What a coordinator decided to look for no longer. */
  readonly dropped?: ReadonlySet<MarkKind>;
  /** Names and addresses that this reader has lawfully from elsewhere. */
  readonly lawful?: readonly Words[];
  /** Words of this very text that somebody agreed to, and what they are made of. */
  readonly agreed?: readonly Words[];
}

export function guardedCase({ number, file, log }: Pick<CaseRecord, 'number' | 'file' | 'log'>, guards: readonly Guard[]): Guarded {
  const stated = new Map<string, string>();
  for (const { entry } of log.filter(isEvent('vendor-status'))) stated.set(entry.vendor, [stated.get(entry.vendor), entry.statement?.en, entry.statement?.ja].filter((text) => text !== undefined).join('\n\n'));
  return { number, guards, wishes: file.wishes ?? {}, stated, dropped: droppedMarks(log) };
}

/** The same of a case that cannot be read: nobody knows then what its reporter agreed to. */
export const guardedAlone = (number: string, guards: readonly Guard[]): Guarded => ({ number, guards, wishes: {}, stated: new Map() });

export interface Leak {
  /** 'the name of the reporter': never the value. */
  readonly what: string;
  readonly kind: MarkKind;
  readonly place: Place;
}

/** Whether it tells who reported, and not how the flaw is exploited or what was said in confidence. */
export const tellsWho = ({ kind }: { readonly kind: MarkKind }): boolean => kind !== 'poc' && kind !== 'statement';

const WORDS: Readonly<Record<MarkKind, string>> = {
  name: 'the name of the reporter',
  credit: 'the name of the reporter',
  address: 'the e-mail address of the reporter',
  handle: 'the handle of the reporter',
  organisation: 'the organisation of the reporter',
  keyId: "the fingerprint of the reporter's OpenPGP key",
  poc: 'words of the sealed proof of concept',
  statement: 'words of a confidential mail',
};

/** Whether this reader may have it. otherwise: whose mark it is wants to be thanked by other words (guideline IV.2: a missing answer counts as no; policy E). */
function mayHave(audience: Audience, kind: MarkKind, { wishes, dropped }: Guarded, vendor: string | undefined, otherwise = false): boolean {
  if (dropped?.has(kind === 'credit' ? 'name' : kind) === true) return true;
  if (kind === 'poc') return audience.carries === 'details' || audience.to === 'reporter';
  if (kind === 'statement') return audience.carries === 'answer' || ('vendor' in audience && audience.vendor !== undefined && audience.vendor === vendor);
  if (audience.to === 'reporter') return true;
  if (audience.to === 'partner') return false;
  if (kind === 'address' || kind === 'keyId') return audience.to === 'vendor' && wishes.directContact === true;
  if (audience.to === 'vendor') return wishes.nameToVendor === true;
  // Who wants to be thanked by these words agreed to no others.
  return wishes.publicCredit === true && (kind === 'credit' || !otherwise);
}

/** The guard of a key that the reporter gave later: its owner is the reporter, whoever else is thanked in the case. */
const isOfKey = ({ marks }: Guard): boolean => marks.keyId !== undefined;

/** What of a case's sealed values a text gives to somebody who must not have it, each kind where it stands first. */
export function leaksIn(readings: readonly Words[], guarded: Guarded, audience: Audience): Leak[] {
  const leaks = new Map<string, Leak>();
  for (const words of readings) {
    const marks = guarded.guards.map((guard) => ({ guard, found: findMarks(words, guard) }));
    const thankedOtherwise = guarded.guards.some((guard) => guard.marks.credit !== undefined);
    const credits = mayHave(audience, 'credit', guarded, undefined) ? marks.flatMap(({ found }) => found.filter(({ kind }) => kind === 'credit')) : [];
    const isCredited = ({ from, to }: FoundMark): boolean => credits.some((credit) => credit.from <= from && to <= credit.to);
    for (const { guard, found: all } of marks) {
      const found = all.filter((mark) => !mayHave(audience, mark.kind, guarded, guard.vendor, guard.marks.credit !== undefined || (isOfKey(guard) && thankedOtherwise)) && !isCredited(mark));
      for (const { kind, place } of withoutOpen(found, guard, guarded)) {
        const what = kind === 'statement' && guard.vendor !== undefined ? `${WORDS[kind]} of ${guard.vendor}` : WORDS[kind];
        const known = leaks.get(what);
        if (!known || place.line < known.place.line) leaks.set(what, { what, kind, place });
      }
    }
  }
  return [...leaks.values()];
}

/** What a vendor has stated in public is no secret of its mails, nor is it one who is in the team. */
function withoutOpen(found: readonly FoundMark[], guard: Guard, { stated, lawful = [], agreed = [] }: Guarded): readonly FoundMark[] {
  if (found.length === 0) return found;
  const text = guard.vendor === undefined || !found.some(({ kind }) => kind === 'statement') ? undefined : stated.get(guard.vendor);
  const stands = (readings: readonly Words[], counts: (mark: FoundMark, words: Words) => boolean): string[] => readings.flatMap((words) => findMarks(words, guard).filter((mark) => counts(mark, words)).map(({ mark }) => mark));
  const open = new Set([...stands(lawful, isWhole), ...stands([...agreed, ...(text === undefined ? [] : wordsOf(text))], () => true)]);
  return found.filter(({ mark }) => !open.has(mark));
}

/** "PSIRT, as Tani Ren says" makes nobody of that name known; a part of a name may be anybody's handle, and is the organisation's where the whole is. */
const isWhole = ({ kind, from, to }: FoundMark, { starts }: Words): boolean => kind === 'organisation' || kind === 'handle' || (from === 0 && to === starts.length - 1);

/** The vendor that an entry of the log or a commit is about, as they say it themselves. */
export const vendorOf = (text: string): string | undefined => /^vendor: ([a-z0-9-]{1,63})$/im.exec(text)?.[1];
