import { cpSync } from 'node:fs';
import { join } from 'node:path';

/** A copy of the example repository below a folder, to be read. */
export function exampleCopy(folder: string, name: string): void {
  cpSync(join(import.meta.dirname, '..', '..', 'cases.example'), join(folder, name), { recursive: true });
}
