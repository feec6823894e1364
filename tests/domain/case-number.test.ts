import { describe, expect, test } from 'vitest';
import { parseCaseReference } from '../../src/domain/case-number.ts';

describe('how a case is named', () => {
  test.each([
    ['61247051', { number: '61247051' }],
    [' 61247051\n', { number: '61247051' }],
    ['JVN#61247051', { number: '61247051', series: 'JVN' }],
    ['jvnvu#61247051', { number: '61247051', series: 'JVNVU' }],
    ['ＪＶＮ＃６１２４７０５１', { number: '61247051', series: 'JVN' }],
    ['JVN#612', { prefix: '612', series: 'JVN' }],
    ['612', { prefix: '612' }],
    ['cases/2014/61247051', { number: '61247051' }],
    ['./cases/2014/61247051/', { number: '61247051' }],
    ['/home/a/repo/cases/2014/61247051/log/20140501T010000Z-note-0001.md', { number: '61247051' }],
    ['cases\\2014\\61247051\\case.md', { number: '61247051' }],
    ['', {}],
    ['612470510', {}],
    ['6124705x', {}],
    ['JVN61247051', {}],
    ['../../etc/passwd', {}],
    ['--help', {}],
    ['cases/2014/612', {}],
  ])('%j', (text, expected) => {
    expect(parseCaseReference(text)).toEqual(expected);
  });
});
