import type { Language } from './advisory-words.ts';

interface CsafWords {
  readonly authority: (organisation: string) => string;
  readonly firstPublished: string;
  readonly thisDocument: string;
  readonly advisoryPage: string;
  readonly otherPage: string;
  readonly otherDocument: string;
  readonly vendorPage: (vendor: string) => string;
  readonly productsOf: (vendor: string) => string;
  readonly updateTo: (product: string, version: string) => string;
  readonly noSolution: string;
  readonly notKnownYet: string;
  readonly notAffected: string;
}

/** The fixed words of a CSAF document around the text of its authors. */
export const CSAF_WORDS: Readonly<Record<Language, CsafWords>> = {
  en: {
    authority: (organisation) => `${organisation} coordinates the disclosure of vulnerabilities between those who find them and the vendors concerned.`,
    firstPublished: 'First publication',
    thisDocument: 'This document',
    advisoryPage: 'This advisory as a page',
    otherPage: 'This advisory as a page, in Japanese',
    otherDocument: 'This advisory as a CSAF document, in Japanese',
    vendorPage: (vendor) => `Information from ${vendor}`,
    productsOf: (vendor) => `Products of ${vendor}`,
    updateTo: (product, version) => `Update ${product} to ${version} or later.`,
    noSolution: 'No solution is known.',
    notKnownYet: 'It is not known yet whether these products are affected.',
    notAffected: 'The vendor says that these products are not affected.',
  },
  ja: {
    authority: (organisation) => `${organisation}は、脆弱性の発見者と製品開発者との間で、脆弱性情報の公表に関する調整を行っています。`,
    firstPublished: '初版公開',
    thisDocument: '本文書',
    advisoryPage: '本アドバイザリの Web ページ',
    otherPage: '本アドバイザリの Web ページ (英語)',
    otherDocument: '本アドバイザリの CSAF 文書 (英語)',
    vendorPage: (vendor) => `${vendor}からの情報`,
    productsOf: (vendor) => `${vendor}の製品`,
    updateTo: (product, version) => `${product}を ${version} 以降にアップデートしてください。`,
    noSolution: '対策方法は知られていません。',
    notKnownYet: 'これらの製品への影響の有無は、まだ分かっていません。',
    notAffected: '製品開発者によると、これらの製品は影響を受けません。',
  },
};
