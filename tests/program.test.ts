import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RECORDABLE } from '../src/domain/event-words.ts';
import { sitting, typedVcc, type TypedVcc } from './support/typed-vcc.ts';
import { exampleCopy } from './support/example-copy.ts';

let there: TypedVcc;
beforeAll(() => {
  there = typedVcc();
  exampleCopy(there.folder, 'cases');
});
afterAll(() => there.dispose());

const hayashi = { ...sitting('hayashi', 'Hayashi Midori', '2014-08-01T10:00+09:00'), VCC_NOW: '' };

describe('the command line', () => {
  it.each([
    ['the folder before the command', ['-C', 'cases', 'list', '--limit', '1']],
    ['the folder after it', ['list', '-C', 'cases', '--limit', '1']],
    ['the last word where it is said twice', ['-C', 'nowhere', 'list', '-C', 'cases', '--limit', '1']],
    ['the folder before a command of a group', ['-C', 'cases', 'key', 'list']],
  ])('takes %s', (_, args) => {
    const { code, stdout } = there.vcc(args);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^(?:CASE|FINGERPRINT)/) as string]);
  });

  it('takes --json and --now before the command, the time in the zone of the organisation', () => {
    const first = there.vcc(['--json', '--now', '2025-06-01 10:00', '-C', 'cases', 'due']);
    const after = there.vcc(['due', '--json', '--now', '2025-06-01T10:00+09:00'], { cwd: 'cases' });
    expect([first.code, first.stdout]).toEqual([after.code, after.stdout]);
    expect(JSON.parse(first.stdout)).toMatchObject({ kind: expect.any(String) as string });
  });

  it('tells a time without an offset from what is no time, where no case repository is around', () => {
    expect(there.vcc(['list', '--now', '2014-05-01 10:00']).stderr).toContain('without an offset, and no case repository around');
    expect(there.vcc(['list', '--now', 'yesterday']).stderr).toContain('not a date and time: "yesterday"');
    expect(there.vcc(['list', '--now', '2014-05-01'], { cwd: 'cases' }).stderr).toContain('not a date and time: "2014-05-01"');
  });

  it('says that the folder of -C is not there', () => {
    expect(there.vcc(['list', '-C', 'nowhere'])).toMatchObject({ code: 2, stderr: expect.stringContaining('-C: there is no folder nowhere') as string });
  });

  it.each([
    ['a case that is missing', ['show'], "missing required argument 'case'", 'vcc show --help'],
    ['an empty case', ['show', ''], 'case is empty', 'vcc list shows the cases'],
    ['a key file that is missing', ['key', 'import'], "missing required argument 'file'", 'vcc key import --help'],
    ['a command that a group does not have', ['key', 'add'], "unknown command 'add'", 'vcc key --help'],
    ['a misspelt command that is asked for help', ['vendr', '--help'], 'Did you mean vendor?', 'vcc --help'],
    ['a misspelt command of a group that is asked for help', ['cve', 'asign', '-h'], 'Did you mean assign?', 'vcc cve --help'],
    ['a misspelt command', ['vendr'], 'Did you mean vendor?', 'vcc --help'],
    ['a misspelt flag, after flags for all', ['-C', 'cases', 'vendor', 'list', '--keywrod', 'x'], '--keyword', 'vcc vendor list --help'],
    ['a placeholder for words', ['record', '71903468', 'note', '--text', 'TEXT'], '--text: TEXT stands for what you have to say yourself', '--text "..."'],
    ['a placeholder among several', ['notify', '71903468', '--vendor', 'tsuzura', '--vendor', 'SLUG'], '--vendor: SLUG stands for', '--vendor "..."'],
    ['a placeholder for a case', ['show', 'CASE'], 'case: CASE stands for', 'Type your own'],
    ['a misspelt rule', ['lint', '--rule', 'shema'], 'there is no rule shema', 'Did you mean schema?'],
    ['a misspelt vendor', ['vendor', 'show', 'tsuzurra'], 'there is no vendor tsuzurra', 'Did you mean tsuzura?'],
  ])('refuses %s and says what to type', (_, args, says, hint) => {
    const { code, stderr, stdout } = there.vcc(args, { cwd: 'cases', env: hayashi });
    expect(code).toBeGreaterThan(0);
    expect(stderr).toContain(says);
    expect(stderr).toContain(hint);
    expect(stdout).toBe('');
  });

  it('lists the events and the values of the flags in the help of record', () => {
    const { stdout } = there.vcc(['record', '--help']);
    for (const { name } of RECORDABLE) expect(stdout).toContain(`\n  ${name} `);
    const words = stdout.replaceAll(/\s+/g, ' ');
    for (const value of ['not-affected-investigating', 'closed: no-resolution, committee-refused, done', 'developer-heard', 'CVE id']) expect(words).toContain(value);
    expect(stdout).toContain('Usage: vcc record [options] <case> [event]');
  });

  it('says that a folder is not empty before anything else, with --dry-run too', () => {
    mkdirSync(join(there.folder, 'full'));
    writeFileSync(join(there.folder, 'full', 'x'), '');
    for (const more of [[], ['--dry-run']]) expect(there.vcc(['init', 'full', ...more])).toMatchObject({ code: 1, stderr: expect.stringContaining('full is not empty') as string });
  });
});
