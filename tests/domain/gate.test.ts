import { describe, expect, test } from 'vitest';
import type { LoggedEntry } from '../../src/domain/case.ts';
import { gateChecks, type GateCheck, type GateInput } from '../../src/domain/gate.ts';
import { parseInstant } from '../../src/domain/instant.ts';
import { publicAdvisory } from '../../src/domain/publication.ts';
import { replay } from '../../src/domain/replay.ts';
import type { Reporter } from '../../src/generated/documents.ts';
import { ACME, anAdvisory, aRecord, CONFIGURATION, entry, HASH, jpcertPolicy, storyUntil } from '../support/a-case.ts';

const REPORTER: Reporter = { name: 'Hanako Yamada', email: 'hanako@example.org', credit: { en: 'Hanako Yamada', ja: '山田花子' }, wishes: { publicCredit: true } };
const APPROVED = entry('approved', '2014-06-05T10:00', { by: 'tanaka', text: HASH, outputs: { 'en.html': HASH, 'ja.html': HASH } });
const READY = [...storyUntil('scheduled'), APPROVED];
const DATE = '2014-06-06T12:00:00+09:00';

interface Changes extends Partial<Omit<GateInput, 'record' | 'state' | 'advisory' | 'now'>> {
  readonly log?: readonly LoggedEntry[];
  readonly case?: Parameters<typeof aRecord>[1];
  readonly now?: string;
}

function checks(changes: Changes = {}): GateCheck[] {
  const { log = READY, case: caseChanges, now = '2014-06-06T12:00', ...rest } = changes;
  const record = aRecord(log, caseChanges);
  const { state } = replay(record);
  const configuration = rest.configuration ?? CONFIGURATION;
  return gateChecks({
    record,
    state,
    policy: jpcertPolicy(),
    configuration,
    advisory: publicAdvisory(record, state, new Map([['acme', ACME]]), configuration),
    now: parseInstant(`${now}:00+09:00`),
    contentHash: HASH,
    outputs: { ok: true, files: { 'en.html': HASH, 'ja.html': HASH } },
    reporter: REPORTER,
    approvalAuthors: new Map([[APPROVED.name, 'tanaka@centre.example']]),
    textAuthors: ['sato@centre.example'],
    leaks: [],
    ...rest,
  });
}
const closed = (changes: Changes): string[] => checks(changes).filter(({ ok }) => !ok).map(({ check }) => check);
function detail(check: GateCheck['check'], changes: Changes): GateCheck {
  const found = checks(changes).find((candidate) => candidate.check === check);
  if (!found) throw new Error(`no check ${check}`);
  return found;
}
const without = (...events: string[]): LoggedEntry[] => READY.filter((logged) => !events.includes(logged.entry.event));
const texts = (en: Parameters<typeof anAdvisory>[1], ja: Parameters<typeof anAdvisory>[1] = {}): Changes['case'] => ({ advisories: { en: anAdvisory('en', en), ja: anAdvisory('ja', ja) } });

test('a case that is ready passes every check', () => {
  expect(checks().map(({ check, ok, detail: why }) => [check, ok, ok ? '' : why])).toEqual(jpcertPolicy().gate.map(({ check }) => [check, true, '']));
});

test('each check says what it is, what it found, where it comes from, and what to do where it is closed', () => {
  for (const check of [...checks(), ...checks({ log: storyUntil('contacted'), textAuthors: [], case: { advisories: {} } })]) {
    expect(check.title).not.toBe('');
    expect(check.detail).not.toBe('');
    expect(check.source).not.toBe('');
    expect(check.clear === '').toBe(check.ok);
  }
});

test('a gap is named by file and line, whatever the state of the case', () => {
  const check = detail('both-languages', { case: texts({ solution: 'Update.\n\n<!-- GAP: what users do -->' }), log: storyUntil('replied') });
  const section = anAdvisory('en', {}).sections.find(({ id }) => id === 'solution');
  expect(check.detail).toContain(`advisory.en.md:${(section?.line ?? 0) + 3} solution still has a gap`);
  expect(check.clear).not.toContain('vcc lint');
});

describe('break one thing and exactly one check closes', () => {
  test.each<[string, Changes, string[]]>([
    ['a minute too early', { now: '2014-06-06T11:59' }, ['date-agreed']],
    ['the vendor agreed to another date', { log: READY.map((logged) => (logged.entry.event === 'date-agreed' && logged.entry.party === 'vendor:acme' ? entry('date-agreed', '2014-05-21T10:00', { party: 'vendor:acme', date: '2014-06-20T12:00:00+09:00' }) : logged)) }, ['date-agreed']],
    ['a vendor that gave its status has not agreed', { log: [...READY, entry('vendor-added', '2014-05-24T10:00', { vendor: 'libre', role: 'downstream' }), entry('vendor-contacted', '2014-05-24T10:00', { vendor: 'libre', purpose: 'first-contact', means: 'mail' }), entry('vendor-status', '2014-05-26T10:00', { vendor: 'libre', status: 'affected' })] }, ['date-agreed']],
    ['the reporter was not asked', { log: READY.filter((logged) => !(logged.entry.event === 'date-agreed' && logged.entry.party === 'reporter')) }, ['date-agreed']],
    ['the receiving organisation was not asked', { case: { file: { route: 'partnership' } } }, ['date-agreed']],
    ['a partner wants another date', { log: [...READY, entry('date-proposed', '2014-06-01T10:00', { party: 'partner:certcc', date: '2014-06-20T12:00:00+09:00' })] }, ['date-agreed']],
    ['no remediation', { log: without('fix-available') }, ['remediation']],
    ['a proof of concept in the Japanese text', { case: texts({}, { description: '次の要求を送ります。\n\nGET /ping?host=;id HTTP/1.1' }) }, ['no-attack-detail']],
    ['a notified vendor has no status', { log: without('vendor-status') }, ['vendor-status']],
    ['the Japanese impact is empty', { case: texts({}, { impact: '' }) }, ['both-languages']],
    ['a gap is left in the English text', { case: texts({ solution: '<!-- GAP: what users do -->' }) }, ['both-languages']],
    ['no CVE id', { log: without('cve-assigned') }, ['cve']],
    ['two ids, and nobody says which is which', { log: [...READY, entry('cve-assigned', '2014-06-01T10:00', { cve: 'CVE-2014-0225', assigner: 'redhat' })] }, ['cve']],
    ['an embargo to a later minute', { log: [...READY, entry('embargo-proposed', '2014-05-23T11:00', { party: 'team', until: '2014-06-06T12:00:01+09:00' }), entry('embargo-accepted', '2014-05-23T12:00', { party: 'vendor:acme' })] }, ['embargo']],
    ['nobody approved', { log: without('approved') }, ['approved']],
    ['the text changed since', { contentHash: `sha256:${'ff'.repeat(32)}` }, ['approved']],
    ['a page would come out otherwise', { outputs: { ok: true, files: { 'en.html': HASH, 'ja.html': `sha256:${'ee'.repeat(32)}` } } }, ['approved']],
    ['a file is new', { outputs: { ok: true, files: { 'en.html': HASH, 'ja.html': HASH, 'CVE-2014-0160.json': HASH } } }, ['approved']],
    ['a file cannot be made', { outputs: { ok: false, problem: 'no', clear: 'do' } }, ['approved']],
    ['the approver wrote part of the text', { textAuthors: ['sato@centre.example', 'Tanaka@Centre.example'] }, ['approved']],
    ['somebody else committed the approval', { approvalAuthors: new Map([[APPROVED.name, 'sato@centre.example']]) }, ['approved']],
    ['the approval is not committed', { approvalAuthors: new Map() }, ['approved']],
    ['the approver is not in the team', { log: [...storyUntil('scheduled'), entry('approved', '2014-06-05T10:00', { by: 'mallory', text: HASH })] }, ['approved']],
    ['Git does not know who wrote it', { textAuthors: [] }, ['approved']],
    ['the reporter takes the credit back', { case: { file: { wishes: { publicCredit: false } } } }, ['credit']],
    ['the identity cannot be opened', { reporter: 'sealed' }, ['credit']],
    ['the sealed identity is missing', { reporter: 'none', case: { sealed: ['report'], file: { wishes: {} } }, log: READY.map((logged) => (logged.entry.event === 'received' ? entry('received', '2014-05-01T10:00', { route: 'direct', channel: 'mail', sealed: ['report', 'reporter'] }) : logged)) }, ['credit']],
    ['credit is wished for and nobody is known', { reporter: 'none' }, ['credit']],
    ['a text gives another version than case.md', { case: texts({ affected: 'Example Router 1.2.4 and earlier' }) }, ['both-languages']],
    ['the two texts have different fixes', { case: texts({ solution: 'Update to 1.2.4.' }, { solution: '1.2.5 に更新してください。' }) }, ['both-languages']],
    ['the name of one who wants to be thanked by another', { reporter: { ...REPORTER, credit: { en: 'NightOwl', ja: 'NightOwl' } }, case: texts({ credit: 'NightOwl (Hanako Yamada)' }, { credit: 'NightOwl' }) }, ['credit']],
    ['another name than the words that were asked for', { reporter: { ...REPORTER, credit: { en: 'NightOwl' } } }, ['credit']],
    ['the Japanese credit is missing', { case: texts({}, { credit: '' }) }, ['credit']],
  ])('%s', (_name, changes, expected) => {
    expect(closed(changes)).toEqual(expected);
  });
});

describe('the date', () => {
  test('says who has not agreed, to what, and what to type', () => {
    const found = detail('date-agreed', { log: READY.filter((logged) => !(logged.entry.event === 'date-agreed' && logged.entry.party === 'reporter')) });
    expect(found).toMatchObject({ detail: '2014-06-06 12:00 +09:00 is not agreed by reporter', clear: `vcc record 61247051 date-agreed --party reporter --date ${DATE}` });
  });
  test('a reporter whose sealed identity is missing is waited for', () => {
    const received = entry('received', '2014-05-01T10:00', { route: 'direct', channel: 'mail', sealed: ['reporter'] });
    const log = READY.filter((logged) => !(logged.entry.event === 'date-agreed' && logged.entry.party === 'reporter')).map((logged) => (logged.entry.event === 'received' ? received : logged));
    expect(closed({ log, reporter: 'none', case: { sealed: [], file: { wishes: {} } } })).toEqual(['date-agreed', 'credit']);
  });
  test('a reporter without an address is not waited for', () => {
    const log = READY.filter((logged) => !(logged.entry.event === 'date-agreed' && logged.entry.party === 'reporter'));
    expect(closed({ log, reporter: 'none', case: { sealed: ['report'], file: { wishes: {} } } })).toEqual([]);
  });
  const beta = [entry('vendor-added', '2014-05-09T10:00', { vendor: 'beta', role: 'downstream' }), entry('vendor-contacted', '2014-05-09T11:00', { vendor: 'beta', purpose: 'first-contact', means: 'mail' }), entry('vendor-status', '2014-05-25T11:00', { vendor: 'beta', status: 'unknown' })];
  test('a silent vendor does not hold up the others; one that answered is asked', () => {
    expect(closed({ log: [...READY, ...beta] })).toEqual([]);
    expect(closed({ log: [...READY, ...beta, entry('vendor-replied', '2014-05-10T10:00', { vendor: 'beta' })] })).toEqual(['date-agreed']);
  });
  test('nor one that is not affected', () => {
    expect(closed({ log: [...READY, ...beta, entry('vendor-replied', '2014-05-10T10:00', { vendor: 'beta' }), entry('vendor-status', '2014-05-26T11:00', { vendor: 'beta', status: 'not-affected' })] })).toEqual([]);
  });
  const alone = READY.filter((logged) => !(logged.entry.event === 'vendor-replied' || (logged.entry.event === 'date-agreed' && logged.entry.party === 'vendor:acme')));
  test('where the only vendor is silent, silence is no consent', () => {
    expect(closed({ log: alone })).toEqual(['date-agreed']);
  });
  describe('at the end of the ladder of the direct route its consent is not needed', () => {
    const decided = [...alone, entry('escalated', '2014-06-01T10:00', { vendor: 'acme', step: 'decide', evidence: [READY[4]?.name ?? ''] })];
    const tell = (fields: object = {}, when = '2014-06-01T10:00') => entry('vendor-contacted', when, { vendor: 'acme', purpose: 'date', means: 'mail', outcome: 'sent', ...fields });
    test('once it was told the date', () => {
      expect(closed({ log: [...decided, tell()] })).toEqual([]);
      expect(closed({ log: [...decided, tell({ means: 'post' })] })).toEqual([]);
    });
    test.each([
      ['it was not told', []],
      ['the letter came back', [tell({ outcome: 'bounced' })]],
      ['word came that the letter came back', [tell(), tell({ outcome: 'bounced' }, '2014-06-02T10:00')]],
      ['the letter was about something else', [tell({ purpose: 'reminder' })]],
      ['the letter spoke of an earlier date', [tell({}, '2014-05-23T09:00')]],
      ['the date fell through since, and was set anew', [tell(), entry('unscheduled', '2014-06-01T11:00', { reason: 'x' }), ...READY.filter(({ entry: { event } }) => event === 'date-agreed').map((logged) => entry('date-agreed', '2014-06-01T12:00', { party: 'reporter', date: logged.entry.event === 'date-agreed' ? logged.entry.date : DATE })).slice(0, 1), entry('scheduled', '2014-06-01T13:00', { date: DATE })]],
    ] as const)('but not where %s', (_what, more) => {
      const found = detail('date-agreed', { log: [...decided, ...more] });
      expect(found).toMatchObject({ ok: false, detail: expect.stringContaining('acme, which was not told') as string, clear: `vcc escalate 61247051 --vendor acme --publish --date ${DATE}` });
    });
  });
  test('or the committee has cleared it', () => {
    const conditions = { uncoordinatable: true, confirmed: true, 'users-unaware': true, 'no-reason-against': true, 'developer-heard': true };
    expect(closed({ log: [...alone, entry('committee-cleared', '2014-05-22T10:00', { conditions })], case: { file: { route: 'partnership' } } })).toEqual([]);
  });
  test('until the vendor answers after all, and the gate says so', () => {
    const conditions = { uncoordinatable: true, confirmed: true, 'users-unaware': true, 'no-reason-against': true, 'developer-heard': true };
    const answer = entry('vendor-replied', '2014-06-01T11:00', { vendor: 'acme' });
    const step = entry('escalated', '2014-06-01T09:00', { vendor: 'acme', step: 'committee', evidence: [READY[4]?.name ?? ''] });
    const log = [...alone, step, entry('committee-cleared', '2014-06-01T10:00', { conditions }), answer];
    expect(closed({ log, case: { file: { route: 'partnership' } } })).toEqual(['date-agreed']);
    expect(detail('date-agreed', { log }).detail).toContain(`the committee's clearance ended with ${answer.name}`);
  });
  test('an entry that says it was published before the date opens nothing', () => {
    const published = (when: string, more: object = {}): LoggedEntry => entry('published', when, { text: HASH, date: DATE, ...more });
    expect(closed({ log: [...READY, published('2014-06-05T12:00')], now: '2014-06-05T13:00' })).toEqual(['date-agreed']);
    expect(closed({ log: [...READY, published('2014-06-06T12:00')], now: '2014-06-06T13:00' })).toEqual([]);
    const attacked = entry('attacks-observed', '2014-06-04T11:00', { how: 'a customer' });
    expect(closed({ log: [...READY, attacked, published('2014-06-05T12:00', { emergency: 'attacks' })], now: '2014-06-05T13:00' })).toEqual([]);
  });
  test('an emergency needs a public exploit or attacks, and no date', () => {
    const early = { now: '2014-05-22T12:00', emergency: 'attacks in the wild' };
    expect(closed(early)).toEqual(['date-agreed']);
    const log = [...without('scheduled'), entry('attacks-observed', '2014-05-22T11:00', { how: 'a customer' })];
    expect(closed({ ...early, log })).toEqual([]);
    expect(detail('date-agreed', { ...early, log }).detail).toBe('emergency: attacks in the wild');
  });
});

describe('credit', () => {
  const anonymous: Changes = { reporter: { ...REPORTER, wishes: { publicCredit: false } }, case: { file: { wishes: { publicCredit: false } }, ...texts({ credit: '' }, { credit: '' }) } };
  test('an anonymous reporter is named nowhere', () => {
    expect(closed(anonymous)).toEqual([]);
  });
  test.each([
    ['the name, in another case', { overview: 'Found by HANAKO  YAMADA.' }],
    ['the address', { description: 'Ask hanako@example.org.' }],
    ['the Japanese credit', { solution: 'Where you cannot update, do as 山田 花子 様 tells.' }],
  ])('%s in another section closes the gate', (_name, changes) => {
    const found = { ...anonymous, case: { ...anonymous.case, ...texts({ credit: '', ...changes }, { credit: '' }) } };
    expect(closed(found)).toEqual(['credit']);
  });
  test('the name in the statement of a vendor closes it too', () => {
    const log = [...READY, entry('vendor-status', '2014-05-25T11:00', { vendor: 'acme', status: 'affected', statement: { en: 'We thank Hanako Yamada.' } })];
    expect(closed({ ...anonymous, log })).toEqual(['credit']);
  });
  test('a vendor that reports on its own product is named as the vendor', () => {
    expect(closed({ ...anonymous, reporter: { name: 'Taro Suzuki', organisation: 'Acme Corporation', wishes: {} } })).toEqual([]);
  });
  test('who wants credit gets no address published', () => {
    expect(closed({ case: texts({ credit: 'Hanako Yamada (hanako@example.org) reported it.' }) })).toEqual(['credit']);
  });
  test('consent that the sealed wishes do not give is no consent', () => {
    expect(closed({ reporter: { ...REPORTER, wishes: { publicCredit: false } } })).toEqual(['credit']);
  });
});

describe('CVE', () => {
  const ours = { ...CONFIGURATION, cna: { shortName: 'redhat', orgId: 'x' } };
  test('an id of our own needs a description that credits nobody', () => {
    expect(closed({ configuration: ours })).toEqual([]);
    const en = anAdvisory('en');
    const header = (cveDescription: string | undefined): Changes['case'] => ({ advisories: { en: { ...en, header: { case: en.header.case, language: 'en', title: en.header.title, ...(cveDescription === undefined ? {} : { cveDescription }) } }, ja: anAdvisory('ja') } });
    expect(closed({ configuration: ours, case: header(undefined) })).toEqual(['cve']);
    expect(closed({ configuration: ours, case: header('GAP: one sentence') })).toEqual(['cve']);
    expect(closed({ configuration: ours, case: header('Hanako Yamada found a flaw in Example Router.') })).toEqual(['credit']);
  });
});

test('a section that would be lost closes the gate', () => {
  const en = anAdvisory('en');
  expect(detail('both-languages', { case: { advisories: { en: { ...en, sections: [...en.sections, { id: undefined, heading: 'Mitigations', text: 'x', line: 90 }] }, ja: anAdvisory('ja') } } })).toMatchObject({ ok: false, detail: expect.stringContaining('"Mitigations"') as string });
});

test('a partial remediation passes and says that it is partial', () => {
  const log = [...without('fix-available'), entry('fix-available', '2014-05-20T10:00', { remediation: 'workaround', partial: true })];
  expect(detail('remediation', { log })).toMatchObject({ ok: true, detail: 'workaround, but only partial: the text must say so' });
});

test('once published, an update needs a new approval and neither date nor embargo', () => {
  const log = [...READY, entry('published', '2014-06-06T12:00', { text: HASH, date: DATE })];
  expect(closed({ log, now: '2014-07-01T12:00', contentHash: `sha256:${'ff'.repeat(32)}` })).toEqual(['approved']);
});

test('a policy with fewer checks makes fewer', () => {
  const policy = jpcertPolicy();
  expect(closed({ policy: { ...policy, gate: policy.gate.filter(({ check }) => check !== 'approved') }, log: without('approved') })).toEqual([]);
});
