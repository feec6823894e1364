import { describe, expect, it } from 'vitest';
import { keyCheck, keyList } from '../../src/commands/key-list.ts';
import { longCase } from '../support/a-long-case.ts';
import { readingEnvironment } from '../support/reading-environment.ts';

const TEAM = '0123456789ABCDEF0123456789ABCDEF01234567';
const VENDOR = '89ABCDEF0123456789ABCDEF0123456789ABCDEF';
const facts = (fingerprint: string, problems: string[] = []) => ({ fingerprint, userIds: ['x <x@x.example>'], created: 0, algorithm: 'ecc', problems, cautions: [] as string[] });

describe('vcc key list', () => {
  const files = { ...longCase(), [`keys/${TEAM}.asc`]: 'TEAM\n', [`keys/${VENDOR}.asc`]: 'VENDOR\n' };

  it('says whose each key is and until when it is good', async () => {
    const { env, stdout } = readingEnvironment(files, { width: 120, keys: { 'TEAM\n': { ...facts(TEAM), expires: Date.parse('2016-01-01T00:00:00Z') }, 'VENDOR\n': facts(VENDOR) } });
    expect(await keyList(env)).toBe(0);
    expect(stdout.join('\n')).toMatch(new RegExp(`^${TEAM} +2016-01-01 +team:sato$`, 'm'));
    expect(stdout.join('\n')).toMatch(new RegExp(`^${VENDOR} +no end +vendor:openssl$`, 'm'));
  });

  it('fails when a key that somebody uses has expired, is missing, or is no key', async () => {
    const expired = readingEnvironment(files, { width: 120, keys: { 'TEAM\n': facts(TEAM), 'VENDOR\n': facts(VENDOR, ['expired on 2014-01-01']) } });
    expect(await keyList(expired.env)).toBe(1);
    expect(expired.stdout.join('\n')).toContain('expired on 2014-01-01');
    const missing = readingEnvironment(longCase(), { width: 120 });
    expect(await keyList(missing.env)).toBe(1);
    expect(missing.stdout.join('\n')).toContain(`keys/${TEAM}.asc is missing`);
    const broken = readingEnvironment(files, { width: 120, keys: { 'TEAM\n': facts(TEAM) } });
    expect(await keyList(broken.env)).toBe(1);
    expect(broken.stdout.join('\n')).toContain('no OpenPGP public key');
  });

  it('tells a file that holds another key than its name says', async () => {
    const { env, envelopes } = readingEnvironment(files, { json: true, keys: { 'TEAM\n': facts(VENDOR), 'VENDOR\n': facts(VENDOR) } });
    expect(await keyList(env)).toBe(1);
    expect(envelopes).toMatchObject([{ kind: 'key-list', keys: [{ fingerprint: TEAM, usable: false, of: ['team:sato'] }, { fingerprint: VENDOR, usable: true, of: ['vendor:openssl'] }] }]);
  });
});

describe('vcc key check', () => {
  const files = { ...longCase(), [`keys/${TEAM}.asc`]: 'TEAM\n', [`keys/${VENDOR}.asc`]: 'VENDOR\n' };
  const keys = (team: Partial<ReturnType<typeof facts>>, vendor: Partial<ReturnType<typeof facts>>) => ({ 'TEAM\n': { ...facts(TEAM), ...team }, 'VENDOR\n': { ...facts(VENDOR), ...vendor } });

  it('is quiet on good keys, and tells what is worth a look', async () => {
    const good = readingEnvironment(files, { keys: keys({}, {}) });
    expect(await keyCheck(good.env, { keys: [] })).toBe(0);
    expect(good.stdout).toEqual([]);
    const soon = readingEnvironment(files, { keys: keys({}, { cautions: ['expires within 30 days'] }) });
    expect(await keyCheck(soon.env, { keys: [] })).toBe(0);
    expect(soon.stdout.join('\n')).toMatch(/Of +vendor:openssl[\s\S]*Caution +expires within 30 days/);
    expect(soon.stdout.join('\n')).not.toContain('team:sato');
  });

  it('says which end of a fingerprint it takes', async () => {
    const other = `210B68E6${'0'.repeat(16)}0123456789ABCDEF`;
    const { env } = readingEnvironment({ ...files, [`keys/${other}.asc`]: 'OTHER\n' }, { keys: keys({}, {}) });
    await expect(keyCheck(env, { keys: ['210B68E6'] })).rejects.toMatchObject({ exitCode: 2, hint: 'Give the end of the fingerprint, or all of it: vcc key check 0123456789ABCDEF' });
  });

  it('fails on what cannot be encrypted to, and shows one key by the end of its fingerprint', async () => {
    const { env, stdout } = readingEnvironment(files, { keys: keys({}, { problems: ['revoked'] }) });
    expect(await keyCheck(env, { keys: [] })).toBe(1);
    expect(stdout.join('\n')).toMatch(/Not usable +revoked/);
    expect(await keyCheck(env, { keys: [TEAM.slice(-16)] })).toBe(0);
    expect(await keyCheck(env, { keys: [VENDOR.slice(-8).toLowerCase()] })).toBe(1);
  });
});
