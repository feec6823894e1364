import { readCase } from './documents/case-folder.ts';
import { readDuties } from './documents/duty-file.ts';
import { recallStandings } from './documents/remembered-standings.ts';
import { dutyDates, type DutyDate } from './domain/duties.ts';
import { heldTree } from './domain/held-tree.ts';
import type { Finding } from './domain/finding.ts';
import { standingLasts, standingOf, type CaseStanding } from './domain/standing.ts';
import type { Environment } from './environment.ts';
import { viewRecord, type CaseView, type Session } from './session.ts';

/** Every case that can be read, with what follows from its log now. */
export interface CaseViews {
  readonly views: readonly CaseView[];
  /** What keeps the others from being read. A list that left them out in silence would hide work. */
  readonly unreadable: readonly Finding[];
}

/** How every case that can be read stands now. */
export interface CaseStandings {
  readonly standings: readonly CaseStanding[];
  readonly unreadable: readonly Finding[];
}

const viewFolder = (session: Session, folder: string, tree = session.repository.tree): CaseView | readonly Finding[] => {
  const read = readCase(tree, folder.slice(folder.lastIndexOf('/') + 1), folder);
  return read.ok ? viewRecord(session, read.record) : read.findings;
};

const isView = (view: CaseView | readonly Finding[]): view is CaseView => 'record' in view;

export function viewAllCases(session: Session): CaseViews {
  const all = session.repository.caseFolders().map(({ folder }) => viewFolder(session, folder));
  return { views: all.filter(isView), unreadable: all.flatMap((view) => (isView(view) ? [] : view)) };
}

/** Reads the cases that have changed, or of which a clock turned, since somebody last asked; the others stand as they did. */
export async function standingsOfAll(env: Pick<Environment, 'caseMemory'>, session: Session): Promise<CaseStandings> {
  const coming = await env.caseMemory();
  const { policy, settingsKey, tree } = session.repository;
  const recalled = coming && recallStandings(coming, settingsKey, session.now);
  const memory = await coming?.seen();
  const known = memory && recalled?.(memory);
  // What is remembered of a case is told by the bytes that it was read from.
  const held = heldTree(tree, { files: [], isPart: () => false });
  const standings: CaseStanding[] = [];
  const unreadable: Finding[] = [];
  const folders = memory === undefined ? session.repository.caseFolders().map(({ folder }) => folder) : [...memory.cases.keys()];
  for (const folder of folders) {
    const remembered = known?.of(folder);
    if (remembered !== undefined) standings.push(remembered);
    else {
      const view = viewFolder(session, folder, held);
      if (!isView(view)) {
        unreadable.push(...view);
        continue;
      }
      const standing = standingOf(view, policy, session.now);
      standings.push(standing);
      known?.learn(folder, held, standing, standingLasts(view, policy, session.now));
    }
  }
  known?.keep();
  return { standings, unreadable };
}

/** What the organisation owes as a whole, from the quarter on in which a case first called for it. */
export function viewDuties({ repository, calendar, now }: Session, standings: readonly CaseStanding[]): { readonly duties: readonly DutyDate[]; readonly findings: readonly Finding[] } {
  const { records, findings } = readDuties(repository.tree, repository.zone, now);
  const done = records.map(({ file }) => file);
  const firstOf = (id: string): number | undefined => standings.reduce<number | undefined>((first, { firsts }) => (firsts[id] === undefined ? first : Math.min(first ?? Infinity, firsts[id])), undefined);
  return { duties: dutyDates(repository.policy.duties ?? [], done, firstOf, calendar, now), findings };
}
