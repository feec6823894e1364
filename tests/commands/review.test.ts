import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lint } from '../../src/commands/lint.ts';
import { notify } from '../../src/commands/notify.ts';
import { publish } from '../../src/commands/publish.ts';
import { review } from '../../src/commands/review.ts';
import { schedule } from '../../src/commands/schedule.ts';
import { show } from '../../src/commands/show.ts';
import { aDesk, coordinate, FOLDER, happened, NUMBER, PUBLISH_AT, readyToPublish, REPORT, typed, type Desk } from '../support/a-desk.ts';

const NOW = '2014-06-03T10:00';
const run = (desk: Desk, options: Parameters<typeof review>[1] = {}, { now = NOW, json = false }: { readonly now?: string; readonly json?: boolean } = {}) => typed(desk, review, options, now, { json });
/** What was printed, as one line: the width of a terminal breaks it anywhere. */
const flat = ({ stdout }: { readonly stdout: readonly string[] }): string => stdout.join('\n').replaceAll(/\s+/g, ' ');

let ready: Desk;
const desks: Desk[] = [];
beforeAll(async () => {
  ready = await aDesk();
  await coordinate(ready);
  await happened(ready, 'embargo-proposed', { party: 'team', until: PUBLISH_AT }, '2014-05-08T09:00');
  await happened(ready, 'embargo-accepted', { party: 'vendor:acme' }, '2014-05-08T09:30');
  await readyToPublish(ready);
});
afterAll(() => {
  for (const desk of [...desks, ready]) desk.dispose();
});

function branch(): Desk {
  const desk = ready.copy();
  desks.push(desk);
  desk.git('switch', '-q', '-c', 'work');
  return desk;
}

/** Adds a note by hand, as nobody should, in the name of somebody of the team. */
function forge(desk: Desk, by: string, hex = 'f0f0'): string {
  const path = `${FOLDER}/log/20140602T030000Z-note-${hex}.md`;
  desk.write(path, `---\nevent: note\nat: "2014-06-02T12:00:00+09:00"\nby: ${by}\n---\n`);
  return path;
}

describe('vcc review of a branch', () => {
  let desk: Desk;
  let forged: string;
  beforeAll(async () => {
    desk = branch();
    await typed(desk, notify, { case: NUMBER, vendor: ['libre'] }, '2014-06-02T11:00');
    await typed(desk, schedule, { case: NUMBER, cancel: 'acme needs two weeks' }, '2014-06-02T11:10');
    for (const party of ['vendor:acme', 'reporter']) await happened(desk, 'date-agreed', { party, date: '2014-06-20T12:00:00+09:00' }, '2014-06-02T11:20');
    await typed(desk, schedule, { case: NUMBER, date: '2014-06-20 12:00' }, '2014-06-02T11:30');
    forged = forge(desk, 'taro');
    desk.commit('A note');
  });

  it('tells who was told, the date that moved, and the entry that is from somebody else', async () => {
    const found = await run(desk);
    expect(found.code).toBe(1);
    const text = flat(found);
    expect(text).toContain('JVNVU#61247051: scheduled as before');
    expect(text).toMatch(/Told - 2014-06-02 11:00 \+09:00 libre contacted by mail: first contact, encrypted; by hanako/);
    expect(text).toContain('! publication moved: 2014-06-06 12:00 +09:00 → 2014-06-20 12:00 +09:00');
    expect(text).toContain('! date of acme moved: 2014-06-06 12:00 +09:00 → 2014-06-20 12:00 +09:00');
    expect(text).toMatch(/! moved: Publication on the date that was set, 2014-06-06 23:59 \+09:00 → 2014-06-20 23:59 \+09:00/);
    expect(text).toContain('libre, contact: contacted');
    expect(text).toMatch(new RegExp(`What is wrong ! ${forged}:\\d+:\\d+ error entry-by-another taro vouches for this entry, and the commit [0-9a-f]{9} was written by Hanako <hanako@centre.example>`));
    expect(text).toContain('by taro, BUT FROM Hanako <hanako@centre.example>');
    // What somebody wrote in their own words, and what the flaw is, stays in the repository.
    expect(text).not.toContain('two weeks');
    expect(text).not.toContain(REPORT.title.en);
  });

  it('says the same in JSON and Markdown, and leaves what is not committed out', async () => {
    desk.write(`${FOLDER}/advisory.en.md`, 'half written');
    const { envelopes, stderr } = await run(desk, {}, { json: true });
    desk.git('checkout', '-q', '--', '.');
    expect(stderr.join('\n')).toContain('1 uncommitted file is not part of this');
    expect(envelopes[0]).toMatchObject({ kind: 'review', errors: 1, cases: [{ case: NUMBER, from: 'scheduled', to: 'scheduled', readable: true, rewritten: [], deleted: [] }] });
    const [{ changes }] = envelopes[0]?.['cases'] as [{ changes: object[] }];
    expect(changes).toContainEqual({ about: 'date', of: 'publication', from: PUBLISH_AT, to: '2014-06-20T12:00:00+09:00' });
    const { stdout } = await run(desk, { format: 'md' });
    expect(stdout.join('\n')).toContain('- **!** publication moved: `2014-06-06 12:00 +09:00` → `2014-06-20 12:00 +09:00`');
    expect(JSON.parse((await run(desk, { format: 'json' })).stdout.join(''))).toMatchObject({ schemaVersion: 1, kind: 'review', errors: 1 });
  });

  it('takes ranges as Git does', async () => {
    const last = await run(desk, { range: 'HEAD~1' });
    expect(flat(last)).toMatch(/^1 error, 2 warnings, 1 case, 1 commit; /);
    expect((await run(desk, { range: 'HEAD~1..HEAD' })).stdout).toEqual(last.stdout);
    const nothing = await run(desk, { range: 'HEAD..HEAD' });
    expect([nothing.code, flat(nothing), nothing.stderr.join('')]).toEqual([0, expect.stringContaining('0 cases, 0 commits') as string, expect.stringContaining('No commits to review') as string]);
    for (const range of ['nowhere', 'HEAD..nowhere', '--output=x', '--output=x..HEAD']) await expect(run(desk, { range })).rejects.toMatchObject({ exitCode: 2 });
    await expect(run(desk, { format: 'html' })).rejects.toMatchObject({ exitCode: 2 });
  });

  it('compares with the base as it was where both parted, and in no other way', async () => {
    desk.git('switch', '-q', '-c', 'side', 'main');
    forge(desk, 'hanako', 'abcd');
    desk.commit('On the other side');
    desk.git('switch', '-q', 'work');
    await expect(run(desk, { range: 'side..work' })).rejects.toMatchObject({ code: 'parted', hint: expect.stringContaining('vcc review side...work ') as string });
    const three = flat(await run(desk, { range: 'side...work' }));
    expect(three).not.toContain('log-rewritten');
  });
});

describe('vcc review of what governs', () => {
  it('tells a replaced key, a check that is left out, a longer deadline and a suppression first, in words', async () => {
    const desk = branch();
    const [hanako, taro] = desk.team;
    const configuration = JSON.parse(desk.read('vcc.yaml')) as { team: { slug: string; key: string; email: string }[]; lint?: object };
    Object.assign(configuration.team[1] as object, { key: hanako?.key, email: 'mallory@elsewhere.example' });
    configuration.lint = { suppressions: [{ rule: 'overdue', path: 'cases', reason: 'busy', until: '2014-07-01' }] };
    desk.write('vcc.yaml', JSON.stringify(configuration, null, 2));
    const policy = desk.read('policy.yaml');
    const [, gate = ''] = /^ {2}- check: (embargo)\n(?: {4}.*\n)+/m.exec(policy) ?? [];
    expect(gate).toBe('embargo');
    desk.write('policy.yaml', policy.replace(/^ {2}- check: embargo\n(?: {4}.*\n)+/m, '').replace('length: { amount: 45, unit: day }', 'length: { amount: 90, unit: day }'));
    const path = forge(desk, 'taro');
    desk.git('config', 'user.email', 'mallory@elsewhere.example');
    desk.commit('Tidy up');
    const text = flat(await run(desk));
    expect(text).toContain(`! the key of taro is replaced: ${taro?.key} → ${hanako?.key}`);
    expect(text).toContain('! commits from another address count as those of taro: taro@centre.example → mallory@elsewhere.example');
    expect(text).toContain('! findings are judged otherwise or left out: suppressions: [{rule: overdue');
    expect(text).toContain('! the gate does not ask for embargo any more');
    expect(text).toMatch(/! the length of the deadline [a-z-]+: 45 → 90/);
    // An address that the same branch brings vouches for nobody.
    expect(text).toContain(`${path}:4:1 error entry-by-another taro vouches for this entry`);
    // The deadline of a case that nobody touched moves with the policy.
    expect(text.indexOf('Rules, team, contacts and keys')).toBeLessThan(text.indexOf('JVNVU#61247051'));
  });
});

describe('two clones that merge cleanly', () => {
  it('finds that one published and the other extended the embargo, in the review and in lint', async () => {
    const a = branch();
    const b = branch();
    await happened(b, 'embargo-proposed', { party: 'team', until: '2014-06-20T12:00' }, '2014-06-05T10:00');
    await happened(b, 'embargo-accepted', { party: 'vendor:acme' }, '2014-06-05T11:00');
    expect((await typed(a, publish, { case: NUMBER }, PUBLISH_AT)).code).toBe(0);
    const later = '2014-06-06T13:00';
    // Each for itself is right.
    for (const desk of [a, b]) expect((await typed(desk, lint, {}, '2014-06-05T12:00')).stdout.filter((text) => text.includes(' error ') && !text.includes('future-entry'))).toEqual([]);
    // Before they are merged: the branch of B, while A's has become the base.
    b.git('fetch', '-q', a.root, 'work:published');
    const apart = await run(b, { range: 'published...HEAD' }, { now: later });
    expect(apart.code).toBe(1);
    expect(flat(apart)).toMatch(/What is wrong ! \S+ error embargo-order merged with the base as it is by now: the advisory went out while an embargo was in force/);
    expect((await run(b, { range: 'main...HEAD' }, { now: later })).code).toBe(0);
    a.git('pull', '-q', '--no-rebase', '--no-edit', b.root, 'work');
    expect(a.git('status', '--porcelain')).toBe('');
    const found = await run(a, { range: 'main...HEAD' }, { now: later });
    expect(found.code).toBe(1);
    expect(flat(found)).toMatch(/What is wrong ! \S+-published-\S+ error embargo-order the advisory went out while an embargo was in force/);
    expect(flat(found)).toContain('the end of the embargo moved: 2014-06-06 12:00 +09:00 → 2014-06-20 12:00 +09:00');
    // What the merge itself brings, seen from the side of A.
    expect((await run(a, { range: 'HEAD^1..HEAD' }, { now: later })).code).toBe(1);
    const linted = await typed(a, lint, {}, later);
    expect([linted.code, linted.stdout.join('\n')]).toEqual([1, expect.stringContaining('embargo-order the advisory went out while an embargo was in force') as string]);
    // Once, with what to do about it that is true; to show the case says it too.
    const told = linted.stdout.filter((line) => line.includes('embargo-order'));
    expect(told).toHaveLength(1);
    expect(flat(await typed(a, show, { case: NUMBER }, later))).toContain('BUT the advisory is public');
    const [, entry = ''] = /corrected --entry (\S+) --reason/.exec(told[0] ?? '') ?? [];
    await happened(a, 'corrected', { entry, reason: 'The advisory was out before this was known there; acme is told.' }, later);
    expect((await typed(a, lint, {}, later)).code).toBe(0);
    expect(flat(await typed(a, show, { case: NUMBER }, later))).toContain('Embargo over');
  });
});

describe('what there is nothing to review of', () => {
  it('is a branch that lacks what the base has: three dots are what to type', async () => {
    const desk = branch();
    forge(desk, 'hanako');
    desk.commit('Ours');
    desk.git('switch', '-q', 'main');
    await happened(desk, 'note', { text: 'Theirs.' }, '2014-06-02T12:00');
    desk.git('switch', '-q', 'work');
    for (const range of ['main..HEAD', 'main', 'main..']) await expect(run(desk, { range })).rejects.toMatchObject({ code: 'parted', hint: expect.stringMatching(/^vcc review main\.\.\.HEAD .*git log HEAD\.\.main;/) as string });
    expect((await run(desk, { range: 'main...HEAD' })).code).toBe(0);
    // Where the head went back, nothing but what was taken away is there to see.
    desk.git('reset', '-q', '--hard', 'main~1');
    expect(flat(await run(desk, { range: 'main..HEAD' }))).toContain('what they brought is taken away here');
  });

  it('is a rebase that is under way, and a repository without a commit', async () => {
    const desk = branch();
    desk.write('README.md', 'ours\n');
    desk.commit('Ours');
    desk.git('switch', '-q', 'main');
    desk.write('README.md', 'theirs\n');
    desk.commit('Theirs');
    desk.git('switch', '-q', 'work');
    expect(() => desk.git('rebase', '-q', 'main')).toThrow();
    expect((await run(desk)).stderr.join('\n')).toContain('a rebase is under way, and what it has not committed yet is not part of this: git rebase --continue');
    desk.git('rebase', '--abort');
    desk.git('switch', '-q', '--orphan', 'empty');
    desk.git('checkout', '-q', 'main', '--', '.');
    await expect(run(desk)).rejects.toMatchObject({ code: 'no-commits' });
  });
});

describe('a hostile branch', () => {
  it('cannot write into the comment, nor hide from it', async () => {
    const desk = branch();
    desk.write('vendors/evil.yaml', 'schemaVersion: 1\nname:\n  en: "`` @team/all ![x](https://evil.example/x.png) <img src=x> \\u200b"\nkind: open-source\ncontacts:\n  - email: psirt@evil.example\n    language: en\n');
    desk.write('campaigns/@everyone `x`.md', 'x\n');
    for (let index = 0; index < 3000; index += 1) desk.write(`campaigns/${'n'.repeat(60)}-${index}.md`, 'x\n');
    forge(desk, 'taro');
    desk.git('config', 'user.name', '@team \u202e![x](https://evil.example)');
    desk.commit('More');
    const markdown = (await run(desk, { format: 'md' })).stdout.join('\n');
    expect(markdown.length).toBeLessThan(65_000);
    expect(markdown).toMatch(/And \d+ more: `vcc review` shows all\./);
    const outside = markdown.replaceAll(/(`+)(?!`)[^\n]*?[^`]\1(?!`)/g, '');
    for (const mark of ['@', '![', '<img', 'https://']) expect(outside).not.toContain(mark);
    expect(markdown).toContain('\\u200b');
    expect(markdown).toContain('@team \\u202e![x]');
    expect(markdown).not.toMatch(/[\u202e\u200b]/);
  });

  it('brings nothing that is sealed into the comment: not by a file, its name, or the name of an author', async () => {
    const desk = branch();
    const { name, email } = REPORT.reporter;
    desk.write('campaigns/Yamada Hanako.md', 'x\n');
    desk.write('campaigns/plan.yaml', `who: ${email}\n`);
    forge(desk, 'taro');
    desk.git('config', 'user.name', name);
    desk.git('config', 'user.email', email);
    desk.commit('More');
    for (const format of ['text', 'md', 'json']) {
      const found = await run(desk, { format });
      expect(found.code).toBe(1);
      expect(flat(found)).toContain('[withheld]');
      for (const secret of [name, email, 'yamada']) expect(flat(found).toLowerCase()).not.toContain(secret.toLowerCase());
    }
  });

  it('is found where it rewrites an entry, and where it deletes a case', async () => {
    const desk = branch();
    const entry = desk.git('ls-files', `${FOLDER}/log`).split('\n').find((path) => path.includes('-accepted-')) ?? '';
    desk.write(entry, desk.read(entry).replace('It meets the policy.', 'It is urgent.'));
    desk.commit('Mend');
    const found = await run(desk);
    expect(found.code).toBe(1);
    expect(flat(found)).toContain(`Rewritten ! ${entry} says something else now`);
    expect(flat(found)).toContain('error log-rewritten');
    desk.git('rm', '-rq', FOLDER);
    desk.git('commit', '-qm', 'Gone', '--no-verify');
    expect(flat(await run(desk))).toMatch(/cannot be read any more, or is gone/);
  });
});

describe('signatures of commits', () => {
  it('are missed where the base is signed', async () => {
    const desk = branch();
    forge(desk, 'hanako');
    desk.commit('Not signed');
    expect(flat(await run(desk))).not.toContain('commit-unproven');
    // A signature by a key that nobody here knows, in a commit made by hand.
    const object = desk.git('cat-file', 'commit', 'main').replace('\n\n', '\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n iQAA\n -----END PGP SIGNATURE-----\n\n');
    const signed = execFileSync('git', ['hash-object', '-t', 'commit', '-w', '--stdin'], { cwd: desk.root, input: object, encoding: 'utf8' }).trim();
    desk.git('update-ref', 'refs/heads/signed', signed);
    desk.git('rebase', '-q', '--onto', 'signed', 'main', 'work');
    expect(flat(await run(desk, { range: 'signed' }))).toContain('warning commit-unproven Hanako: not signed');
    const second = execFileSync('git', ['hash-object', '-t', 'commit', '-w', '--stdin'], { cwd: desk.root, input: object.replace(/^parent .*$/m, `parent ${signed}`), encoding: 'utf8' }).trim();
    expect(flat(await run(desk, { range: `main~1..${second}` }))).toMatch(/2 commits, this one first: signed, not checked: the key is not known here(?!.*this one first)/);
  });
});
