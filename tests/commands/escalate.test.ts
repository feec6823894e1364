import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { escalate } from '../../src/commands/escalate.ts';
import { notify } from '../../src/commands/notify.ts';
import { accept, aDesk, happened, NUMBER, takeIn, typed, type Desk } from '../support/a-desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await aDesk();
  await takeIn(desk);
  await accept(desk);
  await typed(desk, notify, { case: NUMBER, vendor: ['acme'] }, '2014-05-02T11:00');
});
afterAll(() => desk.dispose());

const step = (now: string) => typed(desk, escalate, { case: NUMBER, vendor: 'acme' }, now);

describe('vcc escalate', () => {
  it('refuses before the step is due, and says when it is', async () => {
    // Ten business days from Friday 2 May 2014; 5 and 6 May are holidays.
    await expect(step('2014-05-12T10:00')).rejects.toMatchObject({ code: 'not-due', message: expect.stringContaining('2014-05-20 23:59 +09:00') as string });
  });

  it('reminds when it is due, on the evidence of the log, and the next step waits again', async () => {
    const mails = desk.outbox().length;
    const { code } = await step('2014-05-21T10:00');
    expect(code).toBe(0);
    expect(desk.entry('escalated')).toMatch(/step: reminder\nevidence:\n {2}- 20140502T020000Z-vendor-contacted-/);
    expect(desk.head().subject).toBe(`${NUMBER}: escalate acme (reminder)`);
    expect(desk.outbox()).toHaveLength(mails + 1);
    await expect(step('2014-05-22T10:00')).rejects.toMatchObject({ code: 'not-due' });
  });

  it('leaves a vendor that answered alone', async () => {
    await happened(desk, 'vendor-replied', { vendor: 'acme', progress: 'acknowledged' }, '2014-05-23T10:00');
    await expect(step('2014-05-24T10:00')).rejects.toMatchObject({ exitCode: 1 });
  });

  it('knows no vendor that is not in the case', async () => {
    await expect(typed(desk, escalate, { case: NUMBER, vendor: 'libre' }, '2014-05-24T10:00')).rejects.toMatchObject({ code: 'vendor-not-in-case' });
  });
});
