import type { PublicAdvisory } from '../../src/domain/publication.ts';
import type { Configuration } from '../../src/generated/documents.ts';

/** A complete advisory about an invented product, to break one thing in. */
export function aPublicAdvisory(changes: Partial<PublicAdvisory> = {}): PublicAdvisory {
  return {
    publicId: 'JVN#48201637',
    number: '48201637',
    series: 'JVN',
    texts: {
      en: {
        title: 'Example Router management page vulnerable to OS command injection',
        sections: [
          { id: 'overview', text: 'The management page of Example Router does not check the name of a host before it passes it to a shell.' },
          { id: 'affected', text: '- ER-100 firmware **1.2.3** and earlier\n- ER-200 firmware 2.0.1 and earlier' },
          { id: 'description', text: 'Example Router, provided by Acme Corporation, has a flaw in its `ping` page (CWE-78).\n\nOnly an administrator reaches the page.' },
          { id: 'impact', text: 'A user who is logged in as an administrator may run any command on the device.' },
          { id: 'solution', text: '**Update the firmware**\n\nUpdate to the latest version as the vendor describes.\n\n1. Download the file.\n2. Install it.' },
          { id: 'credit', text: 'Hanako Yamada of Example Laboratory reported this vulnerability.' },
        ],
      },
      ja: {
        title: 'サンプルルータの管理画面における OS コマンドインジェクションの脆弱性',
        sections: [
          { id: 'overview', text: 'サンプルルータの管理画面には、ホスト名を検証せずにシェルへ渡す問題があります。' },
          { id: 'affected', text: '- ER-100 ファームウェア **1.2.3** およびそれ以前\n- ER-200 ファームウェア 2.0.1 およびそれ以前' },
          { id: 'description', text: '株式会社アクメが提供するサンプルルータの**「疎通確認」**画面には、OS コマンドインジェクション (CWE-78) の脆弱性が\n存在します。管理者のみがこの画面を利用できます。' },
          { id: 'impact', text: '管理者としてログインした利用者によって、機器上で任意のコマンドを実行される可能性があります。' },
          { id: 'solution', text: '**アップデートする**\n\n開発者が提供する情報をもとに、最新版へアップデートしてください。' },
          { id: 'credit', text: 'この脆弱性情報は、山田花子氏が報告しました。' },
        ],
      },
    },
    products: [
      { vendor: 'Acme Corporation', name: 'ER-100', versions: ['firmware 1.2.3 and earlier'], link: 'https://acme.example/er-100' },
      { vendor: 'Acme Corporation', name: 'ER-200', versions: ['firmware 2.0.1 and earlier'] },
    ],
    weaknesses: ['CWE-78'],
    cvss: [
      { version: '4.0', vector: 'CVSS:4.0/AV:A/AC:L/AT:N/PR:H/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', score: 8.5 },
      { version: '3.1', vector: 'CVSS:3.1/AV:A/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H', score: 6.8 },
      { version: '2.0', vector: 'AV:A/AC:L/Au:S/C:C/I:C/A:C', score: 7.7 },
    ],
    references: [{ url: 'https://acme.example/notice/2024', title: 'Notice about ER-100 and ER-200' }],
    cves: [{ id: 'CVE-2024-99901', assigner: 'example-centre' }],
    vendors: [
      {
        names: { en: 'Acme Corporation', ja: '株式会社アクメ' },
        status: 'affected',
        statement: { en: 'We thank the reporter.\nPlease update.', ja: 'ご報告に感謝いたします。\nアップデートをお願いいたします。' },
        url: 'https://acme.example/notice/2024',
      },
      { names: { en: 'Bravo Networks' }, status: 'not-affected' },
    ],
    cveDescription: 'The management page of Example Router passes host names to a shell unchecked, which lets an administrator run any OS command.',
    ...changes,
  };
}

export function aConfiguration(changes: Partial<Configuration> = {}): Configuration {
  return {
    schemaVersion: 1,
    organisation: { name: { en: 'Example Coordination Centre', ja: 'サンプル調整センター' }, email: 'vulns@centre.example', url: 'https://centre.example/' },
    timezone: 'Asia/Tokyo',
    series: { partnership: 'JVN', direct: 'JVNVU' },
    team: [{ slug: 'sato', name: 'Sato', email: 'sato@centre.example', key: 'A'.repeat(40) }],
    cna: { shortName: 'example-centre', orgId: '11111111-2222-4333-8444-555555555555' },
    public: { repository: '../public', url: 'https://advisories.centre.example' },
    ...changes,
  };
}
