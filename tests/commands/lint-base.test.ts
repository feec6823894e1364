import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lint } from '../../src/commands/lint.ts';
import { accept, aDesk, FOLDER, takeIn, typed, type Desk } from '../support/a-desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await aDesk();
  await takeIn(desk);
  await accept(desk);
  desk.git('branch', 'base');
});
afterAll(() => desk.dispose());

const run = (options: Parameters<typeof lint>[1] = { base: 'base' }) => typed(desk, lint, options, '2014-05-03T10:00');

describe('vcc lint --base', () => {
  it('finds an entry that was rewritten since, in commits and in the work tree, where lint alone sees nothing', async () => {
    const entry = desk.log().find((name) => name.includes('-accepted-')) ?? 'none';
    const path = `${FOLDER}/log/${entry}`;
    const before = desk.read(path);
    desk.write(path, before.replace('It meets the policy.', 'It is urgent.'));
    expect((await run({})).code).toBe(0);
    expect((await run()).stdout.join('\n')).toContain(`${path}:1:1 error log-rewritten the entry is changed`);
    desk.commit('Rewrite history');
    const { code, stdout } = await run();
    expect(code).toBe(1);
    expect(stdout.join('\n')).toContain(`${path}:1:1 error log-rewritten`);
    desk.write(path, before);
    desk.commit('Take it back');
    expect((await run()).code).toBe(0);
  });

  it('finds a case that is gone', async () => {
    desk.git('rm', '-rq', FOLDER);
    desk.git('commit', '-qm', 'Delete a case', '--no-verify');
    const { code, stdout } = await run();
    expect(code).toBe(1);
    expect(stdout.join('\n')).toContain(`${FOLDER}/case.md:1:1 error record-removed the case is deleted`);
    desk.git('reset', '-q', '--hard', 'HEAD~1');
  });

  it('refuses a base that Git does not know, and one without anything in common', async () => {
    await expect(run({ base: 'nowhere' })).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('nowhere') as string });
    await expect(run({ base: '--output=x' })).rejects.toMatchObject({ exitCode: 2 });
    const alone = desk.git('commit-tree', 'HEAD^{tree}', '-m', 'Alone').trim();
    await expect(run({ base: alone })).rejects.toMatchObject({ code: 'no-base' });
    await expect(run({ base: 'base', staged: true })).rejects.toMatchObject({ exitCode: 2 });
  });
});
