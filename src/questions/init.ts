import { fieldProblem } from '../documents/check-shape.ts';
import { isZone } from '../documents/policy-check.ts';
import { usage } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import type { Configuration, Coordinator } from '../generated/documents.ts';
import type { FileWrite } from '../domain/plan.ts';
import { addressNotices, readUsableKey } from '../public-key.ts';
import { answer, answerOrNone, askNames, schemaField, usableKeyFile, type Reader } from './answer.ts';

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
  const japanese = policy === 'jpcert';
  const field = (flag: string, ...path: readonly string[]): Reader<string> => schemaField('vcc', path, flag);

  const name = await askNames(env, flags, 'vcc');
  const email = await answer(env, { flag: '--email', given: flags.email, message: 'E-mail address that messages are sent from' }, field('--email', 'organisation', 'email'));
  const url = await answerOrNone(env, { flag: '--url', given: flags.url, message: 'Web page of the organisation' }, field('--url', 'organisation', 'url'));
  const timezone = await answer(env, { flag: '--timezone', given: flags.timezone, message: 'Time zone in which days are counted', default: japanese ? 'Asia/Tokyo' : undefined }, readZone);
  const partnership = await answer(env, { flag: '--series', given: flags.series, message: 'Prefix of public ids on the partnership route', default: japanese ? 'JVN' : undefined }, field('--series', 'series', 'partnership'));
  const direct = await answer(env, { flag: '--series-direct', given: flags.seriesDirect, message: 'Prefix of public ids on the direct route', default: japanese ? 'JVNVU' : undefined }, field('--series-direct', 'series', 'direct'));
  const publicSide = await askPublic(env, flags, field);
  const cna = cnaFrom(flags);
  const { team, keys, notices } = await askTeam(env, flags);
  const closures = flags.closure ?? (timezone === 'Asia/Tokyo' ? YEAR_END : []);
  return {
    configuration: {
      schemaVersion: 1,
      organisation: { name: { ...(name.en === undefined ? {} : { en: name.en }), ...(name.ja === undefined ? {} : { ja: name.ja }) }, email, ...(url === undefined ? {} : { url }) },
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

function readZone(text: string): string {
  if (!isZone(text)) throw usage(`--timezone: no time zone of the IANA database: ${JSON.stringify(text)}`, 'Write it like Asia/Tokyo or Europe/Berlin.');
  return text;
}

async function askPublic(env: Environment, flags: InitFlags, field: (flag: string, ...path: readonly string[]) => Reader<string>): Promise<Configuration['public']> {
  const message = 'Path of the public repository from the root of this one, for example ../public';
  const repository = await answerOrNone(env, { flag: '--public', given: flags.public, message, otherwise: 'none yet' }, field('--public', 'public', 'repository'));
  if (repository === undefined) {
    if (flags.publicUrl !== undefined) throw usage('--public-url needs --public', 'Give the path of the public repository: --public ../public');
    return undefined;
  }
  return { repository, url: await answer(env, { flag: '--public-url', given: flags.publicUrl, message: 'Web address under which the public repository is served' }, field('--public-url', 'public', 'url')) };
}

function cnaFrom({ cna, cnaOrg }: InitFlags): Configuration['cna'] {
  if (cna === undefined && cnaOrg === undefined) return undefined;
  if (cna === undefined || cnaOrg === undefined) throw usage(`${cna === undefined ? '--cna' : '--cna-org'} is missing`, 'A CNA has a short name and an organisation id (UUID): --cna NAME --cna-org UUID');
  return { shortName: cna, orgId: cnaOrg };
}

async function askTeam(env: Environment, flags: InitFlags): Promise<{ team: Coordinator[]; keys: FileWrite[]; notices: string[] }> {
  const people = flags.coordinator?.map(readCoordinator('--coordinator')) ?? [await askCoordinator(env)];
  const files = flags.key ?? [];
  if (files.length > people.length) throw usage(`${files.length} times --key and ${people.length} times --coordinator`, 'Give one --key for each --coordinator, in the same order.');
  const team: Coordinator[] = [];
  const keys = new Map<string, FileWrite>();
  const notices: string[] = [];
  for (const [index, { slug, name, email }] of people.entries()) {
    const file = await answer(env, { flag: '--key', given: files[index], message: `File of the OpenPGP public key of ${name}` }, usableKeyFile(env));
    const key = await readUsableKey(env, { now: env.clock.now(), repository: { publicKey: () => undefined } }, file);
    for (const write of key.writes) keys.set(write.path, write);
    notices.push(...[...key.notices, ...addressNotices(key.facts, email)].map((notice) => `${name}: ${notice}`));
    team.push({ slug, name, email, key: key.facts.fingerprint });
  }
  return { team, keys: [...keys.values()], notices };
}

/** The first member of the team is probably who sits there. */
async function askCoordinator(env: Environment): Promise<Omit<Coordinator, 'key'>> {
  const identity = await env.git.identity();
  return answer(env, { flag: '--coordinator', message: 'First coordinator, as Name <address>', default: identity && `${identity.name} <${identity.email}>` }, readCoordinator('--coordinator'));
}

const COORDINATOR = /^(?:([a-z0-9-]+):\s*)?([^<>]+?)\s*<([^<>\s]+)>$/;

/** 'Aoki Hanako <aoki@example.org>', with 'aoki: ' before it where the name before the @ is not the short name. */
export const readCoordinator = (flag: string) => (text: string): Omit<Coordinator, 'key'> => {
  const [, given, name, email] = COORDINATOR.exec(text.trim()) ?? [];
  if (name === undefined || email === undefined) throw usage(`${flag}: not a person: ${JSON.stringify(text)}`, 'Write it as "Aoki Hanako <aoki@example.org>", or with a short name of its own: "aoki: Aoki Hanako <desk@example.org>"');
  const slug = given ?? (email.split('@')[0] ?? '').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '');
  if (slug === '') throw usage(`${flag}: no short name can be made of ${email}`, 'Give one: "aoki: Aoki Hanako <...>"');
  for (const [field, value] of Object.entries({ slug, name, email })) {
    const problem = fieldProblem('vcc', ['team', 0, field], value, `${flag}: the ${field === 'slug' ? 'short name' : field === 'email' ? 'address' : field}`);
    if (problem !== undefined) throw usage(problem, 'Write it as "Aoki Hanako <aoki@example.org>".');
  }
  return { slug, name, email };
};
