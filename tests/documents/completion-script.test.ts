import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DECLARATIONS, GROUPS } from '../../src/command-list/index.ts';
import { completionScript, SHELLS } from '../../src/documents/completion-script.ts';

/** Sources the script in a real bash and asks it as readline does. */
function complete(folder: string, ...words: string[]): string[] {
  const program = [
    completionScript('bash', DECLARATIONS, GROUPS, { deadline: ['acknowledge', 'vendor-answer'], rule: ['advisory-gap'] }),
    'COMP_WORDS=("$@")',
    'COMP_CWORD=$(($# - 1))',
    '_vcc',
    'printf "%s\\n" "${COMPREPLY[@]}"',
  ].join('\n');
  const output = execFileSync('bash', ['--noprofile', '--norc', '-uc', program, 'bash', 'vcc', ...words], { cwd: folder, encoding: 'utf8' });
  return output.split('\n').filter((line) => line !== '');
}

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vcc-completion-'));
  execFileSync('git', ['init', '-q', folder]);
  for (const path of ['cases/2014/61247051', 'cases/2015/15201064', 'cases/2015/notes', 'vendors']) mkdirSync(join(folder, path), { recursive: true });
  writeFileSync(join(folder, 'vendors/openssl.yaml'), '');
  writeFileSync(join(folder, 'vendors/$(touch pwned).yaml'), '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('bash completion', () => {
  it('offers the commands, and those of a group', () => {
    const top = complete(folder, '');
    for (const { name } of DECLARATIONS) expect(top).toContain(name.split(' ')[0]);
    expect(complete(folder, 'li')).toEqual(['list', 'lint']);
    expect(complete(folder, 'vendor', '')).toEqual(['add', 'list', 'show']);
  });

  it('offers the flags of the command that is typed', () => {
    expect(complete(folder, 'due', '--w')).toEqual(['--within']);
    expect(complete(folder, 'vendor', 'add', 'acme', '--dry')).toEqual(['--dry-run']);
    expect(complete(folder, 'show', '61247051', '--dry')).toEqual([]);
  });

  it('offers case numbers where a case is wanted, and only there', () => {
    expect(complete(folder, 'show', '')).toEqual(['61247051', '15201064']);
    expect(complete(folder, 'show', '6')).toEqual(['61247051']);
    expect(complete(folder, 'due', '--case', '')).toEqual(['61247051', '15201064']);
    expect(complete(folder, 'show', '61247051', '')).toEqual([]);
    expect(complete(folder, 'list', '')).toEqual([]);
  });

  it('offers vendors, without carrying out what a file name says', () => {
    expect(complete(folder, 'notify', '61247051', '--vendor', '')).toEqual(['openssl']);
    expect(complete(folder, 'vendor', 'show', '')).toEqual(['openssl']);
    expect(execFileSync('ls', [folder], { encoding: 'utf8' })).not.toContain('pwned');
  });

  it('offers events as the second argument of record, whatever flags come before', () => {
    expect(complete(folder, 'record', '61247051', 'vendor-r')).toEqual(['vendor-replied']);
    expect(complete(folder, 'record', '--at', '2014-05-01T10:00', '61247051', 'vendor-r')).toEqual(['vendor-replied']);
    expect(complete(folder, 'record', '61247051', '--partial', 'vendor-r')).toEqual(['vendor-replied']);
  });

  it('offers what can be explained, by topic', () => {
    expect(complete(folder, 'explain', 'd')).toEqual(['deadline']);
    expect(complete(folder, 'explain', 'deadline', '')).toEqual(['acknowledge', 'vendor-answer']);
    expect(complete(folder, 'explain', 'rule', 'a')).toEqual(['advisory-gap']);
    expect(complete(folder, 'open', '61247051', '')).toEqual([]);
    expect(completionScript('fish', DECLARATIONS, GROUPS, { rule: ['advisory-gap'] })).toContain("__fish_seen_subcommand_from explain; and __fish_seen_subcommand_from rule' -a 'advisory-gap'");
  });

  it('offers nothing of its own for a free text, and survives an unknown command', () => {
    expect(complete(folder, 'record', '61247051', 'note', '--text', '')).toEqual([]);
    expect(complete(folder, 'nonsense', '')).toEqual([]);
  });

  it('works outside of a repository', () => {
    expect(complete(tmpdir(), 'show', '')).toEqual([]);
  });
});

describe('completion for every shell', () => {
  it.each(SHELLS)('%s knows every command and flag', (shell) => {
    const script = completionScript(shell, DECLARATIONS, GROUPS);
    for (const { name, options = [] } of DECLARATIONS) {
      expect(script).toContain(name.split(' ').at(-1));
      for (const [syntax] of options) {
        const flag = /--[a-z-]+/.exec(syntax)?.[0] ?? '';
        expect(script).toContain(shell === 'fish' ? `-l ${flag.slice(2)}` : flag);
      }
    }
  });

  it('quotes what a summary says for fish', () => {
    const script = completionScript('fish', [{ name: 'x', summary: "it's a \\ test" }], {});
    expect(script).toContain("'it\\'s a \\\\ test'");
  });
});
