import { open } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { VccError, refusal, usage } from '../domain/problem.ts';
import { failedWith } from './failed-with.ts';

/** Reads a file that the person named, or standard input for '-'. Stops at the limit: a report of 20 MB, or /dev/zero, is never read to its end. */
export async function readInput(cwd: string, path: string, limit: number, stdin: Readable & { readonly isTTY?: boolean }): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  if (path === '-') {
    if (stdin.isTTY === true) throw usage('nothing comes from standard input', 'Give the name of a file, or pipe one in: vcc intake - < report.yaml');
    return { name: 'standard input', bytes: await collect(stdin, limit, 'standard input') };
  }
  // At a prompt the keyboard is standard input, and no file comes from it.
  const orPiped = stdin.isTTY === true ? '' : ', or - for standard input';
  // A shell does this to an argument; what is typed at a prompt has seen no shell.
  const full = resolve(cwd, path.startsWith('~/') ? join(homedir(), path.slice(2)) : path);
  const handle = await open(full, 'r').catch((cause: unknown) => {
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new VccError({ code: 'cannot-read', message: `cannot read ${path} (${why})`, hint: `Give the name of an existing file${orPiped}.`, exitCode: failedWith(cause, 'ENOENT', 'ENOTDIR') ? 2 : 1, cause });
  });
  try {
    if ((await handle.stat()).isDirectory()) throw new VccError({ code: 'cannot-read', message: `${path} is a folder`, hint: `Give the name of a file${orPiped}.`, exitCode: 2 });
    return { name: path, bytes: await collect(handle.createReadStream({ autoClose: false }), limit, path) };
  } finally {
    await handle.close();
  }
}

async function collect(stream: Readable, limit: number, name: string): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw refusal('too-large', `${name} is larger than ${Math.floor(limit / 1024)} KB`, 'See that it is the right file. Of a report, give the text and keep large files elsewhere; of a key: gpg --armor --export-options export-minimal --export FINGERPRINT');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
