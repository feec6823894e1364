import type { UnreachableDeveloper } from '../generated/documents.ts';
import type { Language } from './advisory-words.ts';

interface Words {
  readonly title: string;
  readonly overview: readonly [heading: string, (organisation: string) => string];
  readonly sought: readonly [heading: string, string];
  readonly contact: readonly [heading: string, (email: string) => string];
  readonly list: string;
  readonly empty: string;
  readonly columns: readonly [number: string, name: string, link: string, listed: string, updated: string, product: string, remarks: string];
  /** A day, YYYY-MM-DD, as the language writes it. */
  readonly day: (day: string) => string;
  readonly disclosed: (product: string, day: string) => string;
  readonly product: (name: string, versions: readonly string[]) => string;
  readonly noticeTitle: (products: string) => string;
  /** Who is asked to get in touch, by the kind of developer. */
  readonly notice: Readonly<Record<UnreachableDeveloper['kind'], (products: string) => string>>;
  readonly limit: (day: string) => readonly string[];
  readonly write: (email: string, number: string) => string;
  readonly published: (day: string) => string;
  readonly updated: (day: string) => string;
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const parts = (day: string): [number, number, number] => day.split('-').map(Number) as [number, number, number];
const en = (day: string): string => {
  const [year, month, date] = parts(day);
  return `${date} ${MONTHS[month - 1] ?? ''} ${year}`;
};
const ja = (day: string): string => {
  const [year, month, date] = parts(day);
  return `${year}年${month}月${date}日`;
};

/** The fixed words of the list of unreachable developers and of its notices (guideline, appendix 5). */
export const LIST_WORDS: Readonly<Record<Language, Words>> = {
  en: {
    title: 'Developers whom we are trying to reach',
    overview: ['Overview', (organisation) => `${organisation} was told of vulnerabilities in software products, and could not reach those who develop them. We ask these developers, and whoever speaks for them, to get in touch with us.`],
    sought: ['Who is sought', 'The list names developers of reported software products who did not answer at any address that can be found, on the Internet or elsewhere.'],
    contact: ['How to reach us', (email) => `Write to ${email}, and put the inquiry number into the subject line.`],
    list: 'The list',
    empty: 'Nobody is on the list at present.',
    columns: ['Inquiry number', 'Developer', 'Link', 'First listed', 'Last updated', 'Product', 'Remarks'],
    day: en,
    disclosed: (product, day) => `${product} (disclosed ${en(day)})`,
    product: (name, versions) => `${name}: ${versions.join('; ')}`,
    noticeTitle: (products) => `About the developer of ${products}`,
    notice: {
      organisation: (products) => `If you made this product or hold the copyright in it, or if you sell it or have to do with it in another way, please get in touch with us: ${products}.`,
      individual: (products) =>
        `If you made this product or hold the copyright in it, or if you know how its developer can be reached, please get in touch with us: ${products}. We would also like to hear from developers in the communities of products that derive from it or are related to it, if they can offer a corrected version.`,
    },
    limit: (day) => [
      `We wait for an answer in this matter until ${en(day)}.`,
      `If we have not heard from you by ${en(day)}, we conclude that the developer cannot be reached, and go on as chapter IV of the Information Security Early Warning Partnership Guideline provides for vulnerabilities of software products.`,
    ],
    write: (email, number) => `Contact: ${email} (${number})`,
    published: (day) => `Published: ${en(day)}`,
    updated: (day) => `Updated: ${en(day)} (last day for getting in touch added)`,
  },
  ja: {
    title: '連絡先を探している製品開発者',
    overview: ['概要', (organisation) => `${organisation}は、ソフトウエア製品の脆弱性について報告を受けましたが、次の製品開発者に連絡を取ることができていません。製品開発者ご本人、またはその関係者の方からのご連絡をお待ちしています。`],
    sought: ['対象となる方', '報告を受けたソフトウエア製品の開発者のうち、インターネットなどで知り得た連絡先のいずれからも応答が得られていない方を一覧に掲載しています。'],
    contact: ['ご連絡の方法', (email) => `件名に問合せ番号を記入のうえ、${email} までお送りください。`],
    list: '一覧',
    empty: '現在、掲載している製品開発者はありません。',
    columns: ['問合せ番号', '開発者名', '関連情報', '一覧追加日', '最終更新日', '製品情報', '備考'],
    day: ja,
    disclosed: (product, day) => `${product}（${ja(day)}開示）`,
    product: (name, versions) => `${name} ${versions.join('、')}`,
    noticeTitle: (products) => `${products} の製品開発者について`,
    notice: {
      organisation: (products) => `${products} を開発された方、その著作権をお持ちの方、または販売店など本製品に関わりのある方は、下記までお知らせください。`,
      individual: (products) =>
        `${products} を開発された方、その著作権をお持ちの方、または製品開発者への連絡方法をご存じの方は、下記までお知らせください。本製品から派生した製品や関連する製品のコミュニティで開発に携わり、修正版を提供できる方からのご連絡も歓迎します。`,
    },
    limit: (day) => [
      `本件のご連絡は${ja(day)}までお待ちします。`,
      `${ja(day)}までにご連絡がない場合は、製品開発者への連絡ができないものと判断し、「情報セキュリティ早期警戒パートナーシップガイドライン」第Ⅳ章が定めるソフトウエア製品の脆弱性関連情報の取扱いに沿って対応します。`,
    ],
    write: (email, number) => `連絡先: ${email}（${number}）`,
    published: (day) => `公開日: ${ja(day)}`,
    updated: (day) => `更新日: ${ja(day)}（連絡期限を追加）`,
  },
};
