import type { Applier } from '../../src/io/apply-plan.ts';
import { chooseClock } from '../../src/io/clock.ts';
import { prompts } from '../../src/io/prompts.ts';
import { cryptographicRandom } from '../../src/io/random.ts';

/** What applyPlan needs besides the plan, on a real repository at a time of 2014. */
export const anApplier = (root: string, changes: Partial<Applier> = {}): Applier => ({
  root,
  clock: chooseClock('2014-06-06T12:00:00+09:00', undefined),
  random: cryptographicRandom,
  ask: prompts({ yes: true, json: true, stdin: process.stdin, stderr: process.stderr }),
  ...changes,
});
