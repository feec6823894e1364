import { Chalk } from 'chalk';

type Colouring = (text: string) => string;

/** What a colour means, so that the same thing looks the same everywhere. Colour never says what words do not say too. */
export interface Paint {
  readonly overdue: Colouring;
  readonly soon: Colouring;
  readonly done: Colouring;
  readonly strong: Colouring;
  readonly quiet: Colouring;
  /** The $ before a command. */
  readonly prompt: Colouring;
}

/** Our own colours; text of strangers goes through legible.ts first, so that theirs never reach the terminal. */
export function paint(colour: boolean): Paint {
  // The sixteen colours of every terminal; what the terminal can do was found out by io/terminal.ts.
  const chalk = new Chalk({ level: colour ? 1 : 0 });
  // Chalk joins all its arguments: handed to map() as it is, it would print the index too.
  const only = (style: (text: string) => string): Colouring => (text) => style(text);
  return { overdue: only(chalk.red.bold), soon: only(chalk.yellow), done: only(chalk.green), strong: only(chalk.bold), quiet: only(chalk.dim), prompt: only(chalk.cyan.bold) };
}
