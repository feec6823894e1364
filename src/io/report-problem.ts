import { showFinding } from '../domain/finding.ts';
import { VccError, refusal } from '../domain/problem.ts';
import { legible, legibleLine } from '../documents/legible.ts';
import { fitting, jsonForTerminal } from './terminal.ts';

const toStderr = (text: string): void => void process.stderr.write(`${fitting(process.stderr, text)}\n`);

/**
 * Says what went wrong on stderr, or as an envelope on stdout with --json, and hands back the exit code.
 * A VccError is for the person, and so is what the system refuses; anything else is a bug and keeps its stack.
 */
export function reportProblem(thrown: unknown, argv: readonly string[]): number {
  const problem = ofTheSystem(thrown) ?? thrown;
  const json = argv.includes('--json');
  if (problem instanceof VccError) {
    if (json) {
      const { code, message, hint, findings } = problem;
      process.stdout.write(`${jsonForTerminal({ schemaVersion: 1, kind: 'error', code, message, hint, findings })}\n`);
    } else {
      for (const finding of problem.findings) toStderr(legible(showFinding(finding)));
      toStderr(`vcc: ${legible(problem.message)}`);
      if (problem.hint !== '') toStderr(`  -> ${legible(problem.hint).replaceAll('\n', '\n     ')}`);
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

/** What a disk, a file or a limit of the machine refuses, in words, with what to do about it. None of these is a bug of vcc. */
const REFUSED: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  ENOSPC: ['no space is left on the disk', 'Make room'],
  EDQUOT: ['your share of the disk is full', 'Make room'],
  EROFS: ['the disk cannot be written to', 'Mount it for writing'],
  EACCES: ['the system does not allow it', 'Look at the owner and the permissions (ls -l)'],
  EPERM: ['the system does not allow it', 'Look at the owner and the permissions (ls -l)'],
  EMFILE: ['too many files are open', 'Raise the limit (ulimit -n)'],
  ENFILE: ['too many files are open', 'Close other programs'],
  EIO: ['the disk cannot be read or written', 'Check the disk'],
  ELOOP: ['symlinks lead in a circle', 'Look at where they point (ls -l)'],
  ENAMETOOLONG: ['the name is too long', 'Choose a shorter one'],
};

/** The same of output that could not be written: the command itself has ended by then, and to type it again could do it twice. */
export function ofOutput(thrown: unknown): unknown {
  const problem = ofTheSystem(thrown);
  return problem === undefined ? thrown : refusal(problem.code, `what was printed is not all there: ${problem.message}`, 'The command itself has run to its end. Where it changes something, see what it did (git log -1) before it is typed again.');
}

function ofTheSystem(thrown: unknown): VccError | undefined {
  if (!(thrown instanceof Error) || !('syscall' in thrown) || !('code' in thrown)) return undefined;
  const [what, hint] = REFUSED[String(thrown.code)] ?? [];
  if (what === undefined || hint === undefined) return undefined;
  const path = 'path' in thrown ? `: ${legibleLine(String(thrown.path))}` : '';
  return refusal('system', `${what} (${String(thrown.syscall)} ${String(thrown.code)})${path}`, `${hint}, then type the same command again; what was begun is undone or finished first.`);
}
