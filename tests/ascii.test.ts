import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';

interface Build {
  readonly inAscii: (code: string) => string;
}
const { inAscii } = (await import(new URL('../.build/ascii.mjs', import.meta.url).href)) as Build;

/** As esbuild gives it: characters that are not ASCII are escaped in plain strings alone. */
const CODE = `
const tag = (strings, ...values) => strings.map((text, index) => text + (values[index] ?? '')).join('');
[
  /^[ぁ-ゖ]+ー・$/.test('\\u304b\\u306a\\u30fc\\u30fb'), /\\・x/.test('\\u30fbx'), /[\\・。]/.test('\\\\'), /^[\\p{Script=Han}😀]$/u.test('\\u{1f600}'), /^(?<年>x)/.exec('x')?.groups,
  new RegExp(String.raw\`^\\d+\\・(?:以前|まで)\${'$'}\`).test('12\\u30fb\\u4ee5\\u524d'), new RegExp(String.raw\`[\\s\\\\・]\`).test('\\u30fb'),
  tag\`a → \${tag\`【\${1}】\`} ← \${/→/.test('\\u2192')}\`,
]`;

test('the built program means in ASCII what it meant before', () => {
  const ascii = inAscii(CODE);
  expect(ascii).toMatch(/^[\x00-\x7f]+$/);
  const before = JSON.stringify(runInNewContext(CODE));
  expect(JSON.stringify(runInNewContext(ascii))).toBe(before);
  expect(before).toBe('[true,true,false,true,{"年":"x"},true,true,"a → 【1】 ← true"]');
});

test('another character that is left stops the build', () => {
  expect(() => inAscii('const é = 1;')).toThrow('not ASCII');
});
