import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { standingsOfAll, viewAllCases, viewDuties, type CaseStandings } from '../src/case-views.ts';
import { standingLasts, standingOf } from '../src/domain/standing.ts';
import type { Environment } from '../src/environment.ts';
import { openCaseMemory } from '../src/io/case-memory.ts';
import { workTree } from '../src/io/work-tree.ts';
import { openSession, viewRecord } from '../src/session.ts';

const NOW = Date.parse('2026-01-10T00:00:00Z');
const DAY = 86_400_000;

let root: string;
const environment = (now: number): Environment => ({ workTree: () => workTree(root), clock: { now: () => now, fixed: true }, caseMemory: () => openCaseMemory(root) }) as Partial<Environment> as Environment;
/** How every case stands, read anew. */
const afresh = (env: Environment): Promise<CaseStandings> => standingsOfAll({ caseMemory: () => Promise.resolve(undefined) }, openSession(env));
/** The folders of the cases that are read for it. */
async function readFor(env: Environment): Promise<ReadonlySet<string>> {
  const read = new Set<string>();
  const tree = env.workTree();
  await standingsOfAll(env, openSession({ ...env, workTree: () => ({ ...tree, read: (path) => (read.add(path.split('/', 3).join('/')), tree.read(path)) }) }));
  return new Set([...read].filter((folder) => folder.startsWith('cases/')));
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'vcc-views-'));
  cpSync(join(import.meta.dirname, '..', 'cases.example'), root, { recursive: true });
  for (const args of [['init', '--quiet'], ['add', '-A']]) execFileSync('git', ['-C', root, ...args]);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('how cases stand', () => {
  test.each([0, 1, 6, 400, -1, -200, -400, -600])('is remembered, and is the same: %i days on', async (days) => {
    await standingsOfAll(environment(NOW), openSession(environment(NOW)));
    const env = environment(NOW + days * DAY);
    const fresh = await afresh(env);
    expect(fresh.standings.length).toBeGreaterThan(5);
    for (const time of ['first', 'again']) {
      const known = await standingsOfAll(env, openSession(env));
      expect(known, time).toEqual(fresh);
      expect(viewDuties(openSession(env), known.standings)).toEqual(viewDuties(openSession(env), fresh.standings));
    }
    // Before, there are entries that have not happened yet.
    if (days >= 0) expect(await readFor(env)).toEqual(new Set());
  });

  test('holds until the moment at which it changes, and no longer', () => {
    const { policy } = openSession(environment(NOW)).repository;
    let compared = 0;
    for (const { record } of viewAllCases(openSession(environment(NOW))).views) {
      const at = (now: number): ReturnType<typeof viewRecord> => viewRecord(openSession(environment(now)), record);
      const moments = at(NOW).dues.flatMap(({ due, grace = due }) => [due, grace, due - 7 * DAY]);
      for (const moment of new Set([...moments, ...at(NOW).state.entries.map((entry) => entry.at - 300_000)])) {
        const before = moment - 1000;
        const lasting = standingLasts(at(before), policy, before);
        for (const now of [moment - 1, moment, moment + 1]) {
          if (lasting === undefined || now < lasting.from || now > lasting.until) continue;
          compared += 1;
          expect(standingOf(at(now), policy, now), `${record.number} ${new Date(now).toISOString()}`).toEqual(standingOf(at(before), policy, before));
        }
      }
    }
    expect(compared).toBeGreaterThan(20);
  });

  test('is remembered of the policy by which the cases were viewed, whatever is written meanwhile', async () => {
    const [env, policy] = [environment(NOW), join(root, 'policy.yaml')];
    const before = readFileSync(policy, 'utf8');
    rmSync(join(root, '.git/vcc'), { recursive: true, force: true });
    const session = openSession(env);
    writeFileSync(policy, before.replace('amount: 45', 'amount: 4500'));
    await standingsOfAll(env, session);
    const known = await standingsOfAll(env, openSession(env));
    expect(known).toEqual(await afresh(env));
    writeFileSync(policy, before);
    expect(await standingsOfAll(env, openSession(env))).toEqual(await afresh(env));
  });

  test('is read again of a case that has changed, and of no other', async () => {
    const env = environment(NOW);
    const { standings: [first] } = await standingsOfAll(env, openSession(env));
    const file = join(root, first?.folder ?? '', 'case.md');
    appendFileSync(file, '\nMore.\n');
    expect(await readFor(env)).toEqual(new Set([first?.folder]));
    const whole = readFileSync(file);
    writeFileSync(file, whole.toString('utf8').replace('\n---\n', '\n  broken: [\n---\n'));
    const { standings, unreadable } = await standingsOfAll(env, openSession(env));
    expect(standings.map(({ folder }) => folder)).not.toContain(first?.folder);
    expect(unreadable.map((finding) => finding.file)).toContain(`${first?.folder ?? ''}/case.md`);
    writeFileSync(file, whole);
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
