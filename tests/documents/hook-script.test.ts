import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOOK_SCRIPT, hookState, shellWords } from '../../src/documents/hook-script.ts';

let folder: string;
let emptyPath: string;
const git = (...args: readonly string[]): string => execFileSync('git', ['-C', folder, '-c', 'user.name=T', '-c', 'user.email=t@centre.example', ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const shell = execFileSync('sh', ['-c', 'command -v sh'], { encoding: 'utf8' }).trim();

/** A program that says how it was called, and ends with the code. */
function program(path: string, code: number): string {
  writeFileSync(path, `#!${shell}\necho "$0|$*"\nexit ${code}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** Runs the hook as Git does: at the root, with Git's own programs on PATH and nothing else. */
function runHook(path = '', [name, ...args]: readonly string[] = ['pre-commit']): { code: number | null; stdout: string; stderr: string } {
  const execPath = execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim();
  const result = spawnSync(shell, [`.git/hooks/${name ?? ''}`, ...args], { cwd: folder, encoding: 'utf8', env: { PATH: [execPath, path].filter((part) => part !== '').join(':'), HOME: folder } });
  return { code: result.status, stdout: result.stdout.trim(), stderr: result.stderr.trim() };
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vcc hook's "));
  emptyPath = join(folder, 'bin');
  mkdirSync(emptyPath);
  git('init', '--quiet');
  writeFileSync(join(folder, '.git', 'hooks', 'pre-commit'), HOOK_SCRIPT);
  writeFileSync(join(folder, 'a.txt'), 'a');
  git('add', 'a.txt');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the hook', () => {
  it('starts the recorded command, whatever is in its path, and hands on its exit code', () => {
    const vcc = program(join(folder, "my $(vcc) 'quoted'"), 3);
    git('config', 'vcc.command', shellWords([vcc, '--flag with space']));
    expect(runHook()).toMatchObject({ code: 3, stdout: `${vcc}|--flag with space lint --staged` });
  });

  it('of a message checks the message, also where nothing is staged', () => {
    git('commit', '--quiet', '--no-verify', '--message', 'first');
    writeFileSync(join(folder, '.git', 'hooks', 'commit-msg'), HOOK_SCRIPT);
    const vcc = program(join(folder, 'my vcc'), 3);
    git('config', 'vcc.command', shellWords([vcc]));
    expect(runHook('', ['commit-msg', '.git/COMMIT EDITMSG'])).toMatchObject({ code: 3, stdout: `${vcc}|lint --message .git/COMMIT EDITMSG` });
  });

  it('starts vcc from PATH where the recorded one is gone', () => {
    git('config', 'vcc.command', shellWords([process.execPath, '/nowhere/vcc.js']));
    program(join(emptyPath, 'vcc'), 0);
    expect(runHook(emptyPath)).toMatchObject({ code: 0, stdout: `${emptyPath}/vcc|lint --staged` });
  });

  it('stops the commit where there is no vcc, and says what to do', () => {
    const result = runHook(emptyPath);
    expect(result.code).toBe(1);
    expect(result.stderr).toContain('nothing was checked');
    expect(result.stderr).toContain('vcc hooks install');
  });

  it('starts nothing where nothing is staged', () => {
    git('commit', '--quiet', '--no-verify', '--message', 'first');
    expect(runHook()).toEqual({ code: 0, stdout: '', stderr: '' });
    writeFileSync(join(folder, 'a.txt'), 'changed, not staged');
    expect(runHook().code).toBe(0);
    git('add', 'a.txt');
    expect(runHook().code).toBe(1);
  });

  it('starts nothing where no file of vcc is staged and the hook beside it looks at what is pushed', () => {
    git('commit', '--quiet', '--no-verify', '--message', 'first');
    writeFileSync(join(folder, 'a.txt'), 'changed');
    git('add', 'a.txt');
    const beside = join(folder, '.git', 'hooks', 'pre-push');
    writeFileSync(beside, '#!/bin/sh\nnpm test\n', { mode: 0o755 });
    expect(runHook().code).toBe(1);
    writeFileSync(beside, HOOK_SCRIPT, { mode: 0o755 });
    expect(runHook()).toEqual({ code: 0, stdout: '', stderr: '' });
    chmodSync(beside, 0o644);
    expect(runHook().code).toBe(1);
  });
});

describe('a hook that is there', () => {
  it('is told apart', () => {
    expect(hookState(undefined)).toBe('missing');
    expect(hookState(HOOK_SCRIPT)).toBe('current');
    expect(hookState(HOOK_SCRIPT.replace('exit 1', 'exit 0'))).toBe('edited');
    expect(hookState(`${HOOK_SCRIPT}npm test\n`)).toBe('edited');
    expect(hookState('#!/bin/sh\nnpm test\n')).toBe('foreign');
    expect(hookState('#!/bin/sh\n# vcc lint --staged\nnpm test\n')).toBe('foreign');
    expect(hookState('#!/bin/sh\nvcc lint --staged || exit 1\n')).toBe('chained');
    expect(hookState('')).toBe('foreign');
  });

  it('that checks messages for somebody is known as well', () => {
    expect(hookState('#!/bin/sh\nvcc lint --message "$1" || exit 1\n')).toBe('chained');
  });

  it('of another version is known by its seal', () => {
    // As an earlier vcc wrote it: another text, sealed by the same means.
    const body = '\nexec vcc lint --staged\n';
    const seal = execFileSync('sha256sum', { input: body, encoding: 'utf8' }).slice(0, 16);
    expect(hookState(`#!/bin/sh\n# Written by vcc hooks install, seal ${seal}. Do not edit.${body}`)).toBe('outdated');
  });
});
