import { makeCalendar } from '../domain/calendar.ts';
import { isError, type Finding } from '../domain/finding.ts';
import type { Instant } from '../domain/instant.ts';
import { once } from '../domain/once.ts';
import { VccError } from '../domain/problem.ts';
import { replay } from '../domain/replay.ts';
import type { Tree, TreeFile } from '../domain/tree.ts';
import type { CaseMemory } from '../domain/case-memory.ts';
import { dueDates } from '../domain/deadlines.ts';
import { heldTree } from '../domain/held-tree.ts';
import { lastingOf } from '../domain/lasting.ts';
import { idsInForce, rememberedCases, type CaseFacts, type HandedCases } from '../documents/remembered-cases.ts';
import { sealedAmong, together } from '../documents/sealed-for.ts';
import { readCase } from '../documents/case-folder.ts';
import { openRepository, type Repository } from '../documents/repository.ts';
import { readCnas } from '../documents/cna-file.ts';
import { readLedger } from '../documents/cve-file.ts';
import { readGuards } from '../documents/guard-file.ts';
import { readDuties } from '../documents/duty-file.ts';
import { readUnreachable } from '../documents/unreachable-file.ts';
import { withoutNames } from '../documents/shown-path.ts';
import { RULES } from './index.ts';
import { heldBesideCases, standingCases } from '../documents/standing-cases.ts';
import { asConfigured, chosenRules } from './settings.ts';
import { sealedInClear } from './sealed-in-clear.ts';
import { asFinding, type Altered, type LintContext, type LintedFile, type Mistake, type Rule } from './rule.ts';

export interface LintOptions {
  /** Paths to examine, deleted ones included; everything when missing. A case of which one file is named is replayed as a whole. */
  readonly changed?: readonly string[];
  /** Of these, those that the last commit had otherwise; none where nobody compared. */
  readonly altered?: Altered;
  readonly now: Instant;
  /** What stands is judged as such, and not as something that is about to be written, committed or pushed. */
  readonly standing?: boolean;
  /** Files or folders of which findings are wanted; all when missing. */
  readonly within?: readonly string[];
  /** Ids of the only rules whose findings count. */
  readonly only?: readonly string[];
  /** What an earlier run found out: used where everything is examined, by all rules. */
  readonly memory?: CaseMemory | undefined;
  /** What others have found out about some cases in this very run. */
  readonly handed?: HandedCases;
  /** With a memory: folders of the only cases to examine, and nothing else; what is found out about them is in what is kept. */
  readonly share?: ReadonlySet<string>;
}

export interface Examination {
  readonly findings: readonly Finding[];
  /** How many files and cases were looked at: none is worth saying. */
  readonly files: number;
  readonly cases: number;
  /** How many findings vcc.yaml leaves out for a while. */
  readonly suppressed: number;
  /** Where an earlier run was made use of: what further texts are still to be compared with, and what remembers this run for the next. */
  readonly remembered?: {
    readonly unchanged: LintContext['unchanged'];
    readonly examined: LintContext['folders'];
    readonly isCompared: (text: string) => boolean;
    /** compared: texts that were compared with every case by whoever asked, and hold no mark. */
    readonly keep: (compared: readonly string[]) => void;
  };
}

/** Runs the rules on the files of a case repository; sorted by file and place. */
export const lintRepository = (tree: Tree, options: LintOptions): readonly Finding[] => examineRepository(tree, options).findings;

/** The same, with what was looked at. Throws a usage error for a rule that does not exist. */
export function examineRepository(given: Tree, options: LintOptions): Examination {
  const everything = options.changed === undefined;
  const memory = everything && options.only === undefined && !options.memory?.others.some(({ path }) => looksLikeCases(path)) ? options.memory : undefined;
  const held = memory ? heldBesideCases(given, memory) : everything ? heldTree(given) : given;
  const opened = open(held);
  const remembered = memory && opened.repository && rememberedCases(memory, held, options.now, options.handed);
  const standing = memory && remembered && standingCases(held, memory, remembered, options.share);
  const tree = standing?.tree ?? (memory ? heldTree(given) : held);
  const rules = chosenRules(RULES, options.only);
  const chosen = new Set(rules.map((rule) => rule.id));
  const scope = scopeOf(tree, options.changed);
  const findings: Finding[] = [];
  // A finding made while reading is reported even if its rule is not in the list: better an unexplained finding than none.
  const note = (finding: Finding): void => {
    const by = RULES.find((rule) => rule.id === finding.rule);
    // Whoever reads a case says of a link that it was left out, and of a merge why it was not read; the rule has found it already.
    if (finding.rule === 'symlink' && chosen.has('symlink')) return;
    if (finding.rule === 'conflict-marker' && findings.some(({ rule, file }) => rule === finding.rule && file === finding.file)) return;
    // What cannot be read was not checked by the rules that were asked for either.
    if (options.only !== undefined && !chosen.has(finding.rule) && by?.foundWhile !== 'reading' && finding.rule !== 'conflict-marker') return;
    const fix = finding.fix ?? by?.fix;
    findings.push(fix === undefined ? finding : { ...finding, fix });
  };
  const hidden = new Map<string, string>();
  const compared: string[] = [];
  const examined: { readonly number: string; readonly folder: string }[] = [];
  let broken = 0;
  const run = (rule: Rule, file: string, check: () => Iterable<Mistake> | undefined): void => {
    try {
      for (const mistake of check() ?? []) {
        if (mistake.shown !== undefined) hidden.set(mistake.file, mistake.shown);
        if (chosen.has(rule.id)) findings.push(asFinding(rule, mistake));
      }
    } catch (problem) {
      // One rule with a bug keeps the others from nothing, and is no pass.
      if (problem instanceof VccError || (problem instanceof Error && 'syscall' in problem)) throw problem;
      broken += 1;
      findings.push(brokenRule(rule, file, problem));
    }
  };
  // Whichever rules speak of a file, its name is shown as this one allows.
  const running = chosen.has(sealedInClear.id) ? rules : [...rules, sealedInClear];

  const onFiles = rules.filter((rule) => rule.checkFile !== undefined);
  const runOnFile = (file: TreeFile): void => {
    const linted = lintedFile(tree, file);
    for (const rule of onFiles) run(rule, file.path, () => rule.checkFile?.(linted));
  };
  // Where every case is read, its files are looked at with it: each is read once.
  const withCase = (path: string): boolean => everything && opened.repository !== undefined && CASE_FOLDER.test(path);
  const { share } = options;
  if (share === undefined) for (const file of scope.files) if (!withCase(file.path)) runOnFile(file);
  opened.findings.forEach(note);
  let cases = 0;
  let files = scope.files.length;
  const unchangedNow: LintContext['unchanged'][number][] = [];
  if (opened.repository) {
    // The same one, reading each file once.
    const repository: Repository = { ...openRepository(tree), ...(standing === undefined ? {} : { caseFolders: standing.folders }) };
    const facts: CaseFacts[] = [];
    const context: LintContext = {
      tree,
      repository,
      calendar: makeCalendar(repository.zone, repository.configuration.closures ?? [], repository.policy.calendars),
      now: options.now,
      rules: RULES,
      files: scope.files,
      everything,
      altered: options.altered ?? new Map(),
      facts,
      unchanged: unchangedNow,
      isCompared: (text) => remembered?.isCompared(text) === true,
      noteCompared: (text) => compared.push(text),
      folders: foldersIn(scope, tree, repository).filter(({ folder }) => share?.has(folder) !== false),
      ledger: once(() => readLedger(tree)),
      touched: scope.touched,
      touchedBelow: scope.below,
    };
    if (share === undefined) findingsBeside(context, scope.below).filter(({ file }) => scope.touched(file)).forEach(note);
    const onCases = running.filter((rule) => rule.checkCase !== undefined);
    for (const { number, folder } of context.folders) {
      cases += 1;
      const known = remembered?.of(folder);
      if (known) {
        findings.push(...known.findings);
        facts.push(known.facts);
        unchangedNow.push({ number, folder });
        files += known.files;
        continue;
      }
      examined.push({ number, folder });
      const before = { findings: findings.length, hidden: hidden.size, broken };
      const watched = remembered?.watch(folder, tree, repository);
      if (everything) tree.files(folder).forEach(runOnFile);
      // Not by the repository, which keeps every case that it hands out: of ten thousand, one at a time is enough.
      const read = readCase(watched?.tree ?? tree, number, folder);
      if (!read.ok) {
        read.findings.forEach(note);
        const broken = { number, folder, files: tree.files(folder), guards: readGuards(tree, folder).guards };
        for (const rule of running) run(rule, `${folder}/case.md`, () => rule.checkBroken?.(broken, context));
        continue;
      }
      const { record } = read;
      record.findings.forEach(note);
      const { state, findings: contradictions } = replay(record);
      // Where an entry cannot be read, what the log seems to lack or to contradict is mostly that entry.
      if (!record.findings.some((finding) => isError(finding) && (finding.file === `${folder}/log.md` || finding.file.startsWith(`${folder}/log/`)))) contradictions.forEach(note);
      const own = tree.files(folder);
      const { guards, findings: spoiled } = readGuards(tree, folder);
      spoiled.forEach(note);
      const dues = once(() => dueDates(record, state, repository.policy, context.calendar, options.now, repository.configuration.cna?.shortName));
      const inCase = watched === undefined ? context : { ...context, ...watched };
      for (const rule of onCases) run(rule, `${folder}/case.md`, () => rule.checkCase?.({ record, state, files: own, guards, dues }, inCase));
      if (!everything) continue;
      const found = findings.slice(before.findings);
      const fact: CaseFacts = {
        number,
        folder,
        ...idsInForce(state),
        sealed: together(sealedAmong(tree, own)),
      };
      facts.push(fact);
      if (hidden.size > before.hidden || broken > before.broken) continue;
      remembered?.learn(folder, { files: own.length, findings: found, facts: fact }, lastingOf(state, dues(), repository.policy, options.now));
    }
    if (share === undefined) for (const rule of running) run(rule, 'vcc.yaml', () => rule.check?.(context));
  }
  const { findings: settled, suppressed } = opened.repository ? asConfigured(findings, RULES, opened.repository.configuration, options.now, options.standing !== true) : { findings, suppressed: 0 };
  const wanted = options.within === undefined ? settled : settled.filter(({ file }) => options.within?.some((path) => path === '' || file === path || file.startsWith(`${path}/`)));
  return { findings: wanted.map((finding) => withoutNames(finding, hidden)).sort(inFileOrder), files, cases, suppressed, ...(remembered === undefined ? {} : { remembered: { unchanged: unchangedNow, examined, isCompared: (text) => remembered.isCompared(text), keep: (texts) => remembered.keep([...compared, ...texts]) } }) };
}

/** What is wrong with files of no case, told by whoever reads them. */
const findingsBeside = ({ tree, repository, ledger, now }: LintContext, below: Scope['below']): readonly Finding[] => [
  ...(below('vendors') ? repository.vendorFindings() : []),
  ...(below('unreachable') ? readUnreachable(tree).findings : []),
  ...(below('duties') ? readDuties(tree, repository.zone, now).findings : []),
  ...(below('cves') ? ledger().findings : []),
  ...(below('cnas') ? readCnas(tree).findings : []),
  ...(below('partners') ? repository.partnerFindings() : []),
];

const brokenRule = (rule: Rule, file: string, problem: unknown): Finding => ({
  rule: rule.id,
  severity: 'error',
  file,
  line: 1,
  column: 1,
  message: `the rule could not look at this: ${problem instanceof Error ? `${problem.name}: ${problem.message}` : String(problem)}`,
  fix: 'This is a bug of vcc, not of your files; the other rules were run. Please report it.',
});

interface Scope {
  readonly files: readonly TreeFile[];
  readonly changed: readonly string[];
  /** Every case is to be replayed. */
  readonly wholly: boolean;
  readonly touched: (path: string) => boolean;
  readonly below: (folder: string) => boolean;
}

/** Looks up what changed and lists nothing else: in a large repository that alone would take a commit hook its time. */
function scopeOf(tree: Tree, changed: readonly string[] | undefined): Scope {
  if (changed === undefined) return { files: tree.files(''), changed: [], wholly: true, touched: () => true, below: () => true };
  const paths = new Set(changed);
  const folders = new Set<string>();
  for (const path of paths) for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) folders.add(path.slice(0, slash));
  const files = [...paths].flatMap((path) => tree.files(path).filter((file) => file.path === path));
  // A vendor or partner that goes away may be missed by any case, not only by those that change with it.
  const wholly = changed.some((path) => /^(?:vendors|partners)\//.test(path) && !files.some((file) => file.path === path));
  return { files, changed, wholly, touched: (path) => paths.has(path), below: (folder) => folders.has(folder) };
}

/** A name that some systems take for that of the folder of the cases: only the names of all files tell whether it is. */
const looksLikeCases = (path: string): boolean => !path.startsWith('cases/') && /^cases(?:\/|$)/.test(path.normalize('NFC').toLowerCase());

const CASE_FOLDER = /^(cases\/[0-9]{4}\/([0-9]{8}))\//;

function foldersIn(scope: Scope, tree: Tree, repository: Repository): LintContext['folders'] {
  if (scope.wholly) return repository.caseFolders();
  const numbers = new Map(scope.changed.flatMap((path) => {
    const [, folder, number] = CASE_FOLDER.exec(path) ?? [];
    return folder === undefined || number === undefined ? [] : [[folder, number] as const];
  }));
  return [...numbers].map(([folder, number]) => ({ folder, number })).filter(({ folder }) => tree.files(folder).length > 0);
}

/** A file of the tree that is read when something of it is asked for. */
export function lintedFile(tree: Pick<Tree, 'read'>, file: TreeFile): LintedFile {
  let bytes: Uint8Array | undefined;
  let latin1: string | undefined;
  const read = (): Uint8Array => (bytes ??= tree.read(file.path) ?? new Uint8Array());
  return { ...file, bytes: read, latin1: () => (latin1 ??= Buffer.from(read()).toString('latin1')) };
}

/** Without vcc.yaml and policy.yaml no case can be judged; what is wrong with them is then all there is to say. */
function open(tree: Tree): { repository?: Repository; findings: readonly Finding[] } {
  try {
    return { repository: openRepository(tree), findings: [] };
  } catch (problem) {
    if (problem instanceof VccError && problem.findings.length > 0) return { findings: problem.findings };
    throw problem;
  }
}

function inFileOrder(a: Finding, b: Finding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}
