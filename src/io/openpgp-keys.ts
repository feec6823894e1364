import type { Instant } from '../domain/instant.ts';
import { VccError, refusal } from '../domain/problem.ts';
import type { KeyFacts } from '../environment.ts';
import { asDate, machineTime } from './clock.ts';
import { ARMOR, CONFIG, full, openpgp, readOr } from './openpgp.ts';

const PUBLIC_BLOCK = /-----BEGIN PGP PUBLIC KEY BLOCK-----/g;

export type InspectedKey = KeyFacts & { readonly armored: string };

/**
 * Reads exactly one public key, armored or binary, and says what stands against encrypting to it at the given time. What a copy that
 * is known already says counts as well: whoever sends an old copy must not take a revocation back.
 */
export async function inspectKey(key: string | Uint8Array, at: Instant, known?: string): Promise<InspectedKey> {
  const given = await readOnePublicKey(key);
  const before = known === undefined ? undefined : await readOr(() => readOnePublicKey(known));
  const read = before?.getFingerprint() === given.getFingerprint() ? (await before.update(given, asDate(Math.max(at, machineTime())), full())).toPublic() : given;
  const fingerprint = read.getFingerprint().toUpperCase();
  if (fingerprint.length !== 40) {
    throw refusal('key-version', `an OpenPGP key of a version other than 4: ${fingerprint}`, 'Ask for a version 4 key; GnuPG 2.2 reads no other.');
  }
  const expires = await read.getExpirationTime();
  const problems = await problemsOf(read, at);
  return {
    fingerprint,
    userIds: read.getUserIDs(),
    created: read.getCreationTime().getTime(),
    ...(expires instanceof Date ? { expires: expires.getTime() } : {}),
    algorithm: algorithmOf(read),
    problems,
    cautions: problems.length > 0 ? [] : await cautionsOf(read, at),
    armored: read.armor(),
  };
}

function algorithmOf(key: openpgp.PublicKey): string {
  const { algorithm, bits, curve } = key.getAlgorithmInfo();
  return curve ?? (bits === undefined ? algorithm : `${algorithm} ${bits}`);
}

async function readOnePublicKey(key: string | Uint8Array): Promise<openpgp.PublicKey> {
  const text = typeof key === 'string' ? key : Buffer.from(key).toString('latin1');
  const armored = ARMOR.test(text);
  if (text.includes('-----BEGIN PGP PRIVATE KEY')) throw privateKey();
  if (armored && (text.match(PUBLIC_BLOCK) ?? []).length > 1) throw severalKeys();
  let keys: openpgp.Key[];
  try {
    keys = armored ? await openpgp.readKeys({ armoredKeys: text, config: CONFIG }) : await openpgp.readKeys({ binaryKeys: Buffer.from(text, 'latin1'), config: CONFIG });
  } catch (cause) {
    throw new VccError({ code: 'not-a-key', message: 'not an OpenPGP public key', hint: 'Export it again: gpg --armor --export FINGERPRINT > key.asc', cause });
  }
  const [read, ...others] = keys;
  if (!read) throw refusal('not-a-key', 'no OpenPGP public key in it', 'Export it again: gpg --armor --export FINGERPRINT > key.asc');
  if (others.length > 0) throw severalKeys();
  if (read.isPrivate()) throw privateKey();
  return read.toPublic();
}

const privateKey = (): VccError =>
  refusal('private-key', 'this is a private key: it must never be in a case repository', 'Export the public half: gpg --armor --export FINGERPRINT > key.asc');

const severalKeys = (): VccError => refusal('several-keys', 'more than one key in one file', 'Export one key a file: gpg --armor --export FINGERPRINT > key.asc');
async function problemsOf(key: openpgp.PublicKey, at: Instant): Promise<string[]> {
  if (key.getCreationTime().getTime() > at) return ['made after the time of this run'];
  // A revocation counts from when it is known, whatever --now says: the key may be in other hands.
  if (await key.isRevoked(undefined, undefined, asDate(Math.max(at, machineTime())), full())) return ['revoked'];
  const expires = await key.getExpirationTime();
  if (expires instanceof Date && expires.getTime() <= at) return ['expired'];
  if (tooWeak(key)) return [`${algorithmOf(key)} is too weak: nobody should rely on such a key any more`];
  try {
    const used = await key.getEncryptionKey(undefined, asDate(at), undefined, full());
    // The same for the part of the key that would be encrypted to.
    const revoked = used instanceof openpgp.Subkey && (await used.isRevoked(used.bindingSignatures[0] as openpgp.SignaturePacket, key.keyPacket, asDate(Math.max(at, machineTime())), full()));
    return revoked ? ['the encryption key in it is revoked'] : [];
  } catch (problem) {
    return [`no usable encryption key in it (${problem instanceof Error ? problem.message : String(problem)})`];
  }
}

/** Keys that others may have broken already; the library refuses them as well, and says so less clearly. */
function tooWeak(key: openpgp.PublicKey): boolean {
  const { algorithm, bits } = key.getAlgorithmInfo();
  return /^(?:dsa|elgamal)/.test(algorithm) || (bits !== undefined && bits < 2047);
}

const SOON = 30 * 86_400_000;

/** What speaks against a key that may still be used: SHA-1 is what an old key is held together with, and can be forged with much effort. */
async function cautionsOf(key: openpgp.PublicKey, at: Instant): Promise<string[]> {
  const { selfCertification } = await key.getPrimaryUser(asDate(at), undefined, full());
  const used = await key.getEncryptionKey(undefined, asDate(at), undefined, full());
  const bindings = [selfCertification, used instanceof openpgp.Subkey ? used.bindingSignatures[0] : undefined];
  const expires = await key.getExpirationTime();
  return [
    ...(bindings.some((binding) => binding?.hashAlgorithm === openpgp.enums.hash.sha1) ? ['weak: it is held together by SHA-1'] : []),
    ...(expires instanceof Date && expires.getTime() < at + SOON ? ['expires within 30 days'] : []),
  ];
}

/** Finds the private key with the fingerprint in an armored or binary key file and unlocks it; asks for the passphrase only where there is one. */
export async function unlockPrivateKey(file: Uint8Array, name: string, fingerprint: string, passphrase: () => Promise<string>): Promise<openpgp.PrivateKey> {
  const text = Buffer.from(file).toString('latin1');
  let keys: openpgp.PrivateKey[];
  try {
    keys = ARMOR.test(text) ? await openpgp.readPrivateKeys({ armoredKeys: text, config: CONFIG }) : await openpgp.readPrivateKeys({ binaryKeys: file, config: CONFIG });
  } catch (cause) {
    throw new VccError({ code: 'key-file', message: `${name} holds no OpenPGP private key`, hint: 'Export it: gpg --armor --export-secret-keys FINGERPRINT > key.asc', cause });
  }
  const key = keys.find((candidate) => candidate.getFingerprint().toUpperCase() === fingerprint);
  if (!key) {
    const found = keys.map((candidate) => candidate.getFingerprint().toUpperCase()).join(', ');
    throw refusal('key-file', `${name} holds ${found}, not the key ${fingerprint} that vcc.yaml names for you`, 'Set VCC_KEY_FILE to the file of your own key, or correct your entry under team in vcc.yaml.');
  }
  if (key.isDecrypted()) return key;
  try {
    return await openpgp.decryptKey({ privateKey: key, passphrase: await passphrase(), config: CONFIG });
  } catch (cause) {
    if (cause instanceof VccError) throw cause;
    throw new VccError({ code: 'passphrase', message: `the passphrase does not open ${name}`, hint: 'Type it again, or set VCC_PASSPHRASE.', cause });
  }
}
