import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { escalate, type EscalateOptions } from '../src/commands/escalate.ts';
import { notify } from '../src/commands/notify.ts';
import { publish } from '../src/commands/publish.ts';
import { record } from '../src/commands/record.ts';
import { schedule } from '../src/commands/schedule.ts';
import { unreachableList, unreachableRender, unreachableShow } from '../src/commands/unreachable.ts';
import type { Environment } from '../src/environment.ts';
import { jpcertPolicy } from './support/a-case.ts';
import { accept, aDesk, approveAs, FOLDER, happened, NUMBER, REPORT, takeIn, typed, writeAdvisories, type Desk } from './support/a-desk.ts';

/*
 * One case on the partnership route with a developer that never answers, day by day: from the first contact over the list
 * to the committee and to publication. The lists that the public reads lie in golden/; after a change of the words: vitest -u.
 */

const CRITERIA = jpcertPolicy().acceptance.filter(({ routes }) => !routes || routes.includes('partnership')).map(({ id }) => `${id}=yes`);
/** Random; in golden texts another number stands for it. */
let did = '';
const SHOWN = '04630151';

let desk: Desk;
beforeAll(async () => {
  desk = await aDesk();
  await takeIn(desk, { route: 'partnership', source: { name: 'IPA', reference: 'IPA#87654321' } });
  await accept(desk, { criterion: CRITERIA });
  await typed(desk, notify, { case: NUMBER, vendor: ['acme'] }, '2014-05-07T10:00');
});
afterAll(() => desk.dispose());

const step = (now: string, options: Partial<EscalateOptions> = {}, how = {}) => typed(desk, escalate, { case: NUMBER, vendor: 'acme', ...options }, now, how);
const tooEarly = (now: string, day: string, options: Partial<EscalateOptions> = {}) => expect(step(now, options)).rejects.toMatchObject({ code: 'not-due', message: expect.stringContaining(`before ${day} 23:59`) as string });
const reading = <O>(command: (env: Environment, options: O) => number) => (env: Environment, options: O) => Promise.resolve(command(env, options));
const lists = async (now: string): Promise<Record<string, string>> => {
  const printed: Record<string, string> = {};
  for (const language of ['en', 'ja']) {
    for (const format of ['markdown', 'html', 'csv', 'json']) {
      const { code, stdout } = await typed(desk, reading(unreachableRender), { language, format }, now);
      expect(code).toBe(0);
      printed[`${language}.${format}`] = stdout.join('\n').replaceAll(did, SHOWN);
    }
  }
  return printed;
};
const asGolden = async (printed: Record<string, string>, stage: string): Promise<void> => {
  await expect(`${printed['en.markdown'] ?? ''}\n`).toMatchFileSnapshot(`golden/unreachable-${stage}.en.md`);
  await expect(`${printed['ja.markdown'] ?? ''}\n`).toMatchFileSnapshot(`golden/unreachable-${stage}.ja.md`);
};
const SECRET = [NUMBER, REPORT.title.en, REPORT.title.ja, 'CVE-', 'Yamada'];

describe('a developer that never answers', () => {
  it('is reminded twice, and called', async () => {
    await tooEarly('2014-05-21T10:00', '2014-05-21');
    await step('2014-05-22T10:00');
    await tooEarly('2014-05-23T10:00', '2014-06-05');
    await step('2014-06-06T10:00');
    await happened(desk, 'vendor-contacted', { vendor: 'acme', purpose: 'reminder', means: 'phone', outcome: 'no-answer' }, '2014-06-10T10:00');
    await happened(desk, 'vendor-contacted', { vendor: 'acme', purpose: 'reminder', means: 'post', outcome: 'sent' }, '2014-06-11T10:00');
    await step('2014-06-21T10:00');
    await happened(desk, 'partner-contacted', { vendor: 'acme', party: 'receiving-organisation', purpose: 'contact-search', means: 'mail' }, '2014-07-01T10:00');
    const { stderr } = await step('2014-07-08T10:00');
    expect(stderr.join('\n')).toContain('Not tried: fax, form, web.');
    expect(desk.entry('escalated', 3)).toMatch(/step: third-party\nevidence:(?:\n {2}- \S+){6}\n {2}- \S+-partner-contacted-/);
  });

  it('is named on the list a month later, with a number of its own, and nothing else is said', async () => {
    await tooEarly('2014-08-08T10:00', '2014-08-08', { kind: 'organisation', name: 'shown' });
    await expect(step('2014-08-11T10:00', { name: 'shown' })).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('--kind is missing') as string });
    await expect(step('2014-08-11T10:00', { kind: 'organisation', name: 'hidden', remarks: 'Acme Corporation' })).rejects.toMatchObject({ code: 'list-tells-too-much' });
    await expect(step('2014-08-11T10:00', { kind: 'organisation', name: 'shown', publish: true })).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('it takes no --publish') as string });
    const { stderr } = await step('2014-08-11T10:00', { kind: 'organisation', name: 'shown', link: 'https://acme.example/', remarks: 'Maker of the Example Router' });
    const entry = desk.entry('escalated', 4);
    did = /did: "(\d{8})"/.exec(entry)?.[1] ?? '';
    expect(did).toMatch(/^\d{8}$/);
    expect(desk.read(`unreachable/did${did}.yaml`)).toContain(`did: "${did}"\ncase: "${NUMBER}"\nvendor: acme\nkind: organisation\nname:\n  en: Acme Corporation`);
    expect(stderr.join('\n')).toContain('remarks names the product');

    const printed = await lists('2014-08-12T10:00');
    await asGolden(printed, '1-name');
    for (const text of Object.values(printed)) {
      expect(text).toContain(`DID#${SHOWN}`);
      for (const secret of [...SECRET, 'Example Router', '1.2.3']) expect(text).not.toContain(secret);
    }
  });

  it('has its product named three months later, and a last day for getting in touch once six months have passed', async () => {
    await tooEarly('2014-11-11T10:00', '2014-11-11');
    await step('2014-11-12T10:00');
    const product = await lists('2014-11-12T11:00');
    await asGolden(product, '2-product');
    for (const text of Object.values(product)) {
      expect(text).toContain('1.2.3 and earlier');
      for (const secret of SECRET) expect(text).not.toContain(secret);
    }
    await step('2014-11-13T10:00');
    // A month from 13 November is Saturday 13 December: the Monday after it.
    expect(desk.entry('escalated', 6)).toContain('until: "2014-12-15"');
    const limit = await lists('2014-11-14T10:00');
    await asGolden(limit, '3-limit');
    expect(limit['en.markdown']).toContain('15 December 2014');
  });

  it('is shown to the team with what is next', async () => {
    const { envelopes } = await typed(desk, reading(unreachableList), {}, '2014-11-14T10:00', { json: true });
    expect(envelopes).toMatchObject([{ kind: 'unreachable-list', developers: [{ did: `DID#${did}`, case: NUMBER, stage: 'contact-limit', listed: true, next: { step: 'committee', state: 'not-yet', due: '2014-12-15T23:59:59+09:00' } }] }]);
    const { stdout } = await typed(desk, reading(unreachableList), {}, '2014-12-16T10:00');
    expect(stdout.join('\n')).toMatch(/DID#\d{8} +Acme Corporation +61247051 +3 limit +2014-11-13 +committee: due/);
    const { printed } = await typed(desk, reading(unreachableShow), { did: `DID#${did}` }, '2014-12-16T10:00');
    expect(printed).toContain('get in touch by 2014-12-15');
  });

  it('comes before the committee when the day is over, with papers that do not say who reported', async () => {
    await tooEarly('2014-12-15T10:00', '2014-12-15');
    writeAdvisories(desk);
    desk.commit('Write the advisory');
    await step('2014-12-16T10:00');
    await asGolden(await lists('2014-12-16T11:00'), '4-committee');
    const { stdout } = await step('2014-12-16T11:00', { papers: true });
    const papers = stdout.join('\n');
    for (const part of ['tried: mail 3 times', 'by phone', 'by 2014-12-15', 'psirt@acme.example', 'Update the router to 1.2.4.', 'reproducible: yes', 'developer-heard']) expect(papers).toContain(part);
    for (const secret of ['Yamada', 'yamada@finder.example', 'Quiet Laboratory', REPORT.poc]) expect(papers).not.toContain(secret);
  });

  it('is published on without its consent once the committee has cleared it, condition by condition', async () => {
    const answers = Object.fromEntries(['uncoordinatable', 'confirmed', 'users-unaware', 'no-reason-against', 'developer-heard'].map((id) => [`--condition ${id}`, true]));
    const { asked } = await typed(desk, record, { case: NUMBER, event: 'committee-cleared', flags: {} }, '2015-01-20T10:00', { answers: { ...answers, '--opinion': '', '--text': '', '--at': '' } });
    expect(asked).toEqual([...Object.keys(answers), '--opinion', '--text', '--at']);
    await happened(desk, 'vendor-status', { vendor: 'acme', status: 'unknown' }, '2015-01-20T11:00');
    await happened(desk, 'cve-assigned', { cve: 'CVE-2014-9999', assigner: 'acme' }, '2015-01-20T11:00');
    await happened(desk, 'fix-available', { remediation: 'stop-using' }, '2015-01-20T11:00');
    await typed(desk, schedule, { case: NUMBER, date: '2015-02-03T12:00:00+09:00' }, '2015-01-20T12:00');
    await approveAs(desk, 1, '2015-01-21T10:00');
    expect((await lists('2015-02-03T11:00'))['en.markdown']).toContain('DID#');
    const { code } = await typed(desk, publish, { case: NUMBER }, '2015-02-03T12:00');
    expect(code).toBe(0);
    expect((await lists('2015-02-03T13:00'))['en.markdown']).toContain('Nobody is on the list');
    const { stdout } = await typed(desk, reading(unreachableList), { all: true }, '2015-02-03T13:00');
    expect(stdout.join('\n')).toContain('left: the case is published');
  });

  it('leaves out of the list what cannot be read, says so, and exits with 1', async () => {
    const copy = desk.copy();
    copy.write(`unreachable/did${did}.yaml`, copy.read(`unreachable/did${did}.yaml`).replace('kind: organisation', 'kind: company'));
    const { code, stderr } = await typed(copy, reading(unreachableRender), { language: 'en' }, '2014-12-16T10:00');
    expect([code, stderr.join('\n')]).toEqual([1, expect.stringContaining(`unreachable/did${did}.yaml:6:1 error schema`)]);
    await expect(typed(copy, reading(unreachableShow), { did }, '2014-12-16T10:00')).rejects.toMatchObject({ code: 'no-such-number', findings: [{ rule: 'schema' }] });
    await expect(typed(copy, reading(unreachableShow), { did: '../../x' }, '2014-12-16T10:00')).rejects.toMatchObject({ exitCode: 2 });
    copy.dispose();
  });

  it('nothing of it all names the reporter', () => {
    expect(desk.readable()).not.toMatch(/Yamada|yamada@|Quiet Laboratory/);
    expect(desk.git('log', '--format=%s%n%b', '--', `${FOLDER}/log`, 'unreachable')).not.toContain(REPORT.title.en);
  });
});
