import { expect, it } from 'vitest';
import { dataChanges } from '../../src/domain/data-difference.ts';

it.each([
  ['nothing', { a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }, []],
  ['a field', { a: { b: 1, c: 2 } }, { a: { b: 3, d: 4 } }, [{ path: ['a', 'b'], from: 1, to: 3 }, { path: ['a', 'c'], from: 2 }, { path: ['a', 'd'], to: 4 }]],
  ['a member by its name, wherever it stands', { team: [{ slug: 'a', key: 'A' }, { slug: 'b', key: 'B' }] }, { team: [{ slug: 'x', key: 'X' }, { slug: 'a', key: 'A' }, { slug: 'b', key: 'Z' }] }, [{ path: ['team', 'b', 'key'], from: 'B', to: 'Z' }, { path: ['team', 'x'], to: { slug: 'x', key: 'X' } }]],
  ['the order of what has names', [{ id: 'a' }, { id: 'b' }], [{ id: 'b' }, { id: 'a' }], [{ path: ['order'], from: ['a', 'b'], to: ['b', 'a'] }]],
  ['members without names', { days: ['12-29', '12-30'] }, { days: ['12-30', '01-02'] }, [{ path: ['days'], from: '12-29' }, { path: ['days'], to: '01-02' }]],
  ['two members of one name, which no name tells apart', [{ id: 'a', n: 1 }, { id: 'a', n: 2 }], [{ id: 'a', n: 1 }, { id: 'a', n: 3 }], [{ path: [], from: { id: 'a', n: 2 } }, { path: [], to: { id: 'a', n: 3 } }]],
  ['one of two that are the same', ['a', 'a', 'b'], ['a', 'b', 'b'], [{ path: [], from: ['a', 'a', 'b'], to: ['a', 'b', 'b'] }]],
  ['another kind of value', { a: [1] }, { a: { b: 1 } }, [{ path: ['a'], from: [1], to: { b: 1 } }]],
  ['a field named like what every object has', { constructor: 'x' }, {}, [{ path: ['constructor'], from: 'x' }]],
])('tells %s', (_, before, after, changes) => {
  expect(dataChanges(before, after)).toEqual(changes);
});
