// How fast vcc is, in ratios against floors of the same run: starting Node, git status, reading the files, and ajv-cli on their front
// matter. Milliseconds tell of the machine, ratios of the program. On a machine that others use, --cpu takes the processor's time of a
// command and what it starts. npm run bench -- --help says what there is to choose.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { argumentsOf } from './bench/arguments.mjs';
import { filesOf, makeRepository } from './bench/repository.mjs';
import { inWords } from './bench/report.mjs';

const { values } = argumentsOf('npm run bench -- [--cases 1000,10000] [--quick] [--cpu] [--peers] [--write]', { cases: { type: 'string', default: '1000' }, quick: { type: 'boolean', default: false }, peers: { type: 'boolean', default: false }, cpu: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } }, ['cases']);
const root = fileURLToPath(new URL('..', import.meta.url));
const vcc = [process.execPath, join(root, 'bin', 'vcc.js')];
const NOW = '2026-01-10T00:00:00Z';
const work = join(tmpdir(), 'vcc-bench');

/** The person's own settings must not count; NODE_EXTRA_CA_CERTS slows every start of Node. */
const ENV = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', VCC_NOW: NOW, NO_COLOR: '1' };
delete ENV.NODE_EXTRA_CA_CERTS;

/** bash counts what a command and its children took of the processor; the last line is its own. */
const counted = (command) => ['bash', '-c', 'TIMEFORMAT=$\'\\n%U %S\'; time "$@"', 'bash', ...command];

function run(command, { cwd, env = {}, codes = [0, 1] } = {}) {
  const [program, ...args] = values.cpu ? counted(command) : command;
  const begin = performance.now();
  const result = spawnSync(program, args, { cwd, env: { ...ENV, ...env }, maxBuffer: Infinity, stdio: ['ignore', 'pipe', 'pipe'] });
  const wall = performance.now() - begin;
  const [user, system] = values.cpu ? result.stderr.toString('utf8').trimEnd().split('\n').at(-1).split(' ').map(Number) : [];
  const took = values.cpu ? (user + system) * 1000 : wall;
  if (!codes.includes(result.status)) throw new Error(`${command.join(' ')} ended with ${result.status}:\n${result.stderr.toString('utf8').slice(0, 2000)}`);
  return { took, stdout: result.stdout, stderr: result.stderr.toString('utf8') };
}

/** Milliseconds of each, the fastest of several rounds: what else runs on the machine can only make it slower. In turns, so that it meets all alike. */
function measure(commands, rounds) {
  const best = {};
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, [command, options = {}]] of Object.entries(commands)) {
      options.before?.();
      best[name] = Math.min(best[name] ?? Infinity, run(command, options).took);
    }
  }
  return best;
}

const READ_ALL = `
const { openSync, readSync, closeSync, readdirSync } = require('node:fs');
const buffer = Buffer.alloc(4 << 20);
const walk = (folder) => {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = folder + '/' + entry.name;
    if (entry.name === '.git') continue;
    if (entry.isDirectory()) walk(path);
    else { const file = openSync(path); readSync(file, buffer); closeSync(file); }
  }
};
walk('.');`;

const PEAK = "data:text/javascript,process.on('exit',()=>process._rawDebug('peak '+process.resourceUsage().maxRSS))";

/** A folder with so many cases: kept for the next run, as long as it would be made alike. */
async function repositoryOf(count) {
  const folder = join(work, String(count));
  const seal = createHash('sha256').update(readFileSync(new URL('./bench/repository.mjs', import.meta.url)));
  for (const { path, bytes } of filesOf(0)) seal.update(path).update(bytes);
  const mark = join(folder, '.git', 'vcc-bench');
  const wanted = seal.digest('hex');
  if (!existsSync(mark) || readFileSync(mark, 'utf8') !== wanted) {
    rmSync(folder, { recursive: true, force: true });
    console.error(`making ${count} cases ...`);
    await makeRepository(folder, count);
    writeFileSync(mark, wanted);
  }
  return folder;
}

const git = (folder, ...args) => run(['git', '-C', folder, ...args]).stdout.toString('utf8').trim();

/** What git commit takes: without hooks, with two that start Node and do nothing, and with ours of the same names. */
function commits(folder, files, rounds) {
  const hooks = join(folder, '.git', 'hooks');
  const names = ['pre-commit', 'commit-msg'];
  const none = () => rmSync(hooks, { recursive: true, force: true });
  const ours = () => {
    none();
    run([...vcc, '-C', folder, 'hooks', 'install']);
  };
  const empty = () => {
    none();
    mkdirSync(hooks);
    for (const name of names) writeFileSync(join(hooks, name), `#!/bin/sh\nexec '${process.execPath}' -e 0\n`, { mode: 0o755 });
  };
  const best = {};
  const head = git(folder, 'rev-parse', 'HEAD');
  let turn = 0;
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, prepare] of [['without', none], ['empty', empty], ['ours', ours]]) {
      for (const [what, { path, text }] of Object.entries(files)) {
        prepare();
        turn += 1;
        mkdirSync(dirname(join(folder, path(turn))), { recursive: true });
        writeFileSync(join(folder, path(turn)), text(turn));
        git(folder, 'add', '-A', '--', path(turn));
        const key = `${what} ${name}`;
        best[key] = Math.min(best[key] ?? Infinity, run(['git', '-C', folder, 'commit', '--quiet', '-m', 'bench'], { codes: [0] }).took);
        git(folder, 'reset', '--quiet', '--hard', head);
      }
    }
  }
  none();
  return best;
}

/** The command of a package that does a part of the same job; installed beside the repositories. */
function peer(name, ...packages) {
  const tools = join(work, 'peers', name);
  const command = join(tools, 'node_modules', '.bin', name);
  if (!existsSync(command)) {
    mkdirSync(tools, { recursive: true });
    // With the person's own settings: the registry may be reached through a certificate of theirs.
    run(['npm', 'install', '--prefix', tools, '--no-audit', '--no-fund', '--silent', ...packages], { codes: [0], env: process.env });
  }
  return command;
}

async function benchmark(count) {
  const folder = await repositoryOf(count);
  const rounds = values.quick ? 2 : 7;
  const few = values.quick ? 1 : count > 1000 ? 2 : 3;
  const number = git(folder, 'ls-files', 'cases/2024/*/case.md').split('\n')[0].split('/')[2];
  const entry = git(folder, 'ls-files', `cases/2024/${number}/log/*-reporter-contacted-*`).split('\n')[0];
  const note = { path: (turn) => `cases/2024/${number}/log/20260105T0000${String(turn % 60).padStart(2, '0')}Z-note-${turn.toString(16).padStart(4, '0')}.md`, text: (turn) => `---\nevent: note\nat: "2026-01-05T09:00:${String(turn % 60).padStart(2, '0')}+09:00"\nby: hayashi\n---\n\nTurn ${turn}.\n` };
  const foreign = { path: () => 'notes/minutes.txt', text: (turn) => `${turn}\n` };
  if (entry === '') throw new Error('the first case has no letter in its log');
  const inRepository = { cwd: folder };
  const forget = () => rmSync(join(folder, '.git', 'vcc'), { recursive: true, force: true });
  const cold = { cwd: folder, before: forget };
  const status = ['git', '--no-optional-locks', 'status', '--porcelain'];
  run(['git', 'status', '--porcelain'], inRepository);
  const floors = {
    node: [[process.execPath, '-e', '0']],
    version: [[...vcc, '--version']],
    status: [status, inRepository],
    show: [[...vcc, 'show', number], inRepository],
  };
  const best = measure(floors, rounds);
  Object.assign(best, measure({ read: [[process.execPath, '-e', READ_ALL], inRepository], coldLint: [[...vcc, 'lint'], cold] }, few));
  forget();
  best.peak = Number(/peak (\d+)/.exec(run([process.execPath, '--import', PEAK, vcc[1], 'lint'], inRepository).stderr)?.[1]) / 1024;
  // Each once before, so that what is kept between two runs is there.
  const warm = Object.fromEntries(['lint', 'list', 'due'].map((command) => [command === 'lint' ? 'warmLint' : command, [[...vcc, command], inRepository]]));
  for (const [command] of Object.values(warm)) run(command, inRepository);
  Object.assign(best, measure({ ...warm, node: floors.node, status: floors.status }, rounds));
  const staged = note.path(1);
  writeFileSync(join(folder, staged), note.text(1));
  git(folder, 'add', staged);
  Object.assign(best, measure({ staged: [[...vcc, 'lint', '--staged'], inRepository], node: floors.node }, rounds));
  git(folder, 'reset', '--quiet', '--hard');
  Object.assign(best, commits(folder, { case: note, foreign }, rounds));
  if (values.peers) {
    const { ajvOn, backlogOn } = await import('./bench/peers.mjs');
    // More files than a command line has room for.
    if (count <= 10_000) best.ajv = ajvOn(folder, { command: peer('ajv', 'ajv-cli@5.0.0', 'ajv-formats@2.1.1'), rounds: few, run });
    if (count <= 10_000) best.backlog = backlogOn(folder, { command: peer('backlog', 'backlog.md@1.52.0'), count, rounds: few, run });
  }
  return { count, files: Number(git(folder, 'ls-files').split('\n').length), best };
}

const results = [];
for (const count of values.cases.split(',').map(Number)) results.push(await benchmark(count));
const text = inWords(results, { quick: values.quick, cpu: values.cpu, cores: cpus().length, node: process.version, git: run(['git', '--version']).stdout.toString('utf8').trim() });
process.stdout.write(text);
if (values.write) {
  const file = join(root, 'docs', 'performance.md');
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}
