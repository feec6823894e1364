import type { Instant } from './instant.ts';
import type { TreeFile } from './tree.ts';

/** The findings of lint, or how cases stand for those who list them. */
type Remembering = 'cases' | 'standings';

/** How Git names contents. */
export type ObjectFormat = 'sha1' | 'sha256';

/** Of a case of the work tree, the stamp of its files (documents/case-stamp.ts) as Git noted them; undefined where one was changed, came or went since Git last looked, or where Git does not look. */
export type SeenStamp = string | undefined;

/**
 * What an earlier run found out about cases, and which cases have not changed since. It may be deleted, cut off or made by another
 * version at any time: then there is nothing to recall. It holds nothing that does not stand in readable files of the repository.
 */
export interface CaseMemory {
  /** Every folder cases/<year>/<id> that has a file, in their order. */
  readonly cases: ReadonlyMap<string, SeenStamp>;
  readonly format: ObjectFormat;
  /** The files outside of these folders. */
  readonly others: readonly TreeFile[];
  /** Paths in outbox/ that Git keeps, which is no part of the work tree that is looked at. */
  readonly outbox: readonly string[];
  /** Whoever gets what is kept compares the stamps. */
  readonly isShare?: boolean;
  recall(what: Remembering): Uint8Array | undefined;
  /** Replaces what is recalled, whole or not at all; where that is not possible, nothing happens. */
  keep(what: Remembering, parts: Iterable<string>): void;
}

/** What can be recalled while Git still compares the files. */
export interface ComingMemory extends Pick<CaseMemory, 'recall'> {
  /** Undefined where Git cannot tell, or the files changed meanwhile: then everything is read. */
  seen(): Promise<CaseMemory | undefined>;
}

/** A part of the cases of a work tree, for one of several processes that examine them at the same time. */
export interface Share {
  readonly now: Instant;
  /** Folders of all cases, and of those of this share. */
  readonly folders: readonly string[];
  readonly format: ObjectFormat;
  readonly own: readonly string[];
  /** The files outside of these folders. */
  readonly others: readonly TreeFile[];
}
