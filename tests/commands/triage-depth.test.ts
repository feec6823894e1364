import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { notify } from '../../src/commands/notify.ts';
import { show } from '../../src/commands/show.ts';
import { triage } from '../../src/commands/triage.ts';
import { accept, aDesk, FOLDER, happened, NUMBER, REPORT, takeIn, typed, type Desk } from '../support/a-desk.ts';

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
const declined = (changes: object = {}) => decided({ accept: undefined, decline: true, reason: 'No longer maintained.', ...changes });
const [PRODUCT] = REPORT.products;
const lastLetter = (): Promise<string> => desk.opened(desk.outbox().at(-1) ?? '', desk.finder);

describe('the checklist', () => {
  it('takes a case with a required criterion answered no only with the reason why', async () => {
    const criterion = ['maintained=no:last commit in 2009'];
    await expect(decided({ criterion: [...(await allYes()), ...criterion] })).rejects.toMatchObject({ code: 'criterion-not-met', hint: expect.stringContaining('--despite maintained="REASON"') as string });
    expect(desk.untouchedSince(head, 1)).toBe(true);
    await decided({ criterion: [...(await allYes()), ...criterion], despite: ['maintained=it runs in every hospital'] });
    expect(desk.entry('accepted')).toMatch(/despite:\n {2}maintained: it runs in every hospital/);
    expect(desk.entry('accepted').split('despite:')[0]).not.toContain('- maintained');
  });
  it('cites the criteria that a decline rests on, and says where there is none', async () => {
    const { printed } = await declined({ criterion: [...(await allYes()), 'maintained,reproducible=no'] });
    expect(desk.entry('declined')).toMatch(/criteria:\n {2}- reproducible\n {2}- maintained\n/);
    expect(printed).not.toContain('rests on no criterion');
    expect(printed).toMatch(/maintained +required +no/);
  });
  it('says that a decline rests on nothing', async () => {
    expect((await declined()).printed).toContain('the decline rests on no criterion that is answered no');
  });
  it.each<[string, object, RegExp]>([
    ['--despite without a reason', { despite: ['maintained='] }, /is not ID=REASON/],
    ['--despite for a criterion that is met', { despite: ['maintained=x'] }, /no required criterion that is answered no/],
    ['--duplicate-of without a decline', { duplicateOf: '11111111' }, /--duplicate-of is the ground of a decline/],
    ['--ask with a decision', { ask: true }, /--ask is for a case that is not decided/],
    ['--question without --ask', { question: ['Why?'] }, /--question is a question of --ask/],
    ['--despite with a decline', { accept: undefined, decline: true, despite: ['maintained=x'] }, /--despite is said when a case is taken/],
    ['a decision point that does not exist', { ssvc: ['weather=bad'] }, /names no decision point/],
    ['a value that does not exist', { ssvc: ['utility=huge'] }, /utility is never "huge"/],
    ['what is no answer', { ssvc: ['utility'] }, /names no decision point/],
    ['itself as the duplicate', { accept: undefined, decline: true, duplicateOf: NUMBER }, /is this very case/],
  ])('refuses %s', async (_, changes, message) => {
    await expect(decided(changes)).rejects.toMatchObject({ exitCode: 2, message: expect.stringMatching(message) as string });
    expect(desk.untouchedSince(head, 1)).toBe(true);
  });
});

async function allYes(): Promise<string[]> {
  const { jpcertPolicy } = await import('../support/a-case.ts');
  return jpcertPolicy().acceptance.filter(({ routes }) => !routes || routes.includes('direct')).map(({ id }) => `${id}=yes`);
}

/** Another desk whose case is changed by hand, as a coordinator would. */
function edit(from: string | RegExp, to: string): void {
  const path = `${FOLDER}/case.md`;
  const text = desk.read(path);
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`case.md has no ${String(from)}`);
  desk.write(path, changed);
  desk.commit('Change the case');
  head = desk.git('rev-parse', 'HEAD');
}

describe('what is out of scope', () => {
  beforeEach(() => edit('    name: Example Router\n', '    name: Example Router\n    kind: web-site\n'));

  it('is said with the reason and who handles it, and decides nothing by itself', async () => {
    const { printed } = await typed(desk, triage, { case: NUMBER, spread: 'wide' }, NOW);
    expect(printed).toMatch(/out of scope: Example Router \(web-site\): .* IPA, which .* \(guideline V/);
    expect(desk.log().filter((name) => name.includes('declined'))).toEqual([]);
  });
  it('is declined without a checklist; the reporter reads the reason of the policy', async () => {
    const { code } = await typed(desk, triage, { case: NUMBER, decline: true }, NOW);
    expect(code).toBe(0);
    expect(desk.entry('declined')).toMatch(/outOfScope:\n {2}- web-site/);
    expect(await lastLetter()).toMatch(/It is a flaw of a web site[\s\S]*Please report it to IPA/);
  });
  it('is offered to a person as the reason', async () => {
    const answers = new Proxy<Record<string, unknown>>({ '--cvss': '', '--flag': [], '--spread': 'wide', '--accept or --decline': 'decline', '--reason': 'It is a web site.' }, { has: () => true, get: (known, flag: string) => known[flag] ?? 'leave' });
    const { asked } = await typed(desk, triage, { case: NUMBER }, NOW, { answers });
    expect(asked).toContain('--reason');
    expect(desk.entry('declined')).toContain('reason: It is a web site.');
  });
});

it('shows a product without an update for 18 months as a ground, with the dates', async () => {
  edit('    name: Example Router\n', '    name: Example Router\n    lastUpdate: "2012-01-05"\n');
  const { printed, envelopes } = await typed(desk, triage, { case: NUMBER, spread: 'wide' }, NOW, { json: true, dryRun: true });
  expect(printed).toMatch(/ground to decline \(recently-updated\): No update for 18 months.*last update 2012-01-05, passed on 2013-07-05 \(policy 2018, B/);
  expect(envelopes).toMatchObject([{ grounds: ['recently-updated'], decision: 'later' }]);
});

describe('duplicates and siblings', () => {
  const OTHER = '11111111';
  beforeEach(async () => {
    await takeIn(desk, { title: { ja: 'Ｅｘａｍｐｌｅルータにおける OS コマンドインジェクションの脆弱性' }, products: [{ ...PRODUCT, name: 'ＥＸＡＭＰＬＥ　ＲＯＵＴＥＲ' }] }, { id: OTHER });
  });
  it('are shown with the reason', async () => {
    const { printed } = await typed(desk, triage, { case: NUMBER, spread: 'wide' }, NOW);
    expect(printed).toMatch(new RegExp(`possible duplicate: ${OTHER} \\(same product Example Router; same weakness CWE-78`));
  });
  it('a duplicate is declined as such without a checklist, and both cases are linked', async () => {
    await typed(desk, triage, { case: NUMBER, decline: true, duplicateOf: OTHER, reason: 'We know this flaw already.' }, NOW);
    expect(desk.entry('declined')).toContain(`duplicateOf: "${OTHER}"`);
    expect(desk.read(`${FOLDER}/case.md`)).toMatch(new RegExp(`related:\\n {2}- "${OTHER}"`));
    expect(desk.read(`cases/2014/${OTHER}/case.md`)).toMatch(new RegExp(`related:\\n {2}- "${NUMBER}"`));
    expect(await lastLetter()).not.toContain(OTHER);
    expect(desk.git('status', '--porcelain')).toBe('');
  });
  it('a sibling is linked and stays a case of its own, once', async () => {
    await typed(desk, triage, { case: NUMBER, related: [OTHER] }, NOW);
    await typed(desk, triage, { case: OTHER, related: [NUMBER] }, '2014-05-02T11:00');
    expect(desk.read(`cases/2014/${OTHER}/case.md`).match(new RegExp(NUMBER, 'g'))).toHaveLength(1);
    await expect(typed(desk, triage, { case: NUMBER, related: ['99999999'] }, NOW)).rejects.toMatchObject({ code: 'no-such-case' });
  });
});

describe('priority and SSVC', () => {
  it('a flag of the policy raises the priority, and the log says which rule decided', async () => {
    const { envelopes } = await typed(desk, triage, { case: NUMBER, spread: 'narrow', cvss: 'AV:L/AC:H/Au:M/C:P/I:N/A:N', flag: ['critical-infrastructure'] }, NOW, { json: true });
    expect(envelopes).toMatchObject([{ priority: 'priority', decidedBy: 'critical-infrastructure' }]);
    expect(desk.entry('assessed')).toContain('Priority: critical-infrastructure raises it to priority (policy 2018, C); by the matrix it would be simple');
    expect((await typed(desk, show, { case: NUMBER }, NOW)).printed).toMatch(/critical-infrastructure raises it to priority/);
  });
  it('answers are kept until they decide; what is possible is shown', async () => {
    await typed(desk, triage, { case: NUMBER, ssvc: ['report-public=no,supplier-contacted=yes', 'report-credibility=credible', 'supplier-engagement=unresponsive'] }, NOW);
    expect(desk.entry('assessed')).not.toContain('outcome:');
    const { printed } = await typed(desk, show, { case: NUMBER }, NOW);
    expect(printed.replace(/\s+/g, ' ')).toContain('coordinate: track or coordinate, not decided (open: supplier-cardinality, utility, public-safety-impact)');
    await typed(desk, triage, { case: NUMBER, ssvc: ['utility=efficient'] }, '2014-05-02T11:00');
    expect(desk.entry('assessed', 1)).toMatch(/table: coordinate[\s\S]*supplier-engagement: unresponsive[\s\S]*outcome: coordinate/);
    expect((await typed(desk, show, { case: NUMBER }, NOW)).printed).toContain('coordinate: coordinate [');
  });
  it('a person takes what the case says with Enter, and is not asked what cannot change the outcome', async () => {
    const answers = new Proxy<Record<string, unknown>>({ '--cvss': '', '--flag': [], '--spread': 'wide', '--ssvc': 'answer', '--ssvc report-public=VALUE': 'no', '--ssvc supplier-contacted=VALUE': 'no', '--ssvc report-credibility=VALUE': 'credible', '--ssvc supplier-cardinality=VALUE': 'one', '--accept or --decline': 'later' }, { has: () => true, get: (known, flag: string) => known[flag] ?? 'leave' });
    const { asked } = await typed(desk, triage, { case: NUMBER }, NOW, { answers });
    expect(asked).not.toContain('--ssvc supplier-engagement=VALUE');
    expect(desk.entry('assessed')).toMatch(/outcome: decline/);
  });
  it('the publication table is taken in coordination', async () => {
    await decided({});
    await typed(desk, triage, { case: NUMBER, ssvc: ['public-value-added=precedence'] }, '2014-05-03T10:00');
    expect(desk.entry('assessed', 1)).toMatch(/table: publish[\s\S]*outcome: publish/);
  });
});

describe('questions to the reporter', () => {
  it('are made from what is unknown and what the report lacks, and only asked', async () => {
    const { printed } = await typed(desk, triage, { case: NUMBER, criterion: ['reproducible=unknown'], ask: true, question: ['Which browser was it?'] }, NOW);
    const letter = await lastLetter();
    for (const text of [/1\. Does it occur in the latest version/, /2\. Have you contacted the vendor/, /3\. Which browser was it\?/]) expect(letter).toMatch(text);
    expect(letter).not.toContain('proof of concept');
    expect(printed).toContain('1. Does it occur');
    expect(desk.entry('reporter-contacted', 1)).toContain('purpose: questions');
    expect(desk.head().trailer('Event')).toEqual(['assessed', 'reporter-contacted']);
  });
  it('alone they assess nothing', async () => {
    await typed(desk, triage, { case: NUMBER, ask: true }, NOW);
    expect(desk.head().trailer('Event')).toEqual(['reporter-contacted']);
  });
  it('vcc notify makes the same list, and --text takes its place', async () => {
    await typed(desk, notify, { case: NUMBER, reporter: true, purpose: 'questions' }, NOW);
    expect(await lastLetter()).toContain('Have you contacted the vendor');
    await typed(desk, notify, { case: NUMBER, reporter: true, purpose: 'questions', text: 'Is it the blue one?' }, '2014-05-02T11:00');
    expect(await lastLetter()).toContain('Is it the blue one?');
    expect(await lastLetter()).not.toContain('Have you contacted the vendor');
  });
  it('come in the language of the reporter', async () => {
    await takeIn(desk, { language: 'ja', title: { ja: '別の製品の問題' }, products: [{ ...PRODUCT, name: 'Other' }], impact: undefined }, { id: '11111111' });
    await typed(desk, triage, { case: '11111111', ask: true }, NOW);
    expect(await lastLetter()).toMatch(/想定される攻撃シナリオ/);
  });
  it('where nothing is open, nothing is asked', async () => {
    edit('language: en\n', 'language: en\nvendorContacted: "no"\n');
    await expect(typed(desk, triage, { case: NUMBER, ask: true }, NOW)).rejects.toMatchObject({ code: 'nothing-to-ask' });
  });
});

describe('a declined reporter', () => {
  it('gets contact data only as far as the vendor lets it be given out', async () => {
    await declined({ assistance: ['vendor-contact-data'] });
    const ask = () => typed(desk, notify, { case: NUMBER, reporter: true, purpose: 'assistance', vendor: ['acme'] }, '2014-05-03T10:00');
    await expect(ask()).rejects.toMatchObject({ code: 'nothing-to-give', hint: expect.stringContaining('public: true') as string });
    desk.write('vendors/acme.yaml', desk.read('vendors/acme.yaml').replace('    language: en\n', '    language: en\n    public: true\n  - email: private@acme.example\n    language: en\n'));
    desk.commit('Acme lets its address be given out');
    await ask();
    const letter = await lastLetter();
    expect(letter).toContain('psirt@acme.example');
    expect(letter).not.toContain('private@');
    expect(desk.entry('reporter-contacted', 2)).toContain('purpose: assistance');
  });
  it('is helped by a letter that names no flaw, no product, and nobody without consent', async () => {
    await declined({ assistance: ['contact-attempt'] });
    const [acme] = desk.outbox();
    await typed(desk, notify, { case: NUMBER, vendor: ['keyless'], purpose: 'assistance', inClear: 'no key is known' }, '2014-05-03T10:00');
    const mail = desk.read(`outbox/${desk.outbox().at(-1) ?? ''}`);
    expect(acme).toBeDefined();
    for (const secret of ['Example Router', 'shell', 'Yamada', 'finder.example', 'Quiet Laboratory']) expect(mail).not.toContain(secret);
    expect(desk.entry('vendor-contacted')).toContain('purpose: assistance');
    const { printed } = await typed(desk, show, { case: NUMBER }, '2014-05-03T10:00');
    expect(printed).not.toMatch(/Answer of the vendor|Publication, 45 days|No resolution 120 days/);
  });
  it('is not helped where the case is coordinated', async () => {
    await decided({});
    await expect(typed(desk, notify, { case: NUMBER, vendor: ['acme'], purpose: 'assistance' }, '2014-05-03T10:00')).rejects.toMatchObject({ code: 'not-so' });
  });
});

describe('asking again', () => {
  it('shows what was decided and assessed before', async () => {
    await declined();
    await happened(desk, 'reopened', { reason: 'New facts.' }, '2014-05-03T10:00');
    const { printed } = await typed(desk, triage, { case: NUMBER, spread: 'medium' }, '2014-05-03T11:00');
    expect(printed).toMatch(/before: declined 2014-05-02: No longer maintained\.\n(?:.*\n)*before: reopened 2014-05-03: New facts\./);
    expect(printed).toMatch(/vulnerability +required +yes/);
  });
  it('may be refused, and the reporter hears why', async () => {
    await declined();
    await typed(desk, notify, { case: NUMBER, reporter: true, purpose: 'reopening-refused', text: 'Nothing is new.' }, '2014-05-03T10:00');
    expect(await lastLetter()).toMatch(/will not\.[\s\S]*Nothing is new\./);
    expect(desk.entry('reporter-contacted', 2)).toContain('purpose: reopening-refused');
    expect((await typed(desk, show, { case: NUMBER }, NOW)).printed).toContain('declined');
  });
});
