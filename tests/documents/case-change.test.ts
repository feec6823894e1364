import { expect, it } from 'vitest';
import { planChange } from '../../src/documents/case-change.ts';
import { inParallel } from '../../src/io/in-parallel.ts';
import { parseInstant } from '../../src/domain/instant.ts';
import { openRepository } from '../../src/documents/repository.ts';
import { treeOf } from '../support/case-tree.ts';
import { longCase } from '../support/a-long-case.ts';

it('draws again where two entries of one second would have the same name', () => {
  const [record] = [...openRepository(treeOf(longCase())).cases()];
  if (!record) throw new Error('no case');
  const drawn = ['00aa', '00aa', '00aa', '00bb', '00aa', '00bb', '00cc'];
  const note = { event: 'note', prose: 'x' } as const;
  const plan = planChange({ record, summary: 's', action: 'a', story: 's', entries: [note, note, note] }, { by: 'sato', now: parseInstant('2015-05-08T12:00:00+09:00'), zone: 'Asia/Tokyo', hex: () => drawn.shift() ?? '' });
  expect(plan.writes.map(({ path }) => path.slice(-7, -3))).toEqual(['00aa', '00bb', '00cc']);
});

it('works through a list in its order, the first alone, some at a time, and tells how far it is', async () => {
  let running = 0;
  const seen: number[] = [];
  const counts: string[] = [];
  const work = async (item: number): Promise<number> => {
    running += 1;
    seen.push(running);
    await new Promise((resolve) => setTimeout(resolve, 10 - item));
    running -= 1;
    return item * 2;
  };
  expect(await inParallel([1, 2, 3, 4, 5, 6], 3, work, (done, total) => counts.push(`${done}/${total}`))).toEqual([2, 4, 6, 8, 10, 12]);
  expect([seen[0], Math.max(...seen)]).toEqual([1, 3]);
  expect(seen[1]).toBe(1);
  expect(counts).toEqual(['1/6', '2/6', '3/6', '4/6', '5/6', '6/6']);
  await expect(inParallel([1, 2], 2, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await inParallel([], 3, work)).toEqual([]);
});
