#!/usr/bin/env node
// Not a module of ES: to start Node's loader of those takes a third as long as Node itself.
'use strict';
const { readFileSync, writeSync } = require('node:fs');
const { join } = require('node:path');

const argv = process.argv.slice(2);
// Asked by every script and completion; answered before anything else is loaded.
if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
  // Without process.stdout: to make that takes an eighth as long as to start Node.
  try {
    writeSync(1, `${JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8')).version}\n`);
  } catch (problem) {
    // Whoever read it has left.
    if (problem.code !== 'EPIPE') {
      console.error(`vcc: ${problem.message}`);
      process.exitCode = 1;
    }
  }
} else {
  const loaded = require('./load.js').load();
  if (loaded === undefined) {
    console.error('vcc is not built yet. In its folder run: npm ci && npm run build');
    process.exitCode = 2;
  } else {
    // For a program that neither ends nor fails.
    process.exitCode = 2;
    loaded.main(argv).then((code) => {
      process.exitCode = code;
    });
  }
}
