import type { LoggedEntry } from '../domain/case.ts';
import type { Finding } from '../domain/finding.ts';
import { fileStamp, parseInstant, type Instant } from '../domain/instant.ts';
import type { FileWrite } from '../domain/plan.ts';
import type { LogEntry } from '../generated/documents.ts';
import { EVENTS } from '../generated/events.ts';
import { checkShape } from './check-shape.ts';
import { bareBody, readFrontMatter, writeFrontMatter } from './front-matter.ts';

export type ReadLogEntry = { readonly ok: true; readonly logged: LoggedEntry } | { readonly ok: false; readonly findings: readonly Finding[] };

const HEX = /^[0-9a-f]{4}$/;
const NAME = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z-([a-z-]+)-[0-9a-f]{4}\.md$/;

/** Reads one file of log/. A name that says another time or event than the file is an error: entries are put in order and cited by name. */
export function readLogEntry(path: string, source: string | Uint8Array, isFolded = false): ReadLogEntry {
  const read = readFrontMatter(path, source, isFolded);
  if (!read.ok) return read;
  const shape = checkShape('log-entry', read.value, read.where, path);
  if (shape.length > 0) return { ok: false, findings: shape };
  const entry = read.value as LogEntry;
  const at = parseInstant(entry.at);
  const name = entryName(path);
  if (!saysTheSame(name, at, entry.event)) {
    const expected = `${fileStamp(at)}-${entry.event}-`;
    const message = `the file name must be ${expected}, four hexadecimal digits and .md, as its time and event say`;
    return { ok: false, findings: [{ rule: 'log-entry-name', severity: 'error', file: path, line: 1, column: 1, message, fix: `git mv it to ${expected}0000.md with four digits of your choice; or mend at and event` }] };
  }
  return { ok: true, logged: { path, name, entry, text: bareBody(read.body), at, where: read.where } };
}

/** The name by which other entries cite the one of that file. */
export const entryName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Whether it is the name of a log entry and nothing else, such as a path. */
export const isEntryName = (name: string): boolean => NAME.test(name);

/** The event that the name of a log entry says. */
export const entryEvent = (path: string): string | undefined => NAME.exec(entryName(path))?.[7];

/** Read back from the name and not written anew: formatting a time costs more than reading the whole entry, and a case has many. */
function saysTheSame(name: string, at: Instant, event: string): boolean {
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '', named] = NAME.exec(name) ?? [];
  return named === event && Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) === at;
}

/** A new file of log/, its fields in the order of the schema; hex is four random digits that keep two clones apart. */
export function writeLogEntry(entry: LogEntry, text: string, folder: string, hex: string): FileWrite {
  if (!HEX.test(hex)) throw new RangeError(`a log entry is told apart by four hexadecimal digits, not by ${JSON.stringify(hex)}`);
  const log = `${folder}/log`;
  return {
    path: `${log}/${fileStamp(parseInstant(entry.at))}-${entry.event}-${hex}.md`,
    text: writeFrontMatter(inOrder(entry), text, 'log-entry', log),
  };
}

const FIELDS_BY_EVENT: ReadonlyMap<string, readonly string[]> = new Map(EVENTS.map(({ name, fields }) => [name, fields.map((field) => field.name)]));

function inOrder(entry: LogEntry): object {
  const given = new Map(Object.entries(entry));
  const ordered = ['event', 'at', 'by', ...(FIELDS_BY_EVENT.get(entry.event) ?? [])].filter((field) => given.get(field) !== undefined);
  return Object.fromEntries(ordered.map((field) => [field, given.get(field)]));
}
