import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser } from 'playwright-core';

/** A judge that we did not write: a browser, as a reader has one. */
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));

/** Where there is none, whoever uses it skips and says so. */
export const hasBrowser = CHROMIUM !== undefined;

export const openBrowser = (): Promise<Browser> => chromium.launch({ ...(CHROMIUM === undefined ? {} : { executablePath: CHROMIUM }), args: ['--no-sandbox', '--disable-gpu'] });

const TYPES: Readonly<Record<string, string>> = { html: 'text/html', css: 'text/css', js: 'text/javascript', json: 'application/json', xml: 'application/atom+xml' };

export interface ServedSite {
  /** With a slash at its end. */
  readonly address: string;
  close(): void;
}

/** Serves files from memory on this machine. */
export async function serveSite(files: ReadonlyMap<string, string>): Promise<ServedSite> {
  const server: Server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x.invalid').pathname.slice(1).replace(/(^|\/)$/, '$1index.html');
    const text = files.get(path) ?? files.get('404.html') ?? '';
    response.writeHead(files.has(path) ? 200 : 404, { 'content-type': `${TYPES[/[a-z]+$/.exec(path)?.[0] ?? ''] ?? 'text/html'}; charset=utf-8` }).end(text);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}/`, close: () => void server.close() };
}
