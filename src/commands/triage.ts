import { messageToReporter, openReporter, threadWith, type ReporterMessage } from '../correspondence.ts';
import { advisorySkeleton } from '../documents/advisory-skeleton.ts';
import { planChange, type NewEntry } from '../documents/case-change.ts';
import { editFrontMatter } from '../documents/front-matter.ts';
import { criteriaFor, unansweredCriteria } from '../domain/acceptance.ts';
import { scoreCvss, type CvssScore } from '../domain/cvss.ts';
import type { FileWrite, NextStep } from '../domain/plan.ts';
import { priorityOf } from '../domain/priority.ts';
import { refusal, usage } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import type { Coordinator, DeclinedEntry } from '../generated/documents.ts';
import { actingCoordinator, authorOf, carryOut, openSession, pastMoment, viewCaseToChange, type CaseView, type Session } from '../session.ts';
import { ASSISTANCE, FLAGS, askCriteria, askDecision, askSpread, oneOf, showUndecided, type Decision } from '../triage-questions.ts';

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
  if (state.status !== 'received') {
    throw refusal('already-decided', `${record.number} is ${state.status}: triage is for received cases`, state.status === 'declined' || state.status === 'closed' ? `vcc record ${record.number} reopened --reason TEXT` : `vcc show ${record.number}`);
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

  const decision = await askDecision(env, options, open);
  const reason = decision === 'later' ? undefined : (options.reason ?? (await env.ask.text({ flag: '--reason', message: 'Why (the reporter is told)' })));
  const entries: NewEntry[] = [{ event: 'assessed', criteria: answers, spread, priority: priority.priority, ...(severity === undefined ? {} : { severity }), ...(flags.length > 0 ? { flags } : {}) }];
  const noAnswer: ReporterMessage = { notices: [], next: [] };
  let answer = noAnswer;
  if (decision !== 'later' && reason !== undefined) {
    const cited = Object.keys(answers).filter((id) => answers[id]?.answer === (decision === 'accept' ? 'yes' : 'no'));
    const assistance = oneOf('--assistance', options.assistance ?? [], ASSISTANCE);
    entries.push(decision === 'accept' ? { event: 'accepted', reason, criteria: cited } : { event: 'declined', reason, criteria: cited, ...(assistance.length > 0 ? { assistance } : {}) });
    answer = await answerReporter(env, session, view, decision, reason, assistance, options.inClear, coordinator);
    if (answer.sent) entries.push({ event: 'reporter-contacted', purpose: decision === 'accept' ? 'accepted' : 'declined', means: 'mail', message: answer.sent });
  }
  const at = options.at === undefined ? session.now : readWhen(options.at, session.zone, '--at');
  const verb = decision === 'accept' ? 'accepted' : decision === 'decline' ? 'declined' : 'assessed';
  const plan = planChange(
    {
      number: record.number,
      folder: record.folder,
      summary: `${record.number}: ${verb}, priority ${priority.priority} (${priority.why})`,
      action: `${verb} (priority ${priority.priority})`,
      // The reason stands in the log entry: a commit message travels further, into mails and chat rooms.
      story: `${decision === 'later' ? 'The acceptance checklist was answered; the decision is open.' : `The acceptance checklist was answered and the case was ${verb}.`}\n\nPriority: ${priority.why}`,
      entries,
      writes: [...(cvss ? [cvssIntoCase(session, view, cvss)] : []), ...(decision === 'accept' ? missingAdvisories(session, view) : [])],
      messages: answer.message ? [answer.message] : [],
      notices: answer.notices,
      next: [...nextAfter(record.number, decision), ...answer.next],
    },
    { by: coordinator.slug, at, zone: session.zone, hex: () => env.random.hex(4) },
  );
  return carryOut(env, session, plan, { case: record.number, decision, priority: priority.priority, unanswered: open.map((criterion) => criterion.id) });
}

function nextAfter(number: string, decision: Decision): NextStep[] {
  if (decision === 'accept') return [{ command: `vcc notify ${number} --vendor SLUG`, why: 'the first attempt to reach the vendor sets the start day (vcc vendor list shows the registry)' }];
  if (decision === 'later') return [{ command: `vcc triage ${number}`, why: 'decide when the open criteria are answered' }];
  return [{ command: 'vcc list', why: 'the next case that needs you' }];
}

async function askCvss(env: Environment, view: CaseView, given: string | undefined): Promise<CvssScore | undefined> {
  const vector = given ?? (env.ask.interactive && (view.record.file.cvss ?? []).length === 0 ? await env.ask.text({ flag: '--cvss', message: 'CVSS vector (empty: not known)', optional: true }) : '');
  return vector === '' ? undefined : scoreCvss(vector);
}

const bestScore = (view: CaseView): number | undefined => {
  const scores = (view.record.file.cvss ?? []).map((cvss) => cvss.score ?? scoreCvss(cvss.vector).score);
  return scores.length === 0 ? undefined : Math.max(...scores);
};

function cvssIntoCase(session: Session, view: CaseView, cvss: CvssScore): FileWrite {
  const path = `${view.record.folder}/case.md`;
  const text = new TextDecoder().decode(session.repository.tree.read(path));
  const others = (view.record.file.cvss ?? []).filter((known) => known.version !== cvss.version);
  const { version, vector, score } = cvss;
  return { path, text: editFrontMatter(text, [{ path: ['cvss'], value: [...others, { version, vector, score }] }]) };
}

const missingAdvisories = (session: Session, view: CaseView): FileWrite[] =>
  (['en', 'ja'] as const).filter((language) => session.repository.tree.read(`${view.record.folder}/advisory.${language}.md`) === undefined).map((language) => advisorySkeleton(view.record, language, session.repository.configuration));

async function answerReporter(
  env: Environment,
  session: Session,
  view: CaseView,
  decision: 'accept' | 'decline',
  reason: string,
  assistance: readonly NonNullable<DeclinedEntry['assistance']>[number][],
  inClear: string | undefined,
  coordinator: Coordinator,
): Promise<ReporterMessage> {
  const shared = {
    file: view.record.file,
    reporter: await openReporter(env, session, view.record),
    ...threadWith(view, 'reporter'),
    inClear,
    coordinator,
    command: `vcc notify ${view.record.number} --reporter --purpose ${decision === 'accept' ? 'accepted' : 'declined'}`,
  };
  if (decision === 'accept') return messageToReporter(env, session, { ...shared, template: 'accepted', values: ({ title }) => ({ title, reason }) });
  return messageToReporter(env, session, {
    ...shared,
    template: 'declined',
    values: ({ title, language }) => ({ title, reason, assistance: assistance.map((help) => HELP[help][language]).join('\n') || undefined }),
  });
}

const HELP = {
  'vendor-contact-data': { en: 'We can give you contact data of the vendor.', ja: '製品開発者の連絡先をお知らせいたします。' },
  'contact-attempt': { en: 'We can try to reach the vendor if it does not answer you.', ja: '製品開発者から応答がない場合、当方から連絡を試みます。' },
} as const;
