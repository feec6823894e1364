import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** A real GnuPG with a home of its own: the other side of every message. */
export interface TempGnupg {
  readonly home: string;
  gpg(args: readonly string[], input?: string | Uint8Array): { readonly stdout: Buffer; readonly status: string };
  dispose(): void;
}

export function tempGnupg(): TempGnupg {
  // Short: gpg-agent's socket is in it, and a socket's path has 108 bytes at most.
  const home = mkdtempSync('/tmp/vg-');
  return {
    home,
    gpg(args, input = '') {
      const status = join(home, 'status');
      const stdout = execFileSync('gpg', ['--homedir', home, '--batch', '--yes', '--quiet', '--pinentry-mode', 'loopback', '--passphrase', '', '--trust-model', 'always', '--status-file', status, ...args], {
        input,
        stdio: ['pipe', 'pipe', 'pipe'],
      });
      return { stdout, status: execFileSync('cat', [status], { encoding: 'utf8' }) };
    },
    dispose() {
      execFileSync('gpgconf', ['--homedir', home, '--kill', 'all']);
      rmSync(home, { recursive: true, force: true });
    },
  };
}
