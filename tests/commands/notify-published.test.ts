import { expect, it } from 'vitest';
import { keyImport } from '../../src/commands/key.ts';
import { notify } from '../../src/commands/notify.ts';
import { partnerAdd } from '../../src/commands/partner.ts';
import { publish } from '../../src/commands/publish.ts';
import { aDesk, coordinate, NUMBER, PUBLISH_AT, readyToPublish, typed } from '../support/a-desk.ts';
import { testPerson } from '../support/temp-repo.ts';

it('a publication is told to the partners that heard of the case; who has no key is told later, and nobody else is', { timeout: 120_000 }, async () => {
  const desk = await aDesk();
  try {
    const now = '2014-05-01T09:00';
    const key = async (slug: string): Promise<string> => desk.file(`${slug}.asc`, (await testPerson(slug)).publicKey);
    const partner = { kind: 'partner-centre', nda: '2012-04-01', language: 'en' };
    for (const slug of ['abroad', 'nowhere']) await typed(desk, partnerAdd, { ...partner, slug, name: slug, email: `desk@${slug}.example`, key: await key('abroad') }, now);
    await typed(desk, partnerAdd, { ...partner, slug: 'keyless-centre', name: 'Keyless', email: 'desk@keyless.example' }, now);
    await coordinate(desk);
    const told = (slug: string, inClear?: string) => typed(desk, notify, { case: NUMBER, partner: [slug], purpose: 'progress', text: 'It is being fixed.', ...(inClear === undefined ? {} : { inClear }) }, '2014-05-08T10:00');
    await told('abroad');
    await expect(told('keyless-centre')).rejects.toMatchObject({ code: 'no-key' });
    await told('keyless-centre', 'it has no key yet');
    await expect(typed(desk, notify, { case: NUMBER, partner: ['abroad'], purpose: 'published' }, '2014-05-09T10:00')).rejects.toMatchObject({ code: 'not-eligible' });
    await readyToPublish(desk);
    const { code, printed } = await typed(desk, publish, { case: NUMBER }, PUBLISH_AT.slice(0, 16), { yes: true });
    expect(code).toBe(0);
    expect(desk.outbox().filter((name) => name.includes('-nowhere-'))).toEqual([]);
    const letter = await desk.opened(desk.outbox().filter((name) => name.includes('-abroad-')).at(-1) ?? '', await testPerson('abroad'));
    expect(letter).toMatch(/was published on 6 June 2014, 12:00[\s\S]*https:\/\/public\.centre\.example\//);
    expect(printed).toContain(`vcc notify ${NUMBER} --partner keyless-centre --purpose published`);
    await typed(desk, keyImport, { file: await key('keyless-centre'), partner: 'keyless-centre' }, '2014-06-06T13:00');
    await typed(desk, notify, { case: NUMBER, partner: ['keyless-centre'], purpose: 'published' }, '2014-06-06T13:10');
    expect(await desk.opened(desk.outbox().filter((name) => name.includes('-keyless-centre-')).at(-1) ?? '', await testPerson('keyless-centre'))).toContain('https://public.centre.example/');
  } finally {
    desk.dispose();
  }
});
