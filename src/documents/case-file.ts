import type { Where } from '../domain/case.ts';
import type { Finding } from '../domain/finding.ts';
import type { FileWrite } from '../domain/plan.ts';
import type { CaseFile } from '../generated/documents.ts';
import { checkShape } from './check-shape.ts';
import { bareBody, readFrontMatter, writeFrontMatter } from './front-matter.ts';

export type ReadCaseFile =
  | { readonly ok: true; readonly file: CaseFile; readonly narrative: string; readonly where: Where }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/** Reads case.md. */
export function readCaseFile(path: string, source: string | Uint8Array): ReadCaseFile {
  const read = readFrontMatter(path, source);
  if (!read.ok) return read;
  const findings = checkShape('case', read.value, read.where, path);
  return findings.length > 0 ? { ok: false, findings } : { ok: true, file: read.value as CaseFile, narrative: bareBody(read.body), where: read.where };
}

/** The order of fields in case.md; a Record, so that a field new in the schema is missed by the compiler and not by the writer. */
const ORDER: Readonly<Record<keyof CaseFile, true>> = {
  schemaVersion: true,
  id: true,
  series: true,
  route: true,
  language: true,
  title: true,
  products: true,
  technologies: true,
  weaknesses: true,
  cvss: true,
  references: true,
  source: true,
  wishes: true,
  timeLimits: true,
  vendorContacted: true,
  related: true,
};

/** A new case.md. To change one that exists use editFrontMatter, which keeps its comments. */
export function writeCaseFile(file: CaseFile, narrative: string, folder: string): FileWrite {
  const given = new Map(Object.entries(file));
  const ordered = Object.keys(ORDER).filter((field) => given.get(field) !== undefined);
  return {
    path: `${folder}/case.md`,
    text: writeFrontMatter(Object.fromEntries(ordered.map((field) => [field, given.get(field)])), narrative, 'case', folder),
  };
}
