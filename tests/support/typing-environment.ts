import type { Ask, Environment } from '../../src/environment.ts';
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
}

/**
 * The real Environment on a temporary repository, with what it prints kept. With answers, a person sits at the terminal
 * and gives them by flag; a question without an answer fails the test. Without answers nobody is there to ask.
 */
export function typingEnvironment(cwd: string, options: { readonly now?: string; readonly dryRun?: boolean; readonly json?: boolean; readonly yes?: boolean; readonly answers?: Readonly<Record<string, unknown>> } = {}): Typing {
  const real = realEnvironment({ cwd, argv0: ['vcc'], now: options.now ?? '2014-05-01T10:00:00+09:00', yes: options.yes ?? true, dryRun: options.dryRun ?? false, json: options.json ?? false });
  const stdout: string[] = [];
  const stderr: string[] = [];
  const envelopes: Record<string, unknown>[] = [];
  const asked: string[] = [];
  const { answers } = options;
  const answer = <T>({ flag }: { readonly flag: string }): Promise<T> => {
    asked.push(flag);
    if (!(flag in (answers ?? {}))) throw new Error(`the test has no answer for ${flag}`);
    return Promise.resolve(answers?.[flag] as T);
  };
  const ask: Ask = answers === undefined ? real.ask : { interactive: true, text: answer, secret: answer, select: answer, several: answer, confirm: () => Promise.resolve(true) };
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
  };
}
