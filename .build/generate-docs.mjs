// Writes the pages of docs/ that come from the code: the lifecycle, and the rules with an example of each. Run by npm run generate:docs, after a build.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const vcc = (...args) => execFileSync(process.execPath, ['bin/vcc.js', ...args], { cwd: root, encoding: 'utf8' });

writeFileSync(`${root}docs/lifecycle.md`, vcc('explain', 'state', '--markdown'));
rmSync(`${root}docs/rules`, { recursive: true, force: true });
mkdirSync(`${root}docs/rules`);
const index = vcc('explain', 'rule', '--markdown');
writeFileSync(`${root}docs/rules/README.md`, index);

// The examples are the fixtures of the rules, so that a page shows what a test has shown to be found.
const bundle = `${root}node_modules/.vcc-rule-example.mjs`;
await build({ absWorkingDir: root, entryPoints: ['tests/rules/rule-example.ts'], outfile: bundle, bundle: true, packages: 'external', format: 'esm', platform: 'node', target: 'node20', logLevel: 'warning' });
const { ruleExample } = await import(pathToFileURL(bundle).href);
rmSync(bundle);
for (const [, id] of index.matchAll(/^\| \[([a-z-]+)\]/gm)) writeFileSync(`${root}docs/rules/${id}.md`, vcc('explain', 'rule', id, '--markdown') + ruleExample(id));
