import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { send } from '../../src/commands/send.ts';
import { accept, aDesk, takeIn, typed, type Desk } from '../support/a-desk.ts';

/* An SMTP server that is packaged by Debian (python3-aiosmtpd), with nothing of ours in it. */

/** Debian's own, for only that one has its packages. */
const PYTHON = '/usr/bin/python3';
const installed = spawnSync(PYTHON, ['-c', 'import aiosmtpd']).status === 0;
let folder: string;
let server: ChildProcess;
let port: number;
let desk: Desk;

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address() as { port: number };
      probe.close(() => resolve(free));
    });
  });
const answers = (): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

beforeAll(async () => {
  if (!installed) return;
  folder = mkdtempSync(join(tmpdir(), 'vcc-smtp-'));
  for (const part of ['new', 'cur', 'tmp']) mkdirSync(join(folder, 'mail', part), { recursive: true });
  port = await freePort();
  server = spawn(PYTHON, ['-m', 'aiosmtpd', '--nosetuid', '--listen', `127.0.0.1:${port}`, '--class', 'aiosmtpd.handlers.Mailbox', join(folder, 'mail')], { stdio: 'ignore' });
  for (let tries = 0; tries < 100 && !(await answers()); tries += 1) await new Promise((resolve) => setTimeout(resolve, 100));
}, 30_000);
afterAll(() => {
  if (!installed) return;
  server.kill();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  desk = await aDesk();
}, 60_000);
afterEach(() => desk.dispose());

it.skipIf(!installed)('takes each message once, as it was written', async () => {
  await takeIn(desk);
  await accept(desk);
  const [first = ''] = desk.outbox().filter((name) => name.endsWith('.eml'));
  const written = desk.read(`outbox/${first}`);
  desk.git('config', 'vcc.smtp', `smtp://127.0.0.1:${port}`);
  const waiting = desk.outbox().filter((name) => name.endsWith('.eml')).length;
  expect((await typed(desk, send, { all: true }, '2014-05-02T12:00', { yes: true })).code).toBe(0);
  expect((await typed(desk, send, { all: true }, '2014-05-02T12:01', { yes: true })).code).toBe(0);
  const arrived = readdirSync(join(folder, 'mail', 'new')).map((name) => readFileSync(join(folder, 'mail', 'new', name), 'utf8'));
  expect(arrived.length).toBe(waiting);
  const ids = arrived.map((text) => /^Message-ID: *\s*(<[^>]+>)/im.exec(text)?.[1]);
  expect(new Set(ids).size).toBe(waiting);
  const armorOf = (text: string): string | undefined => /-----BEGIN PGP MESSAGE-----[\s\S]*-----END PGP MESSAGE-----/.exec(text.replaceAll('\r\n', '\n'))?.[0];
  expect(arrived.map(armorOf)).toContain(armorOf(written));
});
