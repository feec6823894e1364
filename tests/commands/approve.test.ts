import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { approve } from '../../src/commands/approve.ts';
import type { VccError } from '../../src/domain/problem.ts';
import { typingEnvironment } from '../support/typing-environment.ts';
import { accept, aDesk, approveAs, FOLDER, NUMBER, takeIn, typed, writeAdvisories, type Desk } from '../support/a-desk.ts';

let first: Desk;
let desk: Desk;
let head: string;
beforeAll(async () => {
  first = await aDesk();
  await takeIn(first);
  await accept(first);
  writeAdvisories(first);
  first.commit('Write the advisory');
});
afterAll(() => first.dispose());
beforeEach(() => {
  desk = first.copy();
  head = desk.git('rev-parse', 'HEAD');
});
afterEach(() => desk.dispose());

const NOW = '2014-06-02T10:00';
/** Hanako changes the English text; whoever git says committed it. */
const change = (text: string, ...git: readonly string[]): void => {
  desk.write(`${FOLDER}/advisory.en.md`, `${desk.read(`${FOLDER}/advisory.en.md`)}${text}\n`);
  desk.git('commit', '-qam', 'More', ...git);
};

describe('vcc approve', () => {
  it('binds the word of a second coordinator to exactly this text', async () => {
    const { code, printed } = await approveAs(desk, 1, NOW);
    expect(code).toBe(0);
    const hash = /text: (sha256:[0-9a-f]{64})/.exec(desk.entry('approved'))?.[1] ?? 'none';
    expect(printed).toContain(hash);
    expect(desk.entry('approved')).toMatch(/by: taro\n[\s\S]*authors:\n {2}- hanako\n/);
    expect(desk.head().subject).toBe(`${NUMBER}: approve the text`);
    expect(desk.head().body).toContain(hash);
    expect(desk.head().trailer('Event')).toEqual(['approved']);
    expect(desk.git('log', '-1', '--format=%ae').trim()).toBe('taro@centre.example');
    await expect(approveAs(desk, 1, NOW)).rejects.toMatchObject({ code: 'approved-already' });
    change('One more word.');
    expect((await approveAs(desk, 1, NOW)).code).toBe(0);
    expect(desk.entry('approved', 1)).not.toContain(hash);
  });

  it.each(['the author', 'the colleague'])('refuses what is not finished, naming each gap with its place, also to %s', async (who) => {
    const skeleton = desk.git('log', '--format=%H', '-1', '--skip=1').trim();
    desk.git('checkout', '--quiet', skeleton, '--', `${FOLDER}/advisory.en.md`);
    desk.git('commit', '-qm', 'As it began');
    head = desk.git('rev-parse', 'HEAD');
    const lines = desk.read(`${FOLDER}/advisory.en.md`).split('\n');
    const refused = await approveAs(desk, who === 'the author' ? 0 : 1, NOW).catch((problem: unknown) => problem as VccError);
    expect(refused).toMatchObject({ code: 'text-unfinished', hint: expect.stringContaining(`vcc approve ${NUMBER}`) as string });
    const places = (refused as VccError).findings.map(({ file, line, column }) => `${file}:${line}:${column}`);
    expect(places).toEqual(lines.flatMap((text, index) => (text.includes('<!-- GAP:') ? [`${FOLDER}/advisory.en.md:${index + 1}:${text.indexOf('<!-- GAP:') + 1}`] : [])));
    expect(places.length).toBeGreaterThan(3);
    expect(desk.untouchedSince(head, 2)).toBe(true);
  });

  it('shows both languages as the public will read them, then what changed since the last approval, and takes Enter for no', async () => {
    const said: boolean[] = [];
    const look = async (): Promise<string> => {
      const { env, stderr } = typingEnvironment(desk.root, { now: `${NOW}:00+09:00`, answers: {} });
      const ask = { ...env.ask, confirm: (_: string, byEnter = false) => Promise.resolve(said.push(byEnter) > 0) };
      await approve({ ...env, ask }, { case: NUMBER });
      return stderr.join('\n');
    };
    const [hanako, taro] = desk.team;
    if (!hanako || !taro) throw new Error('a desk has two coordinators');
    desk.actAs(taro);
    const first = await look();
    expect(first).toContain('## Solution\n\nUpdate the router to 1.2.4.');
    expect(first).toContain('ルータを 1.2.4 に更新してください。');
    expect(first).not.toContain('Changes since');
    desk.actAs(hanako);
    change('One more word.');
    desk.actAs(taro);
    expect(await look()).toMatch(/Changes since the approval of 2014-06-02[\s\S]*^\+One more word\.$/m);
    expect(said).toEqual([false, false]);
  });

  it.each<[string, () => void]>([
    ['as it is', () => undefined],
    ['written in capitals', () => desk.git('config', 'user.email', 'Hanako@Centre.Example')],
    ['with a .mailmap', () => {
      desk.write('.mailmap', 'Taro <taro@centre.example> <hanako@centre.example>\n');
      desk.git('add', '.mailmap');
      desk.git('commit', '-qm', 'Names');
      desk.git('config', 'log.mailmap', 'true');
    }],
  ])('refuses the author of the text, %s', async (_, trick) => {
    trick();
    await expect(typed(desk, approve, { case: NUMBER }, NOW)).rejects.toMatchObject({ code: 'own-text' });
    expect(desk.git('status', '--porcelain')).toBe('');
  });

  it.each<[string, readonly string[]]>([
    ["commits in a colleague's name", ['--author', 'Somebody <somebody@centre.example>']],
    ["amends a colleague's commit", ['--amend', '--author', 'Somebody <somebody@centre.example>']],
  ])('refuses who %s', async (_, git) => {
    // Everything else is by taro, so that only this one commit tells.
    desk.git('-c', 'user.name=Taro', '-c', 'user.email=taro@centre.example', 'commit', '-q', '--amend', '--reset-author', '--no-edit');
    change('A word of hanako.', ...git);
    await expect(approveAs(desk, 0, NOW)).rejects.toMatchObject({ code: 'own-text' });
  });

  it.each<[string, () => void, RegExp]>([
    ['a text that is not committed', () => desk.write(`${FOLDER}/advisory.ja.md`, `${desk.read(`${FOLDER}/advisory.ja.md`)}\n追記\n`), /Not committed yet/],
    ['a text that is not there', () => {
      desk.git('rm', '-q', `${FOLDER}/advisory.ja.md`);
      desk.commit('Gone');
    }, /no Japanese advisory/],
  ])('refuses %s', async (_, damage, message) => {
    damage();
    await expect(approveAs(desk, 1, NOW)).rejects.toMatchObject({ exitCode: 1, message: expect.stringMatching(message) as string });
  });

  it('refuses a text that the gate would refuse, rather than be given in vain', async () => {
    change('Run this to see it: nmap -sV --script vuln 192.0.2.1');
    await expect(approveAs(desk, 1, NOW)).rejects.toMatchObject({ code: 'text-refused', hint: expect.stringContaining('--check') as string });
    expect(desk.git('status', '--porcelain')).toBe('');
  });

  it('refuses a text that is not the one that was read', async () => {
    const [, taro] = desk.team;
    if (!taro) throw new Error('no taro');
    desk.actAs(taro);
    await expect(typed(desk, approve, { case: NUMBER, textHash: `sha256:${'0'.repeat(64)}` }, NOW)).rejects.toMatchObject({ code: 'text-changed' });
    const { envelopes } = await typed(desk, approve, { case: NUMBER }, NOW, { dryRun: true, json: true });
    expect(envelopes).toMatchObject([{ kind: 'plan', case: NUMBER, text: expect.stringMatching(/^sha256:/) as string }]);
    expect(desk.untouchedSince(head, 2)).toBe(true);
  });
});
