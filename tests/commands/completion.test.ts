import { describe, expect, it } from 'vitest';
import { completion } from '../../src/commands/completion.ts';
import type { VccError } from '../../src/domain/problem.ts';
import { readingEnvironment } from '../support/reading-environment.ts';

describe('vcc completion', () => {
  it('prints a script outside of any repository', () => {
    const { env, stdout } = readingEnvironment({});
    expect(completion(env, { shell: 'bash', commands: [{ name: 'show', summary: 'one case', arguments: [['<case>', 'which']] }], groups: {} })).toBe(0);
    expect(stdout.join('\n')).toContain('complete -o default -F _vcc vcc');
  });

  it('refuses a shell it does not know as wrong use', () => {
    const { env } = readingEnvironment({});
    expect(() => completion(env, { shell: 'tcsh', commands: [], groups: {} })).toThrow(expect.objectContaining({ exitCode: 2 }) as VccError);
  });
});
