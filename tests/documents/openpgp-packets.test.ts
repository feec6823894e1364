import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canBeCiphertext, fingerprintOf, readArmor, readPackets, TAG } from '../../src/documents/openpgp-packets.ts';

describe('what GnuPG writes', () => {
  let home: string;
  const gpg = (args: readonly string[], input = ''): Buffer => execFileSync('gpg', ['--homedir', home, '--batch', '--quiet', '--yes', '--trust-model', 'always', ...args], { input, stdio: ['pipe', 'pipe', 'pipe'] });
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'vcc-gnupg-'));
    gpg(['--passphrase', '', '--quick-generate-key', 'Test <test@centre.example>', 'rsa2048', 'encrypt', 'never']);
  });
  afterAll(() => {
    execFileSync('gpgconf', ['--homedir', home, '--kill', 'all']);
    rmSync(home, { recursive: true });
  });

  it('is a key with the fingerprint that GnuPG says', () => {
    const fingerprint = /^fpr:+([0-9A-F]{40}):/m.exec(gpg(['--list-keys', '--with-colons']).toString())?.[1];
    const armor = readArmor(gpg(['--export', '--armor']).toString('latin1'));
    const [key] = armor?.packets ?? [];
    expect(armor).toMatchObject({ kind: 'PUBLIC KEY BLOCK', readable: '', broken: false });
    expect(key && fingerprintOf(key)).toBe(fingerprint);
  });

  it('is a private key where it is one', () => {
    const tags = readArmor(gpg(['--export-secret-keys', '--armor']).toString('latin1'))?.packets.map(({ tag }) => tag);
    expect(tags).toContain(TAG.secretKey);
  });

  it('is an encrypted message, in parts where it is long', () => {
    for (const size of [10, 100_000]) {
      const armor = readArmor(gpg(['--encrypt', '--armor', '--compress-algo', 'none', '--recipient', 'test@centre.example'], 'x'.repeat(size)).toString('latin1'));
      expect(armor?.packets.map(({ tag }) => tag)).toEqual([TAG.encryptedSessionKey, TAG.integrityProtected]);
      expect(armor?.broken).toBe(false);
      expect(armor?.packets.map(canBeCiphertext)).toEqual([true, true]);
      if (size > 1000) expect(armor?.packets[1]?.body.length).toBeGreaterThan(size);
    }
  });

  it('is no encrypted message where it is only packed', () => {
    const tags = readArmor(gpg(['--store', '--armor', '--compress-algo', 'none'], 'plain').toString('latin1'))?.packets.map(({ tag }) => tag);
    expect(tags).toEqual([11]);
  });
});

describe('ciphertext', () => {
  const data = (content: Uint8Array): boolean => canBeCiphertext({ tag: TAG.integrityProtected, body: Uint8Array.of(1, ...content) });

  it('is as even as chance is, of any length', () => {
    for (let length = 40; length < 3000; length += 7) expect(data(randomBytes(length)), `${length}`).toBe(true);
  });

  it.each([
    ['English', Buffer.from('She found it on the first of May, at home.')],
    ['Japanese', Buffer.from('報告者は田中花子さんです。連絡先はこちら。')],
    ['UTF-16', Buffer.from('She found it on the first of May, at home.', 'utf16le')],
    ['Base64', Buffer.from(randomBytes(60).toString('base64'))],
    ['zeros', new Uint8Array(60)],
    ['a short one', randomBytes(39)],
  ])('is not %s', (_name, text) => {
    expect(data(text)).toBe(false);
  });

  it('is of a version that exists', () => {
    expect(canBeCiphertext({ tag: TAG.integrityProtected, body: Uint8Array.of(7, ...randomBytes(60)) })).toBe(false);
    expect(canBeCiphertext({ tag: TAG.encryptedSessionKey, body: Uint8Array.of(78, ...randomBytes(60)) })).toBe(false);
    expect(canBeCiphertext({ tag: 11, body: randomBytes(60) })).toBe(false);
  });
});

describe('what strangers write', () => {
  it('never makes the reader fail, and never runs past the end', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const { packets, broken } = readPackets(bytes);
        expect(packets.reduce((sum, { body }) => sum + body.length, 0)).toBeLessThanOrEqual(bytes.length);
        if (packets.length === 0 && bytes.length > 0) expect(broken).toBe(true);
      }),
    );
  });

  it('shows text that hides between the armor lines', () => {
    const around = (header: string, line: string): string => `-----BEGIN PGP MESSAGE-----\n${header}\n\n${line}\n-----END PGP MESSAGE-----\n`;
    expect(readArmor(around('Comment: reported by Tanaka', ''))?.readable).toBe('Comment: reported by Tanaka');
    expect(readArmor(around('Version: GnuPG v2', '=reported by Tanaka'))?.readable).toBe('Version: GnuPG v2\n=reported by Tanaka');
    expect(readArmor(around('Version: GnuPG v2', 'reported by Tanaka!'))?.readable).toBe('Version: GnuPG v2\nreported by Tanaka!');
  });

  it('is no armor without an end, a blank line or a beginning', () => {
    expect(readArmor('-----BEGIN PGP MESSAGE-----\n\nxsBNBF\n')).toBeUndefined();
    expect(readArmor('-----BEGIN PGP MESSAGE-----\nxsBNBF\n-----END PGP MESSAGE-----\n')).toBeUndefined();
    expect(readArmor('name: Tanaka\n')).toBeUndefined();
  });
});
