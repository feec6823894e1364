import type { Instant } from '../domain/instant.ts';

/** The acting coordinator's private key, wherever it is. */
export interface Signer {
  readonly fingerprint: string;
  /** Signs and encrypts to one armored public key and the signer's own, in one pass; armored. */
  signAndEncrypt(content: Uint8Array, recipient: string, at: Instant): Promise<string>;
  sign(content: Uint8Array, at: Instant): Promise<{ readonly armored: string; readonly micalg: string }>;
  open(armored: string): Promise<Uint8Array>;
}
