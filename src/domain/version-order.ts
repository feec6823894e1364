import type { VersionRange } from '../generated/documents.ts';

type Scheme = VersionRange['scheme'];

interface VersionOrder {
  /** What a version looks like. */
  readonly form: RegExp;
  /** Below 0 where the first is the older one; both have the form. */
  readonly compare: (a: string, b: string) => number;
}

/** Numbers of any length. */
const byNumber = (a: string, b: string): number => {
  const [one, other] = [BigInt(a), BigInt(b)];
  return one < other ? -1 : one > other ? 1 : 0;
};
const byCharacter = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const isNumber = (text: string): boolean => /^[0-9]+$/.test(text);

/** The first difference of two lists, by comparing what stands at the same place in both. */
function firstDifference<T>(a: readonly T[], b: readonly T[], compare: (one: T | undefined, other: T | undefined) => number): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = compare(a[index], b[index]);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Semantic Versioning 2.0.0, 11: a release is newer than its pre-releases, and build metadata does not count. */
const SEMVER: VersionOrder = {
  form: /^(?:0|[1-9][0-9]*)(?:\.(?:0|[1-9][0-9]*)){2}(?:-(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)(?:\.(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*))*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/,
  compare(a, b) {
    const parts = (version: string): [numbers: string[], before: string[]] => {
      const [, numbers = '', before] = /^([0-9.]+)(?:-([^+]*))?/.exec(version) ?? [];
      return [numbers.split('.'), before?.split('.') ?? []];
    };
    const [[numbersA, beforeA], [numbersB, beforeB]] = [parts(a), parts(b)];
    const numbers = firstDifference(numbersA, numbersB, (one = '0', other = '0') => byNumber(one, other));
    if (numbers !== 0) return numbers;
    if (beforeA.length === 0 || beforeB.length === 0) return beforeB.length - beforeA.length;
    return firstDifference(beforeA, beforeB, (one, other) => {
      if (one === undefined || other === undefined) return one === undefined ? -1 : 1;
      if (isNumber(one) && isNumber(other)) return byNumber(one, other);
      return isNumber(one) ? -1 : isNumber(other) ? 1 : byCharacter(one, other);
    });
  },
};

/** A tilde is older than the end, the end older than a letter, a letter older than any other character (Debian Policy 5.6.12). */
const debianWeight = (character: string | undefined): number =>
  character === undefined ? 0 : character === '~' ? -1 : (character.codePointAt(0) ?? 0) + (/[A-Za-z]/.test(character) ? 0 : 256);

/** What is no number and what is one, in turn. */
const debianPart = (a: string, b: string): number =>
  firstDifference(
    a.split(/([0-9]+)/).map((text, index) => [text, index] as const),
    b.split(/([0-9]+)/).map((text, index) => [text, index] as const),
    (one, other) => {
      const index = one?.[1] ?? other?.[1] ?? 0;
      const [x, y] = [one?.[0] ?? '', other?.[0] ?? ''];
      return index % 2 === 1 ? byNumber(x === '' ? '0' : x, y === '' ? '0' : y) : firstDifference(Array.from(x), Array.from(y), (c, d) => debianWeight(c) - debianWeight(d));
    },
  );

/** Tildes before the end before carets; a number is newer than a word (rpm, rpmvercmp). */
const rpmPart = (a: string, b: string): number => {
  const parts = (text: string): string[] => text.match(/~|\^|[0-9]+|[A-Za-z]+/g) ?? [];
  const rank = (part: string | undefined): number => (part === '~' ? 0 : part === undefined ? 1 : part === '^' ? 2 : isNumber(part) ? 4 : 3);
  return firstDifference(parts(a), parts(b), (one, other) => {
    if (rank(one) !== rank(other)) return rank(one) - rank(other);
    return one === undefined || other === undefined ? 0 : isNumber(one) && isNumber(other) ? byNumber(one, other) : byCharacter(one, other);
  });
};

interface PackageVersion {
  readonly epoch: string;
  readonly version: string;
  readonly release: string;
}
const packageVersion = (text: string): PackageVersion => {
  const [, epoch = '0', version = '', release = ''] = /^(?:([0-9]+):)?(.*?)(?:-([^-]*))?$/.exec(text) ?? [];
  return { epoch, version, release };
};

const packages = (form: RegExp, part: (a: string, b: string) => number, without: (release: string) => boolean): VersionOrder => ({
  form,
  compare(first, second) {
    const [a, b] = [packageVersion(first), packageVersion(second)];
    const newer = byNumber(a.epoch, b.epoch) || part(a.version, b.version);
    return newer !== 0 || without(a.release) || without(b.release) ? newer : part(a.release, b.release);
  },
});

/** The schemes whose order is here; of the others a person has to judge. */
const ORDERS: Readonly<Partial<Record<Scheme, VersionOrder>>> = {
  semver: SEMVER,
  npm: SEMVER,
  deb: packages(/^(?:[0-9]+:)?[0-9][A-Za-z0-9.+~-]*$/, debianPart, () => false),
  // A version without a release means all of its releases.
  rpm: packages(/^(?:[0-9]+:)?[A-Za-z0-9._+~^]+(?:-[A-Za-z0-9._+~^]+)?$/, rpmPart, (release) => release === ''),
};

/** Whether a text can be a version of the scheme; true where the scheme cannot tell. */
export const isVersionOf = (scheme: Scheme, version: string): boolean => ORDERS[scheme]?.form.test(version) ?? true;

/** Below 0 where the first is older, 0 where they are the same, undefined where the scheme cannot tell. */
export function compareVersions(scheme: Scheme, a: string, b: string): number | undefined {
  if (a === b) return 0;
  const order = ORDERS[scheme];
  return order?.form.test(a) === true && order.form.test(b) ? order.compare(a, b) : undefined;
}
