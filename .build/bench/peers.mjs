// ajv-cli does a part of what lint does: it checks data against a JSON Schema. It reads no Markdown, so it gets the front matter as JSON.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const SCHEMAS = fileURLToPath(new URL('../../schemas/', import.meta.url));

/** Milliseconds of ajv-cli on the front matter of every case.md and log entry, the fastest of the rounds. */
export function ajvOn(folder, { command, rounds, run }) {
  const data = `${folder}.json`;
  rmSync(data, { recursive: true, force: true });
  for (const kind of ['case', 'log-entry']) mkdirSync(join(data, kind), { recursive: true });
  let count = 0;
  for (const name of readdirSync(join(folder, 'cases'), { recursive: true, encoding: 'utf8' })) {
    const kind = name.endsWith('case.md') ? 'case' : /[\\/]log[\\/]/.test(name) ? 'log-entry' : undefined;
    if (kind === undefined) continue;
    const [, matter = ''] = readFileSync(join(folder, 'cases', name), 'utf8').split('---\n');
    writeFileSync(join(data, kind, `${count += 1}.json`), JSON.stringify(parse(matter)));
  }
  const check = (kind) => run([process.execPath, command, 'validate', '--spec=draft2020', '--strict=false', '-s', join(SCHEMAS, `${kind}.schema.json`), ...readdirSync(SCHEMAS).filter((name) => name !== `${kind}.schema.json`).flatMap((name) => ['-r', join(SCHEMAS, name)]), '-c', 'ajv-formats', '-d', join(data, kind, '*.json')]).took;
  let best = Infinity;
  for (let round = 0; round < rounds; round += 1) best = Math.min(best, check('case') + check('log-entry'));
  rmSync(data, { recursive: true, force: true });
  return best;
}
