import pkg from '../package.json' with { type: 'json' };

/** Starts vcc: the only catch-all and the only place that sets the exit code. */
async function main(argv: readonly string[]): Promise<number> {
  // Asked by every script and completion; answered before anything else is loaded.
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
    process.stdout.write(`${pkg.version}\n`);
    return 0;
  }
  const [{ runProgram }, { realEnvironment, zoneForTime }, { reportProblem }, { letReaderLeave }] = await Promise.all([
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
    return await runProgram(argv, pkg.version, async (options) => realEnvironment({ ...options, argv0, zone: await zoneForTime(options) }));
  } catch (problem) {
    return reportProblem(problem, argv);
  }
}

process.exitCode = await main(process.argv.slice(2));
