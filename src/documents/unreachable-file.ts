import type { Where } from '../domain/case.ts';
import type { Finding } from '../domain/finding.ts';
import type { FileWrite } from '../domain/plan.ts';
import type { Tree } from '../domain/tree.ts';
import type { UnreachableDeveloper } from '../generated/documents.ts';
import { checkShape } from './check-shape.ts';
import { readYaml, writeYaml } from './yaml-text.ts';

/** One file of unreachable/. */
export interface UnreachableRecord {
  readonly path: string;
  readonly file: UnreachableDeveloper;
  readonly where: Where;
}

const FOLDER = 'unreachable';

export const unreachablePath = (did: string): string => `${FOLDER}/did${did}.yaml`;

export const newUnreachableFile = (file: UnreachableDeveloper): FileWrite => ({ path: unreachablePath(file.did), text: writeYaml(file, 'unreachable', FOLDER) });

/** Every file of unreachable/ in the order of their numbers, and what is wrong with those that are left out. */
export function readUnreachable(tree: Tree): { readonly records: readonly UnreachableRecord[]; readonly findings: readonly Finding[] } {
  const records: UnreachableRecord[] = [];
  const findings: Finding[] = [];
  for (const { path } of tree.files(FOLDER)) {
    const read = readYaml(path, tree.read(path) ?? '');
    const wrong = read.ok ? checkShape('unreachable', read.value, read.where, path) : read.findings;
    // The types are generated from the schema that was just checked.
    if (read.ok && wrong.length === 0) records.push({ path, file: read.value as UnreachableDeveloper, where: read.where });
    findings.push(...wrong);
  }
  return { records, findings };
}
