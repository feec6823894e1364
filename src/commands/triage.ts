import { openReporter, reporterLanguage, reporterToKeepOut } from '../letters/correspondence.ts';
import { decisionLetter, openQuestions, questionsLetter, type Decided } from '../letters/decision-letters.ts';
import { planLetters } from '../letters/edited-letters.ts';
import { draftAdvisory } from '../documents/advisory-draft.ts';
import { linkCases, writeCaseFields, type CaseFileEdit } from '../documents/case-links.ts';
import { beforeLines, checklistTable, groundText, scopeLines, similarLines, ssvcLine } from '../documents/triage-sheet.ts';
import { beyondScope, criteriaFor, groundsFor, isBeyondScope, scopeReason, unansweredCriteria, unmetCriteria, type Answers } from '../domain/acceptance.ts';
import { bestScore, scoreCvss, withScore, type CvssScore } from '../domain/cvss.ts';
import { isOpen } from '../domain/case-state.ts';
import { hasReporter, type CaseRecord } from '../domain/case.ts';
import type { FileWrite, NextStep } from '../domain/plan.ts';
import { priorityOf } from '../domain/priority.ts';
import { refusal, usage } from '../domain/problem.ts';
import { questionList } from '../domain/reporter-questions.ts';
import { likenessOf, similarCases } from '../domain/similar-cases.ts';
import { ssvcOffers } from '../domain/ssvc.ts';
import { draftFacts } from '../draft-facts.ts';
import type { Environment } from '../environment.ts';
import type { Reporter } from '../generated/documents.ts';
import { answerOrNone } from '../questions/answer.ts';
import { actingCoordinator, authorOf, carryOut, openSession, pastMoment, viewCaseToChange, type CaseView, type Session } from '../session.ts';
import { askSsvc } from '../questions/ssvc.ts';
import { ASSISTANCE, askCriteria, askDecision, askDespite, askDuplicate, askFlags, askSpread, askWhetherToAsk, oneOf, refuseContradictions, refuseIncomplete, type Decision, type TriageFlags } from '../questions/triage.ts';

/** vcc triage: checklist, priority and decision, with the reasoned answer to the reporter (policy B, C, D; guideline appendix 4). */
export async function triage(env: Environment, options: TriageFlags): Promise<number> {
  const session = openSession(env);
  const coordinator = await actingCoordinator(env, session);
  const view = viewCaseToChange(session, options.case);
  const { record, state } = view;
  const { policy } = session.repository;
  const criteria = criteriaFor(policy, record.file.route);
  refuseContradictions(env, options, record.number, criteria);
  const undecided = state.status === 'received';
  // What is learnt later changes the assessment, and the ladder asks for it; the decision stands.
  if (!undecided && (options.accept === true || options.decline === true || !isOpen(state.status))) {
    throw refusal('already-decided', `${record.number} is ${state.status}: it was decided already`, state.status === 'declined' || state.status === 'closed' ? `vcc record ${record.number} reopened --reason TEXT` : `vcc show ${record.number}`);
  }
  const { scope, similar, grounds } = showFacts(env, session, view, undecided);
  const before = state.assessed?.entry;
  const answers = await askCriteria(env, criteria, before?.criteria ?? {}, options.criterion ?? [], ({ id }) => grounds.get(id));
  const cvss = await askCvss(env, record, options.cvss);
  const spread = await askSpread(env, options.spread, before?.spread);
  const flags = await askFlags(env, policy.priority.flags ?? [], options.flag, before?.flags);
  const tables = policy.ssvc ?? [];
  const ssvc = await askSsvc(env, tables, undecided ? ['triage'] : ['publication'], options.ssvc, before?.ssvc ?? [], ssvcOffers(record.file, state));
  const severity = cvss?.score ?? bestScore(record.file.cvss ?? []);
  const priority = priorityOf(policy, { spread, ...(severity === undefined ? {} : { severity }), exploited: (state.latches.exploit ?? state.latches.attacks) !== undefined, flags });
  const open = unansweredCriteria(policy, record.file.route, answers);
  const unknown = criteria.filter(({ id }) => answers[id]?.answer === 'unknown');
  if (!env.out.json) env.out.say(checklistTable(criteria, answers, env.out.width));
  for (const [what, which] of [['Not answered', open], ['Answered "unknown"', unknown]] as const) if (which.length > 0) env.out.say(`${what}: ${which.map(({ id }) => id).join(', ')}`);
  for (const decision of ssvc) env.out.say(`SSVC ${ssvcLine(decision, tables)}`);

  const beyond = isBeyondScope(scope, record.file.products);
  const decision = undecided ? await askDecision(env, options, beyond ? 'out of scope: decline' : undefined) : 'later';
  const duplicateOf = decision === 'decline' ? await askDuplicate(env, options.duplicateOf, similar.filter(({ kind }) => kind === 'duplicate')) : undefined;
  const original = duplicateOf === undefined ? undefined : otherCase(session, record, '--duplicate-of', duplicateOf);
  // What is not handled here, or is handled in another case, needs no examination.
  if (decision === 'accept' || (decision === 'decline' && !beyond && !original)) refuseIncomplete(open);
  const { reporter, notices } = decision === 'later' ? await reporterToKeepOut(env, session, record) : { reporter: await openReporter(env, session, record), notices: [] };
  const decided = decision === 'later' ? undefined : await decide();
  const desk = { view, reporter, coordinator, inClear: options.inClear };
  const questions = decided === undefined ? await questionsToAsk(env, session, view, answers, options, reporter) : undefined;
  const answer = decided ? await decisionLetter(env, session, desk, decided) : questions ? await questionsLetter(env, session, desk, questions, options.question ?? []) : undefined;

  const at = pastMoment(session, options.at);
  const verb = decided?.event ?? 'assessed';
  const onlyAsks = questions !== undefined && [options.criterion, options.spread, options.cvss, options.flag, options.ssvc, options.related].every((flag) => flag === undefined) && !env.ask.interactive;
  const edits: CaseFileEdit[] = [
    ...(cvss ? [{ record, fields: { cvss: withScore(record.file.cvss ?? [], cvss) } }] : []),
    ...[...(original ? [original] : []), ...(options.related ?? []).map((number) => otherCase(session, record, '--related', number))].flatMap((other) => linkCases(record, other)),
  ];
  const purpose = decided?.event ?? ('questions' as const);
  const plan = await planLetters(
    env,
    session,
    {
      record,
      reporter,
      summary: onlyAsks ? `${record.number}: questions to the reporter` : `${record.number}: ${verb}, handling: ${priority.priority} (${priority.why})`,
      action: onlyAsks ? 'ask the reporter' : `${verb} (handling: ${priority.priority})`,
      // The reason stands in the log entry: a commit message travels further, into mails and chat rooms.
      story: onlyAsks ? 'What the report leaves open was asked back from the reporter.' : `The acceptance checklist was answered${decided ? ` and the case was ${verb}` : undecided ? '; the decision is open' : ' anew; the decision stands'}.\n\nPriority: ${priority.why}`,
      entries: [
        ...(onlyAsks ? [] : [{ event: 'assessed' as const, criteria: answers, spread, priority: priority.priority, ...(severity === undefined ? {} : { severity }), ...(flags.length > 0 ? { flags } : {}), ...(ssvc.length > 0 ? { ssvc } : {}), prose: `Priority: ${priority.why}` }]),
        ...(decided ? [decided] : []),
        // The decision may be of yesterday; the letter is of now.
        ...(answer?.sent ? [{ event: 'reporter-contacted' as const, purpose, means: 'mail' as const, message: answer.sent, ...(at === undefined ? {} : { at: session.now }) }] : []),
      ],
      writes: [...writeCaseFields(session.repository.tree, edits), ...(decided?.event === 'accepted' ? missingAdvisories(session, view, cvss) : [])],
      messages: answer?.message ? [answer.message] : [],
      notices: [...notices, ...(decided?.event === 'declined' && !beyond && !original && decided.criteria?.length === 0 ? ['the decline rests on no criterion that is answered no'] : []), ...(answer?.notices ?? [])],
      next: [...nextAfter(record.number, decision, undecided ? open.length + unknown.length : undefined, decided), ...(answer?.next ?? [])],
    },
    authorOf(env, session, coordinator, at),
    options.edit,
  );
  const { decidedBy } = priority;
  return carryOut(env, session, plan, { case: record.number, decision, priority: priority.priority, decidedBy, ssvc, unanswered: open.map(({ id }) => id), outOfScope: scope.map(({ rule }) => rule.kind), grounds: [...grounds.keys()], similar: similar.map((other) => ({ case: other.record.number, kind: other.kind, why: other.why })) });

  /** The decision as it is logged: with its reason and the criteria that it rests on. */
  async function decide(): Promise<Decided> {
    const despite = decision === 'accept' ? await askDespite(env, unmetCriteria(criteria, answers), options.despite ?? []) : {};
    const offered = beyond && decision === 'decline' ? scopeReason(scope, reporterLanguage(reporter, record.file)) : undefined;
    const reason = options.reason ?? (offered !== undefined && !env.ask.interactive ? offered : await env.ask.text({ flag: '--reason', message: 'Why (the reporter is told)', ...(offered === undefined ? {} : { default: offered }) }));
    if (reason.trim() === '') throw usage('--reason is empty', 'The reporter is told the decision and the reason: --reason TEXT');
    const ids = criteria.flatMap(({ id }) => (answers[id]?.answer === (decision === 'accept' ? 'yes' : 'no') ? [id] : []));
    if (decision === 'accept') return { event: 'accepted', reason, criteria: ids, ...(Object.keys(despite).length > 0 ? { despite } : {}) };
    const assistance = oneOf('--assistance', options.assistance ?? [], ASSISTANCE);
    return { event: 'declined', reason, criteria: ids, ...(beyond ? { outOfScope: scope.map(({ rule }) => rule.kind) } : {}), ...(original ? { duplicateOf: original.number } : {}), ...(assistance.length > 0 ? { assistance } : {}) };
  }
}

/** Says what a decision has to know before anything is asked: scope, age, likely duplicates, and what was decided before. */
function showFacts(env: Environment, session: Session, { record, state, dues }: CaseView, undecided: boolean) {
  const { policy } = session.repository;
  const { file } = record;
  const scope = beyondScope(policy, file.products);
  const grounds = new Map(criteriaFor(policy, file.route).flatMap((criterion) => groundsFor(criterion, dues, session.now).map((due) => [criterion.id, groundText(due, file, session.zone)] as const)));
  const similar = undecided ? similarCases(likenessOf(record), othersThan(session, record)) : [];
  const lines = [...beforeLines(state, session.zone), ...scopeLines(scope), ...[...grounds].map(([id, text]) => `ground to decline (${id}): ${text}`), ...similarLines(similar)];
  for (const line of lines) env.out.say(line);
  return { scope, grounds, similar };
}

function* othersThan(session: Session, record: CaseRecord): Iterable<CaseRecord> {
  for (const other of session.repository.cases()) if (other.number !== record.number) yield other;
}

function otherCase(session: Session, record: CaseRecord, flag: string, reference: string): CaseRecord {
  const other = session.repository.find(reference);
  if (other.number === record.number) throw usage(`${flag}: ${record.number} is this very case`, 'Name the other one; vcc list --all shows the cases.');
  return other;
}

/** The questions for --ask, or for a person who wants them sent; undefined where nobody asks. */
async function questionsToAsk(env: Environment, session: Session, view: CaseView, answers: Answers, options: TriageFlags, reporter: Reporter | undefined) {
  if (options.ask !== true && !env.ask.interactive) return undefined;
  const questions = await openQuestions(env, session, view, answers);
  const further = options.question ?? [];
  if (questions.length + further.length === 0) {
    if (options.ask === true) throw refusal('nothing-to-ask', `The report of ${view.record.number} lacks nothing that the policy asks for`, `Answer a criterion with unknown, or ask in your own words: --ask --question TEXT`);
    return undefined;
  }
  env.out.say(`Questions to the reporter:\n${questionList(questions, further, reporterLanguage(reporter, view.record.file))}`);
  return options.ask === true || (await askWhetherToAsk(env, view.record.file.route)) ? questions : undefined;
}

function nextAfter(number: string, decision: Decision, open: number | undefined, decided: Decided | undefined): NextStep[] {
  if (open === undefined) return [{ command: `vcc show ${number}`, why: 'where the case stands' }];
  if (decision === 'accept') return [{ command: `vcc notify ${number} --vendor SLUG`, why: 'the first attempt to reach the vendor sets the start day (vcc vendor list shows the registry)' }];
  if (decision === 'later' && open > 0) return [{ command: `vcc triage ${number}`, why: 'decide when the open criteria are answered' }];
  if (decision === 'later') return [{ command: `vcc triage ${number} --accept --reason TEXT`, why: 'every criterion is answered: decide, or --decline' }];
  const help = decided?.event === 'declined' ? (decided.assistance ?? []) : [];
  return [
    ...(help.includes('vendor-contact-data') ? [{ command: `vcc notify ${number} --reporter --purpose assistance --vendor SLUG`, why: 'tell the reporter how the vendor is reached' }] : []),
    ...(help.includes('contact-attempt') ? [{ command: `vcc notify ${number} --vendor SLUG --purpose assistance`, why: 'try to reach the vendor; the letter holds no details' }] : []),
    { command: 'vcc list', why: 'the next case that needs you' },
  ];
}

async function askCvss(env: Environment, { file }: CaseRecord, given: string | undefined): Promise<CvssScore | undefined> {
  if (given === '' || (given === undefined && (file.cvss ?? []).length > 0)) return undefined;
  return answerOrNone(env, { flag: '--cvss', given, message: 'CVSS vector', otherwise: 'not known' }, scoreCvss);
}

/** What is known at this day; a later vcc draft adds what came since, and whom to credit. */
function missingAdvisories(session: Session, view: CaseView, cvss: CvssScore | undefined): FileWrite[] {
  const { repository: { tree, configuration } } = session;
  const { record } = view;
  const known = cvss ? { ...record, file: { ...record.file, cvss: withScore(record.file.cvss ?? [], cvss) } } : record;
  const facts = draftFacts(session, { ...view, record: known }, hasReporter(record) ? { credit: { gap: 'as the reporter wishes: vcc draft names who agreed to it; remove the section where the reporter stays anonymous' } } : {});
  const { number, folder } = record;
  const missing = (['en', 'ja'] as const).filter((language) => tree.read(`${folder}/advisory.${language}.md`) === undefined);
  return missing.map((language) => {
    const { path, text } = draftAdvisory(facts, { number, folder, language, configuration });
    return { path, text };
  });
}
