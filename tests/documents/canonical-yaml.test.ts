import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCanonical } from '../../src/documents/canonical-yaml.ts';
import { readFrontMatter } from '../../src/documents/front-matter.ts';
import { readWholeYaml, writeYaml } from '../../src/documents/yaml-text.ts';
import { CASE_MD, POLICY_YAML, RECEIVED_MD, VCC_YAML } from '../support/case-tree.ts';

const matterOf = (text: string): string => {
  const read = readFrontMatter('f', text);
  if (!read.ok) throw new Error('the fixture does not read');
  return read.matter;
};
const POLICIES = new URL('../../templates/policies/', import.meta.url);
const SEEDS = [
  VCC_YAML,
  POLICY_YAML,
  matterOf(CASE_MD),
  matterOf(RECEIVED_MD),
  writeYaml({ a: 'x\ny\n', b: ['p', 'q\n\nr', { c: 1, d: { e: 'f' } }], 'yes': 'no', z: { n: null, t: true, f: 1.5, i: -3, s: '01', e: [], o: {} }, ja: '概要：対策' }, 'case', 'a/b'),
  'a: { b: c, d: { e: f }, g: [h, i] }\nj: [{ k: l }, { m: 4.0 }]\nn: [direct]\no: { p.q: \'yes\', r: 45 }\n',
  'a:\n  - b: 1\n    c: |-\n      text\n\n      more\n  - d\ne: "#"\n',
];

/** The same answer as yaml, or none. */
function agree(text: string): 'read' | 'left' {
  const quick = readCanonical(text);
  if (quick === undefined) return 'left';
  const whole = readWholeYaml('f', text);
  expect(whole.ok ? whole.value : whole.findings, JSON.stringify(text)).toEqual(quick.value);
  return 'read';
}

describe('the canonical form is read without yaml', () => {
  test('every seed that is in the form', () => {
    expect(SEEDS.map(agree)).toEqual(['read', 'read', 'read', 'read', 'read', 'read', 'read']);
  });

  test('the policies that ship', () => {
    for (const name of readdirSync(POLICIES)) expect(agree(readFileSync(new URL(name, POLICIES), 'utf8'))).toBe('read');
  });

  test.each(['a: yes', 'a: "x"', "a: 'x'", 'a: |\n  x\n\n  y\n\nb: z', 'a:\n  - b\n  - c: d\n    e: f', '# c\n\na: 1 x', 'a:\n    deep: x', '- a\n- b: c', 'n: 1', 'k: 0123456789ABCDEF', 'v: 1.0.1g', 'a: [x]', 'a: { b: c }', 'a: [{ b: 4.0 }, { c: 12 }]'])('read: %j', (text) => {
    expect(agree(`${text}\n`)).toBe('read');
  });

  test.each(['', 'a', 'a:', 'a: b: c', 'a: x # c', 'a: True', 'a: ~', 'a: 1e3', 'a: 0x1f', 'a: 012', 'a: .inf', 'a: 0xab', 'a: 0o17', 'a: 12E3', 'a: 2014-05-01', 'a: -0', 'a: &x y', 'a: *x', 'a: !t x', 'a: [x]', 'a: {b: c}', 'a: { b: c}', 'a: [x,y]', 'a: [ x ]', 'a: [x, true]', 'a: [x, null, no]', 'a: { true: x }', 'a: { b: c, b: d }', 'a: [x', 'a: [x]]', 'a: [x] y', 'a: { b: c d }', 'a: [a: b]', 'a: [x, ]', 'a: [x]: y', 'a: [01, 2]', 'a: [[[[[[[x]]]]]]]', 'a: { __proto__: x }', 'a: >\n  x', 'a: |+\n  x', 'a: |2\n   x', 'a: |\n\n  x', 'a: x\n  y', 'a: x\na: y', '__proto__: x', 'constructor: x', 'true: x', 'a: "\\x1b"', "a: 'it''s'", 'a:\n- b', '? a\n: b', '---\na: b', 'a: b\n...', 'a: x ', 'a:\tx', '\ta: x', 'a: - b', 'a:\n  b: c\n d: e', 'a: |\n  x\n y', '%YAML 1.1\n---\na: b', 'a: @x', 'a: `x', 'a: %x', '- - a', '-', '- |\n x', '"a\\n": b', 'a: "x" y'])('left to yaml: %j', (text) => {
    expect(readCanonical(`${text}\n`)?.value === undefined || agree(`${text}\n`) === 'read').toBe(true);
  });

  test('a text without its last line end is left to yaml', () => {
    expect(readCanonical('a: b')).toBeUndefined();
  });
});

test('mutated files: never another answer than yaml', () => {
  const piece = fc.constantFrom(' ', '  ', '\n', ':', ': ', '- ', '#', ' #', '"', "'", '|', '|-', '>', '&a', '*a', '!', '[', ']', '{', '}', ',', '\t', '0', '1', '.', '-', '~', 'null', 'true', 'e', '\\', '?', '%', '@', '---\n', '...\n', '\u00a0', '\u3000', '\u2028', '\ufeff', '概', 'x', 'a: ', '\n  ', '\n    ', '\n\n', '<<: ', '__proto__: ');
  const cut = fc.record({ at: fc.nat(400), remove: fc.nat(4), insert: fc.option(piece, { nil: '' }) });
  let read = 0;
  fc.assert(
    fc.property(fc.constantFrom(...SEEDS), fc.array(cut, { minLength: 1, maxLength: 4 }), (seed, cuts) => {
      let text = seed;
      for (const { at, remove, insert } of cuts) {
        const start = at % (text.length + 1);
        text = text.slice(0, start) + insert + text.slice(start + remove);
      }
      if (agree(text) === 'read') read += 1;
    }),
    { numRuns: 6000 },
  );
  // A reader that is never sure would pass: it has to be of use.
  expect(read).toBeGreaterThan(500);
});

test('small texts out of the pieces that matter: never another answer than yaml', () => {
  const piece = fc.constantFrom('a: ', 'b:\n', '  c: ', '- ', '  - ', 'x', '1', '\n', '\n', ' ', '"q"', "'s'", '|\n', '|-\n', '  t\n', '# n\n', '\n\n', 'true', '[]', ':', '#');
  fc.assert(fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => void agree(`${pieces.join('')}\n`)), { numRuns: 6000 });
});
