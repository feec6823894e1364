import { once } from '../domain/once.ts';
import type { Tree } from '../domain/tree.ts';
import { SHIPPED_TEXTS } from '../generated/shipped-texts.ts';
import type { Partner, Vendor } from '../generated/documents.ts';
import type { Repository } from './repository.ts';
import { GAP } from '../domain/words.ts';
import { SCHEMA_HINT } from './yaml-text.ts';

/*
 * What of a file that belongs to no case can give somebody away at all. Each word is compared with the guards of every case, and most
 * stand there by their form, or because vcc ships them: left in, they would make a lint of ten thousand cases take minutes.
 */

/** More than any person writes. */
const LONGEST = 1024 * 1024;

/** Values that a field of its own can only have: ids, days and times, case numbers. */
const CLOSED = /^(?:schemaVersion: 1|(?:cve|block): CVE-[0-9]{4}-[0-9]{4,19}|  - CVE-[0-9]{4}-[0-9]{4,19}|case: "[0-9]{8}"|reserved: "[0-9]{4}-[0-9]{2}-[0-9]{2}"|period: "?[0-9]{4}-Q[1-4]"?|at: "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:Z|[+-][0-9]{2}:[0-9]{2})")$/;
const NAMED = /^ *(?:- )?(?:en|ja|name|email|key|url): (?:"(.*)"|'(.*)'|(.*))$/;
/** The same of a vendor or a partner: its fields themselves, a day, a language. */
const REGISTERED = /^(?:schemaVersion: 1|(?:name|agreement|nda|keywords|packages|dependsOn|contacts):|  signed: "[0-9]{4}-[0-9]{2}-[0-9]{2}"|    language: (?:en|ja))$/;
const REGISTRY = /^(?:vendors|partners)\/([a-z0-9-]{1,63})\.yaml$/;

/** What vcc init writes as it ships it. */
const SHIPPED = new Set(['policy.yaml', '.github/workflows/vcc.yml', '.gitlab-ci.yml', '.pre-commit-config.yaml', '.gitignore', '.gitattributes']);

const shippedLines = once(() => new Set(SHIPPED_TEXTS.flatMap((text) => text.split('\n'))));

/** Encodings of Japanese texts that are no UTF-8. */
const OTHERS = ['euc-jp', 'shift_jis'] as const;

/** undefined where the bytes are no text in it. stream: they may end within a character, for a long file is cut. */
function inEncoding(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
  } catch (problem) {
    if (problem instanceof TypeError) return undefined;
    throw problem;
  }
}

/** A name in the minutes of somebody's Windows is a name as well. */
function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const utf8 = inEncoding('utf-8', bytes);
  // ISO-2022-JP, of old mails, is ASCII that switches to Japanese by an escape.
  if (utf8 !== undefined) return (utf8.includes('\u001b$') ? inEncoding('iso-2022-jp', bytes) : undefined) ?? utf8;
  // UTF-8 with a broken character may be nonsense in another encoding, and the other way round: each line as all of them read it.
  const readings = [new TextDecoder().decode(bytes), ...OTHERS.flatMap((encoding) => inEncoding(encoding, bytes) ?? [])].map((text) => text.split('\n'));
  return (readings[0] ?? []).map((_, index) => readings.map((lines) => lines[index] ?? '').join(` ${GAP} `)).join('\n');
}

/** The whole text of a file of no case, as far as anybody reads it. */
export const wholeText = (tree: Tree, path: string): string => decoded(tree.read(path)?.subarray(0, LONGEST) ?? new Uint8Array()).replace(SCHEMA_HINT, '\n');

/** The text of a file of no case, each line in its place, without what gives nobody away. */
export function tellingText(path: string, whole: string, repository: Repository): string {
  const isEmpty = tellsNothing(path, repository);
  return whole.split('\n').map((line) => (isEmpty(line) ? GAP : line)).join('\n');
}

/** The same of its name: that of an id says what the file has to say, and the slug of a vendor or a partner everybody with a clone knows (lawfulNames). */
export const tellingName = (path: string, repository: Repository): string => (/^cves\/[0-9]{4}\/CVE-[0-9]{4}-[0-9]{4,19}\.yaml$/.test(path) || registered(path, repository) !== undefined ? '' : path);

function tellsNothing(path: string, repository: Repository): (line: string) => boolean {
  if (SHIPPED.has(path)) return (line) => shippedLines().has(line);
  if (/^(?:cves|duties)\/.*\.yaml$/.test(path)) return (line) => CLOSED.test(line);
  const entry = registered(path, repository);
  if (entry === undefined) return () => false;
  const known = new Set(madeKnown(entry));
  return (line) => {
    if (REGISTERED.test(line)) return true;
    const [, double, single, plain] = NAMED.exec(line) ?? [];
    const value = double ?? single ?? plain;
    return value !== undefined && known.has(value);
  };
}

/** The vendor or partner that a file makes known. */
function registered(path: string, repository: Repository): Vendor | Partner | undefined {
  const [, slug = ''] = REGISTRY.exec(path) ?? [];
  if (slug === '') return undefined;
  return path.startsWith('vendors/') ? repository.vendors().get(slug)?.vendor : repository.partners().get(slug)?.partner;
}

/** The page of an organisation, and of nobody on it. */
const HOME = /^https?:\/\/[^/?#@\s]+\/?$/;

/** What this very file makes known to everybody with a clone: a mark of it is no finding anywhere (lawfulNames). */
export const madeKnown = ({ name, url, contacts }: Vendor | Partner): string[] =>
  [name.en, name.ja, url !== undefined && HOME.test(url) ? url : undefined, ...contacts.flatMap((contact) => [contact.name, contact.email, contact.key])].filter((value) => value !== undefined);
