import { caseList, listedAsData } from '../documents/case-list.ts';
import { paint } from '../documents/paint.ts';
import { CASE_STATUSES, isOpen, type CaseStatus } from '../domain/case-state.ts';
import { formatInstant } from '../domain/instant.ts';
import { usage } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import { standingsOfAll } from '../case-views.ts';
import { openSession, showFindings } from '../session.ts';

const SCREENFUL = 10;

/** vcc list: the cases, what needs a person now first (lessons learned: "a case is a case" hides the critical one). */
export async function list(env: Environment, options: { readonly all?: boolean; readonly status?: string; readonly limit?: string }): Promise<number> {
  const { out } = env;
  const { status: wanted, all = false } = options;
  if (wanted !== undefined && !CASE_STATUSES.some((status) => status === wanted)) throw usage(`--status: no case is ever ${JSON.stringify(wanted)}`, `Choose one of ${CASE_STATUSES.join(', ')}.`);
  const limit = readLimit(options.limit);
  const session = openSession(env);
  const { zone, now } = session;
  const isWanted = ({ status }: { readonly status: CaseStatus }): boolean => (wanted === undefined ? all || isOpen(status) : status === wanted);
  const { standings, unreadable } = await standingsOfAll(env, session);
  const cases = standings.filter(isWanted).sort((a, b) => a.attention.rank - b.attention.rank || (a.number < b.number ? -1 : 1));
  if (out.json) out.envelope('case-list', { now: formatInstant(now, zone), zone, cases: cases.map((listed) => listedAsData(listed, zone)), unreadable });
  else if (cases.length === 0) out.say(nothing(standings.length, wanted));
  else {
    const shown = limit === 0 ? cases : cases.slice(0, limit);
    out.print(caseList(shown, { zone, now, width: out.width, colours: paint(out.colour) }));
    if (shown.length < cases.length) out.say(`${cases.length - shown.length} more: vcc list --limit 0`);
  }
  if (unreadable.length === 0) return 0;
  out.say(`Cases that cannot be read are not in the list:\n${showFindings(unreadable)}`);
  return 1;
}

function readLimit(text: string | undefined): number {
  if (text === undefined) return SCREENFUL;
  if (!/^\d{1,6}$/.test(text)) throw usage(`--limit: ${JSON.stringify(text)} is not a number of cases`, 'Write it as --limit 25; --limit 0 shows all.');
  return Number(text);
}

function nothing(known: number, wanted: string | undefined): string {
  if (known === 0) return 'No case yet: vcc intake report.yaml';
  return wanted === undefined ? 'No open case. Ended ones: vcc list --all' : `No case is ${wanted}: vcc list --all`;
}
