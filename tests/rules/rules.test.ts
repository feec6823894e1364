import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RULES } from '../../src/rules/index.ts';
import { FIXTURES, lintFixture } from './fixtures.ts';

const SOURCE = join(import.meta.dirname, '..', '..', 'src');
/** Files of rules/ that are no rule: what a rule is, which there are, what runs them, what mends by them, which paths there are. */
const NOT_RULES = ['rule', 'index', 'lint-repository', 'layout', 'settings', 'mending'];

const readSource = (path: string): string => readFileSync(path, 'utf8');

describe('every rule', () => {
  const files = readdirSync(join(SOURCE, 'rules')).map((name) => name.replace(/\.ts$/, ''));

  it('has a file of its name, a place in the list and fixtures', () => {
    const ids = RULES.map(({ id }) => id).sort();
    expect(files.filter((name) => !NOT_RULES.includes(name)).sort()).toEqual(ids);
    expect(Object.keys(FIXTURES).sort()).toEqual(ids);
  });

  it.each(RULES)('$id explains itself', (rule) => {
    expect(rule.id).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
    for (const text of [rule.summary, rule.why, rule.fix]) expect(text.length).toBeGreaterThan(9);
    const checks = [rule.check, rule.checkCase, rule.checkFile].filter((check) => check !== undefined);
    expect(checks.length > 0 || rule.foundWhile !== undefined).toBe(true);
  });

  it('is there for every id that reading and replaying name', () => {
    const sources = ['domain', 'documents'].flatMap((folder) => readdirSync(join(SOURCE, folder)).map((name) => join(SOURCE, folder, name)));
    const named = new Set<string>();
    for (const [id] of sources.flatMap((path) => [...readSource(path).matchAll(/(?<=rule: ')[a-z-]+(?=')/g)])) named.add(id);
    expect(named.size).toBeGreaterThan(5);
    expect([...named].filter((id) => !RULES.some((rule) => rule.id === id))).toEqual([]);
  });
});

describe.each(Object.entries(FIXTURES))('%s', (id, fixture) => {
  it('is silent on the good fixture, like every other rule', () => {
    expect(lintFixture(fixture, 'good')).toEqual([]);
  });

  it('finds the mistake in the bad one', () => {
    const found = lintFixture(fixture, 'bad').filter(({ rule }) => rule === id);
    expect(found.map(({ file, line, column }) => `${file}:${line}:${column}`)).toEqual(fixture.finds.map(([place]) => place));
    for (const [index, [, message]] of fixture.finds.entries()) expect(found[index]?.message).toContain(message);
    const rule = RULES.find((one) => one.id === id);
    if (rule?.severity === 'warning') expect(found.map(({ severity }) => severity)).not.toContain('error');
  });
});
