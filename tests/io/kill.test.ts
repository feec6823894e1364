import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '../../src/domain/plan.ts';
import { repair } from '../../src/io/apply-plan.ts';
import { aMessage, aPlan, aPublication, CASE, ENTRY } from '../support/a-plan.ts';
import { anApplier } from '../support/an-applier.ts';
import { tempRepository, testPerson } from '../support/temp-repo.ts';
import type { TempRepository } from '../support/temp-repo.ts';

const SCRIPT = fileURLToPath(new URL('../../node_modules/.vcc-tests/apply-in-child.mjs', import.meta.url));

let template: TempRepository;
let plan: Plan;
let work: string;

beforeAll(async () => {
  const entry = fileURLToPath(new URL('../support/apply-in-child.ts', import.meta.url));
  await build({ entryPoints: [entry], outfile: SCRIPT, bundle: true, format: 'esm', platform: 'node', packages: 'external', logLevel: 'error' });
  template = await tempRepository();
  template.write(`${CASE}/case.md`, 'as it was\n');
  template.commit('A case');
  const reporter = await testPerson('reporter');
  plan = aPlan({
    seals: [{ path: `${CASE}/sealed/reporter.asc`, plaintext: 'who it is' }],
    messages: [aMessage({ encryption: { kind: 'given-key', armored: reporter.publicKey } }), aMessage({ party: 'vendor:acme', encryption: { kind: 'given-key', armored: reporter.publicKey } })],
    publication: aPublication,
  });
  work = mkdtempSync(join(tmpdir(), 'vcc-kill-'));
});
afterAll(() => {
  template.dispose();
  rmSync(work, { recursive: true, force: true });
});

let copies = 0;
/** A fresh copy of the case repository, with no public one beside it. */
function copy(job: Plan = plan): string {
  copies += 1;
  const root = join(work, String(copies), 'cases');
  cpSync(template.root, root, { recursive: true });
  writeFileSync(join(root, '..', 'job.json'), JSON.stringify({ plan: job, configuration: template.configuration }));
  return root;
}

interface Child {
  readonly pid: number;
  readonly ended: Promise<{ readonly signal: string | null; readonly code: number | null; readonly steps: readonly string[]; readonly said: string }>;
}

function start(root: string, step = 'none'): Child {
  // A process group of its own, so that a test can kill git with it.
  const child = spawn(process.execPath, [SCRIPT, root, join(root, '..', 'job.json'), step], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let steps = '';
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (steps += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<Awaited<Child['ended']>>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, steps: steps.trim().split('\n'), said }));
  });
  return { pid: child.pid as number, ended };
}

const git = (folder: string, ...args: readonly string[]): string => execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim();

/** Everything before or everything after: nothing in between, nothing left over. */
function stateOf(root: string): 'before' | 'after' {
  const publicRoot = join(root, '..', 'public');
  const outbox = existsSync(join(root, 'outbox')) ? readdirSync(join(root, 'outbox')).length : 0;
  const published = existsSync(join(publicRoot, '.git', 'refs/heads/main')) ? Number(git(publicRoot, 'rev-list', '--count', 'HEAD')) : 0;
  const commits = Number(git(root, 'rev-list', '--count', 'HEAD'));
  expect(git(root, 'status', '--porcelain')).toBe('');
  git(root, 'fsck', '--strict');
  if (existsSync(publicRoot)) expect(git(publicRoot, 'status', '--porcelain')).toBe('');
  const own = existsSync(join(root, '.git', 'vcc')) ? readdirSync(join(root, '.git', 'vcc')) : [];
  // A dead lock stays until the next one that writes takes it over.
  expect(own.filter((name) => !name.startsWith('lock') && name !== 'run')).toEqual([]);
  const folder = readdirSync(join(root, CASE));
  if (commits === 2) {
    expect({ outbox, published, folder, text: readFileSync(join(root, CASE, 'case.md'), 'utf8') }).toEqual({ outbox: 0, published: 0, folder: ['case.md'], text: 'as it was\n' });
    return 'before';
  }
  expect({ commits, outbox, published, folder }).toEqual({ commits: 3, outbox: 2, published: 1, folder: ['case.md', 'log', 'sealed'] });
  expect(git(root, 'log', '-1', '--format=%s')).toBe('61247051: note');
  expect(readFileSync(join(root, ENTRY), 'utf8')).toContain('日本語');
  return 'after';
}

const settled = async (root: string): Promise<'before' | 'after'> => {
  await repair(anApplier(root));
  return stateOf(root);
};

describe('a kill of vcc', () => {
  it('at each step leaves what the next run brings to before or to after', { timeout: 240_000 }, async () => {
    const whole = copy();
    const { steps, code, said } = await start(whole).ended;
    expect({ code, said }).toEqual({ code: 0, said: '' });
    expect(stateOf(whole)).toBe('after');
    const ends: string[] = [];
    for (const [index, step] of steps.entries()) {
      const root = copy();
      const child = await start(root, String(index)).ended;
      expect(child.signal, step).toBe('SIGKILL');
      expect(child.steps.at(-1)?.replace(/-[0-9a-f]{4}\.eml$/, '')).toBe(step.replace(/-[0-9a-f]{4}\.eml$/, ''));
      ends.push(`${await settled(root)}: ${step.replace(/-[0-9a-f]{4}\.eml$/, '')}`);
      // A second look changes nothing.
      expect(await repair(anApplier(root))).toBeUndefined();
    }
    // The public commit is what cannot be taken back: from there on the case must say so too.
    const turn = ends.findIndex((end) => end.startsWith('after'));
    expect(ends[turn]).toBe('after: public commit');
    expect(ends.slice(turn).filter((end) => end.startsWith('before'))).toEqual([]);
  });

  it('while git runs a hook: git goes on, and the next run waits for it', { timeout: 60_000 }, async () => {
    const root = copy();
    const hook = join(root, '.git/hooks/pre-commit');
    writeFileSync(hook, `#!/bin/sh\ntouch '${join(root, '..', 'in-hook')}'\nsleep 1\n`);
    chmodSync(hook, 0o755);
    const child = start(root);
    while (!existsSync(join(root, '..', 'in-hook'))) await sleep(10);
    process.kill(child.pid, 'SIGKILL');
    await child.ended;
    expect(await settled(root)).toBe('after');
  });

  it('by Ctrl-C while git runs a hook undoes the run at once', { timeout: 60_000 }, async () => {
    const root = copy(aPlan());
    const hook = join(root, '.git/hooks/pre-commit');
    writeFileSync(hook, `#!/bin/sh\ntouch '${join(root, '..', 'in-hook')}'\nsleep 5\n`);
    chmodSync(hook, 0o755);
    const child = start(root);
    while (!existsSync(join(root, '..', 'in-hook'))) await sleep(10);
    process.kill(-child.pid, 'SIGINT');
    expect((await child.ended).code).not.toBe(0);
    expect(stateOf(root)).toBe('before');
    expect(readdirSync(join(root, '.git/vcc'))).toEqual([]);
  });

  it('with its git, at any moment', { timeout: 240_000 }, async () => {
    const probe = copy();
    const from = performance.now();
    await start(probe).ended;
    const length = performance.now() - from;
    const ends: string[] = [];
    for (let round = 0; round < 12; round += 1) {
      const root = copy();
      const child = start(root);
      await sleep(length * (0.3 + (0.75 * round) / 12));
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch (problem) {
        // It was quicker this time, and has ended.
        expect(problem).toMatchObject({ code: 'ESRCH' });
      }
      await child.ended;
      ends.push(await settled(root));
    }
    expect(ends).toHaveLength(12);
  });
});

it('of a git at its own copy of the index leaves a lock there that stops nobody', async () => {
  const root = copy();
  const { steps } = await start(copy()).ended;
  expect((await start(root, String(steps.indexOf('public commit'))).ended).signal).toBe('SIGKILL');
  writeFileSync(join(root, '.git/vcc/run/private.index.lock'), '');
  expect(await settled(root)).toBe('after');
});

it('leaves alone what a person changed after the kill', async () => {
  const root = copy();
  const { steps } = await start(copy()).ended;
  const child = start(root, String(steps.indexOf(`private file ${CASE}/case.md`)));
  expect((await child.ended).signal).toBe('SIGKILL');
  expect(readFileSync(join(root, CASE, 'case.md'), 'utf8')).not.toBe('as it was\n');
  writeFileSync(join(root, CASE, 'case.md'), 'mine\n');
  expect((await repair(anApplier(root)))?.said).toContain('undone');
  expect(readFileSync(join(root, CASE, 'case.md'), 'utf8')).toBe('mine\n');
});

it('lets only one of two work at a time, and neither spoils the other', { timeout: 60_000 }, async () => {
  const root = copy();
  const ends = await Promise.all([start(root).ended, start(root).ended]);
  expect(ends.filter(({ code }) => code === 0)).toHaveLength(1);
  expect(ends.find(({ code }) => code !== 0)?.said).toMatch(/moved|uncommitted|exists|locked/);
  expect(stateOf(root)).toBe('after');
});
