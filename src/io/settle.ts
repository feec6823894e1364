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
 * A publication is public once its own commit exists, so then the case must say so too. wasKilled: the run is of a process that is gone.
 */
export async function settle(run: Run, journal: Journal, wasKilled: boolean): Promise<'finished' | 'undone' | 'left'> {
  if (run.uncommitted === true) {
    removeDrafts(run.case);
    journal.end();
    return 'left';
  }
  await waitForChild(journal);
  const locks: string[] = [];
  for (const part of partsOf(run)) locks.push(...(await locksOfOthers(part, journal, wasKilled)));
  const isLocked = (state: string, then: string): void => {
    const [path] = locks;
    if (path !== undefined) throw refusal('locked', `${path} exists: another git is at work, or was killed. ${state}`, `Close it if it is open; if no git runs, remove ${path}. ${then}`);
  };
  // Where nothing is to be written in the case repository, its commit tells nothing, and that of the publication decides.
  if (!(await isCommitted(run.case.files.length === 0 && run.publication ? run.publication : run.case))) {
    if (!run.publication || !(await isCommitted(run.publication))) {
      isLocked('Nothing is committed.', 'Then type the same command again: it takes back first what was written.');
      for (const part of partsOf(run)) await undoFiles(part);
      journal.end();
      return 'undone';
    }
    isLocked('The advisory is in the public repository, and the case repository does not say so yet.', 'Then type the same command again: it finishes this first.');
    await followHead(run.publication, journal);
    await writeFiles(run.case, journal, noStep);
    await commitPart(run.case, journal, noStep);
  }
  postMails(run, journal, noStep);
  isLocked(`This is done and committed (${run.summary}); only Git's index does not show it yet.`, 'Do not type the command again: the next one that writes finishes what is left.');
  for (const part of partsOf(run)) await followHead(part, journal);
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

/** Refuses where another git holds an index that will have to be written, before anything is. */
export async function requireUnlocked(roots: readonly string[]): Promise<void> {
  for (const root of roots) {
    const [path] = await lastingLocks(root, ['index.lock']);
    if (path !== undefined) throw refusal('locked', `${path} exists: another git is at work, or was killed; nothing was written`, `Close it if it is open; if no git runs, remove ${path}. Then type the same command again.`);
  }
}

/** Those of these files of Git's own folder that exist, and still do after a second. */
async function lastingLocks(root: string, names: readonly string[]): Promise<readonly string[]> {
  const paths = await Promise.all(names.map(async (name) => resolve(root, (await gitOutput(root, ['rev-parse', '--git-path', name])).trimEnd())));
  const deadline = machineTime() + 1000;
  while (paths.some((path) => existsSync(path)) && machineTime() < deadline) await sleep(50);
  return paths.filter((path) => existsSync(path));
}

/**
 * A git that was killed in the same moment leaves its lock files. Git holds those of a ref for milliseconds, so one that outlives the
 * wait has no owner. The index is another matter: an open `git commit` of the person holds it for as long as the editor is open. Gives those that are not ours.
 */
async function locksOfOthers(part: Part, journal: Journal, wasKilled: boolean): Promise<readonly string[]> {
  const branch = (await runGit(part.root, ['symbolic-ref', '--quiet', 'HEAD'])).stdout.toString('utf8').trim();
  const isOwn = (path: string): boolean => wasKilled && journal.isOwnIndexLock(part.name, statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  const locks = await lastingLocks(part.root, ['index.lock', 'HEAD.lock', ...(branch === '' ? [] : [`${branch}.lock`])]);
  const others = locks.filter((path) => path.endsWith('index.lock') && !isOwn(path));
  for (const path of locks) if (!others.includes(path)) rmSync(path, { force: true });
  return others;
}
