import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askArgument } from '../../src/commands/argument.ts';
import { aDesk, NUMBER, takeIn, type Desk } from '../support/a-desk.ts';
import { typingEnvironment } from '../support/typing-environment.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await aDesk();
});
afterAll(() => desk.dispose());

const asking = (answers: Record<string, unknown>) => typingEnvironment(desk.root, { answers });

describe('a needed argument that was left out', () => {
  it('is a case among the open ones, by their titles', async () => {
    await expect(askArgument(asking({}).env, 'case')).rejects.toMatchObject({ code: 'no-open-case' });
    await takeIn(desk);
    const { env, offered } = asking({ CASE: NUMBER });
    expect(await askArgument(env, 'case')).toBe(NUMBER);
    expect(offered['CASE']?.map(({ name }) => name)).toEqual([expect.stringMatching(new RegExp(`^${NUMBER}  .+ \\(received\\)$`))]);
  });

  it('is a vendor of the registry, or a new short name', async () => {
    expect(await askArgument(asking({ SLUG: 'acme' }).env, 'vendor')).toBe('acme');
    const { env, refused } = asking({ SLUG: ['Acme Soft', '../acme', 'acme-soft'] });
    expect(await askArgument(env, 'new-vendor')).toBe('acme-soft');
    expect(refused).toEqual([expect.stringMatching(/^This must be a short name/), expect.stringMatching(/short name/)]);
  });

  it('is a file that holds a public key', async () => {
    const key = desk.file('finder.asc', desk.finder.publicKey);
    const { env, refused } = asking({ FILE: ['nowhere.asc', desk.file('note.txt', 'no key'), key] });
    expect(await askArgument(env, 'key-file')).toBe(key);
    expect(refused).toEqual([expect.stringMatching(/^cannot read nowhere\.asc/), expect.any(String)]);
  });
});
