import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Shell } from '../environment.ts';
import { ownGitEnvironment } from './git-process.ts';

/** Programs and files outside of a case repository, for vcc demo. */
export const realShell: Shell = {
  async run([program, ...args], { cwd, env }) {
    if (program === undefined) throw new RangeError('no program to run');
    // Two pipes would lose the order of what stands in them; one file keeps it.
    const folder = await mkdtemp(join(tmpdir(), 'vcc-output-'));
    const file = await open(join(folder, 'output'), 'a+');
    try {
      const code = await new Promise<number>((resolve, reject) => {
        const child = spawn(program, args, { cwd, env: ownGitEnvironment(env), stdio: ['ignore', file.fd, file.fd] });
        child.on('error', reject);
        child.on('close', (ended) => resolve(ended ?? 128));
      });
      return { code, output: await readFile(join(folder, 'output'), 'utf8') };
    } finally {
      await file.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
  pause: (length) => setTimeout(length),
  temporaryFolder: (prefix) => mkdtemp(join(tmpdir(), prefix)),
  async write(path, text) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  },
  read: (path) => readFile(path, 'utf8'),
};
