import type { Instant } from '../domain/instant.ts';

/** What the content of a message is encrypted with; the algorithm by its number (RFC 9580, 9.3). */
export interface SessionKey {
  readonly algorithm: number;
  readonly data: Uint8Array;
}

/** The acting coordinator's private key, wherever it is. */
export interface Signer {
  readonly fingerprint: string;
  /** Signs and encrypts to one armored public key and the signer's own, in one pass; armored. */
  signAndEncrypt(content: Uint8Array, recipient: string, at: Instant): Promise<string>;
  sign(content: Uint8Array, at: Instant): Promise<{ readonly armored: string; readonly micalg: string }>;
  open(armored: string): Promise<Uint8Array>;
  /** What the content of a message is encrypted with; refuses a message that is not for this key. */
  sessionKeys(armored: string): Promise<readonly SessionKey[]>;
}
