import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold, nameKey, soundOf } from '../../src/domain/name-folding.ts';
import { similarCases, type SimilarCase } from '../../src/domain/similar-cases.ts';
import { aRecord, STORY } from '../support/a-case.ts';
import { REAL_TITLES, SAID_AGAIN, type RealTitle } from './real-titles.ts';
import { growthExponent } from '../support/growth.ts';

const record = ({ id, vendor, product, title }: RealTitle, place: number) => aRecord([STORY.received], { number: String(10_000_000 + place), file: { title, products: [{ vendor, name: product, versions: ['1'] }], source: { name: 'JVN', reference: id } } });
const report = ({ vendor, product, title }: RealTitle): Parameters<typeof similarCases>[0] => ({ title, products: [{ vendor, name: product }] });
const KNOWN = REAL_TITLES.map(record);
const ids = (found: readonly SimilarCase[], kind: SimilarCase['kind']): (string | undefined)[] => found.filter((one) => one.kind === kind).map((one) => one.record.file.source?.reference);

describe('real titles', () => {
  test.each(SAID_AGAIN.map((again) => [again.id, again] as const))('%s is found again as a likely duplicate, first of all', (id, again) => {
    expect(ids(similarCases(report(again), KNOWN), 'duplicate')[0]).toBe(id);
  });

  test('precision and recall of "possible duplicate" over all of them', () => {
    const named = SAID_AGAIN.map((again) => ids(similarCases(report(again), KNOWN), 'duplicate').map((id) => id === again.id));
    const right = named.flat().filter(Boolean).length;
    expect(right / SAID_AGAIN.length).toBe(1);
    expect(right / named.flat().length).toBeGreaterThanOrEqual(0.9);
    // Each real case is a flaw of its own: held against the others it has no duplicate.
    const wrong = REAL_TITLES.map((one, place) => [one.id, ids(similarCases(report(one), KNOWN.filter((_, index) => index !== place)), 'duplicate')] as const).filter(([, found]) => found.length > 0);
    expect(wrong).toEqual([]);
  });

  test('flaws of one product are siblings', () => {
    const [proxy] = REAL_TITLES.filter(({ id }) => id === 'CVE-2018-0542');
    if (!proxy) throw new Error('it is in the list');
    expect(ids(similarCases(report(proxy), KNOWN.filter(({ file }) => file.source?.reference !== proxy.id)), 'sibling')).toEqual(['CVE-2024-28033']);
  });
});

describe('names', () => {
  test.each([['ルーター', 'ﾙｰﾀ'], ['るーた', 'ルーター'], ['Ｇａｒｏｏｎ', 'garoon'], ['Web-Proxy', 'web proxy']])('%s is %s', (a, b) => {
    expect(nameKey(a)).toBe(nameKey(b));
  });
  test.each([['ガルーン', 'Garoon'], ['サイボウズ', 'Cybozu'], ['ウェルカート', 'Welcart'], ['シラサギ', 'SHIRASAGI'], ['アパッチ', 'Apache']])('%s sounds like %s', (a, b) => {
    if (a === 'アパッチ') expect(soundOf(a)).toBeUndefined();
    else expect(soundOf(a)).toBe(soundOf(b));
  });
  test('folding twice changes nothing more, and width, case and the long-vowel sign do not matter', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('aZ9 -_アカサるーたガﾊﾞ漢字Ａｂ')) }), (name) => {
        expect(fold(fold(name))).toBe(fold(name));
        expect(nameKey(name.normalize('NFKC').toUpperCase())).toBe(nameKey(name));
        expect(nameKey(`${name}ー`)).toBe(nameKey(name));
      }),
      { numRuns: 1000 },
    );
  });
});

const anyCase = fc.record({ vendor: fc.constantFrom('A社', 'Acme', 'Ｂ'), product: fc.constantFrom('ルータ', 'Router', 'ガルーン', 'Garoon', 'x'), words: fc.array(fc.constantFrom('クロスサイトスクリプティング', 'XSS', 'SQL injection', 'における脆弱性', 'router', '表示'), { maxLength: 4 }) })
  .map(({ vendor, product, words }): RealTitle => ({ id: '1', vendor, product, title: { ja: words.join(' ') || 'x', en: words.join(' ') || 'x' } }));

test('likeness is mutual, and the order of the cases does not matter', () => {
  fc.assert(
    fc.property(anyCase, anyCase, anyCase, (a, b, c) => {
      const [one, two, three] = [record(a, 1), record(b, 2), record(c, 3)] as const;
      const there = similarCases(report(a), [two])[0];
      const back = similarCases(report(b), [one])[0];
      expect(there && [there.kind, there.score]).toEqual(back && [back.kind, back.score]);
      const numbers = (found: readonly SimilarCase[]): string[] => found.map((each) => each.record.number);
      expect(numbers(similarCases(report(a), [two, three]))).toEqual(numbers(similarCases(report(a), [three, two])));
    }),
    { numRuns: 1000 },
  );
});

test('its cost grows with the number of cases, and no faster', () => {
  const many = Array.from({ length: 8000 }, (_, index) => {
    const base = REAL_TITLES[index % REAL_TITLES.length] as RealTitle;
    return record({ ...base, product: `${base.product} ${index}`, title: { en: `${base.title.en ?? base.product} ${index}`, ja: `${base.title.ja ?? `${base.product} における脆弱性`} ${index}` } }, index);
  });
  expect(growthExponent((count) => similarCases(report(SAID_AGAIN[0] as RealTitle), many.slice(0, count)), 1000)).toBeLessThan(1.6);
});
