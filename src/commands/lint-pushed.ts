import type { CaseMemory } from '../domain/case-memory.ts';
import type { Tree } from '../domain/tree.ts';
import type { Finding } from '../domain/finding.ts';
import { usage, VccError } from '../domain/problem.ts';
import { unknownCases } from '../documents/remembered-cases.ts';
import { openRepository } from '../documents/repository.ts';
import type { CommitRange, Environment } from '../environment.ts';
import { outputOf, reportFindings, type LintCommandOptions } from '../finding-report.ts';
import { leakingCommits, leakingTags, leaksInNames } from '../leaking-texts.ts';
import { alteredSince } from '../rules/rule.ts';
import { examineRepository } from '../rules/lint-repository.ts';
import { logRewritten } from '../rules/log-rewritten.ts';
import { recordRemoved } from '../rules/record-removed.ts';
import { sealedRewritten } from '../rules/sealed-rewritten.ts';

/** One line of what Git tells pre-push and pre-receive. */
interface RefUpdate {
  /** Where the branch is now; nothing where it is new. */
  readonly from?: string;
  readonly to: string;
  readonly ref: string;
}

/** A push of thousands of branches is no push of a team. */
const LIMIT = 1024 * 1024;
const NOTHING = /^0+$/;

/** `<local ref> <new> <remote ref> <old>` as for pre-push, or `<old> <new> <ref>` as for pre-receive; what is deleted brings nothing. */
function updatesIn(text: string): RefUpdate[] {
  return text.split('\n').filter((line) => line.trim() !== '').flatMap((line) => {
    const fields = line.trim().split(' ');
    const [to, ref, from] = fields.length === 4 ? [fields[1], fields[2], fields[3]] : [fields[1], fields[2], fields[0]];
    if (![3, 4].includes(fields.length) || to === undefined || ref === undefined || from === undefined || ![to, from].every((id) => /^[0-9a-f]{40,64}$/.test(id))) {
      throw usage(`--pushed: ${JSON.stringify(line)} is no line of what Git tells a hook of a push`, 'It is called by the hooks pre-push and pre-receive: vcc hooks install');
    }
    return NOTHING.test(to) ? [] : [{ to, ref, ...(NOTHING.test(from) ? {} : { from }) }];
  });
}

/**
 * vcc lint --pushed: what a push would bring, by the refs on standard input, as the hooks pre-push and pre-receive get them. What comes to the
 * default branch is replayed as a whole, for two changes that merge without a conflict may contradict each other; of another branch, what differs.
 */
export async function lintPushed(env: Environment, { format, maxWarnings, paths = [], ...others }: LintCommandOptions): Promise<number> {
  if (paths.length > 0 || Object.keys(others).some((name) => name !== 'quiet')) throw usage('--pushed checks what a push brings, and nothing else', 'vcc lint --pushed, from a hook');
  const output = outputOf(env, { quiet: true, ...(format === undefined ? {} : { format }), ...(maxWarnings === undefined ? {} : { maxWarnings }) });
  const { bytes } = await env.input('-', LIMIT);
  // Tags too: what they lead to lies on the server as well.
  const updates = updatesIn(new TextDecoder().decode(bytes));
  const total = { inFiles: [] as Finding[], elsewhere: [] as Finding[], files: 0, cases: 0, suppressed: 0 };
  for (const update of updates) {
    const found = await examine(env, update).catch((problem: unknown) => {
      throw ofRef(problem, update.ref);
    });
    total.inFiles.push(...found.inFiles);
    total.elsewhere.push(...found.elsewhere);
    total.files += found.files;
    total.cases += found.cases;
    total.suppressed += found.suppressed;
  }
  // The same commit or tag may come by several refs.
  const elsewhere = [...new Map(total.elsewhere.map((finding) => [JSON.stringify(finding), finding])).values()];
  const { errors, failed } = await reportFindings(env, output, { ...total, elsewhere });
  if (updates.length === 0) env.out.say('Nothing was checked: nothing is pushed.');
  else if (errors > 0) env.out.say('What is pushed was checked, not the work tree: mend it, commit, and push again. vcc review shows what the commits change.');
  return failed ? 1 : 0;
}

/** A push may bring many refs: which one is no case repository, as notes and the pages of a site are none, and what to do with it. */
function ofRef(problem: unknown, ref: string): unknown {
  if (!(problem instanceof VccError)) return problem;
  const hint = ['no-vcc-yaml', 'not-a-case-repository'].includes(problem.code) ? 'Check out a branch of cases, and push those by name: git push REMOTE BRANCH. What is none goes to a repository of its own.' : problem.hint;
  return new VccError({ code: problem.code, exitCode: problem.exitCode, findings: problem.findings, message: `${ref} was not checked, and so nothing is pushed: ${problem.message}`, hint, cause: problem });
}

/** What the rules say of a file that is other or gone since fits a commit; where commits of others are forced away, they are missing. */
const LOST = new Set([logRewritten.id, recordRemoved.id, sealedRewritten.id]);
const forced = (finding: Finding): Finding => (LOST.has(finding.rule) ? { ...finding, fix: 'Commits that are there already would be forced away. Bring them here first, git pull --rebase, and push without --force.' } : finding);

async function examine(env: Environment, { from, to, ref }: RefUpdate): Promise<{ inFiles: readonly Finding[]; elsewhere: readonly Finding[]; files: number; cases: number; suppressed: number }> {
  const isDefault = await env.git.isDefault(ref);
  // A first push of the default branch has nothing to be compared with.
  const known = from === undefined && isDefault ? undefined : await rangeOf(env, from, to);
  // A branch that seems to bring nothing is looked at as a whole: nothing is no pass.
  const range = known?.base === known?.head ? undefined : known;
  const whole = range === undefined || isDefault;
  const changed = range?.changes.map(({ path }) => path) ?? [];
  const { tree, memory } = whole ? await wholeTree(env, to, changed) : { tree: env.git.treeAt(to, changed) };
  const examined = examineRepository(tree, { now: env.clock.now(), memory, ...(range === undefined ? {} : { altered: alteredSince(range.changes, env.git.treeAt(range.base, changed)) }), ...(whole ? {} : { changed }) });
  // The other side has the history already where it is only given another name.
  const commits = known === undefined ? to : `${known.base}..${to}`;
  const name = ref.startsWith('refs/tags/')
    ? { file: 'the name of the tag', text: ref.slice('refs/tags/'.length), fix: 'Give it another: git tag NEW OLD^{}, with --annotate where it has a message, and git tag -d OLD' }
    : { file: 'the name of the branch', text: ref.replace(/^refs\/heads\//, ''), fix: 'Rename it: git branch -m NAME' };
  const { findings: inCommits } = await leakingCommits(env, tree, openRepository(tree).configuration.team, commits);
  const elsewhere = [...leaksInNames(tree, [name], undefined, examined.remembered), ...(await leakingTags(env, tree, to)), ...inCommits];
  return { inFiles: range?.apart === true ? examined.findings.map(forced) : examined.findings, elsewhere, files: examined.files, cases: examined.cases, suppressed: examined.suppressed };
}

/** More are read faster with all others than one by one. */
const FEW = 100;

/** All of the commit; of the cases that are known already no file is read. */
async function wholeTree(env: Environment, commit: string, changed: readonly string[]): Promise<{ readonly tree: Tree; readonly memory?: CaseMemory }> {
  const memory = await env.git.memoryAt(commit);
  if (memory === undefined) return { tree: env.git.treeAt(commit) };
  const tree = env.git.treeAt(commit, [...memory.others.map(({ path }) => path), ...changed]);
  return { memory, tree: unknownCases(memory, tree, env.clock.now()).length > FEW ? env.git.treeAt(commit) : tree };
}

/** From where the branch is, or where a new one parted from what is there, which may be its end; undefined where everything is new. */
async function rangeOf(env: Environment, from: string | undefined, to: string): Promise<CommitRange | undefined> {
  const there = from ?? (await env.git.publishedBranch());
  if (there === undefined) return undefined;
  try {
    return await env.git.between(`${there}${from === undefined ? '...' : '..'}${to}`);
  } catch (problem) {
    // A commit of others that was not fetched: Git itself refuses such a push where nothing is forced.
    if (problem instanceof VccError) return undefined;
    throw problem;
  }
}
