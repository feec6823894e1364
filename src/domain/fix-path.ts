import type { VendorRepliedEntry } from '../generated/documents.ts';
import type { FixPath } from './case-state.ts';

/** What brings a vendor further on the way to a fix. */
export type FixStep = 'learns' | 'fixes' | 'deploys';

/** Fix path of a vendor: from -> step -> to. A step that a row leaves out changes nothing, except deploys, which is not possible there (Vultron: vendor fix path v, f, d). */
export const FIX_PATH: Readonly<Record<FixPath, Readonly<Partial<Record<FixStep, FixPath>>>>> = {
  // Who has a fix knows of the flaw.
  unaware: { learns: 'aware', fixes: 'fix-ready' },
  aware: { fixes: 'fix-ready' },
  'fix-ready': { deploys: 'fix-deployed' },
  'fix-deployed': {},
};

export const FIX_STEPS: Readonly<Record<FixStep, string>> = {
  learns: 'the vendor got the details (vendor-contacted), says that it works on the flaw (vendor-replied), or tried to reproduce it (verified)',
  fixes: 'a fix of the vendor exists (fix-available)',
  deploys: 'the fix has reached its users (fix-deployed)',
};

export const FIX_PATH_MEANING: Readonly<Record<FixPath, string>> = {
  unaware: 'The vendor does not know of the flaw, as far as we know.',
  aware: 'The vendor knows of the flaw.',
  'fix-ready': 'The vendor has a fix.',
  'fix-deployed': 'The fix has reached the users, or most of them.',
};

/** Where the vendor stands after a step. */
export const afterFixStep = (path: FixPath, step: FixStep): FixPath => FIX_PATH[path][step] ?? path;

/** Whether an answer shows that the vendor knows the flaw: to say that a letter came, or to refuse it, does not. */
export const worksOnIt = (progress: VendorRepliedEntry['progress']): boolean => progress === 'validating' || progress === 'accepted' || progress === 'deferred';
