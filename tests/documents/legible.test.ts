import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codePoint, FORBIDDEN, legible, legibleLine, storable } from '../../src/documents/legible.ts';

describe('text from strangers', () => {
  test.each([
    ['colour', '\x1b[31mred\x1b[0m', '\\x1b[31mred\\x1b[0m'],
    ['window title', '\x1b]0;owned\x07', '\\x1b]0;owned\\x07'],
    ['one-byte CSI', '\x9b31m', '\\x9b31m'],
    ['backspaces', 'safe\b\b\b\bevil', 'safe\\x08\\x08\\x08\\x08evil'],
    ['overwritten line', 'safe\revil', 'safe\\revil'],
    ['NUL and DEL', '\0\x7f', '\\x00\\x7f'],
    ['override', 'gpj.\u202eexe', 'gpj.\\u202eexe'],
    ['isolate', '\u2066x\u2069', '\\u2066x\\u2069'],
    ['zero width', 'ac\u200bme', 'ac\\u200bme'],
    ['tag characters', 'a\u{e0041}', 'a\\u{e0041}'],
    ['half a character', 'a\ud800b', 'a\\ud800b'],
  ])('%s is written out', (_name, text, expected) => {
    expect(legible(text)).toBe(expected);
    expect(legibleLine(text)).toBe(expected);
  });

  test('ordinary text in any language stays as it is', () => {
    const text = 'Straße 脆弱性「概要」 ﾊﾝｶｸ 👩‍💻 עברית\tx\ny';
    expect(legible(text)).toBe(text);
  });

  test('a line stays one line', () => {
    expect(legibleLine('a\nb\tc\u2028d\r\ne')).toBe('a\\nb\\tc\\u2028d\\r\\ne');
    expect(legible('a\r\nb')).toBe('a\nb');
  });

  test('nothing that a terminal obeys comes through, whatever goes in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        expect(legible(text)).not.toMatch(FORBIDDEN);
        expect(legibleLine(text)).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        expect(storable(text)).not.toMatch(FORBIDDEN);
        expect(storable(text)).not.toMatch(/\p{Surrogate}/u);
        expect(storable(storable(text))).toBe(storable(text));
      }),
    );
  });

  test('names a character as the tables do', () => {
    expect(codePoint('\x1b')).toBe('U+001B');
    expect(codePoint('\u{e0041}')).toBe('U+E0041');
  });
});
