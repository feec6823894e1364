import type { CaseMemory } from '../domain/case-memory.ts';
import type { Instant } from '../domain/instant.ts';
import type { Tree, TreeFile } from '../domain/tree.ts';
import { examineRepository } from './lint-repository.ts';

/** A part of the cases of a work tree, for one of several processes that examine them at the same time. */
export interface Share {
  readonly now: Instant;
  /** Folders of all cases, and of those of this share. */
  readonly folders: readonly string[];
  readonly own: readonly string[];
  /** The files outside of these folders. */
  readonly others: readonly TreeFile[];
}

/** Examines the cases of a share; what was found out, as it would be kept for a later run. Whoever gets it sees to whether it may be. */
export function examineShare(tree: Tree, { now, folders, own, others }: Share): string {
  let text = '';
  const memory: CaseMemory = {
    cases: new Map(folders.map((folder) => [folder, { stamp: folder, settled: true }])),
    others,
    recall: () => undefined,
    keep: (_, kept) => (text = kept),
  };
  examineRepository(tree, { now, memory, share: new Set(own) }).remembered?.keep([]);
  return text;
}
