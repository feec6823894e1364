import { describe, expect, it } from 'vitest';
import { vendorList, vendorShow } from '../../src/commands/vendor.ts';
import { longCase } from '../support/a-long-case.ts';
import { readingEnvironment } from '../support/reading-environment.ts';

const KEY = '89ABCDEF0123456789ABCDEF0123456789ABCDEF';
const files = { ...longCase(), 'vendors/acme.yaml': 'schemaVersion: 1\nname:\n  ja: 株式会社アクメ\nkind: commercial\ncontacts:\n  - email: psirt@acme.example\n    language: ja\n', [`keys/${KEY}.asc`]: 'KEY\n' };
const keys = { 'KEY\n': { fingerprint: KEY, userIds: ['Security <security@openssl.example>'], created: 0, expires: Date.parse('2015-01-01T00:00:00Z'), algorithm: 'ecc', problems: [], cautions: [] } };

describe('vcc vendor list', () => {
  it('shows who may be told and who has no key', async () => {
    const { env, stdout } = readingEnvironment(files);
    expect(await vendorList(env, {})).toBe(0);
    expect(stdout.join('\n')).toMatch(/^acme +株式会社アクメ +commercial +no +0 of 1$/m);
    expect(stdout.join('\n')).toMatch(/^openssl +OpenSSL Project +open-source +yes +1 of 1 +TLS, 暗号$/m);
  });

  it('finds vendors by keyword, whatever the width of the letters', async () => {
    const { env, stdout } = readingEnvironment(files);
    await vendorList(env, { keyword: 'ｔｌｓ' });
    expect(stdout.join('\n')).toContain('openssl');
    expect(stdout.join('\n')).not.toContain('acme');
  });

  it('fails on a file that cannot be read, and shows the others', async () => {
    const { env, stdout, stderr } = readingEnvironment({ ...files, 'vendors/broken.yaml': 'schemaVersion: 2\n' });
    expect(await vendorList(env, {})).toBe(1);
    expect(stdout.join('\n')).toContain('openssl');
    expect(stderr.join('\n')).toContain('vendors/broken.yaml:');
  });

  it('prints an envelope', async () => {
    const { env, envelopes } = readingEnvironment(files, { json: true });
    await vendorList(env, {});
    expect(envelopes).toMatchObject([{ kind: 'vendor-list', vendors: [{ slug: 'acme', eligible: { ok: false } }, { slug: 'openssl', file: { kind: 'open-source' }, eligible: { ok: true } }], findings: [] }]);
  });
});

describe('vcc vendor show', () => {
  it('shows contacts, how the key stands, and the cases', async () => {
    const { env, stdout } = readingEnvironment(files, { keys });
    expect(await vendorShow(env, { slug: 'openssl' })).toBe(0);
    const text = stdout.join('\n');
    expect(text).toContain('<security@openssl.example>');
    expect(text).toContain(KEY);
    expect(text).toContain('good until: 2015-01-01');
    expect(text).toMatch(/^JVN#61247051 +coordinating +developer +validating/m);
  });

  it('says what to type where a contact has no key', async () => {
    const { env, stdout } = readingEnvironment(files, { keys });
    await vendorShow(env, { slug: 'acme' });
    expect(stdout.join('\n')).toContain('vcc key import FILE --vendor acme');
  });

  it('prints an envelope', async () => {
    const { env, envelopes } = readingEnvironment(files, { keys, json: true });
    await vendorShow(env, { slug: 'openssl' });
    expect(envelopes).toMatchObject([{ kind: 'vendor', vendor: { slug: 'openssl' }, cases: [{ case: '61247051', progress: 'validating', role: 'developer' }] }]);
  });

  it('refuses a vendor that is not there', async () => {
    const { env } = readingEnvironment(files);
    await expect(vendorShow(env, { slug: 'nobody' })).rejects.toMatchObject({ code: 'no-such-vendor' });
  });
});
