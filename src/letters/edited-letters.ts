import { planChange, type Author, type CaseChange, type NewEntry } from '../documents/case-change.ts';
import { storable } from '../documents/legible.ts';
import { attackDetails } from '../domain/attack-detail.ts';
import { identityIn } from '../domain/identity.ts';
import type { OutgoingMessage, Plan } from '../domain/plan.ts';
import { refusal } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import type { CaseFile } from '../generated/documents.ts';
import { checkPlan, type Session } from '../session.ts';
import { hiddenFromPartners, hiddenFromVendors } from './reporter-guard.ts';

/** The plan of a change with its letters; with edit, each goes through the person's editor first. Headers and attachments stay as they are. */
export async function planLetters(env: Environment, session: Session, change: CaseChange, author: Author, edit = false): Promise<Plan> {
  const plan = planChange(change, author);
  if (!edit) return plan;
  if (plan.messages.length === 0) return { ...plan, notices: [...plan.notices, 'there is no letter to edit'] };
  // What would be refused anyway is refused before somebody has written.
  await checkPlan(env, session, plan);
  const messages: OutgoingMessage[] = [];
  for (const message of plan.messages) messages.push(await edited(env, session, change.record, message));
  const changed = new Set(messages.filter((message, place) => message !== plan.messages[place]).map(({ messageId }) => messageId));
  // An editor with a window of its own may have come back at once, and what is written there later would be lost.
  if (changed.size === 0) await takeUnchanged(env);
  return planChange({ ...change, messages, entries: change.entries.map((entry) => marked(entry, changed)) }, author);
}

async function takeUnchanged(env: Environment): Promise<void> {
  const said = 'the editor came back, and nothing was changed';
  const hint = 'Leave --edit out to take the text as it is. An editor with a window of its own has to wait: code --wait, gvim --nofork';
  if (!env.ask.interactive) throw refusal('unchanged', said, hint);
  env.out.say(`${said}. ${hint}`);
  if (!(await env.ask.confirm('Go on with the text as it was?', false))) throw refusal('declined', 'Nothing was written.', hint);
}

/** The log says that the words are not those of the template alone. */
const marked = (entry: NewEntry, changed: ReadonlySet<string>): NewEntry =>
  'message' in entry && changed.has(entry.message.id) ? ({ ...entry, message: { ...entry.message, edited: true } }) : entry;

async function edited(env: Environment, session: Session, about: CaseChange['record'], message: OutgoingMessage): Promise<OutgoingMessage> {
  const label = message.party.slice(message.party.indexOf(':') + 1);
  const body = `${storable(await env.edit(`letter-to-${label}.txt`, message.body)).trimEnd()}\n`;
  if (body === message.body) return message;
  try {
    await refuseToTell(env, session, about, message, body);
  } catch (problem) {
    // In a script it would stay in a log.
    if (env.ask.interactive) env.out.say(`What you wrote:\n\n${body}`);
    throw problem;
  }
  return { ...message, body };
}

/** Written by hand, a letter says no more to its reader than the commands would let it: not who reported, not how it is attacked, and to whom nothing was told of the flaw, nothing. */
async function refuseToTell(env: Environment, session: Session, about: CaseChange['record'], { party, body: before, encryption, attachments }: OutgoingMessage, after: string): Promise<void> {
  const inClear = encryption.kind === 'in-clear';
  const record = session.repository.record(about.number);
  // A case that this very plan makes has nobody but its reporter.
  if (party !== 'reporter' && record) {
    const toVendor = party.startsWith('vendor:');
    const hidden = toVendor ? await hiddenFromVendors(env, session, { record }) : await hiddenFromPartners(env, session, { record });
    const leak = identityIn(after, hidden);
    if (leak !== undefined && leak !== identityIn(before, hidden)) {
      throw refusal(toVendor ? 'identity-to-vendor' : 'identity-to-partner', `The edited letter gives the ${leak} of the reporter, who stays unknown to ${toVendor ? 'vendors' : 'partners'}`, 'Write "the reporter" instead.');
    }
    // Details are letters with the report attached.
    const known = new Set(attackDetails(before).map(({ what }) => what));
    const attack = toVendor && attachments.length > 0 ? undefined : attackDetails(after).find(({ what }) => !known.has(what));
    if (attack) throw refusal('attack-detail', `The edited letter has what looks like ${attack.what}: ${attack.excerpt}`, 'Say what helps who defends; a vendor gets it with the details (--purpose details).');
  }
  const named = inClear || party !== 'reporter' ? newlyNamed(about.file, before, after, inClear) : undefined;
  if (named !== undefined) {
    throw refusal('detail-in-letter', `The edited letter names ${JSON.stringify(named)}, and ${inClear ? 'is not encrypted' : 'this letter says nothing of the flaw: who reads it is not known yet'}`, 'Leave the title and the products out.');
  }
}

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, ' ');

/** A title or product that the letter did not name. Where it had the title, its reader knows of the case. */
function newlyNamed({ title, products }: CaseFile, before: string, after: string, inClear: boolean): string | undefined {
  const titles = [title.en, title.ja].filter((text) => text !== undefined);
  const had = plain(before);
  if (!inClear && titles.some((text) => had.includes(plain(text)))) return undefined;
  const has = plain(after);
  return [...titles, ...products.map(({ name }) => name)].find((text) => has.includes(plain(text)) && !had.includes(plain(text)));
}
