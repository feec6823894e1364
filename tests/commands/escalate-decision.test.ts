import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { escalate, type EscalateOptions } from '../../src/commands/escalate.ts';
import { notify } from '../../src/commands/notify.ts';
import { publish } from '../../src/commands/publish.ts';
import { schedule } from '../../src/commands/schedule.ts';
import { accept, aDesk, approveAs, happened, NUMBER, REPORT, takeIn, typed, writeAdvisories, type Desk } from '../support/a-desk.ts';
import { testPerson } from '../support/temp-repo.ts';

/** A developer that disputes the flaw on the direct route: its ladder has one step, 120 days after the first contact. */
let disputed: Desk;
beforeAll(async () => {
  disputed = await aDesk();
  await takeIn(disputed);
  await accept(disputed);
  await typed(disputed, notify, { case: NUMBER, vendor: ['acme'] }, '2014-05-07T10:00');
  await happened(disputed, 'vendor-replied', { vendor: 'acme', progress: 'rejected' }, '2014-05-20T10:00');
});
afterAll(() => disputed.dispose());

const DAY = '2014-09-05T10:00';
const DATE = '2014-10-01T12:00:00+09:00';
const step = (desk: Desk, now: string, options: Partial<EscalateOptions> = {}, how = {}) => typed(desk, escalate, { case: NUMBER, vendor: 'acme', ...options }, now, how);
const gate = async (desk: Desk, now: string) => (await typed(desk, publish, { case: NUMBER, check: true }, now)).printed;

describe('no resolution after 120 days on the direct route', () => {
  it('is decided not earlier, by one of two flags or a question', async () => {
    const head = disputed.git('rev-parse', 'HEAD');
    const mails = disputed.outbox().length;
    await expect(step(disputed, '2014-09-04T10:00', { close: true, reason: 'x' })).rejects.toMatchObject({ code: 'not-due', message: expect.stringContaining('2014-09-04 23:59') as string });
    await expect(step(disputed, DAY)).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('--publish or --close is missing') as string });
    await expect(step(disputed, DAY, { close: true, publish: true })).rejects.toMatchObject({ exitCode: 2 });
    await expect(step(disputed, DAY, { close: true, date: DATE, reason: 'x' })).rejects.toMatchObject({ exitCode: 2 });
    await expect(step(disputed, DAY, { publish: true, date: '2014-09-01T12:00' })).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('has passed') as string });
    await expect(step(disputed, DAY, { close: true, reason: 'Yamada Hanako wants it.' })).rejects.toMatchObject({ code: 'identity-in-log' });
    expect(disputed.untouchedSince(head, mails)).toBe(true);
  });

  it('may end: the case is closed and the reporter hears why', async () => {
    const desk = disputed.copy();
    const { asked } = await step(desk, DAY, {}, { answers: { '--publish or --close': 'close', '--reason': 'The developer holds that it is no flaw.' } });
    expect(asked).toEqual(['--publish or --close', '--reason']);
    expect(desk.entry('closed')).toContain('because: no-resolution\nreason: The developer holds that it is no flaw.');
    expect(desk.entry('escalated')).toContain('step: decide');
    expect(desk.head().body).toContain('acme disputes the flaw');
    const letter = await desk.opened(desk.outbox().findLast((name) => name.includes('reporter')) ?? '', desk.finder);
    expect(letter).toContain('The developer holds that it is no flaw.');
    desk.dispose();
  });

  it('may end without a letter where the reporter has no key, and says how to tell the reporter', async () => {
    const desk = await aDesk();
    await takeIn(desk, {}, {}, false);
    await accept(desk);
    await typed(desk, notify, { case: NUMBER, vendor: ['acme'] }, '2014-05-07T10:00');
    await happened(desk, 'vendor-replied', { vendor: 'acme', progress: 'rejected' }, '2014-05-20T10:00');
    const { printed } = await step(desk, DAY, { close: true, reason: 'No answer.' });
    expect(printed).toContain(`vcc notify ${NUMBER} --reporter --purpose closed --text REASON --in-clear`);
    expect(desk.log().some((name) => name.includes('reporter-contacted'))).toBe(false);
    desk.dispose();
  });

  it('may be published: the vendor is told the date and nothing else, and the gate does not wait for its consent', async () => {
    const desk = disputed.copy();
    const { stderr } = await step(desk, DAY, { publish: true, date: DATE });
    const letter = await desk.opened(desk.outbox().findLast((name) => name.includes('acme')) ?? '', await testPerson('acme'));
    expect(letter).toContain('1 October 2014, 12:00 (UTC+09:00)');
    expect(letter).not.toMatch(new RegExp(`Router|Yamada|${REPORT.poc}`));
    expect(stderr.join('\n')).toContain('the gate still lacks remediation');

    await happened(desk, 'fix-available', { remediation: 'workaround' }, '2014-09-06T10:00');
    await happened(desk, 'vendor-status', { vendor: 'acme', status: 'unknown' }, '2014-09-06T10:00');
    await happened(desk, 'cve-assigned', { cve: 'CVE-2014-9999', assigner: 'acme' }, '2014-09-06T10:00');
    await happened(desk, 'date-agreed', { party: 'reporter', date: DATE }, '2014-09-06T10:00');
    await typed(desk, schedule, { case: NUMBER, date: DATE }, '2014-09-06T11:00');
    writeAdvisories(desk);
    desk.commit('Write the advisory');
    await approveAs(desk, 1, '2014-09-07T10:00');
    expect(await gate(desk, '2014-09-30T12:00')).toContain('has not come yet');

    // The date falls through: the vendor has to hear of the new one before the gate opens.
    await typed(desk, schedule, { case: NUMBER, cancel: 'one more week' }, '2014-09-08T10:00');
    const later = '2014-10-08T12:00:00+09:00';
    await happened(desk, 'date-agreed', { party: 'reporter', date: later }, '2014-09-08T11:00');
    await typed(desk, schedule, { case: NUMBER, date: later }, '2014-09-08T11:00');
    expect(await gate(desk, '2014-10-08T12:00')).toContain(`vcc escalate ${NUMBER} --vendor acme --publish --date ${later}`);
    await expect(step(desk, '2014-09-09T10:00', { publish: true, date: DATE })).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('is scheduled for') as string });
    await step(desk, '2014-09-09T10:00', { publish: true, date: later });
    const { code } = await typed(desk, publish, { case: NUMBER }, '2014-10-08T12:00');
    expect(code).toBe(0);
    desk.dispose();
  }, 180_000);
});
