import { renameSync, rmSync } from 'node:fs';
import { basename, dirname, relative, resolve } from 'node:path';
import { refusal } from '../domain/problem.ts';
import { failedWith } from './failed-with.ts';
import { writeDurably } from './journal.ts';

/** Writes a file that the person named: whole or not at all, and not into the case repository, where only a plan writes. */
export function writeOutput(cwd: string, root: string | undefined, path: string, content: string | Uint8Array): void {
  const target = resolve(cwd, path);
  const inside = root === undefined ? '..' : relative(root, target);
  if (!inside.startsWith('..')) throw refusal('inside-repository', `${path} lies in the case repository`, `Name a file elsewhere, for example ../${basename(path)}`);
  const draft = `${target}.vcc-draft`;
  try {
    // What is handed out as bytes was sealed.
    if (typeof content === 'string') writeDurably(draft, Buffer.from(content));
    else writeDurably(draft, content, 0o600);
    renameSync(draft, target);
  } catch (problem) {
    rmSync(draft, { force: true });
    if (failedWith(problem, 'ENOENT')) throw refusal('cannot-write', `${dirname(target)} does not exist`, 'Make that folder, or name another.');
    if (failedWith(problem, 'EISDIR') || failedWith(problem, 'ENOTEMPTY')) throw refusal('cannot-write', `${path} is a folder`, 'Name a file.');
    throw problem;
  }
}
