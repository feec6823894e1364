import { expect, it } from 'vitest';
import { commitSignature, doubtOf, type CommitLine } from '../../src/domain/commit.ts';
import { CONFIGURATION } from '../support/a-case.ts';

const line = (more: Partial<CommitLine> = {}): CommitLine => ({ commit: 'a'.repeat(40), author: 'Sato', email: 'Sato@centre.example', committer: 'Sato', committerEmail: 'sato@centre.example', at: 0, subject: '', signature: commitSignature('N', ''), paths: [], ...more });
const doubt = (more: Partial<CommitLine> = {}) => doubtOf('sato', line(more), CONFIGURATION.team);

it('trusts an author whose address the team knows, however it is spelt, and a forge that merges', () => {
  expect(doubt()).toBeUndefined();
  expect(doubt({ committer: 'GitHub', committerEmail: 'noreply@github.com', signature: commitSignature('E', '') })).toBeUndefined();
  expect(doubt({ signature: commitSignature('G', 'A'.repeat(40)) })).toBeUndefined();
});

it('doubts another author, another key, and a colleague who commits, the gravest first', () => {
  const colleague = { committer: 'Tanaka', committerEmail: 'tanaka@centre.example' };
  expect(doubt({ ...colleague, author: 'Mallory', email: 'm@x.example' })).toEqual({ of: 'author', who: 'Mallory <m@x.example>' });
  expect(doubt({ ...colleague, signature: commitSignature('U', 'B'.repeat(40)) })).toEqual({ of: 'key', who: 'tanaka' });
  expect(doubt(colleague)).toEqual({ of: 'committer', who: 'Tanaka <tanaka@centre.example>' });
  expect(doubtOf('nobody', line(), CONFIGURATION.team)).toMatchObject({ of: 'author' });
});

it('takes a letter that it does not know for a signature that nobody checked', () => {
  expect(commitSignature('Z', '')).toEqual({ state: 'unknown-key' });
  expect(commitSignature('B', 'F')).toEqual({ state: 'bad', key: 'F' });
});
