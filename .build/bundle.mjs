// Makes dist/: the program as one script, and what V8 compiled of it, by which it starts in half the time.
import { spawnSync } from 'node:child_process';
import { readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { inAscii } from './ascii.mjs';
import './generate.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
await rm(join(root, 'dist'), { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: ['src/main.ts'],
  outfile: 'dist/vcc.js',
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  alias: { 'js-yaml': './.build/no-js-yaml.cjs' },
  define: { 'import.meta.url': 'programUrl' },
  // bin/load.js calls the function that the script is.
  banner: { js: '(function(require,module,__filename){"use strict";const programUrl=require("node:url").pathToFileURL(__filename).href;' },
  footer: { js: '})' },
  logLevel: 'warning',
});
const program = join(root, 'dist', 'vcc.js');
await writeFile(program, inAscii(await readFile(program, 'utf8')));
const { status, error, stderr } = spawnSync(process.execPath, [join(root, '.build', 'compile.mjs')], { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
if (status !== 0) throw error ?? new Error(`compile.mjs ended with ${status}: ${stderr}`);
// esbuild writes in no fixed order; setup.mjs takes this file's time as the time of the build.
const now = new Date();
await utimes(program, now, now);
