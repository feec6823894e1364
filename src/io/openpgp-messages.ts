import { randomBytes } from 'node:crypto';
import { contentOf, packetBytes, readArmor } from '../documents/openpgp-packets.ts';
import type { Instant } from '../domain/instant.ts';
import { VccError } from '../domain/problem.ts';
import type { OpenedMessage, SignatureCheck } from '../domain/signature.ts';
import { asDate } from './clock.ts';
import { CONFIG, full, openpgp, publicKey, readOr } from './openpgp.ts';
import type { SessionKey } from './signer.ts';

/** A session key without an AEAD algorithm makes packets that every OpenPGP program reads, whatever the recipients' keys announce. */
const sessionKey = (): openpgp.SessionKey => ({ data: new Uint8Array(randomBytes(32)), algorithm: 'aes256' });

/** An armored detached signature and the name of its hash as multipart/signed wants it (RFC 3156). */
export interface DetachedSignature {
  readonly armored: string;
  readonly micalg: string;
}

/** Encrypts, unsigned, to every one of the keys. The caller has inspected them. */
export async function encryptTo(armoredKeys: readonly string[], plaintext: Uint8Array, at: Instant): Promise<string> {
  const encryptionKeys = await Promise.all(armoredKeys.map(publicKey));
  const message = await openpgp.createMessage({ binary: plaintext, date: asDate(at) });
  return (await openpgp.encrypt({ message, encryptionKeys, sessionKey: sessionKey(), date: asDate(at), format: 'armored', config: CONFIG })) as string;
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
 * Wraps what a message is encrypted with for other keys, and leaves what is encrypted as it is, octet by octet: everybody can see that
 * nothing else changed.
 */
export async function rewrap(armored: string, [opened]: readonly SessionKey[], armoredKeys: readonly string[], at: Instant): Promise<string> {
  if (!opened) throw notForYou(new Error('no session key'));
  const read = readArmor(armored);
  if (!read || read.broken) throw notForYou(new Error('it is damaged'));
  const encryptionKeys = await Promise.all(armoredKeys.map(publicKey));
  const wrapped = await openpgp.encryptSessionKey({ data: opened.data, algorithm: cipherName(opened.algorithm), encryptionKeys, date: asDate(at), format: 'binary', config: CONFIG });
  const packets = Buffer.concat([wrapped, ...contentOf(read).map(packetBytes)]);
  return openpgp.armor(openpgp.enums.armor.message, packets, undefined, undefined, undefined, true, full());
}

/**
 * Opens a message that somebody sent. What lacks integrity protection, or was changed on its way, is refused by openpgp.js: a
 * stranger could have had parts of it rearranged (CVE-2017-17688).
 */
export async function openMessage(encrypted: string | Uint8Array, sessionKeysOf: (armored: string) => Promise<readonly SessionKey[]>, known: () => readonly string[], at: Instant): Promise<OpenedMessage> {
  let armoredMessage: string;
  let message: openpgp.Message<string>;
  try {
    armoredMessage = typeof encrypted === 'string' ? encrypted : openpgp.armor(openpgp.enums.armor.message, encrypted, undefined, undefined, undefined, true, full());
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

/** Keys that cannot be read verify nothing; lint names those in keys/. */
async function knownKeys(armored: readonly string[]): Promise<openpgp.PublicKey[]> {
  const keys = await Promise.all(armored.map((each) => readOr(() => publicKey(each))));
  return keys.filter((key) => key !== undefined);
}

type Verified = Awaited<ReturnType<openpgp.Message<Uint8Array>['verify']>>[number];

/** By the key that verified it: what a signature says of its maker itself is not signed. A subkey counts as the key that it belongs to. */
async function checks(results: readonly Verified[], keys: readonly openpgp.PublicKey[]): Promise<SignatureCheck[]> {
  return Promise.all(
    results.map(async ({ keyID, verified, signature }): Promise<SignatureCheck> => {
      const keyId = keyID.toHex().toUpperCase();
      const maker = keys.find((key) => key.getKeys(keyID).length > 0);
      const by = maker ? { by: maker.getFingerprint().toUpperCase() } : {};
      try {
        await verified;
        const made = (await signature).packets[0]?.created;
        return { keyId, state: 'good', ...by, ...(made instanceof Date ? { madeAt: made.getTime() } : {}) };
      } catch (problem) {
        const said = problem instanceof Error ? problem.message : String(problem);
        return /could not find signing key/i.test(said) ? { keyId, state: 'unknown-key', ...by } : { keyId, state: 'bad', ...by, problem: said };
      }
    }),
  );
}
