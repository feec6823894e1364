import { describe, expect, it } from 'vitest';
import { identityIn, identityInside, withoutVendor } from '../../src/domain/identity.ts';
import { growthExponent } from '../support/growth.ts';

const REPORTER = { name: 'Yamada Hanako', email: 'yamada@finder.example', handle: 'h4nako', organisation: 'Quiet (Japan) Ltd.' };

describe('identityIn', () => {
  it.each([
    ['Yamada Hanako called', 'name'],
    ['from HANAKO   yamada.', 'name'],
    ['Ｙａｍａｄａ Hanako', 'name'],
    ['Hanako, Yamada', 'name'],
    ['mailto:YAMADA@finder.example?x', 'e-mail address'],
    ['by @h4nako', 'handle'],
    ['at quiet (japan) ltd. in Tokyo', 'organisation'],
  ])('finds it in %j', (text, part) => expect(identityIn(text, REPORTER)).toBe(part));

  it.each(['Yamada is a family name', 'h4nakosan', 'the reporter called', ''])('does not find it in %j', (text) => expect(identityIn(text, REPORTER)).toBeUndefined());

  it('finds a Japanese name with any spacing, and no single letter', () => {
    expect(identityIn('山田花子さんから', { name: '山田　花子' })).toBe('name');
    expect(identityIn('山 田 花 子', { name: '山田花子' })).toBe('name');
    expect(identityIn('Plan A', { handle: 'A' })).toBeUndefined();
    expect(identityIn('anything', undefined)).toBeUndefined();
  });

  it('does not take words of the field for somebody', () => {
    const hostile = { name: 'Arbitrary Code', handle: 'overflow', organisation: 'Linux', email: 'x@finder.example' };
    expect(identityIn('A buffer overflow lets an attacker execute arbitrary code on Linux.', hostile)).toBeUndefined();
    expect(identityIn('Told by x@finder.example.', hostile)).toBe('e-mail address');
  });

  it('takes no time on a long line', () => {
    expect(growthExponent((size) => identityIn('yamada '.repeat(size), REPORTER), 8000)).toBeLessThan(1.6);
  });
});

describe('identityInside', () => {
  it('looks into every text of a value', () => {
    expect(identityInside({ a: 1, b: [{ c: 'told by Yamada Hanako' }] }, REPORTER)).toBe('name');
    expect(identityInside({ a: null, b: [true] }, REPORTER)).toBeUndefined();
  });
});

describe('withoutVendor', () => {
  it('leaves out an organisation that is the vendor itself, and no other', () => {
    expect(withoutVendor({ name: 'Sato', organisation: 'Acme' }, [{ vendor: 'ACME Corporation' }])).toEqual({ name: 'Sato' });
    expect(withoutVendor(REPORTER, [{ vendor: 'Acme' }])).toBe(REPORTER);
  });
});
