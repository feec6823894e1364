import { readDuties } from '../documents/duty-file.ts';
import type { Rule } from './rule.ts';

export const dutyFile: Rule = {
  id: 'duty-file',
  severity: 'error',
  summary: 'A file of duties/ is named by its duty and quarter, and lies after that quarter.',
  why: 'It ends the clock of what the organisation owes every quarter, such as the statistics (guideline IV.3(1) 14)). One that is written ahead, or for another quarter, would let a quarter pass unseen.',
  fix: 'Correct the file, or remove it and write it with vcc duty.',
  *check({ tree, repository, now, touched }) {
    for (const { path, file, where } of readDuties(tree, repository.zone, now).records) {
      if (!touched(path) || repository.policy.duties?.some(({ id }) => id === file.duty)) continue;
      yield { file: path, ...where('duty'), severity: 'warning', message: `policy.yaml has no duty ${file.duty}`, fix: 'Correct the name; where the policy dropped that duty, the file stays as its history.' };
    }
  },
};
