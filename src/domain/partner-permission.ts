import type { Partner } from '../generated/documents.ts';
import type { CaseState } from './case-state.ts';
import { isEvent, type EntryOf } from './case.ts';
import { embargoAsked, no, yes, type Permission } from './eligibility.ts';
import { mayTellWave, waveOf, type WaveRules } from './waves.ts';

export type PartnerPurpose = EntryOf<'partner-contacted'>['purpose'];
type Kind = Partner['kind'];

/**
 * What each kind of partner is written to for. Third parties help to find a contact or to analyse (policy E); critical
 * infrastructure hears of the fix and the date (guideline IV.4 8)); the receiving organisation hears what the vendor said, what was
 * verified, texts and dates (coordination).
 */
export const PURPOSES: Readonly<Record<Kind, readonly PartnerPurpose[]>> = {
  'receiving-organisation': ['vendor-answer', 'verification', 'advisory-text', 'publication-date', 'published', 'committee', 'progress', 'contact-search', 'analysis'],
  'partner-centre': ['advance-notice', 'analysis', 'contact-search', 'advisory-text', 'publication-date', 'published', 'progress'],
  'critical-infrastructure': ['advance-notice', 'publication-date', 'published'],
  'third-party': ['contact-search', 'analysis'],
  committee: ['committee', 'published'],
  authority: ['progress', 'publication-date', 'published'],
};

/** The word by which the log, and the flag --partner, name the receiving organisation. */
export const RECEIVING = 'receiving-organisation';

/** How the log names a partner as a party of a case. */
export const partyOf = (slug: string, { kind }: Partner): typeof RECEIVING | `partner:${string}` => (kind === RECEIVING ? RECEIVING : `partner:${slug}`);

/** Says nothing of the flaw: a name to look for, or what everybody can read. */
const withoutDetails = (purpose: PartnerPurpose, state: CaseState): boolean => purpose === 'contact-search' || state.published !== undefined;

export interface PartnerQuestion {
  readonly slug: string;
  readonly partner: Partner;
  readonly purpose: PartnerPurpose;
  readonly number: string;
  readonly state: CaseState;
  readonly waves: WaveRules;
}

/**
 * Whether a partner may be written to for this purpose now: by what it is, its agreement, the wave of its kind, and the
 * embargo (policy E and G; guideline IV.4 5) and 8); handling overview; Vultron: no details before the embargo is accepted).
 */
export function mayTellPartner({ slug, partner, purpose, number, state, waves }: PartnerQuestion): Permission {
  const { kind } = partner;
  const named = kind.replaceAll('-', ' ');
  if (!PURPOSES[kind].includes(purpose)) return no(`a ${named} is not written to for ${purpose}`, `For a ${named} there is: ${PURPOSES[kind].join(', ')}`);
  if (purpose === 'published' && !state.published) return no('the advisory is not public yet', `vcc publish ${number} --check`);
  if (withoutDetails(purpose, state)) return yes(purpose === 'contact-search' ? 'it hears the name of the vendor and nothing else' : 'the advisory is public');
  // It handed the report over: it knows already, and the guideline binds it.
  if (kind === RECEIVING) return yes('it is the receiving organisation');
  if (!partner.nda) return no(`it has signed no non-disclosure agreement (${named})`, `Once it has signed: vcc partner add ${slug} --nda YYYY-MM-DD`);
  if (kind === 'third-party' && state.vendors.size < 2) {
    return no('a third party helps to analyse only what concerns several vendors', `vcc vendor list --for ${number} looks for further ones; vcc record ${number} vendor-added --vendor SLUG --role ROLE adds one`);
  }
  if (kind === 'partner-centre' || kind === 'critical-infrastructure') {
    const wave = mayTellWave(waves, waveOf(waves, { partner: kind }), state, number);
    if (!wave.ok) return wave;
  }
  const party = partyOf(slug, partner);
  if (embargoAsked(state) && !state.embargo.acceptedBy.includes(party)) return no(`an embargo was proposed, and ${slug} has not accepted it`, `Ask it without saying what it is about. When it accepts: vcc record ${number} embargo-accepted --party ${party}`);
  return yes(`agreement signed ${partner.nda.signed}`);
}

/** Vendors that consent to advance notice and have a fix or a workaround: only their products are told of in one (guideline IV.4 8)). */
export function vendorsForAdvanceNotice(state: CaseState): readonly string[] {
  const agreed = new Set(state.entries.filter(isEvent('advance-notice-agreed')).map(({ entry }) => entry.vendor));
  return [...agreed].filter((slug) => state.remediations.some(({ entry }) => entry.remediation !== 'stop-using' && (entry.vendor ?? slug) === slug));
}
