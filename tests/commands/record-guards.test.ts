import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { record } from '../../src/commands/record.ts';
import type { Choice } from '../../src/environment.ts';
import { typingEnvironment } from '../support/typing-environment.ts';
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

  it('takes words only from a person who vouches for them where the identity cannot be opened', async () => {
    desk.git('config', 'vcc.keyFile', desk.file('no.asc', 'no key'));
    const head = desk.git('rev-parse', 'HEAD');
    await expect(happened(desk, 'note', { text: 'A call.' }, NOW)).rejects.toMatchObject({ code: 'identity-unchecked', hint: expect.stringContaining('VCC_KEY_FILE') as string });
    const say = (VCC_KEY_FILE: string) => typed(desk, record, { case: NUMBER, event: 'note', flags: { text: 'A call.' } }, NOW, { answers: { VCC_KEY_FILE, '--at': '' } });
    await expect(say('yes')).rejects.toMatchObject({ code: 'declined' });
    expect(desk.untouchedSince(head, desk.outbox().length)).toBe(true);
    expect((await say('no')).printed).toContain('nobody checked that the text does not name the reporter');
    // Dates and names of ours need no key.
    expect((await happened(desk, 'fix-available', { remediation: 'fix' }, NOW)).printed).not.toContain('nobody checked');
  });

  it('does not log an id twice, and says where an agreed date had passed', async () => {
    const cve = { cve: 'CVE-2014-0224', assigner: 'redhat' };
    await happened(desk, 'cve-assigned', cve, NOW);
    await expect(happened(desk, 'cve-assigned', cve, NOW)).rejects.toMatchObject({ code: 'known-cve' });
    expect((await happened(desk, 'date-agreed', { party: 'reporter', date: '2014-01-01T12:00' }, NOW)).printed).toContain('2014-01-01 12:00 +09:00 had passed by then');
    expect((await happened(desk, 'date-agreed', { party: 'reporter', date: '2015-01-01T12:00' }, NOW)).printed).not.toContain('had passed');
  });

  it('asks a person what happened, field by field', async () => {
    const answers = { EVENT: 'exploit-public', '--how': 'A colleague saw it.', '--url': ['example.org', 'https://example.org/x'], '--text': '', '--at': ['yesterday', '2014-05-19', '2014-05-19 12:00'] };
    const { asked, refused } = await typed(desk, record, { case: NUMBER, flags: {} }, NOW, { answers });
    expect(asked).toEqual(['EVENT', '--how', '--url', '--text', '--at']);
    expect(refused).toEqual([
      expect.stringMatching(/^This must be a web address/) as string,
      expect.stringMatching(/^not a date and time: "yesterday"\. Write it as/) as string,
      expect.stringMatching(/^not a date and time: "2014-05-19"/) as string,
    ]);
    expect(desk.entry('exploit-public')).toMatch(/at: "2014-05-19T12:00:00\+09:00"[^]*how: A colleague saw it\.\nurl: https:\/\/example\.org\/x/);
  });

  it.each<[string, string, Record<string, unknown>, Record<string, unknown>, RegExp]>([
    ['what a vendor said and how far it is', 'vendor-replied', { vendor: 'acme' }, { '--means': 'phone', '--progress': 'accepted', '--text': 'It is real.', '--at': '' }, /vendor: acme\nmeans: phone\nprogress: accepted\n---\n\nIt is real\./],
    ['nothing more than a person wants to say', 'vendor-replied', { vendor: 'acme' }, { '--means': '', '--progress': '', '--text': '', '--at': '' }, /vendor: acme\n---\n$/],
    ['whose fix it is and in which versions', 'fix-available', {}, { '--vendor': 'acme', '--remediation': 'fix', '--partial': false, '--versions': '1.2, 1.3', '--url': '', '--text': '', '--at': '' }, /vendor: acme\nremediation: fix\nversions:\n {2}- "1.2"\n {2}- "1.3"\n---/],
    ['why a vendor disputes', 'vendor-status', { vendor: 'acme' }, { '--status': 'disputed', '--cves': ['CVE-1', 'CVE-2014-0001'], '--statement-en': '', '--statement-ja': '違います。', '--reason': 'It says so.', '--url': '', '--text': '', '--at': '' }, /status: disputed\ncves:\n {2}- CVE-2014-0001\nstatement:\n {2}ja: 違います。\nreason: It says so\./],
  ])('asks %s', async (_, event, flags, answers, written) => {
    const { asked, code } = await typed(desk, record, { case: NUMBER, event, flags: flags as Record<string, string> }, NOW, { answers });
    expect([code, asked]).toEqual([0, Object.keys(answers)]);
    const logged = desk.log().filter((name) => name.includes(event)).at(-1) ?? '';
    expect(desk.read(`${FOLDER}/log/${logged}`)).toMatch(written);
  });

  it('asks nothing of whoever says by flags what happened', async () => {
    const { asked } = await typed(desk, record, { case: NUMBER, event: 'vendor-replied', flags: { vendor: 'acme', progress: 'validating' } }, NOW, { answers: {} });
    expect(asked).toEqual([]);
  });

  it('offers vendors, parties and entries by name, the vendors of the case first', async () => {
    const offeredFor = async (event: string, flag: string): Promise<readonly Choice<unknown>[]> => {
      const { env, offered } = typingEnvironment(desk.root, { now: `${NOW}:00+09:00`, answers: {} });
      await expect(record(env, { case: NUMBER, event, flags: {} })).rejects.toThrow(`no answer for ${flag}`);
      return offered[flag] ?? [];
    };
    expect((await offeredFor('vendor-replied', '--vendor')).map(({ value }) => value)).not.toContain('keyless');
    const vendors = await offeredFor('vendor-contacted', '--vendor');
    expect(vendors[0]).toMatchObject({ value: 'acme', name: expect.stringMatching(/\(acme\)$/) as string });
    expect(vendors.at(-1)?.name).toMatch(/not in this case$/);
    expect((await offeredFor('corrected', '--entry')).at(-1)?.name).toMatch(/report received/);
    expect((await offeredFor('partner-replied', '--party')).map(({ value }) => value)).toEqual(['receiving-organisation']);
  });

  it('says how the party that was meant is written', async () => {
    await expect(happened(desk, 'date-agreed', { party: 'acme', date: '2014-06-06 12:00' }, NOW)).rejects.toMatchObject({ exitCode: 2, hint: 'Write vendor:acme' });
    await expect(happened(desk, 'date-agreed', { party: 'reportr', date: '2014-06-06 12:00' }, NOW)).rejects.toMatchObject({ hint: expect.stringMatching(/^Did you mean reporter\? /) as string });
    await expect(happened(desk, 'vendor-reply', { vendor: 'acme' }, NOW)).rejects.toMatchObject({ hint: expect.stringMatching(/^Did you mean vendor-replied\? /) as string });
    await expect(happened(desk, 'vendor-contacted', { vendor: 'acne', purpose: 'details', means: 'mail' }, NOW)).rejects.toMatchObject({ hint: expect.stringMatching(/^Did you mean acme\? /) as string });
  });

  it('prints one envelope with --json, for a case named by its first digits', async () => {
    const { envelopes } = await typed(desk, record, { case: NUMBER.slice(0, 3), event: 'note', flags: { text: 'A call.' } }, NOW, { dryRun: true, json: true });
    expect(envelopes).toMatchObject([{ kind: 'plan', case: NUMBER, event: 'note', messages: [], seals: [] }]);
  });

  it.each<[string, string, Record<string, string>, number, RegExp]>([
    ['an empty note', 'note', { text: '' }, 2, /--text is empty/],
    ['a time before the report came', 'note', { text: 'x', at: '2014-04-21 10:00' }, 1, /would break a rule/],
    ['a terminal escape in a field', 'public-known', { how: 'x\u001b[2J' }, 2, /^--how must be text without control characters/],
    ['a party with a line end', 'date-agreed', { party: 'vendor:acme\nCase: 00000000', date: '2014-06-06 12:00' }, 2, /^--party: /],
    ['a party that is one to whom this is not told', 'partner-replied', { party: 'reporter' }, 2, /^--party: "reporter" is no party/],
    ['a web address that is none', 'fix-available', { remediation: 'fix', url: 'example.org' }, 2, /^--url must be a web address/],
    ['one bad line of several', 'vendor-status', { vendor: 'acme', status: 'affected', cves: ['CVE-2014-0001', 'CVE-1'] as unknown as string }, 2, /^--cves must be a CVE id/],
    ['words in one language that break the schema', 'vendor-status', { vendor: 'acme', status: 'affected', statementJa: 'x\u0007' }, 2, /^--statement-ja must be text/],
    ['a dispute without its reason', 'vendor-status', { vendor: 'acme', status: 'disputed' }, 2, /^--reason is missing/],
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
