import { describe, expect, test } from 'vitest';
import { readText, unsettledMerge } from '../../src/documents/source-text.ts';
import { growthExponent } from '../support/growth.ts';

const findings = (source: string | Uint8Array, limit?: number) => {
  const read = readText('f.md', source, limit === undefined ? {} : { limit });
  if (read.ok) throw new Error('was accepted');
  return read.findings.map(({ rule, line, column, message, fix }) => ({ rule, at: `${line}:${column}`, message, fix }));
};

describe('bytes of a file', () => {
  test('UTF-8 with LF passes unchanged', () => {
    expect(readText('f', Buffer.from('概要\n\tx\n'))).toEqual({ ok: true, text: '概要\n\tx\n' });
  });

  test('a Latin-1 byte is named at its line and column, counted in characters', () => {
    const [only] = findings(Buffer.concat([Buffer.from('a\n日本 caf'), Buffer.from([0xe9, 0x20, 0x78, 0x0a])]));
    expect(only).toEqual({ rule: 'text-encoding', at: '2:7', message: 'byte 0xE9 is not UTF-8; the file looks like ISO-8859-1', fix: 'convert it: iconv -f ISO-8859-1 -t UTF-8' });
  });

  test.each([
    ['at the end of the file', [0x61, 0xe9], '1:2'],
    ['at the start', [0xff, 0x61], '1:1'],
    ['an overlong form', [0x61, 0xc0, 0xaf], '1:2'],
    ['a surrogate', [0x61, 0x0a, 0xed, 0xa0, 0x80], '2:1'],
  ])('an invalid byte %s', (_name, bytes, at) => {
    expect(findings(Uint8Array.from(bytes))[0]).toMatchObject({ rule: 'text-encoding', at });
  });

  test.each([[[0xff, 0xfe, 0x61, 0]], [[0xfe, 0xff, 0, 0x61]]])('UTF-16 is known by its first bytes', (bytes) => {
    expect(findings(Uint8Array.from(bytes))[0]?.fix).toContain('iconv -f UTF-16 -t UTF-8');
  });

  test('old Japanese encodings are told apart', () => {
    // 脆弱性のテスト in Shift_JIS and in EUC-JP
    const shiftJis = [0x90, 0xc6, 0x8e, 0xe3, 0x90, 0xab, 0x82, 0xcc, 0x83, 0x65, 0x83, 0x58, 0x83, 0x67];
    const eucJp = [0xc0, 0xc8, 0xbc, 0xe5, 0xc0, 0xad, 0xa4, 0xce, 0xa5, 0xc6, 0xa5, 0xb9, 0xa5, 0xc8];
    expect(findings(Uint8Array.from(shiftJis))[0]?.message).toContain('Shift_JIS');
    expect(findings(Uint8Array.from(eucJp))[0]?.message).toContain('EUC-JP');
    expect(findings(Buffer.from('title: \x1b$B@H<e@-\x1b(B\n'))[0]?.fix).toContain('iconv -f ISO-2022-JP');
  });

  test('byte order mark, CR LF, lone CR', () => {
    expect(findings('\ufeffa\n')[0]).toMatchObject({ rule: 'line-ends', at: '1:1' });
    expect(findings('a\nbc\r\nd\r\n')).toHaveLength(1);
    expect(findings('a\nbc\r\nd\r\n')[0]).toMatchObject({ at: '2:3', message: 'the line ends in CR LF; files here have LF alone' });
    expect(findings('a\rb')[0]).toMatchObject({ at: '1:2', message: 'a carriage return stands in the line' });
  });

  test('control and direction characters, each at its place, not without end', () => {
    expect(findings('title: a\x1b[2J\nb: \u202ex\n').map(({ at }) => at)).toEqual(['1:9', '2:4']);
    expect(findings('\x07'.repeat(5000))).toHaveLength(10);
  });

  test('a file over the limit is not even decoded', () => {
    expect(findings(new Uint8Array(20_000_000).fill(0xff))[0]).toMatchObject({ rule: 'yaml-safety', at: '1:1', message: 'the file is larger than 1,000,000 bytes (20,000,000)' });
    expect(findings('abc', 2)[0]?.rule).toBe('yaml-safety');
  });
});

test.each([['one start and many dividers', (size: number) => `<<<<<<< x\n${'=======\n'.repeat(size)}`], ['many starts', (size: number) => '<<<<<<< x\n'.repeat(size)], ['no end', (size: number) => `<<<<<<< x\n=======\n${'a\n'.repeat(size)}`]])('a merge that nobody settled is looked for in a time that grows with the text: %s', (_, text) => {
  expect(growthExponent((size) => unsettledMerge('x', text(size)), 2000)).toBeLessThan(1.6);
});
