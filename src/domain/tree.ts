export type TreeFileKind = 'file' | 'executable' | 'symlink' | 'submodule';

export interface TreeFile {
  /** Path from the root of the case repository, with forward slashes. */
  readonly path: string;
  readonly kind: TreeFileKind;
}

/**
 * The files of a case repository as they stand somewhere: in the work tree, in Git's index, or as they would
 * be once a Plan is carried out. Whatever reads cases reads them from a Tree, so that one check serves all three.
 */
export interface Tree {
  /** Every file below the folder ('' for all), sorted by path; ignored files and .git are left out. */
  files(under: string): readonly TreeFile[];
  /** Names of the folders in a folder, where that is known without listing what is in them; one of them may be empty. */
  readonly folders?: (under: string) => readonly string[];
  /** The bytes of a file, or undefined when there is none. A symlink is never followed. */
  read(path: string): Uint8Array | undefined;
  /** What was noted of vcc.yaml and policy.yaml, where there is a place for it. */
  readonly settings?: Noted | undefined;
}

/** What an earlier run wrote down to be faster: cut off, deleted, or of another version at any time, and then there is nothing to recall. */
export interface Noted {
  recall(): Uint8Array | undefined;
  /** Replaces what is recalled, whole or not at all; where that is not possible, nothing happens. */
  keep(parts: Iterable<string>): void;
}

/** The tree with these bytes at these paths, each as a plain file, and without what is removed. */
export function treeWith(tree: Tree, written: ReadonlyMap<string, Uint8Array>, removed: ReadonlySet<string> = new Set()): Tree {
  return {
    files(under) {
      const inside = (path: string): boolean => under === '' || path === under || path.startsWith(`${under}/`);
      const files = new Map<string, TreeFile>();
      for (const file of tree.files(under)) if (!removed.has(file.path)) files.set(file.path, file);
      for (const path of written.keys()) if (inside(path)) files.set(path, { path, kind: 'file' });
      return [...files.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    },
    read: (path) => written.get(path) ?? (removed.has(path) ? undefined : tree.read(path)),
  };
}
