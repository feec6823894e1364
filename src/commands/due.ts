import { dueList, type ListedDue } from '../documents/due-list.ts';
import { dueAsData } from '../documents/due-text.ts';
import { paint } from '../documents/paint.ts';
import { publicId } from '../domain/case.ts';
import { isSettled, type DueDate } from '../domain/deadlines.ts';
import { commandForDue } from '../domain/due-command.ts';
import { formatInstant } from '../domain/instant.ts';
import { usage } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import { viewAllCases } from '../case-views.ts';
import { openSession, showFindings, viewCase } from '../session.ts';

const DAY = 86_400_000;
const WITHIN = 30;

/** vcc due: what is due, when, why, and what to type. Overdue comes first, whatever --within says. */
export function due(env: Environment, options: { readonly within?: string; readonly case?: string; readonly all?: boolean }): number {
  const { out } = env;
  const within = readDays(options.within);
  const session = openSession(env);
  const { zone, now } = session;
  const { views, unreadable } = options.case === undefined ? viewAllCases(session) : { views: [viewCase(session, options.case)], unreadable: [] };
  const isShown = (each: DueDate): boolean => (isSettled(each) ? options.all === true : each.state === 'overdue' || each.due <= now + within * DAY);
  const dues: ListedDue[] = views
    .flatMap(({ record, dues: all }) => all.filter(isShown).map((each) => ({ due: each, publicId: publicId(record.file), ...(isSettled(each) ? {} : { command: commandForDue(each) }) })))
    .sort((a, b) => turn(a.due) - turn(b.due) || a.due.due - b.due.due);
  if (out.json) {
    const data = dues.map(({ due: each, command }) => ({ ...dueAsData(each, zone), ...(command === undefined ? {} : { command }) }));
    out.envelope('due-list', { now: formatInstant(now, zone), zone, within, dues: data, unreadable });
  } else if (dues.length === 0) out.say(`Nothing is due within ${within} days.`);
  else out.print(dueList(dues, { zone, now, width: out.width, colours: paint(out.colour) }));
  if (unreadable.length === 0) return 0;
  out.say(`The clocks of cases that cannot be read are missing:\n${showFindings(unreadable)}`);
  return 1;
}

/** Overdue, then what still runs, then what is settled. */
const turn = (each: DueDate): number => (each.state === 'overdue' ? 0 : isSettled(each) ? 2 : 1);

function readDays(text: string | undefined): number {
  if (text === undefined) return WITHIN;
  if (!/^\d{1,5}$/.test(text)) throw usage(`--within: ${JSON.stringify(text)} is not a number of days`, 'Write it as --within 7.');
  return Number(text);
}
