import { legibleLine } from './documents/legible.ts';
import { grouped } from './domain/fingerprint.ts';
import { localDate, type Instant } from './domain/instant.ts';
import type { FileWrite } from './domain/plan.ts';
import { refusal, VccError } from './domain/problem.ts';
import type { Environment, KeyFacts } from './environment.ts';
import type { Contact } from './generated/documents.ts';
import type { Session } from './session.ts';

/** A public key that was read, and the file that keeps it. */
export interface ReadKey {
  /** Where it comes from. */
  readonly name: string;
  readonly facts: KeyFacts;
  /** It says of a key that is known that it is revoked: that is kept, so that nothing goes encrypted to it any more. */
  readonly revokes: boolean;
  /** None where keys/ has these very bytes already. */
  readonly writes: readonly FileWrite[];
  readonly notices: readonly string[];
}

/** What a new key is judged against; vcc init has no session yet. */
export interface KnownKeys {
  readonly now: Instant;
  readonly repository: { publicKey(fingerprint: string): string | undefined };
}

/** A key with thousands of user ids or signatures is a way to fill a disk; octets. */
export const KEY_LIMIT = 200_000;

const keyPath = (fingerprint: string): string => `keys/${fingerprint}.asc`;

/** Reads an OpenPGP public key for keys/; a key that is expired, revoked or cannot encrypt is refused (policy E). */
export async function readUsableKey(env: Environment, session: KnownKeys, file: string): Promise<ReadKey> {
  const { name, bytes } = await env.input(file, KEY_LIMIT);
  const key = await keyIn(env, session, name, bytes);
  if (key.facts.problems.length > 0) throw unusable(name, key);
  return key;
}

export const unusable = (name: string, { facts: { fingerprint, problems } }: ReadKey): VccError =>
  refusal('key-unusable', `${name}: key ${fingerprint} cannot be used: ${problems.join('; ')}`, 'Ask its owner for a current public key and import that.');

/** A key together with what was known of it, and what speaks against it; name says where it comes from. */
export async function keyIn(env: Environment, session: KnownKeys, name: string, bytes: string | Uint8Array): Promise<ReadKey> {
  const { fingerprint } = await env.keyring.inspect(bytes, session.now);
  const known = session.repository.publicKey(fingerprint);
  const { armored, ...facts } = await env.keyring.inspect(bytes, session.now, known);
  const text = armored.endsWith('\n') ? armored : `${armored}\n`;
  const news = known !== undefined && known !== text;
  const owners = facts.userIds.map(legibleLine).join(', ');
  return {
    name,
    facts,
    revokes: news && facts.problems.includes('revoked'),
    writes: known === text ? [] : [{ path: keyPath(facts.fingerprint), text }],
    notices: [
      `compare the fingerprint with the owner over another channel: ${grouped(facts.fingerprint)} (${owners === '' ? 'no user id' : owners})`,
      ...facts.cautions.map((caution) => `${facts.fingerprint}: ${caution}`),
      ...(news ? ['the key was known: what this copy says is added to what was known of it'] : []),
      ...facts.problems.map((problem) => `THE KEY IS ${problem.toUpperCase()}: nothing is encrypted to it any more. Ask its owner for another`),
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
  readonly cautions: readonly string[];
  /** Ed25519, RSA 4096; unknown of a key that cannot be read. */
  readonly algorithm?: string;
}

/** Looks at keys/<fingerprint>.asc; what is wrong with the file is told, not thrown, so that a list shows the others too. */
export async function keyStanding(env: Environment, session: Session, fingerprint: string): Promise<KeyStanding> {
  const armored = session.repository.publicKey(fingerprint);
  if (armored === undefined) return { fingerprint, userIds: [], problems: [`${keyPath(fingerprint)} is missing`], cautions: [] };
  try {
    const { userIds, expires, problems, cautions, algorithm, fingerprint: found } = await env.keyring.inspect(armored, session.now);
    const misnamed = found === fingerprint ? [] : [`the file holds another key, ${found}`];
    return { fingerprint, userIds: userIds.map(legibleLine), ...(expires === undefined ? {} : { expires }), algorithm, problems: [...misnamed, ...problems], cautions };
  } catch (problem) {
    if (!(problem instanceof VccError)) throw problem;
    return { fingerprint, userIds: [], problems: [problem.message], cautions: [] };
  }
}

/** Until when each key of these contacts is good, or why it is not, by fingerprint. */
export async function keysOf(env: Environment, session: Session, contacts: readonly Contact[]): Promise<ReadonlyMap<string, string>> {
  const keys = new Map<string, string>();
  for (const { key } of contacts) if (key !== undefined) keys.set(key, keyWords(await keyStanding(env, session, key), session.zone));
  return keys;
}

/** Until when a key is good, or why it is not. */
export function keyWords({ expires, problems, cautions }: KeyStanding, zone: string): string {
  if (problems.length > 0) return legibleLine(problems.join('; '));
  return [expires === undefined ? 'no end' : localDate(expires, zone), ...cautions].join('; ');
}

/** Whose each key is by vcc.yaml and the registries, by fingerprint: team:sato. */
export function keyOwners({ repository }: Session): Map<string, string[]> {
  const owners = new Map<string, string[]>();
  const add = (key: string | undefined, owner: string): void => {
    if (key !== undefined) owners.set(key, [...(owners.get(key) ?? []), owner]);
  };
  for (const { slug, key } of repository.configuration.team) add(key, `team:${slug}`);
  for (const { slug, vendor } of repository.vendors().values()) for (const { key } of vendor.contacts) add(key, `vendor:${slug}`);
  for (const { slug, partner } of repository.partners().values()) for (const { key } of partner.contacts) add(key, `partner:${slug}`);
  return owners;
}
