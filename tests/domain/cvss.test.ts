import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { scoreCvss } from '../../src/domain/cvss.ts';
import { VccError } from '../../src/domain/problem.ts';

describe('base scores', () => {
  test.each([
    ['AV:N/AC:H/Au:N/C:P/I:P/A:N', '2.0', 4, 'medium'],
    ['AV:N/AC:L/Au:N/C:C/I:C/A:C', '2.0', 10, 'high'],
    ['CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', '3.0', 9.8, 'critical'],
    ['CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N', '3.1', 1.8, 'low'],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N', '3.1', 0, 'none'],
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', '4.0', 9.3, 'critical'],
  ])('%s', (vector, version, score, severity) => {
    expect(scoreCvss(vector)).toEqual({ version, vector, score, severity });
  });
  test('temporal, threat and environmental metrics do not change the base score', () => {
    expect(scoreCvss('CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:U').score).toBe(9.8);
    expect(scoreCvss('CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U').score).toBe(9.3);
    expect(scoreCvss('AV:N/AC:H/Au:N/C:P/I:P/A:N/E:U/CDP:ND').score).toBe(4);
  });
});

describe('refused, naming the metric', () => {
  test.each([
    ['', 'no metric ""'],
    ['hello', 'no metric "hello"'],
    ['CVSS:5.0/AV:N', 'no version "CVSS:5.0"'],
    ['CVSS:2.0/AV:N/AC:H/Au:N/C:P/I:P/A:N', 'no version "CVSS:2.0"'],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H', 'A is missing'],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/A:N', 'A stands in it twice'],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:X', 'A is one of N, L, H, not "X"'],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H:H', 'A is one of N, L, H, not "H:H"'],
    ['CVSS:3.1/AV:N/AC:L/Au:N/UI:N/S:U/C:H/I:H/A:H', 'version 3.1 has no metric "Au"'],
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:S/SI:N/SA:N', 'SC is one of H, L, N, not "S"'],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/', 'no metric ""'],
    ['CVSS:3.1/__proto__:N', 'no metric "__proto__"'],
    ['CVSS:3.1/AV:n', 'AV is one of N, A, L, P, not "n"'],
  ])('%s', (vector, message) => {
    expect(() => scoreCvss(vector)).toThrow(message);
    expect(() => scoreCvss(vector)).toThrow(VccError);
  });
});

const VECTORS = new URL('../../../shared/formats/cvss/test-vectors_RedHat-cvss/', import.meta.url);
const here = existsSync(VECTORS);
describe.skipIf(!here)(`vectors of Red Hat${here ? '' : ' (skipped: ../shared/formats/cvss is absent)'}`, () => {
  test.each(['vectors_simple3', 'vectors_simple31', 'vectors_simple4'])('%s', (file) => {
    const lines = readFileSync(new URL(file, VECTORS), 'utf8').split('\n').filter((line) => line.startsWith('CVSS:'));
    expect(lines.length).toBeGreaterThan(20);
    // Every ninth: the file has thousands, and each part of the table comes round.
    const wrong = lines.filter((_line, index) => index % 9 === 0).filter((line) => {
      const [, vector = '', base = ''] = /^(\S+) - \((\d+\.\d)/.exec(line) ?? [];
      return scoreCvss(vector).score !== Number(base);
    });
    expect(wrong).toEqual([]);
  });
});
