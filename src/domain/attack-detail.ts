/** What in a text looks like a way to attack. */
export interface AttackDetail {
  readonly what: string;
  /** The words that were found, shortened. */
  readonly excerpt: string;
  /** Where in the text they begin. */
  readonly at: number;
}

/**
 * Signs of a proof of concept, attack code or steps to reproduce. Words about attacks are no sign ("an exploit is
 * public" belongs into an advisory); what can be typed or followed is. A person reads the text all the same.
 * No repetition runs on over what the same sign may start with, or it has a bound: on a long line it would take hours.
 */
const SIGNS: readonly { readonly what: string; readonly sign: RegExp }[] = [
  { what: 'steps to reproduce', sign: /\b(?:steps? to (?:reproduce|trigger|exploit)|reproduction steps?|how to (?:reproduce|exploit))\b|再現(?:手順|方法)|攻撃手順/iu },
  { what: 'a raw HTTP request', sign: /^[ \t>]*(?:GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS)[ \t]+\S+[ \t]+HTTP\/\d/mu },
  { what: 'a command line that attacks', sign: /\b(?:curl|wget|nc|ncat|nmap|sqlmap|msfconsole|hydra|openssl s_client)[ \t]+-{1,2}[A-Za-z]|\b(?:msfconsole|sqlmap|use exploit\/)/iu },
  { what: 'script that runs', sign: /<(?:script|img|svg|iframe|body)\b[^<>]*(?:>[^<]*(?:alert|prompt|confirm|document|fetch|eval)\s*[.(]|\bon\w+\s*=)|javascript:\s*\w+\s*\(|%3Cscript/iu },
  { what: 'an injected query', sign: /['"]\s*(?:OR|AND)\s+['"]?\d+['"]?\s*=\s*['"]?\d|\bUNION\s+(?:ALL\s+)?SELECT\b|;\s*DROP\s+TABLE\b/iu },
  { what: 'a path that climbs', sign: /(?:\.\.[\\/]){2,}|(?:%2e%2e(?:%2f|%5c)){1,}|(?:\.\.%2f){1,}/iu },
  { what: 'machine code', sign: /(?:\\x[0-9a-f]{2}){4,}|(?:%u[0-9a-f]{4}){2,}/iu },
  { what: 'program code', sign: /^[ \t>]*(?:import (?:socket|requests|struct|pwn)\b|from (?:pwn|scapy|requests|socket)\b.*\bimport\b|#include\s*[<"]|#!\/|#!\s*\/usr|require\s+['"]msf)/mu },
  // Into a shell or a listener: with an option, an address, or nothing behind it, for a table of Markdown has bars too.
  { what: 'a shell pipeline', sign: /\S[ \t]{0,4}\|[ \t]{0,4}(?:sudo[ \t]+)?(?:(?:ba|z|da|k)?sh|nc|ncat|base64|xxd|python3?|perl|xargs)(?:[ \t]+-{1,2}[A-Za-z]|[ \t]+[\w.]{1,200}[ \t]+\d|[ \t]*$)|\/dev\/tcp\/|\b(?:bash|sh)[ \t]+-[ic]\b|\bmkfifo[ \t]|\$\((?:curl|wget|nc|id|whoami)\b|[;&|][ \t]{0,4}(?:id|whoami|cat[ \t]+\/etc\/\w+)[ \t]*(?:$|[;&|'"`])/mu },
  { what: 'a module of an attack framework', sign: /\b(?:exploit|auxiliary|payload|post)s?\/(?:windows|linux|unix|multi|osx|android|php|java|python|cmd|generic|scanner|admin|dos|gather|fuzzers)\/[a-z0-9_]{2,40}|\bmsfvenom\b|\bset[ \t]+(?:RHOSTS?|LHOST|LPORT|PAYLOAD)\b|\bmeterpreter\b|\b(?:nuclei|ysoserial)[ \t]+-{1,2}[a-z]/u },
  // Longer than any hash, which is in hex or in small letters; hex as well where it is longer than SHA-512.
  { what: 'long encoded data', sign: /(?<![A-Za-z0-9+/_.-])(?=[A-Za-z+/]{0,60}[0-9])(?=[a-z0-9+/]{0,60}[A-Z])(?=[A-Z0-9+/]{0,60}[a-z])[A-Za-z0-9+/]{80,}={0,2}(?![A-Za-z0-9+/_-])|\b(?:[0-9a-fA-F]{2}){72,}\b|(?:\b0x[0-9a-fA-F]{2},\s{0,3}){8,}/u },
  { what: 'a link to attack code', sign: /https?:\/\/(?:www\.)?(?:exploit-db\.com|packetstormsecurity\.(?:com|org)|0day\.today)\b|https?:\/\/[^\s)>\]]{0,300}(?:[/_-](?:poc|exploit)s?)(?:[/_.-]|$|[\s)>\]])/imu },
];

const EXCERPT = 60;

/** What looks like a proof of concept, attack code or reproduction detail in a text for the public (disclosure policy; handling overview). */
export const attackDetails = (text: string): AttackDetail[] => firstMatches(text, SIGNS);

/** The first match of each sign, shortened. */
export const firstMatches = (text: string, signs: readonly { readonly what: string; readonly sign: RegExp }[]): AttackDetail[] =>
  signs.flatMap(({ what, sign }) => {
    const match = sign.exec(text);
    if (!match) return [];
    const found = match[0].trim();
    return [{ what, at: match.index, excerpt: found.length > EXCERPT ? `${found.slice(0, EXCERPT)}…` : found }];
  });
