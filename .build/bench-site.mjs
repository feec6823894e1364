// How long the public repository takes with thousands of advisories: npm run bench:site -- --advisories 10000
// Advisories, vendors and guards follow from their numbers alone. Prints the table, and keeps it in docs/performance-site.md with --write.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { argumentsOf } from './bench/arguments.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = argumentsOf('npm run bench:site -- [--advisories 10000] [--guards 300] [--write] [--keep]', { advisories: { type: 'string', default: '1000' }, guards: { type: 'string', default: '300' }, write: { type: 'boolean', default: false }, keep: { type: 'boolean', default: false } }, ['advisories', 'guards']);
const [ADVISORIES, GUARDS] = [Number(values.advisories), Number(values.guards)];
const VENDORS = 300;
const PRODUCTS = 800;
const YEARS = 10;
const NOW = '2025-07-10T12:00+09:00';
const WITHDRAWN = '85240196';
const MODEL = '71903468';

const work = mkdtempSync(join(tmpdir(), 'vcc-bench-site-'));
const cases = join(work, 'cases');
const open = join(work, 'public');

const digits = (...seed) => createHash('sha256').update(seed.join(' ')).digest('hex');
const drawn = (below, ...seed) => Number.parseInt(digits(...seed).slice(0, 8), 16) % below;
const SYLLABLES = ['ka', 'no', 'ri', 'mo', 'ten', 'sha', 'lu', 'ver', 'do', 'qui', 'pa', 'sen', 'to', 'mi', 'gra', 'ho'];
const word = (...seed) => Array.from({ length: 2 + drawn(3, ...seed) }, (_, at) => SYLLABLES[drawn(SYLLABLES.length, at, ...seed)]).join('');
const capital = (text) => `${text[0].toUpperCase()}${text.slice(1)}`;

/** Fields in the order of their names, as vcc writes them. */
const inOrder = (_key, value) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value);

const FLAWS = [
  ['CWE-79', 'cross-site scripting', 'クロスサイトスクリプティング', 'an arbitrary script may be executed in the web browser of a user', 'ユーザのウェブブラウザ上で任意のスクリプトを実行される可能性があります'],
  ['CWE-78', 'OS command injection', 'OS コマンドインジェクション', 'an arbitrary OS command may be executed by an attacker who can reach the device', '当該製品にアクセス可能な攻撃者によって任意の OS コマンドを実行される可能性があります'],
  ['CWE-22', 'path traversal', 'ディレクトリトラバーサル', 'files on the server may be read by a remote attacker', '遠隔の攻撃者によってサーバ上のファイルを読み取られる可能性があります'],
  ['CWE-352', 'cross-site request forgery', 'クロスサイトリクエストフォージェリ', 'settings may be changed without the intention of the user', 'ユーザの意図しない設定変更が行われる可能性があります'],
];

function advisory(index, edition = 0) {
  const number = String(10_000_000 + index * 7919);
  const year = 2015 + (index % YEARS);
  const at = `${year}-${String(1 + drawn(12, 'month', index)).padStart(2, '0')}-${String(1 + drawn(28, 'day', index)).padStart(2, '0')}T12:00:00+09:00`;
  const [cwe, flaw, flawJa, impact, impactJa] = FLAWS[drawn(FLAWS.length, 'flaw', index)];
  const which = drawn(PRODUCTS, 'product', index);
  const maker = which % VENDORS;
  const vendor = { en: `${capital(word('vendor', maker))} Works ${maker}`, ja: `${capital(word('vendor', maker))} 製作所 ${maker}` };
  const product = `${capital(word('product', which))} ${which}`;
  const version = `${drawn(9, 'major', index)}.${drawn(40, 'minor', index)}.${drawn(20, 'patch', index)}`;
  const [page, parameter] = [word('page', index), word('parameter', index)];
  const cve = `CVE-${year}-${20_000 + index}`;
  const remark = edition === 0 ? '' : ' The release notes of the vendor name the files that changed.';
  const texts = {
    en: [
      `${product} provided by ${vendor.en} contains a ${flaw} vulnerability.`,
      `- ${product} **${version}** and earlier`,
      `${product} provided by ${vendor.en} is software for small offices. Its \`${page}\` page does not check the parameter \`${parameter}\`, which leads to a ${flaw} vulnerability (${cwe}).`,
      `If this vulnerability is exploited, ${impact}.`,
      `**Update the software**\n\nUpdate to the latest version according to the information provided by the developer.${remark}\n\n1. Download the file for your model.\n2. Close \`${page}\` and install it.`,
      `${capital(word('given', index))} ${capital(word('family', index))} reported this vulnerability to the coordinator under the Information Security Early Warning Partnership.`,
    ],
    ja: [
      `${vendor.ja}が提供する ${product} には、${flawJa}の脆弱性が存在します。`,
      `- ${product} **${version}** およびそれ以前`,
      `${vendor.ja}が提供する ${product} は、小規模オフィス向けのソフトウェアです。\`${page}\` 画面におけるパラメータ \`${parameter}\` の検証不備に起因する、${flawJa} (${cwe}) の脆弱性が存在します。`,
      `当該製品の脆弱性を悪用された場合、${impactJa}。`,
      '**アップデートする**\n\n開発者が提供する情報をもとに、最新版へアップデートしてください。',
      '情報セキュリティ早期警戒パートナーシップに基づき、製品利用者から報告がありました。',
    ],
  };
  const sections = (language) => ['overview', 'affected', 'description', 'impact', 'solution', 'credit'].map((id, place) => ({ id, text: texts[language][place] }));
  const content = {
    schemaVersion: 1,
    kind: 'published-advisory',
    advisory: {
      publicId: `JVN#${number}`,
      number,
      series: 'JVN',
      texts: { en: { title: `${product} vulnerable to ${flaw}`, sections: sections('en') }, ja: { title: `${product} における${flawJa}の脆弱性`, sections: sections('ja') } },
      products: [{ vendor: vendor.en, vendorNames: vendor, name: product, versions: [`${version} and earlier`] }],
      weaknesses: [cwe],
      cvss: [{ version: '3.1', vector: 'CVSS:3.1/AV:A/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H', score: 6.8 }],
      references: [{ url: `https://vendor-${maker}.example/notice/${index}`, title: `Notice about ${product}` }],
      cves: [{ id: cve, assigner: 'example-cert' }],
      vendors: [{ names: vendor, status: 'affected', url: `https://vendor-${maker}.example/notice/${index}` }],
      cveDescription: `${product} ${version} and earlier contains a ${flaw} vulnerability.`,
    },
    dates: { publishedAt: at, updates: [] },
  };
  const hash = digits(JSON.stringify(content.advisory, inOrder));
  const entry = `---\nevent: published\nat: "${at}"\nby: hayashi\ntext: sha256:${hash}\ndate: "${at}"\n---\n`;
  return { number, year, entry: { path: `cases/${year}/${number}/log/${at.slice(0, 10).replaceAll('-', '')}T030000Z-published-0000.md`, text: entry }, path: `${year}/${number}/advisory.json`, text: `${JSON.stringify(content, inOrder, 2)}\n` };
}

const git = (folder, ...args) => execFileSync('git', ['-C', folder, ...args], { env: { ...process.env, ...PERSON }, maxBuffer: 1 << 30, encoding: 'utf8' });
const PERSON = { GIT_AUTHOR_NAME: 'Hayashi Midori', GIT_AUTHOR_EMAIL: 'hayashi@cert.example', GIT_COMMITTER_NAME: 'Hayashi Midori', GIT_COMMITTER_EMAIL: 'hayashi@cert.example', GIT_CONFIG_GLOBAL: '/dev/null', VCC_NOW: '', VCC_KEY_FILE: join(root, 'templates', 'demo', 'keys', 'hayashi.secret.asc') };

function commit(folder, message) {
  git(folder, 'add', '-A');
  git(folder, 'commit', '--quiet', '-m', message);
}

function put(folder, { path, text }) {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** The case repository of the example, with as many more cases that have a sealed reporter and a sealed proof of concept. */
function makeCases() {
  cpSync(join(root, 'cases.example'), cases, { recursive: true });
  for (let index = 0; index < GUARDS; index += 1) {
    const number = String(90_000_000 + index);
    const to = join(cases, 'cases', '2025', number);
    cpSync(join(cases, 'cases', '2025', MODEL), to, { recursive: true });
    for (const name of readdirSync(to, { recursive: true, encoding: 'utf8' }).filter((path) => /\.(?:md|yaml)$/.test(path))) {
      let text = readFileSync(join(to, name), 'utf8').replaceAll(MODEL, number);
      if (name.endsWith('report.guard.yaml')) text = text.replace(/poc:[\s\S]*/, `poc:\n${Array.from({ length: 40 }, (_, at) => `    - 8-${32 + drawn(40, 'length', at, index)}-0000000000000000`).join('\n')}\n`);
      if (name.endsWith('.guard.yaml')) text = text.replace(/^salt: .*/m, `salt: ${digits('salt', name, index)}`).replaceAll(/-[0-9a-f]{16}$/gm, (_, at) => `-${digits(name, at, index).slice(0, 16)}`);
      writeFileSync(join(to, name), text);
    }
  }
  // Of the published ones what says that they are: the rest of a case is nothing to the site.
  for (let index = 0; index < ADVISORIES; index += 1) {
    const { year, number, entry } = advisory(index);
    put(cases, { path: `cases/${year}/${number}/case.md`, text: readFileSync(join(cases, 'cases', '2025', MODEL, 'case.md'), 'utf8').replaceAll(MODEL, number) });
    put(cases, entry);
  }
  git(work, 'init', '--quiet', '--initial-branch=main', cases);
  commit(cases, 'cases');
}

function makePublic() {
  git(work, 'init', '--quiet', '--initial-branch=main', open);
  for (let index = 0; index < ADVISORIES; index += 1) put(open, advisory(index));
  commit(open, 'advisories');
}

const MEMORY = `data:text/javascript,${encodeURIComponent("import { writeSync } from 'node:fs'; process.on('exit', () => { const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage(); writeSync(3, JSON.stringify([maxRSS / 1024, (userCPUTime + systemCPUTime) / 1e6])); });")}`;

/** Types a command; seconds, of them those of the processor in vcc itself (the rest is Git and the disk), and MiB. */
function measured(what, ...args) {
  return new Promise((resolve, reject) => {
    const from = performance.now();
    const child = spawn(process.execPath, ['--import', MEMORY, join(root, 'bin', 'vcc.js'), ...args], { cwd: cases, env: { ...process.env, ...PERSON }, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
    let [printed, said, memory] = ['', '', ''];
    child.stdio[1].on('data', (chunk) => (printed += chunk));
    child.stdio[2].on('data', (chunk) => (said += chunk));
    child.stdio[3].on('data', (chunk) => (memory += chunk));
    child.on('close', (code) => {
      if (code !== 0) return reject(new Error(`vcc ${args.join(' ')}: ${code}\n${printed}${said}`));
      const [most, busy] = JSON.parse(memory);
      const row = { what, seconds: (performance.now() - from) / 1000, busy, memory: most, said: printed.split('\n', 1)[0] };
      console.error(`${row.what}: ${row.seconds.toFixed(1)} s (${row.busy.toFixed(1)} s of them busy), ${row.memory.toFixed(0)} MiB (${row.said})`);
      resolve(row);
    });
  });
}

makeCases();
makePublic();
const rows = [await measured('first build', 'site', 'build', '--yes')];
rows.push(await measured('rebuild, nothing changed', 'site', 'build', '--yes'));
const changed = advisory(3, 1);
put(open, changed);
commit(open, 'one advisory is changed');
// Nothing is built of a text that its log does not know.
put(cases, changed.entry);
commit(cases, 'one advisory is changed');
rows.push(await measured('rebuild after one advisory changed', 'site', 'build', '--yes'));
rows.push(await measured('one publication (a withdrawal)', 'publish', WITHDRAWN, '--withdraw', '--summary', 'The product never shipped.', '--summary-ja', '当該製品は出荷されていませんでした。', '--yes', '--now', NOW));
rows.push(await measured('rebuild after the publication', 'site', 'build', '--yes'));
rows.push(await measured('everything compared (--check)', 'site', 'build', '--check'));
const files = git(open, 'ls-files').split('\n').length - 1;
const table = `| | time | processor time of vcc | memory at most |
|---|---|---|---|
${rows.map(({ what, seconds, busy, memory }) => `| ${what} | ${seconds.toFixed(1)} s | ${busy.toFixed(1)} s | ${memory.toFixed(0)} MiB |`).join('\n')}
`;
console.log(table);
if (values.write) {
  writeFileSync(
    join(root, 'docs', 'performance-site.md'),
    `# How long the site takes

Written by \`npm run bench:site -- --advisories ${ADVISORIES} --write\`: ${ADVISORIES} advisories in two languages over ${YEARS} years, of ${VENDORS} vendors and ${PRODUCTS} products, which make ${files} files, and ${GUARDS} cases with a sealed reporter and
a sealed proof of concept, with which every text is compared. Node ${process.versions.node}, ${cpus().length} processors. Times depend on the machine; compare their ratios.

${table}
A build looks only at what changed since the last one in the same clone. It makes everything anew the first time, with another version of vcc or another vcc.yaml, and with
\`--all\`; \`--check\` always compares everything.
`,
  );
}
if (values.keep) console.error(work);
else rmSync(work, { recursive: true });
