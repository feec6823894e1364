import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { show } from '../../src/commands/show.ts';
import { displayWidth } from '../../src/documents/text-width.ts';
import { longCase } from '../support/a-long-case.ts';
import { FOLDER } from '../support/case-tree.ts';
import { readingEnvironment } from '../support/reading-environment.ts';

const ENTRY = (event: string, day: string, lines: string): Record<string, string> => ({ [`${FOLDER}/log/201405${day}T010000Z-${event}-9a2b.md`]: `---\nevent: ${event}\nat: "2014-05-${day}T10:00:00+09:00"\nby: sato\n${lines}---\n` });

describe('vcc show', () => {
  it.each([[1, '1 finding: vcc lint'], [2, '2 findings: vcc lint']])('counts %s of the findings in its files', async (count, words) => {
    const notes = ['07', '08'].slice(0, count).map((day) => ENTRY('no-event', day, ''));
    const { env, stdout } = readingEnvironment({ ...longCase(), ...Object.assign({}, ...notes) as Record<string, string> });
    await show(env, { case: '61247051' });
    expect(stdout.join('\n')).toContain(words);
  });

  it('shows a case in one screen', async () => {
    const { env, stdout, stderr } = readingEnvironment(longCase());
    expect(await show(env, { case: '61247051' })).toBe(0);
    const text = stdout.join('\n');
    expect(text).toMatch(/^JVN#61247051 {2}coordinating$/m);
    expect(text).toContain('OpenSSL における Change Cipher Spec メッセージの処理に脆弱性');
    expect(text).toContain('OpenSSL improper handling of Change Cipher Spec message');
    expect(text).toContain('$ vcc notify 61247051 --reporter --purpose acknowledgement --in-clear REASON');
    expect(text).toMatch(/accepted 2014-05-02 11:00 \+09:00: Meets the policy\./);
    expect(text).toMatch(/^openssl +developer +validating +- +2014-05-02 +2014-05-03 +-$/m);
    expect(text).toMatch(/^Clocks \(times in Asia\/Tokyo\)\nDUE.*\n2014-05-12 23:59 +overdue 7 days +Initial answer to the reporter$/m);
    expect(text).toMatch(/^Sealed +reporter\.asc$/m);
    expect(text).toMatch(/^Embargo +none$/m);
    expect(stderr).toEqual([]);
    const lines = text.split('\n');
    expect(lines.length).toBeLessThan(45);
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(80);
  });

  it('shows what is agreed and what is known', async () => {
    const files = {
      ...longCase(),
      ...ENTRY('embargo-proposed', '04', 'party: team\nuntil: "2014-06-06T12:00:00+09:00"\n'),
      ...ENTRY('embargo-accepted', '05', 'party: vendor:openssl\n'),
      ...ENTRY('public-known', '06', 'how: A blog post.\n'),
      ...ENTRY('cve-assigned', '07', 'cve: CVE-2014-0224\nassigner: redhat\n'),
      ...ENTRY('date-agreed', '08', 'party: vendor:openssl\ndate: "2014-06-06T12:00:00+09:00"\n'),
    };
    const { env, stdout } = readingEnvironment(files);
    await show(env, { case: '61247051' });
    const text = stdout.join('\n').replaceAll(/\s+/g, ' ');
    expect(text).toContain('Embargo in force until 2014-06-06 12:00 +09:00 (in 17 days); accepted by team, openssl');
    expect(text).toContain('Known the flaw is publicly known, 2014-05-06 10:00 +09:00');
    expect(text).toContain('CVE CVE-2014-0224 (redhat)');
    expect(text).toContain('Date openssl agrees to 2014-06-06 12:00 +09:00');
  });

  it.each([60, 80])('shows the vendors with whole headings or one below the other, at %i columns', async (width) => {
    const files = { ...longCase(), ...ENTRY('vendor-status', '09', 'vendor: openssl\nstatus: not-affected-investigating\n') };
    const { env, stdout } = readingEnvironment(files, { width });
    await show(env, { case: '61247051' });
    const text = stdout.join('\n');
    for (const line of text.split('\n')) if (!line.includes('$ ')) expect(displayWidth(line)).toBeLessThanOrEqual(width);
    expect(text.replaceAll(/\s+/g, ' ')).toContain('openssl role developer; progress validating; status not-affected-investigating; last contact 2014-05-02; answered 2014-05-09; details -');
  });

  it('counts the checks of the gate, and says that one more needs the key', async () => {
    const { env, stdout } = readingEnvironment({ ...longCase(), 'policy.yaml': readFileSync(new URL('../../templates/policies/jpcert.yaml', import.meta.url), 'utf8') });
    await show(env, { case: '61247051' });
    expect(stdout.join('\n').replaceAll(/\s+/g, ' ')).toMatch(/Gate \d of 8 checks are not clear: [^;]*; one more, credit, is checked with your key vcc publish/);
  });

  it('opens nothing that is sealed', async () => {
    // keyring.open is not part of the environment of a reading command: it would fail the test.
    const { env } = readingEnvironment({ ...longCase(), [`${FOLDER}/sealed/poc.asc`]: '-----BEGIN PGP MESSAGE-----\n' });
    expect(await show(env, { case: '61247051' })).toBe(0);
  });

  it('shows the rest and fails when the log contradicts itself', async () => {
    const { env, stdout, stderr } = readingEnvironment({ ...longCase(), ...ENTRY('accepted', '09', 'reason: Again.\n') });
    expect(await show(env, { case: '61247051' })).toBe(1);
    expect(stdout.join('\n')).toContain('JVN#61247051');
    expect(stderr.join('\n')).toMatch(/20140509T010000Z-accepted-9a2b\.md:\d+:\d+ error illegal-transition/);
  });

  it('keeps the escapes of a stranger off the terminal', async () => {
    const files = longCase();
    files[`${FOLDER}/case.md`] = String(files[`${FOLDER}/case.md`]).replace('en: OpenSSL improper', 'en: OpenSSL\u200b improper');
    const { env, stdout } = readingEnvironment(files);
    await show(env, { case: '61247051' });
    expect(stdout.join('\n')).toContain('OpenSSL\\u200b improper');
  });

  it('prints an envelope', async () => {
    const { env, envelopes } = readingEnvironment(longCase(), { json: true });
    await show(env, { case: 'jvn#6124' });
    expect(envelopes).toMatchObject([
      {
        kind: 'case',
        case: '61247051',
        file: { id: '61247051' },
        status: 'coordinating',
        history: [{ from: 'none', to: 'received' }, { to: 'accepted' }, { to: 'coordinating' }],
        vendors: [{ vendor: 'openssl', role: 'developer', progress: 'validating', lastContact: '2014-05-02T13:00:00+09:00' }],
        embargo: { status: 'none' },
        latches: {},
        sealed: ['reporter'],
        dues: [{ id: 'acknowledge' }, { id: 'publish-target' }],
      },
    ]);
  });

  it('draws how it got there, and hands it out as data', async () => {
    const { env, stdout } = readingEnvironment(longCase());
    expect(await show(env, { case: '61247051', graph: true })).toBe(0);
    expect(stdout.join('\n')).toMatch(/^case +\|received-*\|accepted-*\|coordinating-+$/m);
    const { env: script, envelopes } = readingEnvironment(longCase(), { json: true });
    await show(script, { case: '61247051', graph: true });
    expect(envelopes).toMatchObject([
      {
        kind: 'case',
        vendors: [{ fixPath: 'aware' }],
        graph: [
          { of: 'case', steps: [{ to: 'received', event: 'received' }, { to: 'accepted' }, { to: 'coordinating', event: 'vendor-contacted', at: '2014-05-02T13:00:00+09:00' }] },
          { of: 'embargo', steps: [] },
          { of: 'public', steps: [] },
          { of: 'exploit', steps: [] },
          { of: 'attacks', steps: [] },
          { of: 'progress', vendor: 'openssl', steps: [{ to: 'not-contacted' }, { to: 'contacted' }, { to: 'validating' }] },
          { of: 'fix-path', vendor: 'openssl', steps: [{ to: 'unaware' }, { to: 'aware' }] },
        ],
      },
    ]);
  });

  it('refuses a case that is not there', async () => {
    const { env } = readingEnvironment(longCase());
    await expect(show(env, { case: '61247052' })).rejects.toMatchObject({ code: 'no-such-case', exitCode: 1 });
  });
});
