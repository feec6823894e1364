import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cnaAdd, cnaList, type CnaOptions } from '../../src/commands/cna.ts';
import { aDesk, typed, type Desk } from '../support/a-desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await aDesk();
});
afterEach(() => desk.dispose());

const NOW = '2014-05-20T10:00';
const ACME = { slug: 'acme', name: 'Acme Product Security', shortName: 'acme', scope: 'All products of Acme.', vendor: ['acme'], email: 'cna@acme.example' } as const;
const add = (options: CnaOptions = ACME) => typed(desk, cnaAdd, options, NOW);
const list = async (json = false) => typed(desk, (env) => Promise.resolve(cnaList(env)), {}, NOW, { json });

describe('vcc cna', () => {
  it('keeps who is asked first, for what and how', async () => {
    expect((await list()).stderr).toEqual(['The registry has no CNA yet: vcc cna add SLUG']);
    await add();
    expect(desk.read('cnas/acme.yaml')).toBe('# yaml-language-server: $schema=../.vcc/schemas/cna.schema.json\nschemaVersion: 1\nname:\n  en: Acme Product Security\nshortName: acme\nscope:\n  text: All products of Acme.\n  vendors:\n    - acme\ncontact:\n  email: cna@acme.example\n');
    expect(desk.head().subject).toBe('cnas: add acme');
    expect((await list()).stdout.join('\n')).toMatch(/^acme +Acme Product Security +acme +cna@acme\.example$/m);
    expect((await list(true)).envelopes[0]).toMatchObject({ kind: 'cna-list', cnas: [{ slug: 'acme', file: { shortName: 'acme' } }], findings: [] });
    await expect(add()).rejects.toMatchObject({ code: 'known-cna' });
  });

  it('says that a scope without makers finds no case', async () => {
    const { slug, name, shortName, scope, email } = ACME;
    expect((await add({ slug, name, shortName, scope, email })).printed).toContain('its scope names no vendor');
  });

  it.each<[string, Partial<CnaOptions>, object]>([
    ['a vendor that is not there', { vendor: ['acne'] }, { code: 'would-not-lint' }],
    ['a name that is no file', { slug: '../acme' }, { exitCode: 2 }],
    ['a short name that is none', { shortName: 'Acme Inc.' }, { code: 'cna-invalid', exitCode: 2 }],
    ['no way to ask', { email: undefined as never }, { exitCode: 2, message: 'missing: --email or --url' }],
  ])('refuses %s', async (_what, changes, problem) => {
    const head = desk.git('rev-parse', 'HEAD');
    await expect(add({ ...ACME, ...changes })).rejects.toMatchObject(problem);
    expect(desk.untouchedSince(head, 0)).toBe(true);
  });
});
