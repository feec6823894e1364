import { existsSync, lstatSync, mkdirSync, readdirSync, realpathSync, renameSync, rmSync, rmdirSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { refusal } from '../domain/problem.ts';
import type { Configuration } from '../generated/documents.ts';
import { byNul, gitOutput, runGit } from './git-process.ts';

/** Where the public repository is or will be; refuses a place inside the case repository, and a repository with its files or its history, from where the one would leak into the other. */
export async function publicRepositoryAt(root: string, configuration: Configuration): Promise<string> {
  const folder = publicFolder(root, configuration);
  if (existsSync(join(folder, '.git'))) await refuseCaseRepository(root, folder);
  return folder;
}

/** Refuses a clone, a work tree or any other form of a case repository: whoever is served the public one would get every case. */
async function refuseCaseRepository(root: string, folder: string): Promise<void> {
  const refuse = (why: string): never => {
    throw refusal('public-repository', `the public repository ${folder} ${why}`, 'Set public.repository in vcc.yaml to a repository with a history of its own, or to a folder that does not exist yet.');
  };
  const present = PRIVATE.filter((name) => lstatSync(join(folder, name), { throwIfNoEntry: false }));
  const committed = (await runGit(folder, ['ls-tree', '--name-only', '-z', 'HEAD', '--', ...PRIVATE])).stdout.toString('utf8');
  const found = [...new Set([...present, ...byNul(committed)])];
  if (found.length > 0) refuse(`has ${found.join(' and ')}, so it holds cases`);
  if ((await commonDirOf(root)) === (await commonDirOf(folder))) refuse('is a work tree of the case repository');
  const roots = (await gitOutput(root, ['rev-list', '--all', '--max-parents=0'])).split('\n').filter((commit) => commit !== '');
  const shared = await runGit(folder, ['cat-file', '--batch-check'], { input: roots.map((commit) => `${commit}\n`).join('') });
  if (shared.stdout.toString('latin1').split('\n').some((line) => line.includes(' commit '))) refuse('has the history of the case repository');
}

/** What only a case repository has at its root. */
const PRIVATE = ['vcc.yaml', 'cases'];

const commonDirOf = async (folder: string): Promise<string> => realpathSync(resolve(folder, (await gitOutput(folder, ['rev-parse', '--git-common-dir'])).replace(/\n$/, '')));

function publicFolder(root: string, configuration: Configuration): string {
  const configured = configuration.public?.repository;
  if (configured === undefined) {
    throw refusal('no-public-repository', 'vcc.yaml names no public repository', 'Add to vcc.yaml: public: with repository (a path such as ../public) and url (where it is served), and commit.');
  }
  const folder = resolve(root, configured);
  const within = relative(realpathSync(root), existing(folder));
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

/** The folder without links on the way to it, as far as it exists. */
function existing(folder: string): string {
  if (existsSync(folder)) return realpathSync(folder);
  const parent = dirname(folder);
  return parent === folder ? folder : join(existing(parent), basename(folder));
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
