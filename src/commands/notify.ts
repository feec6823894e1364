import { messageToReporter, openReporter, reporterLanguage, reporterToKeepOut, threadWith, type ReporterMessage } from '../letters/correspondence.ts';
import type { CaseChange, NewEntry } from '../documents/case-change.ts';
import { creditWords } from '../documents/letter-words.ts';
import { letterDate } from '../documents/letters.ts';
import type { CaseStatus } from '../domain/case-state.ts';
import type { NextStep, OutgoingMessage } from '../domain/plan.ts';
import { refusal, usage } from '../domain/problem.ts';
import { questionList } from '../domain/reporter-questions.ts';
import type { Environment } from '../environment.ts';
import type { Coordinator, Reporter } from '../generated/documents.ts';
import { actingCoordinator, authorOf, carryOut, openSession, viewCaseToChange, type CaseView, type Session } from '../session.ts';
import { planLetters } from '../letters/edited-letters.ts';
import { openQuestions, questionsLetter } from '../letters/decision-letters.ts';
import { knownPartner, letterToPartner, type PartnerLetter } from '../letters/partner-letters.ts';
import { wordsOfThePublished } from '../letters/published-words.ts';
import { refuseEarlyRelease } from '../letters/release.ts';
import { candidates } from '../domain/candidates.ts';
import { knownVendor, vendorName } from '../letters/registered-vendor.ts';
import { agreesToDate, dateToPropose, givenOut, ROLES, letterToVendor, type VendorLetterOptions } from '../letters/vendor-letters.ts';

export interface NotifyOptions extends VendorLetterOptions {
  readonly case: string;
  /** With partner, the one that the message is about. */
  readonly vendor?: readonly string[];
  readonly partner?: readonly string[];
  readonly reporter?: boolean;
  readonly edit?: boolean;
}

const REPORTER_PURPOSES = ['acknowledgement', 'questions', 'accepted', 'declined', 'progress', 'date', 'date-withdrawn', 'published', 'assistance', 'reopening-refused', 'release', 'closed'] as const;
type ReporterPurpose = (typeof REPORTER_PURPOSES)[number];

/** What may be told only of a case that has come so far. */
const TOLD_IN: Readonly<Partial<Record<ReporterPurpose, readonly CaseStatus[]>>> = {
  accepted: ['accepted', 'coordinating', 'scheduled', 'published'],
  declined: ['declined'],
  'date-withdrawn': ['coordinating'],
  assistance: ['declined', 'closed'],
  'reopening-refused': ['declined', 'closed'],
  published: ['published'],
  closed: ['closed', 'withdrawn'],
};

/** What the letters do to the case; unheard: somebody who has not answered yet gets details. */
type Letters = CaseChange & { readonly unheard?: boolean };

/** vcc notify: writes to vendors, partners or the reporter, each encrypted to its own key, one message a recipient (policy E, G). */
export async function notify(env: Environment, options: NotifyOptions): Promise<number> {
  const session = openSession(env);
  const coordinator = await actingCoordinator(env, session);
  const view = viewCaseToChange(session, options.case);
  const gives = options.purpose === 'assistance' && options.partner === undefined;
  if (options.reporter === true && !gives && (options.vendor ?? options.partner) !== undefined) throw usage('--reporter goes in a command of its own', 'Each party gets its own message.');
  if (options.asWritten === true && (options.reporter ?? options.partner) !== undefined) throw usage('--as-written is said of vendors', 'Only they get the words of the report.');
  const { unheard = false, ...change } = await changeFor(env, session, view, coordinator, options);
  return carryOut(env, session, await planLetters(env, session, change, authorOf(env, session, coordinator), options.edit), { case: view.record.number }, unheard ? { careful: true } : {});
}

async function changeFor(env: Environment, session: Session, view: CaseView, coordinator: Coordinator, options: NotifyOptions): Promise<Letters> {
  const whom = await askWhom(env, session, options);
  if (whom === 'reporter') return toReporter(env, session, view, coordinator, options);
  return whom === 'partner' ? toPartners(env, session, view, coordinator, options) : toVendors(env, session, view, coordinator, options);
}

/** Who is written to: by the flags, or where there are partners to choose from, by the person. */
async function askWhom(env: Environment, session: Session, { reporter, vendor, partner }: NotifyOptions): Promise<'vendor' | 'partner' | 'reporter'> {
  if (reporter === true) return 'reporter';
  if (partner !== undefined) return 'partner';
  if (vendor !== undefined || session.repository.partners().size === 0) return 'vendor';
  return env.ask.select({ flag: '--vendor SLUG, --partner SLUG or --reporter', message: 'Who is written to?', choices: [{ value: 'vendor', name: 'vendors' }, { value: 'partner', name: 'partners' }, { value: 'reporter', name: 'the reporter' }] as const });
}

async function toPartners(env: Environment, session: Session, view: CaseView, coordinator: Coordinator, options: NotifyOptions): Promise<CaseChange> {
  const { number } = view.record;
  const choices = [...session.repository.partners().values()].map(({ slug, partner }) => ({ value: slug, name: `${slug} (${partner.kind.replaceAll('-', ' ')})` }));
  const slugs = options.partner ?? (await env.ask.several({ flag: '--partner SLUG', message: 'Which partners?', choices }));
  const partners = new Map(slugs.map((slug) => knownPartner(session, slug)).map((partner) => [partner.slug, partner]));
  if (partners.size === 0) throw usage('No partner was chosen', '--partner SLUG');
  const [about, second] = options.vendor ?? [];
  if (second !== undefined) throw usage('--vendor: a message to a partner is about one vendor', 'Write about the other one in a command of its own.');
  if (options.role !== undefined) throw usage('--role is said of vendors', 'Leave it out: what a partner is stands in its file.');
  if (options.inClear !== undefined && partners.size > 1) throw usage('--in-clear is said for one message', 'Write to this partner in a command of its own; the others have keys perhaps.');
  const letters: PartnerLetter[] = [];
  for (const partner of partners.values()) {
    letters.push(await letterToPartner(env, session, view, partner, letters.length, coordinator, { ...options, ...(about === undefined ? {} : { about }) }));
  }
  const told = letters.map(({ slug, purpose }) => `${slug} (${purpose})`).join(', ');
  return {
    record: view.record,
    summary: `${number}: message to ${told}`,
    action: `notify ${told}`,
    story: `A signed ${options.inClear === undefined ? 'and encrypted ' : ''}message to each partner named was put into the outbox.`,
    entries: letters.map(({ entry }) => entry),
    messages: letters.map(({ message }) => message),
    ...(options.inClear === undefined ? {} : await reporterToKeepOut(env, session, view.record)),
    next: [
      { command: `vcc record ${number} partner-replied --party ${letters[0]?.party ?? 'partner:SLUG'}`, why: 'when an answer arrives' },
      { command: `vcc show ${number}`, why: 'who still has to hear what' },
    ],
  };
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
    const role = options.vendor === undefined && options.role === undefined && !view.state.vendors.has(slug) ? await askForRole(env, view, session, slug) : options.role;
    const letter = await letterToVendor(env, session, view, slug, messages.length, coordinator, { ...options, ...(role === undefined ? {} : { role }) });
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
      ...entries.flatMap((entry) => onAnswer(number, entry)).slice(0, 1),
      { command: `vcc due --case ${number}`, why: 'the clocks that run now' },
    ],
  };
}

/** How the answer is written down, where the letter asks for one. */
function onAnswer(number: string, entry: NewEntry): NextStep[] {
  if (entry.event !== 'vendor-contacted' || ['date-set', 'date-withdrawn', 'published'].includes(entry.purpose)) return [];
  if (entry.purpose === 'date') return [{ command: `vcc record ${number} date-agreed --party vendor:${entry.vendor} --date WHEN`, why: 'when it agrees' }];
  return [{ command: `vcc record ${number} vendor-replied --vendor ${entry.vendor} --progress ${entry.purpose === 'first-contact' ? 'acknowledged' : 'PROGRESS'}`, why: `when an answer arrives${entry.purpose === 'first-contact' ? '' : ': validating, accepted, deferred or rejected'}` }];
}

async function askForVendors(env: Environment, session: Session, view: CaseView): Promise<readonly string[]> {
  const vendors = [...session.repository.vendors().values()];
  if (vendors.length === 0) throw refusal('no-vendors', 'The registry has no vendors yet', 'vcc vendor add SLUG --name NAME --kind KIND --email ADDRESS --language en --key FILE');
  const chosen = await env.ask.several({
    flag: '--vendor SLUG, --partner SLUG or --reporter',
    message: 'Which vendors?',
    needed: true,
    choices: vendors.map((vendor) => ({ value: vendor.slug, name: `${vendor.slug} (${view.state.vendors.get(vendor.slug)?.progress ?? 'not in this case'})` })),
  });
  if (chosen.length === 0) throw usage('No vendor was chosen', '--vendor SLUG, --partner SLUG or --reporter');
  return chosen;
}

/** The role decides in which wave a vendor is told: nobody is taken for the developer only because nobody asked. */
function askForRole(env: Environment, { record }: CaseView, { repository }: Session, slug: string): Promise<string> {
  const likely = candidates(record.file, repository.vendors().values()).find((candidate) => candidate.slug === slug)?.role;
  return env.ask.select({ flag: '--role', message: `Role of ${slug} in this case`, choices: ROLES.map((value) => ({ value, name: value })), ...(likely === undefined ? {} : { default: likely }) });
}

async function toReporter(env: Environment, session: Session, view: CaseView, coordinator: Coordinator, options: NotifyOptions): Promise<Letters> {
  const { record } = view;
  const reporter = await openReporter(env, session, record);
  const purpose = await reporterPurpose(env, view, options.purpose);
  if (purpose === 'release') refuseEarlyRelease(session, view);
  const answer = await reporterMessage(env, session, view, reporter, coordinator, purpose, options);
  if (!answer.message || !answer.sent) throw refusal('no-message', `No message to the reporter: ${answer.notices.join('; ')}`, answer.next.map((step) => step.command).join('\n'));
  return {
    record,
    summary: `${record.number}: message to the reporter (${purpose})`,
    action: `notify the reporter (${purpose})`,
    story: 'A message to the reporter was put into the outbox. Address and key stay sealed.',
    reporter,
    entries: [
      { event: 'reporter-contacted', purpose: purpose === 'date' && agreesToDate(view.state, 'reporter') ? 'date-set' : purpose, means: 'mail', message: answer.sent },
      ...(purpose === 'release' ? [{ event: 'reporter-released', reason: 'The reporter asked for it, more than a year after the start day; what is known of the vendor\'s reasons is in the letter.' } as const] : []),
    ],
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
  const say = (message: string): Promise<string> => (options.text === undefined ? env.ask.text({ flag: '--text', message, lines: true }) : Promise.resolve(options.text));
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
    case 'questions':
      return questionsToReporter(env, session, view, reporter, coordinator, options, say);
    case 'assistance': {
      const vendor = knownVendor(session, options.vendor?.[0] ?? (await env.ask.text({ flag: '--vendor', message: 'Whose contact data (a vendor of the registry)?' })));
      const contacts = givenOut(vendor);
      return messageToReporter(env, session, { ...letter, template: purpose, values: ({ title, language }) => ({ title, vendor: vendorName(vendor, language), contacts }) });
    }
    case 'reopening-refused': {
      const reason = await say('Why the case is not taken up again');
      return messageToReporter(env, session, { ...letter, template: purpose, values: ({ title }) => ({ title, reason }) });
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
    case 'release': {
      const reasons = await say('What is known of why the vendor takes so long, for the reporter to judge by');
      return messageToReporter(env, session, { ...letter, template: 'reporter-release', values: ({ title, language }) => ({ title, reasons, startedOn: letterDate(state.startDay ?? session.now, session.zone, language) }) });
    }
    case 'progress': {
      const progress = await say('How far the case has come');
      return messageToReporter(env, session, { ...letter, template: 'reporter-progress', values: ({ title }) => ({ title, progress }) });
    }
    case 'published': {
      const { publishedAt, ...words } = wordsOfThePublished(session, view);
      return messageToReporter(env, session, { ...letter, template: 'published-reporter', values: ({ title, moment }) => ({ title, publishedOn: moment(publishedAt), ...words }) });
    }
    case 'date': {
      const date = dateToPropose(view);
      return messageToReporter(env, session, { ...letter, template: 'reporter-date', values: ({ title, moment, language }) => ({ title, date: moment(date), agreed: agreesToDate(state, 'reporter') ? 'yes' : undefined, credit: reporter?.wishes?.publicCredit === true ? creditWords(reporter.credit, language) : undefined }) });
    }
  }
}

/** The questions of --text, or those that the report and the checklist leave open. */
async function questionsToReporter(env: Environment, session: Session, view: CaseView, reporter: Reporter | undefined, coordinator: Coordinator, options: NotifyOptions, say: (message: string) => Promise<string>): Promise<ReporterMessage> {
  const desk = { view, reporter, coordinator, inClear: options.inClear };
  if (options.text !== undefined) return questionsLetter(env, session, desk, [], [options.text]);
  const questions = await openQuestions(env, session, view, view.state.assessed?.entry.criteria ?? {});
  if (questions.length > 0) env.out.say(`Questions to the reporter:\n${questionList(questions, [], reporterLanguage(reporter, view.record.file))}`);
  return questionsLetter(env, session, desk, questions, questions.length > 0 ? [] : [await say('Questions to the reporter')]);
}
