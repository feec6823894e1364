import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readYaml } from '../src/documents/yaml-text.ts';
import { CASE, edit, rightRepository, type Files } from './rules/right-repository.ts';
import { typedVcc, type TypedVcc } from './support/typed-vcc.ts';

interface FrameworkHook {
  readonly id: string;
  readonly entry: string;
  readonly stages: readonly string[];
  readonly pass_filenames?: boolean;
}

const FILE = '.pre-commit-hooks.yaml';
const read = readYaml(FILE, readFileSync(join(import.meta.dirname, '..', FILE)));
if (!read.ok) throw new Error(JSON.stringify(read.findings));
const hooks = read.value as readonly FrameworkHook[];

let place: TypedVcc;
beforeAll(() => {
  place = typedVcc();
  place.git(['init', '--quiet', '--initial-branch=main']);
  writeAll(rightRepository());
  writeFileSync(join(place.folder, '.git', 'COMMIT_EDITMSG'), 'A message\n');
});
afterAll(() => place.dispose());

function writeAll(files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(place.folder, path)), { recursive: true });
    writeFileSync(join(place.folder, path), content);
  }
  place.git(['add', '--all']);
}

/** As the framework types it: of a message the name of its file follows. */
const run = ({ entry, pass_filenames: named = true }: FrameworkHook): { readonly code: number; readonly stderr: string } => {
  const [program, ...args] = entry.split(' ');
  expect(program).toBe('vcc');
  return place.vcc([...args, ...(named ? ['.git/COMMIT_EDITMSG'] : [])], { env: { VCC_NOW: '2014-05-08T12:00:00+09:00' } });
};

describe('each hook of the pre-commit framework', () => {
  it.each(hooks)('$id is a command of vcc that passes where all is right, and is told of in docs/hooks.md', (hook) => {
    writeAll(rightRepository());
    expect(run(hook)).toMatchObject({ code: 0 });
    expect(readFileSync(join(import.meta.dirname, '..', 'docs', 'hooks.md'), 'utf8')).toContain(`| \`${hook.id}\` | \`${hook.entry}\` |`);
  });

  it.each(hooks.filter(({ stages }) => !stages.includes('commit-msg')))('$id stops what is wrong', (hook) => {
    const files = rightRepository();
    edit(files, CASE, 'route: partnership', 'route: other');
    writeAll(files);
    expect(run(hook)).toMatchObject({ code: 1 });
  });

  it('is in what vcc init writes as well, by the same name, for vcc hooks status knows it by that', () => {
    const told = readYaml('pre-commit.yml', readFileSync(join(import.meta.dirname, '..', 'templates/ci/pre-commit.yml')));
    const brief = ({ id, entry, stages }: FrameworkHook) => ({ id, entry, stages: stages.filter((stage) => stage !== 'manual') });
    expect(told).toMatchObject({ ok: true, value: { repos: [{ hooks: hooks.map(brief) }] } });
  });

  it('has the stages at which vcc hooks install works, each once', () => {
    const stages = hooks.flatMap((hook) => hook.stages).filter((stage) => stage !== 'manual');
    expect(stages.sort()).toEqual(['commit-msg', 'post-merge', 'post-rewrite', 'pre-commit', 'pre-merge-commit', 'pre-push']);
  });
});
