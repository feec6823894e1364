import type { CaseMemory } from '../domain/case-memory.ts';
import type { Instant } from '../domain/instant.ts';
import type { Lasting } from '../domain/lasting.ts';
import type { CaseStanding } from '../domain/standing.ts';
import type { Tree } from '../domain/tree.ts';
import { stampIn } from './case-stamp.ts';
import { openMemory, sealMemory, type Memory } from './memory-text.ts';

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

/** Opened while Git compares; what stands in it counts once that is known. key: of the settings by which the cases are viewed. */
export function recallStandings({ recall }: Pick<CaseMemory, 'recall'>, key: string, now: Instant): (memory: CaseMemory) => RememberedStandings {
  const before = openMemory(recall('standings'), key);
  return (memory) => rememberedStandings(memory, before, key, now);
}

function rememberedStandings(memory: CaseMemory, before: Memory | undefined, key: string, now: Instant): RememberedStandings {
  /** What was learned, and by null what stays as it was. */
  const kept = new Map<string, string | null>();
  return {
    of(folder) {
      const text = before?.get(folder);
      const known = text === undefined ? undefined : (JSON.parse(text) as Remembered);
      if (known === undefined || known.stamp !== memory.cases.get(folder)) return undefined;
      kept.set(folder, null);
      return now < known.from || now > known.until ? undefined : known.standing;
    },
    learn(folder, held, standing, lasting) {
      if (lasting === undefined) return;
      const stamp = stampIn(held, folder, memory.format);
      if (stamp !== undefined && stamp === memory.cases.get(folder)) kept.set(folder, JSON.stringify({ ...lasting, stamp, standing } satisfies Remembered));
    },
    keep() {
      if (kept.size === (before?.size ?? 0) && [...kept.values()].every((text) => text === null)) return;
      const entries = function* (): Generator<readonly [string, string]> {
        for (const [folder, text] of kept) yield [folder, text ?? before?.get(folder) ?? ''];
      };
      memory.keep('standings', sealMemory(entries(), key));
    },
  };
}
