import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identityIn, identityInside } from '../../src/domain/identity.ts';
import { isOrdinaryName } from '../../src/domain/name-spelling.ts';

const KIKUCHI = { name: 'Masashi Kikuchi', email: 'reporter@finder.example' };

describe('a name in its ordinary spellings', () => {
  it.each([
    'https://www.linkedin.com/in/masashi-kikuchi',
    'masashi.kikuchi',
    'Masashi_Kikuchi',
    'by MasashiKikuchi',
    'Masashi%20Kikuchi',
    'Masashi+Kikuchi',
    '**Masashi** Kikuchi',
    'M**asashi** Kikuchi',
    'Masashi [Kikuchi](https://example.org/)',
    '[Masashi](https://example.org/a) Kikuchi',
    'Masashi&nbsp;Kikuchi',
    '&#77;asashi &#x4b;ikuchi',
    '<b>Masashi</b> <i>Kikuchi</i>',
    'Masa\u00adshi Ki\u200bkuchi',
    'Masa\\u00adshi Kikuchi',
    'KIKUCHI, Masashi',
    'kikuchi.masashi',
    'Kikuchi\n> Masashi',
    'Ｍａｓａｓｈｉ　Ｋｉｋｕｃｈｉ',
    'Másashi Kikuchi',
    "Masashi Kikuchi's report",
  ])('%j', (text) => expect(identityIn(text, KIKUCHI)).toBe('name'));

  it.each(['reporter&#64;finder.example', 'mailto:Reporter%40finder.example', 'reporter [at] finder [dot] example', 'reporter at finder dot example', 'reporter＠finder．example', 'reporter\u200b@finder.example', '<reporter@finder.example>'])('the address %j', (text) =>
    expect(identityIn(text, KIKUCHI)).toBe('e-mail address'),
  );

  it.each([
    ['山田 花子', '山田花子'],
    ['山田花子', '山田　花子氏'],
    ['山田 花子', '花子・山田'],
    ['ヤマダ ハナコ', 'やまだはなこ'],
    ['ﾔﾏﾀﾞ ﾊﾅｺ', 'ヤマダ・ハナコ'],
    ['山田花子', '**山田**花子'],
    ['山田花子', '> 山田\n> 花子'],
    ['山田 花子', '| 山田 | 花子 |'],
    ['山田 花子', '# 山田\n# 花子'],
    ['山田 花子', '山田（花子）'],
    ['Hanako Yamada', '> > Hanako\n> > Yamada'],
    ['アキ', '報告者はアキさんです'],
    ['김철수', '김철수가 보고했다'],
    ['Иван Петров', 'сообщил ПЕТРОВ Иван'],
    ['Zoë Brontë', 'Zoe Bronte'],
    ['Anne-Marie O’Neil', "anne marie o'neil"],
    ['Maria Luisa Rossi', 'Maria Rossi'],
    ['Xu', 'a mail by Xu came'],
    ['Xu', 'https://example.org/~xu/'],
    ['Will', 'It was told by Will today'],
    ['x_hunter', 'x-hunter'],
  ])('%s in %j', (name, text) => expect(identityIn(text, { name })).toBe('name'));

  it.each([
    ['the', 'The reporter told the vendor.'],
    ['Will', 'We will see. Will it last?'],
    ['An', 'An update is out; an advisory follows.'],
    ['Xu', 'xul and exult, x-u-v'],
    ['Masashi Kikuchi', 'Masashi wrote to Ms. Kikuchi-Tanaka and others, and then, after a long time, Kikuchi.'],
    ['todo', 'There is nothing left to do.'],
    ['アキ', '明らかにアキレス腱と呼ばれるアキバ'],
    ['山田 花子', '山田、花子の両氏'],
    ['Ann Lee', 'Joann Leech'],
    ['A', 'Plan A'],
    ['...', 'and so on...'],
    ['', 'anything'],
  ])('not %s in %j', (name, text) => expect(identityIn(text, { name, handle: name })).toBeUndefined());
});

describe('any name in any disguise', () => {
  const word = fc.array(fc.constantFrom(...Array.from('abcdefghijklmnopqrstuvwxyzéöüñç')), { minLength: 3, maxLength: 9 }).map((letters) => letters.join('')).map((text) => text.charAt(0).toUpperCase() + text.slice(1));
  const person = fc.array(word, { minLength: 2, maxLength: 3 });
  const orders = [(words: string[]) => words, (words: string[]) => words.toReversed(), (words: string[]) => [words.at(-1) ?? '', ...words.slice(0, -1)]];
  const joints = [' ', '  ', '\n', '.', '_', '-', ', ', '%20', '&nbsp;', '+', ' \u200b', '\u00a0', '** ', '](https://example.org/x) ', '\\_', '&#32;', '</b> ', '\u3000'];
  const spellings: ((text: string) => string)[] = [
    (text) => text,
    (text) => text.toUpperCase(),
    (text) => text.toLowerCase(),
    (text) => text.normalize('NFD'),
    (text) => text.replaceAll(/[A-Za-z]/g, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0)),
    (text) => Array.from(text).join('\u00ad'),
    (text) => Array.from(text).map((letter) => `&#${letter.codePointAt(0) ?? 0};`).join(''),
    (text) => encodeURIComponent(text),
    (text) => `**${text.charAt(0)}**${text.slice(1)}`,
    (text) => text.normalize('NFD').replaceAll(/[\u0300-\u036f]/g, ''),
  ];
  const around = fc.constantFrom<[string, string][]>(['', ''], ['told by ', ' today'], ['https://example.org/', '/'], ['<', '>'], ['「', '」'], ['(', ').']);

  it('is found', () => {
    fc.assert(
      fc.property(person, fc.constantFrom(...orders), fc.constantFrom(...joints), fc.constantFrom(...spellings), around, (words, order, joint, spelling, [before, behind]) => {
        const text = `${before}${order(words).map(spelling).join(joint)}${behind}`;
        expect(identityIn(text, { name: words.join(' ') }), text).toBe('name');
      }),
      { numRuns: 300, seed: 20140606 },
    );
  });

  it('is found joined, where capitals or nothing else part the words', () => {
    fc.assert(
      fc.property(person, (words) => {
        expect(identityIn(`x ${words.join('')} y`, { name: words.join(' ') })).toBe('name');
        expect(identityIn(words.join('').toLowerCase(), { name: words.join(' ') })).toBe('name');
      }),
      { numRuns: 500, seed: 20140606 },
    );
  });
});

describe('texts that name nobody', () => {
  const root = join(import.meta.dirname, '..', '..');
  const below = (folder: string): string[] => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md')).map((name) => readFileSync(join(root, folder, name), 'utf8'));
  const TEXTS = [
    ...below('templates/en'),
    ...below('templates/ja'),
    ...below('cases.example/cases'),
    'OpenSSL 1.0.1 before 1.0.1h does not properly restrict processing of ChangeCipherSpec messages (CVE-2014-0224, CWE-325).',
    'CVSS v2 base score 4.0: AV:N/AC:H/Au:N/C:P/I:P/A:N. Update to 1.0.1h, 1.0.0m or 0.9.8za.',
    'Red Hat, Inc., Apple Inc., HP-UX, Debian and Ubuntu: affected. Android before 4.4: unknown.',
    'OpenSSL には、初期 SSL/TLS ハンドシェイクにおける Change Cipher Spec メッセージの処理に脆弱性が存在します。',
    '開発者が提供する情報をもとに、最新版へアップデートしてください。本脆弱性の影響を受けるかどうかは、製品により異なります。',
    'A path like /home/user/.ssh/id_rsa, an option --no-verify, and the header X-Forwarded-For.',
  ];
  const NAMES = ['Will', 'Mark', 'May', 'Grace', 'An', 'Van', 'Xu', 'Ng', 'Wu', 'Li', 'Yu', 'Ma', 'He', 'Do', 'To', 'So', 'In', 'Art', 'Bill Gates', 'Chi Ng', 'Al Gore', 'Joy Li', 'Ann Lee', 'Ana Ito', 'Ito Ai', 'アキ', 'ゆう', 'かな', 'みほ', '林', '石井', '佐々木 希', '本田 誠', 'まこと', 'neo', 'root3d', 'the', 'r3porter', 'Ed', 'Ian', 'Ron'];

  it.each(NAMES)('%s', (name) => {
    expect(TEXTS.filter((text) => identityIn(text, { name, handle: name }) !== undefined).map((text) => text.slice(0, 60))).toEqual([]);
  });

  it('an ordinary word is known as one', () => {
    expect(['the', 'Will', 'Report', 'ｗｉｌｌ'].map(isOrdinaryName)).toEqual([true, true, true, true]);
    expect(['Kikuchi', 'Will Smith', '花子'].map(isOrdinaryName)).toEqual([false, false, false]);
  });
});

describe('OpenPGP', () => {
  const block = (kind: string): string => `-----BEGIN PGP ${kind}-----\n\nmDMESz07ABYJKwYB\n=hkF8\n-----END PGP ${kind}-----`;

  it.each([
    ['OpenPGP key', block('PUBLIC KEY BLOCK')],
    ['OpenPGP key', 'it is cut: -----BEGIN PGP PUBLIC KEY BLOCK-----\nmDMESz07'],
    ['OpenPGP key', `> ${block('PUBLIC KEY BLOCK').replaceAll('\n', '\n> ')}`],
    ['OpenPGP key', '—–BEGIN PGP PUBLIC KEY BLOCK—–'],
    ['OpenPGP signature', block('SIGNATURE')],
    ['OpenPGP signature', '-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nhello'],
  ])('an %s names its owner, whoever that is', (part, text) => {
    expect(identityIn(`Steps.\n${text}\n`, {})).toBe(part);
    expect(identityInside({ reason: [text] }, { name: 'Xu' })).toBe(part);
    expect(identityIn(text, undefined)).toBeUndefined();
  });

  it('talk of keys is none', () => expect(identityIn('The key block begins with BEGIN PGP PUBLIC KEY BLOCK.', {})).toBeUndefined());
});
