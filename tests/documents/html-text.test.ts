import { expect, test } from 'vitest';
import { htmlText } from '../../src/documents/html-text.ts';

test.each([
  ['<p>Product: <b>Widget</b></p>\n<p>Version: 1 &lt; 2 &amp;&nbsp;3</p>', 'Product: Widget\n\nVersion: 1 < 2 & 3'],
  ['<head><title>t</title></head>a<br>b<style>p{}</style><script>if (a<b) alert("<p>")</script>c', 'a\nbc'],
  ['a < b', 'a'],
  ['&#x41;&#66;&#x110000;&unknown;&', 'AB\ufffd&unknown;&'],
  ['', ''],
  ['&lt;script&gt;', '<script>'],
])('%j', (html, text) => {
  expect(htmlText(html)).toBe(text);
});

test('a hostile megabyte ends quickly', () => {
  const started = performance.now();
  for (const piece of ['<', '<!--', '<script>', '&#', ' \n', '<a href="']) htmlText(piece.repeat(200_000));
  expect(performance.now() - started).toBeLessThan(4000);
});
