import pkg from '../package.json' with { type: 'json' };
import type { Share } from './program.ts';

/** Runs vcc and gives its exit code: the only catch-all. bin/vcc.js starts it. */
export async function main(argv: readonly string[]): Promise<number> {
  const [{ runProgram }, { realEnvironment, zoneForTime }, { ofOutput, reportProblem }, { letReaderLeave, unwritten }] = await Promise.all([
    import('./program.ts'),
    import('./io/real-environment.ts'),
    import('./io/report-problem.ts'),
    import('./io/terminal.ts'),
  ]);
  // Help and errors of the command line do not pass through an environment.
  [process.stdout, process.stderr].forEach(letReaderLeave);
  try {
    // A hook has to start this very vcc, also where none is on its PATH.
    const argv0 = [process.execPath, process.argv[1] ?? 'vcc'];
    const code = await runProgram(argv, pkg.version, async (options) => realEnvironment({ ...options, argv0, zone: await zoneForTime(options) }));
    const lost = await unwritten();
    // On stderr, also with --json: it is stdout that takes no more.
    return lost === undefined ? code : reportProblem(ofOutput(lost), []);
  } catch (problem) {
    return reportProblem(problem, argv);
  }
}

/** What bin/thread.js does: examines a part of the cases, and gives what it found out as it would be kept. */
export async function examineInThread(root: string, share: Share): Promise<string> {
  const [{ workTree }, { lintShare }] = await Promise.all([import('./io/work-tree.ts'), import('./program.ts')]);
  return lintShare(workTree(root), share);
}
