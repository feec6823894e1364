import type { Answers, BeyondScope } from '../domain/acceptance.ts';
import type { CaseState } from '../domain/case-state.ts';
import type { DueDate } from '../domain/deadlines.ts';
import { localDate } from '../domain/instant.ts';
import type { SimilarCase } from '../domain/similar-cases.ts';
import { possibleOutcomes, type SsvcDecision } from '../domain/ssvc.ts';
import type { AcceptanceCriterion, CaseFile, SsvcTable } from '../generated/documents.ts';
import { legibleLine } from './legible.ts';
import { table } from './table.ts';

const MOST_CASES = 5;

/** The checklist: each criterion with its answer and note; one that nobody answered shows a dash. */
export function checklistTable(criteria: readonly AcceptanceCriterion[], answers: Answers, width: number): string {
  const rows = criteria.map(({ id, required, source }) => [id, required ? 'required' : 'ground', answers[id]?.answer ?? '-', legibleLine(answers[id]?.note ?? ''), legibleLine(source)]);
  return table([{ title: 'CRITERION' }, { title: '' }, { title: 'ANSWER' }, { title: 'NOTE', flexible: true }, { title: 'SOURCE', flexible: true }], rows, { width, title: (text) => text });
}

const inBoth = (text: { readonly en?: string; readonly ja?: string } | undefined): string => text?.en ?? text?.ja ?? '';

/** What is out of scope, why, and who handles it instead. */
export const scopeLines = (found: readonly BeyondScope[]): string[] =>
  found.map(({ rule, products }) => legibleLine(`out of scope: ${products.map(({ name }) => name).join(', ')} (${rule.kind}): ${[inBoth(rule.reason), inBoth(rule.handOver)].filter((text) => text !== '').join(' ')} (${rule.source})`));

/** A deadline that has passed and speaks for no, with the dates it comes from. */
export function groundText({ title, due, source }: DueDate, file: CaseFile, zone: string): string {
  const updated = file.products.find(({ name, lastUpdate }) => lastUpdate !== undefined && title.endsWith(`: ${name}`))?.lastUpdate;
  return legibleLine(`${title}; ${updated === undefined ? '' : `last update ${updated}, `}passed on ${localDate(due, zone)} (${source})`);
}

/** Cases that may be the same flaw, and siblings, each with the reason. */
export const similarLines = (similar: readonly SimilarCase[]): string[] => [
  ...similar.slice(0, MOST_CASES).map(({ record, kind, why }) => legibleLine(`${kind === 'duplicate' ? 'possible duplicate' : 'sibling'}: ${record.number} (${why.join('; ')})`)),
  ...(similar.length > MOST_CASES ? [`and ${similar.length - MOST_CASES} more`] : []),
];

/** What was decided before a case was opened again, and why it was (policy F). */
export function beforeLines({ path }: Pick<CaseState, 'path'>, zone: string): string[] {
  const reopened = path.findLast(({ by }) => by.entry.event === 'reopened');
  if (reopened === undefined) return [];
  return path
    .filter(({ by }) => by.at <= reopened.by.at && ['accepted', 'declined', 'closed', 'reopened'].includes(by.entry.event))
    .map(({ by }) => legibleLine(`before: ${by.entry.event} ${localDate(by.at, zone)}: ${'reason' in by.entry ? (by.entry.reason.split('\n', 1)[0] ?? '') : ''}`));
}

/** A decision by an SSVC table: its outcome, or those that the answers still allow. */
export function ssvcLine(decision: SsvcDecision, tables: readonly SsvcTable[]): string {
  const table = tables.find(({ id }) => id === decision.table);
  const values = Object.entries(decision.values).map(([point, value]) => `${point}=${value}`).join(', ');
  const open = table?.points.filter(({ id }) => decision.values[id] === undefined).map(({ id }) => id) ?? [];
  const outcome = decision.outcome ?? (table === undefined ? 'not decided' : `${possibleOutcomes(table, decision.values).join(' or ')}, not decided (open: ${open.join(', ')})`);
  return legibleLine(`${decision.table}: ${outcome} [${values}]`);
}
