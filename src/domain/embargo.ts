import type { EmbargoStatus } from './case-state.ts';
import type { EventName } from './case.ts';
import type { Instant } from './instant.ts';

export type EmbargoStep = 'propose' | 'accept' | 'reject' | 'terminate';

/** The embargo of a case: from -> step -> to. A step that a row leaves out is not possible there. */
export const EMBARGO: Readonly<Record<EmbargoStatus, Readonly<Partial<Record<EmbargoStep, EmbargoStatus>>>>> = {
  none: { propose: 'proposed' },
  proposed: { propose: 'proposed', accept: 'active', reject: 'none' },
  // In force, a party that was asked later joins (accept) or stays out (reject); the terms do not change.
  active: { propose: 'revise', accept: 'active', reject: 'active', terminate: 'exited' },
  revise: { propose: 'revise', accept: 'active', reject: 'active', terminate: 'exited' },
  exited: {},
};

export const EMBARGO_MEANING: Readonly<Record<EmbargoStatus, string>> = {
  none: 'There is no embargo.',
  proposed: 'Somebody proposes an embargo and its end. Nobody is bound yet, and details go only to who accepts.',
  active: 'The embargo is in force until its end. Who has not accepted it gets no details.',
  revise: 'The embargo is in force and a new end is proposed. Until that is accepted the old terms hold.',
  exited: 'The embargo is over for good. That is no duty to publish.',
};

/** How each step shows in the log. */
export const EMBARGO_STEPS: Readonly<Record<EmbargoStep, EventName>> = {
  propose: 'embargo-proposed',
  accept: 'embargo-accepted',
  reject: 'embargo-rejected',
  terminate: 'embargo-terminated',
};

/** What holds for every embargo (Vultron: embargo management). */
export const EMBARGO_RULES: readonly string[] = [
  'An embargo always has an end: a date and time that is still to come when it is agreed.',
  'Of two proposals the earlier end comes into force; the later one stays open as a revision.',
  'A new proposal of a party replaces its old one. Nobody accepts its own proposal alone.',
  'Who has not accepted gets no details.',
  'When the flaw or an exploit is public, the embargo must end. When attacks are seen, it should end. Nothing new is agreed then.',
  'Closing a case does not end its embargo. Publication voids an open proposal.',
  'The end of an embargo is no duty to publish. What has ended is not renewed.',
];

/** The terms of an embargo, while the log is replayed. */
export interface EmbargoTerms {
  readonly status: EmbargoStatus;
  readonly until?: Instant;
  /** Open proposals by party; a party's new one replaces its old one. */
  readonly offers: ReadonlyMap<string, Instant>;
  readonly acceptedBy: ReadonlySet<string>;
  /** Whether an embargo was ever proposed: from then on details go only to those who accepted one. */
  readonly everProposed: boolean;
}

export const NO_EMBARGO: EmbargoTerms = { status: 'none', offers: new Map(), acceptedBy: new Set(), everProposed: false };

/** The offer that stands: of several the one that ends first. */
export function standingOffer(offers: ReadonlyMap<string, Instant>): { readonly party: string; readonly until: Instant } | undefined {
  let first: { party: string; until: Instant } | undefined;
  for (const [party, until] of offers) if (!first || until < first.until) first = { party, until };
  return first;
}

/**
 * The terms after a step, or undefined where there is no such step. Of two proposals the earlier end comes into
 * force and a later one stays open as a revision. Who proposes an embargo has accepted it.
 */
export function afterEmbargoStep(terms: EmbargoTerms, step: EmbargoStep, party: string, until?: Instant): EmbargoTerms | undefined {
  const status = EMBARGO[terms.status][step];
  if (status === undefined) return undefined;
  const standing = standingOffer(terms.offers);
  switch (step) {
    case 'propose':
      return until === undefined ? undefined : { ...terms, status, offers: new Map([...terms.offers, [party, until]]), everProposed: true };
    case 'accept': {
      if (!standing) return { ...terms, status, acceptedBy: new Set([...terms.acceptedBy, party]) };
      // Nobody agrees with itself.
      if ([...terms.offers.keys()].every((offeredBy) => offeredBy === party)) return undefined;
      const offers = new Map([...terms.offers].filter(([, end]) => end > standing.until));
      return {
        ...terms,
        status: offers.size > 0 ? 'revise' : status,
        until: standing.until,
        offers,
        // Who offers to keep quiet for longer keeps quiet until the earlier end, too.
        acceptedBy: new Set([...terms.acceptedBy, ...terms.offers.keys(), party]),
      };
    }
    case 'reject': {
      if (!standing) {
        return { ...terms, status, acceptedBy: new Set([...terms.acceptedBy].filter((member) => member !== party)) };
      }
      const offers = new Map([...terms.offers].filter(([offeredBy]) => offeredBy !== standing.party));
      return { ...terms, status: offers.size > 0 ? terms.status : status, offers };
    }
    case 'terminate':
      return { ...terms, status, offers: new Map() };
  }
}
