import type { Candidate } from '../domain/candidates.ts';
import type { Permission } from '../domain/eligibility.ts';
import { legibleLine } from './legible.ts';
import type { Paint } from './paint.ts';
import { wrap } from './text-width.ts';

/** A vendor that a case may concern, and what stands between it and a first letter. */
export interface CandidateRow extends Candidate {
  readonly name: string;
  readonly mayBeTold: Permission;
  /** Why nothing can be encrypted to it; empty where something can. */
  readonly keyProblems: readonly string[];
  /** Its role, where it is a party already. */
  readonly inCase: string | undefined;
  readonly command: string;
}

/** Candidates, each with its reasons, what stands in the way of a letter, and what to type where it is no party yet. */
export function candidateList(rows: readonly CandidateRow[], width: number, colours: Paint): string {
  const indented = (text: string): string[] => wrap(legibleLine(text), width - 2).map((line) => `  ${line}`);
  return rows
    .map(({ slug, name, reasons, mayBeTold, keyProblems, inCase, command }) => [
      `${colours.strong(slug)}  ${name}${inCase === undefined ? '' : `, in the case as ${inCase}`}`,
      ...reasons.flatMap(indented),
      ...(mayBeTold.ok ? [colours.done('  may be told now')] : indented(`may not be told now: ${mayBeTold.why}`).map(colours.soon)),
      ...(keyProblems.length === 0 ? [] : indented(`no usable key: ${keyProblems.join('; ')}`).map(colours.soon)),
      ...(inCase === undefined ? [`  ${colours.prompt('$')} ${command}`] : []),
    ])
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

export const candidateAsData = ({ slug, name, reasons, role, mayBeTold, keyProblems, inCase, command }: CandidateRow): object => ({
  slug,
  name,
  reasons,
  role,
  eligible: { ok: mayBeTold.ok, why: mayBeTold.why },
  key: { usable: keyProblems.length === 0, problems: keyProblems },
  ...(inCase === undefined ? {} : { inCase }),
  command,
});
