import { afterAll, beforeAll, expect, it } from 'vitest';
import { due } from '../../src/commands/due.ts';
import { notify } from '../../src/commands/notify.ts';
import { jpcertPolicy } from '../support/a-case.ts';
import { accept, aDesk, happened, NUMBER, takeIn, typed, type Desk } from '../support/a-desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await aDesk();
  await takeIn(desk);
  await accept(desk);
});
afterAll(() => desk.dispose());

const release = (now: string, on = desk) => typed(on, notify, { case: NUMBER, reporter: true, purpose: 'release', text: 'The vendor rewrites the whole module.' }, now);

it('a reporter is released a year after the start day who asks, and nothing is published by it', async () => {
  await expect(release('2014-05-03T10:00')).rejects.toMatchObject({ code: 'no-release', message: expect.stringContaining('no start day') as string });
  await typed(desk, notify, { case: NUMBER, vendor: ['acme'] }, '2014-05-07T10:00');
  await happened(desk, 'release-requested', { means: 'mail' }, '2015-05-01T10:00');
  await expect(release('2015-05-07T23:59')).rejects.toMatchObject({ code: 'release-too-early', message: expect.stringContaining('after 2015-05-07 23:59 +09:00') as string });
  const { envelopes } = await typed(desk, (env, options: { case: string }) => Promise.resolve(due(env, options)), { case: NUMBER }, '2015-05-08T10:00', { json: true });
  // Five business days from Friday 1 May 2015, with Golden Week from the 3rd to the 6th.
  expect(envelopes[0]?.['dues']).toContainEqual(expect.objectContaining({ id: 'release-answer', due: '2015-05-13T23:59:59+09:00', command: `vcc notify ${NUMBER} --reporter --purpose release` }));

  await release('2015-05-08T10:00');
  const letter = await desk.opened(desk.outbox().findLast((name) => name.includes('reporter')) ?? '', desk.finder);
  expect(letter).toContain('The vendor rewrites the whole module.');
  expect(letter).toContain('7 May 2014');
  expect(desk.entry('reporter-released')).toContain('reason:');
  expect(desk.log().some((name) => name.includes('published'))).toBe(false);
  await expect(release('2015-05-09T10:00')).rejects.toMatchObject({ code: 'no-release' });
});

it('only who asked; on the partnership route through the receiving organisation', async () => {
  const other = await aDesk();
  await takeIn(other, { route: 'partnership' });
  await accept(other, { criterion: jpcertPolicy().acceptance.filter(({ routes }) => !routes || routes.includes('partnership')).map(({ id }) => `${id}=yes`) });
  await typed(other, notify, { case: NUMBER, vendor: ['acme'] }, '2014-05-07T10:00');
  await expect(release('2015-05-08T10:00', other)).rejects.toMatchObject({ code: 'release-not-requested', hint: `vcc record ${NUMBER} release-requested --means mail` });
  await happened(other, 'release-requested', { means: 'mail' }, '2015-05-08T11:00');
  await expect(release('2015-05-08T12:00', other)).rejects.toMatchObject({ code: 'receiving-organisation-answers' });
  await happened(other, 'reporter-released', { reason: 'IPA has answered.' }, '2015-05-09T10:00');
  other.dispose();
});
