import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { requireWholeCheckout } from '../../src/io/whole-checkout.ts';
import { tempRepository } from '../support/temp-repo.ts';
import type { TempRepository } from '../support/temp-repo.ts';

let repository: TempRepository;
beforeEach(async () => {
  repository = await tempRepository();
});
afterEach(() => repository.dispose());

const check = (folder: string) => (): void => requireWholeCheckout(folder);
const sparse = expect.objectContaining({ code: 'sparse-checkout', hint: 'Type: git sparse-checkout disable' }) as Error;

it('refuses a clone that leaves files out, as long as it does', () => {
  expect(check(repository.root)).not.toThrow();
  repository.git('sparse-checkout', 'set', 'cases');
  expect(check(repository.root)).toThrow(sparse);
  repository.git('sparse-checkout', 'disable');
  expect(check(repository.root)).not.toThrow();
});

it('tells further work trees apart', () => {
  const further = join(repository.folder, 'further');
  repository.git('worktree', 'add', '--quiet', further);
  repository.git('-C', further, 'sparse-checkout', 'set', 'cases');
  expect([check(further), check(repository.root)].map((each) => { try { each(); return 'whole'; } catch (problem) { return (problem as { code: string }).code; } })).toEqual(['sparse-checkout', 'whole']);
});
