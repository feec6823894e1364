import { readFileSync } from 'node:fs';
import { catalogueEntry, type CatalogueEntry } from '../../src/domain/catalogue.ts';
import type { PublicAdvisory, PublishedAdvisory } from '../../src/domain/publication.ts';
import { publicFiles } from '../../src/documents/public-files.ts';
import { newestFirst, siteLists } from '../../src/documents/site-files.ts';
import { unreachableSitePage } from '../../src/documents/unreachable-page.ts';
import type { Configuration } from '../../src/generated/documents.ts';
import { aConfiguration, aPublicAdvisory } from './a-public-advisory.ts';

export const shipped = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** The advisory of the other tests as it was published, with changes. */
export function published(changes: Partial<PublicAdvisory> = {}, at = '2024-08-05T12:00:00+09:00', updated?: string): PublishedAdvisory {
  const number = changes.number ?? '48201637';
  const updates = updated === undefined ? [] : [{ at: Date.parse(updated), summary: { en: 'Bravo Networks was added.', ja: 'Bravo Networks を追加しました。' } }];
  return { advisory: aPublicAdvisory({ number, publicId: `JVN#${number}`, ...changes }), dates: { publishedAt: Date.parse(at), updates } };
}

const { en, ja } = aPublicAdvisory().texts;

/** Three advisories of two years: one that was updated, one without Japanese by a vendor with a Japanese name, one whose words are hostile. */
export const THREE: readonly PublishedAdvisory[] = [
  published({}, '2024-08-05T12:00:00+09:00', '2025-02-20T10:00:00+09:00'),
  published({ number: '00000002', texts: { ...(en && { en: { ...en, title: 'Web camera vulnerable to path traversal' } }) }, vendors: [], products: [{ vendor: '日本ネット機器株式会社', name: 'Camera++', versions: ['1.0'] }], cves: [] }, '2025-01-10T12:00:00+09:00'),
  published(
    {
      number: '00000003',
      cvss: [],
      texts: { ...(en && { en: { ...en, title: '</title><script>alert(1)</script>\u202e' } }), ...(ja && { ja: { ...ja, title: 'るーたーの"><img src=x onerror=alert(1)>' } }) },
      vendors: [{ names: { en: ']]><b>Evil</b>', ja: '<script>邪</script>' }, status: 'disputed', statement: { en: '## No\n<script>alert(1)</script>' } }],
      products: [{ vendor: '../../etc', name: '..', versions: ['1'] }],
    },
    '2025-03-01T12:00:00+09:00',
  ),
];

export function yearsOf(advisories: readonly PublishedAdvisory[]): ReturnType<typeof newestFirst> {
  const years = new Map<string, CatalogueEntry[]>();
  for (const each of advisories) {
    const entry = catalogueEntry(each, 'Asia/Tokyo');
    years.set(entry.publishedAt.slice(0, 4), [...(years.get(entry.publishedAt.slice(0, 4)) ?? []), entry]);
  }
  return newestFirst(years);
}

/** Every file of a site, by path. */
export function siteOf(advisories: readonly PublishedAdvisory[], configuration: Configuration = aConfiguration()): Map<string, string> {
  const listing = { did: '04630151', kind: 'individual' as const, name: { en: 'Unknown Author', ja: '不明な作者' }, link: 'https://author.example/', listedOn: '2024-01-05', updatedOn: '2024-03-05', product: { disclosedOn: '2024-03-05', products: [{ name: 'Old Tool', versions: ['1.0'] }] } };
  const files = [
    ...advisories.flatMap((each) => publicFiles(each, [], configuration)),
    ...siteLists(yearsOf(advisories), { hasUnreachable: true, shipped }, configuration),
    ...(['en', 'ja'] as const).map((language) => ({ path: `unreachable/${language}.html`, text: unreachableSitePage([listing], language, `unreachable/${language}.html`, configuration) })),
  ];
  return new Map(files.map(({ path, text }) => [path, text]));
}
