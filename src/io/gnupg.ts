import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { legible } from '../documents/legible.ts';
import { fileStamp } from '../domain/instant.ts';
import type { Instant } from '../domain/instant.ts';
import { VccError, refusal } from '../domain/problem.ts';
import type { SetClock } from './clock.ts';
import type { Signer } from './signer.ts';
import { failedWith } from './failed-with.ts';

interface GpgResult {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

const PASSPHRASE_DESCRIPTOR = 3;

/** A coordinator whose private key is in GnuPG, on a smart card perhaps: gpg-agent asks for the passphrase itself. */
export async function gnupgSigner(fingerprint: string, clock: SetClock): Promise<Signer> {
  const found = await gpg(['--list-secret-keys', '--with-colons', fingerprint], '');
  if (found.code !== 0) {
    throw refusal(
      'no-private-key',
      `neither a key file nor GnuPG has your private key ${fingerprint}`,
      'Set VCC_KEY_FILE to a file with your private key, type git config vcc.keyFile FILE, or import it into GnuPG: gpg --import FILE',
    );
  }
  // Only --now may move gpg's clock; otherwise its own is right.
  const time = (at: Instant): string[] => (clock.fixed ? ['--faked-system-time', `${fileStamp(at).replace('Z', '')}!`] : []);
  return {
    fingerprint,
    async signAndEncrypt(content, recipient, at) {
      const folder = await mkdtemp(join(tmpdir(), 'vcc-recipient-'));
      try {
        const file = join(folder, 'key.asc');
        await writeFile(file, recipient, { mode: 0o600 });
        const args = ['--armor', '--sign', '--encrypt', '--no-encrypt-to', '--compress-algo', 'none', '--local-user', fingerprint, '--recipient-file', file, '--trust-model', 'always', '--recipient', fingerprint];
        return (await succeed('sign and encrypt', [...time(at), ...args], content)).toString('latin1');
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    async sign(content, at) {
      const args = ['--armor', '--detach-sign', '--digest-algo', 'SHA512', '--local-user', fingerprint];
      const armored = (await succeed('sign', [...time(at), ...args], content)).toString('latin1');
      return { armored, micalg: 'pgp-sha512' };
    },
    async sessionKeys(armored) {
      // openpgp.js does the rest with it, so that keys are judged and limits held alike, wherever the private key is. One octet of
      // output is enough: gpg names the key before it writes.
      const { stderr, code } = await gpg(['--decrypt', '--show-session-key', '--max-output', '1', '--status-fd', '2'], armored);
      const found = [...stderr.matchAll(/^\[GNUPG:\] SESSION_KEY (\d{1,3}):([0-9A-F]+)$/gm)].map(([, algorithm, hex]) => ({ algorithm: Number(algorithm), data: Buffer.from(hex ?? '', 'hex') }));
      if (found.length > 0) return found;
      const said = stderr.split('\n').filter((line) => !line.startsWith('[GNUPG:]')).join('\n').trim();
      throw refusal('cannot-open', `gpg cannot decrypt it (${code}):\n${legible(said)}`, 'It may be for another key: ask the coordinator whose key it was encrypted to.');
    },
    open: (armored) => succeed('decrypt', ['--decrypt', '--max-output', String(64 * 1024 * 1024)], armored),
  };
}

async function succeed(what: string, args: readonly string[], input: string | Uint8Array): Promise<Buffer> {
  const result = await gpg(args, input);
  if (result.code === 0) return result.stdout;
  throw refusal('gpg-failed', `gpg cannot ${what}:\n${legible(result.stderr.trim())}`, 'Put right what gpg says above; without a terminal, set VCC_PASSPHRASE.');
}

function gpg(args: readonly string[], input: string | Uint8Array): Promise<GpgResult> {
  const passphrase = process.env.VCC_PASSPHRASE;
  const unlock = passphrase === undefined ? [] : ['--pinentry-mode', 'loopback', '--passphrase-fd', String(PASSPHRASE_DESCRIPTOR)];
  return new Promise((resolve, reject) => {
    const child = spawn('gpg', ['--batch', '--quiet', '--no-auto-key-locate', ...unlock, ...args], { stdio: ['pipe', 'pipe', 'pipe', 'pipe'] });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', (cause) => {
      const missing = 'GnuPG cannot be started, and no key file is set';
      const hint = 'Set VCC_KEY_FILE to a file with your private key, or install GnuPG 2.2.';
      reject(failedWith(cause, 'ENOENT') ? new VccError({ code: 'no-gpg', message: missing, hint, cause }) : cause);
    });
    child.on('close', (code) => resolve({ code: code ?? 2, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString('utf8') }));
    // gpg may end before it read everything; its exit code says why.
    const feed = (stream: Writable, content: string | Uint8Array): void => {
      stream.on('error', (problem) => {
        if (!failedWith(problem, 'EPIPE')) reject(problem);
      });
      stream.end(content);
    };
    feed(child.stdin, input);
    feed(child.stdio[PASSPHRASE_DESCRIPTOR] as Writable, passphrase === undefined ? '' : `${passphrase}\n`);
  });
}
