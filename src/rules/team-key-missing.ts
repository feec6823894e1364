import { readYaml } from '../documents/yaml-text.ts';
import { stands } from './layout.ts';
import { wholeFile, type Rule } from './rule.ts';

export const teamKeyMissing: Rule = {
  id: 'team-key-missing',
  severity: 'error',
  summary: 'The key of every coordinator stands in keys/.',
  why: "Reporters' identities and proofs of concept are sealed to exactly the keys of the team (policy E, guideline IV.2). With a key missing nothing can be sealed, so no report can be taken in.",
  fix: 'Import the key: vcc key import FILE',
  *check({ tree, repository, touched }) {
    for (const [index, { key, name }] of repository.configuration.team.entries()) {
      if (!(touched('vcc.yaml') || touched(`keys/${key}.asc`)) || stands(tree, `keys/${key}.asc`)) continue;
      const configuration = readYaml('vcc.yaml', tree.read('vcc.yaml') ?? '');
      const place = configuration.ok ? { file: 'vcc.yaml', ...configuration.where('team', index, 'key') } : wholeFile('vcc.yaml');
      yield { ...place, message: `the key of ${name} is missing: keys/${key}.asc does not exist` };
    }
  },
};
