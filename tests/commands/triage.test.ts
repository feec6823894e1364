import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { triage } from '../../src/commands/triage.ts';
import { accept, aDesk, FOLDER, happened, NUMBER, takeIn, typed, type Desk } from '../support/a-desk.ts';

let first: Desk;
let desk: Desk;
let head: string;
beforeAll(async () => {
  first = await aDesk();
  await takeIn(first);
});
afterAll(() => first.dispose());
beforeEach(() => {
  desk = first.copy();
  head = desk.git('rev-parse', 'HEAD');
});
afterEach(() => desk.dispose());

const NOW = '2014-05-02T10:00';
const decided = (changes: object) => accept(desk, changes);

describe('vcc triage', () => {
  it('accepts: checklist, priority, drafts of both texts, the reasoned answer', async () => {
    const { code, printed } = await decided({ cvss: 'AV:N/AC:M/Au:N/C:P/I:P/A:P', flag: ['many-users'] });
    expect(code).toBe(0);
    expect(desk.head().subject).toMatch(new RegExp(`^${NUMBER}: accepted \\(handling: (?:simple|normal|priority)\\)$`));
    expect(desk.head().trailer('Event')).toEqual(['assessed', 'accepted', 'reporter-contacted']);
    expect(desk.head().body).not.toContain('It meets the policy.');
    expect(desk.entry('assessed')).toMatch(/spread: wide\n/);
    expect(desk.entry('accepted')).toMatch(/reason: It meets the policy\.\ncriteria:\n/);
    expect(desk.read(`${FOLDER}/case.md`)).toMatch(/cvss:\n {2}- version: "2\.0"\n {4}vector: AV:N\/AC:M\/Au:N\/C:P\/I:P\/A:P\n {4}score: 6\.8\n/);
    // The score that was just given stands in the texts too.
    expect(desk.read(`${FOLDER}/advisory.en.md`)).toContain('by a remote unauthenticated attacker');
    expect(desk.read(`${FOLDER}/advisory.ja.md`)).toContain('遠隔の第三者によって');
    expect(await desk.opened(desk.outbox().at(-1) ?? '', desk.finder)).toContain('It meets the policy.');
    expect(printed).toContain(`vcc notify ${NUMBER} --vendor SLUG`);
    expect(desk.git('status', '--porcelain')).toBe('');
  });

  it('declines with the reason and the help that is offered', async () => {
    await decided({ accept: undefined, decline: true, reason: 'No longer maintained.', assistance: ['contact-attempt'] });
    expect(desk.entry('declined')).toMatch(/reason: No longer maintained\.\n[\s\S]*assistance:\n {2}- contact-attempt/);
    const letter = await desk.opened(desk.outbox().at(-1) ?? '', desk.finder);
    expect(letter).toContain('No longer maintained.');
    expect(letter).toContain('We can try to reach the vendor');
    await expect(decided({})).rejects.toMatchObject({ code: 'already-decided', hint: expect.stringContaining('reopened') as string });
  });

  it('keeps what was answered, shows what was not, and decides later', async () => {
    const { printed, code } = await typed(desk, triage, { case: NUMBER, criterion: ['vulnerability=unknown:asked the reporter'] }, NOW);
    expect(code).toBe(0);
    expect(printed).toMatch(/Not answered: not-debug-mode, .*\nAnswered "unknown": vulnerability/);
    expect(desk.entry('assessed')).toContain('note: asked the reporter');
    expect(desk.outbox()).toHaveLength(1);
    await expect(typed(desk, triage, { case: NUMBER, accept: true, reason: 'x' }, NOW)).rejects.toMatchObject({ code: 'checklist-open', message: expect.not.stringContaining('vulnerability') as string });
  });

  it('says to decide where no criterion is open any more', async () => {
    const { stderr } = await decided({ accept: undefined, reason: undefined });
    expect(stderr.join('\n')).toContain(`vcc triage ${NUMBER} --accept --reason TEXT\n      every criterion is answered: decide, or --decline`);
  });

  it('takes one answer for several criteria', async () => {
    await typed(desk, triage, { case: NUMBER, criterion: ['vulnerability,not-public=yes', 'exact-version=no:asked'] }, NOW);
    expect(desk.entry('assessed')).toMatch(/vulnerability:\n {4}answer: "yes"\n {2}not-public:\n {4}answer: "yes"\n {2}exact-version:\n {4}answer: "no"\n {4}note: asked/);
    await expect(typed(desk, triage, { case: NUMBER, criterion: ['vulnerability,nonsense=yes'] }, NOW)).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('nonsense') as string });
  });

  it('assesses anew after the decision, and leaves the decision alone', async () => {
    await decided({});
    const letters = desk.outbox().length;
    const { code, printed } = await typed(desk, triage, { case: NUMBER, criterion: ['reproducible=no:not on the latest'] }, '2014-05-03T10:00');
    expect(code).toBe(0);
    expect(printed).toContain('assessed, handling:');
    expect(desk.entry('assessed', 1)).toMatch(/reproducible:\n {4}answer: "no"/);
    expect(desk.outbox()).toHaveLength(letters);
    await expect(typed(desk, triage, { case: NUMBER, decline: true, reason: 'x' }, '2014-05-03T11:00')).rejects.toMatchObject({ code: 'already-decided' });
  });

  it('asks a person criterion by criterion and guesses nothing', async () => {
    const answers = Object.fromEntries([...new Set(['vulnerability', 'not-debug-mode'])].flatMap((id) => [[`--criterion ${id}=ANSWER`, 'yes'], [`--criterion ${id}=yes:NOTE`, '']]));
    const rest = new Proxy<Record<string, unknown>>({ ...answers, '--cvss': '', '--flag': [], '--spread': 'medium', '--accept or --decline': 'later' }, { has: () => true, get: (known, flag: string) => known[flag] ?? 'leave' });
    const { printed } = await typed(desk, triage, { case: NUMBER }, NOW, { answers: rest });
    expect(desk.entry('assessed')).toMatch(/criteria:\n {2}vulnerability:\n {4}answer: "yes"\n {2}not-debug-mode:\n {4}answer: "yes"\nspread: medium/);
    expect(printed).toContain('Not answered: not-training-target');
  });

  it('asks again what was not known, and not what was', async () => {
    await typed(desk, triage, { case: NUMBER, criterion: ['vulnerability=yes', 'reproducible=unknown'] }, NOW);
    const { asked } = await typed(desk, triage, { case: NUMBER }, '2014-05-03T10:00', {
      answers: new Proxy<Record<string, unknown>>({ '--cvss': '', '--flag': [], '--spread': 'medium', '--accept or --decline': 'later' }, { has: () => true, get: (known, flag: string) => known[flag] ?? (flag.startsWith('--ssvc') ? '' : 'leave') }),
    });
    expect(asked).toContain('--criterion reproducible=ANSWER');
    expect(asked).not.toContain('--criterion vulnerability=ANSWER');
    expect(desk.entry('assessed', 1)).toMatch(/reproducible:\n {4}answer: unknown/);
  });

  it('shows with --dry-run and --json what it would do, and does not do it', async () => {
    const { envelopes, printed } = await typed(desk, triage, { case: NUMBER, spread: 'wide' }, NOW, { dryRun: true, json: true });
    expect(envelopes).toMatchObject([{ kind: 'plan', case: NUMBER, decision: 'later', unanswered: expect.arrayContaining(['vulnerability']) as string[] }]);
    expect(printed).not.toContain('finder');
    expect(desk.untouchedSince(head, 1)).toBe(true);
  });

  it('dates the decision by --at and the letter by now', async () => {
    await decided({ at: '2014-05-01 18:00' });
    expect(desk.log().filter((name) => name.startsWith('20140501T090000Z')).map((name) => name.slice(17, -8))).toEqual(['accepted', 'assessed']);
    expect(desk.log().at(-1)).toMatch(/^20140502T010000Z-reporter-contacted/);
  });

  it.each([
    ['--reason', { reason: 'Yamada Hanako is known to us.' }],
    ['a note', { criterion: ['vulnerability=yes:told by yamada@finder.example'], accept: undefined, reason: undefined }],
  ])('does not let %s name the reporter in the log', async (_, changes) => {
    await expect(decided(changes)).rejects.toMatchObject({ code: 'identity-in-log' });
    expect(desk.untouchedSince(head, 1)).toBe(true);
  });

  it.each<[string, Record<string, unknown>, number, RegExp]>([
    ['no flag at all', { criterion: undefined, spread: undefined, accept: undefined, reason: undefined }, 2, /Nothing to record/],
    ['both decisions', { decline: true }, 2, /contradict/],
    ['a missing reason', { reason: undefined }, 2, /--reason is missing/],
    ['an empty reason', { reason: ' ' }, 2, /--reason is empty/],
    ['a reason without a decision', { accept: undefined }, 2, /--reason is the reason of a decision/],
    ['help for a report that is taken', { assistance: ['contact-attempt'] }, 2, /--assistance is for/],
    ['a criterion that does not exist', { criterion: ['nonsense=yes'] }, 2, /no criterion "nonsense"/],
    ['an answer that is none', { criterion: ['vulnerability=maybe'] }, 2, /is not ID=yes/],
    ['a spread that does not exist', { spread: 'huge' }, 2, /--spread: unknown value/],
    ['a flag that does not exist', { flag: ['nice'] }, 2, /--flag: unknown value/],
    ['a vector that lacks metrics', { cvss: 'AV:N/AC:M' }, 2, /CVSS|metric|vector/],
    ['a time to come', { at: '2015-01-01 00:00' }, 2, /--at lies in the future/],
    ['a time before the report came', { at: '2014-04-01 00:00' }, 1, /would break a rule/],
    ['a terminal escape in the reason', { reason: 'a\u001b[2Jb' }, 1, /would break a rule/],
    ['a reason without an end', { reason: 'x'.repeat(200_001) }, 1, /would break a rule/],
    ['a case that is not there', { case: '61247052' }, 1, /there is no case/],
    ['what names no case', { case: '../61247051' }, 1, /does not name a case/],
  ])('refuses %s and writes nothing', async (_, changes, exitCode, message) => {
    await expect(decided(changes)).rejects.toMatchObject({ exitCode, message: expect.stringMatching(message) as string });
    expect(desk.untouchedSince(head, 1)).toBe(true);
  });

  it('decides again after the reporter asked again, within the same second too', async () => {
    await decided({ accept: undefined, decline: true });
    await happened(desk, 'reopened', { reason: 'New facts.' }, NOW);
    expect((await decided({})).code).toBe(0);
    expect(desk.git('log', '-1', '--format=%s')).toContain('accepted');
  });
});
