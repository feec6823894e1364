import { afterEach, beforeEach, expect, test } from 'vitest';
import { additionsIn } from '../src/io/git-additions.ts';
import { gitFacts } from '../src/io/git.ts';
import { workTree } from '../src/io/work-tree.ts';
import { leakingCommits } from '../src/leaking-texts.ts';
import { tempRepository, type TempRepository } from './support/temp-repo.ts';

let repository: TempRepository;
beforeEach(async () => {
  repository = await tempRepository();
});
afterEach(() => repository.dispose());

test('commits of which some were not looked through are no pass, and may go in parts', async () => {
  const git = gitFacts(repository.root, () => repository.root);
  const found = async (limit: number) => (await leakingCommits({ git: { ...git, additions: (range) => additionsIn(repository.root, range, limit) } }, workTree(repository.root), [], 'HEAD')).findings;
  expect(await found(64 * 1024 * 1024)).toEqual([]);
  expect(await found(10)).toMatchObject([{ severity: 'error', file: 'the commits', fix: expect.stringContaining('git push REMOTE COMMIT:refs/heads/BRANCH') as unknown }]);
});
