/**
 * How titles name common weaknesses, in both languages, with the CWE id that says the same: two titles in two languages
 * have no word in common, and this is what they say about the flaw. The texts are folded before they are compared.
 */
const WEAKNESSES: readonly (readonly [cwe: string, words: RegExp])[] = [
  ['CWE-79', /クロスサイト.?スクリプティング|cross.?site.?scripting|\bxss\b/u],
  ['CWE-352', /クロスサイト.?リクエスト.?フォージェリ|cross.?site.?request.?forgery|\bcsrf\b/u],
  ['CWE-89', /sql.?インジェクション|sql.?injection/u],
  ['CWE-78', /os.?コマンド.?インジェクション|(?:os.?)?command.?injection|os.?command/u],
  ['CWE-94', /コ.?ド.?インジェクション|code.?injection/u],
  ['CWE-22', /ディレクトリ.?トラバ.?サル|パス.?トラバ.?サル|(?:directory|path).?traversal/u],
  ['CWE-119', /バッファ.?オ.?バ.?(?:フロ|ラン)|buffer.?over(?:flow|run)|範囲外書き込み|境界外書き込み|out.?of.?bounds.?write/u],
  ['CWE-125', /範囲外読み取り|境界外読み取り|out.?of.?bounds.?read/u],
  ['CWE-416', /解放済みメモリ|use.?after.?free/u],
  ['CWE-601', /オ.?プン.?リダイレクト|open.?redirect/u],
  ['CWE-611', /xml.?外部(?:実体|エンティティ)|xml.?external.?entit|\bxxe\b/u],
  ['CWE-918', /サ.?バサイド.?リクエスト.?フォージェリ|server.?side.?request.?forgery|\bssrf\b/u],
  ['CWE-287', /認証(?:回避|不備|の欠如)|authentication.?bypass|(?:improper|missing).?authentication/u],
  ['CWE-284', /アクセス制限不備|アクセス制限の不備|access.?(?:control|restriction)/u],
  ['CWE-798', /ハ.?ドコ.?ド|hard.?coded/u],
  ['CWE-427', /dll.?(?:読み込み|ハイジャック)|dll.?(?:loading|hijack|preloading)/u],
  ['CWE-295', /証明書.{0,6}検証|certificate.?(?:verification|validation)/u],
  ['CWE-400', /サ.?ビス(?:運用)?妨害|denial.?of.?service|\bdos\b/u],
  ['CWE-434', /任意の?ファイル.{0,6}アップロ.?ド|(?:arbitrary|unrestricted).?(?:file.?)?upload/u],
  ['CWE-200', /情報漏えい|情報漏洩|情報管理不備|information.?(?:disclosure|leak)/u],
];

/** CWE ids of the weaknesses that a folded text names. */
export const weaknessesIn = (folded: string): string[] => WEAKNESSES.filter(([, words]) => words.test(folded)).map(([cwe]) => cwe);
