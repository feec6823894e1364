import type { Incoming } from '../documents/incoming-report.ts';
import { storable } from '../documents/legible.ts';
import { checkReport } from '../documents/report.ts';
import { identityIn } from '../domain/identity.ts';
import { VccError, usage } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import type { Product, Report, Reporter, Wishes } from '../generated/documents.ts';

/** The flags of vcc intake that state what a report states. */
export interface ReportFlags {
  readonly title?: string;
  readonly titleJa?: string;
  readonly vendorName?: string;
  readonly product?: string;
  readonly affected?: readonly string[];
  readonly link?: string;
  readonly impact?: string;
  readonly discovery?: string;
  readonly poc?: string;
  readonly reporterName?: string;
  readonly reporterEmail?: string;
  readonly reporterKey?: string;
  readonly wish?: readonly string[];
  readonly route?: string;
  readonly series?: string;
  readonly source?: string;
  readonly reference?: string;
  readonly language?: string;
}

const WISHES: Readonly<Record<string, keyof Wishes>> = { 'name-to-vendor': 'nameToVendor', 'direct-contact': 'directContact', 'public-credit': 'publicCredit' };
const KEY_LIMIT = 200_000;

const given = <T extends object>(object: { [K in keyof T]: T[K] | undefined }): T => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;

/**
 * The report from its file, then the flags, then the person: what is known is not asked, and what must be known and is
 * neither in the file nor a flag is a usage error in a script (policy B).
 */
export async function askForReport(env: Environment, incoming: Incoming | undefined, flags: ReportFlags): Promise<Report> {
  const from = incoming?.report ?? {};
  const { ask } = env;
  const fresh = incoming === undefined;

  const title = given<Report['title']>({ en: flags.title ?? from.title?.en, ja: flags.titleJa ?? from.title?.ja });
  if (title.en === undefined && title.ja === undefined) title.en = await ask.text({ flag: '--title', message: 'Title in English' });
  const products = await askForProducts(env, from.products, incoming?.product ?? {}, flags);
  const body = bodyAsProof(incoming, flags);

  const optional = async (value: string | undefined, flag: string, message: string): Promise<string | undefined> => {
    if (value !== undefined || !fresh || !ask.interactive) return value;
    const answer = await ask.text({ flag, message: `${message} (empty: not known)`, optional: true });
    return answer === '' ? undefined : answer;
  };
  const report = given<Report>({
    ...from,
    title,
    products,
    impact: await optional(flags.impact ?? from.impact, '--impact', 'Impact or attack scenario (will be sealed)'),
    discovery: await optional(flags.discovery ?? from.discovery, '--discovery', 'How it was found, with which tools (will be sealed)'),
    poc: await optional(flags.poc ?? from.poc ?? body, '--poc', 'Proof of concept or steps (will be sealed)'),
    reporter: await askForReporter(env, from.reporter, flags, fresh),
    route: (flags.route as Report['route']) ?? from.route ?? (fresh && ask.interactive ? await askForRoute(env) : undefined),
    source: flags.source === undefined && flags.reference === undefined ? from.source : given({ ...from.source, name: flags.source ?? from.source?.name, reference: flags.reference ?? from.source?.reference }),
    language: flags.language ?? from.language,
  });
  const findings = checkReport(report, () => ({ line: 1, column: 1 }), incoming?.name ?? 'report');
  if (findings.length > 0) throw new VccError({ code: 'report-invalid', message: 'The report does not hold together', hint: 'Mend what is listed above; what a flag said is named by its field.', findings, exitCode: incoming === undefined ? 2 : 1 });
  return report;
}

const askForRoute = (env: Environment): Promise<'direct' | 'partnership'> =>
  env.ask.select({
    flag: '--route',
    message: 'Route',
    choices: [
      { value: 'direct', name: 'direct', description: 'the reporter wrote to us' },
      { value: 'partnership', name: 'partnership', description: 'it came through the receiving organisation (IPA)' },
    ],
  });

/** A mail that says in no field how the flaw works says it in its text: that is sealed and, unless it names the reporter, goes to the vendor. */
function bodyAsProof(incoming: Incoming | undefined, flags: ReportFlags): string | undefined {
  const { report, text } = incoming ?? {};
  if (text === undefined || text.trim() === '' || report?.poc !== undefined || report?.discovery !== undefined || report?.impact !== undefined) return undefined;
  return flags.poc === undefined && flags.discovery === undefined && identityIn(text, report?.reporter) === undefined ? storable(text) : undefined;
}

async function askForProducts(env: Environment, stated: readonly Product[] | undefined, partly: Partial<Product>, flags: ReportFlags): Promise<Product[]> {
  if (stated !== undefined && stated.length > 0 && flags.product === undefined) return [...stated];
  const { ask } = env;
  const known = stated?.[0] ?? partly;
  const name = flags.product ?? known.name ?? (await ask.text({ flag: '--product', message: 'Product' }));
  const vendor = flags.vendorName ?? known.vendor ?? (await ask.text({ flag: '--vendor-name', message: 'Its vendor, as the product page names it' }));
  const versions = flags.affected ?? known.versions ?? [await ask.text({ flag: '--affected', message: 'Affected versions' })];
  return [given<Product>({ ...known, vendor, name, versions: [...versions], link: flags.link ?? known.link })];
}

async function askForReporter(env: Environment, known: Reporter | undefined, flags: ReportFlags, fresh: boolean): Promise<Reporter | undefined> {
  const { ask } = env;
  const wishes = { ...known?.wishes };
  for (const wish of flags.wish ?? []) {
    const field = WISHES[wish];
    if (field === undefined) throw usage(`--wish: unknown wish ${JSON.stringify(wish)}`, `Wishes are ${Object.keys(WISHES).join(', ')}.`);
    wishes[field] = true;
  }
  let name = flags.reporterName ?? known?.name;
  let email = flags.reporterEmail ?? known?.email;
  if (fresh && ask.interactive && name === undefined && email === undefined) {
    name = (await ask.text({ flag: '--reporter-name', message: 'Reporter\'s name (empty: anonymous; will be sealed)', optional: true })) || undefined;
    email = (await ask.text({ flag: '--reporter-email', message: 'Reporter\'s e-mail address (empty: none; will be sealed)', optional: true })) || undefined;
    if (flags.wish === undefined && name !== undefined) {
      const chosen = await ask.several({ flag: '--wish', message: 'What does the reporter allow?', choices: Object.entries(WISHES).map(([wish, field]) => ({ value: field, name: wish })) });
      for (const field of chosen) wishes[field] = true;
    }
  }
  const key = flags.reporterKey === undefined ? known?.key : await readReporterKey(env, flags.reporterKey);
  const reporter = given<Reporter>({ ...known, name, email, key, wishes: Object.keys(wishes).length > 0 ? wishes : undefined });
  return Object.keys(reporter).length > 0 ? reporter : undefined;
}

async function readReporterKey(env: Environment, path: string): Promise<string> {
  const { bytes } = await env.input(path, KEY_LIMIT);
  return (await env.keyring.inspect(bytes, env.clock.now())).armored;
}
