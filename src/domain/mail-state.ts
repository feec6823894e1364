import type { Instant } from './instant.ts';

/**
 * queued: to be sent. sending: a run is at it. uncertain: the connection was lost when the server may have had all of it already.
 * sent: the server took it. failed: the server refused it for good.
 */
export type MailState = 'queued' | 'sending' | 'uncertain' | 'sent' | 'failed';

/** A message of the outbox. */
export interface OutboxMail {
  /** Its file name without the ending: time, case, party and four digits. */
  readonly id: string;
  readonly state: MailState;
  /** What the server said last, or what went wrong. */
  readonly why?: string;
  /** A message that was put off is tried again from then on. */
  readonly notBefore?: Instant;
  /** Since when the server says that it takes it later. */
  readonly failingSince?: Instant;
}

/** How one attempt ended. Stopped: the server took no message at all, so that the others are not tried. */
export interface SendOutcome {
  readonly id: string;
  readonly state: MailState;
  readonly why?: string;
  readonly notBefore?: Instant;
  readonly stopped?: boolean;
}

/** The case and the party that a message of the outbox is for. */
export function addresseeOf(id: string): { readonly case: string; readonly party: string } | undefined {
  const [, number, party] = /^\d{8}T\d{6}Z-(\d{8})-(.+)-[0-9a-f]{4}$/.exec(id) ?? [];
  return number === undefined || party === undefined ? undefined : { case: number, party };
}

const MINUTE = 60_000;

/** Milliseconds until the next try after so many: 5 minutes, doubled each time, 4 hours at most. */
export const backOff = (tries: number): number => Math.min(5 * MINUTE * 2 ** (tries - 1), 240 * MINUTE);

/** A message that the server puts off for so long is given up: "the give-up time generally needs to be at least 4-5 days" (RFC 5321, 4.5.4.1). */
const GIVE_UP_DAYS = 5;

/** When a message that fails since then is given up. */
export const giveUpAt = (failingSince: Instant): Instant => failingSince + GIVE_UP_DAYS * 24 * 60 * MINUTE;

/** What is said of one that was given up. */
export const GIVEN_UP = `put off for ${GIVE_UP_DAYS} days, and given up`;
export const givenUp = (why: string): string => `${GIVEN_UP}: ${why}`;
