import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { explain } from '../../src/commands/explain.ts';
import { RULES } from '../../src/rules/index.ts';
import { ruleExample } from '../rules/rule-example.ts';
import { rightRepository } from '../rules/right-repository.ts';
import { readingEnvironment } from '../support/reading-environment.ts';

const DOCS = new URL('../../docs/rules/', import.meta.url);

/** What `vcc explain rule` prints. The example below it comes from the fixtures of the tests, which vcc does not have. */
function page(name?: string): string {
  const { env, stdout } = readingEnvironment(rightRepository(), { now: '2014-05-08T12:00' });
  explain(env, { kind: 'rule', name, markdown: true });
  return `${stdout.join('\n')}\n`;
}

it('docs/rules has a page for each rule and no other, as npm run generate:docs writes them', () => {
  expect(readdirSync(DOCS).sort()).toEqual(['README.md', ...RULES.map(({ id }) => `${id}.md`)].sort());
  expect(readFileSync(new URL('README.md', DOCS), 'utf8')).toBe(page());
  for (const { id } of RULES) expect(readFileSync(new URL(`${id}.md`, DOCS), 'utf8'), id).toBe(page(id) + ruleExample(id));
});
