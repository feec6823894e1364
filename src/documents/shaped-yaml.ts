import type { Where } from '../domain/case.ts';
import type { Finding } from '../domain/finding.ts';
import { checkShape, type SchemaName } from './check-shape.ts';
import { readYaml } from './yaml-text.ts';

type Shaped<T> = { readonly ok: true; readonly value: T; readonly where: Where } | { readonly ok: false; readonly findings: readonly Finding[] };

/** What was read of the same bytes before: a tree that reads a file once hands them out again and again. */
const known = new WeakMap<Uint8Array, Map<string, Shaped<unknown>>>();

/** A YAML file of the shape of a schema, or what is wrong with it. The type is that which is generated from the schema. */
export function readShaped<T>(schema: SchemaName, path: string, bytes: Uint8Array): Shaped<T> {
  const name = `${schema} ${path}`;
  const before = known.get(bytes) ?? new Map<string, Shaped<unknown>>();
  known.set(bytes, before);
  const shaped = before.get(name) ?? read(schema, path, bytes);
  before.set(name, shaped);
  return shaped as Shaped<T>;
}

function read(schema: SchemaName, path: string, bytes: Uint8Array): Shaped<unknown> {
  const found = readYaml(path, bytes);
  if (!found.ok) return found;
  const findings = checkShape(schema, found.value, found.where, path);
  return findings.length > 0 ? { ok: false, findings } : { ok: true, value: found.value, where: found.where };
}
