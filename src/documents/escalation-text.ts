import { contactMeans } from '../domain/contact-means.ts';
import type { CaseState } from '../domain/case-state.ts';
import { formatInstant, localDate } from '../domain/instant.ts';
import type { EscalationStep } from '../generated/documents.ts';

/** A step of the ladder by its title in English, or by what it has. */
export const stepTitle = (step: Pick<EscalationStep, 'id' | 'title'>): string => step.title.en ?? step.title.ja ?? step.id;

/** By which means a vendor was tried, and by which it was not: 'mail 3 times, last 2014-06-06; not tried: phone'. */
export function meansSentence(state: CaseState, vendor: string, zone: string): string {
  const { tried, untried } = contactMeans(state, vendor);
  const how = tried.map(({ means, times, last, outcome }) => `${means} ${times === 1 ? 'once' : `${times} times`}, last ${localDate(last, zone)}${outcome === undefined || outcome === 'sent' ? '' : ` (${outcome.replaceAll('-', ' ')})`}`);
  return `tried: ${how.join('; ') || 'nothing'}. Not tried: ${untried.join(', ') || 'nothing that is left'}.`;
}

/** The same for a JSON envelope. */
export function meansAsData(state: CaseState, vendor: string, zone: string): object {
  const { tried, untried } = contactMeans(state, vendor);
  return { tried: tried.map(({ last, ...means }) => ({ ...means, last: formatInstant(last, zone) })), untried };
}
