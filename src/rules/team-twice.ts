import { readYaml } from '../documents/yaml-text.ts';
import type { Rule } from './rule.ts';

export const teamTwice: Rule = {
  id: 'team-twice',
  severity: 'error',
  safety: true,
  summary: 'Each coordinator has a short name, an e-mail address and a key of his or her own.',
  why: 'The second pair of eyes before publication is told from the first by these (publication gate): two entries for one person would let that person approve the own text.',
  fix: 'Give each coordinator one entry under team in vcc.yaml.',
  *check({ tree, repository, touched }) {
    if (!touched('vcc.yaml')) return;
    const read = readYaml('vcc.yaml', tree.read('vcc.yaml') ?? '');
    if (!read.ok) return;
    const { team } = repository.configuration;
    for (const field of ['slug', 'email', 'key'] as const) {
      const values = team.map((member) => member[field].toLowerCase());
      for (const [index, value] of values.entries()) {
        if (values.indexOf(value) < index) yield { file: 'vcc.yaml', ...read.where('team', index, field), message: `two coordinators have the ${field} ${team[index]?.[field] ?? value}` };
      }
    }
  },
};
