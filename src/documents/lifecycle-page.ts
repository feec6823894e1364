import type { ExplainedTable } from './explanation.ts';
import { lifecycleTables, type Machine } from './lifecycle-tables.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|');
const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

const markdownTable = ({ columns, rows }: ExplainedTable): string => [row(columns), row(columns.map(() => '---')), ...rows.map(row)].join('\n');

/** A name that Mermaid takes for one of a state: a hyphen is an arrow there. What has no meaning of its own is before the beginning. */
const node = (state: string, { meanings }: Machine): string => (state in meanings ? state.replaceAll('-', '_') : '[*]');

/** Moves between the same two states share an arrow. */
function diagram(machine: Machine): string {
  const arrows = new Map<string, Set<string>>();
  for (const { from, to, by } of machine.moves) {
    const arrow = `${node(from, machine)} --> ${node(to, machine)}`;
    arrows.set(arrow, (arrows.get(arrow) ?? new Set()).add(by));
  }
  return ['```mermaid', 'stateDiagram-v2', ...[...arrows].map(([arrow, by]) => `  ${arrow}: ${[...by].join(', ').replaceAll(':', ' ')}`), '```'].join('\n');
}

/** A drawing of everything that leads everywhere helps nobody. */
const READABLE = 25;

/** docs/lifecycle.md: the tables that replay works with, as a page. */
export function lifecyclePage(): string {
  const sections = lifecycleTables().map(({ about, machine, tables }) => {
    const [first, ...others] = tables;
    const arrows = machine === undefined ? undefined : new Set(machine.moves.map(({ from, to }) => `${from} ${to}`)).size;
    return [
      `## ${capital(machine?.name ?? first?.title ?? '')}`,
      ...(about.length === 1 ? about : [about.map((line) => `- ${line}`).join('\n')]),
      ...(machine !== undefined && arrows !== undefined && arrows <= READABLE ? [diagram(machine)] : []),
      ...(first === undefined ? [] : [markdownTable(first)]),
      ...others.flatMap((table) => [`### ${capital(table.title)}`, markdownTable(table)]),
    ].join('\n\n');
  });
  return [
    '# Lifecycle of a case',
    'Where a case stands follows from its log, which is replayed by the tables below; nothing of it is stored. `vcc explain state NAME` says the same for one state, with the commands. This page is written by `npm run generate:docs`; do not edit it.',
    ...sections,
    '',
  ].join('\n\n').trimEnd().concat('\n');
}
