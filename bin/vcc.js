#!/usr/bin/env node
import { readFileSync } from 'node:fs';

const argv = process.argv.slice(2);
// Asked by every script and completion; answered before anything else is loaded.
if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
  console.log(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version);
} else {
  const { load } = await import('./load.js');
  const loaded = load();
  if (loaded === undefined) console.error('vcc is not built yet. In its folder run: npm ci && npm run build');
  process.exitCode = loaded === undefined ? 2 : await loaded.main(argv);
}
