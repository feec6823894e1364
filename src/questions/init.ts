import { usage } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import type { Configuration, Coordinator } from '../generated/documents.ts';
import type { FileWrite } from '../domain/plan.ts';
import { addressNotices, readUsableKey } from '../public-key.ts';

/** The flags of vcc init. */
export interface InitFlags {
  readonly name?: string;
  readonly nameJa?: string;
  readonly email?: string;
  readonly url?: string;
  readonly timezone?: string;
  readonly closure?: readonly string[];
  readonly series?: string;
  readonly seriesDirect?: string;
  readonly policy?: string;
  readonly public?: string;
  readonly publicUrl?: string;
  readonly coordinator?: readonly string[];
  readonly key?: readonly string[];
  readonly cna?: string;
  readonly cnaOrg?: string;
}

/** What a new case repository is told of its organisation. */
export interface InitAnswers {
  readonly configuration: Configuration;
  /** The files of keys/. */
  readonly keys: readonly FileWrite[];
  readonly notices: readonly string[];
}

/** Offices in Japan are closed from 29 December to 3 January; only 1 January is a public holiday. */
const YEAR_END = ['12-29', '12-30', '12-31', '01-01', '01-02', '01-03'];

/** Asks for what the flags leave open. Series default to those of JVN with the policy of JPCERT/CC, and have no default elsewhere. */
export async function askConfiguration(env: Environment, flags: InitFlags, policy: string): Promise<InitAnswers> {
  const text = (flag: string, given: string | undefined, message: string, more: { optional?: boolean; default?: string } = {}): Promise<string> =>
    given === undefined ? env.ask.text({ flag, message, ...more }) : Promise.resolve(given);
  const optional = { optional: true };
  const japanese = policy === 'jpcert';

  const name = await text('--name', flags.name, 'Name of the organisation in English', optional);
  const nameJa = await text('--name-ja', flags.nameJa, 'Name of the organisation in Japanese', optional);
  if (name === '' && nameJa === '') throw usage('--name or --name-ja is missing', 'vcc init DIR --name "Example CERT" ...');
  const email = await text('--email', flags.email, 'E-mail address that messages are sent from');
  const url = await text('--url', flags.url, 'Web page of the organisation', optional);
  const timezone = await text('--timezone', flags.timezone, 'Time zone in which days are counted', japanese ? { default: 'Asia/Tokyo' } : {});
  const partnership = await text('--series', flags.series, 'Prefix of public ids on the partnership route', japanese ? { default: 'JVN' } : {});
  const direct = await text('--series-direct', flags.seriesDirect, 'Prefix of public ids on the direct route', japanese ? { default: 'JVNVU' } : {});
  const publicSide = await askPublic(text, flags);
  const cna = cnaFrom(flags);
  const { team, keys, notices } = await askTeam(env, flags);
  const closures = flags.closure ?? (timezone === 'Asia/Tokyo' ? YEAR_END : []);
  return {
    configuration: {
      schemaVersion: 1,
      organisation: { name: { ...(name === '' ? {} : { en: name }), ...(nameJa === '' ? {} : { ja: nameJa }) }, email, ...(url === '' ? {} : { url }) },
      timezone,
      ...(closures.length === 0 ? {} : { closures: [...closures] }),
      series: { partnership, direct },
      team,
      ...(cna === undefined ? {} : { cna }),
      ...(publicSide === undefined ? {} : { public: publicSide }),
    },
    keys,
    notices,
  };
}

type AskText = (flag: string, given: string | undefined, message: string, more?: { optional?: boolean; default?: string }) => Promise<string>;

async function askPublic(text: AskText, flags: InitFlags): Promise<Configuration['public']> {
  const repository = await text('--public', flags.public, 'Path of the public repository from the root of this one, such as ../public', { optional: true });
  if (repository === '') {
    if (flags.publicUrl !== undefined) throw usage('--public-url needs --public', 'Give the path of the public repository: --public ../public');
    return undefined;
  }
  return { repository, url: await text('--public-url', flags.publicUrl, 'Web address under which the public repository is served') };
}

function cnaFrom({ cna, cnaOrg }: InitFlags): Configuration['cna'] {
  if (cna === undefined && cnaOrg === undefined) return undefined;
  if (cna === undefined || cnaOrg === undefined) throw usage(`${cna === undefined ? '--cna' : '--cna-org'} is missing`, 'A CNA has a short name and an organisation id (UUID): --cna NAME --cna-org UUID');
  return { shortName: cna, orgId: cnaOrg };
}

async function askTeam(env: Environment, flags: InitFlags): Promise<{ team: Coordinator[]; keys: FileWrite[]; notices: string[] }> {
  const first = flags.coordinator === undefined ? await askCoordinator(env) : undefined;
  const people = first === undefined ? (flags.coordinator ?? []).map(readCoordinator) : [first];
  const files = flags.key ?? [];
  if (files.length > people.length) throw usage(`${files.length} times --key and ${people.length} times --coordinator`, 'Give one --key for each --coordinator, in the same order.');
  const team: Coordinator[] = [];
  const keys = new Map<string, FileWrite>();
  const notices: string[] = [];
  for (const [index, person] of people.entries()) {
    const { slug, name, email } = person;
    const file = files[index] ?? (await env.ask.text({ flag: '--key', message: `File of the OpenPGP public key of ${name}` }));
    const key = await readUsableKey(env, { now: env.clock.now(), repository: { publicKey: () => undefined } }, file);
    for (const write of key.writes) keys.set(write.path, write);
    notices.push(...[...key.notices, ...addressNotices(key.facts, email)].map((notice) => `${name}: ${notice}`));
    team.push({ slug, name, email, key: key.facts.fingerprint });
  }
  return { team, keys: [...keys.values()], notices };
}

/** A member of the team as it was given, or asked for; the first one is probably who sits there. */
export async function askCoordinator(env: Environment, given?: string, question?: { readonly flag: string; readonly message: string }): Promise<Omit<Coordinator, 'key'>> {
  if (given !== undefined) return readCoordinator(given);
  if (question) return readCoordinator(await env.ask.text({ ...question, check: (value) => COORDINATOR.test(value) || 'Write it like Aoki Hanako <aoki@example.org>.' }));
  const identity = await env.git.identity();
  const message = 'First coordinator, as Name <address>';
  return readCoordinator(await env.ask.text({ flag: '--coordinator', message, ...(identity === undefined ? {} : { default: `${identity.name} <${identity.email}>` }) }));
}

const COORDINATOR = /^(?:([a-z0-9-]+):\s*)?([^<>]+?)\s*<([^<>\s]+)>$/;

/** 'Aoki Hanako <aoki@example.org>', with 'aoki: ' before it where the name before the @ is not the short name. */
export function readCoordinator(text: string): Omit<Coordinator, 'key'> {
  const [, given, name, email] = COORDINATOR.exec(text.trim()) ?? [];
  if (name === undefined || email === undefined) throw usage(`--coordinator: not a person: ${JSON.stringify(text)}`, 'Write it as "Aoki Hanako <aoki@example.org>", or with a short name of its own: "aoki: Aoki Hanako <desk@example.org>"');
  const slug = given ?? (email.split('@')[0] ?? '').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '');
  if (slug === '') throw usage(`--coordinator: no short name can be made of ${email}`, 'Give one: "aoki: Aoki Hanako <...>"');
  return { slug, name, email };
}
