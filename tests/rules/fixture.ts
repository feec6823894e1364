import type { TreeFileKind } from '../../src/domain/tree.ts';
import type { Files } from './right-repository.ts';

/** One good and one bad repository of a rule, each made from the right one by one change. */
export interface Fixture {
  /** What comes closest to the mistake without being one; every rule must be silent. */
  readonly good: (files: Files) => void;
  readonly bad: (files: Files) => void;
  /** What the rule finds in the bad one: file:line:column and a part of the message. */
  readonly finds: readonly (readonly [place: string, message: string])[];
  /** Where the rule still finds something after vcc lint --fix, for it takes a person; nothing when missing. */
  readonly unmended?: readonly string[];
  /** Paths that the last commit had otherwise, in both, with what it had; as in the right repository when missing. */
  readonly altered?: readonly (string | readonly [path: string, before: string])[];
  /** Kinds of files other than plain ones, in the bad repository. */
  readonly kinds?: Readonly<Record<string, TreeFileKind>>;
}
