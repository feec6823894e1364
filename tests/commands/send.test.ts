import { chmodSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { notify } from '../../src/commands/notify.ts';
import { outbox } from '../../src/commands/outbox.ts';
import { send, type SendOptions } from '../../src/commands/send.ts';
import type { Environment } from '../../src/environment.ts';
import { accept, aDesk, NUMBER, takeIn, typed, type Desk } from '../support/a-desk.ts';

/* A real SMTP server on this machine, which counts what arrives and fails as told. */

type Fault = 'none' | '450 at RCPT' | '550 at RCPT' | '451 after DATA' | '554 after DATA' | 'drop at RCPT' | 'drop after DATA' | 'slow';

let fault: Fault = 'none';
let arrived: string[] = [];
let server: SMTPServer;
let desk: Desk;

const answer = (code: number): Error => Object.assign(new Error('as told'), { responseCode: code });

const dropAll = (): void => (server.connections as unknown as Set<{ readonly _socket: { destroy(): void } }>).forEach(({ _socket }) => _socket.destroy());

beforeEach(async () => {
  fault = 'none';
  arrived = [];
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo(_address, _session, done) {
      if (fault === 'drop at RCPT') dropAll();
      else done(fault === '450 at RCPT' ? answer(450) : fault === '550 at RCPT' ? answer(550) : null);
    },
    onData(stream, _session, done) {
      let text = '';
      stream.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
      stream.on('end', () => {
        if (fault === '451 after DATA' || fault === '554 after DATA') { done(answer(Number(fault.slice(0, 3)))); return; }
        arrived.push(/^Message-ID: (.+)$/im.exec(text)?.[1]?.trim() ?? '');
        if (fault === 'drop after DATA') {
          dropAll();
          return undefined;
        }
        setTimeout(() => done(), fault === 'slow' ? 500 : 0);
        return undefined;
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  desk = await aDesk();
  await takeIn(desk);
  await accept(desk);
  await typed(desk, notify, { case: NUMBER, vendor: ['acme', 'libre'] }, '2014-05-02T10:00');
  desk.git('config', 'vcc.smtp', `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`);
}, 60_000);
afterEach(async () => {
  desk.dispose();
  vi.unstubAllEnvs();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});

const waiting = (folder = ''): string[] => {
  const path = join(desk.root, 'outbox', folder);
  return folder === '' || readdirSync(join(desk.root, 'outbox')).includes(folder) ? readdirSync(path).flatMap((name) => (name.endsWith('.eml') ? [name.slice(0, -4)] : [])).sort() : [];
};
const run = (options: SendOptions, now = '2014-05-02T11:00') => typed(desk, send, options, now);
const shown = (env: Environment, options: { readonly all?: boolean }): Promise<number> => Promise.resolve(outbox(env, options));
/** Two vendors, and the reporter twice: received, accepted. */
const ALL = 4;

describe('vcc send', () => {
  it('sends each message once, and shows it as sent', async () => {
    const before = waiting();
    expect(before.length).toBe(ALL);
    expect((await run({ all: true })).code).toBe(0);
    expect(new Set(arrived).size).toBe(ALL);
    expect(arrived).toHaveLength(ALL);
    expect(waiting()).toEqual([]);
    expect(waiting('sent')).toEqual(before);
    expect((await run({ all: true })).code).toBe(0);
    expect(arrived).toHaveLength(ALL);
    await expect(run({ ids: [before[0] ?? ''] })).rejects.toMatchObject({ code: 'sent-already' });
    expect(desk.git('status', '--porcelain')).toBe('');
  });

  it.each([
    ['450 at RCPT', 'queued', 0],
    ['550 at RCPT', 'failed', 0],
    ['451 after DATA', 'queued', 0],
    ['554 after DATA', 'failed', 0],
    ['drop at RCPT', 'queued', 0],
    ['drop after DATA', 'uncertain', 1],
    ['slow', 'sent', 1],
  ] as const)('after %s a message is %s, and has arrived %i times', async (how, state, count) => {
    const [id = ''] = waiting();
    fault = how;
    const { code } = await run({ ids: [id] });
    expect(code).toBe(state === 'sent' ? 0 : 1);
    expect(waiting(state === 'queued' ? '' : state)).toContain(id);
    expect(arrived).toHaveLength(count);
    // Nothing that may have arrived goes out again by itself, and nothing is lost.
    fault = 'none';
    await run({ all: true }, '2014-05-02T11:10');
    const total = { queued: ALL, sent: ALL, uncertain: ALL, failed: ALL - 1 }[state];
    expect(arrived).toHaveLength(total);
    expect(new Set(arrived).size).toBe(total);
    if (state === 'uncertain' || state === 'failed') {
      expect((await run({ ids: [id] }, '2014-05-02T11:20')).code).toBe(0);
      expect(waiting('sent')).toHaveLength(ALL);
      expect(new Set(arrived).size).toBe(ALL);
    }
  });

  it('waits longer after each refusal for now', async () => {
    const [id = ''] = waiting();
    fault = '450 at RCPT';
    await run({ ids: [id] });
    const until = async (now: string): Promise<unknown> => ((await typed(desk, shown, {}, now, { json: true })).envelopes[0]?.messages as readonly { readonly id: string; readonly notBefore?: string }[]).find((mail) => mail.id === id)?.notBefore;
    expect(await until('2014-05-02T11:00')).toBe('2014-05-02T11:05:00+09:00');
    for (const other of waiting().filter((each) => each !== id)) await run({ ids: [other] });
    const early = await typed(desk, shown, {}, '2014-05-02T11:01');
    expect(early.stdout.join('\n')).toMatch(/^ {2}.*450.*; again from 2014-05-02 11:05 \+09:00$/m);
    expect(early.stderr.join('\n')).toContain('Nothing is to be sent before 2014-05-02 11:05 +09:00; then: vcc send --all');
    await run({ ids: [id] }, '2014-05-02T11:05');
    expect(await until('2014-05-02T11:05')).toBe('2014-05-02T11:15:00+09:00');
  });

  it('counts what a killed run was at as uncertain', async () => {
    const [id = ''] = waiting();
    mkdirSync(join(desk.root, 'outbox/sending'));
    renameSync(join(desk.root, `outbox/${id}.eml`), join(desk.root, `outbox/sending/${id}.eml`));
    await run({ all: true });
    expect(waiting('uncertain')).toEqual([id]);
    expect(arrived).toHaveLength(ALL - 1);
    const { stdout, stderr } = await typed(desk, shown, {}, '2014-05-02T12:00');
    expect(stdout.join('\n')).toMatch(new RegExp(`^uncertain +${id}`, 'm'));
    expect(stderr.join('\n')).toContain('Ask the recipient');
  });

  it('says what to type where no transport is set, a password stands in it, or the certificate is nobody\'s', async () => {
    const address = desk.git('config', 'vcc.smtp').trim();
    desk.git('config', 'vcc.smtp', 'smtps://me:secret@mail.example');
    const problem: unknown = await run({ all: true }).catch((thrown: unknown) => thrown);
    expect(problem).toMatchObject({ code: 'smtp-address' });
    expect(JSON.stringify(problem)).not.toContain('secret');
    desk.git('config', 'vcc.smtp', address.replace('smtp:', 'smtps:'));
    await expect(run({ all: true })).rejects.toMatchObject({ code: 'smtp' });
    desk.git('config', '--unset', 'vcc.smtp');
    await expect(run({ all: true })).rejects.toMatchObject({ code: 'no-transport' });
    expect(waiting()).toHaveLength(ALL);
  });

  it('sends nothing that came with the repository', async () => {
    desk.write('outbox/20140502T000000Z-61247051-acme-0000.eml', 'From: vuls@centre.example\nTo: victim@elsewhere.example\n\nx\n');
    desk.git('add', '--force', 'outbox/20140502T000000Z-61247051-acme-0000.eml');
    desk.git('commit', '--quiet', '--no-verify', '--message', 'A gift');
    await expect(run({ all: true })).rejects.toMatchObject({ code: 'tracked-message' });
    expect(arrived).toEqual([]);
  });

  it('sets aside what is no message of one recipient, and sends the others', async () => {
    writeFileSync(join(desk.root, 'outbox/0bad.eml'), 'From: vuls@centre.example\nTo: a@one.example, b@two.example\n\nx\n');
    const good = waiting().filter((id) => id !== '0bad');
    expect((await run({ all: true })).code).toBe(1);
    expect(waiting('failed')).toEqual(['0bad']);
    expect(waiting('sent')).toEqual(good);
    expect(arrived).toHaveLength(ALL);
  });

  it('reads a note that was cut off as none', async () => {
    const [id = ''] = waiting();
    writeFileSync(join(desk.root, `outbox/${id}.json`), '{"tries": 1, "wh');
    expect((await run({ all: true })).code).toBe(0);
    expect(waiting('sent')).toContain(id);
  });

  it('hands messages to sendmail', async () => {
    desk.git('config', '--unset', 'vcc.smtp');
    const kept = join(desk.folder, 'kept');
    const program = desk.file('sendmail', `#!/bin/sh\necho "$@" >> '${kept}'\ncat >> '${kept}'\n`);
    chmodSync(program, 0o755);
    desk.git('config', 'vcc.sendmail', program);
    expect((await run({ all: true })).code).toBe(0);
    const text = readFileSync(kept, 'utf8');
    expect(text).toContain('-i -f vuls@centre.example -- psirt@acme.example');
    expect(text).not.toContain('\r');
    expect(waiting('sent')).toHaveLength(ALL);
  });

  it('shows with --dry-run what it would send', async () => {
    const { stdout } = await typed(desk, send, { all: true }, '2014-05-02T11:00', { dryRun: true });
    expect(stdout.join('\n')).toContain('Nothing was sent');
    expect(arrived).toEqual([]);
    expect(waiting()).toHaveLength(ALL);
  });
});
