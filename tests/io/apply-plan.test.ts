import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decrypt, readMessage, readPrivateKey } from 'openpgp';
import { afterEach, describe, expect, it } from 'vitest';
import type { Plan } from '../../src/domain/plan.ts';
import { applyPlan, repair } from '../../src/io/apply-plan.ts';
import { chooseClock } from '../../src/io/clock.ts';
import { aMessage, aPlan, aPublication, CASE, ENTRY } from '../support/a-plan.ts';
import { anApplier } from '../support/an-applier.ts';
import { tempGnupg } from '../support/temp-gnupg.ts';
import { tempRepository, testPerson } from '../support/temp-repo.ts';
import type { TempRepository, TestPerson } from '../support/temp-repo.ts';

let repository: TempRepository;
afterEach(() => repository.dispose());

const apply = (plan: Plan): ReturnType<typeof applyPlan> => applyPlan(anApplier(repository.root), plan, repository.configuration);

/** Nothing was written, staged, committed or left behind. */
function expectUntouched(head: string): void {
  expect(repository.git('rev-parse', 'HEAD').trim()).toBe(head);
  expect(existsSync(join(repository.root, CASE, 'case.md'))).toBe(false);
  expect(existsSync(join(repository.root, 'outbox'))).toBe(false);
  expect(existsSync(join(repository.root, '.git/vcc/journal.json'))).toBe(false);
}

async function refusesUntouched(plan: Plan, code: string): Promise<string> {
  const head = repository.git('rev-parse', 'HEAD').trim();
  const problem: unknown = await apply(plan).catch((thrown: unknown) => thrown);
  expect(problem).toMatchObject({ name: 'VccError', code });
  expectUntouched(head);
  return (problem as Error).message;
}

const sealed = (plaintext = 'reporter: a person'): Plan => aPlan({ seals: [{ path: `${CASE}/sealed/reporter.asc`, plaintext }] });

it('publishes nothing by a clock that is ahead of the machine\'s', async () => {
  repository = await tempRepository();
  const ahead = anApplier(repository.root, { clock: chooseClock('2999-06-06T12:00:00+09:00', undefined) });
  const head = repository.git('rev-parse', 'HEAD').trim();
  await expect(applyPlan(ahead, aPlan({ publication: aPublication }), repository.configuration)).rejects.toMatchObject({ code: 'early-clock' });
  expectUntouched(head);
  expect(existsSync(repository.publicRoot)).toBe(false);
});

describe('a plan that is carried out', () => {
  it('is one commit of exactly its files, dated by --now, with nothing left over', async () => {
    repository = await tempRepository();
    repository.write('notes/untracked.txt', 'mine\n');
    const { commit, outbox } = await apply(aPlan());
    expect(outbox).toEqual([]);
    expect(repository.git('rev-parse', 'HEAD').trim()).toBe(commit);
    expect(repository.git('show', '--format=%an %ae %aI %cI%n%B', '--name-only', commit)).toBe(
      `Hanako hanako@centre.example 2014-06-06T12:00:00+09:00 2014-06-06T12:00:00+09:00\n61247051: note\n\n# A line that begins with a hash stays.\n\nCase: 61247051\nEvent: note\n\n\n${CASE}/case.md\n${ENTRY}\n`,
    );
    expect(repository.git('status', '--porcelain')).toBe('?? notes/\n');
    expect(repository.read(ENTRY)).toContain('日本語の本文');
    expect(existsSync(join(repository.root, '.git/vcc/run'))).toBe(false);
    expect(readdirSync(join(repository.root, '.git/vcc'))).toEqual([]);
    repository.git('fsck', '--strict');
  });

  it('is committed where an ignore file hides what it writes', async () => {
    repository = await tempRepository();
    writeFileSync(join(repository.root, '.git/info/exclude'), 'log/\n*.asc\n');
    const { commit } = await apply(sealed());
    expect(repository.git('ls-tree', '-r', '--name-only', commit).split('\n')).toEqual(expect.arrayContaining([ENTRY, `${CASE}/sealed/reporter.asc`]));
  });

  it('seals to every key of the team, and to nobody else', async () => {
    repository = await tempRepository();
    await apply(sealed());
    const armoredMessage = repository.read(`${CASE}/sealed/reporter.asc`);
    const message = await readMessage({ armoredMessage });
    expect(message.getEncryptionKeyIDs()).toHaveLength(2);
    for (const { privateKey } of repository.team) {
      const opened = await decrypt({ message: await readMessage({ armoredMessage }), decryptionKeys: await readPrivateKey({ armoredKey: privateKey }) });
      expect(opened.data).toBe('reporter: a person');
    }
  });

  it('puts the mail into the outbox, named without an address', async () => {
    repository = await tempRepository();
    const reporter = await testPerson('reporter');
    const { outbox } = await apply(aPlan({ messages: [aMessage({ encryption: { kind: 'given-key', armored: reporter.publicKey } })] }));
    expect(outbox).toHaveLength(1);
    expect(outbox[0]).toMatch(/^outbox\/20140606T030000Z-61247051-reporter-[0-9a-f]{4}\.eml$/);
    expect(repository.read(outbox[0] as string)).toContain('multipart/encrypted');
    expect(repository.git('status', '--porcelain')).toBe('');
  });

  it('lets nobody else on the machine read a mail, waiting or in the outbox', async () => {
    repository = await tempRepository();
    const modeOf = (path: string): number => statSync(join(repository.root, path)).mode & 0o777;
    const waiting: number[] = [];
    const onStep = (step: string): void => {
      if (step === 'journal') waiting.push(modeOf('.git/vcc/run'), modeOf('.git/vcc/run/mail-0'));
    };
    const plan = aPlan({ messages: [aMessage({ encryption: { kind: 'in-clear', reason: 'no key, asked by phone' } })] });
    const { outbox } = await applyPlan(anApplier(repository.root, { onStep }), plan, repository.configuration);
    expect([...waiting, modeOf('outbox'), modeOf(outbox[0] as string)]).toEqual([0o700, 0o600, 0o700, 0o600]);
    expect(modeOf(ENTRY) & 0o044).toBe(statSync(join(repository.root, 'vcc.yaml')).mode & 0o044);
  });

  it('publishes first, into a repository that it makes, by the same person', async () => {
    repository = await tempRepository();
    const { publicCommit } = await apply(aPlan({ publication: aPublication }));
    const show = execFileSync('git', ['show', '--format=%H %an %aI%n%s', '--name-only'], { cwd: repository.publicRoot, encoding: 'utf8' });
    expect(show).toBe(`${publicCommit ?? ''} Hanako 2014-06-06T12:00:00+09:00\nJVN#61247051: publish\n\n2014/JVN61247051/advisory.en.md\n2014/JVN61247051/advisory.ja.md\n`);
  });

  it('puts a signature beside a public file, and reads the key once for that and for the letters', async () => {
    repository = await tempRepository();
    const [path] = aPublication.files.map((file) => file.path);
    const vendor = await testPerson('vendor');
    repository.write(`keys/${vendor.key}.asc`, vendor.publicKey);
    repository.commit('A key');
    const passphrases: string[] = [];
    const locked = await testPerson('hanako-locked', { passphrase: 'correct horse' });
    const configuration = { ...repository.configuration, team: repository.configuration.team.map((member, index) => (index === 0 ? { ...member, key: locked.key } : member)) };
    repository.actAs({ ...locked, name: 'Hanako', email: 'hanako@centre.example' });
    const applier = anApplier(repository.root);
    const asking = { ...applier, ask: { ...applier.ask, secret: ({ flag }: { readonly flag: string }) => Promise.resolve((passphrases.push(flag), 'correct horse')) } };
    await applyPlan(asking, aPlan({ publication: { ...aPublication, signed: [path ?? ''] }, messages: [aMessage({ encryption: { kind: 'registered-key', fingerprint: vendor.key } })] }), configuration);
    expect(passphrases).toEqual(['VCC_PASSPHRASE']);
    const reader = tempGnupg();
    reader.gpg(['--import'], locked.publicKey);
    expect(reader.gpg(['--verify', join(repository.publicRoot, `${path ?? ''}.asc`), join(repository.publicRoot, path ?? '')]).status).toContain('GOODSIG');
    reader.dispose();
    expect(execFileSync('git', ['status', '--porcelain'], { cwd: repository.publicRoot, encoding: 'utf8' })).toBe('');
  });

  it('signs nothing that it does not write', async () => {
    repository = await tempRepository();
    await expect(apply(aPlan({ publication: { ...aPublication, signed: ['other.json'] } }))).rejects.toThrow('signs other.json and does not write it');
    expect(existsSync(repository.publicRoot)).toBe(false);
  });

  it('makes no second public commit of the same bytes', async () => {
    repository = await tempRepository();
    const first = await apply(aPlan({ publication: aPublication }));
    const again = aPlan({ publication: aPublication, writes: [{ path: `${CASE}/log/20140606T030001Z-note-abce.md`, text: 'again\n' }] });
    const second = await apply(again);
    expect(second.publicCommit).toBe(first.publicCommit);
    expect(second.commit).not.toBe(first.commit);
  });

  it('runs the hooks on what will be committed', async () => {
    repository = await tempRepository();
    const seen = join(repository.folder, 'seen');
    const hook = join(repository.root, '.git/hooks/pre-commit');
    writeFileSync(hook, `#!/bin/sh\ngit diff --cached --name-only >'${seen}'\n`);
    chmodSync(hook, 0o755);
    await apply(aPlan());
    expect(execFileSync('cat', [seen], { encoding: 'utf8' })).toBe(`${CASE}/case.md\n${ENTRY}\n`);
  });
});

describe('a plan that is refused writes nothing', () => {
  it('when a hook says no', async () => {
    repository = await tempRepository();
    const hook = join(repository.root, '.git/hooks/pre-commit');
    writeFileSync(hook, '#!/bin/sh\necho "not \u001b[31mthis" >&2\nexit 1\n');
    chmodSync(hook, 0o755);
    expect(await refusesUntouched(aPlan(), 'git-failed')).toContain('not \\x1b[31mthis');
    expect(repository.git('status', '--porcelain')).toBe('');
  });

  it.each([
    ['expired', async (): Promise<TestPerson> => testPerson('late', { lifetime: 3600 })],
    ['another key than its name says', async (): Promise<TestPerson> => testPerson('stranger')],
  ])('when the key of a member is %s', async (_, who) => {
    repository = await tempRepository();
    const person = await who();
    const [first, second] = repository.team as [TestPerson, TestPerson];
    repository.configuration.team[1] = { slug: second.slug, name: second.name, email: second.email, key: person.slug === 'late' ? person.key : second.key };
    repository.write(`keys/${person.slug === 'late' ? person.key : second.key}.asc`, person.publicKey);
    repository.commit('Change a key');
    const message = await refusesUntouched(sealed(), 'team-key');
    expect(message).toContain(second.name);
    expect(message).not.toContain(first.name);
  });

  it('when the key of a member is missing', async () => {
    repository = await tempRepository();
    repository.git('rm', '--quiet', `keys/${repository.team[1]?.key ?? ''}.asc`);
    repository.commit('Lose a key');
    await refusesUntouched(sealed(), 'team-key');
  });

  it('when the recipient has no key, or nobody said why it goes in clear', async () => {
    repository = await tempRepository();
    await refusesUntouched(aPlan({ messages: [aMessage({ encryption: { kind: 'registered-key', fingerprint: 'A'.repeat(40) } })] }), 'no-key');
    await refusesUntouched(aPlan({ messages: [aMessage({ encryption: { kind: 'in-clear', reason: ' ' } })] }), 'no-key');
  });

  it('when the one who types is unknown, or not in the team', async () => {
    repository = await tempRepository();
    const message = aMessage({ encryption: { kind: 'in-clear', reason: 'no key, asked by phone' } });
    repository.git('config', 'user.email', 'stranger@example.org');
    await refusesUntouched(aPlan({ messages: [message] }), 'not-in-team');
    repository.git('config', '--unset', 'user.email');
    await refusesUntouched(aPlan(), 'no-identity');
  });

  it.each(['vcc.yaml', 'policy.yaml', 'vendors/acme.yaml', `${CASE}/log/note.md`])('when %s has uncommitted changes', async (path) => {
    repository = await tempRepository();
    repository.write(path, 'changed\n');
    expect(await refusesUntouched(aPlan(), 'uncommitted')).toContain(path);
  });

  it('when anything at all is staged', async () => {
    repository = await tempRepository();
    repository.write('elsewhere.txt', 'x\n');
    repository.git('add', 'elsewhere.txt');
    await refusesUntouched(aPlan(), 'uncommitted');
  });

  it('and shows names of files with line ends in them on one line', async () => {
    repository = await tempRepository();
    repository.write('vendors/a\nvcc: all is well\u001b[2J.yaml', 'x\n');
    expect(await refusesUntouched(aPlan(), 'uncommitted')).toContain('\n  vendors/a\\nvcc: all is well\\x1b[2J.yaml');
  });

  it('when a merge is under way', async () => {
    repository = await tempRepository();
    repository.git('checkout', '--quiet', '-b', 'side');
    repository.write('side.txt', 'x\n');
    repository.commit('Side');
    repository.git('checkout', '--quiet', 'main');
    repository.git('merge', '--quiet', '--no-commit', '--no-ff', 'side');
    await refusesUntouched(aPlan(), 'under-way');
  });

  it('when a folder on the way is a symlink, or the path leaves the repository', async () => {
    repository = await tempRepository();
    mkdirSync(join(repository.folder, 'target'));
    symlinkSync('../../target', join(repository.root, 'vendors'));
    repository.commit('A symlink');
    await refusesUntouched(aPlan({ writes: [{ path: 'vendors/acme.yaml', text: 'x' }] }), 'unsafe-path');
    await refusesUntouched(aPlan({ writes: [{ path: '../target/x', text: 'x' }] }), 'unsafe-path');
    await refusesUntouched(aPlan({ writes: [{ path: '.GIT/hooks/pre-commit', text: 'x' }] }), 'unsafe-path');
    expect(readdirSync(join(repository.folder, 'target'))).toEqual([]);
  });

  it('when a log entry of that name exists', async () => {
    repository = await tempRepository();
    repository.write(ENTRY, 'first\n');
    repository.commit('An entry');
    await refusesUntouched(aPlan(), 'exists');
    expect(repository.read(ENTRY)).toBe('first\n');
  });

  it.each([
    ['a clone of this one', (clone: string, root: string) => execFileSync('git', ['clone', '--quiet', root, clone]), 'has vcc.yaml'],
    [
      'a work tree of this one',
      (clone: string, root: string) => {
        execFileSync('git', ['worktree', 'add', '--quiet', '--detach', clone], { cwd: root, stdio: 'ignore' });
        execFileSync('git', ['checkout', '--quiet', '--orphan', 'public'], { cwd: clone });
        execFileSync('git', ['rm', '--quiet', '-r', '--force', '.'], { cwd: clone });
      },
      'is a work tree',
    ],
    [
      'a clone whose files were taken away',
      (clone: string, root: string) => {
        execFileSync('git', ['clone', '--quiet', root, clone]);
        execFileSync('git', ['rm', '--quiet', '-r', '.'], { cwd: clone });
        execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.org', 'commit', '--quiet', '-m', 'Empty it'], { cwd: clone });
      },
      'has the history',
    ],
    [
      'an old case repository',
      (clone: string) => {
        execFileSync('git', ['init', '--quiet', clone]);
        mkdirSync(join(clone, 'cases'));
      },
      'has cases',
    ],
    ['this one by another name', (clone: string, root: string) => symlinkSync(root, `${clone}-link`), 'inside of the case repository'],
  ])('when the public repository is %s', async (_what, make, why) => {
    repository = await tempRepository();
    make(repository.publicRoot, repository.root);
    if (existsSync(`${repository.publicRoot}-link`)) repository.configuration.public = { repository: '../public-link/inside', url: 'https://public.centre.example' };
    expect(await refusesUntouched(aPlan({ publication: aPublication }), 'public-repository')).toContain(why);
  });

  it('when the public repository lies inside of this one, or is some other folder', async () => {
    repository = await tempRepository();
    repository.configuration.public = { repository: 'public', url: 'https://public.centre.example' };
    await refusesUntouched(aPlan({ publication: aPublication }), 'public-repository');
    repository.configuration.public = { repository: '../absent/public', url: 'https://public.centre.example' };
    expect(await refusesUntouched(aPlan({ publication: aPublication }), 'public-repository')).toContain('does not exist');
    expect(existsSync(join(repository.folder, 'absent'))).toBe(false);
    repository.configuration.public = { repository: '../public', url: 'https://public.centre.example' };
    mkdirSync(repository.publicRoot);
    writeFileSync(join(repository.publicRoot, 'mine.txt'), 'x');
    await refusesUntouched(aPlan({ publication: aPublication }), 'public-repository');
  });
});

it('puts back a file that a failed run had changed, and only its own folders go', async () => {
  repository = await tempRepository();
  repository.write(`${CASE}/case.md`, 'as it was\n');
  repository.commit('A case');
  const hook = join(repository.root, '.git/hooks/commit-msg');
  writeFileSync(hook, '#!/bin/sh\nexit 1\n');
  chmodSync(hook, 0o755);
  await expect(apply(aPlan())).rejects.toMatchObject({ code: 'git-failed' });
  expect(repository.read(`${CASE}/case.md`)).toBe('as it was\n');
  expect(readdirSync(join(repository.root, CASE))).toEqual(['case.md']);
  expect(repository.git('status', '--porcelain')).toBe('');
});

it('says so when it is published and cannot be recorded, and finishes with the next command', async () => {
  repository = await tempRepository();
  const hook = join(repository.root, '.git/hooks/pre-commit');
  writeFileSync(hook, '#!/bin/sh\nexit 1\n');
  chmodSync(hook, 0o755);
  await expect(apply(aPlan({ publication: aPublication }))).rejects.toMatchObject({ code: 'published-not-recorded' });
  chmodSync(hook, 0o644);
  const next = aPlan({ writes: [{ path: `${CASE}/log/20140606T030001Z-note-abce.md`, text: 'next\n' }] });
  await expect(apply(next)).rejects.toMatchObject({ code: 'repaired', message: expect.stringContaining('finished') as string });
  expect(repository.git('log', '-1', '--format=%s').trim()).toBe('61247051: note');
  await apply(next);
  expect(repository.git('status', '--porcelain')).toBe('');
});

describe('a file that goes from the public repository', () => {
  const [first] = aPublication.files;
  const going = (): Plan => aPlan({ writes: [], publication: { files: [], removed: [first.path], commit: { subject: 'site: build', body: '', trailers: [] } } });

  it('is gone from the commit, and what stands beside it stays', async () => {
    repository = await tempRepository();
    await apply(aPlan({ publication: aPublication }));
    await apply(going());
    expect(repository.git('-C', repository.publicRoot, 'ls-files').trim()).toBe(aPublication.files[1].path);
    expect(repository.git('-C', repository.publicRoot, 'status', '--porcelain')).toBe('');
  });

  it('is back where the commit fails', async () => {
    repository = await tempRepository();
    await apply(aPlan({ publication: aPublication }));
    writeFileSync(join(repository.publicRoot, '.git/hooks/pre-commit'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    await expect(apply(going())).rejects.toMatchObject({ name: 'VccError' });
    expect(existsSync(join(repository.publicRoot, first.path))).toBe(true);
    expect(repository.git('-C', repository.publicRoot, 'status', '--porcelain')).toBe('');
  });
});

describe('an index that another git holds', () => {
  const lock = (): string => join(repository.root, '.git/index.lock');

  it('is waited for, and then refused before anything is written', async () => {
    repository = await tempRepository();
    writeFileSync(lock(), '');
    expect(await refusesUntouched(aPlan(), 'locked')).toContain('nothing was written');
    expect(existsSync(lock())).toBe(true);
    const waiting = apply(aPlan());
    rmSync(lock());
    expect((await waiting).commit).toBe(repository.git('rev-parse', 'HEAD').trim());
  });

  it('from the moment of our commit on is left alone, whatever its age: the letter goes out once, and that all is done is said', async () => {
    repository = await tempRepository();
    const plan = aPlan({ messages: [aMessage({ encryption: { kind: 'in-clear', reason: 'a test' } })] });
    const onStep = (step: string): void => {
      if (step === 'private commit') writeFileSync(lock(), '');
    };
    const problem: unknown = await applyPlan(anApplier(repository.root, { onStep }), plan, repository.configuration).catch((thrown: unknown) => thrown);
    expect(problem).toMatchObject({ code: 'locked', message: expect.stringContaining('This is done and committed (case 61247051 is noted)') as string, hint: expect.stringContaining('Do not type the command again') as string });
    expect(existsSync(lock())).toBe(true);
    const head = repository.git('rev-parse', 'HEAD').trim();
    expect(repository.git('show', '--format=%s', '--no-patch').trim()).toBe('61247051: note');
    expect(readdirSync(join(repository.root, 'outbox'))).toHaveLength(1);
    // By a run that comes later, old enough not to be the lock of a git of ours that was killed.
    utimesSync(lock(), 1, 1);
    await expect(repair(anApplier(repository.root))).rejects.toMatchObject({ code: 'locked' });
    rmSync(lock());
    expect(await repair(anApplier(repository.root))).toEqual({ said: 'an earlier run was interrupted (case 61247051 is noted); it is now finished', isDone: true });
    expect([repository.git('rev-parse', 'HEAD').trim(), repository.git('status', '--porcelain'), readdirSync(join(repository.root, 'outbox')).length]).toEqual([head, '', 1]);
  });

  it('before our commit, nothing is committed, and the next run takes back what was written', async () => {
    repository = await tempRepository();
    const head = repository.git('rev-parse', 'HEAD').trim();
    writeFileSync(join(repository.root, '.git/hooks/pre-commit'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    const onStep = (step: string): void => {
      if (step === 'private staged') writeFileSync(lock(), '');
    };
    await expect(applyPlan(anApplier(repository.root, { onStep }), aPlan(), repository.configuration)).rejects.toMatchObject({ code: 'locked', message: expect.stringContaining('Nothing is committed.') as string });
    rmSync(lock());
    expect(await repair(anApplier(repository.root))).toMatchObject({ isDone: false, said: expect.stringContaining('undone') as string });
    expectUntouched(head);
  });
});
