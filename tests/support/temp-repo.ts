import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { generateKey } from 'openpgp';
import type { Configuration } from '../../src/generated/documents.ts';
import { POLICY_YAML } from './case-tree.ts';

/** A person with an OpenPGP key made for the tests, valid since 2014-01-01. */
export interface TestPerson {
  readonly slug: string;
  readonly name: string;
  readonly email: string;
  readonly key: string;
  readonly publicKey: string;
  readonly privateKey: string;
}

export interface TempRepository {
  /** The case repository. */
  readonly root: string;
  /** Where its public repository will be. */
  readonly publicRoot: string;
  /** A folder of the test's own beside both. */
  readonly folder: string;
  readonly team: readonly TestPerson[];
  readonly configuration: Configuration;
  git(...args: readonly string[]): string;
  write(path: string, text: string): void;
  read(path: string): string;
  /** Commits everything as it stands and gives the commit. */
  commit(subject: string): string;
  /** Makes this person the one who types. */
  actAs(person: TestPerson): void;
  dispose(): void;
}

const people = new Map<string, Promise<TestPerson>>();

/** Keys take time: each person is made once a process. */
export function testPerson(slug: string, options: { readonly passphrase?: string; readonly lifetime?: number } = {}): Promise<TestPerson> {
  const id = JSON.stringify([slug, options]);
  const known = people.get(id) ?? makePerson(slug, options);
  people.set(id, known);
  return known;
}

async function makePerson(slug: string, { passphrase, lifetime }: { readonly passphrase?: string; readonly lifetime?: number }): Promise<TestPerson> {
  const name = slug.charAt(0).toUpperCase() + slug.slice(1);
  const email = `${slug}@centre.example`;
  const { privateKey, publicKey } = await generateKey({
    userIDs: { name, email },
    date: new Date('2014-01-01T00:00:00Z'),
    format: 'object',
    ...(passphrase === undefined ? {} : { passphrase }),
    ...(lifetime === undefined ? {} : { keyExpirationTime: lifetime }),
  });
  return { slug, name, email, key: publicKey.getFingerprint().toUpperCase(), publicKey: publicKey.armor(), privateKey: privateKey.armor() };
}

/** A real case repository in a temporary folder: vcc.yaml, a policy, two coordinators with keys, one commit. */
export async function tempRepository(policy: string = POLICY_YAML): Promise<TempRepository> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'vcc-test-')));
  const root = join(folder, 'cases');
  mkdirSync(root);
  const team = await Promise.all([testPerson('hanako'), testPerson('taro')]);
  const configuration: Configuration = {
    schemaVersion: 1,
    organisation: { name: { en: 'Example Centre', ja: '例の調整機関' }, email: 'vuls@centre.example' },
    timezone: 'Asia/Tokyo',
    series: { partnership: 'JVN', direct: 'JVNVU' },
    team: team.map(({ slug, name, email, key }) => ({ slug, name, email, key })),
    public: { repository: '../public', url: 'https://public.centre.example' },
  };
  const repository = repositoryIn(folder, team, configuration);
  repository.git('init', '--quiet', '--initial-branch=main');
  repository.actAs(team[0]);
  // JSON is YAML, and needs nothing of ours to be written.
  repository.write('vcc.yaml', `${JSON.stringify(configuration, null, 2)}\n`);
  repository.write('policy.yaml', policy);
  repository.write('.gitignore', 'outbox/\n');
  for (const person of team) repository.write(`keys/${person.key}.asc`, person.publicKey);
  repository.commit('Make the case repository');
  return repository;
}

function repositoryIn(folder: string, team: readonly TestPerson[], configuration: Configuration): TempRepository {
  const root = join(folder, 'cases');
  const repository: TempRepository = {
    root,
    publicRoot: join(folder, 'public'),
    folder,
    team,
    configuration,
    git: (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }),
    write(path, text) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    },
    read: (path) => readFileSync(join(root, path), 'utf8'),
    commit(subject) {
      repository.git('add', '--all');
      repository.git('commit', '--quiet', '--no-verify', '-m', subject);
      return repository.git('rev-parse', 'HEAD').trim();
    },
    actAs(person) {
      const file = join(folder, `${person.slug}.private.asc`);
      writeFileSync(file, person.privateKey, { mode: 0o600 });
      repository.git('config', 'user.name', person.name);
      repository.git('config', 'user.email', person.email);
      repository.git('config', 'vcc.keyFile', file);
    },
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
  return repository;
}

/** The same repository in a folder of its own: what took many commands to make is made once and broken often. The first must outlive it. */
export function copyOf(repository: TempRepository): TempRepository {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'vcc-test-')));
  cpSync(repository.folder, folder, { recursive: true });
  return repositoryIn(folder, repository.team, repository.configuration);
}
