import type { Where } from '../domain/case.ts';
import type { Finding } from '../domain/finding.ts';
import type { DeadlineRule, EntryMatch, Length, Policy } from '../generated/documents.ts';
import { EVENTS, type EventField } from '../generated/events.ts';
import { distance } from '../domain/near-word.ts';

type Path = readonly (string | number)[];
interface Wrong {
  readonly path: Path;
  readonly message: string;
}

/**
 * What the schema of policy.yaml cannot see: names of events, fields, calendars and deadlines that do not exist, ids that
 * stand twice, deadlines that chain in a circle, lengths beyond all reason. No command works with such a policy.
 */
export function checkPolicy(policy: Policy, where: Where): Finding[] {
  const { acceptance, calendars = {}, deadlines, duties = [], escalation, gate, gateOmits = [], outOfScope = [], priority, questions = [], waves = [] } = policy;
  const wrong: Wrong[] = [
    ...twice(acceptance.map(({ id }) => id), 'acceptance', 'id'),
    ...twice(outOfScope.map(({ kind }) => kind), 'outOfScope', 'kind'),
    ...twice(questions.map(({ id }) => id), 'questions', 'id'),
    ...twice((priority.flags ?? []).map(({ id }) => id), 'priority', 'flags', 'id'),
    ...unknownIds(acceptance.map(({ deadline }) => deadline), deadlines.map(({ id }) => id), 'acceptance', 'deadline'),
    ...unknownIds(questions.map(({ criterion }) => criterion), acceptance.map(({ id }) => id), 'questions', 'criterion'),
    ...twice(deadlines.map(({ id }) => id), 'deadlines', 'id'),
    ...twice(duties.map(({ id }) => id), 'duties', 'id'),
    ...duties.flatMap(({ id }, index) => (deadlines.some((deadline) => deadline.id === id) ? [{ path: ['duties', index, 'id'], message: `${id} is a deadline of a case already` }] : [])),
    ...twice(escalation.map(({ id }) => id), 'escalation', 'id'),
    ...twice(waves.map(({ id }) => id), 'waves', 'id'),
    ...twice(gate.map(({ check }) => check), 'gate', 'check'),
    ...twice(gateOmits.map(({ check }) => check), 'gateOmits', 'check'),
    ...gateOmits.flatMap(({ check }, index) => (gate.some((rule) => rule.check === check) ? [{ path: ['gateOmits', index, 'check'], message: `${check} is asked for in gate, so it is not left out` }] : [])),
    ...Object.entries(calendars).flatMap(([id, { zone }]) => (zone === undefined || isZone(zone) ? [] : [{ path: ['calendars', id, 'zone'], message: `${zone} is no time zone of the IANA database` }])),
    ...deadlines.flatMap((deadline, index) => inDeadline(deadline, ['deadlines', index], policy)),
    ...circles(deadlines),
    ...duties.flatMap(({ since, within }, index) => [...inMatch(since, ['duties', index, 'since']), ...inLength(within, ['duties', index, 'within'])]),
    ...escalation.flatMap((step, index) => [...inLength(step.after, ['escalation', index, 'after']), ...inMatches(step.needs, ['escalation', index, 'needs'])]),
    ...waves.flatMap((wave, index) => [...inMatches(wave.needs, ['waves', index, 'needs']), ...inMatches(wave.needsAny, ['waves', index, 'needsAny'])]),
  ];
  return wrong.map(({ path, message }) => ({ rule: 'policy-reference', severity: 'error', file: 'policy.yaml', ...where(...path), message }));
}

/** Whether the platform knows the time zone. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    return false;
  }
}

/** Two entries of one list with one id; the list may lie inside another field. */
const twice = (ids: readonly string[], ...path: readonly string[]): Wrong[] =>
  ids.flatMap((id, index) => (ids.indexOf(id) < index ? [{ path: [...path.slice(0, -1), index, path.at(-1) ?? ''], message: `${id} stands here a second time` }] : []));

const unknownIds = (ids: readonly (string | undefined)[], known: readonly string[], list: string, field: string): Wrong[] =>
  ids.flatMap((id, index) => (id === undefined || known.includes(id) ? [] : [{ path: [list, index, field], message: `there is no ${field} ${id}; there are ${known.join(', ')}` }]));

function inDeadline(deadline: DeadlineRule, path: Path, policy: Policy): Wrong[] {
  const { calendar, earliestOf = [], extension, grace, pausedBy = [] } = deadline;
  return [
    ...inStart(deadline.starts, [...path, 'starts'], policy),
    ...inLength(deadline.length, [...path, 'length']),
    ...(grace ? inLength(grace, [...path, 'grace']) : []),
    ...(calendar === undefined || Object.hasOwn(policy.calendars ?? {}, calendar) ? [] : [{ path: [...path, 'calendar'], message: `there is no calendar ${calendar} in calendars` }]),
    ...earliestOf.flatMap((end, index) => [...inStart(end.starts, [...path, 'earliestOf', index, 'starts'], policy), ...inLength(end.length, [...path, 'earliestOf', index, 'length'])]),
    ...pausedBy.flatMap(({ from, until }, index) => [...inMatch(from, [...path, 'pausedBy', index, 'from']), ...inMatch(until, [...path, 'pausedBy', index, 'until'])]),
    ...(extension ? [...inLength(extension.most, [...path, 'extension', 'most']), ...inMatches(extension.needs, [...path, 'extension', 'needs'])] : []),
    ...inMatches(deadline.metBy, [...path, 'metBy']),
    ...inMatches(deadline.endsWith, [...path, 'endsWith']),
  ];
}

/** Twenty years in each unit: nobody waits for longer, so it is a slip of the hand. */
const MOST: Readonly<Record<Length['unit'], number>> = { hour: 175_320, 'business-day': 5_220, day: 7_305, month: 240, year: 20 };

const inLength = ({ amount, unit }: Length, path: Path): Wrong[] =>
  amount > MOST[unit] ? [{ path: [...path, 'amount'], message: `${amount} ${unit}s are more than twenty years` }] : [];

function inStart(start: DeadlineRule['starts'], path: Path, policy: Policy): Wrong[] {
  const { deadline, event, from } = start;
  if (deadline === undefined) return [...(event === undefined ? [] : inMatch({ ...start, event }, path)), ...inMatches(start.and, [...path, 'and']), ...(from === undefined ? [] : [{ path: [...path, 'from'], message: 'from goes with deadline only' }])];
  const other = Object.keys(start).find((field) => field !== 'deadline' && field !== 'from');
  if (other !== undefined) return [{ path: [...path, other], message: `${other} does not go with deadline: it counts from the other deadline and from nothing else` }];
  const named = policy.deadlines.find(({ id }) => id === deadline);
  if (!named) return [{ path: [...path, 'deadline'], message: `there is no deadline ${deadline}${near(deadline, policy.deadlines.map(({ id }) => id))}` }];
  return from !== 'due' && !named.metBy ? [{ path: [...path, 'deadline'], message: `nothing meets the deadline ${deadline}, so that nothing starts; count from its due date (from: due)` }] : [];
}

const near = (name: string, names: readonly string[]): string => {
  const meant = names.find((candidate) => distance(candidate, name) <= 2);
  return meant === undefined ? '' : `; did you mean ${meant}?`;
};

/** Each circle of chained deadlines is told once, at the first deadline in it. */
function circles(deadlines: readonly DeadlineRule[]): Wrong[] {
  const next = new Map(deadlines.map(({ id, starts, earliestOf = [] }) => [id, [starts, ...earliestOf.map((end) => end.starts)].flatMap(({ deadline }) => deadline ?? [])]));
  const done = new Set<string>();
  const found: Wrong[] = [];
  const walk = (id: string, path: readonly string[]): void => {
    if (path.includes(id)) {
      const circle = [...path.slice(path.indexOf(id)), id];
      found.push({ path: ['deadlines', deadlines.findIndex((deadline) => deadline.id === circle[0]), 'starts'], message: `the deadlines wait for each other: ${circle.join(' -> ')}` });
    } else if (!done.has(id)) {
      for (const each of next.get(id) ?? []) walk(each, [...path, id]);
      done.add(id);
    }
  };
  for (const { id } of deadlines) walk(id, []);
  return found;
}

const inMatches = (matches: readonly EntryMatch[] | undefined, path: Path): Wrong[] => (matches ?? []).flatMap((match, index) => inMatch(match, [...path, index]));

function inMatch(match: EntryMatch & { readonly field?: string }, path: Path): Wrong[] {
  const event = EVENTS.find(({ name }) => name === match.event);
  if (!event) return [{ path: [...path, 'event'], message: `there is no event ${match.event}${near(match.event, EVENTS.map(({ name }) => name))}` }];
  const noField = (name: string): string => `the event ${match.event} has no field ${name}; it has ${event.fields.map((field) => field.name).join(', ')}`;
  const wrong: Wrong[] = [];
  if (match.field !== undefined) {
    const field = event.fields.find(({ name }) => name === match.field);
    if (!field) wrong.push({ path: [...path, 'field'], message: noField(match.field) });
    else if (field.kind !== 'moment' && field.kind !== 'day') wrong.push({ path: [...path, 'field'], message: `the field ${match.field} of ${match.event} holds no moment to count from` });
  }
  for (const [name, wanted] of Object.entries(match.with ?? {})) {
    const [first = '', second] = name.split('.');
    if (first === 'by') continue;
    const field = event.fields.find((one) => one.name === first);
    const place = [...path, 'with', name];
    if (field) wrong.push(...inValue(match.event, field, name, second, [wanted].flat(), place));
    else wrong.push({ path: place, message: noField(name) });
  }
  return wrong;
}

function inValue(event: string, { name: first, keys = [], choices }: EventField, name: string, second: string | undefined, wanted: readonly unknown[], path: Path): Wrong[] {
  const noKey = second !== undefined && keys.length > 0 && !keys.includes(second) ? [{ path, message: `${first} of ${event} has no field ${second}; it has ${keys.join(', ')}` }] : [];
  const never = choices ? wanted.filter((value) => !choices.includes(String(value))) : [];
  return [...noKey, ...never.map((value) => ({ path, message: `${name} of ${event} is never ${String(value)}; it is one of ${(choices ?? []).join(', ')}` }))];
}
