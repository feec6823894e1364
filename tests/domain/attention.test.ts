import { describe, expect, test } from 'vitest';
import { attention, type Attention } from '../../src/domain/attention.ts';
import { makeCalendar } from '../../src/domain/calendar.ts';
import type { LoggedEntry } from '../../src/domain/case.ts';
import { dueDates } from '../../src/domain/deadlines.ts';
import { parseInstant } from '../../src/domain/instant.ts';
import { replay } from '../../src/domain/replay.ts';
import { aRecord, CONFIGURATION, entry, HASH, jpcertPolicy, STORY, storyUntil } from '../support/a-case.ts';

const CALENDAR = makeCalendar('Asia/Tokyo', CONFIGURATION.closures ?? []);
const POLICY = jpcertPolicy();

function look(log: readonly LoggedEntry[], now: string, changes: Parameters<typeof aRecord>[1] = {}): Attention {
  const record = aRecord(log, changes);
  const { state } = replay(record);
  const at = parseInstant(`${now}:00+09:00`);
  return attention(record, state, dueDates(record, state, POLICY, CALENDAR, at), at, POLICY);
}

const told = entry('reporter-contacted', '2014-05-01T11:00', { purpose: 'acknowledgement', means: 'mail' });
const details = entry('vendor-contacted', '2014-05-09T10:00', { vendor: 'acme', purpose: 'details', means: 'mail' });
const proposed = entry('embargo-proposed', '2014-05-08T11:00', { party: 'team', until: '2014-06-06T12:00:00+09:00' });
const acceptedIt = entry('embargo-accepted', '2014-05-08T12:00', { party: 'vendor:acme' });
const approved = entry('approved', '2014-05-24T10:00', { by: 'tanaka', text: HASH });
const published = entry('published', '2014-06-06T12:00', { text: HASH, date: '2014-06-06T12:00:00+09:00' });

describe('the next command', () => {
  test.each<[string, LoggedEntry[], string, string]>([
    ['a new report', [STORY.received], '2014-05-01T10:30', 'vcc notify 61247051 --reporter --purpose acknowledgement --in-clear REASON'],
    ['answered, not assessed', [STORY.received, told], '2014-05-01T12:00', 'vcc triage 61247051'],
    ['accepted', storyUntil('accepted'), '2014-05-02T12:00', 'vcc notify 61247051 --vendor acme'],
    ['contacted', storyUntil('contacted'), '2014-05-08T09:00', 'vcc due --case 61247051'],
    ['answered', storyUntil('replied').map((logged) => (logged === STORY.replied ? entry('vendor-replied', '2014-05-08T10:00', { vendor: 'acme' }) : logged)), '2014-05-08T11:00', 'vcc notify 61247051 --vendor acme --purpose details'],
    ['answered, an embargo waits for it', [...storyUntil('replied'), proposed], '2014-05-08T13:00', 'vcc due --case 61247051'],
    ['accepted the embargo', [...storyUntil('replied'), proposed, acceptedIt], '2014-05-08T13:00', 'vcc notify 61247051 --vendor acme --purpose details'],
    ['has the details and a stand', [...storyUntil('replied'), details, entry('vendor-replied', '2014-05-12T10:00', { vendor: 'acme', progress: 'accepted' })], '2014-05-12T11:00', 'vcc record 61247051 vendor-status --vendor acme --status STATUS'],
    ['a fix is there', [...storyUntil('status'), details, entry('vendor-replied', '2014-05-12T10:00', { vendor: 'acme', progress: 'accepted' })], '2014-05-20T12:00', 'vcc schedule 61247051 --date WHEN'],
    ['a date is set', storyUntil('scheduled'), '2014-05-24T09:00', 'vcc approve 61247051'],
    ['approved', [...storyUntil('scheduled'), approved], '2014-05-25T09:00', 'vcc publish 61247051 --check'],
    ['the date has come', [...storyUntil('scheduled'), approved], '2014-06-06T12:00', 'vcc publish 61247051'],
    ['published', [...storyUntil('scheduled'), approved, published], '2014-06-07T12:00', 'vcc publish 61247051 --check'],
    ['declined, and the reporter does not know', [STORY.received, STORY.assessed, entry('declined', '2014-05-02T11:00', { reason: 'x' })], '2014-05-02T12:00', 'vcc notify 61247051 --reporter --purpose declined'],
    ['withdrawn', [STORY.received, entry('withdrawn', '2014-05-02T11:00', { because: 'already-public', reason: 'x' })], '2014-05-02T12:00', 'vcc log 61247051'],
    ['closed, and the reporter was not told', [...storyUntil('replied'), entry('closed', '2014-09-05T11:00', { because: 'no-resolution', reason: 'x' })], '2014-09-06T12:00', 'vcc notify 61247051 --reporter --purpose closed'],
    ['closed', [...storyUntil('replied'), entry('reporter-contacted', '2014-09-05T11:00', { purpose: 'closed', means: 'mail' }), entry('closed', '2014-09-05T11:00', { because: 'no-resolution', reason: 'x' })], '2014-09-06T12:00', 'vcc record 61247051 reopened --reason TEXT'],
    ['a silent vendor', storyUntil('contacted'), '2014-05-22T09:00', 'vcc escalate 61247051 --vendor acme'],
    ['attacks', [...storyUntil('replied'), entry('attacks-observed', '2014-05-09T10:00', { how: 'x' })], '2014-05-09T11:00', 'vcc publish 61247051 --check --emergency REASON'],
    ['attacks under embargo', [...storyUntil('replied'), proposed, acceptedIt, entry('attacks-observed', '2014-05-09T10:00', { how: 'x' })], '2014-05-09T11:00', 'vcc record 61247051 embargo-terminated --reason TEXT'],
  ])('%s', (_name, log, now, command) => {
    expect(look(log, now).command).toBe(command);
  });

  test('the first answer goes encrypted where a key came since', () => {
    const log = [STORY.received, entry('reporter-key', '2014-05-01T11:00', { sealed: 'reporter-key-1f2e3d4c' })];
    expect(look([STORY.received], '2014-05-01T10:30')).toMatchObject({ what: expect.stringContaining('in clear only') as unknown, command: 'vcc notify 61247051 --reporter --purpose acknowledgement --in-clear REASON' });
    expect(look(log, '2014-05-01T12:00')).toMatchObject({ what: 'the reporter has no answer yet; not assessed yet (vcc triage 61247051)', command: 'vcc notify 61247051 --reporter --purpose acknowledgement' });
    expect(look(log, '2014-05-12T12:00')).toMatchObject({ due: { wants: { event: 'reporter-contacted' } }, command: 'vcc notify 61247051 --reporter --purpose acknowledgement' });
  });

  test('a report without an identity has nobody to answer', () => {
    expect(look([STORY.received], '2014-05-01T10:30', { sealed: [] }).command).toBe('vcc triage 61247051');
  });
});

describe('a vendor whose mail comes back', () => {
  const back = entry('vendor-contacted', '2014-05-08T10:30', { vendor: 'acme', purpose: 'details', means: 'mail', outcome: 'bounced' });
  const log = [...storyUntil('replied'), back];

  test('is called, or gets another address; nothing more is sent there until it is heard of', () => {
    expect(look(log, '2014-05-08T11:00')).toMatchObject({ what: expect.stringContaining('vcc vendor add acme --email ADDRESS') as unknown, command: 'vcc record 61247051 vendor-contacted --vendor acme --purpose reminder --means phone' });
    const called = [...log, entry('vendor-contacted', '2014-05-08T11:00', { vendor: 'acme', purpose: 'reminder', means: 'phone' })];
    expect(look(called, '2014-05-08T12:00').command).not.toContain('vcc notify');
    const heard = [...called, entry('vendor-replied', '2014-05-08T12:00', { vendor: 'acme', means: 'phone' })];
    expect(look(heard, '2014-05-08T13:00').command).toBe('vcc notify 61247051 --vendor acme --purpose details');
  });
});

describe('vendors that owe an answer', () => {
  const libre = (at: string): LoggedEntry[] => [entry('vendor-added', at, { vendor: 'libre', role: 'downstream', reason: 'x' }), entry('vendor-contacted', at, { vendor: 'libre', purpose: 'first-contact', means: 'mail' })];
  const both = [...storyUntil('contacted'), ...libre('2014-05-07T12:00')];

  test('are named all, with what comes next and when', () => {
    expect(look(both, '2014-05-08T09:00')).toMatchObject({ level: 'theirs', what: 'waiting for acme, libre', command: 'vcc due --case 61247051', due: { id: 'vendor-answer', state: 'pending' } });
    expect(look(both, '2014-05-22T09:00')).toMatchObject({ level: 'overdue', what: 'Answer of the vendor: acme, libre', command: 'vcc escalate 61247051 --vendor acme' });
  });

  test('are not escalated before it is due: the ladder would refuse', () => {
    expect(look(both, '2014-05-20T09:00')).toMatchObject({ level: 'due-soon', command: 'vcc due --case 61247051' });
  });

  test.each<[string, LoggedEntry]>([
    ['its status', entry('vendor-status', '2014-05-09T10:00', { vendor: 'acme', status: 'affected' })],
    ['its fix', entry('fix-available', '2014-05-09T10:00', { vendor: 'acme', remediation: 'fix' })],
    ['its consent to a date', entry('date-agreed', '2014-05-09T10:00', { party: 'vendor:acme', date: '2014-06-06T12:00:00+09:00' })],
  ])('have answered with %s', (_name, word) => {
    expect(look([...both, word], '2014-05-22T09:00')).toMatchObject({ what: 'Answer of the vendor: libre', command: 'vcc escalate 61247051 --vendor libre' });
  });

  test.each<[string, LoggedEntry]>([
    ['a status of unknown', entry('vendor-status', '2014-05-09T10:00', { vendor: 'acme', status: 'unknown' })],
    ['a workaround of our own', entry('fix-available', '2014-05-09T10:00', { remediation: 'workaround' })],
    ["the reporter's consent", entry('date-agreed', '2014-05-09T10:00', { party: 'reporter', date: '2014-06-06T12:00:00+09:00' })],
  ])('have not answered with %s', (_name, word) => {
    expect(look([...both, word], '2014-05-22T09:00')).toMatchObject({ what: 'Answer of the vendor: acme, libre' });
  });
});

describe('the order', () => {
  const ranks = (...seen: Attention[]): number[] => seen.map(({ rank }) => rank);
  test('attacks, a secret that is out, overdue, due now, due soon, ours, theirs, ended', () => {
    const order = ranks(
      look([...storyUntil('replied'), entry('attacks-observed', '2014-05-09T10:00', { how: 'x' })], '2014-05-09T11:00'),
      look([...storyUntil('replied'), entry('public-known', '2014-05-09T10:00', { how: 'x' })], '2014-05-09T11:00'),
      look(storyUntil('contacted'), '2014-05-22T09:00'),
      look([...storyUntil('scheduled'), approved], '2014-06-06T12:00', { file: { route: 'partnership' } }),
      look([...storyUntil('accepted'), told], '2014-05-20T12:00', { file: { timeLimits: [{ date: '2014-05-25' }] } }),
      look([...storyUntil('accepted'), told], '2014-05-20T12:00'),
      look(storyUntil('contacted'), '2014-05-08T09:00'),
      look([...storyUntil('scheduled'), approved, published], '2014-06-07T12:00'),
    );
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(new Set(order).size).toBe(order.length);
  });

  test('within a level the priority decides, and what nobody has assessed comes before what is simple', () => {
    const assessed = (priority: 'simple' | 'normal' | 'priority'): LoggedEntry[] => [STORY.received, told, entry('assessed', '2014-05-02T10:00', { criteria: {}, spread: 'wide', priority })];
    const order = ranks(look(assessed('priority'), '2014-05-02T11:00'), look(assessed('normal'), '2014-05-02T11:00'), look([STORY.received, told], '2014-05-02T11:00'), look(assessed('simple'), '2014-05-02T11:00'));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(new Set(order).size).toBe(4);
  });

  test('what is overdue carries its deadline', () => {
    expect(look([STORY.received], '2014-05-13T09:00')).toMatchObject({ level: 'overdue', what: 'Answer the reporter', command: 'vcc notify 61247051 --reporter --purpose acknowledgement --in-clear REASON', due: { id: 'acknowledge', state: 'overdue' } });
  });

  test('what was not told comes up, but not before the publication whose minute has come', () => {
    const log = [...storyUntil('scheduled'), approved];
    expect(look(log, '2014-06-05T12:00')).toMatchObject({ level: 'overdue', what: 'Tell the date of publication', command: 'vcc notify 61247051 --reporter --purpose date' });
    expect(look(log, '2014-06-05T12:00', { sealed: ['report'] }).command).not.toContain('--reporter');
    expect(look(log, '2014-06-06T12:00')).toMatchObject({ level: 'due-now' });
  });

  test('a vendor of a later wave waits for it, with what opens it', () => {
    const log = [...storyUntil('replied'), details, entry('vendor-added', '2014-05-09T12:00', { vendor: 'downstream-one', role: 'downstream' })];
    expect(look([...log, entry('vendor-status', '2014-05-09T13:00', { vendor: 'acme', status: 'affected' }), entry('vendor-replied', '2014-05-09T13:00', { vendor: 'acme' })], '2014-05-09T14:00')).toMatchObject({
      level: 'theirs',
      command: 'vcc record 61247051 wave-opened --wave downstream --vendor acme',
    });
  });

  test('a step of the ladder that may be taken is not hidden by a missed target', () => {
    const steps = (['reminder', 'second-reminder', 'other-means', 'third-party', 'list-name'] as const).map((step, place) => entry('escalated', `2014-0${place + 5}-25T10:00`, { vendor: 'acme', step, evidence: [] }));
    const log = [...storyUntil('contacted'), ...steps];
    const partnership = { file: { route: 'partnership' as const } };
    expect(look(log, '2014-12-24T10:00', partnership)).not.toMatchObject({ due: { id: 'list-product' } });
    expect(look(log, '2014-12-27T10:00', partnership)).toMatchObject({ due: { vendor: 'acme' }, command: 'vcc escalate 61247051 --vendor acme' });
  });

  test('a missed target asks for a look, and an earliest date for nothing', () => {
    const partnership = { file: { route: 'partnership' as const } };
    const shared = entry('partner-contacted', '2014-05-12T11:00', { party: 'receiving-organisation', purpose: 'vendor-answer', vendor: 'acme', means: 'mail' });
    const log = [...storyUntil('replied'), details, entry('vendor-replied', '2014-05-12T10:00', { vendor: 'acme' }), shared];
    expect(look(log, '2014-06-23T09:00', partnership)).toMatchObject({ due: { id: 'publish-target', state: 'overdue' } });
    expect(look(log, '2014-06-23T09:00', partnership).rank).toBeGreaterThan(look(storyUntil('contacted'), '2014-05-22T09:00').rank);
  });
});
