// Writes the pages of docs/ that come from the code: the lifecycle and the rules. Run by npm run generate:docs, after a build.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const vcc = (...args) => execFileSync(process.execPath, ['bin/vcc.js', ...args], { cwd: root, encoding: 'utf8' });

writeFileSync(`${root}docs/lifecycle.md`, vcc('explain', 'state', '--markdown'));
rmSync(`${root}docs/rules`, { recursive: true, force: true });
mkdirSync(`${root}docs/rules`);
const index = vcc('explain', 'rule', '--markdown');
writeFileSync(`${root}docs/rules/README.md`, index);
for (const [, id] of index.matchAll(/^\| \[([a-z-]+)\]/gm)) writeFileSync(`${root}docs/rules/${id}.md`, vcc('explain', 'rule', id, '--markdown'));
