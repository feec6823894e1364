import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SiteLook } from '../environment.ts';
import { headOf } from './commit-files.ts';
import { byNul, EVERY_CHANGE, gitNow, gitOutput, runGit } from './git-process.ts';
import { packageFolder } from './shipped-files.ts';

/*
 * A ref of this clone, refs/vcc/site/<hash>, names the commit at which vcc has seen the whole site to be right; the hash is of vcc
 * itself and of what else the pages are made from. What changed since, Git knows. A trailer in a commit would tell other clones as
 * well, but whoever can push there could write one, and hide a page behind it.
 */

const REFS = 'refs/vcc/site/';

export async function lookAtSite(folder: string, inputs: string): Promise<SiteLook> {
  if (!existsSync(join(folder, '.git'))) return { since: undefined, keep: () => Promise.resolve() };
  const ref = `${REFS}${createHash('sha256').update(`${programHash()} ${inputs}`).digest('hex')}`;
  const head = await headOf(folder);
  const known = await runGit(folder, ['rev-parse', '--quiet', '--verify', `${ref}^{commit}`]);
  const commit = known.stdout.toString('latin1').trim();
  return {
    since:
      known.code !== 0
        ? undefined
        : {
            paths: [...new Set([...byNul(await gitOutput(folder, ['diff', '--name-only', ...EVERY_CHANGE, '-z', commit])), ...byNul(await gitOutput(folder, ['ls-files', '--others', '-z']))])],
            read: (path) => contentAt(folder, commit, path),
          },
    async keep(commits) {
      const now = await headOf(folder);
      if (now === undefined || (await gitOutput(folder, ['status', '--porcelain=v1', '--untracked-files=all'])) !== '') return;
      const made = (await gitOutput(folder, ['rev-list', '--reverse', head === undefined ? now : `${head}..${now}`])).split('\n').filter((line) => line !== '');
      // A commit of somebody else in between was not looked at.
      if (made.join() !== commits.join()) return;
      const older = (await gitOutput(folder, ['for-each-ref', '--format=%(refname)', REFS])).split('\n').filter((name) => name !== '' && name !== ref);
      await gitOutput(folder, ['update-ref', '--stdin'], { input: [`update ${ref} ${now}`, ...older.map((name) => `delete ${name}`), ''].join('\n') });
    },
  };
}

function contentAt(folder: string, commit: string, path: string): Uint8Array | undefined {
  const listed = gitNow(folder, ['ls-tree', '-z', '--full-tree', commit, '--', path]).toString('utf8');
  const [, object] = /^100[0-7]{3} blob ([0-9a-f]+)\t/.exec(listed) ?? [];
  return object === undefined ? undefined : gitNow(folder, ['cat-file', 'blob', object]);
}

/** A hash of the program that runs, bundled or not, and of what ships with it for the site. */
function programHash(): string {
  const root = packageFolder();
  const [own = ''] = relative(root, fileURLToPath(import.meta.url)).split(sep);
  const hash = createHash('sha256');
  for (const folder of [own, join('templates', 'site')]) {
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).sort()) {
      if (/\.[a-z]+$/.test(name)) hash.update(`${name}\0`).update(readFileSync(join(root, folder, name)));
    }
  }
  return hash.digest('hex');
}
