import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { csafDocument } from '../../src/documents/csaf.ts';
import { CSAF_FEED, csafFiles, SECURITY_TXT, type EarlierCsaf } from '../../src/documents/csaf-provider.ts';
import type { Configuration } from '../../src/generated/documents.ts';
import { aConfiguration, aPublicAdvisory } from '../support/a-public-advisory.ts';
import { hasSchemas, schemaErrors } from '../support/csaf-judge.ts';

const BASE = 'https://advisories.centre.example';
const KEY = { fingerprint: 'A'.repeat(40), armored: 'KEY\n' };
const at = (text: string): number => Date.parse(text);

/** The files of one publication, made where `earlier` is what lies there. */
function filesOf(number: string, published: string, earlier: EarlierCsaf = { keys: [] }, options: { readonly updated?: string; readonly key?: typeof KEY; readonly configuration?: Configuration } = {}): Map<string, string> {
  const { updated, key = KEY, configuration = aConfiguration() } = options;
  const dates = { publishedAt: at(published), updates: updated === undefined ? [] : [{ at: at(updated), summary: { en: 'More', ja: '追記' } }] };
  const documents = (['en', 'ja'] as const).flatMap((language) => csafDocument(aPublicAdvisory({ number, publicId: `JVN#${number}` }), language, dates, configuration) ?? []);
  return new Map(csafFiles(documents, earlier, { at: at(updated ?? published), key }, configuration).files.map(({ path, text }) => [path, text]));
}
const jsonOf = (files: ReadonlyMap<string, string>, path: string): unknown => JSON.parse(files.get(path) ?? 'null');

const first = filesOf('11111111', '2023-12-01T10:00:00+09:00');
const afterFirst = { feed: first.get(CSAF_FEED), securityTxt: first.get(SECURITY_TXT), keys: [KEY.fingerprint] };
const second = filesOf('22222222', '2024-08-05T12:00:00+09:00', afterFirst, { key: { fingerprint: 'B'.repeat(40), armored: 'OTHER\n' } });
const afterSecond = { ...afterFirst, feed: second.get(CSAF_FEED), keys: [...afterFirst.keys, 'B'.repeat(40)] };
const updated = filesOf('11111111', '2023-12-01T10:00:00+09:00', afterSecond, { updated: '2024-09-01T10:00:00+09:00' });

describe('the files around the documents', () => {
  test('are what a trusted provider has', () => {
    expect([...first.keys()]).toEqual([
      ...['', '-ja'].flatMap((language) => ['', '.sha256', '.sha512'].map((hash) => `csaf/white/2023/jvn-11111111${language}.json${hash}`)),
      'csaf/white/index.txt',
      'csaf/white/changes.csv',
      CSAF_FEED,
      'csaf/provider-metadata.json',
      `csaf/openpgp/${KEY.fingerprint}.asc`,
      '.well-known/csaf/provider-metadata.json',
      SECURITY_TXT,
    ]);
  });

  test('give the hashes as sha256sum reads them', () => {
    const text = first.get('csaf/white/2023/jvn-11111111.json') ?? '';
    expect(first.get('csaf/white/2023/jvn-11111111.json.sha256')).toBe(`${createHash('sha256').update(text).digest('hex')}  jvn-11111111.json\n`);
  });

  test('add to what was there; an update takes the place of what it updates', () => {
    expect(updated.get('csaf/white/index.txt')).toBe('2023/jvn-11111111-ja.json\n2023/jvn-11111111.json\n2024/jvn-22222222-ja.json\n2024/jvn-22222222.json\n');
    expect(updated.get('csaf/white/changes.csv')).toBe(
      ['"2023/jvn-11111111-ja.json","2024-09-01T01:00:00Z"', '"2023/jvn-11111111.json","2024-09-01T01:00:00Z"', '"2024/jvn-22222222-ja.json","2024-08-05T03:00:00Z"', '"2024/jvn-22222222.json","2024-08-05T03:00:00Z"', ''].join('\n'),
    );
    const { feed } = jsonOf(updated, CSAF_FEED) as { feed: { updated: string; entry: readonly { id: string; published: string; updated: string; link: readonly { rel: string; href: string }[] }[] } };
    expect(feed.updated).toBe('2024-09-01T01:00:00Z');
    expect(feed.entry.map(({ id, published, updated: last }) => `${id} ${published.slice(0, 10)} ${last.slice(0, 10)}`)).toEqual(['JVN-11111111-ja 2023-12-01 2024-09-01', 'JVN-11111111 2023-12-01 2024-09-01', 'JVN-22222222-ja 2024-08-05 2024-08-05', 'JVN-22222222 2024-08-05 2024-08-05']);
    expect(feed.entry[1]?.link.map(({ rel, href }) => `${rel} ${href}`)).toEqual(['self', 'hash', 'hash', 'signature'].map((rel, index) => `${rel} ${BASE}/csaf/white/2023/jvn-11111111.json${['', '.sha256', '.sha512', '.asc'][index] ?? ''}`));
  });

  test('follow the address of the centre when it moves', () => {
    const moved = filesOf('22222222', '2024-08-05T12:00:00+09:00', afterFirst, { configuration: aConfiguration({ public: { repository: '../public', url: 'https://new.example/jvn/' } }) });
    expect(moved.get(CSAF_FEED)).not.toContain(BASE);
    expect(moved.get(CSAF_FEED)).toContain('https://new.example/jvn/csaf/white/2023/jvn-11111111.json.asc');
    // Below a path nobody looks for them.
    expect([...moved.keys()].filter((path) => path.startsWith('.well-known'))).toEqual([]);
  });

  test('name every key that has signed', () => {
    const { public_openpgp_keys: keys } = jsonOf(second, 'csaf/provider-metadata.json') as { public_openpgp_keys: readonly object[] };
    expect(keys).toEqual(['A', 'B'].map((digit) => ({ fingerprint: digit.repeat(40), url: `${BASE}/csaf/openpgp/${digit.repeat(40)}.asc` })));
  });

  test.skipIf(!hasSchemas)(`provider-metadata.json keeps to the official schema${hasSchemas ? '' : ' (SKIPPED: ../shared/formats/csaf is not here)'}`, () => {
    expect(schemaErrors('provider', jsonOf(second, 'csaf/provider-metadata.json'))).toEqual([]);
  });

  test.each(['{"feed":', '{}', '{"feed":{"entry":[{"content":{"src":"../../x"}}]}}', '<<<<<<< HEAD\n'])('a feed that cannot be read loses nothing: %s', (feed) => {
    expect(() => filesOf('22222222', '2024-08-05T12:00:00+09:00', { feed, keys: [] })).toThrow(CSAF_FEED);
  });
});

describe('security.txt', () => {
  const withEarlier = (securityTxt: string): string | undefined => filesOf('11111111', '2023-12-01T10:00:00+09:00', { keys: [], securityTxt }).get(SECURITY_TXT);

  test('has what RFC 9116 asks for', () => {
    expect(first.get(SECURITY_TXT)).toBe(
      ['Contact: mailto:vulns@centre.example', 'Expires: 2024-11-29T01:00:00Z', 'Preferred-Languages: en, ja', `Canonical: ${BASE}/.well-known/security.txt`, `CSAF: ${BASE}/csaf/provider-metadata.json`, ''].join('\n'),
    );
  });

  test('that somebody wrote keeps its words, and gets a new date', () => {
    expect(withEarlier('# Ours\nContact: https://centre.example/report\nExpires: 2020-01-01T00:00:00Z\n')).toBe(
      ['# Ours', 'Contact: https://centre.example/report', 'Expires: 2024-11-29T01:00:00Z', `CSAF: ${BASE}/csaf/provider-metadata.json`, ''].join('\n'),
    );
    expect(withEarlier(withEarlier('Contact: x\n') ?? '')).toBe(withEarlier('Contact: x\n'));
  });

  test('that is signed is left alone', () => {
    expect(withEarlier('-----BEGIN PGP SIGNED MESSAGE-----\n')).toBeUndefined();
  });
});
