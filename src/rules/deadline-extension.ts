import { isEvent } from '../domain/case.ts';
import { parseInstant, showInstant } from '../domain/instant.ts';
import type { Rule } from './rule.ts';

export const deadlineExtension: Rule = {
  id: 'deadline-extension',
  severity: 'error',
  summary: 'A deadline is extended only as policy.yaml allows it.',
  why: 'An extension that the policy does not know changes nothing, and whoever granted it believes that there is more time. The terms of a deadline are a promise to every party: only what the policy says may move them.',
  fix: 'If the entry is a mistake: vcc record CASE corrected --entry NAME --reason TEXT. If the organisation allows it: extension in policy.yaml.',
  *checkCase({ state, dues }, { repository: { policy, zone } }) {
    const extensions = state.entries.filter(isEvent('deadline-extended'));
    if (extensions.length === 0) return;
    for (const logged of extensions) {
      const { deadline, vendor, until } = logged.entry;
      const rule = policy.deadlines.find(({ id }) => id === deadline);
      const at = { file: logged.path, ...logged.where('deadline') };
      if (!rule) yield { ...at, message: `policy.yaml has no deadline ${deadline}` };
      else if (!rule.extension) yield { ...at, message: `policy.yaml does not let the deadline ${deadline} be extended` };
      else if ((rule.per === 'vendor') !== (vendor !== undefined)) yield { ...at, message: rule.per === 'vendor' ? `the deadline ${deadline} is one of each vendor, and the entry names none` : `the deadline ${deadline} is one of the case, and the entry names a vendor` };
      else {
        const due = dues().find((each) => each.id === deadline && each.vendor === vendor && each.extendedBy?.name === logged.name);
        if (due && due.due < parseInstant(until)) yield { file: logged.path, ...logged.where('until'), severity: 'warning', message: `the policy allows ${rule.extension.most.amount} ${rule.extension.most.unit}s at most: it ends ${showInstant(due.due, zone)}` };
        else if (!due && extensions.findLast(({ entry }) => entry.deadline === deadline && entry.vendor === vendor) === logged) yield { ...at, severity: 'warning', message: `it moves nothing: the deadline ${deadline} does not run, ends later anyway, or lacks what policy.yaml needs for an extension` };
      }
    }
  },
};
