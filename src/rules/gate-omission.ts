import { checksNotAsked } from '../domain/gate.ts';
import { readYaml } from '../documents/yaml-text.ts';
import type { Rule } from './rule.ts';

export const gateOmission: Rule = {
  id: 'gate-omission',
  severity: 'warning',
  safety: true,
  summary: 'policy.yaml asks for every check of the publication gate, or says why it leaves one out.',
  why: 'A line that is deleted opens the gate without a word: an advisory would go out that nobody has approved, or while an embargo is in force (publication gate). What an organisation leaves out on purpose, it can give a reason for.',
  fix: 'Add the check to gate in policy.yaml, or to gateOmits with the reason.',
  *check({ tree, repository, touched }) {
    if (!touched('policy.yaml')) return;
    const missing = checksNotAsked(repository.policy).filter(({ reason }) => reason === undefined);
    if (missing.length === 0) return;
    const read = readYaml('policy.yaml', tree.read('policy.yaml') ?? '');
    if (!read.ok) return;
    for (const { check } of missing) yield { file: 'policy.yaml', ...read.where('gate'), message: `the gate does not ask for ${check}, and gateOmits does not say why` };
  },
};
