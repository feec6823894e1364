import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decrypt, readMessage, readPrivateKey } from 'openpgp';
import PostalMime from 'postal-mime';
import { approve } from '../../src/commands/approve.ts';
import { intake, type IntakeOptions } from '../../src/commands/intake.ts';
import { notify } from '../../src/commands/notify.ts';
import { record } from '../../src/commands/record.ts';
import { schedule } from '../../src/commands/schedule.ts';
import { triage } from '../../src/commands/triage.ts';
import type { Environment } from '../../src/environment.ts';
import { jpcertPolicy } from './a-case.ts';
import { copyOf, tempRepository, testPerson, type TempRepository, type TestPerson } from './temp-repo.ts';
import { typingEnvironment } from './typing-environment.ts';

export const NUMBER = '61247051';
export const FOLDER = `cases/2014/${NUMBER}`;
export const PUBLISH_AT = '2014-06-06T12:00:00+09:00';

/** A report by somebody who wants to stay unknown to vendors and the public. */
export const REPORT = {
  title: { en: 'Example Router passes names to a shell', ja: 'Example Router における OS コマンドインジェクションの脆弱性' },
  products: [{ vendor: 'Acme', registry: 'acme', name: 'Example Router', versions: ['1.2.3 and earlier'], link: 'https://acme.example/router' }],
  discovery: 'A name with a semicolon was tried by hand.',
  impact: 'Whoever reaches the page runs commands.',
  poc: 'Type ; reboot as the name.',
  reporter: { name: 'Yamada Hanako', email: 'yamada@finder.example', organisation: 'Quiet Laboratory' },
  language: 'en',
} as const;

const ADVISORY = {
  en: ['Overview', 'Products Affected', 'Description', 'Impact', 'Solution'],
  ja: ['概要', '影響を受けるシステム', '詳細情報', '想定される影響', '対策方法'],
} as const;

export interface Desk extends TempRepository {
  readonly finder: TestPerson;
  /** Every readable file of the case, every commit message and every name of a file, also in the outbox: where no identity may stand. */
  readable(): string;
  head(): { readonly subject: string; readonly body: string; trailer(name: string): string[] };
  log(): string[];
  entry(event: string, nth?: number): string;
  outbox(): string[];
  /** What this person reads in a message of the outbox: its text, and its attachments with their names. */
  opened(mail: string, person: TestPerson): Promise<string>;
  /** A file beside the repository. */
  file(name: string, text: string | Uint8Array): string;
  /** Nothing is uncommitted, no mail is waiting, and no commit was added since. */
  untouchedSince(commit: string, mails: number): boolean;
  copy(): Desk;
}

function deskIn(repository: TempRepository, finder: TestPerson): Desk {
  const outbox = (): string[] => {
    try {
      return readdirSync(join(repository.root, 'outbox')).sort();
    } catch (problem) {
      if ((problem as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw problem;
    }
  };
  const log = (): string[] => readdirSync(join(repository.root, FOLDER, 'log')).sort();
  return {
    ...repository,
    finder,
    outbox,
    log,
    readable: () =>
      [
        ...repository.git('ls-files', 'cases').trim().split('\n').filter((path) => !path.includes('/sealed/')).map((path) => repository.read(path.replaceAll('"', ''))),
        repository.git('ls-files'),
        repository.git('log', '--format=%B'),
        ...outbox().map((name) => `${name}\n${repository.read(`outbox/${name}`).split('\r\n\r\n')[0]?.replace(/^To: .*$/m, '') ?? ''}`),
      ].join('\n'),
    head: () => ({
      subject: repository.git('log', '-1', '--format=%s').trim(),
      body: repository.git('log', '-1', '--format=%b'),
      trailer: (name) => repository.git('log', '-1', `--format=%(trailers:key=${name},valueonly)`).trim().split('\n').filter((line) => line !== ''),
    }),
    entry(event, nth = 0) {
      const name = log().filter((each) => each.includes(`Z-${event}-`))[nth];
      if (name === undefined) throw new Error(`no entry ${event} in ${log().join(', ')}`);
      return repository.read(`${FOLDER}/log/${name}`);
    },
    async opened(mail, person) {
      const armored = /-----BEGIN PGP MESSAGE-----[\s\S]*-----END PGP MESSAGE-----/.exec(repository.read(`outbox/${mail}`))?.[0] ?? '';
      const { data } = (await decrypt({ message: await readMessage({ armoredMessage: armored }), decryptionKeys: await readPrivateKey({ armoredKey: person.privateKey }), date: new Date('2014-06-30T00:00:00Z') })) as { readonly data: unknown };
      const { text = '', attachments } = await PostalMime.parse(String(data));
      return [text, ...attachments.map(({ filename, content }) => `${filename ?? ''}\n${typeof content === 'string' ? content : new TextDecoder().decode(content)}`)].join('\n');
    },
    file(name, text) {
      writeFileSync(join(repository.folder, name), text);
      return join(repository.folder, name);
    },
    untouchedSince: (commit, mails) => repository.git('rev-parse', 'HEAD').trim() === commit.trim() && repository.git('status', '--porcelain') === '' && outbox().length === mails,
    copy: () => deskIn(copyOf(repository), finder),
  };
}

/** A case repository with the shipped policy and four vendors: acme (agreement, key), libre (open source, key), keyless (open source), unsigned (commercial, no agreement). */
export async function aDesk(): Promise<Desk> {
  const policy = readFileSync(new URL('../../templates/policies/jpcert.yaml', import.meta.url), 'utf8');
  const repository = await tempRepository(policy);
  const [acme, libre, finder] = await Promise.all([testPerson('acme'), testPerson('libre'), testPerson('finder')]);
  const vendor = (slug: string, name: string, kind: string, more: string, key?: TestPerson): void => {
    repository.write(`vendors/${slug}.yaml`, `schemaVersion: 1\nname:\n  en: ${name}\nkind: ${kind}\n${more}contacts:\n  - email: psirt@${slug}.example\n    language: en\n${key ? `    key: "${key.key}"\n` : ''}`);
    if (key) repository.write(`keys/${key.key}.asc`, key.publicKey);
  };
  vendor('acme', 'Acme Corporation', 'commercial', 'agreement:\n  signed: "2012-04-01"\n', acme);
  vendor('libre', 'Libre project', 'open-source', '', libre);
  vendor('keyless', 'Keyless project', 'open-source', '');
  vendor('unsigned', 'Unsigned Limited', 'commercial', '', acme);
  repository.commit('Vendors');
  return deskIn(repository, finder);
}

/** Runs a command at a time and gives what it printed; whatever it throws is thrown. */
export async function typed<O>(desk: TempRepository, command: (env: Environment, options: O) => Promise<number>, options: O, now: string, how: Parameters<typeof typingEnvironment>[1] = {}) {
  const typing = typingEnvironment(desk.root, { ...how, now: now.length === 16 ? `${now}:00+09:00` : now });
  const code = await command(typing.env, options);
  return { code, ...typing, printed: [...typing.stdout, ...typing.stderr, JSON.stringify(typing.envelopes)].join('\n') };
}

export const reportFile = (desk: Desk, changes: object = {}, withKey = true): string =>
  desk.file('report.json', JSON.stringify({ ...REPORT, ...changes, reporter: { ...REPORT.reporter, ...(withKey ? { key: desk.finder.publicKey } : {}), ...((changes as { reporter?: object }).reporter ?? {}) } }));

export const takeIn = (desk: Desk, changes: object = {}, options: Partial<IntakeOptions> = {}, withKey = true) => typed(desk, intake, { file: reportFile(desk, changes, withKey), id: NUMBER, ...options }, '2014-05-01T10:00');

const CRITERIA = jpcertPolicy().acceptance.filter(({ routes }) => !routes || routes.includes('direct')).map(({ id }) => `${id}=yes`);

export const accept = (desk: Desk, changes: object = {}) => typed(desk, triage, { case: NUMBER, criterion: CRITERIA, spread: 'wide', accept: true, reason: 'It meets the policy.', ...changes }, '2014-05-02T10:00');

export const happened = (desk: Desk, event: string, flags: Record<string, string | boolean | readonly string[]>, now: string) => typed(desk, record, { case: NUMBER, event, flags }, now);

export function writeAdvisories(desk: Desk, changes: { readonly en?: string; readonly ja?: string } = {}): void {
  for (const language of ['en', 'ja'] as const) {
    const text = ADVISORY[language].map((heading) => `## ${heading}\n\n${language === 'en' ? 'Update the router to 1.2.4.' : 'ルータを 1.2.4 に更新してください。'}\n`).join('\n');
    desk.write(`${FOLDER}/advisory.${language}.md`, `---\ncase: "${NUMBER}"\nlanguage: ${language}\ntitle: ${REPORT.title[language]}\n---\n\n${text}${changes[language] ?? ''}`);
  }
}

/** In coordination with acme, which has the details. */
export async function coordinate(desk: Desk): Promise<void> {
  await takeIn(desk);
  await accept(desk);
  await typed(desk, notify, { case: NUMBER, vendor: ['acme'] }, '2014-05-02T11:00');
  await happened(desk, 'vendor-replied', { vendor: 'acme', progress: 'accepted' }, '2014-05-07T11:00');
}

/** Everything the gate asks for is there, and the agreed minute is PUBLISH_AT; hanako wrote the text, taro approved it. */
export async function readyToPublish(desk: Desk): Promise<void> {
  const date = PUBLISH_AT;
  await happened(desk, 'fix-available', { vendor: 'acme', remediation: 'fix' }, '2014-06-01T10:00');
  await happened(desk, 'vendor-status', { vendor: 'acme', status: 'affected' }, '2014-06-01T10:00');
  await happened(desk, 'cve-assigned', { cve: 'CVE-2014-9999', assigner: 'acme' }, '2014-06-01T10:00');
  await happened(desk, 'date-agreed', { party: 'vendor:acme', date }, '2014-06-01T10:00');
  await happened(desk, 'date-agreed', { party: 'reporter', date }, '2014-06-01T10:00');
  await typed(desk, schedule, { case: NUMBER, date }, '2014-06-01T10:00');
  writeAdvisories(desk);
  desk.commit('Write the advisory');
  await approveAs(desk, 1, '2014-06-02T10:00');
}

export async function approveAs(desk: Desk, member: 0 | 1, now: string) {
  const person = desk.team[member];
  const other = desk.team[1 - member];
  if (!person || !other) throw new Error('a desk has two coordinators');
  desk.actAs(person);
  try {
    return await typed(desk, approve, { case: NUMBER }, now);
  } finally {
    desk.actAs(other);
  }
}
