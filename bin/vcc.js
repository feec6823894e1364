#!/usr/bin/env node
import { existsSync } from 'node:fs';

const main = new URL('../dist/main.js', import.meta.url);
if (existsSync(main)) {
  await import(main.href);
} else {
  console.error('vcc is not built yet. In its folder run: npm ci && npm run build');
  process.exitCode = 2;
}
