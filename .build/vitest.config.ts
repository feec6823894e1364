import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['tests/**/*.test.ts'],
    // One of two cores would otherwise stand idle: most of a test's time is spent in git and gpg.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Git and GnuPG of the person who runs the tests must not leak into them.
    env: { NO_COLOR: '1', GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', TZ: 'America/New_York' },
  },
});
