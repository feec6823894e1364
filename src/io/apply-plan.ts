// The only writer in a case repository. Encrypt first, then lock, then write down what is about to happen, then do it:
// a process killed at any point leaves the repository before or after, or so that settle.ts brings it there.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { showInstant } from '../domain/instant.ts';
import type { FileMend } from '../domain/file-mend.ts';
import { publicPaths, type Plan, type Repaired } from '../domain/plan.ts';
import { VccError, refusal } from '../domain/problem.ts';
import type { Applied, Ask, Random } from '../environment.ts';
import type { Configuration } from '../generated/documents.ts';
import { basisOf, requireClean } from './clean-tree.ts';
import { machineTime, type SetClock } from './clock.ts';
import { commitPart, headOf, isCommitted, writeFiles } from './commit-files.ts';
import { gitDirOf } from './git-process.ts';
import type { OnStep } from './commit-files.ts';
import { identityAt } from './git.ts';
import type { Progress } from './in-parallel.ts';
import { Journal, sha256, type Run } from './journal.ts';
import { withLock } from './lock.ts';
import { encryptPlan, makeRun } from './prepare-run.ts';
import type { Ready } from './prepare-run.ts';
import { openPublicRepository, publicRepositoryAt } from './public-repository.ts';
import { requireSafeTarget } from './safe-path.ts';
import { postMails, requireUnlocked, settle } from './settle.ts';
import { actingSigner, noIdentity } from './acting-signer.ts';
import { workTree } from './work-tree.ts';

export interface Applier {
  readonly root: string;
  readonly clock: SetClock;
  readonly random: Random;
  readonly ask: Ask;
  /** Told of each message that is encrypted. */
  readonly progress?: Progress;
  /** Called at each step that cannot be undone by itself; tests stop the process there. */
  readonly onStep?: OnStep;
}

/** Carries out a plan: encrypts, writes, commits, publishes, and puts mail into the outbox. Refuses before it has written anything, or leaves a repository that the next run repairs. */
export async function applyPlan(applier: Applier, plan: Plan, configuration: Configuration): Promise<Applied> {
  const { root, clock, random } = applier;
  const step: OnStep = applier.onStep ?? (() => undefined);
  await requireSettled(applier);
  const identity = await identityAt(root);
  if (!identity) throw noIdentity();
  const publicRoot = plan.publication ? await publicRepositoryAt(root, configuration) : undefined;
  // A VCC_NOW that somebody forgot must not bring the agreed minute forward.
  if (plan.publication && clock.now() > machineTime()) {
    throw refusal('early-clock', `the clock is set to ${showInstant(clock.now(), configuration.timezone)}, which has not come yet: nothing is published before its time`, 'Leave out --now, and type: unset VCC_NOW');
  }
  await requireReady(root, plan, publicRoot);
  const head = await headOf(root);

  const ready = await encryptPlan(plan, configuration, workTree(root), { at: clock.now(), random, progress: applier.progress ?? (() => undefined), signer: () => actingSigner(root, configuration.team, clock, applier.ask) });
  requireTargets(root, plan, ready);
  step('encrypted');

  const folder = join(await gitDirOf(root), 'vcc');
  return withLock(folder, random, () =>
    undisturbed(async () => {
      step('locked');
      // Another vcc may have been at work while the passphrase was typed.
      await requireReady(root, plan, publicRoot);
      await requireUnlocked([root, ...(publicRoot === undefined || !existsSync(join(publicRoot, '.git')) ? [] : [publicRoot])]);
      if ((await headOf(root)) !== head) throw refusal('moved', 'the repository got a new commit in the meantime', 'Type the same command again, so that it is decided on what stands there now.');
      if (publicRoot !== undefined) await openPublicRepository(publicRoot);
      const setting = {
        root,
        head,
        ...(publicRoot === undefined ? {} : { publicRoot, publicHead: await headOf(publicRoot) }),
        identity,
        commitAt: clock.fixed ? clock.now() : undefined,
        zone: configuration.timezone,
      };
      const { run, contents } = makeRun(plan, ready, setting);
      const journal = new Journal(folder);
      journal.begin(run, contents);
      step('journal');
      return carryOut(run, journal, step);
    }),
  );
}

/** Writes mended files into the work tree and commits nothing, so that what else is not committed there stays as it is. */
export async function applyMends(applier: Pick<Applier, 'root' | 'random' | 'onStep'>, mends: readonly FileMend[]): Promise<void> {
  const { root, random, onStep = () => undefined } = applier;
  await requireSettled(applier);
  const folder = join(await gitDirOf(root), 'vcc');
  await withLock(folder, random, () =>
    undisturbed(async () => {
      const tree = workTree(root);
      for (const { path, before } of mends) {
        requireSafeTarget(root, path);
        const now = tree.read(path);
        if (now === undefined || Buffer.compare(now, before) !== 0) throw refusal('moved', `${path} has changed while it was looked at, and nothing was written`, 'Save what is open in an editor, then type the same command again.');
      }
      const files = mends.map(({ path, after }, index) => ({ path, waiting: `mended-${index}`, sha256: sha256(after) }));
      const run: Run = { version: 2, summary: 'mend files of the work tree', case: { name: 'private', root, files, message: '', env: {} }, mails: [], uncommitted: true };
      const journal = new Journal(folder);
      journal.begin(run, new Map(mends.map(({ after }, index) => [`mended-${index}`, after])));
      onStep('journal');
      try {
        await writeFiles(run.case, journal, onStep);
      } finally {
        await settle(run, journal, false);
      }
    }),
  );
}

async function requireSettled(applier: Pick<Applier, 'root' | 'random'>): Promise<void> {
  const repaired = await repair(applier);
  if (repaired !== undefined) throw refusal('repaired', repaired.said, 'Look at it (git log, git status), then type the same command again: it was decided on what stood there before.');
}

/** How a run that was interrupted ended. */
const ENDS: Readonly<Record<Awaited<ReturnType<typeof settle>>, string>> = {
  finished: 'it is now finished',
  undone: 'it is now undone, as if it had not been started',
  left: 'each of its files is as it was or mended, and vcc lint --fix mends the rest',
};

/** Finishes or undoes what a killed run left, and says so in a sentence. */
export async function repair(applier: Pick<Applier, 'root' | 'random'>): Promise<Repaired | undefined> {
  const folder = join(await gitDirOf(applier.root), 'vcc');
  if (!existsSync(join(folder, 'journal.json'))) return undefined;
  return withLock(folder, applier.random, () =>
    undisturbed(async () => {
      const journal = new Journal(folder);
      const run = journal.read();
      if (!run) return undefined;
      const end = await settle(run, journal, true);
      return { said: `an earlier run was interrupted (${run.summary}); ${ENDS[end]}`, isDone: end === 'finished' };
    }),
  );
}

async function carryOut(run: Run, journal: Journal, step: OnStep): Promise<Applied> {
  try {
    await writeFiles(run.case, journal, step);
    let publicCommit: string | undefined;
    if (run.publication) {
      await writeFiles(run.publication, journal, step);
      publicCommit = await commitPart(run.publication, journal, step);
    }
    const commit = await commitPart(run.case, journal, step);
    postMails(run, journal, step);
    journal.end();
    step('end');
    return { commit, ...(publicCommit === undefined ? {} : { publicCommit }), outbox: run.mails.map(({ path }) => path) };
  } catch (problem) {
    if ((await afterFailure(run, journal, problem)) === 'undone') throw problem;
    // The commit stands, so the run happened, whatever failed after it; settling it did the rest.
    return { commit: (await headOf(run.case.root)) ?? '', outbox: run.mails.map(({ path }) => path) };
  }
}

/** Undoes a run that failed, so that the refusal is the whole truth; what is already public stays, and the journal with it. */
async function afterFailure(run: Run, journal: Journal, cause: unknown): ReturnType<typeof settle> {
  if (run.publication && !(await isCommitted(run.case)) && (await isCommitted(run.publication))) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new VccError({
      code: 'published-not-recorded',
      message: `the advisory is in the public repository, but the case repository could not record it:\n${why}`,
      hint: 'Put that right, then type any vcc command that writes: it first finishes this one.',
      cause,
    });
  }
  return settle(run, journal, false);
}

async function requireReady(root: string, plan: Plan, publicRoot: string | undefined): Promise<void> {
  await requireClean(root, basisOf(plan));
  if (publicRoot === undefined || !existsSync(join(publicRoot, '.git'))) return;
  await requireClean(publicRoot, plan.publication ? publicPaths(plan.publication) : []);
}

/** Log entries and sealed files are written once; a name that is taken means that two runs drew the same digits. */
const ONCE = /^cases\/[^/]+\/[^/]+\/(?:log|sealed)\//;

function requireTargets(root: string, plan: Plan, ready: Ready): void {
  for (const { path, rewrapped = false } of [...ready.files, ...ready.mails]) {
    requireSafeTarget(root, path);
    if (!rewrapped && (ONCE.test(path) || path.startsWith('outbox/')) && existsSync(join(root, path))) {
      throw refusal('exists', `${path} exists, and is never written twice`, 'Type the same command again: it draws another name.');
    }
  }
  const paths = ready.files.map(({ path }) => path);
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  if (twice !== undefined) throw new Error(`the plan "${plan.summary}" writes ${twice} twice`);
}

/** Ctrl-C while files are being written would only make the next run repair it: the work takes milliseconds, so it ends first. Git gets the signal itself and then we undo. */
async function undisturbed<T>(work: () => Promise<T>): Promise<T> {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const wait = (): void => undefined;
  for (const signal of signals) process.on(signal, wait);
  try {
    return await work();
  } finally {
    for (const signal of signals) process.off(signal, wait);
  }
}
