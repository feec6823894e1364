import { reporterToKeepOut } from '../letters/correspondence.ts';
import { planChange, type CaseChange } from '../documents/case-change.ts';
import { knowsOfCase } from '../domain/eligibility.ts';
import { formatInstant, localDate, readWhen, showInstant, type Instant } from '../domain/instant.ts';
import { refusal, usage } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import { answer } from '../questions/answer.ts';
import { actingCoordinator, authorOf, carryOut, pastMoment, openSession, viewCaseToChange, type CaseView, type Session } from '../session.ts';

export interface ScheduleOptions {
  readonly case: string;
  readonly date?: string;
  readonly cancel?: string;
  readonly at?: string;
}

/** vcc schedule: sets the minute of publication, or records that the date fell through. */
export async function schedule(env: Environment, options: ScheduleOptions): Promise<number> {
  const session = openSession(env);
  const coordinator = await actingCoordinator(env, session);
  const view = viewCaseToChange(session, options.case);
  if (options.cancel !== undefined && options.date !== undefined) throw usage('--date and --cancel contradict each other', 'Give one of them.');
  const change = options.cancel === undefined ? await setDate(env, session, view, options.date) : await cancelDate(env, session, view, options.cancel);
  return carryOut(env, session, planChange(change, authorOf(env, session, coordinator, pastMoment(session, options.at))), { case: view.record.number });
}

async function setDate(env: Environment, session: Session, view: CaseView, given: string | undefined): Promise<CaseChange> {
  const { record, state } = view;
  const { number, folder } = record;
  if (state.status === 'scheduled') throw refusal('scheduled-already', `${number} is scheduled for ${state.scheduled === undefined ? 'a date' : showInstant(state.scheduled, session.zone)}`, `vcc schedule ${number} --cancel REASON, so that everybody hears why; then set the new date`);
  if (state.status !== 'coordinating') throw refusal('not-coordinating', `${number} is ${state.status}: a date is set while a case is coordinated`, `vcc show ${number}`);
  const agreed = [...state.agreedDates.values()].at(-1);
  const question = { flag: '--date', message: `When the advisory goes public, as 2014-06-06 12:00 (${session.zone})`, given, default: agreed === undefined ? undefined : formatInstant(agreed, session.zone) };
  const date = await answer(env, question, (text) => {
    const moment = readWhen(text, session.zone, '--date');
    if (moment <= session.now) throw usage(`--date: ${showInstant(moment, session.zone)} has passed`, 'Name a moment to come.');
    return moment;
  });
  if (state.remediations.length === 0 && state.agreedDates.size === 0 && !state.committeeCleared) {
    throw refusal(
      'not-ready',
      `${number} has no remediation, no agreed date and no clearance by the committee`,
      `vcc record ${number} fix-available --remediation fix, or vcc record ${number} date-agreed --party vendor:SLUG --date ${formatInstant(date, session.zone)}`,
    );
  }
  const told = [...state.vendors.values()].map(({ slug }) => slug).filter((slug) => knowsOfCase(state, slug));
  return {
    record,
    summary: `${number}: publication on ${showInstant(date, session.zone)}`,
    action: 'schedule publication',
    story: `The advisory is to go public on ${showInstant(date, session.zone)}.`,
    entries: [{ event: 'scheduled', date: formatInstant(date, session.zone) }],
    notices: doubtsAbout(session, view, date),
    next: [
      ...(told.length > 0 ? [{ command: `vcc notify ${number} ${told.map((slug) => `--vendor ${slug}`).join(' ')} --purpose date`, why: 'tell the vendors' }] : []),
      { command: `vcc draft ${number}`, why: 'write what the case knows by now into the gaps of both texts' },
      { command: `${folder}/advisory.en.md and advisory.ja.md`, why: 'fill the gaps that are left and commit them' },
      { command: `vcc publish ${number} --check`, why: 'what the gate still asks for' },
    ],
  };
}

/** What a coordinator would want to know of a date before everybody is told of it. */
function doubtsAbout({ calendar, zone }: Session, { state }: CaseView, date: Instant): string[] {
  const day = localDate(date, zone);
  const weekday = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: zone }).format(date);
  const others = [...state.agreedDates].filter(([party, agreed]) => party !== 'team' && agreed !== date);
  return [
    ...(calendar.isWorkday(day) ? [] : [`${day} is a ${weekday} on which the office is closed: users and administrators may not be at work either`]),
    ...others.map(([party, agreed]) => `${party} agreed to ${showInstant(agreed, zone)}, not to this date`),
  ];
}

async function cancelDate(env: Environment, session: Session, view: CaseView, reason: string): Promise<CaseChange> {
  const { record, state } = view;
  const { number } = record;
  if (reason.trim() === '') throw usage('--cancel needs the reason', `vcc schedule ${number} --cancel "the vendor needs two more weeks"`);
  if (state.status !== 'scheduled') throw refusal('not-scheduled', `${number} is ${state.status}: no date is set`, `vcc schedule ${number} --date WHEN`);
  // Every notified party is told, in words that are meant for it: the reason may speak of another one.
  const told = [...state.vendors.values()].map(({ slug }) => slug).filter((slug) => knowsOfCase(state, slug));
  return {
    record,
    summary: `${number}: the date of publication is cancelled`,
    action: 'cancel the date of publication',
    story: 'The date fell through. Every notified party has to be told.',
    entries: [{ event: 'unscheduled', reason }],
    ...(await reporterToKeepOut(env, session, record)),
    next: [
      ...(told.length > 0 ? [{ command: `vcc notify ${number} ${told.map((slug) => `--vendor ${slug}`).join(' ')} --purpose date-withdrawn --text WHY`, why: 'tell the vendors' }] : []),
      { command: `vcc notify ${number} --reporter --purpose date-withdrawn --text WHY`, why: 'tell the reporter' },
    ],
  };
}
