import { lanesOf, type Lane } from '../domain/case-lanes.ts';
import { isOpen, type CaseState } from '../domain/case-state.ts';
import { publicId, type CaseRecord, type LoggedEntry } from '../domain/case.ts';
import { formatInstant, localDate, showMinute, type Instant } from '../domain/instant.ts';
import { entrySentence } from './entry-text.ts';
import { legibleLine } from './legible.ts';
import type { Paint } from './paint.ts';
import { displayWidth, fit, wrap } from './text-width.ts';
import { table } from './table.ts';

interface Graph {
  readonly record: CaseRecord;
  readonly state: CaseState;
  readonly zone: string;
  readonly now: Instant;
}

/** No wider, a lane's name takes; a vendor may be called anything. */
const NAME = 20;
const HOUR = 3_600_000;

const LANE_NAMES: Readonly<Record<Lane['of'], string>> = { case: 'case', embargo: 'embargo', public: 'public', exploit: 'exploit', attacks: 'attacks', progress: 'contact', 'fix-path': '  fix' };

/** What a row of the drawing is called: a vendor by its name, its fix below it. */
const nameOf = ({ of, vendor }: Lane): string => (of === 'progress' ? legibleLine(vendor ?? '') : LANE_NAMES[of]);

/** Columns that each moment needs before the next one, so that what begins there can be read: where the same lane goes on at once, its name and a bar. */
function needs(moments: readonly Instant[], lanes: readonly Lane[]): number[] {
  const place = new Map(moments.map((moment, index) => [moment, index]));
  const needed = moments.map(() => 1);
  for (const { steps } of lanes) {
    for (const [index, { to, by }] of steps.entries()) {
      const here = place.get(by.at) ?? 0;
      const next = place.get(steps[index + 1]?.by.at ?? Infinity) ?? moments.length;
      if (next === here + 1 || (next === moments.length && here === moments.length - 2)) needed[here] = Math.max(needed[here] ?? 1, to.length + 2);
    }
  }
  return needed;
}

/**
 * The column of each moment. Later ones stand further right, and no two share a column while there is room. What is left over
 * goes to the longer waits, but not in proportion: a case has busy hours and quiet months.
 */
function columnsOf(moments: readonly Instant[], lanes: readonly Lane[], width: number): ReadonlyMap<Instant, number> {
  const wanted = needs(moments, lanes);
  let most = Math.max(...wanted);
  const least = (index: number): number => Math.min(wanted[index] ?? 1, most);
  const taken = (): number => moments.reduce((sum, _moment, index) => sum + least(index), 0);
  while (most > 1 && taken() > width) most -= 1;
  const spare = Math.max(width - taken(), 0);
  const waits = moments.slice(1).map((moment, index) => Math.log2(2 + (moment - (moments[index] ?? moment)) / HOUR));
  const total = waits.reduce((sum, wait) => sum + wait, 0);
  const columns = new Map<Instant, number>();
  let needed = 0;
  let waited = 0;
  for (const [index, moment] of moments.entries()) {
    columns.set(moment, Math.min(needed + (total === 0 ? 0 : Math.round((waited / total) * spare)), width - 1));
    needed += least(index);
    waited += waits[index] ?? 0;
  }
  return columns;
}

/** One lane as a line no longer than the width: | where something begins, its name, and - for as long as it lasts, at most until the end. Plain ASCII is one column wide on every terminal. */
function draw({ steps }: Lane, columns: ReadonlyMap<Instant, number>, width: number, end: number): string {
  const line: string[] = Array.from({ length: width }, () => ' ');
  const begins = steps.map(({ by, to }) => ({ column: columns.get(by.at) ?? 0, to }));
  for (const [index, { column, to }] of begins.entries()) {
    const next = begins[index + 1]?.column ?? width;
    for (let place = column; place < next; place += 1) line[place] = place === column ? '|' : (to[place - column - 1] ?? (place < end ? '-' : ' '));
  }
  return line.join('').trimEnd();
}

/** Days above their columns, as many as have room side by side. */
function axis(moments: readonly Instant[], columns: ReadonlyMap<Instant, number>, width: number, zone: string, now: Instant): string {
  let line = '';
  let last = '';
  for (const moment of moments) {
    const column = columns.get(moment) ?? 0;
    const day = moment === now ? 'now' : localDate(moment, zone);
    if (day === last || (line !== '' && column <= line.length) || column + day.length > width) continue;
    line = `${line.padEnd(column)}${day}`;
    last = day;
  }
  return line;
}

function drawing(lanes: readonly Lane[], { state, zone, now }: Graph, width: number, colours: Paint): string[] {
  const begin = state.path[0]?.by.at ?? state.entries[0]?.at ?? now;
  const end = isOpen(state.status) || state.status === 'published' ? [now] : [];
  const moments = [...new Set([begin, ...lanes.flatMap(({ steps }) => steps.map(({ by }) => by.at)), ...end])].sort((a, b) => a - b);
  const names = lanes.map(nameOf);
  const label = Math.min(NAME, Math.floor(width / 3), Math.max(...names.map(displayWidth))) + 1;
  const room = Math.max(width - label, 1);
  const columns = columnsOf(moments, lanes, room);
  const row = (name: string, line: string): string => `${name}${' '.repeat(Math.max(label - displayWidth(name), 0))}${line}`.trimEnd();
  const last = end.length > 0 ? room : (columns.get(moments.at(-1) ?? begin) ?? 0);
  const endOf = ({ of, steps }: Lane): number => (of === 'embargo' && (state.embargo.status === 'exited' || state.embargo.status === 'none') ? (columns.get(steps.at(-1)?.by.at ?? begin) ?? 0) : last);
  return [
    colours.quiet(row('', axis(moments, columns, room, zone, now))),
    ...lanes.map((lane, index) => row(fit(names[index] ?? '', label - 1), draw(lane, columns, room, endOf(lane)))),
  ];
}

function path({ state, zone }: Graph, width: number, colours: Paint): string {
  const rows = state.path.map(({ to, by }) => [showMinute(by.at, zone), { text: to, paint: colours.strong }, entrySentence(by.entry, zone)]);
  return table([{ title: 'SINCE' }, { title: 'STATE' }, { title: 'BY', flexible: true }], rows, { width, title: colours.quiet });
}

/** The way of a case in the terminal: its states with times and events, and below them everything that changed, side by side. */
export function caseGraph(graph: Graph, width: number, colours: Paint): string {
  const { record, state, zone } = graph;
  const lanes = lanesOf(state);
  // What never happened needs no row of its own.
  const drawn = lanes.filter(({ of, steps }) => steps.length > 0 || of === 'case');
  const quiet = [
    ...(state.changes.some(({ of }) => of === 'embargo') ? [] : ['no embargo was proposed']),
    ...(Object.keys(state.latches).length === 0 ? ['not public, no public exploit or attack on record'] : []),
    ...(state.vendors.size === 0 ? ['no vendor is a party'] : []),
  ];
  return [
    `${colours.strong(publicId(record.file))}  ${state.status}`,
    ...[record.file.title.ja, record.file.title.en].flatMap((title) => (title === undefined ? [] : wrap(legibleLine(title), width))),
    '',
    colours.strong(`Path (times in ${zone})`),
    state.path.length === 0 ? 'the log has no received entry' : path(graph, width, colours),
    '',
    ...wrap('Side by side: each change is drawn, a long wait a little wider than a short one', width).map((line) => colours.strong(line)),
    ...drawing(drawn, graph, width, colours),
    ...(quiet.length === 0 ? [] : ['', ...wrap(`${quiet.join('; ')}.`, width)]),
  ].join('\n');
}

const stepAsData = (to: string, { at, name, entry }: LoggedEntry, zone: string): object => ({ to, at: formatInstant(at, zone), entry: name, event: entry.event });

/** The lanes in a JSON envelope. */
export const graphAsData = (state: CaseState, zone: string): object[] =>
  lanesOf(state).map(({ of, vendor, steps }) => ({ of, ...(vendor === undefined ? {} : { vendor }), steps: steps.map(({ to, by }) => stepAsData(to, by, zone)) }));
