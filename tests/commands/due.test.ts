import { describe, expect, it } from 'vitest';
import { due } from '../../src/commands/due.ts';
import { displayWidth } from '../../src/documents/text-width.ts';
import { VccError } from '../../src/domain/problem.ts';
import { FOLDER } from '../support/case-tree.ts';
import { longCase } from '../support/a-long-case.ts';
import { readingEnvironment } from '../support/reading-environment.ts';

describe('vcc due', () => {
  it('says when, how it stands, why, and what to type; overdue first', async () => {
    const { env, stdout, stderr } = readingEnvironment(longCase());
    expect(await due(env, { within: '60' })).toBe(0);
    const text = stdout.join('\n');
    expect(text).toMatch(/^overdue 7 days +JVN#61247051 +Initial answer to the reporter\n {4}by 2014-05-12 23:59 \+09:00; must, team; acknowledge\n/m);
    expect(text).toContain('$ vcc notify 61247051 --reporter --purpose acknowledgement --in-clear REASON');
    expect(text.indexOf('overdue')).toBeLessThan(text.indexOf('Publication'));
    expect(stderr).toEqual(['Why: vcc due --case CASE, or vcc explain deadline NAME']);
    for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(80);
  });

  it('gives the whole reason for one case', async () => {
    const { env, stdout } = readingEnvironment(longCase(), { width: 200 });
    await due(env, { case: '61247051' });
    expect(stdout.join('\n')).toContain('must, owed by team; since 2014-05-01 10:00 +09:00: report received by mail, partnership route; source: policy A');
  });

  it('shows overdue red on a terminal with colours', async () => {
    const { env, stdout } = readingEnvironment(longCase(), { colour: true });
    await due(env, {});
    expect(stdout.join('\n')).toMatch(/\x1b\[31m.*overdue/);
  });

  it('leaves out what is further away than --within, never what is overdue', async () => {
    const { env, stdout } = readingEnvironment(longCase());
    await due(env, { within: '0' });
    expect(stdout.join('\n')).toContain('overdue');
    expect(stdout.join('\n')).not.toContain('Publication');
  });

  it('gives the same as data', async () => {
    const { env, envelopes, stdout } = readingEnvironment(longCase(), { json: true });
    expect(await due(env, { case: '6124', within: '60' })).toBe(0);
    expect(stdout).toEqual([]);
    expect(envelopes).toMatchObject([
      { kind: 'due-list', zone: 'Asia/Tokyo', now: '2014-05-20T10:00:00+09:00', within: 60, dues: [{ id: 'acknowledge', case: '61247051', state: 'overdue', command: 'vcc notify 61247051 --reporter --purpose acknowledgement --in-clear REASON' }, { id: 'publish-target', state: 'pending' }] },
    ]);
  });

  it('says on stderr that nothing is due', async () => {
    const received = Object.fromEntries(Object.entries(longCase()).filter(([path]) => !path.includes('/log/') || path.includes('-received-')));
    const { env, stdout, stderr } = readingEnvironment(received, { now: '2014-05-01T11:00' });
    expect(await due(env, { within: '1' })).toBe(0);
    expect(stdout).toEqual([]);
    expect(stderr).toEqual(['Nothing is due within 1 day.']);
  });

  it('does not hide a case that cannot be read', async () => {
    const { env, stderr } = readingEnvironment({ ...longCase(), 'cases/2014/15201064/case.md': '---\nid: [\n---\n' });
    expect(await due(env, {})).toBe(1);
    expect(stderr.join('\n')).toContain('cases/2014/15201064/case.md:');
  });

  it.each(['x', '-1', '1.5', '', '7y'])('refuses --within %j as wrong use', async (within) => {
    const { env } = readingEnvironment(longCase());
    await expect(due(env, { within })).rejects.toThrow(expect.objectContaining({ exitCode: 2 }) as VccError);
  });

  it('refuses a policy whose titles would turn a line around', async () => {
    const files = longCase();
    files['policy.yaml'] = String(files['policy.yaml']).replace('Initial answer to the reporter', 'Answer \u202eevil');
    const { env } = readingEnvironment(files);
    // The schema refuses it before a formatter sees it.
    await expect(due(env, {})).rejects.toThrow(/policy.yaml cannot be used/);
  });

  it('shows a screenful and says how much more there is', async () => {
    const { env, stdout, stderr } = readingEnvironment(longCase());
    await due(env, { within: '8w', limit: '1' });
    expect(stdout.join('\n')).toContain('Initial answer to the reporter');
    expect(stdout.join('\n')).not.toContain('Publication');
    expect(stderr.slice(1)).toEqual(['1 more (1 of 2 are overdue): vcc due --limit 0']);
  });

  it('shows those of the cases that one handles', async () => {
    const identity = { name: 'Sato', email: 'sato@centre.example' };
    const mine = readingEnvironment(longCase(), { identity });
    await due(mine.env, { mine: true });
    expect(mine.stdout.join('\n')).toContain('Initial answer to the reporter');
    const handedOver = { ...longCase(), [`${FOLDER}/log/20140519T010000Z-assigned-00aa.md`]: '---\nevent: assigned\nat: 2014-05-19T10:00:00+09:00\nby: sato\nto: tanaka\n---\n' };
    const theirs = readingEnvironment(handedOver, { identity });
    await due(theirs.env, { mine: true });
    expect(theirs.stdout).toEqual([]);
    expect(theirs.stderr).toEqual(['Nothing of yours is due within 30 days.']);
  });

  it('writes a calendar that names no vendor, product or talk', async () => {
    const { env, stdout } = readingEnvironment(longCase());
    await due(env, { within: '60', ics: '-' });
    const text = stdout.join('\n');
    expect(text).toMatch(/^BEGIN:VCALENDAR[^]*SUMMARY:JVN#61247051: Initial answer to the reporter\r?\n[^]*END:VCALENDAR$/);
    expect(text).toContain('DTSTART:20140512T145959Z');
    expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(2);
    expect(text).not.toContain('DTEND');
    expect(text).not.toMatch(/acme|openssl/i);
  });

  it.each([
    ['an entry that cannot be read', 'log/20140508T000000Z-vendor-contacted-0000.md', '---\nevent: vendor-contakted\n---\n', 'vendor-contacted-0000.md:2:'],
    ['a conflict that was left', 'log/20140508T000000Z-note-0000.md', '<<<<<<< HEAD\n---\nevent: note\n', 'note-0000.md:1:'],
  ])('never keeps quiet about clocks that may be missing: %s', async (_what, name, text, place) => {
    for (const options of [{}, { case: '61247051' }, { json: true }]) {
      const { env, stderr, envelopes } = readingEnvironment({ ...longCase(), [`${FOLDER}/${name}`]: text }, 'json' in options ? { json: true } : {});
      expect(await due(env, options)).toBe(1);
      if ('json' in options) expect(envelopes).toMatchObject([{ unreadable: [{ severity: 'error' }] }]);
      else expect(stderr.join('\n')).toContain(place);
    }
  });
});
