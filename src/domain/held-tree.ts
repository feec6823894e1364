import type { Tree, TreeFile } from './tree.ts';

/** cases/<year>/<id>: its files are read one after the other, by every rule, and then no more. */
const CASE = /^cases\/[^/]+\/[^/]+(?=\/)/;

/** Where it is known already what nobody will look at: the other files. */
interface PartlyListed {
  /** In the order of their paths. */
  readonly files: readonly TreeFile[];
  /** Whether all that lies below the folder, or has its name, is among them. */
  readonly isPart: (under: string) => boolean;
}

/**
 * The same tree, listed once and as it was then; a file that is read again and again is read once, those of a case as long as no other
 * case is looked at. For a run that goes through everything: two rules see the same bytes, and of ten thousand cases one is in memory.
 * With known, files('') answers with what is listed there.
 */
export function heldTree(tree: Tree, known?: PartlyListed): Tree {
  let listed = known?.files;
  const all = (): readonly TreeFile[] => (listed ??= tree.files(''));
  const shared = new Map<string, Uint8Array | undefined>();
  const own = new Map<string, Uint8Array | undefined>();
  let holding: string | undefined;
  return {
    files(under) {
      if (under === '') return all();
      return known?.isPart(under) === false ? tree.files(under) : filesBelow(all(), under);
    },
    read(path) {
      const folder = CASE.exec(path)?.[0];
      if (folder !== undefined && folder !== holding) {
        own.clear();
        holding = folder;
      }
      const held = folder === undefined ? shared : own;
      if (!held.has(path)) held.set(path, tree.read(path));
      return held.get(path);
    },
  };
}

/** The same tree; a file of no case is read once. For what is read ahead of a run that goes through everything. */
export function readOnce(tree: Tree): Tree {
  const known = new Map<string, Uint8Array | undefined>();
  return {
    ...tree,
    read(path) {
      if (CASE.test(path)) return tree.read(path);
      if (!known.has(path)) known.set(path, tree.read(path));
      return known.get(path);
    },
  };
}

/** Of files in the order of their paths, the one of that name and those below the folder of that name. */
function filesBelow(files: readonly TreeFile[], under: string): readonly TreeFile[] {
  const first = lowerBound(files, under);
  const start = lowerBound(files, `${under}/`);
  const below = files.slice(start, lowerBound(files, `${under}0`));
  const itself = files[first];
  return itself?.path === under ? [itself, ...below] : below;
}

/** The first whose path is not before the wanted one. */
function lowerBound(files: readonly TreeFile[], wanted: string): number {
  let low = 0;
  let high = files.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((files[middle]?.path ?? '') < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
