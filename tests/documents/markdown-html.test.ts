import { describe, expect, test } from 'vitest';
import { badLinks, isGoodLink, markdownToHtml, withoutRawHtml } from '../../src/documents/markdown-html.ts';

describe('markdownToHtml', () => {
  test.each([
    ['a script', '<script>alert(1)</script>'],
    ['an element in a sentence', 'see <img src=x onerror=alert(1)> here'],
    ['a javascript link', '[x](javascript:alert(1))'],
    ['a javascript link with an entity', '[x](java&#115;cript:alert(1))'],
    ['a javascript link with a tab', '[x](<java\tscript:alert(1)>)'],
    ['a javascript link by reference', '[x]\n\n[x]: JaVaScRiPt:alert(1)'],
    ['a data link', '[x](data:text/html;base64,PHNjcmlwdD4=)'],
    ['a vbscript autolink', '<vbscript:msgbox>'],
    ['a file link', '[x](file:///etc/passwd)'],
    ['a relative link', '[x](../../secret)'],
    ['a protocol-relative link', '[x](//evil.example)'],
    ['a host behind a user name', '[x](https://jvn.jp@evil.example/)'],
    ['an image', '![x](https://evil.example/count.png)'],
    ['an attribute in a title', '[x](https://a.example "\\" onmouseover=alert(1)")'],
  ])('%s does not come through', (_what, markdown) => {
    const html = markdownToHtml(markdown);
    expect(html).not.toMatch(/<(?:script|img|iframe|svg|style)/i);
    for (const [, href = ''] of html.matchAll(/<[^>]*\shref="([^"]*)"/g)) expect(href).toMatch(/^https:\/\/(?:a|evil)\.example(?:\/|$)/);
    for (const [element] of html.matchAll(/<[a-z][^>]*>/g)) expect(element.replace(/"[^"]*"/g, '')).not.toMatch(/\son/i);
  });

  test('good links stay', () => {
    expect(markdownToHtml('[a](https://a.example/?q=1#x) <x@a.example>')).toBe('<p><a href="https://a.example/?q=1#x">a</a> <a href="mailto:x@a.example" class="address">x@a.example</a></p>\n');
  });

  test('a bare address ends where Japanese text begins', () => {
    expect(markdownToHtml('詳細は https://a.example/b.htmlをご覧ください。')).toBe('<p>詳細は <a href="https://a.example/b.html" class="address">https://a.example/b.html</a>をご覧ください。</p>\n');
  });

  test('a bare address leaves the full stop to the sentence', () => {
    expect(markdownToHtml('See https://a.example/b.')).toBe('<p>See <a href="https://a.example/b" class="address">https://a.example/b</a>.</p>\n');
  });

  test('Japanese emphasis next to brackets works', () => {
    expect(markdownToHtml('これは**「重要」**です。')).toBe('<p>これは<strong>「重要」</strong>です。</p>\n');
  });

  test('a line end between Japanese characters is no space, between words it is', () => {
    expect(markdownToHtml('脆弱性が\n存在します')).toBe('<p>脆弱性が存在します</p>\n');
    expect(markdownToHtml('one\ntwo')).toBe('<p>one\ntwo</p>\n');
    expect(markdownToHtml('脆弱性\nCWE-78')).toBe('<p>脆弱性\nCWE-78</p>\n');
  });

  test('headings never outrank those of the page', () => {
    expect(markdownToHtml('# a\n\n#### b')).toBe('<h3>a</h3>\n<h4>b</h4>\n');
  });

  test('control characters become visible', () => {
    expect(markdownToHtml('a\u001b]8;;b\u202ec')).toBe('<p>a\ufffd]8;;b\ufffdc</p>\n');
  });
});

describe('withoutRawHtml', () => {
  test('leaves text without raw HTML as it is, code included', () => {
    const text = 'Tags such as `<script>` and 1 < 2 and <https://a.example/>\n\n```\n<b>\n```\n';
    expect(withoutRawHtml(text)).toBe(text);
  });

  test.each(['a <b>c</b>', '<div>\n\nx\n\n</div>', '<!-- open', '<?php ?>', '`a\n\n<script>x</script>\n\nb`', '\\`<script>`'])('%j holds no HTML afterwards', (text) => {
    const safe = withoutRawHtml(text);
    expect(safe).not.toMatch(/<[a-z!?/]/i);
    expect(withoutRawHtml(safe)).toBe(safe);
  });

  test('keeps addresses in angle brackets', () => {
    expect(withoutRawHtml('<b> <https://a.example/> <mailto:a@b.example>')).toBe('&lt;b> <https://a.example/> <mailto:a@b.example>');
  });
});

test('badLinks names each target once', () => {
  expect(badLinks('[a](javascript:1) [b](javascript:1) ![c](data:x) [d](https://a.example) [e](mailto:a@b.example)')).toEqual(['javascript:1', 'data:x']);
});

test.each([
  ['https://a.example', true],
  ['HTTP://A.EXAMPLE/x', true],
  ['mailto:a@b.example', true],
  ['mailto:a@b.example?bcc=c@d.example', false],
  ['https:a.example', false],
  ['https://@evil.example', false],
  ['ftp://a.example', false],
  ['', false],
])('isGoodLink(%j) is %s', (address, good) => {
  expect(isGoodLink(address)).toBe(good);
});
