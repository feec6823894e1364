/**
 * What varies in how people write the same words: width and case (NFKC), hiragana for katakana, and the long-vowel sign,
 * which one vendor writes (ルーター) and the next leaves out (ルータ).
 */
export const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ぁ-ゖ]/gu, (kana) => String.fromCodePoint((kana.codePointAt(0) ?? 0) + 0x60))
    .replace(/ー/gu, '')
    // A mark that stood behind the sign now joins the letter before it.
    .normalize('NFKC');

/** A folded name without spaces and signs. */
export const nameKey = (name: string): string => fold(name).replace(/[^\p{L}\p{N}]+/gu, '');

/** Consonants of katakana by the vowel row, as far as they tell words apart; what is missing has none (vowels, small signs). */
const CONSONANTS: readonly (readonly [kana: string, sound: string])[] = [
  ['カキクケコヵヶ', 'k'], ['ガギグゲゴ', 'g'], ['サシスセソ', 's'], ['ザジズゼゾ', 'z'], ['タチツテト', 't'], ['ダヂヅデド', 't'],
  ['ナニヌネノン', 'n'], ['ハヒヘホ', 'h'], ['フ', 'f'], ['バビブベボヴ', 'b'], ['パピプペポ', 'p'], ['マミムメモ', 'm'], ['ラリルレロ', 'r'],
];
const SOUND = new Map(CONSONANTS.flatMap(([kana, sound]) => Array.from(kana).map((sign) => [sign, sound] as const)));

const fromKana = (word: string): string => Array.from(word, (sign) => SOUND.get(sign) ?? '').join('');

/** The same for a word in Latin letters, spoken as Japanese speaks it: l is r, v is b, an r that is not heard is gone. */
const fromLatin = (word: string): string =>
  word
    .replace(/x/gu, 'ks')
    .replace(/ph/gu, 'f')
    .replace(/th/gu, 's')
    .replace(/sh/gu, 's')
    .replace(/ch/gu, 't')
    .replace(/ck/gu, 'k')
    .replace(/c(?=[eiy])/gu, 's')
    .replace(/[cq]/gu, 'k')
    .replace(/r(?=[^aeiouy]|$)/gu, '')
    .replace(/l/gu, 'r')
    .replace(/v/gu, 'b')
    .replace(/j/gu, 'z')
    .replace(/d/gu, 't')
    .replace(/m(?=[bp])/gu, 'n')
    .replace(/[aeiouyw]/gu, '');

/**
 * How a name sounds, so that ガルーン finds Garoon: its consonants without doubles. Undefined where it is too short to
 * tell names apart, or where the name is in neither script.
 */
export function soundOf(name: string): string | undefined {
  const key = nameKey(name);
  const sound = /^[ァ-ヺ]+$/u.test(key) ? fromKana(key) : /^[a-z]+$/u.test(key) ? fromLatin(key) : '';
  const single = sound.replace(/(.)\1+/gu, '$1');
  return single.length >= 3 ? single : undefined;
}
