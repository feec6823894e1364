import { enums, generateKey, readKey, revokeKey, type Subkey } from 'openpgp';
import { beforeAll, describe, expect, it } from 'vitest';
import { inspectKey, unlockPrivateKey } from '../../src/io/openpgp-keys.ts';
import { encryptTo } from '../../src/io/openpgp-messages.ts';
import { tempGnupg } from '../support/temp-gnupg.ts';
import { testPerson } from '../support/temp-repo.ts';
import type { TestPerson } from '../support/temp-repo.ts';

const AT = Date.parse('2014-06-06T03:00:00Z');

let person: TestPerson;
beforeAll(async () => {
  person = await testPerson('vendor');
});

describe('a public key', () => {
  it('is read armored and binary, with its facts', async () => {
    const binary = (await readKey({ armoredKey: person.publicKey })).write();
    for (const form of [person.publicKey, Buffer.from(person.publicKey), binary]) {
      const key = await inspectKey(form, AT);
      expect(key).toMatchObject({ fingerprint: person.key, userIds: ['Vendor <vendor@centre.example>'], created: Date.parse('2014-01-01T00:00:00Z'), problems: [] });
      expect(key.expires).toBeUndefined();
      expect(await inspectKey(key.armored, AT)).toEqual(key);
    }
  });

  it('is judged at the time of this run', async () => {
    const brief = await testPerson('brief', { lifetime: 24 * 3600 });
    const day = Date.parse('2014-01-01T00:00:00Z');
    expect((await inspectKey(brief.publicKey, day + 3600_000)).problems).toEqual([]);
    expect((await inspectKey(brief.publicKey, day + 24 * 3600_000)).problems).toEqual(['expired']);
    expect((await inspectKey(brief.publicKey, day - 1000)).problems).toEqual(['made after the time of this run']);
    expect((await inspectKey(brief.publicKey, day)).expires).toBe(day + 24 * 3600_000);
  });

  it.each([enums.reasonForRevocation.noReason, enums.reasonForRevocation.keySuperseded, enums.reasonForRevocation.keyCompromised, enums.reasonForRevocation.keyRetired])('that was revoked later counts as revoked at any time (reason %i)', async (flag) => {
    const { privateKey } = await generateKey({ userIDs: { email: 'a@example.org' }, date: new Date('2014-01-01'), format: 'object' });
    const { publicKey } = await revokeKey({ key: privateKey, date: new Date('2015-01-01'), format: 'armored', reasonForRevocation: { flag } });
    expect((await inspectKey(publicKey, AT)).problems).toEqual(['revoked']);
  });

  it.each([enums.reasonForRevocation.keySuperseded, enums.reasonForRevocation.keyRetired])('of which the part that encrypts was revoked later is not used at any time (reason %i)', async (flag) => {
    const { privateKey } = await generateKey({ userIDs: { email: 'a@example.org' }, date: new Date('2014-01-01'), format: 'object' });
    expect((await inspectKey(privateKey.toPublic().armor(), AT)).problems).toEqual([]);
    const [subkey] = privateKey.subkeys as (Subkey & { revoke(primary: unknown, options: object, date: Date): Promise<Subkey> })[];
    if (!subkey) throw new Error('a key without a subkey');
    privateKey.subkeys[0] = await subkey.revoke(privateKey.keyPacket, { flag }, new Date('2015-01-01'));
    expect((await inspectKey(privateKey.toPublic().armor(), AT)).problems).toEqual(['the encryption key in it is revoked']);
  });

  it.each([
    ['private-key', (): string => person.privateKey],
    ['several-keys', (): string => person.publicKey + person.publicKey],
    ['not-a-key', (): string => 'hello'],
    ['not-a-key', (): string => ''],
    ['not-a-key', (): string => person.publicKey.slice(0, 200)],
  ])('is refused as %s', async (code, content) => {
    await expect(inspectKey(content(), AT)).rejects.toMatchObject({ code });
    await expect(inspectKey(Buffer.from(content()), AT)).rejects.toMatchObject({ code });
  });

  it('is refused where it is a binary private key, several binary ones, or of version 6', async () => {
    const both = await generateKey({ userIDs: { email: 'a@example.org' }, format: 'object' });
    await expect(inspectKey(both.privateKey.write(), AT)).rejects.toMatchObject({ code: 'private-key' });
    const one = both.publicKey.write();
    await expect(inspectKey(Buffer.concat([one, one]), AT)).rejects.toMatchObject({ code: 'several-keys' });
    const six = await generateKey({ userIDs: { email: 'a@example.org' }, type: 'curve25519', config: { v6Keys: true } });
    await expect(inspectKey(six.publicKey, AT)).rejects.toMatchObject({ code: 'key-version' });
  });
});

describe('a private key', () => {
  const noPassphrase = (): Promise<string> => Promise.reject(new Error('asked for a passphrase'));

  it('is asked for its passphrase only where it has one', async () => {
    await unlockPrivateKey(Buffer.from(person.privateKey), 'key.asc', person.key, noPassphrase);
    const careful = await testPerson('careful', { passphrase: 'correct horse' });
    const key = await unlockPrivateKey(Buffer.from(careful.privateKey), 'key.asc', careful.key, () => Promise.resolve('correct horse'));
    expect(key.isDecrypted()).toBe(true);
    await expect(unlockPrivateKey(Buffer.from(careful.privateKey), 'key.asc', careful.key, () => Promise.resolve('wrong'))).rejects.toMatchObject({ code: 'passphrase' });
  });

  it('is refused when it is another one than the team says, or public', async () => {
    await expect(unlockPrivateKey(Buffer.from(person.privateKey), 'key.asc', 'A'.repeat(40), noPassphrase)).rejects.toMatchObject({ code: 'key-file', message: expect.stringContaining(person.key) as string });
    await expect(unlockPrivateKey(Buffer.from(person.publicKey), 'key.asc', person.key, noPassphrase)).rejects.toMatchObject({ code: 'key-file' });
  });
});

it('makes other ciphertext of the same text each time', async () => {
  const text = Buffer.from('x');
  expect(await encryptTo([person.publicKey], text, AT)).not.toBe(await encryptTo([person.publicKey], text, AT));
});

describe('a weak key, made by GnuPG', () => {
  const made = (algorithm: string, usage: string, subkey: string, options: readonly string[] = []): Buffer => {
    const gnupg = tempGnupg();
    try {
      gnupg.gpg([...options, '--quick-gen-key', 'Weak <weak@vendor.example>', algorithm, usage, '0']);
      const fingerprint = /KEY_CREATED P ([0-9A-F]{40})/.exec(gnupg.gpg([...options, '--list-keys', '--with-colons']).stdout.toString().replace(/[\s\S]*?^fpr:+([0-9A-F]{40}):[\s\S]*/m, 'KEY_CREATED P $1'))?.[1] ?? '';
      gnupg.gpg([...options, '--quick-add-key', fingerprint, subkey, 'encr', '0']);
      return gnupg.gpg(['--export', fingerprint]).stdout;
    } finally {
      gnupg.dispose();
    }
  };
  const now = Date.now() + 60_000;

  it('RSA below 2048 bits and DSA are refused', async () => {
    expect((await inspectKey(made('rsa1024', 'cert', 'rsa1024'), now)).problems).toEqual([expect.stringContaining('too weak')]);
    expect((await inspectKey(made('dsa2048', 'cert', 'elg2048'), now)).problems).toEqual([expect.stringContaining('too weak')]);
    expect((await inspectKey(made('rsa2048', 'cert', 'rsa1024'), now)).problems).toEqual([expect.stringContaining('weak')]);
  });

  it('SHA-1 and an end within 30 days are told, and the key is used', async () => {
    const sha1 = await inspectKey(made('rsa2048', 'cert', 'rsa2048', ['--cert-digest-algo', 'SHA1', '--allow-weak-key-signatures']), now);
    expect(sha1).toMatchObject({ problems: [], cautions: [expect.stringContaining('SHA-1')] });
    expect((await inspectKey(made('ed25519', 'cert', 'cv25519'), now)).cautions).toEqual([]);
    const brief = await testPerson('brief', { lifetime: 24 * 3600 });
    expect((await inspectKey(brief.publicKey, Date.parse('2014-01-01T01:00:00Z'))).cautions).toEqual(['expires within 30 days']);
  });
});
