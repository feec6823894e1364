import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Environment } from '../../src/environment.ts';
import { encryptTo } from '../../src/io/openpgp-messages.ts';
import { realEnvironment } from '../../src/io/real-environment.ts';
import { aPlan } from '../support/a-plan.ts';
import { tempRepository } from '../support/temp-repo.ts';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'vcc-env-')));
  for (const role of ['AUTHOR', 'COMMITTER']) {
    vi.stubEnv(`GIT_${role}_NAME`, 'Hanako');
    vi.stubEnv(`GIT_${role}_EMAIL`, 'hanako@centre.example');
  }
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const environment = (cwd: string): Environment => realEnvironment({ cwd, argv0: ['node', 'vcc'], now: '2014-06-06T12:00:00+09:00', yes: true, dryRun: false, json: false });
const git = (cwd: string, ...args: readonly string[]): string => execFileSync('git', args, { cwd, encoding: 'utf8' }).trim();

const FILES = [
  { path: 'vcc.yaml', text: 'schemaVersion: 1\n' },
  { path: 'bin/run.sh', text: '#!/bin/sh\n', executable: true },
  { path: '日本語.md', text: 'x\n' },
];
const FIRST = { subject: 'Make the case repository', body: 'With vcc init.' };

describe('a new case repository', () => {
  it('has exactly its files in its first commit, its hooks and its settings', async () => {
    const commit = await environment(folder).create('cases', FILES, FIRST, { hooks: [{ name: 'pre-commit', script: '#!/bin/sh\nexit 1\n' }], configuration: [['vcc.command', 'node vcc']] });
    const root = join(folder, 'cases');
    expect(git(root, 'log', '--format=%H %an %aI%n%B')).toBe(`${commit} Hanako 2014-06-06T03:00:00+00:00\nMake the case repository\n\nWith vcc init.`);
    expect(git(root, '-c', 'core.quotepath=false', 'ls-files', '-s').replace(/[0-9a-f]{40} 0\t/g, '')).toBe('100755 bin/run.sh\n100644 vcc.yaml\n100644 日本語.md');
    expect(git(root, 'status', '--porcelain')).toBe('');
    expect(git(root, 'config', 'vcc.command')).toBe('node vcc');
    expect(statSync(join(root, '.git/hooks/pre-commit')).mode & 0o777).toBe(0o755);
    expect(readdirSync(folder)).toEqual(['cases']);
  });

  it('may be made in an empty folder, where the person stands', async () => {
    await environment(folder).create('.', FILES, FIRST);
    expect(git(folder, 'status', '--porcelain')).toBe('');
    expect(readdirSync(folder).sort()).toEqual(['.git', 'bin', 'vcc.yaml', '日本語.md']);
  });

  it('is refused in a folder that holds something, and without a name in Git', async () => {
    mkdirSync(join(folder, 'full'));
    writeFileSync(join(folder, 'full/x'), 'x');
    await expect(environment(folder).create('full', FILES, FIRST)).rejects.toMatchObject({ code: 'not-empty' });
    await expect(environment(folder).create('full/x', FILES, FIRST)).rejects.toMatchObject({ code: 'exists' });
    vi.unstubAllEnvs();
    await expect(environment(folder).create('cases', FILES, FIRST)).rejects.toMatchObject({ code: 'no-identity' });
    expect(readdirSync(folder)).toEqual(['full']);
  });

  it('leaves nothing where it cannot be made whole', async () => {
    await expect(environment(folder).create('cases', [...FILES, { path: '../outside', text: 'x' }], FIRST)).rejects.toMatchObject({ code: 'unsafe-path' });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('the root', () => {
  it('is found from a folder below, and from a linked work tree', async () => {
    await environment(folder).create('cases', FILES, FIRST);
    const root = join(folder, 'cases');
    expect(environment(join(root, 'bin')).root()).toBe(root);
    git(root, 'worktree', 'add', '--quiet', '../linked');
    expect(environment(join(folder, 'linked/bin')).root()).toBe(join(folder, 'linked'));
  });

  it('is not any folder, nor any Git repository', () => {
    expect(() => environment(folder).root()).toThrow('is in no Git repository');
    git(folder, 'init', '--quiet');
    expect(() => environment(folder).root()).toThrow('it has no vcc.yaml');
  });
});

describe('hooks', () => {
  it('are where Git looks for them, core.hooksPath included', async () => {
    await environment(folder).create('cases', FILES, FIRST);
    const root = join(folder, 'cases');
    const { hooks } = environment(join(root, 'bin'));
    expect(await hooks.read('pre-commit')).toBeUndefined();
    await hooks.write('pre-commit', '#!/bin/sh\n');
    expect(readFileSync(join(root, '.git/hooks/pre-commit'), 'utf8')).toBe('#!/bin/sh\n');
    expect(statSync(join(root, '.git/hooks/pre-commit')).mode & 0o111).toBe(0o111);
    git(root, 'config', 'core.hooksPath', 'shared-hooks');
    expect(await hooks.folder()).toBe(join(root, 'shared-hooks'));
    await hooks.write('pre-commit', '#!/bin/sh\n');
    expect(await hooks.read('pre-commit')).toEqual({ script: '#!/bin/sh\n', executable: true });
    await hooks.remove('pre-commit');
    expect(readdirSync(join(root, 'shared-hooks'))).toEqual([]);
    await hooks.configure('vcc.command', 'node vcc');
    expect(git(root, 'config', 'vcc.command')).toBe('node vcc');
  });

  it('are never written through a symlink', async () => {
    await environment(folder).create('cases', FILES, FIRST);
    const root = join(folder, 'cases');
    writeFileSync(join(folder, 'theirs'), 'theirs');
    symlinkSync(join(folder, 'theirs'), join(root, '.git/hooks/pre-commit'));
    await expect(environment(root).hooks.write('pre-commit', 'x')).rejects.toMatchObject({ code: 'foreign-hook' });
    expect(readFileSync(join(folder, 'theirs'), 'utf8')).toBe('theirs');
  });
});

describe('the pieces together', () => {
  it('apply a plan in a linked work tree, with a lock of its own', async () => {
    vi.unstubAllEnvs();
    const repository = await tempRepository();
    try {
      repository.git('worktree', 'add', '--quiet', '../linked');
      const linked = join(repository.folder, 'linked');
      const { commit } = await environment(linked).apply(aPlan(), repository.configuration);
      expect(git(linked, 'rev-parse', 'linked')).toBe(commit);
      expect(git(linked, 'status', '--porcelain')).toBe('');
      expect(existsSync(join(repository.root, '.git/vcc'))).toBe(false);
    } finally {
      repository.dispose();
    }
  });

  it('open what was sealed to the team, for the one who types', async () => {
    vi.unstubAllEnvs();
    const repository = await tempRepository();
    try {
      const sealed = await encryptTo(
        repository.team.map(({ publicKey }) => publicKey),
        Buffer.from('who it is'),
        Date.parse('2014-06-06T03:00:00Z'),
      );
      for (const person of repository.team) {
        repository.actAs(person);
        expect(Buffer.from(await environment(repository.root).keyring.open(sealed)).toString()).toBe('who it is');
      }
    } finally {
      repository.dispose();
    }
  });

  it('hand out the files that ship with vcc, and no others', () => {
    const env = environment(folder);
    expect(JSON.parse(env.shipped('schemas/vcc.schema.json'))).toHaveProperty('$id');
    expect(env.shippedFiles('schemas')).toContain('vcc.schema.json');
    expect(() => env.shipped('../../etc/passwd')).toThrow(RangeError);
  });
});
