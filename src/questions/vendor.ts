import type { RegistryChange } from '../documents/registry-file.ts';
import type { Environment } from '../environment.ts';
import type { Vendor } from '../generated/documents.ts';
import { askForContact, askForNames, DAY, namesFromFlags, optionalQuestions, PAGE, without, type RegistryFlags } from './contact.ts';

/** The flags of vcc vendor add. */
export interface VendorFlags extends RegistryFlags {
  readonly agreement?: string;
  readonly keyword?: readonly string[];
  readonly package?: readonly string[];
  readonly dependsOn?: readonly string[];
}

const KINDS = [
  { value: 'commercial', name: 'commercial', description: 'is told once the agreement is signed' },
  { value: 'open-source', name: 'open source', description: 'needs no registration' },
  { value: 'overseas', name: 'overseas', description: 'is reached through its own contact' },
  { value: 'individual', name: 'individual', description: 'one developer' },
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

const listed = (typed: string | undefined): string[] | undefined => typed?.split(/[,、]/).map((word) => word.trim()).filter((word) => word !== '');

/** The flags of a new vendor with what they leave open filled in; who gave all that must be known is asked nothing. */
export async function askForVendor(env: Environment, flags: VendorFlags): Promise<VendorFlags> {
  const optional = optionalQuestions(env, env.ask.interactive && ((flags.name ?? flags.nameJa) === undefined || flags.kind === undefined || flags.email === undefined));
  const names = await askForNames(env, flags, optional);
  const kind = flags.kind ?? (await env.ask.select({ flag: '--kind', message: 'Kind', choices: KINDS }));
  // An open-source project signs none (handling overview: registered vendors).
  const agreement = kind === 'open-source' ? flags.agreement : await optional(flags.agreement, '--agreement', 'Day on which the agreement was signed, YYYY-MM-DD', DAY);
  const keyword = flags.keyword ?? listed(await optional(undefined, '--keyword', 'Technology keywords, with commas between them'));
  const url = await optional(flags.url, '--url', "The vendor's page", PAGE);
  return askForContact(env, without<VendorFlags>({ ...flags, ...names, kind, agreement, keyword, url }));
}
