import type { EmbargoStatus } from './case-state.ts';
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
