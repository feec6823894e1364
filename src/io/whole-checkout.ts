import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { refusal } from '../domain/problem.ts';
import { gitNow, ownGitEnvironment } from './git-process.ts';

/** Refuses a clone that leaves out files on purpose: the clock of a case that is not there would run unseen. */
export function requireWholeCheckout(root: string): void {
  const folder = gitFolder(join(root, '.git'));
  // Git writes the file before the setting, and leaves it there when all is checked out again.
  if (folder === undefined || !existsSync(join(folder, 'info', 'sparse-checkout'))) return;
  if (gitNow(root, ['config', '--bool', '--default', 'false', 'core.sparseCheckout'], '', ownGitEnvironment()).toString('utf8').trim() !== 'true') return;
  throw refusal('sparse-checkout', 'this clone has a part of the files only (sparse checkout): a case that is left out, and what is due in it, would not be seen', 'Type: git sparse-checkout disable');
}

/** Of a further work tree, .git is a file that says where its own folder is. */
function gitFolder(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() !== true) return found?.isDirectory() === true ? path : undefined;
  const [, named] = /^gitdir: (.+?)\r?\n?$/.exec(readFileSync(path, 'utf8')) ?? [];
  return named === undefined ? undefined : resolve(join(path, '..'), named);
}
