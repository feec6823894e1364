import { reporterToKeepOut } from '../letters/correspondence.ts';
import { planChange, type NewEntry } from '../documents/case-change.ts';
import { entryFact, entryHeadline } from '../documents/entry-text.ts';
import { readText } from '../documents/source-text.ts';
import { eligible } from '../domain/eligibility.ts';
import type { NextStep } from '../domain/plan.ts';
import { refusal, usage } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import { askEvent, askFields } from '../questions/event.ts';
import type { EventShape } from '../generated/events.ts';
import { actingCoordinator, authorOf, carryOut, followUp, openSession, pastMoment, requireConsistent, viewCase, type CaseView, type Session } from '../session.ts';
import { knownVendor, roleOf } from '../letters/vendor-letters.ts';

export interface RecordOptions {
  readonly case: string;
  readonly event?: string | undefined;
  readonly flags: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
}

const TEXT_LIMIT = 1024 * 1024;

/** vcc record: anything that happened becomes one entry of the log, with the time at which it happened. */
export async function record(env: Environment, options: RecordOptions): Promise<number> {
  const session = openSession(env);
  const coordinator = await actingCoordinator(env, session);
  const view = viewCase(session, options.case);
  const { flags } = options;
  const event = await askEvent(env, options.event);
  // What contradicts itself is mended by a correction, which must be possible then.
  if (event.name !== 'corrected') requireConsistent(view);
  const entry = await askFields(env, event, flags, session.zone);
  const text = await textOf(env, flags['text'], event.name);
  const at = pastMoment(session, typeof flags['at'] === 'string' ? flags['at'] : undefined);
  checkCorrection(view, entry);
  checkAssignee(session, entry);
  const { number } = view.record;
  const action = entryHeadline(entry, session.zone);
  const plan = planChange(
    {
      record: view.record,
      summary: `${number}: ${action}`,
      action,
      story: `${entryFact(entry, session.zone)}.`,
      entries: [...newParty(session, view, entry), { ...entry, ...(text === '' ? {} : { prose: text }) }],
      ...(hasWords(event, entry, text) ? await reporterToKeepOut(env, session, view.record) : {}),
    },
    authorOf(env, session, coordinator, at),
  );
  const show: NextStep = { command: `vcc show ${number}`, why: 'where the case stands and what is due' };
  return carryOut(env, session, { ...plan, next: [...followUp(env, session, plan, number), show] }, { case: number, event: event.name });
}

const NAMES_AND_NUMBERS: ReadonlySet<string> = new Set(['vendor', 'party', 'cve', 'cves', 'assigner', 'versions', 'entry']);

/** Whether somebody wrote free text, which may name the reporter; who logs only dates and names of ours needs no private key. */
const hasWords = (event: EventShape, entry: NewEntry, text: string): boolean =>
  text !== '' || event.fields.some(({ name, kind }) => (kind === 'text' || kind === 'lines' || kind === 'bilingual') && !NAMES_AND_NUMBERS.has(name) && name in entry);

async function textOf(env: Environment, given: string | boolean | readonly string[] | undefined, event: string): Promise<string> {
  if (given === '-') {
    const { bytes } = await env.input('-', TEXT_LIMIT);
    const read = readText('standard input', bytes);
    if (read.ok) return read.text;
    throw refusal('text-encoding', 'The text on standard input cannot be kept as it is', 'Mend the places above, and give it again.', read.findings);
  }
  if (event === 'note' && given === '') throw usage('--text is empty', 'A note is its text: --text TEXT, or --text - for standard input.');
  if (typeof given === 'string') return given;
  return event === 'note' ? env.ask.text({ flag: '--text', message: 'Note' }) : '';
}

/** A vendor reached by phone before any message becomes a party by that very call. */
function newParty(session: Session, view: CaseView, entry: NewEntry): NewEntry[] {
  if (!('vendor' in entry) || view.state.vendors.has(entry.vendor)) return [];
  const vendor = knownVendor(session, entry.vendor);
  if (entry.event === 'vendor-added' || entry.event === 'note' || entry.event === 'fix-available') return [];
  if (entry.event !== 'vendor-contacted') throw refusal('vendor-not-in-case', `${entry.vendor} is no party to ${view.record.number}`, `vcc notify ${view.record.number} --vendor ${entry.vendor}, or vcc record ${view.record.number} vendor-added --vendor ${entry.vendor} --role developer`);
  const allowed = eligible(vendor.vendor);
  if (!allowed.ok) throw refusal('not-eligible', `${entry.vendor} may not be told: ${allowed.why}`, allowed.hint);
  return [{ event: 'vendor-added', vendor: entry.vendor, role: roleOf(undefined), reason: allowed.why }];
}

function checkAssignee(session: Session, entry: NewEntry): void {
  const { team } = session.repository.configuration;
  if (entry.event !== 'assigned' || team.some(({ slug }) => slug === entry.to)) return;
  throw refusal('not-in-team', `${JSON.stringify(entry.to)} is not in the team of vcc.yaml`, `--to one of: ${team.map(({ slug }) => slug).join(', ')}`);
}

function checkCorrection(view: CaseView, entry: NewEntry): void {
  if (entry.event !== 'corrected' || view.record.log.some((logged) => logged.name === entry.entry)) return;
  throw refusal('unknown-entry', `${view.record.number} has no entry ${JSON.stringify(entry.entry)}`, `vcc log ${view.record.number} names them.`);
}
