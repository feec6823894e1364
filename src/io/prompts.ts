// The only import of inquirer (60 to 100 ms to load, so lazily). Hazards: it does not check for a terminal and hangs or
// garbles a pipe without one; Ctrl-C and the end of input throw ExitPromptError; it draws on stdout unless told otherwise.
import { legible, legibleLine } from '../documents/legible.ts';
import { VccError, usage } from '../domain/problem.ts';
import type { Ask, Choice } from '../environment.ts';

export interface PromptOptions {
  readonly yes: boolean;
  readonly json: boolean;
  readonly stdin: NodeJS.ReadStream;
  readonly stderr: NodeJS.WriteStream;
}

/** What follows the line that ends a prompt, where several came in one piece: a paste. The prompt itself takes the first and drops the others. */
function watchPaste(stdin: NodeJS.ReadStream): { readonly stop: () => void; readonly rest: () => readonly string[] } {
  let last = '';
  const note = (chunk: Buffer | string): void => {
    last = chunk.toString();
  };
  stdin.on('data', note);
  return {
    stop: () => {
      stdin.off('data', note);
    },
    // Where bracketed paste is on, the terminal puts marks around it.
    rest: () => last.replaceAll(/\u001b\[20[01]~/g, '').split(/\r\n|\r|\n/).slice(1).map((line) => line.trimEnd()).filter((line, place, all) => line !== '' || all.slice(place + 1).some((later) => later !== '')),
  };
}

/** Prompts on stderr, so that data on stdout stays clean. Only with a terminal on both ends; else the flag is named that would answer. */
export function prompts(options: PromptOptions): Ask {
  const interactive = options.stdin.isTTY && options.stderr.isTTY && !options.json;

  const missing = (flag: string, message: string): VccError =>
    flag.startsWith('-')
      ? usage(`${flag} is missing (${legibleLine(message)})`, `There is no terminal to ask at: give ${flag}.`)
      : usage(`nothing answers: ${legibleLine(message)}`, `There is no terminal to ask at: set ${flag}.`);

  async function ask<T>(question: { readonly flag: string; readonly message: string }, details: Record<string, unknown>): Promise<T> {
    if (!interactive) throw missing(question.flag, question.message);
    const { default: inquirer } = await import('inquirer');
    const prompt = inquirer.createPromptModule({ input: options.stdin, output: options.stderr });
    try {
      const answers: Record<string, unknown> = await prompt([{ name: 'answer', message: legible(question.message), ...details }] as unknown as Parameters<typeof prompt>[0]);
      return answers.answer as T;
    } catch (cause) {
      if (!(cause instanceof Error) || cause.name !== 'ExitPromptError') throw cause;
      throw new VccError({ code: 'cancelled', message: 'cancelled', hint: 'Nothing was written. Type the command again when you are ready.', cause });
    }
  }

  const list = <T>(choices: readonly Choice<T>[]): readonly Record<string, unknown>[] =>
    choices.map(({ value, name, description }) => ({ value, name: legibleLine(name), short: legibleLine(name), ...(description === undefined ? {} : { description: legible(description) }) }));

  return {
    interactive,
    async text(question) {
      if (!interactive && question.optional === true) return question.default ?? '';
      if (!interactive && question.default !== undefined) return question.default;
      const validate = async (value: string): Promise<true | string> => {
        if (value.trim() === '') return question.optional === true || 'Something is needed here.';
        const verdict = (await question.check?.(value.trim())) ?? true;
        return verdict === true || legible(verdict);
      };
      const details = { type: 'input', validate, ...(question.default === undefined ? {} : { default: question.default }) };
      if (!interactive) throw missing(question.flag, question.message);
      for (;;) {
        const paste = watchPaste(options.stdin);
        const first = await ask<string>(question, details).finally(paste.stop);
        const rest = paste.rest();
        const whole = [first, ...rest].join('\n').trim();
        const verdict = rest.length === 0 ? true : question.lines === true ? await validate(whole) : 'One line fits here.';
        if (verdict === true) {
          if (rest.length > 0) options.stderr.write(`${rest.length + 1} lines taken.\n`);
          return whole;
        }
        options.stderr.write(`${legible(verdict)} ${rest.length + 1} were pasted: paste it as one line, or give it by ${question.flag}.\n`);
      }
    },
    secret: (question) => ask<string>(question, { type: 'password', mask: '*' }),
    async select<T>(question: { flag: string; message: string; choices: readonly Choice<T>[]; default?: T }): Promise<T> {
      if (!interactive && question.default !== undefined) return question.default;
      return ask<T>(question, { type: 'select', choices: list(question.choices), ...(question.default === undefined ? {} : { default: question.default }) });
    },
    several: <T>(question: { flag: string; message: string; choices: readonly Choice<T>[]; needed?: boolean }) =>
      ask<readonly T[]>(question, { type: 'checkbox', choices: list(question.choices), validate: (ticked: readonly unknown[]) => ticked.length > 0 || question.needed !== true || 'Nothing is ticked: the space bar ticks, Enter ends.' }),
    async confirm(message, byEnter = false) {
      if (options.yes) return true;
      if (!interactive) throw refuseSilentYes(message);
      return ask<boolean>({ flag: '--yes', message }, { type: 'confirm', default: byEnter });
    },
  };
}

const refuseSilentYes = (message: string): VccError => usage(`not confirmed: ${legibleLine(message)}`, 'There is no terminal to ask at: give --yes to confirm, or --dry-run to look only.');
