import type { SsvcTable } from '../generated/documents.ts';
import { idleRules, undecidedCombination } from '../domain/ssvc.ts';
import { readYaml } from '../documents/yaml-text.ts';
import type { Mistake, Rule } from './rule.ts';

interface Wrong {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

export const ssvcTable: Rule = {
  id: 'ssvc-table',
  severity: 'error',
  summary: 'A decision table of policy.yaml decides every combination, with points, values and outcomes that exist.',
  why: 'Of the rules of a table the first that fits decides. A rule with a misspelt value never fits, so another one decides in its place and nobody notices; a combination without a rule leaves the case without an outcome.',
  fix: 'Correct the name, or end the table with a rule without when: that decides the rest.',
  *check({ tree, repository, touched }): Iterable<Mistake> {
    if (!touched('policy.yaml')) return;
    const tables = repository.policy.ssvc ?? [];
    const wrong = [...twice(tables.map(({ id }) => id), (index) => ['ssvc', index, 'id']), ...tables.flatMap((table, index) => inTable(table).map(({ path, message }) => ({ path: ['ssvc', index, ...path], message })))];
    if (wrong.length === 0) return;
    const read = readYaml('policy.yaml', tree.read('policy.yaml') ?? '');
    if (!read.ok) return;
    for (const { path, message } of wrong) yield { file: 'policy.yaml', ...read.where(...path), message };
  },
};

const twice = (names: readonly string[], path: (index: number) => Wrong['path']): Wrong[] =>
  names.flatMap((name, index) => (names.indexOf(name) < index ? [{ path: path(index), message: `${name} stands here a second time` }] : []));

function inTable(table: SsvcTable): Wrong[] {
  const { points, outcomes, rules } = table;
  const names: Wrong[] = [
    ...twice(points.map(({ id }) => id), (index) => ['points', index, 'id']),
    ...points.flatMap(({ values }, index) => twice(values, (place) => ['points', index, 'values', place])),
    ...twice(outcomes, (index) => ['outcomes', index]),
    ...rules.flatMap((rule, index) => [
      ...(outcomes.includes(rule.outcome) ? [] : [{ path: ['rules', index, 'outcome'], message: `${rule.outcome} is no outcome of ${table.id}; it has ${outcomes.join(', ')}` }]),
      ...Object.entries(rule.when ?? {}).flatMap(([name, values]) => inCondition(table, ['rules', index, 'when', name], name, values)),
    ]),
  ];
  // What is decided says something only once every name is right.
  if (names.length > 0) return names;
  const open = undecidedCombination(table);
  return [
    ...(open === undefined ? [] : [{ path: ['rules'], message: `no rule of ${table.id} decides ${Object.entries(open).map(([point, value]) => `${point}=${value}`).join(', ')}` }]),
    ...idleRules(table).map((index) => ({ path: ['rules', index], message: 'this rule decides nothing: the rules before it fit first' })),
  ];
}

function inCondition(table: SsvcTable, path: Wrong['path'], name: string, values: readonly string[]): Wrong[] {
  const point = table.points.find(({ id }) => id === name);
  if (point === undefined) return [{ path, message: `${table.id} has no decision point ${name}; it has ${table.points.map(({ id }) => id).join(', ')}` }];
  return values.flatMap((value, place) => (point.values.includes(value) ? [] : [{ path: [...path, place], message: `${name} is never ${value}; it is one of ${point.values.join(', ')}` }]));
}
