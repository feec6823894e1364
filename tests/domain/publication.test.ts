import { describe, expect, test } from 'vitest';
import { contentHash, descriptionOf, publicAdvisory, publicStrings, weaknessesOf, type PublicAdvisory } from '../../src/domain/publication.ts';
import { replay } from '../../src/domain/replay.ts';
import { ACME, anAdvisory, aRecord, CONFIGURATION, entry, storyUntil } from '../support/a-case.ts';

const VENDORS = new Map([['acme', ACME]]);
function project(changes: Parameters<typeof aRecord>[1] = {}, log = storyUntil('scheduled'), configuration = CONFIGURATION): PublicAdvisory {
  const record = aRecord(log, changes);
  return publicAdvisory(record, replay(record).state, VENDORS, configuration);
}

describe('the allow-list', () => {
  test('lets through what an advisory is made of', () => {
    expect(project()).toMatchObject({
      publicId: 'JVN#61247051',
      texts: { en: { title: 'Example Router vulnerable to OS command injection' } },
      products: [{ vendor: 'Acme Corporation', name: 'Example Router', versions: ['1.2.3 and earlier'] }],
      cves: [{ id: 'CVE-2014-0224', assigner: 'redhat' }],
      vendors: [{ names: { en: 'Acme Corporation', ja: 'アクメ株式会社' }, status: 'affected' }],
    });
  });

  test('and nothing else: a secret in every other field stays here', () => {
    const secret = 'SECRET';
    const record = {
      narrative: secret,
      sealed: [secret],
      file: {
        source: { name: secret, reference: secret },
        timeLimits: [{ date: '2014-08-01', event: secret, title: secret }],
        wishes: { publicCredit: true, secret },
        related: [secret],
        language: secret,
        products: [{ vendor: 'Acme', name: 'Router', versions: ['1'], registry: secret, lastUpdate: secret, secret }],
        cvss: [{ version: '2.0' as const, vector: 'AV:N/AC:H/Au:N/C:P/I:P/A:N', secret }],
        references: [{ url: 'https://example.org/', secret }],
        secret,
      },
    };
    const log = [
      ...storyUntil('replied'),
      entry('note', '2014-05-09T10:00', { vendor: 'acme' }),
      entry('vendor-status', '2014-05-20T10:00', { vendor: 'acme', status: 'disputed', reason: secret }),
      entry('vendor-added', '2014-05-20T11:00', { vendor: 'beta', role: 'downstream', reason: secret }),
      { ...entry('cve-assigned', '2014-05-21T10:00', { cve: 'CVE-2014-0224', assigner: 'redhat' }), text: secret },
    ];
    const advisory = project(record, log);
    expect(JSON.stringify(advisory)).not.toContain(secret);
    expect(JSON.stringify(advisory)).not.toMatch(/validating|beta/);
  });

  test('a section without a known heading stays here; one that stands twice is published whole', () => {
    const en = anAdvisory('en');
    const twice = { ...en, sections: [...en.sections, { id: undefined, heading: 'Internal', text: 'SECRET', line: 90 }, { id: 'solution' as const, heading: 'Solution', text: 'Or switch it off.', line: 95 }] };
    const text = project({ advisories: { en: twice, ja: anAdvisory('ja') } }).texts.en;
    expect(text?.sections.map(({ id }) => id)).toEqual(['overview', 'affected', 'description', 'impact', 'solution', 'credit']);
    expect(text?.sections.find(({ id }) => id === 'solution')?.text).toBe('Update the firmware.\n\nOr switch it off.');
    expect(JSON.stringify(text)).not.toContain('SECRET');
  });

  test('the remedy and the name in the registry are public with a product', () => {
    const products = [{ vendor: 'ACME Inc.', registry: 'acme', name: 'Router', purl: 'pkg:npm/router', versions: ['1'], ranges: [{ scheme: 'semver' as const, before: '1.2.4' }] }];
    const plain = { vendor: 'ACME Inc.', name: 'Router', purl: 'pkg:npm/router', versions: ['1'], ranges: [{ scheme: 'semver', before: '1.2.4' }] };
    expect(project({ file: { products } }, storyUntil('fixed')).products).toEqual([{ ...plain, remedy: 'fix', vendorNames: { en: 'Acme Corporation', ja: 'アクメ株式会社' } }]);
    const partial = entry('fix-available', '2014-05-20T10:00', { vendor: 'acme', remediation: 'fix', partial: true });
    const others = [entry('fix-available', '2014-05-20T11:00', { vendor: 'beta', remediation: 'fix' }), entry('fix-available', '2014-05-20T12:00', { remediation: 'workaround' })];
    expect(project({ file: { products } }, [...storyUntil('replied'), partial, ...others]).products[0]?.remedy).toBe('workaround');
  });

  test('where users get the remedy is public with it: the newest address', () => {
    const products = [{ vendor: 'ACME Inc.', registry: 'acme', name: 'Router', versions: ['1'] }];
    const at = (day: number, url?: string, vendor = 'acme') => entry('fix-available', `2014-05-${day}T10:00`, { vendor, remediation: 'fix', ...(url === undefined ? {} : { url }) });
    expect(project({ file: { products } }, [...storyUntil('replied'), at(20, 'https://acme.example/1'), at(21, 'https://acme.example/2'), at(22), at(23, 'https://beta.example/', 'beta')]).products[0]).toMatchObject({ remedy: 'fix', remedyUrl: 'https://acme.example/2' });
  });

  test('what belongs to some CVE ids only says to which', () => {
    const cves = ['CVE-2014-0224'];
    const file = {
      products: [{ vendor: 'A', name: 'B', versions: ['1'], cves, supportEnded: true as const, hosted: true as const }],
      cvss: [{ version: '2.0' as const, vector: 'AV:N/AC:H/Au:N/C:P/I:P/A:N', cves }],
      weaknesses: ['CWE-78', { id: 'CWE-79', cves }],
    };
    const advisory = project({ file });
    expect(advisory).toMatchObject({ products: file.products, cvss: file.cvss, weaknesses: ['CWE-78', 'CWE-79'], weaknessCves: [{ id: 'CWE-79', cves }] });
    expect([weaknessesOf(advisory, 'CVE-2014-0224'), weaknessesOf(advisory, 'CVE-2014-0225'), weaknessesOf(advisory, undefined)]).toEqual([['CWE-78', 'CWE-79'], ['CWE-78'], ['CWE-78', 'CWE-79']]);
  });

  test('the descriptions by CVE id are public where the records are ours', () => {
    const en = anAdvisory('en');
    const header = { ...en.header, cveDescriptions: { 'CVE-2014-0224': 'Ours.', 'CVE-2014-0225': 'Not of this case.' } };
    const ours = { ...CONFIGURATION, cna: { shortName: 'redhat', orgId: 'x' } };
    const advisory = project({ advisories: { en: { ...en, header }, ja: anAdvisory('ja') } }, storyUntil('scheduled'), ours);
    expect(advisory.cveDescriptions).toEqual([{ id: 'CVE-2014-0224', text: 'Ours.' }]);
    expect([descriptionOf(advisory, 'CVE-2014-0224'), descriptionOf(advisory, 'CVE-2014-0225')]).toEqual(['Ours.', advisory.cveDescription]);
    expect(project({ advisories: { en: { ...en, header } } }).cveDescriptions).toBeUndefined();
  });

  test('the description of a CVE record is public where the record is ours', () => {
    expect(project().cveDescription).toBeUndefined();
    expect(project({}, storyUntil('scheduled'), { ...CONFIGURATION, cna: { shortName: 'redhat', orgId: 'x' } }).cveDescription).toContain('OS command injection');
  });
});

describe('vendor status', () => {
  test('for all ids and for one stand in rows of their own', () => {
    const log = [...storyUntil('status'), entry('vendor-status', '2014-05-20T12:00', { vendor: 'acme', status: 'not-affected', cves: ['CVE-2014-0225', 'CVE-2014-0224'] })];
    expect(project({}, log).vendors.map(({ status, cves }) => [status, cves])).toEqual([['affected', undefined], ['not-affected', ['CVE-2014-0224', 'CVE-2014-0225']]]);
  });
  test('a vendor without one is not named', () => {
    expect(project({}, storyUntil('replied')).vendors).toEqual([]);
  });
});

describe('the text that an approval is bound to', () => {
  test('does not depend on the order of fields, entries or vendors', () => {
    const log = [...storyUntil('scheduled'), entry('vendor-added', '2014-05-23T11:00', { vendor: 'aaa', role: 'downstream' }), entry('vendor-status', '2014-05-23T12:00', { vendor: 'aaa', status: 'unknown' })];
    expect(contentHash(project({}, [...log].reverse()))).toBe(contentHash(project({}, log)));
    expect(contentHash({ ...project(), series: 'JVN', number: '61247051' })).toBe(contentHash(project()));
    const { publicId, ...rest } = project();
    expect(contentHash({ ...rest, publicId })).toBe(contentHash(project()));
  });
  test('changes with every letter of the text', () => {
    const ja = anAdvisory('ja', { impact: 'コマンドを実行される可能性があります' });
    expect(contentHash(project({ advisories: { en: anAdvisory('en'), ja } }))).not.toBe(contentHash(project()));
  });
  test('is the same before and after the approval', () => {
    const log = storyUntil('scheduled');
    expect(contentHash(project({}, [...log, entry('approved', '2014-06-01T10:00', { by: 'tanaka', text: 'sha256:00' })]))).toBe(contentHash(project({}, log)));
  });
});

test('every string of it can be searched', () => {
  expect(publicStrings(project())).toEqual(expect.arrayContaining(['JVN#61247051', '1.2.3 and earlier', 'アクメ株式会社', 'Update the firmware.', 'affected']));
});
