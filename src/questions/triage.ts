import { didYouMean } from '../domain/near-word.ts';
import { refusal, usage } from '../domain/problem.ts';
import type { Spread } from '../domain/priority.ts';
import type { Environment } from '../environment.ts';
import type { AcceptanceCriterion, AssessedEntry } from '../generated/documents.ts';

export type Answers = AssessedEntry['criteria'];
export type Decision = 'accept' | 'decline' | 'later';

export const FLAGS = ['wide-effect', 'critical-infrastructure', 'many-users', 'high-impact'] as const;
export const ASSISTANCE = ['vendor-contact-data', 'contact-attempt'] as const;
const SPREADS: readonly Spread[] = ['wide', 'medium', 'narrow', 'unknown'];
/** One answer for one criterion, or for several at once. */
const ANSWER = /^([a-z][a-z0-9-]*(?:,[a-z][a-z0-9-]*)*)=(yes|no|unknown)(?::(.*))?$/s;

/** The answers known so far, then those of --criterion, then those of the person; nothing is guessed (policy B). */
export async function askCriteria(env: Environment, criteria: readonly AcceptanceCriterion[], known: Answers, given: readonly string[]): Promise<Answers> {
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
    if (answers[criterion.id]) continue;
    const answer = await env.ask.select({
      flag: `--criterion ${criterion.id}=ANSWER`,
      message: `${criterion.question.en ?? criterion.question.ja ?? criterion.id} (${criterion.source})`,
      choices: [{ value: 'yes', name: 'yes' }, { value: 'no', name: 'no' }, { value: 'unknown', name: 'unknown' }, { value: 'leave', name: 'leave open' }] as const,
    });
    if (answer === 'leave') continue;
    const note = await env.ask.text({ flag: `--criterion ${criterion.id}=${answer}:NOTE`, message: 'Note (Enter: none)', optional: true });
    answers[criterion.id] = { answer, ...(note === '' ? {} : { note }) };
  }
  return answers;
}

/** Says which criteria nobody answered, and which were answered with unknown. */
export function showUndecided(env: Environment, criteria: readonly AcceptanceCriterion[], answers: Answers, open: readonly AcceptanceCriterion[]): void {
  const unknown = criteria.filter((criterion) => answers[criterion.id]?.answer === 'unknown');
  if (open.length > 0) env.out.say(`Not answered: ${open.map((criterion) => criterion.id).join(', ')}`);
  if (unknown.length > 0) env.out.say(`Answered "unknown": ${unknown.map((criterion) => criterion.id).join(', ')}`);
}

/** The decision of --accept or --decline, or of the person; refuses one on an incomplete checklist. */
export async function askDecision(env: Environment, given: { readonly accept?: boolean; readonly decline?: boolean }, open: readonly AcceptanceCriterion[]): Promise<Decision> {
  const chosen: Decision | undefined = given.accept === true ? 'accept' : given.decline === true ? 'decline' : undefined;
  // Whoever answers criteria by flags and gives no decision has not decided yet.
  if (chosen === undefined && !env.ask.interactive) return 'later';
  const decision =
    chosen ??
    (await env.ask.select<Decision>({
      flag: '--accept or --decline',
      message: 'Decision',
      choices: [{ value: 'accept', name: 'accept' }, { value: 'decline', name: 'decline' }, { value: 'later', name: 'decide later' }],
    }));
  if (decision !== 'later' && open.length > 0) {
    throw refusal('checklist-open', `The checklist is not complete: ${open.map((criterion) => criterion.id).join(', ')}`, `Answer each, unknown is an answer too: --criterion ${open[0]?.id ?? 'ID'}=unknown:"asked the reporter"`);
  }
  return decision;
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
