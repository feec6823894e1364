import { readDuties } from './documents/duty-file.ts';
import { dutyDates, type DutyDate } from './domain/duties.ts';
import { matches } from './domain/entry-match.ts';
import type { Finding } from './domain/finding.ts';
import type { Instant } from './domain/instant.ts';
import type { EntryMatch } from './generated/documents.ts';
import { viewRecord, type CaseView, type Session } from './session.ts';

/** Every case that can be read, with what follows from its log now. */
export interface CaseViews {
  readonly views: readonly CaseView[];
  /** What keeps the others from being read. A list that left them out in silence would hide work. */
  readonly unreadable: readonly Finding[];
}

export function viewAllCases(session: Session): CaseViews {
  const { repository } = session;
  const views = [...repository.cases()].map((record) => viewRecord(session, record));
  const folders = new Set(views.map(({ record }) => record.folder));
  const unreadable = repository.caseFolders().filter(({ folder }) => !folders.has(folder)).flatMap(({ number }) => {
    const read = repository.read(number);
    return read && !read.ok ? read.findings : [];
  });
  return { views, unreadable };
}

/** What the organisation owes as a whole, from the quarter on in which a case first called for it. */
export function viewDuties({ repository, calendar, now }: Session, views: readonly CaseView[]): { readonly duties: readonly DutyDate[]; readonly findings: readonly Finding[] } {
  const { records, findings } = readDuties(repository.tree, repository.zone, now);
  const done = records.map(({ file }) => file);
  const duties = dutyDates(repository.policy.duties ?? [], done, (match) => firstOf(views, match), calendar, now);
  return { duties, findings };
}

function firstOf(views: readonly CaseView[], match: EntryMatch): Instant | undefined {
  const moments = views.flatMap(({ state }) => state.entries.find((logged) => matches(logged, match))?.at ?? []);
  return moments.length === 0 ? undefined : moments.reduce((a, b) => Math.min(a, b));
}
