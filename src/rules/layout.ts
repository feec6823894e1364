import { OWN_FOLDERS, OWN_NAMES } from '../domain/own-names.ts';
import type { Tree } from '../domain/tree.ts';

/*
 * Which files a case repository holds, and where (README: file formats). What the rules about paths share.
 */

const SLUG = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const CASE = 'cases/[0-9]{4}/[0-9]{8}';

/** Whether a name can be part of a path: checked by the schema too, and again before a path is made of it. */
export const isSlug = (name: string): boolean => new RegExp(`^${SLUG}$`).test(name);

/** Folders and files that belong to vcc; what lies elsewhere is the team's own. */
const OWN = new RegExp(`^(?:${OWN_FOLDERS.map((name) => name.replace('.', '\\.')).join('|')})(?:/|$)|^(?:vcc|policy)\\.yaml$`);

const KNOWN = [
  /^(?:vcc|policy)\.yaml$/,
  new RegExp(`^${CASE}/(?:case\\.md|log\\.md|advisory\\.(?:en|ja)\\.md)$`),
  new RegExp(`^${CASE}/log/[0-9]{8}T[0-9]{6}Z-${SLUG}-[0-9a-f]{4}\\.md$`),
  new RegExp(`^${CASE}/sealed/${SLUG}\\.(?:asc|guard\\.yaml)$`),
  new RegExp(`^(?:vendors|cnas|partners)/${SLUG}\\.yaml$`),
  /^unreachable\/DID[0-9]{8}\.yaml$/i,
  new RegExp(`^duties/${SLUG}-[0-9]{4}-q[1-4]\\.yaml$`),
  /^cves\/[0-9]{4}\/CVE-[0-9]{4}-[0-9]{4,19}\.yaml$/i,
  /^keys\/[0-9A-F]{40}\.asc$/,
  /^(?:campaigns|alerts)\/(?:[^/]+\/)*[^/]+\.(?:md|yaml)$/,
  /^templates\/(?:en|ja)\/[a-z][a-z-]*\.md$/,
  /^\.vcc\/schemas\/[a-z-]+\.schema\.json$/,
];

export const ownPath = (path: string): boolean => OWN.test(path);
export const knownPath = (path: string): boolean => KNOWN.some((form) => form.test(path));

/** The name of ours that a top-level name was probably meant to be, and in which files would silently not be checked: Case, vendor, VCC.yml. */
export function meantName(path: string): string | undefined {
  const top = path.split('/')[0] ?? '';
  if (OWN_NAMES.includes(top)) return undefined;
  const plain = (name: string): string => name.toLowerCase().replace(/\.ya?ml$/, '.yaml').replace(/s$/, '');
  return OWN_NAMES.find((name) => plain(name) === plain(top) && name.includes('.') === top.includes('.'));
}

/** Whether the file is there, without reading it. */
export const stands = (tree: Tree, path: string): boolean => tree.files(path).some((file) => file.path === path && (file.kind === 'file' || file.kind === 'executable'));
