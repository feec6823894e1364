import { describe, expect, test } from 'vitest';
import { creditNames } from '../../src/documents/credit-names.ts';

describe('whom a credit names', () => {
  test.each<[string, readonly string[]]>([
    ['Hanako Yamada of Example Laboratory reported these vulnerabilities to IPA. JPCERT/CC coordinated with the developer under Information Security Early Warning Partnership.', ['Hanako Yamada of Example Laboratory']],
    [String.raw`h\_yamada reported this vulnerability to Example Centre. Example Centre coordinated with the developer.`, ['h_yamada']],
    ['Acme Corporation reported this vulnerability to JPCERT/CC to notify users of its solution through JVN.\nJPCERT/CC and Acme Corporation coordinated.', ['Acme Corporation']],
    ['This vulnerability was discovered by **Hanako Yamada**.', ['Hanako Yamada']],
    ['The following people reported it:\n\n- Hanako Yamada\n- Jiro Suzuki of Other', ['Hanako Yamada', 'Jiro Suzuki of Other']],
    ['この脆弱性情報は、下記の方がIPAに報告し、JPCERT/CCが開発者との調整を行いました。\n\n報告者：例示研究所 山田花子 氏', ['例示研究所 山田花子']],
    ['We thank everybody who helped. They know who they are.', []],
    ['', []],
  ])('%s', (section, names) => {
    expect(creditNames(section)).toEqual(names);
  });
});
