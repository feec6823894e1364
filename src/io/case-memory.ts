import { resolve } from 'node:path';
import type { Noted } from '../domain/tree.ts';
import type { CaseMemory, ComingMemory, ObjectFormat, SeenStamp } from '../domain/case-memory.ts';
import { openValue, sealValue } from '../documents/memory-text.ts';
import { BUILD } from '../generated/build.ts';
import { stampLine, stampOf } from '../documents/case-stamp.ts';
import type { TreeFile } from '../domain/tree.ts';
import { KINDS } from './index-tree.ts';
import { endOfIndex, isPlainName, readIndex, type ReadIndex } from './git-index.ts';
import { byNul, onServer, runGit, type GitResult } from './git-process.ts';
import { noteIn, plainGitFolder, withoutMemory } from './notes.ts';
import { workTree, filesBeside } from './work-tree.ts';

const FOLDER = /^(cases\/[0-9]{4}\/[0-9]{8})\//;
/** Bytes of an id. */
const HASH_LENGTH: Readonly<Record<ObjectFormat, number>> = { sha1: 20, sha256: 32 };

/**
 * Git compares what it noted of each file with what the disk says, and nothing else: diff-files, as long as nobody refreshes the index, names
 * every file whose times, size or inode are other than noted, whatever is in it, so that line ends which Git would convert count as well.
 * The person's settings that look at less are overruled.
 */
const COMPARING = ['core.trustctime=true', 'core.fileMode=true', 'core.checkStat=default', 'core.fsmonitor=false', 'core.ignoreStat=false', 'core.ignoreCase=false', 'core.quotepath=false'].flatMap((setting) => ['-c', setting]);

/** What tells where Git keeps things. A filter may put other bytes of the same length into the work tree than Git's objects hold. */
const ASKED = ['config', '-z', '--get-regexp', '^(filter\\.|extensions\\.|core\\.(worktree|bare)$)'];
/** What this one puts there is told by the object, and has another length. */
const LFS = /^filter\.lfs\.[a-z]+$/;

interface Place {
  readonly index: string;
  /** The folder of what is remembered. */
  readonly store: string;
  readonly format: ObjectFormat;
}

const formatCalled = (name: string | undefined): ObjectFormat | undefined => (name === 'sha1' || name === 'sha256' ? name : undefined);

/** undefined where there is no work tree of Git's at the root, or one with filters. */
async function placeOf(root: string): Promise<Place | undefined> {
  const { code, stdout } = await runGit(root, ASKED);
  const settings = new Map(byNul(stdout.toString('utf8')).map((each) => [each.split('\n', 1)[0] ?? '', each.slice(each.indexOf('\n') + 1)]));
  if (code > 1 || [...settings.keys()].some((name) => name.startsWith('filter.') && !LFS.test(name))) return undefined;
  const folder = onServer() ? undefined : plainGitFolder(root);
  if (folder !== undefined && !settings.has('core.worktree') && settings.get('core.bare') !== 'true') {
    const format = formatCalled(settings.get('extensions.objectformat') ?? 'sha1');
    return format && { index: resolve(folder, 'index'), store: resolve(folder, 'vcc'), format };
  }
  const asked = await runGit(root, ['rev-parse', '--show-prefix', '--git-path', 'index', '--git-path', 'vcc', '--show-object-format']);
  const [prefix, index, store, named] = asked.stdout.toString('utf8').split('\n');
  const format = formatCalled(named);
  return asked.code !== 0 || prefix !== '' || index === undefined || store === undefined || format === undefined ? undefined : { index: resolve(root, index), store: resolve(root, store), format };
}

/** undefined where there is no work tree of Git's at the root, one of a kind that is not read here, or one with filters: then everything is read. */
export async function openCaseMemory(root: string): Promise<ComingMemory | undefined> {
  // Three of Git's commands take no longer than one when they start together; mostly the index is where it is by default.
  const usual = resolve(root, '.git', 'index');
  const soon = compareWithIndex(root, usual);
  const place = await placeOf(root);
  if (place === undefined) {
    await soon.compared;
    return undefined;
  }
  const { index, store, format } = place;
  const notes: Pick<CaseMemory, 'recall' | 'keep'> = {
    recall: (what) => noteIn(store, what).recall(),
    keep: (what, parts) => noteIn(store, what).keep(parts),
  };
  const known = (): ReadIndex | undefined => indexIn(index, HASH_LENGTH[format], noteIn(store, 'index'));
  const seen = look(root, index === usual ? soon : compareWithIndex(root, index), known);
  // Whoever asks for it is told of what went wrong.
  seen.catch(() => undefined);
  return { recall: notes.recall, seen: async () => { const found = await seen; return found && { ...found, ...notes, format }; } };
}

/** What the index says of the cases; what an earlier run read in the same index is not read again, for it is a hundred times as long. */
function indexIn(path: string, hashLength: number, note: Noted): ReadIndex | undefined {
  const end = endOfIndex(path);
  if (end === undefined) return undefined;
  const key = `${BUILD} ${end}`;
  const noted = openValue(note.recall(), key) as (Omit<ReadIndex, 'cases'> & { readonly cases: readonly (readonly [string, string | null])[] }) | undefined;
  if (noted !== undefined) return { ...noted, cases: new Map(noted.cases) };
  const read = readIndex(path, end, hashLength);
  if (read) note.keep(sealValue({ ...read, cases: [...read.cases] }, key));
  return read;
}

async function look(root: string, { before, compared }: Comparison, known: () => ReadIndex | undefined): Promise<Pick<CaseMemory, 'cases' | 'others' | 'outbox'> | undefined> {
  // While Git still compares.
  const read = known();
  const beside = filesBeside(root, 'cases');
  const { after, changed, untracked } = await compared;
  // Somebody else added files or refreshed the index in between: what was compared is not what was read.
  if (!read || before === undefined || before !== after || changed.code !== 0 || untracked.code !== 0) return undefined;
  const open = new Set<string>();
  const strays = new Set(read.strays);
  for (const path of [...byNul(changed.stdout.toString('utf8')), ...byNul(untracked.stdout.toString('utf8'))]) {
    const folder = FOLDER.exec(path)?.[1];
    if (folder === undefined) strays.add(path);
    else open.add(folder);
  }
  const tree = workTree(root);
  const cases = new Map<string, SeenStamp>();
  for (const folder of [...new Set([...read.cases.keys(), ...open])].sort()) {
    if (!open.has(folder)) cases.set(folder, read.cases.get(folder) ?? undefined);
    // Of a case whose files are all gone, Git alone still knows. A folder that gave way to a link is a file of no case.
    else if (tree.files(folder).some(({ path }) => path !== folder)) cases.set(folder, undefined);
  }
  return { cases, outbox: read.outbox, others: [...beside, ...[...strays].flatMap((path) => tree.files(path.replace(/\/$/, '')))] };
}

/** What was found out about the cases of a work tree, or of another commit, holds for those of a commit with the same blobs. */
export async function memoryAt(root: string, commit: string): Promise<CaseMemory | undefined> {
  if (withoutMemory()) return undefined;
  const [asked, listed] = await Promise.all([runGit(root, ['rev-parse', '--git-path', 'vcc', '--show-object-format']), runGit(root, ['ls-tree', '-r', '-l', '-z', '--full-tree', commit])]);
  const [place, named] = asked.stdout.toString('utf8').split('\n');
  const format = formatCalled(named);
  if (asked.code !== 0 || listed.code !== 0 || place === undefined || format === undefined) return undefined;
  const lines = new Map<string, string[] | undefined>();
  const others: TreeFile[] = [];
  for (const entry of byNul(listed.stdout.toString('utf8'))) {
    const path = entry.slice(entry.indexOf('\t') + 1);
    const [mode = '', , object = '', size] = entry.slice(0, entry.indexOf('\t')).split(/ +/);
    const folder = FOLDER.exec(path)?.[1];
    const kind = KINDS[mode] ?? 'file';
    if (folder === undefined) others.push({ path, kind });
    else if ((kind !== 'file' && kind !== 'executable') || !isPlainName(path)) lines.set(folder, undefined);
    else if (!lines.has(folder) || lines.get(folder) !== undefined) {
      const known = lines.get(folder) ?? [];
      known.push(stampLine({ path, executable: kind === 'executable', size: Number(size), object }));
      lines.set(folder, known);
    }
  }
  const store = resolve(root, place);
  return {
    cases: new Map([...lines].map(([folder, known]) => [folder, known && stampOf(known.join(''))])),
    format,
    others,
    outbox: [],
    recall: (what) => noteIn(store, what).recall(),
    keep: (what, parts) => noteIn(store, what).keep(parts),
  };
}

interface Comparison {
  /** How the index ended before Git compared the files with what it had noted of them. */
  readonly before: string | undefined;
  /** How it ended afterwards, and what Git found. */
  readonly compared: Promise<{ readonly after: string | undefined; readonly changed: GitResult; readonly untracked: GitResult }>;
}

function compareWithIndex(root: string, index: string): Comparison {
  const before = endOfIndex(index);
  const started = Promise.all([
    runGit(root, [...COMPARING, 'diff-files', '--name-only', '--ignore-submodules=none', '--no-relative', '--no-renames', '-z', '--', 'cases']),
    // Without --exclude-standard: also what Git ignores is a file that lint looks at.
    runGit(root, [...COMPARING, 'ls-files', '--others', '-z', '--', 'cases']),
  ]);
  const compared = started.then(([changed, untracked]) => ({ after: endOfIndex(index), changed, untracked }));
  compared.catch(() => undefined);
  return { before, compared };
}
