import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { chooseClock } from '../../src/io/clock.ts';
import { gnupgSigner } from '../../src/io/gnupg.ts';
import { inspectKey } from '../../src/io/openpgp-keys.ts';
import { encryptTo, openMessage } from '../../src/io/openpgp-messages.ts';
import { tempGnupg } from '../support/temp-gnupg.ts';
import type { TempGnupg } from '../support/temp-gnupg.ts';
import { testPerson } from '../support/temp-repo.ts';
import type { TestPerson } from '../support/temp-repo.ts';

const IN_2014 = chooseClock('2014-06-06T12:00:00+09:00', undefined);
const TEXT = Buffer.from('Content-Type: text/plain\r\n\r\nhello\r\n');

let centre: TempGnupg;
let other: TempGnupg;
let coordinator: Pick<TestPerson, 'key' | 'publicKey'>;
let vendor: TestPerson;

beforeAll(async () => {
  centre = tempGnupg();
  other = tempGnupg();
  vendor = await testPerson('vendor');
  coordinator = madeInGnupg();
  other.gpg(['--import'], coordinator.publicKey);
  other.gpg(['--import'], vendor.privateKey);
  vi.stubEnv('GNUPGHOME', centre.home);
  vi.stubEnv('VCC_PASSPHRASE', 'correct horse');
});

/** GnuPG makes the key itself: it imports about one in a thousand protected keys of OpenPGP.js so that it can't use them (unmatched parentheses in S-expression). */
function madeInGnupg(): Pick<TestPerson, 'key' | 'publicKey'> {
  const user = 'Hanako <hanako@centre.example>';
  const make = ['--faked-system-time', '20140101T000000!', '--passphrase', 'correct horse'];
  centre.gpg([...make, '--quick-generate-key', user, 'ed25519', 'cert,sign', 'never']);
  const key = /^fpr:+([0-9A-F]{40}):/m.exec(centre.gpg(['--list-keys', '--with-colons', user]).stdout.toString())?.[1] ?? '';
  centre.gpg([...make, '--quick-add-key', key, 'cv25519', 'encr', 'never']);
  return { key, publicKey: centre.gpg(['--armor', '--export', key]).stdout.toString() };
}
afterAll(() => {
  vi.unstubAllEnvs();
  centre.dispose();
  other.dispose();
});

describe('a coordinator whose key is in GnuPG', () => {
  it('signs and encrypts at the time of --now', async () => {
    const signer = await gnupgSigner(coordinator.key, IN_2014);
    const armored = await signer.signAndEncrypt(TEXT, vendor.publicKey, IN_2014.now());
    const { stdout, status } = other.gpg(['--decrypt'], armored);
    expect(stdout.equals(TEXT)).toBe(true);
    // Who sent it can read it later, too.
    expect(Buffer.from(await signer.open(armored)).equals(TEXT)).toBe(true);
    expect(status).toContain(`VALIDSIG ${coordinator.key} 2014-06-06 ${IN_2014.now() / 1000}`);
  });

  it('signs at the time of the machine without --now', async () => {
    const signer = await gnupgSigner(coordinator.key, chooseClock(undefined, undefined));
    const { armored, micalg } = await signer.sign(TEXT, Date.now());
    expect(armored).toContain('BEGIN PGP SIGNATURE');
    expect(micalg).toBe('pgp-sha512');
  });

  it('opens what was sealed to it', async () => {
    const sealed = await encryptTo([vendor.publicKey, coordinator.publicKey], TEXT, IN_2014.now());
    const signer = await gnupgSigner(coordinator.key, IN_2014);
    expect(Buffer.from(await signer.open(sealed)).equals(TEXT)).toBe(true);
  });

  it('opens a mail that GnuPG wrote and signed, and says whose signature it is', async () => {
    const at = Date.parse('2014-06-06T12:00:00+09:00');
    const signer = await gnupgSigner(coordinator.key, IN_2014);
    const message = other.gpg(['--faked-system-time', '20140606T000000!', '--armor', '--sign', '--encrypt', '--local-user', vendor.key, '--recipient', coordinator.key], TEXT).stdout;
    const open = (keys: readonly string[]) => openMessage(message.toString(), (armored) => signer.sessionKeys(armored), () => keys, at);
    expect(await open([vendor.publicKey])).toEqual({ content: new Uint8Array(TEXT), signatures: [expect.objectContaining({ state: 'good', by: vendor.key })] });
    expect((await open([])).signatures).toEqual([expect.objectContaining({ state: 'unknown-key', keyId: vendor.key.slice(-16) })]);
    const binary = other.gpg(['--encrypt', '--recipient', coordinator.key], TEXT).stdout;
    expect(await openMessage(binary, (armored) => signer.sessionKeys(armored), () => [], at)).toEqual({ content: new Uint8Array(TEXT), signatures: [] });
    const elsewhere = other.gpg(['--armor', '--encrypt', '--recipient', vendor.key], TEXT).stdout.toString();
    await expect(openMessage(elsewhere, (armored) => signer.sessionKeys(armored), () => [], at)).rejects.toMatchObject({ code: 'cannot-open' });
  });

  it('hears what gpg says about a wrong passphrase', async () => {
    vi.stubEnv('VCC_PASSPHRASE', 'wrong');
    const signer = await gnupgSigner(coordinator.key, IN_2014);
    // The agent remembers the right one from before.
    centre.gpg(['--version']);
    const { execFileSync } = await import('node:child_process');
    execFileSync('gpgconf', ['--homedir', centre.home, '--kill', 'gpg-agent']);
    await expect(signer.sign(TEXT, IN_2014.now())).rejects.toMatchObject({ code: 'gpg-failed', message: expect.stringContaining('passphrase') as string });
    vi.stubEnv('VCC_PASSPHRASE', 'correct horse');
  });

  it('is refused where GnuPG has only the public key', async () => {
    await expect(gnupgSigner(vendor.key, IN_2014)).rejects.toMatchObject({ code: 'no-private-key' });
  });
});

it('finds fault with a key that GnuPG revoked, at any time of --now', async () => {
  centre.gpg(['--quick-generate-key', 'Gone <gone@vendor.example>', 'ed25519', 'sign', 'never']);
  const listing = centre.gpg(['--list-keys', '--with-colons', 'gone@vendor.example']).stdout.toString();
  const fingerprint = /^fpr:+([0-9A-F]{40}):/m.exec(listing)?.[1] ?? '';
  const usable = await inspectKey(centre.gpg(['--armor', '--export', fingerprint]).stdout, Date.now());
  expect(usable.problems).toEqual([expect.stringContaining('no usable encryption key')]);
  centre.gpg(['--quick-add-key', fingerprint, 'cv25519', 'encr', 'never']);
  expect((await inspectKey(centre.gpg(['--export', fingerprint]).stdout, Date.now())).problems).toEqual([]);
  const { readFileSync } = await import('node:fs');
  const certificate = readFileSync(`${centre.home}/openpgp-revocs.d/${fingerprint}.rev`, 'utf8').replace(/^:-----/m, '-----');
  centre.gpg(['--import'], certificate);
  const revoked = await inspectKey(centre.gpg(['--armor', '--export', fingerprint]).stdout, Date.now());
  expect(revoked.problems).toEqual(['revoked']);
});
