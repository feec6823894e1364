import { describe, expect, it } from 'vitest';
import { list } from '../../src/commands/list.ts';
import { displayWidth } from '../../src/documents/text-width.ts';
import type { VccError } from '../../src/domain/problem.ts';
import { longCase } from '../support/a-long-case.ts';
import { FOLDER, smallRepository } from '../support/case-tree.ts';
import { readingEnvironment, type ReadingOptions } from '../support/reading-environment.ts';

type Files = Record<string, string | Uint8Array>;

/** The same case once more under another number, without its vendor. */
function another(files: Files, number: string, more: Record<string, string> = {}): Files {
  const folder = `cases/2014/${number}`;
  const copied = Object.entries(files).filter(([path]) => path.startsWith(`${FOLDER}/`) && !path.includes('vendor-'));
  return {
    ...files,
    ...Object.fromEntries(copied.map(([path, text]) => [path.replace(FOLDER, folder), String(text).replaceAll('61247051', number)])),
    ...Object.fromEntries(Object.entries(more).map(([name, text]) => [`${folder}/log/${name}`, text])),
  };
}

const EXPLOIT = { '20140503T010000Z-exploit-public-9a2b.md': '---\nevent: exploit-public\nat: "2014-05-03T10:00:00+09:00"\nby: sato\nhow: Seen on a mailing list.\n---\n' };
const DECLINED = { '20140502T013000Z-declined-9a2b.md': '---\nevent: declined\nat: "2014-05-02T10:30:00+09:00"\nby: sato\nreason: Not a flaw.\n---\n' };

async function run(files: Files, flags: Parameters<typeof list>[1] = {}, options: ReadingOptions = {}) {
  const reading = readingEnvironment(files, options);
  const code = await list(reading.env, flags);
  return { code, text: reading.stdout.join('\n'), talk: reading.stderr.join('\n'), envelope: reading.envelopes[0] };
}

describe('vcc list', () => {
  it('says why a case needs a person, until when, and what to type', async () => {
    const { code, text, talk } = await run(longCase());
    expect(code).toBe(0);
    expect(text).toMatch(/^JVN#61247051 +coordinating +priority +overdue 7 days +OpenSSL における/m);
    expect(text).toContain('Initial answer to the reporter, due 2014-05-12 23:59 +09:00');
    expect(text).toContain('    $ vcc notify 61247051 --reporter --purpose acknowledgement --in-clear REASON');
    expect(talk).toBe('');
  });

  it('puts the case with a public exploit before one that is only late', async () => {
    const { text } = await run(another(longCase(), '99999999', EXPLOIT));
    expect(text.indexOf('99999999')).toBeLessThan(text.indexOf('61247051'));
  });

  it('shows what cannot wait in red', async () => {
    expect((await run(longCase(), {}, { colour: true })).text).toMatch(/\x1b\[31m\x1b\[1m.*Initial answer/);
    expect((await run(longCase(), {}, { colour: true, now: '2014-05-02T14:00' })).text).not.toContain('\x1b[31m');
  });

  it.each([40, 60, 80, 120])('fits a terminal of %i columns', async (width) => {
    const { text } = await run(another(longCase(), '99999999', EXPLOIT), {}, { width });
    const copied = text.split('\n').filter((line) => !line.trimStart().startsWith('$ '));
    for (const line of copied) expect(displayWidth(line)).toBeLessThanOrEqual(Math.max(width, 72));
  });

  it('leaves out ended cases, unless asked for them', async () => {
    const files = another(smallRepository(), '99999999', DECLINED);
    files['cases/2014/99999999/log/20140502T010000Z-assessed-1a2b.md'] = '---\nevent: assessed\nat: "2014-05-02T10:00:00+09:00"\nby: sato\ncriteria: {}\nspread: wide\npriority: normal\n---\n';
    expect((await run(files)).text).not.toContain('99999999');
    expect((await run(files, { all: true })).text).toContain('99999999');
    const only = await run(files, { status: 'declined' });
    expect(only.text).toContain('99999999');
    expect(only.text).not.toContain('61247051');
  });

  it('stops after a screenful and says how many are left', async () => {
    let files: Files = smallRepository();
    for (let number = 10000000; number < 10000012; number += 1) files = another(files, String(number));
    const { text, talk } = await run(files);
    expect(text.split('\n').filter((line) => line.startsWith('JVN#'))).toHaveLength(10);
    expect(talk).toBe('3 more: vcc list --limit 0');
    expect((await run(files, { limit: '0' })).text.split('\n').filter((line) => line.startsWith('JVN#'))).toHaveLength(13);
    expect(((await run(files, { limit: '1' }, { json: true })).envelope?.['cases'] as unknown[]).length).toBe(13);
  });

  it('does not hide a case that cannot be read', async () => {
    const { code, text, talk } = await run({ ...longCase(), 'cases/2014/15201064/case.md': 'no front matter\n' });
    expect(code).toBe(1);
    expect(text).toContain('61247051');
    expect(talk).toMatch(/cases\/2014\/15201064\/case\.md:1:1 error/);
  });

  it('prints an envelope', async () => {
    const { envelope, text } = await run(longCase(), {}, { json: true });
    expect(text).toBe('');
    expect(envelope).toMatchObject({
      kind: 'case-list',
      now: '2014-05-20T10:00:00+09:00',
      zone: 'Asia/Tokyo',
      unreadable: [],
      cases: [{ case: '61247051', publicId: 'JVN#61247051', path: FOLDER, status: 'coordinating', since: '2014-05-02T13:00:00+09:00', priority: 'priority', vendors: ['openssl'], attention: { level: 'overdue', command: 'vcc notify 61247051 --reporter --purpose acknowledgement --in-clear REASON', due: { id: 'acknowledge' } } }],
    });
  });

  it('tells a newcomer what to type in an empty repository', async () => {
    const files = Object.fromEntries(Object.entries(smallRepository()).filter(([path]) => !path.startsWith('cases/')));
    expect(await run(files)).toMatchObject({ code: 0, text: '', talk: 'No case yet: vcc intake report.yaml' });
  });

  it.each<[Parameters<typeof list>[1], RegExp]>([
    [{ status: 'open' }, /--status/],
    [{ limit: 'many' }, /--limit/],
    [{ limit: '-1' }, /--limit/],
  ])('refuses %j as wrong use', async (flags, message) => {
    const { env } = readingEnvironment(longCase());
    await expect(list(env, flags)).rejects.toThrow(expect.objectContaining({ exitCode: 2, message: expect.stringMatching(message) as string }) as VccError);
  });
});
