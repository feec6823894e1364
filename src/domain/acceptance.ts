import type { AcceptanceCriterion, AssessedEntry, CaseFile, OutOfScope, Policy, Product } from '../generated/documents.ts';
import { hasCome, type DueDate } from './deadlines.ts';
import type { Instant } from './instant.ts';

export type Route = CaseFile['route'];
export type Answers = AssessedEntry['criteria'];

/** The checklist for reports that came this way (policy B; guideline IV.3). */
export const criteriaFor = (policy: Pick<Policy, 'acceptance'>, route: Route): readonly AcceptanceCriterion[] =>
  policy.acceptance.filter(({ routes }) => !routes || routes.includes(route));

/** Required criteria that nobody has answered; unknown is an answer and silence is not. */
export const unansweredCriteria = (policy: Pick<Policy, 'acceptance'>, route: Route, answers: Answers): AcceptanceCriterion[] =>
  criteriaFor(policy, route).filter(({ id, required }) => required && !Object.hasOwn(answers, id));

/** Required criteria that are answered no: who takes the case all the same says why (policy B). */
export const unmetCriteria = (criteria: readonly AcceptanceCriterion[], answers: Answers): AcceptanceCriterion[] =>
  criteria.filter(({ id, required }) => required && answers[id]?.answer === 'no');

/** A kind of product that the organisation does not handle, with the products of the case that are of it. */
export interface BeyondScope {
  readonly rule: OutOfScope;
  readonly products: readonly Product[];
}

/** What of the case is out of scope, by the kinds that policy.yaml lists (lessons; guideline V). */
export const beyondScope = (policy: Pick<Policy, 'outOfScope'>, products: readonly Product[]): BeyondScope[] =>
  (policy.outOfScope ?? [])
    .map((rule) => ({ rule, products: products.filter(({ kind }) => kind === rule.kind) }))
    .filter((found) => found.products.length > 0);

/** Whether nothing of the case is left that the organisation handles. */
export const isBeyondScope = (found: readonly BeyondScope[], products: readonly Product[]): boolean =>
  found.length > 0 && products.every((product) => found.some((one) => one.products.includes(product)));

/** The reason of a decline for being out of scope, and who handles it instead, in one language. */
export const scopeReason = (found: readonly BeyondScope[], language: 'en' | 'ja'): string =>
  found
    .flatMap(({ rule }) => [rule.reason, rule.handOver])
    .flatMap((text) => text?.[language] ?? text?.en ?? text?.ja ?? [])
    .join('\n');

/**
 * Deadlines that have passed and speak for no, by criterion: a product without an update for longer than the policy
 * allows (policy B). They are a ground to decline; a person decides.
 */
export function groundsFor(criterion: AcceptanceCriterion, dues: readonly DueDate[], now: Instant): DueDate[] {
  return criterion.deadline === undefined ? [] : dues.filter((due) => due.id === criterion.deadline && hasCome(due, now));
}
