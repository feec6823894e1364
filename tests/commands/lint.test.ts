import { describe, expect, it } from 'vitest';
import { lint } from '../../src/commands/lint.ts';
import type { LintCommandOptions } from '../../src/finding-report.ts';
import { marksOf } from '../../src/domain/marks.ts';
import type { Environment } from '../../src/environment.ts';
import { at, CASE, edit, log, rightRepository, secondCase, type Files } from '../rules/right-repository.ts';
import { treeOf } from '../support/case-tree.ts';
import { readingEnvironment } from '../support/reading-environment.ts';

const FOLDER = 'cases/2014/61247051';

interface Run {
  readonly code: number;
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
  readonly envelopes: readonly Record<string, unknown>[];
}

async function run(files: Files, options: LintCommandOptions, more: { cwd?: string; json?: boolean; tracked?: readonly string[]; input?: string; staged?: { files: Files; changed: readonly string[] } } = {}): Promise<Run> {
  const { env, stdout, stderr, envelopes } = readingEnvironment(files, { now: '2014-05-08T12:00', json: more.json ?? false, tracked: more.tracked ?? [] });
  const known: Partial<Environment> = {
    cwd: more.cwd ?? '/cases',
    root: () => '/cases',
    ...(more.input === undefined ? {} : { input: () => Promise.resolve({ name: 'standard input', bytes: new TextEncoder().encode(more.input) }), git: { ...env.git, messages: () => Promise.resolve([]), additions: () => Promise.resolve({ commits: [], complete: true }) } }),
    repositoryAt: (folder) => (folder === '../example' ? treeOf(withTwoMistakes()) : undefined),
    ...(more.staged === undefined ? {} : { staged: () => Promise.resolve({ tree: treeOf(more.staged?.files ?? {}), changed: more.staged?.changed ?? [], altered: new Map() }) }),
  };
  const whole = new Proxy(env, { get: (target, name) => (Reflect.has(known, name) ? Reflect.get(known, name) : Reflect.get(target, name)) as unknown });
  return { code: await lint(whole, options), stdout, stderr, envelopes };
}

const withTwoMistakes = (): Files => {
  const files = rightRepository();
  const other = secondCase(files);
  edit(files, CASE, 'route: partnership', 'route: other');
  log(files, { event: 'note', at: at('08'), by: 'sato' }, { folder: other, text: 'Mail to tanaka@mail.example.' });
  return files;
};

describe('vcc lint', () => {
  it('fails with more warnings than --max-warnings allows, and says so', async () => {
    const files = rightRepository();
    log(files, { event: 'note', at: at('02'), by: 'sato' }, { text: 'Mail to tanaka@mail.example.' });
    expect((await run(files, {})).code).toBe(0);
    expect((await run(files, { maxWarnings: '1' })).code).toBe(0);
    expect(await run(files, { maxWarnings: '0' })).toMatchObject({ code: 1, stderr: ['0 errors, 1 warning in 9 files, 1 case', 'More than 0 warnings: that fails this run (--max-warnings).'] });
    await expect(run(files, { maxWarnings: '-1' })).rejects.toMatchObject({ exitCode: 2 });
  });

  it.each(['text', 'json', 'sarif', 'github', 'gitlab', 'junit'])('shows errors only with --quiet, as %s, and warnings where they fail the run', async (format) => {
    const shown = async (options: LintCommandOptions): Promise<string> => (await run(withTwoMistakes(), { format, ...options })).stdout.join('\n');
    expect(await shown({ quiet: true })).toContain('case.md');
    expect(await shown({ quiet: true })).not.toContain('note-00aa');
    expect(await shown({})).toContain('note-00aa');
    expect(await shown({ quiet: true, maxWarnings: '0' })).toContain('note-00aa');
  });

  it('fails a test of JUnit where --max-warnings fails the run', async () => {
    const files = rightRepository();
    log(files, { event: 'note', at: at('02'), by: 'sato' }, { text: 'Mail to tanaka@mail.example.' });
    const failures = async (maxWarnings: string): Promise<string | undefined> => /failures="(\d+)"/.exec((await run(files, { format: 'junit', maxWarnings })).stdout.join('\n'))?.[1];
    expect([await failures('1'), await failures('0')]).toEqual(['0', '1']);
  });

  it('says what to do with the first finding of a rule, and in every one of a form for programs', async () => {
    const files = rightRepository();
    for (const day of ['02', '03']) log(files, { event: 'note', at: at(day), by: 'sato' }, { text: 'Mail to tanaka@mail.example.' });
    const { stdout } = await run(files, {});
    expect(stdout.map((line) => [/warning (\S+)/.exec(line)?.[1], line.endsWith(')')])).toEqual([['identity-in-clear', true], ['identity-in-clear', false]]);
    expect(JSON.parse((await run(files, { format: 'json' })).stdout[0] ?? '')).toMatchObject({ findings: [{ fix: expect.any(String) as string }, { fix: expect.any(String) as string }] });
  });

  it('prints the form that was asked for on stdout alone, and refuses others', async () => {
    const [sarif = ''] = (await run(withTwoMistakes(), { format: 'sarif' })).stdout;
    expect((JSON.parse(sarif) as { runs: { results: object[] }[] }).runs[0]?.results.length).toBeGreaterThan(1);
    expect((await run(withTwoMistakes(), { format: 'github' })).stdout[0]).toMatch(/^::error file=cases/);
    expect(JSON.parse((await run(rightRepository(), { format: 'gitlab' })).stdout[0] ?? '')).toEqual([]);
    expect(JSON.parse((await run(rightRepository(), { format: 'json' })).stdout[0] ?? '')).toMatchObject({ kind: 'lint', errors: 0, cases: 1 });
    await expect(run(rightRepository(), { format: 'xml' })).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('xml') as string });
  });

  it('a run that checked nothing says so', async () => {
    const { stderr } = await run({}, {}).catch((problem: unknown) => ({ stderr: [String(problem)] }));
    expect(stderr.join('\n')).toMatch(/vcc\.yaml|Nothing was checked/);
  });

  it.each<[string, LintCommandOptions, string, string[]]>([
    ['a range without a commit', { commits: 'HEAD..HEAD' }, '', ['0 errors in 0 messages', 'Nothing was checked: the range has no commit.']],
    ['no message', { message: '-' }, '\n', ['Nothing was checked: there is no message.']],
    ['a message', { message: '-' }, 'Mend a link\n', []],
  ])('says of %s what it is', async (_what, options, input, stderr) => {
    expect(await run(rightRepository(), options, { input })).toMatchObject({ code: 0, stdout: [], stderr });
  });

  it('says how much it checked, and ends with 0 where all is right', async () => {
    expect(await run(rightRepository(), {})).toEqual({ code: 0, stdout: [], stderr: ['0 errors, 0 warnings in 8 files, 1 case'], envelopes: [] });
  });

  it('finds a mail of the outbox that was committed, although what waits there is not read', async () => {
    const mail = 'outbox/20140506T010000Z-61247051-reporter-00aa.eml';
    const { code, stdout } = await run(rightRepository(), {}, { tracked: [mail] });
    expect([code, stdout]).toEqual([1, [expect.stringContaining(`${mail}:1:1 error unknown-file`)]]);
  });

  it('prints one line for each finding on stdout, the count on stderr, and ends with 1 where one is an error', async () => {
    const result = await run(withTwoMistakes(), {});
    expect(result.code).toBe(1);
    expect(result.stdout).toHaveLength(2);
    expect(result.stdout[0]).toMatch(/^cases\/2014\/61247051\/case\.md:6:1 error schema .*partnership/);
    expect(result.stdout[1]).toMatch(/^cases\/2014\/94401838\/log\/20140508T010000Z-note-00aa\.md:8:9 warning identity-in-clear /);
    expect(result.stderr).toEqual(['1 error, 1 warning in 12 files, 2 cases']);
  });

  it('prints what a stranger wrote without its control characters', async () => {
    const files = rightRepository();
    files[`${FOLDER}/a\u001b[2J\nb.txt`] = '';
    const { stdout } = await run(files, { rule: ['unknown-file'] });
    expect(stdout.join('')).toContain('a\\x1b[2J\\nb.txt:1:1 error unknown-file');
  });

  it('prints no name of a file that tells who reported, whichever rule speaks of it', async () => {
    const files = rightRepository();
    const salt = 'ab'.repeat(32);
    const path = `${FOLDER}/Taro Yamada/Taro Yamada.txt`;
    files[path] = '';
    files[`${FOLDER}/sealed/reporter.guard.yaml`] = `schemaVersion: 1\nsalt: ${salt}\nmarks:\n  name:\n    - ${marksOf(salt, ['taro yamada'])[0] ?? ''}\n`;
    const shown = `${FOLDER}/[withheld]/[withheld].txt:1:1`;
    for (const options of [{}, { rule: ['unknown-file'] }, { paths: [path] }]) {
      const { code, stdout } = await run(files, options);
      expect([code, stdout.join('\n')]).toEqual([1, expect.stringContaining(`${shown} error unknown-file`)]);
      expect(stdout.join('\n')).not.toMatch(/yamada/i);
    }
    files[CASE] = 'no case';
    expect((await run(files, {})).stdout.join('\n')).not.toMatch(/yamada/i);
  });

  it('prints an envelope with --json', async () => {
    const { envelopes, stdout } = await run(withTwoMistakes(), { rule: ['schema'] }, { json: true });
    expect(stdout).toEqual([]);
    expect(envelopes).toMatchObject([{ kind: 'lint', errors: 1, warnings: 0, files: 12, cases: 2, findings: [{ rule: 'schema', file: CASE, line: 6, column: 1 }] }]);
  });
});

describe('vcc lint PATH', () => {
  it('shows what is below the path only', async () => {
    expect(await run(withTwoMistakes(), { paths: ['cases/2014/94401838'] })).toMatchObject({ code: 0, stdout: [expect.stringContaining('identity-in-clear')] });
    expect(await run(withTwoMistakes(), { paths: ['case.md'] }, { cwd: `/cases/${FOLDER}` })).toMatchObject({ code: 1, stdout: [expect.stringContaining(`${CASE}:6:1`)] });
    expect((await run(withTwoMistakes(), { paths: ['.'] })).stdout).toHaveLength(2);
  });

  it('replays the whole case of a file', async () => {
    const files = rightRepository();
    const path = log(files, { event: 'scheduled', at: at('02'), by: 'sato', date: at('20') });
    expect(await run(files, { paths: [path] })).toMatchObject({ code: 1, stdout: [expect.stringContaining('illegal-transition')] });
  });

  it('checks another case repository by its root', async () => {
    const { code, stdout } = await run(rightRepository(), { paths: ['../example'] });
    expect([code, stdout.map((line) => line.split(' ')[0])]).toEqual([1, [`../example/${CASE}:6:1`, '../example/cases/2014/94401838/log/20140508T010000Z-note-00aa.md:8:9']]);
  });

  it('never succeeds with a path that names nothing', async () => {
    await expect(run(rightRepository(), { paths: ['case/2014'] })).rejects.toMatchObject({ exitCode: 2, message: 'no file of the case repository at case/2014' });
    await expect(run(rightRepository(), { paths: ['../other'] })).rejects.toMatchObject({ exitCode: 2 });
  });
});

describe('vcc lint --staged', () => {
  it('checks what is staged', async () => {
    const files = withTwoMistakes();
    expect(await run(rightRepository(), { staged: true }, { staged: { files, changed: [CASE] } })).toMatchObject({
      code: 1,
      stdout: [expect.stringContaining(`${CASE}:6:1`)],
      stderr: ['1 error, 0 warnings in 1 file, 1 case', expect.stringContaining('git add')],
    });
  });

  it('says so when nothing is staged', async () => {
    expect(await run(withTwoMistakes(), { staged: true }, { staged: { files: withTwoMistakes(), changed: [] } })).toMatchObject({
      code: 0,
      stderr: ['0 errors, 0 warnings in 0 files, 0 cases', 'Nothing was checked: nothing is staged.'],
    });
  });

  it('takes no paths', async () => {
    await expect(run(rightRepository(), { staged: true, paths: ['cases'] })).rejects.toMatchObject({ exitCode: 2 });
  });
});
