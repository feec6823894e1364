import { describe, expect, it } from 'vitest';
import { RULES } from '../../src/rules/index.ts';
import { examineRepository, lintRepository, type LintOptions } from '../../src/rules/lint-repository.ts';
import { treeOf } from '../support/case-tree.ts';
import { FIXTURES } from './fixtures.ts';
import { at, CASE, edit, log, NOW, rightRepository, type Files } from './right-repository.ts';

const withLint = (lint: string, change: (files: Files) => void = () => undefined): Files => {
  const files = rightRepository();
  files['vcc.yaml'] = `${String(files['vcc.yaml'])}lint:\n${lint}`;
  change(files);
  return files;
};
const examine = (files: Files) => examineRepository(treeOf(files), { now: NOW });
const shown = (files: Files): string[] => examine(files).findings.map(({ rule, severity }) => `${severity} ${rule}`);
/** A warning of identity-in-clear, which may be softened. */
const address = (files: Files): void => void log(files, { event: 'note', at: at('02'), by: 'sato' }, { text: 'Mail to tanaka@mail.example.' });
const suppress = (rule: string, path: string, until = '2014-06-30'): string => `  suppressions:\n    - rule: ${rule}\n      path: ${path}\n      reason: The address is public.\n      until: "${until}"\n`;

describe('lint in vcc.yaml', () => {
  it('raises a warning to an error, and lowers an error', () => {
    expect(shown(withLint('  severities:\n    future-entry: warning\n', address))).toEqual(['warning identity-in-clear']);
    expect(shown(withLint('  severities:\n    identity-in-clear: error\n', address))).toEqual(['error identity-in-clear']);
  });

  it('what time alone brings about fails a lint of what stands, and stops no change that is to be written', () => {
    const late = withLint('  severities:\n    overdue: error\n', (files) => FIXTURES['overdue']?.bad(files));
    const severities = (options: Partial<LintOptions>): string[] => lintRepository(treeOf(late), { now: NOW, ...options }).map(({ rule, severity }) => `${severity} ${rule}`);
    expect(severities({ standing: true })).toEqual(['error overdue']);
    expect(severities({ standing: true, changed: [CASE] })).toEqual(['error overdue']);
    expect(severities({ changed: [CASE] })).toEqual(['warning overdue']);
    expect(severities({})).toEqual(['warning overdue']);
  });

  it('leaves a finding out where it says so, until the day it says, and counts it', () => {
    expect(examine(withLint(suppress('identity-in-clear', 'cases/2014'), address))).toMatchObject({ findings: [], suppressed: 1 });
    expect(examine(withLint(suppress('identity-in-clear', 'cases/2014', '2014-05-08'), address)).suppressed).toBe(1);
    expect(shown(withLint(suppress('identity-in-clear', 'cases/2014', '2014-05-07'), address))).toEqual(['warning identity-in-clear', 'warning lint-settings']);
    for (const nowhere of ['cases/2015', 'cases/201']) expect(shown(withLint(suppress('identity-in-clear', nowhere), address))).toEqual(['warning identity-in-clear', 'warning lint-settings']);
    expect(shown(withLint(suppress('overdue', 'cases'), address))).toEqual(['warning identity-in-clear']);
  });

  it('takes a suppression without a reason for none', () => {
    expect(shown(withLint(suppress('identity-in-clear', CASE).replace('The address is public.', '"  "'), address))).toContain('error schema');
  });

  it.each(RULES.filter((rule) => rule.safety === true || rule.foundWhile !== undefined || rule.id === 'lint-settings'))('never softens $id', ({ id }) => {
    expect(shown(withLint(`  severities:\n    ${id}: warning\n`))).toEqual(['error lint-settings']);
    expect(shown(withLint(suppress(id, CASE)))).toEqual(['error lint-settings']);
  });

  it('a rule that keeps secrets finds what it finds, whatever vcc.yaml says', () => {
    const leak = (files: Files): void => edit(files, CASE, 'route: partnership', 'route: other');
    expect(shown(withLint(`  severities:\n    schema: warning\n${suppress('schema', 'cases')}`, leak))).toEqual(expect.arrayContaining(['error schema', 'error lint-settings']));
  });
});

it('a rule that throws is told as a bug of that rule, and the others are run', () => {
  const broken = RULES.find(({ id }) => id === 'executable-file');
  if (!broken) throw new Error('no such rule');
  const { checkFile } = broken;
  Object.assign(broken, { checkFile: () => { throw new TypeError('x is undefined'); } });
  try {
    const files = rightRepository();
    address(files);
    const found = lintRepository(treeOf(files), { now: NOW });
    expect(found.filter(({ rule }) => rule === 'executable-file')[0]).toMatchObject({ severity: 'error', message: expect.stringContaining('TypeError: x is undefined') as string });
    expect(found.some(({ rule }) => rule === 'identity-in-clear')).toBe(true);
  } finally {
    Object.assign(broken, { checkFile });
  }
});
