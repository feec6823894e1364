import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { explain, type ExplainOptions } from '../../src/commands/explain.ts';
import { stateTopics } from '../../src/documents/explain-state.ts';
import { displayWidth } from '../../src/documents/text-width.ts';
import { refusal } from '../../src/domain/problem.ts';
import type { Environment } from '../../src/environment.ts';
import { EVENTS } from '../../src/generated/events.ts';
import { RULES } from '../../src/rules/index.ts';
import { longCase } from '../support/a-long-case.ts';
import { readingEnvironment, type Reading } from '../support/reading-environment.ts';

const here = (files = longCase(), json = false): Reading => readingEnvironment(files, { json });

/** Where there is no case repository. */
function elsewhere(json = false): Reading {
  const reading = readingEnvironment({}, { json });
  const env: Environment = Object.assign(Object.create(reading.env) as Environment, {
    workTree: () => {
      throw refusal('not-a-repository', 'this is in no Git repository', 'vcc init DIR');
    },
    shipped: (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'),
  });
  return { ...reading, env };
}

const told = (options: ExplainOptions, reading = here()): string => {
  expect(explain(reading.env, options)).toBe(0);
  return reading.stdout.join('\n');
};
const refused = (options: ExplainOptions, reading = here()): unknown => {
  try {
    explain(reading.env, options);
  } catch (problem) {
    return problem;
  }
  return undefined;
};

describe('vcc explain', () => {
  it('lists what can be explained', () => {
    const text = told({});
    for (const name of ['acknowledge', 'illegal-transition', 'coordinating', 'fix-deployed']) expect(text).toMatch(new RegExp(`^${name} `, 'm'));
    expect(told({ kind: 'rule' })).not.toMatch(/^coordinating/m);
    expect(text).not.toContain('…');
    for (const line of text.split('\n').slice(0, -1)) expect(displayWidth(line)).toBeLessThanOrEqual(80);
  });

  it('explains a deadline of this repository', () => {
    const text = told({ kind: 'deadline', name: 'acknowledge' });
    expect(text).toContain('Initial answer to the reporter');
    expect(text).toMatch(/^Source +policy A$/m);
    expect(text).toMatch(/^Stands in +policy\.yaml of this repository$/m);
  });

  it('says what a rule stops, and what vcc.yaml makes of it here', () => {
    const words = (name: string, files = longCase()): string => told({ kind: 'rule', name }, here(files)).replaceAll(/\s+/g, ' ');
    expect(words('overdue')).toContain('Set to error in vcc.yaml, it fails vcc lint, and still stops no command, commit or push');
    expect(words('identity-in-clear')).toContain('Set to error in vcc.yaml, it stops a commit');
    expect(words('overdue')).not.toContain('vcc.yaml sets it');
    const files = longCase();
    files['vcc.yaml'] = `${String(files['vcc.yaml'])}lint:\n  severities: { overdue: error }\n`;
    expect(words('overdue', files)).toContain('Here vcc.yaml sets it to error');
  });

  it('explains every rule, state and event, in 80 columns', () => {
    const names: ExplainOptions[] = [...RULES.map(({ id }) => ({ kind: 'rule', name: id })), ...stateTopics().map(({ name }) => ({ kind: 'state', name })), ...EVENTS.map(({ name }) => ({ kind: 'event', name }))];
    const reading = here();
    for (const options of names) expect([options, explain(reading.env, options)]).toEqual([options, 0]);
    expect(reading.stdout).toHaveLength(names.length);
    for (const line of reading.stdout.join('\n').split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(80);
    expect(reading.stdout.join('\n')).not.toContain('undefined');
  });

  it('gives the ways out of a state with their conditions and commands', () => {
    const text = told({ kind: 'state', name: 'scheduled' }).replaceAll(/\s+/g, ' ');
    expect(text).toContain('from coordinating by scheduled; if a remediation exists, a party agreed to a date, or the committee cleared publication');
    expect(text).toContain('$ vcc schedule CASE --cancel REASON');
    expect(text).toContain('$ vcc publish CASE --emergency REASON');
  });

  it('explains all that share a name: a case and a vendor can be closed', () => {
    const text = told({ kind: 'state', name: 'closed' });
    expect(text).toMatch(/^closed {2}state of a case$/m);
    expect(text).toMatch(/^closed {2}contact progress of a vendor$/m);
  });

  it('says which deadlines an event starts and meets', () => {
    const text = told({ kind: 'event', name: 'published' });
    expect(text).toMatch(/^Deadlines +meets publish-target$/m);
    expect(told({ kind: 'event', name: 'received' })).toMatch(/^Deadlines +starts acknowledge$/m);
  });

  it('takes a name alone where it is only one thing', () => {
    expect(told({ kind: 'illegal-transition' })).toMatch(/^illegal-transition {2}rule$/m);
    expect(refused({ kind: 'accepted' })).toMatchObject({ exitCode: 2, hint: 'Say which: vcc explain state accepted, or vcc explain event accepted' });
  });

  it.each<[ExplainOptions, string]>([
    [{ kind: 'acknowlege' }, 'Did you mean vcc explain deadline acknowledge, or vcc explain state acknowledged?'],
    [{ kind: 'state', name: 'coordinatin' }, 'Did you mean vcc explain state coordinating?'],
    [{ kind: 'event', name: 'publised' }, 'Did you mean vcc explain event published?'],
    [{ kind: 'rule', name: 'nothing-like-it' }, 'vcc explain rule lists what can be explained.'],
    [{ kind: 'deadlin', name: 'acknowledge' }, 'Say one of deadline, rule, state, event, then the name: vcc explain deadline acknowledge'],
    [{ kind: '__proto__' }, 'vcc explain lists what can be explained.'],
  ])('%j: %s', (options, hint) => {
    expect(refused(options)).toMatchObject({ exitCode: 2, hint });
  });

  it('makes the escapes of a name visible', () => {
    expect(refused({ kind: 'a\u001b[2J' })).toMatchObject({ message: expect.not.stringContaining('\u001b') as string });
  });

  it('prints the tables of all states, and as the page in docs', () => {
    const reading = here();
    const text = told({ kind: 'state' }, reading);
    expect(text.replaceAll(/\s+/g, ' ')).toContain('scheduled by: committee-returned; to: coordinating; why: The committee finds');
    for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(80);
    expect(told({ kind: 'state', markdown: true })).toMatch(/^# Lifecycle of a case\n/);
    expect(refused({ kind: 'event', markdown: true })).toMatchObject({ exitCode: 2 });
  });

  it('works outside of a case repository, and says whose deadlines it shows', () => {
    expect(told({ kind: 'state', name: 'active' }, elsewhere())).toContain('in force until its end');
    const text = told({ kind: 'deadline', name: 'direct-close' }, elsewhere()).replaceAll(/\s+/g, ' ');
    expect(text).toContain('Stands in the preset jpcert that ships with vcc: this is no case repository');
  });

  it('with a broken policy explains everything but its deadlines', () => {
    const broken = { ...longCase(), 'policy.yaml': 'schemaVersion: 1\n' };
    expect(told({ kind: 'event', name: 'received' }, here(broken)).replaceAll(/\s+/g, ' ')).toContain('Deadlines not known: policy.yaml cannot be used');
    expect(refused({ kind: 'deadline', name: 'acknowledge' }, here(broken))).toMatchObject({ code: 'policy-yaml-invalid' });
    expect(refused({ kind: 'deadline' }, here(broken))).toMatchObject({ code: 'policy-yaml-invalid' });
  });

  it('prints envelopes', () => {
    const reading = here(longCase(), true);
    explain(reading.env, { kind: 'state', name: 'accepted' });
    explain(reading.env, { kind: 'deadline' });
    expect(reading.envelopes).toMatchObject([
      { kind: 'explain', explanations: [{ kind: 'state', name: 'accepted', of: 'state of a case', facts: expect.arrayContaining([{ label: 'Comes', lines: [expect.stringMatching(/^from received by accepted/)] }]) as unknown }, { of: 'contact progress of a vendor' }] },
      { kind: 'explain-list', policy: 'policy.yaml of this repository', topics: [{ kind: 'deadline', name: 'acknowledge', summary: 'Initial answer to the reporter' }, { name: 'publish-target' }] },
    ]);
  });
});
