import { describe, expect, test } from 'vitest';
import { priorityOf, severityBand, type Priority, type Spread } from '../../src/domain/priority.ts';
import { jpcertPolicy } from '../support/a-case.ts';

const POLICY = jpcertPolicy();

describe('the matrix of appendix 4', () => {
  test.each<[Spread, number, Priority]>([
    ['wide', 0, 'normal'], ['wide', 3.9, 'normal'], ['wide', 4, 'priority'], ['wide', 6.9, 'priority'], ['wide', 7, 'priority'], ['wide', 10, 'priority'],
    ['medium', 3.9, 'simple'], ['medium', 4, 'normal'], ['medium', 6.9, 'normal'], ['medium', 7, 'priority'],
    ['narrow', 3.9, 'simple'], ['narrow', 4, 'simple'], ['narrow', 6.9, 'simple'], ['narrow', 7, 'normal'],
    ['unknown', 3.9, 'normal'], ['unknown', 7, 'priority'],
  ])('%s and %d: %s', (spread, severity, priority) => {
    expect(priorityOf(POLICY, { spread, severity, exploited: false }).priority).toBe(priority);
  });

  test('a public exploit makes the spread wide', () => {
    expect(priorityOf(POLICY, { spread: 'narrow', severity: 5, exploited: true })).toEqual({
      priority: 'priority',
      decidedBy: 'matrix',
      why: 'spread wide, because an exploit is public or attacks were seen (assessed as narrow); severity middle (5.0); guideline, appendix 4',
    });
  });
  test('what nobody has scored counts as high, and says so', () => {
    expect(priorityOf(POLICY, { spread: 'unknown', exploited: false })).toMatchObject({ priority: 'priority', why: expect.stringContaining('there is no score') as string });
  });
  test('other numbers in the policy give other bands', () => {
    expect(severityBand({ priority: { ...POLICY.priority, bands: [2, 5] } }, 4.9)).toBe('middle');
    expect(severityBand({ priority: { ...POLICY.priority, bands: [2, 5] } }, 5)).toBe('high');
  });
});

describe('the flags of policy C', () => {
  const facts = { spread: 'narrow', severity: 3, exploited: false } as const;
  test('a flag raises the priority, and is named with its source', () => {
    expect(priorityOf(POLICY, { ...facts, flags: ['critical-infrastructure'] })).toEqual({
      priority: 'priority',
      decidedBy: 'critical-infrastructure',
      why: 'critical-infrastructure raises it to priority (policy 2018, C); by the matrix it would be simple: spread narrow; severity low (3.0); guideline, appendix 4',
    });
  });
  test('of two flags the one that raises higher decides', () => {
    const [first, second] = POLICY.priority.flags ?? [];
    if (!first || !second) throw new Error('the policy has flags');
    const policy = { priority: { ...POLICY.priority, flags: [{ ...first, raisesTo: 'normal' as const }, second] } };
    expect(priorityOf(policy, { ...facts, flags: [second.id, first.id] })).toMatchObject({ priority: 'priority', decidedBy: second.id });
    expect(priorityOf(policy, { ...facts, flags: [first.id] })).toMatchObject({ priority: 'normal', decidedBy: first.id });
  });
  test('a flag never lowers, and one that the policy does not have raises nothing', () => {
    const low = { priority: { ...POLICY.priority, flags: (POLICY.priority.flags ?? []).map((flag) => ({ ...flag, raisesTo: 'simple' as const })) } };
    expect(priorityOf(low, { spread: 'wide', severity: 9, exploited: false, flags: ['high-impact'] })).toMatchObject({ priority: 'priority', decidedBy: 'matrix' });
    expect(priorityOf(POLICY, { ...facts, flags: ['gone'] })).toMatchObject({ priority: 'simple', decidedBy: 'matrix' });
  });
});
