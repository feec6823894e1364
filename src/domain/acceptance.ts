import type { AcceptanceCriterion, AssessedEntry, CaseFile, Policy } from '../generated/documents.ts';

export type Route = CaseFile['route'];
export type Answers = AssessedEntry['criteria'];

/** The checklist for reports that came this way (policy B; guideline IV.3). */
export const criteriaFor = (policy: Pick<Policy, 'acceptance'>, route: Route): readonly AcceptanceCriterion[] =>
  policy.acceptance.filter(({ routes }) => !routes || routes.includes(route));

/** Required criteria that nobody has answered; unknown is an answer and silence is not. */
export const unansweredCriteria = (policy: Pick<Policy, 'acceptance'>, route: Route, answers: Answers): AcceptanceCriterion[] =>
  criteriaFor(policy, route).filter(({ id, required }) => required && !Object.hasOwn(answers, id));
