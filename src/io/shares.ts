import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Share } from '../domain/case-memory.ts';
import type { Progress } from './in-parallel.ts';
import { packageFolder } from './shipped-files.ts';

/** Cases. To start a thread takes as long as to examine a dozen; each further share looks again at what belongs to no case. */
const SMALLEST_SHARE = 200;
const MOST_SHARES = 100;
/** Each holds the program, and the texts of a share. */
const MOST_THREADS = 8;
/** MiB, of which a share takes a third; without it a thread would take more before it tidies up. */
const MEMORY = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16 };

/** Has the cases of these folders examined by as many threads as there are processors: what each share of them gave, as it would be kept. */
export async function examineInShares(root: string, unknown: readonly string[], share: Omit<Share, 'own'>, progress: Progress = () => undefined): Promise<string[]> {
  const size = Math.max(SMALLEST_SHARE, Math.ceil(unknown.length / MOST_SHARES));
  const waiting = Array.from({ length: Math.ceil(unknown.length / size) }, (_, index) => unknown.slice(index * size, (index + 1) * size));
  const count = Math.min(availableParallelism(), MOST_THREADS, waiting.length);
  if (count < 2) return [];
  const texts: string[] = [];
  const onText = (text: string): void => {
    texts.push(text);
    progress(texts.length * size, unknown.length);
  };
  await Promise.all(Array.from({ length: count }, () => inThread({ root, share }, waiting, onText)));
  return texts;
}

/** A thread that takes one share after the other. What goes wrong in it will go wrong again when the case is examined here, and is told then. */
function inThread(workerData: { readonly root: string; readonly share: Omit<Share, 'own'> }, waiting: (readonly string[])[], onText: (text: string) => void): Promise<void> {
  return new Promise((resolve) => {
    const thread = new Worker(join(packageFolder(), 'bin', 'thread.js'), { workerData, resourceLimits: MEMORY });
    const next = (): void => {
      const own = waiting.shift();
      if (own === undefined) void thread.terminate();
      else thread.postMessage(own);
    };
    thread.on('message', (text: string) => {
      onText(text);
      next();
    });
    thread.on('error', () => undefined);
    thread.once('exit', () => resolve());
    next();
  });
}
