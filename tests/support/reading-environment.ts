import type { CommitLine } from '../../src/domain/commit.ts';
import type { Ask, Environment, GitFacts, KeyFacts, Keyring } from '../../src/environment.ts';
import { readWhen, type Instant } from '../../src/domain/instant.ts';
import { refusal } from '../../src/domain/problem.ts';
import { treeOf } from './case-tree.ts';

export interface Reading {
  readonly env: Environment;
  /** What was printed, talk and data apart. */
  readonly stdout: string[];
  readonly stderr: string[];
  readonly envelopes: Record<string, unknown>[];
}

export interface ReadingOptions {
  readonly now?: string;
  readonly json?: boolean;
  readonly width?: number;
  readonly colour?: boolean;
  readonly history?: readonly CommitLine[];
  /** Who sits at the keyboard, as Git tells it. */
  readonly identity?: { readonly name: string; readonly email: string };
  /** Files of ignored folders that Git keeps all the same. */
  readonly tracked?: readonly string[];
  /** By armored text, as keyring.inspect would tell it. */
  readonly keys?: Readonly<Record<string, KeyFacts>>;
}

/** Hands out what is there; whatever else a command asks for fails the test by name. */
const only = <T extends object>(known: Partial<T>): T =>
  new Proxy(known, {
    get: (target, name) => {
      if (!Reflect.has(target, name)) throw new Error(`a reading command must not use ${String(name)}`);
      return Reflect.get(target, name) as unknown;
    },
  }) as T;

/** An Environment on files in memory, for commands that only read. */
export function readingEnvironment(files: Readonly<Record<string, string | Uint8Array>>, options: ReadingOptions = {}): Reading {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const envelopes: Record<string, unknown>[] = [];
  const now: Instant = readWhen(options.now ?? '2014-05-20T10:00', 'Asia/Tokyo', '--now');
  const env = only<Environment>({
    clock: { now: () => now },
    ask: only<Ask>({ interactive: false }),
    out: {
      json: options.json ?? false,
      colour: options.colour ?? false,
      width: options.width ?? 80,
      print: (text) => stdout.push(text),
      envelope: (kind, content) => envelopes.push({ kind, ...content }),
      say: (text) => stderr.push(text),
    },
    workTree: () => treeOf(files),
    ahead: () => undefined,
    caseMemory: () => Promise.resolve(undefined),
    examineInShares: () => Promise.resolve([]),
    git: only<GitFacts>({ identity: () => Promise.resolve(options.identity), history: () => Promise.resolve(options.history ?? []), authorsOf: () => Promise.resolve([]), branch: () => Promise.resolve(undefined), underWay: () => Promise.resolve(undefined), tracked: () => Promise.resolve(options.tracked ?? []) }),
    keyring: only<Keyring>({
      inspect: (key) => {
        const facts = options.keys?.[String(key)];
        if (!facts) throw refusal('not-a-key', 'no OpenPGP public key', 'Ask for the key again.');
        return Promise.resolve({ ...facts, armored: String(key) });
      },
    }),
  });
  return { env, stdout, stderr, envelopes };
}
