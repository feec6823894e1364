import type { CaseState } from './case-state.ts';
import type { LoggedEntry } from './case.ts';
import { LATCHES, LATCH_NAMES, type LatchName } from './latches.ts';

/** One thing about a case that changes, from its first step to its last. */
export interface Lane {
  readonly of: 'case' | 'embargo' | 'progress' | 'fix-path' | LatchName;
  /** Whose progress or fix path it is. */
  readonly vendor?: string;
  readonly steps: readonly LaneStep[];
}

interface LaneStep {
  readonly to: string;
  readonly by: LoggedEntry;
}

/** The ways of a case side by side: its status, its embargo, what the world knows, and for each vendor contact and fix. A lane to which nothing happened has no steps. */
export function lanesOf(state: CaseState): Lane[] {
  const vendors = [...state.vendors.keys()];
  const ofVendor = (of: 'progress' | 'fix-path', vendor: string): Lane => ({ of, vendor, steps: state.changes.filter((change) => change.of === of && change.vendor === vendor) });
  return [
    { of: 'case', steps: state.path.filter(({ from, to }) => from !== to) },
    { of: 'embargo', steps: state.changes.filter((change) => change.of === 'embargo') },
    ...LATCH_NAMES.map((of): Lane => ({ of, steps: latchSteps(state, of) })),
    ...vendors.flatMap((vendor) => [ofVendor('progress', vendor), ofVendor('fix-path', vendor)]),
  ];
}

function latchSteps({ latches }: CaseState, name: LatchName): LaneStep[] {
  const by = latches[name];
  return by === undefined ? [] : [{ to: LATCHES[name].letter, by }];
}
