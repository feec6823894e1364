import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { caseGraph, graphAsData } from '../../src/documents/case-graph.ts';
import { paint } from '../../src/documents/paint.ts';
import { displayWidth } from '../../src/documents/text-width.ts';
import type { LoggedEntry } from '../../src/domain/case.ts';
import { parseInstant } from '../../src/domain/instant.ts';
import { replay } from '../../src/domain/replay.ts';
import { aRecord, entry, HASH, STORY, storyUntil } from '../support/a-case.ts';
import { anyLog } from '../support/any-entry.ts';

const ZONE = 'Asia/Tokyo';
const NOW = parseInstant('2014-07-01T10:00:00+09:00');
const graph = (log: readonly LoggedEntry[], width = 80, changes: Parameters<typeof aRecord>[1] = {}): string => {
  const record = aRecord(log, changes);
  return caseGraph({ record, state: replay(record).state, zone: ZONE, now: NOW }, width, paint(false));
};
const drawn = (text: string): string => text.slice(text.indexOf('Side by side'));
const PUBLISHED = entry('published', '2014-06-06T12:00', { text: HASH, date: '2014-06-06T12:00:00+09:00' });

test('the way of a case from report to advisory', () => {
  const text = graph([
    ...storyUntil('replied'),
    entry('embargo-proposed', '2014-05-09T10:00', { party: 'team', until: '2014-06-06T12:00:00+09:00' }),
    entry('embargo-accepted', '2014-05-10T10:00', { party: 'vendor:acme' }),
    ...storyUntil('scheduled').slice(6),
    PUBLISHED,
    entry('fix-deployed', '2014-06-20T10:00', { vendor: 'acme' }),
  ], 110);
  expect(text).toMatch(/^2014-05-07 10:00 {2}coordinating {2}acme contacted by mail: first contact$/m);
  expect(drawn(text)).toMatch(/^case +\|received-*\|accepted-*\|coordinating-*\|scheduled-*\|published-+$/m);
  expect(drawn(text)).toMatch(/^embargo +\|proposed-*\|active-*\|exited *$/m);
  expect(drawn(text)).toMatch(/^public +\|P-+$/m);
  expect(drawn(text)).toMatch(/^acme +\|not-\S*\|contacted-*\|validating-+$/m);
  expect(drawn(text)).toMatch(/^ {2}fix +\|unaware-+\|aware-+\|fix-\S*\|fix-deployed-*$/m);
  const column = (row: RegExp, mark: string): number | undefined => drawn(text).split('\n').find((line) => row.test(line))?.lastIndexOf(mark);
  expect(column(/^public/, '|P')).toBe(column(/^case/, '|published'));
  expect(column(/^embargo/, '|exited')).toBe(column(/^case/, '|published'));
});

test('a case with no vendor says so, and what else never happened', () => {
  const text = graph([STORY.received]);
  expect(text).toContain('no embargo was proposed; not public, no public exploit or attack on record; no');
  expect(drawn(text).split('\n').filter((line) => line.includes('|'))).toHaveLength(1);
});

test('30 vendors: two rows each, none wider than the terminal', () => {
  const log = Array.from({ length: 30 }, (_, number) => {
    const vendor = `vendor-with-a-rather-long-name-${number}`;
    return [entry('vendor-added', '2014-05-02T12:00', { vendor, role: 'downstream', hex: String(1000 + number) }), entry('vendor-contacted', `2014-05-${String(8 + (number % 20)).padStart(2, '0')}T11:00`, { vendor, purpose: 'details', means: 'mail', hex: String(1000 + number) })];
  }).flat();
  const lines = drawn(graph([...storyUntil('accepted'), ...log])).split('\n');
  expect(lines.filter((line) => line.startsWith('  fix'))).toHaveLength(30);
  expect(lines.filter((line) => line.startsWith('vendor-with-a'))).toHaveLength(30);
  for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(80);
});

describe('an ended case', () => {
  const text = graph([...storyUntil('replied'), entry('closed', '2014-09-10T10:00', { because: 'no-resolution', reason: 'x' })]);
  test('ends where it ended', () => {
    expect(drawn(text)).toMatch(/^case .*\|closed$/m);
    expect(drawn(text)).not.toContain('now');
  });
});

test('the log has no report', () => {
  expect(graph([])).toContain('the log has no received entry');
});

test('what strangers wrote moves no cursor, and Japanese fits', () => {
  const text = graph([...storyUntil('replied'), entry('attacks-observed', '2014-05-09T10:00', { how: '\u001b[2J' })], 60, { file: { title: { en: 'A\u001b[31m\u202e title', ja: 'とても長い題名'.repeat(8) } } });
  expect(text).toContain('A\\x1b[31m\\u202e title');
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(60);
});

test('300 logs of any kind fit into any terminal of 60 columns and more, and every change is in the data', () => {
  fc.assert(
    fc.property(anyLog, fc.integer({ min: 60, max: 200 }), (log, width) => {
      for (const line of graph(log, width).split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(width);
      const { state } = replay(aRecord(log));
      const steps = graphAsData(state, ZONE).flatMap((lane) => (lane as { steps: object[] }).steps);
      const latches = Object.keys(state.latches).length;
      expect(steps).toHaveLength(state.path.filter(({ from, to }) => from !== to).length + state.changes.length + latches);
    }),
    { numRuns: 300, seed: 61247051 },
  );
});
