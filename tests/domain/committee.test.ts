import { expect, test } from 'vitest';
import { COMMITTEE_CONDITIONS, unheardDevelopers } from '../../src/domain/committee.ts';
import type { LoggedEntry } from '../../src/domain/case.ts';
import { replay } from '../../src/domain/replay.ts';
import { EVENTS } from '../../src/generated/events.ts';
import { aRecord, entry, jpcertPolicy, STORY, storyUntil } from '../support/a-case.ts';

const step = (id: string, when: string, more: object = {}): LoggedEntry => entry('escalated', when, { vendor: 'acme', step: id, evidence: [STORY.contacted.name], ...more });
const unheard = (...log: LoggedEntry[]): string[] => unheardDevelopers(replay(aRecord([...storyUntil('contacted'), ...log], { file: { route: 'partnership' } })).state, jpcertPolicy());
const committee = step('committee', '2014-12-16T10:00');

test('every condition of the entry has its question', () => {
  const keys = EVENTS.find(({ name }) => name === 'committee-cleared')?.fields.find(({ name }) => name === 'conditions')?.keys;
  expect(Object.keys(COMMITTEE_CONDITIONS)).toEqual(keys);
});

test.each<[string, LoggedEntry[], string[]]>([
  ['nobody is before the committee', [], []],
  ['it was not asked, and the list announced no day', [committee], ['acme']],
  ['the list named it, and no day', [step('list-name', '2014-08-11T10:00', { did: '04630151' }), committee], ['acme']],
  ['the list announced a last day', [step('contact-limit', '2014-11-13T10:00', { until: '2014-12-15' }), committee], []],
  ['it was asked for its opinion', [committee, entry('opinion-asked', '2014-12-17T10:00', { vendor: 'acme', until: '2015-01-10', means: 'mail' })], []],
  ['it gave one unasked', [entry('opinion-given', '2014-12-01T10:00', { vendor: 'acme', opinion: 'It is no flaw.' }), committee], []],
  ['another party was asked', [entry('vendor-added', '2014-12-01T10:00', { vendor: 'beta', role: 'downstream' }), committee, entry('opinion-asked', '2014-12-17T10:00', { vendor: 'beta' })], ['acme']],
])('a developer was not heard: %s', (_what, log, expected) => {
  expect(unheard(...log)).toEqual(expected);
});
