import { existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, rmdirSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { refusal } from '../domain/problem.ts';
import type { Configuration } from '../generated/documents.ts';
import { gitOutput } from './git-process.ts';

/** Where the public repository is or will be; refuses a place inside the case repository, from where the one would leak into the other. */
export function publicRepositoryAt(root: string, configuration: Configuration): string {
  const configured = configuration.public?.repository;
  if (configured === undefined) {
    throw refusal('no-public-repository', 'vcc.yaml names no public repository', 'Add to vcc.yaml: public: with repository (a path such as ../public) and url (where it is served), and commit.');
  }
  const folder = resolve(root, configured);
  const within = relative(root, folder);
  if (within === '' || (within !== '..' && !within.startsWith(`..${sep}`))) {
    throw refusal('public-repository', `the public repository ${folder} is inside of the case repository`, 'Set public.repository in vcc.yaml to a folder beside it, such as ../public.');
  }
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (!found) {
    // Only its last folder is made: a mistyped path must not grow folders somewhere on this machine.
    if (existsSync(dirname(folder))) return folder;
    throw refusal('public-repository', `${dirname(folder)}, where the public repository should be, does not exist`, 'Make that folder, or correct public.repository in vcc.yaml.');
  }
  if (!found.isDirectory()) throw refusal('public-repository', `${folder} is not a folder`, 'Set public.repository in vcc.yaml to a folder of its own.');
  if (!existsSync(join(folder, '.git')) && readdirSync(folder).length > 0) {
    throw refusal('public-repository', `${folder} is neither empty nor a Git repository`, 'Set public.repository in vcc.yaml to a clone of the public repository, or to a folder that does not exist yet.');
  }
  return folder;
}

/** Makes the public repository where there is none; its history begins with the first advisory. A kill leaves no half one in its place. */
export async function openPublicRepository(folder: string): Promise<void> {
  if (existsSync(join(folder, '.git'))) return;
  const draft = join(dirname(folder), `.${basename(folder)}.vcc-draft`);
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft);
  await gitOutput(draft, ['init', '--quiet', '--initial-branch=main']);
  if (existsSync(folder)) rmdirSync(folder);
  renameSync(draft, folder);
}
