import { messageToReporter, openReporter, reporterToKeepOut, threadWith, type ReporterMessage } from '../letters/correspondence.ts';
import { advisorySkeleton } from '../documents/advisory-skeleton.ts';
import { planChange, type NewEntry } from '../documents/case-change.ts';
import { editFrontMatter } from '../documents/front-matter.ts';
import { criteriaFor, unansweredCriteria } from '../domain/acceptance.ts';
import { scoreCvss, type CvssScore } from '../domain/cvss.ts';
import { isOpen } from '../domain/case-state.ts';
import type { FileWrite, NextStep } from '../domain/plan.ts';
import { priorityOf } from '../domain/priority.ts';
import { refusal, usage } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import type { CaseFile, Coordinator, Reporter } from '../generated/documents.ts';
import { answerOrNone } from '../questions/answer.ts';
import { actingCoordinator, authorOf, carryOut, openSession, pastMoment, viewCaseToChange, type CaseView, type Session } from '../session.ts';
import { ASSISTANCE, FLAGS, askCriteria, askDecision, askSpread, oneOf, showUndecided, type Answers, type Decision } from '../questions/triage.ts';

export interface TriageOptions {
  readonly case: string;
  readonly criterion?: readonly string[];
  readonly spread?: string;
  readonly cvss?: string;
  readonly flag?: readonly string[];
  readonly accept?: boolean;
  readonly decline?: boolean;
  readonly reason?: string;
  readonly assistance?: readonly string[];
  readonly at?: string;
  readonly inClear?: string;
}

/** vcc triage: checklist, priority and decision, with the reasoned answer to the reporter (policy B, C, D; guideline appendix 4). */
export async function triage(env: Environment, options: TriageOptions): Promise<number> {
  const session = openSession(env);
  const coordinator = await actingCoordinator(env, session);
  const view = viewCaseToChange(session, options.case);
  const { record, state } = view;
  if (options.accept && options.decline) throw usage('--accept and --decline contradict each other', 'Give one of them.');
  if (!env.ask.interactive && options.reason !== undefined && !options.accept && !options.decline) throw usage('--reason is the reason of a decision, and there is none', 'Give --accept or --decline too.');
  if (options.assistance !== undefined && options.accept) throw usage('--assistance is for a reporter whose report is declined', 'Leave it out, or give --decline.');
  const decides = options.accept === true || options.decline === true;
  // What is learnt later changes the assessment, and the ladder asks for it; the decision stands.
  if (state.status !== 'received' && (decides || !isOpen(state.status))) {
    throw refusal('already-decided', `${record.number} is ${state.status}: it was decided already`, state.status === 'declined' || state.status === 'closed' ? `vcc record ${record.number} reopened --reason TEXT` : `vcc show ${record.number}`);
  }
  const { policy } = session.repository;
  const criteria = criteriaFor(policy, record.file.route);
  const given = [options.criterion, options.spread, options.cvss, options.flag, options.accept, options.decline];
  if (!env.ask.interactive && given.every((flag) => flag === undefined)) throw usage('Nothing to record: no criterion, no spread, no CVSS and no decision was given', `vcc triage ${record.number} --criterion ID=yes ... --accept --reason TEXT; the criteria: ${criteria.map((criterion) => criterion.id).join(', ')}`);
  const answers = await askCriteria(env, criteria, state.assessed?.entry.criteria ?? {}, options.criterion ?? []);
  const cvss = await askCvss(env, view, options.cvss);
  const spread = await askSpread(env, options.spread, state.assessed?.entry.spread);
  const flags = oneOf('--flag', options.flag ?? state.assessed?.entry.flags ?? [], FLAGS);
  const severity = cvss?.score ?? bestScore(view);
  const priority = priorityOf(policy, { spread, ...(severity === undefined ? {} : { severity }), exploited: (state.latches.exploit ?? state.latches.attacks) !== undefined });
  const open = unansweredCriteria(policy, record.file.route, answers);
  showUndecided(env, criteria, answers, open);

  const decision = state.status === 'received' ? await askDecision(env, options, open) : 'later';
  const decided = decision === 'later' ? undefined : await decide(env, options, answers, decision);
  const { reporter, notices } = decided ? { reporter: await openReporter(env, session, record), notices: [] } : await reporterToKeepOut(env, session, record);
  const answer = decided ? await answerReporter(env, session, view, decided, reporter, options.inClear, coordinator) : undefined;
  const at = pastMoment(session, options.at);
  const verb = decision === 'accept' ? 'accepted' : decision === 'decline' ? 'declined' : 'assessed';
  const plan = planChange(
    {
      record,
      reporter,
      summary: `${record.number}: ${verb}, handling: ${priority.priority} (${priority.why})`,
      action: `${verb} (handling: ${priority.priority})`,
      // The reason stands in the log entry: a commit message travels further, into mails and chat rooms.
      story: `The acceptance checklist was answered${decided ? ` and the case was ${verb}` : state.status === 'received' ? '; the decision is open' : ' anew; the decision stands'}.\n\nPriority: ${priority.why}`,
      entries: [
        { event: 'assessed', criteria: answers, spread, priority: priority.priority, ...(severity === undefined ? {} : { severity }), ...(flags.length > 0 ? { flags } : {}) },
        ...(decided ? [decided] : []),
        // The decision may be of yesterday; the letter is of now.
        ...(answer?.sent && decided ? [{ event: 'reporter-contacted' as const, purpose: decided.event, means: 'mail' as const, message: answer.sent, ...(at === undefined ? {} : { at: session.now }) }] : []),
      ],
      writes: [...(cvss ? [cvssIntoCase(session, view, cvss)] : []), ...(decided?.event === 'accepted' ? missingAdvisories(session, view, cvss) : [])],
      messages: answer?.message ? [answer.message] : [],
      notices: [...notices, ...(answer?.notices ?? [])],
      next: [...(state.status === 'received' ? nextAfter(record.number, decision) : [{ command: `vcc show ${record.number}`, why: 'where the case stands' }]), ...(answer?.next ?? [])],
    },
    authorOf(env, session, coordinator, at),
  );
  return carryOut(env, session, plan, { case: record.number, decision, priority: priority.priority, unanswered: open.map((criterion) => criterion.id) });
}

type Decided = Extract<NewEntry, { readonly event: 'accepted' | 'declined' }>;

/** The decision as it is logged: with its reason and the criteria that it rests on. */
async function decide(env: Environment, options: TriageOptions, answers: Answers, decision: 'accept' | 'decline'): Promise<Decided> {
  const reason = options.reason ?? (await env.ask.text({ flag: '--reason', message: 'Why (the reporter is told)' }));
  if (reason.trim() === '') throw usage('--reason is empty', 'The reporter is told the decision and the reason: --reason TEXT');
  const criteria = Object.keys(answers).filter((id) => answers[id]?.answer === (decision === 'accept' ? 'yes' : 'no'));
  if (decision === 'accept') return { event: 'accepted', reason, criteria };
  const assistance = oneOf('--assistance', options.assistance ?? [], ASSISTANCE);
  return { event: 'declined', reason, criteria, ...(assistance.length > 0 ? { assistance } : {}) };
}

function nextAfter(number: string, decision: Decision): NextStep[] {
  if (decision === 'accept') return [{ command: `vcc notify ${number} --vendor SLUG`, why: 'the first attempt to reach the vendor sets the start day (vcc vendor list shows the registry)' }];
  if (decision === 'later') return [{ command: `vcc triage ${number}`, why: 'decide when the open criteria are answered' }];
  return [{ command: 'vcc list', why: 'the next case that needs you' }];
}

async function askCvss(env: Environment, view: CaseView, given: string | undefined): Promise<CvssScore | undefined> {
  if (given === '' || (given === undefined && (view.record.file.cvss ?? []).length > 0)) return undefined;
  return answerOrNone(env, { flag: '--cvss', given, message: 'CVSS vector', otherwise: 'not known' }, scoreCvss);
}

const bestScore = (view: CaseView): number | undefined => {
  const scores = (view.record.file.cvss ?? []).map((cvss) => cvss.score ?? scoreCvss(cvss.vector).score);
  return scores.length === 0 ? undefined : Math.max(...scores);
};

const withCvss = (file: CaseFile, { version, vector, score }: CvssScore): NonNullable<CaseFile['cvss']> => [...(file.cvss ?? []).filter((known) => known.version !== version), { version, vector, score }];

function cvssIntoCase(session: Session, { record }: CaseView, cvss: CvssScore): FileWrite {
  const path = `${record.folder}/case.md`;
  const text = new TextDecoder().decode(session.repository.tree.read(path));
  return { path, text: editFrontMatter(text, [{ path: ['cvss'], value: withCvss(record.file, cvss) }]) };
}

function missingAdvisories({ repository }: Session, { record: { file, folder } }: CaseView, cvss: CvssScore | undefined): FileWrite[] {
  const known = cvss ? { ...file, cvss: withCvss(file, cvss) } : file;
  const missing = (['en', 'ja'] as const).filter((language) => repository.tree.read(`${folder}/advisory.${language}.md`) === undefined);
  return missing.map((language) => advisorySkeleton({ file: known, folder }, language, repository.configuration));
}

function answerReporter(env: Environment, session: Session, view: CaseView, decided: Decided, reporter: Reporter | undefined, inClear: string | undefined, coordinator: Coordinator): Promise<ReporterMessage> {
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

const HELP = {
  'vendor-contact-data': { en: 'We can give you contact data of the vendor.', ja: '製品開発者の連絡先をお知らせいたします。' },
  'contact-attempt': { en: 'We can try to reach the vendor if it does not answer you.', ja: '製品開発者から応答がない場合、当方から連絡を試みます。' },
} as const;
