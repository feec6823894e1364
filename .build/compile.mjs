// Has vcc do on the example what it does all day, and keeps what V8 compiled for that beside the program.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { COMPILED, load } from '../bin/load.js';

const work = mkdtempSync(join(tmpdir(), 'vcc-build-'));
try {
  cpSync(fileURLToPath(new URL('../cases.example', import.meta.url)), work, { recursive: true });
  for (const args of [['init', '-q'], ['add', '-A']]) {
    const { status, error, stderr } = spawnSync('git', args, { cwd: work, encoding: 'utf8' });
    if (status !== 0) throw error ?? new Error(`git ${args[0]}: ${stderr}`);
  }
  process.chdir(work);
  const number = readdirSync('cases/2025')[0] ?? '';
  const { main, compiled } = load();
  // Twice: it is what is remembered that is looked at all day.
  for (const argv of [['lint'], ['lint'], ['lint', '--staged'], ['list'], ['list'], ['due'], ['show', number]]) {
    const code = await main(argv);
    if (code > 1) throw new Error(`vcc ${argv.join(' ')} ended with ${code}`);
  }
  writeFileSync(COMPILED, compiled());
} finally {
  rmSync(work, { recursive: true, force: true });
}
