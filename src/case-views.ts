import { readCase } from './documents/case-folder.ts';
import { readDuties } from './documents/duty-file.ts';
import { rememberedCases, type CaseFacts } from './documents/remembered-cases.ts';
import { dutyDates, firstsOf, type DutyDate } from './domain/duties.ts';
import type { Finding } from './domain/finding.ts';
import type { Environment } from './environment.ts';
import { viewRecord, type CaseView, type Session } from './session.ts';

/** Every case that can be read, with what follows from its log now. */
export interface CaseViews {
  readonly views: readonly CaseView[];
  /** Cases that were not read, for an earlier lint knows of them that they are not needed here. */
  readonly passed: readonly CaseFacts[];
  /** What keeps the others from being read. A list that left them out in silence would hide work. */
  readonly unreadable: readonly Finding[];
}

export const viewAllCases = (session: Session): CaseViews => viewEach(session, session.repository.caseFolders().map(({ folder }) => folder));

/** The same, but for the cases that are over for good and not needed. */
export async function viewNeededCases(env: Environment, session: Session, isNeeded: (facts: CaseFacts) => boolean): Promise<CaseViews> {
  const memory = await env.caseMemory();
  if (memory === undefined) return viewAllCases(session);
  const { tree } = session.repository;
  const known = rememberedCases(memory, tree, session.now);
  const facts = new Map([...memory.cases.keys()].map((folder) => [folder, known.factsOf(folder)]));
  const isPassed = (each: CaseFacts | undefined): each is CaseFacts => each?.over === true && !isNeeded(each);
  // Of a case whose files are all gone, Git alone still knows.
  const folders = [...facts].flatMap(([folder, each]) => (isPassed(each) || tree.files(folder).length === 0 ? [] : [folder]));
  return { ...viewEach(session, folders), passed: [...facts.values()].filter(isPassed) };
}

function viewEach(session: Session, folders: readonly string[]): CaseViews {
  const views: CaseView[] = [];
  const unreadable: Finding[] = [];
  for (const folder of folders) {
    const read = readCase(session.repository.tree, folder.slice(folder.lastIndexOf('/') + 1), folder);
    if (read.ok) views.push(viewRecord(session, read.record));
    else unreadable.push(...read.findings);
  }
  return { views, passed: [], unreadable };
}

/** What the organisation owes as a whole, from the quarter on in which a case first called for it. */
export function viewDuties({ repository, calendar, now }: Session, { views, passed }: Pick<CaseViews, 'views' | 'passed'>): { readonly duties: readonly DutyDate[]; readonly findings: readonly Finding[] } {
  const { records, findings } = readDuties(repository.tree, repository.zone, now);
  const rules = repository.policy.duties ?? [];
  const firsts = [...views.map(({ state }) => firstsOf(state, rules)), ...passed.map((facts) => facts.firsts)];
  const done = records.map(({ file }) => file);
  const firstOf = (id: string): number | undefined => firsts.reduce<number | undefined>((first, each) => (each[id] === undefined ? first : Math.min(first ?? Infinity, each[id])), undefined);
  return { duties: dutyDates(rules, done, firstOf, calendar, now), findings };
}
