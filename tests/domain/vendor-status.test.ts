import { expect, test } from 'vitest';
import { mayFollow, VENDOR_STATUS, type PublicStatus } from '../../src/domain/vendor-status.ts';

const ALL: readonly PublicStatus[] = ['affected', 'not-affected', 'affected-investigating', 'not-affected-investigating', 'unknown', 'disputed'];

/** Once more from the rules: y where the status of the row may become that of the column (in the order above). */
const EXPECTED: Readonly<Record<PublicStatus, string>> = {
  affected: 'y y y - - y',
  'not-affected': 'y y y y - y',
  'affected-investigating': 'y y y - - y',
  'not-affected-investigating': 'y y y y - y',
  unknown: 'y y y y y y',
  disputed: 'y y y y - y',
};

test.each(Object.entries(EXPECTED) as [PublicStatus, string][])('%s: every change', (from, line) => {
  expect(ALL.map((to) => (mayFollow(from, to) ? 'y' : '-')).join(' ')).toBe(line);
});

test('the first status may be any', () => {
  for (const to of ALL) expect(mayFollow(undefined, to)).toBe(true);
  expect(Object.keys(VENDOR_STATUS).sort()).toEqual([...ALL].sort());
});
