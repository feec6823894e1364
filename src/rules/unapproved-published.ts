import type { Rule } from './rule.ts';

export const unapprovedPublished: Rule = {
  id: 'unapproved-published',
  severity: 'error',
  safety: true,
  summary: 'What was published was approved by a second coordinator.',
  why: 'Nothing that is public can be called back, so two people look at exactly the text that goes out (publication gate; the approval is bound to the hash of the text). A published entry without it means that somebody went around the gate.',
  fix: 'Have another coordinator read the published text and say in the log what he or she finds: vcc record CASE note --text TEXT',
  *checkCase({ state }, { repository }) {
    if (!repository.policy.gate.some(({ check }) => check === 'approved')) return;
    for (const logged of [...(state.published ? [state.published] : []), ...state.updates]) {
      const { text, by } = logged.entry;
      const approved = state.approvals.filter(({ entry, at }) => entry.text === text && at <= logged.at);
      if (approved.length === 0) yield { file: logged.path, ...logged.where('text'), message: 'nobody approved this text before it was published' };
      else if (approved.every(({ entry }) => entry.authors?.includes(entry.by) ?? false)) {
        yield { file: logged.path, ...logged.where('text'), message: `only its author approved this text, ${by} published it` };
      }
    }
  },
};
