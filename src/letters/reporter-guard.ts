import { keptOut } from '../domain/dropped-marks.ts';
import { identityIn, identityInside } from '../domain/identity.ts';
import { refusal } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import type { Reporter } from '../generated/documents.ts';
import type { CaseView, Session } from '../session.ts';
import { openReporter } from './correspondence.ts';

/** What of the reporter vendors must not learn, where they must not learn who it is (guideline IV.2: a missing answer counts as no). */
export async function hiddenFromVendors(env: Environment, session: Session, view: Pick<CaseView, 'record'>): Promise<Reporter | undefined> {
  const { nameToVendor, directContact } = view.record.file.wishes ?? {};
  if (nameToVendor === true && directContact === true) return undefined;
  const reporter = await hiddenFromPartners(env, session, view);
  if (nameToVendor !== true) return reporter;
  // Who may be named does not ask to be written to for that; a key names an address, too.
  return reporter.email === undefined ? {} : { email: reporter.email };
}

/** The reporter, whom no partner needs to know: the wishes speak of vendors and of the public, and of nobody else. {} where nothing is known of the reporter. */
export async function hiddenFromPartners(env: Environment, session: Session, { record }: Pick<CaseView, 'record'>): Promise<Reporter> {
  const reporter = await openReporter(env, session, record);
  return keptOut(reporter ?? {}, record);
}

/** Refuses a text of the coordinator that names the reporter. */
export function refuseToName(reporter: Reporter | undefined, text: string): void {
  const leak = identityIn(text, reporter);
  if (leak !== undefined) throw refusal('identity-to-vendor', `--text gives the ${leak} of the reporter, who stays unknown to vendors`, 'Write "the reporter" instead.');
}

/** Refuses a letter to a partner that names the reporter anywhere. */
export function refuseToNameTo(slug: string, reporter: Reporter | undefined, values: object): void {
  const leak = identityInside(values, reporter);
  if (leak !== undefined) throw refusal('identity-to-partner', `The message would give ${slug} the ${leak} of the reporter`, 'Write "the reporter" instead; nobody but the team needs to know who it is.');
}
