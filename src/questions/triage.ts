import { didYouMean } from '../domain/near-word.ts';
import { refusal, usage } from '../domain/problem.ts';
import type { Answers } from '../domain/acceptance.ts';
import type { Spread } from '../domain/priority.ts';
import type { SimilarCase } from '../domain/similar-cases.ts';
import { legibleLine } from '../documents/legible.ts';
import type { Environment } from '../environment.ts';
import type { AcceptanceCriterion, CaseFile, PriorityFlag } from '../generated/documents.ts';

export type Decision = 'accept' | 'decline' | 'later';

/** The flags of vcc triage. */
export interface TriageFlags {
  readonly case: string;
  readonly criterion?: readonly string[];
  readonly spread?: string;
  readonly cvss?: string;
  readonly flag?: readonly string[];
  readonly ssvc?: readonly string[];
  readonly related?: readonly string[];
  readonly accept?: boolean;
  readonly despite?: readonly string[];
  readonly decline?: boolean;
  readonly duplicateOf?: string;
  readonly reason?: string;
  readonly assistance?: readonly string[];
  readonly ask?: boolean;
  readonly question?: readonly string[];
  readonly at?: string;
  readonly edit?: boolean;
  readonly inClear?: string;
}

export const ASSISTANCE = ['vendor-contact-data', 'contact-attempt'] as const;
const SPREADS: readonly Spread[] = ['wide', 'medium', 'narrow', 'unknown'];
/** One answer for one criterion, or for several at once. */
const ANSWER = /^([a-z][a-z0-9-]*(?:,[a-z][a-z0-9-]*)*)=(yes|no|unknown)(?::(.*))?$/s;
const DESPITE = /^([a-z][a-z0-9-]*)=(.*\S.*)$/s;

/** Refuses flags that contradict each other, or that say nothing. */
export function refuseContradictions(env: Environment, options: TriageFlags, number: string, criteria: readonly AcceptanceCriterion[]): void {
  const decides = options.accept === true || options.decline === true;
  if (options.accept && options.decline) throw usage('--accept and --decline contradict each other', 'Give one of them.');
  if (options.assistance !== undefined && options.accept) throw usage('--assistance is for a reporter whose report is declined', 'Leave it out, or give --decline.');
  if (options.duplicateOf !== undefined && options.decline !== true && !env.ask.interactive) throw usage('--duplicate-of is the ground of a decline', 'Give --decline too; cases that only belong together are linked by --related NUMBER.');
  if (options.despite !== undefined && options.accept !== true && !env.ask.interactive) throw usage('--despite is said when a case is taken', 'Give --accept too.');
  if (options.ask === true && decides) throw usage('--ask is for a case that is not decided now', 'Leave --ask out; the reporter gets the decision with its reason.');
  if (options.question !== undefined && options.ask !== true && !env.ask.interactive) throw usage('--question is a question of --ask', 'Give --ask too.');
  if (env.ask.interactive) return;
  if (options.reason !== undefined && !decides) throw usage('--reason is the reason of a decision, and there is none', 'Give --accept or --decline too.');
  const given = [options.criterion, options.spread, options.cvss, options.flag, options.ssvc, options.related, options.accept, options.decline, options.ask];
  if (given.every((flag) => flag === undefined)) throw usage('Nothing to record: no criterion, no spread, no CVSS and no decision was given', `vcc triage ${number} --criterion ID=yes ... --accept --reason TEXT; the criteria: ${criteria.map((criterion) => criterion.id).join(', ')}`);
}

/** The answers known so far, then those of --criterion, then those of the person; nothing is guessed (policy B). */
export async function askCriteria(env: Environment, criteria: readonly AcceptanceCriterion[], known: Answers, given: readonly string[], groundOf: (criterion: AcceptanceCriterion) => string | undefined): Promise<Answers> {
  const answers: Answers = { ...known };
  for (const text of given) {
    const [, ids, answer, note] = ANSWER.exec(text) ?? [];
    if (ids === undefined || answer === undefined) throw usage(`--criterion: ${JSON.stringify(text)} is not ID=yes, ID=no or ID=unknown`, `A note may follow: --criterion ${criteria[0]?.id ?? 'id'}=yes:"seen on version 2.1"`);
    const trimmed = note?.trim();
    for (const id of ids.split(',')) {
      if (!criteria.some((criterion) => criterion.id === id)) throw usage(`--criterion: the policy has no criterion ${JSON.stringify(id)}`, `${didYouMean(id, criteria.map((criterion) => criterion.id))}It has: ${criteria.map((criterion) => criterion.id).join(', ')}`);
      answers[id] = { answer: answer as 'yes' | 'no' | 'unknown', ...(trimmed ? { note: trimmed } : {}) };
    }
  }
  if (!env.ask.interactive || given.length > 0) return answers;
  for (const criterion of criteria) {
    // What was not known may be known now.
    const before = answers[criterion.id];
    if (before && before.answer !== 'unknown') continue;
    const ground = groundOf(criterion);
    const answer = await env.ask.select({
      flag: `--criterion ${criterion.id}=ANSWER`,
      message: `${criterion.question.en ?? criterion.question.ja ?? criterion.id} (${criterion.source})${ground === undefined ? '' : ` [${ground}]`}`,
      choices: [{ value: 'yes', name: 'yes' }, { value: 'no', name: 'no' }, { value: 'unknown', name: 'unknown' }, { value: 'leave', name: before ? 'still unknown' : 'leave open' }] as const,
      ...(before ? { default: 'leave' as const } : {}),
    });
    if (answer === 'leave') continue;
    const note = await env.ask.text({ flag: `--criterion ${criterion.id}=${answer}:NOTE`, message: 'Note (Enter: none)', optional: true });
    answers[criterion.id] = { answer, ...(note === '' ? {} : { note }) };
  }
  return answers;
}

/** The decision of --accept or --decline, or of the person. */
export async function askDecision(env: Environment, given: { readonly accept?: boolean; readonly decline?: boolean }, suggestion: string | undefined): Promise<Decision> {
  if (given.accept === true) return 'accept';
  if (given.decline === true) return 'decline';
  // Whoever answers criteria by flags and gives no decision has not decided yet.
  if (!env.ask.interactive) return 'later';
  return env.ask.select<Decision>({
    flag: '--accept or --decline',
    message: suggestion === undefined ? 'Decision' : `Decision (${suggestion})`,
    choices: [{ value: 'accept', name: 'accept' }, { value: 'decline', name: 'decline' }, { value: 'later', name: 'decide later' }],
    // Enter alone decides nothing that the reporter would be told.
    default: suggestion === undefined ? 'later' : 'decline',
  });
}

/** Refuses a decision on a checklist with holes: silence is no answer, unknown is one (policy B). */
export function refuseIncomplete(open: readonly AcceptanceCriterion[]): void {
  if (open.length === 0) return;
  throw refusal('checklist-open', `The checklist is not complete: ${open.map((criterion) => criterion.id).join(', ')}`, `Answer each, unknown is an answer too: --criterion ${open[0]?.id ?? 'ID'}=unknown:"asked the reporter"`);
}

/** Why the case is taken although these criteria are answered no: each reason from --despite, or from the person. */
export async function askDespite(env: Environment, unmet: readonly AcceptanceCriterion[], given: readonly string[]): Promise<Record<string, string>> {
  const reasons: Record<string, string> = {};
  for (const text of given) {
    const [, id, reason] = DESPITE.exec(text) ?? [];
    if (id === undefined || reason === undefined) throw usage(`--despite: ${JSON.stringify(text)} is not ID=REASON`, `For example --despite ${unmet[0]?.id ?? 'maintained'}="the vendor has announced a fix"`);
    if (!unmet.some((criterion) => criterion.id === id)) throw usage(`--despite: ${id} is no required criterion that is answered no`, unmet.length === 0 ? 'Leave it out.' : `Those are: ${unmet.map((criterion) => criterion.id).join(', ')}`);
    reasons[id] = reason.trim();
  }
  for (const { id } of unmet) {
    if (reasons[id] !== undefined) continue;
    if (!env.ask.interactive) throw refusal('criterion-not-met', `${id} is required and answered no: an acceptance says why the case is taken all the same`, `--despite ${id}="REASON", or decline it: --decline --reason TEXT`);
    reasons[id] = await env.ask.text({ flag: `--despite ${id}=REASON`, message: `${id} is answered no. Why is the case taken all the same?` });
  }
  return reasons;
}

/** The case that a declined one is a duplicate of, from the flag or chosen among the likely ones. */
export async function askDuplicate(env: Environment, given: string | undefined, likely: readonly SimilarCase[]): Promise<string | undefined> {
  if (given !== undefined || !env.ask.interactive || likely.length === 0) return given;
  const choices = likely.map(({ record, why }) => ({ value: record.number, name: record.number, description: legibleLine(why.join('; ')) }));
  const chosen = await env.ask.select({ flag: '--duplicate-of', message: 'Is it a duplicate?', choices: [{ value: '', name: 'no, a flaw of its own' }, ...choices], default: '' });
  return chosen === '' ? undefined : chosen;
}

/** The flags of policy.yaml that hold: given, known from before as far as the policy still has them, or ticked by the person (policy C). */
export async function askFlags(env: Environment, flags: readonly PriorityFlag[], given: readonly string[] | undefined, known: readonly string[] | undefined): Promise<string[]> {
  const ids = flags.map(({ id }) => id);
  if (given !== undefined) return [...new Set(oneOf('--flag', given, ids))];
  if (known !== undefined || !env.ask.interactive || flags.length === 0) return (known ?? []).filter((id) => ids.includes(id));
  return [...(await env.ask.several({ flag: '--flag', message: 'Which of these hold? They raise the priority', choices: flags.map(({ id, question, raisesTo, source }) => ({ value: id, name: id, description: `${question.en ?? question.ja ?? ''} Raises it to ${raisesTo} (${source})` })) }))];
}

/** How widely the product is used (guideline appendix 4); unknown where nobody says. */
export async function askSpread(env: Environment, given: string | undefined, known: Spread | undefined): Promise<Spread> {
  if (given !== undefined) return oneOf('--spread', [given], SPREADS)[0] ?? 'unknown';
  if (known !== undefined) return known;
  if (!env.ask.interactive) return 'unknown';
  return env.ask.select({ flag: '--spread', message: 'How widely is the product used?', choices: SPREADS.map((value) => ({ value, name: value })), default: 'unknown' });
}

/** The given values, each of which must be among the allowed ones; else a usage error that names the flag. */
export function oneOf<T extends string>(flag: string, given: readonly string[], allowed: readonly T[]): T[] {
  return given.map((value) => {
    const known = allowed.find((candidate) => candidate === value);
    if (known === undefined) throw usage(`${flag}: unknown value ${JSON.stringify(value)}`, `One of: ${allowed.join(', ')}`);
    return known;
  });
}

/** Whether the questions go to the reporter now. */
export const askWhetherToAsk = async (env: Environment, route: CaseFile['route']): Promise<boolean> =>
  (await env.ask.select({ flag: '--ask', message: route === 'partnership' ? 'Have the receiving organisation ask the reporter?' : 'Send these questions to the reporter?', choices: [{ value: 'leave', name: 'not now' }, { value: 'ask', name: route === 'partnership' ? 'show what to type' : 'send them' }] as const })) === 'ask';
