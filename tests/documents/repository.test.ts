import { describe, expect, test } from 'vitest';
import { writeCaseFile } from '../../src/documents/case-file.ts';
import { openRepository } from '../../src/documents/repository.ts';
import { VccError } from '../../src/domain/problem.ts';
import { CASE_MD, FOLDER, RECEIVED_MD, smallRepository, treeOf } from '../support/case-tree.ts';

const VENDOR = 'schemaVersion: 1\nname:\n  en: Acme\nkind: open-source\ncontacts:\n  - email: psirt@acme.example\n    language: en\n';
const FINGERPRINT = '0123456789ABCDEF0123456789ABCDEF01234567';

const open = (change: Record<string, string | Uint8Array> = {}, without: readonly string[] = []) => {
  const files = { ...smallRepository(), ...change };
  return openRepository(treeOf(Object.fromEntries(Object.entries(files).filter(([path]) => !without.includes(path)))));
};

function refused(action: () => unknown): VccError {
  try {
    action();
  } catch (error) {
    if (error instanceof VccError) return error;
    throw error;
  }
  throw new Error('was not refused');
}

const caseNamed = (number: string): Record<string, string> => ({ [`cases/2015/${number}/case.md`]: CASE_MD.replace('61247051', number) });

describe('opening', () => {
  test('configuration, policy, zone, coordinators', () => {
    const repository = open();
    expect(repository.zone).toBe('Asia/Tokyo');
    expect(repository.policy.name).toBe('tiny');
    expect(repository.coordinatorFor('SATO@centre.example')?.slug).toBe('sato');
    expect(repository.coordinatorFor('nobody@centre.example')).toBeUndefined();
  });

  test('what is noted of the settings is made of the bytes that it is noted for, whatever is written meanwhile', () => {
    const tree = treeOf(smallRepository());
    const written = new TextEncoder().encode(new TextDecoder().decode(tree.read('policy.yaml')).replace('tiny', 'changed'));
    let noted: Uint8Array | undefined;
    const settings = { recall: () => noted, keep: (parts: Iterable<string>) => void (noted = new TextEncoder().encode([...parts].join(''))) };
    let reads = 0;
    const unsteady = { ...tree, settings, read: (path: string) => (path === 'policy.yaml' && (reads += 1) > 1 ? written : tree.read(path)) };
    // Another one in between, for the last one is not read again.
    open({ 'policy.yaml': new TextDecoder().decode(tree.read('policy.yaml')).replace('tiny', 'another') });
    expect(openRepository(unsteady).policy.name).toBe('tiny');
    expect(openRepository({ ...tree, read: (path) => (path === 'policy.yaml' ? written : tree.read(path)), settings }).policy.name).toBe('changed');
    expect(openRepository({ ...tree, settings }).policy.name).toBe('tiny');
  });

  test('a missing or broken vcc.yaml or policy.yaml is refused with what to do', () => {
    expect(refused(() => open({}, ['vcc.yaml']))).toMatchObject({ code: 'no-vcc-yaml', hint: expect.stringContaining('vcc init') as string });
    expect(refused(() => open({}, ['policy.yaml']))).toMatchObject({ code: 'no-policy-yaml', hint: expect.stringMatching(/git checkout HEAD -- policy\.yaml.*vcc init NEWDIR --policy/) as string });
    expect(refused(() => open({ 'vcc.yaml': 'a: *b\n' })).findings[0]).toMatchObject({ file: 'vcc.yaml', line: 1, column: 4, rule: 'yaml-safety' });
    expect(refused(() => open({ 'policy.yaml': 'schemaVersion: 1\n' })).findings.length).toBeGreaterThan(3);
  });

  test('a time zone that does not exist', () => {
    const files = smallRepository();
    const error = refused(() => open({ 'vcc.yaml': String(files['vcc.yaml']).replace('Asia/Tokyo', 'Asia/Tokio') }));
    expect(error.findings).toEqual([expect.objectContaining({ rule: 'schema', file: 'vcc.yaml', line: 7, column: 1 })]);
  });
});

describe('cases', () => {
  test('a case with its log, advisories and sealed parts', () => {
    const record = open({
      [`${FOLDER}/sealed/poc.asc`]: 'x',
      [`${FOLDER}/advisory.en.md`]: '---\ncase: "61247051"\nlanguage: en\ntitle: T\n---\n\n## Overview\n\nx\n',
      [`${FOLDER}/notes.txt`]: '\x1b',
    }).find('61247051');
    expect(record).toMatchObject({ number: '61247051', folder: FOLDER, narrative: 'A reporter told us in May.', sealed: ['poc'], findings: [] });
    expect(record.log.map(({ name }) => name)).toEqual(['20140501T010000Z-received-0f3a.md']);
    expect(record.advisories.en?.sections[0]?.id).toBe('overview');
    expect(record.advisories.ja).toBeUndefined();
  });

  test('a broken entry is left out and told', () => {
    const { log, findings } = open({ [`${FOLDER}/log/20140502T010000Z-note-0001.md`]: '---js\n---\n' }).find('61247051');
    expect(log).toHaveLength(1);
    expect(findings).toEqual([expect.objectContaining({ rule: 'front-matter-safety', line: 1, column: 1 })]);
  });

  test('a broken case.md: refused by find, told by read, passed over by cases', () => {
    const repository = open({ [`${FOLDER}/case.md`]: CASE_MD.replace('route: partnership', 'route: x'), ...caseNamed('10000000') });
    expect(refused(() => repository.find('61247051'))).toMatchObject({ code: 'case-broken', findings: [{ rule: 'schema', line: 6, column: 1 }] });
    expect(repository.read('61247051')).toMatchObject({ ok: false });
    expect(repository.record('61247051')).toBeUndefined();
    expect(repository.read('99999999')).toBeUndefined();
    expect([...repository.cases()].map(({ number }) => number)).toEqual(['10000000']);
  });

  test('nothing is read through a symlink', () => {
    const repository = open({ [`${FOLDER}/case.md@`]: '' }, [`${FOLDER}/case.md`]);
    expect(refused(() => repository.find('61247051')).findings).toMatchObject([{ rule: 'case-folder', message: 'case.md is missing' }, { rule: 'symlink', file: `${FOLDER}/case.md` }]);
    const linked = open({ [`${FOLDER}/log/20140502T010000Z-note-0001.md@`]: '', [`${FOLDER}/log/20140502T010000Z-note-0001.md`]: RECEIVED_MD }, []);
    expect(linked.find('61247051').findings.filter(({ rule }) => rule !== 'log-entry-name')).toMatchObject([{ rule: 'symlink', severity: 'error' }]);
  });

  test('folders that are no case are no case', () => {
    expect(open({ 'cases/2014/1/case.md': '', 'cases/README.md': '', 'cases/x/61247051/case.md': '', 'cases/2014/61247051x/case.md': '' }).caseFolders()).toEqual([{ number: '61247051', folder: FOLDER }]);
  });
});

describe('finding a case', () => {
  const repository = open({ ...caseNamed('61249999'), ...caseNamed('10000000') });
  test.each(['61247051', 'JVN#61247051', 'jvn#61247051', '612470', 'JVN#61247', `${FOLDER}/case.md`, '６１２４７０５１'])('%s', (reference) => {
    expect(repository.find(reference).number).toBe('61247051');
  });

  test.each([
    ['6124', 'ambiguous-case', /61247051, 61249999/],
    ['61247052', 'no-such-case', /Did you mean 61247051\?/],
    ['61247', undefined, /./],
    ['22222222', 'no-such-case', /vcc list/],
    ['JVNVU#61247051', 'other-series', /61247051/],
    ['openssl', 'not-a-case', /eight digits/],
    ['../../etc/passwd', 'not-a-case', /./],
    ['\x1b[31m', 'not-a-case', /./],
  ])('%s', (reference, code, hint) => {
    if (code === undefined) { expect(repository.find(reference).number).toBe('61247051'); return; }
    const error = refused(() => repository.find(reference));
    expect(error.code).toBe(code);
    expect(error.hint).toMatch(hint);
    expect(error.message).not.toContain('\x1b');
  });
});

describe('vendors and keys', () => {
  const repository = open({ 'vendors/acme.yaml': VENDOR, 'vendors/bad.yaml': 'kind: x\n', 'vendors/Not A Slug.yaml': VENDOR, 'vendors/sub/x.yaml': VENDOR, [`keys/${FINGERPRINT}.asc`]: 'armor', 'keys/readme.txt': '' });
  test('each vendor by its slug; broken ones are told and left out', () => {
    expect([...repository.vendors().keys()]).toEqual(['acme']);
    expect(repository.vendor('acme')).toMatchObject({ slug: 'acme', path: 'vendors/acme.yaml', vendor: { kind: 'open-source' } });
    expect(repository.vendor('bad')).toBeUndefined();
    expect(repository.vendor('../vcc')).toBeUndefined();
    expect(repository.vendorFindings().every(({ file }) => file === 'vendors/bad.yaml')).toBe(true);
    expect(repository.vendorFindings().length).toBeGreaterThan(0);
  });
  test('keys by fingerprint', () => {
    expect(repository.keyFingerprints()).toEqual([FINGERPRINT]);
    expect(repository.publicKey(FINGERPRINT)).toBe('armor');
    expect(repository.publicKey('../vcc')).toBeUndefined();
  });
});

test('case.md: written in one order, byte-stable', () => {
  const { file, narrative } = open().find('61247051');
  expect(writeCaseFile(file, narrative, FOLDER)).toEqual({ path: `${FOLDER}/case.md`, text: CASE_MD });
  const shuffled = Object.fromEntries(Object.entries(file).reverse()) as unknown as typeof file;
  expect(writeCaseFile(shuffled, narrative, FOLDER).text).toBe(CASE_MD);
});
