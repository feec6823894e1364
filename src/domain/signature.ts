import type { Instant } from './instant.ts';

/** What is known of one signature on a mail. */
export interface SignatureCheck {
  /** Of the key that made it, as the signature says: 16 hexadecimal digits. */
  readonly keyId: string;
  readonly state: 'good' | 'bad' | 'unknown-key';
  /** Fingerprint of the key that it was checked with. */
  readonly by?: string;
  /** When it was made, as its maker signed. */
  readonly madeAt?: Instant;
  /** It covers a part of the mail only: what stands beside it may be from anybody. */
  readonly partial?: true;
  /** What speaks against it. */
  readonly problem?: string;
}

/** What a message held, with its signatures; none where it bears none. */
export interface OpenedMessage {
  readonly content: Uint8Array;
  readonly signatures: readonly SignatureCheck[];
}
