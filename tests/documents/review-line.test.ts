import MarkdownIt from 'markdown-it';
import { expect, it } from 'vitest';
import { graveLine, line, markdownLine, ownWords, plainLine } from '../../src/documents/review-line.ts';

// A judge that we did not write: what CommonMark makes of the line.
const rendered = (text: string): string => new MarkdownIt({ html: true, linkify: true }).renderInline(markdownLine(line`says ${text}, twice`));
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

it.each(['@team/all', '![x](https://x.example/y.png)', '<img src=x onerror=y>', 'https://x.example', '#12 a1b2c3d4e', '`', '``', '` `', 'a`b``c```', '```', '\\`x\\`', ' x ', '&amp; <!-- ', '**b** _i_ [l](u)', '| a | b'])('shows %j as it is, and makes nothing of it', (text) => {
  expect(rendered(text)).toBe(`says <code>${escaped(text)}</code>, twice`);
});

it('writes out what a reader would not see, and ends no line', () => {
  expect(rendered('a\n# b\r\u202ec\u200b\u001b[31m')).toBe('says <code>a\\n# b\\r\\u202ec\\u200b\\x1b[31m</code>, twice');
  expect(plainLine(line`says ${'a\nb\u202e'}`)).toBe('says a\\nb\\u202e');
  expect(markdownLine(line`nothing ${''} here ${' '}`)).toBe('nothing  here ');
});

it('lets words of our own be words, also within a line', () => {
  const inner = graveLine`the key of ${'x'}`;
  expect(markdownLine(line`${ownWords('moved')}: ${inner}`)).toBe('moved: the key of `x`');
  expect([inner.grave, line`${inner}`.grave]).toEqual([true, false]);
});
