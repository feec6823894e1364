import type { PublicVendorStatus, Update } from '../domain/publication.ts';

export type Language = 'en' | 'ja';

interface Words {
  /** What this language calls itself. */
  readonly ownName: string;
  readonly published: string;
  readonly updated: string;
  readonly cve: string;
  readonly vendor: string;
  readonly status: string;
  readonly statement: string;
  readonly information: string;
  readonly score: string;
  readonly vector: string;
  readonly scoredBy: string;
  readonly weakness: string;
  readonly contact: string;
  readonly advisories: string;
  readonly all: string;
  /** Before a line of the update history that is more than an addition. */
  readonly kinds: Readonly<Record<NonNullable<Update['kind']>, string>>;
  /** Above an advisory that no longer holds. */
  readonly withdrawn: (day: string, why: string) => string;
  /** Between the members of a list. */
  readonly comma: string;
  readonly statuses: Readonly<Record<PublicVendorStatus['status'], string>>;
}

/** The fixed words of an advisory around the text of its authors. */
export const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    ownName: 'English',
    published: 'Published',
    updated: 'Last updated',
    cve: 'CVE',
    vendor: 'Vendor',
    status: 'Status',
    statement: 'Statement of the vendor',
    information: 'Information',
    score: 'Base score',
    vector: 'Vector',
    scoredBy: 'Scored by',
    weakness: 'Weakness',
    contact: 'Contact',
    advisories: 'advisories',
    all: 'all',
    kinds: { correction: 'Correction', withdrawal: 'Withdrawal' },
    withdrawn: (day, why) => `This advisory was withdrawn on ${day} and no longer holds: ${why}`,
    comma: ', ',
    statuses: {
      affected: 'Affected',
      'not-affected': 'Not affected',
      'affected-investigating': 'Affected, under investigation',
      'not-affected-investigating': 'Not affected, under investigation',
      unknown: 'Unknown',
      disputed: 'Disputed',
    },
  },
  ja: {
    ownName: '日本語',
    published: '公開日',
    updated: '最終更新日',
    cve: 'CVE',
    vendor: 'ベンダ',
    status: 'ステータス',
    statement: 'ベンダからのコメント',
    information: '告知ページ',
    score: '基本値',
    vector: 'ベクトル',
    scoredBy: '評価者',
    weakness: '脆弱性の種類',
    contact: 'お問い合わせ',
    advisories: '脆弱性対策情報',
    all: 'すべて',
    kinds: { correction: '訂正', withdrawal: '取り下げ' },
    withdrawn: (day, why) => `本アドバイザリは ${day} に取り下げました。理由: ${why}`,
    comma: '、',
    statuses: {
      affected: '該当製品あり',
      'not-affected': '該当製品なし',
      'affected-investigating': '該当製品あり(調査中)',
      'not-affected-investigating': '該当製品なし(調査中)',
      unknown: '不明',
      disputed: '異議あり',
    },
  },
};

export const otherLanguage = (language: Language): Language => (language === 'en' ? 'ja' : 'en');
