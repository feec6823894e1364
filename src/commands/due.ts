import { dueList, type ListedDue } from '../documents/due-list.ts';
import { dueAsData, dueReason, dutyAsData } from '../documents/due-text.ts';
import { paint } from '../documents/paint.ts';
import { isSettled, type Clock } from '../domain/deadlines.ts';
import { commandForDuty, oldestOverdue, type DutyDate } from '../domain/duties.ts';
import { commandForDue } from '../domain/due-command.ts';
import type { Finding } from '../domain/finding.ts';
import { formatInstant } from '../domain/instant.ts';
import { usage } from '../domain/problem.ts';
import { dueFacts, standingOf, type CaseStanding, type DueFacts } from '../domain/standing.ts';
import type { Environment } from '../environment.ts';
import { owedOfOurs } from '../cve-records.ts';
import { readLedger } from '../documents/cve-file.ts';
import { standingsOfAll, viewAllCases, viewDuties } from '../case-views.ts';
import { actingCoordinator, openSession, showFindings, viewCase, type CaseView, type Session } from '../session.ts';

const DAY = 86_400_000;
const WITHIN = 30;
const SCREENFUL = 10;

export interface DueOptions {
  readonly within?: string;
  readonly case?: string;
  readonly mine?: boolean;
  readonly all?: boolean;
  readonly limit?: string;
  readonly ics?: string;
}

/** vcc due: what is due, when, why, and what to type. Overdue comes first, whatever --within says. */
export async function due(env: Environment, options: DueOptions): Promise<number> {
  const { out } = env;
  const within = readDays(options.within);
  const limit = readLimit(options.limit);
  const session = openSession(env);
  const { zone, now } = session;
  // Read while Git compares the files of the cases.
  const ledger = saysOwedIds(env, options) ? readLedger(session.repository.tree).records.map(({ file }) => file) : undefined;
  const { cases: chosen, duties, unreadable } = await chosenCases(env, session, options);
  const isShown = (each: Clock): boolean => (isSettled(each) ? options.all === true : each.state === 'overdue' || each.due <= now + within * DAY);
  const ofCases = chosen.flatMap(({ standing, dues: all }) => all.filter(isShown).map(({ reason, ...each }) => ({ due: each, weight: weightOf(each, standing), publicId: standing.publicId, ...(reason === undefined ? {} : { reason }), ...(isSettled(each) ? {} : { command: commandForDue(each) }) })));
  const ofAll = (out.json || options.ics !== undefined ? duties : oldestOverdue(duties)).filter(isShown).map((each) => ({ due: each, weight: weightOf(each), ...(isSettled(each) ? {} : { command: commandForDuty(each) }) }));
  const dues: (ListedDue & { readonly weight: number })[] = [...ofCases, ...ofAll]
    .sort((a, b) => a.weight - b.weight || a.due.due - b.due.due);
  const nothing = `Nothing${options.mine === true ? ' of yours' : ''} is due within ${within} ${within === 1 ? 'day' : 'days'}.`;
  if (options.ics !== undefined) await writeCalendar(env, session, dues, options.ics);
  else if (out.json) {
    const data = dues.map((listed) => ({ ...(listed.publicId === undefined ? dutyAsData(listed.due, zone) : dueAsData(listed.due, zone)), ...(listed.command === undefined ? {} : { command: listed.command }) }));
    out.envelope('due-list', { now: formatInstant(now, zone), zone, within, dues: data, unreadable });
  } else if (dues.length === 0) out.say(unreadable.length === 0 ? nothing : `${nothing.slice(0, -1)} in what can be read.`);
  else {
    const shown = limit === 0 ? dues : dues.slice(0, limit);
    out.print(dueList(shown, { zone, now, width: out.width, colours: paint(out.colour), whole: options.case !== undefined }));
    const overdue = dues.filter(({ due: { state } }) => state === 'overdue').length;
    const [cases, duty] = [shown.some(({ publicId: id }) => id !== undefined), shown.some(({ publicId: id }) => id === undefined)];
    if (options.case === undefined) out.say(`Why: ${cases ? `vcc due --case CASE${duty ? ' where it is of a case' : ''}, or ` : ''}vcc explain deadline NAME`);
    if (shown.length < dues.length) out.say(`${dues.length - shown.length} more (${overdue} of ${dues.length} are overdue): vcc due --limit 0`);
  }
  const owed = ledger === undefined ? [] : owedOfOurs(session, ledger, chosen.map(({ standing }) => standing)).filter(({ owes }) => owes === 'rejection');
  if (owed.length > 0) out.say(`${owed.length} CVE ${owed.length === 1 ? 'id has' : 'ids have'} to be rejected: vcc cve status`);
  if (unreadable.length === 0) return 0;
  out.say(`Clocks are missing or wrong where a file cannot be read, or not in full:\n${showFindings(unreadable)}`);
  return 1;
}

/** Ids that are to be rejected have no clock: the rules say that it must be done, and not by when (CNA rules 4.2.4, 4.5.3.5). */
const saysOwedIds = ({ out }: Environment, { case: reference, mine, ics }: DueOptions): boolean => !out.json && ics === undefined && reference === undefined && mine !== true;

interface CaseDues {
  readonly standing: CaseStanding;
  readonly dues: readonly (DueFacts & { readonly reason?: string })[];
}

interface Chosen {
  readonly cases: readonly CaseDues[];
  /** Nobody's own, and of no case. */
  readonly duties: readonly DutyDate[];
  readonly unreadable: readonly Finding[];
}

async function chosenCases(env: Environment, session: Session, options: DueOptions): Promise<Chosen> {
  const { now, zone, repository } = session;
  const ofView = (view: CaseView): CaseDues => ({ standing: standingOf(view, repository.policy, now), dues: view.dues.map(dueFacts) });
  if (options.case !== undefined) {
    const view = viewCase(session, options.case);
    return onlyMine(env, session, options, { cases: [{ ...ofView(view), dues: view.dues.map((each) => ({ ...dueFacts(each), reason: dueReason(each, zone) })) }], duties: [], unreadable: [] });
  }
  // What is settled is remembered by its case alone.
  const whole = options.all === true ? viewAllCases(session) : undefined;
  const { standings, unreadable } = whole === undefined ? await standingsOfAll(env, session) : { standings: [], unreadable: whole.unreadable };
  const cases = whole === undefined ? standings.map((standing) => ({ standing, dues: standing.dues })) : whole.views.map(ofView);
  const { duties, findings } = options.mine === true ? { duties: [], findings: [] } : viewDuties(session, cases.map(({ standing }) => standing));
  return onlyMine(env, session, options, { cases, duties, unreadable: [...unreadable, ...findings] });
}

async function onlyMine(env: Environment, session: Session, { mine }: DueOptions, { cases, duties, unreadable }: Chosen): Promise<Chosen> {
  // A log with an error in it may lack what sets a clock off.
  const known = [...unreadable, ...cases.flatMap(({ standing }) => standing.errors)];
  if (mine !== true) return { cases, duties, unreadable: known };
  const { slug } = await actingCoordinator(env, session);
  return { cases: cases.filter(({ standing }) => standing.handler === slug), duties: [], unreadable: known };
}

/** For a calendar client; to standard output with -. */
async function writeCalendar(env: Environment, { now, repository }: Session, dues: readonly ListedDue[], path: string): Promise<void> {
  const { dueCalendar } = await import('../documents/due-calendar.ts');
  const titles = new Map([...repository.policy.deadlines, ...(repository.policy.duties ?? [])].map(({ id, title }) => [id, title]));
  const { name } = repository.configuration.organisation;
  const text = dueCalendar(dues, { name: `vcc: ${name.en ?? name.ja ?? 'deadlines'}`, now, titleOf: ({ id }) => titles.get(id) ?? id });
  if (path === '-') env.out.print(text.trimEnd());
  else {
    env.output(path, text);
    env.out.say(`${dues.length} ${dues.length === 1 ? 'deadline' : 'deadlines'} written to ${path}. It names cases and rules; no vendor, product or person.`);
  }
}

const MODALITIES: readonly Clock['modality'][] = ['must', 'should', 'target', 'earliest'];
const PRIORITIES = ['priority', 'normal', undefined, 'simple'] as const;

/** Overdue first: where attacks go on, then by what is owed most, then by priority. Then what still runs, then what is settled. */
function weightOf(each: Clock, standing?: CaseStanding): number {
  if (each.state !== 'overdue') return isSettled(each) ? 1001 : 1000;
  return (standing?.attacked === true ? 0 : 100) + MODALITIES.indexOf(each.modality) * 10 + PRIORITIES.indexOf(standing?.priority);
}

function readLimit(text: string | undefined): number {
  if (text === undefined) return SCREENFUL;
  if (!/^\d{1,6}$/.test(text)) throw usage(`--limit: ${JSON.stringify(text)} is not a number of deadlines`, 'Write it as --limit 25; --limit 0 shows all.');
  return Number(text);
}

function readDays(text: string | undefined): number {
  if (text === undefined) return WITHIN;
  const [, amount, unit] = /^(\d{1,5})([dw]?)$/.exec(text) ?? [];
  if (amount === undefined) throw usage(`--within: ${JSON.stringify(text)} is not a number of days`, 'Write it as --within 7d, or --within 2w.');
  return Number(amount) * (unit === 'w' ? 7 : 1);
}
