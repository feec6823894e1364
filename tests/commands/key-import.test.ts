import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyFromMail, keyImport } from '../../src/commands/key.ts';
import { keyCheck } from '../../src/commands/key-list.ts';
import { teamAdd } from '../../src/commands/team.ts';
import { vendorAdd } from '../../src/commands/vendor.ts';
import { keyIdsOf } from '../../src/documents/openpgp-packets.ts';
import { tempGnupg, type TempGnupg } from '../support/temp-gnupg.ts';
import { tempRepository, testPerson, type TempRepository, type TestPerson } from '../support/temp-repo.ts';
import { typingEnvironment } from '../support/typing-environment.ts';

let repository: TempRepository;
let person: TestPerson;
let file: string;
beforeEach(async () => {
  repository = await tempRepository();
  person = await testPerson('psirt');
  file = join(repository.folder, 'psirt.asc');
  writeFileSync(file, person.publicKey);
  repository.write('vendors/acme.yaml', '# Slow in August.\nschemaVersion: 1\nname:\n  en: Acme\nkind: overseas\ncontacts:\n  - email: other@acme.example\n    language: en\n  - email: psirt@centre.example\n    language: ja\n');
  repository.commit('vendor');
});
afterEach(() => repository.dispose());

describe('vcc key import', () => {
  it('keeps no key that is nobody\'s: it would tell with whom we write, and whoever in the registry or the team has one brings a copy of it', async () => {
    await expect(keyImport(typingEnvironment(repository.root).env, { file })).rejects.toMatchObject({ exitCode: 2, hint: expect.stringContaining('--reporter CASE') as string });
    expect(repository.git('status', '--porcelain')).toBe('');
  });

  it('gives it to the contact whose address the key names, and keeps comments', async () => {
    const { env } = typingEnvironment(repository.root);
    expect(await keyImport(env, { file, vendor: 'acme' })).toBe(0);
    const text = repository.read('vendors/acme.yaml');
    expect(text).toContain('# Slow in August.');
    expect(text).toMatch(new RegExp(`email: psirt@centre\\.example\\n {4}language: ja\\n {4}key: "?${person.key}"?\\n$`));
    expect(text).toContain('- email: other@acme.example\n    language: en\n  -');
    expect(repository.git('log', '-1', '--format=%s').trim()).toBe(`keys: ${person.key.slice(-16)} of vendor:acme`);
  });

  it('gives it to the contact that is named, and warns that the key does not name it', async () => {
    const { env, stderr } = typingEnvironment(repository.root);
    expect(await keyImport(env, { file, vendor: 'acme', email: 'other@acme.example' })).toBe(0);
    expect(repository.read('vendors/acme.yaml')).toMatch(/other@acme\.example\n {4}language: en\n {4}key:/);
    expect(stderr.join('\n')).toContain('no user id of the key names other@acme.example');
  });

  it('has nothing to do the second time', async () => {
    await keyImport(typingEnvironment(repository.root).env, { file, vendor: 'acme' });
    const head = repository.git('rev-parse', 'HEAD');
    const { env, stdout } = typingEnvironment(repository.root);
    expect(await keyImport(env, { file, vendor: 'acme' })).toBe(0);
    expect(stdout.join('\n')).toContain('nothing to do');
    expect(repository.git('rev-parse', 'HEAD')).toBe(head);
  });

  it('refuses a private key, an expired key and what is no key; nothing is written', async () => {
    const write = (name: string, text: string): string => {
      writeFileSync(join(repository.folder, name), text);
      return join(repository.folder, name);
    };
    const expired = await testPerson('expired', { lifetime: 3600 });
    for (const bad of [write('private.asc', person.privateKey), write('expired.asc', expired.publicKey), write('text.asc', 'hello\n')]) {
      await expect(keyImport(typingEnvironment(repository.root).env, { file: bad })).rejects.toMatchObject({ exitCode: 1 });
    }
    expect(repository.git('status', '--porcelain')).toBe('');
  });

  it('refuses a vendor or a contact that is not there', async () => {
    const { env } = typingEnvironment(repository.root);
    await expect(keyImport(env, { file, vendor: 'nobody' })).rejects.toMatchObject({ code: 'no-such-vendor' });
    await expect(keyImport(env, { file, vendor: 'acme', email: 'x@y.example' })).rejects.toMatchObject({ code: 'no-such-contact' });
    await expect(keyImport(env, { file, email: 'x@y.example' })).rejects.toMatchObject({ exitCode: 2 });
  });

  it('asks in a script for --email where the key fits several contacts', async () => {
    const stranger = await testPerson('stranger');
    const other = join(repository.folder, 'stranger.asc');
    writeFileSync(other, stranger.publicKey);
    const { env } = typingEnvironment(repository.root);
    await expect(keyImport(env, { file: other, vendor: 'acme' })).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('--email') as string });
  });
});

describe('a key that takes the place of another', () => {
  let newer: TestPerson;
  let newFile: string;
  beforeEach(async () => {
    await keyImport(typingEnvironment(repository.root).env, { file, vendor: 'acme' });
    newer = await testPerson('newer');
    newFile = join(repository.folder, 'newer.asc');
    writeFileSync(newFile, newer.publicKey);
  });
  const whose = { vendor: 'acme', email: 'psirt@centre.example' };

  it('is not taken on --yes alone, nor with another fingerprint or the end of it; nothing is written', async () => {
    const { env } = typingEnvironment(repository.root);
    const head = repository.git('rev-parse', 'HEAD');
    await expect(keyImport(env, { file: newFile, ...whose })).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('--fingerprint') as string });
    for (const fingerprint of [person.key, newer.key.slice(-16)]) {
      await expect(keyImport(env, { file: newFile, ...whose, fingerprint })).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('another fingerprint') as string });
    }
    await expect(vendorAdd(env, { slug: 'acme', email: 'psirt@centre.example', language: 'ja', key: newFile })).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('--fingerprint') as string });
    expect(repository.git('rev-parse', 'HEAD')).toBe(head);
    expect(repository.git('status', '--porcelain')).toBe('');
  });

  it.each(['vcc key import', 'vcc vendor add'])('is taken by %s with the fingerprint typed in groups, and the history says which one it replaced', async (command) => {
    const { env, stderr } = typingEnvironment(repository.root);
    const fingerprint = (newer.key.match(/.{4}/g) ?? []).join(' ').toLowerCase();
    const done = command === 'vcc key import' ? await keyImport(env, { file: newFile, ...whose, fingerprint }) : await vendorAdd(env, { slug: 'acme', email: 'psirt@centre.example', language: 'ja', key: newFile, fingerprint });
    expect(done).toBe(0);
    expect(repository.git('log', '-1', '--format=%(trailers:key=Replaces-Key,valueonly)').trim()).toBe(person.key);
    expect(repository.git('log', '-1', '--format=%b')).toContain('confirmed over another channel');
    expect(stderr.join('\n')).toContain('changes');
    expect(repository.read('vendors/acme.yaml')).toContain(newer.key);
  });
});

describe('vcc key fetch-from-mail', () => {
  const mail = (parts: string): string => {
    const path = join(repository.folder, 'answer.eml');
    writeFileSync(path, `From: PSIRT <psirt@centre.example>\nTo: vuln@centre.example\nSubject: our key\nMIME-Version: 1.0\n${parts}`);
    return path;
  };
  const attached = (keys: readonly string[]): string =>
    mail(`Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nOur key.\n${keys.map((key, index) => `--b\nContent-Type: application/pgp-keys; name="k${index}.asc"\nContent-Disposition: attachment; filename="k${index}.asc"\n\n${key}\n`).join('')}--b--\n`);

  it('finds it attached, in the text, and in the Autocrypt header', async () => {
    const binary = execFileSync('gpg', ['--dearmor'], { input: person.publicKey }).toString('base64');
    const mails = [() => attached([person.publicKey]), () => mail(`Content-Type: text/plain\n\nHere:\n${person.publicKey}\nRegards\n`), () => mail(`Autocrypt: addr=psirt@centre.example; keydata=\n ${binary.replaceAll(/(.{70})/g, '$1\n ')}\nContent-Type: text/plain\n\nHello\n`)];
    for (const make of mails) {
      const { env, stdout } = typingEnvironment(repository.root, { dryRun: true });
      expect(await keyFromMail(env, { mail: make(), vendor: 'acme' })).toBe(0);
      expect(stdout.join('\n')).toContain(`keys/${person.key}.asc`);
    }
  });

  it('gives it to the contact, and takes that of the sender where there are several', async () => {
    const stranger = await testPerson('stranger');
    const { env } = typingEnvironment(repository.root);
    expect(await keyFromMail(env, { mail: attached([stranger.publicKey, person.publicKey]), vendor: 'acme' })).toBe(0);
    expect(repository.read('vendors/acme.yaml')).toContain(person.key);
  });

  it('says when there is none, only an expired one, or a private one; nothing is written', async () => {
    const expired = await testPerson('expired', { lifetime: 3600 });
    const { env } = typingEnvironment(repository.root);
    await expect(keyFromMail(env, { mail: mail('Content-Type: text/plain\n\nHello\n') })).rejects.toMatchObject({ code: 'no-key-in-mail' });
    await expect(keyFromMail(env, { mail: attached([expired.publicKey]) })).rejects.toMatchObject({ code: 'no-key-in-mail', message: expect.stringContaining('expired') as string });
    await expect(keyFromMail(env, { mail: attached([person.privateKey]) })).rejects.toMatchObject({ code: 'no-key-in-mail' });
    expect(repository.git('status', '--porcelain')).toBe('');
  });
});

describe('another copy of a key that is known', () => {
  let gnupg: TempGnupg;
  let primary: string;
  let old: string;
  const copy = (): string => gnupg.gpg(['--armor', '--export', primary]).stdout.toString();
  const importText = async (text: string) => {
    const path = join(repository.folder, 'copy.asc');
    writeFileSync(path, text);
    const { env, stderr } = typingEnvironment(repository.root);
    return { code: await keyImport(env, { file: path, vendor: 'acme', email: 'other@acme.example' }), stderr: stderr.join('\n') };
  };
  const kept = (): string => repository.git('show', `HEAD:keys/${primary}.asc`);
  const check = async (): Promise<string> => {
    const { env, stdout } = typingEnvironment(repository.root);
    await keyCheck(env, { keys: [primary] });
    return stdout.join('\n');
  };
  const gpg = (args: readonly string[], input = '') => gnupg.gpg(['--faked-system-time', '20140101T000000!', ...args], input);
  beforeEach(() => {
    gnupg = tempGnupg();
    gpg(['--quick-gen-key', 'Old <old@acme.example>', 'ed25519', 'cert', '0']);
    primary = /^fpr:+([0-9A-F]{40}):/m.exec(gpg(['--list-keys', '--with-colons']).stdout.toString())?.[1] ?? '';
    gpg(['--quick-add-key', primary, 'cv25519', 'encr', '0']);
    old = copy();
  });
  afterEach(() => gnupg.dispose());

  it('takes back no revocation: an old copy adds nothing to a newer one', async () => {
    const folder = join(gnupg.home, 'openpgp-revocs.d');
    await importText(old);
    gnupg.gpg(['--import'], readFileSync(join(folder, `${primary}.rev`), 'utf8').replace(':-----BEGIN', '-----BEGIN'));
    // News of a revocation makes it nobody's key either.
    writeFileSync(join(repository.folder, 'revoked.asc'), copy());
    await expect(vendorAdd(typingEnvironment(repository.root).env, { slug: 'newly', name: 'Newly', kind: 'overseas', email: 'old@acme.example', language: 'en', key: join(repository.folder, 'revoked.asc') })).rejects.toMatchObject({ code: 'key-unusable' });
    const { code, stderr } = await importText(copy());
    expect(code).toBe(0);
    expect(stderr).toContain('THE KEY IS REVOKED');
    expect(await check()).toMatch(/Not usable +revoked/);
    await expect(importText(old)).rejects.toMatchObject({ code: 'key-unusable', message: expect.stringContaining('revoked') as string });
    expect(await check()).toMatch(/Not usable +revoked/);
    // It becomes nobody's key, by no way.
    const revoked = join(repository.folder, 'copy.asc');
    writeFileSync(revoked, copy().replace('\n\n', '\nComment: another copy\n\n'));
    await expect(vendorAdd(typingEnvironment(repository.root).env, { slug: 'newly', name: 'Newly', kind: 'overseas', email: 'old@acme.example', language: 'en', key: revoked })).rejects.toMatchObject({ code: 'key-unusable' });
    await expect(teamAdd(typingEnvironment(repository.root).env, { person: 'Old <old@acme.example>', key: revoked })).rejects.toMatchObject({ code: 'key-unusable' });
    await expect(keyImport(typingEnvironment(repository.root).env, { file: join(repository.folder, 'copy.asc'), vendor: 'acme', email: 'psirt@centre.example' })).rejects.toMatchObject({ code: 'key-unusable' });
  });

  it('adds a part of the key, and an old copy does not take it away', async () => {
    await importText(old);
    gpg(['--quick-add-key', primary, 'cv25519', 'encr', '0']);
    await importText(copy());
    const both = kept();
    await importText(old);
    expect(kept()).toBe(both);
    expect(keyIdsOf(both).length).toBe(3);
  });
});
