import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLogEntry, writeLogEntry } from '../../src/documents/log-entry.ts';
import type { LogEntry } from '../../src/generated/documents.ts';
import { FOLDER, RECEIVED_MD } from '../support/case-tree.ts';

const PATH = `${FOLDER}/log/20140501T010000Z-received-0f3a.md`;
const findings = (path: string, text: string | Uint8Array): string[] => {
  const read = readLogEntry(path, text);
  if (read.ok) throw new Error('was accepted');
  return read.findings.map(({ file, line, column, rule, message }) => `${file}:${line}:${column} ${rule} ${message}`);
};

describe('a log entry', () => {
  test('is read with its time, name, text and places', () => {
    const read = readLogEntry(PATH, RECEIVED_MD);
    if (!read.ok) throw new Error(JSON.stringify(read.findings));
    expect(read.logged).toMatchObject({ path: PATH, name: '20140501T010000Z-received-0f3a.md', text: 'By mail, encrypted.', at: Date.parse('2014-05-01T01:00:00Z'), entry: { event: 'received', channel: 'mail' } });
    expect(read.logged.where('channel')).toEqual({ line: 7, column: 1 });
  });

  test('is written in the order of the schema, whatever the order it was made in', () => {
    const entry: LogEntry = { channel: 'mail', route: 'partnership', by: 'sato', at: '2014-05-01T10:00:00+09:00', event: 'received' };
    expect(writeLogEntry(entry, 'By mail, encrypted.', FOLDER, '0f3a')).toEqual({ path: PATH, text: RECEIVED_MD });
  });

  test('a message of a stranger is kept, made visible', () => {
    const { path, text } = writeLogEntry({ event: 'note', at: '2014-05-01T10:00:00+09:00', by: 'sato' }, 'They wrote:\r\n\x1b[2J---\r\n', FOLDER, '0001');
    const read = readLogEntry(path, text);
    expect(read.ok && read.logged.text).toBe('They wrote:\n\\x1b[2J---');
  });

  test('needs four hexadecimal digits', () => {
    expect(() => writeLogEntry({ event: 'note', at: '2014-05-01T10:00:00+09:00', by: 'sato' }, '', FOLDER, '../x')).toThrow(RangeError);
  });

  test.each([
    ['another time', `${FOLDER}/log/20140501T010001Z-received-0f3a.md`],
    ['another event', `${FOLDER}/log/20140501T010000Z-note-0f3a.md`],
    ['the time of the zone', `${FOLDER}/log/20140501T100000Z-received-0f3a.md`],
    ['upper-case digits', `${FOLDER}/log/20140501T010000Z-received-0F3A.md`],
    ['more behind', `${FOLDER}/log/20140501T010000Z-received-0f3a-2.md`],
    ['another ending', `${FOLDER}/log/20140501T010000Z-received-0f3a.yaml`],
  ])('a name that says %s is an error', (_name, path) => {
    expect(findings(path, RECEIVED_MD)).toEqual([`${path}:1:1 log-entry-name the file name must be 20140501T010000Z-received-, four hexadecimal digits and .md, as its time and event say`]);
  });

  test('other mistakes are told at their place', () => {
    expect(findings(PATH, RECEIVED_MD.replace('channel: mail', 'channel: pigeon'))[0]).toMatch(/:7:1 schema channel must be one of mail, /);
    expect(findings(PATH, RECEIVED_MD.replace('---', '---js'))[0]).toMatch(/:1:1 front-matter-safety /);
    expect(findings(PATH, RECEIVED_MD.replaceAll('\n', '\r\n'))[0]).toMatch(/:1:4 line-ends /);
  });

  test('written and read, nothing changes, and written again no byte', () => {
    const prose = fc.string({ unit: fc.constantFrom('a', ' ', '\n', ':', '#', '-', '概', '"', "'", '|', '>'), minLength: 1, maxLength: 40 }).filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(prose, prose, (reason, text) => {
        const entry: LogEntry = { event: 'declined', at: '2014-05-01T10:00:00+09:00', by: 'sato', reason };
        const written = writeLogEntry(entry, text, FOLDER, 'abcd');
        const read = readLogEntry(written.path, written.text);
        if (!read.ok) throw new Error(JSON.stringify(read.findings));
        expect(read.logged.entry).toEqual(entry);
        expect(writeLogEntry(read.logged.entry, read.logged.text, FOLDER, 'abcd')).toEqual(written);
      }),
    );
  });
});
