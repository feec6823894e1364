import { describe, expect, it } from 'vitest';
import { keyList } from '../../src/commands/key.ts';
import { longCase } from '../support/a-long-case.ts';
import { readingEnvironment } from '../support/reading-environment.ts';

const TEAM = '0123456789ABCDEF0123456789ABCDEF01234567';
const VENDOR = '89ABCDEF0123456789ABCDEF0123456789ABCDEF';
const facts = (fingerprint: string, problems: string[] = []) => ({ fingerprint, userIds: ['x <x@x.example>'], created: 0, algorithm: 'ecc', problems });

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
