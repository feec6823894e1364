import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { jpcertPolicy } from './support/a-case.ts';
import { EXAMPLE_KEYS, sitting, typedVcc, type Typed, type TypedVcc } from './support/typed-vcc.ts';

/*
 * A reporter who wants to stay unknown is named in every place where somebody could do so, with the real program and the hooks that
 * vcc init installs. Each is refused, says whose name it is and not the name, and leaves nothing behind.
 */

const CASE = '61247051';
const FOLDER = `cases/2024/${CASE}`;
const key = (name: string): string => join(EXAMPLE_KEYS, `${name}.public.asc`);
const REPORT = {
  title: { en: 'Example Router passes names to a shell', ja: 'Example Router における OS コマンドインジェクションの脆弱性' },
  products: [{ vendor: 'Acme', registry: 'acme', name: 'Example Router', versions: ['1.2.3 and earlier'], link: 'https://acme.example/router' }],
  discovery: 'A name with a semicolon was tried by hand on the page of names.',
  impact: 'Whoever reaches the page runs commands.',
  poc: 'Log in as a guest, open the page of names, and type a semicolon and a command as the name.',
  reporter: { name: 'Taro Yamada', email: 'taro@finder.example', handle: 'kuro_neko77' },
  language: 'en',
};
const NAMED = 'Told by Taro Yamada.';
const ANSWERS = jpcertPolicy().acceptance.filter(({ routes }) => !routes || routes.includes('direct')).map(({ id }) => `${id}=yes`);

let typed: TypedVcc;
const ENV = sitting('hayashi', 'Hayashi Midori', '2024-05-08T10:00+09:00');
/** At a machine that cannot open what is sealed, as in CI. */
const KEYLESS = { ...ENV, VCC_KEY_FILE: '', GNUPGHOME: '/nowhere' };

const vcc = (...args: readonly string[]): Typed => typed.vcc(args, { cwd: 'cases', env: ENV });
const keyless = (...args: readonly string[]): Typed => typed.vcc(args, { cwd: 'cases', env: KEYLESS });
const git = (...args: readonly string[]): Typed => typed.git(args, { cwd: 'cases', env: KEYLESS });
const file = (path: string): string => join(typed.folder, 'cases', path);
const head = (): string => git('rev-parse', 'HEAD').stdout.trim();
const outbox = (): number => readdirSync(file('outbox')).length;

function fine(result: Typed): string {
  expect(result.code, result.stderr).toBe(0);
  return result.stdout;
}

/** Refused, with words that tell why, without the name, and with nothing written. */
function refused(result: Typed, words: RegExp, before: { readonly head: string; readonly outbox: number }): void {
  const said = `${result.stdout}\n${result.stderr}`;
  expect(result.code, said).not.toBe(0);
  expect(said).toMatch(words);
  expect(said).not.toMatch(/yamada/i);
  expect({ head: head(), outbox: outbox() }).toEqual(before);
}

beforeAll(() => {
  typed = typedVcc();
  writeFileSync(join(typed.folder, 'report.json'), JSON.stringify(REPORT));
  const init = ['init', 'cases', '--name', 'Example CERT', '--email', 'vuls@cert.example', '--timezone', 'Asia/Tokyo', '--coordinator', 'Hayashi Midori <hayashi@cert.example>', '--key', key('hayashi'), '--public', '../public', '--public-url', 'https://cert.example/advisories', '--cna', 'example', '--cna-org', '00000000-0000-4000-8000-000000000000'];
  fine(typed.vcc(init, { env: ENV }));
  fine(vcc('vendor', 'add', 'acme', '--name', 'Acme', '--kind', 'open-source', '--email', 'security@acme.example', '--language', 'en', '--key', key('openssl')));
  fine(vcc('partner', 'add', 'ministry', '--name', 'Ministry', '--kind', 'authority', '--nda', '2024-01-01', '--email', 'desk@ministry.example', '--language', 'en', '--key', key('hoshizora')));
  fine(vcc('intake', '../report.json', '--id', CASE, '--in-clear', 'no key is known'));
  fine(vcc('triage', CASE, ...ANSWERS.flatMap((answer) => ['--criterion', answer]), '--spread', 'wide', '--accept', '--reason', 'It meets the policy.'));
  fine(vcc('notify', CASE, '--vendor', 'acme'));
  fine(vcc('record', CASE, 'vendor-replied', '--vendor', 'acme', '--progress', 'accepted'));
}, 120_000);
afterAll(() => typed.dispose());

describe('the name of a reporter who stays unknown', { timeout: 60_000 }, () => {
  let before: { readonly head: string; readonly outbox: number };
  const start = (): void => {
    before = { head: head(), outbox: outbox() };
  };
  afterEach(() => {
    git('switch', '-q', 'main');
    git('reset', '-q', '--hard', before.head);
    git('clean', '-qfd', 'cases');
    git('branch', '-q', '-D', 'fix/taro-yamada');
  });
  const commit = (message = `${CASE}: more`): Typed => {
    git('add', '--all');
    return git('commit', '-m', message);
  };
  const edit = (path: string, from: string, to: string): void => {
    const text = readFileSync(file(path), 'utf8');
    expect(text).toContain(from);
    writeFileSync(file(path), text.replace(from, to));
  };

  test('1: case.md', () => {
    start();
    appendFileSync(file(`${FOLDER}/case.md`), `\n${NAMED}\n`);
    refused(commit(), /case\.md:\d+:\d+.*the name of the reporter/, before);
  });

  test('2: the title of a case, by hand and by a command', () => {
    start();
    edit(`${FOLDER}/case.md`, 'Example Router passes', 'Yamada Taro on why Example Router passes');
    refused(commit(), /the name of the reporter/, before);
    git('reset', '-q', '--hard');
    writeFileSync(join(typed.folder, 'second.json'), JSON.stringify({ ...REPORT, title: { en: 'Example Switch, by Taro Yamada' } }));
    refused(vcc('intake', '../second.json'), /name of the reporter stands in the title/, before);
  });

  test('3: a note in the log', () => {
    start();
    refused(vcc('record', CASE, 'note', '--text', NAMED), /the name of the reporter/, before);
    refused(keyless('record', CASE, 'note', '--text', NAMED), /could not be opened/, before);
  });

  test('4: an entry of the log that is changed by hand', () => {
    start();
    const entry = readdirSync(file(`${FOLDER}/log`)).find((name) => name.includes('vendor-replied')) ?? '';
    appendFileSync(file(`${FOLDER}/log/${entry}`), '\nSee the account @Kuro_Neko77.\n');
    refused(commit(), /the handle of the reporter/, before);
  });

  test('5: the message of a commit', () => {
    start();
    appendFileSync(file(`${FOLDER}/case.md`), '\nThe vendor was called.\n');
    refused(commit(`${CASE}: taro [at] finder [dot] example called`), /COMMIT_EDITMSG:1:\d+.*the e-mail address of the reporter/, before);
    // CI sees the commit that was made without hooks.
    fine(git('commit', '--no-verify', '-q', '-m', `${CASE}: call\n\n${NAMED}`));
    const ci = keyless('lint', '--commits', `${before.head}..HEAD`);
    expect(ci).toMatchObject({ code: 1, stdout: expect.stringMatching(/^commit [0-9a-f]{12}:3:9 .*the name of the reporter of a case/) as unknown });
    expect(keyless('lint', '--commits', before.head)).toMatchObject({ code: 0 });
  });

  test('6: the name of a branch', () => {
    start();
    fine(git('switch', '-q', '-c', 'fix/taro-yamada'));
    appendFileSync(file(`${FOLDER}/case.md`), '\nThe vendor was called.\n');
    const result = commit();
    // Git itself says where it is.
    refused({ ...result, stdout: result.stdout.replaceAll('fix/taro-yamada', '') }, /the name of the branch:1:5 .*the name of the reporter/, before);
    expect(keyless('lint').stdout).toContain('the name of the branch');
  });

  test('7: words for a vendor', () => {
    start();
    refused(vcc('notify', CASE, '--vendor', 'acme', '--purpose', 'details', '--text', NAMED), /the name of the reporter/, before);
  });

  test('8: a letter to a partner', () => {
    start();
    refused(vcc('notify', CASE, '--partner', 'ministry', '--purpose', 'progress', '--text', NAMED), /the name of the reporter/, before);
  });

  const advisory = (more: string, header = ''): string => `---\ncase: "${CASE}"\nlanguage: en\ntitle: Example Router passes names to a shell\n${header}---\n\n## Overview\n\nExample Router passes names to a shell.\n\n${more}`;
  test.each([
    ['9: an advisory', advisory(`## Credit\n\n${NAMED}\n`)],
    ['10: the description of a CVE record', advisory('', `cveDescription: Example Router, as Taro Yamada found, passes names to a shell.\n`)],
  ])('%s', (_place, text) => {
    start();
    writeFileSync(file(`${FOLDER}/advisory.en.md`), text);
    refused(commit(), /advisory\.en\.md:\d+:\d+.*the name of the reporter/, before);
  });

  test('11: the public text, where somebody committed it without hooks and nobody can open the identity', () => {
    start();
    writeFileSync(file(`${FOLDER}/advisory.en.md`), advisory(`## Credit\n\n${NAMED}\n`));
    git('add', '--all');
    fine(git('commit', '--no-verify', '-q', '-m', `${CASE}: text`));
    const gate = vcc('publish', CASE, '--check');
    expect(gate.code).toBe(1);
    expect(gate.stdout + gate.stderr).toMatch(/the name of the reporter/);
    expect(keyless('lint')).toMatchObject({ code: 1, stdout: expect.stringContaining('the name of the reporter') as unknown });
  });

  test('12: the name of a file', () => {
    start();
    writeFileSync(file(`${FOLDER}/note.md`), 'x');
    git('mv', '-f', `${FOLDER}/case.md`, `${FOLDER}/taro-yamada.md`);
    const result = commit();
    // The path is where it is; what is found is said in words.
    refused({ ...result, stdout: result.stdout.replaceAll('taro-yamada.md', ''), stderr: result.stderr.replaceAll('taro-yamada.md', '') }, /is not a file that a case repository has here/, before);
  });

  test('and a proof of concept that somebody copies is found as well', () => {
    start();
    appendFileSync(file(`${FOLDER}/case.md`), '\nHow: log in as a guest, open the page of names, and type a semicolon.\n');
    refused(commit(), /words of the sealed proof of concept/, before);
  });

  test('but what names nobody goes through', () => {
    start();
    appendFileSync(file(`${FOLDER}/case.md`), '\nThe reporter was called by Taro, and Yamada answered.\n');
    fine(commit());
    fine(vcc('record', CASE, 'note', '--text', 'The reporter agrees.'));
    expect(keyless('lint')).toMatchObject({ code: 0 });
  });
});
