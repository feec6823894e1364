import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editFrontMatter, readFrontMatter, writeFrontMatter } from '../../src/documents/front-matter.ts';

const findings = (source: string | Uint8Array): string[] => {
  const read = readFrontMatter('cases/x.md', source);
  if (read.ok) throw new Error(`was accepted: ${JSON.stringify(read.value)}`);
  return read.findings.map(({ file, line, column, rule, message }) => `${file}:${line}:${column} ${rule} ${message}`);
};

describe('front matter', () => {
  test('value, body and their lines', () => {
    const read = readFrontMatter('f.md', '---\na: 1\nb: x\n---\n\n# Body\n---\nrest\n');
    if (!read.ok) throw new Error('refused');
    expect(read).toMatchObject({ value: { a: 1, b: 'x' }, body: '\n# Body\n---\nrest\n', bodyLine: 5, matter: 'a: 1\nb: x\n' });
    expect(read.where('b')).toEqual({ line: 3, column: 1 });
  });

  test('an empty block and a file without a body', () => {
    expect(readFrontMatter('f.md', '---\n---\n')).toMatchObject({ ok: true, value: null, body: '', bodyLine: 3 });
    expect(readFrontMatter('f.md', '---\na: 1\n---')).toMatchObject({ ok: true, value: { a: 1 }, body: '', bodyLine: 4 });
    expect(readFrontMatter('f.md', '---\n# only this\n---\nx\n')).toMatchObject({ ok: true, value: null, body: 'x\n' });
  });

  test.each(['---js', '---javascript', '--- js', '---json', '---coffee', '---constructor', '---toString', '---__proto__', '---yaml', '--- ', '----'])('%j as the first line runs nothing', (first) => {
    (globalThis as { ran?: boolean }).ran = false;
    const [only] = findings(`${first}\n(globalThis.ran = true, { event: "note" })\n---\nbody\n`);
    expect(only).toMatch(/^cases\/x\.md:1:1 front-matter-safety the first line is /);
    expect((globalThis as { ran?: boolean }).ran).toBe(false);
  });

  test.each([
    ['no front matter', 'hello\n', '1:1 front-matter-safety the file does not start with front matter'],
    ['an empty file', '', '1:1 front-matter-safety the file does not start with front matter'],
    ['no end', '---\na: 1\n', '1:1 front-matter-safety the front matter has no end'],
    ['only the first line', '---', '1:1 front-matter-safety the front matter has no end'],
    ['an end that is none', '---\na: 1\n---x\n---\n', '3:1 front-matter-safety the line ---x starts like the end of the front matter and is not'],
    ['a byte order mark', '\ufeff---\na: 1\n---\n', '1:1 line-ends the file starts with a byte order mark'],
    ['CR LF', '---\r\na: 1\r\n---\r\n', '1:4 line-ends the line ends in CR LF; files here have LF alone'],
    ['an escape in the body', '---\na: 1\n---\nx\x1b[2J\n', '4:2 text-encoding the character U+001B can rewrite a terminal or turn the direction of the text'],
    ['a duplicate key', '---\na: 1\na: 2\n---\n', '3:1 yaml-safety a stands here twice'],
    ['bad syntax', '---\na: b: c\n---\n', '2:4 yaml-syntax a second \': \' stands in the line'],
  ])('%s', (_name, text, expected) => {
    expect(findings(text)).toEqual([`cases/x.md:${expected}`]);
  });

  test('a broken file stays broken when it is read again', () => {
    const broken = '---\na: [1\n---\nx\n';
    expect(findings(broken)).toEqual(findings(broken));
  });

  test('a Latin-1 byte in the body', () => {
    expect(findings(Buffer.concat([Buffer.from('---\na: 1\n---\ncaf'), Buffer.from([0xe9])]))[0]).toMatch(/^cases\/x\.md:4:4 text-encoding byte 0xE9/);
  });

  test('what is written reads back, and again gives the same bytes', () => {
    const body = fc.array(fc.constantFrom('text', '\n', '\n\n', '---', '## 概要', '```', 'a: b', '\x1b[31m', '\r\n', ' x', '\u202e'), { maxLength: 8 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('a', 'b'), fc.string({ unit: fc.constantFrom('a', '-', '\n', ' ', ':', '#', '語') }), { noNullPrototype: true }), body, (value, text) => {
        const written = writeFrontMatter(value, text, 'log-entry', 'cases/2014/61247051/log');
        const read = readFrontMatter('f.md', written);
        if (!read.ok) throw new Error(JSON.stringify(read.findings));
        expect(read.value).toEqual(value);
        expect(writeFrontMatter(value, read.body, 'log-entry', 'cases/2014/61247051/log')).toBe(written);
      }),
    );
  });

  test('an edit leaves comments, the rest of the front matter and the body alone', () => {
    const text = '---\n# hint\na:  1 # one\nb: [x,  y]\n---\n\n body  \n\n---\nx';
    expect(editFrontMatter(text, [{ path: ['a'], value: 2 }])).toBe(text.replace('a:  1', 'a: 2'));
    expect(editFrontMatter(text, [{ path: ['c'], value: { d: ['e'] } }])).toBe(text.replace('y]\n', 'y]\nc:\n  d:\n    - e\n'));
    expect(editFrontMatter('---\n---\nx\n', [{ path: ['a'], value: 1 }])).toBe('---\na: 1\n---\nx\n');
    expect(editFrontMatter('---\n# lone\n---\nx\n', [{ path: ['a'], value: 1 }])).toBe('---\n# lone\n\na: 1\n---\nx\n');
    expect(() => editFrontMatter('---js\n---\n', [])).toThrow(TypeError);
  });
});

test('says of a merge that nobody settled what it is, wherever it stands', () => {
  const merge = (ours: string, theirs: string): string => `<<<<<<< HEAD\n${ours}||||||| base\n=======\n${theirs}>>>>>>> their change\n`;
  for (const [text, line] of [[`---\n${merge('a: 1\n', 'a: 2\n')}---\n`, 2], [`---\na: 1\n---\n${merge('one\n', '')}`, 4], [merge('---\na: 1\n---\n', '---\na: 2\n---\n'), 1]] as const) {
    expect(readFrontMatter('case.md', text)).toEqual({ ok: false, findings: [{ rule: 'conflict-marker', severity: 'error', file: 'case.md', line, column: 1, message: 'has the mark of an unfinished merge' }] });
  }
  // Set in, in part, or in another order they are words like others.
  for (const body of [merge('one\n', 'two\n').replaceAll(/^/gm, '    '), '<<<<<<< HEAD\none\n=======\n', '>>>>>>> x\n=======\n<<<<<<< y\n']) expect(readFrontMatter('case.md', `---\na: 1\n---\n${body}`)).toMatchObject({ ok: true });
});
