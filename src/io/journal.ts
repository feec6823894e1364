import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { refusal } from '../domain/problem.ts';
import { inParallel } from './in-parallel.ts';
import type { ProcessMark } from './process-mark.ts';
import { failedWith } from './failed-with.ts';

/** One repository's share of a run: files of known content, and the commit that shall hold them. */
export interface Part {
  readonly name: 'private' | 'public';
  readonly root: string;
  /** The commit it stands on; undefined in a repository without one. */
  readonly head?: string;
  readonly files: readonly PartFile[];
  readonly message: string;
  /** Author and committer, where they are not for Git to choose. */
  readonly env: Readonly<Record<string, string>>;
}

export interface RunFile {
  readonly path: string;
  /** Name of the waiting content in the run's folder. */
  readonly waiting: string;
  readonly sha256: string;
}

/** What a run does at one path of a repository: write what waits, or remove what is there. */
export type PartFile = RunFile | { readonly path: string; readonly removed: true };

/** What a run is about to do, written down before it does any of it, so that the next run can finish or undo it. */
export interface Run {
  /** 2 where nothing is to be taken back, of which an earlier vcc knows nothing. */
  readonly version: 1 | 2;
  readonly summary: string;
  readonly case: Part;
  readonly publication?: Part;
  readonly mails: readonly RunFile[];
  /** Files of the work tree that nobody has committed yet: what a person wrote there is nowhere else, and nothing is taken back. */
  readonly uncommitted?: true;
}

/** As many threads as Node has for this. */
const SYNCED_AT_ONCE = 4;

/** Milliseconds in which git writes an index, at most. */
const INDEXING_LASTS = 2000;

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The folder <git-dir>/vcc: lock, journal.json, and run/ with the content that waits. */
export class Journal {
  readonly folder: string;
  /** What only the process that wrote the journal needs. */
  private held: ReadonlyMap<string, Uint8Array> = new Map();

  constructor(folder: string) {
    this.folder = folder;
  }

  get runFolder(): string {
    return join(this.folder, 'run');
  }

  /**
   * First the contents, then the journal: a journal that exists can always be carried out. Whoever settles it writes no public file:
   * either Git has them all by then or they are taken back. So these wait in memory alone, for a site has ten thousands.
   */
  begin(run: Run, contents: ReadonlyMap<string, Uint8Array>): void {
    // Contents without a journal are what a run left that died before it began.
    rmSync(this.runFolder, { recursive: true, force: true });
    // Mail names the recipient, and one in clear can be read: it is for nobody else on this machine.
    mkdirSync(this.runFolder, { recursive: true, mode: 0o700 });
    try {
      this.held = contents;
      const needed = new Set([...run.case.files.flatMap((file) => ('waiting' in file ? [file.waiting] : [])), ...run.mails.map(({ waiting }) => waiting)]);
      for (const [name, bytes] of contents) if (needed.has(name)) writeDurably(join(this.runFolder, name), bytes, 0o600);
      const draft = join(this.runFolder, 'journal.json');
      writeDurably(draft, Buffer.from(`${JSON.stringify(run, null, 2)}\n`));
      renameSync(draft, this.path);
    } catch (problem) {
      // A full disk: nothing has begun, so nothing may wait.
      rmSync(this.runFolder, { recursive: true, force: true });
      throw problem;
    }
  }

  read(): Run | undefined {
    if (!existsSync(this.path)) return undefined;
    const run = parsed<Run>(readFileSync(this.path, 'utf8'));
    if (run === undefined || ((run.version === 1 || run.version === 2) && run.case === undefined)) {
      throw refusal('journal', `${this.path} is damaged: nobody can tell what the interrupted run was about`, 'Look at git status and git log; commit or undo by hand what it left, then remove that file.');
    }
    if (run.version !== 1 && run.version !== 2) {
      throw refusal('journal', `${this.path} was written by another version of vcc`, 'Run the version of vcc that was interrupted once more; it finishes its work.');
    }
    return run as Run;
  }

  waiting(file: RunFile): Uint8Array {
    return this.held.get(file.waiting) ?? readFileSync(join(this.runFolder, file.waiting));
  }

  /** Notes the git that was started for a commit: it goes on when vcc is killed, and must be waited for. */
  noteChild(mark: ProcessMark): void {
    writeDurably(join(this.runFolder, 'child.json'), Buffer.from(JSON.stringify(mark)));
  }

  child(): ProcessMark | undefined {
    try {
      // Cut off by the kill: then nothing else was done with that git either.
      const { pid, host, started } = parsed<ProcessMark>(readFileSync(join(this.runFolder, 'child.json'), 'utf8')) ?? {};
      if (pid === undefined || host === undefined) return undefined;
      return { pid, host, ...(started === undefined ? {} : { started }) };
    } catch (problem) {
      if (failedWith(problem, 'ENOENT')) return undefined;
      throw problem;
    }
  }

  /** Notes that the person's index is being written: a lock on it that stays from this moment is ours. */
  noteIndexing(part: Part['name']): void {
    writeFileSync(join(this.runFolder, `${part}.indexing`), '');
  }

  /** Whether a lock of the index, last written at this time, was left by our own git and not by the person's. */
  isOwnIndexLock(part: Part['name'], written: number): boolean {
    const noted = statSync(join(this.runFolder, `${part}.indexing`), { throwIfNoEntry: false })?.mtimeMs;
    return noted !== undefined && Math.abs(written - noted) < INDEXING_LASTS;
  }

  /** The run is over. The journal goes first: contents alone mean nothing. */
  end(): void {
    rmSync(this.path, { force: true });
    rmSync(this.runFolder, { recursive: true, force: true });
  }

  private get path(): string {
    return join(this.folder, 'journal.json');
  }
}

/** An object as vcc wrote it; undefined for what is cut off or no object. */
function parsed<T extends object>(text: string): Partial<T> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value) : undefined;
  } catch (problem) {
    if (problem instanceof SyntaxError) return undefined;
    throw problem;
  }
}

/** Writes and waits until it is on the disk, for a power cut is a kill too. */
export const writeDurably = (path: string, bytes: Uint8Array, mode = 0o666): void => writeWith(fsyncSync, path, bytes, mode);

/** Writes, for onDisk to wait. */
export const writeSoon = (path: string, bytes: Uint8Array): void => writeWith(() => undefined, path, bytes, 0o666);

/** Waits until files are on the disk: many at once, which takes a disk little more time than one. */
export async function onDisk(paths: readonly string[]): Promise<void> {
  await inParallel(paths, SYNCED_AT_ONCE, async (path) => {
    const file = await open(path, 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  });
}

function writeWith(sync: (descriptor: number) => void, path: string, bytes: Uint8Array, mode: number): void {
  const descriptor = openSync(path, 'w', mode);
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
    sync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
