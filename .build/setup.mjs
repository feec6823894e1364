// Makes the checkout ready to run: installs what the lockfile names and builds, each only when it is missing or stale.
// Uses Node alone, for it runs before anything is installed. Quiet when there is nothing to do.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [major] = process.versions.node.split('.').map(Number);
if (major < 20) {
  console.error(`vcc needs Node 20 or newer; this is ${process.version}.`);
  process.exit(2);
}

function run(title, command, ...args) {
  console.error(`${title} ...`);
  const result = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (result.status !== 0) {
    console.error(`${command} ${args.join(' ')} failed${result.error ? `: ${result.error.message}` : ''}`);
    process.exit(result.status ?? 2);
  }
}

const installedStamp = join(root, 'node_modules', '.vcc-installed');
const lock = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
if (!existsSync(installedStamp) || readFileSync(installedStamp, 'utf8') !== lock) {
  run('Installing the packages of package-lock.json', 'npm', 'ci', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error');
  writeFileSync(installedStamp, lock);
}

/** Newest change below a folder or of a file, in milliseconds. */
function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).filter((name) => name !== 'generated').map((name) => newest(join(path, name))));
}

const built = join(root, 'dist', 'vcc.js');
const sources = ['src', 'schemas', '.build', 'bin', 'package.json'].map((name) => newest(join(root, name)));
if (!existsSync(built) || Math.max(...sources) > statSync(built).mtimeMs) run('Building', process.execPath, join('.build', 'bundle.mjs'));
