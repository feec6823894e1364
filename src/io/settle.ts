import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { refusal } from '../domain/problem.ts';
import { machineTime } from './clock.ts';
import { commitPart, followHead, isCommitted, removeDrafts, undoFiles, writeFiles } from './commit-files.ts';
import type { OnStep } from './commit-files.ts';
import { gitOutput, runGit } from './git-process.ts';
import type { Journal, Part, Run } from './journal.ts';
import { isRunning } from './process-mark.ts';
import { requireSafeTarget } from './safe-path.ts';

const PATIENCE = 15_000;

/**
 * Brings an interrupted run to an end and says which. The commit decides: with it the run happened, and its mail is still owed;
 * without it nothing happened. Where none is meant to be made, each file is what it was or what it should be, and stays so (left).
 * A publication is public once its own commit exists, so then the case must say so too.
 */
export async function settle(run: Run, journal: Journal): Promise<'finished' | 'undone' | 'left'> {
  if (run.uncommitted === true) {
    removeDrafts(run.case);
    journal.end();
    return 'left';
  }
  await waitForChild(journal);
  for (const part of partsOf(run)) await removeDeadLocks(part, journal);
  // Where nothing is to be written in the case repository, its commit tells nothing, and that of the publication decides.
  if (!(await isCommitted(run.case.files.length === 0 && run.publication ? run.publication : run.case))) {
    if (!run.publication || !(await isCommitted(run.publication))) {
      for (const part of partsOf(run)) await undoFiles(part);
      journal.end();
      return 'undone';
    }
    await followHead(run.publication, journal);
    await writeFiles(run.case, journal, noStep);
    await commitPart(run.case, journal, noStep);
  }
  for (const part of partsOf(run)) await followHead(part, journal);
  postMails(run, journal, noStep);
  journal.end();
  return 'finished';
}

const noStep: OnStep = () => undefined;

const partsOf = (run: Run): readonly Part[] => (run.publication ? [run.case, run.publication] : [run.case]);

/** Moves the waiting mail into the outbox, from where a mail client or a person takes it. */
export function postMails(run: Run, journal: Journal, onStep: OnStep): void {
  for (const mail of run.mails) {
    const from = join(journal.runFolder, mail.waiting);
    if (!existsSync(from)) continue;
    requireSafeTarget(run.case.root, mail.path);
    const to = join(run.case.root, mail.path);
    // For nobody else on this machine: each mail names its recipient.
    mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
    // It may have been there, made by a checkout for everyone to read.
    chmodSync(dirname(to), 0o700);
    renameSync(from, to);
    onStep(`mail ${mail.path}`);
  }
}

/** A git that was started before the kill may still be at its hooks, and would commit after we have looked. */
async function waitForChild(journal: Journal): Promise<void> {
  const child = journal.child();
  const deadline = machineTime() + PATIENCE;
  while (child && isRunning(child)) {
    if (machineTime() > deadline) throw refusal('locked', `git commit of an interrupted run is still at work: process ${child.pid}`, 'Wait for it to end, then type the same command again.');
    await sleep(50);
  }
}

/**
 * A git that was killed in the same moment leaves its lock files. Git holds those of a ref for milliseconds, so one that outlives the
 * wait has no owner. The index is another matter: an open `git commit` of the person holds it for as long as the editor is open.
 */
async function removeDeadLocks(part: Part, journal: Journal): Promise<void> {
  const branch = (await runGit(part.root, ['symbolic-ref', '--quiet', 'HEAD'])).stdout.toString('utf8').trim();
  const names = ['index.lock', 'HEAD.lock', ...(branch === '' ? [] : [`${branch}.lock`])];
  const paths = await Promise.all(names.map(async (name) => resolve(part.root, (await gitOutput(part.root, ['rev-parse', '--git-path', name])).trimEnd())));
  const deadline = machineTime() + 1000;
  while (paths.some((path) => existsSync(path)) && machineTime() < deadline) await sleep(50);
  for (const path of paths.filter((candidate) => existsSync(candidate))) {
    if (path === paths[0] && !journal.isOwnIndexLock(part.name, statSync(path).mtimeMs)) {
      throw refusal('locked', `${path} exists: another git is at work, or was killed`, `Close it if it is open; if no git runs, remove ${path}. Then type the same command again.`);
    }
    rmSync(path, { force: true });
  }
}
