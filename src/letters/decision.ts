import type { NewEntry } from '../documents/case-change.ts';
import { letterDate } from '../documents/letters.ts';
import { formatInstant, readWhen, showInstant } from '../domain/instant.ts';
import type { NextStep, OutgoingMessage } from '../domain/plan.ts';
import { usage } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import { checkGate } from '../gate-facts.ts';
import type { Coordinator, Reporter } from '../generated/documents.ts';
import type { CaseView, Session } from '../session.ts';
import { messageToReporter, messageToVendor, openReporter, threadWith } from './correspondence.ts';
import { knownVendor, vendorName } from './registered-vendor.ts';

/** What a person says where the direct route ends without a resolution. */
export interface DecisionFlags {
  readonly publish?: boolean;
  readonly close?: boolean;
  readonly date?: string;
  readonly reason?: string;
  readonly inClear?: string;
}

/** What the decision adds to the step: letters, their entries, and what a person has to know or type. */
export interface Decision {
  readonly choice: 'publish' | 'close';
  readonly entries: readonly NewEntry[];
  readonly messages: readonly OutgoingMessage[];
  readonly notices: readonly string[];
  readonly next: readonly NextStep[];
  readonly reporter?: Reporter | undefined;
}

/** Publish without the vendor, or tell the reporter and stop: the two ways out after 120 days (policy F). */
export async function decide(env: Environment, session: Session, view: CaseView, slug: string, coordinator: Coordinator, flags: DecisionFlags): Promise<Decision> {
  if (flags.publish === true && flags.close === true) throw usage('--publish and --close contradict each other', 'Give one of them.');
  const choice = flags.publish === true ? 'publish' : flags.close === true ? 'close' : await env.ask.select<Decision['choice']>({
    flag: '--publish or --close',
    message: `No resolution with ${slug}. Publish, or tell the reporter and stop?`,
    choices: [
      { value: 'publish', name: 'publish', description: 'name a date, tell the vendor, and clear the gate' },
      { value: 'close', name: 'close', description: 'the case ends unresolved, and the reporter hears why' },
    ],
  });
  return choice === 'publish' ? announceDate(env, session, view, slug, coordinator, flags) : tellAndStop(env, session, view, coordinator, flags);
}

/** Names a date and tells the vendor, who reads of it before the public does; what the gate still lacks is said at once. */
export async function announceDate(env: Environment, session: Session, view: CaseView, slug: string, coordinator: Coordinator, flags: DecisionFlags): Promise<Decision> {
  if (flags.reason !== undefined) throw usage('--reason is for --close', 'What users are told stands in the advisory.');
  const { record, state } = view;
  const { number } = record;
  const known = state.scheduled ?? state.agreedDates.get('team');
  const given = flags.date ?? (await env.ask.text({ flag: '--date', message: 'When the advisory is to come out', ...(known === undefined ? {} : { default: formatInstant(known, session.zone) }) }));
  const date = readWhen(given, session.zone, '--date');
  if (date <= session.now) throw usage(`--date: ${showInstant(date, session.zone)} has passed`, 'Name a moment to come: the vendor hears of it beforehand.');
  if (state.scheduled !== undefined && state.scheduled !== date) throw usage(`--date: ${number} is scheduled for ${showInstant(state.scheduled, session.zone)}`, `Name that moment, or first: vcc schedule ${number} --cancel REASON`);
  const vendor = knownVendor(session, slug);
  const firstContact = state.vendors.get(slug)?.firstContact ?? session.now;
  const { message, sent } = messageToVendor(env, session, {
    file: record.file,
    vendor,
    template: 'vendor-publication',
    attachments: [],
    inClear: flags.inClear,
    coordinator,
    ...threadWith(view, `vendor:${slug}`),
    values: ({ language, moment }) => ({ vendor: vendorName(vendor, language), firstContactOn: letterDate(firstContact, session.zone, language), date: moment(date) }),
  });
  const { checks } = await checkGate(env, session, view, record.sealed.includes('reporter') ? 'sealed' : 'none');
  const missing = checks.filter(({ ok, check }) => !ok && check !== 'date-agreed' && check !== 'credit');
  return {
    choice: 'publish',
    entries: [
      { event: 'vendor-contacted', vendor: slug, purpose: 'date', means: 'mail', outcome: 'sent', message: sent },
      { event: 'date-proposed', party: 'team', date: formatInstant(date, session.zone) },
    ],
    messages: [message],
    notices: missing.map(({ check, detail }) => `the gate still lacks ${check}: ${detail}`),
    next: [
      ...missing.slice(0, 1).map(({ clear, title }) => ({ command: clear, why: title })),
      ...(state.scheduled === undefined ? [{ command: `vcc schedule ${number} --date ${formatInstant(date, session.zone)}`, why: 'set the minute, once users have something that they can do' }] : []),
      { command: `vcc publish ${number} --check`, why: 'everything that the gate still asks for' },
    ],
  };
}

async function tellAndStop(env: Environment, session: Session, view: CaseView, coordinator: Coordinator, flags: DecisionFlags): Promise<Decision> {
  if (flags.date !== undefined) throw usage('--date is for --publish', 'A case that is closed has no date.');
  const { record } = view;
  const reason = flags.reason ?? (await env.ask.text({ flag: '--reason', message: 'Why the case ends, for the reporter to read' }));
  if (reason.trim() === '') throw usage('--reason is empty', 'The reporter hears why the case ends.');
  const reporter = await openReporter(env, session, record);
  const answer = await messageToReporter(env, session, {
    file: record.file,
    reporter,
    template: 'reporter-closed',
    ...threadWith(view, 'reporter'),
    // --in-clear is said for one message; here it is this one.
    inClear: flags.inClear,
    command: `vcc notify ${record.number} --reporter --purpose closed --text REASON`,
    coordinator,
    values: ({ title }) => ({ title, reason }),
  });
  return {
    choice: 'close',
    entries: [
      ...(answer.sent ? [{ event: 'reporter-contacted', purpose: 'closed', means: 'mail', message: answer.sent } as const] : []),
      { event: 'closed', because: 'no-resolution', reason },
    ],
    messages: answer.message ? [answer.message] : [],
    notices: answer.notices,
    next: [...answer.next, { command: `vcc record ${record.number} reopened --reason TEXT`, why: 'if the reporter asks to go on; it may be refused' }],
    reporter,
  };
}
