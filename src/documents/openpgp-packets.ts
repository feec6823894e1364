import { createHash } from 'node:crypto';

/*
 * Reads just enough of OpenPGP (RFC 9580) to tell what a file in the case repository is, without any key. The lint
 * rules need it in a commit hook, where loading openpgp.js would take a quarter of the time there is.
 */

export interface Armor {
  /** 'MESSAGE', 'PUBLIC KEY BLOCK', ... */
  readonly kind: string;
  readonly packets: readonly Packet[];
  /** Text before, after or in the headers of the armor, which everyone can read. */
  readonly readable: string;
  /** The packets cannot be told apart to the end. */
  readonly broken: boolean;
}

export interface Packet {
  readonly tag: number;
  readonly body: Uint8Array;
}

/** Packet tags (RFC 9580, 5). */
export const TAG = { encryptedSessionKey: 1, passwordSessionKey: 3, secretKey: 5, publicKey: 6, userId: 13, secretSubkey: 7, publicSubkey: 14, integrityProtected: 18, authenticatedEncrypted: 20 } as const;

const CHECKSUM = /^=[A-Za-z0-9+/]{4}\s*$/;
const BEGIN = /^-----BEGIN PGP ([A-Z ]+)-----[ \t]*$/;

/** The first armored block of a text, or undefined when there is none that is complete. Takes one character a byte. */
export function readArmor(text: string): Armor | undefined {
  const lines = text.split(/\r?\n/);
  const begin = lines.findIndex((line) => BEGIN.test(line));
  const kind = BEGIN.exec(lines[begin] ?? '')?.[1];
  if (kind === undefined) return undefined;
  const end = lines.findIndex((line, index) => index > begin && line.trimEnd() === `-----END PGP ${kind}-----`);
  if (end === -1) return undefined;
  const inside = lines.slice(begin + 1, end);
  const blank = inside.findIndex((line) => line.trim() === '');
  if (blank === -1) return undefined;
  const headers = inside.slice(0, blank);
  const base64 = inside.slice(blank + 1).filter((line) => !CHECKSUM.test(line));
  const readable = [...lines.slice(0, begin), ...headers, ...base64.filter((line) => !/^[A-Za-z0-9+/]*={0,2}\s*$/.test(line)), ...lines.slice(end + 1)].filter((line) => line.trim() !== '');
  return { kind, readable: readable.join('\n'), ...readPackets(Buffer.from(base64.join(''), 'base64')) };
}

/** A packet as it is written, with a length of five octets (RFC 9580, 4.2.1.3). */
export function packetBytes({ tag, body }: Packet): Uint8Array {
  const header = Buffer.from([0xc0 | tag, 0xff, 0, 0, 0, 0]);
  header.writeUInt32BE(body.length, 2);
  return Buffer.concat([header, body]);
}

/** Splits a binary OpenPGP file into packets (RFC 9580, 4.2). */
export function readPackets(bytes: Uint8Array): { packets: readonly Packet[]; broken: boolean } {
  const packets: Packet[] = [];
  let at = 0;
  while (at < bytes.length) {
    const packet = packetAt(bytes, at);
    if (packet === undefined) return { packets, broken: true };
    packets.push({ tag: packet.tag, body: packet.body });
    at = packet.end;
  }
  return { packets, broken: false };
}

function packetAt(bytes: Uint8Array, start: number): (Packet & { end: number }) | undefined {
  const header = bytes[start] ?? 0;
  if ((header & 0x80) === 0) return undefined;
  if ((header & 0x40) === 0) {
    const tag = (header >> 2) & 0x0f;
    const lengthType = header & 0x03;
    const width = lengthType === 3 ? 0 : 1 << lengthType;
    const from = start + 1 + width;
    const length = lengthType === 3 ? bytes.length - from : bigEndian(bytes, start + 1, width);
    return length === undefined || from + length > bytes.length ? undefined : { tag, body: bytes.subarray(from, from + length), end: from + length };
  }
  const tag = header & 0x3f;
  const first = readLength(bytes, start + 1);
  if (first === undefined) return undefined;
  const parts = [first];
  for (let part = first; part.partial; parts.push(part)) {
    const next = readLength(bytes, part.from + part.length);
    if (next === undefined) return undefined;
    part = next;
  }
  const end = (parts.at(-1) ?? first).from + (parts.at(-1) ?? first).length;
  if (end > bytes.length) return undefined;
  const bodies = parts.map(({ from, length }) => bytes.subarray(from, from + length));
  return { tag, body: bodies.length === 1 ? (bodies[0] as Uint8Array) : Buffer.concat(bodies), end };
}

function readLength(bytes: Uint8Array, at: number): { from: number; length: number; partial: boolean } | undefined {
  const first = bytes[at];
  if (first === undefined) return undefined;
  if (first < 192) return { from: at + 1, length: first, partial: false };
  if (first < 224) return { from: at + 2, length: ((first - 192) << 8) + (bytes[at + 1] ?? 0) + 192, partial: false };
  if (first < 255) return { from: at + 1, length: 1 << (first & 0x1f), partial: true };
  const length = bigEndian(bytes, at + 1, 4);
  return length === undefined ? undefined : { from: at + 5, length, partial: false };
}

function bigEndian(bytes: Uint8Array, at: number, width: number): number | undefined {
  if (at + width > bytes.length) return undefined;
  return bytes.subarray(at, at + width).reduce((value, byte) => value * 256 + byte, 0);
}

/** The fingerprint of a version 4 key packet in upper case, or undefined for another version (RFC 9580, 5.5.4). */
export function fingerprintOf(key: Packet): string | undefined {
  if (key.body[0] !== 4) return undefined;
  const { length } = key.body;
  return createHash('sha1').update(Uint8Array.of(0x99, length >> 8, length & 0xff)).update(key.body).digest('hex').toUpperCase();
}

const KEY_ID_BYTES = 8;
const KEY_TAGS: readonly number[] = [TAG.publicKey, TAG.publicSubkey];

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();

/** The ids of the keys that a message was encrypted to; zeros where it hides whose one is. */
export const recipientsOf = ({ packets }: Armor): string[] => packets.filter(({ tag }) => tag === TAG.encryptedSessionKey).map(({ body }) => hex(body.subarray(1, 1 + KEY_ID_BYTES)));

/** What of a message stays when it is wrapped for other keys: everything but the wrapped session keys. */
export const contentOf = ({ packets }: Armor): Packet[] => packets.filter(({ tag }) => tag !== TAG.encryptedSessionKey);

/** The ids of an armored public key and its subkeys: the end of each fingerprint. */
export function keyIdsOf(armoredKey: string): string[] {
  const packets = readArmor(armoredKey)?.packets ?? [];
  return packets.filter(({ tag }) => KEY_TAGS.includes(tag)).flatMap((packet) => fingerprintOf(packet)?.slice(-2 * KEY_ID_BYTES) ?? []);
}

/** Fingerprints and user ids of an armored public key, as they stand in it; nothing is checked. */
export function keyIdentity(armored: string): { readonly fingerprints: readonly string[]; readonly userIds: readonly string[] } {
  const packets = readArmors(armored).flatMap((armor) => armor.packets);
  return {
    fingerprints: packets.filter(({ tag }) => tag === TAG.publicKey || tag === TAG.publicSubkey).flatMap((packet) => fingerprintOf(packet) ?? []),
    userIds: packets.filter(({ tag }) => tag === TAG.userId).map(({ body }) => new TextDecoder().decode(body)),
  };
}

/** Every armored block of a text, one character a byte. */
export const readArmors = (text: string): readonly Armor[] =>
  text
    .split(/^(?=-----BEGIN PGP )/m)
    .map(readArmor)
    .filter((armor) => armor !== undefined);

/** Of a packet's body, what comes before the ciphertext in the versions that exist (RFC 9580, 5.1 and 5.13). */
const HEADERS: Readonly<Record<number, Readonly<Record<number, number>>>> = {
  [TAG.encryptedSessionKey]: { 3: 10, 6: 3 },
  [TAG.integrityProtected]: { 1: 1, 2: 36 },
  [TAG.authenticatedEncrypted]: { 1: 4 },
};

/** An encrypted message with an integrity check is no shorter: 16 bytes and two, a packet header and 20 bytes of hash. */
const SHORTEST = 40;

/** Whether the body of a packet of encrypted data or of a session key can be ciphertext: of a known version, and as even as chance is. */
export function canBeCiphertext({ tag, body }: Packet): boolean {
  const header = HEADERS[tag]?.[body[0] ?? 0];
  if (header === undefined) return false;
  const content = body.subarray(header);
  if (tag !== TAG.encryptedSessionKey && content.length < SHORTEST) return false;
  return isEven(content);
}

/** What all but one ciphertext in a billion billions stays below, at 15 degrees of freedom (chi-squared). */
const UNEVEN = 120;

/**
 * Whether bytes are spread like those of a ciphertext. In text of any language and encoding few of the sixteen upper halves of a
 * byte make up most of it. Below forty bytes nothing can be said.
 */
function isEven(bytes: Uint8Array): boolean {
  if (bytes.length < SHORTEST) return true;
  const counts = new Array<number>(16).fill(0);
  for (const byte of bytes) counts[byte >> 4] = (counts[byte >> 4] ?? 0) + 1;
  const expected = bytes.length / 16;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0) < UNEVEN;
}
