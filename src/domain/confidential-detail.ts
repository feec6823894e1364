import { attackDetails, firstMatches, type AttackDetail } from './attack-detail.ts';

/*
 * What nobody outside of the organisation should read, by its looks. A product's own flaw may be a password or an address that it
 * ships with: a person decides, and words it so that it is not one to use.
 */

/** Every repetition has a bound: the text may be a stranger's. In parts where a scanner for leaked keys would find this file. */
const CREDENTIALS: readonly { readonly what: string; readonly sign: RegExp }[] = [
  { what: 'a private key', sign: new RegExp('-----BEGIN (?:PGP PRIVATE KEY BLOCK|(?:[A-Z]{2,10} )?PRIVATE ' + 'KEY)-----') },
  { what: 'an access key or token', sign: /\b(?:(?:AKIA|ASIA)[A-Z0-9]{16}|gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255}|glpat-[A-Za-z0-9_-]{20,64}|xox[abprs]-[A-Za-z0-9-]{10,200}|AIza[A-Za-z0-9_-]{35}|eyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,2000}\.[A-Za-z0-9_-]{10,2000})(?![A-Za-z0-9])/ },
  { what: 'an Authorization header', sign: /\bAuthorization[ \t]*:[ \t]*(?:Basic|Bearer|Digest|Token)[ \t]+[A-Za-z0-9+/=._~-]{6,4000}|\b(?:Set-)?Cookie[ \t]*:[ \t]*[A-Za-z0-9_.-]{1,100}=[^\s;]{6,4000}/i },
  // A value with a digit or a sign in it, or one that ends its line: 'Password: change it' is a sentence.
  { what: 'a password', sign: /(?:\b(?:password|passwd|passphrase|pwd|secret[ _-]?key|api[ _-]?key|access[ _-]?token)|パスワード|暗証番号)[ \t]*[:=：＝][ \t]*["'`「]?(?!CWE-|CVE-|https?:|[<[({*…])(?:(?=[A-Za-z]{0,100}[\d@#$%^&!?_+])[!-~]{4,200}|(?!required|unknown|none)[A-Za-z]{4,100}["'`」]?[ \t]*$)/imu },
  { what: 'a name and password in an address', sign: /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@]{1,100}:[^\s/@]{1,100}@[A-Za-z0-9]/i },
];

/**
 * Private networks (RFC 1918), link-local ones, and names that only an own network knows. Manuals say .1 and .254 of the address that a
 * device ships with; 10.1.3.5 is a version unless it is written like an address.
 */
const INTERNAL: readonly { readonly what: string; readonly sign: RegExp }[] = [
  { what: 'an internal address', sign: /(?:(?<![\d.])(?:192\.168|172\.(?:1[6-9]|2\d|3[01])|169\.254)|(?<=\/\/|@)10\.\d{1,3})\.\d{1,3}\.(?!(?:0|1|254|255)(?!\d))\d{1,3}(?!\d|\.\d)|(?<![\d.])10\.\d{1,3}\.\d{1,3}\.\d{1,3}(?=:\d{2,5}\b|\/\d{1,2}\b)|(?:(?<![\p{L}\d./-])|(?<=:\/\/))(?:[a-z0-9][a-z0-9-]{0,62}\.){1,5}(?:local|internal|intranet|localdomain)(?![\p{L}\d-]|\.[a-z])/iu },
];

/** A credential is not repeated: what is printed ends up in logs. */
export const credentialsIn = (text: string): AttackDetail[] => firstMatches(text, CREDENTIALS).map((found) => ({ ...found, excerpt: '' }));

/** In words, with what was found where it may be shown. */
export const detailText = ({ what, excerpt }: AttackDetail): string => (excerpt === '' ? what : `${what} (${excerpt})`);

/** What looks like a way to attack, a credential or an internal address: nothing of it belongs to partners or into public. */
export const confidentialDetails = (text: string): AttackDetail[] => [...attackDetails(text), ...credentialsIn(text), ...firstMatches(text, INTERNAL)];
