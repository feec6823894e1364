import type { CaseRecord } from '../domain/case.ts';
import type { FileWrite } from '../domain/plan.ts';
import type { Tree } from '../domain/tree.ts';
import { editFrontMatter } from './front-matter.ts';

type Linked = Pick<CaseRecord, 'number' | 'folder' | 'file'>;

/** A change of fields in a case.md; several to one case are made together, for a plan writes a file once. */
export interface CaseFileEdit {
  readonly record: Linked;
  readonly fields: Partial<CaseRecord['file']>;
}

/** Links two cases in both files; a link that stands already is left alone. */
export const linkCases = (one: Linked, other: Linked): CaseFileEdit[] =>
  ([[one, other], [other, one]] as const).flatMap(([record, related]) =>
    record.file.related?.includes(related.number) === true ? [] : [{ record, fields: { related: [...(record.file.related ?? []), related.number] } }],
  );

/** Each case.md that changes, written once; links to several cases add up. */
export function writeCaseFields(tree: Tree, edits: readonly CaseFileEdit[]): FileWrite[] {
  const byFolder = new Map<string, Record<string, unknown>>();
  for (const { record, fields } of edits) {
    const known = byFolder.get(record.folder) ?? {};
    const related = [...new Set([...((known['related'] as string[] | undefined) ?? []), ...(fields.related ?? [])])];
    byFolder.set(record.folder, { ...known, ...fields, ...(related.length > 0 ? { related } : {}) });
  }
  return [...byFolder].map(([folder, fields]) => {
    const path = `${folder}/case.md`;
    const text = new TextDecoder().decode(tree.read(path));
    return { path, text: editFrontMatter(text, Object.entries(fields).map(([field, value]) => ({ path: [field], value: value as never }))) };
  });
}
