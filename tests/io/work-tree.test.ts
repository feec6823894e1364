import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requireSafeTarget, staysInside } from '../../src/io/safe-path.ts';
import { workTree } from '../../src/io/work-tree.ts';

let folder: string;
let root: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vcc-tree-'));
  root = join(folder, 'root');
  for (const path of ['vcc.yaml', 'cases/2014/1/case.md', 'cases/2014/10/case.md', '.git/config', 'outbox/mail.eml', '.vcc/schemas/x.json', 'deep/outbox/kept.txt']) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), `${path}\n`);
  }
  writeFileSync(join(folder, 'secret'), 'secret\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const paths = (under: string): string[] => workTree(root).files(under).map(({ path }) => path);

describe('the work tree', () => {
  it('lists files by path, without Git, outbox and the schemas for editors', () => {
    expect(paths('')).toEqual(['cases/2014/1/case.md', 'cases/2014/10/case.md', 'deep/outbox/kept.txt', 'vcc.yaml']);
    expect(paths('cases/2014/1')).toEqual(['cases/2014/1/case.md']);
    expect(paths('vcc.yaml')).toEqual(['vcc.yaml']);
    expect(paths('absent')).toEqual([]);
    expect(paths('outbox')).toEqual([]);
    expect(paths('../')).toEqual([]);
  });

  it('names symlinks and follows none, as a file or on the way', () => {
    symlinkSync(join(folder, 'secret'), join(root, 'link'));
    symlinkSync(folder, join(root, 'folder'));
    const tree = workTree(root);
    expect(tree.files('').filter(({ kind }) => kind === 'symlink')).toEqual([
      { path: 'folder', kind: 'symlink' },
      { path: 'link', kind: 'symlink' },
    ]);
    expect(tree.read('link')).toBeUndefined();
    expect(tree.read('folder/secret')).toBeUndefined();
    expect(tree.files('folder/root')).toEqual([]);
    expect(tree.read('../secret')).toBeUndefined();
  });

  it('does not wait on a named pipe', () => {
    execFileSync('mkfifo', [join(root, 'pipe')]);
    expect(workTree(root).read('pipe')).toBeUndefined();
    expect(paths('')).not.toContain('pipe');
  });

  it('lists a name that is not UTF-8, as a file and as a folder', () => {
    const at = (name: Buffer): Buffer => Buffer.concat([Buffer.from(`${root}/`), name]);
    writeFileSync(at(Buffer.from([0x78, 0xff])), '');
    mkdirSync(at(Buffer.from([0x79, 0xfe])));
    expect(paths('')).toEqual(expect.arrayContaining(['x\ufffd', 'y\ufffd']));
    expect(workTree(root).read('x\ufffd')).toBeUndefined();
  });

  it('tells executables and embedded repositories', () => {
    chmodSync(join(root, 'vcc.yaml'), 0o755);
    mkdirSync(join(root, 'cases/2014/embedded/.git'), { recursive: true });
    expect(workTree(root).files('vcc.yaml')).toEqual([{ path: 'vcc.yaml', kind: 'executable' }]);
    expect(workTree(root).files('cases/2014/embedded')).toEqual([{ path: 'cases/2014/embedded', kind: 'submodule' }]);
  });
});

describe('a path to write to', () => {
  it.each(['', '..', '../x', '/etc/passwd', 'a//b', 'a/./b', 'a/../b', '.git/config', 'a/.GIT/x', '.git./x', 'a\\b', 'a\nb', 'a\u0000b'])('is not %j', (path) => {
    expect(staysInside(path)).toBe(false);
    expect(() => requireSafeTarget(root, path)).toThrow('leaves the repository');
  });

  it('is not through a symlink, a file or a dangling link', () => {
    symlinkSync(folder, join(root, 'folder'));
    symlinkSync('nowhere', join(root, 'dangling'));
    expect(() => requireSafeTarget(root, 'folder/x')).toThrow('folder is a symlink');
    expect(() => requireSafeTarget(root, 'dangling')).toThrow('dangling is a symlink');
    expect(() => requireSafeTarget(root, 'vcc.yaml/x')).toThrow('vcc.yaml is not a folder');
    expect(() => requireSafeTarget(root, 'cases')).toThrow('cases is not a file');
    expect(() => requireSafeTarget(root, 'cases/2015/new/case.md')).not.toThrow();
  });
});
