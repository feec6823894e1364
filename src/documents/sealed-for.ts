import { NOT_SEALED_YET } from '../domain/plan.ts';
import type { Tree } from '../domain/tree.ts';
import { keyIdsOf, readArmor, recipientsOf } from './openpgp-packets.ts';

const SEALED = /^cases\/[^/]+\/[^/]+\/sealed\/[^/]+\.asc$/;

/** A sealed file and the ids of the keys that open it, which everybody can read. */
export interface SealedFor {
  readonly path: string;
  readonly recipients: readonly string[];
}

/** Of these files the sealed ones; what is to be sealed by this very plan is not encrypted yet. */
export const sealedAmong = (tree: Tree, files: readonly { readonly path: string; readonly kind: string }[]): SealedFor[] =>
  files
    .filter(({ path, kind }) => SEALED.test(path) && (kind === 'file' || kind === 'executable'))
    .flatMap(({ path }) => {
      const text = Buffer.from(tree.read(path) ?? []).toString('latin1');
      if (text === NOT_SEALED_YET) return [];
      const armor = readArmor(text);
      return [{ path, recipients: armor ? recipientsOf(armor) : [] }];
    });

/** Files of one folder sealed/ that the same keys open: their ids with blanks between them, and the names of the files with strokes: one text each, for a hundred thousand cases say mostly the same. */
export interface SealedTogether {
  readonly recipients: string;
  readonly names: string;
}

export function together(sealed: readonly SealedFor[]): SealedTogether[] {
  const names = new Map<string, string[]>();
  for (const { path, recipients } of sealed) {
    const key = recipients.join(' ');
    names.set(key, [...(names.get(key) ?? []), path.slice(path.lastIndexOf('/') + 1)]);
  }
  return [...names].map(([recipients, files]) => ({ recipients, names: files.join('/') }));
}

/** The ids under which a key of keys/ appears in a message. */
export function idsOfKey(tree: Tree, fingerprint: string): readonly string[] {
  const bytes = tree.read(`keys/${fingerprint}.asc`);
  return bytes ? keyIdsOf(Buffer.from(bytes).toString('latin1')) : [];
}

/** How far what is sealed is for exactly these coordinators. */
export interface TeamSeals {
  /** Sealed files that a coordinator cannot open, by short name; those whom nothing is closed to are left out. */
  readonly closedTo: ReadonlyMap<string, readonly string[]>;
  /** Sealed files that a key opens which is no coordinator's now. */
  readonly openToOthers: readonly string[];
}

export function teamSeals(tree: Tree, sealed: Iterable<SealedFor>, team: readonly Holder[]): TeamSeals {
  const holds = holdersAmong(tree, team);
  const closedTo = new Map<string, string[]>();
  const openToOthers: string[] = [];
  for (const { path, recipients } of sealed) {
    const { without, toOthers } = holds(recipients);
    for (const slug of without) {
      const closed = closedTo.get(slug);
      if (closed) closed.push(path);
      else closedTo.set(slug, [path]);
    }
    if (toOthers) openToOthers.push(path);
  }
  return { closedTo, openToOthers };
}

interface Holder {
  readonly slug: string;
  /** The fingerprint of the key. */
  readonly key: string;
}

/** Of the ids of the keys that open something: which of these coordinators have none of them, and whether one is nobody's of these. */
export function holdersAmong(tree: Tree, team: readonly Holder[]): (recipients: readonly string[]) => { readonly without: readonly string[]; readonly toOthers: boolean } {
  const members = team.map(({ slug, key }) => ({ slug, ids: idsOfKey(tree, key) }));
  const ours = new Set(members.flatMap(({ ids }) => ids));
  return (recipients) => ({ without: members.filter(({ ids }) => !recipients.some((id) => ids.includes(id))).map(({ slug }) => slug), toOthers: recipients.some((id) => !ours.has(id)) });
}
