import { readUnreachable, type UnreachableRecord } from './documents/unreachable-file.ts';
import { nextEscalation, type NextEscalation } from './domain/escalation.ts';
import { isError, type Finding } from './domain/finding.ts';
import { heldBack, publicListing, standingOf, type ListStanding, type PublicListing } from './domain/unreachable.ts';
import type { Environment } from './environment.ts';
import { registeredNames } from './letters/listing.ts';
import { viewRecord, type CaseView, type Session } from './session.ts';

/** A developer of unreachable/ with where it stands on the list and what comes next. */
export interface UnreachableView {
  readonly record: UnreachableRecord;
  readonly standing: ListStanding;
  readonly view: CaseView;
  readonly next: NextEscalation;
}

/** Every developer whose file and case can be read; what is wrong with the others must be mended before the list goes out. */
export function viewUnreachable(session: Session): { readonly views: readonly UnreachableView[]; readonly findings: readonly Finding[] } {
  const { repository, calendar, now } = session;
  const { policy } = repository;
  const { records, findings } = readUnreachable(repository.tree);
  const views: UnreachableView[] = [];
  const problems: Finding[] = [...findings];
  for (const record of records) {
    const { file } = record;
    const found = repository.read(file.case);
    if (!found?.ok) {
      problems.push(...(found?.findings ?? [{ rule: 'unreachable-file', severity: 'error' as const, file: record.path, ...record.where('case'), message: `there is no case ${file.case}` }]));
      continue;
    }
    const view = viewRecord(session, found.record);
    const contradictions = view.findings.filter(isError);
    // A log that contradicts itself may hide that the developer answered.
    if (contradictions.length > 0) problems.push(...contradictions);
    else views.push({ record, view, standing: standingOf(file, view.state, policy), next: nextEscalation(view.record, view.state, file.vendor, policy, calendar, now) });
  }
  return { views, findings: problems };
}

/** What the public reads of each, in the order of the day on which they were listed, then of their numbers. */
export function publicListings(env: Environment, session: Session, views: readonly UnreachableView[]): PublicListing[] {
  const names = registeredNames(session);
  const listings = views.flatMap(({ record: { file, path }, standing, view: { record, state } }) => {
    if (!standing.listed) return [];
    const { forGood, untilProduct } = heldBack(file, record, state, names);
    const held = [...forGood, ...(standing.listing.steps['list-product'] === undefined ? untilProduct : [])];
    if (held.length > 0) env.out.say(`note: ${path}: ${held.join(' and ')} left out, for it tells more than the list may at this stage`);
    return [publicListing(file, standing.listing, record, state, names, session.zone)];
  });
  return listings.sort((a, b) => (a.listedOn < b.listedOn ? -1 : a.listedOn > b.listedOn ? 1 : a.did < b.did ? -1 : 1));
}
