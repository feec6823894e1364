import { messageToVendor, openReporter, threadWith } from './correspondence.ts';
import type { NewEntry } from '../documents/case-change.ts';
import type { VendorRecord } from '../documents/repository.ts';
import { reportInWords } from '../documents/report-words.ts';
import { plainYaml } from '../documents/yaml-text.ts';
import type { CaseState, CaseStatus } from '../domain/case-state.ts';
import { eligible, knowsOfCase, mayGetDetails } from '../domain/eligibility.ts';
import { nextEscalation } from '../domain/escalation.ts';
import { mayTellVendor } from '../domain/waves.ts';
import { identityInside } from '../domain/identity.ts';
import type { Attachment, OutgoingMessage } from '../domain/plan.ts';
import { refusal, usage } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import type { Coordinator, Product, Report, SentMessage, VendorAddedEntry, VendorContactedEntry } from '../generated/documents.ts';
import type { CaseView, Session } from '../session.ts';
import { wordsOfThePublished } from './published-words.ts';
import { knownVendor, vendorName } from './registered-vendor.ts';
import { remind } from './reminder.ts';
import { hiddenFromVendors, refuseToName } from './reporter-guard.ts';
import { isReadable, languageName, languageRead, openReport, reportLanguage, translationFor } from './translation.ts';

const PURPOSES = ['first-contact', 'details', 'reminder', 'progress', 'questions', 'date', 'date-withdrawn', 'published', 'assistance'] as const;
type VendorPurpose = (typeof PURPOSES)[number];
export const ROLES: readonly VendorAddedEntry['role'][] = ['developer', 'upstream', 'downstream', 'distributor', 'service-provider', 'oem'];

/** Cases whose reporter may get help all the same (policy D, F). */
const HELPED: readonly CaseStatus[] = ['declined', 'closed'];

/** What a coordinator says about a letter to a vendor. */
export interface VendorLetterOptions {
  readonly purpose?: string;
  readonly role?: string;
  readonly text?: string;
  readonly inClear?: string;
  /** The details go out although the vendor reads another language. */
  readonly asWritten?: boolean;
}

/** A message to a vendor with the entries that log it. */
export interface VendorLetter {
  readonly message: OutgoingMessage;
  readonly notices: readonly string[];
  readonly entries: readonly NewEntry[];
  readonly purpose: VendorPurpose;
  /** Details to somebody who has not answered yet: permitted, and worth a second thought. */
  readonly unheard: boolean;
}

/** What a reporter may learn of a vendor: its page, and the contacts that it lets us give out (policy D). Refuses where that is nothing. */
export function givenOut({ slug, path, vendor }: VendorRecord): string {
  const contacts = vendor.contacts.filter((contact) => contact.public === true).map(({ name, email, phone }) => [name, email, phone].filter((part) => part !== undefined).join(', '));
  const known = [...(vendor.url === undefined ? [] : [vendor.url]), ...contacts];
  if (known.length === 0) throw refusal('nothing-to-give', `${slug} has neither a page nor a contact that may be given out`, `Ask the vendor; then set public: true at its contact, or url, in ${path}`);
  return known.map((line) => `  ${line}`).join('\n');
}

/**
 * The next letter to a vendor: who may be told at all, which letter it is, and what goes with it (policy E and G).
 * nth counts the letters of one round, for each has a number of its own.
 */
export async function letterToVendor(env: Environment, session: Session, view: CaseView, slug: string, nth: number, coordinator: Coordinator, options: VendorLetterOptions): Promise<VendorLetter> {
  const { record, state } = view;
  const vendor = knownVendor(session, slug);
  const helps = options.purpose === 'assistance';
  if (helps && !HELPED.includes(state.status)) throw refusal('not-so', `${record.number} is ${state.status}: an attempt on the reporter's behalf is help for a case that is declined or closed`, `vcc notify ${record.number} --vendor ${slug}`);
  if (!helps && options.purpose !== 'published' && !['accepted', 'coordinating', 'scheduled'].includes(state.status)) {
    throw refusal('not-accepted', `${record.number} is ${state.status}: vendors are told of accepted cases only`, state.status === 'received' ? `vcc triage ${record.number}` : `vcc show ${record.number}`);
  }
  const allowed = eligible(vendor.vendor, session.today, slug);
  // It learns nothing but that somebody wants to reach it, and that needs no agreement.
  if (!allowed.ok && !helps) throw refusal('not-eligible', `${slug} may not be told: ${allowed.why}`, allowed.hint);
  const role = state.vendors.get(slug)?.role ?? roleOf(options.role);
  const now = mayTellVendor(session.repository.policy, state, record.number, slug, role);
  if (!now.ok && !helps) throw refusal('not-yet', `${slug} (${role}) may not be told yet: ${now.why}`, now.hint);
  const purpose = purposeOf(session, view, vendor, options.purpose);
  const wordless = helps ? "an attempt on the reporter's behalf" : purpose === 'first-contact' ? 'a first contact' : purpose === 'reminder' ? 'a reminder' : undefined;
  if (wordless !== undefined && options.text !== undefined) throw usage(`--text has no place in ${wordless}`, 'It says nothing about the case: nobody knows yet who reads it.');
  if (options.asWritten === true && purpose !== 'details') throw usage('--as-written goes with the details', `This message (${purpose}) has nothing of the report in it.`);
  if (options.role !== undefined && state.vendors.has(slug) && options.role !== role) throw usage(`--role: ${slug} is a party already`, `vcc record ${record.number} vendor-added --vendor ${slug} --role ${options.role}`);
  const added: NewEntry[] = state.vendors.has(slug) ? [] : [{ event: 'vendor-added', vendor: slug, role, reason: helps ? 'somebody asks to reach it (policy D)' : allowed.why }];
  const thread = threadWith(view, `vendor:${slug}`);
  const letter: BlankLetter = { file: record.file, vendor, references: thread.references, sequence: thread.sequence + nth, inClear: options.inClear, coordinator };
  const { message, sent, notices: noted = [] } = await writeLetter(env, session, view, letter, purpose, options);
  const unheard = purpose === 'details' && state.vendors.get(slug)?.lastReply === undefined;
  const told = [...(SAYS_NOTHING.has(purpose) || options.inClear !== undefined ? [] : foreignTitle(view, slug, message.language)), ...noted];
  const notices = unheard ? [`${slug} has not answered; it gets the details because ${mayGetDetails(state, slug, vendor.vendor, session.today).why}`, ...told] : told;
  return { message, notices, purpose, unheard, entries: [...added, { event: 'vendor-contacted', vendor: slug, purpose: loggedAs(state, slug, purpose), means: 'mail', outcome: 'sent', message: sent }] };
}

/** Where the title is in a language that the vendor does not read, and products besides, as they stand in case.md. */
function foreignTitle({ record: { file, folder } }: CaseView, slug: string, language: 'en' | 'ja'): string[] {
  if (file.title[language] !== undefined) return [];
  const other = language === 'en' ? 'ja' : 'en';
  return [`${slug} reads ${languageName(language, 'en')}, and the title stands there in ${languageName(other, 'en')}: write title.${language} into ${folder}/case.md, beside title.${other}, and commit it. Names of products go out as case.md has them`];
}

/** Questions are asked in the course of the case; who agreed to a date is told of it, and not asked. */
function loggedAs(state: CaseState, slug: string, purpose: VendorPurpose): VendorContactedEntry['purpose'] {
  if (purpose === 'questions') return 'progress';
  return purpose === 'date' && agreesToDate(state, `vendor:${slug}`) ? 'date-set' : purpose;
}

interface BlankLetter {
  readonly file: CaseView['record']['file'];
  readonly vendor: VendorRecord;
  readonly references: readonly string[];
  readonly sequence: number;
  readonly inClear: string | undefined;
  readonly coordinator: Coordinator;
}

interface Written {
  readonly message: OutgoingMessage;
  readonly sent: SentMessage;
  readonly notices?: readonly string[];
}

async function writeLetter(env: Environment, session: Session, view: CaseView, letter: BlankLetter, purpose: VendorPurpose, options: VendorLetterOptions): Promise<Written> {
  const { text } = options;
  switch (purpose) {
    case 'first-contact':
      return messageToVendor(env, session, { ...letter, template: 'vendor-first-contact', attachments: [], values: ({ language }) => ({ vendor: vendorName(letter.vendor, language) }) });
    case 'assistance':
      return onBehalf(env, session, view, letter);
    case 'details':
      return withDetails(env, session, view, letter, options);
    case 'published': {
      const { publishedAt, ...words } = wordsOfThePublished(session, view);
      return messageToVendor(env, session, { ...letter, template: 'published-vendor', attachments: [], values: ({ language, title, moment }) => ({ vendor: vendorName(letter.vendor, language), title, answered: view.state.vendors.get(letter.vendor.slug)?.lastReply === undefined ? undefined : 'yes', publishedOn: moment(publishedAt), ...words }) });
    }
    case 'reminder':
      return remind(env, session, view, letter.vendor.slug, letter.coordinator, letter.inClear);
    case 'progress':
    case 'questions': {
      const progress = text ?? (await env.ask.text({ flag: '--text', message: purpose === 'questions' ? 'What the vendor is asked' : 'How far the case has come, for the vendor to read', lines: true }));
      refuseToName(await hiddenFromVendors(env, session, view), progress);
      return messageToVendor(env, session, { ...letter, template: 'vendor-progress', attachments: [], values: ({ language, title }) => ({ vendor: vendorName(letter.vendor, language), title, progress }) });
    }
    case 'date-withdrawn':
      return withdrawDate(env, session, view, letter, text);
    case 'date': {
      const date = dateToPropose(view);
      if (text !== undefined) refuseToName(await hiddenFromVendors(env, session, view), text);
      return messageToVendor(env, session, { ...letter, template: 'vendor-date', attachments: [], values: ({ language, title, moment }) => ({ vendor: vendorName(letter.vendor, language), title, date: moment(date), agreed: agreesToDate(view.state, `vendor:${letter.vendor.slug}`) ? 'yes' : undefined, reason: text }) });
    }
  }
}

/** For a reporter whose report is not coordinated: names no flaw and no product, and the reporter only with consent (policy D; guideline IV.2). */
async function onBehalf(env: Environment, session: Session, { record }: CaseView, letter: BlankLetter): Promise<Written> {
  const { nameToVendor, directContact } = record.file.wishes ?? {};
  const known = nameToVendor === true ? await openReporter(env, session, record) : undefined;
  const reporter = [known?.name, known?.organisation, directContact === true ? known?.email : undefined].filter((part) => part !== undefined).join(', ');
  return messageToVendor(env, session, { ...letter, template: 'vendor-assistance', attachments: [], values: ({ language }) => ({ vendor: vendorName(letter.vendor, language), reporter: reporter || undefined }) });
}

/** Never the reason of the log entry by itself: it may speak of another vendor. */
async function withdrawDate(env: Environment, session: Session, view: CaseView, letter: BlankLetter, text: string | undefined): Promise<Written> {
  const { number } = view.record;
  if (view.state.status !== 'coordinating') throw refusal('not-so', `${number} is ${view.state.status}: no date fell through`, `vcc schedule ${number} --cancel REASON`);
  const reason = text ?? (await env.ask.text({ flag: '--text', message: 'Why the date fell through, for vendors to read' }));
  refuseToName(await hiddenFromVendors(env, session, view), reason);
  return messageToVendor(env, session, { ...letter, template: 'vendor-date-withdrawn', attachments: [], values: ({ language, title }) => ({ vendor: vendorName(letter.vendor, language), title, reason }) });
}

/** The report and the proof of concept, without who reported unless the reporter allows it (guideline IV.2). */
async function withDetails(env: Environment, session: Session, view: CaseView, letter: BlankLetter, { text, asWritten = false }: VendorLetterOptions): Promise<Written> {
  const { record, state } = view;
  const { nameToVendor, directContact } = record.file.wishes ?? {};
  const hidden = await hiddenFromVendors(env, session, view);
  if (text !== undefined) refuseToName(hidden, text);
  const { report: sealed, poc, wording } = await openReport(env, session, record);
  // A part in the reporter's own words may name them, and a talk that is announced leads to its speaker.
  const withheld = Object.entries({ ...sealed, poc: poc && new TextDecoder().decode(poc) }).flatMap(([part, value]) => (hidden && ((part === 'timeLimits' && nameToVendor !== true) || identityInside(value, hidden)) ? [part] : []));
  const report: Partial<Report> = withoutParts(sealed, withheld);
  const { discovery, impact } = report;
  if (text === undefined && withheld.some((part) => part !== 'timeLimits') && (discovery ?? impact) === undefined) {
    throw refusal('identity-to-vendor', `${withheld.join(', ')}: these parts of the report name the reporter, who stays unknown to vendors, and without them it says nothing`, `Tell the vendor in your own words: vcc notify ${record.number} --vendor ${letter.vendor.slug} --purpose details --text TEXT`);
  }
  const asText = { contentType: 'text/plain; charset=utf-8' };
  const attachments: Attachment[] = [{ ...asText, filename: `report-${record.number}.yaml`, content: plainYaml(report) }];
  const proof = poc && !withheld.includes('poc') ? { poc: new TextDecoder().decode(poc) } : {};
  if (poc && 'poc' in proof) attachments.push({ ...asText, filename: `poc-${record.number}.txt`, content: poc });
  const reader = { slug: letter.vendor.slug, language: languageRead(letter.vendor) };
  const readable = text !== undefined || isReadable(record.file, reader.language, wording);
  const translated = readable || asWritten ? undefined : withoutParts(await translationFor(env, session, view, reader, wording), withheld);
  if (translated !== undefined && Object.keys(translated).length > 0) {
    const leak = identityInside(translated, hidden);
    if (leak !== undefined) throw refusal('identity-to-vendor', `The translation gives the ${leak} of the reporter, who stays unknown to vendors`, `Write "the reporter" instead: vcc translate ${record.number} --to ${reader.language}`);
    attachments.push({ ...asText, filename: `report-${record.number}-${reader.language}.yaml`, content: plainYaml(translated) });
  }
  const reporter = nameToVendor === true ? await openReporter(env, session, record) : undefined;
  const identity = [reporter?.name, reporter?.organisation, directContact === true ? reporter?.email : undefined].filter((part) => part !== undefined).join(', ');
  const letterOut = messageToVendor(env, session, {
    ...letter,
    template: 'vendor-details',
    attachments,
    values: ({ language, title, moment }) => ({
      vendor: vendorName(letter.vendor, language),
      title,
      products: productLines(record.file.products),
      description: text ?? reportInWords({ ...report, ...proof }, language) ?? (language === 'ja' ? '添付の報告をご参照ください。' : 'See the attached report.'),
      translation: translated && reportInWords(translated, language),
      untranslated: readable || !asWritten ? undefined : languageName(reportLanguage(record.file), language),
      cves: state.cves.map((cve) => cve.id).join(', ') || undefined,
      attachments: attachments.map((attachment) => attachment.filename).join(', '),
      reporter: identity || undefined,
      embargoUntil: state.embargo.until === undefined ? undefined : moment(state.embargo.until),
    }),
  });
  return {
    ...letterOut,
    notices: [
      ...(withheld.length > 0 ? [`${nameToVendor === true ? 'the reporter allows the name and no direct contact' : 'the reporter stays unknown to vendors'}, so ${letter.vendor.slug} does not get these parts of the report: ${withheld.join(', ')}`] : []),
      ...(readable || !asWritten ? [] : [`${letter.vendor.slug} reads ${languageName(reader.language, 'en')}, and gets the report in ${languageName(reportLanguage(record.file), 'en')}; the letter says so`]),
      ...(letter.inClear === undefined ? [] : [`the details and the proof of concept for ${letter.vendor.slug} are NOT encrypted`]),
    ],
  };
}

const withoutParts = <T extends object>(whole: T, withheld: readonly string[]): Partial<T> => Object.fromEntries(Object.entries(whole).filter(([part]) => !withheld.includes(part))) as Partial<T>;

/** The products of a case as a letter lists them. */
export const productLines = (products: readonly Product[]): string => products.map(({ vendor, name, versions }) => `  ${vendor} ${name}: ${versions.join('; ')}`).join('\n');

/** The scheduled date, or the one the team stands behind. */
export function dateToPropose(view: Pick<CaseView, 'record' | 'state'>): number {
  const date = view.state.scheduled ?? view.state.agreedDates.get('team');
  if (date === undefined) throw refusal('no-date', `${view.record.number} has no date to propose`, `vcc record ${view.record.number} date-agreed --party team --date 2014-06-06T12:00`);
  return date;
}

/** Whether a party has agreed to the date that is set: then it is told of the date, and not asked again. */
export const agreesToDate = ({ scheduled, agreedDates }: CaseState, party: string): boolean => scheduled !== undefined && agreedDates.get(party) === scheduled;

/** The role of a vendor that is new to the case. */
export function roleOf(given: string | undefined): VendorAddedEntry['role'] {
  if (given === undefined) return 'developer';
  const role = ROLES.find((candidate) => candidate === given);
  if (role === undefined) throw usage(`--role: unknown role ${JSON.stringify(given)}`, `One of: ${ROLES.join(', ')}`);
  return role;
}

const SAYS_NOTHING: ReadonlySet<VendorPurpose> = new Set(['first-contact', 'assistance', 'reminder']);
const SPEAKS_OF_CASE: ReadonlySet<VendorPurpose> = new Set(['date', 'date-withdrawn', 'progress', 'questions']);

/** Only who owes an answer is reminded. A reminder that the ladder asks for is a step of it, which counts only as such (policy F). */
function requireReminder({ repository: { policy }, calendar, now }: Session, { record, state }: CaseView, slug: string): void {
  const { number } = record;
  const { firstContact, lastContact, lastReply } = state.vendors.get(slug) ?? {};
  if (firstContact === undefined || lastContact === undefined) throw refusal('never-contacted', `${slug} was never contacted, so there is nothing to remind it of`, `vcc notify ${number} --vendor ${slug}`);
  if (lastReply !== undefined && lastReply >= lastContact) throw refusal('not-silent', `${slug} has answered, and nothing was sent to it since`, `vcc notify ${number} --vendor ${slug} --purpose progress --text TEXT`);
  const next = nextEscalation(record, state, slug, policy, calendar, now);
  if (next.kind === 'due' && next.step.message === 'reminder') throw refusal('step-of-ladder', `the reminder for ${slug} is due as a step of the ladder`, `vcc escalate ${number} --vendor ${slug}`);
}

/** First contact before anything else; details only to whom they may go (policy E; Vultron: none before the embargo is accepted). */
function purposeOf(session: Session, view: CaseView, { slug, vendor }: VendorRecord, given: string | undefined): VendorPurpose {
  const known = view.state.vendors.get(slug);
  const permission = mayGetDetails(view.state, slug, vendor, session.today);
  const hint = permission.hint.replaceAll('CASE', view.record.number);
  if (given === undefined) {
    if (known?.firstContact === undefined) return 'first-contact';
    if (permission.ok && !known.gotDetails && known.lastReply === undefined && !view.state.published) {
      throw refusal('not-answered', `${slug} has not answered: say what a second message is for`, `--purpose details, for ${permission.why}\nOr wait for its answer (vcc due --case ${view.record.number}); a silent vendor is reminded by: vcc escalate ${view.record.number} --vendor ${slug}`);
    }
    if (permission.ok && !known.gotDetails) return 'details';
    if (permission.ok) throw usage(`${slug} has the details already: say what the message is for`, '--purpose date proposes the date of publication');
    throw refusal('no-details-yet', `${slug} may not get details yet: ${permission.why}`, `${hint}\nA silent vendor is reminded by: vcc escalate ${view.record.number} --vendor ${slug}`);
  }
  const purpose = PURPOSES.find((candidate) => candidate === given);
  if (purpose === undefined) throw usage(`--purpose: unknown purpose ${JSON.stringify(given)} for a vendor`, `One of: ${PURPOSES.join(', ')}`);
  if (purpose === 'reminder') requireReminder(session, view, slug);
  if (!SAYS_NOTHING.has(purpose) && !permission.ok) throw refusal('no-details-yet', `${slug} may not get details yet: ${permission.why}`, hint);
  // The title, the day and the fix say what the case is about to whom has not been told yet.
  if (SPEAKS_OF_CASE.has(purpose) && !knowsOfCase(view.state, slug)) {
    throw refusal('no-details-yet', `${slug} has neither the details nor answered, and ${purpose.startsWith('date') ? 'the date' : 'the message'} would tell it of the case`, `vcc notify ${view.record.number} --vendor ${slug} --purpose details`);
  }
  return purpose;
}
