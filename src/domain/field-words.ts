import { lower, plain, UNSPACED } from './name-spelling.ts';
import { wordsOf } from './words.ts';

/*
 * Words of the field. Whoever reports as "Arbitrary Code" of "Linux", alias overflow, would else stop every text that speaks of a flaw.
 */

/** Of the names of weaknesses (CWE 4.20), and of common systems, products and advisories. No first or family names. */
const WORDS: ReadonlySet<string> = new Set(
  (
    'ability absolute acceptability acceptance access accessed accesses accessible account accuracy action actionform actions activation active activex actor addition additional address addresses adherence admin administrator ' +
    'adobe adversarial advisory affected after against agents aggregating aging aka alert algorithm algorithmic aliased alist allocated allocation allow allowed allows alternate always amazon amplification anchors and android ' +
    'anonymous another apache api apis apple application applied arbitrary arch architectural architecture are argument arguments around array asp assertion asset assigned assigning assignment associated associative assumed ' +
    'asus asymmetric asynchronous atom attack attacker attackers attacking attacks attempt attempts attestation attribute attributes authentication authenticity authorization autoboxing automated aws awt azure backslash ' +
    'backup bad based basic bean before behaving behavior behavioral between binary binding binds bios bit bits bitwise blind block blocking blog bluetooth board body bomb boot bootloader both botnet boundary bounds bounty ' +
    'branching break bridge broadcast broken browser browsing buffer buffers bug bugs built bus buses bypass bypassing byte cache calculation call callable caller calls camera cameras can canonical canonicalization ' +
    'canonicalize capability captcha capture car cart case cast catch caused cbc centos cert certificate certificates chain chaining change changing channel channels character characters chat check checked checking chicken ' +
    'child chip chmod chrome chromium chroot cipher ciphertext circuit circular cisa cisco class classes classic cleanup clear clearing cleartext client clock clone cloneable cloud cluster cms code coded coding coercion cold ' +
    'collapse command comment commented comments communication comparing comparison compartmentalization compilation compiler complete complex complexity component components compressed computation computational concatenation ' +
    'concrete concurrent condition conditions confidential confidentiality config configuration configured conflict confused confusion connected connection connections consistency consistently constant constants consumption ' +
    'container containing containment contains content contents context control controlled controlling controls conventions conversion cookie cookies coordination coordinator copy core correct correctly correctness ' +
    'correlation count covert cpu craft crafted crash created creating creation credential credentials credit critical crlf crm cross crypto cryptographic cryptographically csirt csrf csv ctx curl cursor custom cve cvss cwe ' +
    'cyber cybersecurity cyclomatic daemon dangerous dangling data database databases date day dead deadlock debian debug debugging decision decisions declaration declared decoding decommissioned decrypt decrypted deep ' +
    'default defaults defects defender defined definition definitions degrade deletion delimitation delimiters delivery dell demo denial denylist dependencies dependency dependent deployment deprecated deputy dereference ' +
    'descriptor descriptors deserialization design desktop destination destruction destructor detect detection determine determined developer developers device different dir direct directives directories directory dirname ' +
    'disable disabled disallowed disclosure discrepancy disk distinction divide django dma dns docker document documentation documented does domain domains dos dot double doubled downgrade download downstream driving dropped ' +
    'dropping drupal dtds due dump duplicate during dynamic dynamically ear earlier early economy edge effective effort ejb electromagnetic element elements email embedded emergent empty enabled enabling encapsulation encoded ' +
    'encoding encrypt encrypted encryption end endpoint endpoints enforcement engine engineering entities entity entropy environment environmental environments equals equivalence equivalent erase erp error errors escalation ' +
    'escape escaping ethernet eval evaluated evaluation event everybody exact example exception exceptional exceptionally excessive excessively exchange exclusivity executable execute execution exit expansion expected ' +
    'expiration expired explicit exploit exploitability exploited exploits export exposed exposure expression expressions extend extension external externally extra extraction extraneous fabric fabrics facebook factor factors ' +
    'failed failing failure fakedir false fault faults feature features fedora feedback field fields file filedir filename files filter filtering final finalize finally finder finite firefox firewall firmware first fixation ' +
    'fixed flag flash floating flow following for forced forgery forgotten form format formatting forms formula fortinet forum forwarding frames framework free freebsd frequency from fsms ftp function functionality functions ' +
    'fuse fuzz fuzzer fuzzing gateway general generated generation generative generator generic getlogin github gitlab glitches global gnome gnu google granularity group guessable guest gui hacker hacking handle handler ' +
    'handles handling hard hardware hash hashcode header headers heap here hex hfs hibernate hidden high highly hijack hijacking holding home homoglyphs hook horizontal horse host html http httponly https huawei hub ibm ' +
    'identification identified identifier identifiers identify identity imaging img immutable impersonation implementation implementations implemented implications implicit improper improperly inaccurate inadequate ' +
    'inappropriate include includes inclusion incompatible incomplete inconsistency inconsistent incorrect incorrectly independent index indexable indices inefficient inference infinite influence influences information ' +
    'inherently inheritance inherited initial initialization injection inner input inputs insecure insertion inside inspection install installer instance instances instead instruction instructions insufficient insufficiently ' +
    'integer integrated integrity intel intended intent interaction interface interfaces intermediary intermediate internal internet interpretation interpretations into invalid invariant invocation invokable invoking ioctl ' +
    'ios iot ipa ipad iphone irrelevant isolation issues item iteration its j2ee jail java jenkins jni joomla jpcert jquery jtag junction juniper just jvn kernel key keys kubernetes lab labs lack lan language laptop large ' +
    'later latest layer layers layout ldap lead leaders leading leads leak least length lenovo less level library lifetime limitation limited limits line lines link linux list listing literals llm lnk loader loading location ' +
    'lock locked locking lockout locks log logging logic login logon logout logs long lookups loop loss low lowering mac machine machines macos macro mail maintainer maintainers malicious malware managed management manager ' +
    'manipulation manipulations map mapping marked marker masking matching maximum measurement mechanism mediation medium member memories memory message messages messaging meta metadata method methods microarchitectural ' +
    'microsoft minimum mirrored miscalculated misconfiguration misinterpretation mismatch mismatched misrepresentation missing misused mitigation mitm mitre mixed mobile mode model modem modes modification modified modifier ' +
    'modifying module modules more mount mozilla multi multiple multithreaded mutable mysql name names naming nas negotiation neither nested nesting net netbsd network neutralization new nginx nist nobody noc node non nonce ' +
    'not nul null nullpointerexception number numbers numeric nvd nvidia oaep obfuscation object objects obscured obscurity observable obsolete off office offset often older omission omitted once one only open openbsd opener ' +
    'openssl opera operating operation operations operator optimization optimizations option options oracle order ordering origin osat other out outbound outlook output outputs outside outward over overflow overflows ' +
    'overheating overlap overlaps overly override overrun overwrite ownership package packet packets page pages pair paired parameter parameters parametric parent parsing partial parties party passing password passwords past ' +
    'patch patched path pathname paths pattern payload performance performs permission permissions permissive persistent personal perturbations phase phishing phone php physical placement plaintext plane platform plug plugin ' +
    'plugins poc point pointer poison policies policy pollution pool pooling port portal ports position postgresql potentially power practices precedence precision predictable predictor premature presented preservation ' +
    'preserved prevention previous primary primitive primitives principles printer prior private privilege privileged privileges prng probing problems process processor product production products program programming programs ' +
    'prohibited prologue prompting proper protect protected protection protections protocol prototype provide provision proxied proxy pseudo psirt psychological public publication publish published purposes python qemu ' +
    'qualcomm quantity queries query quoting race radices random range ranges ransomware raw reachable react read readable ready real realdir reboot receiver recognition record recoverable recovery recursion recursive redhat ' +
    'redirect redirection redundancy redundant reentrant reference references referer reflection regions register registers registry regular related relative release released releases relevant reliance remanent remediation ' +
    'remote remotely removal removed rendered replay replicating report reported reporter reporting repository representation representations request requests require requirements research researcher reserved reset resolution ' +
    'resolved resource resources response restart restore restricted restriction restrictive results return returned returning reuse reusing revealing reverse revocation risky rom root rootkit router routines rsa ruby run ' +
    'runtime rust safari safe salt same samesite sample samsung sandbox sanitization sanitize sap save saved saving scaling scan scanner scheme schemes scope scoping score script scripting scripts scrubbing search searches ' +
    'secret secrets section secure securely security seed seeds select selection self semantic semiconductor sensitive sensitivity sensor sent sentinel sequence sequences sequential serializable serialization server servers ' +
    'service servlet session setting settings setup severity share shared sharing shatter shell shift shop short shortcut shutdown side siemens sign signal signals signature signatures signed signing single singleton site ' +
    'size sized sizeof skips slash small smart smtp smuggling soc socket sockets software solaris sony source space special specially specification specified sphere spheres splitting spoofing spring spyware sql sqlite ssh ssi ' +
    'ssl ssrf stack standard standardized standards start state statement static statically status step storable storage store stored stores storing stream strength string structural structure structures struts style ' +
    'substitution subtraction summary super supplied supply support supporting surface suse suspicious swing switch switching symantec symbolic symbols symlink synchronization synchronized synchronous synology syntactic ' +
    'syntactically syntax system systems table tablet tags tampering target team technical techniques template temporary termination terminators test tester testing text thanks that the theme themes third thread threaded ' +
    'threads throttling through thrown throws time timeout timing tls toctou token tokens tomcat too tool tools trace trailing transactions transfer transient transition translation transmission transparent transport trapdoor ' +
    'traversal triple trng trojan true truncation trust trusted trusting trustworthy turned type typed types ubiquitous ubuntu umask unauthenticated unauthorized unboxing unc uncaught unchecked uncleared unconditional ' +
    'uncontrolled undefined under underflow underlying underwrite undocumented unexecuted unexpected unicode unimplemented uninitialized unintended unique units unix unknown unlock unlocks unmaintained unnecessarily ' +
    'unnecessary unparsed unprotected unquoted unreachable unrestricted unsafe unserializable unsigned unspecified unsupported unsynchronized untrusted unused unusual unvalidated unverified unwarranted update updateable ' +
    'updated updates upgrade upload uploaded upsets uri url usage usb use used user uses using validate validation validator value values variable variables variadic vector vehicle vendor vendors verification version versions ' +
    'via victim view violation virtual virus visible visual vlan vmware volatile voltage volume vpn vulnerabilities vulnerability vulnerable warn warning warnings way weak weakness web webkit website websockets what where ' +
    'whitespace wide wifi wiki wildcard wildcards window windows wireless wireshark with within without wlan wordpress workaround workflow working worm wrap wraparound writable write wrong wsdl xbox xml xpath xquery xss xxe ' +
    'zero zeroization zoom'
  ).split(' '),
);

const JAPANESE = [
  '任意', '実行', '脆弱性', '脆弱', '攻撃者', '攻撃', '遠隔', '第三者', '認証', '回避', '不備', '欠如', '権限', '昇格', '情報', '漏えい', '漏洩', '改ざん', '偽造', '証明書', '検証', '製品', '開発者', '利用者', '報告者', '管理者', '更新', '対策', '修正',
  'コード', 'コマンド', 'バッファ', 'オーバーフロー', 'オーバフロー', 'オーバーラン', 'クロスサイト', 'スクリプティング', 'スクリプト', 'リクエスト', 'フォージェリ', 'インジェクション', 'ディレクトリ', 'トラバーサル', 'メモリ', 'スタック', 'ヒープ', 'カーネル', 'サーバー', 'サーバ', 'クライアント',
  'ルーター', 'ルータ', 'ブラウザー', 'ブラウザ', 'パスワード', 'セキュリティ', 'ネットワーク', 'ファームウェア', 'ソフトウェア', 'ハードウェア', 'アップデート', 'パッチ', 'サービス', '運用', '妨害', 'ウイルス', 'マルウェア', 'リナックス', 'ウィンドウズ', 'アンドロイド', 'マイクロソフト', 'グーグル', 'アップル', 'データ', 'ファイル', 'システム', 'プログラム', 'ユーザー', 'ユーザ', 'の', 'と',
];
const ONLY_JAPANESE = new RegExp(`^(?:${JAPANESE.map((word) => lower(plain(word))).sort((a, b) => b.length - a.length).join('|')}){1,8}$`, 'u');
const LONGEST = 60;

const BETWEEN: ReadonlySet<string> = new Set(['a', 'an', 'and', 'at', 'by', 'for', 'in', 'of', 'on', 'or', 'the', 'to', 'via', 'with']);

/** Whether a name, a handle or an organisation is made of words of the field only, so that it would be found in any text. */
export function isOfTheField(value: string): boolean {
  if (value.length > LONGEST) return false;
  const words = wordsOf(value)[0]?.joined.split(' ') ?? [];
  const isUnspaced = (word: string): boolean => UNSPACED.test(word) || word === 'ー';
  const spaced = words.filter((word) => !isUnspaced(word) && !BETWEEN.has(word));
  const unspaced = words.filter(isUnspaced).join('');
  return spaced.length + unspaced.length > 0 && spaced.every((word) => WORDS.has(word)) && (unspaced === '' || ONLY_JAPANESE.test(unspaced));
}
