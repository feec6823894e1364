import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { record } from '../../src/commands/record.ts';
import { aDesk, coordinate, FOLDER, happened, NUMBER, REPORT, typed, type Desk } from '../support/a-desk.ts';

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

describe('vcc record', () => {
  it('logs what happened when it happened, and says what the case needs next', async () => {
    const { printed } = await happened(desk, 'fix-available', { vendor: 'acme', remediation: 'fix', versions: ['1.2.4'], at: '2014-05-19 18:00', text: 'By phone.' }, NOW);
    expect(desk.log().at(-1)).toMatch(/^20140519T090000Z-fix-available-/);
    expect(desk.entry('fix-available')).toMatch(/remediation: fix\nversions:\n {2}- 1\.2\.4\n---\n\nBy phone\.\n$/);
    expect(desk.head().trailer('Vendor')).toEqual(['acme']);
    expect(printed).toMatch(new RegExp(`vcc \\S+ ${NUMBER}`));
  });

  it.each<[string, (text: string) => string]>([
    ['is half written', (text) => `${text}\n## Overview\n\nNot finished`],
    ['cannot even be read', () => '---\ntitle: "no end\n'],
  ])('goes on while a public text %s, and commits nothing of it', async (_what, draft) => {
    const path = `${FOLDER}/advisory.en.md`;
    const committed = desk.read(path);
    desk.write(path, draft(committed));
    await happened(desk, 'note', { text: 'A call.' }, NOW);
    expect(desk.git('show', '--name-only', '--format=', 'HEAD').trim()).toMatch(new RegExp(`^${FOLDER}/log/[^\\n]*-note-[^\\n]*$`));
    expect(desk.git('show', `HEAD:${path}`)).toBe(committed);
    expect(desk.git('status', '--porcelain')).toBe(` M ${path}\n`);
    expect(desk.read(path)).toBe(draft(committed));
    desk.git('add', path);
    await expect(happened(desk, 'note', { text: 'Another.' }, NOW)).rejects.toMatchObject({ code: 'uncommitted' });
  });

  it.each<[string, string, Record<string, string>, object]>([
    ['an unknown event', 'exploded', {}, { exitCode: 2 }],
    ['an event with a command of its own', 'published', {}, { exitCode: 2, hint: expect.stringContaining('vcc publish') as string }],
    ['a call, by the words of the log', 'call', {}, { exitCode: 2, hint: expect.stringContaining('--means phone') as string }],
    ['a field that is missing', 'cve-assigned', { cve: 'CVE-2014-0001' }, { exitCode: 2, message: expect.stringContaining('--assigner') as string }],
    ['a field of another event', 'note', { text: 'x', cve: 'CVE-2014-0001' }, { exitCode: 2, message: expect.stringContaining('--cve') as string }],
    ['a value that is none of the choices', 'vendor-replied', { vendor: 'acme', progress: 'happy' }, { exitCode: 2, hint: expect.stringContaining('acknowledged') as string }],
    ['a date that is none', 'date-agreed', { party: 'reporter', date: 'next week' }, { exitCode: 2 }],
    ['the future', 'note', { text: 'x', at: '2014-06-20T10:00' }, { exitCode: 2 }],
    ['a vendor that is no party', 'vendor-replied', { vendor: 'libre' }, { code: 'vendor-not-in-case' }],
    ['a vendor that may not be told', 'vendor-contacted', { vendor: 'unsigned', purpose: 'first-contact', means: 'phone' }, { code: 'not-eligible' }],
    ['an id of no CVE', 'cve-assigned', { cve: 'CVE-14-1', assigner: 'acme' }, { exitCode: 2, message: expect.stringMatching(/^--cve must be a CVE id/) as string }],
    ['the name of the reporter, who wants to stay unknown', 'note', { text: `${REPORT.reporter.name} called.` }, { exitCode: 1 }],
  ])('refuses %s, and writes nothing', async (_what, event, flags, problem) => {
    const before = desk.outbox().length;
    await expect(happened(desk, event, flags, NOW)).rejects.toMatchObject(problem);
    expect(desk.untouchedSince(head, before)).toBe(true);
  });

  it('keeps free text with its control characters written out', async () => {
    await happened(desk, 'note', { text: 'a\u001b[31mred' }, NOW);
    expect(desk.entry('note')).toContain('a\\x1b[31mred');
  });

  it('a mistake is corrected by an entry that names it, and stays', async () => {
    await happened(desk, 'cve-assigned', { cve: 'CVE-2014-0001', assigner: 'acme' }, NOW);
    const wrong = desk.log().find((name) => name.includes('cve-assigned')) ?? '';
    await happened(desk, 'corrected', { entry: wrong, reason: 'A slip of the finger.' }, '2014-05-20T11:00');
    expect(desk.log()).toContain(wrong);
    await expect(happened(desk, 'corrected', { entry: '20140101T000000Z-note-0000.md', reason: 'x' }, '2014-05-20T12:00')).rejects.toMatchObject({ code: 'unknown-entry' });
  });

  it('writes nothing with --dry-run', async () => {
    const { printed } = await typed(desk, record, { case: NUMBER, event: 'note', flags: { text: 'x' } }, NOW, { dryRun: true });
    expect(printed).toContain('Nothing was written');
    expect(desk.git('rev-parse', 'HEAD')).toBe(head);
  });
});
