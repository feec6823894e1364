import { fieldProblem, type SchemaName } from '../documents/check-shape.ts';
import { usage, VccError } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import { readUsableKey } from '../public-key.ts';

/**
 * Makes of what a person gave what the command needs, or throws a VccError. The same reader judges a flag, which is then
 * wrong use, and what is typed at the prompt, which is asked for again with the reason.
 */
export type Reader<T> = (text: string) => T | Promise<T>;

interface Question {
  readonly flag: string;
  readonly message: string;
  /** What the flag said; then nothing is asked. */
  readonly given?: string | undefined;
  readonly default?: string | undefined;
  /** Several lines may be pasted. */
  readonly lines?: boolean;
}

/** The value of a flag, or asked for until the reader takes it. In a script a missing flag is a usage error. */
export async function answer<T>(env: Environment, { flag, message, given, default: byEnter, lines = false }: Question, read: Reader<T>): Promise<T> {
  return read(given ?? (await env.ask.text({ flag, message, lines, ...(byEnter === undefined ? {} : { default: byEnter }), check: checkBy(flag, read) })));
}

/** The same for what may be left out; otherwise is what Enter alone means, in a word for the person. */
export async function answerOrNone<T>(env: Environment, { flag, message, given, lines = false, otherwise = 'none' }: Omit<Question, 'default'> & { readonly otherwise?: string }, read: Reader<T>): Promise<T | undefined> {
  if (given !== undefined) return read(given);
  if (!env.ask.interactive) return undefined;
  const typed = await env.ask.text({ flag, message: `${message} (Enter: ${otherwise})`, optional: true, lines, check: checkBy(flag, read) });
  return typed === '' ? undefined : read(typed);
}

/** Judges by the schema of the field, the one authority on it: what it refuses would be refused when the file is written. */
export const schemaField =
  (schema: SchemaName, path: readonly (string | number)[], flag: string, beside: object = {}): Reader<string> =>
  (text) => {
    const problem = fieldProblem(schema, path, text, flag, beside);
    if (problem !== undefined) throw usage(problem, 'Correct what is said above, and leave the rest as it is.');
    return text;
  };

/** Takes the name of a file with a public key that messages can be encrypted to. */
export const usableKeyFile =
  (env: Environment): Reader<string> =>
  async (file) => {
    await readUsableKey(env, { now: env.clock.now(), repository: { publicKey: () => undefined } }, file);
    return file;
  };

interface BothLanguages {
  readonly en?: string | undefined;
  readonly ja?: string | undefined;
}

/** Both languages of a text, English before Japanese. Where it is needed, one of them has to be there. */
export async function askBoth(
  env: Environment,
  question: { readonly message: string; readonly en: Omit<Question, 'message'>; readonly ja: Omit<Question, 'message'>; readonly needed: boolean },
  read: (language: 'en' | 'ja', flag: string) => Reader<string>,
): Promise<BothLanguages> {
  const inEnglish = { ...question.en, message: `${question.message} in English` };
  const inJapanese = { ...question.ja, message: `${question.message} in Japanese` };
  const readers = { en: read('en', inEnglish.flag), ja: read('ja', inJapanese.flag) };
  // A script that gives neither is told of the first.
  if (question.needed && !env.ask.interactive && inJapanese.given === undefined) return { en: await answer(env, inEnglish, readers.en) };
  const en = await answerOrNone(env, { ...inEnglish, otherwise: question.needed && inJapanese.given === undefined ? 'only a Japanese one' : 'none' }, readers.en);
  const ja = en === undefined && question.needed ? await answer(env, inJapanese, readers.ja) : await answerOrNone(env, inJapanese, readers.ja);
  return { en, ja };
}

/** The name of an organisation or a vendor, by the flags --name and --name-ja. */
export const askNames = (env: Environment, given: { readonly name?: string | undefined; readonly nameJa?: string | undefined }, schema: 'vcc' | 'vendor' | 'partner'): Promise<BothLanguages> =>
  askBoth(
    env,
    { message: schema === 'vcc' ? 'Name of the organisation' : 'Name', en: { flag: '--name', given: given.name }, ja: { flag: '--name-ja', given: given.nameJa }, needed: true },
    (language, flag) => schemaField(schema, schema === 'vcc' ? ['organisation', 'name', language] : ['name', language], flag),
  );

/** The reader as a check at the prompt. The reason does not repeat the flag: nobody typed one. */
const checkBy =
  <T>(flag: string, read: Reader<T>) =>
  async (typed: string): Promise<true | string> => {
    try {
      await read(typed);
      return true;
    } catch (problem) {
      if (!(problem instanceof VccError)) throw problem;
      const { message, hint } = problem;
      return message.startsWith(`${flag} must be`) ? message.replace(flag, 'This') : `${message.replace(`${flag}: `, '')}. ${hint}`;
    }
  };
