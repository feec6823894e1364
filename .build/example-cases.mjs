// What happens in cases.example, in the order of each case. Products, vendors and people are made up.

const VULS = 'vuls@cert.example';

export const OFFICE = {
  now: '2024-09-02T10:00+09:00',
  init: `--name "Example CERT" --name-ja "例示CERT" --email ${VULS} --url https://cert.example/ --timezone Asia/Tokyo --policy jpcert --coordinator "Hayashi Midori <hayashi@cert.example>" --key KEYS/hayashi.public.asc --coordinator "Mori Takumi <mori@cert.example>" --key KEYS/mori.public.asc --public ../public --public-url https://advisories.cert.example --cna example-cert --cna-org 00000000-0000-4000-8000-000000000000`,
  vendors: [
    'tsuzura --name "Tsuzura project" --name-ja "つづらプロジェクト" --kind open-source --keyword archive --keyword library --url https://tsuzura.example/ --contact-name "Security team" --email security@tsuzura.example --language en --key KEYS/openssl.public.asc',
    'hoshizora --name "Hoshizora Systems" --name-ja "星空システムズ株式会社" --kind commercial --agreement 2021-04-01 --keyword router --keyword archive --url https://hoshizora.example/ --contact-name "PSIRT" --email psirt@hoshizora.example --language ja --key KEYS/hoshizora.public.asc',
    'kumo-cloud --name "Kumo Cloud" --name-ja "くもクラウド株式会社" --kind service-provider --agreement 2023-10-16 --keyword web --email soc@kumo-cloud.example --language ja --key KEYS/hoshizora.public.asc',
    'mukashi-soft --name "Mukashi Soft" --name-ja "むかしソフト" --kind individual --agreement 2016-07-01 --keyword editor --email author@mukashi-soft.example --language ja --key KEYS/hoshizora.public.asc',
    'northwind-devices --name "Northwind Devices" --kind overseas --keyword camera --email security@northwind.example --language en --key KEYS/openssl.public.asc',
    'kazeguruma --name "Kazeguruma project" --name-ja "かざぐるまプロジェクト" --kind open-source --keyword calendar --email maintainers@kazeguruma.example --language ja',
  ],
  partners: [
    'uketsuke --name "Example Receiving Organisation" --name-ja "例示受付機関" --kind receiving-organisation --contact-name "Vulnerability desk" --email desk@uketsuke.example --language ja --key KEYS/hoshizora.public.asc',
  ],
};

const product = (vendor, registry, name, versions, link) => ({ vendor, registry, name, versions, link });
const FINDER = { name: 'Ogawa Sara', email: 'sara@finder.example', language: 'ja' };

/** Both texts of an advisory from what differs between the two. */
const advisory = (en, ja) => ({ advisory: { en: page(en, EN), ja: page(ja, JA) } });
const EN = ['Overview', 'Products Affected', 'Description', 'Impact', 'Solution', 'Credit'];
const JA = ['概要', '影響を受けるシステム', '詳細情報', '想定される影響', '対策方法', '謝辞'];
const page = ({ title, cve, texts }, headings) =>
  [`title: ${title}\n${cve === undefined ? '' : `cveDescription: ${cve}\n`}---`, ...texts.flatMap((text, index) => [`## ${headings[index]}`, text])].join('\n\n') + '\n';

/** The text of 85240196, with what was added when it was updated. */
const routerH3 = (solution, solutionJa) =>
  advisory(
    { title: 'Hoshizora Router H3 vulnerable to OS command injection', cve: 'Hoshizora Router H3 firmware Ver.2.04 and earlier has an OS command injection vulnerability. A user who is logged in to the management page may execute an arbitrary OS command.', texts: ['Hoshizora Router H3 by Hoshizora Systems has an OS command injection vulnerability.', '- Hoshizora Router H3 firmware Ver.2.04 and earlier', 'The management page of the router does not neutralise what is typed into one of its settings (CWE-78).', 'A user who can log in to the management page may execute an arbitrary OS command.', `**Update the firmware**\n\nUpdate to Ver.2.05, as the developer tells it.${solution}`] },
    { title: '星空ルータ H3 における OS コマンドインジェクションの脆弱性', texts: ['星空システムズ株式会社が提供する星空ルータ H3 には、OS コマンドインジェクションの脆弱性があります。', '- 星空ルータ H3 ファームウェア Ver.2.04 およびそれ以前', '管理画面の設定項目のひとつで、入力値の処理が不十分です (CWE-78)。', '管理画面にログインできる利用者によって、任意の OS コマンドを実行される可能性があります。', `**ファームウェアをアップデートする**\n\n開発者の案内に従い、Ver.2.05 にアップデートしてください。${solutionJa}`] },
  );

export const CASES = [
  {
    // Received: an anonymous reporter, nothing decided yet.
    id: '27195084',
    route: 'direct',
    steps: [
      {
        now: '2025-06-26T09:40+09:00',
        type: {
          report: {
            title: { ja: 'かざぐるまカレンダーにおける認証不備の脆弱性', en: 'Kazeguruma Calendar fails to check who shares a calendar' },
            products: [product('Kazeguruma project', 'kazeguruma', 'Kazeguruma Calendar', ['4.2.0 and earlier'], 'https://kazeguruma.example/calendar')],
            discovery: '共有設定の画面を使っていて気づきました。道具は使っていません。',
            impact: '他人のカレンダーを読まれ、予定を書き換えられるおそれがあります。',
            poc: '共有用アドレスの番号を変えると、持ち主でなくても開けます。',
            public: false,
            vendorContacted: 'no',
            language: 'ja',
          },
        },
      },
    ],
  },
  {
    // Accepted on the partnership route; the vendor's key is still missing, so nothing could be sent yet.
    id: '38461052',
    route: 'partnership',
    steps: [
      {
        now: '2025-06-16T11:00+09:00',
        type: {
          flags: '--route partnership --source IPA --reference IPA#90000001',
          report: {
            title: { ja: 'かざぐるまメモにおけるクロスサイトスクリプティングの脆弱性', en: 'Kazeguruma Memo vulnerable to cross-site scripting' },
            products: [product('Kazeguruma project', 'kazeguruma', 'Kazeguruma Memo', ['1.8.3 and earlier'], 'https://kazeguruma.example/memo')],
            weaknesses: ['CWE-79'],
            discovery: 'ソースコードを読んで見つけました。',
            impact: '細工されたメモを開いた利用者のブラウザで、任意のスクリプトが実行されます。',
            poc: '題名の欄の値がそのまま出力されます。',
            public: false,
            language: 'ja',
          },
        },
      },
      {
        now: '2025-06-18T15:20+09:00',
        type: { triage: '--spread narrow --cvss CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N --accept --reason "届出の内容を確認できた。"' },
      },
      { now: '2025-06-18T15:30+09:00', by: 'mori', type: 'record CASE note --text "The project has no OpenPGP key yet. Asked on its public list for a way to write to it in confidence, without saying why."' },
    ],
  },
  {
    // Declined: the product has not been maintained for years.
    id: '60317749',
    route: 'direct',
    steps: [
      {
        now: '2025-02-03T13:05+09:00',
        type: {
          flags: '--reporter-key KEYS/reporter.public.asc',
          report: {
            title: { ja: '紙風船FTPサーバにおけるバッファオーバーフローの脆弱性', en: 'Kamifusen FTP Server vulnerable to a buffer overflow' },
            products: [{ vendor: 'Kamifusen', name: 'Kamifusen FTP Server', versions: ['0.9'], link: 'https://kamifusen.example/', lastUpdate: '2009-03-15' }],
            discovery: 'Fuzzing of a copy from an archive site.',
            impact: 'The server can be made to crash.',
            poc: 'A very long file name.',
            public: true,
            vendorContacted: 'yes',
            reporter: { name: 'Tani Ren', email: 'ren@hobby.example', language: 'en' },
            language: 'en',
          },
        },
      },
      {
        now: '2025-02-06T10:15+09:00',
        type: {
          answers: { maintained: 'no: last release in 2009', reproducible: 'unknown: no supported version exists', 'not-public': 'no', 'recently-updated': 'no: 16 years ago', 'matters-to-constituency': 'no' },
          triage: '--spread narrow --decline --reason "The product has not been updated since 2009 and is no longer distributed by its author." --assistance vendor-contact-data',
        },
      },
    ],
  },
  {
    // Coordinating with a vendor that does not answer: up the ladder, step by step, each with its evidence.
    id: '49820613',
    route: 'partnership',
    steps: [
      {
        now: '2024-10-01T10:00+09:00',
        type: {
          flags: '--route partnership --source IPA --reference IPA#90000002',
          report: {
            title: { ja: 'むかしエディタにおける DLL 読み込みの脆弱性', en: 'Mukashi Editor may insecurely load Dynamic Link Libraries' },
            products: [product('Mukashi Soft', 'mukashi-soft', 'Mukashi Editor', ['Ver.3.11 and earlier'], 'https://mukashi-soft.example/editor')],
            weaknesses: ['CWE-427'],
            discovery: '起動時に読み込まれるファイルを記録して見つけました。',
            impact: '任意のプログラムを実行される可能性があります。',
            poc: '同じフォルダに置いた DLL が読み込まれます。',
            public: false,
            language: 'ja',
          },
        },
      },
      { now: '2024-10-03T10:00+09:00', type: { triage: '--spread medium --cvss CVSS:3.1/AV:L/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H --accept --reason "最新版で再現した。"' } },
      { now: '2024-10-04T10:00+09:00', type: 'notify CASE --vendor mukashi-soft' },
      { now: '2024-10-22T10:00+09:00', type: 'escalate CASE --vendor mukashi-soft' },
      { now: '2024-11-07T10:00+09:00', type: 'escalate CASE --vendor mukashi-soft' },
      { now: '2024-11-22T11:30+09:00', type: 'record CASE vendor-contacted --vendor mukashi-soft --purpose reminder --means phone --outcome no-answer --text "The number on the page is not in use any more."' },
      { now: '2024-11-24T14:00+09:00', by: 'mori', type: 'record CASE vendor-contacted --vendor mukashi-soft --purpose reminder --means post --outcome bounced --text "The letter came back: moved, address unknown."' },
      { now: '2024-11-25T10:00+09:00', type: 'escalate CASE --vendor mukashi-soft' },
      { now: '2024-12-02T10:00+09:00', type: 'notify CASE --partner uketsuke --purpose contact-search --vendor mukashi-soft' },
      { now: '2024-12-12T10:00+09:00', type: 'escalate CASE --vendor mukashi-soft' },
      { now: '2025-01-20T10:00+09:00', type: 'escalate CASE --vendor mukashi-soft --kind organisation --name shown' },
    ],
  },
  {
    // Scheduled: a library and two vendors that ship it, under an embargo.
    id: '71903468',
    route: 'direct',
    steps: [
      {
        now: '2025-04-07T09:30+09:00',
        type: {
          flags: '--reporter-key KEYS/reporter.public.asc',
          report: {
            title: { ja: 'つづらにおけるパストラバーサルの脆弱性', en: 'Tsuzura vulnerable to path traversal' },
            products: [
              product('Tsuzura project', 'tsuzura', 'Tsuzura', ['2.0.0 to 2.6.4'], 'https://tsuzura.example/'),
              product('Hoshizora Systems', 'hoshizora', 'Hoshizora Router H5', ['firmware Ver.1.20 and earlier'], 'https://hoshizora.example/h5'),
              product('Northwind Devices', 'northwind-devices', 'Northwind Cam 3', ['all versions'], 'https://northwind.example/cam3'),
            ],
            weaknesses: ['CWE-22'],
            discovery: 'Reading how archives are unpacked.',
            impact: 'Unpacking a crafted archive overwrites files outside of the folder that was chosen.',
            poc: 'An archive whose member names lead upwards.',
            public: false,
            timeLimits: [{ date: '2025-07-18', event: 'Example Security Conference', title: 'Boxes that open themselves' }],
            vendorContacted: 'no',
            reporter: { ...FINDER, wishes: { nameToVendor: true, publicCredit: true }, credit: { en: 'Ogawa Sara', ja: '小川紗良' } },
            language: 'en',
          },
        },
      },
      { now: '2025-04-09T10:00+09:00', type: { triage: '--spread wide --flag many-users --cvss CVSS:3.1/AV:L/AC:L/PR:N/UI:R/S:U/C:N/I:H/A:H --accept --reason "Reproduced in 2.6.4; many products contain the library."' } },
      { now: '2025-04-09T11:00+09:00', type: 'notify CASE --vendor tsuzura --role upstream' },
      { now: '2025-04-10T08:10+09:00', type: 'record CASE vendor-replied --vendor tsuzura --progress acknowledged' },
      { now: '2025-04-10T09:00+09:00', type: 'record CASE embargo-proposed --party team --until 2025-07-18T12:00+09:00' },
      { now: '2025-04-11T08:00+09:00', type: 'record CASE embargo-accepted --party vendor:tsuzura' },
      { now: '2025-04-11T10:00+09:00', type: 'notify CASE --vendor tsuzura' },
      { now: '2025-04-21T08:00+09:00', type: 'record CASE vendor-replied --vendor tsuzura --progress accepted --text "Confirmed. The fix will be in 2.6.5; vendors that ship the library may be told now."' },
      { now: '2025-04-21T09:00+09:00', type: 'record CASE wave-opened --wave downstream --vendor tsuzura' },
      { now: '2025-04-22T10:00+09:00', by: 'mori', type: 'notify CASE --vendor hoshizora --vendor northwind-devices --role downstream' },
      { now: '2025-04-24T16:00+09:00', type: ['record CASE vendor-replied --vendor hoshizora --progress acknowledged', 'record CASE embargo-accepted --party vendor:hoshizora'] },
      {
        now: '2025-04-24T16:20+09:00',
        type: {
          translation: {
            discovery: '書庫ファイルの展開処理のソースコードを確認して発見した。',
            impact: '細工された書庫ファイルを展開すると、選択したフォルダの外のファイルが上書きされる。',
            poc: '上位のフォルダを指す名前のファイルを含む書庫ファイル。',
          },
        },
      },
      { now: '2025-04-24T16:30+09:00', type: 'notify CASE --vendor hoshizora' },
      { now: '2025-05-14T10:00+09:00', type: 'escalate CASE --vendor northwind-devices' },
      { now: '2025-05-16T01:30+09:00', type: ['record CASE vendor-replied --vendor northwind-devices --progress rejected --text "The product does not unpack archives of others."', 'record CASE vendor-status --vendor northwind-devices --status not-affected'] },
      { now: '2025-06-10T10:00+09:00', type: ['record CASE cve-assigned --cve CVE-2025-9990001 --assigner example-cert', 'record CASE vendor-status --vendor tsuzura --status affected', 'record CASE vendor-status --vendor hoshizora --status affected-investigating'] },
      { now: '2025-06-24T10:00+09:00', type: ['record CASE fix-available --vendor tsuzura --remediation fix --versions 2.6.5', 'record CASE date-agreed --party vendor:tsuzura --date 2025-07-18T12:00+09:00', 'record CASE date-agreed --party vendor:hoshizora --date 2025-07-18T12:00+09:00'] },
      { now: '2025-06-25T10:00+09:00', type: ['record CASE date-agreed --party reporter --date 2025-07-18T12:00+09:00', 'schedule CASE --date 2025-07-18T12:00+09:00', 'notify CASE --reporter --purpose date', 'notify CASE --vendor tsuzura --purpose date', 'notify CASE --vendor hoshizora --purpose date'] },
      {
        now: '2025-06-27T17:00+09:00',
        type: advisory(
          { title: 'Tsuzura vulnerable to path traversal', cve: 'Tsuzura 2.0.0 to 2.6.4 has a path traversal vulnerability. Files outside of the destination may be overwritten when a crafted archive is unpacked.', texts: ['Tsuzura, a library that unpacks archives, has a path traversal vulnerability.', '- Tsuzura 2.0.0 to 2.6.4\n\nProducts that contain the library may be affected too.', 'Tsuzura does not check the names of members well enough (CWE-22).', 'When a user unpacks a crafted archive, files outside of the chosen folder may be overwritten.', '**Update the library**\n\nUpdate to 2.6.5.', 'Ogawa Sara reported this vulnerability to Example CERT.'] },
          { title: 'つづらにおけるパストラバーサルの脆弱性', texts: ['書庫を展開するライブラリ「つづら」には、パストラバーサルの脆弱性があります。', '- つづら 2.0.0 から 2.6.4 まで\n\n本ライブラリを組み込んだ製品も影響を受ける可能性があります。', 'つづらには、書庫に含まれるファイル名の検査が不十分な問題 (CWE-22) があります。', '細工された書庫を利用者が展開すると、指定したフォルダの外にあるファイルを上書きされる可能性があります。', '**ライブラリをアップデートする**\n\n2.6.5 にアップデートしてください。', 'この脆弱性情報は、小川紗良 (Ogawa Sara) 氏が例示CERTに報告しました。'] },
        ),
      },
    ],
  },
  {
    // Published on the partnership route, with a CVE id of our own, and updated a month later.
    id: '85240196',
    route: 'partnership',
    steps: [
      {
        now: '2024-11-05T10:00+09:00',
        type: {
          flags: '--route partnership --source IPA --reference IPA#90000003',
          report: {
            title: { ja: '星空ルータ H3 における OS コマンドインジェクションの脆弱性', en: 'Hoshizora Router H3 vulnerable to OS command injection' },
            products: [product('Hoshizora Systems', 'hoshizora', 'Hoshizora Router H3', ['firmware Ver.2.04 and earlier'], 'https://hoshizora.example/h3')],
            weaknesses: ['CWE-78'],
            references: [{ url: 'https://hoshizora.example/support/h3', title: 'Hoshizora Systems: 星空ルータ H3 のファームウェアについて' }],
            discovery: 'ファームウェアを解析しました。',
            impact: '管理画面にログインできる利用者によって、任意の OS コマンドを実行されます。',
            poc: '設定項目の値が、検査されずにシェルに渡されます。',
            public: false,
            language: 'ja',
          },
        },
      },
      { now: '2024-11-07T10:00+09:00', type: { triage: '--spread medium --flag many-users --cvss CVSS:3.1/AV:A/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H --accept --reason "届出の内容を確認できた。"' } },
      { now: '2024-11-08T10:00+09:00', type: 'notify CASE --vendor hoshizora' },
      { now: '2024-11-11T15:00+09:00', type: ['record CASE vendor-replied --vendor hoshizora --progress acknowledged', 'notify CASE --vendor hoshizora'] },
      { now: '2024-11-20T15:00+09:00', type: 'record CASE vendor-replied --vendor hoshizora --progress accepted' },
      { now: '2024-12-05T10:00+09:00', type: ['record CASE cve-assigned --cve CVE-2024-9990002 --assigner example-cert', 'record CASE vendor-status --vendor hoshizora --status affected --url https://hoshizora.example/support/h3 --statement-ja "修正版のファームウェアを公開しています。"'] },
      { now: '2024-12-10T10:00+09:00', type: ['record CASE fix-available --vendor hoshizora --remediation fix --versions Ver.2.05', 'record CASE date-agreed --party vendor:hoshizora --date 2024-12-20T12:00+09:00', 'record CASE date-agreed --party receiving-organisation --date 2024-12-20T12:00+09:00', 'schedule CASE --date 2024-12-20T12:00+09:00', 'notify CASE --vendor hoshizora --purpose date', 'notify CASE --partner uketsuke --purpose publication-date'] },
      {
        now: '2024-12-17T10:00+09:00',
        type: routerH3('', ''),
      },
      { now: '2024-12-18T11:00+09:00', by: 'mori', type: ['approve CASE', 'notify CASE --partner uketsuke --purpose advisory-text'] },
      { now: '2024-12-20T12:00+09:00', type: ['publish CASE --yes', 'notify CASE --partner uketsuke --purpose published'] },
      { now: '2025-01-20T10:00+09:00', type: { ...routerH3(' Devices that cannot be updated are replaced by the developer.', ' アップデートできない機器は、開発者が交換に応じています。'), subject: 'tell of devices that cannot be updated' } },
      { now: '2025-01-20T15:00+09:00', by: 'mori', type: ['approve CASE', 'notify CASE --partner uketsuke --purpose advisory-text'] },
      { now: '2025-01-21T12:00+09:00', type: 'publish CASE --yes --summary "Solution: devices that cannot be updated" --summary-ja "対策方法を更新しました"' },
    ],
  },
  {
    // An emergency: attacks were seen before there was a fix, so users were told how to protect themselves.
    id: '92065813',
    route: 'direct',
    steps: [
      {
        now: '2025-05-19T18:40+09:00',
        type: {
          report: {
            title: { ja: '灯籠VPNにおける認証回避の脆弱性', en: 'Tourou VPN vulnerable to authentication bypass' },
            products: [product('Hoshizora Systems', 'hoshizora', 'Tourou VPN', ['5.0 to 5.3.1'], 'https://hoshizora.example/tourou')],
            weaknesses: ['CWE-288'],
            discovery: 'Found in the log of a server that had been broken into.',
            impact: 'Anyone who can reach the server gets into the network behind it.',
            poc: 'The log of the attack is kept by the reporter.',
            public: false,
            vendorContacted: 'yes',
            reporter: { organisation: 'An operator of networks', email: 'noc@operator.example', language: 'ja', wishes: { nameToVendor: true } },
            language: 'en',
          },
          flags: '--in-clear "Attacks are under way, and the reporter has no key; nothing but the receipt is said."',
        },
      },
      {
        now: '2025-05-19T20:00+09:00',
        type: [
          'record CASE attacks-observed --how "The reporter was attacked; the vendor knows of two more."',
          { triage: '--spread wide --flag critical-infrastructure --cvss CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N --accept --reason "Attacks are under way." --in-clear "Attacks are under way, and the reporter has no key."' },
          'notify CASE --vendor hoshizora',
        ],
      },
      {
        now: '2025-05-19T22:30+09:00',
        type: [
          'record CASE vendor-replied --vendor hoshizora --means phone --progress accepted --text "A fix takes until the end of the week. The web login can be turned off until then."',
          'record CASE cve-assigned --cve CVE-2025-9990003 --assigner example-cert',
          'record CASE fix-available --vendor hoshizora --remediation workaround --partial',
          'record CASE vendor-status --vendor hoshizora --status affected',
        ],
      },
      {
        now: '2025-05-20T07:00+09:00',
        type: advisory(
          { title: 'Tourou VPN vulnerable to authentication bypass', cve: 'Tourou VPN 5.0 to 5.3.1 has an authentication bypass vulnerability. An attacker who can reach the web login may get access to the network behind it.', texts: ['Tourou VPN by Hoshizora Systems has an authentication bypass vulnerability. Attacks that use it have been observed.', '- Tourou VPN 5.0 to 5.3.1', 'The web login of Tourou VPN can be passed without credentials (CWE-288).', 'An attacker who can reach the web login may get into the network behind it.', '**Apply a workaround**\n\nNo fix exists yet. Until there is one, turn the web login off. This keeps out what was observed and nothing else; check the log for logins that nobody can explain.'] },
          { title: '灯籠VPNにおける認証回避の脆弱性', texts: ['星空システムズ株式会社が提供する灯籠VPN には、認証回避の脆弱性があります。この脆弱性を悪用する攻撃が確認されています。', '- 灯籠VPN 5.0 から 5.3.1 まで', '灯籠VPN の Web ログインは、認証情報なしで通過できることがあります (CWE-288)。', 'Web ログインに接続できる攻撃者によって、内部のネットワークに侵入される可能性があります。', '**ワークアラウンドを実施する**\n\n修正版はまだありません。公開されるまでの間、Web ログインを無効にしてください。これは確認されている攻撃を防ぐもので、部分的な対策です。心当たりのないログインがないか、ログを確認してください。'] },
        ),
      },
      { now: '2025-05-20T07:40+09:00', by: 'mori', type: 'approve CASE' },
      { now: '2025-05-20T08:00+09:00', type: ['publish CASE --yes --emergency "Attacks are under way, and a workaround exists."', 'notify CASE --reporter --purpose published --in-clear "The reporter has no key, and the advisory is public."'] },
    ],
  },
  {
    // Withdrawn: a web service whose provider fixed it and told every customer.
    id: '54178390',
    route: 'direct',
    steps: [
      {
        now: '2025-03-10T14:00+09:00',
        type: {
          report: {
            title: { ja: 'くも名簿における情報漏えいの脆弱性', en: 'Kumo Roster vulnerable to information disclosure' },
            products: [product('Kumo Cloud', 'kumo-cloud', 'Kumo Roster', ['the service as of March 2025'], 'https://kumo-cloud.example/roster')],
            discovery: 'Seen as a customer.',
            impact: 'Customers see the names in the rosters of others.',
            poc: 'Sorting by an unused column shows rows of other customers.',
            public: false,
            language: 'en',
          },
        },
      },
      { now: '2025-03-12T10:00+09:00', type: { triage: '--spread narrow --accept --reason "Reproduced; the provider is registered."' } },
      { now: '2025-03-12T10:30+09:00', type: 'notify CASE --vendor kumo-cloud' },
      { now: '2025-03-13T09:00+09:00', type: ['record CASE vendor-replied --vendor kumo-cloud --progress accepted', 'notify CASE --vendor kumo-cloud --as-written'] },
      { now: '2025-03-21T17:00+09:00', type: ['record CASE fix-available --vendor kumo-cloud --remediation fix', 'record CASE withdrawn --because every-user-told --reason "The provider fixed the service on 17 March and has written to each of its customers."'] },
    ],
  },
  {
    // Closed: 120 days without a resolution on the direct route.
    id: '36702941',
    route: 'direct',
    steps: [
      {
        now: '2024-12-02T10:20+09:00',
        type: {
          flags: '--reporter-key KEYS/reporter.public.asc',
          report: {
            title: { ja: 'Northwind Cam 1 にハードコードされた認証情報', en: 'Northwind Cam 1 uses hard-coded credentials' },
            products: [product('Northwind Devices', 'northwind-devices', 'Northwind Cam 1', ['all versions'], 'https://northwind.example/cam1')],
            weaknesses: ['CWE-798'],
            discovery: 'Looking at the firmware with binwalk.',
            impact: 'Whoever is in the same network can watch.',
            poc: 'The credentials stand in the firmware.',
            public: false,
            vendorContacted: 'yes',
            reporter: FINDER,
            language: 'en',
          },
        },
      },
      { now: '2024-12-04T10:00+09:00', type: { triage: '--spread narrow --cvss CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N --accept --reason "Reproduced on the firmware that is on offer."' } },
      { now: '2024-12-04T11:00+09:00', type: 'notify CASE --vendor northwind-devices' },
      { now: '2024-12-18T23:00+09:00', type: ['record CASE vendor-replied --vendor northwind-devices --progress acknowledged', 'notify CASE --vendor northwind-devices'] },
      { now: '2025-01-15T22:00+09:00', type: 'record CASE vendor-replied --vendor northwind-devices --progress rejected --text "The model is at the end of its life. There will be no fix and no notice."' },
      { now: '2025-04-07T10:00+09:00', type: ['record CASE closed --because no-resolution --reason "120 days have passed. The vendor will not act; the reporter is free to publish."'] },
    ],
  },
];
