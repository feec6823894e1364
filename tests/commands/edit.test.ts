import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { notify, type NotifyOptions } from '../../src/commands/notify.ts';
import { triage } from '../../src/commands/triage.ts';
import { accept, aDesk, happened, NUMBER, REPORT, takeIn, typed, type Desk } from '../support/a-desk.ts';
import { VCC } from '../support/built-vcc.ts';
import { testPerson, type TestPerson } from '../support/temp-repo.ts';

/* The editor is a shell script: $1 is the file. It keeps what it was given, and where. */

let base: { readonly desk: Desk; readonly acme: TestPerson } | undefined;
let desk: Desk;
let acme: TestPerson;

beforeEach(async () => {
  if (base === undefined) {
    const made = await aDesk();
    const person = await testPerson('acme');
    await takeIn(made);
    await accept(made);
    base = { desk: made, acme: person };
  }
  desk = base.desk.copy();
  acme = base.acme;
}, 60_000);
afterEach(() => {
  desk.dispose();
  vi.unstubAllEnvs();
});

const given = (): string => join(desk.folder, 'given');
function editor(script: string): void {
  const program = desk.file('my editor', `#!/bin/sh\necho "$1" >> '${given()}.path'\ncat "$1" >> '${given()}'\n${script}\n`);
  chmodSync(program, 0o755);
  vi.stubEnv('GIT_EDITOR', `'${program}'`);
}
const folders = (): string[] => readFileSync(`${given()}.path`, 'utf8').trim().split('\n').map((path) => join(path, '..'));
const tell = (options: Partial<NotifyOptions> = {}, now = '2014-05-02T11:00', how = {}) => typed(desk, notify, { case: NUMBER, vendor: ['acme'], edit: true, ...options }, now, how);
const letterTo = (party: string, person: TestPerson): Promise<string> => desk.opened(desk.outbox().filter((name) => name.includes(`-${party}-`)).at(-1) ?? '', person);
const detailsNow = async (): Promise<void> => {
  await typed(desk, notify, { case: NUMBER, vendor: ['acme'] }, '2014-05-02T11:00');
  await happened(desk, 'vendor-replied', { vendor: 'acme', progress: 'acknowledged' }, '2014-05-03T11:00');
};

describe('--edit', () => {
  it('sends what the person made of the letter, and the log says that it was edited', async () => {
    editor('sed -i "s/^Dear .*/Dear friends,/" "$1"; printf "P.S. We are at +81.\\r\\n" >> "$1"');
    expect((await tell()).code).toBe(0);
    const letter = await letterTo('acme', acme);
    expect(letter).toContain('Dear friends,');
    expect(letter).toContain('P.S. We are at +81.');
    expect(readFileSync(given(), 'utf8')).toMatch(/^Acme Corporation\n\nDear security team,/);
    expect(readFileSync(given(), 'utf8')).not.toMatch(/^(?:To|Subject|From):/m);
    expect(desk.entry('vendor-contacted')).toContain('edited: true');
    for (const folder of folders()) {
      expect(folder.startsWith(desk.root)).toBe(false);
      expect(existsSync(folder)).toBe(false);
    }
  });

  it('takes no letter that came back as it was: the editor may not have waited', async () => {
    editor('true');
    const head = desk.git('rev-parse', 'HEAD');
    await expect(tell()).rejects.toMatchObject({ code: 'unchanged', hint: expect.stringContaining('--wait') as string });
    expect(desk.git('rev-parse', 'HEAD')).toBe(head);
  });

  it.each([
    ['an empty text', ': > "$1"'],
    ['blanks alone', 'echo "  " > "$1"'],
    ['a file that is gone', 'rm "$1"'],
    ['an editor that fails', 'echo x >> "$1"; exit 3'],
  ])('%s cancels, and nothing is written', async (_what, script) => {
    editor(script);
    const head = desk.git('rev-parse', 'HEAD');
    const mails = desk.outbox().length;
    await expect(tell()).rejects.toMatchObject({ code: 'cancelled' });
    expect(desk.untouchedSince(head, mails)).toBe(true);
    expect(folders().some((folder) => existsSync(folder))).toBe(false);
  });

  it.each([
    ['the reporter', 'Yamada Hanako found it.', 'identity-to-vendor'],
    ['a way to attack', 'Try: curl --data "x=;reboot" router', 'attack-detail'],
    ['the title', REPORT.title.en, 'detail-in-letter'],
    ['a product, over two lines', 'It is about Example\\nRouter.', 'detail-in-letter'],
  ])('a first contact that names %s is refused, and kept for who wrote it', async (_what, words, code) => {
    editor(`printf '${words.replaceAll("'", '')}\\n' >> "$1"`);
    const head = desk.git('rev-parse', 'HEAD');
    const mails = desk.outbox().length;
    await expect(tell()).rejects.toMatchObject({ code });
    expect(desk.untouchedSince(head, mails)).toBe(true);
  });

  it('shows what was written to a person whose letter is refused, and to no script', async () => {
    editor('echo "Yamada Hanako found it." >> "$1"');
    const typing = await import('../support/typing-environment.ts');
    const person = typing.typingEnvironment(desk.root, { now: '2014-05-02T11:00:00+09:00', answers: { '--role': 'developer' } });
    await expect(notify(person.env, { case: NUMBER, vendor: ['acme'], edit: true })).rejects.toMatchObject({ code: 'identity-to-vendor' });
    expect(person.stderr.join('\n')).toContain('What you wrote:');
    const script = typing.typingEnvironment(desk.root, { now: '2014-05-02T11:00:00+09:00' });
    await expect(notify(script.env, { case: NUMBER, vendor: ['acme'], edit: true })).rejects.toMatchObject({ code: 'identity-to-vendor' });
    expect([...script.stderr, ...script.stdout].join('\n')).not.toContain('Yamada');
  });

  it('lets details be told in the letter with the details, and nobody be named', async () => {
    await detailsNow();
    editor('echo "Try: curl --data x=1 router, in Example Router." >> "$1"');
    await tell({}, '2014-05-04T11:00');
    expect(await letterTo('acme', acme)).toContain('Try: curl');
    editor('echo "yamada@finder.example told us." >> "$1"');
    await expect(tell({ purpose: 'details' }, '2014-05-05T11:00')).rejects.toMatchObject({ code: 'identity-to-vendor' });
  });

  it('edits the answer of triage; in clear it does not name the case', async () => {
    editor('echo "Thank you, Hanako." >> "$1"');
    await typed(desk, notify, { case: NUMBER, reporter: true, purpose: 'progress', text: 'The vendor works on it.', edit: true }, '2014-05-03T11:00');
    expect(await letterTo('reporter', desk.finder)).toContain('Thank you, Hanako.');
    await typed(desk, triage, { case: NUMBER, ask: true, question: ['Which version?'], edit: true }, '2014-05-03T12:00');
    expect(desk.entry('reporter-contacted', 3)).toContain('edited: true');
    editor(`echo "${REPORT.title.en}" >> "$1"`);
    await expect(typed(desk, notify, { case: NUMBER, reporter: true, purpose: 'progress', text: 'x', inClear: 'no key', edit: true }, '2014-05-04T11:00')).rejects.toMatchObject({ code: 'detail-in-letter' });
  });

  it('shows the edited text with --dry-run', async () => {
    editor('echo "P.S. Good luck." >> "$1"');
    const mails = desk.outbox().length;
    const { stdout } = await tell({}, '2014-05-02T11:00', { dryRun: true });
    expect(stdout.join('\n')).toContain('P.S. Good luck.');
    expect(desk.outbox()).toHaveLength(mails);
  });

  it('refuses a folder for the text that lies in the repository', async () => {
    editor('true');
    mkdirSync(join(desk.root, 'outbox/tmp'));
    vi.stubEnv('TMPDIR', join(desk.root, 'outbox/tmp'));
    await expect(tell()).rejects.toMatchObject({ code: 'inside-repository' });
    expect(readdirSync(join(desk.root, 'outbox/tmp'))).toEqual([]);
  });

  it('takes the text along where vcc is stopped', async () => {
    editor('sleep 2');
    const temporary = join(desk.folder, 'tmp');
    mkdirSync(temporary);
    const [program, ...args] = VCC;
    const child = spawn(program, [...args, 'notify', NUMBER, '--vendor', 'acme', '--edit', '--now', '2014-05-02T11:00+09:00'], { cwd: desk.root, env: { ...process.env, TMPDIR: temporary }, stdio: 'ignore' });
    const ended = new Promise<NodeJS.Signals | null>((resolve) => child.on('close', (_code, signal) => resolve(signal)));
    for (let tries = 0; !existsSync(given()) && tries < 200; tries++) await sleep(50);
    expect(readdirSync(temporary).filter((name) => name.startsWith('vcc-edit-'))).toHaveLength(1);
    child.kill('SIGTERM');
    expect(await ended).toBe('SIGTERM');
    expect(readdirSync(temporary).filter((name) => name.startsWith('vcc-edit-'))).toEqual([]);
  }, 60_000);
});
