import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { advisoryFolder, advisoryUrls, publicFiles } from '../../src/documents/public-files.ts';
import { VccError } from '../../src/domain/problem.ts';
import type { PublicAdvisory, PublicText } from '../../src/domain/publication.ts';
import type { Configuration } from '../../src/generated/documents.ts';
import { aConfiguration, aPublicAdvisory } from '../support/a-public-advisory.ts';

const dates = {
  publishedAt: Date.parse('2024-08-05T12:00:00+09:00'),
  updates: [{ at: Date.parse('2024-08-20T10:00:00+09:00'), summary: { en: 'Bravo Networks <b>added</b>', ja: 'Bravo Networks を追加' } }],
};

function filesOf(changes: Partial<PublicAdvisory> = {}, configuration: Configuration = aConfiguration()): Map<string, string> {
  return new Map(publicFiles({ advisory: aPublicAdvisory(changes), dates }, [], configuration).map(({ path, text }) => [path, text]));
}

const fileOf = (name: string, changes: Partial<PublicAdvisory> = {}): string => {
  const text = filesOf(changes).get(`2024/48201637/${name}`);
  if (text === undefined) throw new Error(`there is no ${name}`);
  return text;
};

/** The example with one section of the English text replaced. */
const withOverview = (text: string): Partial<PublicAdvisory> => {
  const { en, ja } = aPublicAdvisory().texts as { en: PublicText; ja: PublicText };
  return { texts: { ja, en: { ...en, sections: [{ id: 'overview', text }, ...en.sections.slice(1)] } } };
};

const refusalOf = (act: () => unknown): VccError => {
  try {
    act();
  } catch (error) {
    if (error instanceof VccError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('publicFiles', () => {
  test('writes both languages as page, Markdown, text and VULDEF, the source of all of it, and the record', () => {
    expect([...filesOf().keys()]).toEqual([
      '2024/48201637/en.html',
      '2024/48201637/ja.html',
      '2024/48201637/advisory.en.md',
      '2024/48201637/advisory.en.txt',
      '2024/48201637/vuldef.en.xml',
      '2024/48201637/advisory.ja.md',
      '2024/48201637/advisory.ja.txt',
      '2024/48201637/vuldef.ja.xml',
      '2024/48201637/advisory.json',
      'cve/CVE-2024-99901.json',
    ]);
  });

  test.each([
    [{ en: 'JPCERT/CC' }, 'JPCERT/CCによる脆弱性分析結果'],
    [{ en: 'Example CERT', ja: '例示<CERT>' }, '例示&lt;CERT&gt;による脆弱性分析結果'],
  ])('the heading of the analysis names the organisation: %j', (name, heading) => {
    const configuration = aConfiguration();
    const files = filesOf({ cvss: [{ version: '3.1', vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', score: 9.8 }] }, { ...configuration, organisation: { ...configuration.organisation, name } });
    expect(files.get('2024/48201637/ja.html')).toContain(`<h2 id="analysis">${heading}</h2>`);
    expect(files.get('2024/48201637/advisory.ja.md')).toMatch(/^## .*による脆弱性分析結果$/m);
  });

  test('tells OSV of packages where the organisation has a prefix for it', () => {
    const products = [{ vendor: 'Acme', name: 'x', versions: ['1'], purl: 'pkg:npm/x', ranges: [{ scheme: 'npm' as const, fixed: '1.0.1' }] }];
    const configuration = aConfiguration();
    const withPrefix = { ...configuration, public: { repository: '../public', url: 'https://advisories.centre.example', osvPrefix: 'x_EXCERT' } };
    expect(filesOf({ products }, withPrefix).get('2024/48201637/osv.json')).toContain('"id": "x_EXCERT-48201637"');
    expect([...filesOf({ products }, configuration).keys()]).not.toContain('2024/48201637/osv.json');
    expect([...filesOf({}, withPrefix).keys()]).not.toContain('2024/48201637/osv.json');
  });

  test('gives the same bytes for the same advisory', () => {
    expect([...filesOf()]).toEqual([...filesOf()]);
  });

  test('leaves the record of an id of another CNA to that CNA', () => {
    const cves = [{ id: 'CVE-2014-0224', assigner: 'redhat' }];
    expect([...filesOf({ cves }).keys()].filter((path) => path.startsWith('cve/'))).toEqual([]);
    expect(fileOf('advisory.en.md', { cves })).toContain('CVE-2014-0224');
  });

  test('writes no record where the centre is no CNA', () => {
    const { cna, ...configuration } = aConfiguration();
    expect(cna).toBeDefined();
    expect([...filesOf({}, configuration).keys()]).not.toContain('cve/CVE-2024-99901.json');
  });

  test('a number that is no number never becomes a path', () => {
    expect(() => filesOf({ number: '../../x' })).toThrow(RangeError);
    expect(() => filesOf({ cves: [{ id: '../../x', assigner: 'example-centre' }] })).toThrow(RangeError);
  });

  test('refuses an advisory without a text', () => {
    expect(refusalOf(() => filesOf({ texts: {} })).code).toBe('no-advisory');
  });

  test.each(['[x](javascript:alert(1))', '<javascript:alert(1)>', '[x]\n\n[x]: data:text/html,x', '![x](file:///x)'])('refuses %j, and says where it stands', (text) => {
    expect(refusalOf(() => filesOf(withOverview(text))).message).toMatch(/^advisory\.en\.md, Overview: a link leads to "/);
  });
});

describe('the Markdown', () => {
  test('holds no raw HTML and no note to a colleague', () => {
    const markdown = fileOf('advisory.en.md', withOverview('A <script>alert(1)</script> tag.<!-- GAP: ask sato -->'));
    expect(markdown).toContain('A &lt;script>alert(1)&lt;/script> tag.');
    expect(markdown).not.toContain('GAP');
  });

  test('a fence that is left open turns no code of another section into HTML', () => {
    const { en, ja } = aPublicAdvisory().texts as { en: PublicText; ja: PublicText };
    const sections = [{ id: 'overview' as const, text: '```\nopen' }, { id: 'description' as const, text: '```\n\n<script>alert(1)</script>\n\n```' }];
    expect(fileOf('advisory.en.md', { texts: { ja, en: { ...en, sections } } })).not.toContain('<script>');
  });

  test('what a vendor says stays its quotation', () => {
    const vendors = [{ names: { en: 'Acme | <b>Corp</b>' }, status: 'disputed' as const, statement: { en: 'No.\n\n## Solution\n\nPay us.' } }];
    const markdown = fileOf('advisory.en.md', { vendors });
    expect(markdown).toContain('| Acme \\| \\<b\\>Corp\\</b\\> | Disputed |');
    expect(markdown).toContain('> No.\n>\n> \\## Solution\n>\n> Pay us.');
    expect(markdown.match(/^## Solution$/gm)).toHaveLength(1);
  });

  test('a status for some ids says for which', () => {
    const names = { en: 'Acme' };
    const vendors = [{ names, status: 'affected' as const }, { names, status: 'not-affected' as const, cves: ['CVE-2024-99901'] }];
    expect(fileOf('advisory.en.md', { vendors })).toContain('| Acme | Affected | all |\n| Acme | Not affected | CVE-2024-99901 |');
  });

  test('does not say twice what the authors wrote out', () => {
    const { en, ja } = aPublicAdvisory().texts as { en: PublicText; ja: PublicText };
    const sections = [...en.sections, { id: 'references' as const, text: 'See <https://acme.example/notice/2024>.' }, { id: 'other' as const, text: 'CVE-2024-99901' }];
    const markdown = fileOf('advisory.en.md', { texts: { ja, en: { ...en, sections } }, vendors: [] });
    expect(markdown.match(/acme\.example\/notice\/2024/g)).toHaveLength(1);
    expect(markdown).toContain('## Other Information\n\nCVE-2024-99901\n\n## Update History');
  });

  test('tells when it was published and what changed since, in the zone of the centre', () => {
    const markdown = fileOf('advisory.ja.md');
    expect(markdown).toContain('- 公開日: 2024-08-05\n- 最終更新日: 2024-08-20\n');
    expect(markdown).toContain('## 更新履歴\n\n- 2024-08-20: Bravo Networks を追加\n');
  });
});

describe('the page', () => {
  test('runs no script and loads only its style sheet', () => {
    for (const name of ['en.html', 'ja.html']) {
      const page = fileOf(name);
      expect(page).toContain('http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;self&#39;; base-uri &#39;none&#39;; form-action &#39;self&#39;');
      expect(page).not.toMatch(/<script|<style|<img|<iframe|\sstyle=|\son[a-z]+=/i);
      expect([...page.matchAll(/<link rel="stylesheet" href="([^"]*)"/g)].map(([, href]) => href)).toEqual(['../../style.css']);
    }
    expect(readFileSync(new URL('../../templates/site/style.css', import.meta.url), 'utf8')).not.toMatch(/url\(|@import/);
  });

  test('says its language and leads to the other one', () => {
    const page = fileOf('ja.html');
    expect(page).toContain('<html lang="ja">');
    expect(page).toContain('<link rel="alternate" hreflang="en" href="en.html">');
    expect(page).toContain('<a lang="en" hreflang="en" href="en.html">English</a>');
  });

  test('does not lead to a language that is missing', () => {
    const { en } = aPublicAdvisory().texts as { en: PublicText };
    const files = filesOf({ texts: { en } });
    expect([...files.keys()].filter((path) => path.includes('ja'))).toEqual([]);
    expect(files.get('2024/48201637/en.html')).not.toContain('ja.html');
  });

  test('has one h1, and headings in order without a gap', () => {
    const levels = [...fileOf('en.html').matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.reduce((before, level) => {
      expect(level).toBeLessThanOrEqual(before + 1);
      return level;
    }, 0);
  });

  test('opens and closes every element', () => {
    const open: string[] = [];
    for (const [, closing, name = ''] of fileOf('en.html', withOverview('a <b>bold</b> `<i>`')).matchAll(/<(\/?)([a-z][a-z0-9]*)\b/g)) {
      if (['meta', 'link', 'br', 'hr'].includes(name)) continue;
      if (closing === '') open.push(name);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });

  test('shows a hostile title as text', () => {
    const { en, ja } = aPublicAdvisory().texts as { en: PublicText; ja: PublicText };
    const page = fileOf('en.html', { texts: { ja, en: { ...en, title: '</title><script>alert("1")</script>\u202e' } } });
    expect(page).toContain('<h1>&lt;/title&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;\ufffd</h1>');
    expect(page).not.toContain('<script');
  });
});

test('an advisory stays in the year of its publication, as the centre counts it', () => {
  expect(advisoryFolder({ number: '48201637' }, Date.parse('2023-12-31T15:00:00Z'), 'Asia/Tokyo')).toBe('2024/48201637');
});

test('addresses are those of the pages that exist', () => {
  const advisory = aPublicAdvisory();
  expect(advisoryUrls(advisory, dates.publishedAt, aConfiguration({ public: { repository: '../public', url: 'https://a.example/pub//' } }))).toEqual([
    { language: 'en', url: 'https://a.example/pub/2024/48201637/en.html' },
    { language: 'ja', url: 'https://a.example/pub/2024/48201637/ja.html' },
  ]);
  const { public: none, ...configuration } = aConfiguration();
  expect(none).toBeDefined();
  expect(advisoryUrls(advisory, dates.publishedAt, configuration)).toEqual([]);
});
