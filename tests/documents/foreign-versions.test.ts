import { describe, expect, it } from 'vitest';
import { rangesOf, versionsOf } from '../../src/documents/foreign-versions.ts';

describe('rangesOf', () => {
  it.each([
    ['vers:semver/>=1.0.0|<1.2.4', [{ scheme: 'semver', from: '1.0.0', before: '1.2.4' }]],
    ['vers:deb/<=1%3A2.0~rc1', [{ scheme: 'deb', through: '1:2.0~rc1' }]],
    ['vers:golang/>=1.0|<1.5|>=2.0|<=2.3|3.0', [{ scheme: 'custom', from: '1.0', before: '1.5' }, { scheme: 'custom', from: '2.0', through: '2.3' }, { scheme: 'custom', exact: '3.0' }]],
    ['vers:npm/>=2.0.0', [{ scheme: 'npm', from: '2.0.0' }]],
    ['>=V1|<V2.3', [{ scheme: 'custom', from: 'V1', before: 'V2.3' }]],
  ])('reads %s', (text, ranges) => {
    expect(rangesOf(text).map(({ range }) => range)).toEqual(ranges);
  });

  it.each(['1.02 and earlier', '< 1.2', 'vers:semver/>1.0.0', 'vers:semver/!=1.0.0', 'vers:semver/>=1.0.0|>=2.0.0', 'vers:semver/<%zz', 'vers:semver/<%1b', 'vers:/<1', '<1|<', 'vers:semver/>=1.0.0|1.1.0|<2.0.0'])('leaves %s as words', (text) => {
    expect(rangesOf(text)).toEqual([{ words: text }]);
  });

  it('has no range for all versions', () => {
    expect(rangesOf('*')).toEqual([{ words: 'all versions' }]);
    expect(rangesOf('vers:pypi/*')).toEqual([{ words: 'all versions' }]);
  });
});

describe('versionsOf', () => {
  it('gives no ranges where some of the versions are words, for programs would take the others for all', () => {
    expect(versionsOf([...rangesOf('vers:semver/<1.2.0'), { words: 'all of 2.x' }])).toMatchObject({ versions: ['version < 1.2.0', 'all of 2.x'], why: 'some of its versions are words' });
  });

  it('gives no ranges that contradict themselves', () => {
    expect(versionsOf(rangesOf('vers:semver/>=2.0.0|<1.0.0'))).toEqual({ versions: ['2.0.0 <= version < 1.0.0'], over: 0, why: expect.stringContaining('no version is affected') as string });
  });

  it('keeps ranges of what only calls itself a semver as custom', () => {
    expect(versionsOf(rangesOf('vers:semver/>=1.0|<1.2'))).toMatchObject({ ranges: [{ scheme: 'custom', from: '1.0', before: '1.2' }] });
  });

  it('counts what a product of a case does not hold', () => {
    expect(versionsOf(Array.from({ length: 300 }, (_one, index) => ({ words: `v${index}` })))).toMatchObject({ over: 100 });
    expect(versionsOf([{ words: 'x'.repeat(501) }])).toEqual({ versions: ['not stated'], over: 0 });
  });
});
