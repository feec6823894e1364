import type { Environment } from '../environment.ts';

/** What the command line gave, by long name in camel case; what may be repeated is a list. */
export type Flags = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
type Values = readonly (string | readonly string[] | undefined)[];

/** What a needed argument is, for the person who left it out. */
type AskedArgument = 'case' | 'vendor' | 'new-vendor' | 'key-file' | 'mail';

/** One command as it is typed; its code is loaded only when it runs. */
export interface Declaration {
  readonly name: string;
  readonly summary: string;
  /** An argument in <angle brackets> is needed; at a terminal it is asked for where ask says how. */
  readonly arguments?: readonly (readonly [syntax: string, help: string, ask?: AskedArgument])[];
  /** Help that starts with '* ' marks an option that may be repeated. */
  readonly options?: readonly (readonly [syntax: string, help: string])[];
  readonly examples: readonly string[];
  /** With this option, what is needed otherwise is read from elsewhere. */
  readonly insteadOfArguments?: string;
  /** Has --yes and --dry-run. */
  readonly writes?: boolean;
  /** Works where there is no case repository yet. */
  readonly anywhere?: boolean;
  /** What else the help says, after the options. */
  readonly more?: string;
  readonly run: (env: Environment, values: Values, flags: Flags) => Promise<number>;
}

export const CASE = ['<case>', 'case number, JVN#number, an unambiguous start of it, or a path', 'case'] as const;
export const AT = ['--at <when>', 'when it happened (default: now)'] as const;
export const EDIT = ['--edit', 'open each letter in your editor before it is encrypted; an empty text cancels'] as const;
export const IN_CLEAR = ['--in-clear <reason>', 'send the message unencrypted, and say why; the log keeps it'] as const;
