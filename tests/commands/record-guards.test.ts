import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { record } from '../../src/commands/record.ts';
import { aDesk, coordinate, FOLDER, happened, NUMBER, typed, type Desk } from '../support/a-desk.ts';

let first: Desk;
let desk: Desk;
let head: string;
let mails: number;
beforeAll(async () => {
  first = await aDesk();
  await coordinate(first);
});
afterAll(() => first.dispose());
beforeEach(() => {
  desk = first.copy();
  head = desk.git('rev-parse', 'HEAD');
  mails = desk.outbox().length;
});
afterEach(() => desk.dispose());

const NOW = '2014-05-20T10:00';

describe('vcc record, what it holds to', () => {
  it('puts what is logged in the same second in the order in which it was logged', async () => {
    const statuses = ['unknown', 'affected', 'not-affected', 'affected-investigating'];
    for (const status of statuses) await happened(desk, 'vendor-status', { vendor: 'acme', status }, NOW);
    const logged = desk.log().filter((name) => name.includes('vendor-status'));
    expect(logged.map((name) => /status: (\S+)/.exec(desk.read(`${FOLDER}/log/${name}`))?.[1])).toEqual(statuses);
    expect(logged.at(-1)).toMatch(/^20140520T010003Z/);
  });

  it.each<[string, string, Record<string, string>]>([
    ['a note, turned round', 'note', { text: 'Hanako  YAMADA called.' }],
    ['a way it was learnt', 'public-known', { how: 'a page of Quiet Laboratory' }],
    ['a link', 'public-known', { how: 'a page', url: 'https://x.example/?mail=yamada@finder.example' }],
    ['the words of a vendor', 'vendor-status', { vendor: 'acme', status: 'affected', statementEn: 'Thanks to Yamada Hanako.' }],
  ])('does not let %s name the reporter, nor names them in the refusal', async (_, event, flags) => {
    await expect(happened(desk, event, flags, NOW)).rejects.toMatchObject({ code: 'identity-in-log', message: expect.not.stringMatching(/yamada|quiet/i) as string });
    expect(desk.untouchedSince(head, mails)).toBe(true);
  });

  it('logs all the same where the identity cannot be opened, and says that nobody compared', async () => {
    desk.git('config', 'vcc.keyFile', desk.file('no.asc', 'no key'));
    expect((await happened(desk, 'note', { text: 'A call.' }, NOW)).printed).toContain('nobody checked that the text does not name the reporter');
    expect((await happened(desk, 'fix-available', { remediation: 'fix' }, NOW)).printed).not.toContain('nobody checked');
  });

  it('asks a person what happened, field by field', async () => {
    const { asked } = await typed(desk, record, { case: NUMBER, flags: {} }, NOW, { answers: { EVENT: 'exploit-public', '--how': 'A colleague saw it.' } });
    expect(asked).toEqual(['EVENT', '--how']);
    expect(desk.entry('exploit-public')).toContain('how: A colleague saw it.');
  });

  it('prints one envelope with --json, for a case named by its first digits', async () => {
    const { envelopes } = await typed(desk, record, { case: NUMBER.slice(0, 3), event: 'note', flags: { text: 'A call.' } }, NOW, { dryRun: true, json: true });
    expect(envelopes).toMatchObject([{ kind: 'plan', case: NUMBER, event: 'note', messages: [], seals: [] }]);
  });

  it.each<[string, string, Record<string, string>, number, RegExp]>([
    ['an empty note', 'note', { text: '' }, 2, /--text is empty/],
    ['a time before the report came', 'note', { text: 'x', at: '2014-04-21 10:00' }, 1, /would break a rule/],
    ['a terminal escape in a field', 'public-known', { how: 'x\u001b[2J' }, 1, /would break a rule/],
    ['a party with a line end', 'date-agreed', { party: 'vendor:acme\nCase: 00000000', date: '2014-06-06 12:00' }, 1, /would break a rule/],
    ['what cannot happen to such a case', 'reopened', { reason: 'again' }, 1, /would break a rule/],
    ['a correction that takes the report away', 'corrected', { entry: 'RECEIVED', reason: 'x' }, 1, /would break a rule/],
  ])('refuses %s and writes nothing', async (_, event, flags, exitCode, message) => {
    const received = desk.log().find((name) => name.includes('received')) ?? '';
    const real = Object.fromEntries(Object.entries(flags).map(([name, value]) => [name, value === 'RECEIVED' ? received : value]));
    await expect(happened(desk, event, real, NOW)).rejects.toMatchObject({ exitCode, message: expect.stringMatching(message) as string });
    expect(desk.untouchedSince(head, mails)).toBe(true);
  });

  it('adds nothing to a log that tells of the future but the correction of it', async () => {
    const name = '20410519T010000Z-note-0000.md';
    desk.write(`${FOLDER}/log/${name}`, '---\nevent: note\nat: "2041-05-19T10:00:00+09:00"\nby: taro\n---\n');
    desk.commit('What was pulled');
    await expect(happened(desk, 'note', { text: 'A call.' }, NOW)).rejects.toMatchObject({ code: 'case-invalid', findings: [{ rule: 'future-entry', file: `${FOLDER}/log/${name}` }] });
    expect((await happened(desk, 'corrected', { entry: name, reason: 'The year is wrong.' }, NOW)).code).toBe(0);
    expect((await happened(desk, 'note', { text: 'A call.' }, NOW)).code).toBe(0);
  });

  it('adds nothing to a case with a file that no hook has seen', async () => {
    desk.write(`${FOLDER}/sealed/poc.asc`, 'Type ; reboot as the name.\n');
    desk.commit('What was pulled');
    await expect(happened(desk, 'note', { text: 'A call.' }, NOW)).rejects.toMatchObject({ code: 'would-not-lint', findings: [{ rule: 'sealed-plaintext', file: `${FOLDER}/sealed/poc.asc` }] });
  });

  it('adds nothing to a log that contradicts itself but the correction that mends it', async () => {
    const name = '20140519T010000Z-published-0000.md';
    desk.write(`${FOLDER}/log/${name}`, `---\nevent: published\nat: "2014-05-19T10:00:00+09:00"\nby: taro\ntext: sha256:${'0'.repeat(64)}\ndate: "2014-05-19T10:00:00+09:00"\n---\n`);
    desk.commit('What a merge brought together');
    await expect(happened(desk, 'note', { text: 'A call.' }, NOW)).rejects.toMatchObject({ code: 'case-invalid', hint: expect.stringContaining(`vcc record ${NUMBER} corrected --entry NAME`) as string });
    expect((await happened(desk, 'corrected', { entry: name, reason: 'It was not published.' }, NOW)).code).toBe(0);
    expect((await happened(desk, 'note', { text: 'A call.' }, NOW)).code).toBe(0);
  });
});
