// Embargoed text on a port is readable by every program and every web page on this machine that finds it. Hence: the loopback address
// alone, a path that nobody can guess, the one Host that we told (a foreign name that resolves to 127.0.0.1 is an attack: DNS
// rebinding), nothing kept by the browser, no referrer to the sites that the text links to, and no leave for other origins.
import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { refusal } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import { failedWith } from './failed-with.ts';
import { cryptographicRandom } from './random.ts';

type Answer = Parameters<Environment['serve']>[0];

export interface LocalServer {
  /** http://127.0.0.1:PORT/TOKEN/ */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
const TOKEN_DIGITS = 32;

const HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Robots-Tag': 'noindex',
  Connection: 'close',
} as const;

const same = (given: string, token: string): boolean => given.length === token.length && timingSafeEqual(Buffer.from(given, 'latin1'), Buffer.from(token, 'latin1'));

/** The path below the token, decoded; undefined where it is not below the token or is no path. */
function pathBelow(url: string, token: string): string | undefined {
  const [, given, path] = /^\/([0-9a-f]+)\/([^?#]*)/.exec(url) ?? [];
  if (given === undefined || path === undefined || !same(given, token)) return undefined;
  try {
    return decodeURIComponent(path);
  } catch (problem) {
    if (problem instanceof URIError) return undefined;
    throw problem;
  }
}

/** Answers on a port of this machine, a free one where none is given, until it is closed. Refuses a port that is taken. */
export async function startLocalServer(answer: Answer, given = 0): Promise<LocalServer> {
  const token = cryptographicRandom.hex(TOKEN_DIGITS);
  const server = createServer((request, response) => {
    try {
      reply(request, response);
    } catch (problem) {
      // Nothing that one request brings up may end what the author is looking at.
      send(request, response, { status: 500, type: 'text/plain; charset=utf-8', body: `vcc could not answer this: ${problem instanceof Error ? problem.message : String(problem)}\n` });
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (problem) => reject(failedWith(problem, 'EADDRINUSE') ? refusal('port-taken', `port ${given} is in use`, 'Choose another one with --port, or leave --port out for a free one.') : problem));
    server.listen(given, HOST, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const hosts = [HOST, 'localhost'].flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]));

  function reply(request: IncomingMessage, response: ServerResponse): void {
    const { method = '', url = '', headers } = request;
    const plain = (status: number, body: string, more: Readonly<Record<string, string>> = {}): void => send(request, response, { status, type: 'text/plain; charset=utf-8', body, more });
    if (!hosts.includes(headers.host ?? '')) { plain(421, 'Not here.\n'); return; }
    const path = pathBelow(url, token);
    if (path === undefined) { plain(404, 'There is nothing here.\n'); return; }
    if (method !== 'GET' && method !== 'HEAD') { plain(405, 'Read only.\n', { Allow: 'GET, HEAD' }); return; }
    send(request, response, answer(path, `/${token}/`));
  }

  return {
    url: `http://${HOST}:${port}/${token}/`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(request: IncomingMessage, response: ServerResponse, { status, type, body, more = {} }: { readonly status: number; readonly type: string; readonly body: string; readonly more?: Readonly<Record<string, string>> }): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { ...HEADERS, ...more, 'Content-Type': type, 'Content-Length': bytes.length });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Serves until Ctrl-C, which is the way to end it and no mistake. */
export async function serveUntilEnded(answer: Answer, { port, ready }: Parameters<Environment['serve']>[1]): Promise<void> {
  const server = await startLocalServer(answer, port);
  const ended = new Promise<void>((resolve) => {
    const end = (): void => {
      for (const signal of SIGNALS) process.off(signal, end);
      resolve();
    };
    for (const signal of SIGNALS) process.on(signal, end);
  });
  ready({ url: server.url, port: server.port });
  await ended;
  await server.close();
}
