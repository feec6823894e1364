import type { AcceptanceCriterion, AssessedEntry, CaseFile, Policy } from '../generated/documents.ts';

export type Route = CaseFile['route'];
export type Answers = AssessedEntry['criteria'];

/** The checklist for reports that came this way (policy B; guideline IV.3). */
export const criteriaFor = (policy: Pick<Policy, 'acceptance'>, route: Route): readonly AcceptanceCriterion[] =>
  policy.acceptance.filter(({ routes }) => !routes || routes.includes(route));

/** Required criteria that nobody has answered; unknown is an answer and silence is not. */
export const unansweredCriteria = (policy: Pick<Policy, 'acceptance'>, route: Route, answers: Answers): AcceptanceCriterion[] =>
  criteriaFor(policy, route).filter(({ id, required }) => required && !Object.hasOwn(answers, id));

/** Criteria that were looked at and could not be decided; they are shown, never guessed. */
export const undecidedCriteria = (policy: Pick<Policy, 'acceptance'>, route: Route, answers: Answers): AcceptanceCriterion[] =>
  criteriaFor(policy, route).filter(({ id }) => Object.hasOwn(answers, id) && answers[id]?.answer === 'unknown');

/** Criteria that speak against accepting: a decision to decline can cite them. */
export const failedCriteria = (policy: Pick<Policy, 'acceptance'>, route: Route, answers: Answers): AcceptanceCriterion[] =>
  criteriaFor(policy, route).filter(({ id }) => Object.hasOwn(answers, id) && answers[id]?.answer === 'no');

/** Answers to questions that the policy does not ask. */
export const strangeAnswers = (policy: Pick<Policy, 'acceptance'>, route: Route, answers: Answers): string[] => {
  const known = new Set(criteriaFor(policy, route).map(({ id }) => id));
  return Object.keys(answers).filter((id) => !known.has(id));
};
