import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CASE, edit, rightRepository, type Files } from '../rules/right-repository.ts';
import { typedVcc, type Typed, type TypedVcc } from '../support/typed-vcc.ts';

const RECEIVED = `${dirname(CASE)}/log/20140501T010000Z-received-0f3a.md`;
const NOW = { VCC_NOW: '2014-05-08T12:00:00+09:00' };

let place: TypedVcc;
beforeEach(() => {
  place = typedVcc();
  place.git(['init', '--quiet', '--initial-branch=main']);
  for (const [key, value] of [['user.name', 'Sato Hanako'], ['user.email', 'sato@centre.example'], ['core.autocrlf', 'false']]) place.git(['config', key ?? '', value ?? '']);
  writeAll(rightRepository());
  place.git(['add', '--all']);
  place.git(['commit', '--quiet', '-m', 'Make it']);
});
afterEach(() => place.dispose());

function writeAll(files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(place.folder, path)), { recursive: true });
    writeFileSync(join(place.folder, path), content);
  }
}
const read = (path: string): string => readFileSync(join(place.folder, path), 'utf8');
const windows = (path: string): void => writeFileSync(join(place.folder, path), read(path).replaceAll('\n', '\r\n'));
const lint = (...args: readonly string[]): Typed => place.vcc(['lint', ...args], { env: NOW });
const status = (): string => place.git(['status', '--porcelain']).stdout;

it('mends the work tree, commits nothing, and says what it did and what is left', () => {
  const right = read(CASE);
  windows(CASE);
  chmodSync(join(place.folder, 'vendors/acme.yaml'), 0o755);
  expect(lint()).toMatchObject({ code: 1, stderr: expect.stringContaining('vcc lint --fix mends what is mechanical of this') as string });

  const dry = lint('--fix', '--dry-run');
  expect(dry).toMatchObject({ code: 0, stdout: '' });
  expect(dry.stderr).toContain(`would mend ${CASE} (line-ends)\n`);
  expect(read(CASE)).not.toBe(right);

  expect(lint('--fix')).toEqual({
    code: 0,
    stdout: '',
    stderr: `mended ${CASE} (line-ends)\nmended vendors/acme.yaml (executable-file)\nNothing was committed: look at it with git diff, and git add it. What is left:\n0 errors, 0 warnings in 8 files, 1 case\n`,
  });
  expect(read(CASE)).toBe(right);
  expect(statSync(join(place.folder, 'vendors/acme.yaml')).mode & 0o111).toBe(0);
  expect(status()).toBe('');
  expect(lint('--fix')).toMatchObject({ code: 0, stderr: expect.stringMatching(/^There is nothing that vcc lint --fix can mend\.\n/) as string });
});

it('leaves an entry that is committed, and ends with 1 for it', () => {
  const entry = read(RECEIVED);
  windows(RECEIVED);
  windows(CASE);
  const { code, stdout } = lint('--fix');
  expect([code, stdout]).toEqual([1, expect.stringMatching(new RegExp(`^${RECEIVED}:1:4 error line-ends .*\n$`))]);
  expect(read(RECEIVED)).toBe(entry.replaceAll('\n', '\r\n'));
  expect(read(CASE)).not.toContain('\r');
});

it('mends an entry that nobody has committed yet, before the first commit too', () => {
  place.git(['update-ref', '-d', 'HEAD']);
  windows(RECEIVED);
  expect(lint('--fix').code).toBe(0);
  expect(read(RECEIVED)).not.toContain('\r');
});

it('mends below the folder around, and only what was named', () => {
  windows(CASE);
  windows('vendors/acme.yaml');
  expect(place.vcc(['lint', '--fix', '.'], { cwd: 'vendors', env: NOW }).code).toBe(0);
  expect(status()).toBe(` M ${CASE}\n`);
});

it('tells in JSON which files were mended', () => {
  windows(CASE);
  const { code, stdout } = lint('--fix', '--json');
  expect([code, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ kind: 'lint', errors: 0, mended: [{ file: CASE, rules: ['line-ends'] }] })]);
  expect(JSON.parse(lint('--json').stdout)).not.toHaveProperty('mended');
});

it.each([['--staged'], ['--base', 'HEAD'], ['--message', '-'], ['--commits', 'HEAD'], ['--pushed']])('goes with no %s: that looks at something else', (...args) => {
  windows(CASE);
  expect(lint('--fix', ...args)).toMatchObject({ code: 2, stdout: '' });
  expect(read(CASE)).toContain('\r');
});

it('refuses --dry-run alone, a rule that does not exist, and the repository of somebody else', () => {
  windows(CASE);
  expect(lint('--dry-run')).toMatchObject({ code: 2, stderr: expect.stringContaining('vcc lint --fix --dry-run') as string });
  expect(lint('--fix', '--rule', 'line-end')).toMatchObject({ code: 2 });
  expect(place.vcc(['lint', '--fix', place.folder], { cwd: '..', env: NOW })).toMatchObject({ code: 2, stdout: '' });
  expect(read(CASE)).toContain('\r');
});

it('keeps the words and comments of a file of which it changes a field', () => {
  const files = rightRepository();
  edit(files, CASE, '    name: OpenSSL\n', '    # As scanners know it.\n    name: OpenSSL\n    purl: pkg:pypi/Open_SSL\n');
  writeAll(files);
  expect(lint('--fix').code).toBe(0);
  expect(place.git(['diff', '--unified=0']).stdout.split('\n').filter((line) => /^[-+][^-+]/.test(line))).toEqual(['+    # As scanners know it.', '+    purl: pkg:pypi/open-ssl']);
});
