import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { decrypt, readMessage, readPrivateKey } from 'openpgp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { intake } from '../../src/commands/intake.ts';
import { notify, type NotifyOptions } from '../../src/commands/notify.ts';
import { schedule } from '../../src/commands/schedule.ts';
import { accept, aDesk, coordinate, FOLDER, happened, NUMBER, REPORT, reportFile, takeIn, typed, type Desk } from '../support/a-desk.ts';
import { testPerson } from '../support/temp-repo.ts';
import { typingEnvironment } from '../support/typing-environment.ts';

let accepted: Desk;
let coordinating: Desk;
let desk: Desk;
let head: string;
beforeAll(async () => {
  accepted = await aDesk();
  await takeIn(accepted);
  await accept(accepted);
  coordinating = await aDesk();
  await coordinate(coordinating);
});
afterAll(() => {
  accepted.dispose();
  coordinating.dispose();
});
afterEach(() => desk.dispose());

const from = (state: Desk): void => {
  desk = state.copy();
  head = desk.git('rev-parse', 'HEAD');
};
const send = (options: Partial<NotifyOptions>, now = '2014-05-08T10:00', how = {}) => typed(desk, notify, { case: NUMBER, ...options }, now, how);
const letterTo = async (slug: string): Promise<string> => desk.opened(desk.outbox().filter((name) => name.includes(`-${slug}-`)).at(-1) ?? '', await testPerson(slug));
const IDENTITY = /yamada|hanako y|finder|quiet laboratory/i;

describe('what is sealed', () => {
  const OTHER = 'cases/2014/11111111';
  beforeEach(async () => {
    from(coordinating);
    await typed(desk, intake, { file: reportFile(desk, { title: { en: 'Another flaw' }, poc: 'The steps of another case.' }), id: '11111111' }, '2014-05-07T12:00');
  });

  it.each([
    ['poc of another case', `${OTHER}/sealed/poc.asc`, 'poc', 'sealed-elsewhere'],
    ['report of another case', `${OTHER}/sealed/report.asc`, 'report', 'sealed-elsewhere'],
    ['identity of another case', `${OTHER}/sealed/reporter.asc`, 'reporter', 'sealed-elsewhere'],
    ['identity as the proof of concept', `${FOLDER}/sealed/reporter.asc`, 'poc', 'sealed-elsewhere'],
    ['part that is gone', undefined, 'poc', 'sealed-missing'],
    ['identity that is gone', undefined, 'reporter', 'sealed-missing'],
  ])('is refused when it is the %s', async (_what, source, part, code) => {
    const path = `${FOLDER}/sealed/${part}.asc`;
    if (source === undefined) rmSync(join(desk.root, path));
    else desk.write(path, desk.read(source));
    desk.commit('Tamper');
    head = desk.git('rev-parse', 'HEAD');
    const mails = desk.outbox().length;
    await expect(send({ vendor: ['acme'], purpose: 'details' })).rejects.toMatchObject({ code });
    expect(desk.untouchedSince(head, mails)).toBe(true);
  });

  it('is refused when a link stands in its place', async () => {
    rmSync(join(desk.root, `${FOLDER}/sealed/reporter.asc`));
    symlinkSync('original.asc', join(desk.root, `${FOLDER}/sealed/reporter.asc`));
    desk.commit('Tamper');
    await expect(send({ reporter: true, purpose: 'progress', text: 'x' })).rejects.toMatchObject({ code: 'case-invalid' });
  });

  it('opens with gpg and says whose it is', async () => {
    const { privateKey } = desk.team[0] ?? (await testPerson('hanako'));
    const message = await readMessage({ armoredMessage: desk.read(`${FOLDER}/sealed/poc.asc`) });
    const opened = (await decrypt({ message, decryptionKeys: await readPrivateKey({ armoredKey: privateKey }) })) as { readonly data: string };
    expect(opened.data).toBe(`---\ncase: "${NUMBER}"\nsealed: poc\n---\n${REPORT.poc}`);
  });
});

describe('vcc notify --vendor', () => {
  beforeEach(() => from(accepted));

  it('shows the key that each message is encrypted to', async () => {
    const key = (await testPerson('acme')).key;
    const { stdout } = await send({ vendor: ['acme'] }, '2014-05-08T10:00', { dryRun: true });
    expect(stdout.join('\n')).toContain(`signed, encrypted to ${key.match(/.{4}/g)?.join(' ') ?? ''}`);
  });

  it('makes the first contact, which says nothing of the case, and starts the clock', async () => {
    const { code, printed } = await send({ vendor: ['acme'] });
    expect(code).toBe(0);
    expect(desk.head().subject).toBe(`${NUMBER}: notify acme (first-contact)`);
    expect(desk.head().body).toContain('the start day of the case');
    expect([desk.head().trailer('Event'), desk.head().trailer('Vendor')]).toEqual([['vendor-added', 'vendor-contacted'], ['acme']]);
    const letter = await letterTo('acme');
    expect(letter).toContain(`JVNVU#${NUMBER}`);
    expect(letter).not.toMatch(/Router|reboot/);
    expect(letter).not.toMatch(IDENTITY);
    expect(desk.entry('vendor-added')).toContain('agreement signed 2012-04-01');
    expect(desk.entry('vendor-contacted')).toMatch(new RegExp(`key: "?${(await testPerson('acme')).key}"?\\n`));
    expect(printed).toContain('vendor-replied --vendor acme');
  });

  it('does not take a second letter to a silent vendor for the details by itself', async () => {
    await send({ vendor: ['acme'] });
    await expect(send({ vendor: ['acme'] }, '2014-05-09T10:00')).rejects.toMatchObject({ code: 'not-answered', hint: expect.stringMatching(/--purpose details.*2012-04-01.*[\s\S]*vcc escalate/) as string });
    const said: boolean[] = [];
    const { env, stderr } = typingEnvironment(desk.root, { now: '2014-05-09T10:00:00+09:00', answers: {} });
    const ask = { ...env.ask, confirm: (_: string, byEnter = false) => Promise.resolve(said.push(byEnter) > 0) };
    await notify({ ...env, ask }, { case: NUMBER, vendor: ['acme'], purpose: 'details' });
    expect(said).toEqual([false]);
    expect(stderr.join('\n')).toContain('acme has not answered; it gets the details because its agreement of 2012-04-01 covers the details');
  });

  it('shows a letter with --dry-run as the vendor will read it, and one to the reporter at a terminal only', async () => {
    const { stdout } = await send({ vendor: ['acme'] }, undefined, { dryRun: true });
    expect(stdout.join('\n')).toMatch(/--- message to acme ---\nAcme Corporation[\s\S]*Yours sincerely,\nHanako/);
    const reporter = { reporter: true, purpose: 'progress', text: 'News.' };
    expect((await send(reporter, undefined, { dryRun: true })).printed).not.toMatch(IDENTITY);
    expect((await send(reporter, undefined, { dryRun: true, answers: {} })).stdout.join('\n')).toContain('Dear Yamada Hanako,');
    expect(JSON.stringify((await send(reporter, undefined, { dryRun: true, json: true, answers: {} })).envelopes)).not.toMatch(IDENTITY);
  });

  it('keeps what was sent readable for who sent it, and for nobody else', async () => {
    await send({ vendor: ['acme'] });
    const mail = desk.outbox().find((name) => name.includes('-acme-')) ?? '';
    const [hanako, taro] = desk.team;
    if (!hanako || !taro) throw new Error('a desk has two coordinators');
    expect(await desk.opened(mail, hanako)).toContain(`JVNVU#${NUMBER}`);
    await expect(desk.opened(mail, taro)).rejects.toThrow();
  });

  it('writes to several vendors in one commit, each message with an id and a file of its own', async () => {
    await send({ vendor: ['acme', 'libre', 'acme'] });
    expect(desk.head().subject).toBe(`${NUMBER}: notify acme (first-contact), libre (first-contact)`);
    const ids = [0, 1].map((nth) => /id: "?(<[^>]+>)/.exec(desk.entry('vendor-contacted', nth))?.[1]);
    expect(new Set(ids).size).toBe(2);
    expect(desk.outbox()).toHaveLength(4);
  });

  it.each<[string, Partial<NotifyOptions>, string]>([
    ['a vendor without an agreement', { vendor: ['unsigned'] }, 'not-eligible'],
    ['a vendor without a key', { vendor: ['keyless'] }, 'no-key'],
    ['a vendor that is not in the registry', { vendor: ['nobody'] }, 'unknown-vendor'],
    ['a name that leaves the registry', { vendor: ['../vcc'] }, 'unknown-vendor'],
    ['details before the first contact', { vendor: ['acme'], purpose: 'details' }, 'no-details-yet'],
    ['the one of two that may not be told', { vendor: ['acme', 'keyless'] }, 'no-key'],
    ['a purpose that does not exist', { vendor: ['acme'], purpose: 'gossip' }, 'usage'],
    ['a role that does not exist', { vendor: ['acme'], role: 'boss' }, 'usage'],
    ['a text in a first contact', { vendor: ['acme'], text: 'It is about Example Router.' }, 'usage'],
    ['one reason in clear for two vendors', { vendor: ['acme', 'keyless'], inClear: 'no key' }, 'usage'],
    ['both parties in one command', { vendor: ['acme'], reporter: true }, 'usage'],
    ['nobody to write to', {}, 'usage'],
    ['a reason in clear that names the reporter', { vendor: ['keyless'], inClear: 'Yamada Hanako asked for it' }, 'identity-in-log'],
    ['a reason in clear with a terminal escape', { vendor: ['keyless'], inClear: 'x\u001b[2J' }, 'would-not-lint'],
  ])('refuses %s; nobody is told', async (_, options, code) => {
    await expect(send(options)).rejects.toMatchObject({ code, exitCode: code === 'usage' ? 2 : 1 });
    expect(desk.untouchedSince(head, 2)).toBe(true);
  });

  it('writes in clear only with a reason, which the log keeps, and then without title', async () => {
    const { printed } = await send({ vendor: ['keyless'], inClear: 'it has no key and asked twice' }, undefined, { dryRun: true });
    expect(printed).toContain('message to psirt@keyless.example (IN CLEAR)');
    await send({ vendor: ['keyless'], inClear: 'it has no key and asked twice' });
    expect(desk.entry('vendor-contacted')).toContain('inClear: it has no key and asked twice');
    expect(desk.read(`outbox/${desk.outbox().at(-1) ?? ''}`)).not.toMatch(/Router|Yamada/);
  });

  it('tells nobody of a case that is not accepted, or while a vendor has gone from the registry', async () => {
    const { code, envelopes } = await send({ vendor: ['acme'] }, undefined, { dryRun: true, json: true });
    expect([code, envelopes]).toMatchObject([0, [{ kind: 'plan', case: NUMBER, messages: [{ encryption: 'registered-key' }] }]]);
    expect(desk.untouchedSince(head, 2)).toBe(true);
    await send({ vendor: ['acme'] });
    desk.git('rm', '-q', 'vendors/acme.yaml');
    desk.commit('Gone');
    await expect(send({ vendor: ['acme'] })).rejects.toMatchObject({ code: 'unknown-vendor' });
    desk.git('revert', '--no-edit', 'HEAD');
    await happened(desk, 'withdrawn', { because: 'already-public', reason: 'It is.' }, '2014-05-09T10:00');
    await expect(send({ vendor: ['libre'] }, '2014-05-10T10:00')).rejects.toMatchObject({ code: 'not-accepted' });
  });

  it('refuses to build on a case that was changed by hand and not committed', async () => {
    desk.write(`${FOLDER}/case.md`, `${desk.read(`${FOLDER}/case.md`)}\nMore.\n`);
    await expect(send({ vendor: ['acme'] })).rejects.toMatchObject({ code: 'uncommitted' });
    expect(desk.outbox()).toHaveLength(2);
  });
});

describe('vcc notify --vendor, with the details', () => {
  beforeEach(() => from(coordinating));

  it('sends report and proof of concept without who reported', async () => {
    await send({ vendor: ['acme'] });
    const letter = await letterTo('acme');
    for (const part of [REPORT.title.en, REPORT.discovery, REPORT.impact, REPORT.poc, `report-${NUMBER}.yaml`]) expect(letter).toContain(part);
    expect(letter).not.toMatch(IDENTITY);
    expect(letter).not.toContain('$schema');
    expect(desk.entry('vendor-contacted', 1)).toContain('purpose: details');
    await expect(send({ vendor: ['acme'] }, '2014-05-09T10:00')).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining('details already') as string });
  });

  it('sends nothing before an embargo that was proposed is accepted', async () => {
    await happened(desk, 'embargo-proposed', { party: 'team', until: '2014-06-05T12:00' }, '2014-05-08T09:00');
    for (const purpose of [undefined, 'details', 'date']) await expect(send({ vendor: ['acme'], ...(purpose ? { purpose } : {}) })).rejects.toMatchObject({ code: 'no-details-yet' });
    await happened(desk, 'embargo-accepted', { party: 'vendor:acme' }, '2014-05-08T09:30');
    expect((await send({ vendor: ['acme'] })).code).toBe(0);
  });

  it('gives Message-IDs that differ even where an entry was corrected', async () => {
    const id = (nth: number): string | undefined => /id: "?(<[^>]+>)/.exec(desk.entry('vendor-contacted', nth))?.[1];
    await send({ vendor: ['acme'], purpose: 'details' });
    const name = desk.log().filter((each) => each.includes('vendor-contacted'))[1] ?? '';
    await happened(desk, 'corrected', { entry: name, reason: 'It bounced.' }, '2014-05-08T11:00');
    await send({ vendor: ['acme'], purpose: 'details' }, '2014-05-08T12:00');
    expect(id(2)).not.toBe(id(1));
  });

  it('tells that a date fell through in words meant for the reader', async () => {
    await expect(send({ vendor: ['acme'], purpose: 'date-withdrawn' })).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('--text is missing') as string });
    await expect(send({ vendor: ['acme'], purpose: 'date-withdrawn', text: 'Hanako Yamada needs time.' })).rejects.toMatchObject({ code: 'identity-to-vendor' });
    await send({ vendor: ['acme'], purpose: 'date-withdrawn', text: 'Another vendor needs time.' });
    expect(await letterTo('acme')).toContain('Another vendor needs time.');
    expect(desk.entry('vendor-contacted', 1)).toMatch(/purpose: date-withdrawn\n/);
  });

  it('tells of a date that was agreed on, and does not ask again', async () => {
    await happened(desk, 'vendor-replied', { vendor: 'acme', progress: 'acknowledged', means: 'mail' }, '2014-05-08T08:00');
    await happened(desk, 'date-proposed', { party: 'team', date: '2014-06-05T12:00+09:00' }, '2014-05-08T08:10');
    await send({ vendor: ['acme'], purpose: 'date' });
    expect(await letterTo('acme')).toMatch(/Please tell us whether you agree/);
    expect(desk.entry('vendor-contacted', 1)).toMatch(/purpose: date\n/);
    await happened(desk, 'date-agreed', { party: 'vendor:acme', date: '2014-06-05T12:00+09:00' }, '2014-05-08T11:00');
    await happened(desk, 'date-agreed', { party: 'reporter', date: '2014-06-05T12:00+09:00' }, '2014-05-08T11:01');
    await typed(desk, schedule, { case: NUMBER, date: '2014-06-05T12:00' }, '2014-05-08T11:10');
    await send({ vendor: ['acme'], purpose: 'date' }, '2014-05-08T12:00');
    const told = await letterTo('acme');
    expect(told).toMatch(/to which you\s+have agreed/);
    expect(told).not.toMatch(/whether you agree|We propose/);
    expect(desk.entry('vendor-contacted', 2)).toMatch(/purpose: date-set\n/);
    await send({ reporter: true, purpose: 'date' }, '2014-05-08T12:10');
    const last = desk.log().filter((name) => name.includes('reporter-contacted')).length - 1;
    expect(desk.entry('reporter-contacted', last)).toMatch(/purpose: date-set\n/);
  });

  it('tells how far the case has come, and asks, whoever knows of it; a silent one is reminded by its name', async () => {
    from(coordinating);
    await expect(send({ vendor: ['libre'], purpose: 'reminder' })).rejects.toMatchObject({ code: 'never-contacted' });
    await expect(send({ vendor: ['libre'], purpose: 'progress', text: 'x' })).rejects.toMatchObject({ code: 'no-details-yet' });
    await expect(send({ vendor: ['acme'], purpose: 'reminder' })).rejects.toMatchObject({ code: 'not-silent', hint: expect.stringContaining('--purpose progress') as string });
    await expect(send({ vendor: ['acme'], purpose: 'progress', text: 'Yamada Hanako tries it again.' })).rejects.toMatchObject({ code: 'identity-to-vendor' });
    await send({ vendor: ['acme'], purpose: 'questions', text: 'Which versions are affected?' });
    expect(await letterTo('acme')).toContain('Which versions are affected?');
    expect(desk.entry('vendor-contacted', 1)).toContain('purpose: progress');
    await send({ vendor: ['acme'], purpose: 'reminder' }, '2014-05-10T10:00');
    const reminder = await letterTo('acme');
    expect(reminder).toContain('have not had an answer');
    expect(reminder).not.toContain(REPORT.title.en);
    await expect(send({ vendor: ['acme'], purpose: 'reminder' }, '2014-07-10T10:00')).rejects.toMatchObject({ code: 'step-of-ladder', hint: `vcc escalate ${NUMBER} --vendor acme` });
  });

  it('says where the title can be added in the language of whom it is for', async () => {
    from(coordinating);
    desk.write(`${FOLDER}/case.md`, desk.read(`${FOLDER}/case.md`).replace(`  en: ${REPORT.title.en}\n`, ''));
    desk.commit('Japanese only');
    const { stderr } = await send({ vendor: ['acme'], purpose: 'details' });
    expect(stderr.join('\n')).toContain(`acme reads English, and the title stands there in Japanese: write title.en into ${FOLDER}/case.md, beside title.ja, and commit it`);
    expect(stderr.join('\n')).toContain('vendor-replied --vendor acme --progress PROGRESS');
  });

  it('refuses a role for a party, and a date that nobody has set', async () => {
    await expect(send({ vendor: ['acme'], role: 'upstream' })).rejects.toMatchObject({ exitCode: 2 });
    await expect(send({ vendor: ['acme'], purpose: 'date' })).rejects.toMatchObject({ code: 'no-date' });
  });
});

describe('the reporter and a vendor', () => {
  const begin = async (changes: object): Promise<void> => {
    desk = await aDesk();
    await takeIn(desk, changes);
    await accept(desk);
    await send({ vendor: ['acme'] }, '2014-05-03T10:00');
    await happened(desk, 'vendor-replied', { vendor: 'acme' }, '2014-05-07T11:00');
  };

  it('keeps back the parts of a report that name a reporter who stays unknown, and a talk that leads to them', async () => {
    await begin({ discovery: 'I, Yamada Hanako, tried it.', poc: 'Write to yamada@finder.example for it.', timeLimits: [{ event: 'Example Conference', title: 'Breaking routers', date: '2014-08-01' }] });
    const { printed } = await send({ vendor: ['acme'] });
    const letter = await letterTo('acme');
    expect(letter).toContain(REPORT.impact);
    expect(letter).not.toMatch(IDENTITY);
    expect(letter).not.toMatch(/Breaking routers|poc-/);
    expect(printed).toContain('acme does not get these parts of the report: discovery, timeLimits, poc');
  });

  it('refuses where nothing is left to tell, until a coordinator says it', async () => {
    await begin({ discovery: 'I, Yamada Hanako, tried it.', impact: 'Ask Quiet Laboratory.' });
    await expect(send({ vendor: ['acme'] })).rejects.toMatchObject({ code: 'identity-to-vendor', hint: expect.stringContaining('--text TEXT') as string });
    await send({ vendor: ['acme'], text: 'A name reaches a shell.' });
    expect(await letterTo('acme')).toContain('A name reaches a shell.');
    expect(await letterTo('acme')).not.toMatch(IDENTITY);
  });

  it('names who allowed it, and gives the address only where that was allowed too', async () => {
    await begin({ reporter: { wishes: { nameToVendor: true } } });
    await send({ vendor: ['acme'] });
    expect(await letterTo('acme')).toContain('Yamada Hanako, Quiet Laboratory');
    expect(await letterTo('acme')).not.toContain('yamada@finder.example');
  });

  it('keeps an address out of the letter and its attachments also where it stands in the report, unless direct contact is allowed', async () => {
    const poc = 'Ask yamada@finder.example for the tool. 手順';
    await begin({ poc, reporter: { wishes: { nameToVendor: true } } });
    const { printed } = await send({ vendor: ['acme'] });
    expect(await letterTo('acme')).not.toContain('yamada@finder.example');
    expect(printed).toContain('acme does not get these parts of the report: poc');
    desk.dispose();
    await begin({ poc, reporter: { wishes: { nameToVendor: true, directContact: true } } });
    await send({ vendor: ['acme'] });
    expect(await letterTo('acme')).toContain('yamada@finder.example for the tool. 手順');
  });
});

describe('vcc notify --reporter', () => {
  beforeEach(() => from(accepted));

  it('tells how far the case has come; address and key stay sealed', async () => {
    const { printed } = await send({ reporter: true, purpose: 'progress', text: 'The vendor has confirmed it.' });
    expect(desk.head().subject).toBe(`${NUMBER}: notify the reporter (progress)`);
    expect(await desk.opened(desk.outbox().at(-1) ?? '', desk.finder)).toContain('The vendor has confirmed it.');
    expect(desk.readable() + printed).not.toMatch(IDENTITY);
    expect(desk.readable() + printed).not.toContain(desk.finder.key);
  });

  it.each<[string, Partial<NotifyOptions>, string, RegExp]>([
    ['what is not so', { purpose: 'declined', text: 'No.' }, 'not-so', /is accepted/],
    ['a case that is not closed', { purpose: 'closed', text: 'Over.' }, 'not-so', /is accepted/],
    ['a date that nobody has set', { purpose: 'date' }, 'no-date', /no date/],
    ['a purpose for vendors', { purpose: 'details' }, 'usage', /--purpose: unknown purpose/],
    ['a missing text', { purpose: 'progress' }, 'usage', /--text is missing/],
    ['help for a case that is taken', { purpose: 'assistance' }, 'not-so', /is accepted/],
    ['a missing purpose', {}, 'usage', /--purpose is missing/],
  ])('refuses %s', async (_, options, code, message) => {
    await expect(send({ reporter: true, ...options })).rejects.toMatchObject({ code, message: expect.stringMatching(message) as string });
    expect(desk.untouchedSince(head, 2)).toBe(true);
  });

  it('tells that a case was closed, with the reason', async () => {
    await happened(desk, 'closed', { because: 'no-resolution', reason: 'Nobody answers.' }, '2014-05-09T10:00');
    await send({ reporter: true, purpose: 'closed', text: 'Nobody answers.' }, '2014-05-09T11:00');
    expect(desk.entry('reporter-contacted', 2)).toContain('purpose: closed');
  });
});
