import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { gitDirOf } from './git-process.ts';

/** Files by which Git knows what it has begun, and how that is called; the first that is there counts. */
const BEGUN = [
  ['MERGE_HEAD', 'a merge', 'git merge'],
  ['CHERRY_PICK_HEAD', 'a cherry-pick', 'git cherry-pick'],
  ['REVERT_HEAD', 'a revert', 'git revert'],
  ['rebase-apply/applying', 'git am', 'git am'],
  ['rebase-merge', 'a rebase', 'git rebase'],
  ['rebase-apply', 'a rebase', 'git rebase'],
] as const;

/** What Git has begun in this work tree and waits for somebody to end, and the command that takes --continue and --abort. */
export async function underWay(root: string): Promise<{ readonly what: string; readonly command: string } | undefined> {
  const gitDir = await gitDirOf(root);
  const begun = BEGUN.find(([name]) => existsSync(join(gitDir, name)));
  return begun && { what: begun[1], command: begun[2] };
}
