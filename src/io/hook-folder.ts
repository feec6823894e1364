import { accessSync, chmodSync, constants, lstatSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { refusal } from '../domain/problem.ts';
import type { HookFolder } from '../domain/hook-folder.ts';
import { gitOutput, runGit } from './git-process.ts';
import { writeDurably } from './journal.ts';
import { failedWith } from './failed-with.ts';

/** husky has Git run scripts of its own in .husky/_, which nobody commits; each runs that of its name in .husky, if there is one. */
const HUSKY = /(?<=[\\/]\.husky)[\\/]_$/;

/** The hooks of the case repository; Git is asked where they are, for core.hooksPath and linked work trees move them. */
export function hookFolder(root: () => string, bare: boolean, ownCommand: readonly string[]): HookFolder {
  const gitsFolder = async (): Promise<string> => resolve(root(), (await gitOutput(root(), ['rev-parse', '--git-path', 'hooks'])).replace(/\n$/, ''));
  const folder = async (): Promise<string> => (await gitsFolder()).replace(HUSKY, '');
  const place = async (name: string): Promise<string> => {
    if (!/^[a-z-]+(?:\.legacy)?$/.test(name)) throw new RangeError(`not the name of a hook: ${name}`);
    return join(await folder(), name);
  };
  return {
    bare,
    folder,
    ownCommand,
    async read(name) {
      const path = await place(name);
      try {
        // Those of husky are read by a shell, which asks for no such right.
        return { script: readFileSync(path, 'utf8'), executable: HUSKY.test(await gitsFolder()) || mayRun(path) };
      } catch (problem) {
        if (failedWith(problem, 'ENOENT')) return undefined;
        throw problem;
      }
    },
    async write(name, script) {
      const path = await place(name);
      if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true) {
        throw refusal('foreign-hook', `${path} is a symlink to a hook that vcc did not write`, 'Remove it, or call `vcc lint --staged` from the hook it points to.');
      }
      mkdirSync(await folder(), { recursive: true });
      const draft = `${path}.vcc-draft`;
      writeDurably(draft, Buffer.from(script));
      chmodSync(draft, 0o755);
      renameSync(draft, path);
    },
    async remove(name) {
      rmSync(await place(name), { force: true });
    },
    async configure(key, value) {
      if (value !== undefined) await gitOutput(root(), ['config', '--local', key, value]);
      else if ((await runGit(root(), ['config', '--local', '--get', key])).code === 0) await gitOutput(root(), ['config', '--local', '--unset-all', key]);
    },
  };
}

/** As Git asks before it runs a hook: where a system knows no such right, all may run. */
function mayRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch (problem) {
    if (failedWith(problem, 'EACCES')) return false;
    throw problem;
  }
}
