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

/** Bytes; more than any person writes. */
const LONGEST = 1024 * 1024;

/** Values that a field of its own can only have: ids, days and times, case numbers. */
const CLOSED = /^(?:schemaVersion: 1|(?:cve|block): CVE-[0-9]{4}-[0-9]{4,19}|  - CVE-[0-9]{4}-[0-9]{4,19}|case: "[0-9]{8}"|reserved: "[0-9]{4}-[0-9]{2}-[0-9]{2}"|period: "?[0-9]{4}-Q[1-4]"?|at: "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:Z|[+-][0-9]{2}:[0-9]{2})")$/;
const NAMED = /^ *(?:- )?(?:en|ja|name|email|key|url): (?:"(.*)"|'(.*)'|(.*))$/;
/** The same of a vendor or a partner: its fields themselves, a day, a language. */
const REGISTERED = /^(?:schemaVersion: 1|(?:name|agreement|nda|keywords|packages|dependsOn|contacts):|  signed: "[0-9]{4}-[0-9]{2}-[0-9]{2}"|    language: (?:en|ja))$/;
/** A line that no value goes on from or into: in a text of several lines even a field would be a word of it. */
const WHOLE = /^(?:| *#.*| *(?:- (?:[A-Za-z]+:)?|[A-Za-z]+:)(?: ?(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'|>&*!%@`#[\]{}:?,-](?:[^:#]|:(?=\S)|(?<=\S)#)*))?)$/;
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

/** Of UTF-32 every other character is none then. Where either reads well, bytes that are no text at all seldom do. */
const WIDE = ['utf-16le', 'utf-16be'] as const;

/** One broken character, as an editor or somebody's intent leaves it, makes no text unreadable; bytes that are no text in an encoding have many. */
const readsWell = (text: string): boolean => (text.match(/\ufffd/g)?.length ?? 0) <= 2 + text.length / 100;

const among = (encodings: readonly string[], bytes: Uint8Array): string[] => encodings.map((encoding) => new TextDecoder(encoding).decode(bytes, { stream: true })).filter(readsWell);

/** A name in the minutes of somebody's Windows is a name as well. */
function decoded(bytes: Uint8Array): string {
  const utf8 = inEncoding('utf-8', bytes);
  const readings = utf8 === undefined || bytes.includes(0) ? among(WIDE, bytes).map((text) => text.replaceAll('\0', '')) : [];
  // ISO-2022-JP, of old mails, is ASCII that switches to Japanese by an escape.
  if (utf8 !== undefined) readings.push((utf8.includes('\u001b$') ? inEncoding('iso-2022-jp', bytes) : undefined) ?? utf8);
  // UTF-8 with a broken character may be nonsense in another encoding, and the other way round: each line as all of them read it.
  else readings.push(new TextDecoder().decode(bytes), ...among(OTHERS, bytes));
  const [only = '', ...more] = readings;
  if (more.length === 0) return only;
  const lines = readings.map((text) => text.split('\n'));
  const most = Math.max(...lines.map(({ length }) => length));
  // Behind the line before, for a name may begin there, and the other readings stand between.
  return Array.from({ length: most }, (_, index) => lines.map((each) => each.slice(Math.max(0, index - 1), index + 1).join(' ')).join(` ${GAP} `)).join('\n');
}

/** The whole text of a file of no case, as far as anybody reads it. */
export const wholeText = (tree: Tree, path: string): string => decoded(tree.read(path)?.subarray(0, LONGEST) ?? new Uint8Array()).replace(SCHEMA_HINT, '\n');

/** Whether a text goes on where nobody reads it any more. */
export function isCut(tree: Tree, path: string): boolean {
  const bytes = tree.read(path) ?? new Uint8Array();
  if (bytes.length <= LONGEST) return false;
  const start = bytes.subarray(0, LONGEST);
  return (inEncoding('utf-8', start) !== undefined && !start.includes(0)) || among([...WIDE, ...OTHERS], start).length > 0;
}

/** The text of a file of no case, each line in its place, without what gives nobody away. */
export function tellingText(path: string, whole: string, repository: Repository): string {
  const isEmpty = tellsNothing(path, whole, repository);
  return whole.split('\n').map((line) => (isEmpty(line) ? GAP : line)).join('\n');
}

/** The same of its name: that of an id says what the file has to say, and the slug of a vendor or a partner everybody with a clone knows (lawfulNames). */
export const tellingName = (path: string, repository: Repository): string => (/^cves\/[0-9]{4}\/CVE-[0-9]{4}-[0-9]{4,19}\.yaml$/.test(path) || registered(path, repository) !== undefined ? '' : path);

function tellsNothing(path: string, whole: string, repository: Repository): (line: string) => boolean {
  if (SHIPPED.has(path)) return (line) => shippedLines().has(line);
  if (/^(?:cves|duties)\/.*\.yaml$/.test(path)) return (line) => CLOSED.test(line);
  const entry = registered(path, repository);
  if (entry === undefined || !whole.split('\n').every((line) => WHOLE.test(line))) return () => false;
  const known = new Set([...madeKnown(entry), ...pageOf(entry)]);
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

/** What this very file makes known to everybody with a clone: a mark of it is no finding anywhere (lawfulNames). */
export const madeKnown = ({ name, contacts }: Vendor | Partner): string[] => [name.en, name.ja, ...contacts.flatMap((contact) => [contact.name, contact.email, contact.key])].filter((value) => value !== undefined);

/** The page of an organisation, where it says no more than the addresses of its contacts. */
function pageOf({ url = '', contacts }: Vendor | Partner): string[] {
  const [, host] = /^https?:\/\/(?:www\.)?([^/?#@:\s]+)\/?$/.exec(url) ?? [];
  return host !== undefined && contacts.some(({ email }) => email.endsWith(`@${host}`)) ? [url] : [];
}
