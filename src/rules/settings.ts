import { localDate, type Instant } from '../domain/instant.ts';
import type { Finding } from '../domain/finding.ts';
import { didYouMean } from '../domain/near-word.ts';
import { usage } from '../domain/problem.ts';
import type { Configuration } from '../generated/documents.ts';
import type { Rule } from './rule.ts';

/**
 * Whether a rule may be softened in vcc.yaml: not where it keeps secrets, proves the log or judges vcc.yaml itself, and not where a file cannot be
 * read or a log cannot be followed, for then nobody knows what else is wrong.
 */
export const mayBeSoftened = (rule: Rule): boolean => rule.safety !== true && rule.judgesSettings !== true && rule.foundWhile === undefined;

/** What vcc.yaml says of the findings: other severities, and what is left out for a while. ofChange: they decide whether something is written, committed or pushed. */
export function asConfigured(
  findings: readonly Finding[],
  rules: readonly Rule[],
  { lint, timezone }: Pick<Configuration, 'lint' | 'timezone'>,
  now: Instant,
  ofChange: boolean,
): { readonly findings: readonly Finding[]; readonly suppressed: number } {
  if (lint === undefined) return { findings, suppressed: 0 };
  const soft = new Set(rules.filter(mayBeSoftened).map(({ id }) => id));
  const today = localDate(now, timezone);
  const inForce = (lint.suppressions ?? []).filter(({ rule, until }) => soft.has(rule) && until >= today);
  const kept = findings.filter(({ rule, file }) => !inForce.some((one) => one.rule === rule && (file === one.path || file.startsWith(`${one.path.replace(/\/+$/, '')}/`))));
  const set = new Map(Object.entries(lint.severities ?? {}));
  if (ofChange) for (const { id, byClock } of rules) if (byClock === true) set.delete(id);
  return {
    findings: kept.map((finding) => {
      const severity = set.get(finding.rule);
      return severity === undefined || (severity === 'warning' && !soft.has(finding.rule)) ? finding : { ...finding, severity };
    }),
    suppressed: findings.length - kept.length,
  };
}

/** The rules of these ids, all when missing. Throws a usage error for one that does not exist. */
export function chosenRules(rules: readonly Rule[], only: readonly string[] | undefined): readonly Rule[] {
  if (only === undefined) return rules;
  const unknown = only.filter((id) => !rules.some((rule) => rule.id === id));
  if (unknown.length > 0) throw usage(`--rule: there is no rule ${unknown.join(', ')}`, `${didYouMean(unknown[0] ?? '', rules.map((rule) => rule.id))}vcc explain rule lists them all.`);
  return rules.filter((rule) => only.includes(rule.id));
}
