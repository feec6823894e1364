import { describe, expect, it } from 'vitest';
import { makeCalendar } from '../../src/domain/calendar.ts';
import { caseDifference, isNothing, type CaseChange, type CaseSide } from '../../src/domain/case-difference.ts';
import type { CaseRecord, LoggedEntry } from '../../src/domain/case.ts';
import { dueDates } from '../../src/domain/deadlines.ts';
import { parseInstant } from '../../src/domain/instant.ts';
import { replay } from '../../src/domain/replay.ts';
import { anAdvisory, aRecord, CONFIGURATION, entry, HASH, jpcertPolicy, STORY, storyUntil } from '../support/a-case.ts';

const calendar = makeCalendar('Asia/Tokyo', CONFIGURATION.closures ?? [], undefined);
const POLICY = jpcertPolicy();

function side(log: readonly LoggedEntry[], { record = {}, text, now = '2014-05-24T10:00:00+09:00' }: { readonly record?: Parameters<typeof aRecord>[1]; readonly text?: string; readonly now?: string } = {}): CaseSide {
  const of: CaseRecord = aRecord(log, record);
  const { state } = replay(of);
  return { record: of, state, dues: dueDates(of, state, POLICY, calendar, parseInstant(now)), ...(text === undefined ? {} : { text }) };
}

const changesOf = (before: CaseSide | undefined, after: CaseSide, about: CaseChange['about']): object[] => caseDifference(before, after).changes.filter((change) => change.about === about);
const told = storyUntil('replied');

describe('caseDifference', () => {
  it('finds nothing between a case and itself, whatever the time is', () => {
    expect(isNothing(caseDifference(side(told), side(told)))).toBe(true);
  });

  it('tells a new case, and one that is gone', () => {
    expect(caseDifference(undefined, side(told))).toMatchObject({ status: { to: 'coordinating' } });
    expect(changesOf(undefined, side(told), 'status')).toEqual([{ about: 'status', to: 'coordinating' }]);
    expect(caseDifference(side(told), undefined)).toMatchObject({ status: { from: 'coordinating' }, changes: [] });
  });

  it('tells entries that came, that say something else, and that are gone', () => {
    const [first, ...rest] = told;
    const last = rest.pop();
    const other = { ...rest[0], text: 'Otherwise' } as LoggedEntry;
    const found = caseDifference(side(told), side([first as LoggedEntry, other, ...rest.slice(1), STORY.fixed]));
    expect([found.added, found.rewritten, found.deleted].map((list) => list.map(({ name }) => name))).toEqual([[STORY.fixed.name], [other.name], [last?.name]]);
  });

  it('tells how a vendor went on, and its public status', () => {
    expect(changesOf(side(told), side(storyUntil('status')), 'vendor')).toEqual([
      { about: 'vendor', vendor: 'acme', of: 'fixPath', from: 'aware', to: 'fix-ready' },
      { about: 'vendor', vendor: 'acme', of: 'status', to: 'affected' },
    ]);
  });

  it('tells dates that came, moved and fell through', () => {
    const until = storyUntil('scheduled');
    const off = entry('unscheduled', '2014-05-23T11:00', { reason: 'x' });
    const again = entry('scheduled', '2014-05-23T12:00', { date: '2014-06-20T12:00:00+09:00' });
    const [from, to] = ['2014-06-06T12:00:00+09:00', '2014-06-20T12:00:00+09:00'].map(parseInstant);
    expect(changesOf(side(storyUntil('cve')), side(until), 'date')).toEqual([{ about: 'date', of: 'publication', to: from }]);
    expect(changesOf(side(until), side([...until, off]), 'date')).toEqual([{ about: 'date', of: 'publication', from }]);
    expect(changesOf(side(until), side([...until, off, again]), 'date')).toEqual([{ about: 'date', of: 'publication', from, to }]);
    // Another start, and the clock is still the same one that moved.
    expect(changesOf(side(until), side([...until, off, again]), 'deadline')).toContainEqual(expect.objectContaining({ step: 'moved', by: again }));
  });

  it('tells deadlines that appeared, were met, and are overdue for whoever reads it now', () => {
    const steps = (before: CaseSide | undefined, after: CaseSide): string[] => (changesOf(before, after, 'deadline') as Extract<CaseChange, { about: 'deadline' }>[]).map(({ step, due }) => `${step} ${due.id}`);
    const received = storyUntil('received');
    const early = '2014-05-02T09:00:00+09:00';
    expect(steps(undefined, side(received, { now: early }))).toContain('appeared acknowledge');
    expect(steps(undefined, side(received, { now: '2014-07-01T09:00:00+09:00' }))).toContain('broken acknowledge');
    const answered = [...received, entry('reporter-contacted', '2014-05-02T08:00', { means: 'mail', purpose: 'acknowledgement' })];
    expect(steps(side(received, { now: early }), side(answered, { now: early }))).toContain('met acknowledge');
    // Whoever takes the entry back owes it again.
    expect(steps(side(answered, { now: early }), side(received, { now: early }))).toContain('reopened acknowledge');
  });

  it('tells the embargo: its status, its end, who is bound', () => {
    const proposed = [...told, entry('embargo-proposed', '2014-05-09T10:00', { party: 'team', until: '2014-06-06T12:00:00+09:00' })];
    const accepted = [...proposed, entry('embargo-accepted', '2014-05-09T11:00', { party: 'vendor:acme' })];
    const until = parseInstant('2014-06-06T12:00:00+09:00');
    expect(changesOf(side(told), side(accepted), 'embargo')).toEqual([{ about: 'embargo', from: 'none', to: 'active' }]);
    expect(changesOf(side(proposed), side(accepted), 'date')).toEqual([{ about: 'date', of: 'embargo', to: until }, { about: 'date', of: 'embargo-offer', from: until }]);
    expect(changesOf(side(proposed), side(accepted), 'embargo-party')).toContainEqual({ about: 'embargo-party', party: 'vendor:acme', bound: true });
  });

  it('tells sections, and fields of case.md, without what they say', () => {
    const ja = anAdvisory('ja');
    const before = side(told, { record: { advisories: { en: anAdvisory('en'), ja } } });
    const after = side(told, { record: { advisories: { en: { ...anAdvisory('en', { impact: 'Another.' }), sections: anAdvisory('en', { impact: 'Another.' }).sections.filter(({ id }) => id !== 'credit') } }, file: { title: { en: 'Another title' } }, narrative: 'x', sealed: ['report', 'poc'] } });
    expect(changesOf(before, after, 'text')).toEqual([
      { about: 'text', language: 'en', step: 'gone', parts: ['credit'] },
      { about: 'text', language: 'en', step: 'changed', parts: ['impact'] },
      { about: 'text', language: 'ja', step: 'gone', parts: ['text'] },
    ]);
    expect(changesOf(before, after, 'facts')).toEqual([{ about: 'facts', field: 'title' }, { about: 'facts', field: 'narrative' }]);
    expect(changesOf(before, after, 'sealed')).toEqual([{ about: 'sealed', name: 'poc', to: true }, { about: 'sealed', name: 'reporter', to: false }]);
    expect(JSON.stringify(caseDifference(before, after).changes)).not.toContain('Another');
  });

  it('tells an approval of exactly what stands there, one that is lost, and a text that nobody approved', () => {
    const approval = entry('approved', '2014-05-24T09:00', { text: HASH });
    const log = storyUntil('scheduled');
    const other = HASH.replaceAll('0a', '0b');
    expect(changesOf(side(log, { text: HASH }), side([...log, approval], { text: HASH }), 'approval')).toMatchObject([{ step: 'given', approvals: [{ name: approval.name }] }]);
    expect(changesOf(side([...log, approval], { text: HASH }), side([...log, approval], { text: other }), 'approval')).toMatchObject([{ step: 'lost', approvals: [{ name: approval.name }] }]);
    expect(changesOf(side(log, { text: HASH }), side(log, { text: other }), 'approval')).toEqual([{ about: 'approval', step: 'missing', approvals: [] }]);
    // An approval of another text approves nothing.
    expect(changesOf(side(log, { text: other }), side([...log, approval], { text: other }), 'approval')).toEqual([]);
  });
});
