import type { CaseMemory, Share } from '../domain/case-memory.ts';
import type { Tree } from '../domain/tree.ts';
import { examineRepository } from '../rules/lint-repository.ts';

/** Examines the cases of a share; what was found out, as it would be kept for a later run. Whoever gets it sees to whether it may be. */
export function examineShare(tree: Tree, { now, folders, format, own, others }: Share): string {
  let text = '';
  const memory: CaseMemory = {
    cases: new Map(folders.map((folder) => [folder, undefined])),
    format,
    isShare: true,
    others,
    outbox: [],
    recall: () => undefined,
    keep: (_, kept) => (text = [...kept].join('')),
  };
  examineRepository(tree, { now, memory, share: new Set(own) }).remembered?.keep([]);
  return text;
}
