import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, openBrowser, serveSite, type ServedSite } from './support/a-browser.ts';
import { siteOf, THREE } from './support/a-site.ts';

const PAGES = ['ja.html', 'en.html', '2024/48201637/ja.html', '2024/48201637/en.html', '2025/00000003/ja.html', '2025/ja.html', 'vendors/en.html', 'vendors/acme-corporation/ja.html', 'vendors/acme-corporation/er-100/en.html', 'search/ja.html', 'unreachable/en.html', '404.html'];

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly help: string; readonly nodes: readonly { readonly html: string }[] }[];
}

describe.skipIf(!hasBrowser)(`the site in a browser${hasBrowser ? '' : ' (SKIPPED: Chromium is not here; apt-get install chromium fonts-noto-cjk)'}`, () => {
  let browser: Browser;
  let site: ServedSite;
  beforeAll(async () => {
    [browser, site] = await Promise.all([openBrowser(), serveSite(siteOf(THREE))]);
  });
  afterAll(async () => {
    site.close();
    await browser.close();
  });

  /** A page with what it complained about. */
  async function opened<T>(path: string, options: Parameters<Browser['newContext']>[0], use: (page: Page, complaints: readonly string[]) => Promise<T>): Promise<T> {
    const context = await browser.newContext(options);
    try {
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (problem) => complaints.push(String(problem)));
      await page.goto(`${site.address}${path}`);
      return await use(page, complaints);
    } finally {
      await context.close();
    }
  }

  it.each(PAGES)('%s: axe finds nothing, narrow and light or wide and dark, and nothing is wider than the screen', async (path) => {
    for (const [width, colorScheme] of [[320, 'light'], [1280, 'dark']] as const) {
      await opened(path, { viewport: { width, height: 800 }, colorScheme, bypassCSP: true }, async (page) => {
        await page.addScriptTag({ content: axe.source });
        const { violations } = await page.evaluate<AxeResult>("axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })");
        expect(violations.map(({ id, help, nodes }) => `${String(width)} ${colorScheme} ${id}: ${help}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
        expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      });
    }
  });

  it('axe finds what is wrong', async () => {
    await opened('ja.html', { bypassCSP: true }, async (page) => {
      await page.evaluate("document.querySelector('label').remove()");
      await page.addScriptTag({ content: axe.source });
      const { violations } = await page.evaluate<AxeResult>('axe.run()');
      expect(violations.map(({ id }) => id)).toContain('label');
    });
  });

  it('each page keeps to its own content security', async () => {
    for (const path of PAGES) expect(await opened(path, {}, (_page, complaints) => Promise.resolve(complaints)), path).toEqual([]);
  });

  const found = (query: string): Promise<readonly string[]> =>
    opened(`search/ja.html?q=${encodeURIComponent(query)}`, {}, async (page) => {
      // To evaluate a script again and again would take eval, which the page does not allow.
      await page.locator('#results:not([hidden]) [role=status]').filter({ hasNotText: '検索しています…' }).waitFor({ state: 'attached' });
      return page.locator('#results li a').evaluateAll((links: readonly { getAttribute(name: string): string | null }[]) => links.map((link) => link.getAttribute('href') ?? ''));
    });

  it.each([
    ['CVE-2024-99901', ['../2024/48201637/ja.html', '../2025/00000003/ja.html']],
    ['48201637', ['../2024/48201637/ja.html']],
    ['アクメ', ['../2024/48201637/ja.html']],
    ['サンプルルーター', ['../2024/48201637/ja.html']],
    ['さんぷる ＥＲ－１００', ['../2024/48201637/ja.html']],
    ['日本ネット camera++', ['../2025/00000002/en.html']],
    ['ルータ', ['../2025/00000003/ja.html', '../2024/48201637/ja.html']],
    ['nothing of the kind', []],
  ])('the search for %s finds %j', async (query, links) => expect([...(await found(query))].sort()).toEqual([...links].sort()));

  it('the search shows hostile words as words', async () => {
    await opened('search/ja.html?q=00000003', {}, async (page, complaints) => {
      await page.waitForSelector('#results li');
      expect(await page.locator('#results li a').textContent()).toBe('るーたーの"><img src=x onerror=alert(1)>');
      expect(await page.locator('#results img, #results script').count()).toBe(0);
      expect(complaints).toEqual([]);
    });
  });

  it('without scripts the form of the front page leads to the lists', async () => {
    await opened('en.html', { javaScriptEnabled: false }, async (page) => {
      await page.fill('#q', 'router');
      await page.click('button[type=submit]');
      await page.waitForURL('**/search/en.html?q=router');
      expect(await page.locator('noscript').isVisible()).toBe(true);
      await page.click('text=2024');
      expect(await page.locator('h1').textContent()).toBe('Advisories of 2024');
    });
  });
});
