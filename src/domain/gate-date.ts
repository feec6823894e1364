import type { VendorState } from './case-state.ts';
import { hasReporter, isEvent } from './case.ts';
import { atEndOfLadder } from './escalation.ts';
import { pass, stop, type GateInput, type Verdict } from './gate-input.ts';
import { formatInstant, showInstant } from './instant.ts';
import { hasAnswered } from './vendor-progress.ts';

/** Parties whose consent to the date is asked for, besides vendors (guideline IV.4; policy, disclosure). */
function otherParties({ record, state, reporter }: GateInput): string[] {
  const reachable = reporter === 'sealed' || (reporter === 'none' && hasReporter(record)) || (reporter !== 'none' && reporter.email !== undefined);
  const partners = state.entries.filter(isEvent('date-proposed', 'date-agreed', 'embargo-accepted')).map(({ entry }) => entry.party).filter((party) => party.startsWith('partner:'));
  return [...(reachable ? ['reporter'] : []), ...(record.file.route === 'partnership' ? ['receiving-organisation'] : []), ...new Set(partners)];
}

/**
 * Vendors whose consent is missing. Not asked: who is not affected. Where some vendors agree, those who do not answer
 * do not hold up the others (guideline IV.4). On the direct route, a vendor at the end of the ladder no longer counts (policy F).
 */
function vendorsWithoutConsent({ record, state, policy }: GateInput): VendorState[] {
  const asked = [...state.vendors.values()].filter(({ firstContact, status }) => firstContact !== undefined && status?.entry.status !== 'not-affected');
  const agrees = ({ slug }: VendorState): boolean => state.agreedDates.get(`vendor:${slug}`) === state.scheduled;
  const someAgree = asked.some(agrees);
  return asked.filter((vendor) => {
    if (agrees(vendor)) return false;
    if (record.file.route === 'direct' && atEndOfLadder(policy, record, vendor)) return false;
    return hasAnswered(vendor.progress) || !someAgree;
  });
}

/** The date is agreed by everyone who has a say, cleared by the committee, or it is an emergency; and it has come. */
export function dateAgreed(input: GateInput): Verdict {
  const { record, state, configuration, now, emergency } = input;
  const zone = configuration.timezone;
  if (state.published) return pass(`public since ${showInstant(state.published.at, zone)}`);
  if (emergency !== undefined) {
    return state.latches.exploit ?? state.latches.attacks
      ? pass(`emergency: ${emergency}`)
      : stop('an emergency needs a public exploit or attacks on record', `vcc record ${record.number} exploit-public --how TEXT, or attacks-observed`);
  }
  const { scheduled } = state;
  if (scheduled === undefined) return stop('no date is set', `vcc schedule ${record.number} --date YYYY-MM-DDTHH:MM`);
  const missing = state.committeeCleared
    ? []
    : [...vendorsWithoutConsent(input).map(({ slug }) => `vendor:${slug}`), ...otherParties(input).filter((party) => state.agreedDates.get(party) !== scheduled)];
  if (missing.length > 0) {
    const stands = missing.map((party) => {
      const date = state.agreedDates.get(party);
      return date === undefined ? party : `${party} (agreed to ${showInstant(date, zone)})`;
    });
    return stop(
      `${showInstant(scheduled, zone)} is not agreed by ${stands.join(', ')}`,
      missing.map((party) => `vcc record ${record.number} date-agreed --party ${party} --date ${formatInstant(scheduled, zone)}`).join('\n'),
    );
  }
  if (now < scheduled) return stop(`agreed, but ${showInstant(scheduled, zone)} has not come yet`, `Publish then: vcc publish ${record.number}`);
  return pass(state.committeeCleared ? `cleared by the committee, set for ${showInstant(scheduled, zone)}` : `agreed for ${showInstant(scheduled, zone)}`);
}
