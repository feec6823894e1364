import { chmodSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, afterEach, describe, expect, it } from 'vitest';
import { escalate } from '../../src/commands/escalate.ts';
import { notify } from '../../src/commands/notify.ts';
import { outbox } from '../../src/commands/outbox.ts';
import { record } from '../../src/commands/record.ts';
import { send, type SendOptions } from '../../src/commands/send.ts';
import { show } from '../../src/commands/show.ts';
import type { Environment } from '../../src/environment.ts';
import { accept, aDesk, FOLDER, happened, NUMBER, takeIn, typed, type Desk } from '../support/a-desk.ts';

/* A sendmail that ends as told: 0 took it, 75 later (EX_TEMPFAIL), 69 never. */

let desk: Desk;
let base: Desk | undefined;

const sendmail = (code: number): void => {
  const program = desk.file('sendmail', `#!/bin/sh\ncat > /dev/null\necho "no such user" \nexit ${code}\n`);
  chmodSync(program, 0o755);
  desk.git('config', 'vcc.sendmail', program);
};

beforeEach(async () => {
  if (base === undefined) {
    base = await aDesk();
    await takeIn(base);
    await accept(base);
    await typed(base, notify, { case: NUMBER, vendor: ['acme', 'libre'] }, '2014-05-02T10:00');
  }
  desk = base.copy();
  sendmail(69);
}, 60_000);
afterEach(() => desk.dispose());

const folder = (name: string): string[] => readdirSync(join(desk.root, 'outbox', name)).flatMap((each) => (each.endsWith('.eml') ? [each.slice(0, -4)] : []));
const named = (party: string): string => desk.outbox().find((name) => name.includes(`-${party}-`))?.replace('.eml', '') ?? '';
const run = (options: SendOptions, now = '2014-05-02T11:00', how = {}) => typed(desk, send, options, now, how);
const bounces = (): string[] => desk.log().map((name) => desk.read(`${FOLDER}/log/${name}`)).filter((text) => text.includes('outcome: bounced'));
const shown = (env: Environment, options: { readonly all?: boolean }): Promise<number> => Promise.resolve(outbox(env, options));

describe('mail that comes back', () => {
  it('is logged and committed, once', async () => {
    const id = named('acme');
    const messageId = /^Message-ID: (\S+)/im.exec(desk.read(`outbox/${id}.eml`))?.[1] ?? '';
    const { code, stdout, stderr } = await run({ ids: [id] });
    expect(code).toBe(1);
    expect(bounces()).toHaveLength(1);
    expect(bounces()[0]).toContain('vendor: acme\npurpose: first-contact\nmeans: mail\noutcome: bounced\nreturned: ');
    expect(bounces()[0]).toContain(messageId);
    expect(bounces()[0]).toContain('did not take it');
    // Whoever runs the server chose these words.
    expect(bounces()[0]).not.toContain('no such user');
    expect(desk.head().subject).toBe(`${NUMBER}: mail to acme came back`);
    expect(stdout.join('\n')).toMatch(/logged +cases\/2014\/61247051\/log\/\S+-vendor-contacted-/);
    expect(stderr.join('\n')).toContain(`vcc due --case ${NUMBER}`);
    expect(desk.git('status', '--porcelain')).toBe('');
    // Once more refused, and once more looked at: it stays one entry.
    await run({ ids: [id] }, '2014-05-02T12:00');
    await run({ all: true }, '2014-05-02T13:00');
    expect(bounces().filter((text) => text.includes('vendor: acme'))).toHaveLength(1);
  });

  it('keeps mail out of the next step of the ladder, and lets no silence begin', async () => {
    await run({ ids: [named('acme')] });
    const reminders = async (vendor: string): Promise<number> => {
      await typed(desk, escalate, { case: NUMBER, vendor }, '2014-06-20T10:00').catch(() => undefined);
      return desk.outbox().filter((name) => name.startsWith('20140620') && name.includes(`-${vendor}-`)).length;
    };
    expect(await reminders('libre')).toBe(1);
    expect(await reminders('acme')).toBe(0);
  });

  it('gave nobody the details: they are what is written next', async () => {
    sendmail(0);
    await run({ all: true });
    await happened(desk, 'vendor-replied', { vendor: 'acme', progress: 'acknowledged' }, '2014-05-03T10:00');
    await typed(desk, notify, { case: NUMBER, vendor: ['acme'] }, '2014-05-03T11:00');
    const details = async (): Promise<unknown> => ((await typed(desk, show, { case: NUMBER }, '2014-05-03T13:00', { json: true })).envelopes[0]?.vendors as readonly { readonly vendor: string; readonly gotDetails: boolean }[]).find(({ vendor }) => vendor === 'acme')?.gotDetails;
    expect(await details()).toBe(true);
    sendmail(69);
    await run({ all: true }, '2014-05-03T12:00');
    expect(await details()).toBe(false);
    expect((await typed(desk, notify, { case: NUMBER, vendor: ['acme'] }, '2014-05-04T11:00')).stdout.join('\n')).toContain('acme (details)');
    expect(await details()).toBe(true);
  });

  it('says nothing of the reporter', async () => {
    const id = desk.outbox().find((name) => name.includes('-reporter-'))?.replace('.eml', '') ?? '';
    await run({ ids: [id] });
    expect(bounces()).toHaveLength(1);
    expect(bounces()[0]).toMatch(/event: reporter-contacted[\s\S]*outcome: bounced/);
    expect(bounces()[0]).not.toContain('no such user');
    expect(`${bounces().join('\n')}\n${desk.git('log', '--format=%B')}`).not.toMatch(/yamada|Quiet Laboratory/i);
  });

  it('is logged by the next run where this one was killed', async () => {
    const id = named('acme');
    mkdirSync(join(desk.root, 'outbox/failed'));
    renameSync(join(desk.root, `outbox/${id}.eml`), join(desk.root, `outbox/failed/${id}.eml`));
    writeFileSync(join(desk.root, `outbox/failed/${id}.json`), '{"tries":1,"why":"550 no"}\n');
    const before = await run({ all: true }, '2014-05-02T11:00', { dryRun: true });
    expect(before.stdout.join('\n')).toMatch(new RegExp(`would be logged:\n +${id}`));
    expect(bounces()).toEqual([]);
    sendmail(0);
    expect((await run({ all: true })).code).toBe(0);
    expect(bounces()).toHaveLength(1);
    expect(bounces()[0]).toContain('did not take it (550).');
    expect((await run({ all: true }, '2014-05-03T11:00')).code).toBe(0);
    expect(bounces()).toHaveLength(1);
  });

  it('where the tree is not clean, says what to type, and logs it later', async () => {
    const id = named('acme');
    const file = desk.read(`${FOLDER}/case.md`);
    desk.write(`${FOLDER}/case.md`, `${file}\nA draft.\n`);
    const { code, envelopes, stderr } = await run({ ids: [id] }, '2014-05-02T11:00');
    expect(code).toBe(1);
    expect(envelopes).toEqual([]);
    const command = /vcc record 61247051 vendor-contacted --vendor acme --purpose first-contact --means mail --outcome bounced --returned '(<\S+>)'/.exec(stderr.join('\n'));
    expect(command).not.toBeNull();
    expect(folder('failed')).toEqual([id]);
    expect(bounces()).toEqual([]);
    const again = await run({ all: true }, '2014-05-02T12:00', { json: true });
    expect(again.envelopes[0]?.returned).toContainEqual(expect.objectContaining({ id, case: NUMBER, logged: null, command: command?.[0] }));
    desk.write(`${FOLDER}/case.md`, file);
    // Who types it has said it: vcc does not say it twice.
    await typed(desk, record, { case: NUMBER, event: 'vendor-contacted', flags: { vendor: 'acme', purpose: 'first-contact', means: 'mail', outcome: 'bounced', returned: command?.[1] } }, '2014-05-02T13:00');
    await run({ all: true }, '2014-05-02T14:00');
    expect(bounces().filter((text) => text.includes('vendor: acme'))).toHaveLength(1);
    expect(bounces()).toHaveLength(4);
  });

  it('where the commit fails, nothing is lost', async () => {
    const hook = join(desk.root, '.git/hooks/pre-commit');
    mkdirSync(join(desk.root, '.git/hooks'), { recursive: true });
    writeFileSync(hook, '#!/bin/sh\necho not today >&2\nexit 1\n');
    chmodSync(hook, 0o755);
    const { stderr } = await run({ ids: [named('acme')] });
    expect(stderr.join('\n')).toMatch(/the log cannot say so now[\s\S]*vcc record 61247051 vendor-contacted/);
    expect(desk.git('status', '--porcelain')).toBe('');
    expect(bounces()).toEqual([]);
    writeFileSync(hook, '#!/bin/sh\nexit 0\n');
    await run({ all: true }, '2014-05-02T12:00');
    expect(bounces()).toHaveLength(4);
  });

  it('that goes out after all, says how the log is put right', async () => {
    const id = named('acme');
    await run({ ids: [id] });
    sendmail(0);
    const { stderr } = await run({ ids: [id] }, '2014-05-02T12:00');
    expect(stderr.join('\n')).toMatch(/vcc record 61247051 corrected --entry \S+-vendor-contacted-[0-9a-f]{4}\.md/);
  });
});

describe('mail that is put off', () => {
  it('is given up after five days, and logged', async () => {
    sendmail(75);
    const id = named('acme');
    await run({ ids: [id] });
    const waiting = await typed(desk, shown, {}, '2014-05-04T11:00');
    expect(waiting.stderr.join('\n')).toContain(`${id}: put off since 2014-05-02 11:00 +09:00; given up on 2014-05-07 11:00`);
    await run({ ids: [id] }, '2014-05-07T10:59');
    expect(desk.outbox()).toContain(`${id}.eml`);
    expect(bounces()).toEqual([]);
    await run({ ids: [id] }, '2014-05-07T11:00');
    expect(folder('failed')).toEqual([id]);
    expect(bounces()).toHaveLength(1);
    expect(bounces()[0]).toContain('put off for 5 days');
    expect(readFileSync(join(desk.root, `outbox/failed/${id}.json`), 'utf8')).toContain('given up');
    const { stderr } = await typed(desk, shown, {}, '2014-05-08T11:00');
    expect(stderr.join('\n')).toContain('nobody was reached');
  });
});
