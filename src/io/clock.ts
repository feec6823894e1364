import { readWhen } from '../domain/instant.ts';
import type { Instant } from '../domain/instant.ts';
import { usage } from '../domain/problem.ts';
import type { Clock } from '../environment.ts';

export interface SetClock extends Clock {
  /** True when --now or VCC_NOW set the time: then commits and signatures carry it too. */
  readonly fixed: boolean;
}

/** Whether a time says by itself which moment it is. */
export const hasOffset = (text: string): boolean => /(?:Z|[+-]\d{2}:\d{2})\s*$/.test(text);

/**
 * The clock of this run: --now, else VCC_NOW, else the machine's. A time without an offset counts in the zone of the
 * organisation; where no case repository is around there is none, and it is a usage error.
 */
export function chooseClock(flag: string | undefined, variable: string | undefined, zone?: string): SetClock {
  const [name, text] = flag !== undefined ? (['--now', flag] as const) : (['VCC_NOW', variable] as const);
  if (text === undefined || (name === 'VCC_NOW' && text === '')) return { fixed: false, now: machineTime };
  const instant = readWhen(text, zone ?? 'UTC', name);
  if (zone === undefined && !hasOffset(text)) throw usage(`${name}: a time without an offset, and no case repository around to say its zone: ${JSON.stringify(text)}`, 'Write it with its offset, as 2014-05-01T10:00+09:00.');
  return { fixed: true, now: () => instant };
}

/** The machine's own time, for what must not follow --now: the age of a lock. */
export const machineTime = (): Instant => Date.now();

/** A Date object for the libraries that want one; the domain has none. */
export const asDate = (instant: Instant): Date => new Date(instant);

/** The form of a Date header in mail, always in UTC. */
export const mailDate = (instant: Instant): string => asDate(instant).toUTCString().replace(/GMT$/, '+0000');
