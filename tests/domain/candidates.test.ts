import { describe, expect, it } from 'vitest';
import { candidates } from '../../src/domain/candidates.ts';
import type { Product, Vendor } from '../../src/generated/documents.ts';

const vendor = (changes: Partial<Vendor>): Vendor => ({ schemaVersion: 1, name: { en: 'Somebody' }, kind: 'open-source', contacts: [{ email: 'a@b.example', language: 'en' }], ...changes });
const product = (changes: Partial<Product>): Product => ({ vendor: 'Acme Corporation', name: 'Example Router', versions: ['1.0'], ...changes });
const why = (file: { products?: Product[]; technologies?: string[] }, changes: Partial<Vendor>): readonly string[] | undefined =>
  candidates({ products: [product({})], ...file }, [{ slug: 'one', vendor: vendor(changes) }])[0]?.reasons;

describe('candidates of a case', () => {
  it.each<[string, { products?: Product[]; technologies?: string[] }, Partial<Vendor>, boolean]>([
    ['a keyword that is a technology', { technologies: ['TLS'] }, { keywords: ['tls'] }, true],
    ['a keyword in wide letters', { technologies: ['TLS'] }, { keywords: ['ＴＬＳ'] }, true],
    ['a keyword that is part of a word only', { technologies: ['OpenSSL'] }, { keywords: ['ssl'] }, false],
    ['a keyword that is a word of the technology', { technologies: ['Modbus TCP'] }, { keywords: ['modbus'] }, true],
    ['a keyword in the name of the product', {}, { keywords: ['router'] }, true],
    ['a Japanese keyword inside a longer word', { technologies: ['制御システム'] }, { keywords: ['制御'] }, true],
    ['a loan word with and without its long vowel', { technologies: ['メールサーバ'] }, { keywords: ['サーバー'] }, true],
    ['the long vowel of a short word', { technologies: ['キット'] }, { keywords: ['キー'] }, false],
    ['half-width katakana', { products: [product({ name: '無線ルータ' })] }, { keywords: ['ﾙｰﾀｰ'] }, true],
    ['another Japanese word', { technologies: ['制御システム'] }, { keywords: ['暗号'] }, false],
    ['the package that it makes', { products: [product({ purl: 'pkg:npm/%40acme/router' })] }, { packages: ['pkg:NPM/@acme/Router/'.toLowerCase()] }, true],
    ['a package of nearly the same name', { products: [product({ purl: 'pkg:npm/router' })] }, { packages: ['pkg:npm/router2'] }, false],
    ['a package of another type', { products: [product({ purl: 'pkg:npm/router' })] }, { dependsOn: ['pkg:pypi/router'] }, false],
    ['its name', {}, { name: { en: 'Acme' } }, true],
    ['its Japanese name', { products: [product({ vendor: '株式会社アクメ' })] }, { name: { ja: 'アクメ' } }, true],
    ['nothing', {}, {}, false],
  ])('%s', (_name, file, changes, found) => {
    expect(why(file, changes) !== undefined).toBe(found);
  });

  it('puts who makes it before who contains it, and that before keywords; the maker is upstream of the others', () => {
    const found = candidates({ products: [product({ purl: 'pkg:generic/lib', registry: 'maker' })], technologies: ['tls'] }, [
      { slug: 'a-keyword', vendor: vendor({ keywords: ['TLS'] }) },
      { slug: 'b-contains', vendor: vendor({ dependsOn: ['pkg:generic/lib'] }) },
      { slug: 'maker', vendor: vendor({ packages: ['pkg:generic/lib'], keywords: ['tls'] }) },
    ]);
    expect(found.map(({ slug, role }) => [slug, role])).toEqual([['maker', 'upstream'], ['b-contains', 'downstream'], ['a-keyword', 'developer']]);
    expect(found[0]?.reasons).toEqual(['case.md names it as the vendor of Example Router', 'it makes pkg:generic/lib', 'its keyword tls fits the technology tls']);
  });

  it('takes a keyword as words, never as a pattern', () => {
    expect(why({ technologies: ['c++ (iso)'] }, { keywords: ['c++'] })).toBeDefined();
    expect(why({ technologies: ['anything'] }, { keywords: ['.*'] })).toBeUndefined();
  });
});
