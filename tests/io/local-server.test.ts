import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startLocalServer, type LocalServer } from '../../src/io/local-server.ts';

let server: LocalServer;
let asked: string[];
beforeEach(async () => {
  asked = [];
  server = await startLocalServer((path) => {
    asked.push(path);
    if (path === 'bug') throw new Error('a bug');
    return { status: 200, type: 'text/plain; charset=utf-8', body: `公開前: ${path}` };
  });
});
afterEach(() => server.close());

interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}
const token = (): string => new URL(server.url).pathname;
/** As a browser sends it, and as one does not: the path goes out as it is written. */
const get = (path: string, { method = 'GET', host = `127.0.0.1:${server.port}` }: { readonly method?: string; readonly host?: string } = {}): Promise<Got> =>
  new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: server.port, path, method, headers: { host } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString() }));
    }).on('error', reject).end();
  });

describe('the local server', () => {
  it('answers below its address, keeps nothing, and lets nobody else in', async () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\/$/);
    const { status, headers, body } = await get(`${token()}2026/1/%E9%A1%8C.html?x=1`);
    expect([status, body]).toEqual([200, '公開前: 2026/1/題.html']);
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin' });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect((await get(token(), { host: `localhost:${server.port}` })).status).toBe(200);
  });

  it.each(['attacker.example', 'attacker.example:80', '127.0.0.1', '127.0.0.1:1', 'localhost.attacker.example'])('knows no other host: %j', async (host) => {
    const { body } = await get(token(), { host });
    expect(body).not.toContain('公開前');
    expect(asked).toEqual([]);
  });

  it.each<[string, () => string]>([
    ['no token', () => '/'],
    ['the page without a token', () => '/2026/1/en.html'],
    ['another token', () => `/${'0'.repeat(32)}/`],
    ['the beginning of the token', () => `${token().slice(0, 10)}/`],
    ['a longer one', () => `${token().slice(0, -1)}0/`],
    ['the token without its slash', () => token().slice(0, -1)],
    ['a whole address', () => `http://127.0.0.1${token()}`],
    ['a broken escape', () => `${token()}%zz`],
  ])('is not there for %s', async (_name, path) => {
    expect(await get(path())).toMatchObject({ status: 404, body: 'There is nothing here.\n' });
    expect(asked).toEqual([]);
  });

  it('hands on no path that leads out: they are names, and no files', async () => {
    await get(`${token()}../../etc/passwd`);
    await get(`${token()}..%2f..%2fetc%2fpasswd`);
    expect(asked).toEqual(['../../etc/passwd', '../../etc/passwd']);
  });

  it('HEAD has the head alone, other methods are refused', async () => {
    const full = await get(token());
    const head = await get(token(), { method: 'HEAD' });
    expect([head.status, head.body, head.headers['content-length']]).toEqual([200, '', String(Buffer.byteLength(full.body))]);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE']) expect(await get(token(), { method })).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  });

  it('goes on after a bug and after noise', async () => {
    expect((await get(`${token()}bug`)).status).toBe(500);
    await new Promise<void>((resolve) => {
      const socket = connect(server.port, '127.0.0.1', () => socket.end('\x16\x03\x01 no http\r\n\r\n'));
      socket.on('close', () => resolve()).on('error', () => resolve()).resume();
    });
    expect((await get(token())).status).toBe(200);
  });

  it('is on the loopback address alone, with a token and a port of its own, and refuses a port that is taken', async () => {
    const other = await startLocalServer(() => ({ status: 200, type: 'text/plain', body: '' }));
    expect(new URL(other.url).pathname).not.toBe(token());
    await other.close();
    await expect(startLocalServer(() => ({ status: 200, type: 'text/plain', body: '' }), server.port)).rejects.toMatchObject({ code: 'port-taken' });
  });
});
