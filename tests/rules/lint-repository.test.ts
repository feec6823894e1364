import { describe, expect, it } from 'vitest';
import { treeWithPlan, type Plan } from '../../src/domain/plan.ts';
import { examineRepository, lintRepository, type LintOptions } from '../../src/rules/lint-repository.ts';
import { marksOf } from '../../src/domain/marks.ts';
import { treeOf } from '../support/case-tree.ts';
import { advisory, at, CASE, edit, log, NOW, remove, rightRepository, secondCase, type Files, scheduled } from './right-repository.ts';

const FOLDER = 'cases/2014/61247051';

const lint = (files: Files, options: Partial<LintOptions> = {}): string[] =>
  lintRepository(treeOf(files), { now: NOW, ...options }).map(({ file, line, column, severity, rule }) => `${file}:${line}:${column} ${severity} ${rule}`);

describe('what is examined', () => {
  it('is everything, and how much it was is told', () => {
    const examined = examineRepository(treeOf(rightRepository()), { now: NOW });
    expect(examined).toEqual({ findings: [], files: 8, cases: 1, suppressed: 0 });
  });

  it('is only the cases that changed', () => {
    const files = rightRepository();
    const other = secondCase(files);
    remove(files, `${other}/case.md`);
    expect(lint(files, { changed: [CASE] })).toEqual([]);
    expect(lint(files, { changed: [`${other}/log/20140501T010000Z-received-0f3a.md`] })).toEqual([`${other}/case.md:1:1 error case-folder`]);
  });

  it('is a whole case where one of its files changed, a deleted one too', () => {
    const files = rightRepository();
    const path = log(files, { event: 'scheduled', at: at('02'), by: 'sato', date: at('20') });
    expect(lint(files, { changed: [`${FOLDER}/advisory.en.md`] })).toEqual([`${path}:3:1 error illegal-transition`]);
  });

  it('is every case where a vendor went away', () => {
    const files = rightRepository();
    const path = log(files, { event: 'vendor-added', at: at('02'), by: 'sato', vendor: 'acme', role: 'developer' });
    remove(files, 'vendors/acme.yaml');
    expect(lint(files, { changed: ['vendors/acme.yaml'] })).toEqual([`${path}:6:1 error dangling-vendor`]);
  });

  it('is every vendor and the team where a key went away', () => {
    const files = rightRepository();
    const keys = Object.keys(files).filter((path) => path.startsWith('keys/'));
    for (const path of keys) remove(files, path);
    expect(lint(files, { changed: keys }).map((line) => line.split(' ')[2]).sort()).toEqual(['dangling-key', 'team-key-missing']);
  });

  it('leaves a broken vendor to whoever changes it', () => {
    const files = rightRepository();
    edit(files, 'vendors/acme.yaml', 'kind: open-source', 'kind: unheard-of');
    expect(lint(files, { changed: [CASE] })).toEqual([]);
    expect(lint(files, { changed: ['vendors/acme.yaml'] })).toEqual(['vendors/acme.yaml:5:1 error schema']);
  });
});

describe('broken files', () => {
  it('are told whatever rule was asked for: it was not kept there either', () => {
    const files = rightRepository();
    edit(files, 'vcc.yaml', 'timezone: Asia/Tokyo', 'timezone: Asia/Tokio');
    expect(lint(files, { only: ['private-key'] })).toEqual(['vcc.yaml:7:1 error schema']);
    const other = rightRepository();
    edit(other, 'policy.yaml', 'name: ', 'name; ');
    expect(lint(other, { only: ['private-key'] }).length).toBeGreaterThan(0);
    const third = rightRepository();
    log(third, { event: 'scheduled', at: at('02'), by: 'sato', date: at('20') });
    expect(lint(third, { only: ['private-key'] })).toEqual([]);
  });

  it('in vcc.yaml are told, and single files are checked all the same', () => {
    const files = rightRepository();
    edit(files, 'vcc.yaml', 'timezone: Asia/Tokyo', 'timezone: Asia/Tokio');
    files[`${FOLDER}/sealed/poc.asc`] = 'plain';
    expect(lint(files)).toEqual([`${FOLDER}/sealed/poc.asc:1:1 error sealed-plaintext`, 'vcc.yaml:7:1 error schema']);
  });

  it('without vcc.yaml there is no case repository', () => {
    expect(() => lint({ 'README.md': '' })).toThrow('there is no vcc.yaml here');
  });

  it('an entry that cannot be read is told once, and not what follows from its absence', () => {
    const files = rightRepository();
    const received = `${FOLDER}/log/20140501T010000Z-received-0f3a.md`;
    edit(files, received, 'channel: mail', 'channel: pigeon');
    expect(lint(files)).toEqual([`${received}:7:1 error schema`]);
  });

  it('an organisation is told where the ledger names the case with it, in fields that are not compared themselves', () => {
    const files = rightRepository();
    const salt = 'ab'.repeat(32);
    files[`${FOLDER}/sealed/reporter.guard.yaml`] = `schemaVersion: 1\nsalt: "${salt}"\nmarks:\n  organisation:\n    - ${marksOf(salt, ['blauwal labor'])[0] ?? ''}\n`;
    const ledger = 'cves/2014/CVE-2014-99001.yaml';
    files[ledger] = 'schemaVersion: 1\ncve: CVE-2014-99001\nstate: rejected\nreserved: "2014-05-01"\nby: sato\nblock: CVE-2014-99001\ncase: "61247051"\nreason: found by Blauwal Labor\n';
    expect(lint(files).filter((found) => found.includes('sealed-in-clear'))).toEqual([`${ledger}:8:18 error sealed-in-clear`]);
    edit(files, ledger, 'case: "61247051"\n', '');
    expect(lint(files).filter((found) => found.includes('sealed-in-clear'))).toEqual([]);
  });

  const guardOf = (name: string): string => {
    const salt = 'ab'.repeat(32);
    return `schemaVersion: 1\nsalt: "${salt}"\nmarks:\n  name:\n    - ${marksOf(salt, [name])[0] ?? ''}\n`;
  };
  const leaks = (files: Files, options?: Partial<LintOptions>): string[] => lint(files, options).filter((found) => found.includes('sealed-in-clear'));

  it('a case that cannot be read keeps in what it keeps in otherwise', () => {
    const files = rightRepository();
    files[`${FOLDER}/sealed/reporter.guard.yaml`] = guardOf('taro yamada');
    files['README.md'] = 'As Taro Yamada said.';
    files[`${FOLDER}/notes-of-taro-yamada.txt`] = 'Taro Yamada';
    const known = leaks(files);
    expect(known).toEqual(['README.md:1:4 error sealed-in-clear', `${FOLDER}/[withheld].txt:1:1 error sealed-in-clear`, `${FOLDER}/[withheld].txt:1:1 error sealed-in-clear`]);
    edit(files, `${FOLDER}/case.md`, 'schemaVersion: 1', 'schemaVersion: 9');
    expect(leaks(files)).toEqual(known);
  });

  it('a vendor makes known whom it names, and nobody of whom a name merely speaks', () => {
    const files = rightRepository();
    files[`${FOLDER}/sealed/reporter.guard.yaml`] = guardOf('taro yamada');
    files['README.md'] = 'As Taro Yamada said.';
    const named = (name: string): string[] => {
      const own = { ...files };
      edit(own, 'vendors/acme.yaml', 'contacts:\n  - ', `contacts:\n  - name: ${name}\n    `);
      return [...leaks(own), ...leaks(own, { changed: ['vendors/acme.yaml'] })];
    };
    for (const known of ['Taro Yamada', 'PSIRT (Taro Yamada)']) expect(named(known)).toEqual([]);
    // The file itself is looked at word by word where it is changed.
    for (const spoken of ['PSIRT, as Taro Yamada says', 'by Taro Yamada']) expect(named(spoken)).toEqual(['README.md:1:4 error sealed-in-clear', expect.stringMatching(/^vendors\/acme\.yaml:\d+:\d+ error sealed-in-clear$/)]);
  });

  it('a text that is not read to its end is told', () => {
    const files = rightRepository();
    files['notes/long.txt'] = 'a\n'.repeat(600_000);
    files['notes/picture.png'] = Buffer.alloc(2_000_000, Buffer.from([0xff, 0xd8, 0x41, 0x41, 0xd8, 0x41]));
    expect(leaks(files)).toEqual(['notes/long.txt:1:1 warning sealed-in-clear']);
  });

  it('a merge that nobody settled is told whichever files and rules are asked for, and once', () => {
    const marks = (text: string): string => `<<<<<<< HEAD\n${text}=======\n${text}>>>>>>> theirs\n`;
    const files = rightRepository();
    files['vcc.yaml'] = marks(String(files['vcc.yaml']));
    const other = log(files, { event: 'note', at: at('03'), by: 'sato' });
    expect(lint(files, { changed: [other] })).toContain('vcc.yaml:1:1 error conflict-marker');
    expect(lint(files, { only: ['sealed-in-clear'] })).toContain('vcc.yaml:1:1 error conflict-marker');
    expect(lint(files).filter((found) => found.startsWith('vcc.yaml'))).toEqual(['vcc.yaml:1:1 error conflict-marker']);

    const inCase = rightRepository();
    edit(inCase, CASE, 'language: ja\n', marks('language: ja\n'));
    expect(lint(inCase, { changed: [`${FOLDER}/log/20140501T010000Z-received-0f3a.md`] })).toEqual([`${CASE}:7:1 error conflict-marker`]);
    expect(lint(inCase, { only: ['overdue'] })).toEqual([`${CASE}:7:1 error conflict-marker`]);
    expect(lint(inCase)).toEqual([`${CASE}:7:1 error conflict-marker`]);
  });

  it('a file of 20 MB is told to be too large, and no rule breaks on it', () => {
    const files = rightRepository();
    for (const path of [`${FOLDER}/case.md`, `${FOLDER}/log/20140502T010000Z-note-0000.md`, `${FOLDER}/advisory.en.md`, 'vendors/acme.yaml', 'README.md']) files[path] = 'a'.repeat(20_000_000);
    const found = lintRepository(treeOf(files), { now: NOW });
    expect(found.filter(({ message }) => message.includes('could not look'))).toEqual([]);
    expect(found.filter(({ rule }) => rule === 'yaml-safety').map(({ file }) => file)).toEqual([`${FOLDER}/advisory.en.md`, `${FOLDER}/case.md`, `${FOLDER}/log/20140502T010000Z-note-0000.md`, 'vendors/acme.yaml']);
  });

  it('in two folders of one number are told for each', () => {
    const files = rightRepository();
    const other = secondCase(files, '2015', '61247051');
    edit(files, `${other}/case.md`, 'route: partnership', 'route: other');
    expect(lint(files, { only: ['schema'] })).toEqual([`${other}/case.md:6:1 error schema`]);
  });
});

describe('a case in the wrong folder', () => {
  it('is told by its number and by its year', () => {
    const files = rightRepository();
    const other = secondCase(files, '2013');
    edit(files, `${other}/case.md`, '94401838', '94401839');
    expect(lint(files)).toEqual([`${other}/case.md:4:1 error case-folder`, `${other}/log/20140501T010000Z-received-0f3a.md:4:1 error case-folder`]);
  });

  it('counts the year in the zone of the organisation', () => {
    const files = rightRepository();
    const folder = 'cases/2015/94401838';
    files[`${folder}/case.md`] = String(files[CASE]).replace('61247051', '94401838');
    log(files, { event: 'received', at: '2014-12-31T15:00:00Z', by: 'sato', route: 'partnership', channel: 'mail' }, { folder });
    expect(lint(files, { only: ['case-folder'] })).toEqual([]);
  });
});

describe('severity', () => {
  it('of a gap grows when the text is public', () => {
    const files = rightRepository();
    files[`${FOLDER}/advisory.en.md`] = advisory('en').replace('Text.', '<!-- GAP: what it does -->');
    expect(lint(files)).toEqual([]);
    scheduled(files);
    expect(lint(files)).toEqual([`${FOLDER}/advisory.en.md:9:1 warning advisory-gap`]);
    log(files, { event: 'exploit-public', at: at('03'), by: 'sato', how: 'seen on a list' });
    log(files, { event: 'published', at: at('05'), by: 'sato', text: `sha256:${'ab'.repeat(32)}`, emergency: 'the exploit is public', date: at('05') });
    // Of an update in progress, which the gate keeps in.
    expect(lint(files, { only: ['advisory-gap'] })).toEqual([`${FOLDER}/advisory.en.md:9:1 warning advisory-gap`]);
    edit(files, `${FOLDER}/advisory.en.md`, '<!-- GAP: what it does -->', '');
    expect(lint(files, { only: ['advisory-gap'] })).toEqual([expect.stringContaining('error advisory-gap')]);
  });

  it('findings of reading carry the fix of their rule where they have none', () => {
    const files = rightRepository();
    log(files, { event: 'embargo-rejected', at: at('02'), by: 'sato', party: 'reporter' });
    for (const finding of lintRepository(treeOf(files), { now: NOW })) expect(finding.fix).toMatch(/.{10}/);
  });
});

describe('options', () => {
  it('an unknown rule is a usage error that names the rules', () => {
    expect(() => lint(rightRepository(), { only: ['no-such-rule'] })).toThrow('no-such-rule');
  });

  it('what a plan will seal counts as sealed', () => {
    const plan: Plan = { summary: '', writes: [], seals: [{ path: `${FOLDER}/sealed/poc.asc`, plaintext: 'x' }], messages: [], commit: { subject: '', body: '', trailers: [] }, notices: [], next: [] };
    expect(lintRepository(treeWithPlan(treeOf(rightRepository()), plan), { now: NOW, changed: [`${FOLDER}/sealed/poc.asc`] })).toEqual([]);
  });
});
