import { spawn } from 'node:child_process';
import { failedWith } from './failed-with.ts';

/** Runs a program with this input and hands back what it printed; what it says on the other stream, the person sees. No code where a signal ended it. */
export function runProgram(program: string, args: readonly string[], input: string | Uint8Array): Promise<{ readonly code: number | undefined; readonly stdout: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    let stdout = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
    child.on('error', reject);
    child.stdin.on('error', (problem) => {
      if (!failedWith(problem, 'EPIPE')) reject(problem);
    });
    child.on('close', (code) => resolve({ code: code ?? undefined, stdout }));
    child.stdin.end(input);
  });
}
