import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { vendorAdd } from '../../src/commands/vendor.ts';
import { tempRepository, testPerson, type TempRepository } from '../support/temp-repo.ts';
import { typingEnvironment } from '../support/typing-environment.ts';

let repository: TempRepository;
beforeEach(async () => {
  repository = await tempRepository();
});
afterEach(() => repository.dispose());

const FLAGS = { slug: 'openssl', name: 'OpenSSL Project', kind: 'open-source', email: 'security@centre.example', language: 'en' };

async function keyFile(slug: string): Promise<{ file: string; fingerprint: string }> {
  const person = await testPerson(slug);
  const file = join(repository.folder, `${slug}.asc`);
  writeFileSync(file, person.publicKey);
  return { file, fingerprint: person.key };
}

describe('vcc vendor add', () => {
  it('writes a vendor with its key, in one commit that reads well', async () => {
    const { file, fingerprint } = await keyFile('security');
    const { env, stdout, stderr } = typingEnvironment(repository.root);
    expect(await vendorAdd(env, { ...FLAGS, nameJa: 'OpenSSL プロジェクト', keyword: ['TLS', '暗号'], url: 'https://www.openssl.org/', contactName: 'Security team', key: file })).toBe(0);
    expect(repository.read('vendors/openssl.yaml')).toBe(
      [
        '# yaml-language-server: $schema=../.vcc/schemas/vendor.schema.json',
        'schemaVersion: 1',
        'name:',
        '  en: OpenSSL Project',
        '  ja: OpenSSL プロジェクト',
        'kind: open-source',
        'keywords:',
        '  - TLS',
        '  - 暗号',
        'url: https://www.openssl.org/',
        'contacts:',
        '  - name: Security team',
        '    email: security@centre.example',
        '    language: en',
        `    key: ${/^\d+(E\d+)?$/.test(fingerprint) ? `"${fingerprint}"` : fingerprint}`,
        '',
      ].join('\n'),
    );
    expect(repository.read(`keys/${fingerprint}.asc`)).toContain('BEGIN PGP PUBLIC KEY BLOCK');
    expect(repository.git('log', '-1', '--format=%s%n%b')).toContain('vendors: add openssl\n');
    expect(repository.git('log', '-1', '--format=%(trailers:key=Vendor,valueonly)').trim()).toBe('openssl');
    expect(repository.git('status', '--porcelain')).toBe('');
    expect(stdout.join('\n')).toContain('openssl joins the registry');
    expect(stderr.join('\n')).toContain('compare the fingerprint with the owner over another channel');
  });

  it('adds a contact to a known vendor and keeps its comments', async () => {
    repository.write('vendors/openssl.yaml', '# Answers within a day.\nschemaVersion: 1\nname:\n  en: OpenSSL Project # not OpenSSL Inc.\nkind: open-source\ncontacts:\n  - email: security@centre.example\n    language: en\n');
    repository.commit('vendor');
    const { env } = typingEnvironment(repository.root);
    expect(await vendorAdd(env, { slug: 'openssl', email: 'japan@openssl.example', language: 'ja', phone: '+81 3 0000 0000' })).toBe(0);
    const text = repository.read('vendors/openssl.yaml');
    expect(text).toContain('# Answers within a day.\n');
    expect(text).toContain('# not OpenSSL Inc.');
    expect(text).toMatch(/email: security@centre\.example\n {4}language: en\n {2}- email: japan@openssl\.example\n {4}language: ja\n {4}phone: "?\+81 3 0000 0000"?\n/);
    expect(repository.git('log', '-1', '--format=%s').trim()).toBe('vendors: another contact of openssl');
  });

  it('brings a known vendor up to date: the agreement, and the phone of a contact', async () => {
    await vendorAdd(typingEnvironment(repository.root).env, { ...FLAGS, slug: 'acme', kind: 'commercial' });
    const { env, stderr } = typingEnvironment(repository.root);
    expect(await vendorAdd(env, { slug: 'acme', agreement: '2014-04-01', email: 'SECURITY@centre.example', phone: '110' })).toBe(0);
    expect(repository.read('vendors/acme.yaml')).toContain('agreement:\n  signed: "2014-04-01"\n');
    expect(repository.read('vendors/acme.yaml').match(/email:/g)).toHaveLength(1);
    expect(repository.read('vendors/acme.yaml')).toContain('phone: "110"');
    expect(stderr.join('\n')).not.toContain('may not be told');
  });

  it('says that a commercial vendor may not be told without an agreement, and that a key is missing', async () => {
    const { env, stderr } = typingEnvironment(repository.root);
    await vendorAdd(env, { ...FLAGS, slug: 'acme', kind: 'commercial' });
    expect(stderr.join('\n')).toContain('it may not be told of a case yet');
    expect(stderr.join('\n')).toContain('vcc key import FILE --vendor acme');
  });

  it('asks a person for what is missing, and only then', async () => {
    const answers = { '--name': '', '--name-ja': '株式会社アクメ', '--kind': 'commercial', '--agreement': '2014-04-01', '--keyword': 'TLS, ルータ', '--url': '', '--email': 'psirt@acme.example', '--contact-name': '', '--language': 'ja', '--phone': '', '--key': '' };
    const { env, asked } = typingEnvironment(repository.root, { answers });
    expect(await vendorAdd(env, { slug: 'acme' })).toBe(0);
    expect(asked).toEqual(Object.keys(answers));
    expect(repository.read('vendors/acme.yaml')).toContain('name:\n  ja: 株式会社アクメ\nkind: commercial\nagreement:\n  signed: "2014-04-01"\nkeywords:\n  - TLS\n  - ルータ\n');
    const second = typingEnvironment(repository.root, { answers: {} });
    expect(await vendorAdd(second.env, FLAGS)).toBe(0);
    expect(second.asked).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['a missing name', { name: undefined }, /--name is missing/],
    ['a missing kind', { kind: undefined }, /--kind is missing/],
    ['a missing address', { email: undefined }, /--email is missing/],
    ['a missing language', { language: undefined }, /--language is missing/],
    ['a kind that does not exist', { kind: 'company' }, /not a vendor as the registry keeps them/],
    ['an address that is none', { email: 'openssl' }, /--email must be an e-mail address/],
    ['a date that does not exist', { agreement: '2014-02-30' }, /not a vendor as the registry keeps them/],
    ['a name with a terminal escape', { name: 'Open\x1b[31mSSL' }, /not a vendor as the registry keeps them/],
    ['a short name that leaves the folder', { slug: '../vcc' }, /cannot be the short name/],
  ])('refuses %s as wrong use and writes nothing', async (_, change, message) => {
    const { env } = typingEnvironment(repository.root);
    const flags = Object.fromEntries(Object.entries<unknown>({ ...FLAGS, ...change }).filter(([, value]) => value !== undefined)) as typeof FLAGS;
    await expect(vendorAdd(env, flags)).rejects.toMatchObject({ exitCode: 2, message: expect.stringMatching(message) as string });
    expect(repository.git('status', '--porcelain')).toBe('');
  });

  it('refuses a key that has expired', async () => {
    const expired = await testPerson('expired', { lifetime: 3600 });
    const file = join(repository.folder, 'expired.asc');
    writeFileSync(file, expired.publicKey);
    const { env } = typingEnvironment(repository.root);
    await expect(vendorAdd(env, { ...FLAGS, key: file })).rejects.toMatchObject({ code: 'key-unusable', exitCode: 1 });
    expect(repository.git('status', '--porcelain')).toBe('');
  });

  it('shows with --dry-run what it would do, and does not do it', async () => {
    const { env, envelopes } = typingEnvironment(repository.root, { dryRun: true, json: true });
    expect(await vendorAdd(env, FLAGS)).toBe(0);
    expect(envelopes).toMatchObject([{ kind: 'plan', vendor: 'openssl', writes: [{ path: 'vendors/openssl.yaml' }] }]);
    expect(repository.git('status', '--porcelain')).toBe('');
  });

  it('refuses to touch a file that cannot be read', async () => {
    repository.write('vendors/openssl.yaml', 'schemaVersion: 1\nname: [\n');
    repository.commit('broken');
    const { env } = typingEnvironment(repository.root);
    await expect(vendorAdd(env, FLAGS)).rejects.toMatchObject({ code: 'vendor-broken' });
  });

  it('refuses when nothing would change', async () => {
    await vendorAdd(typingEnvironment(repository.root).env, FLAGS);
    await expect(vendorAdd(typingEnvironment(repository.root).env, { slug: 'openssl', email: 'security@centre.example' })).rejects.toMatchObject({ exitCode: 2 });
  });
});
