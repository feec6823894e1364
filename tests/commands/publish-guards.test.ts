import { existsSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { intake } from '../../src/commands/intake.ts';
import { notify } from '../../src/commands/notify.ts';
import { publish, type PublishOptions } from '../../src/commands/publish.ts';
import type { VccError } from '../../src/domain/problem.ts';
import { accept, aDesk, approveAs, coordinate, FOLDER, happened, NUMBER, PUBLISH_AT, readyToPublish, reportFile, takeIn, typed, writeAdvisories, type Desk } from '../support/a-desk.ts';
import { testPerson, type TestPerson } from '../support/temp-repo.ts';

let ready: Desk;
let published: Desk;
let desk: Desk;
beforeAll(async () => {
  ready = await aDesk();
  await coordinate(ready);
  await readyToPublish(ready);
  published = ready.copy();
  await typed(published, publish, { case: NUMBER }, PUBLISH_AT);
});
afterAll(() => {
  ready.dispose();
  published.dispose();
});
afterEach(() => desk.dispose());

const go = (options: Partial<PublishOptions> = {}, now = PUBLISH_AT, how = {}) => typed(desk, publish, { case: NUMBER, ...options }, now, how);
const closed = async (...checks: readonly string[]): Promise<void> => {
  const problem: unknown = await go().catch((thrown: unknown) => thrown);
  expect(problem).toMatchObject({ code: 'gate-closed', message: `${NUMBER}: the gate is closed by ${checks.join(', ')}` });
  expect(existsSync(desk.publicRoot)).toBe(false);
};

it('never publishes over a text that a colleague has published already', async () => {
  desk = published.copy();
  desk.git('reset', '--quiet', '--hard', 'HEAD~1');
  await expect(go()).rejects.toMatchObject({ code: 'published-elsewhere', hint: expect.stringContaining('git pull') as string });
});

describe('vcc publish, what it holds to', () => {
  beforeEach(() => {
    desk = ready.copy();
  });

  it('finds before the day what would be refused on it: whoever reported another case, at the line of the text', async () => {
    await typed(desk, intake, { file: reportFile(desk, { title: { en: 'Another flaw' }, reporter: { name: 'Suzuki Jiro', email: 'jiro@finder.example' } }), id: '11111111' }, '2014-06-02T11:00');
    desk.write(`${FOLDER}/advisory.ja.md`, `${desk.read(`${FOLDER}/advisory.ja.md`)}\n鈴木次郎 (Suzuki Jiro) 氏も知っていました。\n`);
    desk.commit('Say who else knew');
    const line = desk.read(`${FOLDER}/advisory.ja.md`).split('\n').findIndex((text) => text.includes('Suzuki')) + 1;
    const { code, printed } = await go({ check: true }, '2014-06-03T12:00');
    expect([code, printed]).toEqual([1, expect.stringContaining(`STOP credit: the text gives the name of the reporter of another case (advisory.ja.md:${line})`)]);
    await expect(approveAs(desk, 1, '2014-06-03T11:00')).rejects.toMatchObject({ code: 'text-refused', message: expect.stringContaining(`(advisory.ja.md:${line})`) as string });
  });

  it('stops at what is sealed also where policy.yaml leaves the check out', async () => {
    desk.write('policy.yaml', desk.read('policy.yaml').replace(/^ +- check: credit\n(?: {4,}.*\n)*/m, '').replace(/^gate:/m, 'gateOmits:\n  - { check: credit, reason: "nobody is named" }\ngate:'));
    desk.write(`${FOLDER}/advisory.en.md`, `${desk.read(`${FOLDER}/advisory.en.md`)}\nFound by Yamada Hanako.\n`);
    desk.commit('Leave the credit out');
    const { printed } = await go({ check: true });
    expect(printed).toMatch(/STOP credit: the text gives the name of the reporter \(advisory\.en\.md:\d+\)/);
    expect(printed).not.toContain('not asked: credit');
  });

  it('prints one envelope with --json, closed or open', async () => {
    const refused = await go({}, '2014-06-06T11:59', { json: true });
    expect([refused.code, refused.envelopes]).toMatchObject([1, [{ kind: 'gate', case: NUMBER, open: false, authors: ['hanako'] }]]);
    const head = desk.git('rev-parse', 'HEAD');
    const { envelopes, code } = await go({}, PUBLISH_AT, { dryRun: true, json: true });
    expect([code, envelopes]).toMatchObject([0, [{ kind: 'plan', case: NUMBER, publishes: expect.arrayContaining([`2014/${NUMBER}/en.html`]) as string[] }]]);
    expect(existsSync(desk.publicRoot)).toBe(false);
    expect(desk.untouchedSince(head, 3)).toBe(true);
  });

  it('waits for what others have pushed: it may call the publication off', async () => {
    const remote = `${desk.folder}/remote.git`;
    desk.git('init', '--quiet', '--bare', remote);
    desk.git('remote', 'add', 'origin', remote);
    desk.git('commit', '--quiet', '--allow-empty', '-m', 'theirs');
    desk.git('push', '--quiet', '--set-upstream', 'origin', 'main');
    desk.git('reset', '--quiet', '--hard', 'HEAD~1');
    // Both have committed: a plain git pull would not know what to do. A rebase keeps who wrote the text and who approved it.
    await happened(desk, 'note', { text: 'A call with the vendor.' }, '2014-06-03T10:00');
    const refused: unknown = await go().catch((problem: unknown) => problem);
    expect(refused).toMatchObject({ code: 'behind' });
    expect(existsSync(desk.publicRoot)).toBe(false);
    const [, ...words] = (/^git pull[^,]*/.exec((refused as VccError).hint)?.[0] ?? '').split(' ');
    desk.git(...words);
    expect(desk.git('log', '--format=%s', '-1', 'HEAD~1').trim()).toBe('theirs');
    expect((await go()).code).toBe(0);
  });

  it('says on the page when it really came out, where that was later', async () => {
    await go({}, '2014-06-09T10:00');
    expect(desk.entry('published')).toContain('date: "2014-06-09T10:00:00+09:00"');
  });

  it('ends an approval with a changed status too, which stands in no text', async () => {
    await happened(desk, 'vendor-status', { vendor: 'acme', status: 'not-affected' }, '2014-06-03T10:00');
    await closed('approved');
  });

  it('does not take the approval of who wrote a status or named a vendor for this text', async () => {
    desk.actAs(desk.team[1] as TestPerson);
    await happened(desk, 'vendor-status', { vendor: 'acme', status: 'not-affected', statementEn: 'We are fine.' }, '2014-06-03T10:00');
    await expect(approveAs(desk, 1, '2014-06-03T11:00')).rejects.toMatchObject({ code: 'own-text' });
    desk.dispose();
    desk = ready.copy();
    desk.actAs(desk.team[1] as TestPerson);
    desk.write('vendors/acme.yaml', desk.read('vendors/acme.yaml').replace('Acme Corporation', 'Acme Limited'));
    desk.commit('Rename it');
    await expect(approveAs(desk, 1, '2014-06-03T11:00')).rejects.toMatchObject({ code: 'own-text' });
  });

  it('names the checks that the policy leaves out', async () => {
    desk.write('policy.yaml', desk.read('policy.yaml').replace(/  - check: cve\n    source: .*\n/, '').replace(/  - check: approved\n    source: .*\n/, '') + 'gateOmits:\n  - check: cve\n    reason: We give no ids.\n');
    desk.commit('Another policy');
    const { code, printed } = await go({ check: true });
    expect(code).toBe(0);
    expect(printed).toContain('not asked: cve (We give no ids.)');
    expect(printed).toContain('not asked: approved (policy.yaml does not say why)');
  });

  it("does not take an approval that a colleague committed in the approver's name", async () => {
    desk.git('-c', 'user.name=Hanako', '-c', 'user.email=hanako@centre.example', 'commit', '-q', '--amend', '--no-edit');
    expect(desk.git('log', '-1', '--format=%ae %ce').trim()).toBe('taro@centre.example hanako@centre.example');
    await closed('approved');
  });

  it('goes out although the key of somebody who is told has expired, and says so', async () => {
    const expired = await testPerson('expired', { lifetime: 3600 });
    desk.write('vendors/acme.yaml', desk.read('vendors/acme.yaml').replace(/key: .*/, `key: "${expired.key}"`));
    desk.write(`keys/${expired.key}.asc`, expired.publicKey);
    desk.commit('An old key');
    const { code, printed } = await go();
    expect(code).toBe(0);
    expect(printed).toContain('no message to acme was made (expired)');
    expect(desk.head().trailer('Event')).toEqual(['published', 'reporter-contacted']);
  });

  it('does not let the reason of an emergency name the reporter', async () => {
    await happened(desk, 'attacks-observed', { how: 'A customer was attacked.' }, '2014-06-03T10:00');
    await expect(go({ emergency: 'Yamada Hanako saw attacks.' }, '2014-06-03T10:00')).rejects.toMatchObject({ code: 'identity-in-log' });
    expect(existsSync(desk.publicRoot)).toBe(false);
  });

  it('waits for the end of an embargo', async () => {
    await happened(desk, 'embargo-proposed', { party: 'team', until: '2014-06-10T12:00' }, '2014-06-03T10:00');
    await happened(desk, 'embargo-accepted', { party: 'vendor:acme' }, '2014-06-03T10:00');
    await closed('embargo');
  });

  it('says where to write the public repository down when vcc.yaml has none', async () => {
    desk.write('vcc.yaml', desk.read('vcc.yaml').replace(/,\s*"public": \{[^}]*\}/, ''));
    desk.commit('No public repository');
    await expect(go()).rejects.toMatchObject({ code: 'no-public-repository', hint: expect.stringContaining('public:') as string });
  });
});

describe('vcc publish, an update', () => {
  beforeEach(() => {
    desk = published.copy();
    writeAdvisories(desk, { en: '\nA newer fix.\n', ja: '\n新しい修正。\n' });
    desk.commit('A newer fix');
  });

  it.each<[string, Partial<PublishOptions>, string]>([
    ['a missing summary', {}, 'usage'],
    ['a summary in one language', { summary: 'A newer fix' }, 'usage'],
    ['a summary that names who stays unknown', { summary: 'Thanks to Yamada Hanako', summaryJa: '修正' }, 'identity-in-log'],
    ['a summary with an attack in it', { summary: 'curl -d "x=;reboot" http://router/', summaryJa: '修正' }, 'attack-detail'],
    ['a summary with a terminal escape', { summary: 'x\u001b[2J', summaryJa: '修正' }, 'usage'],
  ])('refuses %s', async (_, options, code) => {
    await approveAs(desk, 1, '2014-07-01T10:00');
    const before = desk.git('rev-parse', 'HEAD');
    await expect(go(options, '2014-07-01T11:00')).rejects.toMatchObject({ code });
    expect(desk.git('rev-parse', 'HEAD')).toBe(before);
  });

  it('refuses a text that nobody approved', async () => {
    await expect(go({ summary: 'a', summaryJa: 'b' }, '2014-07-01T11:00')).rejects.toMatchObject({ code: 'gate-closed' });
  });
});

describe('vcc publish, an emergency of a case that was just taken', () => {
  it('is closed by whatever is not there yet', async () => {
    desk = await aDesk();
    await takeIn(desk);
    await accept(desk);
    await happened(desk, 'exploit-public', { how: 'A page.' }, '2014-05-03T10:00');
    await expect(go({ emergency: 'An exploit is public.' }, '2014-05-03T11:00')).rejects.toMatchObject({ message: `${NUMBER}: the gate is closed by remediation, both-languages, cve, approved` });
    expect(desk.read(`${FOLDER}/advisory.en.md`)).toContain('GAP');
  });
});

describe('a reporter without a key', () => {
  it('hears of the publication in clear, once it is out and a coordinator says why', async () => {
    desk = published.copy();
    await expect(typed(ready, notify, { case: NUMBER, reporter: true, purpose: 'published' }, PUBLISH_AT)).rejects.toMatchObject({ code: 'not-so' });
    await typed(desk, notify, { case: NUMBER, reporter: true, purpose: 'published', inClear: 'no key' }, '2014-06-06T13:00');
    const mail = desk.read(`outbox/${desk.outbox().at(-1) ?? ''}`);
    expect(mail).toContain(`https://public.centre.example/2014/${NUMBER}/en.html`);
    expect(mail).toContain('Example Router passes names to a shell');
    expect(desk.entry('reporter-contacted', 3)).toMatch(/purpose: published\n[\s\S]*inClear: no key/);
  });
});
