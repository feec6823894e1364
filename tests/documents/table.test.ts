import { describe, expect, it } from 'vitest';
import { table } from '../../src/documents/table.ts';
import { displayWidth } from '../../src/documents/text-width.ts';

const COLUMNS = [{ title: 'CASE' }, { title: 'TITLE', flexible: true }, { title: 'STATE' }];

describe('table', () => {
  it('lines columns up below each other with double-width text', () => {
    const text = table(COLUMNS, [
      ['61247051', 'OpenSSL の処理', 'received'],
      ['15201064', 'router', 'closed'],
    ], { width: 80 });
    const lines = text.split('\n');
    expect(lines).toHaveLength(3);
    const columnOf = (line: string, word: string): number => displayWidth(line.slice(0, line.indexOf(word)));
    expect(columnOf(lines[1] ?? '', 'received')).toBe(columnOf(lines[0] ?? '', 'STATE'));
    expect(columnOf(lines[2] ?? '', 'closed')).toBe(columnOf(lines[0] ?? '', 'STATE'));
  });

  it('fits the terminal by cutting the flexible column only', () => {
    const text = table(COLUMNS, [['61247051', '処理に脆弱性'.repeat(20), 'received']], { width: 60 });
    for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(60);
    expect(text).toContain('…');
    expect(text).toContain('61247051');
    expect(text).toMatch(/received$/m);
  });

  it('colours a cell after it was cut, so that no colour runs on', () => {
    const text = table(COLUMNS, [['1', { text: 'abcdefghijklmnopqrstuvwxyz', paint: (part) => `<${part}>` }, 'x']], { width: 26 });
    expect(text).toMatch(/<abcdefghijk[a-z]*…>/);
  });

  it('leaves no spaces at the ends of lines', () => {
    expect(table(COLUMNS, [['1', 'a', '']], { width: 80 })).not.toMatch(/ $/m);
  });

  it('writes composed characters, as decomposed ones would shift the columns', () => {
    const decomposed = 'ガ'.normalize('NFD');
    expect(table([{ title: 'A' }, { title: 'B' }], [[decomposed, 'x']], { width: 40 })).toContain('ガ');
  });
});
