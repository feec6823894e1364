import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { escalate, type EscalateOptions } from '../../src/commands/escalate.ts';
import { notify } from '../../src/commands/notify.ts';
import { accept, aDesk, happened, NUMBER, takeIn, typed, type Desk } from '../support/a-desk.ts';
import { testPerson } from '../support/temp-repo.ts';

let desk: Desk;
let head: string;
beforeAll(async () => {
  desk = await aDesk();
  await takeIn(desk);
  await accept(desk);
  await typed(desk, notify, { case: NUMBER, vendor: ['acme'] }, '2014-05-02T11:00');
  head = desk.git('rev-parse', 'HEAD');
});
afterAll(() => desk.dispose());

const DUE = '2014-05-27T10:00';
const step = (now: string, options: Partial<EscalateOptions> = {}, how = {}) => typed(desk, escalate, { case: NUMBER, vendor: 'acme', ...options }, now, how);

describe('vcc escalate, what it holds to', () => {
  it('shows with --dry-run and --json what it would do, and names the flag that is missing', async () => {
    const { envelopes } = await step(DUE, {}, { dryRun: true, json: true });
    expect(envelopes).toMatchObject([{ kind: 'plan', case: NUMBER, vendor: 'acme', step: 'reminder', messages: [{ encryption: 'registered-key' }] }]);
    await expect(typed(desk, escalate, { case: NUMBER }, DUE)).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('--vendor is missing') as string });
    await expect(step(DUE, { inClear: 'a\nb' })).rejects.toMatchObject({ code: 'would-not-lint' });
    expect(desk.untouchedSince(head, 3)).toBe(true);
  });

  it('goes up the ladder: letters that say nothing of the flaw, and the entry that a step asks for', async () => {
    await step(DUE);
    const letter = await desk.opened(desk.outbox().at(-1) ?? '', await testPerson('acme'));
    expect(letter).toContain('2 May 2014');
    expect(letter).not.toMatch(/Router|Yamada/);
    await step('2014-06-12T10:00');
    await expect(step('2014-06-30T10:00')).rejects.toMatchObject({ code: 'step-blocked', hint: expect.stringContaining(`vcc record ${NUMBER} vendor-contacted --vendor acme`) as string });
    await happened(desk, 'vendor-contacted', { vendor: 'acme', purpose: 'reminder', means: 'phone', outcome: 'no-answer' }, '2014-07-17T10:00');
    const { stderr } = await step('2014-07-17T11:00');
    expect(stderr.join('\n')).toContain('acme was tried: mail 3 times, last 2014-06-12; phone once, last 2014-07-17 (no answer). Not tried: post, fax, form, web.');
    expect(desk.entry('escalated', 2)).toContain('step: other-means');
    await expect(step('2014-08-04T10:00')).rejects.toMatchObject({ code: 'step-blocked', hint: expect.stringContaining(`vcc record ${NUMBER} partner-contacted --vendor acme`) as string });
    await happened(desk, 'partner-contacted', { vendor: 'acme', party: 'receiving-organisation', purpose: 'contact-search', means: 'mail' }, '2014-08-04T10:00');
    await step('2014-08-04T11:00');
    expect(desk.entry('escalated', 3)).toContain('step: third-party');
  });
});
