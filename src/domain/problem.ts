import type { Finding } from './finding.ts';

/**
 * A refusal that a person can act on: the hint says what to do next.
 * Anything else that is thrown is a bug of vcc.
 */
export class VccError extends Error {
  readonly code: string;
  readonly hint: string;
  /** 1: findings or a refusal; 2: the command was used wrongly. */
  readonly exitCode: 1 | 2;
  readonly findings: readonly Finding[];

  constructor(problem: {
    code: string;
    message: string;
    hint: string;
    exitCode?: 1 | 2;
    findings?: readonly Finding[];
    cause?: unknown;
  }) {
    super(problem.message, problem.cause === undefined ? undefined : { cause: problem.cause });
    this.name = 'VccError';
    this.code = problem.code;
    this.hint = problem.hint;
    this.exitCode = problem.exitCode ?? 1;
    this.findings = problem.findings ?? [];
  }
}

/** The command cannot be carried out as things stand: exit code 1. */
export function refusal(code: string, message: string, hint: string, findings: readonly Finding[] = []): VccError {
  return new VccError({ code, message, hint, findings });
}

/** The command line is wrong or lacks something: exit code 2. */
export function usage(message: string, hint: string): VccError {
  return new VccError({ code: 'usage', message, hint, exitCode: 2 });
}
