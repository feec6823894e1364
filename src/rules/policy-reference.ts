import type { DeadlineRule, EntryMatch, EscalationStep } from '../generated/documents.ts';
import { EVENTS } from '../generated/events.ts';
import { distance } from '../documents/shape-message.ts';
import { readYaml } from '../documents/yaml-text.ts';
import type { Mistake, Rule } from './rule.ts';

type Path = readonly (string | number)[];
interface Wrong {
  readonly path: Path;
  readonly message: string;
}

export const policyReference: Rule = {
  id: 'policy-reference',
  severity: 'error',
  summary: 'policy.yaml names events and fields that exist, and each id once.',
  why: 'A deadline that waits for an event with a misspelt name never starts, and nobody sees that it is missing: the answer to the reporter is late without a warning.',
  fix: 'Correct the name; the events are those of vcc record, and .vcc/schemas/log-entry.schema.json has their fields.',
  *check({ tree, repository, touched }): Iterable<Mistake> {
    if (!touched('policy.yaml')) return;
    const read = readYaml('policy.yaml', tree.read('policy.yaml') ?? '');
    if (!read.ok) return;
    const { acceptance, deadlines, escalation, gate, waves = [] } = repository.policy;
    const wrong: Wrong[] = [
      ...twice(acceptance.map(({ id }) => id), 'acceptance', 'id'),
      ...twice(deadlines.map(({ id }) => id), 'deadlines', 'id'),
      ...twice(escalation.map(({ id }) => id), 'escalation', 'id'),
      ...twice(waves.map(({ id }) => id), 'waves', 'id'),
      ...twice(gate.map(({ check }) => check), 'gate', 'check'),
      ...deadlines.flatMap((deadline, index) => inDeadline(deadline, ['deadlines', index])),
      ...escalation.flatMap((step, index) => inStep(step, ['escalation', index])),
      ...waves.flatMap((wave, index) => [...inMatches(wave.needs, ['waves', index, 'needs']), ...inMatches(wave.needsAny, ['waves', index, 'needsAny'])]),
    ];
    for (const { path, message } of wrong) yield { file: 'policy.yaml', ...read.where(...path), message };
  },
};

const twice = (ids: readonly string[], list: string, field: string): Wrong[] =>
  ids.flatMap((id, index) => (ids.indexOf(id) < index ? [{ path: [list, index, field], message: `${id} stands here a second time` }] : []));

const inDeadline = (deadline: DeadlineRule, path: Path): Wrong[] => [
  ...(deadline.starts.event === undefined ? [] : inMatch({ ...deadline.starts, event: deadline.starts.event }, [...path, 'starts'])),
  ...inMatches(deadline.metBy, [...path, 'metBy']),
  ...inMatches(deadline.endsWith, [...path, 'endsWith']),
];

const inStep = (step: EscalationStep, path: Path): Wrong[] => inMatches(step.needs, [...path, 'needs']);

const inMatches = (matches: readonly EntryMatch[] | undefined, path: Path): Wrong[] => (matches ?? []).flatMap((match, index) => inMatch(match, [...path, index]));

function inMatch(match: EntryMatch & { field?: string }, path: Path): Wrong[] {
  const event = EVENTS.find(({ name }) => name === match.event);
  if (!event) {
    const near = EVENTS.find(({ name }) => distance(name, match.event) <= 2);
    return [{ path: [...path, 'event'], message: `there is no event ${match.event}${near === undefined ? '' : `; did you mean ${near.name}?`}` }];
  }
  const noField = (name: string): string => `the event ${match.event} has no field ${name}; it has ${event.fields.map((field) => field.name).join(', ')}`;
  const wrong: Wrong[] = [];
  if (match.field !== undefined) {
    const field = event.fields.find(({ name }) => name === match.field);
    if (!field) wrong.push({ path: [...path, 'field'], message: noField(match.field) });
    else if (field.kind !== 'moment') wrong.push({ path: [...path, 'field'], message: `the field ${match.field} of ${match.event} holds no moment to count from` });
  }
  for (const [name, wanted] of Object.entries(match.with ?? {})) {
    const [first = '', second] = name.split('.');
    const field = event.fields.find((one) => one.name === first);
    const place = [...path, 'with', name];
    if (first === 'by') continue;
    if (!field) wrong.push({ path: place, message: noField(name) });
    else if (second !== undefined && field.keys && field.keys.length > 0 && !field.keys.includes(second)) wrong.push({ path: place, message: `${first} of ${match.event} has no field ${second}; it has ${field.keys.join(', ')}` });
    for (const value of [wanted].flat()) {
      if (field?.choices && !field.choices.includes(String(value))) wrong.push({ path: place, message: `${name} of ${match.event} is never ${String(value)}; it is one of ${field.choices.join(', ')}` });
    }
  }
  return wrong;
}
