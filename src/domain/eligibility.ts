import type { Vendor } from '../generated/documents.ts';
import { isEvent } from './case.ts';
import type { CaseState } from './case-state.ts';

export interface Permission {
  readonly ok: boolean;
  readonly why: string;
  /** What to do where it is not permitted; empty where it is. */
  readonly hint: string;
}

export const yes = (why: string): Permission => ({ ok: true, why, hint: '' });
export const no = (why: string, hint: string): Permission => ({ ok: false, why, hint });

type Kind = Vendor['kind'];

/** Why a vendor of this kind may be told without a signed agreement, or undefined where it needs one (handling overview; lessons learned). */
const WITHOUT_AGREEMENT: Readonly<Record<Kind, string | undefined>> = {
  commercial: undefined,
  'service-provider': undefined,
  individual: undefined,
  'open-source': 'open-source developers need no registration',
  overseas: 'an overseas vendor is reached through its own contact or a partner centre',
};

/** Whether a vendor may be told that there is a report at all, today as YYYY-MM-DD (policy E; handling overview: registered vendors). */
export function eligible(vendor: Vendor, today: string, slug = 'SLUG'): Permission {
  if (vendor.agreement && vendor.agreement.signed > today) {
    return no(`its agreement is dated ${vendor.agreement.signed}, which has not come yet`, 'Mend agreement.signed in its file in vendors/, or wait for that day.');
  }
  if (vendor.agreement) return yes(`registered, agreement signed ${vendor.agreement.signed}`);
  const without = WITHOUT_AGREEMENT[vendor.kind];
  if (without !== undefined) return yes(without);
  return no(
    `a domestic vendor (${vendor.kind}) is told only after it has signed the agreement`,
    `Ask it to register; once it has signed: vcc vendor add ${slug} --agreement YYYY-MM-DD. Ask for a contact without naming the flaw until then. One from abroad needs none: vcc vendor add ${slug} --kind overseas.`,
  );
}

/** Whether details go only to who has accepted an embargo: one was proposed and has not ended (Vultron). */
export const embargoAsked = (state: CaseState): boolean => state.embargo.status !== 'exited' && state.entries.some(({ entry }) => entry.event === 'embargo-proposed');

/** Letters that name the date of publication: a proposal, and word of a date that was agreed on or decided. */
export const TELLS_DATE: ReadonlySet<string> = new Set(['date', 'date-set']);

/** Whether a vendor knows what the case is about, so that a date tells it nothing new: it has the details, has answered, or was told a date before (policy F). */
export function knowsOfCase({ vendors, entries }: CaseState, slug: string): boolean {
  const vendor = vendors.get(slug);
  if (vendor?.gotDetails === true || vendor?.lastReply !== undefined) return true;
  return entries.some((logged) => isEvent('vendor-contacted')(logged) && logged.entry.vendor === slug && TELLS_DATE.has(logged.entry.purpose));
}

/**
 * Whether a vendor may get the details of the report. Once an embargo was proposed, only who accepted it; before that,
 * who has signed the agreement, or has confirmed that it is the right contact (Vultron: no details to a party that has
 * not accepted the embargo; policy E).
 */
export function mayGetDetails(state: CaseState, slug: string, vendor: Vendor, today: string): Permission {
  const told = eligible(vendor, today, slug);
  if (!told.ok) return told;
  if (state.published) return yes('the advisory is public');
  const party = state.vendors.get(slug);
  if (!party) return no(`${slug} is not a party to the case`, `It becomes one with the first contact: vcc notify CASE --vendor ${slug}`);
  if (embargoAsked(state)) {
    return party.acceptedEmbargo
      ? yes('it has accepted the embargo')
      : no(`an embargo was proposed, and ${slug} has not accepted it`, `When it does: vcc record CASE embargo-accepted --party vendor:${slug}`);
  }
  if (vendor.agreement) return yes(`its agreement of ${vendor.agreement.signed} covers the details`);
  return party.lastReply === undefined
    ? no(`${slug} has not confirmed yet that it is the right contact`, `When it answers: vcc record CASE vendor-replied --vendor ${slug}`)
    : yes('it has confirmed the contact');
}
