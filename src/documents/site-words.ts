import type { Severity } from '../domain/severity.ts';
import type { Language } from './advisory-words.ts';

interface SiteWords {
  readonly title: string;
  readonly lead: (organisation: string) => string;
  readonly skip: string;
  readonly site: string;
  readonly advisories: string;
  readonly vendors: string;
  readonly search: string;
  readonly latest: string;
  readonly byYear: string;
  readonly ofYear: (year: string) => string;
  readonly products: string;
  readonly vendorsLead: string;
  readonly count: (number: number) => string;
  readonly none: string;
  readonly updated: (day: string) => string;
  readonly searchLabel: string;
  readonly searchHint: string;
  readonly noScript: string;
  readonly lists: string;
  readonly results: string;
  readonly noResults: string;
  readonly manyResults: string;
  readonly loading: string;
  readonly failed: string;
  readonly feed: string;
  readonly feedTitle: (organisation: string) => string;
  readonly missing: string;
  readonly missingText: string;
  readonly toFront: string;
  readonly machineReadable: string;
  readonly severities: Readonly<Record<Severity, string>>;
  /** 8.5 with its rating: what colour alone must not say. */
  readonly scored: (score: number, severity: string) => string;
}

/** The fixed words of the lists around the advisories. */
export const SITE_WORDS: Readonly<Record<Language, SiteWords>> = {
  en: {
    title: 'Vulnerability advisories',
    lead: (organisation) => `Advisories on vulnerabilities whose disclosure ${organisation} coordinated with reporters and vendors.`,
    skip: 'Skip to the content',
    site: 'Site',
    advisories: 'Advisories',
    vendors: 'Vendors',
    search: 'Search',
    latest: 'Latest advisories',
    byYear: 'Advisories by year',
    ofYear: (year) => `Advisories of ${year}`,
    products: 'Products',
    vendorsLead: 'Vendors with a published advisory on a product or with a public status, with the number of advisories.',
    count: (number) => (number === 1 ? '1 advisory' : `${number} advisories`),
    none: 'No advisory has been published yet.',
    updated: (day) => `updated ${day}`,
    searchLabel: 'Search advisories',
    searchHint: 'Advisory number, CVE id, vendor, product or words of the title',
    noScript: 'The search needs JavaScript. Without it, these lists lead to every advisory:',
    lists: 'Lists',
    results: 'Results',
    noResults: 'No advisory was found.',
    manyResults: 'There are more: add a word.',
    loading: 'Searching …',
    failed: 'A part of the index could not be loaded, so advisories may be missing here.',
    feed: 'Atom feed',
    feedTitle: (organisation) => `${organisation}: vulnerability advisories`,
    missing: 'Page not found',
    missingText: 'There is no page at this address. Advisories stay where they were published, so look for it in the lists.',
    toFront: 'All advisories',
    machineReadable: 'This advisory in other formats',
    severities: { none: 'None', low: 'Low', medium: 'Medium', high: 'High', critical: 'Critical' },
    scored: (score, severity) => `${score.toFixed(1)} (${severity})`,
  },
  ja: {
    title: '脆弱性アドバイザリ',
    lead: (organisation) => `${organisation}が報告者および製品開発者と調整のうえ公表した脆弱性の情報です。`,
    skip: '本文へ移動',
    site: 'サイト',
    advisories: 'アドバイザリ',
    vendors: 'ベンダ',
    search: '検索',
    latest: '新着情報',
    byYear: '年別の一覧',
    ofYear: (year) => `${year}年のアドバイザリ`,
    products: '製品',
    vendorsLead: '製品に関するアドバイザリ、またはステータスが公表されているベンダの一覧です。数字はアドバイザリの件数です。',
    count: (number) => `${number}件`,
    none: '公表されたアドバイザリはまだありません。',
    updated: (day) => `${day} 更新`,
    searchLabel: 'アドバイザリの検索',
    searchHint: '識別番号、CVE 番号、ベンダ名、製品名、タイトルの語句',
    noScript: '検索には JavaScript が必要です。次の一覧からもすべてのアドバイザリをご覧いただけます。',
    lists: '一覧',
    results: '検索結果',
    noResults: '該当するアドバイザリは見つかりませんでした。',
    manyResults: 'ほかにも該当があります。語句を追加してください。',
    loading: '検索しています…',
    failed: '索引の一部を読み込めなかったため、表示されていないアドバイザリがある可能性があります。',
    feed: 'Atom フィード',
    feedTitle: (organisation) => `${organisation} 脆弱性アドバイザリ`,
    missing: 'ページが見つかりません',
    missingText: 'このアドレスのページはありません。アドバイザリの掲載場所は変わりませんので、一覧からお探しください。',
    toFront: 'アドバイザリの一覧',
    machineReadable: 'ほかの形式',
    severities: { none: 'なし', low: '注意', medium: '警告', high: '重要', critical: '緊急' },
    scored: (score, severity) => `${score.toFixed(1)}（${severity}）`,
  },
};
