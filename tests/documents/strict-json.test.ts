import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson } from '../../src/documents/strict-json.ts';

const read = (text: string | Uint8Array) => readJson('a.json', typeof text === 'string' ? new TextEncoder().encode(text) : text);
const refusal = (text: string | Uint8Array) => {
  const result = read(text);
  return result.ok ? undefined : result.findings[0];
};

describe('readJson', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 1, '\t'), (text, indent) => {
        const value = JSON.parse(text) as unknown;
        const result = read(JSON.stringify(value, undefined, indent));
        // -0 and __proto__ aside: JSON.stringify writes the one as 0, and the other is refused.
        if (!text.includes('__proto__')) expect(result.ok && JSON.stringify(result.value)).toBe(JSON.stringify(value));
      }),
    );
  });

  it('refuses what JSON.parse refuses', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', '"', '\\', '\n', '0', 'x'), (text, at, put) => {
        const place = at % (text.length + 1);
        const changed = `${text.slice(0, place)}${put}${text.slice(place + 1)}`;
        let right = true;
        try {
          JSON.parse(changed);
        } catch {
          right = false;
        }
        if (!right) expect(read(changed).ok).toBe(false);
      }),
    );
  });

  it.each<[string, string, number, number, string]>([
    ['a field that stands there twice', '{\n "a": 1,\n "a": 2 }', 3, 2, 'stands here twice'],
    ['the same field by an escape', '{"a": 1, "\\u0061": 2}', 1, 10, 'stands here twice'],
    ['a field that programs obey', '{"__proto__": {}}', 1, 2, '__proto__'],
    ['a number that is none', '[1e999]', 1, 2, 'larger than'],
    ['two documents', '{} {}', 1, 4, 'follows after the end'],
    ['an escape that there is not', '["\\x41"]', 1, 2, 'escape'],
    ['a raw line end in a text', '["a\nb"]', 1, 4, 'escaped'],
    ['nothing', '', 1, 1, 'too early'],
    ['an open list', '[1', 1, 3, 'too early'],
  ])('refuses %s, with its place', (_what, text, line, column, message) => {
    expect(refusal(text)).toMatchObject({ line, column, message: expect.stringContaining(message) as string });
  });

  it('refuses ten thousand levels without running out of stack', () => {
    expect(refusal(`${'['.repeat(10_000)}${']'.repeat(10_000)}`)?.message).toContain('levels deep');
    expect(refusal(`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`)?.message).toContain('levels deep');
  });

  it('takes a text of megabytes', () => {
    const long = 'x\\n'.repeat(3_000_000);
    expect(read(`["${long}"]`).ok).toBe(true);
  });

  it('skips a byte order mark, and refuses another encoding', () => {
    expect(read('\ufeff{"a":[]}')).toMatchObject({ ok: true });
    expect(refusal(Buffer.from('{"a":"\u00fc"}', 'latin1'))).toMatchObject({ rule: 'text-encoding', line: 1, column: 7 });
    expect(refusal(Buffer.from('\ufeff{}', 'utf16le'))?.message).toContain('UTF-16');
  });

  it('says where a value stands', () => {
    const result = read('{\n  "a": [1, {"b": "x"}],\n  "c": 2\n}');
    expect(result.ok && result.where(['a', 1, 'b'])).toEqual({ line: 2, column: 18 });
    expect(result.ok && result.where(['c'])).toEqual({ line: 3, column: 8 });
    expect(result.ok && result.where(['a', 1, 'missing'])).toEqual({ line: 2, column: 12 });
  });
});
