import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { failedWith } from './failed-with.ts';

/** A process so that it is known again: process ids are reused, quickest in a container, so its start counts too. */
export interface ProcessMark {
  readonly pid: number;
  readonly host: string;
  /** Ticks since boot where the system tells (Linux). */
  readonly started?: string;
}

export function markOf(pid: number): ProcessMark {
  const started = startOf(pid);
  return { pid, host: hostname(), ...(started === undefined ? {} : { started }) };
}

/** Whether the process still runs. On another machine nobody can tell from here, so it counts as running. */
export function isRunning(mark: ProcessMark): boolean {
  if (mark.host !== hostname()) return true;
  try {
    process.kill(mark.pid, 0);
  } catch (problem) {
    if (failedWith(problem, 'ESRCH')) return false;
    if (!failedWith(problem, 'EPERM')) throw problem;
  }
  const started = startOf(mark.pid);
  return mark.started === undefined || started === undefined || started === mark.started;
}

function startOf(pid: number): string | undefined {
  let line: string;
  try {
    line = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch (problem) {
    if (failedWith(problem, 'ENOENT', 'ESRCH', 'ENOTDIR', 'EACCES')) return undefined;
    throw problem;
  }
  // The name in brackets may hold spaces; a zombie (Z) no longer does anything.
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? 'ended' : fields[19];
}
