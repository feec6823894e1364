import type { VersionRange } from '../generated/documents.ts';
import { compareVersions, isVersionOf } from './version-order.ts';

/** Fields of a range that are versions, in the order in which they are written. */
const VERSIONS = ['exact', 'from', 'before', 'through', 'fixed'] as const;

export interface RangeMistake {
  /** Which of the ranges. */
  readonly index: number;
  readonly field: (typeof VERSIONS)[number] | 'scheme';
  readonly message: string;
}

/** What the ranges of one product say that cannot be, as far as their scheme can tell. */
export function* rangeMistakes(ranges: readonly VersionRange[]): Iterable<RangeMistake> {
  for (const [index, range] of ranges.entries()) {
    for (const mistake of mistakesIn(range)) yield { index, ...mistake };
    const { fixed, scheme } = range;
    const other = fixed === undefined ? undefined : ranges.find((one) => one !== range && one.scheme === scheme && affects(one, fixed));
    if (other) yield { index, field: 'fixed', message: `${fixed} has the fix, and another range of this product says that it is affected: ${rangeText(other)}` };
  }
}

function* mistakesIn(range: VersionRange): Iterable<Omit<RangeMistake, 'index'>> {
  const { scheme, exact, from, before, through, fixed } = range;
  if (VERSIONS.every((field) => range[field] === undefined)) yield { field: 'scheme', message: 'the range names no version: exact, from, before, through or fixed is missing' };
  if (exact !== undefined && (from ?? before ?? through) !== undefined) yield { field: 'exact', message: 'exact is one version, and from, before and through are many: give one or the other' };
  if (before !== undefined && through !== undefined) yield { field: 'through', message: 'before and through are both the end of the range: give the one that the vendor says' };
  for (const field of VERSIONS) {
    const version = range[field];
    if (version !== undefined && !isVersionOf(scheme, version)) yield { field, message: `${JSON.stringify(version)} is no version of the scheme ${scheme}` };
  }
  const order = (a: string | undefined, b: string | undefined): number => (a === undefined || b === undefined ? -1 : (compareVersions(scheme, a, b) ?? -1));
  if (order(from, through) > 0) yield { field: 'from', message: `from ${from ?? ''} is newer than through ${through ?? ''}` };
  if (order(from, before) >= 0) yield { field: 'from', message: `from ${from ?? ''} is not older than before ${before ?? ''}: no version is affected` };
  if (order(from, fixed) >= 0) yield { field: 'fixed', message: `fixed ${fixed ?? ''} is not newer than from ${from ?? ''}, the first affected version` };
  const last = exact ?? through;
  if (last !== undefined && order(last, fixed) >= 0) yield { field: 'fixed', message: `${fixed ?? ''} has the fix, and ${last} is the last affected version` };
  if (fixed !== undefined && before !== undefined && order(before, fixed) > 0) yield { field: 'fixed', message: `${fixed} has the fix, and every version before ${before} is affected` };
}

/** Whether the range certainly holds the version. */
function affects({ scheme, exact, from, before, through, fixed }: VersionRange, version: string): boolean {
  if (exact !== undefined) return compareVersions(scheme, exact, version) === 0;
  const within = (bound: string | undefined, holds: (order: number) => boolean): boolean => {
    const order = bound === undefined ? undefined : compareVersions(scheme, version, bound);
    return bound === undefined || (order !== undefined && holds(order));
  };
  if ((from ?? before ?? through) === undefined) return false;
  const end = before ?? (through === undefined ? fixed : undefined);
  return within(from, (order) => order >= 0) && within(end, (order) => order < 0) && within(through, (order) => order <= 0);
}

/** The range as one line: 1.0.0 <= version < 1.2.4. */
export function rangeText({ exact, from, before, through, fixed }: VersionRange): string {
  if (exact !== undefined) return exact;
  const end = before ?? (through === undefined ? fixed : undefined);
  return `${from === undefined ? '' : `${from} <= `}version${end === undefined ? '' : ` < ${end}`}${through === undefined ? '' : ` <= ${through}`}`;
}
