import type { Ask, Choice, Environment } from '../../src/environment.ts';
import { realEnvironment } from '../../src/io/real-environment.ts';

// Each real Environment listens to the streams of the process, and a test file makes many of them.
for (const stream of [process.stdout, process.stderr]) stream.setMaxListeners(100);

export interface Typing {
  readonly env: Environment;
  readonly stdout: string[];
  readonly stderr: string[];
  readonly envelopes: Record<string, unknown>[];
  /** Questions that were asked, by their flag. */
  readonly asked: string[];
  /** Why the checks of the prompts did not take an answer, in order. */
  readonly refused: string[];
  /** What the lists had to choose from, by flag. */
  readonly offered: Record<string, readonly Choice<unknown>[]>;
}

/**
 * The real Environment on a temporary repository, with what it prints kept. With answers, a person sits at the terminal
 * and gives them by flag; a question without an answer fails the test, and so does one whose last answer is refused.
 * A list of answers to a text are tries, one after the other. Without answers nobody is there to ask.
 */
export function typingEnvironment(cwd: string, options: { readonly now?: string; readonly dryRun?: boolean; readonly json?: boolean; readonly yes?: boolean; readonly answers?: Readonly<Record<string, unknown>> } = {}): Typing {
  const real = realEnvironment({ cwd, argv0: ['vcc'], now: options.now ?? '2014-05-01T10:00:00+09:00', yes: options.yes ?? true, dryRun: options.dryRun ?? false, json: options.json ?? false });
  const stdout: string[] = [];
  const stderr: string[] = [];
  const envelopes: Record<string, unknown>[] = [];
  const asked: string[] = [];
  const refused: string[] = [];
  const offered: Record<string, readonly Choice<unknown>[]> = {};
  const { answers } = options;
  const answer = <T>({ flag }: { readonly flag: string }): Promise<T> => {
    asked.push(flag);
    if (!(flag in (answers ?? {}))) throw new Error(`the test has no answer for ${flag}`);
    return Promise.resolve(answers?.[flag] as T);
  };
  const chosen = <T>(question: { readonly flag: string; readonly choices: readonly Choice<unknown>[] }): Promise<T> => {
    offered[question.flag] = question.choices;
    return answer<T>(question);
  };
  const text: Ask['text'] = async (question) => {
    const tries = [await answer<string | readonly string[]>(question)].flat();
    for (const typed of tries) {
      const mayBeEmpty = question.optional === true || question.default !== undefined;
      const verdict = typed !== '' ? ((await question.check?.(typed)) ?? true) : mayBeEmpty ? true : 'Something is needed here.';
      if (verdict === true) return typed === '' ? (question.default ?? '') : typed;
      refused.push(verdict);
    }
    throw new Error(`the prompt for ${question.flag} takes none of ${JSON.stringify(tries)}: ${refused.join('; ')}`);
  };
  const ask: Ask = answers === undefined ? real.ask : { interactive: true, text, secret: answer, select: chosen, several: chosen, confirm: () => Promise.resolve(true) };
  return {
    env: {
      ...real,
      ask,
      out: {
        json: options.json ?? false,
        colour: false,
        width: 80,
        print: (text) => stdout.push(text),
        envelope: (kind, content) => envelopes.push({ kind, ...content }),
        say: (text) => stderr.push(text),
      },
    },
    stdout,
    stderr,
    envelopes,
    asked,
    refused,
    offered,
  };
}
