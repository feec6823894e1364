import { EMBARGO, EMBARGO_MEANING, EMBARGO_RULES, EMBARGO_STEPS, type EmbargoStep } from '../domain/embargo.ts';
import { FIX_PATH, FIX_PATH_MEANING, FIX_STEPS, type FixStep } from '../domain/fix-path.ts';
import { LATCHES } from '../domain/latches.ts';
import { ALLOWED_IN, CONDITIONS, LIFECYCLE, STATUS_MEANING, statusesFor, type Condition } from '../domain/lifecycle.ts';
import { PROGRESS_MEANING, VENDOR_PROGRESS, VENDOR_STEPS, type VendorStep } from '../domain/vendor-progress.ts';
import { VENDOR_STATUS, VENDOR_STATUS_MEANING } from '../domain/vendor-status.ts';
import type { EventName } from '../domain/case.ts';
import type { ExplainedTable } from './explanation.ts';

/** One way from a state to another, by whatever table. */
export interface Move {
  readonly from: string;
  readonly to: string;
  /** The event or step. */
  readonly by: string;
  readonly when?: readonly Condition[];
  readonly why: string;
}

/** One machine of states: what each means, and every move between them. */
export interface Machine {
  /** Also how a state of it is called in an explanation. */
  readonly name: string;
  readonly about: readonly string[];
  readonly meanings: Readonly<Record<string, string>>;
  readonly moves: readonly Move[];
}

type Steps = Readonly<Record<string, Readonly<Partial<Record<string, string>>>>>;

const movesOf = (table: Steps, words: Readonly<Record<string, string>>, why: (step: string) => string): Move[] =>
  Object.entries(table).flatMap(([from, steps]) => Object.entries(steps).flatMap(([step, to]) => (to === undefined ? [] : [{ from, to, by: words[step] ?? step, why: why(step) }])));

export const conditionsOf = ({ when = [] }: Move): string => when.map((condition) => CONDITIONS[condition]).join(' and ');

const WHAT_IT_DOES: Readonly<Record<EmbargoStep, string>> = {
  propose: 'a party proposes an embargo, or a new end',
  accept: 'a party accepts what is proposed; where nothing is, it joins what is in force',
  reject: 'a party rejects what is proposed; where nothing is, it stays out',
  terminate: 'the embargo ends, early or at its time',
};

/** The machines of a case, from the tables that replay works with. */
export const MACHINES: readonly Machine[] = [
  {
    name: 'state of a case',
    about: ['Of the moves that fit the state and the event, the first whose conditions hold is taken. What has none is a finding, and has no effect.'],
    meanings: STATUS_MEANING,
    moves: LIFECYCLE.map(({ from, event, to, when, why }) => ({ from, to, by: event, why, ...(when === undefined ? {} : { when }) })),
  },
  {
    name: 'contact progress of a vendor',
    about: ['Internal: it is never published. A step that is not listed changes nothing.'],
    meanings: PROGRESS_MEANING,
    moves: movesOf(VENDOR_PROGRESS, {}, (step) => VENDOR_STEPS[step as VendorStep]),
  },
  {
    name: 'fix path of a vendor',
    about: ['It goes forward only (Vultron: vendor fix path).'],
    meanings: FIX_PATH_MEANING,
    moves: movesOf(FIX_PATH, {}, (step) => FIX_STEPS[step as FixStep]),
  },
  {
    name: 'embargo of a case',
    about: EMBARGO_RULES,
    meanings: EMBARGO_MEANING,
    moves: movesOf(EMBARGO, EMBARGO_STEPS, (step) => WHAT_IT_DOES[step as EmbargoStep]),
  },
];

const latchTable = (): ExplainedTable => ({
  title: 'What the world knows: each is set once and never goes back',
  columns: ['latch', 'event', 'means', 'the embargo'],
  rows: Object.entries(LATCHES).map(([name, { letter, event, meaning, embargo }]) => [`${name} (${letter})`, event, meaning, embargo === 'must-end' ? 'must end' : 'should end']),
});

const statusTable = (): ExplainedTable => ({
  title: 'Public status of a vendor, for each vulnerability',
  columns: ['status', 'means', 'may become'],
  rows: Object.entries(VENDOR_STATUS).map(([status, next]) => [status, VENDOR_STATUS_MEANING[status as keyof typeof VENDOR_STATUS_MEANING], next.join(', ')]),
});

const placesTable = (): ExplainedTable => ({
  title: 'Events that have their place without moving the case; all others but those of the lifecycle may stand anywhere',
  columns: ['event', 'in a case that is'],
  rows: Object.keys(ALLOWED_IN).map((event) => [event, statusesFor(event as EventName).join(', ')]),
});

const meaningTable = ({ name, meanings }: Machine): ExplainedTable => ({ title: name, columns: ['state', 'means'], rows: Object.entries(meanings) });

const moveTable = ({ name, moves }: Machine): ExplainedTable => ({
  title: `${name}: moves`,
  columns: ['from', 'by', 'to', ...(moves.some(({ when }) => when) ? ['if'] : []), 'why'],
  rows: moves.map((move) => [move.from, move.by, move.to, ...(moves.some(({ when }) => when) ? [conditionsOf(move)] : []), move.why]),
});

/** Every table of the lifecycle, in the order in which a case handler meets them. */
export const lifecycleTables = (): { readonly about: readonly string[]; readonly machine?: Machine; readonly tables: readonly ExplainedTable[] }[] => [
  ...MACHINES.map((machine) => ({ about: machine.about, machine, tables: [meaningTable(machine), moveTable(machine), ...(machine.meanings === STATUS_MEANING ? [placesTable()] : [])] })),
  { about: ['A public exploit is a public flaw: it sets both. Publication sets public.'], tables: [latchTable()] },
  { about: ['The same status may be said again, with other words.'], tables: [statusTable()] },
];
