import type { Bilingual } from '../../src/generated/documents.ts';

/**
 * Facts of real advisories of JVN: vendor, product and title as they are public. Titles in one language are as JVN gives
 * them or short statements of product and weakness; each row is a flaw of its own.
 */
export interface RealTitle {
  readonly id: string;
  readonly vendor: string;
  readonly product: string;
  readonly title: Bilingual;
}

const en = (id: string, vendor: string, product: string, weakness: string): RealTitle => ({ id, vendor, product, title: { en: `${product} vulnerable to ${weakness}` } });

export const REAL_TITLES: readonly RealTitle[] = [
  { id: 'JVN-61247051', vendor: 'OpenSSL Project', product: 'OpenSSL', title: { en: 'OpenSSL improper handling of Change Cipher Spec message', ja: 'OpenSSL における Change Cipher Spec メッセージの処理に脆弱性' } },
  { id: 'JVN-15201064', vendor: 'Corega', product: 'CG-WGR1200', title: { ja: 'CG-WGR1200 における複数の脆弱性' } },
  { id: 'JVN-16765254', vendor: 'ruby-git', product: 'ruby-git', title: { ja: 'ruby-git における複数のコードインジェクションの脆弱性' } },
  { id: 'JVN-57428125', vendor: 'PLANEX COMMUNICATIONS INC.', product: 'MZK-DP300N', title: { ja: 'プラネックス製MZK-DP300Nにおけるクロスサイトスクリプティングの脆弱性' } },
  { id: 'JVN-60032768', vendor: 'Soflyy', product: 'WP All Import', title: { ja: 'WordPress 用プラグイン WP All Import におけるクロスサイトスクリプティングの脆弱性' } },
  { id: 'JVN-65447879', vendor: 'NEC Corporation', product: 'Aterm', title: { ja: 'NEC Atermシリーズにおける複数の脆弱性（NV25-003）' } },
  { id: 'JVN-ServerProtect', vendor: 'Trend Micro', product: 'ServerProtect', title: { ja: 'トレンドマイクロ製 ServerProtect における認証回避の脆弱性' } },
  en('CVE-2018-0542', 'LunarNight Laboratory', 'WebProxy', 'directory traversal'),
  en('CVE-2024-28033', 'LunarNight Laboratory', 'WebProxy', 'OS command injection'),
  en('CVE-2023-22277', 'OMRON Corporation', 'CX-Programmer', 'use after free'),
  en('CVE-2023-38746', 'OMRON Corporation', 'CX-Programmer', 'out-of-bounds read'),
  en('CVE-2023-32619', 'TP-LINK', 'Archer C50', 'OS command injection'),
  en('CVE-2023-40531', 'TP-LINK', 'Archer AX6000', 'OS command injection'),
  en('CVE-2024-38471', 'TP-LINK', 'Archer AX3000', 'OS command injection'),
  en('CVE-2023-34423', 'AYS Pro Plugins', 'Survey Maker', 'cross-site scripting'),
  en('CVE-2024-22027', 'AYS Pro Plugins', 'WordPress Quiz Maker Plugin', 'improper input validation'),
  en('CVE-2023-36492', 'SHIRASAGI Project', 'SHIRASAGI', 'cross-site scripting'),
  en('CVE-2023-38574', 'i-PRO Co., Ltd.', 'VI Web Client', 'open redirect'),
  en('CVE-2023-39938', 'i-PRO Co., Ltd.', 'VI Web Client', 'cross-site scripting'),
  en('CVE-2023-40219', 'Collne Inc.', 'Welcart e-Commerce', 'unrestricted upload'),
  en('CVE-2023-43610', 'Collne Inc.', 'Welcart e-Commerce', 'SQL injection'),
  en('CVE-2023-40069', 'ELECOM CO.,LTD.', 'WRC-F1167ACF', 'OS command injection'),
  en('CVE-2024-39607', 'ELECOM CO.,LTD.', 'WRC-X6000XS-G', 'OS command injection'),
  en('CVE-2024-34577', 'ELECOM CO.,LTD.', 'WRC-X3000GS2-B', 'cross-site scripting'),
  en('CVE-2023-45158', 'web2py', 'web2py', 'OS command injection'),
  en('CVE-2023-46711', 'BUFFALO INC.', 'VR-S1000', 'use of a hard-coded cryptographic key'),
  en('CVE-2023-47175', 'LuxSoft', 'LuxCal Web Calendar', 'cross-site scripting'),
  en('CVE-2024-25572', 'Saturday Drive', 'Ninja Forms', 'cross-site request forgery'),
  en('CVE-2024-26019', 'Saturday Drive', 'Ninja Forms', 'cross-site scripting'),
  en('CVE-2024-28125', 'unclebob', 'FitNesse', 'OS command injection'),
  en('CVE-2024-28128', 'unclebob', 'FitNesse', 'cross-site scripting'),
  en('CVE-2024-31399', 'Cybozu, Inc.', 'Cybozu Garoon', 'denial of service'),
  en('CVE-2024-31403', 'Cybozu, Inc.', 'Cybozu Garoon', 'incorrect authorization'),
  en('CVE-2023-46278', 'Cybozu, Inc.', 'Cybozu Remote Service', 'denial of service'),
  en('CVE-2024-36451', 'Webmin', 'Webmin', 'improper handling of insufficient privileges'),
  en('CVE-2024-40724', 'Open Asset Import Library', 'Assimp', 'heap-based buffer overflow'),
  en('CVE-2024-28048', 'Fortunefield', 'ffBull', 'OS command injection'),
  en('CVE-2024-45836', 'PLANEX COMMUNICATIONS INC.', 'CS-QR10', 'cross-site scripting'),
];

/** The same flaw as a second reporter might put it: what the tool must find again. */
export const SAID_AGAIN: readonly RealTitle[] = [
  { id: 'JVN-61247051', vendor: 'OpenSSL Software Foundation', product: 'openssl', title: { ja: 'OpenSSLのChange Cipher Specメッセージ処理の脆弱性' } },
  { id: 'JVN-16765254', vendor: 'ruby-git project', product: 'Ruby Git', title: { en: 'Code injection in ruby-git' } },
  { id: 'JVN-57428125', vendor: 'プラネックスコミュニケーションズ株式会社', product: 'ＭＺＫ－ＤＰ３００Ｎ', title: { en: 'MZK-DP300N vulnerable to cross-site scripting' } },
  { id: 'JVN-60032768', vendor: 'WP All Import', product: 'WP All Import', title: { en: 'Reflected XSS in WP All Import' } },
  { id: 'JVN-ServerProtect', vendor: 'トレンドマイクロ株式会社', product: 'Server Protect', title: { en: 'Authentication bypass in Trend Micro ServerProtect' } },
  { id: 'CVE-2018-0542', vendor: 'LunarNight', product: 'Web Proxy', title: { ja: 'WebProxy におけるディレクトリ・トラバーサルの脆弱性' } },
  { id: 'CVE-2023-43610', vendor: 'コルネ株式会社', product: 'Welcart e-Commerce', title: { ja: 'Welcart e-Commerce における SQL インジェクションの脆弱性' } },
  { id: 'CVE-2024-31399', vendor: 'サイボウズ株式会社', product: 'ガルーン', title: { ja: 'サイボウズ ガルーンにおけるサービス運用妨害 (DoS) の脆弱性' } },
  { id: 'CVE-2023-36492', vendor: 'シラサギ', product: 'シラサギ', title: { ja: 'シラサギにおけるクロスサイトスクリプティングの脆弱性' } },
  { id: 'CVE-2024-25572', vendor: 'Ninja Forms', product: 'NinjaForms', title: { ja: 'WordPress 用プラグイン Ninja Forms におけるクロスサイトリクエストフォージェリの脆弱性' } },
  { id: 'CVE-2024-28125', vendor: 'FitNesse', product: 'FitNesse', title: { ja: 'FitNesse における OS コマンドインジェクションの脆弱性' } },
  { id: 'CVE-2024-40724', vendor: 'Assimp', product: 'assimp', title: { en: 'Buffer overflow in Open Asset Import Library (Assimp)' } },
  { id: 'CVE-2023-22277', vendor: 'オムロン株式会社', product: 'CX-Programmer', title: { ja: 'オムロン製 CX-Programmer における解放済みメモリ使用の脆弱性' } },
];
