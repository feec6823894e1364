import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyImport } from '../../src/commands/key.ts';
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
  it('keeps a key under its fingerprint', async () => {
    const { env, stdout } = typingEnvironment(repository.root);
    expect(await keyImport(env, { file })).toBe(0);
    expect(repository.git('show', '--stat', '--format=%s', 'HEAD')).toContain(`keys/${person.key}.asc`);
    expect(repository.git('log', '-1', '--format=%s').trim()).toBe(`keys: ${person.key.slice(-16)}`);
    expect(stdout.join('\n')).toContain(person.key);
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
