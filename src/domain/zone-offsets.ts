import { tzOffset, TZDate } from '@date-fns/tz';

/** Milliseconds since 1970-01-01T00:00Z: an Instant, of which the names and forms are made from what stands here. */
type Moment = number;

/** When the clocks of a time zone were changed: from each moment on, so many milliseconds ahead of UTC, until the next. */
export interface ZoneChanges {
  readonly from: Moment;
  readonly until: Moment;
  readonly changes: readonly (readonly [at: Moment, ahead: number])[];
}

const MINUTE = 60_000;
const DAY = 86_400_000;
/** The years in which cases are made, kept and due. */
const FROM = Date.UTC(1995, 0);
const UNTIL = Date.UTC(2060, 0);

/** Of the zones that somebody looked up before: to ask Intl for the first time takes half as long as to start Node. */
const known = new Map<string, ZoneChanges>();

/** Makes it known, so that Intl is not asked for that zone. */
export const knowZone = (zone: string, changes: ZoneChanges): void => void known.set(zone, changes);

/** Milliseconds that the zone's clocks are ahead of UTC at that moment. */
export function aheadOf(instant: Moment, zone: string): number {
  if (zone === 'UTC') return 0;
  const table = known.get(zone);
  if (table === undefined || instant < table.from || instant >= table.until) return asked(instant, zone);
  return table.changes.findLast(([at]) => at <= instant)?.[1] ?? asked(instant, zone);
}

/** The moment at which a clock in the zone shows this, which is written as if it were UTC; where it shows it twice, the first; where never, the moment at which it leaps over it. */
export function momentOf(shown: number, zone: string): Moment {
  const [early, late] = [aheadOf(shown - DAY, zone), aheadOf(shown + DAY, zone)];
  const fitting = [Math.max(early, late), Math.min(early, late)].map((ahead) => shown - ahead).find((instant) => aheadOf(instant, zone) === shown - instant);
  return fitting ?? changeBetween(shown - DAY, shown + DAY, zone);
}

/** Looks up the changes of a zone by asking Intl for each day; no two changes are nearer to each other. */
export function changesOf(zone: string): ZoneChanges {
  const changes: [Moment, number][] = [[FROM, asked(FROM, zone)]];
  let last = asked(FROM, zone);
  for (let day = FROM + DAY; day < UNTIL; day += DAY) {
    const ahead = asked(day, zone);
    if (ahead !== last) changes.push([changeBetween(day - DAY, day, zone), ahead]);
    last = ahead;
  }
  return { from: FROM, until: UNTIL, changes };
}

/** A Date that prints in the zone, for a package that takes nothing else. */
export const dateIn = (instant: Moment, zone: string): Date => new TZDate(instant, zone);

const asked = (instant: Moment, zone: string): number => Math.round(tzOffset(zone, new Date(instant)) * MINUTE);

/** The one moment after before, and not later than after, from which another offset counts; to the second. */
function changeBetween(before: Moment, after: Moment, zone: string): Moment {
  const old = asked(before, zone);
  let [low, high] = [before, after];
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000;
    if (asked(middle, zone) === old) low = middle;
    else high = middle;
  }
  return high;
}
