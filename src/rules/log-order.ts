import type { Rule } from './rule.ts';

export const logOrder: Rule = {
  id: 'log-order',
  severity: 'error',
  summary: 'The log begins with the report, and an entry rests only on earlier ones.',
  why: 'The first deadline counts from the receipt of the report (policy A), and a decision cannot rest on what happened after it. Mostly one of the times is wrong.',
  fix: 'Check the times: vcc log CASE shows the entries in their order',
  foundWhile: 'replaying',
};
