import { spawn } from 'node:child_process';
import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archive, type ArchiveOptions } from '../../src/commands/archive.ts';
import { lint } from '../../src/commands/lint.ts';
import { lintPushed } from '../../src/commands/lint-pushed.ts';
import { log } from '../../src/commands/log.ts';
import { notify } from '../../src/commands/notify.ts';
import { review } from '../../src/commands/review.ts';
import { show } from '../../src/commands/show.ts';
import type { Plan } from '../../src/domain/plan.ts';
import { repair } from '../../src/io/apply-plan.ts';
import { anApplier } from '../support/an-applier.ts';
import { aDesk, accept, FOLDER, happened, NUMBER, takeIn, typed, type Desk } from '../support/a-desk.ts';
import { typingEnvironment } from '../support/typing-environment.ts';

const LATER = '2015-06-01T10:00';
const LOG = `${FOLDER}/log.md`;

let over: Desk;
const desks: Desk[] = [];
beforeAll(async () => {
  over = await aDesk();
  await takeIn(over);
  await accept(over);
  await happened(over, 'cve-assigned', { cve: 'CVE-2014-9999', assigner: 'acme' }, '2014-05-03T10:00');
  await happened(over, 'closed', { because: 'no-resolution', reason: 'The reporter took it back.' }, '2014-05-09T10:00');
  await typed(over, notify, { case: NUMBER, reporter: true, purpose: 'closed', text: 'It is over.' }, '2014-05-09T11:00');
});
afterAll(() => {
  for (const desk of [...desks, over]) desk.dispose();
});

function desk(): Desk {
  const copy = over.copy();
  desks.push(copy);
  return copy;
}

const run = (at: Desk, options: Partial<ArchiveOptions> = {}, how: Parameters<typeof typed>[4] = {}, now = LATER) => typed(at, archive, { cases: [], ...options }, now, how);
const status = async (at: Desk): Promise<unknown> => (await typed(at, show, { case: NUMBER }, LATER, { json: true })).envelopes.map(({ status: is, findings }) => ({ is, findings }))[0];
const lints = async (at: Desk, base = 'HEAD~1') => (await typed(at, lint, { base }, LATER)).stdout.join('\n');
const head = (at: Desk): string => at.git('rev-parse', 'HEAD').trim();
const merge = (into: Desk, other: Desk): void => {
  into.git('fetch', '--quiet', other.root, 'main');
  into.git('merge', '--quiet', '--no-edit', 'FETCH_HEAD');
};

describe('vcc archive', () => {
  it('folds what has long been over, in one commit, and everything reads as before', async () => {
    const at = desk();
    const [entries, before, stood] = [at.log(), await status(at), head(at)];
    expect((await run(at, {}, { dryRun: true })).printed).toContain(`  remove  ${FOLDER}/log/${entries[0] ?? ''}`);
    expect(at.untouchedSince(stood, at.outbox().length)).toBe(true);
    at.actAs(at.team[1] as (typeof at.team)[number]);
    const { code, envelopes } = await run(at, {}, { json: true });
    expect(code).toBe(0);
    expect(envelopes).toMatchObject([{ kind: 'applied', cases: [{ case: NUMBER, entries: entries.length, files: { before: entries.length + 9, after: 10 } }], kept: [], removes: entries.map((name) => `${FOLDER}/log/${name}`) }]);
    expect(at.git('rev-list', '--count', `${stood}..HEAD`).trim()).toBe('1');
    expect(at.head()).toMatchObject({ subject: `${NUMBER}: fold the log of ${NUMBER}`, body: expect.stringContaining('byte for byte') as string });
    expect(at.head().trailer('Case')).toEqual([NUMBER]);
    expect(at.git('ls-files', FOLDER).split('\n').filter((path) => path.includes('/log'))).toEqual([LOG]);
    expect(existsSync(join(at.root, FOLDER, 'log'))).toBe(false);
    expect(at.git('status', '--porcelain')).toBe('');
    expect(await status(at)).toEqual(before);
    expect((await run(at)).printed).toContain('No log is to be folded');
    await expect(run(at, { cases: [NUMBER] })).rejects.toMatchObject({ code: 'not-folded', message: `${NUMBER}: its log is folded already` });
    const story = (await typed(at, log, { case: NUMBER }, LATER)).stdout.join('\n').replaceAll(/\s+/g, ' ');
    expect(story).toContain('the log is folded into log.md');
    // Who added an entry stands there, and not who folded it.
    expect(story).not.toMatch(/EDITED|DELETED|made by|not committed/);
    const env = typingEnvironment(at.root).env;
    expect(await env.git.authorsOf([`${FOLDER}/log/${entries[0] ?? ''}`])).toEqual(['hanako@centre.example']);
  });

  it('leaves alone what is open, what was touched lately and what lint has something against', async () => {
    const at = desk();
    const stood = head(at);
    expect((await run(at, {}, {}, '2015-05-01T10:00')).printed).toContain('No log is to be folded');
    await expect(run(at, { cases: [NUMBER] }, {}, '2015-05-01T10:00')).rejects.toMatchObject({ message: expect.stringContaining('something happened in it on 2014-05-09') as string });
    expect((await run(at, { closedFor: '3 months' }, { dryRun: true }, '2014-08-10T10:00')).printed).toContain('would be done');
    await expect(run(at, { closedFor: 'long' })).rejects.toMatchObject({ exitCode: 2 });
    at.write(`${FOLDER}/log/20140504T010000Z-note-0a0a.md`, '---\nevent: note\nat: "2014-05-04T10:00:00+09:00"\nby: hanako\n---\n\n-----BEGIN PGP MESSAGE-----\n');
    at.commit('A key in clear');
    expect((await run(at)).printed).toContain(`${NUMBER} is over and not folded: vcc lint finds an error in it`);
    expect(at.git('diff', '--name-only', stood, 'HEAD', '--', LOG)).toBe('');
  });

  it('takes a new entry in log/ after it, folds that in its turn, and unfolds to what was there', async () => {
    const at = desk();
    const texts = at.log().map((name) => [name, at.read(`${FOLDER}/log/${name}`)] as const);
    await run(at);
    await happened(at, 'reopened', { reason: 'It is real.' }, LATER);
    expect(at.log()).toHaveLength(1);
    expect(await status(at)).toMatchObject({ is: 'received', findings: [] });
    await happened(at, 'withdrawn', { because: 'not-a-vulnerability', reason: 'It is not.' }, LATER);
    expect((await run(at, {}, {}, '2016-06-02T10:00')).code).toBe(0);
    expect(await lints(at, 'HEAD~3')).not.toContain('error');
    expect((await run(at, { cases: [NUMBER], unfold: true }, {}, '2016-06-02T10:00')).code).toBe(0);
    expect(existsSync(join(at.root, LOG))).toBe(false);
    expect(at.log().length).toBe(texts.length + 2);
    for (const [name, text] of texts) expect(at.read(`${FOLDER}/log/${name}`)).toBe(text);
    expect(await lints(at)).not.toContain('error');
    expect((await typed(at, log, { case: NUMBER }, LATER)).stdout.join('\n')).not.toMatch(/EDITED|DELETED/);
    await expect(run(at, { cases: [NUMBER], unfold: true })).rejects.toMatchObject({ code: 'not-folded' });
  });
});

describe('the commit that folds', () => {
  const pushed = async (at: Desk): Promise<string> => {
    const typing = typingEnvironment(at.root, { now: `${LATER}:00+09:00` });
    const refs = `refs/heads/main ${head(at)} refs/heads/main ${at.git('rev-parse', 'HEAD~1').trim()}\n`;
    const code = await lintPushed({ ...typing.env, input: () => Promise.resolve({ name: 'standard input', bytes: Buffer.from(refs) }) }, { paths: [] });
    return `${code} ${typing.stdout.join('\n')}`;
  };
  const staged = async (at: Desk): Promise<string> => (await typed(at, lint, { staged: true }, LATER)).stdout.join('\n');

  it('passes lint, staged, against its base and when it is pushed; a review has nothing to tell', async () => {
    const at = desk();
    await run(at);
    expect(await lints(at)).not.toContain('error ');
    expect(await pushed(at)).toMatch(/^0 /);
    expect((await typed(at, review, { range: 'HEAD~1..HEAD' }, LATER)).stdout.join('\n')).toMatch(/^0 errors, 0 warnings, 0 cases, 1 commit/);
    at.git('reset', '--quiet', '--soft', 'HEAD~1');
    expect(await staged(at)).not.toContain('error ');
  });

  it.each([
    ['alters one byte', (text: string) => text.replace('The reporter took it back.', 'The reporter took it bacK.'), /log\.md:\d+:1 error log-rewritten the entry is changed: .*-closed-/],
    ['alters the receipt', (text: string) => text.replace('    route: direct', '    route: partnership'), /log\.md:3:1 error sealed-rewritten/],
    ['leaves an entry out', (text: string) => text.replace(/\n## [^\n]*-closed-[^]*?(?=\n## )/, ''), /-closed-[0-9a-f]{4}\.md:1:1 error log-rewritten the entry is deleted/],
  ])('does not pass where it %s', async (_, change, finding) => {
    const at = desk();
    await run(at);
    const folded = at.read(LOG);
    at.write(LOG, change(folded));
    expect(at.read(LOG)).not.toBe(folded);
    at.git('add', LOG);
    at.git('commit', '--quiet', '--amend', '--no-edit');
    expect(await lints(at)).toMatch(finding);
    expect(await pushed(at)).toMatch(finding);
    expect(await pushed(at)).toMatch(/^1 /);
    at.git('reset', '--quiet', '--soft', 'HEAD~1');
    expect(await staged(at)).toMatch(finding);
  });

  it('an edit of log.md later is found by its entry, and vcc log shouts', async () => {
    const at = desk();
    await run(at);
    at.write(LOG, at.read(LOG).replace('took it back', 'has it still'));
    at.commit('Nothing to see');
    expect(await lints(at)).toMatch(/log\.md:\d+:1 error log-rewritten the entry is changed: .*-closed-/);
    expect((await typed(at, log, { case: NUMBER }, LATER)).stdout.join('\n')).toContain('EDITED log.md');
    expect((await typed(at, review, { range: 'HEAD~1..HEAD' }, LATER)).stdout.join('\n')).toContain('says something else now');
  });

  it('an entry that comes with log.md is from whom committed it', async () => {
    const at = desk();
    await run(at);
    at.actAs(at.team[1] as (typeof at.team)[number]);
    at.write(LOG, `${at.read(LOG)}\n## 20140514T010000Z-note-0a0a.md\n\n    ---\n    event: note\n    at: "2014-05-14T10:00:00+09:00"\n    by: hanako\n    ---\n`);
    at.commit('One more');
    expect((await typed(at, lint, {}, LATER)).code).toBe(0);
    expect((await typed(at, review, { range: 'HEAD~1..HEAD' }, LATER)).stdout.join('\n').replaceAll(/\s+/g, ' ')).toMatch(/log\.md:\d+:5 error entry-by-another hanako vouches for this entry, and the commit [0-9a-f]{9} was written by Taro/);
  });

  it('does not hide that an id is given twice', async () => {
    const at = desk();
    await run(at);
    const other = 'cases/2014/94401838';
    cpSync(join(at.root, FOLDER), join(at.root, other), { recursive: true });
    at.git('rm', '-rq', '--cached', '--ignore-unmatch', `${other}/sealed`);
    at.write(`${other}/case.md`, at.read(`${other}/case.md`).replace(NUMBER, '94401838'));
    at.write(`${other}/log.md`, at.read(LOG).replace(NUMBER, '94401838'));
    at.git('add', other);
    expect(await staged(at)).toMatch(/cases\/2014\/94401838\/log\.md:\d+:5 error cve-twice CVE-2014-9999 is assigned to case 61247051 too/);
  });
});

describe('two clones', () => {
  it('of which one folds and the other goes on merge without a conflict', async () => {
    const [one, other] = [desk(), desk()];
    await run(one);
    await happened(other, 'reopened', { reason: 'It is real.' }, LATER);
    merge(other, one);
    expect(other.log()).toHaveLength(1);
    expect(await status(other)).toMatchObject({ is: 'received', findings: [] });
    expect((await typed(other, lint, {}, LATER)).stdout.join('\n')).not.toContain('error ');
    merge(one, other);
    expect(await status(one)).toEqual(await status(other));
  });

  it('that both fold write the same bytes', async () => {
    const [one, other] = [desk(), desk()];
    await run(one);
    await run(other, { cases: [NUMBER] }, {}, '2015-07-01T10:00');
    expect(other.read(LOG)).toBe(one.read(LOG));
    merge(other, one);
    expect(other.git('status', '--porcelain')).toBe('');
    expect((await typed(other, lint, {}, LATER)).code).toBe(0);
  });

  it('keep a case of a single entry apart from a renamed folder, as Git sees it', async () => {
    const one = desk();
    one.git('rm', '-q', ...one.log().filter((name) => !name.includes('-received-')).map((name) => `${FOLDER}/log/${name}`));
    one.git('commit', '-qm', 'One entry', '--no-verify');
    // Copied after the commit: made in both, it would be the same commit only within one second.
    const other = one.copy();
    desks.push(other);
    const { foldCase } = await import('../../src/documents/folded-log.ts');
    const folding = foldCase(typingEnvironment(one.root).env.workTree(), NUMBER, FOLDER);
    for (const { path, text } of folding?.writes ?? []) one.write(path, text);
    one.git('rm', '-q', ...(folding?.removes ?? []));
    one.commit('Fold');
    await happened(other, 'note', { text: 'They called.' }, LATER);
    merge(other, one);
    expect(other.log()).toHaveLength(1);
    expect(existsSync(join(other.root, LOG))).toBe(true);
  });
});

it('a kill at any step leaves all of it or nothing', { timeout: 240_000 }, async () => {
  const script = fileURLToPath(new URL('../../node_modules/.vcc-tests/fold-in-child.mjs', import.meta.url));
  await build({ entryPoints: [fileURLToPath(new URL('../support/apply-in-child.ts', import.meta.url))], outfile: script, bundle: true, format: 'esm', platform: 'node', packages: 'external', logLevel: 'error' });
  const plans: Plan[] = [];
  const { env } = typingEnvironment(over.root, { now: `${LATER}:00+09:00` });
  await archive({ ...env, apply: (plan) => (plans.push(plan), Promise.resolve({ commit: '', outbox: [] })) }, { cases: [] });
  const child = (at: Desk, step: string): Promise<string[]> => {
    writeFileSync(join(at.folder, 'job.json'), JSON.stringify({ plan: plans[0], configuration: at.configuration }));
    const process_ = spawn(process.execPath, [script, at.root, join(at.folder, 'job.json'), step], { stdio: ['ignore', 'pipe', 'ignore'] });
    let said = '';
    process_.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    return new Promise((resolve) => process_.on('close', () => resolve(said.trim().split('\n'))));
  };
  const files = (at: Desk): string => at.git('ls-tree', '-r', 'HEAD');
  const whole = desk();
  const [before, steps] = [files(whole), await child(whole, 'none')];
  const after = files(whole);
  expect(after).not.toBe(before);
  const ends = new Set<string>();
  for (const index of steps.keys()) {
    const at = over.copy();
    await child(at, String(index));
    await repair(anApplier(at.root));
    expect(at.git('status', '--porcelain'), steps[index]).toBe('');
    expect([before, after], steps[index]).toContain(files(at));
    ends.add(files(at));
    at.dispose();
  }
  expect(ends.size).toBe(2);
});
