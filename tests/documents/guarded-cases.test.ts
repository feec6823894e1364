import { expect, it } from 'vitest';
import { foldLog, splitLog } from '../../src/documents/folded-log.ts';
import { leaksOfFile } from '../../src/documents/guarded-cases.ts';
import { writeLogEntry } from '../../src/documents/log-entry.ts';
import { marksOf } from '../../src/domain/marks.ts';
import { statementValues } from '../../src/domain/sealed-values.ts';
import type { Guard, LogEntry } from '../../src/generated/documents.ts';

const FOLDER = 'cases/2014/61247051';
const SALT = '0123456789abcdef'.repeat(4);
const SECRET = 'The firmware of the whole line keeps its master password in the bootloader since 2009.';
const GUARDS: readonly Guard[] = [
  { schemaVersion: 1, salt: SALT, vendor: 'acme', marks: { statement: marksOf(SALT, statementValues(SECRET, '').values.statement ?? []) } },
  { schemaVersion: 1, salt: SALT, marks: { name: marksOf(SALT, ['aoki']) } },
];
const guarded = { number: '61247051', guards: GUARDS, wishes: {}, stated: new Map<string, string>() };

const entry = (event: LogEntry, text: string): { readonly name: string; readonly text: string } => {
  const write = writeLogEntry(event, text, FOLDER, '00aa');
  return { name: write.path.slice(write.path.lastIndexOf('/') + 1), text: write.text };
};
const ofAcme = entry({ event: 'vendor-replied', at: '2014-05-02T10:00:00+09:00', by: 'aoki', vendor: 'acme', progress: 'accepted' }, SECRET);
const ofLibre = entry({ event: 'vendor-replied', at: '2014-05-03T10:00:00+09:00', by: 'aoki', vendor: 'libre', progress: 'accepted' }, SECRET);
const leaksIn = (path: string, text: string) => leaksOfFile(path, text, guarded, [{ slug: 'aoki' }]).map(({ what, place }) => `${place.line}:${place.column} ${what}`);

it('what a vendor said in confidence may stand in the entries about it, folded or not, and in no other', () => {
  expect(leaksIn(`${FOLDER}/log/${ofAcme.name}`, ofAcme.text)).toEqual([]);
  const [alone = ''] = leaksIn(`${FOLDER}/log/${ofLibre.name}`, ofLibre.text);
  expect(alone).toMatch(/^10:\d+ words of a confidential mail of acme$/);
  const log = foldLog('61247051', [ofAcme, ofLibre]);
  const { line } = splitLog(log).entries[1] ?? { line: 0 };
  expect(leaksIn(`${FOLDER}/log.md`, log)).toEqual([alone.replace(/^(\d+):(\d+)/, (_, row: string, column: string) => `${Number(row) + line - 1}:${Number(column) + 4}`)]);
  expect(leaksIn(`${FOLDER}/log.md`, foldLog('61247051', [ofAcme]))).toEqual([]);
  // Words around the entries are nobody's.
  expect(leaksIn(`${FOLDER}/log.md`, `${SECRET}\n${foldLog('61247051', [ofAcme])}`)).toHaveLength(1);
  // Who of the team wrote an entry stands in each; in its text the name is a name.
  expect(leaksIn(`${FOLDER}/log.md`, foldLog('61247051', [{ ...ofAcme, text: `${ofAcme.text}Aoki found it.\n` }]))).toEqual([expect.stringMatching(/the name of the reporter$/)]);
});
