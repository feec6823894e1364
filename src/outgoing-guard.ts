import { guardedIn, lawfulNames } from './documents/guarded-cases.ts';
import { confidentialDetails, detailText } from './domain/confidential-detail.ts';
import { leaksIn, type Audience, type Guarded, type Leak } from './domain/leaks.ts';
import { treeWithPlan, type CommitMessage, type OutgoingMessage, type Plan } from './domain/plan.ts';
import { refusal } from './domain/problem.ts';
import type { Tree } from './domain/tree.ts';
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
    ...inPublic(tree, plan, own, folders.filter((known) => known.number !== number)),
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

/** Public files are compared with every case: a text may speak of two. */
function inPublic(tree: Tree, { publication }: Plan, own: Guarded | undefined, others: readonly { readonly number: string; readonly folder: string }[]): string[] {
  if (!publication) return [];
  // The stylesheet and the like are no text of ours, but what is public speaks for itself.
  const texts = [...publication.files.map(({ path, text }) => ({ where: path, readings: wordsOf(text) })), { where: 'the public commit message', readings: wordsOf(commitText(publication.commit)) }];
  const inOwn = own === undefined ? [] : texts.flatMap(({ where, readings }) => leaksIn(readings, own, { to: 'public' }).map(({ what }) => `${where} gives ${what}`));
  const inOthers = others.flatMap((other) => {
    const guarded = guardedIn(tree, other);
    return guarded === undefined ? [] : texts.flatMap(({ where, readings }) => strangersIn(readings, guarded, own).map(({ what }) => `${where} gives ${what} of another case`));
  });
  return [...inOwn, ...inOthers];
}

/**
 * What of another case stands in a text. An organisation alone tells nothing there; and whoever is credited here, by consent, may be
 * the unknown reporter there.
 */
function strangersIn(readings: readonly Words[], guarded: Guarded, own: Guarded | undefined): Leak[] {
  const leaks = leaksIn(readings, guarded, { to: 'public' }).filter(({ kind }) => kind !== 'organisation');
  if (leaks.length === 0 || own?.wishes.publicCredit !== true) return leaks;
  const credited = leaksIn(readings, { ...own, wishes: {} }, { to: 'public' });
  return leaks.filter(({ place }) => !credited.some((known) => known.place.line === place.line && known.place.column === place.column));
}
