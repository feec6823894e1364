import { Command, CommanderError } from 'commander';
import { DECLARATIONS, GROUPS, type Declaration, type Flags } from './command-list/index.ts';
import { refusePlaceholder } from './domain/placeholders.ts';
import { refusal, usage } from './domain/problem.ts';
import type { Share } from './domain/case-memory.ts';
import type { Tree } from './domain/tree.ts';
import type { Environment } from './environment.ts';

/** What the command line says for every command. */
interface RunOptions {
  readonly cwd: string;
  readonly now?: string;
  /** The time zone that the command line names, before there is a repository that does. */
  readonly zone?: string;
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
}

type MakeEnvironment = (options: RunOptions) => Environment | Promise<Environment>;

const FOOT = `
Exit codes: 0 fine, 1 findings or a refusal, 2 wrong use or a bug.
VCC_NOW sets the clock like --now; NO_COLOR turns colours off.
`;

const text = (flags: Flags, name: string): string | undefined => {
  const value = flags[name];
  return typeof value === 'string' ? value : undefined;
};

/** The options of every command, which may also stand before it, as Git users are used to. */
const everywhere = (command: Command): Command =>
  command.option('--json', 'print a documented JSON envelope').option('--now <when>', 'act as if it were this moment').option('-C <dir>', 'run as if started in this folder');

function refusePlaceholders(declaration: Declaration, given: readonly (string | readonly string[] | undefined)[], flags: Flags): void {
  for (const [index, [syntax]] of (declaration.arguments ?? []).entries()) refusePlaceholder(syntax.replaceAll(/[<>[\].]/g, ''), given[index]);
  for (const [name, value] of Object.entries(flags)) refusePlaceholder(`--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, value);
}

type Values = Parameters<Declaration['run']>[1];

/** The arguments with those that are needed and missing asked for; in a script they are a usage error. */
async function allArguments(env: Environment, declaration: Declaration, given: Values): Promise<Values> {
  const values = [...given];
  for (const [index, [syntax, help, kind]] of (declaration.arguments ?? []).entries()) {
    const name = /^<(.*)>$/.exec(syntax)?.[1];
    if (name === undefined || (values[index] !== undefined && values[index] !== '')) continue;
    if (values[index] === '') throw usage(`${name} is empty: ${help}`, kind === 'case' ? 'vcc list shows the cases' : `vcc ${declaration.name} --help`);
    if (kind === undefined || !env.ask.interactive) throw usage(`missing required argument '${name}'`, `${help}; vcc ${declaration.name} --help`);
    values[index] = await (await import('./commands/argument.ts')).askArgument(env, kind);
  }
  return values;
}

function declare(parent: Command, declaration: Declaration, isTyped: boolean, finish: (run: () => Promise<number>) => Promise<void>, make: MakeEnvironment): void {
  const command = parent.command(declaration.name.split(' ').at(-1) ?? declaration.name).description(declaration.summary);
  // Commander would refuse a needed argument that is missing; at a terminal it is asked for, so it learns of it as an optional one.
  const needed = declaration.arguments ?? [];
  for (const [syntax, help] of needed) command.argument(syntax.replace(/^<(.*)>$/, '[$1]'), help);
  command.usage(['[options]', ...needed.map(([syntax]) => syntax)].join(' '));
  // Of the others the name is enough, and to declare all they take is a good part of a short run.
  if (!isTyped) return;
  for (const [syntax, help] of declaration.options ?? []) {
    if (syntax.endsWith('...>')) command.option(syntax, help);
    else if (help.startsWith('* ')) command.option(syntax.replace(' *', ''), help.slice(2), (value: string, all: string[] | undefined) => [...(all ?? []), value]);
    else command.option(syntax, help);
  }
  if (declaration.writes) command.option('-y, --yes', 'do not ask before carrying it out').option('-n, --dry-run', 'show what would be written and stop');
  everywhere(command);
  command.addHelpText('after', `${declaration.more === undefined ? '' : `\n${declaration.more}\n`}\nExamples:\n${declaration.examples.map((example) => `  $ ${example}`).join('\n')}\n`);
  command.action(async (...parameters: unknown[]) => {
    // What is said before the command counts, unless it is said again after it.
    const flags: Flags = { ...command.parent?.parent?.opts<Flags>(), ...command.parent?.opts<Flags>(), ...command.opts<Flags>() };
    const given = parameters.slice(0, -2) as (string | readonly string[] | undefined)[];
    refusePlaceholders(declaration, given, flags);
    const now = text(flags, 'now');
    const zone = text(flags, 'timezone');
    const env = await make({
      cwd: text(flags, 'C') ?? process.cwd(),
      ...(now === undefined ? {} : { now }),
      ...(zone === undefined ? {} : { zone }),
      yes: flags['yes'] === true,
      dryRun: flags['dryRun'] === true,
      json: flags['json'] === true,
    });
    await finish(async () => {
      // Before anything is read: a decision must not rest on what a killed run left half written.
      const repaired = declaration.writes === true && declaration.anywhere !== true && !env.options.dryRun ? await env.repair() : undefined;
      // Mostly the same command is typed once more, and a second letter would go out.
      if (repaired?.isDone === true) throw refusal('repaired', repaired.said, 'If that is what you were about to do, it is done: git log -1 shows it. Else type the command again.');
      if (repaired !== undefined) env.out.say(`Note: ${repaired.said}.`);
      const elsewhere = declaration.insteadOfArguments !== undefined && flags[declaration.insteadOfArguments] !== undefined;
      return declaration.run(env, elsewhere ? given : await allArguments(env, declaration, given), flags);
    });
  });
}

/** The whole command tree, with nothing of the commands loaded. */
function buildProgram(argv: readonly string[], version: string, make: MakeEnvironment, finish: (run: () => Promise<number>) => Promise<void>): Command {
  const program = new Command('vcc')
    .description('Coordinate the disclosure of software vulnerabilities; a Git repository of case files is the database.')
    .version(version, '-V, --version', 'print the version')
    .helpCommand('help [command]', 'explain a command')
    .showSuggestionAfterError(true)
    .enablePositionalOptions()
    // What is needed is shown as such, though Commander is told otherwise.
    .configureHelp({ subcommandTerm: (command) => `${command.name()} ${command.usage()}` })
    .addHelpText('after', `\nStart here:\n  $ vcc demo                 one real case from report to advisory, in a temporary repository\n  $ vcc init my-cases        a case repository of your own\n  $ vcc list                 what needs a person now\n${FOOT}`);
  everywhere(program);
  const groups = new Map<string, Command>();
  for (const [name, summary] of Object.entries(GROUPS)) groups.set(name, program.command(name).description(summary));
  for (const declaration of DECLARATIONS) {
    const group = declaration.name.includes(' ') ? groups.get(declaration.name.split(' ')[0] ?? '') : undefined;
    declare(group ?? program, declaration, argv.includes(declaration.name.split(' ').at(-1) ?? ''), finish, make);
  }
  return program;
}

/** Runs one command line and hands back its exit code. */
export async function runProgram(argv: readonly string[], version: string, make: MakeEnvironment): Promise<number> {
  let code = 0;
  const program = buildProgram(argv, version, make, async (run) => {
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
    await program.parseAsync(namesCommand(program, argv) ? argv : argv.filter((word) => !isHelp(word)), { from: 'user' });
  } catch (problem) {
    if (!(problem instanceof CommanderError)) throw problem;
    if (problem.exitCode === 0) return 0;
    if (problem.code === 'commander.help') return 2;
    throw usage(problem.message.replace(/^error: /, ''), helpFor(program));
  }
  return code;
}

const isHelp = (word: string): boolean => word === '--help' || word === '-h';

/** Whether --help has something to explain: Commander would show the help of everything for a command that is misspelt. */
function namesCommand(program: Command, argv: readonly string[]): boolean {
  if (!argv.some(isHelp)) return true;
  let at = program;
  let rest = [...argv];
  while (at.commands.length > 0) {
    const { operands: [name, ...more], unknown } = at.parseOptions(rest);
    if (name === undefined || name === 'help') return true;
    const next = at.commands.find((command) => command.name() === name);
    if (next === undefined) return false;
    at = next;
    rest = [...more, ...unknown];
  }
  return true;
}

/** The help of the command that was typed, or of the group, as far as there is one. */
function helpFor(program: Command): string {
  let at = program;
  for (;;) {
    const next: Command | undefined = at.commands.find((command) => command.name() === at.args[0]);
    if (next === undefined) break;
    at = next;
  }
  if (at === program) return 'vcc --help lists the commands';
  const path = [at.parent === program ? undefined : at.parent?.name(), at.name()].filter((name) => name !== undefined).join(' ');
  return `vcc ${path} --help`;
}

export type { Share };

/** The part of vcc lint that a thread takes over. */
export const lintShare = async (tree: Tree, share: Share): Promise<string> => (await import('./commands/lint-share.ts')).examineShare(tree, share);
