import { reporterToKeepOut } from '../letters/correspondence.ts';
import { planChange, type NewEntry } from '../documents/case-change.ts';
import { entryFact, entryHeadline } from '../documents/entry-text.ts';
import { readText } from '../documents/source-text.ts';
import { unheardDevelopers } from '../domain/committee.ts';
import { ANY_VENDOR } from '../domain/event-words.ts';
import { eligible } from '../domain/eligibility.ts';
import { formatInstant, parseInstant, showInstant, type Instant } from '../domain/instant.ts';
import type { NextStep } from '../domain/plan.ts';
import { refusal, usage } from '../domain/problem.ts';
import { vendorsBefore } from '../domain/waves.ts';
import type { Environment } from '../environment.ts';
import { caseOfReply, keepReply, readReply, replyLines, requireSigner, replyText, senderOf } from '../incoming-reply.ts';
import { askEntry, askEvent } from '../questions/event.ts';
import type { EventShape } from '../generated/events.ts';
import { actingCoordinator, authorOf, carryOut, followUp, openSession, pastMoment, requireConsistent, viewCase, type CaseView, type Session } from '../session.ts';
import { doubtSignature, requireLater } from '../reply-doubts.ts';
import { knownVendor } from '../letters/registered-vendor.ts';
import { roleOf } from '../letters/vendor-letters.ts';

export interface RecordOptions {
  /** Missing only with --from: then the mail says it. */
  readonly case?: string | undefined;
  readonly event?: string | undefined;
  readonly flags: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
}

const TEXT_LIMIT = 1024 * 1024;

/** vcc record: anything that happened becomes one entry of the log, with the time at which it happened. */
export async function record(env: Environment, options: RecordOptions): Promise<number> {
  const session = openSession(env);
  const coordinator = await actingCoordinator(env, session);
  const { from, despiteSignature, ...given } = options.flags;
  const reply = typeof from === 'string' ? await readReply(env, session, from) : undefined;
  // Whoever logs an answer reads it; in a script nobody would, and the words would be in its output.
  if (reply !== undefined && env.ask.interactive) env.out.say(`${replyText(reply)}\n`);
  if (reply !== undefined && despiteSignature !== true) await doubtSignature(env, session, reply);
  const view = viewCase(session, reply !== undefined && options.case === undefined ? caseOfReply(session, reply) : (options.case ?? ''));
  const { number } = view.record;
  const sender = reply === undefined || options.event !== undefined ? undefined : await senderOf(env, session, view, reply);
  const { event: written, ...said } = sender ?? { event: options.event };
  const dated = reply?.sentAt === undefined ? {} : { at: formatInstant(reply.sentAt, session.zone) };
  const flags: RecordOptions['flags'] = { ...(reply === undefined ? {} : { ...dated, means: 'mail', ...said }), ...given };
  const event = await askEvent(env, written);
  if (reply !== undefined && !event.fields.some(({ name }) => name === 'mail')) throw usage(`${event.name} is nothing that a mail is`, 'With --from: vendor-replied, partner-replied or reporter-replied; what else the mail says is logged by an entry of its own.');
  // What contradicts itself is mended by a correction, which must be possible then.
  if (event.name !== 'corrected') requireConsistent(view);
  const stated = await askEntry(env, session, view, event, { ...flags, text: await givenText(env, flags['text'], event.name) });
  const { entry, text } = stated;
  const at = pastMoment(session, stated.at);
  checkCorrection(view, entry);
  checkAssignee(session, entry);
  checkHeard(session, view, entry);
  checkWave(session, view, entry);
  checkRepeated(view, entry);
  if (reply !== undefined && options.event !== undefined) requireSigner(session, { ...('vendor' in entry ? { vendor: entry.vendor } : {}), ...('party' in entry ? { party: entry.party } : {}) }, reply.opened, 'Name who signed it. Where the key is theirs as well: vcc key import FILE --vendor SLUG');
  if (reply !== undefined && given['at'] === undefined) requireLater(session, view, reply, 'vendor' in entry ? entry.vendor : undefined);
  const arrived = reply && keepReply(env, session, view.record, reply, { vendor: 'vendor' in entry ? entry.vendor : undefined, dated: given['at'] !== undefined });
  const action = entryHeadline(entry, session.zone);
  const kept = hasWords(event, entry, text) ? await reporterToKeepOut(env, session, view.record) : { notices: [] };
  if (kept.notices.length > 0) await vouchForWords(env, kept.notices);
  const plan = planChange(
    {
      record: view.record,
      summary: `${number}: ${action}`,
      action,
      story: `${entryFact(entry, session.zone)}.`,
      entries: [...newParty(session, view, entry), { ...entry, ...(arrived ? { mail: arrived.mail } : {}), ...(text === '' ? {} : { prose: text }) }],
      ...(arrived ? { seals: arrived.seals, writes: arrived.writes } : {}),
      ...kept,
      notices: [...kept.notices, ...(reply === undefined ? [] : replyLines(session, reply)), ...pastDate(session, entry, at ?? session.now)],
    },
    authorOf(env, session, coordinator, at),
  );
  const show: NextStep = { command: `vcc show ${number}`, why: 'where the case stands and what is due' };
  const redraft: NextStep[] = entry.event === 'fix-available' && view.state.published === undefined ? [{ command: `vcc draft ${number}`, why: 'write into the texts what users can do' }] : [];
  return carryOut(env, session, { ...plan, next: [...followUp(env, session, plan, number), ...redraft, show] }, { case: number, event: event.name });
}

/** A call is logged also where no private key is at hand, but a person has to say that it names nobody; --yes is not said of that. */
async function vouchForWords(env: Environment, notices: readonly string[]): Promise<void> {
  if (!env.ask.interactive) throw refusal('identity-unchecked', notices.join('\n'), 'Set VCC_KEY_FILE to your private key, or type it at a terminal, where you can say that it names nobody.');
  env.out.say(`note: ${notices.join('\nnote: ')}`);
  const said = await env.ask.select({ flag: 'VCC_KEY_FILE', message: 'Does the text name the reporter, in any way?', choices: [{ value: 'yes', name: 'yes, or I am not sure' }, { value: 'no', name: 'no' }] as const });
  if (said === 'yes') throw refusal('declined', 'Nothing was written.', 'Leave the reporter out, and type it again.');
}

const NAMES_AND_NUMBERS: ReadonlySet<string> = new Set(['vendor', 'party', 'cve', 'cves', 'assigner', 'versions', 'entry']);

/** Whether somebody wrote free text, which may name the reporter; who logs only dates and names of ours needs no private key. */
const hasWords = (event: EventShape, entry: NewEntry, text: string): boolean =>
  text !== '' || event.fields.some(({ name, kind }) => (kind === 'text' || kind === 'lines' || kind === 'bilingual') && !NAMES_AND_NUMBERS.has(name) && name in entry);

async function givenText(env: Environment, given: string | boolean | readonly string[] | undefined, event: string): Promise<string | undefined> {
  if (given === '-') {
    const { bytes } = await env.input('-', TEXT_LIMIT);
    const read = readText('standard input', bytes);
    if (read.ok) return read.text;
    throw refusal('text-encoding', 'The text on standard input cannot be kept as it is', 'Mend the places above, and give it again.', read.findings);
  }
  if (event === 'note' && given === '') throw usage('--text is empty', 'A note is its text: --text "...", or --text - for standard input.');
  return typeof given === 'string' ? given : undefined;
}

/** A vendor reached by phone before any message becomes a party by that very call. */
function newParty(session: Session, view: CaseView, entry: NewEntry): NewEntry[] {
  if (!('vendor' in entry) || view.state.vendors.has(entry.vendor)) return [];
  const vendor = knownVendor(session, entry.vendor);
  if (!ANY_VENDOR.has(entry.event)) throw refusal('vendor-not-in-case', `${entry.vendor} is no party to ${view.record.number}`, `vcc notify ${view.record.number} --vendor ${entry.vendor}, or vcc record ${view.record.number} vendor-added --vendor ${entry.vendor} --role developer`);
  if (entry.event !== 'vendor-contacted') return [];
  const allowed = eligible(vendor.vendor, session.today, entry.vendor);
  if (!allowed.ok) throw refusal('not-eligible', `${entry.vendor} may not be told: ${allowed.why}`, allowed.hint);
  return [{ event: 'vendor-added', vendor: entry.vendor, role: roleOf(undefined), reason: allowed.why }];
}

function checkAssignee(session: Session, entry: NewEntry): void {
  const { team } = session.repository.configuration;
  if (entry.event !== 'assigned' || team.some(({ slug }) => slug === entry.to)) return;
  throw refusal('not-in-team', `${JSON.stringify(entry.to)} is not in the team of vcc.yaml`, `--to one of: ${team.map(({ slug }) => slug).join(', ')}`);
}

/** The condition that the log can answer is checked against it (guideline IV.3 (2) 3)). */
function checkHeard(session: Session, { record: { number }, state }: CaseView, entry: NewEntry): void {
  if (entry.event !== 'committee-cleared' || !entry.conditions['developer-heard']) return;
  const unheard = unheardDevelopers(state, session.repository.policy);
  if (unheard.length === 0) return;
  throw refusal('developer-not-heard', `developer-heard does not hold: the log has neither an opinion-asked entry for ${unheard.join(', ')} nor a last day for getting in touch on the list`, unheard.map((slug) => `vcc record ${number} opinion-asked --vendor ${slug} --means mail`).join('\n'));
}

function checkCorrection(view: CaseView, entry: NewEntry): void {
  if (entry.event !== 'corrected' || view.record.log.some((logged) => logged.name === entry.entry)) return;
  throw refusal('unknown-entry', `${view.record.number} has no entry ${JSON.stringify(entry.entry)}`, `vcc log ${view.record.number} names them.`);
}

/** The same id from the same CNA for the same flaw says nothing new; a second entry would only look like a second id. */
function checkRepeated({ record, state }: CaseView, entry: NewEntry): void {
  if (entry.event !== 'cve-assigned') return;
  const known = state.cves.find(({ id, assigner, flaw }) => id === entry.cve && assigner === entry.assigner && flaw === entry.flaw);
  if (known) throw refusal('known-cve', `${entry.cve} (${entry.assigner}) is on record already`, `vcc show ${record.number}`);
}

/** A date that had passed when it was agreed on is a slip of the pen more often than not. */
function pastDate({ zone }: Session, entry: NewEntry, at: Instant): string[] {
  if (entry.event !== 'date-agreed' && entry.event !== 'date-proposed') return [];
  const date = parseInstant(entry.date);
  return date > at ? [] : [`${showInstant(date, zone)} had passed by then: if that is a slip, vcc record CASE corrected takes it back`];
}

/** A wave is opened by those before it (policy G): a downstream vendor does not let itself in. */
function checkWave({ repository }: Session, { record, state }: CaseView, entry: NewEntry): void {
  if (entry.event !== 'wave-opened') return;
  const { waves = [] } = repository.policy;
  const wave = waves.find(({ id }) => id === entry.wave);
  if (!wave) throw usage(`--wave: policy.yaml has no wave ${JSON.stringify(entry.wave)}`, waves.length === 0 ? 'Add waves: to policy.yaml.' : `One of: ${waves.map(({ id }) => id).join(', ')}`);
  const before = vendorsBefore(repository.policy, wave, state).map(({ slug }) => slug);
  if (entry.vendor === undefined || before.includes(entry.vendor)) return;
  throw refusal('wave-not-theirs', `${entry.vendor} is in no wave before ${wave.id}, so it cannot open it`, before.length === 0 ? `vcc record ${record.number} wave-opened --wave ${wave.id} --reason TEXT` : `vcc record ${record.number} wave-opened --wave ${wave.id} --vendor ${before[0] ?? ''}`);
}
