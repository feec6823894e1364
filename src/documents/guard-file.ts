import { hasTooManyShapes, marksOf, withinBounds, type MarkKind } from '../domain/marks.ts';
import type { FileWrite } from '../domain/plan.ts';
import type { SealedValues } from '../domain/sealed-values.ts';
import type { Finding } from '../domain/finding.ts';
import type { Tree } from '../domain/tree.ts';
import type { Guard } from '../generated/documents.ts';
import { readShaped } from './shaped-yaml.ts';
import { placeAt } from './source-text.ts';
import { schemaHint, writeYaml } from './yaml-text.ts';

const ENDING = '.guard.yaml';

/** The guard of a sealed part, beside it; undefined where nothing of it gets a mark. salt: 32 random bytes in hex. */
export function newGuard(folder: string, name: string, salt: string, { values }: SealedValues, vendor?: string): FileWrite | undefined {
  const marks = Object.fromEntries(Object.entries(withinBounds(values)).map(([kind, list]) => [kind as MarkKind, marksOf(salt, list)])) as Guard['marks'];
  if (Object.keys(marks).length === 0) return undefined;
  // Also where the words of thanks are too short for a mark: whoever has chosen some is named by nothing else.
  const guard: Guard = { schemaVersion: 1, salt, ...(vendor === undefined ? {} : { vendor }), marks: { ...marks, ...(values.credit === undefined ? {} : { credit: marks.credit ?? [] }) } };
  return { path: `${folder}/sealed/${name}${ENDING}`, text: writeYaml(guard, 'guard', `${folder}/sealed`) };
}

/** The guards of a case, and what is wrong with those that are left out. */
export function readGuards(tree: Tree, folder: string): { readonly guards: readonly Guard[]; readonly findings: readonly Finding[] } {
  const guards: Guard[] = [];
  const findings: Finding[] = [];
  for (const { path, kind } of tree.files(`${folder}/sealed`)) {
    if (!path.endsWith(ENDING) || (kind !== 'file' && kind !== 'executable')) continue;
    const bytes = tree.read(path) ?? new Uint8Array();
    findings.push(...commentIn(path, new TextDecoder().decode(bytes)));
    const read = readShaped<Guard>('guard', path, bytes);
    if (!read.ok) {
      findings.push(...read.findings);
      continue;
    }
    const guard = read.value;
    if (hasTooManyShapes(guard)) findings.push({ rule: 'schema', severity: 'error', file: path, ...read.where('marks'), message: 'the marks have more than 30 different numbers of words, so that nothing is compared with them', fix: 'vcc writes no such guard: look who did.' });
    else guards.push(guard);
  }
  return { guards, findings };
}

/** No value of a guard has a '#', so that each but the one of the first line opens a comment: text that nobody compares with anything. */
function commentIn(path: string, text: string): Finding[] {
  const hint = schemaHint('guard', path.slice(0, path.lastIndexOf('/'))).trimEnd();
  const at = text.indexOf('#', text.startsWith(hint) && /^\r?(?:\n|$)/.test(text.slice(hint.length)) ? hint.length : 0);
  return at === -1 ? [] : [{ rule: 'sealed-in-clear', severity: 'error', file: path, ...placeAt(text, at), message: 'a guard has a comment: it is written by vcc, and nobody looks for sealed values in it', fix: 'Take the comment out.' }];
}
