import { expect, it } from 'vitest';
import { openRepository } from '../../src/documents/repository.ts';
import { tellingName, tellingText, wholeText } from '../../src/documents/telling-text.ts';
import { SHIPPED_TEXTS } from '../../src/generated/shipped-texts.ts';
import { smallRepository, treeOf } from '../support/case-tree.ts';

const [SHIPPED = ''] = SHIPPED_TEXTS;

function telling(path: string, text: string): string[] {
  const tree = treeOf({ ...smallRepository(), [path]: text });
  const lines = tellingText(path, wholeText(tree, path), openRepository(tree)).split('\n');
  expect(lines).toHaveLength(text.split('\n').length);
  return lines.filter((line) => line !== '' && line !== 'vcclefthereout');
}

it('leaves of policy.yaml and the CI files what their organisation wrote', () => {
  const [first = '', ...others] = SHIPPED.split('\n');
  expect(first).toMatch(/^# yaml-language-server/);
  expect(telling('policy.yaml', [first, '# As Taro Yamada said', ...others].join('\n'))).toEqual(['# As Taro Yamada said']);
  expect(telling('policy.yaml', SHIPPED.replace('schemaVersion: 1', 'schemaVersion: 1 # Taro Yamada'))).toEqual(['schemaVersion: 1 # Taro Yamada']);
  const workflow = SHIPPED_TEXTS.find((text) => text.includes('runs-on:')) ?? '';
  expect(telling('.github/workflows/vcc.yml', `${workflow}      # As Taro Yamada said\n`)).toEqual(['      # As Taro Yamada said']);
  // What is shipped for one place is no such thing elsewhere.
  expect(telling('README.md', others.join('\n'))).toHaveLength(others.filter((line) => line !== '').length);
});

it('leaves of the ledger of CVE ids what is no id, day or number by its form', () => {
  const entry = (more: string): string => `schemaVersion: 1\ncve: CVE-2025-1009973\nstate: rejected\nreserved: "2025-01-05"\nby: hayashi\nblock: CVE-2025-1009973\ncase: "88541650"\n${more}`;
  expect(telling('cves/2025/CVE-2025-1009973.yaml', entry('replacedBy:\n  - CVE-2025-1009974\nreason: Taro Yamada\n'))).toEqual(['state: rejected', 'by: hayashi', 'replacedBy:', 'reason: Taro Yamada']);
  for (const line of ['cve: CVE-2025-1009973 Taro', 'case: "88541650" # Taro', 'reserved: "2025-01-05 Taro"', '"88541650": Taro', 'by: 88541650x', 'by: 8854165', 'Taro: Yamada', 'taro: 88541650', '  88541650', '88541650', '  12', 'at: 2025', 'case: 88541650', 'cve: "CVE-2025-1009973"']) expect(telling('cves/2025/CVE-2025-1009973.yaml', entry(`${line}\n`))).toContain(line);
});

it('leaves of the registry all but the names and addresses that it makes known', () => {
  const vendor = `schemaVersion: 1\nname:\n  en: Acme\n  ja: "アクメ"\nkind: open-source\nnote: Acme\ncontacts:\n  - name: Li\n    email: li@acme.example\n    language: en\n`;
  expect(telling('vendors/acme.yaml', vendor)).toEqual(['kind: open-source', 'note: Acme']);
  const bare = vendor.replace('note: Acme\n', '');
  // A value of several lines may have one that looks like a field, and the name around it.
  for (const note of ['note: |\n  Found by Taro\n    language: en\n  Yamada\n', 'note: >-\n  Taro\n  en: Acme\n', 'note: "Taro\n    language: en\n  Yamada"\n', "note: 'Taro\n    language: en'\n", 'note: Taro\n  Yamada\n', 'note: ? Taro\n', 'note: &a Taro\n']) {
    expect(telling('vendors/acme.yaml', `${bare}${note}`)).toContain('    language: en');
  }
  for (const note of ['note: "Li\'s: \\" # x"\n', "note: 'it''s'\n", '# by Taro\n', '\n', 'keywords:\n  - c#\n', 'packages:\n  - pkg:npm/x\n']) expect(telling('vendors/acme.yaml', `${bare}${note}`)).not.toContain('    language: en');
  // The page of an address that is made known anyway, and no other.
  expect(telling('vendors/acme.yaml', `${vendor}url: https://www.acme.example/\n`)).toEqual(['kind: open-source', 'note: Acme']);
  for (const url of ['https://taro.acme.example/', 'https://acme.example.org/', 'https://taro.example', 'https://acme.example:8443/']) expect(telling('vendors/acme.yaml', `${vendor}url: ${url}\n`)).toContain(`url: ${url}`);
  // What is a field or a day there is none elsewhere.
  expect(telling('vendors/acme.yaml', `${vendor}url: https://acme.example/\nagreement:\n  signed: "2024-04-01"\n  note: by Taro\nkeywords:\n  - taro\n`)).toEqual(['kind: open-source', 'note: Acme', '  note: by Taro', '  - taro']);
  for (const line of ['keywords: # Taro', 'taro:', '  signed: "2024-04-01" # Taro', '    language: taro', '# url: https://acme.example/', 'url: https://acme.example/taro', 'url: https://taro@acme.example/']) expect(telling('vendors/acme.yaml', `${vendor}${line}\n`)).toContain(line);
  // Not a part of a line, nor what another file makes known.
  expect(telling('vendors/acme.yaml', vendor.replace('note: Acme', 'note: Li reads Linux'))).toContain('note: Li reads Linux');
  expect(telling('vendors/acme.yaml', vendor.replace('  en: Acme', '  en: Acme # Li'))).toContain('  en: Acme # Li');
  expect(telling('vendors/Acme.yaml', vendor)).toContain('  en: Acme');
  expect(telling('notes/acme.yaml', vendor)).toContain('  en: Acme');
});

it('has no name to compare where a file is called by the id or the slug that it tells of', () => {
  const vendor = 'schemaVersion: 1\nname:\n  en: Acme\nkind: open-source\ncontacts:\n  - email: li@acme.example\n    language: en\n';
  const repository = openRepository(treeOf({ ...smallRepository(), 'vendors/acme.yaml': vendor, 'vendors/broken.yaml': 'name: [' }));
  for (const path of ['cves/2025/CVE-2025-1009973.yaml', 'vendors/acme.yaml']) expect(tellingName(path, repository)).toBe('');
  for (const path of ['cves/2025/CVE-2025-1009973-taro.yaml', 'cves/taro/CVE-2025-1009973.yaml', 'vendors/nobody.yaml', 'vendors/broken.yaml', 'x/cves/2025/CVE-2025-1009973.yaml']) expect(tellingName(path, repository)).toBe(path);
});

it.each([
  ['UTF-8', '山田太郎', Buffer.from('山田太郎 Yamada\n')],
  ['UTF-8 that is cut off in a character', '山田太郎', Buffer.concat([Buffer.from('山田太郎 '), Buffer.from('山').subarray(0, 2)])],
  ['UTF-8 with a broken character, which is nonsense in Shift_JIS', '山田太郎', Buffer.concat([Buffer.from('ああ 山田太郎\n'), Buffer.from([0x82]), Buffer.from('あ\n')])],
  ['UTF-8 that is longer than what is read', '山田太郎', Buffer.from(`山田太郎${'山'.repeat(400_000)}`)],
  ['UTF-16, as Windows writes it', '山田太郎', Buffer.from('\ufeff山田太郎 Yamada\n', 'utf16le')],
  ['UTF-16, the other way round', '山田太郎', Buffer.from('\ufeff山田太郎 Yamada\n', 'utf16le').swap16()],
  ['UTF-16 that does not say so', '山田太郎', Buffer.from('山田太郎 Yamada\n', 'utf16le')],
  ['UTF-16 that does not say so, the other way round', '山田太郎', Buffer.from('山田太郎 Yamada\n', 'utf16le').swap16()],
  ['UTF-16 with half a character', '山田太郎', Buffer.from('\ufeff山田太郎 Yamada\n\ud83d\n', 'utf16le')],
  ['UTF-16 that does not say so, with half a character', '山田太郎', Buffer.from('山田太郎 Yamada\n\ud83d\n', 'utf16le')],
  ['UTF-16, over the end of a line', 'Taro Yamada', Buffer.from('\ufeffby Taro\nYamada\n', 'utf16le')],
  ['UTF-32', '山田太郎', Buffer.from('山\0田\0太\0郎\0\n\0', 'utf16le')],
  ['UTF-32, the other way round', 'Yamada', Buffer.from('\0Y\0a\0m\0a\0d\0a', 'utf16le').swap16()],
  ['Shift_JIS', '山田太郎', Buffer.from('8e52936391be985920', 'hex')],
  ['EUC-JP', '山田太郎', Buffer.from('bbb3c5c4c2c0cfba', 'hex')],
  ['EUC-JP with a broken character', '山田太郎', Buffer.from('bbb3c5c4c2c0cfba0aff0a', 'hex')],
  ['EUC-JP, over the end of a line', '山田 太郎', Buffer.from('bbb3c5c40ac2c0cfba0a', 'hex')],
  ['ISO-2022-JP', '山田太郎', Buffer.from('1b24423b33454442404f3a1b2842', 'hex')],
  ['no text at all', 'PNG', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xd8, 0x80, 0xa0])],
])('reads a file in %s', (_, name, bytes) => {
  expect(wholeText({ files: () => [], read: () => bytes }, 'notes/minutes.txt')).toContain(name);
});

it('finds each line of a file that may be read in several ways in its place', () => {
  const lines = wholeText({ files: () => [], read: () => Buffer.from('\ufeffa\nb\nTaro\nc\n', 'utf16le') }, 'notes/minutes.txt').split('\n');
  expect(lines.findIndex((line) => line.includes('Taro'))).toBe(2);
});
