import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { approve } from '../../src/commands/approve.ts';
import { publish, type PublishOptions } from '../../src/commands/publish.ts';
import { schedule } from '../../src/commands/schedule.ts';
import { approveAs, aDesk, coordinate, FOLDER, happened, NUMBER, PUBLISH_AT, readyToPublish, REPORT, typed, writeAdvisories, type Desk } from '../support/a-desk.ts';

let ready: Desk;
let desk: Desk;
let head: string;
beforeAll(async () => {
  ready = await aDesk();
  await coordinate(ready);
  await readyToPublish(ready);
});
afterAll(() => ready.dispose());
beforeEach(() => {
  desk = ready.copy();
  head = desk.git('rev-parse', 'HEAD');
});
afterEach(() => desk.dispose());

const run = (options: Partial<PublishOptions> = {}, now = PUBLISH_AT, how: Parameters<typeof typed>[4] = {}) => typed(desk, publish, { case: NUMBER, ...options }, now, how);
const publicFiles = (): string[] => {
  const folder = join(desk.root, '..', 'public');
  return existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => !path.startsWith('.git') && path.includes('.')).sort() : [];
};
/** The checks that stop, by name. */
const stops = async (now = PUBLISH_AT): Promise<string[]> => {
  const { envelopes } = await run({ check: true }, now, { json: true });
  return (envelopes as { checks: { check: string; ok: boolean }[] }[]).flatMap(({ checks }) => checks.filter(({ ok }) => !ok).map(({ check }) => check));
};

describe('vcc publish', () => {
  it('publishes at the agreed minute: both pages in the public repository, one entry here, notices in the outbox', async () => {
    const mails = desk.outbox().length;
    const { code, printed } = await run();
    expect(code).toBe(0);
    expect(desk.head().subject).toBe(`${NUMBER}: publish`);
    expect(desk.entry('published')).toContain('date: "2014-06-06T12:00:00+09:00"');
    const ofAdvisory = ['advisory.en.md', 'advisory.en.txt', 'advisory.ja.md', 'advisory.ja.txt', 'advisory.json', 'en.html', 'ja.html', 'vuldef.en.xml', 'vuldef.ja.xml'].map((name) => `2014/${NUMBER}/${name}`);
    const pages = ['', '2014/', 'search/', 'vendors/', 'vendors/acme-corporation/', 'vendors/acme-corporation/example-router/'].flatMap((folder) => [`${folder}en.html`, `${folder}ja.html`]);
    expect(publicFiles()).toEqual([...ofAdvisory, ...pages, '2014/index.json', '404.html', 'atom.en.xml', 'atom.ja.xml', 'jvnrss.en.rdf', 'jvnrss.ja.rdf', 'index.html', 'search.js', 'style.css'].sort());
    expect(desk.outbox()).toHaveLength(mails + 2);
    // Somebody else's id: its CNA publishes the record.
    expect(printed).toContain('CVE-2014-9999 is an id of the CNA acme');
  });

  it('shows every check at once and writes nothing while one stops', async () => {
    await expect(run({}, '2014-06-05T10:00')).rejects.toMatchObject({ code: 'gate-closed', exitCode: 1, message: expect.stringContaining('date-agreed') as string });
    expect(desk.untouchedSince(head, desk.outbox().length)).toBe(true);
    expect(publicFiles()).toEqual([]);
    expect(await stops()).toEqual([]);
    expect((await run({ check: true }, '2014-06-05T10:00')).code).toBe(1);
  });

  it('says how the public repository gets out: a new one has no remote yet', async () => {
    const { printed } = await run();
    expect(printed).toContain('git -C ../public remote add origin URL');
    expect(printed).toContain('git -C ../public push -u origin HEAD');
    const git = (...args: readonly string[]): void => void desk.git('-C', '../public', ...args);
    desk.git('init', '--quiet', '--bare', '../served.git');
    git('remote', 'add', 'web', '../served.git');
    git('push', '-q', '-u', 'web', 'HEAD');
    writeAdvisories(desk, { en: '\nMore.\n' });
    desk.commit('More');
    await approveAs(desk, 1, '2014-06-07T09:00');
    const again = await run({ summary: 'More.', summaryJa: '追記。' }, '2014-06-07T10:00');
    expect(again.printed).toContain('git -C ../public push -u web HEAD');
    expect(again.printed).not.toContain('remote add');
  });

  it('publishes no text that is not committed, even one that was approved before', async () => {
    const path = `${FOLDER}/advisory.en.md`;
    const approved = desk.read(path);
    desk.write(path, `${approved}\nMore.\n`);
    desk.commit('More');
    desk.write(path, approved);
    await expect(run()).rejects.toMatchObject({ code: 'uncommitted', message: `Not committed yet: ${path}` });
    expect(publicFiles()).toEqual([]);
  });

  it('needs a yes of its own where nobody can be asked', async () => {
    await expect(run({}, PUBLISH_AT, { yes: false })).rejects.toMatchObject({ exitCode: 2, hint: expect.stringContaining('--yes') as string });
    expect(publicFiles()).toEqual([]);
  });

  it('an approval ends with the first changed letter', async () => {
    writeAdvisories(desk, { en: '\n## Other Information\n\nOne more line.\n' });
    desk.commit('Change the text');
    expect(await stops()).toEqual(['approved']);
    await approveAs(desk, 1, '2014-06-03T10:00');
    expect(await stops()).toEqual([]);
  });

  it('a text that names the anonymous reporter, or shows how to attack, does not go out', async () => {
    writeAdvisories(desk, { en: `\n## Credit\n\n${REPORT.reporter.name} reported this.\n` });
    desk.commit('Name the reporter');
    expect(await stops()).toContain('credit');
    writeAdvisories(desk, { en: '\n## Other Information\n\n```\ncurl -d "name=;reboot" http://router.example/name\n```\n' });
    desk.commit('Show the attack');
    expect(await stops()).toContain('no-attack-detail');
  });

  it('publishes once; a changed text goes out as an update with its history', async () => {
    await run();
    await expect(run()).rejects.toMatchObject({ code: 'nothing-new' });
    writeAdvisories(desk, { en: '\n## Other Information\n\nOne more line.\n' });
    desk.commit('Change the text');
    await approveAs(desk, 1, '2014-06-09T10:00');
    const { code } = await run({ summary: 'Other information was added.', summaryJa: '関連文書を追加しました。' }, '2014-06-09T12:00');
    expect(code).toBe(0);
    expect(desk.head().subject).toBe(`${NUMBER}: publish an update`);
    const page = desk.read(`../public/2014/${NUMBER}/en.html`);
    expect(page).toContain('Other information was added.');
    expect(page).toContain('One more line.');
  });

  it('a correction is called one, in its history and in the log', async () => {
    await run();
    writeAdvisories(desk, { en: '\n## Other Information\n\nThe version was wrong.\n' });
    desk.commit('Correct the text');
    await approveAs(desk, 1, '2014-06-09T10:00');
    await run({ correction: true, summary: 'The fixed version was wrong.', summaryJa: '対策バージョンを訂正しました。' }, '2014-06-09T12:00');
    expect(desk.entry('updated')).toContain('kind: correction');
    expect(desk.read(`../public/2014/${NUMBER}/en.html`)).toContain('2014-06-09: Correction: The fixed version was wrong.');
    expect(desk.read(`../public/2014/${NUMBER}/ja.html`)).toContain('2014-06-09: 訂正: 対策バージョンを訂正しました。');
  });

  it('of a case that has ended says so, and not what the gate lacks', async () => {
    
    await happened(desk, 'withdrawn', { because: 'not-a-vulnerability', reason: 'It is no vulnerability.' }, '2014-06-05T11:00');
    for (const check of [true, undefined]) await expect(run({ ...(check && { check }) }, '2014-06-05T12:00')).rejects.toMatchObject({ code: 'case-ended', message: expect.stringContaining('is withdrawn') as string, hint: expect.stringContaining('reopened') as string });
  });

  it('withdraws what no longer holds: the text stays, says why, and may hold again', async () => {
    const why = { summary: 'It is no vulnerability.', summaryJa: '脆弱性ではありませんでした。' };
    await expect(run({ withdraw: true, ...why })).rejects.toMatchObject({ code: 'not-public' });
    await run();
    const before = desk.read(`../public/2014/${NUMBER}/advisory.en.md`);
    await run({ withdraw: true, ...why }, '2014-06-09T12:00');
    expect(desk.git('-C', join(desk.root, '..', 'public'), 'log', '-1', '--format=%s')).toMatch(/: withdraw$/m);
    expect(desk.entry('updated')).toContain('kind: withdrawal');
    const after = desk.read(`../public/2014/${NUMBER}/advisory.en.md`);
    expect(after).toContain('**This advisory was withdrawn on 2014-06-09 and no longer holds: It is no vulnerability.**');
    expect(after).toContain(/## Overview\n\n.*/.exec(before)?.[0] ?? 'no overview');
    expect(desk.read(`../public/2014/${NUMBER}/ja.html`)).toContain('本アドバイザリは 2014-06-09 に取り下げました。理由: 脆弱性ではありませんでした。');
    await expect(run({ withdraw: true, ...why }, '2014-06-09T13:00')).rejects.toMatchObject({ code: 'nothing-new' });
    await run({ summary: 'It is one after all.', summaryJa: 'やはり脆弱性でした。' }, '2014-06-10T12:00');
    expect(desk.read(`../public/2014/${NUMBER}/advisory.en.md`)).not.toContain('no longer holds');
  });

  it('withdraws with the gate closed, and exactly the text that is public, whatever came later', async () => {
    await run();
    const before = desk.read(`../public/2014/${NUMBER}/advisory.en.md`);
    const why = { withdraw: true, summary: 'It is no vulnerability.', summaryJa: '脆弱性ではありませんでした。' };
    writeAdvisories(desk, { en: '\n## Other Information\n\nNobody approved this.\n' });
    desk.commit('Change the text');
    await happened(desk, 'fix-available', { vendor: 'acme', remediation: 'workaround' }, '2014-06-09T10:00');
    expect(await stops('2014-06-09T11:00')).toContain('approved');
    const { code } = await run(why, '2014-06-09T12:00');
    expect(code).toBe(0);
    const after = desk.read(`../public/2014/${NUMBER}/advisory.en.md`);
    expect(after).not.toContain('Nobody approved this.');
    expect(after).toContain('**This advisory was withdrawn on 2014-06-09');
    for (const line of before.split('\n').filter((one) => one.startsWith('## '))) expect(after).toContain(line);
  });

  it('withdraws nothing where nobody has the text that is public any more', async () => {
    await run();
    writeAdvisories(desk, { en: '\n## Other Information\n\nMore.\n' });
    desk.commit('Change the text');
    rmSync(join(desk.root, '..', 'public', '2014', NUMBER, 'advisory.json'));
    await expect(run({ withdraw: true, summary: 'No.', summaryJa: 'いいえ。' }, '2014-06-09T12:00')).rejects.toMatchObject({ code: 'text-changed' });
  });

  it('an approval is bound to each file that would come out, not only to the text', async () => {
    expect(desk.entry('approved')).toMatch(/outputs:\n(?: {2}\S+: sha256:[0-9a-f]{64}\n)+/);
    desk.write('vcc.yaml', desk.read('vcc.yaml').replace('Example Centre', 'Another Centre'));
    desk.commit('Rename the centre');
    expect(await stops()).toEqual(['approved']);
    await approveAs(desk, 1, '2014-06-05T10:00');
    expect(await stops()).toEqual([]);
  });

  it('an emergency needs attacks or a public exploit on record, and then does not wait for the date', async () => {
    await expect(run({ emergency: 'it burns' }, '2014-06-04T10:00')).rejects.toMatchObject({ code: 'gate-closed' });
    await happened(desk, 'attacks-observed', { how: 'Seen in a honeypot.' }, '2014-06-04T10:00');
    const { code } = await run({ emergency: 'Attacks are under way.' }, '2014-06-04T11:00');
    expect(code).toBe(0);
    expect(desk.entry('published')).toContain('emergency: Attacks are under way.');
  });

  it('names nobody who wants to stay unknown, here or in public', async () => {
    await run();
    const open = desk.readable() + publicFiles().map((path) => desk.read(`../public/${path}`)).join('\n');
    for (const secret of [REPORT.reporter.name, REPORT.reporter.email, REPORT.reporter.organisation, REPORT.poc, desk.finder.key]) expect(open).not.toContain(secret);
  });
});

describe('vcc approve', () => {
  it('is refused to who wrote the text, and to who approved it already', async () => {
    await expect(typed(desk, approve, { case: NUMBER }, '2014-06-03T10:00')).rejects.toMatchObject({ code: 'own-text' });
    await expect(approveAs(desk, 1, '2014-06-03T10:00')).rejects.toMatchObject({ code: 'approved-already' });
  });

  it('holds to the hash that was read', async () => {
    const taro = desk.team[1];
    if (!taro) throw new Error('a desk has two coordinators');
    desk.actAs(taro);
    await expect(typed(desk, approve, { case: NUMBER, textHash: `sha256:${'0'.repeat(64)}` }, '2014-06-03T10:00')).rejects.toMatchObject({ code: 'text-changed' });
  });
});

describe('vcc schedule', () => {
  it('moves no date by itself: it is cancelled first, and everybody who was told is named', async () => {
    await expect(typed(desk, schedule, { case: NUMBER, date: '2014-06-20T12:00' }, '2014-06-03T10:00')).rejects.toMatchObject({ code: 'scheduled-already' });
    const { code, printed } = await typed(desk, schedule, { case: NUMBER, cancel: 'The fix is late.' }, '2014-06-03T10:00');
    expect(code).toBe(0);
    expect(printed).toContain('acme');
    expect(desk.entry('unscheduled')).toContain('reason: The fix is late.');
    expect(desk.read(`${FOLDER}/log/${desk.log().at(-1) ?? ''}`)).toContain('event: unscheduled');
  });

  it('takes no date that has passed', async () => {
    await typed(desk, schedule, { case: NUMBER, cancel: 'The fix is late.' }, '2014-06-03T10:00');
    await expect(typed(desk, schedule, { case: NUMBER, date: '2014-06-01T12:00' }, '2014-06-03T11:00')).rejects.toMatchObject({ exitCode: 2 });
  });
});
