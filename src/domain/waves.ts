import type { EntryMatch, Policy, Wave } from '../generated/documents.ts';
import { EVENTS } from '../generated/events.ts';
import type { CaseState, VendorState } from './case-state.ts';
import { no, yes, type Permission } from './eligibility.ts';
import { describeMatch, matches } from './entry-match.ts';

/** The waves of policy.yaml, in order. */
export type WaveRules = Pick<Policy, 'waves'>;

type Party = { readonly role: VendorState['role'] } | { readonly partner: NonNullable<Wave['partners']>[number] };

/** The wave that a party is told in: vendors by their role in the case, partners by their kind. */
export const waveOf = ({ waves }: WaveRules, party: Party): Wave | undefined =>
  waves?.find((wave) => ('role' in party ? wave.roles?.includes(party.role) : wave.partners?.includes(party.partner)) === true);

/** The vendors of the waves before this one: they say when it opens (policy G: upstream first). */
export function vendorsBefore({ waves = [] }: WaveRules, wave: Wave, state: CaseState): readonly VendorState[] {
  const roles = new Set(waves.slice(0, waves.findIndex(({ id }) => id === wave.id)).flatMap((earlier) => earlier.roles ?? []));
  return [...state.vendors.values()].filter(({ role }) => roles.has(role));
}

/** What a person types to put an entry into the log that a wave waits for. */
function commandFor(match: EntryMatch, number: string, before: string | undefined): string {
  const wanted = Object.entries(match.with ?? {}).map(([field, value]) => [field, String([value].flat()[0])] as const);
  const required = (EVENTS.find(({ name }) => name === match.event)?.fields ?? []).filter((field) => field.required || field.name === 'vendor').map(({ name }) => {
    if (name !== 'vendor') return [name, name.toUpperCase()] as const;
    // With nobody before them, it is the coordinator who opens the wave, and says why.
    return before === undefined && match.event === 'wave-opened' ? (['reason', 'TEXT'] as const) : ([name, before ?? 'SLUG'] as const);
  });
  const flags = new Map([...required, ...wanted]);
  return [`vcc record ${number} ${match.event}`, ...[...flags].map(([field, value]) => `--${field} ${value}`)].join(' ');
}

/**
 * Whether the parties of a wave may be told now, and if not, what is missing and what to type. A partner's kind that no
 * wave names is never told; a vendor's role that no wave names is not held back (policy G; guideline IV.4 2) and 8)).
 */
export function mayTellWave(rules: WaveRules, wave: Wave | undefined, state: CaseState, number: string): Permission {
  if (state.published) return yes('the advisory is public');
  if (!wave) return no('no wave of policy.yaml says when such a partner may be told', 'Add one to waves: in policy.yaml.');
  const there = (match: EntryMatch): boolean => state.entries.some((logged) => matches(logged, match));
  const missing = (wave.needs ?? []).filter((match) => !there(match));
  const { needsAny = [] } = wave;
  const oneOf = needsAny.some(there) ? [] : needsAny;
  if (missing.length === 0 && oneOf.length === 0) return yes(`wave ${wave.id} is open`);
  const before = vendorsBefore(rules, wave, state)[0]?.slug;
  const lacks = [...missing.map(describeMatch), ...(oneOf.length === 0 ? [] : [oneOf.map(describeMatch).join(', or ')])];
  return no(`wave ${wave.id} waits for ${lacks.join(' and ')}`, [...missing, ...oneOf].map((match) => commandFor(match, number, before)).join('\n'));
}

/** Whether a vendor may be told now by its role. Who has the details is past that. */
export function mayTellVendor(rules: WaveRules, state: CaseState, number: string, slug: string, role: VendorState['role']): Permission {
  if (state.vendors.get(slug)?.gotDetails === true) return yes('it has the details');
  const wave = waveOf(rules, { role });
  return wave ? mayTellWave(rules, wave, state, number) : yes('no wave holds it back');
}

/** A case in which the order of telling matters. */
export const isMultiParty = (state: CaseState): boolean => state.vendors.size > 1 || [...state.vendors.values()].some(({ role }) => role !== 'developer');
