import fc from 'fast-check';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCase } from '../../src/documents/case-folder.ts';
import { foldCase, foldLog, lostEntries, readFoldedLog, splitLog, textsIn, unfoldCase } from '../../src/documents/folded-log.ts';
import { openRepository } from '../../src/documents/repository.ts';
import { writeLogEntry } from '../../src/documents/log-entry.ts';
import { replay } from '../../src/domain/replay.ts';
import type { Tree } from '../../src/domain/tree.ts';
import { workTree } from '../../src/io/work-tree.ts';
import { anyLog } from '../support/any-entry.ts';
import { FOLDER, smallRepository, treeOf } from '../support/case-tree.ts';

const NUMBER = '61247051';
const SEED = 61247051;
const LOG = `${FOLDER}/log.md`;
const A = '20140501T010000Z-received-0f3a.md';
const B = '20140502T010000Z-note-00bb.md';

/** Lines that look like what stands around entries, and all that a line may be. */
const LINES = ['', ' ', '    ', '     x', '---', '## ', `## ${A}`, `    ## ${A}`, '# 61247051: the log in one file', '\\ No newline at end of file', '    \\ No newline at end of file', '<<<<<<< HEAD', '\ufeff', 'a\r', '\0', '日本語', '\u202e', 'event: note'];
const hostile = fc.oneof({ weight: 3, arbitrary: fc.array(fc.constantFrom(...LINES), { maxLength: 8 }).map((lines) => lines.join('\n')) }, fc.string({ unit: 'binary' }));

const names = fc.uniqueArray(fc.tuple(fc.integer({ min: 100000, max: 235959 }), fc.stringMatching(/^[0-9a-f]{4}$/)).map(([time, hex]) => `20140501T${time}Z-note-${hex}.md`), { minLength: 1, maxLength: 5 });

describe('log.md', () => {
  it('gives back every byte of every entry, whatever stands in it', () => {
    let odd = 0;
    fc.assert(
      fc.property(names, fc.array(hostile, { minLength: 5, maxLength: 5 }), (drawn, texts) => {
        const entries = [...drawn].sort().map((name, index) => ({ name, text: texts[index] ?? '' }));
        if (entries.some(({ text }) => text.includes(`## ${A}`))) odd += 1;
        const folded = foldLog(NUMBER, entries);
        expect(splitLog(folded).entries.map(({ name, text }) => ({ name, text }))).toEqual(entries);
        for (const { name, line } of splitLog(folded).entries) expect(folded.split('\n')[line - 3]).toBe(`## ${name}`);
      }),
      { numRuns: 2000, seed: SEED },
    );
    expect(odd).toBeGreaterThan(100);
  });

  it('is read of any text at all, and only what foldLog writes is read without a finding', () => {
    let wrong = 0;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...LINES.filter((line) => !/[\r\0\u202e\ufeff]/.test(line)), `## ${B}`, '    x'), { maxLength: 12 }), (lines) => {
        const text = [`# ${NUMBER}: the log in one file`, '', ...lines, ''].join('\n');
        const { entries, findings } = readFoldedLog(LOG, NUMBER, Buffer.from(text));
        if (findings.length > 0) wrong += 1;
        else expect(foldLog(NUMBER, entries)).toBe(text);
        // Whatever the lines are, none of them goes unread; only that a line end is missing has no words.
        const words = textsIn(LOG, text).map((each) => each.text).join('\n');
        for (const line of lines) if (!/^(?:## 2|\\ No)/.test(line)) expect(words).toContain(line.trim());
      }),
      { numRuns: 2000, seed: SEED },
    );
    expect(wrong).toBeGreaterThan(500);
  });

  const good = foldLog(NUMBER, [{ name: A, text: 'one\n' }, { name: B, text: 'two\n' }]);
  it.each<[string, string | Uint8Array, string, string]>([
    ['of another case', good.replace(NUMBER, '94401838'), '1:1', 'must begin with a line'],
    ['without an entry', `# ${NUMBER}: the log in one file\n`, '1:1', 'holds no entry'],
    ['empty', '', '1:1', 'must begin'],
    ['with an entry twice', foldLog(NUMBER, [{ name: A, text: 'one\n' }, { name: A, text: 'one\n' }]), '7:1', `${A} stands here twice`],
    ['in another order', foldLog(NUMBER, [{ name: B, text: 'two\n' }, { name: A, text: 'one\n' }]), '7:1', 'which is later'],
    ['with a name that leads elsewhere', good.replace(B, `../../../${B}`), '7:1', 'belongs to no entry'],
    ['with a name that is none', good.replace(B, 'note.md'), '7:1', 'belongs to no entry'],
    ['with a line that is not set in', good.replace('    two', 'two'), '9:1', 'belongs to no entry'],
    ['with a line of blanks', good.replace('    two', '    '), '9:1', 'belongs to no entry'],
    ['without a last line end', good.slice(0, -1), '9:1', 'belongs to no entry'],
    ['with words above', good.replace('\n\n', '\nA word.\n\n'), '2:1', 'belongs to no entry'],
    ['with an unfinished merge', good.replace('    two\n', '<<<<<<< HEAD\n    two\n=======\n>>>>>>> theirs\n'), '9:1', 'belongs to no entry'],
    ['with CR LF', good.replaceAll('\n', '\r\n'), '1:32', 'CR LF'],
    ['in another encoding', Buffer.from(good.replace('two', 'tw\xf6'), 'latin1'), '9:7', 'not UTF-8'],
    ['of 20 MB', `${good}${'    x\n'.repeat(3_400_000)}`, '1:1', 'larger than'],
  ])('%s is a finding with its place', (_, source, place, message) => {
    const { findings } = readFoldedLog(LOG, NUMBER, Buffer.from(source));
    expect(findings.map(({ file, line, column }) => `${file} ${line}:${column}`)[0]).toBe(`${LOG} ${place}`);
    expect(findings[0]?.message).toContain(message);
    expect(findings.every(({ severity }) => severity === 'error')).toBe(true);
  });
});

/** The tree once a case is folded, or unfolded. */
function changed(tree: Tree, change: ReturnType<typeof foldCase>): Tree {
  if (!change) throw new Error('there is nothing to fold');
  const files = Object.fromEntries(tree.files('').filter(({ path }) => !change.removes.includes(path)).map(({ path }) => [path, tree.read(path) ?? '']));
  return treeOf({ ...files, ...Object.fromEntries(change.writes.map(({ path, text }) => [path, text])) });
}

const contents = (tree: Tree, folder: string): Record<string, string> => Object.fromEntries(tree.files(folder).map(({ path }) => [path, Buffer.from(tree.read(path) ?? []).toString('latin1')]));

function meaning(tree: Tree, number: string, folder: string): string {
  const read = readCase(tree, number, folder);
  if (!read.ok) throw new Error(JSON.stringify(read.findings));
  const { state, findings } = replay(read.record);
  const plain = (_: string, value: unknown): unknown => (value instanceof Map || value instanceof Set ? [...(value as Iterable<unknown>)] : value);
  const without = (text: string): string => text.replaceAll(/"path":"[^"]*"/g, '').replaceAll(/"(?:line|column)":\d+/g, '').replaceAll(/"file":"[^"]*\.md"/g, '');
  return without(JSON.stringify([[...read.record.log].map(({ name, entry, text, at }) => ({ name, entry, text, at })).sort((a, b) => (a.name < b.name ? -1 : 1)), state, findings, read.record.findings], plain));
}

describe('a folded case', () => {
  const example = workTree(join(import.meta.dirname, '..', '..', 'cases.example'));
  it.each(openRepository(example).caseFolders())('$number of the example means the same, and unfolds to the same bytes', ({ number, folder }) => {
    const folded = changed(example, foldCase(example, number, folder));
    expect(folded.files(`${folder}/log`)).toEqual([]);
    expect(meaning(folded, number, folder)).toBe(meaning(example, number, folder));
    expect(foldCase(folded, number, folder)).toBeUndefined();
    expect(contents(changed(folded, unfoldCase(folded, folder)), folder)).toEqual(contents(example, folder));
  });

  it('means the same, whatever its log says', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        const files = smallRepository();
        for (const path of Object.keys(files)) if (path.startsWith(`${FOLDER}/log/`)) Reflect.deleteProperty(files, path);
        for (const { entry, name } of log) files[`${FOLDER}/log/${name}`] = writeLogEntry(entry, 'Words.', FOLDER, name.slice(-7, -3)).text;
        const tree = treeOf(files);
        expect(meaning(changed(tree, foldCase(tree, NUMBER, FOLDER)), NUMBER, FOLDER)).toBe(meaning(tree, NUMBER, FOLDER));
      }),
      { numRuns: 150, seed: SEED },
    );
  });

  it('finds a mistake in an entry where it stands', () => {
    const files = smallRepository();
    const path = `${FOLDER}/log/${B}`;
    files[path] = '---\nevent: note\nat: "2014-05-02T10:00:00+09:00"\nby: Sato\n---\n';
    const tree = treeOf(files);
    const places = (of: Tree): string[] => {
      const read = readCase(of, NUMBER, FOLDER);
      return (read.ok ? read.record.findings : read.findings).map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`);
    };
    const [plain = ''] = places(tree);
    expect(plain).toContain(`${path}:4:1 `);
    const folded = changed(tree, foldCase(tree, NUMBER, FOLDER));
    const line = Buffer.from(folded.read(LOG) ?? []).toString().split('\n').indexOf('    by: Sato') + 1;
    expect(places(folded)).toEqual([plain.replace(`${path}:4:1`, `${LOG}:${line}:5`)]);
    const read = readCase(changed(treeOf(smallRepository()), foldCase(treeOf(smallRepository()), NUMBER, FOLDER)), NUMBER, FOLDER);
    expect(read.ok && read.record.log.map(({ path: at, where }) => [at, where('channel')])).toEqual([[LOG, { line: 11, column: 5 }]]);
  });

  it('takes further entries from log/; one that stands in both is told, and twice as loud where they differ', () => {
    const tree = treeOf(smallRepository());
    const folded = changed(tree, foldCase(tree, NUMBER, FOLDER));
    const log = Buffer.from(folded.read(LOG) ?? []).toString();
    const findingsWith = (extra: Record<string, string>): string[] => {
      const read = readCase(treeOf({ ...smallRepository(), [LOG]: log, ...extra }), NUMBER, FOLDER);
      if (!read.ok) throw new Error('no case');
      expect(read.record.log.map(({ name }) => name)).toEqual([A]);
      return read.record.findings.map(({ severity, file, message }) => `${severity} ${file} ${message}`);
    };
    const file = `${FOLDER}/log/${A}`;
    expect(findingsWith({})).toEqual([`warning ${file} the entry stands in log.md as well`]);
    expect(findingsWith({ [file]: `${Buffer.from(tree.read(file) ?? []).toString()}More.\n` })).toEqual([`error ${file} the entry stands in log.md as well, and says something else there`]);
    const again = changed(treeOf({ ...smallRepository(), [LOG]: log }), foldCase(treeOf({ ...smallRepository(), [LOG]: log }), NUMBER, FOLDER));
    expect(Buffer.from(again.read(LOG) ?? []).toString()).toBe(log);
  });
});

describe('entries that stood there before', () => {
  const tree = treeOf(smallRepository());
  const folding = foldCase(tree, NUMBER, FOLDER);
  const folded = changed(tree, folding);
  const before = (of: Tree, ...paths: readonly string[]) => new Map(paths.map((path) => [path, () => of.read(path) ?? new Uint8Array()]));
  const lost = (now: Tree, altered: ReadonlyMap<string, () => Uint8Array>) => [...lostEntries(now, altered)].map(({ file, place, what }) => `${file}:${place.line} ${what}`);
  const edit = (of: Tree, path: string, from: string, to: string): Tree => treeOf({ ...Object.fromEntries(of.files('').map((file) => [file.path, of.read(file.path) ?? ''])), [path]: Buffer.from(of.read(path) ?? []).toString().replace(from, to) });

  it('are all there when they are folded, and when they are unfolded', () => {
    expect(lost(folded, before(tree, `${FOLDER}/log/${A}`))).toEqual([]);
    expect(lost(tree, before(folded, LOG))).toEqual([]);
  });

  it('are missed where one byte of one is another, or one is gone', () => {
    const altered = edit(folded, LOG, 'By mail', 'By Mail');
    expect(lost(altered, before(tree, `${FOLDER}/log/${A}`))).toEqual([`${LOG}:3 changed`]);
    expect(lost(altered, before(folded, LOG))).toEqual([`${LOG}:3 changed`]);
    expect(lost(edit(tree, `${FOLDER}/log/${A}`, 'By mail', 'By Mail'), before(folded, LOG))).toEqual([`${FOLDER}/log/${A}:1 changed`]);
    expect(lost(edit(folded, LOG, `## ${A}`, `## ${B}`), before(folded, LOG))).toEqual([`${LOG}:1 deleted`]);
    expect(lost(treeOf({}), before(tree, `${FOLDER}/log/${A}`))).toEqual([`${FOLDER}/log/${A}:1 deleted`]);
  });
});
