import { parseAtomFeed } from 'feedsmith';
import { describe, expect, it } from 'vitest';
import { catalogueEntry } from '../../src/domain/catalogue.ts';
import type { PublishedAdvisory } from '../../src/domain/publication.ts';
import { atomFeed } from '../../src/documents/atom.ts';
import { aConfiguration } from '../support/a-public-advisory.ts';
import { published, THREE } from '../support/a-site.ts';

const entriesOf = (advisories: readonly PublishedAdvisory[]) => advisories.map((each) => catalogueEntry(each, 'Asia/Tokyo'));
const feedOf = (advisories: readonly PublishedAdvisory[], language: 'en' | 'ja' = 'en', configuration = aConfiguration()) => parseAtomFeed(atomFeed(entriesOf(advisories), language, configuration));

describe('the feed', () => {
  it('has what changed last first, with ids that are addresses of nothing', () => {
    const { id, updated, links, entries = [] } = feedOf(THREE);
    expect(id).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(entries.map((entry) => entry.links?.[0]?.href)).toEqual(['2025/00000003/en.html', '2024/48201637/en.html', '2025/00000002/en.html'].map((path) => `https://advisories.centre.example/${path}`));
    expect(Date.parse(updated ?? '')).toBe(Date.parse('2025-03-01T12:00:00+09:00'));
    expect(links?.find(({ rel }) => rel === 'self')?.href).toBe('https://advisories.centre.example/atom.en.xml');
    expect(new Set(entries.map((entry) => entry.id)).size).toBe(3);
  });

  it('is in its language, and leads to the other one rather than nowhere', () => {
    expect(atomFeed(entriesOf(THREE), 'ja', aConfiguration())).toContain('<feed xml:lang="ja" xmlns=');
    expect(feedOf(THREE, 'ja').entries?.[2]?.links?.[0]?.href).toContain('/2025/00000002/en.html');
  });

  it('keeps an id through an update and a move, and gives the update a new date', () => {
    const before = feedOf([published()]).entries?.[0];
    const after = feedOf([published({}, '2024-08-05T12:00:00+09:00', '2024-09-01T00:00:00+09:00')], 'en', aConfiguration({ public: { repository: '../p', url: 'https://moved.example/x/' } })).entries?.[0];
    expect(after?.id).toBe(before?.id);
    expect(after?.links?.[0]?.href).toBe('https://moved.example/x/2024/48201637/en.html');
    expect([before?.updated, after?.updated, after?.published].map((date) => Date.parse(date ?? ''))).toEqual(['2024-08-05T12:00:00+09:00', '2024-09-01T00:00:00+09:00', '2024-08-05T12:00:00+09:00'].map((date) => Date.parse(date)));
  });

  it('shows hostile words as words', () => {
    const entry = feedOf(THREE).entries?.[0];
    expect(entry?.title).toEqual({ type: 'html', value: 'JVN#00000003: &lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;\ufffd' });
    expect(JSON.stringify(entry?.summary)).not.toMatch(/<b>|<script/);
  });

  it('has fifty at most, is the same twice, and stands without any', () => {
    const many = Array.from({ length: 60 }, (_, index) => published({ number: String(10000000 + index) }));
    expect(feedOf(many).entries).toHaveLength(50);
    expect(atomFeed(entriesOf(many), 'en', aConfiguration())).toBe(atomFeed(entriesOf([...many].reverse()), 'en', aConfiguration()));
    expect(feedOf([]).entries ?? []).toEqual([]);
  });
});
