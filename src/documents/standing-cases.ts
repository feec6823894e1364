import type { CaseMemory } from '../domain/case-memory.ts';
import { heldTree } from '../domain/held-tree.ts';
import { once } from '../domain/once.ts';
import type { Tree } from '../domain/tree.ts';
import type { CaseFolder } from './repository.ts';
import type { RememberedCases } from './remembered-cases.ts';

/** The tree as long as nobody asks for all of it: what belongs to no case is listed and read once, though every case may ask for it. */
export const heldBesideCases = (tree: Tree, { others }: CaseMemory): Tree => heldTree(tree, { files: [...others].sort((a, b) => (a.path < b.path ? -1 : 1)), isPart: (under) => !/^cases(?:\/|$)/.test(under) });

/** The tree with a list of what is to be examined: everything but the files of the cases that stand as they did, or are in another share. */
export function standingCases(tree: Tree, memory: CaseMemory, remembered: RememberedCases, share?: ReadonlySet<string>): { readonly tree: Tree; readonly folders: () => readonly CaseFolder[] } {
  const listed = new Set<string>();
  const files = new Map(memory.others.map((file) => [file.path, file]));
  for (const folder of share ?? memory.cases.keys()) {
    if (share === undefined && remembered.of(folder) !== undefined) continue;
    listed.add(folder);
    for (const file of tree.files(folder)) files.set(file.path, file);
  }
  const folders = once(() => [...memory.cases.keys()].map((folder) => ({ folder, number: folder.slice(folder.lastIndexOf('/') + 1) })));
  const isPart = (under: string): boolean => !/^cases(?:\/[^/]*)?$/.test(under) && (!under.startsWith('cases/') || listed.has(under.split('/', 3).join('/')));
  return { tree: heldTree(tree, { files: [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1)), isPart }), folders };
}
