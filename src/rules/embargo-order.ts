import type { Rule } from './rule.ts';

export const embargoOrder: Rule = {
  id: 'embargo-order',
  severity: 'error',
  summary: 'An embargo is proposed, then accepted, and ends once.',
  why: 'Until when a vendor and a reporter keep silent must be beyond doubt, and an embargo that has ended cannot be renewed: whoever relied on its end may have spoken already.',
  fix: 'Decide which entry is wrong: vcc record CASE corrected --entry NAME --reason TEXT',
  foundWhile: 'replaying',
};
