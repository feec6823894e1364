import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyImport } from '../../src/commands/key.ts';
import { partnerAdd, partnerList, partnerShow } from '../../src/commands/partner.ts';
import { aDesk, typed, type Desk } from '../support/a-desk.ts';
import { testPerson } from '../support/temp-repo.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await aDesk();
});
afterEach(() => desk.dispose());

const NOW = '2014-05-01T10:00';
const IPA = { slug: 'ipa', nameJa: '情報処理推進機構', kind: 'receiving-organisation', email: 'vuln@ipa.example', language: 'ja' };
const add = (flags: object, how = {}) => typed(desk, partnerAdd, { ...IPA, ...flags }, NOW, how);

describe('vcc partner', () => {
  it('adds a partner, then its agreement, its key and another contact, each in a commit', async () => {
    const { printed } = await add({ slug: 'power', kind: 'critical-infrastructure' });
    expect(printed).toContain('without a signed non-disclosure agreement it hears no details');
    expect(desk.head().subject).toBe('partners: add power');
    expect(desk.head().trailer('Partner')).toEqual(['power']);
    await typed(desk, partnerAdd, { slug: 'power', nda: '2013-04-01' }, NOW);
    const file = desk.file('power.asc', (await testPerson('power')).publicKey);
    await typed(desk, keyImport, { file, partner: 'power' }, NOW);
    await typed(desk, partnerAdd, { slug: 'power', email: 'night@power.example', language: 'en' }, NOW);
    expect(desk.read('partners/power.yaml')).toMatch(/vuln@ipa\.example[\s\S]*key: [\s\S]*night@power\.example/);
    expect(desk.read('partners/power.yaml')).toMatch(/nda:\n {2}signed: "?2013-04-01"?\n/);
    const { printed: shown } = await typed(desk, partnerShow, { slug: 'power' }, NOW);
    expect(shown).toMatch(/Kind +critical infrastructure[\s\S]*NDA +signed 2013-04-01[\s\S]*good until: no end/);
    expect((await typed(desk, (env) => Promise.resolve(partnerList(env)), {}, NOW)).printed).toMatch(/power +情報処理推進機構 +critical infrastructure +2013-04-01 +1 of 2/);
  });

  it.each<[string, object, string, number]>([
    ['a second receiving organisation', { slug: 'other' }, 'receiving-organisation-twice', 1],
    ['a name that leads elsewhere', { slug: '../vcc' }, 'usage', 2],
    ['a kind that does not exist', { slug: 'other', kind: 'friend' }, 'partner-invalid', 2],
    ['a day that is none', { slug: 'other', kind: 'third-party', nda: '2013-02-40' }, 'usage', 2],
    ['nothing new', {}, 'usage', 2],
  ])('refuses %s and writes nothing', async (_name, flags, code, exitCode) => {
    await add({});
    const head = desk.git('rev-parse', 'HEAD');
    await expect(add(flags)).rejects.toMatchObject({ code, exitCode });
    expect(desk.untouchedSince(head, 0)).toBe(true);
  });

  it('names what is missing in a script, and fails on a file that cannot be read', async () => {
    await expect(typed(desk, partnerAdd, { slug: 'power', name: 'Power', email: 'a@power.example', language: 'en' }, NOW)).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining('--kind') as string });
    await expect(typed(desk, partnerShow, { slug: 'nobody' }, NOW)).rejects.toMatchObject({ code: 'no-such-partner' });
    desk.write('partners/broken.yaml', 'schemaVersion: 1\nname: x\n');
    desk.commit('Broken');
    expect((await typed(desk, (env) => Promise.resolve(partnerList(env)), {}, NOW)).code).toBe(1);
    await expect(add({ slug: 'broken' })).rejects.toMatchObject({ code: 'partner-broken' });
  });
});
