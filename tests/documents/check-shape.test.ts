import { describe, expect, test } from 'vitest';
import { checkShape, type SchemaName } from '../../src/documents/check-shape.ts';
import { distance } from '../../src/domain/near-word.ts';
import { readYaml } from '../../src/documents/yaml-text.ts';
import { VCC_YAML } from '../support/case-tree.ts';

function findings(schema: SchemaName, text: string): string[] {
  const read = readYaml('f.yaml', text);
  if (!read.ok) throw new Error(JSON.stringify(read.findings));
  return checkShape(schema, read.value, read.where, 'f.yaml').map(({ line, column, rule, message, fix }) => `${line}:${column} ${rule} ${message}${fix === undefined ? '' : ` (${fix})`}`);
}

const CASE = 'schemaVersion: 1\nid: "61247051"\nseries: JVN\nroute: partnership\nlanguage: ja\ntitle:\n  en: x\nproducts:\n  - vendor: v\n    name: n\n    versions: [a]\n';

describe('deviations from a schema, in words', () => {
  test('a file that is right has none', () => {
    expect(findings('case', CASE)).toEqual([]);
    expect(findings('vcc', VCC_YAML)).toEqual([]);
  });

  test.each<[string, string, string[]]>([
    ['a missing field', CASE.replace('series: JVN\n', ''), ['1:1 schema series is missing']],
    ['a missing field inside', CASE.replace('    name: n\n', ''), ['9:5 schema products[0]: name is missing']],
    ['a misspelt field', CASE.replace('route:', 'rout:'), ['1:1 schema route is missing', '4:1 schema rout is not a field of this file (did you mean route?)']],
    ['an unknown field', `${CASE}status: published\n`, ['12:1 schema status is not a field of this file (remove it or see schemas/ for the fields)']],
    ['a number where an id was meant', CASE.replace('"61247051"', '61247051'), ['2:1 schema id must be text, not 61247051 (put it in quotes)']],
    ['an id of the wrong form', CASE.replace('"61247051"', '"6124"'), ['2:1 schema id must be eight digits in quotes, like "61247051", not "6124"']],
    ['a word that is not on the list', CASE.replace('partnership', 'other'), ['4:1 schema route must be one of partnership, direct, not "other"']],
    ['an empty field', CASE.replace('series: JVN', 'series:'), ['3:1 schema series is empty; it must be text (fill it in, or leave the whole field out)']],
    ['a list that is none', CASE.replace('[a]', 'a'), ['11:5 schema products[0].versions must be a list, not "a"']],
    ['an empty list', CASE.replace('[a]', '[]'), ['11:5 schema products[0].versions needs at least 1']],
    ['an empty mapping', CASE.replace('title:\n  en: x', 'title: {}'), ['6:1 schema title has no field; it needs at least 1']],
    ['a day that does not exist', `${CASE}timeLimits:\n  - date: 2014-02-30\n`, ['13:5 schema timeLimits[0].date must be a calendar day that exists, like 2014-05-01, not "2014-02-30"']],
    ['a day before 1970', `${CASE}timeLimits:\n  - date: 0000-05-01\n`, ['13:5 schema timeLimits[0].date must be a calendar day since 1970, like 2014-05-01, not "0000-05-01"']],
    ['a score that is too low', `${CASE}cvss:\n  - { version: '3.1', vector: 'CVSS:3.1/AV:N', score: -5 }\n`, ['13:48 schema cvss[0].score must be at least 0, not -5']],
    ['a score that is too high', `${CASE}cvss:\n  - { version: '3.1', vector: 'CVSS:3.1/AV:N', score: 11 }\n`, ['13:48 schema cvss[0].score must be at most 10, not 11']],
    ['a script as link', `${CASE}references:\n  - url: javascript:alert(1)\n`, ['13:5 schema references[0].url must be a web address that starts with https:// or http://, not "javascript:alert(1)"']],
    ['a title of two lines', CASE.replace('en: x', 'en: "x\\ny"'), ['7:3 schema title.en must be one line of text without control characters, not "x\\ny"']],
    ['another version of the format', CASE.replace('Version: 1', 'Version: 2'), ['1:1 schema schemaVersion must be 1, not 2']],
    ['a list of fields', '- a\n', ['1:1 schema the file must be a mapping of fields, not a list']],
    ['nothing', '', ['1:1 schema the file is empty; it must be a mapping of fields (fill it in, or leave the whole field out)']],
  ])('%s', (_name, text, expected) => {
    expect(findings('case', text)).toEqual(expected);
  });

  test('an entry is judged by its own event, not by all of them', () => {
    const entry = 'event: vendor-status\nat: "2014-05-01T10:00:00+09:00"\nby: sato\nvendor: acme\nstatus: fixed\n';
    expect(findings('log-entry', entry)).toEqual([expect.stringMatching(/^5:1 schema status must be one of affected, .*, not "fixed"$/)]);
    expect(findings('log-entry', entry.replace('vendor-status', 'vendor-statu'))).toEqual(['1:1 schema event is "vendor-statu", which is no event that vcc knows (vcc record --help lists the events)']);
    expect(findings('log-entry', 'at: "2014-05-01T10:00:00+09:00"\n')).toEqual(['1:1 schema event is missing']);
    for (const year of ['0000', '0099', '1969']) expect(findings('log-entry', entry.replace('2014', year).replace('fixed', 'affected'))).toEqual([expect.stringMatching(/^2:1 schema at must be a date and time since 1970/)]);
    for (const wrong of ['23:59:60', '25:00:00', 'noon']) expect(findings('log-entry', entry.replace('10:00:00', wrong).replace('fixed', 'affected'))).toEqual([expect.stringMatching(/^2:1 schema at must be a date and time/)]);
  });

  test('what a stranger wrote is shown without what a terminal obeys', () => {
    const [only] = checkShape('case', { 'a\x1b[31m': 1 }, () => ({ line: 1, column: 1 }), 'f').filter(({ message }) => message.includes('not a field'));
    expect(only?.message).toBe('a\\x1b[31m is not a field of this file');
  });

  test('a field named like part of every object is no surprise', () => {
    expect(findings('case', `${CASE}toString: 1\nvalueOf: 2\n`)).toHaveLength(2);
  });

  test('a file that is wrong a thousand times over is cut short', () => {
    const text = `${CASE}${Array.from({ length: 5000 }, (_, index) => `field${index}: x\n`).join('')}`;
    expect(findings('case', text)).toHaveLength(30);
  });
});

test('edits between words', () => {
  expect([distance('route', 'rout'), distance('route', 'ruote'), distance('a', 'abcd'), distance('', 'ab'), distance('same', 'same')]).toEqual([1, 2, 3, 2, 0]);
});
