import { describe, expect, test } from 'vitest';
import { gapsIn, readAdvisory } from '../../src/documents/advisory.ts';
import { FOLDER } from '../support/case-tree.ts';

const PATH = `${FOLDER}/advisory.en.md`;
const HEAD = '---\ncase: "61247051"\nlanguage: en\ntitle: A title\n---\n';
const FULL = `${HEAD}\n## Overview\n\no\n\n## Products Affected\n\np\n\n## Description\n\nd\n\n## Impact\n\ni\n\n## Solution\n\ns\n`;

const advisory = (text: string, path = PATH) => {
  const read = readAdvisory(path, text);
  if (!read.ok) throw new Error(JSON.stringify(read.findings));
  return read.advisory;
};
const gaps = (text: string): string[] => gapsIn(advisory(text)).map(({ line, column, rule, severity, message }) => `${line}:${column} ${severity} ${rule} ${message}`);

describe('sections', () => {
  test('by their headings, with their lines', () => {
    expect(advisory(FULL).sections.map(({ id, text, line }) => [id, text, line])).toEqual([
      ['overview', 'o', 7],
      ['affected', 'p', 11],
      ['description', 'd', 15],
      ['impact', 'i', 19],
      ['solution', 's', 23],
    ]);
  });

  test('Japanese headings, in either width and spacing', () => {
    const { sections } = advisory('---\ncase: "61247051"\nlanguage: ja\ntitle: 題\n---\n## 概要\nx\n##  JPCERT/CC からの補足情報 ##\ny\n## ＪＰＣＥＲＴ／ＣＣによる脆弱性分析結果\nz\n## による脆弱性分析結果の詳細\nw\n', `${FOLDER}/advisory.ja.md`);
    expect(sections.map(({ id }) => id)).toEqual(['overview', 'addendum', 'analysis', undefined]);
  });

  test('a heading inside a code block is text, and other levels stay in their section', () => {
    const { sections } = advisory(`${HEAD}## Overview\n\`\`\`\n## Impact\n~~~\n\`\`\`\n### Detail\n#### More\n##NoHeading\n## Impact\nx\n`);
    expect(sections.map(({ id }) => id)).toEqual(['overview', 'impact']);
    expect(sections[0]?.text).toContain('## Impact');
  });
});

describe('gaps', () => {
  test('a complete text has none', () => {
    expect(gaps(FULL)).toEqual([]);
  });

  test.each([
    ['a marked gap, at its place', FULL.replace('\nd\n', '\n\n\nx <!-- GAP: what the flaw is -->\n'), ['19:3 warning advisory-gap still to be written: what the flaw is']],
    ['any other comment', FULL.replace('\ns\n', '\n<!-- reporter: Bob -->\n'), ['25:1 warning advisory-gap a comment stands in a text that will be public']],
    ['an empty section', FULL.replace('\nd\n', ''), ['15:1 warning advisory-gap the section Description is empty']],
    ['a missing section', FULL.replace('## Impact\n\ni\n', ''), ['1:1 warning advisory-gap the section Impact is missing']],
    ['a doubled section', `${FULL}\n## overview\n\nz\n`, ['27:1 warning advisory-gap the section overview stands here twice']],
    ['an unknown section', `${FULL}\n## Timeline\n\nz\n`, ['27:1 warning advisory-gap a JVN advisory has no section Timeline']],
    ['text above the sections', FULL.replace('\n## Overview', '\nhello\n\n## Overview'), ['6:1 warning advisory-gap text stands above the first section']],
    ['a title to be written', FULL.replace('A title', '"GAP: the title"'), ['4:1 warning advisory-gap title is still to be written: the title']],
  ])('%s', (_name, text, expected) => {
    expect(gaps(text)).toEqual(expected);
  });

  test('a comment in a code block is text', () => {
    expect(gaps(FULL.replace('\nd\n', '\n```html\n<!-- x -->\n```\n'))).toEqual([]);
  });
});
