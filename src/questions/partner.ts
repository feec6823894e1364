import type { RegistryChange } from '../documents/registry-file.ts';
import type { Environment } from '../environment.ts';
import type { Partner } from '../generated/documents.ts';
import { schemaField } from './answer.ts';
import { askForContact, askForNames, namesFromFlags, optionalQuestions, without, type RegistryFlags } from './contact.ts';

/** The flags of vcc partner add. */
export interface PartnerFlags extends RegistryFlags {
  readonly nda?: string;
}

const KINDS = [
  { value: 'receiving-organisation', name: 'receiving organisation', description: 'takes reports and talks to the reporter; there is one' },
  { value: 'partner-centre', name: 'partner centre', description: 'coordinates abroad; is told under a signed NDA' },
  { value: 'critical-infrastructure', name: 'critical infrastructure', description: 'gets advance notice of a fix, under a signed NDA' },
  { value: 'third-party', name: 'third party', description: 'helps to find a contact, or to analyse' },
  { value: 'committee', name: 'committee', description: 'judges publication without the developer' },
  { value: 'authority', name: 'authority', description: 'a body of the state' },
] as const;

/** What the flags say of a partner, nothing asked. */
export function partnerFromFlags(flags: PartnerFlags): RegistryChange<'partner'> {
  return {
    ...namesFromFlags(flags),
    // What is not one of the kinds is told by checkRegistered.
    ...(flags.kind === undefined ? {} : { kind: flags.kind as Partner['kind'] }),
    ...(flags.nda === undefined ? {} : { nda: { signed: flags.nda } }),
    ...(flags.url === undefined ? {} : { url: flags.url }),
  };
}

/** The flags of a new partner with what they leave open filled in; who gave all that must be known is asked nothing. */
export async function askForPartner(env: Environment, flags: PartnerFlags): Promise<PartnerFlags> {
  const asking = env.ask.interactive && ((flags.name ?? flags.nameJa) === undefined || flags.kind === undefined || flags.email === undefined);
  const optional = optionalQuestions(env, asking);
  const names = await askForNames(env, flags, 'partner', asking);
  const kind = flags.kind ?? (await env.ask.select({ flag: '--kind', message: 'Kind', choices: KINDS }));
  const nda = await optional(flags.nda, '--nda', 'Day on which the NDA was signed, YYYY-MM-DD', schemaField('partner', ['nda', 'signed'], '--nda'));
  const url = await optional(flags.url, '--url', "The partner's page", schemaField('partner', ['url'], '--url'));
  return askForContact(env, without<PartnerFlags>({ ...flags, ...names, kind, nda, url }));
}
