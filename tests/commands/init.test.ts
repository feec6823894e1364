import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { readYaml } from '../../src/documents/yaml-text.ts';
import { init } from '../../src/commands/init.ts';
import { readCoordinator } from '../../src/questions/init.ts';
import { VCC } from '../support/built-vcc.ts';
import { typingEnvironment } from '../support/typing-environment.ts';
import { makeExampleKey, type ExampleKey } from '../support/example-key.ts';

let aoki: ExampleKey;
let mori: ExampleKey;
let folder: string;

beforeAll(async () => {
  [aoki, mori] = await Promise.all([makeExampleKey('Aoki Hanako', 'aoki@centre.example'), makeExampleKey('Mori', 'mori@centre.example')]);
});
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'vcc-init-')));
  writeFileSync(join(folder, 'aoki.asc'), aoki.publicKey);
  writeFileSync(join(folder, 'mori.asc'), mori.publicKey);
  writeFileSync(join(folder, 'secret.asc'), aoki.privateKey);
  writeFileSync(join(folder, 'config'), '[user]\n\tname = Aoki Hanako\n\temail = aoki@centre.example\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const FLAGS = ['--name', 'Example Centre', '--email', 'vuls@centre.example', '--key', 'aoki.asc'];

function run(args: readonly string[], cwd = folder): { code: number | null; stdout: string; stderr: string } {
  const [program, ...first] = VCC;
  const { status, stdout, stderr } = spawnSync(program, [...first, ...args], {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_GLOBAL: join(folder, 'config'), GIT_CONFIG_SYSTEM: '/dev/null', VCC_NOW: '2014-04-01T10:00:00+09:00', NO_COLOR: '1' },
  });
  return { code: status, stdout, stderr };
}

const git = (cwd: string, ...args: readonly string[]): string => execFileSync('git', args, { cwd, encoding: 'utf8' });
const written = (): string[] => readdirSync(folder).filter((name) => name.startsWith('cases') || name.startsWith('.'));

describe('vcc init', () => {
  it('makes a case repository that lints clean, with hooks, one commit and nothing left over', () => {
    const made = run(['init', 'my cases', ...FLAGS]);
    expect([made.code, made.stderr]).toEqual([0, expect.stringContaining("cd 'my cases'")]);
    const root = join(folder, 'my cases');
    expect(git(root, 'ls-files').trim().split('\n')).toEqual([
      '.gitattributes',
      '.github/workflows/vcc.yml',
      '.gitignore',
      '.gitlab-ci.yml',
      '.pre-commit-config.yaml',
      ...['advisory', 'case', 'catalogue', 'cna', 'common', 'cve-id', 'duty', 'guard', 'log-entry', 'partner', 'policy', 'published-advisory', 'report', 'reporter', 'translation', 'unreachable', 'vcc', 'vendor'].map((name) => `.vcc/schemas/${name}.schema.json`),
      `keys/${aoki.fingerprint}.asc`,
      'policy.yaml',
      'vcc.yaml',
    ]);
    expect(git(root, 'status', '--porcelain')).toBe('');
    expect(git(root, 'log', '--format=%s|%an|%ct').trim()).toBe(`Case repository of Example Centre|Aoki Hanako|${Date.parse('2014-04-01T01:00:00Z') / 1000}`);
    expect(run(['lint'], root)).toMatchObject({ code: 0, stderr: expect.stringContaining('0 errors, 0 warnings in') as string });
    expect(run(['hooks', 'status'], root).code).toBe(0);
    expect(git(root, 'config', 'vcc.command')).toContain(VCC[1]);
    expect(git(root, 'check-ignore', 'outbox/a.eml', '.vcc/cache').trim().split('\n')).toEqual(['outbox/a.eml', '.vcc/cache']);
  });

  it('writes files that CI systems and Git can read', () => {
    run(['init', 'cases', ...FLAGS]);
    const root = join(folder, 'cases');
    for (const name of ['.github/workflows/vcc.yml', '.gitlab-ci.yml', '.pre-commit-config.yaml', 'policy.yaml']) {
      expect(readYaml(name, readFileSync(join(root, name)))).toMatchObject({ ok: true });
    }
    expect(git(root, 'check-attr', 'text', 'eol', 'diff', 'merge', '--', 'cases/2014/61247051/sealed/poc.asc').trim().split('\n').map((line) => line.split(': ').slice(1).join(': '))).toEqual(['text: set', 'eol: lf', 'diff: unset', 'merge: unset']);
    for (const name of readdirSync(join(root, '.vcc', 'schemas'))) {
      expect(JSON.parse(readFileSync(join(root, '.vcc', 'schemas', name), 'utf8'))).toEqual(expect.not.objectContaining({ $id: expect.anything() as unknown }));
    }
  });

  it('writes what was said, and the person at the keyboard as the first coordinator', () => {
    run(['init', 'cases', ...FLAGS, '--name-ja', '例示センター', '--url', 'https://centre.example/', '--public', '../public', '--public-url', 'https://advisories.centre.example', '--cna', 'example', '--cna-org', '6a0b2e3c-0000-4000-8000-000000000000']);
    const read = readYaml('vcc.yaml', readFileSync(join(folder, 'cases', 'vcc.yaml')));
    expect(read).toMatchObject({
      ok: true,
      value: {
        schemaVersion: 1,
        organisation: { name: { en: 'Example Centre', ja: '例示センター' }, email: 'vuls@centre.example', url: 'https://centre.example/' },
        timezone: 'Asia/Tokyo',
        closures: ['12-29', '12-30', '12-31', '01-01', '01-02', '01-03'],
        series: { partnership: 'JVN', direct: 'JVNVU' },
        team: [{ slug: 'aoki', name: 'Aoki Hanako', email: 'aoki@centre.example', key: aoki.fingerprint }],
        cna: { shortName: 'example', orgId: '6a0b2e3c-0000-4000-8000-000000000000' },
        public: { repository: '../public', url: 'https://advisories.centre.example' },
      },
    });
    expect(readFileSync(join(folder, 'cases', 'vcc.yaml'), 'utf8')).toMatch(/^# yaml-language-server: \$schema=\.vcc\/schemas\/vcc\.schema\.json\n/);
  });

  it('takes several coordinators with their keys in the same order', () => {
    const made = run(['init', 'cases', '--name', 'C', '--email', 'v@centre.example', '--coordinator', 'hana: Aoki <aoki@centre.example>', '--key', 'aoki.asc', '--coordinator', 'Mori <mori@centre.example>', '--key', 'mori.asc', '--json']);
    expect(JSON.parse(made.stdout)).toMatchObject({ schemaVersion: 1, kind: 'init', folder: join(folder, 'cases') });
    expect(readFileSync(join(folder, 'cases', 'vcc.yaml'), 'utf8')).toMatch(new RegExp(`slug: hana[^]*key: ${aoki.fingerprint}[^]*slug: mori[^]*key: ${mori.fingerprint}`));
  });

  it('makes it in the folder where one stands, if that is empty', () => {
    execFileSync('mkdir', ['here'], { cwd: folder });
    expect(run(['init', ...FLAGS.slice(0, -1), '../aoki.asc'], join(folder, 'here')).code).toBe(0);
    expect(existsSync(join(folder, 'here', '.git', 'hooks', 'pre-merge-commit'))).toBe(true);
  });

  it('takes a time without an offset in the zone that it is told', () => {
    expect(run(['init', 'cases', ...FLAGS, '--timezone', 'Asia/Tokyo', '--now', '2014-04-01T10:00']).code).toBe(0);
    expect(git(join(folder, 'cases'), 'log', '--format=%ct').trim()).toBe(String(Date.parse('2014-04-01T01:00:00Z') / 1000));
    expect(run(['init', 'more', ...FLAGS, '--timezone', 'Asia/Tokio', '--now', '2014-04-01T10:00']).stderr).toContain('--timezone: no time zone');
  });

  it('says in its help that the public repository needs its address', () => {
    expect(run(['init', '--help']).stdout).toContain('needs --public-url');
  });

  it('shows the plan with --dry-run and writes nothing', () => {
    const shown = run(['init', 'cases', ...FLAGS, '--dry-run']);
    expect([shown.code, shown.stdout]).toEqual([0, expect.stringContaining('policy.yaml')]);
    expect(written()).toEqual([]);
  });

  it.each([
    ['a missing name', ['--email', 'v@centre.example', '--key', 'aoki.asc'], '--name', 2],
    ['a missing key', ['--name', 'C', '--email', 'v@centre.example'], '--key', 2],
    ['a key without its coordinator', [...FLAGS, '--key', 'mori.asc'], '--coordinator', 2],
    ['a private key', ['--name', 'C', '--email', 'v@centre.example', '--key', 'secret.asc'], 'private key', 1],
    ['a key that is not there', ['--name', 'C', '--email', 'v@centre.example', '--key', 'nowhere.asc'], 'nowhere.asc', 2],
    ['a time zone that does not exist', [...FLAGS, '--timezone', 'Asia/Tokio'], 'Asia/Tokio', 2],
    ['an unknown policy', [...FLAGS, '--policy', '../../etc'], '--policy', 2],
    ['a public address without its path', [...FLAGS, '--public-url', 'https://x.example'], '--public', 2],
    ['half a CNA', [...FLAGS, '--cna', 'example'], '--cna-org', 2],
    ['an address that is none', ['--name', 'C', '--email', 'nobody', '--key', 'aoki.asc'], 'email', 2],
    ['two coordinators who are one', [...FLAGS, '--coordinator', 'A <a@centre.example>', '--coordinator', 'B <a@centre.example>', '--key', 'mori.asc'], 'two coordinators', 1],
    ['a name with a terminal escape', ['--name', 'C\u001b[2J', '--email', 'v@centre.example', '--key', 'aoki.asc'], 'name', 2],
  ])('refuses %s, says which, and writes nothing', (_what, flags, says, code) => {
    const refused = run(['init', 'cases', ...flags]);
    expect([refused.code, refused.stderr]).toEqual([code, expect.stringContaining(says)]);
    expect(refused.stderr).not.toContain('\u001b');
    expect(refused.stderr).not.toContain('bug');
    expect(written()).toEqual([]);
  });

  it('says how Git learns who one is, where it was never told, and that works as typed', () => {
    writeFileSync(join(folder, 'config'), '');
    const refused = run(['init', 'cases', ...FLAGS, '--coordinator', 'Aoki Hanako <aoki@centre.example>']);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('Git does not know who you are') as string });
    const command = /Type: (git config --global .*)/.exec(refused.stderr)?.[1] ?? '';
    execFileSync('sh', ['-c', command], { cwd: folder, env: { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: join(folder, 'config') } });
    expect(run(['init', 'cases', ...FLAGS, '--coordinator', 'Aoki Hanako <aoki@centre.example>']).code).toBe(0);
  });

  it('refuses a folder that is not empty', () => {
    execFileSync('mkdir', ['cases'], { cwd: folder });
    writeFileSync(join(folder, 'cases', 'mine.txt'), 'x');
    expect(run(['init', 'cases', ...FLAGS])).toMatchObject({ code: 1, stderr: expect.stringContaining('not empty') as string });
    expect(readdirSync(join(folder, 'cases'))).toEqual(['mine.txt']);
  });
});

describe('a coordinator', () => {
  it('is a name and an address, with a short name that is given or made', () => {
    expect(readCoordinator('PERSON')('Aoki Hanako <Aoki.Hanako@centre.example>')).toEqual({ slug: 'aoki-hanako', name: 'Aoki Hanako', email: 'Aoki.Hanako@centre.example' });
    expect(readCoordinator('PERSON')('hana: 青木 花子 <desk@centre.example>')).toEqual({ slug: 'hana', name: '青木 花子', email: 'desk@centre.example' });
  });

  it.each(['', 'Aoki', 'aoki@centre.example', 'Aoki <a@b> <c@d>', '<a@b>', 'Aoki <+@centre.example>'])('is not %j', (text) => {
    expect(() => readCoordinator('--coordinator')(text)).toThrow('--coordinator');
  });
});

describe('vcc init by prompts', () => {
  const answers = {
    '--name': '',
    '--name-ja': '例示センター',
    '--email': ['nobody', 'vuls@centre.example'],
    '--url': ['centre.example', 'https://centre.example/'],
    '--timezone': ['Asia/Tokio', ''],
    '--series': ['jvn', ''],
    '--series-direct': '',
    '--public': '',
    '--coordinator': ['Aoki', 'Aoki <aoki>', 'Aoki Hanako <aoki@centre.example>'],
    '--key': ['nowhere.asc', 'secret.asc', 'config', 'aoki.asc'],
  };

  beforeEach(() => vi.stubEnv('GIT_CONFIG_GLOBAL', join(folder, 'config')));
  afterEach(() => vi.unstubAllEnvs());

  it('asks nothing where Git does not know who makes it', async () => {
    vi.stubEnv('GIT_CONFIG_GLOBAL', '/dev/null');
    const { env, asked } = typingEnvironment(folder, { answers });
    await expect(init(env, { dir: 'cases' })).rejects.toMatchObject({ code: 'no-identity' });
    expect(asked).toEqual([]);
  });

  it('asks again for each answer that would be refused at the end, and says why', async () => {
    const { env, asked, refused, stdout } = typingEnvironment(folder, { answers, dryRun: true });
    expect(await init(env, { dir: 'cases' })).toBe(0);
    expect(asked).toEqual(Object.keys(answers));
    expect(refused).toEqual(
      [/e-mail address/, /web address/, /no time zone.*Asia\/Tokyo/, /capital letters/, /not a person/, /the address must be an e-mail address/, /cannot read nowhere\.asc/, /private key/, /./].map((reason) => expect.stringMatching(reason) as string),
    );
    expect(stdout.join('\n')).toContain('vcc.yaml');
  });

  it('asks nothing for a folder that is not empty', async () => {
    const { env, asked } = typingEnvironment(folder, { answers, dryRun: true });
    await expect(init(env, {})).rejects.toMatchObject({ code: 'not-empty' });
    expect(asked).toEqual([]);
  });
});
