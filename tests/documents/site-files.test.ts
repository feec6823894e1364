import { HtmlValidate } from 'html-validate';
import { describe, expect, it } from 'vitest';
import { catalogueEntry, slugOf, vendorsOf } from '../../src/domain/catalogue.ts';
import { isList, isMade, numberIn, siteLists, touchedBy, touchedPaths } from '../../src/documents/site-files.ts';
import { aConfiguration, aPublicAdvisory } from '../support/a-public-advisory.ts';
import { published, shipped, siteOf, THREE, yearsOf } from '../support/a-site.ts';

const site = siteOf(THREE);
const pages = [...site].filter(([path]) => path.endsWith('.html'));
const page = (path: string): string => {
  const text = site.get(path);
  if (text === undefined) throw new Error(`there is no ${path}`);
  return text;
};

describe('a slug', () => {
  it.each([
    ['Acme Corporation', 'acme-corporation'],
    ['Contoso, Ltd.', 'contoso-ltd'],
    ['ＡＣＭＥ', 'acme'],
    ['notepad++', slugOf('Notepad++')],
  ])('of %s is %s', (name, slug) => expect(slugOf(name)).toBe(slug));

  it('is a safe part of a path, whatever the name is', () => {
    for (const name of ['', '..', '../../etc/passwd', 'CON', 'a'.repeat(500), '<script>', '\u202e', '日本'.repeat(300), 'en.html', 'a/b']) expect(slugOf(name)).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/);
  });

  it('tells names apart that differ in what ASCII does not have', () => {
    expect(new Set(['Notepad', 'Notepad++', 'C', 'C#', 'C++', '日本', '日本語', 'con'].map(slugOf)).size).toBe(8);
    expect(slugOf('日本')).toBe('cf2abf0c5b');
  });
});

it('the maker of a product is the vendor with a status whom it names in either language', () => {
  const entry = catalogueEntry({ advisory: aPublicAdvisory({ products: [{ vendor: '株式会社アクメ', name: 'ER-100', versions: ['1'] }] }), dates: { publishedAt: 0, updates: [] } }, 'Asia/Tokyo');
  expect(vendorsOf(entry).map(({ slug, products }) => [slug, products.map((product) => product.slug)])).toEqual([
    ['acme-corporation', ['er-100']],
    ['bravo-networks', []],
  ]);
});

describe('the site', () => {
  it('is valid HTML on every page', async () => {
    // Style of source, not rules of the standard.
    const judge = new HtmlValidate({ extends: ['html-validate:standard', 'html-validate:a11y'], rules: { 'long-title': 'off', 'no-trailing-whitespace': 'off', 'require-sri': 'off', 'doctype-style': 'off', 'tel-non-breaking': 'off' } });
    expect(pages.length).toBeGreaterThan(25);
    const found: string[] = [];
    for (const [path, text] of pages) {
      const { results } = await judge.validateString(text, path);
      found.push(...results.flatMap(({ messages }) => messages.map(({ line, column, ruleId, message }) => `${path}:${line}:${column} ${ruleId}: ${message}`)));
    }
    expect(found).toEqual([]);
    const { valid } = await judge.validateString('<!doctype html><html lang="en"><head><title>x</title></head><body><p><div></p></body></html>');
    expect(valid).toBe(false);
  });

  it('leads to no page that is not there, and to each of its pages', () => {
    const reached = new Set<string>();
    for (const [path, text] of pages) {
      for (const [, href = ''] of text.matchAll(/(?:href|src|action)="([^"]*)"/g)) {
        if (/^(?:https?:|mailto:|#)/.test(href)) continue;
        const target = new URL(href, `https://x.invalid/${path}`).pathname.slice(1);
        expect(site.has(target), `${path} leads to ${href}`).toBe(true);
        reached.add(target);
      }
    }
    expect(pages.map(([path]) => path).filter((path) => !reached.has(path) && path !== '404.html' && path !== 'index.html')).toEqual([]);
  });

  it('runs no script but that of the search, and has no words of others as markup', () => {
    for (const [path, text] of pages) {
      expect([...text.matchAll(/<script[^>]*>/g)].map(([tag]) => tag)).toEqual(/^search\//.test(path) ? ['<script src="../search.js" defer>'] : []);
      expect(text).not.toMatch(/<style|<img|\sstyle=|\u202e|<b>Evil/);
      expect(text).toContain(`default-src &#39;none&#39;; style-src &#39;self&#39;; base-uri &#39;none&#39;; ${/^search\//.test(path) ? 'script-src &#39;self&#39;; connect-src &#39;self&#39;; ' : ''}form-action &#39;self&#39;"`);
    }
  });

  it('has each page in both languages, each with the other as its alternative', () => {
    for (const [path, text] of pages.filter(([name]) => /(?:^|\/)en\.html$/.test(name) && name !== '2025/00000002/en.html')) {
      expect(text, path).toContain('<link rel="alternate" hreflang="ja" href="ja.html">');
      expect(page(path.replace(/en\.html$/, 'ja.html'))).toContain('<link rel="alternate" hreflang="en" href="en.html">');
    }
    expect(page('2025/00000002/en.html')).not.toContain('ja.html" hreflang');
    expect(page('2025/ja.html')).toContain('<a href="../2025/00000002/en.html" lang="en" hreflang="en">Web camera vulnerable to path traversal</a>');
  });

  it('says of each list and file whose it is', () => {
    const known = [...site.keys()].filter((path) => !path.startsWith('cve/'));
    expect(known.filter((path) => isList(path) === (numberIn(path) !== undefined))).toEqual([]);
    expect(known.filter((path) => !isMade(path)).sort()).toEqual(THREE.map(({ advisory }) => `${site.has(`2024/${advisory.number}/en.html`) ? 2024 : 2025}/${advisory.number}/advisory.json`).sort());
    for (const path of ['CNAME', 'README.md', 'cve/CVE-2024-1234.json', 'vendors/logo.png', 'csaf/white/index.txt', '2024/48201637/notes.html', 'a/en.html']) expect(isMade(path)).toBe(false);
  });

  it('of one changed advisory touches no other file than making all of it anew would change', () => {
    const [first, ...rest] = THREE;
    if (!first) throw new Error('there are three');
    const changed = { ...first, advisory: { ...first.advisory, products: [{ vendor: 'Acme Corporation', name: 'ER-300', versions: ['1'] }], vendors: first.advisory.vendors.slice(1) } };
    const after = siteOf([changed, ...rest]);
    const touched = touchedBy([first, changed].map((each) => catalogueEntry(each, 'Asia/Tokyo')));
    const lists = new Map([...siteLists(yearsOf([changed, ...rest]), { hasUnreachable: true, shipped }, aConfiguration(), touched)].map(({ path, text }) => [path, text]));
    const different = [...after].filter(([path, text]) => isList(path) && site.get(path) !== text);
    expect(different.length).toBeGreaterThan(8);
    for (const [path, text] of different) expect(lists.get(path), path).toBe(text);
    for (const [path, text] of lists) expect(after.get(path), path).toBe(text);
    const gone = [...site.keys()].filter((path) => !after.has(path));
    expect(gone).toContain('vendors/acme-corporation/er-200/en.html');
    expect(touchedPaths(touched).filter((path) => site.has(path) && !lists.has(path)).sort()).toEqual(gone.sort());
  });

  it('links to whatever else was published of an advisory', () => {
    const files = siteOf([published()]);
    expect(files.get('2024/48201637/ja.html')).toContain('<link rel="alternate" type="text/plain" title="Text" href="advisory.ja.txt">');
    expect(files.get('2024/48201637/ja.html')).toContain('<a href="../../cve/CVE-2024-99901.json" type="application/json">CVE-2024-99901 (CVE JSON)</a>');
    expect(files.get('2024/48201637/ja.html')).not.toContain('advisory.en.txt');
  });
});
