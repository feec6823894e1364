import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRepository } from '../src/documents/repository.ts';
import { editYaml } from '../src/documents/yaml-text.ts';
import { isError } from '../src/domain/finding.ts';
import { replay } from '../src/domain/replay.ts';
import { workTree } from '../src/io/work-tree.ts';
import { examineRepository } from '../src/rules/lint-repository.ts';
import { exampleCopy } from './support/example-copy.ts';
import { tempGnupg } from './support/temp-gnupg.ts';
import { EXAMPLE_KEYS, sitting, typedVcc, type TypedVcc } from './support/typed-vcc.ts';

const ROOT = join(import.meta.dirname, '..');
const EXAMPLE = join(ROOT, 'cases.example');
const NOW = Date.parse('2025-06-30T10:00:00+09:00');

const STATES = {
  '27195084': 'received',
  '38461052': 'accepted',
  '60317749': 'declined',
  '49820613': 'coordinating',
  '71903468': 'scheduled',
  '85240196': 'published',
  '92065813': 'published',
  '54178390': 'withdrawn',
  '36702941': 'closed',
};

describe('cases.example', () => {
  const tree = workTree(EXAMPLE);
  const repository = openRepository(tree);
  const stateOf = (number: string) => replay(repository.find(number)).state;

  test('lints clean on its own day', () => {
    const { findings, cases } = examineRepository(tree, { now: NOW });
    expect(cases).toBe(Object.keys(STATES).length);
    expect(findings.filter((finding) => isError(finding))).toEqual([]);
    // Warnings are what the cases are about, deadlines and texts still to be written, and nothing else.
    expect([...new Set(findings.map(({ rule }) => rule))].sort()).toEqual(['overdue']);
  });

  test('replays to the states that its README tells', () => {
    expect(Object.fromEntries([...repository.cases()].map((record) => [record.number, replay(record).state.status]))).toEqual(STATES);
    const readme = readFileSync(join(EXAMPLE, 'README.md'), 'utf8');
    for (const [number, state] of Object.entries(STATES)) expect(readme).toContain(`| ${number} | ${state} |`);
  });

  test('shows both routes, several vendors, an unnamed reporter, an emergency, an update and a ladder', () => {
    expect(new Set([...repository.cases()].map(({ file }) => file.route))).toEqual(new Set(['direct', 'partnership']));
    expect([...stateOf('71903468').vendors.keys()].sort()).toEqual(['hoshizora', 'northwind-devices', 'tsuzura']);
    expect(repository.find('27195084').sealed).not.toContain('reporter');
    expect(stateOf('92065813').published?.entry.emergency).toBeDefined();
    expect(stateOf('85240196').updates).toHaveLength(1);
    expect(stateOf('49820613').vendors.get('mukashi-soft')?.steps.map(({ entry }) => entry.step)).toEqual(['reminder', 'second-reminder', 'other-means', 'third-party', 'list-name']);
    for (const { file } of repository.cases()) expect(file.title.ja).toMatch(/[\u3040-\u30ff]/);
  });

  test('its keys are those of templates/demo, and every sealed file opens with the coordinators\' own', () => {
    const gnupg = tempGnupg();
    try {
      for (const name of ['hayashi', 'mori']) {
        gnupg.gpg(['--import'], readFileSync(join(EXAMPLE_KEYS, `${name}.secret.asc`)));
        const sealed = tree.files('cases').filter(({ path }) => path.includes('/sealed/') && path.endsWith('.asc'));
        expect(sealed.length).toBeGreaterThan(20);
        for (const { path } of sealed.filter(({ path }) => path.includes('71903468'))) expect(gnupg.gpg(['--decrypt'], tree.read(path) ?? '').stdout.length).toBeGreaterThan(0);
      }
    } finally {
      gnupg.dispose();
    }
    expect(readdirSync(join(EXAMPLE, 'keys')).length).toBe(repository.keyFingerprints().length);
  });

  test('is byte-stable: an edit that changes nothing changes nothing', () => {
    for (const path of ['vcc.yaml', 'vendors/hoshizora.yaml']) {
      const text = readFileSync(join(EXAMPLE, path), 'utf8');
      expect(editYaml(text, [])).toBe(text);
    }
  });
});

describe('with the program', () => {
  let typed: TypedVcc;
  beforeAll(() => {
    typed = typedVcc();
  });
  afterAll(() => typed.dispose());

  test('vcc lint cases.example checks it from outside', () => {
    const linted = typed.vcc(['lint', EXAMPLE]);
    expect([linted.code, linted.stderr]).toEqual([0, expect.stringMatching(/^0 errors, \d+ warnings in \d+ files, 9 cases\n$/)]);
    expect(linted.stdout).toContain(`${EXAMPLE}/cases/2024/49820613/log/`);
  });

  test('vcc list -C cases.example shows what needs a person, and writes nothing', () => {
    const listed = typed.vcc(['list', '-C', EXAMPLE, '--now', '2025-06-30T10:00+09:00', '--json']);
    expect(listed.code).toBe(0);
    expect(JSON.parse(listed.stdout)).toMatchObject({ schemaVersion: 1 });
  });

  test('the case that is scheduled is approved and published as it stands', () => {
    const cwd = 'cases';
    exampleCopy(typed.folder, cwd);
    const at = (who: 'mori' | 'hayashi', now: string) => ({ cwd, env: sitting(who, who, now) });
    for (const args of [['init', '--quiet', '--initial-branch=main'], ['add', '--all'], ['commit', '--quiet', '-m', 'The example']]) expect(typed.git(args, at('hayashi', '2025-06-30T10:00:00+09:00')).code).toBe(0);
    const approved = typed.vcc(['approve', '71903468', '--yes'], at('mori', '2025-07-17T13:00:00+09:00'));
    expect([approved.code, approved.stderr]).toMatchObject([0, expect.anything()]);
    const day = at('hayashi', '2025-07-18T13:00:00+09:00');
    expect(typed.vcc(['publish', '71903468', '--check'], day).stdout).toContain('the gate is open');
    const published = typed.vcc(['publish', '71903468', '--yes'], day);
    expect([published.code, published.stderr]).toMatchObject([0, expect.anything()]);
    expect(readFileSync(join(typed.folder, 'public', '2025', '71903468', 'ja.html'), 'utf8')).toContain('Ogawa Sara');
  });

  test('it cannot be written to as long as it is no repository of its own', () => {
    const written = typed.vcc(['record', '49820613', 'note', '--text', 'x', '-C', EXAMPLE], { env: sitting('mori', 'Mori Takumi', '2025-06-30T10:00+09:00') });
    expect([written.code, written.stderr]).toEqual([1, expect.stringContaining('is no Git repository of its own')]);
  });
});
