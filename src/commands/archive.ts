import { readCase } from '../documents/case-folder.ts';
import { foldCase, lostEntries, unfoldCase } from '../documents/folded-log.ts';
import { openRepository } from '../documents/repository.ts';
import { readLength, whyNotFolded } from '../domain/archival.ts';
import { caseDifference, isNothing } from '../domain/case-difference.ts';
import { isError, type Finding } from '../domain/finding.ts';
import { treeWithPlan, type Plan } from '../domain/plan.ts';
import { refusal, usage } from '../domain/problem.ts';
import type { Tree } from '../domain/tree.ts';
import type { Environment } from '../environment.ts';
import { lintRepository } from '../rules/lint-repository.ts';
import { actingCoordinator, carryOut, openSession, viewCase, viewCaseToChange, viewRecord, type CaseView, type Session } from '../session.ts';

export interface ArchiveOptions {
  readonly cases: readonly string[];
  readonly closedFor?: string;
  readonly unfold?: boolean;
}

/** In one commit: what is planned stands in memory, and a commit of more is looked through by nobody. */
const MOST = 1000;

type Folding = NonNullable<ReturnType<typeof foldCase>>;

interface Chosen extends CaseView {
  readonly folding: Folding;
}

interface Kept {
  readonly number: string;
  readonly why: string;
  readonly findings?: readonly Finding[];
}

/** vcc archive: the logs of cases that have long been over become one file each, so that a repository of many cases has few files. */
export async function archive(env: Environment, options: ArchiveOptions): Promise<number> {
  const session = openSession(env);
  await actingCoordinator(env, session);
  if (options.unfold === true) return unfold(env, session, options);
  const { chosen, kept, more } = choose(session, options);
  const sound = chosen.length === 0 ? [] : soundOf(session, chosen, kept);
  const [first] = kept;
  if (first && options.cases.length > 0) {
    throw refusal('not-folded', kept.map(({ number, why }) => `${number}: ${why}`).join('\n'), `vcc show ${first.number} tells where it stands; --closed-for LENGTH sets another time (default: 1 year).`, kept.flatMap(({ findings = [] }) => findings));
  }
  const notices = kept.map(({ number, why }) => `${number} is over and not folded: ${why}`);
  const data = { cases: sound.map((each) => ({ case: each.record.number, entries: each.record.log.length, files: filesOf(session, each) })), kept: kept.map(({ number, why }) => ({ case: number, why })) };
  if (sound.length === 0) {
    if (env.out.json) env.out.envelope('archive', data);
    else env.out.say(['No log is to be folded: no case with files in log/ has been over for that long.', ...notices.map((notice) => `note: ${notice}`)].join('\n'));
    return 0;
  }
  const [before, after] = (['before', 'after'] as const).map((when) => data.cases.reduce((sum, { files }) => sum + files[when], 0));
  const what = sound.length === 1 ? `the log of ${sound[0]?.record.number ?? ''}` : `the logs of ${sound.length} cases`;
  const plan = planOf(sound, `Folded ${what}: ${before} files before, ${after} now`, `fold ${what}`, 'Each entry stands in log.md as it was in log/, byte for byte.');
  return carryOut(env, session, { ...plan, notices, next: more ? [{ command: 'vcc archive', why: `there are more; one commit folds ${MOST} at most` }] : [{ command: `vcc log ${sound[0]?.record.number ?? ''}`, why: 'a folded log reads as before; a new entry goes into log/ again' }] }, data);
}

function planOf(cases: readonly { readonly record: { readonly number: string }; readonly folding: Folding }[], summary: string, action: string, body: string): Plan {
  const [only, ...others] = cases.map(({ record: { number } }) => number);
  return {
    summary,
    writes: cases.flatMap(({ folding }) => folding.writes),
    removes: cases.flatMap(({ folding }) => folding.removes),
    seals: [],
    messages: [],
    commit: { subject: `${others.length === 0 ? (only ?? '') : 'archive'}: ${action}`, body, trailers: cases.map(({ record }) => ['Case', record.number]) },
    notices: [],
    next: [],
  };
}

/** The cases whose logs can be folded, as far as they themselves say; of those that were not named, open ones go without a word. */
function choose(session: Session, { cases, closedFor = '1 year' }: ArchiveOptions): { readonly chosen: readonly Chosen[]; readonly kept: Kept[]; readonly more: boolean } {
  const { repository: { tree, policy }, calendar, now } = session;
  const length = readLength(closedFor, '--closed-for');
  const chosen: Chosen[] = [];
  const kept: Kept[] = [];
  for (const view of cases.length > 0 ? named(session, cases) : unfolded(session)) {
    const { record } = view;
    const { number } = record;
    const why = view.findings.some(isError) ? 'its files contradict each other' : whyNotFolded(view, length, calendar, now, policy);
    const folding = why === undefined ? foldCase(tree, number, record.folder) : undefined;
    if (folding && chosen.length === MOST) return { chosen, kept, more: true };
    if (folding) chosen.push({ ...view, folding });
    else if (cases.length > 0) kept.push({ number, why: why ?? 'its log is folded already', findings: view.findings.filter(isError) });
  }
  return { chosen, kept, more: false };
}

const named = (session: Session, references: readonly string[]): readonly CaseView[] => [...new Map(references.map((reference) => viewCase(session, reference)).map((view) => [view.record.number, view])).values()];

/** Of a hundred thousand cases one at a time is in memory. */
function* unfolded(session: Session): Generator<CaseView> {
  const { tree } = session.repository;
  for (const { number, folder } of session.repository.caseFolders()) {
    if (tree.files(`${folder}/log`).length === 0) continue;
    const read = readCase(tree, number, folder);
    if (read.ok) yield viewRecord(session, read.record);
  }
}

/** What lint says of each case, in words that do not depend on where an entry stands. */
function findingsIn(tree: Tree, session: Session, cases: readonly Chosen[]): Map<string, Finding[]> {
  const paths = cases.flatMap(({ record: { folder } }) => tree.files(folder).map(({ path }) => path));
  const byCase = new Map<string, Finding[]>(cases.map(({ record: { folder } }) => [folder, []]));
  for (const finding of lintRepository(tree, { changed: paths, now: session.now })) byCase.get(finding.file.split('/', 3).join('/'))?.push(finding);
  return byCase;
}

/** Those in which lint finds no error, and of which folding makes what reads the same: each entry byte for byte, the state, and what lint says. */
function soundOf(session: Session, chosen: readonly Chosen[], kept: Kept[]): Chosen[] {
  const { tree } = session.repository;
  const folded = treeWithPlan(tree, planOf(chosen, '', '', ''));
  const repository = openRepository(folded);
  const [before, after] = [findingsIn(tree, session, chosen), findingsIn(folded, session, chosen)];
  return chosen.filter((view) => {
    const { folder, number } = view.record;
    const errors = (before.get(folder) ?? []).filter(isError);
    if (errors.length > 0) {
      kept.push({ number, why: 'vcc lint finds an error in it', findings: errors });
      return false;
    }
    const record = repository.record(number);
    const same = record !== undefined && isNothing(caseDifference(view, viewRecord(session, record)));
    const moved = [...view.folding.writes, ...view.folding.removes.map((path) => ({ path }))].filter(({ path }) => tree.read(path) !== undefined);
    const lost = [...lostEntries(folded, new Map(moved.map(({ path }) => [path, () => tree.read(path) ?? new Uint8Array()])))].length > 0;
    if (same && !lost && said(before.get(folder)) === said(after.get(folder))) return true;
    kept.push({ number, why: 'folded, it would not read the same', findings: after.get(folder) ?? [] });
    return false;
  });
}

/** Without the places; and that an entry stands in log.md as well is what folding mends. */
const said = (findings: readonly Finding[] = []): string => [...new Set(findings.filter(({ rule }) => rule !== 'folded-log').map(({ rule, severity, message }) => `${severity} ${rule} ${message}`))].sort().join('\n');

function filesOf({ repository: { tree } }: Session, { record: { folder }, folding: { writes, removes } }: Chosen): { readonly before: number; readonly after: number } {
  const before = tree.files(folder).length;
  return { before, after: before - removes.length + writes.filter(({ path }) => tree.read(path) === undefined).length };
}

/** The other way round, for a repair: each entry is a file again, as it was. */
async function unfold(env: Environment, session: Session, { cases, closedFor }: ArchiveOptions): Promise<number> {
  const [reference, ...others] = cases;
  if (reference === undefined || others.length > 0 || closedFor !== undefined) throw usage('--unfold takes one case and no --closed-for', 'vcc archive CASE --unfold');
  const { record } = viewCaseToChange(session, reference);
  const folding = unfoldCase(session.repository.tree, record.folder);
  if (!folding) throw refusal('not-folded', `the log of ${record.number} is not folded: it has no log.md`, `vcc log ${record.number}`);
  const plan = planOf([{ record, folding }], `${record.number}: ${folding.writes.length} entries are files of log/ again`, 'unfold the log', 'Each entry stands in log/ as it was in log.md, byte for byte.');
  return carryOut(env, session, { ...plan, next: [{ command: `vcc archive ${record.number}`, why: 'folds it again' }] }, { cases: [{ case: record.number, entries: record.log.length }] });
}
