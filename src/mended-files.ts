import type { FileMend } from './domain/file-mend.ts';
import { legibleLine } from './documents/legible.ts';
import type { Tree } from './domain/tree.ts';
import type { Environment } from './environment.ts';
import { mendsIn } from './rules/mending.ts';

/** Mends in the work tree what can be mended there, of these paths and rules (all when missing), and says so file by file. dryRun: writes nothing. */
export async function mendFiles(env: Environment, tree: Tree, { named, rule, dryRun = false }: { readonly named: readonly string[]; readonly rule?: readonly string[] | undefined; readonly dryRun?: boolean | undefined }): Promise<readonly FileMend[]> {
  const { out } = env;
  const mends = mendsIn(tree, {
    now: env.clock.now(),
    ...(named.length === 0 ? {} : { within: named }),
    ...(rule === undefined ? {} : { only: rule }),
    committed: new Set(await env.git.committed('cases')),
  });
  if (mends.length === 0) {
    out.say('There is nothing that vcc lint --fix can mend.');
    return mends;
  }
  if (!dryRun) await env.mend(mends);
  for (const { path, rules } of mends) out.say(`${dryRun ? 'would mend' : 'mended'} ${legibleLine(path)} (${rules.join(', ')})`);
  out.say(dryRun ? 'Nothing was written (--dry-run). What follows is what would be left:' : 'Nothing was committed: look at it with git diff, and git add it. What is left:');
  return mends;
}
