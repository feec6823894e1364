import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { compareVersions, isVersionOf } from '../../src/domain/version-order.ts';

const sign = (order: number | undefined): number | undefined => (order === undefined ? undefined : Math.sign(order));

/** Every version with every other one, in both orders: the list is from old to new. */
const inOrder = (scheme: Parameters<typeof compareVersions>[0], versions: readonly string[]): void => {
  for (const [i, a] of versions.entries()) for (const [j, b] of versions.entries()) expect([a, b, sign(compareVersions(scheme, a, b))]).toEqual([a, b, Math.sign(i - j)]);
};

describe('semver', () => {
  test('has the order of its specification', () => {
    inOrder('semver', ['1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-beta', '1.0.0-beta.2', '1.0.0-beta.11', '1.0.0-rc.1', '1.0.0', '1.0.2', '1.0.10', '2.0.0', '123456789012345678901234567890.0.0']);
    expect(compareVersions('npm', '1.0.0+a', '1.0.0+b')).toBe(0);
  });

  test.each(['1.0', 'v1.0.0', '01.0.0', '1.0.0-', '1.0.0-01', '1.0.0 '])('%j is none', (version) => {
    expect(isVersionOf('semver', version)).toBe(false);
    expect(compareVersions('semver', version, '1.0.0')).toBeUndefined();
  });
});

test('rpm has the order of rpmvercmp', () => {
  inOrder('rpm', ['1.0~rc1', '1.0', '1.0^20240101', '1.0a', '1.0.1', '1.5', '1.10', '2', '1:0.1']);
  expect(sign(compareVersions('rpm', '1.0-1', '1.0-2'))).toBe(-1);
  expect(compareVersions('rpm', '1.0', '1.0-2')).toBe(0);
  expect(compareVersions('rpm', '1.0', '1_0')).toBe(0);
});

const dpkg = spawnSync('dpkg', ['--version']).status === 0;
test.skipIf(!dpkg)(`deb has the order of dpkg${dpkg ? '' : ' (SKIPPED: no dpkg)'}`, () => {
  const versions = ['1.0', '1.0-0', '1.0-1', '1.0~rc1-1', '1.0~~', '1.0~', '1.0a', '1.0+b1', '1.0.1', '1.10', '1.9', '2:0.1', '1.0-1ubuntu1', '1.0-1~bpo1', '0a', '1.0-alpha-2', '01.0', '1.00'];
  const script = versions.flatMap((a) => versions.map((b) => `dpkg --compare-versions '${a}' lt '${b}' && echo -1 || { dpkg --compare-versions '${a}' eq '${b}' && echo 0 || echo 1; }`)).join('\n');
  const theirs = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).trim().split('\n').map(Number);
  expect(versions.flatMap((a) => versions.map((b) => sign(compareVersions('deb', a, b))))).toEqual(theirs);
});

test('of other schemes only sameness is known', () => {
  expect([compareVersions('custom', 'B', 'B'), compareVersions('maven', '1', '2')]).toEqual([0, undefined]);
  expect(isVersionOf('custom', 'firmware B, 2012')).toBe(true);
});
