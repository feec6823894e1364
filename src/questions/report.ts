import type { Incoming } from '../documents/incoming-report.ts';
import { legibleLine, storable } from '../documents/legible.ts';
import { checkReport } from '../documents/report.ts';
import { identityIn } from '../domain/identity.ts';
import { didYouMean } from '../domain/near-word.ts';
import { refusal, usage, VccError } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import { oneOf } from './triage.ts';
import type { Product, Report, Reporter, Wishes } from '../generated/documents.ts';
import { answer, answerOrNone, askBoth, schemaField, type Reader } from './answer.ts';

/** The flags of vcc intake that state what a report states. */
export interface ReportFlags {
  readonly title?: string;
  readonly titleJa?: string;
  readonly vendorName?: string;
  readonly product?: string;
  readonly affected?: readonly string[];
  readonly link?: string;
  readonly kind?: string;
  readonly lastUpdate?: string;
  readonly impact?: string;
  readonly discovery?: string;
  readonly poc?: string;
  readonly timeLimit?: string;
  readonly timeLimitEvent?: string;
  readonly reporterName?: string;
  readonly reporterEmail?: string;
  readonly reporterKey?: string;
  readonly wish?: readonly string[];
  readonly credit?: string;
  readonly creditJa?: string;
  readonly route?: string;
  readonly series?: string;
  readonly source?: string;
  readonly reference?: string;
  readonly language?: string;
}

const WISHES: Readonly<Record<string, keyof Wishes>> = { 'name-to-vendor': 'nameToVendor', 'direct-contact': 'directContact', 'public-credit': 'publicCredit' };
const KINDS: readonly NonNullable<Product['kind']>[] = ['software', 'library', 'firmware', 'control-system', 'service', 'specification', 'algorithm', 'web-site'];
/** Starts the signature of a mail; some programs strip its space. */
const SIGNATURE = /^-- ?$/m;
const ALLOWS: Readonly<Record<keyof Wishes, string>> = { nameToVendor: 'that the vendor learns the name', directContact: 'that the vendor writes directly', publicCredit: 'that the advisory gives credit' };
const KEY_LIMIT = 200_000;

const given = <T extends object>(object: { [K in keyof T]: T[K] | undefined }): T => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;

const reportField = (flag: string, ...path: readonly (string | number)[]): Reader<string> => schemaField('report', path, flag);

/**
 * The report from its file, then the flags, then the person: what is known is not asked, and what must be known and is
 * neither in the file nor a flag is a usage error in a script (policy B). checkWhole looks at it as a whole.
 */
export async function askForReport(env: Environment, incoming: Incoming | undefined, flags: ReportFlags): Promise<Report> {
  requireSoundFlags(flags);
  const from = incoming?.report ?? {};
  const { ask } = env;
  const fresh = incoming === undefined;
  const asking = fresh && ask.interactive;

  if (!ask.interactive) requireFlags(incoming, flags);
  const title = await askTitle(env, { en: flags.title ?? from.title?.en, ja: flags.titleJa ?? from.title?.ja }, asking);
  const products = await askForProducts(env, from.products, incoming, flags, asking);
  const body = bodyAsProof(incoming, flags);

  const optional = async (value: string | undefined, flag: string, field: string, message: string): Promise<string | undefined> =>
    value !== undefined || !asking ? value : answerOrNone(env, { flag, message, otherwise: 'not known', lines: true }, reportField(flag, field));
  return given<Report>({
    ...from,
    title,
    products,
    impact: await optional(flags.impact ?? from.impact, '--impact', 'impact', 'Impact or attack scenario; will be sealed'),
    discovery: await optional(flags.discovery ?? from.discovery, '--discovery', 'discovery', 'How it was found, with which tools; will be sealed'),
    poc: await optional(flags.poc ?? from.poc ?? body, '--poc', 'poc', 'Proof of concept or steps; will be sealed'),
    timeLimits: await askForTimeLimits(env, flags, from.timeLimits, asking),
    reporter: incoming?.unread === true ? await askForReporter(env, await askWhetherSender(env, from.reporter), flags, ask.interactive) : await askForReporter(env, from.reporter, flags, asking),
    route: (flags.route as Report['route']) ?? from.route ?? (asking ? await askForRoute(env) : undefined),
    source: flags.source === undefined && flags.reference === undefined ? from.source : given({ ...from.source, name: flags.source ?? from.source?.name, reference: flags.reference ?? from.source?.reference }),
    language: flags.language ?? from.language ?? (asking ? await askForLanguage(env) : undefined),
  });
}

/** In a script all that is missing is named at once. */
function requireFlags(incoming: Incoming | undefined, flags: ReportFlags): void {
  const { title, products = [] } = incoming?.report ?? {};
  const product = products[0] ?? incoming?.document?.products.find(({ vendor }) => vendor === undefined) ?? incoming?.product;
  const needed: readonly (readonly [flag: string, known: unknown])[] = [
    ['--title', flags.title ?? flags.titleJa ?? title?.en ?? title?.ja],
    ['--product', flags.product ?? product?.name],
    ['--vendor-name', flags.vendorName ?? product?.vendor],
    ['--affected', flags.affected ?? product?.versions],
  ];
  const missing = needed.filter(([, known]) => known === undefined).map(([flag]) => flag);
  if (missing.length > 1) throw usage(`${missing.join(', ')} are missing: there is no terminal to ask at`, 'Give these flags, or take the report in at a terminal.');
}

/** What a flag says is judged as the field that it becomes, so that the person is told of the flag. */
export function requireSoundFlags(flags: ReportFlags): void {
  const fields: readonly (readonly [flag: string, value: string | undefined, ...path: (string | number)[]])[] = [
    ['--title', flags.title, 'title', 'en'],
    ['--title-ja', flags.titleJa, 'title', 'ja'],
    ['--link', flags.link, 'products', 0, 'link'],
    ['--last-update', flags.lastUpdate, 'products', 0, 'lastUpdate'],
    ...(flags.affected ?? []).map((version) => ['--affected', version, 'products', 0, 'versions', 0] as const),
    ['--impact', flags.impact, 'impact'],
    ['--discovery', flags.discovery, 'discovery'],
    ['--poc', flags.poc, 'poc'],
    ['--reporter-name', flags.reporterName, 'reporter', 'name'],
    ['--reporter-email', flags.reporterEmail, 'reporter', 'email'],
    ['--credit', flags.credit, 'reporter', 'credit', 'en'],
    ['--credit-ja', flags.creditJa, 'reporter', 'credit', 'ja'],
    ['--route', flags.route, 'route'],
    ['--source', flags.source, 'source', 'name'],
    ['--reference', flags.reference, 'source', 'reference'],
    ['--language', flags.language, 'language'],
  ];
  for (const [flag, value, ...path] of fields) if (value !== undefined) void reportField(flag, ...path)(value);
}

/** Refuses a report that the schema refuses, be it in a part that was not asked for. */
export function requireSound(report: Report, incoming: Incoming | undefined): void {
  const findings = checkReport(report, () => ({ line: 1, column: 1 }), incoming?.name ?? 'report');
  if (findings.length > 0) throw new VccError({ code: 'report-invalid', message: 'The report does not hold together', hint: 'Mend what is listed above; what a flag said is named by its field.', findings, exitCode: incoming === undefined ? 2 : 1 });
}

async function askTitle(env: Environment, known: { readonly en: string | undefined; readonly ja: string | undefined }, asking: boolean): Promise<Report['title']> {
  if (!asking && (known.en ?? known.ja) !== undefined) return given<Report['title']>(known);
  const question = { message: 'Title', en: { flag: '--title', given: known.en }, ja: { flag: '--title-ja', given: known.ja }, needed: true };
  return given<Report['title']>(await askBoth(env, question, (language, flag) => reportField(flag, 'title', language)));
}

async function askForTimeLimits(env: Environment, flags: ReportFlags, known: Report['timeLimits'], asking: boolean): Promise<Report['timeLimits']> {
  const read = (flag: string, field: string): Reader<string> => reportField(flag, 'timeLimits', 0, field);
  const question = { flag: '--time-limit', given: flags.timeLimit, message: 'Day on which the reporter means to speak of it in public, as 2014-06-06' };
  if (question.given === undefined && !asking) return known;
  const date = await answerOrNone(env, question, read(question.flag, 'date'));
  if (date === undefined) return known;
  const event = flags.timeLimitEvent === undefined && !asking ? undefined : await answerOrNone(env, { flag: '--time-limit-event', given: flags.timeLimitEvent, message: 'At which conference or occasion' }, read('--time-limit-event', 'event'));
  return [...(known ?? []), given({ date, event })];
}

const askForLanguage = (env: Environment): Promise<string> =>
  env.ask.select({ flag: '--language', message: 'Language of the report', choices: [{ value: 'en', name: 'English' }, { value: 'ja', name: 'Japanese' }] });

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
export function bodyAsProof(incoming: Incoming | undefined, flags: ReportFlags): string | undefined {
  const { report, text } = incoming ?? {};
  if (text === undefined || text.trim() === '' || report?.poc !== undefined || report?.discovery !== undefined || report?.impact !== undefined) return undefined;
  const body = storable(text.slice(0, SIGNATURE.exec(text)?.index)).trim();
  return flags.poc === undefined && flags.discovery === undefined && body !== '' && identityIn(body, report?.reporter ?? {}) === undefined ? body : undefined;
}

async function askForProducts(env: Environment, stated: readonly Product[] | undefined, incoming: Incoming | undefined, flags: ReportFlags, asking: boolean): Promise<Product[]> {
  const sort = flags.kind === undefined ? undefined : oneOf('--kind', [flags.kind], KINDS)[0];
  const said = given<Partial<Product>>({ kind: sort, lastUpdate: flags.lastUpdate });
  if (stated !== undefined && stated.length > 0 && flags.product === undefined) return stated.map((product) => ({ ...product, ...said }));
  const known = stated?.[0] ?? incoming?.product ?? {};
  const field = (flag: string, ...path: readonly (string | number)[]): Reader<string> => reportField(flag, 'products', 0, ...path);
  const nameless = stated === undefined && flags.product === undefined ? (incoming?.document?.products ?? []) : [];
  if (nameless.length > 0) {
    const makes = [...new Set(nameless.filter((product) => product.vendor === undefined).map((product) => legibleLine(product.name)))];
    const vendor = await answer(env, { flag: '--vendor-name', given: flags.vendorName, message: `Vendor of ${makes.slice(0, 5).join(', ')}${makes.length > 5 ? ` and ${makes.length - 5} more` : ''}` }, field('--vendor-name', 'vendor'));
    return nameless.map((product) => ({ ...product, vendor: product.vendor ?? vendor, ...said }));
  }
  const name = await answer(env, { flag: '--product', given: flags.product ?? known.name, message: 'Product' }, field('--product', 'name'));
  const vendor = await answer(env, { flag: '--vendor-name', given: flags.vendorName ?? known.vendor, message: 'Its vendor, as the product page names it' }, field('--vendor-name', 'vendor'));
  const versions = flags.affected ?? known.versions ?? [await answer(env, { flag: '--affected', message: "Affected versions, in the vendor's words" }, field('--affected', 'versions', 0))];
  const link = flags.link ?? known.link ?? (asking ? await answerOrNone(env, { flag: '--link', message: "The product's page" }, field('--link', 'link')) : undefined);
  const kind = known.kind ?? sort ?? (asking ? await askForKind(env) : undefined);
  return [given<Product>({ ...known, vendor, name, versions: [...versions], link, ...said, kind })];
}

/** Nobody is made to say it: a report by mail rarely does. */
async function askForKind({ ask }: Environment): Promise<Product['kind']> {
  if (!ask.interactive) return undefined;
  const kind = await ask.select<NonNullable<Product['kind']> | 'unknown'>({ flag: '--kind', message: 'What sort of thing is it?', choices: [{ value: 'unknown', name: 'not known' }, ...KINDS.map((value) => ({ value, name: value }))], default: 'unknown' });
  return kind === 'unknown' ? undefined : kind;
}

/** Of a mail that nobody can open the header is all that can be read: at a terminal a person says whether its sender reports. */
async function askWhetherSender({ ask }: Environment, sender: Reporter | undefined): Promise<Reporter | undefined> {
  if (sender === undefined || !ask.interactive) return sender;
  const is = await ask.select({ flag: '--reporter-email', message: `Does its sender report, ${[sender.name, `<${sender.email ?? ''}>`].filter((part) => part !== undefined).join(' ')}?`, choices: [{ value: true, name: 'yes; will be sealed' }, { value: false, name: 'no, somebody else' }] });
  return is ? sender : undefined;
}

export async function askForReporter(env: Environment, known: Reporter | undefined, flags: ReportFlags, asking: boolean): Promise<Reporter | undefined> {
  const { ask } = env;
  const wishes = { ...known?.wishes };
  for (const wish of flags.wish ?? []) {
    const field = WISHES[wish];
    if (field === undefined) throw usage(`--wish: unknown wish ${JSON.stringify(wish)}`, `${didYouMean(wish, Object.keys(WISHES))}Wishes are ${Object.keys(WISHES).join(', ')}.`);
    wishes[field] = true;
  }
  let name = flags.reporterName ?? known?.name;
  let email = flags.reporterEmail ?? known?.email;
  let key = flags.reporterKey === undefined ? known?.key : (await readReporterKey(env, flags.reporterKey)).armored;
  if (asking && name === undefined && email === undefined) {
    name = await answerOrNone(env, { flag: '--reporter-name', message: "Reporter's name; will be sealed", otherwise: 'anonymous' }, reportField('--reporter-name', 'reporter', 'name'));
    email = await answerOrNone(env, { flag: '--reporter-email', message: "Reporter's e-mail address; will be sealed" }, reportField('--reporter-email', 'reporter', 'email'));
    if (email !== undefined) key ??= await answerOrNone(env, { flag: '--reporter-key', message: "File with the reporter's OpenPGP public key; will be sealed" }, async (file) => (await readReporterKey(env, file)).armored);
    if (flags.wish === undefined && name !== undefined) {
      const chosen = await ask.several({ flag: '--wish', message: 'What does the reporter allow? (Enter alone: nothing)', choices: Object.entries(WISHES).map(([wish, field]) => ({ value: field, name: ALLOWS[field], description: wish })) });
      for (const field of chosen) wishes[field] = true;
    }
  }
  // A name in another script is another spelling: the one that the advisory bears is the reporter's to give.
  const credit: { en?: string | undefined; ja?: string | undefined } = { en: flags.credit ?? known?.credit?.en, ja: flags.creditJa ?? known?.credit?.ja };
  if (asking && wishes.publicCredit === true) {
    credit.en ??= await answerOrNone(env, { flag: '--credit', message: 'Name for the English advisory; will be sealed', otherwise: 'as above' }, reportField('--credit', 'reporter', 'credit', 'en'));
    credit.ja ??= await answerOrNone(env, { flag: '--credit-ja', message: 'Name for the Japanese advisory; will be sealed', otherwise: 'as above' }, reportField('--credit-ja', 'reporter', 'credit', 'ja'));
  }
  const named = given<NonNullable<Reporter['credit']>>(credit);
  const reporter = given<Reporter>({ ...known, name, email, key, credit: Object.keys(named).length > 0 ? named : undefined, wishes: Object.keys(wishes).length > 0 ? wishes : undefined });
  return Object.keys(reporter).length > 0 ? reporter : undefined;
}

/** One in the report itself may be anything; one that a coordinator names is to be used. Its fingerprint and ids are left out: they name the reporter. */
export async function readReporterKey(env: Environment, path: string, known?: string): Promise<{ readonly armored: string; readonly fingerprint: string; readonly revoked: boolean }> {
  const { name, bytes } = await env.input(path, KEY_LIMIT);
  const { armored, fingerprint, problems } = await env.keyring.inspect(bytes, env.clock.now(), known);
  const revoked = problems.includes('revoked');
  // That the key until now is revoked has to be known.
  const news = revoked && known !== undefined && known.trim() !== armored.trim() && (await isKey(env, known, fingerprint));
  if (problems.length > 0 && !news) throw refusal('key-unusable', `${name} cannot be used: ${problems.join('; ')}`, 'Ask the reporter for a current public key, and go on without one until it is here: vcc key import FILE --reporter CASE');
  return { armored, fingerprint, revoked };
}

async function isKey(env: Environment, armored: string, fingerprint: string): Promise<boolean> {
  return (await env.keyring.inspect(armored, env.clock.now())).fingerprint === fingerprint;
}
