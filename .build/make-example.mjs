// Makes cases.example/ by typing the real commands on fixed dates, with fixed case numbers, in a temporary repository; then takes
// the history away. Only ciphertext differs from one run to the next. Run it after a change of the file formats: npm run example
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { CASES, OFFICE } from './example-cases.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const keys = join(root, 'templates', 'demo', 'keys');
const work = mkdtempSync(join(tmpdir(), 'vcc-example-'));
const folder = join(work, 'cases');

const PEOPLE = { hayashi: 'Hayashi Midori', mori: 'Mori Takumi' };
const words = (line) => (line.match(/(?:"[^"]*"|[^\s"])+/g) ?? []).map((word) => word.replaceAll(/"([^"]*)"/g, '$1').replaceAll('KEYS', keys));

function run(program, args, { now, by }) {
  const person = { NAME: PEOPLE[by], EMAIL: `${by}@cert.example`, DATE: now };
  const identity = Object.entries(person).flatMap(([key, value]) => [[`GIT_AUTHOR_${key}`, value], [`GIT_COMMITTER_${key}`, value]]);
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', VCC_NOW: '', VCC_KEY_FILE: join(keys, `${by}.secret.asc`), ...Object.fromEntries(identity) };
  const result = spawnSync(program, args, { cwd: program === 'git' || args[1] !== 'init' ? folder : work, env, encoding: 'utf8' });
  if (result.status === 0) return;
  console.error(`${args.join(' ')}\n${result.stdout}${result.stderr}`);
  throw new Error(`exit code ${result.status}; what was made so far lies in ${work}`);
}

const vcc = (line, who) => run(process.execPath, [join(root, 'bin', 'vcc.js'), ...words(line), '--now', who.now], who);

/** A checklist in which everything is answered yes, but for what the case says. */
function checklist(route, answers = {}) {
  const { acceptance } = parse(readFileSync(join(folder, 'policy.yaml'), 'utf8'));
  const asked = acceptance.filter(({ routes }) => routes === undefined || routes.includes(route));
  const unknown = Object.keys(answers).filter((id) => !asked.some((criterion) => criterion.id === id));
  if (unknown.length > 0) throw new Error(`policy.yaml has no criterion ${unknown.join(', ')}`);
  return asked.map(({ id }) => `--criterion "${id}=${answers[id] ?? 'yes'}"`).join(' ');
}

function step(example, made, who) {
  if (typeof made === 'string') return vcc(made.replaceAll('CASE', example.id), who);
  if (made.report) {
    const file = join(work, 'report.json');
    writeFileSync(file, JSON.stringify(made.report));
    return vcc(`intake ${file} --id ${example.id} ${made.flags ?? ''}`, who);
  }
  if (made.translation) {
    const file = join(work, 'translation.json');
    writeFileSync(file, JSON.stringify(made.translation));
    return vcc(`translate ${example.id} --to ja ${file}`, who);
  }
  if (made.triage) return vcc(`triage ${example.id} ${checklist(example.route, made.answers)} ${made.triage}`, who);
  for (const [language, text] of Object.entries(made.advisory)) {
    const path = join('cases', example.steps[0].now.slice(0, 4), example.id, `advisory.${language}.md`);
    writeFileSync(join(folder, path), `---\n# yaml-language-server: $schema=../../../.vcc/schemas/advisory.schema.json\ncase: "${example.id}"\nlanguage: ${language}\n${text}`);
  }
  run('git', ['commit', '--quiet', '-a', '-m', `${example.id}: ${made.subject ?? 'write the advisory'}`], who);
}

/** Entries of a log are told apart by four random digits; here they follow from the place of the entry, so that the next run makes the same names. */
function settleNames() {
  for (const { id, steps } of CASES) {
    const at = join(folder, 'cases', steps[0].now.slice(0, 4), id);
    const names = new Map();
    // By what they say where they happened at the same time; the digits of the entries they name count for nothing.
    const plain = (text) => text.replaceAll(/-[0-9a-f]{4}\.md/g, '');
    const order = new Map(readdirSync(join(at, 'log')).map((name) => [name, `${plain(name)} ${plain(readFileSync(join(at, 'log', name), 'utf8'))}`]));
    const sorted = [...order].sort(([, a], [, b]) => (a < b ? -1 : 1)).map(([name]) => name);
    for (const [index, name] of sorted.entries()) {
      const hex = createHash('sha256').update(`${id} ${index}`).digest('hex').slice(0, 4);
      names.set(name, name.replace(/-[0-9a-f]{4}\.md$/, `-${hex}.md`));
    }
    for (const [name, settled] of names) {
      let text = readFileSync(join(at, 'log', name), 'utf8');
      for (const [from, to] of names) text = text.replaceAll(from, to);
      rmSync(join(at, 'log', name));
      writeFileSync(join(at, 'log', settled), text);
    }
  }
}

vcc(`init cases ${OFFICE.init}`, { now: OFFICE.now, by: 'hayashi' });
for (const line of OFFICE.vendors) vcc(`vendor add ${line}`, { now: OFFICE.now, by: 'hayashi' });
for (const line of OFFICE.partners) vcc(`partner add ${line}`, { now: OFFICE.now, by: 'hayashi' });
// In the order of time across all cases, as it would have happened.
const all = CASES.flatMap((example) => example.steps.map((each, place) => ({ example, place, ...each })));
all.sort((a, b) => Date.parse(a.now) - Date.parse(b.now) || a.place - b.place);
for (const { example, now, by = 'hayashi', type } of all) {
  for (const made of [type].flat()) step(example, made, { now, by });
  process.stderr.write('.');
}
settleNames();

const target = join(root, 'cases.example');
const readme = readFileSync(join(target, 'README.md'));
rmSync(target, { recursive: true });
mkdirSync(dirname(target), { recursive: true });
rmSync(join(folder, '.git'), { recursive: true });
rmSync(join(folder, 'outbox'), { recursive: true, force: true });
cpSync(folder, target, { recursive: true });
writeFileSync(join(target, 'README.md'), readme);
rmSync(work, { recursive: true });
console.error(`\n${target}: ${CASES.length} cases`);
