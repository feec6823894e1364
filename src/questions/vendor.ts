import { fieldProblem } from '../documents/check-shape.ts';
import type { RegistryChange } from '../documents/registry-file.ts';
import { usage } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import type { Vendor } from '../generated/documents.ts';
import { schemaField } from './answer.ts';
import { askForContact, askForNames, namesFromFlags, optionalQuestions, without, type RegistryFlags } from './contact.ts';

/** The flags of vcc vendor add. */
export interface VendorFlags extends RegistryFlags {
  readonly agreement?: string;
  readonly keyword?: readonly string[];
  readonly package?: readonly string[];
  readonly dependsOn?: readonly string[];
}

const KINDS = [
  { value: 'commercial', name: 'commercial', description: 'of this country; is told once the agreement is signed' },
  { value: 'open-source', name: 'open source', description: 'needs no registration' },
  { value: 'overseas', name: 'overseas', description: 'of another country; is reached through its own contact' },
  { value: 'individual', name: 'individual', description: 'one developer of this country' },
  { value: 'service-provider', name: 'service provider', description: 'runs the product for others' },
] as const;

/** What the flags say of a vendor, nothing asked. */
export function vendorFromFlags(flags: VendorFlags): RegistryChange<'vendor'> {
  return {
    ...namesFromFlags(flags),
    // What is not one of the kinds is told by checkRegistered.
    ...(flags.kind === undefined ? {} : { kind: flags.kind as Vendor['kind'] }),
    ...(flags.agreement === undefined ? {} : { agreement: { signed: flags.agreement } }),
    ...(flags.keyword === undefined ? {} : { keywords: [...flags.keyword] }),
    ...(flags.package === undefined ? {} : { packages: [...flags.package] }),
    ...(flags.dependsOn === undefined ? {} : { dependsOn: [...flags.dependsOn] }),
    ...(flags.url === undefined ? {} : { url: flags.url }),
  };
}

function listed(typed: string): string[] {
  const words = typed.split(/[,、]/).map((word) => word.trim()).filter((word) => word !== '');
  const problem = fieldProblem('vendor', ['keywords'], words, '--keyword');
  if (problem !== undefined) throw usage(problem, 'Write words with commas between them.');
  return words;
}

/** The flags of a new vendor with what they leave open filled in; who gave all that must be known is asked nothing. */
export async function askForVendor(env: Environment, flags: VendorFlags): Promise<VendorFlags> {
  const asking = env.ask.interactive && ((flags.name ?? flags.nameJa) === undefined || flags.kind === undefined || flags.email === undefined);
  const optional = optionalQuestions(env, asking);
  const names = await askForNames(env, flags, 'vendor', asking);
  const kind = flags.kind ?? (await env.ask.select({ flag: '--kind', message: 'Kind', choices: KINDS }));
  // An open-source project signs none (handling overview: registered vendors).
  const agreement = kind === 'open-source' ? flags.agreement : await optional(flags.agreement, '--agreement', 'Day on which the agreement was signed, YYYY-MM-DD', schemaField('vendor', ['agreement', 'signed'], '--agreement'));
  const keyword = flags.keyword ?? (await optional(undefined, '--keyword', 'Technology keywords, with commas between them', listed));
  const url = await optional(flags.url, '--url', "The vendor's page", schemaField('vendor', ['url'], '--url'));
  return askForContact(env, without<VendorFlags>({ ...flags, ...names, kind, agreement, keyword, url }));
}
