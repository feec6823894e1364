import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { due } from '../../src/commands/due.ts';
import { duty, type DutyOptions } from '../../src/commands/duty.ts';
import { explain } from '../../src/commands/explain.ts';
import { POLICY_YAML, smallRepository } from '../support/case-tree.ts';
import { tempRepository, type TempRepository } from '../support/temp-repo.ts';
import { typingEnvironment } from '../support/typing-environment.ts';

const DUTIES = `duties:
  - id: statistics
    title: Publish the statistics
    every: quarter
    since: { event: received }
    within: { amount: 1, unit: month }
    modality: must
    onLapse: Publish them.
    source: guideline IV.3(1) 14)
`;
/** The case was received in the second quarter of 2014; two quarters are overdue by now. */
const NOW = '2014-11-05T10:00:00+09:00';
const FILE = 'duties/statistics-2014-q2.yaml';

let repository: TempRepository;
beforeEach(async () => {
  repository = await tempRepository(`${POLICY_YAML}${DUTIES}`);
  for (const [path, text] of Object.entries(smallRepository())) if (path.startsWith('cases/')) repository.write(path, String(text));
  repository.commit('A case');
});
afterEach(() => repository.dispose());

const run = async (options: Partial<DutyOptions> = {}, now = NOW): Promise<string> => {
  const { env, stderr } = typingEnvironment(repository.root, { now });
  expect(await duty(env, { name: 'statistics', ...options })).toBe(0);
  return stderr.join('\n');
};
const dues = async (now = NOW): Promise<readonly { readonly id: string; readonly period?: string; readonly state: string; readonly command?: string; readonly done?: string }[]> => {
  const { env, envelopes } = typingEnvironment(repository.root, { now, json: true });
  expect(await due(env, { all: true, limit: '0' })).toBe(0);
  return envelopes[0]?.dues as never;
};
const refused = async (options: Partial<DutyOptions>): Promise<unknown> => {
  const { env } = typingEnvironment(repository.root, { now: NOW });
  const problem: unknown = await duty(env, { name: 'statistics', ...options }).catch((thrown: unknown) => thrown);
  expect(repository.git('status', '--porcelain')).toBe('');
  return problem;
};

const containing = (text: string): unknown => expect.stringContaining(text);

describe('vcc duty', () => {
  it('is in vcc due with the quarters after it, and what to type', async () => {
    const { env, stdout, stderr } = typingEnvironment(repository.root, { now: NOW });
    await due(env, {});
    expect(stderr).toEqual(['Why: vcc explain deadline NAME']);
    expect(stdout.join('\n')).toMatch(/^overdue 96 days +2014-Q2 +Publish the statistics\n {4}by 2014-07-31 23:59 \+09:00; must, team; statistics; and 1 later quarter\n {4}when it passes: Publish them\.\n {4}\$ vcc duty statistics --period 2014-Q2$/m);
    expect((await dues()).filter(({ id }) => id === 'statistics').map(({ period, state, command }) => [period, state, command])).toEqual([
      ['2014-Q2', 'overdue', 'vcc duty statistics --period 2014-Q2'],
      ['2014-Q3', 'overdue', 'vcc duty statistics --period 2014-Q3'],
    ]);
  });

  it('of the organisation is nobody\'s own and of no case', async () => {
    for (const options of [{ mine: true }, { case: '61247051' }]) {
      const { env, stdout } = typingEnvironment(repository.root, { now: NOW });
      await due(env, options);
      expect(stdout.join('\n')).not.toContain('Publish the statistics');
    }
  });

  it('writes the oldest quarter that is owed, and ends its clock', async () => {
    await run({ link: 'https://www.centre.example/2014-q2', note: 'With the table of vendors.' });
    expect(repository.git('show', '--name-only', '--format=%s', 'HEAD').trim().split('\n')).toEqual(['duties: statistics 2014-Q2', '', FILE]);
    expect(repository.read(FILE)).toBe(
      '# yaml-language-server: $schema=../.vcc/schemas/duty.schema.json\nschemaVersion: 1\nduty: statistics\nperiod: 2014-Q2\nat: "2014-11-05T10:00:00+09:00"\nby: hanako\nlink: https://www.centre.example/2014-q2\nnote: With the table of vendors.\n',
    );
    await run({ period: '2014q3', at: '2014-10-20T09:00' });
    expect((await dues()).filter(({ id }) => id === 'statistics').map(({ period, state, done }) => [period, state, done])).toEqual([
      ['2014-Q2', 'met-late', '2014-11-05T10:00:00+09:00'],
      ['2014-Q3', 'met', '2014-10-20T09:00:00+09:00'],
    ]);
    expect(await refused({})).toMatchObject({ code: 'nothing-owed' });
  });

  it('refuses a quarter that runs, one twice, none that is one, an unknown duty, a link that is none', async () => {
    expect(await refused({ period: '2014-Q4' })).toMatchObject({ code: 'not-over' });
    expect(await refused({ period: '2014-Q2', at: '2014-06-30T09:00' })).toMatchObject({ code: 'not-over' });
    expect(await refused({ period: 'Q2' })).toMatchObject({ message: containing('is no quarter') });
    expect(await refused({ period: '2014-Q1' })).toMatchObject({ code: 'never-owed' });
    expect(await refused({ name: 'statistic' })).toMatchObject({ hint: containing('Did you mean statistics?') });
    expect(await refused({ link: 'javascript:alert(1)' })).toMatchObject({ code: 'duty-invalid' });
    await run();
    expect(await refused({ period: '2014-Q2' })).toMatchObject({ code: 'done-already' });
  });

  it('names a file of duties/ that cannot be read, and counts it for nothing', async () => {
    repository.write(FILE, 'schemaVersion: 1\nduty: statistics\nperiod: 2014-Q7\n');
    repository.commit('By hand');
    expect(await refused({})).toMatchObject({ code: 'duties-broken', findings: expect.arrayContaining([expect.objectContaining({ file: FILE, line: 3 })]) as unknown });
    const { env, stderr } = typingEnvironment(repository.root, { now: NOW });
    expect(await due(env, {})).toBe(1);
    expect(stderr.join('\n')).toContain(`${FILE}:3`);
  });

  it('is ended by no file that lies ahead, or has another name, and each is named', async () => {
    const text = (period: string, at: string): string => `schemaVersion: 1\nduty: statistics\nperiod: ${period}\nat: "${at}"\nby: hanako\n`;
    repository.write('duties/a.yaml', text('2014-Q2', '2014-07-05T00:00:00+09:00'));
    repository.write(FILE, text('2014-Q2', '2015-07-05T00:00:00+09:00'));
    repository.write('duties/statistics-2014-q3.yaml', text('2014-Q3', '2014-09-05T00:00:00+09:00'));
    repository.commit('By hand');
    const { env, envelopes } = typingEnvironment(repository.root, { now: NOW, json: true });
    expect(await due(env, {})).toBe(1);
    const { dues: found, unreadable } = envelopes[0] as { readonly dues: readonly { readonly id: string; readonly state: string }[]; readonly unreadable: readonly { readonly file: string }[] };
    expect(found.filter(({ id }) => id === 'statistics').map(({ state }) => state)).toEqual(['overdue', 'overdue']);
    expect(unreadable.map(({ file }) => file).sort()).toEqual(['duties/a.yaml', FILE, 'duties/statistics-2014-q3.yaml']);
  });

  it('is not guessed while a case cannot be read', async () => {
    repository.write('cases/2014/61247051/case.md', 'x: [\n');
    repository.commit('Broken');
    expect(await refused({})).toMatchObject({ code: 'cases-unreadable' });
  });

  it('is explained with its source', () => {
    const { env, stdout } = typingEnvironment(repository.root);
    explain(env, { kind: 'deadline', name: 'statistics' });
    const text = stdout.join('\n');
    expect(text).toContain('the last day of every quarter');
    expect(text).toContain('guideline IV.3(1) 14)');
  });
});
