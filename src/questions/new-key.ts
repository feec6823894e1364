import { grouped } from '../domain/fingerprint.ts';
import type { CommitMessage } from '../domain/plan.ts';
import { usage } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import { answer, type Reader } from './answer.ts';

/** What the history says of a key that took the place of another. */
export interface KeyChange {
  readonly story: string;
  readonly trailers: CommitMessage['trailers'];
}

/**
 * Asks for the fingerprint once more where a contact's key is another one than before, as its owner told it over another
 * channel: whoever can have it swapped reads the letters from then on. --yes is no answer (policy E). Undefined where
 * nothing is replaced.
 */
export async function confirmNewKey(env: Environment, change: { readonly before: string | undefined; readonly now: string; readonly email: string }, given: string | undefined): Promise<KeyChange | undefined> {
  const { before, now, email } = change;
  if (before === undefined || before === now) return undefined;
  env.out.say(`The key of ${email} changes: ${grouped(before)} was used until now.`);
  await confirmFingerprint(env, { now, owner: email }, given);
  return { story: `\n${email} had the key ${before} before. The fingerprint of the new one was confirmed over another channel.`, trailers: [['Replaces-Key', before]] };
}

/** The fingerprint of the new key, typed as its owner told it. */
export const confirmFingerprint = (env: Environment, { now, owner }: { readonly now: string; readonly owner: string }, given: string | undefined): Promise<string> =>
  answer(env, { flag: '--fingerprint', given, message: `Fingerprint of the new key, as ${owner} told it over another channel (by phone, say)` }, sameAs(now));

const sameAs =
  (fingerprint: string): Reader<string> =>
  (typed) => {
    const plain = typed.replaceAll(/[\s:]|^0x/gi, '').toUpperCase();
    if (plain === fingerprint) return plain;
    const partly = plain.length >= 8 && fingerprint.endsWith(plain);
    throw usage(`--fingerprint: the new key has another fingerprint${partly ? ': give all 40 digits' : ''}`, 'Ask its owner by phone or in person. If it differs there too, the key is not theirs: do not use it.');
  };
