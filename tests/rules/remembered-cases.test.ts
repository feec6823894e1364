import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { memoryAt, openCaseMemory } from '../../src/io/case-memory.ts';
import { treeAt } from '../../src/io/index-tree.ts';
import { examineInShares } from '../../src/io/shares.ts';
import { workTree } from '../../src/io/work-tree.ts';
import { handedIn, unknownCases } from '../../src/documents/remembered-cases.ts';
import { examineShare } from '../../src/commands/lint-share.ts';
import { examineRepository, type Examination } from '../../src/rules/lint-repository.ts';

const EXAMPLE = join(import.meta.dirname, '..', '..', 'cases.example');
const DAY = 86_400_000;
const NOW = Date.parse('2026-01-10T00:00:00Z');
/** More cases would say the same, and take longer. */
const LEFT_OUT = ['49820613', '27195084', '38461052', '71903468', '92065813'];
/** Whom the guards of a case of the example know. */
const REPORTER = 'Tani Ren';

let root: string;
const at = (path: string): string => join(root, path);
const git = (...args: readonly string[]): string => execFileSync('git', ['-C', root, '-c', 'user.name=A', '-c', 'user.email=a@cert.example', '-c', 'core.hooksPath=/dev/null', ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' } });

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vcc-memory-'));
  cpSync(EXAMPLE, root, { recursive: true, filter: (path) => !LEFT_OUT.some((number) => path.endsWith(`/${number}`)) });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '-A');
  git('commit', '--quiet', '-m', 'all');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** A run that may use what is remembered, and remembers; how many cases it looked at, too. */
async function withMemory(now: number): Promise<Examination> {
  const memory = await (await openCaseMemory(root))?.seen();
  const examined = examineRepository(workTree(root), { now, memory });
  examined.remembered?.keep([]);
  return examined;
}
const without = (now: number): Examination => examineRepository(workTree(root), { now });

const told = ({ findings, files, cases, suppressed }: Examination): unknown => ({ findings, files, cases, suppressed });

async function expectAlike(now = NOW, what = ''): Promise<Examination> {
  const first = await withMemory(now);
  expect(told(first), what).toEqual(told(without(now)));
  const second = await withMemory(now);
  expect(told(second), `${what}, again`).toEqual(told(first));
  return second;
}

/** Looked at in that run, of the four that there are. */
const looked = ({ remembered }: Examination): readonly string[] | undefined => remembered?.examined.map(({ number }) => number);

const CASE = 'cases/2024/36702941';
const ENTRY = `${CASE}/log/20241202T012000Z-received-eb3e.md`;
const sameTime = (path: string, change: () => void): void => {
  const { atime, mtime } = statSync(at(path));
  change();
  utimesSync(at(path), atime, mtime);
};
const replaceIn = (path: string, from: string, to: string): void => writeFileSync(at(path), readFileSync(at(path), 'utf8').replace(from, to));
const crlf = (path: string): void => writeFileSync(at(path), readFileSync(at(path), 'utf8').replaceAll('\n', '\r\n'));

describe('what is remembered of the cases', () => {
  test('saves looking at them again, and says the same', async () => {
    expect(looked(await withMemory(NOW))).toHaveLength(4);
    expect(looked(await expectAlike())).toEqual([]);
  });

  const CHANGES: Readonly<Record<string, () => void>> = {
    'an entry of the same size with the same time': () => sameTime(ENTRY, () => replaceIn(ENTRY, 'channel: form', 'channel: nope')),
    'an entry that is changed and staged': () => { replaceIn(ENTRY, 'channel: form', 'channel: nope'); git('add', '-A'); },
    'an entry that is changed and committed': () => { replaceIn(ENTRY, 'channel: form', 'channel: nope'); git('commit', '--quiet', '-a', '-m', 'x'); },
    'line ends that Git converts': () => crlf(ENTRY),
    'line ends that Git converts, once staged': () => { crlf(ENTRY); git('add', '-A'); },
    'a file that is no longer looked at': () => { git('update-index', '--assume-unchanged', ENTRY); replaceIn(ENTRY, 'channel: form', 'channel: nope'); },
    'a file that was left out of the checkout': () => { git('update-index', '--skip-worktree', ENTRY); rmSync(at(ENTRY)); },
    'a new file that nobody knows': () => writeFileSync(at(`${CASE}/notes.txt`), 'x'),
    'a new file that Git ignores': () => { appendFileSync(at('.git/info/exclude'), '*.swp\n'); writeFileSync(at(`${CASE}/.case.md.swp`), 'x'); },
    'a file that is to be added': () => { writeFileSync(at(`${CASE}/notes.txt`), 'x'); git('add', '-N', '-A'); },
    'a file that can be executed': () => chmodSync(at(ENTRY), 0o755),
    'a file that can be executed, where Git does not care': () => { git('config', 'core.fileMode', 'false'); chmodSync(at(ENTRY), 0o755); },
    'times that Git is told not to trust': () => { git('config', 'core.trustctime', 'false'); git('config', 'core.checkStat', 'minimal'); sameTime(ENTRY, () => replaceIn(ENTRY, 'channel: form', 'channel: nope')); },
    'a file whose name Git is told to take for that of another': () => { git('config', 'core.ignoreCase', 'true'); cpSync(at(ENTRY), at(ENTRY.replace('T0', 't0'))); cpSync(at(`${CASE}/case.md`), at(`${CASE}/CASE.md`)); },
    'a link in place of a file': () => { rmSync(at(ENTRY)); symlinkSync('/etc/hostname', at(ENTRY)); },
    'a link in place of a folder': () => { renameSync(at(`${CASE}/log`), at('elsewhere')); symlinkSync(at('elsewhere'), at(`${CASE}/log`)); },
    'a link in place of all cases': () => { renameSync(at('cases'), at('elsewhere')); symlinkSync(at('elsewhere'), at('cases')); },
    'a case that is gone': () => rmSync(at(CASE), { recursive: true }),
    'a case that lost case.md': () => rmSync(at(`${CASE}/case.md`)),
    'a case twice': () => cpSync(at(CASE), at(CASE.replace('2024', '2025')), { recursive: true }),
    'a CVE id in a second case': () => { cpSync(at('cases/2024/85240196/log/'), at('cases/2025/54178390/log/'), { recursive: true }); git('add', '-A'); },
    'a repository in a case': () => { mkdirSync(at(`${CASE}/inner`)); const inner = at(`${CASE}/inner`); execFileSync('git', ['init', '--quiet', inner]); execFileSync('git', ['-C', inner, '-c', 'user.name=A', '-c', 'user.email=a@cert.example', 'commit', '--quiet', '--allow-empty', '-m', 'x']); },
    'files beside the cases': () => { writeFileSync(at('cases/2024/README'), 'x'); writeFileSync(at('cases/x.md'), 'x'); },
    'a folder that some systems take for that of the cases': () => cpSync(at('cases'), at('Cases'), { recursive: true }),
    'a vendor that is gone': () => rmSync(at('vendors/northwind-devices.yaml')),
    'a vendor that is no longer readable': () => writeFileSync(at('vendors/northwind-devices.yaml'), 'a: ['),
    'another policy': () => replaceIn('policy.yaml', 'amount: 45', 'amount: 4500'),
    'another team': () => replaceIn('vcc.yaml', 'slug: hayashi', 'slug: hayashu'),
    'the name of a reporter in a file of no case': () => replaceIn('README.md', '\n', `\nThanks to ${REPORTER}.\n`),
    'the name of a reporter in a case': () => appendFileSync(at(ENTRY), `\n${REPORTER} called.\n`),
    'an id of the ledger': () => { mkdirSync(at('cves/2024'), { recursive: true }); writeFileSync(at('cves/2024/CVE-2024-9990002.yaml'), 'schemaVersion: 1\ncve: CVE-2024-9990002\nstate: published\nreserved: "2024-01-01"\nby: a\nblock: CVE-2024-9990002\ncase: "36702941"\n'); },
    'a merge that is not finished': () => { git('checkout', '--quiet', '-b', 'b'); replaceIn(ENTRY, 'by: hayashi', 'by: mori'); git('commit', '--quiet', '-a', '-m', 'b'); git('checkout', '--quiet', 'main'); replaceIn(ENTRY, 'channel: form', 'channel: mail'); replaceIn(ENTRY, 'by: hayashi', 'by: x'); git('commit', '--quiet', '-a', '-m', 'c'); try { git('merge', 'b'); } catch { /* it has a conflict */ } },
    'other bytes of the same length by a filter': () => { git('config', 'filter.other.smudge', "sed 's/channel: form/channel: nope/'"); git('config', 'filter.other.clean', "sed 's/channel: nope/channel: form/'"); appendFileSync(at('.git/info/attributes'), '*.md filter=other\n'); rmSync(at(ENTRY)); git('checkout', '--', ENTRY); },
    'an index that is split': () => git('update-index', '--split-index'),
    'an index with short names': () => git('update-index', '--index-version', '4'),
  };
  test.each(Object.keys(CHANGES))('is not used for what it no longer says: %s', async (name) => {
    await withMemory(NOW);
    CHANGES[name]?.();
    await expectAlike(NOW, name);
    git('add', '-A');
    await expectAlike(NOW, `${name}, staged`);
  });

  const GONE: Readonly<Record<string, () => void>> = {
    'is gone': () => undefined,
    'gave way to a file': () => writeFileSync(at(CASE), 'x'),
    'gave way to a link': () => symlinkSync('../2025', at(CASE)),
    'is an empty folder': () => mkdirSync(at(CASE)),
  };
  test.each(Object.keys(GONE))('of a case says no longer that another exists: one that %s', async (name) => {
    replaceIn('cases/2025/54178390/case.md', 'schemaVersion: 1\n', 'schemaVersion: 1\nrelated:\n  - "36702941"\n');
    git('add', '-A');
    expect((await expectAlike()).findings.map(({ rule }) => rule)).not.toContain('dangling-case');
    rmSync(at(CASE), { recursive: true });
    GONE[name]?.();
    expect((await expectAlike()).findings.map(({ rule }) => rule)).toContain('dangling-case');
  });

  test('is looked through for a name that comes into a file of no case', async () => {
    await withMemory(NOW);
    appendFileSync(at('README.md'), `\nThanks to ${REPORTER}.\n`);
    const run = await expectAlike();
    expect(looked(run)).toEqual([]);
    expect(run.findings.filter(({ rule }) => rule === 'sealed-in-clear')).toMatchObject([{ file: 'README.md' }]);
  });

  test('holds from one clock that runs out to the next, and not beyond', async () => {
    let most = 0;
    for (const days of [0, 1, -1, 30, -400, -500, -200, 0, 400, -700, -390, -395]) {
      const run = await withMemory(NOW + days * DAY);
      expect(told(run), String(days)).toEqual(told(without(NOW + days * DAY)));
      most = Math.max(most, 9 - (looked(run)?.length ?? 9));
    }
    expect(most).toBeGreaterThan(4);
  });

  test('is thrown away where it is cut off, changed, or not ours', async () => {
    const store = at('.git/vcc/cases');
    for (const spoil of [() => truncateSync(store, 900), () => truncateSync(store, 0), () => writeFileSync(store, 'x\ny\nz\n{}'), () => writeFileSync(store, readFileSync(store, 'utf8').replace('36702941', '36702942')), () => writeFileSync(store, readFileSync(store, 'utf8').replace(/\t[0-9]+\t\[\{/, '\t9999\t[{'))]) {
      await withMemory(NOW);
      spoil();
      expect(looked(await withMemory(NOW))).toHaveLength(4);
      await expectAlike();
    }
    rmSync(store);
    mkdirSync(store);
    await expectAlike();
    expect(readdirSync(at('.git/vcc'))).toEqual(['cases', 'index']);
  });

  test('holds of a case what was looked at, and nothing that was written after Git had looked', async () => {
    const before = readFileSync(at(ENTRY));
    for (const [path, change] of [[ENTRY, () => replaceIn(ENTRY, 'channel: form', 'channel: nope')], [`${CASE}/notes.txt`, () => writeFileSync(at(`${CASE}/notes.txt`), 'x')]] as const) {
      const memory = await (await openCaseMemory(root))?.seen();
      change();
      const examined = examineRepository(workTree(root), { now: NOW, memory });
      expect(examined.findings.filter(({ file }) => file === path)).toHaveLength(1);
      examined.remembered?.keep([]);
      rmSync(at(`${CASE}/notes.txt`), { force: true });
      writeFileSync(at(ENTRY), before);
      git('add', '-A');
      expect(looked(await withMemory(NOW))).toEqual(['36702941']);
      await expectAlike();
      rmSync(at('.git/vcc'), { recursive: true });
    }
  });

  test.each(['sha1', 'sha256'])('holds in another clone, whose files have other times (%s)', async (format) => {
    const [first, other] = [root, mkdtempSync(join(tmpdir(), 'vcc-clone-'))];
    try {
      rmSync(at('.git'), { recursive: true });
      git('init', '--quiet', `--object-format=${format}`);
      git('add', '-A');
      git('commit', '--quiet', '-m', 'all');
      await withMemory(NOW);
      git('clone', '--quiet', first, join(other, 'clone'));
      root = join(other, 'clone');
      cpSync(join(first, '.git/vcc'), at('.git/vcc'), { recursive: true });
      expect(looked(await expectAlike())).toEqual([]);
      replaceIn(ENTRY, 'channel: form', 'channel: nope');
      expect(looked(await withMemory(NOW))).toEqual(['36702941']);
    } finally {
      root = first;
      rmSync(other, { recursive: true });
    }
  });

  test('holds for a commit that has the same files, as a push looks at it', async () => {
    const ofCommit = async (): Promise<Examination> => {
      const memory = await memoryAt(root, 'HEAD');
      const tree = treeAt(root, 'HEAD');
      expect(memory?.others).toEqual(tree.files('').filter(({ path }) => !/^cases\/[0-9]{4}\/[0-9]{8}\//.test(path)));
      const examined = examineRepository(tree, { now: NOW, memory });
      expect(told(examined)).toEqual(told(examineRepository(treeAt(root, 'HEAD'), { now: NOW })));
      examined.remembered?.keep([]);
      return examined;
    };
    expect(looked(await ofCommit())).toHaveLength(4);
    expect(looked(await withMemory(NOW))).toEqual([]);
    expect([...((await memoryAt(root, 'HEAD'))?.cases ?? [])]).toEqual([...((await (await openCaseMemory(root))?.seen())?.cases ?? [])]);
    for (const change of [() => replaceIn(ENTRY, 'channel: form', 'channel: nope'), () => chmodSync(at(ENTRY), 0o755), () => { rmSync(at(ENTRY)); symlinkSync('case.md', at(ENTRY)); }, () => writeFileSync(at(`${CASE}/n\u00e4me.md`), 'x')]) {
      change();
      // What stands in the work tree is not what is pushed.
      expect(looked(await ofCommit())).toEqual([]);
      git('add', '-A');
      git('commit', '--quiet', '-m', 'changed');
      expect(looked(await ofCommit())).toEqual(['36702941']);
      git('reset', '--quiet', '--hard', 'HEAD~1');
      expect(looked(await ofCommit())).toEqual(['36702941']);
    }
  });

  test('holds nothing that stands in no readable file', async () => {
    await withMemory(NOW);
    const kept = readFileSync(at('.git/vcc/cases'), 'utf8');
    expect(kept).not.toContain('BEGIN PGP');
    expect(kept).not.toMatch(/[0-9]-[0-9]+-[0-9a-f]{16}/);
  });

  test('a linked work tree has its own', async () => {
    const main = root;
    git('worktree', 'add', '--quiet', '--detach', `${main}.linked`);
    root = `${main}.linked`;
    await withMemory(NOW);
    replaceIn(ENTRY, 'channel: form', 'channel: nope');
    await expectAlike();
    rmSync(root, { recursive: true });
    root = main;
    expect(existsSync(at('.git/vcc/cases'))).toBe(false);
    await expectAlike();
  });
});

test('one change after the other, by chance: never another answer', { timeout: 600_000 }, async () => {
  let seed = 7;
  const chance = (below: number): number => (seed = (seed * 48_271) % 0x7fffffff) % below;
  const files = (): string[] => git('ls-files', 'cases', 'vendors').trim().split('\n').filter((path) => existsSync(at(path)) && statSync(at(path)).isFile());
  const any = (): string => { const all = files(); return all[chance(all.length)] ?? ENTRY; };
  const words = ['x', REPORTER, 'a@elsewhere.example', 'northwind-devices', 'CVE-2024-9990002', '\u202e', '{', 'vendor: tsuzura'];
  const moves: readonly (() => void)[] = [
    () => { const path = any(); sameTime(path, () => { const bytes = readFileSync(at(path)); const place = chance(bytes.length); bytes[place] = 97 + chance(26); writeFileSync(at(path), bytes); }); },
    () => appendFileSync(at(any()), `\n${words[chance(words.length)] ?? ''}\n`),
    () => rmSync(at(any())),
    () => { const path = any(); const copy = path.replace(/(?=[^/]*$)/, String(chance(9))); mkdirSync(dirname(at(copy)), { recursive: true }); cpSync(at(path), at(copy)); },
    () => renameSync(at(any()), at(any())),
    () => void git('add', '-A'),
    () => void git('commit', '--quiet', '--allow-empty', '-a', '-m', 'x'),
    () => void git('stash', '--quiet', '--include-untracked'),
    () => void git('checkout', '--quiet', 'HEAD', '--', '.'),
    () => void git('reset', '--quiet', '--hard', 'start'),
    () => void git('status'),
  ];
  git('tag', 'start');
  let saved = 0;
  for (let step = 0; step < 20; step += 1) {
    const move = chance(moves.length);
    moves[move]?.();
    const now = NOW + (chance(3) === 0 ? chance(900) - 700 : 0) * DAY;
    const run = await withMemory(now);
    expect(told(run), `step ${step}, move ${move}`).toEqual(told(without(now)));
    saved += run.remembered?.unchanged.length ?? 0;
  }
  // A memory that is never used would pass.
  expect(saved).toBeGreaterThan(20);
});

test('a folder that gave way to a link is told once', async () => {
  const [folder = ''] = git('ls-files', 'cases').split('\n').map((path) => path.split('/', 3).join('/'));
  renameSync(at(folder), at('moved'));
  symlinkSync('../../moved', at(folder));
  await expectAlike();
});

describe('cases that others examine in the same run', () => {
  const tree = (): ReturnType<typeof workTree> => workTree(root);
  async function handing(now: number, share: (folders: readonly string[], others: Parameters<typeof examineShare>[1]['others']) => Promise<readonly string[]>): Promise<Examination> {
    const memory = await (await openCaseMemory(root))?.seen();
    if (memory === undefined) throw new Error('there is no memory');
    const texts = await share(unknownCases(memory, tree(), now), memory.others);
    const examined = examineRepository(tree(), { now, memory, handed: handedIn(texts, tree()) });
    examined.remembered?.keep([]);
    return examined;
  }
  const folders = (): string[] => git('ls-files', 'cases').split('\n').map((path) => path.split('/', 3).join('/')).filter((folder, index, all) => folder !== '' && all.indexOf(folder) === index);

  test('are told as if one had examined all, by threads of the program too, and remembered', async () => {
    const all = folders();
    const examined = await handing(NOW, (unknown, others) => {
      expect(unknown).toEqual(all);
      // Shares of one case each, which know the others by name only.
      return Promise.resolve(unknown.map((own) => examineShare(tree(), { now: NOW, folders: all, format: 'sha1', own: [own], others })));
    });
    expect(told(examined)).toEqual(told(without(NOW)));
    expect(examined.remembered?.examined).toEqual([]);
    expect((await withMemory(NOW)).remembered?.examined).toEqual([]);

    rmSync(at('.git/vcc'), { recursive: true });
    // So many that several threads start: each case comes again and again.
    const threaded = await handing(NOW, (unknown, others) => examineInShares(root, Array.from({ length: 450 }, (_, index) => unknown[index % unknown.length] ?? ''), { now: NOW, folders: all, format: 'sha1', others }));
    expect(told(threaded)).toEqual(told(examined));
    expect(threaded.remembered?.examined).toEqual([]);
  });

  test('count for this run only where they looked at something else than Git had noted', async () => {
    const all = folders();
    const memory = await (await openCaseMemory(root))?.seen();
    if (memory === undefined) throw new Error('there is no memory');
    replaceIn(ENTRY, 'channel: form', 'channel: nope');
    const text = examineShare(tree(), { now: NOW, folders: all, format: 'sha1', own: all, others: memory.others });
    const examined = examineRepository(tree(), { now: NOW, memory, handed: handedIn([text], tree()) });
    examined.remembered?.keep([]);
    expect([told(examined), examined.remembered?.examined]).toEqual([told(without(NOW)), []]);
    replaceIn(ENTRY, 'channel: nope', 'channel: form');
    git('add', '-A');
    expect(looked(await withMemory(NOW))).toEqual(['36702941']);
  });

  test('are compared with the files of no case, also with those that an earlier run compared with all that there were', async () => {
    const [known, ...all] = folders();
    appendFileSync(at('README.md'), `\nThanks to ${REPORTER}.\n`);
    for (const folder of all) renameSync(at(folder), at(folder.replaceAll('/', '-')));
    await withMemory(NOW);
    for (const folder of all) renameSync(at(folder.replaceAll('/', '-')), at(folder));
    const examined = await handing(NOW, (unknown, others) => Promise.resolve([examineShare(tree(), { now: NOW, folders: [known ?? '', ...all], format: 'sha1', own: unknown, others })]));
    expect(told(examined)).toEqual(told(without(NOW)));
    expect(examined.findings.filter(({ rule }) => rule === 'sealed-in-clear')).toMatchObject([{ file: 'README.md' }]);
  });

  test('are examined here where others looked at another policy, or did not come to an end', async () => {
    const all = folders();
    const text = examineShare(tree(), { now: NOW, folders: all, format: 'sha1', own: all, others: [] });
    appendFileSync(at('policy.yaml'), '# Another one.\n');
    for (const given of [text, '', text.slice(0, -1), 'foreign']) {
      const examined = await handing(NOW, () => Promise.resolve([given]));
      expect([told(examined), examined.remembered?.examined.length]).toEqual([told(without(NOW)), all.length]);
      rmSync(at('.git/vcc'), { recursive: true });
    }
    // A thread that cannot do anything, for there is no such work tree.
    await expect(examineInShares(join(root, 'nowhere'), Array.from({ length: 450 }, () => 'cases/2024/1'), { now: NOW, folders: all, format: 'sha1', others: [] })).resolves.toEqual([]);
  });
});
