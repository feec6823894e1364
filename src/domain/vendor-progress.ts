import type { LogEntry, VendorContactedEntry, VendorRepliedEntry } from '../generated/documents.ts';
import type { ContactProgress } from './case-state.ts';

/** What can happen between the centre and one vendor. */
export type VendorStep =
  | 'tried'
  | 'answered'
  | 'refused'
  | 'escalated'
  | 'case-ended'
  | 'case-reopened'
  | 'case-reopened-untried'
  | `reply:${NonNullable<VendorRepliedEntry['progress']>}`;

const REPLIES = {
  'reply:acknowledged': 'acknowledged',
  'reply:validating': 'validating',
  'reply:accepted': 'accepted',
  'reply:deferred': 'deferred',
  'reply:rejected': 'rejected',
} as const satisfies Record<`reply:${string}`, ContactProgress>;

const ENDED = { 'case-ended': 'closed' } as const;

/**
 * Contact progress of a vendor: from -> step -> to. A step that a row leaves out changes nothing.
 * An answer without a stand ends the silence and no more; where the vendor had taken a stand, it keeps it.
 */
export const VENDOR_PROGRESS: Readonly<Record<ContactProgress, Readonly<Partial<Record<VendorStep, ContactProgress>>>>> = {
  'not-contacted': { ...REPLIES, ...ENDED, tried: 'contacted', answered: 'acknowledged', refused: 'rejected' },
  contacted: { ...REPLIES, ...ENDED, answered: 'acknowledged', refused: 'rejected', escalated: 'silent' },
  silent: { ...REPLIES, ...ENDED, answered: 'acknowledged', refused: 'rejected' },
  acknowledged: { ...REPLIES, ...ENDED, refused: 'rejected', escalated: 'silent' },
  validating: { ...REPLIES, ...ENDED, refused: 'rejected', escalated: 'silent' },
  accepted: { ...REPLIES, ...ENDED, refused: 'rejected', escalated: 'silent' },
  deferred: { ...REPLIES, ...ENDED, refused: 'rejected', escalated: 'silent' },
  // Who disputes the flaw is not silent; the steps that follow are about the disagreement.
  rejected: { ...REPLIES, ...ENDED },
  // What a vendor of an ended case still writes is kept in the log; nobody waits for its stand.
  closed: { 'case-reopened': 'contacted', 'case-reopened-untried': 'not-contacted' },
};

/** How each step shows in the log. */
export const VENDOR_STEPS: Readonly<Record<VendorStep, string>> = {
  tried: 'the team tries to reach the vendor (vendor-contacted)',
  answered: 'the vendor answers: a call is taken (vendor-contacted, outcome answered), it writes (vendor-replied), verifies (verified), comments (opinion-given), states its status (vendor-status), has a fix (fix-available) or speaks of an embargo or a date',
  refused: 'the vendor refuses to talk (vendor-contacted, outcome refused)',
  escalated: 'a step of the ladder is taken (escalated)',
  'case-ended': 'the case ends (withdrawn, closed)',
  'case-reopened': 'the case is opened again, and the vendor had been contacted (reopened)',
  'case-reopened-untried': 'the case is opened again, and the vendor had not been contacted (reopened)',
  'reply:acknowledged': 'the vendor says that it got the message (vendor-replied, progress acknowledged)',
  'reply:validating': 'the vendor examines the flaw (vendor-replied, progress validating)',
  'reply:accepted': 'the vendor accepts the flaw (vendor-replied, progress accepted)',
  'reply:deferred': 'the vendor puts it off (vendor-replied, progress deferred)',
  'reply:rejected': 'the vendor rejects it (vendor-replied, progress rejected)',
};

export const PROGRESS_MEANING: Readonly<Record<ContactProgress, string>> = {
  'not-contacted': 'The vendor is a party; nobody has tried to reach it.',
  contacted: 'The team has tried to reach the vendor and waits for an answer.',
  acknowledged: 'The vendor has answered, and says nothing yet about the flaw.',
  validating: 'The vendor examines the flaw.',
  accepted: 'The vendor accepts the flaw and works on it.',
  deferred: 'The vendor accepts the flaw and puts the work off.',
  rejected: 'The vendor rejects the report, or does not want to talk.',
  silent: 'The vendor does not answer; a step of the ladder was taken.',
  closed: 'The case has ended; nobody waits for this vendor.',
};

/** Where a vendor stands after a step. */
export const afterStep = (progress: ContactProgress, step: VendorStep): ContactProgress => VENDOR_PROGRESS[progress][step] ?? progress;

/** What a contact attempt amounts to: a call that was taken is an answer, a letter that was sent is a try. */
export const stepOfContact = (outcome: VendorContactedEntry['outcome']): VendorStep =>
  outcome === 'answered' ? 'answered' : outcome === 'refused' ? 'refused' : 'tried';

/** Whether the vendor has been heard of, whatever it said. */
export const hasAnswered = (progress: ContactProgress): boolean =>
  progress === 'acknowledged' || progress === 'validating' || progress === 'accepted' || progress === 'deferred' || progress === 'rejected';

const vendorIn = (party: string): string | undefined => (party.startsWith('vendor:') ? party.slice('vendor:'.length) : undefined);

/**
 * The vendor whose word an entry holds: an answer, a call that it took, its comment, what it verified, its status, its fix, its consent. Whoever has delivered is
 * not silent, whether or not a letter of it was logged. A status of unknown is what we say of a vendor that told us nothing.
 */
export function vendorHeardIn(entry: LogEntry): string | undefined {
  switch (entry.event) {
    case 'vendor-replied':
    case 'verified':
    case 'opinion-given':
    case 'fix-available':
      return entry.vendor;
    case 'vendor-contacted':
      return stepOfContact(entry.outcome) === 'tried' ? undefined : entry.vendor;
    case 'vendor-status':
      return entry.status === 'unknown' ? undefined : entry.vendor;
    case 'embargo-proposed':
    case 'embargo-accepted':
    case 'embargo-rejected':
    case 'date-proposed':
    case 'date-agreed':
      return vendorIn(entry.party);
    default:
      return undefined;
  }
}
