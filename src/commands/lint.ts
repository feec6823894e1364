import { join, relative, resolve, sep } from 'node:path';
import type { FileMend } from '../domain/file-mend.ts';
import { usage, VccError } from '../domain/problem.ts';
import type { CaseMemory } from '../domain/case-memory.ts';
import type { Instant } from '../domain/instant.ts';
import { treeWith, type Tree, type TreeFile } from '../domain/tree.ts';
import { readLedger } from '../documents/cve-file.ts';
import { readOnce } from '../domain/held-tree.ts';
import { handedIn, recallCases, unknownCases, type HandedCases } from '../documents/remembered-cases.ts';
import { openRepository } from '../documents/repository.ts';
import type { Environment } from '../environment.ts';
import { outputOf, reportFindings, type LintCommandOptions, type Output } from '../finding-report.ts';
import { leakingCommits, leakingTexts, leaksInNames, type KeptText } from '../leaking-texts.ts';
import { RULES } from '../rules/index.ts';
import { examineRepository } from '../rules/lint-repository.ts';
import { canMend } from '../rules/mending.ts';

/** vcc lint: checks the work tree, some paths of it, what git commit would record (--staged), or commit messages. */
export async function lint(env: Environment, options: LintCommandOptions): Promise<number> {
  const output = outputOf(env, options);
  if (options.fix === true) requireWorkTree(options);
  else if (options.dryRun === true) throw usage('--dry-run says what --fix would mend', 'vcc lint --fix --dry-run');
  if (options.message !== undefined || options.commits !== undefined) return lintMessages(env, options, output);
  const [{ mended, tree, changed, altered, named, root, memory }, names] = await Promise.all([
    options.fix === true ? afterMending(env, options) : whatToCheck(env, options).then((target) => ({ ...target, mended: undefined })),
    // With paths it may be another repository that is checked.
    (options.paths ?? []).length === 0 && options.rule === undefined ? branchName(env) : undefined,
  ]);
  const now = env.clock.now();
  const examined = examineRepository(tree, {
    now,
    standing: options.staged !== true,
    ...(changed === undefined ? {} : { changed }),
    ...(altered === undefined ? {} : { altered }),
    ...(options.rule === undefined ? {} : { only: options.rule }),
    // A case is replayed as a whole even where one file of it was named; only what was asked for is shown.
    ...(named.length === 0 ? {} : { within: named }),
    memory,
    ...(memory === undefined ? {} : { handed: await handedOver(env, tree, memory, now) }),
  });
  const asked = examined.findings;
  // Where nothing is committed, the name of the branch can wait for the push.
  const kept = names === undefined || changed?.length === 0 ? [] : leaksInNames(tree, names, changed, examined.remembered);
  const inFiles = root === '' ? asked : asked.map((finding) => ({ ...finding, file: join(root, finding.file) }));
  const { errors, failed } = await reportFindings(env, output, { inFiles, elsewhere: kept, files: examined.files, cases: examined.cases, suppressed: examined.suppressed, mended });
  const mechanical = asked.some(({ rule }) => RULES.some(({ id, mend }) => id === rule && mend !== undefined));
  if (mechanical && mended === undefined && options.staged !== true && root === '' && canMend(tree, asked, { now, committed: new Set(await env.git.committed('cases')) })) env.out.say('vcc lint --fix mends what is mechanical of this; with --dry-run it only says so.');
  if (changed?.length === 0) env.out.say('Nothing was checked: nothing is staged.');
  else if (errors > 0 && options.staged) env.out.say(await howToMend(env));
  else if (examined.files === 0) env.out.say('Nothing was checked: there is no file.');
  return failed ? 1 : 0;
}

async function howToMend(env: Environment): Promise<string> {
  const begun = await env.git.underWay();
  return begun === undefined
    ? 'What is staged was checked, not the work tree: mend it, git add it, and commit again.'
    : `What is staged was checked, not the work tree: mend it, git add it, and ${begun.command} --continue. What takes a vcc command is mended before: ${begun.command} --abort, that command, and begin again.`;
}

/** A work tree of which nothing is remembered takes long: what others can find out about its cases at the same time. */
async function handedOver(env: Environment, tree: Tree, memory: CaseMemory, now: Instant): Promise<HandedCases> {
  const texts = await env.examineInShares(unknownCases(memory, tree, now), { now, folders: [...memory.cases.keys()], format: memory.format, others: memory.others });
  return handedIn(texts, tree);
}

function requireWorkTree({ staged, base, message, commits }: LintCommandOptions): void {
  if (staged === true || base !== undefined || message !== undefined || commits !== undefined) throw usage('--fix mends files of the work tree, and --staged, --base, --message and --commits look at something else', 'vcc lint --fix, look at it with git diff, git add it, and then vcc lint --staged');
}

/** What is left to check once everything that can be mended is. */
async function afterMending(env: Environment, options: LintCommandOptions): Promise<Awaited<ReturnType<typeof whatToCheck>> & { readonly mended: readonly FileMend[] }> {
  const repaired = options.dryRun === true ? undefined : await env.repair();
  if (repaired !== undefined) env.out.say(`Note: ${repaired.said}.`);
  const before = await whatToCheck(env, options);
  if (before.root !== '') throw usage('--fix is for the repository around you', 'cd there first.');
  const { mendFiles } = await import('../mended-files.ts');
  const mended = await mendFiles(env, before.tree, { named: before.named, rule: options.rule, dryRun: options.dryRun });
  // What an earlier run remembers is about what stands there, and not about what would.
  if (options.dryRun === true) return { ...before, memory: undefined, tree: treeWith(before.tree, new Map(mended.map(({ path, after }) => [path, after]))), mended };
  return { ...(await whatToCheck(env, options)), mended };
}

/** More than any person writes. */
const MESSAGE_LIMIT = 1024 * 1024;
/** What git commit -v shows of the change below the message is no part of it. */
const SCISSORS = /^. -{8,} >8 -{8,}$/m;

/** Whether a commit message, or those of several commits, give away what is sealed. */
async function lintMessages(env: Environment, { paths = [], staged, rule, message, commits, base }: LintCommandOptions, output: Output): Promise<number> {
  if (paths.length > 0 || staged === true || rule !== undefined || base !== undefined || (message !== undefined && commits !== undefined)) throw usage('--message and --commits check messages, and nothing else', 'vcc lint --message FILE, or vcc lint --commits RANGE');
  const { findings, messages } = message === undefined ? await ofCommits(env, commits ?? '') : await ofMessage(env, message);
  const { failed } = await reportFindings(env, output, { inFiles: [], elsewhere: findings, files: messages, cases: 0, suppressed: 0 }, message === undefined ? 'messages' : 'message');
  if (messages === 0) env.out.say(`Nothing was checked: ${message === undefined ? 'the range has no commit' : 'there is no message'}.`);
  return failed ? 1 : 0;
}

async function ofCommits(env: Environment, range: string): ReturnType<typeof leakingCommits> {
  const tree = env.workTree();
  return leakingCommits(env, tree, openRepository(tree).configuration.team, range);
}

/** One message, before there is a commit. What the commit brings counts: who joins the team with it may be named in it. */
async function ofMessage(env: Environment, path: string): ReturnType<typeof leakingCommits> {
  const { tree, changed } = path === '-' ? { tree: env.workTree(), changed: [] } : await env.staged();
  const message = await messageIn(env, path);
  return { findings: leakingTexts(tree, [message], changed), messages: message.text.trim() === '' ? 0 : 1 };
}

async function messageIn(env: Environment, path: string): Promise<KeptText> {
  const { bytes } = await env.input(path, MESSAGE_LIMIT);
  const [text = ''] = new TextDecoder().decode(bytes).split(SCISSORS);
  return { file: path === '-' ? 'standard input' : path, text, fix: 'Word it otherwise, and commit again.' };
}

async function branchName(env: Environment): Promise<KeptText[]> {
  const name = await env.git.branch();
  return name === undefined ? [] : [{ file: 'the name of the branch', text: name, fix: 'Rename it: git branch -m NAME' }];
}

interface Target {
  readonly tree: Tree;
  readonly changed?: readonly string[];
  readonly altered?: Awaited<ReturnType<Environment['staged']>>['altered'];
  /** Paths from the root of the case repository that were asked for; none for all. */
  readonly named: readonly string[];
  readonly memory?: CaseMemory | undefined;
  /** Goes before the path of a finding, where another repository than the one around is checked. */
  readonly root: string;
}

async function whatToCheck(env: Environment, { paths = [], staged = false, base, rule }: LintCommandOptions): Promise<Target> {
  if (staged) {
    if (base !== undefined) throw usage('--staged compares with the last commit already', 'vcc lint --staged, or vcc lint --base REV');
    if (paths.length > 0) throw usage('--staged checks what is staged, and takes no paths', 'vcc lint --staged, or vcc lint PATH');
    return { ...(await env.staged()), named: [], root: '' };
  }
  const [first, second] = paths;
  // A path that is the root of a case repository is checked as one, from wherever the command was started.
  const elsewhere = first === undefined || second !== undefined ? undefined : env.repositoryAt(first);
  if (first !== undefined && elsewhere && base !== undefined) throw usage('--base is for the repository around you', 'cd there first.');
  if (first !== undefined && elsewhere) return { tree: elsewhere, named: [], root: first };
  const named = paths.map((path) => fromRoot(env, path));
  // Where there is no case repository, this is what says so.
  const work = readOnce(env.workTree());
  const memory = named.length === 0 && rule === undefined ? await memoryOf(env, work) : undefined;
  const tracked = memory?.outbox ?? (await env.git.tracked('outbox'));
  const tree = withTracked(work, tracked);
  const altered = base === undefined ? {} : { altered: await env.git.alteredSince(base) };
  return { ...namedFiles(tree, named), ...altered, named, root: '', ...(memory === undefined ? {} : { memory: { ...memory, others: [...memory.others, ...tracked.map(asFile)] } }) };
}

/** What is remembered of the cases; what a run that looks at everything needs is read while Git compares. */
async function memoryOf(env: Environment, work: Tree): Promise<CaseMemory | undefined> {
  const asked = env.caseMemory();
  readAhead(work);
  const coming = await asked;
  if (coming !== undefined) recallCases(coming, work);
  return coming?.seen();
}

/** What it reads of no case. What is wrong with it is found when it is read again, which costs nothing then. */
function readAhead(tree: Tree): void {
  try {
    const repository = openRepository(tree);
    repository.vendors();
    repository.partners();
    readLedger(tree);
  } catch (problem) {
    // Without vcc.yaml or policy.yaml.
    if (!(problem instanceof VccError)) throw problem;
  }
}

/** A mail that waits in outbox/ is nobody's business; one that Git keeps was committed against .gitignore, and is found by a rule. */
const withTracked = (tree: Tree, tracked: readonly string[]): Tree => ({
  ...tree,
  files: (under) => [...tree.files(under), ...tracked.filter((path) => isBelow(path, under)).map(asFile)],
});

const asFile = (path: string): TreeFile => ({ path, kind: 'file' });

/** A path as typed, from the root of the case repository; '' is the root itself. */
function fromRoot(env: Environment, path: string): string {
  const found = relative(env.root(), resolve(env.cwd, path)).split(sep).join('/');
  if (found === '..' || found.startsWith('../') || /^[A-Za-z]:/.test(found)) throw usage(`${path} lies outside of the case repository ${env.root()}`, 'Name files or folders inside of it, or none for all.');
  return found;
}

const isBelow = (file: string, path: string): boolean => path === '' || file === path || file.startsWith(`${path}/`);

/** A path that names nothing would check nothing and look like success. */
function namedFiles(tree: Tree, named: readonly string[]): { tree: Tree; changed?: readonly string[] } {
  if (named.length === 0) return { tree };
  const changed = named.flatMap((path) => {
    const files = tree.files(path);
    if (files.length === 0) throw usage(`no file of the case repository at ${path}`, 'Check the name; without a path everything is checked.');
    return files.map((file) => file.path);
  });
  return { tree, changed };
}
