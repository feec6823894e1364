import { heldTree } from '../domain/held-tree.ts';
import type { Tree } from '../domain/tree.ts';
import { changesOf, knowZone, type ZoneChanges } from '../domain/zone-offsets.ts';
import type { Configuration, Policy } from '../generated/documents.ts';
import { memoryKey, openValue, sealValue } from './memory-text.ts';

interface Settings {
  readonly configuration: Configuration;
  readonly policy: Policy;
}

type Kept = Settings & { readonly zones: Readonly<Record<string, ZoneChanges>> };

/** Those of this run: it opens the same ones for its session, its lint and its keys. What was read is never changed, so that it can be handed out again. */
let last: (Settings & { readonly key: string }) | undefined;

/** vcc.yaml and policy.yaml as this run or an earlier one read and checked them, and the key of what depends on them; read is asked where they are others. */
export function rememberedSettings(tree: Tree, read: (tree: Tree) => Settings): Settings & { readonly key: string } {
  // What has the key of these bytes is made of these bytes, whatever is written meanwhile.
  const held = heldTree(tree);
  const key = memoryKey(held);
  if (last?.key === key) return last;
  const note = tree.settings;
  // Sealed by this very vcc, so that it is what was kept.
  let kept = openValue(note?.recall(), key) as Kept | undefined;
  if (kept === undefined) {
    kept = withZones(read(held));
    note?.keep(sealValue(kept, key));
  }
  for (const [zone, changes] of Object.entries(kept.zones)) knowZone(zone, changes);
  last = { key, configuration: kept.configuration, policy: kept.policy };
  return last;
}

function withZones({ configuration, policy }: Settings): Kept {
  const zones = new Set([configuration.timezone, ...Object.values(policy.calendars ?? {}).flatMap(({ zone }) => zone ?? [])]);
  return { configuration, policy, zones: Object.fromEntries([...zones].map((zone) => [zone, changesOf(zone)])) };
}
