import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editYaml, readYaml, writeYaml } from '../../src/documents/yaml-text.ts';
import { growthExponent } from '../support/growth.ts';

const value = (text: string): unknown => {
  const read = readYaml('f.yaml', text);
  if (!read.ok) throw new Error(JSON.stringify(read.findings));
  return read.value;
};

const findings = (text: string | Uint8Array, firstLine = 1): string[] => {
  const read = readYaml('f.yaml', text, { firstLine });
  if (read.ok) throw new Error(`was accepted as ${JSON.stringify(read.value)}`);
  return read.findings.map(({ rule, line, column, message }) => `${line}:${column} ${rule} ${message}`);
};

describe('reading', () => {
  test('YAML 1.2 core: what an older reader would turn into something else stays text', () => {
    expect(value('a: yes\nb: 2014-05-01\nc: "0123"\nd: 12:30:45\ne: on\nf: 1.0.1g\n<<: x\n')).toEqual({ a: 'yes', b: '2014-05-01', c: '0123', d: '12:30:45', e: 'on', f: '1.0.1g', '<<': 'x' });
    expect(value('a: 0123\nb: 1.5\nc: true\nd: null\ne:\n')).toEqual({ a: 123, b: 1.5, c: true, d: null, e: null });
  });

  test('JSON, as other programs print it', () => {
    expect(value('{\n\t"a": [1, "\\u30b5\\ud83d\\ude00\\/"],\n\t"b": {}\n}\n')).toEqual({ a: [1, 'サ😀/'], b: {} });
  });

  test('an empty file is null', () => {
    expect(value('')).toBeNull();
    expect(value('# only a comment\n')).toBeNull();
  });

  test.each([
    ['an alias bomb', 'a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n', ['1:4 yaml-safety an anchor (&a) is not allowed', '2:4 yaml-safety an anchor (&b) is not allowed', '2:8 yaml-safety an alias (*a) is not allowed', '2:12 yaml-safety an alias (*a) is not allowed', '3:5 yaml-safety an alias (*b) is not allowed', '3:9 yaml-safety an alias (*b) is not allowed']],
    ['a lone anchor on a block', 'a: &x |\n  text\n', ['1:4 yaml-safety an anchor (&x) is not allowed']],
    ['a tag that runs code elsewhere', 'a: !!js/function "x"\n', ['1:4 yaml-safety a tag (!!js/function) is not allowed']],
    ['a tag on a key', '!!str a: 1\n', ['1:1 yaml-safety a tag (!!str) is not allowed']],
    ['a directive', '%YAML 1.1\n---\na: yes\n', ['1:1 yaml-safety a YAML directive changes how the file is read']],
    ['two documents', 'a: 1\n---\na: 2\n', ['2:1 yaml-safety a second document starts here']],
    ['duplicate keys', 'a: 1\nb: 2\na: 3\n', ['3:1 yaml-safety a stands here twice']],
    ['duplicate keys, quoted otherwise', 'x:\n  a: 1\n  "a": 3\n', ['3:3 yaml-safety a stands here twice']],
    ['__proto__', 'a:\n  __proto__:\n    admin: true\n', ['2:3 yaml-safety __proto__ is not allowed as the name of a field']],
    ['__proto__ in JSON', '{"__proto__": {"x": 1}}', ['1:2 yaml-safety __proto__ is not allowed as the name of a field']],
    ['constructor', 'constructor: 1\n', ['1:1 yaml-safety constructor is not allowed as the name of a field']],
    ['a number as key', '1: a\n', ['1:1 yaml-safety the name of a field must be text']],
    ['a list as key', '? [a]\n: b\n', ['1:3 yaml-safety the name of a field must be text']],
    ['an escape in quotes', 'a: "x\\e[31m"\n', ['1:4 text-encoding the text holds a character that can rewrite a terminal: x\\x1b[31m']],
    ['half a character in quotes', 'a: ["\\ud800"]\n', ['1:5 text-encoding the text holds a character that can rewrite a terminal: \\ud800']],
  ])('refuses %s', (_name, text, expected) => {
    expect(findings(text)).toEqual(expected);
  });

  test.each([
    ['a colon in plain text', 'title: a: b\n', '1:8'],
    ['a tab as indent', 'a:\n\tb: 1\n', '2:1'],
    ['an open quote', 'a: "x\nb: 1\n', '1:4'],
    ['an open bracket', 'a: [1, 2\nb: 1\n', '2:1'],
    ['text at the wrong indent', 'a:\n  - x\n y\n', '3:1'],
    ['a bad escape', 'a: "\\q"\n', '1:5'],
    ['a line without a colon', 'a: 1\nnonsense\nb: 2\n', '2:1'],
  ])('says where the syntax is wrong: %s', (_name, text, place) => {
    const [first] = findings(text);
    expect(first).toMatch(new RegExp(`^${place} yaml-syntax `));
  });

  test('places count from the first line given', () => {
    expect(findings('a: 1\na: 2\n', 2)[0]).toMatch(/^3:1 /);
  });

  test('nesting that would overflow the stack, and many keys, end quickly', () => {
    expect(findings('['.repeat(100_000))[0]).toMatch(/yaml-safety nested more than/);
    expect(findings('- '.repeat(100_000))[0]).toMatch(/yaml-safety nested more than/);
    expect(findings('{a: '.repeat(50_000))[0]).toMatch(/yaml-safety nested more than/);
    for (const piece of ['"', '- a: [\n', 'a: b\n', '&a ', '- "\\x41"\n', '{},', '---\n']) {
      const repeated = (size: number): string => piece.repeat(size / piece.length);
      expect(findings(repeated(900_000)).join()).toMatch(/yaml-s/);
      expect(growthExponent((size) => readYaml('f.yaml', repeated(size)), 25_000), piece).toBeLessThan(1.6);
    }
    const keys = (count: number): string => Array.from({ length: count }, (_, index) => `k${index}:  1`).join('\n');
    expect(Object.keys(value(keys(20_000)) as object)).toHaveLength(20_000);
    expect(growthExponent((count) => value(keys(count)), 2500)).toBeLessThan(1.6);
  });

  test('never throws and never hangs on what the file says', () => {
    const piece = fc.constantFrom('a', 'b: ', '- ', '\n', '  ', '"', "'", '[', ']', '{', '}', ',', '|\n', '>', '#', ' #', '&x ', '*x', '!t ', '---\n', '...\n', '%', '? ', '\t', '\\', '日', '__proto__: ', ':', '1', '~');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const read = readYaml('f', pieces.join(''));
        if (!read.ok) expect(read.findings.length).toBeGreaterThan(0);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('places', () => {
  const read = readYaml('f.yaml', '# c\nproducts:\n  - name: x\n    versions: [a, b]\n  - name: y\n');
  const where = read.ok ? read.where : () => ({ line: 0, column: 0 });
  test.each([
    [['products'], '2:1'],
    [['products', 0, 'name'], '3:5'],
    [['products', 0, 'versions', 1], '4:19'],
    [['products', 1], '5:5'],
    [['products', 1, 'link'], '5:5'],
    [['nothing'], '1:1'],
    [[], '1:1'],
  ])('%j is at %s', (path, place) => {
    const { line, column } = where(...path);
    expect(`${line}:${column}`).toBe(place);
  });
});

const word = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }).filter((text) => !/[\p{Cc}\p{Cf}\p{Surrogate}]/u.test(text)),
  fc.constantFrom('yes', 'No', '012', '0x1f', '2014-05-01', '1e3', '~', 'null', '- x', 'a: b', '# no', ' lead', 'trail ', '|', '>', '@x', '`x', '%x', '&x', '*x', '!x', 'two\nlines', 'two\nlines\n', '\n', '\n\nx', 'x\n\n\n', ' a\nb', 'a \nb', 'tab\tx\n y', '日本語：概要\n対策 # 方法\n', '---', '...', '--- x\ny', '=', '<<', '', "it's", '"q"', 'x'.repeat(200)),
);
const tree = fc.letrec((tie) => ({
  node: fc.oneof({ maxDepth: 4 }, word, fc.integer(), fc.boolean(), fc.constant(null), fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number)), fc.array(tie('node'), { maxLength: 4 }), fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/).filter((key) => key !== 'constructor' && key !== 'prototype'), tie('node'), { maxKeys: 4, noNullPrototype: true })),
})).node;
const mapping = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'title', 'yes', 'n'), tree, { minKeys: 1, noNullPrototype: true });

describe('writing', () => {
  test('the form', () => {
    expect(writeYaml({ id: '01234567', at: '2014-05-01T10:00:00+09:00', title: { ja: '長い'.repeat(60) }, text: 'one\ntwo\n', list: ['a'], empty: [], yes: 'yes' }, 'case', 'cases/2014/01234567')).toBe(
      `# yaml-language-server: $schema=../../../.vcc/schemas/case.schema.json\nid: "01234567"\nat: "2014-05-01T10:00:00+09:00"\ntitle:\n  ja: ${'長い'.repeat(60)}\ntext: |\n  one\n  two\nlist:\n  - a\nempty: []\n"yes": "yes"\n`,
    );
    expect(writeYaml({ a: 1 }, 'vcc', '')).toBe('# yaml-language-server: $schema=.vcc/schemas/vcc.schema.json\na: 1\n');
  });

  test('what is written reads back the same, and writing it again changes no byte', () => {
    fc.assert(
      fc.property(mapping, (data) => {
        const text = writeYaml(data, 'case', 'cases/2014/61247051');
        const read = value(text);
        expect(read).toEqual(data);
        expect(writeYaml(read as object, 'case', 'cases/2014/61247051')).toBe(text);
      }),
      { numRuns: 500 },
    );
  });
});

describe('editing', () => {
  const text = `# top\nname:   "Acme"   # kept\nlist:\n- a\n- b # second\n\n# about deep\ndeep:\n    x: 1\n    long: >\n      folded\n      text\nlast: {a: 1,   b: 2}\n`;

  test('a value', () => {
    expect(editYaml(text, [{ path: ['deep', 'x'], value: 'yes' }])).toBe(text.replace('x: 1', 'x: "yes"'));
    expect(editYaml(text, [{ path: ['name'], value: 'Acme KK' }])).toBe(text.replace('name:   "Acme"', 'name: Acme KK'));
  });
  test('a field that is new', () => {
    expect(editYaml(text, [{ path: ['deep', 'new'], value: ['p', 'q'] }])).toBe(text.replace('      text\n', '      text\n    new:\n      - p\n      - q\n'));
    expect(editYaml(text, [{ path: ['end'], value: 'z' }])).toBe(`${text}end: z\n`);
  });
  test('a list', () => {
    expect(editYaml(text, [{ path: ['list', 2], value: { k: 1, m: 'x' } }])).toBe(text.replace('- b # second\n', '- b # second\n- k: 1\n  m: x\n'));
    expect(editYaml(text, [{ path: ['list', 0], value: 'A' }])).toBe(text.replace('- a', '- A'));
  });
  test('undefined deletes', () => {
    expect(editYaml(text, [{ path: ['name'], value: undefined }])).toBe(text.replace('name:   "Acme"   # kept\n', ''));
    expect(editYaml(text, [{ path: ['absent'], value: undefined }])).toBe(text);
  });
  test('where lines do not do, the library edits, and comments still survive', () => {
    const edited = editYaml(text, [{ path: ['last', 'a'], value: 5 }]);
    expect(value(edited)).toMatchObject({ last: { a: 5, b: 2 }, name: 'Acme' });
    for (const comment of ['# top', '# kept', '# second', '# about deep']) expect(edited).toContain(comment);
  });
  test('an empty text', () => {
    expect(value(editYaml('# hint\n', [{ path: ['a', 'b'], value: 1 }]))).toEqual({ a: { b: 1 } });
  });

  test('a text that ends with blank lines keeps its comment before blank lines', () => {
    expect(editYaml('f: "q" # four\n\na: 1 # one\n', [{ path: ['f'], value: 'x\n\n\n' }])).toBe('# four\nf: |+\n  x\n\n\na: 1 # one\n');
  });

  test('any edit of any text says what it should, and keeps every other comment', () => {
    const lines = fc.constantFrom('a: 1 # one\n', 'b:\n  # inner\n  c: 2\n  d:\n    - x\n    - y # item\n', 'e: |\n  block\n\n  text\n', 'f: "q" # four\n', 'g: [1, 2] # five\n', '# lone\n', '\n');
    const path = fc.constantFrom(['a'], ['b', 'c'], ['b', 'd', 0], ['b', 'd', 1], ['b', 'd'], ['b', 'new'], ['e'], ['f'], ['g'], ['g', 1], ['z']);
    fc.assert(
      fc.property(fc.uniqueArray(lines, { minLength: 2 }), path, tree, (pieces, at, to) => {
        const before = pieces.join('');
        const data = value(before);
        let holder: unknown = data;
        for (const step of at.slice(0, -1)) holder = holder instanceof Object ? (holder as Record<string, unknown>)[step] : undefined;
        fc.pre(holder instanceof Object);
        (holder as Record<string, unknown>)[String(at.at(-1))] = to;
        const after = editYaml(before, [{ path: at, value: to }]);
        expect(value(after)).toEqual(data);
        const inside = (comment: string): boolean => (at[0] === 'b' && at.length < 3 && (comment === '# item' || comment === '# inner')) || (at[1] === 'd' && comment === '# item') || (at[0] === 'g' && comment === '# five');
        for (const comment of before.match(/# \w+/g) ?? []) if (!inside(comment)) expect(after).toContain(comment);
      }),
      { numRuns: 600 },
    );
  });
});
