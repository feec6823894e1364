import { existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Repositories of the tests are made, committed to and thrown away by the hundred: in memory, where there is plenty, none of it waits for a disk. */
const MEMORY = '/dev/shm';
const inMemory = (): boolean => {
  if (!existsSync(MEMORY)) return false;
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize > 4 * 1024 ** 3;
};
const work = mkdtempSync(join(inMemory() ? MEMORY : tmpdir(), 'vcc-tests-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: fileURLToPath(new URL('vitest-setup.mjs', import.meta.url)),
    // One of two cores would otherwise stand idle: most of a test's time is spent in git and gpg.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Git and GnuPG of the person who runs the tests must not leak into them.
    env: { NO_COLOR: '1', GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', TZ: 'America/New_York', TMPDIR: work },
  },
});
