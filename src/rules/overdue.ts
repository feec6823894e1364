import { showInstant } from '../domain/instant.ts';
import type { Rule } from './rule.ts';

export const overdue: Rule = {
  id: 'overdue',
  severity: 'warning',
  byClock: true,
  summary: 'A deadline of policy.yaml has passed.',
  why: 'Deadlines are the promise to reporters and vendors: an answer within five business days (policy A), publication within 45 days of the first contact (guideline IV.4). A warning, because the case may be right and only late. Set to error in vcc.yaml, it fails vcc lint, as in CI; no command, commit or push is stopped by it, for what happened must be written down.',
  fix: 'See what is due and what to type: vcc due',
  *checkCase({ record, dues }, { repository }) {
    for (const due of dues()) {
      if (due.state !== 'overdue') continue;
      const about = due.vendor ?? due.cve;
      const who = about === undefined ? '' : ` of ${about}`;
      yield {
        file: due.startedBy.path,
        ...due.startedBy.where('at'),
        message: `${due.title}${who} was due on ${showInstant(due.due, repository.zone)} (${due.id}; ${due.source})`,
        fix: `See what to type: vcc due --case ${record.number}`,
      };
    }
  },
};
