import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { refusal } from '../domain/problem.ts';
import type { Random } from '../environment.ts';
import { machineTime } from './clock.ts';
import { isRunning, markOf } from './process-mark.ts';
import type { ProcessMark } from './process-mark.ts';
import { failedWith } from './failed-with.ts';

const PATIENCE = 10_000;
/** Taking over a dead lock is a matter of microseconds; a guard this old was left by a process that died in them. */
const GUARD_LIFE = 10_000;

interface Holder extends ProcessMark {
  readonly token: string;
}

/** Runs the work while no other vcc writes in this work tree. Waits a little for another one, takes over from a dead one. */
export async function withLock<T>(folder: string, random: Random, work: () => Promise<T>): Promise<T> {
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, 'lock');
  const mine = JSON.stringify({ ...markOf(process.pid), token: random.hex(16) } satisfies Holder);
  const deadline = machineTime() + PATIENCE;
  while (!tryLock(lock, mine, random)) {
    const held = readText(lock);
    if (held === undefined) continue;
    const holder = parseHolder(held);
    if (holder && isRunning(holder)) {
      if (machineTime() > deadline) {
        const where = `process ${holder.pid} on ${holder.host}`;
        throw refusal('locked', `another vcc is at work in this repository: ${where}`, `Wait for it to end. If you are sure that it is not running, remove ${lock}.`);
      }
      await sleep(50);
    } else {
      takeOver(lock, held);
      await sleep(5);
    }
  }
  try {
    return await work();
  } finally {
    if (readText(lock) === mine) rmSync(lock);
  }
}

/** A hard link appears with its whole content at once, so nobody ever reads half a lock. */
function tryLock(lock: string, content: string, random: Random): boolean {
  const draft = `${lock}.${random.hex(8)}`;
  try {
    writeFileSync(draft, content, { flag: 'wx' });
    linkSync(draft, lock);
    return true;
  } catch (problem) {
    if (failedWith(problem, 'EEXIST')) return false;
    throw problem;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Two processes may find the same dead lock: the guard lets one of them remove it, and only if it is still the dead one. */
function takeOver(lock: string, dead: string): void {
  const guard = `${lock}.takeover`;
  try {
    writeFileSync(guard, '', { flag: 'wx' });
  } catch (problem) {
    if (!failedWith(problem, 'EEXIST')) throw problem;
    const age = machineTime() - (statSync(guard, { throwIfNoEntry: false })?.mtimeMs ?? machineTime());
    if (age > GUARD_LIFE) rmSync(guard, { force: true });
    return;
  }
  try {
    if (readText(lock) === dead) rmSync(lock);
  } finally {
    rmSync(guard, { force: true });
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (problem) {
    if (failedWith(problem, 'ENOENT')) return undefined;
    throw problem;
  }
}

function parseHolder(text: string): Holder | undefined {
  try {
    const value = JSON.parse(text) as Partial<Holder> | null;
    if (typeof value?.pid !== 'number' || typeof value.host !== 'string' || typeof value.token !== 'string') return undefined;
    return value as Holder;
  } catch (problem) {
    // Not written by vcc, or cut off by a full disk: it protects nothing.
    if (problem instanceof SyntaxError) return undefined;
    throw problem;
  }
}
