import { createHash } from 'node:crypto';
import type { Tree } from '../domain/tree.ts';
import { BUILD } from '../generated/build.ts';

const FORM = 'vcc-memory-2';

export const digest = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('base64url');

/** What everything in a memory depends on: this very vcc, vcc.yaml and policy.yaml. */
export const memoryKey = (tree: Tree): string => digest([BUILD, ...['vcc.yaml', 'policy.yaml'].map((path) => digest(tree.read(path) ?? ''))].join(' '));

/** The text to keep of a value, which openMemory gives back where it is whole and has the same key. */
export function sealMemory(value: unknown, key: string): string {
  const body = JSON.stringify(value);
  return [FORM, key, digest(body), body].join('\n');
}

/** What was sealed, or undefined: the seal says that it is whole, and as this very vcc wrote it. */
export function openMemory(text: string | undefined, key: string): unknown {
  const [form, known, seal, body] = text?.split('\n', 4) ?? [];
  if (form !== FORM || known !== key || body === undefined || digest(body) !== seal) return undefined;
  return JSON.parse(body);
}
