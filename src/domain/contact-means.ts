import type { CaseState } from './case-state.ts';
import { isEvent, type EntryOf, type LoggedEntry } from './case.ts';
import type { Instant } from './instant.ts';

/** The ways to reach somebody that guideline IV.4 2) and the practice of the centre name, in the order in which they are tried. */
const MEANS = ['mail', 'phone', 'post', 'fax', 'form', 'web'] as const;
type Means = EntryOf<'vendor-contacted'>['means'];

/** How often one way to reach a vendor was tried, and how the last try came out. */
export interface TriedMeans {
  readonly means: Means;
  readonly times: number;
  readonly last: Instant;
  readonly outcome?: EntryOf<'vendor-contacted'>['outcome'];
}

/** Which means were tried for a vendor in the whole case and which were not: every means has to be tried before it counts as unreachable (guideline IV.3 (2) 1) (ア)). */
export function contactMeans(state: CaseState, vendor: string): { readonly tried: readonly TriedMeans[]; readonly untried: readonly Means[] } {
  const tried = new Map<Means, TriedMeans>();
  const note = (means: Means, last: Instant, outcome: TriedMeans['outcome']): void => {
    tried.set(means, { means, times: (tried.get(means)?.times ?? 0) + 1, last, ...(outcome === undefined ? {} : { outcome }) });
  };
  for (const { entry, at } of state.entries.filter(isEvent('vendor-contacted', 'escalated'))) {
    if (entry.vendor !== vendor) continue;
    if (entry.event === 'vendor-contacted') note(entry.means, at, entry.outcome);
    // A reminder is a mail of the step itself.
    else if (entry.message) note('mail', at, 'sent');
  }
  return { tried: [...tried.values()], untried: MEANS.filter((means) => !tried.has(means)) };
}

type Attempt = LoggedEntry<EntryOf<'vendor-contacted'> | EntryOf<'escalated'>>;
const meansOf = ({ entry }: Attempt): Means => (entry.event === 'escalated' ? 'mail' : entry.means);
const cameBack = ({ entry }: Attempt): boolean => entry.event === 'vendor-contacted' && entry.outcome === 'bounced';

/**
 * The attempts among these entries that reached somebody, as far as is known, and whether mail gets through at all. Word
 * that something came back speaks of itself and of the attempt by the same means before it, which was logged as sent.
 */
export function arrivals(entries: readonly LoggedEntry[], vendor: string): { readonly arrived: readonly Attempt[]; readonly mailFails: boolean } {
  const arrived: Attempt[] = [];
  let mailFails = false;
  for (const logged of entries) {
    if (!isEvent('vendor-contacted', 'escalated')(logged) || logged.entry.vendor !== vendor) continue;
    if (logged.entry.event === 'escalated' && !logged.entry.message) continue;
    const means = meansOf(logged);
    if (means === 'mail') mailFails = cameBack(logged);
    if (!cameBack(logged)) arrived.push(logged);
    else {
      const sent = arrived.findLastIndex((attempt) => meansOf(attempt) === means);
      if (sent !== -1) arrived.splice(sent, 1);
    }
  }
  return { arrived, mailFails };
}
