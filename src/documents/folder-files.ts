import type { Where } from '../domain/case.ts';
import type { Finding } from '../domain/finding.ts';
import type { Tree } from '../domain/tree.ts';
import { checkShape, type SchemaName } from './check-shape.ts';
import { readYaml } from './yaml-text.ts';

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
    const read = readYaml(path, tree.read(path) ?? '');
    const wrong = read.ok ? checkShape(schema, read.value, read.where, path) : read.findings;
    // The types are generated from the schema that was just checked.
    if (read.ok && wrong.length === 0) records.push({ path, file: read.value as T, where: read.where });
    findings.push(...wrong);
  }
  return { records, findings };
}
