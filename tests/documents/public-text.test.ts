import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { markdownToHtml } from '../../src/documents/markdown-html.ts';
import { escapeHtml, escapeMarkdown, quoteMarkdown, visibleText, withoutComments } from '../../src/documents/public-text.ts';

/** What a reader sees of a page: its text, without the markup. */
const textOf = (html: string): string =>
  html
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .trim();

describe('visibleText', () => {
  test.each([
    ['an escape of a terminal', 'a\u001b[31mb', 'a\ufffd[31mb'],
    ['a change of direction', 'a\u202eb\u2066c', 'a\ufffdb\ufffdc'],
    ['an invisible character', 'pay\u200bpal', 'pay\ufffdpal'],
    ['a tag character', 'a\u{e0041}b', 'a\ufffdb'],
    ['a byte order mark', '\ufeffa', '\ufffda'],
    ['CRLF', 'a\r\nb\rc', 'a\nb\nc'],
    ['Japanese and emoji', '脆弱性 が 🐛', '脆弱性 が 🐛'],
  ])('%s', (_what, text, seen) => {
    expect(visibleText(text)).toBe(seen);
  });
});

describe('withoutComments', () => {
  test('takes out a note to a colleague, also over several lines', () => {
    expect(withoutComments('a<!-- GAP: ask\nthe reporter -->b')).toBe('ab');
  });
  test('takes out a comment that appears when another one goes', () => {
    expect(withoutComments('x<!<!-- -->-- secret -->y')).toBe('xy');
  });
  test('leaves no comment, whatever the marks are mixed with', () => {
    const marks = fc.array(fc.constantFrom('<!--', '-->', '<', '!', '-', '--', '>', 'a', '\n'), { maxLength: 30 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(marks, (text) => {
        const left = withoutComments(text);
        expect(left).not.toMatch(/<!--[^]*?-->/);
        expect(withoutComments(left)).toBe(left);
      }),
      { numRuns: 5000, seed: 1 },
    );
    expect(withoutComments('<!--> a')).toBe('<!--> a');
  });
  test('leaves other text alone', () => {
    expect(withoutComments('1 < 2 --> 3')).toBe('1 < 2 --> 3');
  });
});

describe('escapeMarkdown', () => {
  test.each([
    '[click](javascript:alert(1))',
    '<script>alert(1)</script>',
    '*bold* _it_ `code` ~~gone~~',
    '1. one',
    '# heading',
    'C # and #1',
    '- item',
    '+ item',
    '---',
    '===',
    '> quote',
    '| cell | cell |',
    '&lt;b&gt; &copy;',
    '![x](https://a.example/x.png)',
    'back\\slash',
    'Ver.1.2.3 およびそれ以前',
  ])('%s shows as it stands', (line) => {
    expect(textOf(markdownToHtml(escapeMarkdown(line)))).toBe(line);
  });

  test('leaves plain names and versions plain', () => {
    expect(escapeMarkdown('1.2.3 and earlier (ER-100), C#')).toBe('1.2.3 and earlier (ER-100), C#');
  });

  test('any line of text shows as it stands', () => {
    const line = fc.stringMatching(/^[!-~]([ -~]{0,30}[!-~])?$/).filter((text) => !/ {2}|https?:\/\//.test(text));
    fc.assert(
      fc.property(line, (text) => {
        const html = markdownToHtml(escapeMarkdown(text));
        expect(html).toMatch(/^<p>[^<]*<\/p>\n$/);
        expect(textOf(html)).toBe(text);
      }),
      { numRuns: 400 },
    );
  });
});

describe('quoteMarkdown', () => {
  test('keeps lines and paragraphs inside the quotation', () => {
    expect(quoteMarkdown('first\nsecond\n\nthird')).toBe('> first\\\n> second\n>\n> third');
  });

  test('a vendor cannot leave its quotation', () => {
    const html = markdownToHtml(quoteMarkdown('fine\n\n# Overview\n```\n\n===\n---\n1. x\n<img src=x onerror=alert(1)>\n[x](javascript:1)'));
    expect(html).toMatch(/^<blockquote>[\s\S]*<\/blockquote>\n$/);
    expect([...new Set(html.match(/<[a-z]+/g))]).toEqual(['<blockquote', '<p', '<br']);
  });
});

test('escapeHtml closes no attribute and opens no element', () => {
  expect(escapeHtml(`"><script>'&`)).toBe('&quot;&gt;&lt;script&gt;&#39;&amp;');
});
