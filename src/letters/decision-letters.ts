import { readSealedReport } from '../documents/sealed-parts.ts';
import { beyondScope, isBeyondScope, type Answers } from '../domain/acceptance.ts';
import type { NewEntry } from '../documents/case-change.ts';
import { questionList, questionsFor, type Lack } from '../domain/reporter-questions.ts';
import type { Environment } from '../environment.ts';
import type { Coordinator, Reporter, ReporterQuestion } from '../generated/documents.ts';
import type { CaseView, Session } from '../session.ts';
import { messageToReporter, reporterLanguage, openSealed, threadWith, type ReporterMessage } from './correspondence.ts';

export type Decided = Extract<NewEntry, { readonly event: 'accepted' | 'declined' }>;

/** What a letter about a case under examination is made with. */
interface Desk {
  readonly view: CaseView;
  readonly reporter: Reporter | undefined;
  readonly coordinator: Coordinator;
  readonly inClear: string | undefined;
}

const HELP = {
  'vendor-contact-data': { en: 'We can give you contact data of the vendor.', ja: '製品開発者の連絡先をお知らせいたします。' },
  'contact-attempt': { en: 'We can try to reach the vendor if it does not answer you.', ja: '製品開発者から応答がない場合、当方から連絡を試みます。' },
} as const;

/** The decision with its reason, and the help that a declined reporter still gets (policy B, D). */
export function decisionLetter(env: Environment, session: Session, { view, reporter, coordinator, inClear }: Desk, decided: Decided): Promise<ReporterMessage> {
  const { file, number } = view.record;
  const { reason } = decided;
  const shared = { file, reporter, ...threadWith(view, 'reporter'), inClear, coordinator, command: `vcc notify ${number} --reporter --purpose ${decided.event}` };
  if (decided.event === 'accepted') return messageToReporter(env, session, { ...shared, template: 'accepted', values: ({ title }) => ({ title, reason }) });
  return messageToReporter(env, session, {
    ...shared,
    template: 'declined',
    values: ({ title, language }) => ({ title, reason, assistance: (decided.assistance ?? []).map((help) => HELP[help][language]).join('\n') || undefined }),
  });
}

/** What the reporter is asked now: what the report leaves out and what is answered with unknown. Opens the sealed report. */
export async function openQuestions(env: Environment, session: Session, view: CaseView, answers: Answers): Promise<ReporterQuestion[]> {
  const { record } = view;
  const { policy } = session.repository;
  // A flaw that is not handled here is not examined: its reporter is told who handles it.
  const { products } = record.file;
  if (isBeyondScope(beyondScope(policy, products), products)) return [];
  return questionsFor(policy, record.file.route, answers, await lacksOf(env, session, view));
}

async function lacksOf(env: Environment, session: Session, { record }: CaseView): Promise<ReadonlySet<Lack>> {
  const { file, folder, sealed } = record;
  const bytes = await openSealed(env, session, record, 'report');
  const report = bytes && readSealedReport(`${folder}/sealed/report.asc`, bytes);
  const missing: Readonly<Record<Lack, boolean>> = {
    link: file.products.some(({ link }) => link === undefined),
    discovery: report !== undefined && report.discovery === undefined,
    impact: report !== undefined && report.impact === undefined,
    poc: !sealed.includes('poc'),
    'vendor-contacted': file.vendorContacted === undefined || file.vendorContacted === 'unknown',
  };
  return new Set((Object.keys(missing) as Lack[]).filter((lack) => missing[lack]));
}

/** The letter that asks them; further questions of the coordinator come last. */
export const questionsLetter = (env: Environment, session: Session, { view, reporter, coordinator, inClear }: Desk, questions: readonly ReporterQuestion[], further: readonly string[]): Promise<ReporterMessage> =>
  messageToReporter(env, session, {
    file: view.record.file,
    reporter,
    ...threadWith(view, 'reporter'),
    inClear,
    coordinator,
    command: `vcc notify ${view.record.number} --reporter --purpose questions`,
    template: 'questions',
    passOn: questionList(questions, further, reporterLanguage(reporter, view.record.file)),
    values: ({ title, language }) => ({ title, questions: questionList(questions, further, language) }),
  });
