// What a hook starts must be what is being tested, and not an older dist.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export default function setUp() {
  const { status, error } = spawnSync(process.execPath, [fileURLToPath(new URL('setup.mjs', import.meta.url))], { stdio: ['ignore', 2, 2] });
  if (status !== 0) throw error ?? new Error(`setup.mjs ended with ${status}`);
}
