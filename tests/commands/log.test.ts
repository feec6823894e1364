import { describe, expect, it } from 'vitest';
import { log } from '../../src/commands/log.ts';
import { displayWidth } from '../../src/documents/text-width.ts';
import type { CommitLine } from '../../src/domain/commit.ts';
import { longCase } from '../support/a-long-case.ts';
import { FOLDER } from '../support/case-tree.ts';
import { readingEnvironment } from '../support/reading-environment.ts';

const RECEIVED = `${FOLDER}/log/20140501T010000Z-received-0f3a.md`;
const commit = (id: string, status: string, email = 'sato@centre.example'): CommitLine => ({ commit: id.repeat(40), author: email.split('@')[0] ?? '', email, committer: 'x', committerEmail: email, at: Date.parse('2014-05-01T01:10:00Z'), subject: 'x', signature: { state: 'none' }, paths: [{ status, path: RECEIVED }] });

describe('vcc log', () => {
  it('tells the story in order of time, with who vouches, the message and the commit', async () => {
    const { env, stdout } = readingEnvironment(longCase(), { history: [commit('a', 'A')] });
    expect(await log(env, { case: 'JVN#61247051' })).toBe(0);
    const text = stdout.join('\n');
    const order = ['report received by mail', 'assessed as priority', 'case accepted', 'openssl joins the case as developer', 'openssl contacted by mail: first contact', 'openssl answered: validating'];
    expect(order.map((sentence) => text.indexOf(sentence))).toEqual(order.map((sentence) => text.indexOf(sentence)).sort((a, b) => a - b));
    for (const sentence of order) expect(text).toContain(sentence);
    expect(text).toContain('2014-05-01 10:00 +09:00');
    expect(text).toContain('by sato, commit aaaaaaaaa, 20140501T010000Z-received-0f3a.md');
    expect(text).toContain('by sato, not committed');
    expect(text).toContain('message <61247051.1.abcd@centre.example>');
    expect(text).toContain('開発者から返答がありました。');
    for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(80);
  });

  it('tells an entry that was edited after its commit, and one that somebody else committed', async () => {
    const { env, stdout } = readingEnvironment(longCase(), { history: [commit('a', 'A', 'mallory@elsewhere.example'), commit('b', 'M')] });
    await log(env, { case: '61247051' });
    expect(stdout.join('\n').replaceAll(/\s+/g, ' ')).toContain('by sato, commit aaaaaaaaa made by mallory <mallory@elsewhere.example>, EDITED in bbbbbbbbb');
  });

  it('marks what was corrected, and keeps showing it', async () => {
    const files = longCase();
    files[`${FOLDER}/log/20140504T010000Z-corrected-6a2b.md`] = '---\nevent: corrected\nat: "2014-05-04T10:00:00+09:00"\nby: sato\nentry: 20140503T010000Z-vendor-replied-5a2b.md\nreason: It was another vendor.\n---\n';
    const { env, stdout, envelopes } = readingEnvironment(files);
    await log(env, { case: '61247051' });
    expect(stdout.join('\n')).toContain('corrected by 20140504T010000Z-corrected-6a2b.md');
    expect(stdout.join('\n')).toContain('It was another vendor.');
    const json = readingEnvironment(files, { json: true });
    await log(json.env, { case: '61247051' });
    expect(json.envelopes[0]).toMatchObject({ kind: 'case-log', case: '61247051', status: 'coordinating' });
    const entries = json.envelopes[0]?.['entries'] as { event: string; inForce: boolean; correctedBy?: string }[];
    expect(entries.find(({ event }) => event === 'vendor-replied')).toMatchObject({ inForce: false, correctedBy: '20140504T010000Z-corrected-6a2b.md' });
    expect(envelopes).toEqual([]);
  });

  it('shows the rest and fails when an entry cannot be read', async () => {
    const { env, stdout, stderr } = readingEnvironment({ ...longCase(), [`${FOLDER}/log/20140505T010000Z-note-7a2b.md`]: '---\nevent: note\n---\n' });
    expect(await log(env, { case: '61247051' })).toBe(1);
    expect(stdout.join('\n')).toContain('case accepted');
    expect(stderr.join('\n')).toContain('20140505T010000Z-note-7a2b.md:');
  });

  it('writes out the escapes of a stranger', async () => {
    const { env, stdout } = readingEnvironment({ ...longCase(), [`${FOLDER}/log/20140505T010000Z-note-7a2b.md`]: '---\nevent: note\nat: "2014-05-05T10:00:00+09:00"\nby: sato\n---\n\nquiet\u200b\u200etext\n' });
    await log(env, { case: '61247051' });
    expect(stdout.join('\n')).toContain('quiet\\u200b\\u200etext');
  });
});
