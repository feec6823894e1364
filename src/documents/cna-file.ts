import type { Finding } from '../domain/finding.ts';
import type { FileWrite } from '../domain/plan.ts';
import type { Tree } from '../domain/tree.ts';
import type { Cna } from '../generated/documents.ts';
import { readFolder, type FileRecord } from './folder-files.ts';
import { writeYaml } from './yaml-text.ts';

const FOLDER = 'cnas';

/** One CNA of the registry; the name of its file is its short name here. */
export interface CnaRecord extends FileRecord<Cna> {
  readonly slug: string;
}

export const cnaPath = (slug: string): string => `${FOLDER}/${slug}.yaml`;

export const newCnaFile = (slug: string, file: Cna): FileWrite => ({ path: cnaPath(slug), text: writeYaml(file, 'cna', FOLDER) });

/** Every CNA of cnas/, and what is wrong with the files that are left out. */
export function readCnas(tree: Tree): { readonly records: readonly CnaRecord[]; readonly findings: readonly Finding[] } {
  const { records, findings } = readFolder<Cna>(tree, FOLDER, 'cna');
  return { records: records.map((record) => ({ ...record, slug: record.path.slice(FOLDER.length + 1, -'.yaml'.length) })), findings };
}
