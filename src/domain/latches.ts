import type { CaseState } from './case-state.ts';
import type { EventName } from './case.ts';

export type LatchName = keyof CaseState['latches'];

export interface Latch {
  /** How Vultron writes it. */
  readonly letter: 'P' | 'X' | 'A';
  readonly event: EventName;
  readonly meaning: string;
  /** What it means for an embargo. Nothing new is agreed under any of them. */
  readonly embargo: 'must-end' | 'should-end';
  /** Whoever sees this has seen that, too. */
  readonly implies?: LatchName;
}

/** What the world knows about the flaw. Each is set once, by the first entry that says so, and never goes back (Vultron: case states P, X and A). */
export const LATCHES: Readonly<Record<LatchName, Latch>> = {
  public: { letter: 'P', event: 'public-known', meaning: 'The public knows of the flaw.', embargo: 'must-end' },
  exploit: { letter: 'X', event: 'exploit-public', meaning: 'An exploit is public, and with it the flaw.', embargo: 'must-end', implies: 'public' },
  attacks: { letter: 'A', event: 'attacks-observed', meaning: 'The flaw is being used in attacks.', embargo: 'should-end' },
};

export const LATCH_NAMES = Object.keys(LATCHES) as readonly LatchName[];
