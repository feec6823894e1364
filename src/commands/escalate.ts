import type { CaseChange } from '../documents/case-change.ts';
import { committeePapers } from '../documents/committee-papers.ts';
import { meansAsData, meansSentence, stepTitle } from '../documents/escalation-text.ts';
import { describeMatch } from '../domain/entry-match.ts';
import { atEndOfLadder, commandForNeed, escalatedBecause, nextEscalation, reached, type NextEscalation } from '../domain/escalation.ts';
import { keptOut } from '../domain/dropped-marks.ts';
import { identityIn } from '../domain/identity.ts';
import { localDate, showInstant } from '../domain/instant.ts';
import { refusal, usage } from '../domain/problem.ts';
import { productsOf } from '../domain/unreachable.ts';
import type { Environment } from '../environment.ts';
import type { Coordinator } from '../generated/documents.ts';
import { reporterToKeepOut } from '../letters/correspondence.ts';
import { announceDate, decide, type DecisionFlags } from '../letters/decision.ts';
import { listDeveloper } from '../letters/listing.ts';
import { remind } from '../letters/reminder.ts';
import { planLetters } from '../letters/edited-letters.ts';
import type { ListFlags } from '../questions/unreachable.ts';
import { actingCoordinator, authorOf, carryOut, openSession, viewCase, viewCaseToChange, type CaseView, type Session } from '../session.ts';

export interface EscalateOptions extends ListFlags, DecisionFlags {
  readonly edit?: boolean;
  readonly case: string;
  readonly vendor?: string;
  readonly papers?: boolean;
}

type Due = Extract<NextEscalation, { kind: 'due' }>;
/** What a step does besides its entry. */
type Addition = Partial<Omit<CaseChange, 'record' | 'summary' | 'action' | 'story'>> & { readonly fields?: object };

/** vcc escalate: the next step of the ladder for a vendor that does not answer or disputes the flaw, with the entries it rests on; refuses when it is not due. */
export async function escalate(env: Environment, options: EscalateOptions): Promise<number> {
  const session = openSession(env);
  if (options.papers === true) return papers(env, session, options);
  const coordinator = await actingCoordinator(env, session);
  const view = viewCaseToChange(session, options.case);
  const slug = await vendorOf(env, view, options.vendor);
  const { record, state } = view;
  const { number } = record;
  const { policy } = session.repository;
  const next = nextEscalation(record, state, slug, policy, session.calendar, session.now);
  const means = meansSentence(state, slug, session.zone);
  switch (next.kind) {
    case 'none': {
      const vendor = state.vendors.get(slug);
      if (options.publish === true && record.file.route === 'direct' && vendor && atEndOfLadder(policy, record, vendor)) return anotherDate(env, session, view, slug, coordinator, options);
      throw refusal('no-step', `${number}: there is no step to take for ${slug}: ${next.why}`, `vcc show ${number}`);
    }
    case 'not-yet': {
      throw refusal('not-due', `${number}: "${stepTitle(next.step)}" is not due for ${slug} before ${showInstant(next.due, session.zone)}`, `It rests on ${next.evidence.map((logged) => logged.name).join(', ') || 'nothing yet'}.${next.missing.length === 0 ? '' : `\nIt still needs ${next.missing.map(describeMatch).join(', ')}:\n${next.missing.map((match) => commandForNeed(match, number, slug)).join('\n')}`}\n${slug} was ${means}\nUntil then: vcc due --case ${number}`);
    }
    case 'blocked':
      throw refusal('step-blocked', `${number}: "${stepTitle(next.step)}" needs an entry first: ${next.missing.map(describeMatch).join(', ')}${next.from === undefined ? '' : `; its time runs from then on, so with an entry of now it is due after ${showInstant(next.from, session.zone)}`}`, `${next.missing.map((match) => commandForNeed(match, number, slug)).join('\n')}\n${slug} was ${means}`);
    case 'due': {
      refuseForeignFlags(next, options);
      const change = stepChange(session, view, slug, next, await additionOf(env, session, view, slug, coordinator, next, options));
      const plan = await planLetters(env, session, change, authorOf(env, session, coordinator), options.edit);
      return carryOut(env, session, plan, { case: number, vendor: slug, step: next.step.id, means: meansAsData(state, slug, session.zone) });
    }
  }
}

function stepChange(session: Session, view: CaseView, slug: string, { step, evidence }: Due, { fields, entries = [], notices = [], next, ...addition }: Addition): CaseChange {
  const { record, state } = view;
  const { number } = record;
  const vendor = state.vendors.get(slug);
  const because = vendor && escalatedBecause(vendor) === 'disagreement' ? `${slug} disputes the flaw` : `${slug} does not answer`;
  const means = meansSentence(state, slug, session.zone);
  return {
    record,
    summary: `${number}: ${slug}: ${stepTitle(step)}`,
    action: `escalate ${slug} (${step.id})`,
    story: `${because}. It was ${means}\n\nThe step of the ladder rests on:\n${evidence.map((logged) => `- ${logged.name}`).join('\n')}\n\nSource: ${step.source}`,
    ...addition,
    entries: [{ event: 'escalated', vendor: slug, step: step.id, evidence: evidence.map((logged) => logged.name), ...fields }, ...entries],
    notices: [`${slug} was ${means}`, ...notices],
    next: next ?? [
      { command: `vcc record ${number} vendor-replied --vendor ${slug}`, why: 'when it answers: it leaves the ladder, and the list' },
      { command: `vcc due --case ${number}`, why: 'when the step after this is due' },
    ],
  };
}

async function additionOf(env: Environment, session: Session, view: CaseView, slug: string, coordinator: Coordinator, { step }: Due, options: EscalateOptions): Promise<Addition> {
  const { number } = view.record;
  switch (step.reaches) {
    case 'list-name':
      return listDeveloper(env, session, view, slug, options);
    case 'list-product':
      if (productsOf(view.record, view.state, slug).length === 0) throw refusal('no-product', `${number}: case.md names no product of ${slug}, so there is nothing to disclose`, `Write registry: ${slug} at its product in ${view.record.folder}/case.md, and commit it.`);
      return { next: [{ command: 'vcc unreachable render', why: 'the list as the public is to read it' }] };
    case 'contact-limit': {
      if (step.limit === undefined) throw refusal('no-limit', `policy.yaml does not say how long the developer may still get in touch (${step.id})`, `Add to the step ${step.id} of policy.yaml: limit: { amount: 1, unit: month }`);
      const until = localDate(session.calendar.add(session.now, step.limit, { roll: 'next-business-day' }), session.zone);
      return { fields: { until }, notices: [`the last day for getting in touch is ${until}`], next: [{ command: 'vcc unreachable render', why: 'the list as the public is to read it' }, { command: `vcc due --case ${number}`, why: 'when the committee may be asked' }] };
    }
    case 'committee':
      return {
        next: [
          { command: `vcc escalate ${number} --vendor ${slug} --papers`, why: 'the papers for the committee' },
          { command: `vcc record ${number} opinion-asked --vendor ${slug} --until YYYY-MM-DD --means mail`, why: 'the developer may comment; for an unreachable one the list stands for it' },
          { command: `vcc record ${number} committee-cleared`, why: 'or committee-refused, or committee-returned, when it has judged' },
        ],
      };
    case 'decision': {
      const { reporter, choice, ...decision } = await decide(env, session, view, slug, coordinator, options);
      return { ...decision, ...(choice === 'close' ? { reporter } : {}) };
    }
    default: {
      if (step.message !== 'reminder') return {};
      const { message, sent } = remind(env, session, view, slug, coordinator, options.inClear);
      return { fields: { message: sent }, messages: [message] };
    }
  }
}

/** At the end of the ladder: the same letter with another date. */
async function anotherDate(env: Environment, session: Session, view: CaseView, slug: string, coordinator: Coordinator, options: EscalateOptions): Promise<number> {
  const { number } = view.record;
  const { entries, messages, notices, next } = await announceDate(env, session, view, slug, coordinator, options);
  const change: CaseChange = { record: view.record, summary: `${number}: ${slug} is told the date`, action: `tell ${slug} the date`, story: 'No resolution was found with the vendor, which is told the date beforehand (policy F).', entries, messages, notices, next };
  return carryOut(env, session, await planLetters(env, session, change, authorOf(env, session, coordinator), options.edit), { case: number, vendor: slug });
}

const FLAGS: Readonly<Record<string, readonly (keyof EscalateOptions)[]>> = {
  'list-name': ['kind', 'name', 'link', 'remarks', 'remarksJa'],
  decision: ['publish', 'close', 'date', 'reason'],
};

/** A flag that the step has no use for was meant for another step: nothing is done in the belief that it is that one. */
function refuseForeignFlags({ step }: Due, options: EscalateOptions): void {
  const own = FLAGS[step.reaches ?? ''] ?? [];
  const foreign = Object.values(FLAGS).flat().filter((flag) => options[flag] !== undefined && !own.includes(flag)).map((flag) => `--${flag.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
  if (foreign.length > 0) throw usage(`the step that is due is "${stepTitle(step)}" (${step.id}); it takes no ${foreign.join(', ')}`, 'Leave it out, or wait for the step that it is for.');
}

async function vendorOf(env: Environment, view: CaseView, given: string | undefined): Promise<string> {
  const { number } = view.record;
  const vendors = [...view.state.vendors.values()];
  if (vendors.length === 0) throw refusal('no-vendors', `${number} has no vendor yet`, `vcc notify ${number} --vendor SLUG`);
  const slug = given ?? (await env.ask.select({ flag: '--vendor', message: 'Which vendor is silent, or disputes the flaw?', choices: vendors.map((vendor) => ({ value: vendor.slug, name: `${vendor.slug} (${vendor.progress})` })) }));
  if (!view.state.vendors.has(slug)) throw refusal('vendor-not-in-case', `${slug} is no party to ${number}`, `vcc show ${number} lists its vendors`);
  return slug;
}

/** The papers that the committee judges by (guideline IV.3 (2) 2) and 3)); read by outsiders, so they never name the reporter. */
async function papers(env: Environment, session: Session, options: EscalateOptions): Promise<number> {
  const view = viewCase(session, options.case);
  const slug = await vendorOf(env, view, options.vendor);
  const { record, state } = view;
  const vendor = state.vendors.get(slug);
  if (vendor?.firstContact === undefined) throw refusal('no-step', `${record.number}: ${slug} was never contacted, so there is nothing for a committee to judge`, `vcc notify ${record.number} --vendor ${slug}`);
  const text = committeePapers({ record, state, vendor, registered: session.repository.vendor(slug)?.vendor, onList: reached(session.repository.policy, vendor, 'contact-limit'), zone: session.zone, now: session.now });
  const { reporter, notices } = await reporterToKeepOut(env, session, record);
  const leak = identityIn(text, reporter && keptOut(reporter, record));
  if (leak !== undefined) throw refusal('identity-in-papers', `The papers would give the ${leak} of the reporter to the committee`, 'Reword the entry or the advisory that names the reporter; a credit is added on publication.');
  notices.forEach((notice) => env.out.say(`note: ${notice}`));
  if (env.out.json) env.out.envelope('committee-papers', { case: record.number, vendor: slug, papers: text });
  else env.out.print(text);
  return 0;
}
