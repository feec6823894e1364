import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withLock } from '../../src/io/lock.ts';
import { isRunning, markOf } from '../../src/io/process-mark.ts';
import { cryptographicRandom } from '../../src/io/random.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'vcc-lock-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const lock = (work: () => Promise<void>): Promise<void> => withLock(folder, cryptographicRandom, work);
const leave = (holder: object | string): void => writeFileSync(join(folder, 'lock'), typeof holder === 'string' ? holder : JSON.stringify({ token: 'x', ...holder }));

it('lets one work after the other, and is gone afterwards, also after a failure', async () => {
  let inside = 0;
  const work = async (): Promise<void> => {
    inside += 1;
    expect(inside).toBe(1);
    await sleep(30);
    inside -= 1;
  };
  await Promise.all([lock(work), lock(work), lock(work), lock(work)]);
  await expect(lock(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(existsSync(join(folder, 'lock'))).toBe(false);
});

const deadPid = (): number => spawnSync(process.execPath, ['-e', '0']).pid;

it.each([
  ['a process that has ended', (): object => ({ pid: deadPid(), host: hostname() })],
  ['a process whose number another one has now', (): object => ({ ...markOf(process.pid), started: '1' })],
  ['half a file', (): string => '{"pid":'],
])('takes over from %s', async (_, holder) => {
  leave(holder());
  let worked = false;
  await Promise.all([lock(() => Promise.resolve(void (worked = true))), lock(() => sleep(1))]);
  expect(worked).toBe(true);
  expect(existsSync(join(folder, 'lock'))).toBe(false);
});

it('never takes over from another machine, and says which', { timeout: 30_000 }, async () => {
  leave({ pid: 1, host: 'elsewhere' });
  await expect(lock(() => Promise.resolve())).rejects.toMatchObject({ code: 'locked', message: expect.stringContaining('elsewhere') as string });
  expect(readFileSync(join(folder, 'lock'), 'utf8')).toContain('elsewhere');
});

it('knows a running process from an ended one', () => {
  expect(isRunning(markOf(process.pid))).toBe(true);
  expect(isRunning({ pid: deadPid(), host: hostname() })).toBe(false);
  expect(isRunning({ pid: deadPid(), host: 'elsewhere' })).toBe(true);
});
