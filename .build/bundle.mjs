// One small entry and a chunk for each lazily imported command: `vcc --version` loads nothing else.
import { rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import './generate.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
await rm(join(root, 'dist'), { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: ['src/main.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  chunkNames: 'chunks/[name]-[hash]',
  // CommonJS packages inside the bundle ask for Node's own modules by require.
  banner: { js: "import{createRequire as vccRequire}from'node:module';const require=vccRequire(import.meta.url);" },
  logLevel: 'warning',
});
// esbuild writes in no fixed order; setup.mjs takes this file's time as the time of the build.
const now = new Date();
await utimes(join(root, 'dist', 'main.js'), now, now);
