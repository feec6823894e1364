import { expect, test } from 'vitest';
import type { FixPath } from '../../src/domain/case-state.ts';
import { afterFixStep, FIX_PATH, worksOnIt, type FixStep } from '../../src/domain/fix-path.ts';

const STEPS: readonly FixStep[] = ['learns', 'fixes', 'deploys'];

/** Once more from the rules: where each step of the list above leads; - stays. */
const EXPECTED: Readonly<Record<FixPath, string>> = {
  unaware: 'aware fix-ready -',
  aware: '- fix-ready -',
  'fix-ready': '- - fix-deployed',
  'fix-deployed': '- - -',
};

test.each(Object.entries(EXPECTED) as [FixPath, string][])('%s: every step', (from, line) => {
  expect(STEPS.map((step) => afterFixStep(from, step)).map((to) => (to === from ? '-' : to)).join(' ')).toBe(line);
});

test('nothing leads back', () => {
  const order = Object.keys(FIX_PATH);
  expect(order).toEqual(['unaware', 'aware', 'fix-ready', 'fix-deployed']);
  for (const from of Object.keys(EXPECTED) as FixPath[]) for (const step of STEPS) expect(order.indexOf(afterFixStep(from, step))).toBeGreaterThanOrEqual(order.indexOf(from));
});

test.each([
  ['validating', true],
  ['accepted', true],
  ['deferred', true],
  ['acknowledged', false],
  ['rejected', false],
  [undefined, false],
] as const)('an answer %s shows that it knows the flaw: %s', (progress, expected) => {
  expect(worksOnIt(progress)).toBe(expected);
});
