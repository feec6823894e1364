import { legibleLine } from './documents/legible.ts';
import { groupedFingerprint } from './documents/text-width.ts';
import { localDate, type Instant } from './domain/instant.ts';
import type { FileWrite } from './domain/plan.ts';
import { refusal, VccError } from './domain/problem.ts';
import type { Environment, KeyFacts } from './environment.ts';
import type { Session } from './session.ts';

/** A public key that messages may be encrypted to, and the file that keeps it. */
export interface UsableKey {
  readonly facts: KeyFacts;
  /** None where keys/ has these very bytes already. */
  readonly writes: readonly FileWrite[];
  readonly notices: readonly string[];
}

/** What a new key is judged against; vcc init has no session yet. */
export interface KnownKeys {
  readonly now: Instant;
  readonly repository: { publicKey(fingerprint: string): string | undefined };
}

const LIMIT = 200_000;

const keyPath = (fingerprint: string): string => `keys/${fingerprint}.asc`;

/** Reads an OpenPGP public key for keys/; a key that is expired, revoked or cannot encrypt is refused (policy E). */
export async function readUsableKey(env: Environment, session: KnownKeys, file: string): Promise<UsableKey> {
  const { name, bytes } = await env.input(file, LIMIT);
  const { armored, ...facts } = await env.keyring.inspect(bytes, session.now);
  if (facts.problems.length > 0) {
    throw refusal('key-unusable', `${name}: key ${facts.fingerprint} cannot be used: ${facts.problems.join('; ')}`, 'Ask its owner for a current public key and import that.');
  }
  const text = armored.endsWith('\n') ? armored : `${armored}\n`;
  const known = session.repository.publicKey(facts.fingerprint);
  const owners = facts.userIds.map(legibleLine).join(', ');
  return {
    facts,
    writes: known === text ? [] : [{ path: keyPath(facts.fingerprint), text }],
    notices: [
      `compare the fingerprint with the owner over another channel: ${groupedFingerprint(facts.fingerprint)} (${owners === '' ? 'no user id' : owners})`,
      ...(known !== undefined && known !== text ? ['the key was known; this newer copy of it takes its place'] : []),
    ],
  };
}

/** Whether a user id of the key is for this address. */
export const namesAddress = (userIds: readonly string[], email: string): boolean =>
  userIds.some((id) => (/<([^<>]+)>\s*$/.exec(id)?.[1] ?? id).trim().toLowerCase() === email.toLowerCase());

/** What to know before messages to an address are encrypted to a key that does not name it. */
export const addressNotices = ({ userIds }: KeyFacts, email: string): string[] => (namesAddress(userIds, email) ? [] : [`no user id of the key names ${email}: make sure that it is the right key`]);

/** A key of keys/ as it stands today. */
export interface KeyStanding {
  readonly fingerprint: string;
  readonly userIds: readonly string[];
  readonly expires?: Instant;
  /** Why nothing may be encrypted to it; empty when it is usable. */
  readonly problems: readonly string[];
}

/** Looks at keys/<fingerprint>.asc; what is wrong with the file is told, not thrown, so that a list shows the others too. */
export async function keyStanding(env: Environment, session: Session, fingerprint: string): Promise<KeyStanding> {
  const armored = session.repository.publicKey(fingerprint);
  if (armored === undefined) return { fingerprint, userIds: [], problems: [`${keyPath(fingerprint)} is missing`] };
  try {
    const { userIds, expires, problems, fingerprint: found } = await env.keyring.inspect(armored, session.now);
    const misnamed = found === fingerprint ? [] : [`the file holds another key, ${found}`];
    return { fingerprint, userIds: userIds.map(legibleLine), ...(expires === undefined ? {} : { expires }), problems: [...misnamed, ...problems] };
  } catch (problem) {
    if (!(problem instanceof VccError)) throw problem;
    return { fingerprint, userIds: [], problems: [problem.message] };
  }
}

/** Until when a key is good, or why it is not. */
export function keyWords({ expires, problems }: KeyStanding, zone: string): string {
  if (problems.length > 0) return legibleLine(problems.join('; '));
  return expires === undefined ? 'no end' : localDate(expires, zone);
}
