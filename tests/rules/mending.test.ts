import { describe, expect, it } from 'vitest';
import type { FileMend } from '../../src/domain/file-mend.ts';
import { replay } from '../../src/domain/replay.ts';
import { treeWith, type Tree } from '../../src/domain/tree.ts';
import { openRepository } from '../../src/documents/repository.ts';
import { RULES } from '../../src/rules/index.ts';
import { mendsIn } from '../../src/rules/mending.ts';
import { treeOf } from '../support/case-tree.ts';
import { FIXTURES, lintFixture, treeOfFixture } from './fixtures.ts';
import { advisory, at, CASE, edit, KEY, log, NOW, rightRepository, scheduled, type Files } from './right-repository.ts';

const FOLDER = 'cases/2014/61247051';
const none: ReadonlySet<string> = new Set();
const mend = (tree: Tree, committed = none, more: { only?: readonly string[]; within?: readonly string[] } = {}): readonly FileMend[] => mendsIn(tree, { now: NOW, committed, ...more });
const mended = (tree: Tree, mends: readonly FileMend[]): Tree => treeWith(tree, new Map(mends.map(({ path, after }) => [path, after])));
const told = (mends: readonly FileMend[]): string[] => mends.map(({ path, rules }) => `${path} ${rules.join(' ')}`);

const windows = (files: Files, path: string): void => void (files[path] = String(files[path]).replaceAll('\n', '\r\n'));

/** What follows from the log, without the functions that find places in files. */
const stateIn = (tree: Tree): unknown => {
  const record = openRepository(tree).record('61247051');
  return record && JSON.parse(JSON.stringify(replay(record), (_key, value: unknown) => (value instanceof Map ? [...(value as Map<unknown, unknown>)] : value)));
};

describe.each(RULES.filter((rule) => rule.mend !== undefined).map(({ id }) => id))('what is mended of %s', (id) => {
  const fixture = FIXTURES[id];
  if (fixture === undefined) throw new Error(`${id} has no fixture`);
  const before = treeOfFixture(fixture, 'bad');
  const mends = mend(before);
  const after = mended(before, mends);

  it('is found no more, and nothing else is found in its place', () => {
    expect(mends.length).toBeGreaterThan(0);
    const found = lintFixture(fixture, 'bad', after);
    expect(found.filter(({ rule }) => rule === id).map(({ file, line, column }) => `${file}:${line}:${column}`)).toEqual(fixture.unmended ?? []);
    const known = lintFixture(fixture, 'bad').map(({ rule, file, message }) => `${file} ${rule} ${message}`);
    expect(found.map(({ rule, file, message }) => `${file} ${rule} ${message}`).filter((one) => !known.includes(one))).toEqual([]);
  });

  it('leaves the state of the case', () => {
    expect(stateIn(after)).toBeDefined();
    expect(stateIn(after)).toEqual(stateIn(treeOf(rightRepository())));
  });

  it('is mended once and for all', () => {
    expect(mend(after)).toEqual([]);
  });
});

it('nothing is mended where nothing is wrong, nor of what takes a person', () => {
  const mechanical = new Set(RULES.filter((rule) => rule.mend !== undefined).map(({ id }) => id));
  for (const [id, fixture] of Object.entries(FIXTURES)) {
    expect(mend(treeOfFixture(fixture, 'good')), id).toEqual([]);
    // The kinds of some fixtures are there to bring another rule in.
    if (!mechanical.has(id)) expect(told(mend(treeOfFixture(fixture, 'bad'))).filter((one) => !one.endsWith(' executable-file')), id).toEqual([]);
  }
});

describe('line ends', () => {
  it('of files that hide each other are mended in one run', () => {
    const files = rightRepository();
    windows(files, 'vcc.yaml');
    windows(files, CASE);
    edit(files, CASE, 'OpenSSL\r\n    versions', 'OpenSSL\r\n    purl: pkg:pypi/Open_SSL\r\n    versions');
    const tree = treeOf(files);
    const mends = mend(tree);
    expect(told(mends)).toEqual(['vcc.yaml line-ends', `${CASE} line-ends package-url`]);
    expect(new TextDecoder().decode(mends[1]?.after)).toContain('    purl: pkg:pypi/open-ssl\n');
    expect(mend(mended(tree, mends))).toEqual([]);
  });

  it.each(['a carriage return alone: \rx', 'a turn of direction: \u202e', 'an escape: \u001b[2J'])('stay beside %j, which a person has to look at', (text) => {
    const files = rightRepository();
    edit(files, CASE, 'in May.\n', `in May.\r\n${text}\n`);
    expect(mend(treeOf(files))).toEqual([]);
  });

  it('of a file that is not UTF-8 stay, and so do those of one with a merge that is not finished', () => {
    const files = rightRepository();
    files['vendors/acme.yaml'] = Buffer.from('name: caf\u00e9\r\n', 'latin1');
    edit(files, CASE, 'in May.\n', 'in May.\r\n<<<<<<< HEAD\n');
    expect(mend(treeOf(files))).toEqual([]);
  });
});

describe('what proves something by its bytes is never written', () => {
  it('an entry of the log that is committed; one that is not yet may be', () => {
    const files = rightRepository();
    const path = log(files, { event: 'note', at: at('02'), by: 'sato' }, { text: 'They called.' });
    windows(files, path);
    expect(mend(treeOf(files), new Set([path]))).toEqual([]);
    expect(told(mend(treeOf(files)))).toEqual([`${path} line-ends`]);
  });

  it('keys and sealed files, whatever their mode', () => {
    const tree = treeOf(rightRepository());
    const everything = { ...tree, files: (under: string) => tree.files(under).map((file) => ({ ...file, kind: 'executable' as const })) };
    const paths = mend(everything).map(({ path }) => path);
    expect(paths).toContain('vendors/acme.yaml');
    expect(paths.filter((path) => path.startsWith('keys/') || path.includes('/sealed/'))).toEqual([]);
    expect(tree.files(`keys/${KEY.fingerprint}.asc`)).toHaveLength(1);
  });

  it('the texts of a case that somebody approved', () => {
    const files = rightRepository();
    scheduled(files);
    const text = `${FOLDER}/advisory.en.md`;
    files[text] = advisory('en');
    windows(files, text);
    expect(told(mend(treeOf(files)))).toEqual([`${text} line-ends`]);
    log(files, { event: 'approved', at: at('04'), by: 'sato', text: `sha256:${'ab'.repeat(32)}` });
    expect(mend(treeOf(files))).toEqual([]);
  });
});

it('only these rules and paths are mended where some are named', () => {
  const files = rightRepository();
  windows(files, CASE);
  windows(files, 'vendors/acme.yaml');
  const tree = treeOf(files);
  expect(told(mend(tree, none, { within: ['vendors'] }))).toEqual(['vendors/acme.yaml line-ends']);
  expect(mend(tree, none, { only: ['executable-file'] })).toEqual([]);
});
