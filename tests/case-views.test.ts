import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { viewAllCases, viewDuties, viewNeededCases } from '../src/case-views.ts';
import { isSettled } from '../src/domain/deadlines.ts';
import { isError } from '../src/domain/finding.ts';
import type { Environment } from '../src/environment.ts';
import { openCaseMemory } from '../src/io/case-memory.ts';
import { cryptographicRandom } from '../src/io/random.ts';
import { workTree } from '../src/io/work-tree.ts';
import { examineRepository } from '../src/rules/lint-repository.ts';
import { openSession } from '../src/session.ts';

const NOW = Date.parse('2026-01-10T00:00:00Z');
const DAY = 86_400_000;

let root: string;
const environment = (now: number): Environment => ({ workTree: () => workTree(root), clock: { now: () => now, fixed: true }, caseMemory: () => openCaseMemory(root, cryptographicRandom, -10) }) as Partial<Environment> as Environment;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'vcc-views-'));
  cpSync(join(import.meta.dirname, '..', 'cases.example'), root, { recursive: true });
  for (const args of [['init', '--quiet'], ['add', '-A']]) execFileSync('git', ['-C', root, ...args]);
  examineRepository(workTree(root), { now: NOW, memory: await openCaseMemory(root, cryptographicRandom, -10) }).remembered?.keep([]);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('cases that are over', () => {
  test.each([0, 1, 400, -1, -200, -400, -600])('are passed over, and nothing of theirs is missing: %i days on', async (days) => {
    const env = environment(NOW + days * DAY);
    const session = openSession(env);
    const all = viewAllCases(session);
    const some = await viewNeededCases(env, session, () => false);
    if (days >= 0) expect(some.passed.length).toBeGreaterThan(1);
    const passed = new Set(some.passed.map(({ folder }) => folder));
    expect(some.views.map(({ record }) => record.folder)).toEqual(all.views.map(({ record }) => record.folder).filter((folder) => !passed.has(folder)));
    for (const { record, state, dues, findings } of all.views.filter((view) => passed.has(view.record.folder))) {
      expect(dues.filter((due) => !isSettled(due)), record.folder).toEqual([]);
      expect(findings.filter(isError)).toEqual([]);
      expect(some.passed.find(({ number }) => number === record.number)).toMatchObject({ status: state.status, isPublic: state.published !== undefined });
    }
    expect(viewDuties(session, some)).toEqual(viewDuties(session, all));
    expect(some.unreadable).toEqual(all.unreadable);
  });

  test('are read where they are needed, and once they have changed', async () => {
    const env = environment(NOW);
    const session = openSession(env);
    expect((await viewNeededCases(env, session, () => true)).passed).toEqual([]);
    const [first] = (await viewNeededCases(env, session, () => false)).passed;
    appendFileSync(join(root, first?.folder ?? '', 'case.md'), '\nMore.\n');
    const { views, passed } = await viewNeededCases(env, session, () => false);
    expect(passed.map(({ folder }) => folder)).not.toContain(first?.folder);
    expect(views.map(({ record }) => record.folder)).toContain(first?.folder);
  });
});

test('one case is found without a list of all', () => {
  const listed: string[] = [];
  const tree = workTree(root);
  const session = openSession({ ...environment(NOW), workTree: () => ({ ...tree, files: (under: string) => (listed.push(under), tree.files(under)) }) });
  expect(session.repository.find('JVNVU#36702941').folder).toBe('cases/2024/36702941');
  expect(() => session.repository.find('36702942')).toThrow('there is no case');
  expect(listed.slice(0, listed.indexOf('cases'))).not.toContain('');
  expect(listed.indexOf('cases')).toBeGreaterThan(listed.indexOf('cases/2024/36702941'));
});
