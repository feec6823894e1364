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
