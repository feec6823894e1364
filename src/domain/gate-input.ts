import type { Configuration, Policy, Reporter } from '../generated/documents.ts';
import type { CaseState } from './case-state.ts';
import type { CaseRecord } from './case.ts';
import type { Instant } from './instant.ts';
import type { Leak } from './leaks.ts';
import type { Outputs, PublicAdvisory } from './publication.ts';

/** What the publication gate looks at. */
export interface GateInput {
  readonly record: CaseRecord;
  readonly state: CaseState;
  readonly policy: Policy;
  readonly configuration: Configuration;
  /** What would become public. */
  readonly advisory: PublicAdvisory | undefined;
  /** sha256: of its contentText; what an approval is bound to. */
  readonly contentHash: string;
  /** The files that would come out, or why they cannot be made; an approval is bound to them as well. */
  readonly outputs: { readonly ok: true; readonly files: Outputs } | { readonly ok: false; readonly problem: string; readonly clear: string };
  readonly now: Instant;
  /** Who reported; none where nobody gave a name, sealed where it could not be opened. */
  readonly reporter: Reporter | 'none' | 'sealed';
  /** E-mail address of the author of the commit of each approval, by the name of the entry. */
  readonly approvalAuthors: ReadonlyMap<string, string>;
  /** E-mail addresses of those who wrote the text, by Git. */
  readonly textAuthors: readonly string[];
  /** What the guards of this and of other cases find in the text, without any key. */
  readonly leaks: readonly Leak[];
  /** Why it cannot wait, where someone says so. */
  readonly emergency?: string;
}

/** How one check came out. clear says what to do where it is not ok, and is empty where it is. */
export interface Verdict {
  readonly ok: boolean;
  readonly detail: string;
  readonly clear: string;
}

export const pass = (detail: string): Verdict => ({ ok: true, detail, clear: '' });
export const stop = (detail: string, clear: string): Verdict => ({ ok: false, detail, clear });

export const noText = (record: CaseRecord): Verdict => stop('there is no advisory text', `vcc draft ${record.number}, then fill the gaps in ${record.folder}/advisory.en.md and advisory.ja.md.`);
