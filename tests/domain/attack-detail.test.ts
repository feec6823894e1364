import { describe, expect, test } from 'vitest';
import { attackDetails } from '../../src/domain/attack-detail.ts';
import { growthExponent } from '../support/growth.ts';

describe('what helps an attacker', () => {
  test.each([
    ['steps to reproduce', '### Steps to reproduce\n1. Log in.'],
    ['steps to reproduce', '再現手順は次のとおりです。'],
    ['a raw HTTP request', '> GET /admin/ping?host=a;id HTTP/1.1\nHost: router'],
    ['a command line that attacks', 'Run `curl -k https://router/ping`.'],
    ['a command line that attacks', 'Open msfconsole and choose the module.'],
    ['script that runs', '<script>alert(1)</script>'],
    ['script that runs', '<img src=x onerror=alert(1)>'],
    ['script that runs', 'name=%3Cscript%3E'],
    ['an injected query', "user=' OR '1'='1"],
    ['an injected query', 'id=1 UNION SELECT password FROM users'],
    ['a path that climbs', 'file=../../../../etc/passwd'],
    ['a path that climbs', 'file=%2e%2e%2fetc'],
    ['machine code', 'buf = "\\x90\\x90\\x90\\xcc"'],
    ['program code', 'import socket\ns = socket.socket()'],
    ['a link to attack code', 'See https://www.exploit-db.com/exploits/1'],
    ['a link to attack code', 'See <https://github.com/someone/CVE-2014-0224-poc>'],
  ])('%s', (what, text) => {
    expect(attackDetails(text).map((found) => found.what)).toContain(what);
  });
});

describe('what an advisory has to be able to say', () => {
  test.each([
    'An exploit for this vulnerability is public, and attacks were observed.',
    '攻撃コードが公開されています。直ちにアップデートしてください。',
    'A directory traversal by way of ".." in a file name.',
    'The product does not escape the <script> element.',
    'An SQL injection in the search page; a user may select other tables.',
    'Update to version 1.0.1h, then restart the service with the command of your system.',
    'Get the update from https://example.org/get and install it.',
    'OpenSSL before 0.9.8za does not restrict processing of ChangeCipherSpec messages.',
    'Listed in https://www.cisa.gov/known-exploited-vulnerabilities-catalog',
    '影響を受けるバージョンの確認方法は、開発者の情報を参照してください。',
  ])('%s', (text) => {
    expect(attackDetails(text)).toEqual([]);
  });
});

test('the excerpt is short', () => {
  expect(attackDetails(`GET /${'a'.repeat(500)} HTTP/1.1`)[0]?.excerpt.length).toBeLessThanOrEqual(61);
});

test('a long text costs little', () => {
  const work = (size: number): unknown => attackDetails(`${'../'.repeat(3)} <script ${'a '.repeat(size)} ' OR ${' '.repeat(size)}`);
  expect(growthExponent(work, 12_000)).toBeLessThan(1.6);
});
