import { chmodSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { refusal } from '../domain/problem.ts';
import type { HookFolder } from '../hook-folder.ts';
import { gitOutput } from './git-process.ts';
import { writeDurably } from './journal.ts';
import { failedWith } from './failed-with.ts';

/** husky has Git run scripts of its own in .husky/_, which nobody commits; each runs that of its name in .husky, if there is one. */
const HUSKY = /(?<=[\\/]\.husky)[\\/]_$/;

/** The hooks of the case repository; Git is asked where they are, for core.hooksPath and linked work trees move them. */
export function hookFolder(root: () => string, bare: boolean, ownCommand: readonly string[]): HookFolder {
  const folder = async (): Promise<string> => resolve(root(), (await gitOutput(root(), ['rev-parse', '--git-path', 'hooks'])).replace(/\n$/, '')).replace(HUSKY, '');
  const place = async (name: string): Promise<string> => {
    if (!/^[a-z-]+$/.test(name)) throw new RangeError(`not the name of a hook: ${name}`);
    return join(await folder(), name);
  };
  return {
    bare,
    folder,
    ownCommand,
    async read(name) {
      const path = await place(name);
      try {
        return readFileSync(path, 'utf8');
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
      await gitOutput(root(), ['config', '--local', key, value]);
    },
  };
}
