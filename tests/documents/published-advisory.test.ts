import { describe, expect, it } from 'vitest';
import { SECTIONS } from '../../src/domain/case.ts';
import { catalogueEntry } from '../../src/domain/catalogue.ts';
import { catalogueJson, publishedAdvisoryJson, readCatalogue, readPublishedAdvisory } from '../../src/documents/published-advisory.ts';
import { aPublicAdvisory } from '../support/a-public-advisory.ts';
import { published } from '../support/a-site.ts';

const ZONE = 'Asia/Tokyo';
const PATH = '2024/48201637/advisory.json';
const whole = published({}, '2024-08-05T12:00:00+09:00', '2024-08-20T10:00:00+09:00');
const text = publishedAdvisoryJson(whole, ZONE);
const bytes = (content: string): Uint8Array => new TextEncoder().encode(content);
const read = (content: string, path = PATH): unknown => readPublishedAdvisory(path, bytes(content), ZONE);
/** The right file with one thing changed. */
const broken = (change: (file: Record<string, Record<string, unknown>>) => void): string => {
  const file = JSON.parse(text) as Record<string, Record<string, unknown>>;
  change(file);
  return JSON.stringify(file);
};

describe('advisory.json', () => {
  it('reads back as what was written, with every field that may be public', () => {
    expect(read(text)).toEqual(whole);
    const full = published({
      products: [{ vendor: 'A', name: 'B', versions: ['1'], ranges: [{ scheme: 'semver', from: '1', before: '2' }], link: 'https://a.example/', remedy: 'fix', remedyUrl: 'https://a.example/get', vendorNames: { en: 'A', ja: 'エー' } }],
      cves: [{ id: 'CVE-2024-99901', assigner: 'example-centre', flaw: 'overflow' }],
      vendors: [{ names: { en: 'A' }, status: 'disputed', cves: ['CVE-2024-99901'], statement: { ja: '一\n二' }, url: 'https://a.example/' }],
    });
    expect(read(publishedAdvisoryJson(full, ZONE))).toEqual(full);
  });

  it('takes every section that an advisory has', () => {
    const sections = SECTIONS.map(({ id }) => ({ id, text: 'x' }));
    expect(read(publishedAdvisoryJson(published({ texts: { en: { title: 'x', sections } } }), ZONE))).toMatchObject({ advisory: { texts: { en: { sections } } } });
  });

  it.each<[string, string]>([
    ['no JSON', '{'],
    ['half merged', `<<<<<<< HEAD\n${text}`],
    ['no object', '[]'],
    ['of another version', broken((file) => Object.assign(file, { schemaVersion: 2 }))],
    ['with a field that is not public', broken(({ advisory }) => Object.assign(advisory ?? {}, { reporter: 'Yamada' }))],
    ['with __proto__', text.replace('"advisory":', '"__proto__": {}, "advisory":')],
    ['with text that turns around', broken(({ advisory }) => Object.assign(advisory ?? {}, { cveDescription: 'a\u202eb' }))],
    ['with a number that is a path', broken(({ advisory }) => Object.assign(advisory ?? {}, { number: '../../../x' }))],
    ['with the id of another', broken(({ advisory }) => Object.assign(advisory ?? {}, { publicId: 'JVN#00000001' }))],
    ['with the number of another', broken(({ advisory }) => Object.assign(advisory ?? {}, { number: '00000001', publicId: 'JVN#00000001' }))],
    ['of another year', broken(({ dates }) => Object.assign(dates ?? {}, { publishedAt: '2025-01-01T00:00:00+09:00' }))],
    ['with no day', broken(({ dates }) => Object.assign(dates ?? {}, { publishedAt: '2024-13-01T00:00:00+09:00' }))],
    ['without a text', broken(({ advisory }) => Object.assign(advisory ?? {}, { texts: {} }))],
    ['with a link that runs', broken(({ advisory }) => Object.assign(advisory ?? {}, { references: [{ url: 'javascript:alert(1)' }] }))],
  ])('%s is refused by its path', (_what, content) => {
    expect(() => read(content)).toThrow(expect.objectContaining({ code: 'public-file', message: expect.stringContaining(PATH) as string }) as Error);
  });

  it('that is no UTF-8 is refused', () => {
    expect(() => readPublishedAdvisory(PATH, new Uint8Array([0x7b, 0xff, 0x7d]), ZONE)).toThrow(/no JSON in UTF-8/);
  });
});

describe('the catalogue of a year', () => {
  const entries = [catalogueEntry(whole, ZONE), catalogueEntry({ advisory: aPublicAdvisory({ number: '00000001', publicId: 'JVN#00000001', cvss: [], texts: { ja: { title: '題', sections: [] } } }), dates: whole.dates }, ZONE)];
  const json = catalogueJson('2024', entries);

  it('reads back, in the order of the numbers', () => {
    expect(readCatalogue('2024/index.json', bytes(json), ZONE)).toEqual([...entries].reverse());
    expect(entries[0]).toMatchObject({ id: 'JVN#48201637', updatedAt: '2024-08-20T10:00:00+09:00', cvss: { version: '4.0', score: 8.5, severity: 'high' } });
  });

  it('of another year, or with an advisory of another one, is refused', () => {
    expect(() => readCatalogue('2025/index.json', bytes(json), ZONE)).toThrow(/2025\/index\.json.*catalogue of 2024/);
    expect(() => readCatalogue('2024/index.json', bytes(json.replaceAll('"2024-08-05', '"2023-08-05')), ZONE)).toThrow(/another year/);
    expect(() => readCatalogue('2024/index.json', bytes(json.replace('"number": "00000001"', '"number": "../x"')), ZONE)).toThrow(/2024\/index\.json/);
  });
});
