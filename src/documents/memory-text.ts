import { createHash } from 'node:crypto';
import type { Tree } from '../domain/tree.ts';
import { BUILD } from '../generated/build.ts';

const FORM = 'vcc-memory-3';
const [TAB, END] = [0x09, 0x0a];
/** Of a SHA-256 in base64url. */
const DIGEST_LENGTH = 43;

export const digest = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('base64url');

/** What everything in a memory depends on: this very vcc, vcc.yaml and policy.yaml. */
export const memoryKey = (tree: Tree): string => digest([BUILD, ...['vcc.yaml', 'policy.yaml'].map((path) => digest(tree.read(path) ?? ''))].join(' '));

/** Texts by their names, each found without the others being looked at: those of a hundred thousand cases would not all fit into memory. */
export interface Memory {
  names(): Iterable<string>;
  readonly size: number;
  get(name: string): string | undefined;
}

/** The parts of a text to keep, which openMemory takes where it is whole and has the same key. Names and texts hold no line ends, and names no tabs. */
export function* sealMemory(entries: Iterable<readonly [name: string, text: string]>, key: string): Generator<string> {
  const hash = createHash('sha256');
  const part = (text: string): string => (hash.update(text), text);
  yield part(`${FORM} ${key}\n`);
  for (const [name, text] of entries) yield part(`${name}\t${text}\n`);
  yield `${hash.digest('base64url')}\n`;
}

/** What was sealed, or undefined: the seal says that it is whole, and as this very vcc wrote it. */
export function openMemory(bytes: Uint8Array | undefined, key: string): Memory | undefined {
  if (bytes === undefined) return undefined;
  const kept = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const body = kept.length - DIGEST_LENGTH - 1;
  const head = `${FORM} ${key}\n`;
  if (body < head.length || kept.toString('latin1', 0, head.length) !== head || kept.toString('latin1', body) !== `${digest(kept.subarray(0, body))}\n`) return undefined;
  const places = new Map<string, number>();
  for (let at = head.length; at < body; at = kept.indexOf(END, at) + 1) places.set(kept.toString('latin1', at, kept.indexOf(TAB, at)), at);
  return {
    names: () => places.keys(),
    size: places.size,
    get(name) {
      const at = places.get(name);
      return at === undefined ? undefined : kept.toString('utf8', at + name.length + 1, kept.indexOf(END, at));
    },
  };
}

/** The same for a single value. */
export const sealValue = (value: unknown, key: string): Iterable<string> => sealMemory([['', JSON.stringify(value)]], key);

export function openValue(bytes: Uint8Array | undefined, key: string): unknown {
  const text = openMemory(bytes, key)?.get('');
  return text === undefined ? undefined : JSON.parse(text);
}
