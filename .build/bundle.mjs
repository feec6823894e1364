// Makes dist/: the program as one script, and what V8 compiled of it, by which it starts in half the time.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { inAscii } from './ascii.mjs';
import './generate.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
await rm(join(root, 'dist'), { recursive: true, force: true });
const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: ['src/main.ts'],
  bundle: true,
  write: false,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  alias: { 'js-yaml': './.build/no-js-yaml.cjs', 'packageurl-js': './.build/late-packageurl.cjs' },
  define: { 'import.meta.url': 'programUrl' },
  // bin/load.js calls the function that the script is.
  banner: { js: '(function(require,module,__filename){"use strict";const programUrl=require("node:url").pathToFileURL(__filename).href;' },
  footer: { js: '})' },
  logLevel: 'warning',
});
const program = inAscii(outputFiles[0].text);
const folder = join(root, 'dist');
await mkdir(folder);
// Whole or not at all: setup.mjs takes it for built once it is there. Its end names it, so that no other is taken for it.
await writeFile(join(folder, 'draft.js'), `${program}//${createHash('sha256').update(program).digest('hex')}\n`);
await rename(join(folder, 'draft.js'), join(folder, 'vcc.js'));
const { status, error, stderr } = spawnSync(process.execPath, [join(root, '.build', 'compile.mjs')], { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
if (status !== 0) throw error ?? new Error(`compile.mjs ended with ${status}: ${stderr}`);
