import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lint } from '../../src/commands/lint.ts';
import { notify } from '../../src/commands/notify.ts';
import { record } from '../../src/commands/record.ts';
import { reporterKey } from '../../src/commands/reporter-key.ts';
import { seal } from '../../src/commands/seal.ts';
import { teamAdd } from '../../src/commands/team.ts';
import { vendorAdd } from '../../src/commands/vendor.ts';
import { gitFacts } from '../../src/io/git.ts';
import { leakingTags } from '../../src/leaking-texts.ts';
import { accept, aDesk, FOLDER, happened, NUMBER, takeIn, typed, type Desk } from '../support/a-desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await aDesk();
}, 60_000);
afterEach(() => desk.dispose());

const sealed = (): string[] => readdirSync(join(desk.root, FOLDER, 'sealed')).sort();
const problemOf = (promise: Promise<unknown>): Promise<unknown> => promise.catch((thrown: unknown) => thrown);
const withoutGuards = (): string => JSON.stringify({ ...(JSON.parse(desk.read('vcc.yaml')) as object), leakGuard: 'none' }, null, 2);
const SAID = 'We found the same flaw in our older routers as well and will not repair those, because they are out of support.';

describe('what a vendor says in a mail', () => {
  beforeEach(async () => {
    await takeIn(desk);
    await accept(desk);
    await typed(desk, notify, { case: NUMBER, vendor: ['acme', 'libre'] }, '2014-05-02T10:00');
    const mail = desk.file('answer.eml', `From: PSIRT <psirt@acme.example>\nSubject: Re: [JVN#${NUMBER}]\nDate: Sat, 03 May 2014 10:00:00 +0900\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n${SAID}\n`);
    await typed(desk, record, { case: NUMBER, event: 'vendor-replied', flags: { vendor: 'acme', progress: 'accepted', from: mail } }, '2014-05-03T12:00');
    await happened(desk, 'vendor-replied', { vendor: 'libre', progress: 'accepted' }, '2014-05-03T13:00');
  }, 60_000);

  const details = (vendor: string) => typed(desk, notify, { case: NUMBER, vendor: [vendor], purpose: 'details', text: `Somebody else says: ${SAID}` }, '2014-05-04T10:00');
  const note = () => happened(desk, 'note', { text: `Acme: ${SAID}` }, '2014-05-04T10:00');

  it('goes to no other vendor and into no other entry, and back to that vendor', async () => {
    expect(sealed().filter((name) => name.startsWith('mail-'))).toEqual([expect.stringMatching(/\.asc$/), expect.stringMatching(/\.guard\.yaml$/)]);
    expect(await problemOf(details('libre'))).toMatchObject({ code: 'would-leak', message: expect.stringContaining('the message to libre gives words of a confidential mail of acme') as unknown });
    expect(await problemOf(note())).toMatchObject({ code: 'would-not-lint', findings: [expect.objectContaining({ rule: 'sealed-in-clear' })] });
    expect(desk.git('status', '--porcelain')).toBe('');
    expect((await details('acme')).code).toBe(0);
  }, 60_000);

  it('is free once the vendor has stated it for everybody', async () => {
    await happened(desk, 'vendor-status', { vendor: 'acme', status: 'affected', statementEn: SAID }, '2014-05-04T09:00');
    expect((await note()).code).toBe(0);
    expect((await details('libre')).code).toBe(0);
  }, 60_000);
});

describe('a report that is taken in', () => {
  it('says which names nothing will find', async () => {
    const { stderr } = await takeIn(desk, { reporter: { handle: 'abc' } });
    expect(stderr.join('\n')).toContain('look for it yourself: handle of the reporter');
  });

  it('gets no guards where the organisation wants none', async () => {
    desk.write('vcc.yaml', withoutGuards());
    desk.commit('No guards');
    await takeIn(desk);
    expect(sealed().filter((name) => name.endsWith('.yaml'))).toEqual([]);
    expect((await typed(desk, lint, {}, '2014-05-04T10:00')).code).toBe(0);
  });

  it('keeps its guards for good, unless the organisation wants none any more', async () => {
    await takeIn(desk);
    desk.git('rm', '--quiet', `${FOLDER}/sealed/reporter.guard.yaml`);
    expect((await typed(desk, lint, { staged: true }, '2014-05-04T10:00')).printed).toContain('sealed-rewritten');
    desk.write('vcc.yaml', withoutGuards());
    desk.git('add', 'vcc.yaml');
    expect((await typed(desk, lint, { staged: true }, '2014-05-04T10:00')).printed).not.toContain('sealed-rewritten');
  });

  it('has guards that cost little, and one that does not is an error', async () => {
    await takeIn(desk);
    const path = `${FOLDER}/sealed/reporter.guard.yaml`;
    const guard = (marks: readonly string[]): string => `schemaVersion: 1\nsalt: ${'ab'.repeat(32)}\nmarks:\n  poc:\n${marks.map((mark) => `    - ${mark}-${'0'.repeat(16)}\n`).join('')}`;
    const found = async (marks: readonly string[]): Promise<string> => {
      desk.write(path, guard(marks));
      return (await typed(desk, lint, {}, '2014-05-04T10:00')).printed;
    };
    expect(await found(Array.from({ length: 30 }, (_, count) => `${count + 1}-600`))).not.toContain('guard.yaml');
    expect(await found(Array.from({ length: 31 }, (_, count) => `${count + 1}-600`))).toContain('more than 30 different numbers of words');
    expect(await found(['3-601'])).toContain('reporter.guard.yaml:5:');
  });

  it('is found by its own lint where a guard was spoiled', async () => {
    await takeIn(desk);
    desk.write(`${FOLDER}/sealed/reporter.guard.yaml`, 'schemaVersion: 1\nsalt: short\nmarks: {}\n');
    expect((await typed(desk, lint, {}, '2014-05-04T10:00')).printed).toContain('reporter.guard.yaml:2:');
  });
});

describe('what is sealed later', () => {
  it('is found as well: a file, a key of the reporter', async () => {
    await takeIn(desk, {}, {}, false);
    const poc = 'Open the page of names as a guest and type a semicolon and a command as the name.';
    await typed(desk, seal, { case: NUMBER, file: desk.file('poc-2.txt', poc), name: 'poc-2' }, '2014-05-02T10:00');
    await typed(desk, reporterKey, { file: desk.file('key.asc', desk.finder.publicKey), reporter: NUMBER }, '2014-05-02T11:00');
    expect(sealed().filter((name) => /^(?:poc-2|reporter-key-[0-9a-f]{8})\.guard\.yaml$/.test(name))).toHaveLength(2);
    for (const [text, what] of [[poc, 'proof of concept'], [`Key 0x${desk.finder.key}`, 'OpenPGP key']] as const) {
      desk.write(`${FOLDER}/case.md`, `${desk.read(`${FOLDER}/case.md`)}\n${text}\n`);
      expect((await typed(desk, lint, {}, '2014-05-04T10:00')).printed).toContain(what);
      desk.git('checkout', '--', FOLDER);
    }
  }, 60_000);
});

describe('a name that is a word of every day', () => {
  const note = () => happened(desk, 'note', { text: 'The panther of the vendor is an old router.' }, '2014-05-04T10:00');
  const found = async (): Promise<boolean> => (await problemOf(note())) instanceof Error;

  it('stops texts until a coordinator drops its mark, and again once that is corrected', async () => {
    await takeIn(desk, { reporter: { name: 'Yamada Hanako', handle: 'panther' } });
    expect(await found()).toBe(true);
    await happened(desk, 'mark-dropped', { of: 'handle', reason: 'It is a word of the product.' }, '2014-05-04T09:00');
    expect(desk.head().subject).toContain('mark-dropped');
    expect((await note()).code).toBe(0);
    const [, name] = /log\/(\S+-mark-dropped-[0-9a-f]{4}\.md)/.exec(desk.git('ls-files', 'cases')) ?? [];
    expect(await problemOf(happened(desk, 'note', { text: 'Yamada Hanako called.' }, '2014-05-04T11:00'))).toBeInstanceOf(Error);
    desk.git('revert', '--no-edit', 'HEAD');
    await happened(desk, 'corrected', { entry: name ?? '', reason: 'It is looked for again.' }, '2014-05-04T12:00');
    expect(await found()).toBe(true);
  }, 60_000);
});

describe('who once reported', () => {
  const PERSON = 'Yamada Hanako <yamada@finder.example>';
  const hook = () => {
    const message = desk.file('message.txt', desk.git('log', '-1', '--format=%B'));
    desk.git('reset', '--quiet', '--soft', 'HEAD~1');
    return typed(desk, lint, { message }, '2014-05-04T10:00');
  };
  beforeEach(async () => {
    await takeIn(desk);
  }, 60_000);

  it('may join the team and become the contact of a vendor, and the hook lets it pass', async () => {
    const key = desk.file('key.asc', desk.finder.publicKey);
    await typed(desk, teamAdd, { person: PERSON, key }, '2014-05-04T10:00');
    expect(desk.head().body).not.toContain('Yamada');
    expect(await hook()).toMatchObject({ code: 0, printed: '[]' });
    desk.git('reset', '--quiet', '--hard');
    await typed(desk, vendorAdd, { slug: 'yamada-hanako', name: 'Yamada Hanako', kind: 'open-source', email: 'yamada@finder.example', language: 'en', key }, '2014-05-04T10:00');
    expect(await hook()).toMatchObject({ code: 0, printed: '[]' });
  }, 60_000);

  it('signs entries of that case as well', async () => {
    const { team, ...rest } = JSON.parse(desk.read('vcc.yaml')) as { readonly team: readonly { readonly slug: string }[] };
    desk.write('vcc.yaml', JSON.stringify({ ...rest, team: team.map((member, place) => (place === 0 ? { ...member, slug: 'yamada-hanako' } : member)) }, null, 2));
    desk.commit('Another short name');
    expect((await happened(desk, 'note', { text: 'Looked at it.' }, '2014-05-04T10:00')).code).toBe(0);
    expect(desk.entry('note')).toContain('by: yamada-hanako');
  }, 60_000);

  it('is found in what commits added, also where it is gone again, and as their author', async () => {
    const before = desk.git('rev-parse', 'HEAD').trim();
    const commits = () => typed(desk, lint, { commits: `${before}..HEAD` }, '2014-05-04T10:00');
    desk.write(`${FOLDER}/case.md`, `${desk.read(`${FOLDER}/case.md`)}\nTold by Yamada\nHanako.\n`);
    desk.write('README.md', 'One.\n++ two\nAs Yamada Hanako says.\n');
    desk.write('Yamada Hanako.md', 'As Yamada Hanako says.\n');
    desk.commit('Write it down');
    desk.git('revert', '--no-edit', 'HEAD');
    expect((await typed(desk, lint, {}, '2014-05-04T10:00')).code).toBe(0);
    const { code, printed } = await commits();
    expect(code).toBe(1);
    expect(printed).toMatch(/commit [0-9a-f]{12}: README\.md:3:4 .*gives the name of the reporter of a case/);
    expect(printed).toMatch(/commit [0-9a-f]{12}: cases\/2014\/61247051\/case\.md:\d\d:9 .*gives the name of the reporter/);
    expect(printed).toMatch(/the name of a file gives who reported/);
    expect(printed).not.toMatch(/hanako/i);
    desk.git('reset', '--quiet', '--hard', before);
    desk.git('commit', '--quiet', '--allow-empty', '-m', 'x', '--author', 'Yamada Hanako <x@y.example>');
    expect((await commits()).printed).toMatch(/author or committer of commit [0-9a-f]{12}.*gives the name of the reporter of a case/);
    desk.git('reset', '--quiet', '--hard', before);
    desk.git('commit', '--quiet', '--allow-empty', '-m', 'x');
    expect((await commits()).code).toBe(0);
  }, 60_000);

  it('is found in the message of a tag, in the name that stands in it, and as who made it, also where its commit is older than the case', async () => {
    const facts = gitFacts(desk.root, () => desk.root);
    const tags = async (...args: readonly string[]): Promise<readonly string[]> => {
      desk.git(...args);
      return (await leakingTags({ git: facts }, facts.treeAt('HEAD'), desk.git('rev-parse', 'refs/tags/v').trim())).map(({ file, message }) => `${file.replace(/[0-9a-f]{12}/, 'ID')}: ${message}`);
    };
    const GIVES = 'gives the name of the reporter of a case';
    expect(await tags('tag', '-a', '-m', 'Sent to the vendors', 'v')).toEqual([]);
    expect(await tags('tag', '-f', '-a', '-m', 'As Yamada Hanako says', 'v')).toEqual([`tag ID: ${GIVES}`]);
    expect(await tags('-c', 'user.name=Yamada Hanako', '-c', 'user.email=x@y.example', 'tag', '-f', '-a', '-m', 'x', 'v')).toEqual([`tagger of tag ID: ${GIVES}`]);
    desk.git('tag', '-a', '-m', 'x', 'for-yamada-hanako');
    expect(await tags('update-ref', 'refs/tags/v', 'refs/tags/for-yamada-hanako')).toEqual([`name in tag ID: ${GIVES}`]);
    const first = desk.git('rev-list', '--max-parents=0', 'HEAD').trim();
    desk.git('tag', '-f', '-a', '-m', 'As Yamada Hanako says', 'v', first);
    desk.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    expect((await leakingTags({ git: facts }, facts.treeAt(first), desk.git('rev-parse', 'v').trim())).map(({ message }) => message)).toEqual([GIVES]);
  }, 60_000);

  it('stands in no other message, and nothing says which case it was', async () => {
    desk.git('commit', '--quiet', '--allow-empty', '-m', 'vendors: as Yamada Hanako says');
    const { code, printed } = await typed(desk, lint, { message: desk.file('message.txt', 'vendors: as Yamada Hanako says') }, '2014-05-04T10:00');
    expect([code, printed]).toEqual([1, expect.stringContaining('gives the name of the reporter of a case')]);
    expect(printed).not.toContain(NUMBER);
  }, 60_000);
});

describe('a message', () => {
  it('carries no credential to a vendor, and may speak of one to the reporter', async () => {
    await takeIn(desk);
    await accept(desk);
    await typed(desk, notify, { case: NUMBER, vendor: ['acme'] }, '2014-05-02T10:00');
    await happened(desk, 'vendor-replied', { vendor: 'acme', progress: 'accepted' }, '2014-05-03T13:00');
    await typed(desk, notify, { case: NUMBER, vendor: ['acme'], purpose: 'details' }, '2014-05-04T10:00');
    await happened(desk, 'date-agreed', { party: 'team', date: '2014-06-06T12:00' }, '2014-05-05T10:00');
    const text = 'Our wiki has it: http://wiki.cert.internal/, password: s3cret';
    const refused = await problemOf(typed(desk, notify, { case: NUMBER, vendor: ['acme'], purpose: 'date', text }, '2014-05-05T11:00'));
    expect(refused).toMatchObject({ code: 'would-leak', message: expect.stringMatching(/to acme gives what looks like a password.*an internal address/) as unknown });
    expect((refused as Error).message).not.toContain('s3cret');
    expect((await typed(desk, notify, { case: NUMBER, reporter: true, purpose: 'progress', text }, '2014-05-05T11:00')).code).toBe(0);
  }, 60_000);
});
