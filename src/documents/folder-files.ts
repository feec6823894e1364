import type { Where } from '../domain/case.ts';
import type { Finding } from '../domain/finding.ts';
import type { Tree } from '../domain/tree.ts';
import type { SchemaName } from './check-shape.ts';
import { readShaped } from './shaped-yaml.ts';

/** One YAML file of a folder, with where its fields stand. */
export interface FileRecord<T> {
  readonly path: string;
  readonly file: T;
  readonly where: Where;
}

/** Every file of a folder whose files all have one shape, in the order of their names, and what is wrong with those that are left out. */
export function readFolder<T>(tree: Tree, folder: string, schema: SchemaName): { readonly records: readonly FileRecord<T>[]; readonly findings: readonly Finding[] } {
  const records: FileRecord<T>[] = [];
  const findings: Finding[] = [];
  for (const { path } of tree.files(folder)) {
    const read = readShaped<T>(schema, path, tree.read(path) ?? new Uint8Array());
    if (read.ok) records.push({ path, file: read.value, where: read.where });
    else findings.push(...read.findings);
  }
  return { records, findings };
}
