import { expect, it } from 'vitest';
import { chooseClock, mailDate } from '../../src/io/clock.ts';

it('follows --now before VCC_NOW, and the machine without both', () => {
  expect(chooseClock('2014-05-01T10:00+09:00', '2015-01-01T00:00Z')).toMatchObject({ fixed: true });
  expect(chooseClock('2014-05-01T10:00+09:00', '2015-01-01T00:00Z').now()).toBe(Date.parse('2014-05-01T01:00:00Z'));
  expect(chooseClock(undefined, '2015-01-01 00:00:30Z').now()).toBe(Date.parse('2015-01-01T00:00:30Z'));
  const machine = chooseClock(undefined, '');
  expect(machine.fixed).toBe(false);
  expect(Math.abs(machine.now() - Date.now())).toBeLessThan(1000);
});

it.each(['', 'yesterday', '2014-05-01', '2014-05-01T10:00', '2014-02-30T10:00Z', '2014-05-01T25:00Z', '0000-05-01T10:00Z', '0014-05-01T10:00Z', '1969-12-31T23:59Z'])('refuses --now %j and names it', (text) => {
  expect(() => chooseClock(text, undefined)).toThrow(/^--now: /);
});

it('names VCC_NOW where that is what is wrong', () => {
  expect(() => chooseClock(undefined, 'yesterday')).toThrow(/^VCC_NOW: /);
});

it('writes the date of a mail in English and UTC', () => {
  expect(mailDate(Date.parse('2014-06-06T12:00:00+09:00'))).toBe('Fri, 06 Jun 2014 03:00:00 +0000');
});
