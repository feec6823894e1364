import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHAPTERS, MATERIAL } from '../src/demo-story.ts';
import { demo } from '../src/commands/demo.ts';
import { VccError } from '../src/domain/problem.ts';
import type { Environment } from '../src/environment.ts';
import { isMade } from '../src/documents/site-files.ts';
import { tempGnupg, type TempGnupg } from './support/temp-gnupg.ts';
import { EXAMPLE_KEYS, typedVcc, type Typed, type TypedVcc } from './support/typed-vcc.ts';

// A person whose own Git would sign, run strange hooks and be somebody else.
const HOSTILE = '[user]\n\tname = Somebody Else\n\temail = else@other.example\n[commit]\n\tgpgsign = true\n[core]\n\thooksPath = /nonexistent/hooks\n[init]\n\tdefaultBranch = trunk\n';

describe('vcc demo', () => {
  let typed: TypedVcc;
  let gnupg: TempGnupg;
  let run: Typed;
  let folder = '';

  beforeAll(() => {
    typed = typedVcc();
    gnupg = tempGnupg();
    writeFileSync(join(typed.folder, 'own.gitconfig'), HOSTILE);
    run = typed.vcc(['demo', '--fast'], { env: { GIT_CONFIG_GLOBAL: join(typed.folder, 'own.gitconfig'), GIT_AUTHOR_EMAIL: 'else@other.example', VCC_KEY_FILE: '/nonexistent', VCC_NOW: '2020-01-01T00:00Z' } });
    folder = readdirSync(typed.folder).find((name) => name.startsWith('vcc-demo-')) ?? '';
  }, 240_000);
  afterAll(() => {
    typed.dispose();
    gnupg.dispose();
  });

  test('runs to its end, and shows each command as it is typed', () => {
    expect(run.stderr).toBe('');
    expect(run.code).toBe(0);
    for (const { type } of CHAPTERS.flatMap((chapter) => chapter.steps)) expect(run.stdout).toContain(`$ ${type}`);
    expect(run.stdout.match(/refused with exit code 1/g)).toHaveLength(3);
    expect(run.stdout).toContain('Try it yourself');
    expect(run.stdout).not.toContain('else@other.example');
  });

  test('leaves the person\'s own Git configuration alone', () => {
    expect(readFileSync(join(typed.folder, 'own.gitconfig'), 'utf8')).toBe(HOSTILE);
  });

  test('the public repository has both pages, and nothing of the case repository', () => {
    const published = typed.git(['ls-files'], { cwd: `${folder}/public` });
    const files = published.stdout.split('\n').filter(Boolean);
    expect(files).toEqual(expect.arrayContaining(['2014/61247051/advisory.ja.txt', '2014/61247051/en.html', '2014/61247051/ja.html', '2014/index.json', 'atom.ja.xml', 'index.html']));
    expect(files.filter((path) => !isMade(path))).toEqual(['2014/61247051/advisory.json']);
    const page = (language: string): string => readFileSync(join(typed.folder, folder, 'public', '2014', '61247051', `${language}.html`), 'utf8');
    expect(page('en')).toContain('JVN#61247051');
    expect(page('en')).toContain('KIKUCHI Masashi');
    expect(page('ja')).toContain('Change Cipher Spec メッセージの処理に脆弱性');
    for (const language of ['en', 'ja']) expect(page(language)).not.toContain('finder.example');
  });

  test('the case repository lints clean and both repositories are sound', () => {
    const linted = typed.vcc(['lint'], { cwd: `${folder}/cases`, env: { VCC_NOW: '2014-06-06T12:05+09:00' } });
    expect([linted.code, linted.stdout, linted.stderr]).toEqual([0, '', expect.stringMatching(/^0 errors, 0 warnings in \d+ files, 1 case\n$/)]);
    for (const name of ['cases', 'public']) {
      const checked = typed.git(['fsck', '--strict', '--full'], { cwd: `${folder}/${name}` });
      expect([checked.code, checked.stdout]).toEqual([0, '']);
      expect(typed.git(['status', '--porcelain'], { cwd: `${folder}/${name}` }).stdout).toBe('');
    }
  });

  test('commits carry the dates of the case, and no name of the reporter', () => {
    const { stdout } = typed.git(['log', '--format=%ad %cd %ae%n%B', '--date=short'], { cwd: `${folder}/cases` });
    expect(stdout).toContain('2014-06-06 2014-06-06 hayashi@cert.example');
    expect(stdout).not.toMatch(/KIKUCHI|finder\.example|Change Cipher/i);
  });

  test('GnuPG opens the message with the details as the vendor, and knows who signed it', () => {
    gnupg.gpg(['--import'], readFileSync(join(EXAMPLE_KEYS, 'openssl.secret.asc')));
    gnupg.gpg(['--import'], readFileSync(join(EXAMPLE_KEYS, 'hayashi.public.asc')));
    const outbox = join(typed.folder, folder, 'cases', 'outbox');
    const mail = readdirSync(outbox).find((name) => name.startsWith('20140503') && name.includes('-openssl-')) ?? '';
    const { stdout, status } = gnupg.gpg(['--decrypt'], readFileSync(join(outbox, mail)));
    expect(status).toMatch(/\[GNUPG:\] GOODSIG/);
    expect(status).toMatch(/\[GNUPG:\] DECRYPTION_OKAY/);
    expect(stdout.toString('utf8')).toContain('report-61247051.yaml');
  });
});

test('the material of the demo ships', () => {
  const shipped = readdirSync(join(EXAMPLE_KEYS, '..'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(join(EXAMPLE_KEYS, '..').length + 1));
  expect(shipped.sort()).toEqual([...MATERIAL].sort());
});

test('an exit code that the story does not foresee stops the demo, and says at which step', async () => {
  const printed: string[] = [];
  const env = {
    out: { json: false, colour: false, width: 80, print: (text: string) => printed.push(text) },
    hooks: { ownCommand: ['vcc'] },
    shipped: () => '',
    shell: {
      run: () => Promise.resolve({ code: 2, output: 'vcc: no such thing' }),
      temporaryFolder: () => Promise.resolve('/tmp/demo'),
      write: () => Promise.resolve(),
      read: () => Promise.resolve(''),
    },
  } as unknown as Environment;
  const stopped: unknown = await demo(env, { fast: true }).catch((problem: unknown) => problem);
  expect(stopped).toBeInstanceOf(VccError);
  expect(stopped).toMatchObject({ code: 'demo-stopped', exitCode: 1, message: expect.stringMatching(/exit code 2 instead of 0 from\nvcc init cases/) as unknown });
  expect(printed.join('\n')).toContain('vcc: no such thing');
});
