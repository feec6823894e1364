import { showFinding } from '../domain/finding.ts';
import { VccError } from '../domain/problem.ts';
import { legible } from '../documents/legible.ts';

/**
 * Says what went wrong on stderr, or as an envelope on stdout with --json, and hands back the exit code.
 * A VccError is for the person; anything else is a bug and keeps its stack.
 */
export function reportProblem(problem: unknown, argv: readonly string[]): number {
  const json = argv.includes('--json');
  if (problem instanceof VccError) {
    if (json) {
      const { code, message, hint, findings } = problem;
      process.stdout.write(`${JSON.stringify({ schemaVersion: 1, kind: 'error', code, message, hint, findings }, null, 2)}\n`);
    } else {
      for (const finding of problem.findings) process.stderr.write(`${legible(showFinding(finding))}\n`);
      process.stderr.write(`vcc: ${legible(problem.message)}\n`);
      if (problem.hint !== '') process.stderr.write(`  -> ${legible(problem.hint).replaceAll('\n', '\n     ')}\n`);
    }
    return problem.exitCode;
  }
  const stack = problem instanceof Error ? (problem.stack ?? problem.message) : String(problem);
  process.stderr.write(`vcc: this is a bug in vcc, please report it with what follows (check it for names first):\n${legible(stack)}\n`);
  if (problem instanceof Error && problem.cause !== undefined) {
    process.stderr.write(`caused by: ${legible(problem.cause instanceof Error ? (problem.cause.stack ?? problem.cause.message) : JSON.stringify(problem.cause))}\n`);
  }
  return 2;
}
