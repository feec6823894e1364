import { checkShape } from '../documents/check-shape.ts';
import { vendorPath, type ContactChange, type VendorChange } from '../documents/vendor-file.ts';
import { usage, VccError } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import type { Contact, Vendor } from '../generated/documents.ts';
import { askNames, checkBy, schemaField, usableKeyFile } from './answer.ts';

/** The flags of vcc vendor add. */
export interface VendorFlags {
  readonly name?: string;
  readonly nameJa?: string;
  readonly kind?: string;
  readonly agreement?: string;
  readonly keyword?: readonly string[];
  readonly url?: string;
  readonly contactName?: string;
  readonly email?: string;
  readonly language?: string;
  readonly phone?: string;
  /** File of the contact's OpenPGP public key. */
  readonly key?: string;
}

const KINDS = [
  { value: 'commercial', name: 'commercial', description: 'is told once the agreement is signed' },
  { value: 'open-source', name: 'open source', description: 'needs no registration' },
  { value: 'overseas', name: 'overseas', description: 'is reached through its own contact' },
  { value: 'individual', name: 'individual', description: 'one developer' },
  { value: 'service-provider', name: 'service provider', description: 'runs the product for others' },
] as const;

const LANGUAGES = [
  { value: 'en', name: 'English' },
  { value: 'ja', name: 'Japanese' },
] as const;

/** What the flags say of a vendor, nothing asked. */
export function vendorFromFlags(flags: VendorFlags): VendorChange {
  const name = { ...(flags.name === undefined ? {} : { en: flags.name }), ...(flags.nameJa === undefined ? {} : { ja: flags.nameJa }) };
  return {
    ...(Object.keys(name).length === 0 ? {} : { name }),
    // What is not one of the kinds is told by checkVendor.
    ...(flags.kind === undefined ? {} : { kind: flags.kind as Vendor['kind'] }),
    ...(flags.agreement === undefined ? {} : { agreement: { signed: flags.agreement } }),
    ...(flags.keyword === undefined ? {} : { keywords: [...flags.keyword] }),
    ...(flags.url === undefined ? {} : { url: flags.url }),
  };
}

/** What the flags say of a contact; undefined where they speak of none. */
export function contactFromFlags(flags: VendorFlags): ContactChange | undefined {
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

type Check = (value: string) => Promise<true | string>;
type Optional = (value: string | undefined, flag: string, message: string, check?: Check) => Promise<string | undefined>;

// A slip is told at its question, not after the last one; what a flag says is looked at by checkVendor.
const checkOf = (flag: string, ...path: readonly (string | number)[]): Check => checkBy(flag, schemaField('vendor', path, flag));
const ADDRESS = checkOf('--email', 'contacts', 0, 'email');

/** Asks for what may be left out, where the person is being asked anyway. */
const optionalQuestions =
  (env: Environment, asking: boolean): Optional =>
  async (value, flag, message, check) => {
    if (value !== undefined || !asking) return value;
    const answer = await env.ask.text({ flag, message: `${message} (Enter: none)`, optional: true, ...(check === undefined ? {} : { check }) });
    return answer === '' ? undefined : answer;
  };

const without = (fields: { readonly [K in keyof VendorFlags]: VendorFlags[K] | undefined }): VendorFlags => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** The flags of a contact with what they leave open filled in by the person at the keyboard. */
export async function askForContact(env: Environment, flags: VendorFlags): Promise<VendorFlags> {
  const optional = optionalQuestions(env, env.ask.interactive && (flags.email === undefined || flags.language === undefined));
  const email = flags.email ?? (await env.ask.text({ flag: '--email', message: 'Address of the contact', check: ADDRESS }));
  const contactName = await optional(flags.contactName, '--contact-name', 'Name of the contact', checkOf('--contact-name', 'contacts', 0, 'name'));
  const language = flags.language ?? (await env.ask.select({ flag: '--language', message: 'Language of the contact', choices: LANGUAGES }));
  const phone = await optional(flags.phone, '--phone', 'Phone of the contact', checkOf('--phone', 'contacts', 0, 'phone'));
  const key = await optional(flags.key, '--key', "File with the contact's OpenPGP public key", checkBy('--key', usableKeyFile(env)));
  return without({ ...flags, email, contactName, language, phone, key });
}

/** The flags of a new vendor with what they leave open filled in; who gave all that must be known is asked nothing. */
export async function askForVendor(env: Environment, flags: VendorFlags): Promise<VendorFlags> {
  const asking = env.ask.interactive && ((flags.name ?? flags.nameJa) === undefined || flags.kind === undefined || flags.email === undefined);
  const optional = optionalQuestions(env, asking);
  const { en: name, ja: nameJa } = asking || (flags.name ?? flags.nameJa) === undefined ? await askNames(env, flags, 'vendor') : { en: flags.name, ja: flags.nameJa };
  const kind = flags.kind ?? (await env.ask.select({ flag: '--kind', message: 'Kind', choices: KINDS }));
  // An open-source project signs none (handling overview: registered vendors).
  const agreement = kind === 'open-source' ? flags.agreement : await optional(flags.agreement, '--agreement', 'Day on which the agreement was signed, YYYY-MM-DD', checkOf('--agreement', 'agreement', 'signed'));
  const keywords = flags.keyword ?? (await optional(undefined, '--keyword', 'Technology keywords, with commas between them'))?.split(/[,、]/).map((word) => word.trim()).filter((word) => word !== '');
  const url = await optional(flags.url, '--url', "The vendor's page", checkOf('--url', 'url'));
  return askForContact(env, without({ ...flags, name, nameJa, kind, agreement, keyword: keywords, url }));
}

/** Refuses what the schema refuses, before anything else is done with it. */
export function checkVendor(slug: string, vendor: Vendor): Vendor {
  const findings = checkShape('vendor', vendor, () => ({ line: 1, column: 1 }), vendorPath(slug));
  if (findings.length > 0) throw new VccError({ code: 'vendor-invalid', message: `${slug}: not a vendor as the registry keeps them`, hint: 'vcc vendor add --help lists the flags and their values.', findings, exitCode: 2 });
  return vendor;
}
