import { newGuard } from './documents/guard-file.ts';
import { keyIdentity } from './documents/openpgp-packets.ts';
import type { CaseRecord } from './domain/case.ts';
import { withoutVendor } from './domain/identity.ts';
import type { FileWrite } from './domain/plan.ts';
import { attackValues, identityValues, statementValues, type SealedValues } from './domain/sealed-values.ts';
import type { Environment } from './environment.ts';
import type { CaseFile, Report, Reporter } from './generated/documents.ts';
import type { Session } from './session.ts';

/*
 * The guards that are written with what is sealed; docs/security.md says what they protect.
 */

const LANGUAGES = ['en', 'ja'] as const;
const SCHEMAS = ['case', 'log-entry'] as const;

const isWanted = ({ repository }: Session): boolean => repository.configuration.leakGuard !== 'none';

/** The words of our own files and letters, the names of the team and of the registry, and what everybody with a clone may read of the case: whoever repeats them gives nothing away. */
function knownWords(env: Environment, { repository }: Session, file: Pick<CaseFile, 'title' | 'products' | 'references'>): string {
  const { team, organisation } = repository.configuration;
  return [
    ...SCHEMAS.map((name) => env.shipped(`schemas/${name}.schema.json`)),
    ...LANGUAGES.flatMap((language) => env.shippedFiles(`templates/${language}`).map((name) => env.shipped(`templates/${language}/${name}`))),
    ...[...repository.vendors()].flatMap(([slug, { vendor }]) => [slug, vendor.name.en, vendor.name.ja]),
    ...[...repository.partners()].flatMap(([slug, { partner }]) => [slug, partner.name.en, partner.name.ja]),
    ...team.flatMap(({ slug, name }) => [slug, name]),
    organisation.name.en,
    organisation.name.ja,
    file.title.en,
    file.title.ja,
    ...file.products.flatMap(({ vendor, name, versions, ranges = [], link }) => [vendor, name, ...versions, ...ranges.flatMap(({ exact, from, before, through, fixed }) => [exact, from, before, through, fixed]), link]),
    ...(file.references ?? []).flatMap(({ url, title }) => [url, title]),
  ].filter((text) => text !== undefined).join('\n');
}

/** The guards of sealed/reporter.asc and, for the report, its proof of concept and whom it thanks, of sealed/report.asc. */
export function guardsOfReport(env: Environment, session: Session, folder: string, file: CaseFile, report: Report, thanked: readonly Reporter[] = []): { readonly writes: readonly FileWrite[]; readonly notices: readonly string[] } {
  if (!isWanted(session)) return { writes: [], notices: [] };
  const known = knownWords(env, session, file);
  const { poc, discovery, reporter } = report;
  const attack = attackValues([poc, discovery].filter((text) => text !== undefined), known);
  const identity = identityValues(withoutVendor(reporter ?? {}, file.products), keyIdentity(reporter?.key ?? ''), known);
  const people = thanked.map((person) => identityValues(withoutVendor(person, file.products), keyIdentity(''), known).values);
  const named = Object.fromEntries((['name', 'organisation'] as const).map((kind) => [kind, people.flatMap((values) => values[kind] ?? [])] as const).filter(([, values]) => values.length > 0));
  const guards = [newGuard(folder, 'report', env.random.hex(64), { ...attack, values: { ...attack.values, ...named } }), newGuard(folder, 'reporter', env.random.hex(64), identity)];
  return {
    writes: guards.filter((guard) => guard !== undefined),
    notices: identity.without.length === 0 ? [] : [`too short or too common to be looked for, so look for it yourself: ${identity.without.join(', ')} of the reporter`],
  };
}

/** The guard of a mail in which a vendor answered. */
export const guardOfMail = (env: Environment, session: Session, record: CaseRecord, sealed: string, vendor: string, text: string): FileWrite[] =>
  guardOf(env, session, record, sealed, (known) => statementValues(text, known), vendor);

/** The guard of a key that the reporter gave later. */
export const guardOfKey = (env: Environment, session: Session, record: CaseRecord, sealed: string, armored: string): FileWrite[] =>
  guardOf(env, session, record, sealed, (known) => identityValues({}, keyIdentity(armored), known));

/** The guard of a file that was sealed later; a picture or a program has no words. */
export const guardOfFile = (env: Environment, session: Session, record: CaseRecord, sealed: string, bytes: Uint8Array): FileWrite[] =>
  bytes.includes(0) ? [] : guardOf(env, session, record, sealed, (known) => attackValues([new TextDecoder().decode(bytes)], known));

function guardOf(env: Environment, session: Session, { folder, file }: CaseRecord, sealed: string, valuesFor: (known: string) => SealedValues, vendor?: string): FileWrite[] {
  if (!isWanted(session)) return [];
  const guard = newGuard(folder, sealed, env.random.hex(64), valuesFor(knownWords(env, session, file)), vendor);
  return guard === undefined ? [] : [guard];
}
