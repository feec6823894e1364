import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { notify, type NotifyOptions } from '../src/commands/notify.ts';
import { partnerAdd } from '../src/commands/partner.ts';
import { schedule } from '../src/commands/schedule.ts';
import { show } from '../src/commands/show.ts';
import { triage } from '../src/commands/triage.ts';
import { vendorAdd, vendorList } from '../src/commands/vendor.ts';
import { jpcertPolicy } from './support/a-case.ts';
import { aDesk, happened, NUMBER, REPORT, takeIn, typed, type Desk } from './support/a-desk.ts';
import { testPerson } from './support/temp-repo.ts';

/*
 * A flaw of a library, on the partnership route: its makers first, three vendors whose products contain it, critical
 * infrastructure, a centre abroad and the receiving organisation. From the report to the date, by flags. Every letter is
 * opened with the key of its reader, and looked through for what that reader must not learn.
 */

const PRODUCTS = [{ vendor: 'Libssl project', registry: 'libssl', name: 'libssl', versions: ['1.2.3 and earlier'], link: 'https://libssl.example/', purl: 'pkg:generic/libssl' }];
const CRITERIA = jpcertPolicy().acceptance.filter(({ routes }) => !routes || routes.includes('partnership')).map(({ id }) => `${id}=yes`);
const DATE = '2014-06-20T12:00:00+09:00';
const IDENTITY = /yamada|hanako y|finder|quiet laboratory/i;
const SECRET = new RegExp(`${REPORT.poc}|${REPORT.discovery}`);

let desk: Desk;
const key = async (slug: string): Promise<string> => desk.file(`${slug}.asc`, (await testPerson(slug)).publicKey);
const send = (options: Partial<NotifyOptions>, now: string) => typed(desk, notify, { case: NUMBER, ...options }, now);
/** What its reader finds in the newest letter to a party. */
const letterTo = async (slug: string, reader = slug): Promise<string> => desk.opened(desk.outbox().filter((name) => name.includes(`-${slug}-`)).at(-1) ?? '', await testPerson(reader));
const refused = (options: Partial<NotifyOptions>, now: string, code: string, words: RegExp) => expect(send(options, now)).rejects.toMatchObject({ code, exitCode: 1, message: expect.stringMatching(words) as string });
const seen = async (now: string): Promise<{ waves: { wave: string; open: boolean }[]; toTell: { party: string; what: string; command: string }[]; dues: { id: string; vendor?: string; due: string }[]; vendors: { vendor: string; firstContact?: string }[] }> =>
  (await typed(desk, show, { case: NUMBER }, now, { json: true })).envelopes[0] as never;

beforeAll(async () => {
  desk = await aDesk();
  const vendor = async (slug: string, flags: object) => typed(desk, vendorAdd, { slug, name: slug, email: `psirt@${slug}.example`, language: 'en', key: await key(slug), ...flags }, '2014-05-01T09:00');
  await vendor('libssl', { name: 'Libssl project', kind: 'open-source', package: ['pkg:generic/libssl'] });
  await vendor('router-one', { kind: 'commercial', agreement: '2012-04-01', dependsOn: ['pkg:generic/libssl'] });
  await vendor('router-two', { kind: 'commercial', agreement: '2013-04-01', keyword: ['暗号ライブラリ'], language: 'ja' });
  await vendor('appliance', { kind: 'overseas', dependsOn: ['pkg:generic/libssl', 'pkg:generic/other'] });
  const partner = async (slug: string, flags: object) => typed(desk, partnerAdd, { slug, name: slug, email: `desk@${slug}.example`, language: 'en', key: await key(slug), ...flags }, '2014-05-01T09:00');
  await partner('ipa', { kind: 'receiving-organisation', language: 'ja' });
  await partner('power', { kind: 'critical-infrastructure', nda: '2012-04-01', language: 'ja' });
  await partner('water', { kind: 'critical-infrastructure' });
  await partner('abroad', { kind: 'partner-centre', nda: '2012-04-01' });
  await partner('helper', { kind: 'third-party' });
  await takeIn(desk, { products: PRODUCTS, title: { en: 'libssl passes names to a shell' } }, { route: 'partnership', source: 'IPA', reference: 'IPA#00000000' });
  const file = `cases/2014/${NUMBER}/case.md`;
  desk.write(file, desk.read(file).replace('products:', 'technologies:\n  - 暗号ライブラリー\nproducts:'));
  desk.commit('Technologies');
  await typed(desk, triage, { case: NUMBER, criterion: CRITERIA, spread: 'wide', accept: true, reason: 'It is complete.' }, '2014-05-02T10:00');
}, 240_000);
afterAll(() => desk.dispose());

describe('a case of several parties', () => {
  it('finds its vendors in the registry, each with the reason', async () => {
    const { envelopes } = await typed(desk, vendorList, { for: NUMBER }, '2014-05-02T11:00', { json: true });
    expect(envelopes).toMatchObject([
      {
        kind: 'candidate-list',
        candidates: [
          { slug: 'libssl', role: 'upstream', reasons: ['case.md names it as the vendor of libssl', 'it makes pkg:generic/libssl'], eligible: { ok: true }, key: { usable: true } },
          { slug: 'appliance', role: 'downstream', reasons: ['its products contain pkg:generic/libssl'], eligible: { ok: false } },
          { slug: 'router-one', role: 'downstream', command: `vcc record ${NUMBER} vendor-added --vendor router-one --role downstream` },
          { slug: 'router-two', role: 'developer', reasons: ['its keyword 暗号ライブラリ fits the technology 暗号ライブラリー'] },
        ],
      },
    ]);
  });

  it('tells upstream first; downstream waits until upstream says so, and cannot say so itself', { timeout: 120_000 }, async () => {
    await refused({ vendor: ['router-one'], role: 'downstream' }, '2014-05-02T12:00', 'not-yet', /wave downstream waits for wave-opened/);
    await send({ vendor: ['libssl'], role: 'upstream' }, '2014-05-02T13:00');
    await happened(desk, 'vendor-added', { vendor: 'router-one', role: 'downstream' }, '2014-05-02T13:30');
    await happened(desk, 'vendor-added', { vendor: 'router-two', role: 'oem' }, '2014-05-02T13:30');
    await refused({ vendor: ['router-one'] }, '2014-05-02T14:00', 'not-yet', /router-one \(downstream\)/);
    await happened(desk, 'vendor-replied', { vendor: 'libssl', progress: 'accepted' }, '2014-05-07T10:00');
    await send({ vendor: ['libssl'] }, '2014-05-07T11:00');
    expect(await letterTo('libssl')).toContain(REPORT.poc);
    expect(await letterTo('libssl')).not.toMatch(IDENTITY);
    expect((await seen('2014-05-07T11:30')).waves.map(({ wave, open }) => [wave, open])).toEqual([['upstream', true], ['downstream', false], ['partner-centres', true], ['critical-infrastructure', false]]);

    await expect(happened(desk, 'wave-opened', { wave: 'downstream', vendor: 'router-one' }, '2014-05-08T10:00')).rejects.toMatchObject({ code: 'wave-not-theirs' });
    await expect(happened(desk, 'wave-opened', { wave: 'downstraem', vendor: 'libssl' }, '2014-05-08T10:00')).rejects.toMatchObject({ code: 'usage' });
    await happened(desk, 'wave-opened', { wave: 'downstream', vendor: 'libssl' }, '2014-05-08T10:00');
    await send({ vendor: ['router-one', 'router-two'] }, '2014-05-08T11:00');
    expect((await seen('2014-05-08T12:00')).vendors).toMatchObject([{ vendor: 'libssl', firstContact: '2014-05-02T13:00:00+09:00' }, { vendor: 'router-one', firstContact: '2014-05-08T11:00:00+09:00' }, { vendor: 'router-two', firstContact: '2014-05-08T11:00:00+09:00' }]);
    for (const slug of ['router-one', 'router-two']) expect(await letterTo(slug)).not.toMatch(/libssl|shell/);
    await refused({ vendor: ['router-one', 'router-two'] }, '2014-05-09T11:00', 'not-answered', /say what a second message is for/);
    await send({ vendor: ['router-one', 'router-two'], purpose: 'details', asWritten: true }, '2014-05-09T11:00');
  });

  it('asks a third party for a contact by the name of the vendor alone', async () => {
    await refused({ partner: ['helper'], purpose: 'progress', text: 'x' }, '2014-05-09T12:00', 'not-eligible', /third party is not written to for progress/);
    await refused({ partner: ['helper'], purpose: 'analysis', text: 'x' }, '2014-05-09T12:00', 'not-eligible', /no non-disclosure agreement/);
    await expect(send({ partner: ['helper'], purpose: 'contact-search', vendor: ['router-two'], text: 'It is about libssl.' }, '2014-05-09T12:00')).rejects.toMatchObject({ code: 'usage' });
    await expect(send({ partner: ['helper'], purpose: 'contact-search' }, '2014-05-09T12:00')).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining('--vendor is missing') as string });
    await send({ partner: ['helper'], purpose: 'contact-search', vendor: ['router-two'] }, '2014-05-09T12:00');
    const letter = await letterTo('helper');
    expect(letter).toContain('router-two');
    expect(letter).not.toMatch(/libssl|shell|router-one|暗号/);
    expect(desk.entry('partner-contacted')).toMatch(/party: partner:helper[\s\S]*purpose: contact-search[\s\S]*vendor: router-two/);
  });

  it('gives critical infrastructure notice only after a fix, with consent and under an agreement; never how it is attacked', { timeout: 120_000 }, async () => {
    const notice = { partner: ['power'], purpose: 'advance-notice' };
    await refused(notice, '2014-05-19T10:00', 'not-eligible', /waits for fix-available.* and advance-notice-agreed/);
    await happened(desk, 'fix-available', { vendor: 'libssl', remediation: 'fix', versions: ['1.2.4'] }, '2014-05-20T10:00');
    await refused(notice, '2014-05-20T11:00', 'not-eligible', /waits for advance-notice-agreed/);
    await happened(desk, 'advance-notice-agreed', { vendor: 'router-one' }, '2014-05-20T12:00');
    // Consent of another vendor opens nothing of this one.
    await refused(notice, '2014-05-20T12:30', 'no-product', /no product .* consents/);
    await happened(desk, 'advance-notice-agreed', { vendor: 'libssl' }, '2014-05-21T10:00');
    await refused({ ...notice, partner: ['water'] }, '2014-05-21T11:00', 'not-eligible', /no non-disclosure agreement/);
    await refused({ ...notice, partner: ['power', 'water'] }, '2014-05-21T11:00', 'not-eligible', /water/);
    await refused({ ...notice, text: 'curl -X POST http://router/ -d "; reboot"' }, '2014-05-21T11:00', 'attack-detail', /command line/);
    await refused({ ...notice, text: 'Found by Yamada Hanako.' }, '2014-05-21T11:00', 'identity-to-partner', /name of the reporter/);
    await send(notice, '2014-05-21T11:30');
    const letter = await letterTo('power');
    for (const part of ['libssl: 1.2.3 and earlier', '修正版', '1.2.4', '未定']) expect(letter).toContain(part);
    expect(letter).not.toMatch(SECRET);
    expect(letter).not.toMatch(IDENTITY);
    expect(letter).not.toMatch(/router-one|router-two/);
  });

  it('holds a partner back that has not accepted the embargo, and a name that is no partner out', { timeout: 120_000 }, async () => {
    await happened(desk, 'embargo-proposed', { party: 'team', until: DATE }, '2014-05-22T10:00');
    for (const party of ['vendor:libssl', 'vendor:router-one', 'vendor:router-two']) await happened(desk, 'embargo-accepted', { party }, '2014-05-22T11:00');
    await refused({ partner: ['abroad'], purpose: 'advance-notice' }, '2014-05-22T12:00', 'not-eligible', /has not accepted it/);
    await expect(happened(desk, 'embargo-accepted', { party: 'partner:nobody' }, '2014-05-22T12:00')).rejects.toMatchObject({ code: 'would-not-lint' });
    await happened(desk, 'embargo-accepted', { party: 'partner:abroad' }, '2014-05-22T12:30');
    await send({ partner: ['abroad'], purpose: 'advance-notice', text: 'Vendors in your country are affected.' }, '2014-05-22T13:00');
    const letter = await letterTo('abroad');
    expect(letter).toContain('Embargo until:   20 June 2014');
    expect(letter).not.toMatch(SECRET);
  });

  it('takes a vendor in late: its own start day and clocks, and the embargo before the details', { timeout: 120_000 }, async () => {
    await send({ vendor: ['appliance'], role: 'downstream' }, '2014-05-23T10:00');
    await happened(desk, 'vendor-replied', { vendor: 'appliance', progress: 'acknowledged' }, '2014-05-26T10:00');
    await refused({ vendor: ['appliance'] }, '2014-05-26T11:00', 'no-details-yet', /has not accepted/);
    await happened(desk, 'embargo-accepted', { party: 'vendor:appliance' }, '2014-05-26T12:00');
    await send({ vendor: ['appliance'] }, '2014-05-26T13:00');
    const { dues, vendors } = await seen('2014-05-26T14:00');
    expect(vendors.at(-1)).toMatchObject({ vendor: 'appliance', firstContact: '2014-05-23T10:00:00+09:00' });
    expect(dues.filter(({ id }) => id === 'uncoordinatable').map(({ vendor, due }) => [vendor, due.slice(0, 10)])).toEqual([['libssl', '2014-11-02'], ['router-one', '2014-11-08'], ['router-two', '2014-11-08'], ['appliance', '2014-11-23']]);
  });

  it('says what the receiving organisation still has to hear, until it has heard it', { timeout: 120_000 }, async () => {
    const open = async (now: string): Promise<string[]> => (await seen(now)).toTell.filter(({ party }) => party === 'receiving-organisation').map(({ command }) => command);
    await happened(desk, 'verified', { vendor: 'libssl', result: 'confirmed', versions: ['1.2.3'] }, '2014-05-27T10:00');
    const notify = `vcc notify ${NUMBER} --partner receiving-organisation`;
    expect((await open('2014-05-27T11:00')).sort()).toEqual([`${notify} --purpose vendor-answer --vendor appliance`, `${notify} --purpose vendor-answer --vendor libssl`, `${notify} --purpose verification`]);
    await send({ partner: ['receiving-organisation'], purpose: 'vendor-answer', vendor: ['libssl'] }, '2014-05-27T12:00');
    const answer = await letterTo('receiving-organisation', 'ipa');
    for (const part of ['Libssl project', '脆弱性であると認めている', '2014年5月7日']) expect(answer).toContain(part);
    await send({ partner: ['ipa'], purpose: 'vendor-answer', vendor: ['appliance'] }, '2014-05-27T12:10');
    await send({ partner: ['ipa'], purpose: 'verification' }, '2014-05-27T12:20');
    expect(await letterTo('receiving-organisation', 'ipa')).toMatch(/2014年5月27日 {2}Libssl project: 再現を確認 \(1\.2\.3\)/);
    expect(await open('2014-05-27T13:00')).toEqual([]);
    await refused({ reporter: true, purpose: 'progress', text: 'It is confirmed.' }, '2014-05-27T13:00', 'no-message', /receiving organisation talks to the reporter/);
    await expect(send({ reporter: true, purpose: 'progress', text: 'x' }, '2014-05-27T13:00')).rejects.toMatchObject({ hint: `${notify} --purpose progress --text TEXT` });
    await send({ partner: ['ipa'], purpose: 'progress', text: 'Please tell the reporter that it is confirmed.' }, '2014-05-27T13:30');
    await happened(desk, 'partner-replied', { party: 'receiving-organisation', about: 'reporter-message', text: 'The reporter agrees.' }, '2014-05-28T10:00');
  });

  it('tells the date to everybody who has a part in it', { timeout: 240_000 }, async () => {
    for (const party of ['vendor:libssl', 'vendor:router-one', 'receiving-organisation', 'partner:abroad']) await happened(desk, 'date-agreed', { party, date: DATE }, '2014-05-29T10:00');
    await typed(desk, schedule, { case: NUMBER, date: DATE }, '2014-05-29T11:00');
    const { toTell } = await seen('2014-05-29T12:00');
    expect(toTell.map(({ party, what }) => `${party}: ${what}`).sort()).toEqual([
      'receiving-organisation: Tell the date of publication',
      ...['appliance', 'libssl', 'router-one', 'router-two'].map((slug) => `vendor:${slug}: Tell the date of publication`),
    ]);
    const { printed } = await typed(desk, show, { case: NUMBER }, '2014-05-29T12:00');
    expect(printed).toMatch(/To tell[\s\S]*receiving organisation {2}Tell the date of publication +2014-05-29 {2}2014-05-30/);
    await send({ vendor: ['libssl', 'router-one', 'router-two', 'appliance'], purpose: 'date' }, '2014-05-29T13:00');
    await send({ partner: ['ipa', 'abroad'], purpose: 'publication-date' }, '2014-05-29T13:10');
    await refused({ partner: ['power'], purpose: 'publication-date' }, '2014-05-29T13:20', 'not-eligible', /has not accepted it/);
    expect((await seen('2014-05-29T14:00')).toTell).toEqual([]);
    const forIpa = await letterTo('receiving-organisation', 'ipa');
    expect(forIpa).toMatch(/router-one: 2014年6月20日 12:00[\s\S]*router-two: 日時は未合意/);
    const forAbroad = await letterTo('abroad');
    expect(forAbroad).toContain('20 June 2014, 12:00');
    expect(forAbroad).not.toMatch(/router/);

    await typed(desk, schedule, { case: NUMBER, cancel: 'router-two needs two weeks more' }, '2014-05-30T10:00');
    const commands = (await seen('2014-05-30T11:00')).toTell.map(({ command }) => command);
    expect(commands).toContain(`vcc notify ${NUMBER} --partner receiving-organisation --purpose publication-date`);
    expect(commands).toContain(`vcc notify ${NUMBER} --vendor router-one --purpose date-withdrawn`);
    await send({ partner: ['ipa'], purpose: 'publication-date', text: 'A fix takes longer.' }, '2014-05-30T12:00');
    expect(await letterTo('receiving-organisation', 'ipa')).toMatch(/取りやめ[\s\S]*A fix takes longer\./);
  });

  it('names the reporter in no letter to anybody, and sends no proof of concept beyond the vendors', { timeout: 120_000 }, async () => {
    const readers: Readonly<Record<string, string>> = { 'receiving-organisation': 'ipa' };
    const mails = desk.outbox();
    expect(mails.length).toBeGreaterThan(20);
    for (const mail of mails) {
      const label = new RegExp(`-${NUMBER}-(.+)-[0-9a-f]{4}\\.eml$`).exec(mail)?.[1] ?? '';
      const letter = await desk.opened(mail, await testPerson(readers[label] ?? label));
      expect(letter.length, mail).toBeGreaterThan(100);
      expect(letter, mail).not.toMatch(IDENTITY);
      if (!['libssl', 'router-one', 'router-two', 'appliance'].includes(label)) expect(letter, mail).not.toMatch(SECRET);
    }
    expect(desk.readable()).not.toMatch(IDENTITY);
  });
});
