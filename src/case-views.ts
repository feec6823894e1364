import type { Finding } from './domain/finding.ts';
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
