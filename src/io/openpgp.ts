// The only import of openpgp (64 ms to load, so the callers import this file lazily). Hazards: a recipient key that
// announces SEIPDv2 makes packets that GnuPG 2.2 cannot read; a signature that is not asked for is not checked
// (expectSigned); a small message may decompress without end; `date` defaults to the machine's clock everywhere.
import { randomBytes } from 'node:crypto';
import * as openpgp from 'openpgp';
import type { Instant } from '../domain/instant.ts';
import { VccError, refusal } from '../domain/problem.ts';
import type { OpenedMessage, SignatureCheck } from '../domain/signature.ts';
import type { KeyFacts } from '../environment.ts';
import { asDate, machineTime } from './clock.ts';
import type { SessionKey } from './signer.ts';

const CONFIG: openpgp.PartialConfig = {
  maxDecompressedMessageSize: 64 * 1024 * 1024,
  // Nobody needs to know which program wrote it.
  showVersion: false,
  showComment: false,
};

/** A session key without an AEAD algorithm makes packets that every OpenPGP program reads, whatever the recipients' keys announce. */
const sessionKey = (): openpgp.SessionKey => ({ data: new Uint8Array(randomBytes(32)), algorithm: 'aes256' });

const PUBLIC_BLOCK = /-----BEGIN PGP PUBLIC KEY BLOCK-----/g;
const ARMOR = /-----BEGIN PGP [A-Z ]+-----/;

/** An armored detached signature and the name of its hash as multipart/signed wants it (RFC 3156). */
export interface DetachedSignature {
  readonly armored: string;
  readonly micalg: string;
}

export type InspectedKey = KeyFacts & { readonly armored: string };

/** Reads exactly one public key, armored or binary, and says what stands against encrypting to it at the given time. */
export async function inspectKey(key: string | Uint8Array, at: Instant): Promise<InspectedKey> {
  const read = await readOnePublicKey(key);
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

const full = (): openpgp.Config => ({ ...openpgp.config, ...CONFIG });

/** Encrypts, unsigned, to every one of the keys. The caller has inspected them. */
export async function encryptTo(armoredKeys: readonly string[], plaintext: Uint8Array, at: Instant): Promise<string> {
  const encryptionKeys = await Promise.all(armoredKeys.map(publicKey));
  const message = await openpgp.createMessage({ binary: plaintext, date: asDate(at) });
  return (await openpgp.encrypt({ message, encryptionKeys, sessionKey: sessionKey(), date: asDate(at), format: 'armored', config: CONFIG })) as string;
}

const publicKey = async (armoredKey: string): Promise<openpgp.PublicKey> => (await openpgp.readKey({ armoredKey, config: CONFIG })).toPublic();

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

/** Signs and encrypts in one pass, so that the signature is inside of the encryption. The sender can read it too: what was sent is kept. */
export async function signAndEncrypt(key: openpgp.PrivateKey, recipient: string, content: Uint8Array, at: Instant): Promise<string> {
  const encryptionKeys = [await publicKey(recipient), key.toPublic()];
  const message = await openpgp.createMessage({ binary: content, date: asDate(at) });
  return signing(async () => (await openpgp.encrypt({ message, encryptionKeys, sessionKey: sessionKey(), signingKeys: key, date: asDate(at), format: 'armored', config: CONFIG })) as string);
}

/** A signature beside the content, for mail that goes in clear. */
export async function signDetached(key: openpgp.PrivateKey, content: Uint8Array, at: Instant): Promise<DetachedSignature> {
  const message = await openpgp.createMessage({ binary: content, date: asDate(at) });
  const armored = await signing(async () => (await openpgp.sign({ message, signingKeys: key, detached: true, date: asDate(at), format: 'armored', config: CONFIG })) as string);
  return { armored, micalg: await micalgOf(armored) };
}

async function signing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new VccError({ code: 'signing', message: `cannot sign: ${said}`, hint: 'Your own key may be expired, revoked or newer than --now: look at it with gpg --list-keys.', cause });
  }
}

/** The name of the hash that a detached signature rests on: pgp-sha512. */
export async function micalgOf(armoredSignature: string): Promise<string> {
  const signature = await openpgp.readSignature({ armoredSignature, config: CONFIG });
  const hash = signature.packets[0]?.hashAlgorithm;
  if (hash === undefined || hash === null) throw new Error('a signature without a hash');
  return `pgp-${openpgp.enums.read(openpgp.enums.hash, hash)}`;
}

/** Decrypts with the coordinator's own key. A sealed file carries no signature: Git says who wrote it. */
export async function decryptWith(key: openpgp.PrivateKey, armored: string): Promise<Uint8Array> {
  try {
    const message = await openpgp.readMessage({ armoredMessage: armored, config: CONFIG });
    return (await openpgp.decrypt({ message, decryptionKeys: key, format: 'binary', config: CONFIG })).data as Uint8Array;
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new VccError({ code: 'cannot-open', message: `cannot decrypt it: ${said}`, hint: 'It may be sealed to an older team: ask a coordinator whose key it was sealed to.', cause });
  }
}

const notForYou = (cause: unknown): VccError => {
  const said = cause instanceof Error ? cause.message : String(cause);
  return new VccError({ code: 'cannot-open', message: `cannot decrypt it: ${said}`, hint: 'It may be for another key: ask the coordinator whose key it was encrypted to.', cause });
};

/** The session keys of a message, opened with the coordinator's own key. */
export async function sessionKeysWith(key: openpgp.PrivateKey, armored: string): Promise<readonly SessionKey[]> {
  try {
    const message = await openpgp.readMessage({ armoredMessage: armored, config: CONFIG });
    const found = await openpgp.decryptSessionKeys({ message, decryptionKeys: key, config: CONFIG });
    return found.map(({ algorithm, data }) => ({ algorithm: openpgp.enums.symmetric[algorithm ?? 'aes256'], data }));
  } catch (cause) {
    throw notForYou(cause);
  }
}

/**
 * Opens a message that somebody sent. What lacks integrity protection, or was changed on its way, is refused by openpgp.js: a
 * stranger could have had parts of it rearranged (CVE-2017-17688).
 */
export async function openMessage(encrypted: string | Uint8Array, sessionKeysOf: (armored: string) => Promise<readonly SessionKey[]>, known: () => readonly string[], at: Instant): Promise<OpenedMessage> {
  let armoredMessage: string;
  let message: openpgp.Message<string>;
  try {
    armoredMessage = typeof encrypted === 'string' ? encrypted : openpgp.armor(openpgp.enums.armor.message, encrypted, undefined, undefined, undefined, undefined, full());
    message = await openpgp.readMessage({ armoredMessage, config: CONFIG });
  } catch (cause) {
    throw notForYou(cause);
  }
  const keys = await sessionKeysOf(armoredMessage);
  const sessionKeys = keys.map(({ algorithm, data }) => ({ algorithm: cipherName(algorithm), data }));
  try {
    const clear = await message.decrypt(undefined, undefined, sessionKeys, asDate(at), full());
    const content = clear.getLiteralData() as Uint8Array | null;
    if (content === null) throw new Error('there is nothing in it');
    const signers = clear.getSigningKeyIDs();
    if (signers.length === 0) return { content, signatures: [] };
    const verifiers = await knownKeys(known());
    return { content, signatures: await checks(await clear.verify(verifiers, asDate(at), full()), verifiers) };
  } catch (cause) {
    throw notForYou(cause);
  }
}

function cipherName(algorithm: number): openpgp.enums.symmetricNames {
  const found = Object.entries(openpgp.enums.symmetric).find(([, number]) => Number(number) === algorithm);
  if (!found) throw notForYou(new Error(`cipher ${algorithm} is not known`));
  return found[0] as openpgp.enums.symmetricNames;
}

/** Checks a detached signature, such as that of multipart/signed (RFC 3156, 5). */
export async function verifyDetached(content: Uint8Array, armoredSignature: string, known: () => readonly string[], at: Instant): Promise<readonly SignatureCheck[]> {
  const signature = await readOr(() => openpgp.readSignature({ armoredSignature, config: CONFIG }));
  if (signature === undefined) return [UNREADABLE];
  const message = await openpgp.createMessage({ binary: content, date: asDate(at) });
  const verificationKeys = await knownKeys(known());
  const { signatures } = await openpgp.verify({ message, signature, verificationKeys, date: asDate(at), config: CONFIG });
  return checks(signatures, verificationKeys);
}

/** The text of a clear-signed message, with its signatures (RFC 9580, 7). */
export async function readClearSigned(armored: string, known: () => readonly string[], at: Instant): Promise<OpenedMessage> {
  const message = await readOr(() => openpgp.readCleartextMessage({ cleartextMessage: armored, config: CONFIG }));
  if (message === undefined) return { content: Buffer.from(armored), signatures: [UNREADABLE] };
  const keys = await knownKeys(known());
  return { content: Buffer.from(message.getText()), signatures: await checks(await message.verify(keys, asDate(at), full()), keys) };
}

const UNREADABLE: SignatureCheck = { keyId: '', state: 'bad', problem: 'the signature cannot be read' };

/** Undefined where openpgp.js cannot read what a stranger wrote. */
async function readOr<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (problem) {
    if (problem instanceof Error) return undefined;
    throw problem;
  }
}

/** Keys that cannot be read verify nothing; lint names those in keys/. */
async function knownKeys(armored: readonly string[]): Promise<openpgp.PublicKey[]> {
  const keys = await Promise.all(armored.map((each) => readOr(() => publicKey(each))));
  return keys.filter((key) => key !== undefined);
}

type Verified = Awaited<ReturnType<openpgp.Message<Uint8Array>['verify']>>[number];

/** By the key that verified it: what a signature says of its maker itself is not signed. A subkey counts as the key that it belongs to. */
async function checks(results: readonly Verified[], keys: readonly openpgp.PublicKey[]): Promise<SignatureCheck[]> {
  return Promise.all(
    results.map(async ({ keyID, verified }): Promise<SignatureCheck> => {
      const keyId = keyID.toHex().toUpperCase();
      const maker = keys.find((key) => key.getKeys(keyID).length > 0);
      const by = maker ? { by: maker.getFingerprint().toUpperCase() } : {};
      try {
        await verified;
        return { keyId, state: 'good', ...by };
      } catch (problem) {
        const said = problem instanceof Error ? problem.message : String(problem);
        return /could not find signing key/i.test(said) ? { keyId, state: 'unknown-key', ...by } : { keyId, state: 'bad', ...by, problem: said };
      }
    }),
  );
}
