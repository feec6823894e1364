import { checkShape } from '../documents/check-shape.ts';
import { registryPath, type ContactChange, type Register, type Registered } from '../documents/registry-file.ts';
import { usage, VccError } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import type { Bilingual, Contact } from '../generated/documents.ts';
import { answer, answerOrNone, askNames, schemaField, usableKeyFile, type Reader } from './answer.ts';

/** The flags that vendors and partners share: names, page and one contact. */
export interface RegistryFlags {
  readonly name?: string;
  readonly nameJa?: string;
  readonly kind?: string;
  readonly url?: string;
  readonly contactName?: string;
  readonly email?: string;
  readonly language?: string;
  readonly phone?: string;
  /** File of the contact's OpenPGP public key. */
  readonly key?: string;
  /** Of a key that takes the place of another, as its owner told it. */
  readonly fingerprint?: string;
}

const LANGUAGES = [
  { value: 'en', name: 'English' },
  { value: 'ja', name: 'Japanese' },
] as const;

/** What the flags say of the names; nothing where they speak of none. */
export function namesFromFlags({ name: en, nameJa: ja }: RegistryFlags): { readonly name?: Bilingual } {
  const name = { ...(en === undefined ? {} : { en }), ...(ja === undefined ? {} : { ja }) };
  return Object.keys(name).length === 0 ? {} : { name };
}

/** What the flags say of a contact; undefined where they speak of none. */
export function contactFromFlags(flags: RegistryFlags): ContactChange | undefined {
  const { contactName, email, language, phone, key } = flags;
  if (email !== undefined) {
    return {
      ...(contactName === undefined ? {} : { name: contactName }),
      email,
      ...(language === undefined ? {} : { language: language as Contact['language'] }),
      ...(phone === undefined ? {} : { phone }),
    };
  }
  if ([contactName, language, phone, key].some((flag) => flag !== undefined)) throw usage('--email is missing: a contact is known by its address', 'Add --email ADDRESS, or leave the other flags of the contact out.');
  return undefined;
}

type Optional = <T>(given: string | undefined, flag: string, message: string, read: Reader<T>) => Promise<T | undefined>;

/** Asks for what may be left out, where the person is being asked anyway. */
export const optionalQuestions =
  (env: Environment, asking: boolean): Optional =>
  async (given, flag, message, read) =>
    given === undefined && !asking ? undefined : answerOrNone(env, { flag, message, given }, read);

/** The flags without those that have no value. */
export const without = <F extends RegistryFlags>(fields: { readonly [K in keyof F]: F[K] | undefined }): F => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as unknown as F;

/** The flags of a contact with what they leave open filled in by the person at the keyboard. */
export async function askForContact<F extends RegistryFlags>(env: Environment, flags: F): Promise<F> {
  const asking = env.ask.interactive && (flags.email === undefined || flags.language === undefined);
  const optional = optionalQuestions(env, asking);
  // A contact is the same thing in both registers.
  const field = (flag: string, name: keyof Contact): Reader<string> => schemaField('vendor', ['contacts', 0, name], flag);
  const email = await answer(env, { flag: '--email', given: flags.email, message: 'Address of the contact' }, field('--email', 'email'));
  const contactName = await optional(flags.contactName, '--contact-name', 'Name of the contact', field('--contact-name', 'name'));
  const language = flags.language ?? (await env.ask.select({ flag: '--language', message: 'Language of the contact', choices: LANGUAGES }));
  const phone = await optional(flags.phone, '--phone', 'Phone of the contact', field('--phone', 'phone'));
  const key = flags.key ?? (await optional(undefined, '--key', "File with the contact's OpenPGP public key", usableKeyFile(env)));
  return without<F>({ ...flags, email, contactName, language, phone, key });
}

/** Asks for the names that the flags leave open; one of them must be known. */
export async function askForNames(env: Environment, { name, nameJa }: RegistryFlags, register: Register, asking: boolean): Promise<Pick<RegistryFlags, 'name' | 'nameJa'>> {
  if (!asking && (name ?? nameJa) !== undefined) return without({ name, nameJa });
  const { en, ja } = await askNames(env, { name, nameJa }, register);
  return without({ name: en, nameJa: ja });
}

/** Refuses what the schema refuses, before anything else is done with it. */
export function checkRegistered<R extends Register>(register: R, slug: string, file: Registered[R]): Registered[R] {
  const findings = checkShape(register, file, () => ({ line: 1, column: 1 }), registryPath(register, slug));
  if (findings.length > 0) throw new VccError({ code: `${register}-invalid`, message: `${slug}: not a ${register} as the registry keeps them`, hint: `vcc ${register} add --help lists the flags and their values.`, findings, exitCode: 2 });
  return file;
}
