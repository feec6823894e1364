import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lifecyclePage } from '../../src/documents/lifecycle-page.ts';
import { ALLOWED_IN, LIFECYCLE } from '../../src/domain/lifecycle.ts';

test('docs/lifecycle.md is what npm run generate:docs writes', () => {
  expect(readFileSync(new URL('../../docs/lifecycle.md', import.meta.url), 'utf8')).toBe(lifecyclePage());
});

test('it has a line for every row of the tables, and every line of a table as many cells as its head', () => {
  const page = lifecyclePage();
  for (const { from, event, to } of LIFECYCLE) expect(page).toContain(`| ${from} | ${event} | ${to} |`);
  for (const event of Object.keys(ALLOWED_IN)) expect(page).toMatch(new RegExp(`^\\| ${event} \\| `, 'm'));
  let cells = 0;
  for (const line of page.split('\n')) {
    const here = line.startsWith('|') ? line.split(/(?<!\\)\|/).length : 0;
    if (here > 0 && cells > 0) expect([line, here]).toEqual([line, cells]);
    cells = here;
  }
});
