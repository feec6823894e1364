import { join } from 'node:path';

/** The command line that starts the program as it stands in src: see globalSetup of the tests. */
export const VCC: readonly [program: string, ...args: string[]] = [process.execPath, join(import.meta.dirname, '..', '..', 'bin', 'vcc.js')];
