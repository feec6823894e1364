import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { log } from '../../src/commands/log.ts';
import { aDesk, accept, FOLDER, happened, NUMBER, takeIn, typed, writeAdvisories, type Desk } from '../support/a-desk.ts';
import { tempGnupg, type TempGnupg } from '../support/temp-gnupg.ts';

let desk: Desk;
let gnupg: TempGnupg;
const shown = async (): Promise<string> => (await typed(desk, log, { case: NUMBER }, '2014-06-01T10:00')).stdout.join('\n').replaceAll(/\s+/g, ' ');
const at = (when: string): void => {
  vi.stubEnv('GIT_AUTHOR_DATE', when);
  vi.stubEnv('GIT_COMMITTER_DATE', when);
};

beforeAll(async () => {
  gnupg = tempGnupg();
  vi.stubEnv('GNUPGHOME', gnupg.home);
  at('2014-05-02T10:00:00+09:00');
  desk = await aDesk();
  await takeIn(desk);
  await accept(desk);
});
afterAll(() => {
  vi.unstubAllEnvs();
  desk.dispose();
  gnupg.dispose();
});

describe('vcc log, from the log and from Git', () => {
  it('tells what was written down late, and edits of the texts in their place', async () => {
    at('2014-05-10T10:00:00+09:00');
    writeAdvisories(desk);
    desk.commit('First words');
    at('2014-05-12T10:00:00+09:00');
    await happened(desk, 'attacks-observed', { how: 'A partner told us.', at: '2014-05-09 10:00' }, '2014-05-12T10:00');
    const text = await shown();
    expect(text).toMatch(/2014-05-09 10:00 \+09:00 attacks were observed A partner told us\. by hanako, commit [0-9a-f]{9}, written down 3 days later, /);
    expect(text).toMatch(/2014-05-10 10:00 \+09:00 edited advisory\.en\.md, edited advisory\.ja\.md commit [0-9a-f]{9} by Hanako <hanako@centre\.example>, First words/);
    expect(text.indexOf('attacks were observed')).toBeLessThan(text.indexOf('edited advisory.en.md'));
    // Where nobody signs, that is no news.
    expect(text).not.toContain('not signed');
  });

  it('tells a signature, whose it is, and then what has none', async () => {
    at('2014-05-13T10:00:00+09:00');
    gnupg.gpg(['--import'], desk.team[1]?.privateKey);
    desk.git('config', 'commit.gpgSign', 'true');
    desk.git('config', 'user.signingKey', `${desk.team[1]?.key ?? ''}!`);
    desk.write(`${FOLDER}/log/20140513T000000Z-note-0a0a.md`, '---\nevent: note\nat: "2014-05-13T09:00:00+09:00"\nby: hanako\n---\n');
    desk.commit('A note');
    desk.git('config', 'commit.gpgSign', 'false');
    const text = await shown();
    expect(text).toMatch(/note by hanako, commit [0-9a-f]{9} SIGNED BY taro, signed, 20140513T000000Z-note-0a0a\.md/);
    expect(text).toMatch(/case accepted.* by hanako, commit [0-9a-f]{9}, not signed, /);
  });

  it('follows a case to another year, and shouts where an entry was deleted or edited', async () => {
    at('2014-05-14T10:00:00+09:00');
    const entry = desk.log().find((name) => name.includes('-accepted-')) ?? '';
    desk.git('rm', '-q', `${FOLDER}/log/20140513T000000Z-note-0a0a.md`);
    desk.write(`${FOLDER}/log/${entry}`, desk.read(`${FOLDER}/log/${entry}`).replace('It meets the policy.', 'It is urgent.'));
    const edit = desk.commit('Mend').slice(0, 9);
    mkdirSync(join(desk.root, 'cases/2015'));
    desk.git('mv', FOLDER, `cases/2015/${NUMBER}`);
    desk.commit('Another year');
    const text = await shown();
    expect(text).toContain('DELETED log/20140513T000000Z-note-0a0a.md');
    expect(text).toContain(`EDITED in ${edit}, ${entry}`);
    expect(text).toContain(`2014-05-14 10:00 +09:00 moved here from ${FOLDER} commit`);
    const { envelopes } = await typed(desk, log, { case: NUMBER }, '2014-06-01T10:00', { json: true });
    const { edits, entries } = envelopes[0] as unknown as { edits: { subject: string }[]; entries: { event: string; commits: { signature: string; at: string }[] }[] };
    expect(edits.map(({ subject }) => subject)).toEqual(['First words', 'Mend', 'Another year']);
    expect(entries.find(({ event }) => event === 'received')?.commits).toMatchObject([{ signature: 'none', at: '2014-05-01T10:00:00+09:00' }]);
  });
});
