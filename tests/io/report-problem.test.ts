import { readFileSync, rmdirSync } from 'node:fs';
import { afterEach, expect, it, vi } from 'vitest';
import { refusal } from '../../src/domain/problem.ts';
import { ofOutput, reportProblem } from '../../src/io/report-problem.ts';

afterEach(() => vi.restoreAllMocks());

function reported(problem: unknown, argv: readonly string[] = []): { readonly code: number; readonly stdout: string; readonly stderr: string } {
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      said[name] += String(text);
      return true;
    });
  }
  return { code: reportProblem(problem, argv), ...said };
}

const failing = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (problem) {
    return problem;
  }
};

const ofDisk = (code: string, path?: string): Error => Object.assign(new Error(`${code}: as Node says it`), { code, syscall: 'write', ...(path === undefined ? {} : { path }) });

it.each(['ENOSPC', 'EACCES', 'EPERM', 'EROFS', 'EMFILE'])('%s is a refusal in words and no bug of vcc', (code) => {
  const { code: exit, stderr } = reported(ofDisk(code, '/cases/a\u001b[2J'));
  expect(exit).toBe(1);
  expect(stderr).toContain(`${code}): /cases/a\\x1b[2J\n  -> `);
  expect(stderr).not.toMatch(/bug|\n {4}at /);
});

it('is an envelope with --json, without what a terminal would obey', () => {
  expect(JSON.parse(reported(ofDisk('ENOSPC'), ['--json']).stdout)).toMatchObject({ kind: 'error', code: 'system' });
  const { stdout } = reported(refusal('x', 'a\u009b2J\u202eb', ''), ['--json']);
  expect(stdout).not.toMatch(/[\u007f-\u009f\u202e]/);
  expect(JSON.parse(stdout)).toMatchObject({ message: 'a\u009b2J\u202eb' });
});

it('knows what the system really throws', () => {
  expect(reported(failing(() => readFileSync('/'.padEnd(5000, 'x')))).code).toBe(1);
});

it('keeps the stack of everything else', () => {
  const missing = failing(() => rmdirSync('/no/such/folder'));
  for (const problem of [new TypeError('oops'), missing]) {
    const { code, stderr } = reported(problem);
    expect(code).toBe(2);
    expect(stderr).toMatch(/bug in vcc[^]*\n {4}at /);
  }
});

it('does not ask to type a command again that has run to its end, where its output alone was lost', () => {
  const { code, stderr } = reported(ofOutput(ofDisk('ENOSPC')));
  expect(code).toBe(1);
  expect(stderr).toMatch(/what was printed is not all there: no space is left on the disk[\s\S]*has run to its end/);
  expect(stderr).not.toContain('type the same command again');
  expect(reported(ofOutput(new TypeError('x'))).code).toBe(2);
});
