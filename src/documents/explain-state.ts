import { ALLOWED_IN, mayStand, STATUS_MEANING, type Condition } from '../domain/lifecycle.ts';
import { EMBARGO_MEANING } from '../domain/embargo.ts';
import { LATCHES } from '../domain/latches.ts';
import { VENDOR_STATUS, VENDOR_STATUS_MEANING } from '../domain/vendor-status.ts';
import type { CaseStatus } from '../domain/case-state.ts';
import type { EventName } from '../domain/case.ts';
import { EVENTS } from '../generated/events.ts';
import { commandsFor } from './event-command.ts';
import { facts, type Explanation, type Topic } from './explanation.ts';
import { conditionsOf, MACHINES, type Machine, type Move } from './lifecycle-tables.ts';

/** What is typed where a condition asks for more than the event itself. */
const COMMAND_FOR: Readonly<Partial<Record<Condition, string>>> = {
  emergency: 'vcc publish CASE --emergency REASON',
  'no-resolution-direct': 'vcc record CASE closed --because no-resolution --reason TEXT',
  'committee-refused': 'vcc record CASE closed --because committee-refused --reason TEXT',
  done: 'vcc record CASE closed --because done --reason TEXT',
};

/** The commands for a step of a vendor, which is no event of its own. */
const COMMAND_FOR_STEP: Readonly<Record<string, string>> = {
  tried: 'vcc notify CASE --vendor SLUG',
  answered: 'vcc record CASE vendor-replied --vendor SLUG',
  refused: 'vcc record CASE vendor-contacted --vendor SLUG --purpose other --means phone --outcome refused',
  escalated: 'vcc escalate CASE --vendor SLUG',
  learns: 'vcc notify CASE --vendor SLUG --purpose details',
  fixes: 'vcc record CASE fix-available --remediation fix --vendor SLUG',
  deploys: 'vcc record CASE fix-deployed --vendor SLUG',
};

function commandOf({ by, when = [] }: Move): string | undefined {
  const special = when.map((condition) => COMMAND_FOR[condition]).find((command) => command !== undefined);
  if (special !== undefined) return special;
  if (by.startsWith('reply:')) return `vcc record CASE vendor-replied --vendor SLUG --progress ${by.slice('reply:'.length)}`;
  const event = EVENTS.find(({ name }) => name === by);
  return event === undefined ? COMMAND_FOR_STEP[by] : commandsFor(event)[0];
}

const conditions = (move: Move): string => (move.when === undefined ? '' : `; if ${conditionsOf(move)}`);

function wayOut(move: Move): string[] {
  const command = commandOf(move);
  return [`-> ${move.to}: ${move.why.replace(/\.$/, '')}${conditions(move)}`, ...(command === undefined ? [] : [`$ ${command}`])];
}

const wayIn = (move: Move): string => `from ${move.from === 'none' ? 'nothing' : move.from} by ${move.by}${conditions(move)}`;

function explainIn(machine: Machine, name: string): Explanation {
  const others = machine.meanings === STATUS_MEANING ? (Object.keys(ALLOWED_IN) as EventName[]).filter((event) => mayStand(event, name as CaseStatus)) : [];
  const out = machine.moves.filter(({ from }) => from === name);
  return {
    kind: 'state',
    name,
    of: machine.name,
    summary: machine.meanings[name] ?? '',
    facts: facts(
      ['Comes', machine.moves.filter(({ to, from }) => to === name && from !== name).map(wayIn)],
      ['Ways out', out.length === 0 ? 'none; it is final' : out.flatMap(wayOut)],
      ['Possible', others.length === 0 ? undefined : [`besides what may happen in any state: ${others.join(', ')}`]],
      ['Holds', machine.meanings === EMBARGO_MEANING ? machine.about : undefined],
    ),
  };
}

function explainLatch(name: string): Explanation[] {
  const latch = Object.hasOwn(LATCHES, name) ? LATCHES[name as keyof typeof LATCHES] : undefined;
  if (latch === undefined) return [];
  return [
    {
      kind: 'state',
      name,
      of: `what the world knows (${latch.letter})`,
      summary: latch.meaning,
      facts: facts(
        ['Comes', [`by ${latch.event}${name === 'public' ? ', exploit-public or published' : ''}`, `$ vcc record CASE ${latch.event} --how TEXT`]],
        ['Ways out', 'none: it is a latch and never goes back; a mistake is corrected'],
        ['Embargo', latch.embargo === 'must-end' ? 'it must end, and nothing new is agreed' : 'it should end, and nothing new is agreed'],
      ),
    },
  ];
}

function explainPublicStatus(name: string): Explanation[] {
  if (!Object.hasOwn(VENDOR_STATUS, name)) return [];
  const status = name as keyof typeof VENDOR_STATUS;
  return [
    {
      kind: 'state',
      name,
      of: 'public status of a vendor',
      summary: VENDOR_STATUS_MEANING[status],
      facts: facts(
        ['Comes', [`first, or after ${Object.entries(VENDOR_STATUS).flatMap(([from, next]) => (next.includes(status) ? [from] : [])).join(', ') || 'none'}`, `$ vcc record CASE vendor-status --vendor SLUG --status ${name}${name === 'disputed' ? ' --reason TEXT' : ''}`]],
        ['May become', VENDOR_STATUS[status].join(', ')],
      ),
    },
  ];
}

/** Everything of that name: a case and a vendor may both be accepted. */
export const explainState = (name: string): Explanation[] => [
  ...MACHINES.flatMap((machine) => (Object.hasOwn(machine.meanings, name) ? [explainIn(machine, name)] : [])),
  ...explainLatch(name),
  ...explainPublicStatus(name),
];

/** Each name once, with what it means where it stands first. */
export const stateTopics = (): Topic[] => {
  const names = [...MACHINES.flatMap(({ meanings }) => Object.keys(meanings)), ...Object.keys(LATCHES), ...Object.keys(VENDOR_STATUS)];
  return [...new Set(names)].map((name) => ({ kind: 'state', name, summary: explainState(name).map(({ of, summary }) => `${of ?? ''}: ${summary}`).join(' ') }));
};
