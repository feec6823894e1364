import { messageToReporter, openReporter, reporterToKeepOut, threadWith, type ReporterMessage } from '../letters/correspondence.ts';
import { planChange, type CaseChange, type NewEntry } from '../documents/case-change.ts';
import { letterDate } from '../documents/letters.ts';
import type { CaseStatus } from '../domain/case-state.ts';
import type { OutgoingMessage } from '../domain/plan.ts';
import { refusal, usage } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import type { Coordinator, Reporter } from '../generated/documents.ts';
import { publicContent } from '../gate-facts.ts';
import { publishedValues } from '../letters/announcement.ts';
import { actingCoordinator, authorOf, carryOut, openSession, viewCaseToChange, type CaseView, type Session } from '../session.ts';
import { dateToPropose, letterToVendor, type VendorLetterOptions } from '../letters/vendor-letters.ts';

export interface NotifyOptions extends VendorLetterOptions {
  readonly case: string;
  readonly vendor?: readonly string[];
  readonly reporter?: boolean;
}

const REPORTER_PURPOSES = ['acknowledgement', 'questions', 'accepted', 'declined', 'progress', 'date', 'date-withdrawn', 'published', 'closed'] as const;
type ReporterPurpose = (typeof REPORTER_PURPOSES)[number];

/** What may be told only of a case that has come so far. */
const TOLD_IN: Readonly<Partial<Record<ReporterPurpose, readonly CaseStatus[]>>> = {
  accepted: ['accepted', 'coordinating', 'scheduled', 'published'],
  declined: ['declined'],
  'date-withdrawn': ['coordinating'],
  published: ['published'],
  closed: ['closed', 'withdrawn'],
};

/** What the letters do to the case; unheard: somebody who has not answered yet gets details. */
type Letters = CaseChange & { readonly unheard?: boolean };

/** vcc notify: writes to vendors or the reporter, each encrypted to its own key, one message a recipient (policy E, G). */
export async function notify(env: Environment, options: NotifyOptions): Promise<number> {
  const session = openSession(env);
  const coordinator = await actingCoordinator(env, session);
  const view = viewCaseToChange(session, options.case);
  if (options.reporter === true && options.vendor !== undefined) throw usage('--reporter and --vendor go in two commands', 'Each party gets its own message.');
  const { unheard = false, ...change } = options.reporter === true ? await toReporter(env, session, view, coordinator, options) : await toVendors(env, session, view, coordinator, options);
  return carryOut(env, session, planChange(change, authorOf(env, session, coordinator)), { case: view.record.number }, unheard ? { careful: true } : {});
}

async function toVendors(env: Environment, session: Session, view: CaseView, coordinator: Coordinator, options: NotifyOptions): Promise<Letters> {
  const slugs = [...new Set(options.vendor ?? (await askForVendors(env, session, view)))];
  if (options.inClear !== undefined && slugs.length > 1) throw usage('--in-clear is said for one message', 'Write to this vendor in a command of its own; the others have keys perhaps.');
  const messages: OutgoingMessage[] = [];
  const entries: NewEntry[] = [];
  const notices: string[] = [];
  const told: string[] = [];
  let unheard = false;
  // All or nothing: with one vendor refused the rest would learn of it first.
  for (const slug of slugs) {
    const letter = await letterToVendor(env, session, view, slug, messages.length, coordinator, options);
    messages.push(letter.message);
    entries.push(...letter.entries);
    notices.push(...letter.notices);
    told.push(`${slug} (${letter.purpose})`);
    unheard ||= letter.unheard;
  }
  const { number } = view.record;
  return {
    unheard,
    record: view.record,
    summary: `${number}: message to ${told.join(', ')}`,
    action: `notify ${told.join(', ')}`,
    story: `A signed ${options.inClear === undefined ? 'and encrypted ' : ''}message to each vendor named was put into the outbox.${view.state.startDay === undefined ? ' It is the first attempt to reach a vendor: the start day of the case.' : ''}`,
    entries,
    messages,
    notices,
    ...(options.inClear === undefined ? {} : await reporterToKeepOut(env, session, view.record)),
    next: [
      { command: `vcc record ${number} vendor-replied --vendor ${slugs[0] ?? 'SLUG'} --progress acknowledged`, why: 'when an answer arrives' },
      { command: `vcc due --case ${number}`, why: 'the clocks that run now' },
    ],
  };
}

async function askForVendors(env: Environment, session: Session, view: CaseView): Promise<readonly string[]> {
  const vendors = [...session.repository.vendors().values()];
  if (vendors.length === 0) throw refusal('no-vendors', 'The registry has no vendors yet', 'vcc vendor add SLUG --name NAME --kind KIND --email ADDRESS --language en --key FILE');
  const chosen = await env.ask.several({
    flag: '--vendor SLUG or --reporter',
    message: 'Which vendors?',
    choices: vendors.map((vendor) => ({ value: vendor.slug, name: `${vendor.slug} (${view.state.vendors.get(vendor.slug)?.progress ?? 'not in this case'})` })),
  });
  if (chosen.length === 0) throw usage('No vendor was chosen', '--vendor SLUG, or --reporter');
  return chosen;
}

async function toReporter(env: Environment, session: Session, view: CaseView, coordinator: Coordinator, options: NotifyOptions): Promise<Letters> {
  const { record } = view;
  const reporter = await openReporter(env, session, record);
  const purpose = await reporterPurpose(env, view, options.purpose);
  const answer = await reporterMessage(env, session, view, reporter, coordinator, purpose, options);
  if (!answer.message || !answer.sent) throw refusal('no-message', `No message to the reporter: ${answer.notices.join('; ')}`, answer.next.map((step) => step.command).join('\n'));
  return {
    record,
    summary: `${record.number}: message to the reporter (${purpose})`,
    action: `notify the reporter (${purpose})`,
    story: 'A message to the reporter was put into the outbox. Address and key stay sealed.',
    reporter,
    entries: [{ event: 'reporter-contacted', purpose: purpose === 'date-withdrawn' ? 'date' : purpose, means: 'mail', message: answer.sent }],
    messages: [answer.message],
    next: [{ command: `vcc show ${record.number}`, why: 'where the case stands' }],
  };
}

async function reporterPurpose(env: Environment, view: CaseView, given: string | undefined): Promise<ReporterPurpose> {
  const answered = view.state.messages.some((sent) => sent.party === 'reporter');
  if (given === undefined && !answered) return 'acknowledgement';
  const wanted = given ?? (await env.ask.select({ flag: '--purpose', message: 'What for?', choices: REPORTER_PURPOSES.map((value) => ({ value, name: value })) }));
  const purpose = REPORTER_PURPOSES.find((candidate) => candidate === wanted);
  if (purpose === undefined) throw usage(`--purpose: unknown purpose ${JSON.stringify(wanted)} for the reporter`, `One of: ${REPORTER_PURPOSES.join(', ')}`);
  const { status } = view.state;
  if (TOLD_IN[purpose]?.includes(status) === false) throw refusal('not-so', `${view.record.number} is ${status}, so the reporter cannot be told that (${purpose})`, `vcc show ${view.record.number}`);
  return purpose;
}

async function reporterMessage(env: Environment, session: Session, view: CaseView, reporter: Reporter | undefined, coordinator: Coordinator, purpose: ReporterPurpose, options: NotifyOptions): Promise<ReporterMessage> {
  const { record, state } = view;
  const say = (message: string): Promise<string> => (options.text === undefined ? env.ask.text({ flag: '--text', message }) : Promise.resolve(options.text));
  const letter = {
    file: record.file,
    reporter,
    ...threadWith(view, 'reporter'),
    inClear: options.inClear,
    command: `vcc notify ${record.number} --reporter --purpose ${purpose}`,
    coordinator,
  };
  switch (purpose) {
    case 'acknowledgement': {
      const received = state.entries[0]?.at ?? session.now;
      return messageToReporter(env, session, { ...letter, template: purpose, values: ({ title, language }) => ({ title, receivedOn: letterDate(received, session.zone, language), reference: record.file.source?.reference }) });
    }
    case 'questions': {
      const questions = await say('Questions to the reporter');
      return messageToReporter(env, session, { ...letter, template: purpose, values: ({ title }) => ({ title, questions }) });
    }
    case 'accepted':
    case 'declined': {
      const reason = await say('The reason');
      return messageToReporter(env, session, { ...letter, template: purpose, values: ({ title }) => ({ title, reason }) });
    }
    case 'date-withdrawn':
    case 'closed': {
      const reason = await say('The reason');
      return messageToReporter(env, session, { ...letter, template: purpose === 'closed' ? 'reporter-closed' : 'reporter-date-withdrawn', values: ({ title }) => ({ title, reason }) });
    }
    case 'progress': {
      const progress = await say('How far the case has come');
      return messageToReporter(env, session, { ...letter, template: 'reporter-progress', values: ({ title }) => ({ title, progress }) });
    }
    case 'published': {
      const values = publishedValues(session, publicContent(session, view).advisory, state.published?.at ?? session.now);
      return messageToReporter(env, session, { ...letter, template: 'published-reporter', values });
    }
    case 'date': {
      const date = dateToPropose(view);
      return messageToReporter(env, session, { ...letter, template: 'reporter-date', values: ({ title, moment }) => ({ title, date: moment(date) }) });
    }
  }
}
