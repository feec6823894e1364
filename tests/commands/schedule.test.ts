import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { schedule, type ScheduleOptions } from '../../src/commands/schedule.ts';
import { aDesk, coordinate, happened, NUMBER, PUBLISH_AT, typed, type Desk } from '../support/a-desk.ts';

let first: Desk;
let desk: Desk;
let head: string;
beforeAll(async () => {
  first = await aDesk();
  await coordinate(first);
});
afterAll(() => first.dispose());
beforeEach(() => {
  desk = first.copy();
  head = desk.git('rev-parse', 'HEAD');
});
afterEach(() => desk.dispose());

const NOW = '2014-05-20T10:00';
const set = (options: Partial<ScheduleOptions>, how = {}) => typed(desk, schedule, { case: NUMBER, ...options }, NOW, how);
const fixed = () => happened(desk, 'fix-available', { vendor: 'acme', remediation: 'fix' }, NOW);

describe('vcc schedule', () => {
  it('sets the minute, and says whom to tell', async () => {
    await fixed();
    const { code, printed } = await set({ date: '2014-06-06 12:00' });
    expect(code).toBe(0);
    expect(desk.entry('scheduled')).toContain(`date: "${PUBLISH_AT}"`);
    expect(desk.head().subject).toBe(`${NUMBER}: schedule publication`);
    expect(desk.head().trailer('Event')).toEqual(['scheduled']);
    expect(printed).toContain(`vcc notify ${NUMBER} --vendor acme --purpose date`);
    await expect(set({ date: '2014-06-07 12:00' })).rejects.toMatchObject({ code: 'scheduled-already' });
  });

  it('takes it back, with the letters that are owed, and sets another one within the same second', async () => {
    await fixed();
    await set({ date: '2014-06-06 12:00' });
    const before = desk.git('rev-parse', 'HEAD');
    await expect(set({ cancel: 'Yamada Hanako is ill' })).rejects.toMatchObject({ code: 'identity-in-log' });
    await expect(set({ cancel: ' ' })).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('--cancel') as string });
    expect(desk.git('rev-parse', 'HEAD')).toBe(before);
    const { printed } = await set({ cancel: 'the vendor needs two weeks' });
    expect(printed).toContain('--purpose date-withdrawn');
    expect(desk.entry('unscheduled')).toContain('reason: the vendor needs two weeks');
    expect((await set({ date: '2014-06-20 12:00' })).code).toBe(0);
  });

  it('shows with --dry-run and --json what it would do, and does not do it', async () => {
    await fixed();
    const before = desk.git('rev-parse', 'HEAD');
    const { envelopes } = await set({ date: '2014-06-06 12:00' }, { dryRun: true, json: true });
    expect(envelopes).toMatchObject([{ kind: 'plan', case: NUMBER }]);
    expect(desk.untouchedSince(before, 3)).toBe(true);
  });

  it('says what speaks against a date before anybody is told of it', async () => {
    await fixed();
    expect((await set({ date: '2014-06-06 12:00' }, { dryRun: true })).printed).not.toMatch(/office is closed|not to this date/);
    await happened(desk, 'date-agreed', { party: 'vendor:acme', date: PUBLISH_AT }, NOW);
    const { printed } = await set({ date: '2014-06-07 12:00' });
    expect(printed).toContain('2014-06-07 is a Saturday on which the office is closed');
    expect(printed).toContain('vendor:acme agreed to 2014-06-06 12:00 +09:00, not to this date');
  });

  it('offers a person the date that was agreed last', async () => {
    await happened(desk, 'date-agreed', { party: 'vendor:acme', date: PUBLISH_AT }, NOW);
    const { asked } = await set({}, { answers: { '--date': '2014-06-06 12:00' } });
    expect(asked).toEqual(['--date']);
  });

  it.each<[string, Partial<ScheduleOptions>, number, RegExp]>([
    ['a case that is not ready', { date: '2014-06-06 12:00' }, 1, /no remediation, no agreed date/],
    ['a date that has passed', { date: '2014-05-01 12:00' }, 2, /has passed/],
    ['a day without a time', { date: '2014-06-06' }, 2, /--date: not a date and time/],
    ['a missing date', {}, 2, /--date is missing/],
    ['a date and its end', { date: '2014-06-06 12:00', cancel: 'x' }, 2, /contradict/],
    ['the end of nothing', { cancel: 'x' }, 1, /no date is set/],
  ])('refuses %s and writes nothing', async (_, options, exitCode, message) => {
    await expect(set(options)).rejects.toMatchObject({ exitCode, message: expect.stringMatching(message) as string });
    expect(desk.untouchedSince(head, 3)).toBe(true);
  });

  it('refuses a decision of tomorrow', async () => {
    await fixed();
    await expect(set({ date: '2014-06-06 12:00', at: '2014-05-21 10:00' })).rejects.toMatchObject({ exitCode: 2, message: '--at lies in the future' });
  });
});
