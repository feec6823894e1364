import type { Weakness } from '../generated/documents.ts';

interface Tied {
  readonly cves?: string[] | undefined;
}

/** Which of the ids of a document a tie names; undefined where these are all, for then it says nothing. */
export function tieAmong(ids: readonly string[], tie: Tied['cves']): string[] | undefined {
  const known = tie && ids.filter((id) => tie.includes(id));
  return known === undefined || known.length === 0 || known.length === ids.length ? undefined : known;
}

/** Each value once, with the ids of all that say the same; with none where one of them names none. */
export function joined<T extends Tied>(values: readonly T[], keyOf: (value: T) => string, ids: readonly string[]): T[] {
  const groups = new Map<string, { readonly value: Omit<T, 'cves'>; readonly tie: Tied['cves'] }>();
  for (const one of values) {
    const { cves, ...value } = one;
    const known = groups.get(keyOf(one));
    groups.set(keyOf(one), { value, tie: known === undefined ? cves : known.tie && cves && [...known.tie, ...cves] });
  }
  return [...groups.values()].map(({ value, tie }) => {
    const known = tieAmong(ids, tie);
    return { ...value, ...(known === undefined ? {} : { cves: known }) } as T;
  });
}

export const joinedWeaknesses = (weaknesses: readonly Weakness[], ids: readonly string[]): Weakness[] =>
  joined<{ readonly id: string } & Tied>(weaknesses.map((one) => (typeof one === 'string' ? { id: one } : one)), ({ id }) => id, ids).map(({ id, cves }) => (cves === undefined ? id : { id, cves }));
