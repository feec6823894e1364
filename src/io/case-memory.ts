import { resolve } from 'node:path';
import type { CaseMemory, SeenCase } from '../domain/case-memory.ts';
import { readIndex } from './git-index.ts';
import { byNul, runGit, type GitResult } from './git-process.ts';
import { noteIn, readWhole, timeIn } from './notes.ts';
import { workTree, filesBeside } from './work-tree.ts';

const FOLDER = /^(cases\/[0-9]{4}\/[0-9]{8})\//;
/** Seconds. Some file systems count time in steps of two. */
const COARSEST = 3;

/**
 * Git compares what it noted of each file with what the disk says, and nothing else: diff-files, as long as nobody refreshes the index, names
 * every file whose times, size or inode are other than noted, whatever is in it, so that line ends which Git would convert count as well.
 * The person's settings that look at less are overruled.
 */
const COMPARING = ['core.trustctime=true', 'core.checkStat=default', 'core.fsmonitor=false', 'core.ignoreStat=false', 'core.quotepath=false'].flatMap((setting) => ['-c', setting]);

/** undefined where there is no work tree of Git's at the root, or one of a kind that is not read here: then everything is read. coarsest: seconds within which two changes of a file may have the same time. */
export async function openCaseMemory(root: string, coarsest = COARSEST): Promise<CaseMemory | undefined> {
  // Three of Git's commands take no longer than one when they start together; mostly the index is where it is by default.
  const usual = resolve(root, '.git', 'index');
  const [asked, soon] = await Promise.all([
    runGit(root, ['rev-parse', '--show-prefix', '--git-path', 'index', '--git-path', 'vcc', '--show-object-format']),
    compareWithIndex(root, usual),
  ]);
  const [prefix, index, place, format] = asked.stdout.toString('utf8').split('\n');
  if (asked.code !== 0 || prefix !== '' || index === undefined || place === undefined) return undefined;
  const hashLength = format === 'sha1' ? 20 : format === 'sha256' ? 32 : undefined;
  if (hashLength === undefined) return undefined;
  const store = resolve(root, place);
  const started = timeIn(store);
  const own = resolve(root, index);
  const { before, after, changed, untracked } = own === usual ? soon : await compareWithIndex(root, own);
  const read = before && readIndex(before, hashLength);
  // Somebody else added files or refreshed the index in between: what was compared is not what was read.
  if (!read || changed.code !== 0 || untracked.code !== 0 || after?.subarray(-hashLength).toString('base64') !== read.seal) return undefined;
  const open = new Set<string>();
  const strays = new Set(read.strays);
  for (const path of [...byNul(changed.stdout.toString('utf8')), ...byNul(untracked.stdout.toString('utf8'))]) {
    const folder = FOLDER.exec(path)?.[1];
    if (folder === undefined) strays.add(path);
    else open.add(folder);
  }
  const cases = new Map<string, SeenCase>();
  for (const folder of [...new Set([...read.cases.keys(), ...open])].sort()) {
    const known = read.cases.get(folder);
    const stamp = known?.trusted === true && !open.has(folder) ? known.stamp : undefined;
    cases.set(folder, { stamp, settled: started !== undefined && known !== undefined && known.newest + coarsest < started });
  }
  const tree = workTree(root);
  return {
    cases,
    others: [...filesBeside(root, 'cases'), ...[...strays].flatMap((path) => tree.files(path.replace(/\/$/, '')))],
    recall: (what) => noteIn(store, what).recall(),
    keep(what, text) {
      if (started !== undefined) noteIn(store, what).keep(text);
    },
  };
}

/** The index before and after Git compared the files with what it had noted of them, and what it found. */
async function compareWithIndex(root: string, index: string): Promise<{ readonly before: Buffer | undefined; readonly after: Buffer | undefined; readonly changed: GitResult; readonly untracked: GitResult }> {
  const before = readWhole(index);
  const [changed, untracked] = await Promise.all([
    runGit(root, [...COMPARING, 'diff-files', '--name-only', '--ignore-submodules=none', '--no-relative', '--no-renames', '-z', '--', 'cases']),
    // Without --exclude-standard: also what Git ignores is a file that lint looks at.
    runGit(root, [...COMPARING, 'ls-files', '--others', '-z', '--', 'cases']),
  ]);
  return { before, after: readWhole(index), changed, untracked };
}
