// Programs of others that do a part of the same job. ajv-cli checks data against a JSON Schema; it reads no Markdown, so it gets the front
// matter as JSON. Backlog.md lists tasks that are Markdown files in a Git repository.
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

/** Milliseconds in which Backlog.md lists as many tasks as there are cases, the fastest of the rounds; each a file as its own `task create` writes it. */
export function backlogOn(folder, { command, count, rounds, run }) {
  const project = `${folder}.backlog`;
  rmSync(project, { recursive: true, force: true });
  mkdirSync(project, { recursive: true });
  for (const args of [['git', 'init', '--quiet'], [command, 'init', 'bench', '--defaults'], [command, 'config', 'set', 'remoteOperations', 'false'], [command, 'config', 'set', 'checkActiveBranches', 'false']]) run(args, { cwd: project, codes: [0] });
  for (let number = 1; number <= count; number += 1) {
    writeFileSync(join(project, 'backlog', 'tasks', `task-${number} - Case-${number}.md`), `---\nid: TASK-${number}\ntitle: Case ${number}\nstatus: To Do\nassignee: []\ncreated_date: '2026-01-05 09:00'\nlabels: []\ndependencies: []\nordinal: ${number}000\n---\n\nA case that waits for its vendor.\n`);
  }
  for (const args of [['add', '-A'], ['-c', 'user.name=bench', '-c', 'user.email=bench@vcc.invalid', 'commit', '--quiet', '-m', 'tasks']]) run(['git', ...args], { cwd: project, codes: [0] });
  let best = Infinity;
  for (let round = 0; round < rounds; round += 1) {
    // Into a file: it ends before a pipe has taken all of it.
    const { took } = run(['sh', '-c', 'exec "$1" task list --plain > ../listed', 'sh', command], { cwd: project, codes: [0] });
    const listed = readFileSync(join(project, '..', 'listed'), 'utf8').match(/TASK-[0-9]+/g)?.length;
    if (listed !== count) throw new Error(`Backlog.md lists ${listed} of ${count} tasks`);
    best = Math.min(best, took);
  }
  rmSync(project, { recursive: true, force: true });
  return best;
}
