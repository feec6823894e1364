import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

describe('docs/json.md', () => {
  it('describes every envelope that a command prints', () => {
    const kinds = new Set(sources.flatMap((name) => [...readFileSync(join(root, 'src', name), 'utf8').matchAll(/\benvelope\('([a-z-]+)'/g)].map(([, kind]) => kind ?? '')));
    expect(kinds.size).toBeGreaterThan(10);
    const page = readFileSync(join(root, 'docs/json.md'), 'utf8');
    expect([...kinds].filter((kind) => !page.includes(`\`${kind}\``))).toEqual([]);
  });
});
