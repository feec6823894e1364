import { guardedIn, lawfulNames, markedIn } from './documents/guarded-cases.ts';
import type { CaseFolder } from './documents/repository.ts';
import { readGuards } from './documents/guard-file.ts';
import { isList, numberIn } from './documents/site-files.ts';
import { confidentialDetails, detailText } from './domain/confidential-detail.ts';
import { leaksIn, tellsWho, type Audience, type Guarded, type Leak } from './domain/leaks.ts';
import { findMarks } from './domain/marks.ts';
import { treeWithPlan, type CommitMessage, type OutgoingMessage, type Plan } from './domain/plan.ts';
import { refusal } from './domain/problem.ts';
import type { Tree } from './domain/tree.ts';
import type { Guard } from './generated/documents.ts';
import { wordsOf, type Words } from './domain/words.ts';

/*
 * Every message, commit and public file comes through here on its way out, whichever command and template made it.
 */

function audienceOf({ party, carries }: OutgoingMessage): Audience {
  if (party === 'reporter') return { to: 'reporter', carries };
  return party.startsWith('vendor:') ? { to: 'vendor', vendor: party.slice('vendor:'.length), carries } : { to: 'partner', carries };
}

const contentOf = (content: string | Uint8Array): string => (typeof content === 'string' ? content : new TextDecoder().decode(content));

const commitText = ({ subject, body }: CommitMessage): string => `${subject}\n\n${body}`;

const LOOK_AGAIN = 'Leave it out, or say it in other words. What a vendor gave for the public is recorded as such: vcc record CASE vendor-status --statement-en TEXT.';

/** Refuses a plan that gives away what is sealed. Its files are for the rules to check. */
export function refuseLeaks(current: Tree, plan: Plan, folders: readonly { readonly number: string; readonly folder: string }[]): void {
  const tree = treeWithPlan(current, plan);
  const number = plan.commit.trailers.find(([key]) => key === 'Case')?.[1];
  // A case that the plan makes is in no folder yet.
  const folder = folders.find((known) => known.number === number)?.folder ?? plan.writes.map(({ path }) => /^cases\/\d{4}\/\d{8}(?=\/case\.md$)/.exec(path)?.[0]).find((path) => path !== undefined);
  const own = number === undefined || folder === undefined ? undefined : guardedIn(tree, { number, folder });
  const found = [
    ...plan.messages.flatMap((message) => inMessage(message, own)),
    ...inCommit(tree, plan, own),
    ...inPublic(tree, plan, number === undefined || folder === undefined || folders.some((known) => known.number === number) ? folders : [...folders, { number, folder }]),
  ];
  if (found.length > 0) throw refusal('would-leak', `${[...new Set(found)].join('; ')}: nothing was written`, LOOK_AGAIN);
}

function inCommit(tree: Tree, { commit }: Plan, own: Guarded | undefined): string[] {
  if (own === undefined) return [];
  const readings = wordsOf(commitText(commit));
  const leaks = (guarded: Guarded): Leak[] => leaksIn(readings, guarded, { to: 'team', vendor: commit.trailers.find(([key]) => key === 'Vendor')?.[1] });
  // The names of the team are looked up only where there is something to excuse.
  return leaks(own).length === 0 ? [] : leaks({ ...own, lawful: lawfulNames(tree) }).map(({ what }) => `the commit message gives ${what}`);
}

function inMessage(message: OutgoingMessage, own: Guarded | undefined): string[] {
  const audience = audienceOf(message);
  const to = message.party === 'reporter' ? 'the reporter' : message.party.slice(message.party.indexOf(':') + 1);
  const texts = [message.subject, message.body, ...message.attachments.flatMap(({ filename, content }) => [filename, contentOf(content)])];
  const leaks = own === undefined ? [] : texts.flatMap((text) => leaksIn(wordsOf(text), own, audience)).map(({ what }) => what);
  // The report itself may hold anything, and its reporter may be told of it.
  const details = message.carries === 'details' || audience.to === 'reporter' ? [] : texts.flatMap(confidentialDetails).map((detail) => `what looks like ${detailText(detail)}`);
  return [...leaks, ...details].map((what) => `the message to ${to} gives ${what}`);
}

type KnownFolder = CaseFolder & { readonly guards: readonly Guard[] };

/** A site is built in many commits, and to read the guards takes longer than to use them. */
const guardsOfFolders = new WeakMap<readonly CaseFolder[], readonly KnownFolder[]>();

function guardsIn(tree: Tree, folders: readonly CaseFolder[], changes: boolean): readonly KnownFolder[] {
  const known = changes ? undefined : guardsOfFolders.get(folders);
  if (known) return known;
  const read = folders.map((folder) => ({ ...folder, guards: readGuards(tree, folder.folder).guards })).filter(({ guards }) => guards.length > 0);
  if (!changes) guardsOfFolders.set(folders, read);
  return read;
}

/**
 * Public files are compared with every case: a text may speak of two. What lies in the folder of an advisory is a text of its case, and
 * so is what a publication writes besides; a list speaks of many, so that to it every case is another one. Where files are made of
 * sources, each word of theirs that is not vcc's own stands in a source, and these are read in their place.
 */
function inPublic(tree: Tree, { publication, commit, writes, seals }: Plan, folders: readonly CaseFolder[]): string[] {
  if (!publication) return [];
  const { texts: sources, of } = publication.sources ?? { texts: [], of: new Set<string>() };
  const planned = commit.trailers.find(([key]) => key === 'Case')?.[1];
  // The stylesheet and the like are no text of ours, but what is public speaks for itself.
  const texts = [...[...sources, ...publication.files.filter(({ path }) => !of.has(path))].map(({ path, text }) => ({ where: path, text, owner: isList(path) ? undefined : (numberIn(path) ?? planned) })), { where: 'the public commit message', text: commitText(publication.commit), owner: planned }];
  return leaksInPublic(tree, folders, texts, writes.length + seals.length > 0).map(({ where, what }) => `${where} gives ${what}`);
}

/** A text that is public, or is to be. */
interface OutgoingText {
  /** What a leak names. */
  readonly where: string;
  readonly text: string;
  /** The case that it may speak of; to a list, every case is another one. */
  readonly owner: string | undefined;
}

/** What of the sealed values of the cases in these folders public texts give away; what says it of another case where it is not the text's own. changes: the tree is not as it was when the guards were last read. */
export function leaksInPublic(tree: Tree, folders: readonly CaseFolder[], texts: readonly OutgoingText[], changes = false): (Leak & { readonly where: string })[] {
  const known = guardsIn(tree, folders, changes);
  const guarded = new Map<string, Guarded | undefined>();
  const guardedOf = (folder: CaseFolder): Guarded | undefined => {
    if (!guarded.has(folder.number)) guarded.set(folder.number, guardedIn(tree, folder));
    return guarded.get(folder.number);
  };
  const leaks: (Leak & { readonly where: string })[] = [];
  // What the forms of one advisory share is compared once; of thousands, a few at a time are enough for the memory.
  for (let from = 0; from < texts.length; from += AT_ONCE) {
    const read = texts.slice(from, from + AT_ONCE).map((each) => ({ ...each, readings: wordsOf(each.text) }));
    const isMarked = markedIn(read.flatMap(({ readings }) => readings));
    leaks.push(...inTexts(read, known.filter(({ guards }) => guards.some(isMarked)), guardedOf));
  }
  return leaks;
}

/** Texts. */
const AT_ONCE = 100;

type ReadText = Omit<OutgoingText, 'text'> & { readonly readings: readonly Words[] };

function inTexts(read: readonly ReadText[], near: ReturnType<typeof guardsIn>, guardedOf: (folder: CaseFolder) => Guarded | undefined): (Leak & { readonly where: string })[] {
  return read.flatMap(({ where, readings, owner }) => {
    const found = near.filter(({ guards }) => guards.some((guard) => readings.some((words) => findMarks(words, guard).length > 0)));
    const own = found.find(({ number }) => number === owner);
    return found.flatMap((folder) => {
      const its = guardedOf(folder);
      if (its === undefined) return [];
      return folder === own
        ? leaksIn(readings, its, { to: 'public' }).map((leak) => ({ ...leak, where }))
        : strangersIn(readings, its, own && guardedOf(own)).map((leak) => ({ ...leak, where, what: `${leak.what} of another case` }));
    });
  });
}

/**
 * What of another case stands in a text. An organisation alone tells nothing there; and whoever is credited here, by consent, may be
 * the unknown reporter there: in whichever language they agreed to the words that stand here.
 */
function strangersIn(readings: readonly Words[], guarded: Guarded, own: Guarded | undefined): Leak[] {
  const credited = own?.wishes.publicCredit !== true ? [] : readings.flatMap((words) => own.guards.flatMap((guard) => findMarks(words, guard)).filter(tellsWho).flatMap(({ from, to }) => wordsOf(words.joined.slice(words.starts[from], words.ends[to]))));
  return leaksIn(readings, { ...guarded, agreed: credited }, { to: 'public' }).filter(({ kind }) => kind !== 'organisation');
}
