import { compareVersions } from '../domain/version-order.ts';
import { rangeMistakes, rangeText } from '../domain/version-range.ts';
import type { Product, VersionRange } from '../generated/documents.ts';
import { oneLine } from './document-part.ts';

type Scheme = VersionRange['scheme'];

/** Affected versions as a document names them. */
export interface ForeignVersion {
  readonly words: string;
  /** Where a program can tell. */
  readonly range?: VersionRange;
  /** One version, of which the document does not say how it is ordered: among its like, the words alone say the same. */
  readonly bare?: boolean;
}

/** What a vers, a CVE record or an ecosystem of OSV calls the orders that case.md has. */
const SCHEMES: Readonly<Record<string, Scheme>> = {
  semver: 'semver', deb: 'deb', debian: 'deb', rpm: 'rpm', maven: 'maven', npm: 'npm', pypi: 'pypi', python: 'pypi',
};

/** custom for an order that case.md does not have: nobody but the vendor then says which version is newer. */
export const schemeOf = (name: string | undefined): Scheme => {
  const key = (name ?? '').toLowerCase();
  return (Object.hasOwn(SCHEMES, key) ? SCHEMES[key] : undefined) ?? 'custom';
};

export const ALL_VERSIONS = 'all versions';
/** Where a document names a product and no version of it. */
export const NOT_STATED: ForeignVersion = { words: 'not stated' };

/** Versions of which nobody knows yet whether they are affected: in the words of the case only, for a range would call them affected. */
export const notKnown = (words: string): ForeignVersion => ({ words: `${words} (not known whether affected)` });

/** What people write where a program expects one version. */
const SEVERAL = /[<>]|\b(?:after|all|and|any|before|earlier|later|newer|older|prior|through|to|unspecified|versions)\b/i;
const ONE = /^[A-Za-z]{0,3}[0-9][\w.+~:-]*$/;

/** One version by its name. Where the document does not say its order, only what looks like one version is taken for one. */
export function oneVersion(name: string, order: string | undefined): ForeignVersion {
  const bare = order === undefined;
  return SEVERAL.test(name) || (bare && !ONE.test(name)) ? { words: name } : { words: name, range: { scheme: schemeOf(order), exact: name }, ...(bare ? { bare } : {}) };
}

/** A range as words and, where it ends anywhere, for programs. */
export function inRange(range: VersionRange): ForeignVersion {
  return (range.from ?? range.before ?? range.through ?? range.fixed) === undefined ? { words: ALL_VERSIONS } : { words: rangeText(range), range };
}

const numbers = (version: string): readonly number[] | undefined => (/^[0-9]{1,9}(?:\.[0-9]{1,9})*$/.test(version) ? version.split('.').map(Number) : undefined);

/** Whether a release can be what ends the range: not where it is older, and for one version only where it is known to be newer. */
export function mayFix({ scheme, exact, before, through }: VersionRange, release: string): boolean {
  const last = exact ?? through ?? before;
  if (last === undefined) return false;
  const order = compareVersions(scheme, last, release) ?? looseOrder(last, release);
  return exact === undefined ? order === undefined || order < 0 || (order === 0 && before !== undefined) : order !== undefined && order < 0;
}

function looseOrder(a: string, b: string): number | undefined {
  const [one, other] = [numbers(a), numbers(b)];
  if (one === undefined || other === undefined) return undefined;
  for (let index = 0; index < Math.max(one.length, other.length); index += 1) {
    const difference = (one[index] ?? 0) - (other[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const VERS = /^vers:([a-z0-9.+-]{1,40})\/(.+)$/s;
const CONSTRAINT = /^(>=|<=|!=|<|>|=)?([^\s<>=!|]+)$/;

/** The affected versions of a product_version_range: a vers, or the same without a scheme (CSAF 2.0, 3.1.2.3.2). Anything else is words. */
export function rangesOf(text: string): ForeignVersion[] {
  const words: ForeignVersion[] = [{ words: text }];
  const [, named, body] = VERS.exec(text) ?? [];
  if (named === undefined && !/^(?:[<>]=?[^\s<>=]|\*$)/.test(text)) return words;
  const constraints = (body ?? text).split('|').map((part) => CONSTRAINT.exec(part));
  if (constraints.length === 1 && constraints[0]?.[0] === '*') return [{ words: ALL_VERSIONS }];
  const scheme = schemeOf(named);
  const ranges: VersionRange[] = [];
  let from: string | undefined;
  for (const constraint of constraints) {
    const version = decoded(constraint?.[2], named !== undefined);
    if (version === undefined) return words;
    const comparator = constraint?.[1] ?? '=';
    if (comparator === '=' && from === undefined) ranges.push({ scheme, exact: version });
    else if (comparator === '>=' && from === undefined) from = version;
    else if (comparator === '<' || comparator === '<=') {
      ranges.push({ scheme, ...(from === undefined ? {} : { from }), ...(comparator === '<' ? { before: version } : { through: version }) });
      from = undefined;
    } else return words; // A hole, or a beginning that is not in it: case.md has no place for these.
  }
  if (from !== undefined) ranges.push({ scheme, from });
  return ranges.map((range) => (range.exact === undefined ? inRange(range) : { words: range.exact, range }));
}

function decoded(version: string | undefined, isVers: boolean): string | undefined {
  if (version === undefined) return undefined;
  try {
    const text = isVers ? decodeURIComponent(version) : version;
    // What a vers escapes may be anything.
    return oneLine(text) === text && text.length <= LONGEST_LINE ? text : undefined;
  } catch (cause) {
    if (!(cause instanceof URIError)) throw cause;
    return undefined;
  }
}

/** Products of one vendor and name, with every version once. */
export interface ForeignProduct extends Omit<Product, 'vendor' | 'versions' | 'ranges'> {
  readonly vendor: string | undefined;
  readonly versions: readonly ForeignVersion[];
}

// Of schemas/common.schema.json.
const MOST_VERSIONS = 200;
const LONGEST_LINE = 500;

/** As case.md has it. Ranges are given where they say all that the words say and do not contradict themselves; why tells why not. */
export function versionsOf(versions: readonly ForeignVersion[]): { readonly versions: readonly string[]; readonly ranges?: readonly VersionRange[]; readonly why?: string; readonly over: number } {
  const byWords = new Map(versions.map((version) => [JSON.stringify([version.words, version.range]), version]));
  const unique = [...byWords.values()];
  const kept = unique.filter((version) => version.words.length <= LONGEST_LINE).slice(0, MOST_VERSIONS);
  if (kept.length === 0) kept.push(NOT_STATED);
  const words = [...new Set(kept.map((version) => version.words))];
  const over = Math.max(0, unique.length - kept.length);
  if (!kept.some(({ range, bare }) => range !== undefined && (bare !== true || range.fixed !== undefined))) return { versions: words, over };
  const [scheme, ...others] = new Set(kept.flatMap(({ range, bare }) => (range === undefined || bare === true ? [] : [range.scheme])));
  const ranges = kept.flatMap(({ range, bare }) => (range === undefined ? [] : [bare === true && scheme !== undefined && others.length === 0 ? { ...range, scheme } : range]));
  if (ranges.length < kept.length || over > 0) return { versions: words, over, why: 'some of its versions are words' };
  const [mistake] = rangeMistakes(ranges);
  if (mistake === undefined) return { versions: words, ranges, over };
  // A CVE record calls nearly every version a semver, and 1.0 is none.
  const custom = ranges.map((range) => ({ ...range, scheme: 'custom' as const }));
  return [...rangeMistakes(custom)].length === 0 && mistake.message.includes('is no version of the scheme') ? { versions: words, ranges: custom, over, why: `kept as custom: ${mistake.message}` } : { versions: words, over, why: mistake.message };
}
