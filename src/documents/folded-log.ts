import type { Finding, Place } from '../domain/finding.ts';
import type { Tree } from '../domain/tree.ts';
import { entryName, isEntryName, readLogEntry, type ReadLogEntry } from './log-entry.ts';
import { placeAt, readText } from './source-text.ts';

/*
 * log.md: the log of a case that is over, in one file. Each entry stands whole below the name of its file, set in by four spaces, so that
 * no line of an entry can be taken for a name, and Markdown shows it letter by letter. Git takes a file that holds another one's lines as
 * they are for that file renamed, and a folder of which that was the only file for a folder renamed: a colleague's new entry would then
 * be a conflict. So the lines are not as they were.
 */

/** One entry as log.md has it. */
export interface FoldedEntry {
  /** The file of log/ that it was, and will be again. */
  readonly name: string;
  /** Every byte of that file. */
  readonly text: string;
  /** Of log.md, where the first line of the text stands. */
  readonly line: number;
}

const INDENT = '    ';
/** As diff and Git say it. */
const NO_LINE_END = '\\ No newline at end of file';
const HEADING = '## ';
/** Twenty times what one entry may have. */
const LIMIT = 20_000_000;

const titleOf = (number: string): string => `# ${number}: the log in one file`;

function setIn(text: string): string {
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  const whole = lines.map((line) => (line === '' ? '\n' : `${INDENT}${line}\n`)).join('');
  return last === '' ? whole : `${whole}${INDENT}${last}\n${NO_LINE_END}\n`;
}

/** The text of log.md, from entries in the order of their names. */
export const foldLog = (number: string, entries: readonly Pick<FoldedEntry, 'name' | 'text'>[]): string =>
  `${titleOf(number)}\n${entries.map(({ name, text }) => `\n${HEADING}${name}\n\n${setIn(text)}`).join('')}`;

function takenOut(lines: readonly string[]): string {
  const whole = lines.at(-1) !== NO_LINE_END;
  const text = (whole ? lines : lines.slice(0, -1)).map((line) => (line.startsWith(INDENT) ? line.slice(INDENT.length) : line)).join('\n');
  return whole && lines.length > 0 ? `${text}\n` : text;
}

/**
 * Undoes foldLog for any text whatsoever: each line belongs to one of the entries or to what stands above the first. Whether foldLog made
 * the text is for readFoldedLog to say.
 */
export function splitLog(text: string): { readonly above: string; readonly entries: readonly FoldedEntry[] } {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const headings = lines.flatMap((line, index) => (line.startsWith(HEADING) && isEntryName(line.slice(HEADING.length)) ? [index] : []));
  const entries = headings.map((at, index): FoldedEntry => {
    const next = headings[index + 1];
    const first = lines[at + 1] === '' ? at + 2 : at + 1;
    // The empty line before the next name is none of the entry's.
    const end = next === undefined ? lines.length : lines[next - 1] === '' ? next - 1 : next;
    return { name: (lines[at] ?? '').slice(HEADING.length), text: takenOut(lines.slice(first, Math.max(first, end))), line: first + 1 };
  });
  return { above: lines.slice(0, headings[0] ?? lines.length).join('\n'), entries };
}

/** Reads log.md of a case. With a finding, the entries are what could be made out: nothing may be built on them. */
export function readFoldedLog(path: string, number: string, source: Uint8Array): { readonly entries: readonly FoldedEntry[]; readonly findings: readonly Finding[] } {
  const read = readText(path, source, { limit: LIMIT });
  if (!read.ok) return { entries: [], findings: read.findings };
  const { entries } = splitLog(read.text);
  const findings: Finding[] = [];
  const note = (place: Place, message: string): number => findings.push({ rule: 'folded-log', severity: 'error', file: path, ...place, message });
  const differs = firstDifference(read.text, foldLog(number, entries));
  if (differs !== undefined && differs.line === 1) note(differs, `the file must begin with a line "${titleOf(number)}"`);
  else if (differs !== undefined) note(differs, 'the line belongs to no entry: below its name, with an empty line between, each is set in by four spaces');
  else if (entries.length === 0) note({ line: 1, column: 1 }, 'holds no entry');
  const known = new Map<string, FoldedEntry>();
  let last = '';
  for (const entry of entries) {
    const at = nameOf(entry);
    if (known.has(entry.name)) note(at, `${entry.name} stands here twice`);
    else if (entry.name < last) note(at, `${entry.name} stands below ${last}, which is later`);
    if (!known.has(entry.name)) known.set(entry.name, entry);
    last = entry.name;
  }
  return { entries: [...known.values()], findings };
}

/** Where the name of the entry stands in log.md. */
const nameOf = ({ line }: FoldedEntry): Place => ({ line: line - 2, column: 1 });

function firstDifference(text: string, expected: string): Place | undefined {
  if (text === expected) return undefined;
  let at = 0;
  while (text[at] === expected[at]) at += 1;
  return { ...placeAt(text, at), column: 1 };
}

/** A place in an entry, in log.md. */
const placeIn = ({ line }: FoldedEntry, place: Place): Place => ({ line: line + place.line - 1, column: place.column + INDENT.length });

/** Reads one entry of log.md: as its file in log/ was read, but for the places. */
export function readFoldedEntry(folder: string, entry: FoldedEntry): ReadLogEntry {
  const file = `${folder}/log.md`;
  const read = readLogEntry(`${folder}/log/${entry.name}`, entry.text, true);
  if (!read.ok) return { ok: false, findings: read.findings.map((finding) => ({ ...finding, file, ...placeIn(entry, finding) })) };
  const { logged } = read;
  return { ok: true, logged: { ...logged, path: file, where: (...path) => placeIn(entry, logged.where(...path)) } };
}

const FOLDED = /^cases\/[0-9]{4}\/[0-9]{8}\/log\.md$/;
const ENTRY = /^cases\/[0-9]{4}\/[0-9]{8}\/log\//;

/** What a file of the repository says, each entry of a log by itself; text may be a part of the file. placeOf: where a place of such a text stands in the given one. */
export function textsIn(path: string, text: string): readonly { readonly text: string; readonly isEntry: boolean; readonly placeOf: (place: Place) => Place }[] {
  if (!FOLDED.test(path)) return [{ text, isEntry: ENTRY.test(path), placeOf: (place) => place }];
  const { above, entries } = splitLog(text);
  return [{ text: above, isEntry: false, placeOf: (place) => place }, ...entries.map((entry) => ({ text: entry.text, isEntry: true, placeOf: (place: Place) => placeIn(entry, place) }))];
}

/** An entry of which some bytes are not where they were. */
interface LostEntry {
  readonly folder: string;
  readonly name: string;
  readonly file: string;
  readonly place: Place;
  readonly what: 'changed' | 'deleted';
}

const LOG = /^(cases\/[0-9]{4}\/[0-9]{8})\/log(?:\.md|\/([^/]*\.md))$/;

/** Of paths with what they held before, the entries that are now neither in log/ nor in log.md with the same bytes, or are in one of them with others. */
export function* lostEntries(tree: Tree, altered: ReadonlyMap<string, () => Uint8Array>): Generator<LostEntry> {
  // One character a byte: what is no UTF-8 is compared as well.
  const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
  const folded = new Map<string, ReadonlyMap<string, FoldedEntry>>();
  for (const [path, held] of altered) {
    const [, folder, own] = LOG.exec(path) ?? [];
    if (folder === undefined) continue;
    const log = `${folder}/log.md`;
    if (!folded.has(folder)) folded.set(folder, new Map(splitLog(textOf(tree.read(log) ?? new Uint8Array())).entries.map((entry) => [entry.name, entry])));
    for (const { name, text } of own === undefined ? splitLog(textOf(held())).entries : [{ name: own, text: textOf(held()) }]) {
      const file = `${folder}/log/${name}`;
      const itself = tree.read(file);
      const inLog = folded.get(folder)?.get(name);
      if (itself !== undefined && textOf(itself) !== text) yield { folder, name, file, place: { line: 1, column: 1 }, what: 'changed' };
      if (inLog !== undefined && inLog.text !== text) yield { folder, name, file: log, place: nameOf(inLog), what: 'changed' };
      if (itself === undefined && inLog === undefined) yield { folder, name, file: path, place: { line: 1, column: 1 }, what: 'deleted' };
    }
  }
}

/** What folding or unfolding does to the files of a case. */
interface Refolded {
  readonly writes: readonly { readonly path: string; readonly text: string }[];
  readonly removes: readonly string[];
}

function textAt(tree: Tree, path: string): string {
  const bytes = tree.read(path);
  if (!bytes) throw new Error(`${path} is no file that can be read`);
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

/** All entries of a case that reads without an error into its log.md; undefined where there are none in log/. */
export function foldCase(tree: Tree, number: string, folder: string): Refolded | undefined {
  const removes = tree.files(`${folder}/log`).map(({ path }) => path);
  if (removes.length === 0) return undefined;
  const log = `${folder}/log.md`;
  const texts = new Map(tree.read(log) === undefined ? [] : splitLog(textAt(tree, log)).entries.map(({ name, text }) => [name, text]));
  for (const path of removes) texts.set(entryName(path), textAt(tree, path));
  const entries = [...texts].map(([name, text]) => ({ name, text })).sort((a, b) => (a.name < b.name ? -1 : 1));
  return { writes: [{ path: log, text: foldLog(number, entries) }], removes };
}

/** The entries of log.md as files of log/, as they were; undefined where there is no log.md. */
export function unfoldCase(tree: Tree, folder: string): Refolded | undefined {
  const log = `${folder}/log.md`;
  if (tree.read(log) === undefined) return undefined;
  const files = splitLog(textAt(tree, log)).entries.map(({ name, text }) => ({ path: `${folder}/log/${name}`, text }));
  return { writes: files.filter(({ path }) => tree.read(path) === undefined), removes: [log] };
}
