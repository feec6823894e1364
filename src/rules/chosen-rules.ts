import { didYouMean } from '../domain/near-word.ts';
import { usage } from '../domain/problem.ts';
import { RULES } from './index.ts';
import type { Rule } from './rule.ts';

/** The rules of these ids, all when missing. Throws a usage error for one that does not exist. */
export function chosenRules(only: readonly string[] | undefined): readonly Rule[] {
  if (only === undefined) return RULES;
  const unknown = only.filter((id) => !RULES.some((rule) => rule.id === id));
  if (unknown.length > 0) throw usage(`--rule: there is no rule ${unknown.join(', ')}`, `${didYouMean(unknown[0] ?? '', RULES.map((rule) => rule.id))}The rules are: ${RULES.map((rule) => rule.id).join(', ')}`);
  return RULES.filter((rule) => only.includes(rule.id));
}
