import { checkShape } from '../documents/check-shape.ts';
import { cnaPath, newCnaFile, readCnas } from '../documents/cna-file.ts';
import { legibleLine } from '../documents/legible.ts';
import { paint } from '../documents/paint.ts';
import { isRegistrySlug } from '../documents/registry-file.ts';
import { table } from '../documents/table.ts';
import { bothLanguages } from '../documents/vendor-sheet.ts';
import { howToAsk } from '../domain/cna-scope.ts';
import { refusal, usage, VccError } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import type { Cna } from '../generated/documents.ts';
import { actingCoordinator, carryOut, openSession, showFindings } from '../session.ts';

export interface CnaOptions {
  readonly slug: string;
  readonly name?: string;
  readonly nameJa?: string;
  readonly shortName?: string;
  readonly since?: string;
  readonly scope?: string;
  readonly vendor?: readonly string[];
  readonly developer?: readonly string[];
  readonly email?: string;
  readonly url?: string;
  readonly note?: string;
}

const given = (name: string, value: unknown): object => (value === undefined ? {} : { [name]: value });

/** vcc cna add: another CNA, so that what falls in its scope is offered to it first (CNA rules 3.1, 4.2.1). */
export async function cnaAdd(env: Environment, { slug, ...flags }: CnaOptions): Promise<number> {
  const session = openSession(env);
  await actingCoordinator(env, session);
  if (!isRegistrySlug(slug)) throw usage(`${JSON.stringify(slug)} cannot be the short name of a file`, 'Use lower-case letters, digits and hyphens, for example acme.');
  const path = cnaPath(slug);
  if (session.repository.tree.read(path) !== undefined) throw refusal('known-cna', `${path} is there already`, 'Change the file, run vcc lint, and commit it.');
  const missing = [...(flags.name === undefined && flags.nameJa === undefined ? ['--name'] : []), ...(flags.shortName === undefined ? ['--short-name'] : []), ...(flags.scope === undefined ? ['--scope'] : []), ...(flags.email === undefined && flags.url === undefined ? ['--email or --url'] : [])];
  if (missing.length > 0) throw usage(`missing: ${missing.join(', ')}`, 'vcc cna add --help has an example.');
  // Whole by now; checkShape looks at the values.
  const file = {
    schemaVersion: 1,
    name: { ...given('en', flags.name), ...given('ja', flags.nameJa) },
    shortName: flags.shortName,
    ...given('since', flags.since),
    scope: { text: flags.scope, ...given('vendors', flags.vendor), ...given('names', flags.developer) },
    contact: { ...given('email', flags.email), ...given('url', flags.url), ...given('note', flags.note) },
  } as unknown as Cna;
  const findings = checkShape('cna', file, () => ({ line: 1, column: 1 }), path);
  if (findings.length > 0) throw new VccError({ code: 'cna-invalid', message: `${slug}: not a CNA as the registry keeps them`, hint: 'vcc cna add --help lists the flags and their values.', findings, exitCode: 2 });
  const nobody = flags.vendor === undefined && flags.developer === undefined ? ['its scope names no vendor and no developer, so no case will be found to lie in it: --vendor SLUG, --developer NAME'] : [];
  const plan = { summary: `${file.shortName} joins the registry of CNAs`, writes: [newCnaFile(slug, file)], seals: [], messages: [], commit: { subject: `cnas: add ${slug}`, body: 'What falls in its scope is offered to it first.', trailers: [] }, notices: nobody, next: [{ command: 'vcc cna list', why: 'who is asked first for what' }] };
  return carryOut(env, session, plan, { cna: slug });
}

/** vcc cna list: the CNAs that are asked first, for what and how. */
export function cnaList(env: Environment): number {
  const { out } = env;
  const { records, findings } = readCnas(openSession(env).repository.tree);
  if (out.json) out.envelope('cna-list', { cnas: records.map(({ slug, path, file }) => ({ slug, path, file })), findings });
  else if (records.length === 0) out.say('The registry has no CNA yet: vcc cna add SLUG');
  else {
    const colours = paint(out.colour);
    const rows = records.map(({ file }) => [file.shortName, bothLanguages(file.name), [...(file.scope.vendors ?? []), ...(file.scope.names ?? []).map(legibleLine)].join(', '), legibleLine(howToAsk(file))]);
    out.print(table([{ title: 'CNA' }, { title: 'NAME', flexible: true }, { title: 'MAKERS IN ITS SCOPE', flexible: true }, { title: 'HOW IT IS ASKED', flexible: true }], rows, { width: out.width, title: colours.quiet }));
  }
  if (findings.length > 0) out.say(showFindings(findings));
  return findings.length > 0 ? 1 : 0;
}
