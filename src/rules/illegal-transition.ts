import type { Rule } from './rule.ts';

export const illegalTransition: Rule = {
  id: 'illegal-transition',
  severity: 'error',
  summary: 'Each entry is possible in the state that the entries before it lead to.',
  why: 'State is derived by replaying the log. Two coordinators can work at the same time and Git merges their entries without a conflict: one publishes, the other declines. Only replay sees that both cannot be (lifecycle of a case; policy B, C and F).',
  fix: 'Decide which entry is wrong: vcc record CASE corrected --entry NAME --reason TEXT',
  foundWhile: 'replaying',
};
