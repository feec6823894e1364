import type { Configuration } from '../generated/documents.ts';
import { treeWith, type Tree } from './tree.ts';

export interface FileWrite {
  readonly path: string;
  /** The whole new text; a Plan never appends. */
  readonly text: string;
}

/** Plaintext that apply-plan encrypts to the keys of the whole team before anything is written. */
export interface SealedWrite {
  /** cases/<year>/<id>/sealed/<name>.asc */
  readonly path: string;
  readonly plaintext: string | Uint8Array;
}

export interface Attachment {
  readonly filename: string;
  readonly contentType: string;
  readonly content: string | Uint8Array;
}

/** One message to one recipient; apply-plan signs, encrypts and puts it into the outbox after the commit. */
export interface OutgoingMessage {
  /** Names the file in the outbox: never an address. */
  readonly party: 'reporter' | 'receiving-organisation' | `vendor:${string}` | `partner:${string}`;
  readonly to: { readonly name?: string; readonly email: string };
  /** Carries the case number and nothing else (issue: no title under embargo in a header). */
  readonly subject: string;
  readonly body: string;
  readonly language: 'en' | 'ja';
  readonly messageId: string;
  readonly references: readonly string[];
  readonly attachments: readonly Attachment[];
  /** What else than other letters it may tell: how the flaw works, or what a vendor answered. */
  readonly carries?: 'details' | 'answer' | undefined;
  /** Fingerprint of the recipient's key in keys/, or the armored key itself where it is confidential (a reporter's). */
  readonly encryption:
    | { readonly kind: 'registered-key'; readonly fingerprint: string }
    | { readonly kind: 'given-key'; readonly armored: string }
    | { readonly kind: 'in-clear'; readonly reason: string };
}

export interface CommitMessage {
  /** '61247051: notify acme (first contact)'; never a title or an identity. */
  readonly subject: string;
  readonly body: string;
  readonly trailers: readonly (readonly [key: 'Case' | 'Event' | 'Vendor' | 'Partner' | 'Content' | 'Replaces-Key', value: string])[];
}

/** What goes into the public repository, which has a history of its own. */
export interface Publication {
  readonly files: readonly FileWrite[];
  /** Paths of these that apply-plan puts a detached signature beside, <path>.asc, of whoever publishes. */
  readonly signed?: readonly string[];
  /** Paths of files that are there and go: pages of lists that nothing is on any more. */
  readonly removed?: readonly string[];
  /** Texts that are compared with what is sealed in place of files: what these are made of and nothing else, or what of them is new. */
  readonly sources?: { readonly texts: readonly FileWrite[]; /** The paths of those files. */ readonly of: ReadonlySet<string> };
  readonly commit: CommitMessage;
}

/** Every path that it writes or removes in the public repository. */
export const publicPaths = ({ files, signed = [], removed = [] }: Publication): string[] => [...files.map(({ path }) => path), ...signed.map(signaturePath), ...removed];

export const signaturePath = (path: string): string => `${path}.asc`;

/** Everything a command decided, as a value: --dry-run prints it, apply-plan carries it out. */
export interface Plan {
  /** One line for the person: what will have happened. */
  readonly summary: string;
  readonly writes: readonly FileWrite[];
  /** Paths of files that are there and go: entries of a log whose text stands in what is written. */
  readonly removes?: readonly string[];
  readonly seals: readonly SealedWrite[];
  /** Sealed files that a team gets other members for: what they are encrypted with is wrapped for these, and what is encrypted stays. */
  readonly rewraps?: { readonly paths: readonly string[]; readonly team: Configuration['team'] };
  readonly messages: readonly OutgoingMessage[];
  readonly commit: CommitMessage;
  readonly publication?: Publication;
  /** Things to know, each a sentence. */
  readonly notices: readonly string[];
  /** What to type next, with the reason. */
  readonly next: readonly NextStep[];
}

export interface NextStep {
  readonly command: string;
  readonly why: string;
}

/** A message of nothing, to a key that was thrown away: what lies in sealed/ is known only when it is encrypted, and has to pass the rules before. */
export const NOT_SEALED_YET = `-----BEGIN PGP MESSAGE-----

wV4DAAAAAAAAAAASAQdAT9emLqjnzBNVxI70RJVhdK+OuAP+mODXzvTOtR8W
wVIwbrne0MW0eu1bl7ON4+Mh0Nxq4iXwa4KINN+F31eVCLlTM863gL7848Gw
w4+4qx4Y0jEBNzRMyYKuEeCNp7NXam3kcFKxyTRKcRt/BIoCllH5fqnTkyLO
q21UWusm1XPabsIv
=U5O5
-----END PGP MESSAGE-----
`;

/** The tree as it would be once the plan is carried out; sealed files stand in it as a message that nobody can open. */
export function treeWithPlan(tree: Tree, plan: Plan): Tree {
  const written = new Map<string, Uint8Array>();
  for (const write of plan.writes) written.set(write.path, new TextEncoder().encode(write.text));
  const placeholder = new TextEncoder().encode(NOT_SEALED_YET);
  for (const seal of plan.seals) written.set(seal.path, placeholder);
  return treeWith(tree, written, new Set(plan.removes));
}

/** What became of a run that was interrupted, in a sentence; isDone: what it was to do is done. */
export interface Repaired {
  readonly said: string;
  readonly isDone: boolean;
}
