import { Command, CommanderError } from 'commander';
import { DECLARATIONS, GROUPS, type Declaration, type Flags } from './command-list/index.ts';
import { usage } from './domain/problem.ts';
import type { Environment } from './environment.ts';

/** What the command line says for every command. */
interface RunOptions {
  readonly cwd: string;
  readonly now?: string;
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
}

type MakeEnvironment = (options: RunOptions) => Environment;

const FOOT = `
Exit codes: 0 fine, 1 findings or a refusal, 2 wrong use or a bug.
VCC_NOW sets the clock like --now; NO_COLOR turns colours off.
`;

const text = (flags: Flags, name: string): string | undefined => {
  const value = flags[name];
  return typeof value === 'string' ? value : undefined;
};

function declare(parent: Command, declaration: Declaration, finish: (run: () => Promise<number>) => Promise<void>, make: MakeEnvironment): void {
  const command = parent.command(declaration.name.split(' ').at(-1) ?? declaration.name).description(declaration.summary);
  for (const [syntax, help] of declaration.arguments ?? []) command.argument(syntax, help);
  for (const [syntax, help] of declaration.options ?? []) {
    if (syntax.endsWith('...>')) command.option(syntax, help);
    else if (help.startsWith('* ')) command.option(syntax.replace(' *', ''), help.slice(2), (value: string, all: string[] | undefined) => [...(all ?? []), value]);
    else command.option(syntax, help);
  }
  if (declaration.writes) command.option('-y, --yes', 'do not ask before carrying it out').option('-n, --dry-run', 'show what would be written and stop');
  command.option('--json', 'print a documented JSON envelope').option('--now <when>', 'act as if it were this moment').option('-C <dir>', 'run as if started in this folder');
  command.addHelpText('after', `\nExamples:\n${declaration.examples.map((example) => `  $ ${example}`).join('\n')}\n`);
  command.action(async (...parameters: unknown[]) => {
    const flags = command.opts<Flags>();
    const values = parameters.slice(0, -2) as (string | readonly string[] | undefined)[];
    const now = text(flags, 'now');
    const env = make({
      cwd: text(flags, 'C') ?? process.cwd(),
      ...(now === undefined ? {} : { now }),
      yes: flags['yes'] === true,
      dryRun: flags['dryRun'] === true,
      json: flags['json'] === true,
    });
    await finish(async () => {
      // Before anything is read: a decision must not rest on what a killed run left half written.
      const repaired = declaration.writes === true && declaration.anywhere !== true && !env.options.dryRun ? await env.repair() : undefined;
      if (repaired !== undefined) env.out.say(`Note: ${repaired}.`);
      return declaration.run(env, values, flags);
    });
  });
}

/** The whole command tree, with nothing of the commands loaded. */
function buildProgram(version: string, make: MakeEnvironment, finish: (run: () => Promise<number>) => Promise<void>): Command {
  const program = new Command('vcc')
    .description('Coordinate the disclosure of software vulnerabilities; a Git repository of case files is the database.')
    .version(version, '-V, --version', 'print the version')
    .helpCommand('help [command]', 'explain a command')
    .showSuggestionAfterError(true)
    .addHelpText('after', `\nStart here:\n  $ vcc demo                 one real case from report to advisory, in a temporary repository\n  $ vcc init my-cases        a case repository of your own\n  $ vcc list                 what needs a person now\n${FOOT}`);
  const groups = new Map<string, Command>();
  for (const [name, summary] of Object.entries(GROUPS)) groups.set(name, program.command(name).description(summary));
  for (const declaration of DECLARATIONS) {
    const group = declaration.name.includes(' ') ? groups.get(declaration.name.split(' ')[0] ?? '') : undefined;
    declare(group ?? program, declaration, finish, make);
  }
  return program;
}

/** Runs one command line and hands back its exit code. */
export async function runProgram(argv: readonly string[], version: string, make: MakeEnvironment): Promise<number> {
  let code = 0;
  const program = buildProgram(version, make, async (run) => {
    code = await run();
  });
  // Commander would end the process by itself; an exit in the middle could cut off output that is still being written.
  const quiet = (command: Command): void => {
    command.exitOverride().configureOutput({ outputError: () => undefined });
    command.commands.forEach(quiet);
  };
  quiet(program);
  if (argv.length === 0) {
    program.outputHelp();
    return 0;
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (problem) {
    if (!(problem instanceof CommanderError)) throw problem;
    if (problem.exitCode === 0) return 0;
    if (problem.code === 'commander.help') return 2;
    const known = DECLARATIONS.find(({ name }) => name.split(' ')[0] === argv[0] && (!name.includes(' ') || name.split(' ')[1] === argv[1]));
    throw usage(problem.message.replace(/^error: /, ''), known === undefined ? 'vcc --help lists the commands' : `vcc ${known.name} --help`);
  }
  return code;
}
