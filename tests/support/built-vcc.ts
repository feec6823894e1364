import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const ROOT = join(import.meta.dirname, '..', '..');

export interface BuiltVcc {
  /** The command line that starts it. */
  readonly command: readonly [string, ...string[]];
  dispose(): void;
}

/** The program as it stands in src, bundled in a second: what a hook starts must be what is being tested, and not an older dist. */
export async function buildVcc(): Promise<BuiltVcc> {
  // Below node_modules, so that packages are found and the shipped files too.
  const folder = mkdtempSync(join(ROOT, 'node_modules', '.vcc-test-'));
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['src/main.ts'],
    outdir: join(folder, 'dist'),
    bundle: true,
    splitting: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'silent',
  });
  const entry = join(folder, 'vcc.js');
  writeFileSync(entry, "import { main } from './dist/main.js';\nprocess.exitCode = await main(process.argv.slice(2));\n");
  return { command: [process.execPath, entry], dispose: () => rmSync(folder, { recursive: true, force: true }) };
}
