import { dataChanges, type DataChange } from '../domain/data-difference.ts';
import type { PathChange } from '../domain/commit.ts';
import type { Tree } from '../domain/tree.ts';
import { graveLine, line, type ReviewLine } from './review-line.ts';
import { readYaml } from './yaml-text.ts';

type FileStep = 'new' | 'changed' | 'gone';

/** A file outside of cases/ that differs, and what of it. */
export interface FileDifference {
  readonly path: string;
  readonly step: FileStep;
  /** Whether it says by which rules, by whom and to whom: a small change there moves every case. */
  readonly governs: boolean;
  /** None where it is no YAML that can be read. */
  readonly changes: readonly DataChange[];
}

/** The rules, the team, the contacts, the keys, the letters, and what checks all this. */
const GOVERNS = /^(?:(?:vcc|policy)\.yaml$|(?:vendors|partners|keys|templates|\.vcc|\.github|\.forgejo|\.gitea)\/|\.git(?:lab-ci\.yml|attributes|ignore|modules)$|\.pre-commit-config\.yaml$|\.mailmap$)/;

const stepOf = (before: Uint8Array | undefined, after: Uint8Array | undefined): FileStep => (before === undefined ? 'new' : after === undefined ? 'gone' : 'changed');

/** The files outside of cases/ that differ, those that govern first, vcc.yaml and policy.yaml before all. */
export function fileDifferences(before: Tree, after: Tree, changed: readonly PathChange[]): FileDifference[] {
  const found = changed.filter(({ path }) => !path.startsWith('cases/')).map(({ path }): FileDifference => {
    const [old, now] = [before.read(path), after.read(path)];
    const [was, is] = [valueOf(path, old), valueOf(path, now)];
    // What is new or gone as a whole is told by its fields as well: a new contact gets letters.
    const readable = (old === undefined || was !== undefined) && (now === undefined || is !== undefined);
    return { path, step: stepOf(old, now), governs: GOVERNS.test(path), changes: readable && path.endsWith('.yaml') ? dataChanges(was ?? {}, is ?? {}) : [] };
  });
  const rank = ({ path, governs }: FileDifference): number => (path === 'vcc.yaml' || path === 'policy.yaml' ? 0 : governs ? 1 : 2);
  return found.sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1));
}

function valueOf(path: string, bytes: Uint8Array | undefined): unknown {
  if (bytes === undefined || !path.endsWith('.yaml')) return undefined;
  const read = readYaml(path, bytes);
  return read.ok ? read.value : undefined;
}

type Say = (name: string, from: string, to: string) => ReviewLine;

/** What is dangerous, by file and place, with what it means. from and to are empty where there was or is nothing. */
const MEANING: readonly (readonly [file: RegExp, place: RegExp, step: 'come' | 'go' | 'change' | 'any', say: Say])[] = [
  [/^vcc\.yaml$/, /^team\/([^/]+)$/, 'come', (name, _, to) => graveLine`${name} joins the team and can open what is sealed for it: ${to}`],
  [/^vcc\.yaml$/, /^team\/([^/]+)$/, 'go', (name) => graveLine`${name} leaves the team`],
  [/^vcc\.yaml$/, /^team\/([^/]+)\/key$/, 'change', (name, from, to) => graveLine`the key of ${name} is replaced: ${from} → ${to}`],
  [/^vcc\.yaml$/, /^team\/([^/]+)\/email$/, 'change', (name, from, to) => graveLine`commits from another address count as those of ${name}: ${from} → ${to}`],
  [/^vcc\.yaml$/, /^lint\/suppressions$/, 'come', (_, __, to) => graveLine`findings are left out: ${to}`],
  [/^vcc\.yaml$/, /^lint$/, 'come', (_, __, to) => graveLine`findings are judged otherwise or left out: ${to}`],
  [/^vcc\.yaml$/, /^lint\/severities\/([^/]+)$/, 'any', (name, from, to) => graveLine`the rule ${name} is judged otherwise: ${from || 'as shipped'} → ${to || 'as shipped'}`],
  [/^vcc\.yaml$/, /^leakGuard$/, 'come', () => graveLine`no marks are written any more, so that nothing finds a sealed value in a text`],
  [/^vcc\.yaml$/, /^public(?:\/.*)?$/, 'any', (_, from, to) => graveLine`where and how advisories are published: ${from || 'nothing'} → ${to || 'nothing'}`],
  [/^policy\.yaml$/, /^gate\/([^/]+)$/, 'go', (name) => graveLine`the gate does not ask for ${name} any more`],
  [/^policy\.yaml$/, /^gateOmits\/([^/]+)$/, 'come', (name, _, to) => graveLine`the gate leaves out ${name}: ${to}`],
  [/^policy\.yaml$/, /^gateOmits$/, 'come', (_, __, to) => graveLine`the gate leaves out: ${to}`],
  [/^policy\.yaml$/, /^deadlines\/([^/]+)$/, 'go', (name) => graveLine`there is no deadline ${name} any more`],
  [/^policy\.yaml$/, /^deadlines\/([^/]+)$/, 'come', (name, _, to) => line`new deadline ${name}: ${to}`],
  [/^policy\.yaml$/, /^deadlines\/([^/]+)\/length\/.*$/, 'change', (name, from, to) => graveLine`the length of the deadline ${name}: ${from} → ${to}`],
  [/^policy\.yaml$/, /^escalation\/([^/]+)$/, 'go', (name) => graveLine`the ladder has no step ${name} any more`],
  [/^(?:vendors|partners)\//, /^contacts\/([^/]+)$/, 'come', (name, _, to) => graveLine`letters may go to ${name}: ${to}`],
  [/^(?:vendors|partners)\//, /^contacts$/, 'come', (_, __, to) => graveLine`letters may go to ${to}`],
  [/^(?:vendors|partners)\//, /^contacts\/([^/]+)$/, 'go', (name) => line`no letters go to ${name} any more`],
  [/^(?:vendors|partners)\//, /^contacts\/([^/]+)\/key$/, 'change', (name, from, to) => graveLine`the key of ${name} is replaced: ${from} → ${to}`],
  [/^(?:vendors|partners)\//, /^contacts\/([^/]+)\/key$/, 'go', (name, from) => graveLine`${name} has no key any more: ${from}`],
  [/^(?:vendors|partners)\//, /^(?:agreement|nda)(?:\/.*)?$/, 'any', (_, from, to) => graveLine`the agreement to keep secrets: ${from || 'none'} → ${to || 'none'}`],
];

const stepOfChange = ({ from, to }: DataChange): 'come' | 'go' | 'change' => (from === undefined ? 'come' : to === undefined ? 'go' : 'change');

/** One change of a file in words. */
export function changeOfFile(path: string, change: DataChange): ReviewLine {
  const step = stepOfChange(change);
  const [from, to] = [shown(change.from), shown(change.to)];
  for (const [file, place, when, say] of MEANING) {
    const found = file.test(path) && (when === 'any' || when === step) ? place.exec(change.path.join('/')) : null;
    if (found) return say(found[1] ?? '', from, to);
  }
  const name = change.path.join(' › ');
  return step === 'come' ? line`${name}, new: ${to}` : step === 'go' ? line`${name}, gone: ${from}` : line`${name}: ${from} → ${to}`;
}

/** What happened to a file as a whole. */
export function fileLine({ path, step, governs }: FileDifference): ReviewLine {
  if (!governs) return step === 'gone' ? line`${path} is gone` : step === 'new' ? line`${path} is new` : line`${path}`;
  return step === 'gone' ? graveLine`${path} is gone` : step === 'new' ? line`${path} is new` : path.endsWith('.yaml') ? line`${path}` : graveLine`${path} is changed`;
}

const MOST = 200;

/** A value in one line that a person reads: amount: 10, unit: business-day. */
function shown(value: unknown): string {
  const text = value === undefined ? '' : inWords(value, true);
  return text.length <= MOST ? text : `${text.slice(0, MOST)}…`;
}

function inWords(value: unknown, outermost = false): string {
  if (Array.isArray(value)) return outermost ? value.map((one) => inWords(one)).join(', ') : `[${value.map((one) => inWords(one)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(([name, one]) => `${name}: ${inWords(one)}`).join(', ');
    return outermost ? fields : `{${fields}}`;
  }
  return String(value);
}
