import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { publishDue } from '../../src/commands/publish.ts';
import { aDesk, coordinate, NUMBER, PUBLISH_AT, readyToPublish, takeIn, typed, type Desk } from '../support/a-desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await aDesk();
}, 60_000);
afterEach(() => desk.dispose());

const run = (now: string, how: Parameters<typeof typed>[4] = {}) => typed(desk, publishDue, {}, now, { yes: true, ...how });
const published = (): number => Number(execFileSync('git', ['rev-list', '--count', '--grep', NUMBER, 'HEAD'], { cwd: desk.publicRoot, encoding: 'utf8' }));

describe('vcc publish --due', () => {
  it('publishes at the agreed minute and not before, and once', async () => {
    await coordinate(desk);
    await readyToPublish(desk);
    const early = await run('2014-06-06T11:59');
    expect([early.code, early.stderr.join('\n')]).toEqual([0, expect.stringContaining('No case is to be published by now')]);
    const due = await run(PUBLISH_AT);
    expect(due.code).toBe(0);
    expect(published()).toBe(1);
    const again = await run('2014-06-06T12:01');
    expect([again.code, again.stderr.join('\n')]).toEqual([0, expect.stringContaining('No case is to be published by now')]);
    expect(published()).toBe(1);
  }, 60_000);

  it('tells of a gate that is closed, publishes nothing of it, and fails', async () => {
    await coordinate(desk);
    await readyToPublish(desk);
    // The text changed after it was approved.
    desk.write(`cases/2014/${NUMBER}/advisory.en.md`, desk.read(`cases/2014/${NUMBER}/advisory.en.md`).replace(/\n$/, ' Again.\n'));
    desk.commit('a word more');
    const { code, stderr } = await run(PUBLISH_AT);
    expect(code).toBe(1);
    expect(stderr.join('\n')).toMatch(new RegExp(`${NUMBER}: not published\\. .*approved`));
    expect(desk.log().some((name) => name.includes('-published-'))).toBe(false);
    const { envelopes } = await run(PUBLISH_AT, { json: true });
    expect(envelopes).toMatchObject([{ kind: 'published-due', due: [NUMBER], answers: [{ kind: 'gate', open: false }] }]);
  }, 60_000);

  it('says that a case which cannot be read may be due, and takes no case and no reason', async () => {
    await takeIn(desk);
    desk.write(`cases/2014/${NUMBER}/case.md`, '---\n- no case\n---\n');
    desk.commit('spoilt');
    const { code, stderr } = await run(PUBLISH_AT);
    expect([code, stderr.join('\n')]).toEqual([1, expect.stringContaining('cannot be read, and may be due')]);
    await expect(typed(desk, publishDue, { case: NUMBER }, PUBLISH_AT)).rejects.toMatchObject({ exitCode: 2 });
    await expect(typed(desk, publishDue, { emergency: 'x' }, PUBLISH_AT)).rejects.toMatchObject({ exitCode: 2 });
  });
});
