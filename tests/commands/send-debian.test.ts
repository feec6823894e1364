import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { notify } from '../../src/commands/notify.ts';
import { send } from '../../src/commands/send.ts';
import { accept, aDesk, FOLDER, NUMBER, takeIn, typed, type Desk } from '../support/a-desk.ts';

/* An SMTP server that is packaged by Debian (python3-aiosmtpd), with nothing of ours in it. */

/** Debian's own, for only that one has its packages. */
const PYTHON = '/usr/bin/python3';
const installed = spawnSync(PYTHON, ['-c', 'import aiosmtpd']).status === 0;
/** A mailbox that knows no acme, and has no time for libre. */
const PICKY = `from aiosmtpd.handlers import Mailbox
class Picky(Mailbox):
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.endswith('@acme.example'):
            return '550 5.1.1 no such user here'
        if address.endswith('@libre.example'):
            return '451 4.3.2 later'
        envelope.rcpt_tos.append(address)
        return '250 OK'
`;

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
  writeFileSync(join(folder, 'picky.py'), PICKY);
  port = await freePort();
  server = spawn(PYTHON, ['-m', 'aiosmtpd', '--nosetuid', '--listen', `127.0.0.1:${port}`, '--class', 'picky.Picky', join(folder, 'mail')], { stdio: 'ignore', env: { ...process.env, PYTHONPATH: folder } });
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

it.skipIf(!installed)('refuses one recipient and puts off another, and the messages after these arrive', async () => {
  await takeIn(desk);
  await accept(desk);
  await typed(desk, notify, { case: NUMBER, vendor: ['acme', 'libre'] }, '2014-05-02T10:00');
  await typed(desk, notify, { case: NUMBER, reporter: true, purpose: 'progress', text: 'It goes on.' }, '2014-05-02T11:00');
  desk.git('config', 'vcc.smtp', `smtp://127.0.0.1:${port}`);
  const before = readdirSync(join(folder, 'mail', 'new')).length;
  const { stdout } = await typed(desk, send, { all: true }, '2014-05-02T12:00', { yes: true });
  const lines = stdout.join('\n');
  expect(lines).toMatch(/failed .*acme.*550 5\.1\.1 no such user here/);
  expect(lines).toMatch(/queued .*libre.*451/);
  expect(lines).not.toMatch(/50[0-9] |nested/);
  expect(lines.match(/^sent /gm)?.length).toBe(3);
  expect(readdirSync(join(folder, 'mail', 'new')).length - before).toBe(3);
  expect(desk.log().filter((name) => name.includes('contacted')).map((name) => desk.read(`${FOLDER}/log/${name}`)).filter((text) => /outcome: bounced/.test(text)).length).toBe(1);
});
