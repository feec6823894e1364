import type { AssessedEntry, FixAvailableEntry, SentMessage, VendorAddedEntry, VendorStatusEntry } from '../generated/documents.ts';
import { isEvent, type EntryOf, type LoggedEntry } from './case.ts';
import type { Instant } from './instant.ts';

export const CASE_STATUSES = ['received', 'accepted', 'declined', 'coordinating', 'scheduled', 'published', 'withdrawn', 'closed'] as const;
export type CaseStatus = (typeof CASE_STATUSES)[number];
export type ContactProgress =
  | 'not-contacted'
  | 'contacted'
  | 'acknowledged'
  | 'validating'
  | 'accepted'
  | 'deferred'
  | 'rejected'
  | 'silent'
  | 'closed';
/** How far a vendor is on the way to a fix that its users have. */
export type FixPath = 'unaware' | 'aware' | 'fix-ready' | 'fix-deployed';
export type EmbargoStatus = 'none' | 'proposed' | 'active' | 'revise' | 'exited';

export interface VendorState {
  readonly slug: string;
  readonly role: VendorAddedEntry['role'];
  readonly progress: ContactProgress;
  readonly fixPath: FixPath;
  /** First attempt to reach it, by any means: its start day. */
  readonly firstContact?: Instant;
  readonly lastContact?: Instant;
  readonly lastReply?: Instant;
  readonly gotDetails: boolean;
  readonly acceptedEmbargo: boolean;
  /** Public status for the whole case, and where it differs by CVE id. */
  readonly status?: LoggedEntry<VendorStatusEntry>;
  readonly statusByCve: ReadonlyMap<string, LoggedEntry<VendorStatusEntry>>;
  /** Steps of the ladder since the vendor last answered. */
  readonly steps: readonly LoggedEntry<EntryOf<'escalated'>>[];
}

export interface Embargo {
  readonly status: EmbargoStatus;
  /** The end that is in force. */
  readonly until?: Instant;
  /** The end that is proposed. */
  readonly offer?: Instant;
  readonly acceptedBy: readonly string[];
}

/** One step of a vendor or of the embargo, and the entry that made it. */
export type StateChange =
  | { readonly of: 'progress'; readonly vendor: string; readonly to: ContactProgress; readonly by: LoggedEntry }
  | { readonly of: 'fix-path'; readonly vendor: string; readonly to: FixPath; readonly by: LoggedEntry }
  | { readonly of: 'embargo'; readonly to: EmbargoStatus; readonly by: LoggedEntry };

/** The state of a case, derived by replaying its log; never stored. */
export interface CaseState {
  readonly status: CaseStatus;
  /** How it got there, in order. */
  readonly path: readonly { readonly from: CaseStatus | 'none'; readonly to: CaseStatus; readonly by: LoggedEntry }[];
  /** How its vendors and its embargo got where they stand, in order. */
  readonly changes: readonly StateChange[];
  /** Entries in force, in order of time; corrected ones are left out. */
  readonly entries: readonly LoggedEntry[];
  readonly vendors: ReadonlyMap<string, VendorState>;
  readonly embargo: Embargo;
  /** Public, exploit public, attacks: one-way latches, each with the entry that set it. */
  readonly latches: { readonly public?: LoggedEntry; readonly exploit?: LoggedEntry; readonly attacks?: LoggedEntry };
  /** The earliest first attempt to reach a vendor. */
  readonly startDay?: Instant;
  readonly assessed?: LoggedEntry<AssessedEntry>;
  readonly cves: readonly { readonly id: string; readonly assigner: string; readonly flaw?: string }[];
  /** Attempts to reproduce the flaw, in order. */
  readonly verifications: readonly LoggedEntry<EntryOf<'verified'>>[];
  readonly remediations: readonly LoggedEntry<FixAvailableEntry>[];
  /** The date each party last agreed to. */
  readonly agreedDates: ReadonlyMap<string, Instant>;
  readonly scheduled?: Instant;
  readonly approvals: readonly LoggedEntry<EntryOf<'approved'>>[];
  readonly committeeCleared?: LoggedEntry<EntryOf<'committee-cleared'>>;
  /** The reporter's wish to be released from secrecy, and the release. */
  readonly release: { readonly requested?: LoggedEntry<EntryOf<'release-requested'>>; readonly granted?: LoggedEntry<EntryOf<'reporter-released'>> };
  /** What a vendor said after the committee had cleared publication without it; undefined while a clearance holds. */
  readonly clearanceEndedBy?: LoggedEntry;
  readonly published?: LoggedEntry<EntryOf<'published'>>;
  readonly updates: readonly LoggedEntry<EntryOf<'updated'>>[];
  /** Messages that were sent, in order, with whom they went to: 'reporter', 'vendor:<slug>', 'partner:<slug>' or 'receiving-organisation'. */
  readonly messages: readonly { readonly party: string; readonly message: SentMessage; readonly at: Instant }[];
}

/** Cases on which somebody may still have to act. */
const OPEN_STATUSES: readonly CaseStatus[] = ['received', 'accepted', 'coordinating', 'scheduled'];
export const isOpen = (status: CaseStatus): boolean => OPEN_STATUSES.includes(status);

/** Whether the public advisory was withdrawn, and does not hold again. */
export const isWithdrawn = ({ updates }: Pick<CaseState, 'updates'>): boolean => updates.at(-1)?.entry.kind === 'withdrawal';

/** Whether the reporter may have a key that intake did not have: it came later, by itself or with the reporter. */
export const mayHaveKeySince = ({ entries }: Pick<CaseState, 'entries'>): boolean =>
  entries.some((logged) => isEvent('reporter-key')(logged) || (isEvent('report-completed')(logged) && logged.entry.sealed.includes('reporter')));
