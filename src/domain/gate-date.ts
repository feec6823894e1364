import type { CaseState, VendorState } from './case-state.ts';
import { hasReporter, isEvent } from './case.ts';
import { arrivals } from './contact-means.ts';
import { TELLS_DATE } from './eligibility.ts';
import { atEndOfLadder } from './escalation.ts';
import { pass, stop, type GateInput, type Verdict } from './gate-input.ts';
import { formatInstant, parseInstant, showInstant, type Instant } from './instant.ts';
import { hasAnswered } from './vendor-progress.ts';

/** Parties whose consent to the date is asked for, besides vendors (guideline IV.4; policy, disclosure). */
function otherParties({ record, state, reporter }: GateInput): string[] {
  const reachable = reporter === 'sealed' || (reporter === 'none' && hasReporter(record)) || (reporter !== 'none' && reporter.email !== undefined);
  const partners = state.entries.filter(isEvent('date-proposed', 'date-agreed', 'embargo-accepted')).map(({ entry }) => entry.party).filter((party) => party.startsWith('partner:'));
  return [...(reachable ? ['reporter'] : []), ...(record.file.route === 'partnership' ? ['receiving-organisation'] : []), ...new Set(partners)];
}

/** On the direct route, whether the ladder has ended without a resolution: the vendor's consent is not needed any more (policy F). */
const isUnresolved = ({ record, policy }: GateInput, vendor: VendorState): boolean => record.file.route === 'direct' && atEndOfLadder(policy, record, vendor);

/** Whether the vendor was told of this date since it was named: mail that came back told nobody, a letter by post counts. */
function wasTold(state: CaseState, vendor: string, date: Instant): boolean {
  const entries = state.entries.slice(state.entries.findLastIndex(({ entry }) => entry.event === 'unscheduled') + 1);
  const named = entries.find((logged) => isEvent('scheduled', 'date-proposed', 'date-agreed')(logged) && ('party' in logged.entry ? logged.entry.party : 'team') === 'team' && parseInstant(logged.entry.date) === date);
  return named !== undefined && arrivals(entries, vendor).arrived.some(({ entry, at }) => entry.event === 'vendor-contacted' && TELLS_DATE.has(entry.purpose) && at >= named.at);
}

/**
 * Vendors whose consent is missing. Not asked: who is not affected. Where some vendors agree, those who do not answer
 * do not hold up the others (guideline IV.4). On the direct route, a vendor at the end of the ladder no longer counts (policy F).
 */
function vendorsWithoutConsent(input: GateInput): VendorState[] {
  const { state } = input;
  const asked = [...state.vendors.values()].filter(({ firstContact, status }) => firstContact !== undefined && status?.entry.status !== 'not-affected');
  const agrees = ({ slug }: VendorState): boolean => state.agreedDates.get(`vendor:${slug}`) === state.scheduled;
  const someAgree = asked.some(agrees);
  return asked.filter((vendor) => {
    if (agrees(vendor)) return false;
    if (isUnresolved(input, vendor)) return false;
    return hasAnswered(vendor.progress) || !someAgree;
  });
}

/** The date is agreed by everyone who has a say, cleared by the committee, or it is an emergency; and it has come. */
export function dateAgreed(input: GateInput): Verdict {
  const { record, state, configuration, now, emergency } = input;
  const zone = configuration.timezone;
  const { published, scheduled } = state;
  // An entry that somebody wrote by hand before the date does not open the gate: nothing is published early through it.
  const early = published?.entry.emergency === undefined && scheduled !== undefined && published !== undefined && published.at < scheduled;
  if (published && !early) return pass(`public since ${showInstant(published.at, zone)}`);
  if (emergency !== undefined) {
    return state.latches.exploit ?? state.latches.attacks
      ? pass(`emergency: ${emergency}`)
      : stop('an emergency needs a public exploit or attacks on record', `vcc record ${record.number} exploit-public --how TEXT, or attacks-observed`);
  }
  if (scheduled === undefined) return stop('no date is set', `vcc schedule ${record.number} --date YYYY-MM-DDTHH:MM`);
  const missing = state.committeeCleared
    ? []
    : [...vendorsWithoutConsent(input).map(({ slug }) => `vendor:${slug}`), ...otherParties(input).filter((party) => state.agreedDates.get(party) !== scheduled)];
  if (missing.length > 0) {
    const stands = missing.map((party) => {
      const date = state.agreedDates.get(party);
      return date === undefined ? party : `${party} (agreed to ${showInstant(date, zone)})`;
    });
    const ended = state.clearanceEndedBy;
    const why = ended ? `; the committee's clearance ended with ${ended.name}` : '';
    return stop(
      `${showInstant(scheduled, zone)} is not agreed by ${stands.join(', ')}${why}`,
      missing.map((party) => `vcc record ${record.number} date-agreed --party ${party} --date ${formatInstant(scheduled, zone)}`).join('\n'),
    );
  }
  // Nobody reads of it in the news first: who could not be agreed with is at least told the date.
  const untold = state.committeeCleared ? [] : [...state.vendors.values()].filter((vendor) => isUnresolved(input, vendor) && vendor.status?.entry.status !== 'not-affected' && state.agreedDates.get(`vendor:${vendor.slug}`) !== scheduled && !wasTold(state, vendor.slug, scheduled));
  if (untold.length > 0) {
    return stop(
      `no resolution was found with ${untold.map(({ slug }) => slug).join(', ')}, which was not told that the advisory comes out on ${showInstant(scheduled, zone)}`,
      untold.map(({ slug }) => `vcc escalate ${record.number} --vendor ${slug} --publish --date ${formatInstant(scheduled, zone)}`).join('\n'),
    );
  }
  if (now < scheduled) return stop(`agreed, but ${showInstant(scheduled, zone)} has not come yet`, `Publish then: vcc publish ${record.number}`);
  return pass(state.committeeCleared ? `cleared by the committee, set for ${showInstant(scheduled, zone)}` : `agreed for ${showInstant(scheduled, zone)}`);
}
