import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOOK_NAMES } from '../../src/documents/hook-script.ts';
import { at, CASE, log, rightRepository, type Files } from '../rules/right-repository.ts';
import { VCC } from '../support/built-vcc.ts';

const GIT = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
const FOLDER = dirname(CASE);
const RECEIVED = `${FOLDER}/log/20140501T010000Z-received-0f3a.md`;

let folder: string;
let root: string;

interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** No PATH unless the test gives one: a hook must find what it needs. */
function run(command: readonly string[], env: Readonly<Record<string, string>> = {}, cwd = root): Result {
  const [program = '', ...args] = command;
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    env: { HOME: folder, VCC_NOW: '2014-05-08T12:00:00+09:00', GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', NO_COLOR: '1', ...env },
  });
  if (error) throw error;
  return { code: status, stdout, stderr };
}

const git = (...args: readonly string[]): Result => run([GIT, ...args]);
const PATH = { PATH: process.env.PATH ?? '' };
const runVcc = (...args: readonly string[]): Result => run([...VCC, ...args], PATH);

/** Git must do this; what it says stands in the failure. */
function must(result: Result): Result {
  if (result.code !== 0) throw new Error(`exit code ${String(result.code)}\n${result.stdout}${result.stderr}`);
  return result;
}

function write(path: string, text: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const breakIt = (path = CASE): void => write(path, read(path).replace('route: partnership', 'route: other'));
const head = (): string => git('rev-parse', 'HEAD').stdout.trim();

function writeAll(files: Files): void {
  for (const [path, content] of Object.entries(files)) write(path, content);
}

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'vcc-hooks-')));
  root = join(folder, 'my cases');
  mkdirSync(root);
  writeAll(rightRepository());
  must(git('init', '--quiet', '--initial-branch=main'));
  must(git('config', 'user.name', 'Sato'));
  must(git('config', 'user.email', 'sato@centre.example'));
  must(git('add', '--all'));
  must(git('commit', '--quiet', '--message', 'right'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('vcc hooks', () => {
  it('look at the commit of a command at the time of its --now', () => {
    must(runVcc('hooks', 'install'));
    // By the clock of the environment this would be an entry of the future.
    must(runVcc('record', '61247051', 'embargo-proposed', '--party', 'team', '--until', '2014-06-06T12:00', '--now', '2014-05-12T09:00+09:00'));
    expect(git('log', '-1', '--format=%s').stdout).toContain('embargo-proposed');
  });

  const hook = (name: string): string => join(root, '.git', 'hooks', name);

  it('install, tell and take away the hooks, and nothing else', () => {
    expect(runVcc('hooks', 'status')).toMatchObject({ code: 1, stdout: HOOK_NAMES.map((name) => `${name}: not installed\n`).join('') });
    expect(must(runVcc('hooks', 'install', '--dry-run')).stdout).toContain('would install pre-commit');
    expect(existsSync(hook('pre-commit'))).toBe(false);
    must(runVcc('hooks', 'install'));
    expect(must(runVcc('hooks', 'status')).stdout).toBe(HOOK_NAMES.map((name) => `${name}: installed\n`).join(''));
    expect(must(runVcc('hooks', 'install')).stdout).toContain('All hooks are in place');
    writeFileSync(hook('post-commit'), '#!/bin/sh\n');
    must(runVcc('hooks', 'uninstall'));
    expect([existsSync(hook('pre-commit')), existsSync(hook('pre-merge-commit')), existsSync(hook('post-commit'))]).toEqual([false, false, true]);
    expect(runVcc('hooks', 'status').code).toBe(1);
  });

  it('tell the same as data', () => {
    must(runVcc('hooks', 'install'));
    expect(JSON.parse(must(runVcc('hooks', 'status', '--json')).stdout)).toEqual({
      schemaVersion: 1,
      kind: 'hooks',
      folder: join(root, '.git', 'hooks'),
      hooks: HOOK_NAMES.map((name) => ({ name, state: 'current' })),
    });
  });

  it('leave a hook of somebody else alone, and say the line to add', () => {
    writeFileSync(hook('pre-merge-commit'), '#!/bin/sh\nnpm test\n', { mode: 0o755 });
    const refused = runVcc('hooks', 'install');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('lint --staged || exit 1');
    expect([existsSync(hook('pre-commit')), readFileSync(hook('pre-merge-commit'), 'utf8')]).toEqual([false, '#!/bin/sh\nnpm test\n']);
    const line = /pre-merge-commit: (.* lint --staged \|\| exit 1)/.exec(refused.stderr)?.[1] ?? '';
    writeFileSync(hook('pre-merge-commit'), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
    must(runVcc('hooks', 'install'));
    expect(must(runVcc('hooks', 'status')).stdout).toBe(HOOK_NAMES.map((name) => `${name}: ${name === 'pre-merge-commit' ? 'a hook of your own that calls vcc' : 'installed'}\n`).join(''));
    must(runVcc('hooks', 'uninstall'));
    expect([existsSync(hook('pre-commit')), existsSync(hook('pre-merge-commit'))]).toEqual([false, true]);
  });

  it('go to .husky where Git runs those of husky, are run from there by sh -e, and can be committed', () => {
    must(git('config', 'core.hooksPath', '.husky/_'));
    for (const name of HOOK_NAMES) write(`.husky/_/${name}`, `#!/bin/sh\n[ -f .husky/${name} ] || exit 0\nexec sh -e .husky/${name} "$@"\n`);
    for (const name of HOOK_NAMES) chmodSync(join(root, '.husky/_', name), 0o755);
    write('.husky/_/.gitignore', '*\n');
    write('.husky/commit-msg', 'vcc lint --message "$1"\n');
    expect(must(runVcc('hooks', 'install')).stdout).toContain(`installed pre-commit in ${join(root, '.husky')}\n`);
    expect(must(runVcc('hooks', 'status')).stdout).toContain('commit-msg: a hook of your own that calls vcc\n');
    rmSync(join(root, '.husky/commit-msg'));
    breakIt();
    must(git('add', '--all'));
    expect(git('commit', '--message', 'broken')).toMatchObject({ code: 1, stderr: expect.stringContaining('error schema') as string });
    // As in the clone of a colleague, who has not installed anything.
    must(git('config', '--unset', 'vcc.command'));
    expect(git('commit', '--message', 'broken')).toMatchObject({ code: 1, stderr: expect.stringContaining('vcc was not found') as string });
  });

  it('that may not be run are left out by Git: status says so, and install mends those of vcc', () => {
    must(runVcc('hooks', 'install'));
    chmodSync(hook('pre-commit'), 0o644);
    breakIt();
    must(git('commit', '--quiet', '--all', '--message', 'unchecked'));
    const status = runVcc('hooks', 'status');
    expect(status).toMatchObject({ code: 1, stdout: expect.stringContaining('pre-commit: installed; Git leaves it out, for it is not executable\n') as string });
    expect(JSON.parse(runVcc('hooks', 'status', '--json').stdout)).toMatchObject({ hooks: [{ name: 'pre-commit', state: 'current', executable: false }, ...HOOK_NAMES.slice(1).map((name) => ({ name, state: 'current' }))] });
    expect(must(runVcc('hooks', 'install')).stdout).toBe(`installed pre-commit in ${join(root, '.git', 'hooks')}\n`);
    must(runVcc('hooks', 'status'));
    expect(git('commit', '--allow-empty', '--quiet', '--amend', '--message', 'broken').code).toBe(0);
    write(CASE, `${read(CASE)}More.\n`);
    expect(git('commit', '--quiet', '--all', '--message', 'broken').code).toBe(1);
    writeFileSync(hook('pre-commit'), '#!/bin/sh\nvcc lint --staged || exit 1\n');
    chmodSync(hook('pre-commit'), 0o644);
    expect(runVcc('hooks', 'install')).toMatchObject({ code: 1, stderr: expect.stringContaining(`chmod +x '${hook('pre-commit')}'`) as string });
    chmodSync(hook('pre-commit'), 0o755);
    must(runVcc('hooks', 'install'));
  });

  it('are refused where the case repository lies in another one, which Git would run them for', () => {
    const around = join(folder, 'around');
    mkdirSync(join(around, 'cases'), { recursive: true });
    must(run([GIT, 'init', '--quiet'], {}, around));
    must(run([GIT, 'worktree', 'add', '--quiet', '--detach', join(around, 'linked')], {}, root));
    writeFileSync(join(around, 'cases', 'vcc.yaml'), read('vcc.yaml'));
    for (const action of ['install', 'status', 'uninstall']) {
      expect(run([...VCC, 'hooks', action], PATH, join(around, 'cases'))).toMatchObject({ code: 1, stderr: expect.stringMatching(/is no Git repository of its own[^]*git init/) as string });
      expect(run([...VCC, 'hooks', action], PATH, join(around, 'linked')).stderr).not.toContain('of its own');
    }
    expect(existsSync(join(around, '.git', 'hooks', 'pre-commit'))).toBe(false);
  });

  it('leave no setting behind when they are taken away', () => {
    must(runVcc('hooks', 'install'));
    must(runVcc('hooks', 'uninstall', '--dry-run'));
    expect(git('config', 'vcc.command').code).toBe(0);
    must(runVcc('hooks', 'uninstall'));
    expect(git('config', 'vcc.command').code).toBe(1);
    must(runVcc('hooks', 'uninstall'));
  });

  describe('of the pre-commit framework', () => {
    const TEMPLATE = readFileSync(join(import.meta.dirname, '../../templates/ci/pre-commit.yml'), 'utf8');
    const generated = (name: string, config = '--config=.pre-commit-config.yaml'): void => {
      writeFileSync(hook(name), `#!/usr/bin/env bash\n# File generated by pre-commit: https://pre-commit.com\n# ID: 138fd403232d2ddd5efb44317e38bf03\nARGS=(hook-impl ${config} --hook-type=${name})\n`, { mode: 0o755 });
    };

    it('count where its configuration calls vcc, and what is missing there is said', () => {
      HOOK_NAMES.forEach((name) => generated(name));
      write('.pre-commit-config.yaml', TEMPLATE);
      expect(must(runVcc('hooks', 'status')).stdout).toBe(HOOK_NAMES.map((name) => `${name}: by pre-commit\n`).join(''));
      must(runVcc('hooks', 'install'));
      write('.pre-commit-config.yaml', TEMPLATE.slice(0, TEMPLATE.indexOf('      - id: vcc-message')));
      expect(runVcc('hooks', 'status')).toMatchObject({ code: 1, stdout: expect.stringContaining('pre-merge-commit: by pre-commit\ncommit-msg: by pre-commit, whose configuration does not call vcc there\n') as string });
      const { code, stderr } = runVcc('hooks', 'install');
      expect([code, stderr]).toEqual([1, expect.stringContaining('Then type: pre-commit install -t commit-msg -t pre-push -t post-merge -t post-rewrite') as string]);
      expect(stderr.replaceAll('\n     ', '\n')).toContain(`below repos:\n  - repo: local\n    hooks:\n${TEMPLATE.slice(TEMPLATE.indexOf('      - id: vcc-message'))}`);
      expect(stderr).not.toContain('Add a line');
      expect(must(runVcc('hooks', 'uninstall')).stdout).toContain('pre-commit is run by pre-commit, which still calls vcc');
    });

    it('count for nothing where another program is called', () => {
      HOOK_NAMES.forEach((name) => generated(name));
      write('.pre-commit-config.yaml', 'repos:\n  - repo: local\n    hooks:\n      - { id: a, name: a, language: system, entry: npx eslint --staged --message }\n      - { id: b, name: b, language: system, entry: npm run lint }\n');
      expect(runVcc('hooks', 'status')).toMatchObject({ code: 1, stdout: HOOK_NAMES.map((name) => `${name}: by pre-commit, whose configuration does not call vcc there\n`).join('') });
    });

    it('are read where it is told that they are, and those that it has not yet can be added by either', () => {
      generated('pre-commit', "'--config=tools/my hooks.yaml'");
      write('tools/my hooks.yaml', 'repos:\n  - repo: https://git.example.org/vcc\n    rev: v1\n    hooks:\n      - id: vcc-lint\n');
      expect(runVcc('hooks', 'status')).toMatchObject({ code: 1, stdout: expect.stringContaining('pre-commit: by pre-commit\npre-merge-commit: not installed\n') as string, stderr: expect.stringContaining('vcc hooks install, or pre-commit install -t pre-merge-commit -t commit-msg') as string });
      must(runVcc('hooks', 'install'));
      must(runVcc('hooks', 'status'));
    });

    it('run those of vcc that stood there before, which check what they did and can be taken away', () => {
      must(runVcc('hooks', 'install'));
      for (const name of HOOK_NAMES) {
        renameSync(hook(name), `${hook(name)}.legacy`);
        generated(name);
      }
      must(runVcc('hooks', 'status'));
      writeFileSync(join(folder, 'message'), 'The password is hunter2: Authorization: Basic aHVudGVyMjpodW50ZXIy\n');
      expect(run([`${hook('commit-msg')}.legacy`, join(folder, 'message')], PATH).stdout).toContain('error confidential-detail');
      expect(must(runVcc('hooks', 'uninstall')).stdout).toContain('removed pre-push.legacy');
      expect(runVcc('hooks', 'status').code).toBe(1);
    });
  });

  it('leave a hook alone that was edited', () => {
    must(runVcc('hooks', 'install'));
    writeFileSync(hook('pre-commit'), `${readFileSync(hook('pre-commit'), 'utf8')}npm test\n`);
    expect(runVcc('hooks', 'install').code).toBe(1);
    expect(runVcc('hooks', 'uninstall').stderr).toContain('edited');
    expect(readFileSync(hook('pre-commit'), 'utf8')).toContain('npm test');
  });

  it('go where core.hooksPath says, unless other repositories share it', () => {
    must(git('config', 'core.hooksPath', '.githooks'));
    must(runVcc('hooks', 'install'));
    expect(existsSync(join(root, '.githooks', 'pre-commit'))).toBe(true);
    must(git('config', 'core.hooksPath', join(folder, 'shared')));
    expect(runVcc('hooks', 'install')).toMatchObject({ code: 1 });
    expect(existsSync(join(folder, 'shared'))).toBe(false);
  });
});

describe('a commit', () => {
  beforeEach(() => void must(runVcc('hooks', 'install')));

  it('of everything (git commit -a) is checked, though the index is another one then', () => {
    const before = head();
    breakIt();
    const stopped = git('commit', '--all', '--message', 'broken');
    expect(stopped.code).toBe(1);
    expect(stopped.stderr).toContain(`${CASE}:6:1 error schema`);
    expect(head()).toBe(before);
    write(CASE, read(CASE).replace('route: other', 'route: direct'));
    must(git('commit', '--all', '--message', 'mended'));
    expect(head()).not.toBe(before);
  });

  it('of one file (git commit FILE) is checked by that file, not by what else is staged', () => {
    breakIt();
    must(git('add', CASE));
    write('README.md', 'How we work.\n');
    must(git('add', '--intent-to-add', 'README.md'));
    must(git('commit', '--message', 'only the text', 'README.md'));
    expect(git('commit', '--message', 'broken', CASE).code).toBe(1);
    expect(git('commit', '--message', 'broken, as staged').code).toBe(1);
  });

  it('of a part (git add -p) is checked as it is staged, and not as the work tree has it', () => {
    breakIt();
    must(git('add', CASE));
    write(CASE, read(CASE).replace('route: other', 'route: direct'));
    expect(git('commit', '--message', 'broken in the index').code).toBe(1);
    must(git('add', CASE));
    breakIt(RECEIVED);
    must(git('commit', '--message', 'broken in the work tree only'));
    expect(git('show', `HEAD:${CASE}`).stdout).toContain('route: direct');
  });

  it('in another index (GIT_INDEX_FILE) is checked there', () => {
    const index = { GIT_INDEX_FILE: join(folder, 'other-index') };
    must(run([GIT, 'read-tree', 'HEAD'], index));
    breakIt();
    must(run([GIT, 'add', CASE], index));
    must(git('checkout', '--quiet', '--', CASE));
    expect(run([GIT, 'commit', '--message', 'broken there'], index).code).toBe(1);
    expect(must(runVcc('lint', '--staged')).stderr).toContain('nothing is staged');
  });

  it('that takes a vendor away is checked against every case', () => {
    const files: Files = {};
    const path = log(files, { event: 'vendor-added', at: at('02'), by: 'sato', vendor: 'acme', role: 'developer' });
    writeAll(files);
    must(git('add', '--all'));
    must(git('commit', '--message', 'a vendor'));
    must(git('rm', '--quiet', 'vendors/acme.yaml'));
    expect(git('commit', '--message', 'no vendor').stderr).toContain(`${path}:6:1 error dangling-vendor`);
  });

  it('of a file with a Japanese name, a link or a program is checked by that name', () => {
    write(`${FOLDER}/概要 図.txt`, 'x');
    symlinkSync('/etc/passwd', join(root, FOLDER, 'advisory.ja.md'));
    chmodSync(join(root, CASE), 0o755);
    must(git('add', '--all'));
    const stopped = git('commit', '--message', 'files');
    expect(stopped.stderr).toContain(`${FOLDER}/advisory.ja.md:1:1 error symlink`);
    expect(stopped.stderr).toContain(`${CASE}:1:1 error executable-file`);
    expect(stopped.stderr).toContain(`${FOLDER}/概要 図.txt:1:1 error unknown-file`);
  });

  it('from a folder below, and in a linked work tree, is checked too', () => {
    breakIt();
    expect(run([GIT, 'commit', '--all', '--message', 'broken'], {}, join(root, FOLDER)).code).toBe(1);
    must(git('checkout', '--quiet', '--', '.'));
    must(git('worktree', 'add', '--quiet', '../linked', '-b', 'other'));
    const linked = join(folder, 'linked');
    writeFileSync(join(linked, CASE), readFileSync(join(linked, CASE), 'utf8').replace('route: partnership', 'route: other'));
    expect(run([GIT, 'commit', '--all', '--message', 'broken'], {}, linked).code).toBe(1);
  });

  it('that is the first of a repository is checked', () => {
    rmSync(join(root, '.git'), { recursive: true });
    must(git('init', '--quiet', '--initial-branch=main'));
    must(git('config', 'user.name', 'Sato'));
    must(git('config', 'user.email', 'sato@centre.example'));
    must(runVcc('hooks', 'install'));
    breakIt();
    must(git('add', '--all'));
    expect(git('commit', '--message', 'first').code).toBe(1);
    write(CASE, read(CASE).replace('route: other', 'route: direct'));
    must(git('add', '--all'));
    must(git('commit', '--message', 'first'));
  });

  const LEAK = 'The password is hunter2: Authorization: Basic aHVudGVyMjpodW50ZXIy';
  const noVcc = (): void => void must(git('config', 'vcc.command', '/nowhere/node /nowhere/vcc.js'));

  it('is stopped when the recorded vcc is gone and PATH has none', () => {
    noVcc();
    write(CASE, `${read(CASE)}More.\n`);
    expect(git('commit', '--all', '--message', 'unchecked').stderr).toContain('nothing was checked, and Git stops here');
  });

  it('of files that are not those of vcc waits for nobody, and its message is told when it is pushed', () => {
    noVcc();
    write('notes/minutes.txt', 'text\n');
    write('notes/議事録.md', 'text\n');
    must(git('add', 'notes/minutes.txt'));
    must(git('commit', '--message', LEAK));
    must(git('add', 'notes'));
    // Git writes such a name in quotes, and there might be anything behind them.
    expect(git('commit', '--message', 'quoted').stderr).toContain('nothing was checked');
    must(runVcc('hooks', 'install'));
    must(git('commit', '--message', 'quoted'));
    must(git('init', '--quiet', '--bare', join(folder, 'served.git')));
    expect(git('push', join(folder, 'served.git'), 'HEAD:main').stderr).toContain('error');
  });

  it.each(['case/x.md', 'Cases/x.md', 'VCC.yml', '.VCC/x'])('of a file that may have been meant for vcc is checked: %s', (path) => {
    write(path, 'text\n');
    must(git('add', '--all'));
    expect(git('commit', '--message', 'misspelt').stderr).toContain('error unknown-file');
  });

  it.each([['is gone', undefined], ['is somebody else\'s', '#!/bin/sh\n']])('of other files is checked where the hook of the push %s', (_, script) => {
    noVcc();
    const hook = join(root, '.git', 'hooks', 'pre-push');
    rmSync(hook);
    if (script !== undefined) writeFileSync(hook, script, { mode: 0o755 });
    write('README.md', 'text\n');
    must(git('add', '--all'));
    expect(git('commit', '--message', 'unchecked').stderr).toContain('nothing was checked, and Git stops here');
  });

  it('of other files with a private key is told when it is pushed, though the next one takes the key away', () => {
    write('notes/key.txt', `-----BEGIN RSA PRIVATE KEY-----\n`);
    must(git('add', '--all'));
    must(git('commit', '--message', 'key'));
    must(git('rm', '--quiet', 'notes/key.txt'));
    must(git('commit', '--message', 'no key'));
    must(git('init', '--quiet', '--bare', join(folder, 'served.git')));
    const { code, stderr, stdout } = git('push', join(folder, 'served.git'), 'HEAD:main');
    expect([code, stderr + stdout]).toEqual([1, expect.stringMatching(/commit [0-9a-f]{12}: notes\/key\.txt:1:1 error private-key/)]);
  });

  it('of such files and one of vcc is checked, wherever it stands among them', () => {
    breakIt();
    for (const path of ['a.txt', 'cz.txt', 'z.txt']) write(path, 'text\n');
    must(git('add', '--all'));
    expect(git('commit', '--message', 'all').stderr).toContain(`${CASE}:6:1 error schema`);
    must(git('restore', '--staged', '--worktree', CASE));
    must(git('mv', CASE, 'b.md'));
    expect(git('commit', '--message', 'moved away').code).toBe(1);
  });

  it('that is empty, or gives the last one another message, has its message checked', () => {
    expect(git('commit', '--allow-empty', '--message', LEAK).code).toBe(1);
    write(CASE, `${read(CASE)}More.\n`);
    must(git('commit', '--all', '--message', 'more'));
    expect(git('commit', '--amend', '--message', LEAK).code).toBe(1);
  });
});

describe('a merge', () => {
  beforeEach(() => {
    writeAll((() => {
      const files: Files = {};
      log(files, { event: 'assessed', at: at('02'), by: 'sato', criteria: {}, spread: 'wide', priority: 'normal' });
      return files;
    })());
    must(git('add', '--all'));
    must(git('commit', '--message', 'assessed'));
    must(runVcc('hooks', 'install'));
  });

  function decide(branch: string, event: 'accepted' | 'declined'): void {
    must(git('checkout', '--quiet', '-b', branch, 'main'));
    const files: Files = {};
    log(files, { event, at: at(event === 'accepted' ? '03' : '04'), by: 'sato', reason: 'so decided' });
    writeAll(files);
    must(git('add', '--all'));
    must(git('commit', '--message', event));
  }

  it('that Git takes for clean is stopped where the two sides contradict each other', () => {
    decide('one', 'accepted');
    decide('two', 'declined');
    const merged = git('merge', '--message', 'both', 'one');
    expect(merged.code).not.toBe(0);
    expect(merged.stderr).toContain('error illegal-transition');
    expect(git('rev-list', '--merges', '--count', 'HEAD').stdout.trim()).toBe('0');
  });

  it('of two cases that agree is made', () => {
    decide('one', 'accepted');
    must(git('checkout', '--quiet', 'main'));
    write('README.md', 'text\n');
    must(git('add', '--all'));
    must(git('commit', '--message', 'text'));
    must(git('merge', '--message', 'both', 'one'));
    expect(git('rev-list', '--merges', '--count', 'HEAD').stdout.trim()).toBe('1');
  });

  it('is left to the next command where git pull --rebase made it, for Git runs no hook then', () => {
    decide('one', 'accepted');
    decide('two', 'declined');
    must(git('rebase', '--quiet', 'one'));
    expect(git('rev-list', '--merges', '--count', 'HEAD').stdout.trim()).toBe('0');
    expect(runVcc('record', '61247051', 'note', '--text', 'A call.')).toMatchObject({ code: 1, stderr: expect.stringContaining('illegal-transition') as string });
    expect(runVcc('lint').code).toBe(1);
  });
});

describe('a push', () => {
  const served = (...args: readonly string[]): Result => run([GIT, '-C', join(folder, 'served.git'), ...args]);
  const push = (...args: readonly string[]): Result => git('push', '--quiet', ...args);
  /** As somebody who has installed no hooks. */
  const unchecked = (...args: readonly string[]): Result => git('-c', 'core.hooksPath=/nonexistent', ...args);

  beforeEach(() => {
    must(runVcc('hooks', 'install'));
    must(git('init', '--quiet', '--bare', '--initial-branch=main', join(folder, 'served.git')));
    must(git('remote', 'add', 'origin', join(folder, 'served.git')));
    must(push('--set-upstream', 'origin', 'main'));
  });

  it('of what breaks a rule is stopped before it leaves, and that of what is right goes out', () => {
    breakIt();
    must(unchecked('commit', '--quiet', '--all', '--message', 'broken'));
    const { code, stderr, stdout } = push('origin', 'main');
    expect(code).toBe(1);
    expect(`${stdout}${stderr}`).toContain(`${CASE}:6:1 error schema`);
    must(git('checkout', '--quiet', '-B', 'main', 'HEAD~1'));
    must(git('commit', '--quiet', '--allow-empty', '--message', 'Fine'));
    must(push('origin', 'main'));
    expect(served('log', '-1', '--format=%s').stdout).toBe('Fine\n');
  });

  it('tells what a message gives away, though it was committed without hooks', () => {
    must(git('switch', '--quiet', '--create', 'topic'));
    must(unchecked('commit', '--quiet', '--allow-empty', '--message', 'The password is hunter2: Authorization: Basic aHVudGVyMjpodW50ZXIy'));
    const { code, stderr, stdout } = push('origin', 'topic');
    expect(code).toBe(1);
    expect(`${stdout}${stderr}`).toMatch(/commit [0-9a-f]{12}:1:\d+ error confidential-detail/);
  });

  it('is checked on a server whoever pushes: an entry that was rewritten, a case that is forced away', () => {
    const server = join(folder, 'served.git');
    expect(run([...VCC, 'hooks', 'install'], PATH, server)).toMatchObject({ code: 1, stderr: expect.stringContaining('GIT_DIR=.') as string });
    expect(must(run([...VCC, 'hooks', 'install'], { ...PATH, GIT_DIR: '.' }, server)).stdout).toContain('installed pre-receive');
    expect(must(run([...VCC, 'hooks', 'status'], { ...PATH, GIT_DIR: '.' }, server)).stdout).toBe('pre-receive: installed\n');
    const before = served('rev-parse', 'main').stdout;
    write(RECEIVED, read(RECEIVED).replace('by: sato', 'by: mallory'));
    must(unchecked('commit', '--quiet', '--all', '--message', 'forged'));
    const forged = unchecked('push', '--quiet', 'origin', 'main');
    expect([forged.code, forged.stderr]).toEqual([1, expect.stringMatching(/error sealed-rewritten[^]*pre-receive hook declined/)]);
    must(git('reset', '--quiet', '--hard', 'HEAD~1'));
    must(unchecked('rm', '--quiet', '-r', FOLDER));
    must(unchecked('commit', '--quiet', '--amend', '--message', 'gone'));
    const forced = unchecked('push', '--quiet', '--force', 'origin', 'main');
    expect([forced.code, forced.stderr]).toEqual([1, expect.stringMatching(/error record-removed the case is deleted \(Commits that are there already would be forced away[^]*git pull --rebase/)]);
    expect(forced.stderr).not.toContain('git checkout HEAD');
    expect(served('rev-parse', 'main').stdout).toBe(before);
  });

  it('is not blinded by a tag with the name of a branch, and a tag is checked like a branch', () => {
    must(run([...VCC, 'hooks', 'install'], { ...PATH, GIT_DIR: '.' }, join(folder, 'served.git')));
    must(git('switch', '--quiet', '--create', 'topic'));
    breakIt();
    must(unchecked('commit', '--quiet', '--all', '--message', 'broken'));
    must(git('tag', 'origin/main'));
    must(git('tag', 'origin/HEAD'));
    for (const ref of ['refs/tags/origin/main', 'refs/heads/topic']) {
      expect(push('origin', ref).code).toBe(1);
      const { code, stderr } = unchecked('push', '--quiet', 'origin', ref);
      expect([code, stderr]).toEqual([1, expect.stringContaining(`${CASE}:6:1 error schema`)]);
    }
    expect(runVcc('review').code).toBe(1);
  });

  it.each(['v1', 'outer'])('of a tag is checked by what the tag object says, also where the other side has its commit: %s', (tag) => {
    must(run([...VCC, 'hooks', 'install'], { ...PATH, GIT_DIR: '.' }, join(folder, 'served.git')));
    must(git('tag', '--annotate', '--message', 'The password is hunter2: Authorization: Basic aHVudGVyMjpodW50ZXIy', 'v1'));
    must(git('tag', '--annotate', '--message', 'A tag of a tag', 'outer', 'v1'));
    expect(push('origin', tag)).toMatchObject({ code: 1, stdout: expect.stringMatching(/^tag [0-9a-f]{12}:1:\d+ error confidential-detail/) as string });
    expect(unchecked('push', '--quiet', 'origin', tag)).toMatchObject({ code: 1, stderr: expect.stringMatching(/tag [0-9a-f]{12}:1:\d+ error confidential-detail/) as string });
    expect(push('origin', '--tags').stdout.match(/confidential-detail/g)).toHaveLength(1);
    must(git('tag', '--force', '--annotate', '--message', 'Fine', 'v1', 'v1^{}'));
    must(push('origin', 'v1'));
  });

  it('of another name for what the other side has compares no message anew', () => {
    must(unchecked('commit', '--quiet', '--allow-empty', '--message', 'The password is hunter2: Authorization: Basic aHVudGVyMjpodW50ZXIy'));
    must(unchecked('push', '--quiet', 'origin', 'main'));
    must(git('tag', 'light'));
    must(push('origin', 'light', 'main:refs/heads/release'));
  });

  it('of a new branch where nothing is known of the other side is checked as a whole', () => {
    must(git('remote', 'remove', 'origin'));
    breakIt();
    must(unchecked('commit', '--quiet', '--all', '--message', 'broken'));
    const sha = head();
    const { status, stdout } = spawnSync(VCC[0], [...VCC.slice(1), 'lint', '--pushed'], { cwd: root, input: `refs/heads/main ${sha} refs/heads/topic ${'0'.repeat(40)}\n`, encoding: 'utf8', env: { ...PATH, HOME: folder, VCC_NOW: '2014-05-08T12:00:00+09:00' } });
    expect([status, stdout]).toEqual([1, expect.stringContaining(`${CASE}:6:1 error schema`)]);
  });

  it('of what is no case repository is refused by the name of its ref, with what to do', () => {
    must(git('notes', 'add', '--message', 'A note'));
    must(git('switch', '--quiet', '--orphan', 'pages'));
    write('index.html', 'x\n');
    must(git('add', 'index.html'));
    must(unchecked('commit', '--quiet', '--message', 'A page'));
    for (const [from, ref] of [['pages', 'refs/heads/pages'], ['main', 'refs/heads/pages'], ['main', 'refs/notes/commits']] as const) {
      must(git('switch', '--quiet', from));
      expect(push('origin', ref)).toMatchObject({ code: 1, stderr: expect.stringMatching(new RegExp(`${ref} was not checked.*no vcc.yaml[^]*git push REMOTE BRANCH`)) as string });
    }
  });

  it('that deletes a branch checks nothing, and says so; a line that Git does not write is refused', () => {
    must(push('origin', 'main:refs/heads/old'));
    expect(must(push('origin', ':old')).stderr).toContain('Nothing was checked');
    const { status, stderr } = spawnSync(VCC[0], [...VCC.slice(1), 'lint', '--pushed'], { cwd: root, input: 'rm -rf\n', encoding: 'utf8', env: { ...PATH, HOME: folder } });
    expect([status, stderr]).toEqual([2, expect.stringContaining('no line of what Git tells')]);
  });

  it('by others is looked at as a whole after a pull, fast-forward or rebased', () => {
    breakIt();
    must(unchecked('commit', '--quiet', '--all', '--message', 'broken'));
    must(unchecked('push', '--quiet', 'origin', 'main'));
    must(git('reset', '--quiet', '--hard', 'HEAD~1'));
    expect(git('pull', '--quiet', '--ff-only').stderr).toContain(`${CASE}:6:1 error schema`);
    must(git('reset', '--quiet', '--hard', 'HEAD~1'));
    must(git('commit', '--quiet', '--allow-empty', '--message', 'mine'));
    expect(git('pull', '--quiet', '--rebase').stderr).toContain(`${CASE}:6:1 error schema`);
  });
});
