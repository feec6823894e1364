import { fold } from './name-folding.ts';

/**
 * How titles name common weaknesses, in both languages, with the CWE id that says the same: two titles in two languages
 * have no word in common, and this is what they say about the flaw. Each is a pattern for folded text, and is folded itself.
 */
const WEAKNESSES: readonly (readonly [cwe: string, words: string])[] = [
  ['CWE-79', String.raw`クロスサイト.?スクリプティング|cross.?site.?scripting|\bxss\b`],
  ['CWE-352', String.raw`クロスサイト.?リクエスト.?フォージェリ|cross.?site.?request.?forgery|\bcsrf\b`],
  ['CWE-89', String.raw`sql.?インジェクション|sql.?injection`],
  ['CWE-78', String.raw`os.?コマンド.?インジェクション|(?:os.?)?command.?injection|os.?command`],
  ['CWE-94', String.raw`コ.?ド.?インジェクション|code.?injection`],
  ['CWE-22', String.raw`ディレクトリ.?トラバ.?サル|パス.?トラバ.?サル|(?:directory|path).?traversal`],
  ['CWE-119', String.raw`バッファ.?オ.?バ.?(?:フロ|ラン)|buffer.?over(?:flow|run)|範囲外書き込み|境界外書き込み|out.?of.?bounds.?write`],
  ['CWE-125', String.raw`範囲外読み取り|境界外読み取り|out.?of.?bounds.?read`],
  ['CWE-416', String.raw`解放済みメモリ|use.?after.?free`],
  ['CWE-601', String.raw`オ.?プン.?リダイレクト|open.?redirect`],
  ['CWE-611', String.raw`xml.?外部(?:実体|エンティティ)|xml.?external.?entit|\bxxe\b`],
  ['CWE-918', String.raw`サ.?バサイド.?リクエスト.?フォージェリ|server.?side.?request.?forgery|\bssrf\b`],
  ['CWE-287', String.raw`認証(?:回避|不備|の欠如)|authentication.?bypass|(?:improper|missing).?authentication`],
  ['CWE-284', String.raw`アクセス制限不備|アクセス制限の不備|access.?(?:control|restriction)`],
  ['CWE-798', String.raw`ハ.?ドコ.?ド|hard.?coded`],
  ['CWE-427', String.raw`dll.?(?:読み込み|ハイジャック)|dll.?(?:loading|hijack|preloading)`],
  ['CWE-295', String.raw`証明書.{0,6}検証|certificate.?(?:verification|validation)`],
  ['CWE-400', String.raw`サ.?ビス(?:運用)?妨害|denial.?of.?service|\bdos\b`],
  ['CWE-434', String.raw`任意の?ファイル.{0,6}アップロ.?ド|(?:arbitrary|unrestricted).?(?:file.?)?upload`],
  ['CWE-200', String.raw`情報漏えい|情報漏洩|情報管理不備|information.?(?:disclosure|leak)`],
];

const PATTERNS = WEAKNESSES.map(([cwe, words]) => [cwe, new RegExp(fold(words), 'u')] as const);

/** CWE ids of the weaknesses that a folded text names. */
export const weaknessesIn = (folded: string): string[] => PATTERNS.filter(([, words]) => words.test(folded)).map(([cwe]) => cwe);
