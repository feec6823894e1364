import type { Candidate } from '../domain/candidates.ts';
import type { Permission } from '../domain/eligibility.ts';
import { legibleLine } from './legible.ts';
import type { Paint } from './paint.ts';
import { table } from './table.ts';

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

/** Candidates with their reasons, and below them what to type for each that is no party yet. */
export function candidateList(rows: readonly CandidateRow[], width: number, colours: Paint): string {
  const columns = [{ title: 'VENDOR', flexible: true }, { title: 'WHY', flexible: true }, { title: 'MAY BE TOLD', flexible: true }, { title: 'KEY' }, { title: 'IN CASE' }];
  const cells = rows.map(({ slug, reasons, mayBeTold, keyProblems, inCase }) => [
    slug,
    legibleLine(reasons.join('; ')),
    { text: mayBeTold.ok ? 'yes' : legibleLine(`no: ${mayBeTold.why}`), paint: mayBeTold.ok ? colours.done : colours.soon },
    { text: keyProblems.length === 0 ? 'usable' : 'none', paint: keyProblems.length === 0 ? colours.done : colours.soon },
    inCase ?? '-',
  ]);
  const commands = rows.filter(({ inCase }) => inCase === undefined).map(({ command }) => `  ${colours.prompt('$')} ${command}`);
  return [table(columns, cells, { width, title: colours.quiet }), ...(commands.length === 0 ? [] : ['', 'To make one a party:', ...commands])].join('\n');
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
