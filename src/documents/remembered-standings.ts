import type { CaseMemory } from '../domain/case-memory.ts';
import type { Instant } from '../domain/instant.ts';
import type { Lasting } from '../domain/lasting.ts';
import type { CaseStanding } from '../domain/standing.ts';
import type { Tree } from '../domain/tree.ts';
import { stampIn } from './case-stamp.ts';
import { memoryKey, openMemory, sealMemory } from './memory-text.ts';

interface Remembered extends Lasting {
  readonly stamp: string;
  readonly standing: CaseStanding;
}

/** How cases stood when they were last viewed: it holds as long as no file of the case, vcc.yaml, policy.yaml and vcc changes, and no clock of it turns. */
export interface RememberedStandings {
  of(folder: string): CaseStanding | undefined;
  /** held: what the case was read from. */
  learn(folder: string, held: Tree, standing: CaseStanding, lasting: Lasting | undefined): void;
  /** Writes down what was asked for and learned. */
  keep(): void;
}

/** Made while Git compares; opened once it has. */
export function recallStandings({ recall }: Pick<CaseMemory, 'recall'>, tree: Tree, now: Instant): (memory: CaseMemory) => RememberedStandings {
  const key = memoryKey(tree);
  const before = new Map((openMemory(recall('standings'), key) ?? []) as readonly (readonly [folder: string, remembered: Remembered])[]);
  return (memory) => rememberedStandings(memory, before, key, now);
}

function rememberedStandings(memory: CaseMemory, before: ReadonlyMap<string, Remembered>, key: string, now: Instant): RememberedStandings {
  const kept = new Map<string, Remembered>();
  let learned = false;
  return {
    of(folder) {
      const known = before.get(folder);
      if (known === undefined || known.stamp !== memory.cases.get(folder)) return undefined;
      kept.set(folder, known);
      return now < known.from || now > known.until ? undefined : known.standing;
    },
    learn(folder, held, standing, lasting) {
      if (lasting === undefined) return;
      const stamp = stampIn(held, folder, memory.format);
      if (stamp === undefined || stamp !== memory.cases.get(folder)) return;
      kept.set(folder, { ...lasting, stamp, standing });
      learned = true;
    },
    keep() {
      if (learned || kept.size < before.size) memory.keep('standings', sealMemory([...kept], key));
    },
  };
}
