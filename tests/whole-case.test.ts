import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EXAMPLE_KEYS, sitting, typedVcc, type Typed, type TypedVcc } from './support/typed-vcc.ts';

/*
 * A second real case, JVN#94521208 of March 2024, by flags alone and without a terminal, as a script would do it: on the
 * partnership route, disputed by the developer, with a CVE id that the centre assigns. Facts are those of the advisory
 * and its CVE record; words, dates in between and addresses are ours.
 */

const CASE = '94521208';
const FOLDER = `cases/2024/${CASE}`;
const key = (name: string): string => join(EXAMPLE_KEYS, `${name}.public.asc`);

const REPORT = {
  title: { en: 'FitNesse vulnerable to OS command injection', ja: 'FitNesse における OS コマンドインジェクションの脆弱性' },
  products: [{ vendor: 'unclebob', registry: 'fitnesse', name: 'FitNesse', versions: ['all releases'], link: 'https://github.com/unclebob/fitnesse' }],
  weaknesses: ['CWE-78'],
  references: [{ url: 'https://github.com/unclebob/fitnesse/blob/master/SECURITY.md', title: 'FitNesse: SECURITY.md' }],
  discovery: 'Found while trying the product out.',
  impact: 'A user who is logged in can have an arbitrary OS command executed.',
  poc: 'SECRET-PROOF: kept from everybody but the developer.',
  public: false,
  language: 'en',
};

const ADVISORY_EN = `---
# yaml-language-server: $schema=../../../.vcc/schemas/advisory.schema.json
case: "${CASE}"
language: en
title: FitNesse vulnerable to OS command injection
cveDescription: "FitNesse all releases allows a remote authenticated attacker to execute arbitrary OS commands. A contributor of the product says that this is its specification and no vulnerability; that is under investigation."
---

## Overview

FitNesse allows OS command injection. A contributor of the product says that this is how it is meant to work.

## Products Affected

- FitNesse, all releases

## Description

FitNesse is a server for acceptance tests. What a user who is logged in writes may end in the execution of an OS command (CWE-78).

## Impact

A user who is logged in may execute an arbitrary OS command.

## Solution

**Apply a workaround**

Let only those log in whom you would let run commands on the server, and keep the server off networks that others use.
`;

const ADVISORY_JA = `---
# yaml-language-server: $schema=../../../.vcc/schemas/advisory.schema.json
case: "${CASE}"
language: ja
title: FitNesse における OS コマンドインジェクションの脆弱性
---

## 概要

FitNesse には、OS コマンドインジェクションが可能な問題があります。製品のコントリビュータは、仕様どおりの動作であると主張しています。

## 影響を受けるシステム

- FitNesse すべてのリリース

## 詳細情報

FitNesse は受け入れテストのためのサーバです。ログインしている利用者が記述した内容によって、OS コマンドが実行されることがあります (CWE-78)。

## 想定される影響

ログインしている利用者によって、任意の OS コマンドを実行される可能性があります。

## 対策方法

**ワークアラウンドを実施する**

サーバ上でコマンドを実行されても差し支えない利用者にだけログインを許可し、第三者のいるネットワークにサーバを置かないでください。
`;

const ANSWERS = ['vulnerability', 'reproducible', 'not-public', 'report-complete', 'report-consistent', 'guideline-scope'];
const criteria = ANSWERS.flatMap((id) => ['--criterion', `${id}=yes`]);

describe('JVN#94521208 by flags alone', () => {
  let typed: TypedVcc;
  beforeAll(() => {
    typed = typedVcc();
    writeFileSync(join(typed.folder, 'report.json'), JSON.stringify(REPORT));
  });
  afterAll(() => typed.dispose());

  const as = (who: 'hayashi' | 'mori') => (now: string, ...args: readonly string[]): Typed =>
    typed.vcc(args, { cwd: args[0] === 'init' ? '.' : 'cases', env: sitting(who, who === 'mori' ? 'Mori Takumi' : 'Hayashi Midori', now) });
  const [hayashi, mori] = [as('hayashi'), as('mori')];
  const fine = ({ code, stdout, stderr }: Typed): string => {
    expect(code, stderr).toBe(0);
    return stdout;
  };
  const json = (result: Typed): Record<string, unknown> => JSON.parse(fine(result)) as Record<string, unknown>;

  test('the whole way, from the report to the CVE record', { timeout: 240_000 }, () => {
    fine(hayashi('2024-01-09T10:00+09:00', 'init', 'cases', '--name', 'Example CERT', '--name-ja', '例示CERT', '--email', 'vuls@cert.example', '--url', 'https://cert.example/', '--timezone', 'Asia/Tokyo', '--coordinator', 'Hayashi Midori <hayashi@cert.example>', '--key', key('hayashi'), '--coordinator', 'Mori Takumi <mori@cert.example>', '--key', key('mori'), '--public', '../public', '--public-url', 'https://advisories.cert.example', '--cna', 'jpcert', '--cna-org', 'ede6fdc4-6654-4307-a26d-3331c018e2ce', '--series', 'JVN', '--series-direct', 'JVNVU'));
    fine(hayashi('2024-01-09T11:00+09:00', 'vendor', 'add', 'fitnesse', '--name', 'FitNesse contributors', '--kind', 'open-source', '--email', 'security@fitnesse.example', '--language', 'en', '--key', key('openssl')));

    // --dry-run first: it says what would be written, and writes nothing.
    const dry = json(hayashi('2024-01-10T10:00+09:00', 'intake', '../report.json', '--id', CASE, '--route', 'partnership', '--source', 'IPA', '--reference', 'IPA#00000000', '--dry-run', '--json'));
    expect(dry).toMatchObject({ schemaVersion: 1, kind: 'plan', case: CASE, publicId: `JVN#${CASE}` });
    expect(typed.git(['status', '--porcelain'], { cwd: 'cases' }).stdout).toBe('');
    expect(json(hayashi('2024-01-10T10:00+09:00', 'intake', '../report.json', '--id', CASE, '--route', 'partnership', '--source', 'IPA', '--reference', 'IPA#00000000', '--json'))).toMatchObject({ schemaVersion: 1, kind: 'applied', case: CASE });
    // The very same report does not become a second case.
    expect(hayashi('2024-01-10T10:05+09:00', 'intake', '../report.json')).toMatchObject({ code: 1, stderr: expect.stringContaining(CASE) as unknown });

    // What would be asked is a flag, and what is missing is named.
    expect(hayashi('2024-01-11T10:00+09:00', 'triage', CASE, '--accept')).toMatchObject({ code: 1, stderr: expect.stringContaining('--criterion') as unknown });
    fine(hayashi('2024-01-11T10:00+09:00', 'triage', CASE, ...criteria, '--spread', 'narrow', '--cvss', 'CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:U/C:L/I:L/A:L', '--accept', '--reason', 'The report is complete.'));
    fine(hayashi('2024-01-12T10:00+09:00', 'notify', CASE, '--vendor', 'fitnesse'));
    expect(hayashi('2024-01-12T10:05+09:00', 'escalate', CASE, '--vendor', 'fitnesse')).toMatchObject({ code: 1, stderr: expect.stringContaining('not due') as unknown });
    fine(hayashi('2024-01-16T10:00+09:00', 'record', CASE, 'vendor-replied', '--vendor', 'fitnesse', '--progress', 'acknowledged'));
    fine(hayashi('2024-01-16T10:10+09:00', 'notify', CASE, '--vendor', 'fitnesse'));
    fine(hayashi('2024-02-01T10:00+09:00', 'record', CASE, 'vendor-status', '--vendor', 'fitnesse', '--status', 'disputed', '--reason', 'It is the specification of the product.', '--url', 'https://github.com/unclebob/fitnesse/blob/master/SECURITY.md'));
    fine(hayashi('2024-03-06T18:00+09:00', 'record', CASE, 'cve-assigned', '--cve', 'CVE-2024-28125', '--assigner', 'jpcert'));
    fine(hayashi('2024-03-07T10:00+09:00', 'record', CASE, 'fix-available', '--remediation', 'workaround'));
    for (const party of ['vendor:fitnesse', 'receiving-organisation']) fine(hayashi('2024-03-08T10:00+09:00', 'record', CASE, 'date-agreed', '--party', party, '--date', '2024-03-18T16:00'));
    fine(hayashi('2024-03-08T11:00+09:00', 'schedule', CASE, '--date', '2024-03-18T16:00'));

    writeFileSync(join(typed.folder, 'cases', FOLDER, 'advisory.en.md'), ADVISORY_EN);
    writeFileSync(join(typed.folder, 'cases', FOLDER, 'advisory.ja.md'), ADVISORY_JA);
    const env = sitting('hayashi', 'Hayashi Midori', '2024-03-14T10:00+09:00');
    expect(typed.git(['commit', '-q', '-a', '-m', `${CASE}: write the advisory`], { cwd: 'cases', env })).toMatchObject({ code: 0 });
    fine(mori('2024-03-15T10:00+09:00', 'approve', CASE));
    const early = hayashi('2024-03-18T15:59+09:00', 'publish', CASE, '--check', '--json');
    expect(early.code).toBe(1);
    const gate = JSON.parse(early.stdout) as { checks: { check: string; ok: boolean }[] };
    expect(gate.checks.filter(({ ok }) => !ok).map(({ check }) => check)).toEqual(['date-agreed']);
    // What cannot be taken back is not done without a yes.
    expect(hayashi('2024-03-18T16:00+09:00', 'publish', CASE)).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') as unknown });
    fine(hayashi('2024-03-18T16:00+09:00', 'publish', CASE, '--yes'));

    expect(json(hayashi('2024-03-18T16:01+09:00', 'show', CASE, '--json'))).toMatchObject({ kind: 'case' });
    expect(hayashi('2024-03-18T16:01+09:00', 'lint')).toMatchObject({ code: 0, stdout: '' });
    for (const name of ['cases', 'public']) expect(typed.git(['fsck', '--strict', '--full'], { cwd: name })).toMatchObject({ code: 0, stdout: '' });
  });

  test('the public side has the record of our own id, and no word of what was confidential', () => {
    const files = typed.git(['ls-files'], { cwd: 'public' }).stdout.split('\n').filter(Boolean);
    expect(files).toContain('cve/CVE-2024-28125.json');
    const everything = files.map((file) => readFileSync(join(typed.folder, 'public', file), 'utf8')).join('\n');
    expect(everything).not.toMatch(/SECRET-PROOF|IPA#00000000|hayashi@|fitnesse\.example/);
    expect(typed.git(['grep', '-I', '-n', 'SECRET-PROOF'], { cwd: 'cases' }).stdout).toBe('');
    expect(readdirSync(join(typed.folder, 'cases', 'outbox')).every((name) => !name.includes('@'))).toBe(true);
  });

  test('the log of Git reads well to somebody who has never seen vcc', () => {
    const { stdout } = typed.git(['log', '--reverse', '--format=%s'], { cwd: 'cases' });
    expect(stdout.trim().split('\n')).toEqual([
      'Case repository of Example CERT',
      'vendors: add fitnesse',
      `${CASE}: intake (partnership)`,
      `${CASE}: accepted (handling: simple)`,
      `${CASE}: notify fitnesse (first-contact)`,
      `${CASE}: vendor-replied fitnesse: acknowledged`,
      `${CASE}: notify fitnesse (details)`,
      `${CASE}: vendor-status fitnesse: disputed`,
      `${CASE}: cve-assigned CVE-2024-28125 (jpcert)`,
      `${CASE}: fix-available workaround`,
      `${CASE}: date-agreed vendor:fitnesse 2024-03-18 16:00 +09:00`,
      `${CASE}: date-agreed receiving-organisation 2024-03-18 16:00 +09:00`,
      `${CASE}: schedule publication`,
      `${CASE}: write the advisory`,
      `${CASE}: approve the text`,
      `${CASE}: publish`,
    ]);
  });

  const schema = fileURLToPath(new URL('../../shared/formats/cve/CVE_JSON_bundled_5.1.1.json', import.meta.url));
  test.skipIf(!existsSync(schema))(`the CVE record is valid by the official schema${existsSync(schema) ? '' : ' (SKIPPED: ../shared/formats/cve is not here)'}`, () => {
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats.default(ajv);
    const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')) as object);
    const record = JSON.parse(readFileSync(join(typed.folder, 'public', 'cve', 'CVE-2024-28125.json'), 'utf8')) as Record<string, unknown>;
    expect(validate(record), JSON.stringify(validate.errors)).toBe(true);
    expect(record).toMatchObject({ cveMetadata: { cveId: 'CVE-2024-28125', assignerShortName: 'jpcert', state: 'PUBLISHED' } });
  });
});
