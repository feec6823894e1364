import type { Rule } from './rule.ts';

export const policyReference: Rule = {
  id: 'policy-reference',
  severity: 'error',
  summary: 'policy.yaml names events, fields, calendars and deadlines that exist, each id once, in no circle.',
  why: 'A deadline that waits for an event with a misspelt name never starts, and nobody sees that it is missing: the answer to the reporter is late without a warning. So no command works until the policy is right.',
  fix: 'Correct the place; the events are those of vcc record, and .vcc/schemas/log-entry.schema.json has their fields.',
  foundWhile: 'reading',
};
