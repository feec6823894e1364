import { isEvent } from '../domain/case.ts';
import type { Rule } from './rule.ts';

export const danglingWave: Rule = {
  id: 'dangling-wave',
  severity: 'warning',
  summary: 'A wave that was opened stands in policy.yaml.',
  why: 'An entry that opens a wave with a misspelt name opens none: downstream vendors wait although upstream has agreed (policy G). A warning, because the policy may have changed since.',
  fix: 'Correct the entry (vcc record CASE corrected --entry NAME), and record the wave by its id in policy.yaml.',
  *checkCase({ record }, { repository }) {
    const waves = (repository.policy.waves ?? []).map(({ id }) => id);
    for (const logged of record.log.filter(isEvent('wave-opened'))) {
      if (!waves.includes(logged.entry.wave)) yield { file: logged.path, ...logged.where('wave'), message: `policy.yaml has no wave ${logged.entry.wave}${waves.length === 0 ? '' : `; it has ${waves.join(', ')}`}` };
    }
  },
};
