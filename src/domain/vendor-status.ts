import type { VendorStatusEntry } from '../generated/documents.ts';

export type PublicStatus = VendorStatusEntry['status'];

/**
 * Public status of a vendor for one vulnerability: what it may change to. The same status may always be said again, with other words.
 * Who has spoken is never unknown again, and where affected products are known there is no way back to 'none found so far'
 * (guideline IV.4 9): the vendor status is published and kept up to date).
 */
export const VENDOR_STATUS: Readonly<Record<PublicStatus, readonly PublicStatus[]>> = {
  unknown: ['affected', 'not-affected', 'affected-investigating', 'not-affected-investigating', 'disputed'],
  'not-affected-investigating': ['affected', 'not-affected', 'affected-investigating', 'disputed'],
  'affected-investigating': ['affected', 'not-affected', 'disputed'],
  'not-affected': ['affected', 'affected-investigating', 'not-affected-investigating', 'disputed'],
  affected: ['not-affected', 'affected-investigating', 'disputed'],
  disputed: ['affected', 'not-affected', 'affected-investigating', 'not-affected-investigating'],
};

export const VENDOR_STATUS_MEANING: Readonly<Record<PublicStatus, string>> = {
  affected: 'The vendor has affected products.',
  'not-affected': 'No product of the vendor is affected.',
  'affected-investigating': 'Affected products are known, and the vendor is still looking.',
  'not-affected-investigating': 'No affected product was found so far, and the vendor is still looking.',
  unknown: 'Nothing is known from the vendor.',
  disputed: 'The vendor disputes the flaw, and says why.',
};

/** Whether a public status may follow another; anything may follow none. */
export const mayFollow = (from: PublicStatus | undefined, to: PublicStatus): boolean => from === undefined || from === to || VENDOR_STATUS[from].includes(to);
