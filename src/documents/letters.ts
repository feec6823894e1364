import { localDate, showInstant } from '../domain/instant.ts';
import type { Instant } from '../domain/instant.ts';
import type { OutgoingMessage } from '../domain/plan.ts';
import type { Language } from './advisory-words.ts';

type Maybe = string | undefined;

/** What each letter says besides, by the name of its template. */
export interface LetterValues {
  readonly acknowledgement: { readonly title: string; readonly receivedOn: string; readonly reference?: Maybe };
  readonly accepted: { readonly title: string; readonly reason: string; readonly wishes?: Maybe };
  readonly declined: { readonly title: string; readonly reason: string; readonly assistance?: Maybe };
  readonly questions: { readonly title: string; readonly questions: string; readonly answerBy?: Maybe };
  /** How a vendor is reached, for a reporter who coordinates alone (policy D). */
  readonly assistance: { readonly title: string; readonly vendor: string; readonly contacts: string };
  readonly 'reopening-refused': { readonly title: string; readonly reason: string };
  readonly 'reporter-progress': { readonly title: string; readonly progress: string };
  readonly 'reporter-date': { readonly title: string; readonly date: string; readonly agreed?: Maybe; readonly credit?: Maybe; readonly answerBy?: Maybe };
  readonly 'reporter-date-withdrawn': { readonly title: string; readonly reason: string };
  readonly 'reporter-closed': { readonly title: string; readonly reason: string };
  /** reasons is what is known of the vendor's: the reporter judges by it (guideline IV.3(1) 11)). */
  readonly 'reporter-release': { readonly title: string; readonly startedOn: string; readonly reasons: string };
  readonly 'published-reporter': { readonly title: string; readonly publishedOn: string; readonly urls: string; readonly cves?: Maybe };
  /** Holds no title and no product: it may have to go out in clear, to an address that may be wrong. */
  readonly 'vendor-first-contact': { readonly vendor: string; readonly answerBy?: Maybe };
  /** On behalf of a reporter whose case is not coordinated: no title and no product; reporter only with consent (policy D, guideline IV.2). */
  readonly 'vendor-assistance': { readonly vendor: string; readonly reporter?: Maybe; readonly answerBy?: Maybe };
  /** reporter only with the reporter's consent (guideline IV.2). */
  readonly 'vendor-details': {
    readonly vendor: string;
    readonly title: string;
    readonly products: string;
    readonly description: string;
    /** The description in a language that the vendor reads; or in which it does not read the report is, where it is sent as it was written. */
    readonly translation?: Maybe;
    readonly untranslated?: Maybe;
    readonly cves?: Maybe;
    readonly attachments?: Maybe;
    readonly reporter?: Maybe;
    readonly embargoUntil?: Maybe;
    readonly answerBy?: Maybe;
  };
  readonly 'vendor-reminder': {
    readonly vendor: string;
    readonly firstContactOn: string;
    readonly lastContactOn?: Maybe;
    readonly answerBy?: Maybe;
    readonly nextStep?: Maybe;
  };
  /** How far the case has come, or what is asked: for whom knows of it. */
  readonly 'vendor-progress': { readonly vendor: string; readonly title: string; readonly progress: string };
  readonly 'vendor-date': { readonly vendor: string; readonly title: string; readonly date: string; readonly agreed?: Maybe; readonly reason?: Maybe; readonly answerBy?: Maybe };
  readonly 'vendor-date-withdrawn': { readonly vendor: string; readonly title: string; readonly reason: string };
  /** For a vendor that does not answer or disputes the flaw. Holds no title and no product: who reads it is not known. */
  readonly 'vendor-publication': { readonly vendor: string; readonly firstContactOn: string; readonly date: string };
  readonly 'published-vendor': { readonly vendor: string; readonly title: string; readonly publishedOn: string; readonly urls: string; readonly cves?: Maybe; readonly answered?: Maybe };
  /** All that a third party learns is the name of the vendor (policy E). */
  readonly 'partner-contact-search': { readonly partner: string; readonly vendor: string };
  readonly 'partner-analysis': { readonly partner: string; readonly title: string; readonly products: string; readonly question: string; readonly embargoUntil?: Maybe };
  /** Holds what protects, and no way to attack (guideline IV.4 8)). */
  readonly 'partner-advance-notice': {
    readonly partner: string;
    readonly title: string;
    readonly products: string;
    readonly remedies?: Maybe;
    readonly date?: Maybe;
    readonly embargoUntil?: Maybe;
    readonly remark?: Maybe;
  };
  readonly 'partner-vendor-answer': { readonly partner: string; readonly title: string; readonly vendor: string; readonly answer?: Maybe; readonly status?: Maybe; readonly remark?: Maybe };
  readonly 'partner-verification': { readonly partner: string; readonly title: string; readonly results: string; readonly remark?: Maybe };
  readonly 'partner-advisory-text': { readonly partner: string; readonly title: string; readonly attachments: string; readonly remark?: Maybe };
  readonly 'partner-date': { readonly partner: string; readonly title: string; readonly date: string; readonly vendors?: Maybe; readonly remark?: Maybe };
  readonly 'partner-date-withdrawn': { readonly partner: string; readonly title: string; readonly reason: string };
  readonly 'partner-committee': { readonly partner: string; readonly title: string; readonly vendor: string; readonly reason: string };
  readonly 'partner-progress': { readonly partner: string; readonly title: string; readonly progress: string };
  readonly 'published-partner': { readonly partner: string; readonly title: string; readonly publishedOn: string; readonly urls: string; readonly cves?: Maybe };
}

export type TemplateName = keyof LetterValues;

/** Who reads a letter: it may say other things to each. */
export type Audience = 'reporter' | 'vendor' | 'partner';

interface Letter<N extends TemplateName> {
  readonly to: Audience;
  /** What else than other letters it may tell: how the flaw works, or what a vendor answered. */
  readonly carries?: OutgoingMessage['carries'];
  /** Names that a template of this letter may use besides the common ones. */
  readonly names: readonly (keyof LetterValues[N])[];
  /** Names that a template of the team must use where there is something to say. */
  readonly needed?: readonly (keyof LetterValues[N])[];
}

/** Whom each letter is for, and what it can say. */
export const LETTERS: { readonly [N in TemplateName]: Letter<N> } = {
  acknowledgement: { to: 'reporter', names: ['title', 'receivedOn', 'reference'] },
  accepted: { to: 'reporter', names: ['title', 'reason', 'wishes'] },
  declined: { to: 'reporter', names: ['title', 'reason', 'assistance'] },
  questions: { to: 'reporter', names: ['title', 'questions', 'answerBy'] },
  assistance: { to: 'reporter', names: ['title', 'vendor', 'contacts'] },
  'reopening-refused': { to: 'reporter', names: ['title', 'reason'] },
  'reporter-progress': { to: 'reporter', names: ['title', 'progress'] },
  'reporter-date': { to: 'reporter', names: ['title', 'date', 'agreed', 'credit', 'answerBy'] },
  'reporter-date-withdrawn': { to: 'reporter', names: ['title', 'reason'] },
  'reporter-closed': { to: 'reporter', names: ['title', 'reason'] },
  'reporter-release': { to: 'reporter', names: ['title', 'startedOn', 'reasons'] },
  'published-reporter': { to: 'reporter', names: ['title', 'publishedOn', 'urls', 'cves'] },
  'vendor-first-contact': { to: 'vendor', names: ['vendor', 'answerBy'] },
  'vendor-assistance': { to: 'vendor', names: ['vendor', 'reporter', 'answerBy'] },
  'vendor-details': {
    to: 'vendor',
    carries: 'details',
    names: ['vendor', 'title', 'products', 'description', 'translation', 'untranslated', 'cves', 'attachments', 'reporter', 'embargoUntil', 'answerBy'],
    needed: ['translation', 'untranslated'],
  },
  'vendor-reminder': { to: 'vendor', names: ['vendor', 'firstContactOn', 'lastContactOn', 'answerBy', 'nextStep'] },
  'vendor-progress': { to: 'vendor', names: ['vendor', 'title', 'progress'] },
  'vendor-date': { to: 'vendor', names: ['vendor', 'title', 'date', 'agreed', 'reason', 'answerBy'] },
  'vendor-date-withdrawn': { to: 'vendor', names: ['vendor', 'title', 'reason'] },
  'vendor-publication': { to: 'vendor', names: ['vendor', 'firstContactOn', 'date'] },
  'published-vendor': { to: 'vendor', names: ['vendor', 'title', 'publishedOn', 'urls', 'cves', 'answered'] },
  'partner-contact-search': { to: 'partner', names: ['partner', 'vendor'] },
  'partner-analysis': { to: 'partner', carries: 'details', names: ['partner', 'title', 'products', 'question', 'embargoUntil'] },
  'partner-advance-notice': { to: 'partner', names: ['partner', 'title', 'products', 'remedies', 'date', 'embargoUntil', 'remark'] },
  'partner-vendor-answer': { to: 'partner', carries: 'answer', names: ['partner', 'title', 'vendor', 'answer', 'status', 'remark'] },
  'partner-verification': { to: 'partner', names: ['partner', 'title', 'results', 'remark'] },
  'partner-advisory-text': { to: 'partner', names: ['partner', 'title', 'attachments', 'remark'] },
  'partner-date': { to: 'partner', names: ['partner', 'title', 'date', 'vendors', 'remark'] },
  'partner-date-withdrawn': { to: 'partner', names: ['partner', 'title', 'reason'] },
  'partner-committee': { to: 'partner', names: ['partner', 'title', 'vendor', 'reason'] },
  'partner-progress': { to: 'partner', names: ['partner', 'title', 'progress'] },
  'published-partner': { to: 'partner', names: ['partner', 'title', 'publishedOn', 'urls', 'cves'] },
};

export const TEMPLATE_NAMES = Object.keys(LETTERS) as readonly TemplateName[];

/** Names that every letter may use. */
export const COMMON_NAMES: readonly string[] = ['recipient', 'case', 'coordinator', 'fingerprint', 'organisation', 'organisationEmail'];

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** A day as a letter writes it: 6 June 2014, 2014年6月6日. */
export function letterDate(instant: Instant, zone: string, language: Language): string {
  const [year, month, day] = localDate(instant, zone).split('-').map(Number) as [number, number, number];
  return language === 'ja' ? `${year}年${month}月${day}日` : `${day} ${MONTHS[month - 1] ?? ''} ${year}`;
}

/** A moment as a letter writes it, with the offset: the reader may sit in another zone. */
export function letterMoment(instant: Instant, zone: string, language: Language): string {
  const [, time, offset] = showInstant(instant, zone).split(' ') as [string, string, string];
  return `${letterDate(instant, zone, language)}${language === 'ja' ? ' ' : ', '}${time} (UTC${offset})`;
}
