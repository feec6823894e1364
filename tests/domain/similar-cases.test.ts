import { describe, expect, test } from 'vitest';
import { similarCases } from '../../src/domain/similar-cases.ts';
import type { CaseFile } from '../../src/generated/documents.ts';
import { aRecord, FILE, STORY } from '../support/a-case.ts';

const other = (file: Partial<CaseFile>, number = '11111111'): ReturnType<typeof aRecord> => aRecord([STORY.received], { number, file: { id: number, title: { en: 'Nothing alike' }, products: [{ vendor: 'X', name: 'Unrelated', versions: ['1'] }], ...file } });
const why = (report: Parameters<typeof similarCases>[0], ...others: ReturnType<typeof aRecord>[]): string[] => similarCases(report, others).flatMap((found) => found.why);

const REPORT = { title: FILE.title, products: FILE.products };

describe('what makes two reports alike', () => {
  test('nothing in common: not named', () => {
    expect(why(REPORT, other({}))).toEqual([]);
  });
  test.each(['Example Router', 'EXAMPLE-ROUTER', 'Ｅｘａｍｐｌｅ　Ｒｏｕｔｅｒ'])('the same product, written %s', (name) => {
    expect(why(REPORT, other({ products: [{ vendor: 'Someone', name, versions: ['9'] }] }))).toEqual(['same product Example Router']);
  });
  test('a Japanese title that says nearly the same', () => {
    expect(why({ title: { ja: 'Example Router における ＯＳコマンドインジェクション' }, products: [] }, other({ title: { ja: FILE.title.ja ?? '' } }))).toEqual([expect.stringMatching(/^title \d+ % alike$/) as string]);
  });
  test('a Japanese title about something else', () => {
    expect(why({ title: { ja: 'サンプル製品におけるサービス運用妨害の脆弱性' }, products: [] }, other({ title: { ja: FILE.title.ja ?? '' } }))).toEqual([]);
  });
  test('two flaws of a common kind in two products', () => {
    const xss = (product: string): CaseFile['title'] => ({ ja: `${product} におけるクロスサイトスクリプティングの脆弱性`, en: `${product} vulnerable to cross-site scripting` });
    expect(why({ title: xss('Serene Bach'), products: [{ vendor: 'Takuya', name: 'Serene Bach' }] }, other({ title: xss('activeCollab') }))).toEqual([]);
    expect(why({ title: xss('Serene Bach'), products: [{ vendor: 'X', name: 'Serene Bach' }] }, other({ title: xss('Serene Note') }))).toHaveLength(1);
  });
  test('the same CVE id, from the log or a reference', () => {
    const assigned = { ...other({}), log: [STORY.received, STORY.cve] };
    const referred = other({ references: [{ url: 'https://example.org/CVE-2014-0224' }] }, '22222222');
    expect(why({ title: {}, products: [], cves: ['CVE-2014-0224'] }, assigned, referred)).toEqual(['same CVE id CVE-2014-0224', 'same CVE id CVE-2014-0224']);
  });
  test('a name that is only signs matches nothing', () => {
    expect(why({ title: {}, products: [{ vendor: 'X', name: '---' }] }, other({ products: [{ vendor: 'X', name: '***', versions: ['1'] }] }))).toEqual([]);
  });
});

test('the likeliest first: the same id, then product and title, then product', () => {
  const found = similarCases({ ...REPORT, cves: ['CVE-2014-0224'] }, [
    other({ products: FILE.products }, '33333333'),
    { ...other({}, '44444444'), log: [STORY.received, STORY.cve] },
    other({ products: FILE.products, title: FILE.title }, '55555555'),
  ]);
  expect(found.map(({ record }) => record.number)).toEqual(['44444444', '55555555', '33333333']);
});
