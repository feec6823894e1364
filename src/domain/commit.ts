import type { Coordinator } from '../generated/documents.ts';
import type { Instant } from './instant.ts';

/** What Git says of the signature of a commit, by its letter of %G?. */
const STATES = { G: 'good', U: 'good', B: 'bad', X: 'expired', Y: 'expired-key', R: 'revoked-key', E: 'unknown-key', N: 'none' } as const;

export interface CommitSignature {
  readonly state: (typeof STATES)[keyof typeof STATES];
  /** Fingerprint of the key that made it, where Git knows the key. */
  readonly key?: string;
}

/** From %G? and %GP. A letter that a newer Git may have counts as a signature that nobody could check. */
export const commitSignature = (letter: string, key: string): CommitSignature => ({ state: (STATES as Readonly<Record<string, CommitSignature['state']>>)[letter] ?? 'unknown-key', ...(key === '' ? {} : { key }) });

/** In words, as they stand behind a commit. */
export const SIGNATURE_WORDS: Readonly<Record<CommitSignature['state'], string>> = {
  good: 'signed',
  bad: 'BAD SIGNATURE',
  expired: 'signature expired',
  'expired-key': 'signed by a key that has expired',
  'revoked-key': 'SIGNED BY A REVOKED KEY',
  'unknown-key': 'signed, not checked: the key is not known here',
  none: 'not signed',
};

export interface PathChange {
  /** A, M, D or T as Git has it, R of a file that got another name and is the same, RM where it was changed as well; of a merge one letter for each parent. */
  readonly status: string;
  readonly path: string;
  /** Of a file that got another name, the one before. */
  readonly from?: string;
}

export interface CommitLine {
  readonly commit: string;
  readonly author: string;
  readonly email: string;
  readonly committer: string;
  readonly committerEmail: string;
  /** When the author made it. */
  readonly at: Instant;
  readonly subject: string;
  /** As Git judges it with the keys of this machine. */
  readonly signature: CommitSignature;
  /** Files that the commit added, changed, renamed or deleted below the folder asked for. */
  readonly paths: readonly PathChange[];
}

/** Names of commits as people read them. */
export const shortCommit = (commit: string): string => commit.slice(0, 9);

type Member = Pick<Coordinator, 'slug' | 'email' | 'key'>;

/** Why the one whom an entry names may not be the one who vouches for it. */
export interface Doubt {
  /** author: another wrote the commit. key: another signed it. committer: a colleague committed it, as when it was rebased. */
  readonly of: 'author' | 'key' | 'committer';
  /** Who, as "Name <address>", or by short name where the key tells. */
  readonly who: string;
}

const isOf = (member: Member | undefined, email: string): boolean => member?.email.toLowerCase() === email.toLowerCase();

/** Whether the commit that added an entry is from whom the entry names; the gravest doubt. A forge that merges is nobody's colleague, so its name as committer raises none. */
export function doubtOf(by: string, { author, email, committer, committerEmail, signature }: CommitLine, team: readonly Member[]): Doubt | undefined {
  const own = team.find(({ slug }) => slug === by);
  if (!isOf(own, email)) return { of: 'author', who: `${author} <${email}>` };
  const signer = signature.key === undefined ? undefined : team.find(({ key }) => key === signature.key);
  if (signer !== undefined && signer !== own) return { of: 'key', who: signer.slug };
  const colleague = team.some((member) => member !== own && isOf(member, committerEmail));
  return colleague ? { of: 'committer', who: `${committer} <${committerEmail}>` } : undefined;
}
