import { describe, expect, it } from 'vitest';
import { displayWidth, fit, wrap, toFit } from '../../src/documents/text-width.ts';
import { grouped } from '../../src/domain/fingerprint.ts';

describe('displayWidth', () => {
  it.each([
    ['OpenSSL', 7],
    ['処理', 4],
    ['ｱｲｳ', 3],
    ['𠮷野家', 6],
    ['', 0],
    ['\x1b[31mred\x1b[39m', 3],
  ])('%j takes %i columns', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe('fit', () => {
  it('leaves a text that fits as it is', () => {
    expect(fit('処理に脆弱性', 12)).toBe('処理に脆弱性');
  });

  it('never takes more columns than it may, with half a character left over', () => {
    expect(fit('処理に脆弱性', 11)).toBe('処理に脆弱…');
    expect(fit('処理に脆弱性', 10)).toBe('処理に脆…');
    expect(displayWidth(fit('処理に脆弱性', 10))).toBe(9);
  });

  it('does not cut a character outside the basic plane in half', () => {
    expect(fit('𠮷𠮷𠮷', 4)).toBe('𠮷…');
  });

  it('keeps an emoji with its joiners whole', () => {
    expect(fit('ab👩‍👩‍👧cd', 3)).toBe('ab…');
  });
});

describe('wrap', () => {
  it('breaks English at spaces', () => {
    expect(wrap('the vendor has confirmed it', 12)).toEqual(['the vendor', 'has', 'confirmed it']);
  });

  it('breaks Japanese between words, and no line begins with a full stop', () => {
    const lines = wrap('開発者から返答がありました。次の連絡は来週です。', 20);
    expect(lines.join('')).toBe('開発者から返答がありました。次の連絡は来週です。');
    for (const line of lines) {
      expect(displayWidth(line)).toBeLessThanOrEqual(20);
      expect(line).not.toMatch(/^[。、]/);
    }
    expect(lines.length).toBeGreaterThan(2);
  });

  it('keeps a command on one line where it fits and cuts what is longer than a line', () => {
    expect(wrap('type: vcc-notify-61247051', 20)).toEqual(['type:', 'vcc-notify-61247051']);
    expect(wrap('x'.repeat(25), 10)).toEqual(['x'.repeat(10), 'x'.repeat(10), 'x'.repeat(5)]);
  });

  it('keeps empty lines and the indentation of the text', () => {
    expect(wrap('one\n\n  two', 10)).toEqual(['one', '', '  two']);
  });
});

describe('toFit', () => {
  const FINGERPRINT = grouped('0123456789ABCDEF0123456789ABCDEF01234567');

  it.each([60, 80])('breaks prose at words and carries it on below its beginning, at %i columns', (width) => {
    const text = `note: compare the fingerprint with the owner over another channel: ${FINGERPRINT} (Jiro <jiro@centre.example>), and with nobody else`;
    const lines = toFit(`short\n  ${text}`, width).split('\n');
    expect(lines[0]).toBe('short');
    expect(lines.slice(1).every((line) => displayWidth(line) <= width)).toBe(true);
    expect(lines.some((line) => line.includes(FINGERPRINT))).toBe(true);
    expect(lines.slice(1).map((line) => line.trim()).join(' ')).toBe(text);
    expect(lines.slice(2).every((line) => line.startsWith('    '))).toBe(true);
  });

  it('leaves a command whole, to be copied, and breaks a sentence that begins with one', () => {
    const command = `  vcc record 61247051 date-agreed --party vendor:acme --date 2014-06-06T12:00+09:00 --text "agreed by phone"`;
    expect(toFit(command, 60)).toBe(command);
    expect(toFit(`  -> vcc vendor list, or add it with its contact and its key: vcc vendor add acme --key acme.asc`, 60).split('\n')).toHaveLength(2);
  });

  it('leaves coloured text and what fits as it is', () => {
    const coloured = `\u001b[2m${'word '.repeat(30)}\u001b[22m`;
    expect(toFit(coloured, 60)).toBe(coloured);
    expect(toFit('a\n\n  b', 60)).toBe('a\n\n  b');
  });
});
