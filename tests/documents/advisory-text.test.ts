import { describe, expect, it } from 'vitest';
import { advisoryText } from '../../src/documents/advisory-text.ts';
import { markdownToText } from '../../src/documents/markdown-text.ts';
import { displayWidth } from '../../src/documents/text-width.ts';
import { aConfiguration } from '../support/a-public-advisory.ts';
import { published, THREE } from '../support/a-site.ts';

const textOf = (which = published(), language: 'en' | 'ja' = 'en'): string => advisoryText(which, language, ['https://advisories.centre.example/2024/48201637/en.html'], aConfiguration()) ?? '';

describe('the plain text of an advisory', () => {
  it('fits into 72 columns in both languages, except where an address is longer', () => {
    for (const which of THREE) {
      for (const language of ['en', 'ja'] as const) {
        const wide = textOf(which, language).split('\n').filter((line) => displayWidth(line) > 72 && !/^ *<?https?:\S+$/.test(line));
        expect(wide).toEqual([]);
      }
    }
    const long = `https://a.example/${'x'.repeat(90)}`;
    expect(markdownToText(`- See <${long}> for more.`, 72)).toBe(`* See\n  ${long}\n  for more.`);
  });

  it('has its facts, and no line that a signature in clear would change', () => {
    const text = textOf(THREE[0]);
    expect(text).toMatch(/^JVN#48201637\nExample Router management page/);
    expect(text).toContain('Published: 2024-08-05\nLast updated: 2025-02-20\nCVE: CVE-2024-99901\nhttps://advisories.centre.example/2024/48201637/en.html\n');
    expect(text).toContain('  Base score: 8.5 (High)\n');
    expect(text).not.toMatch(/^-|^From | $|\t|\u202e/m);
  });
});

describe('Markdown as text', () => {
  it.each([
    ['a **b** `c` *d*', 'a b c d'],
    ['[words](https://a.example/)', 'words <https://a.example/>'],
    ['<https://a.example/>', 'https://a.example/'],
    ['a <b>c</b> &amp; d', 'a <b>c</b> & d'],
    ['1. a\n2. b\n   - c\n   - d', '1. a\n2. b\n   * c\n   * d'],
    ['- a\n\n  b\n- c', '* a\n\n  b\n\n* c'],
    ['> said\\\n> so', '    said\n    so'],
    ['```\n$ x   y\n```', '    $ x   y'],
    ['| A | B |\n|---|---|\n| 1 | 2 |\n| 3 |  |', '* A: 1\n  B: 2\n\n* A: 3'],
    ['日本\n語', '日本語'],
  ])('%j is %j', (markdown, text) => expect(markdownToText(markdown, 72)).toBe(text));
});
