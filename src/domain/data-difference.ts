/** One place of a YAML file that says something else. A missing from or to: it was not there, or is not any more. */
export interface DataChange {
  /** Names of fields; of a member of a list its id, slug or address. */
  readonly path: readonly string[];
  readonly from?: unknown;
  readonly to?: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** By what members of the lists in our files are known, the first that all of them have. */
const KEYS = ['id', 'slug', 'check', 'email'];

/** A list as fields by the names of its members, or undefined where they have no names of their own. */
function byName(list: readonly unknown[]): Fields | undefined {
  const members = list.filter(isFields);
  const key = KEYS.find((name) => members.every((member) => typeof member[name] === 'string'));
  if (key === undefined || members.length < list.length) return undefined;
  const named = Object.fromEntries(members.map((member) => [String(member[key]), member]));
  return Object.keys(named).length === list.length ? named : undefined;
}

/**
 * Where two values differ, as deep as their fields go. Members of a list are told apart by their names, and their order is a change of
 * its own; those without names are there or not. In the order of the fields, what came last.
 */
export function dataChanges(before: unknown, after: unknown, path: readonly string[] = []): DataChange[] {
  if (same(before, after)) return [];
  if (before === undefined) return [{ path, to: after }];
  if (after === undefined) return [{ path, from: before }];
  if (isFields(before) && isFields(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => dataChanges(own(before, name), own(after, name), [...path, name]));
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const [old, now] = [byName(before), byName(after)];
    if (old && now) return [...dataChanges(old, now, path), ...anotherOrder(Object.keys(old), Object.keys(now), path)];
    const without = (list: readonly unknown[], other: readonly unknown[]): unknown[] => list.filter((value) => !other.some((one) => same(one, value)));
    const [gone, added] = [without(before, after), without(after, before)];
    // The same members in another order: in a list such as a ladder of steps that means something.
    if (gone.length + added.length === 0) return [{ path, from: before, to: after }];
    return [...gone.map((from) => ({ path, from })), ...added.map((to) => ({ path, to }))];
  }
  return [{ path, from: before, to: after }];
}

/** In a ladder of steps, or a table of which the first rule that fits decides, the order means something. */
function anotherOrder(before: readonly string[], after: readonly string[], path: readonly string[]): DataChange[] {
  const [from, to] = [before.filter((name) => after.includes(name)), after.filter((name) => before.includes(name))];
  return same(from, to) ? [] : [{ path: [...path, 'order'], from, to }];
}

/** A file may have a field of the name constructor. */
const own = (fields: Fields, name: string): unknown => (Object.hasOwn(fields, name) ? fields[name] : undefined);
