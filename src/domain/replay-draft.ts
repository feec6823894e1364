import type { CaseState, CaseStatus, VendorState } from './case-state.ts';
import type { LoggedEntry } from './case.ts';
import { NO_EMBARGO, standingOffer, type EmbargoTerms } from './embargo.ts';
import type { Place, Severity } from './finding.ts';
import type { Instant } from './instant.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export type VendorDraft = Omit<Mutable<VendorState>, 'statusByCve' | 'steps'> & {
  statusByCve: Map<string, NonNullable<VendorState['status']>>;
  steps: VendorState['steps'][number][];
};

export interface Objection {
  readonly rule: 'illegal-transition' | 'embargo-order' | 'vendor-not-in-case' | 'dangling-entry';
  readonly severity?: Severity;
  readonly message: string;
  readonly fix?: string;
  readonly place?: Place;
  /** The entry counts all the same: it happened, and the log must be able to say so. */
  readonly takesEffect?: true;
}

export type Raise = (objection: Objection) => void;

/** The state of a case while its log is replayed: the only place where it changes. */
export interface Draft {
  status: CaseStatus | 'none';
  path: CaseState['path'][number][];
  changes: CaseState['changes'][number][];
  entries: LoggedEntry[];
  vendors: Map<string, VendorDraft>;
  embargo: EmbargoTerms;
  latches: Mutable<CaseState['latches']>;
  assessed: CaseState['assessed'];
  cves: Map<string, CaseState['cves'][number]>;
  verifications: CaseState['verifications'][number][];
  remediations: CaseState['remediations'][number][];
  agreedDates: Map<string, Instant>;
  scheduled: Instant | undefined;
  approvals: CaseState['approvals'][number][];
  committeeCleared: CaseState['committeeCleared'];
  clearanceEndedBy: CaseState['clearanceEndedBy'];
  committeeRefused: boolean;
  release: Mutable<CaseState['release']>;
  published: CaseState['published'];
  updates: CaseState['updates'][number][];
  messages: CaseState['messages'][number][];
}

export const newDraft = (): Draft => ({
  status: 'none',
  path: [],
  changes: [],
  entries: [],
  vendors: new Map(),
  embargo: NO_EMBARGO,
  latches: {},
  assessed: undefined,
  cves: new Map(),
  verifications: [],
  remediations: [],
  agreedDates: new Map(),
  scheduled: undefined,
  approvals: [],
  committeeCleared: undefined,
  clearanceEndedBy: undefined,
  committeeRefused: false,
  release: {},
  published: undefined,
  updates: [],
  messages: [],
});

export const newVendor = (slug: string, role: VendorState['role']): VendorDraft => ({
  slug,
  role,
  progress: 'not-contacted',
  fixPath: 'unaware',
  gotDetails: false,
  acceptedEmbargo: false,
  statusByCve: new Map(),
  steps: [],
});

/** The finished state. A log without a received entry leaves a case that is merely received; replay has a finding for it. */
export function stateOf(draft: Draft): CaseState {
  const { embargo } = draft;
  const offer = standingOffer(embargo.offers)?.until;
  const vendors = new Map<string, VendorState>();
  for (const [slug, vendor] of draft.vendors) vendors.set(slug, { ...vendor, acceptedEmbargo: embargo.acceptedBy.has(`vendor:${slug}`) });
  const contacts = [...vendors.values()].flatMap(({ firstContact }) => (firstContact === undefined ? [] : [firstContact]));
  return {
    status: draft.status === 'none' ? 'received' : draft.status,
    path: draft.path,
    changes: draft.changes,
    entries: draft.entries,
    vendors,
    embargo: {
      status: embargo.status,
      ...(embargo.until === undefined ? {} : { until: embargo.until }),
      ...(offer === undefined ? {} : { offer }),
      acceptedBy: [...embargo.acceptedBy].sort(),
    },
    latches: draft.latches,
    ...(contacts.length === 0 ? {} : { startDay: Math.min(...contacts) }),
    ...(draft.assessed && { assessed: draft.assessed }),
    cves: [...draft.cves.values()],
    verifications: draft.verifications,
    remediations: draft.remediations,
    agreedDates: draft.agreedDates,
    ...(draft.scheduled === undefined ? {} : { scheduled: draft.scheduled }),
    approvals: draft.approvals,
    ...(draft.committeeCleared && { committeeCleared: draft.committeeCleared }),
    release: draft.release,
    ...(draft.clearanceEndedBy && { clearanceEndedBy: draft.clearanceEndedBy }),
    ...(draft.published && { published: draft.published }),
    updates: draft.updates,
    messages: draft.messages,
  };
}
