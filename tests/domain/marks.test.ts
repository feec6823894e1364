import { describe, expect, test } from 'vitest';
import { newGuard } from '../../src/documents/guard-file.ts';
import { leaksIn, type Audience, type Guarded } from '../../src/domain/leaks.ts';
import { findMarks, marksOf, withinBounds, type MarkKind } from '../../src/domain/marks.ts';
import { attackValues, identityValues, statementValues, type SealedValues } from '../../src/domain/sealed-values.ts';
import { wordsOf } from '../../src/domain/words.ts';
import type { Guard, Reporter } from '../../src/generated/documents.ts';
import { growthExponent } from '../support/growth.ts';

const SALT = '00112233445566778899aabbccddeeff'.repeat(2);
const NO_KEY = { fingerprints: [], userIds: [] };

const guardOf = ({ values }: SealedValues, vendor?: string): Guard => ({
  schemaVersion: 1,
  salt: SALT,
  ...(vendor === undefined ? {} : { vendor }),
  marks: Object.fromEntries(Object.entries(values).map(([kind, list]) => [kind, marksOf(SALT, list)])),
});
const ofReporter = (reporter: Reporter, known = ''): Guard => guardOf(identityValues(reporter, NO_KEY, known));
const found = (text: string, guard: Guard): MarkKind[] => [...new Set(wordsOf(text).flatMap((words) => findMarks(words, guard)).map(({ kind }) => kind))].sort();

describe('a name', () => {
  const guard = ofReporter({ name: 'Taro Yamada', email: 'taro.y@finder.example', handle: 'kuro_neko77' });

  test.each([
    ['name', 'It was found by Taro Yamada.'],
    ['name', 'YAMADA Taro'],
    ['name', 'Yamada, Taro'],
    ['name', 'told by taro\nyamada on the phone'],
    ['name', 'branch fix/taro-yamada-router'],
    ['name', 'TaroYamada'],
    ['name', 'see taroyamada'],
    ['name', 'Ｔａｒｏ　Ｙａｍａｄａ'],
    ['name', 'Tarō Yamada'],
    ['name', 'Taro **Yam**ada'],
    ['name', '<b>Taro</b> Yamada'],
    ['name', '[Taro](https://example.org) Yamada'],
    ['name', 'Taro%20Yamada'],
    ['name', 'Taro&nbsp;Yamada'],
    ['name', '> told by Taro\n> > Yamada'],
    ['name', '| Taro | Yamada |'],
    ['name', '# Taro\n# Yamada'],
    ['name', 'Yamada (Taro)'],
    ['name', '報告者はTaro Yamadaさん'],
    ['address', 'mail <taro.y@finder.example>'],
    ['address', 'TARO.Y@FINDER.EXAMPLE'],
    ['address', 'taro.y at finder.example'],
    ['address', 'taro.y [at] finder [dot] example'],
    ['address', 'taro dot y at finder dot example'],
    ['handle', '@kuro_neko77 wrote'],
    ['handle', 'Kuro-Neko77'],
    ['handle', 'https://github.com/kuroneko77/x'],
  ] as const)('%s in %j', (kind, text) => {
    expect(found(text, guard)).toEqual([kind]);
  });

  test.each(['Taro and Yamada', 'Yamada was asked', 'a taro root', 'taro.yamada2', 'StaroYamadas', 'taro@finder.example', 'neko77', 'the reporter'])('is not in %j', (text) => {
    expect(found(text, guard)).toEqual([]);
  });
});

describe('a name in a script without blanks', () => {
  const guard = ofReporter({ name: '山田 太郎', handle: 'カタカナネコ' });

  test.each(['報告者は山田太郎さんです。', '山田 太郎', '山田　太郎', '太郎・山田', '**山田**太郎', '山田\n太郎', '&#23665;田太郎', '> 山田\n> 太郎', '> > 山田\n> > 太郎', '山田|太郎', '| 山田 | 太郎 |', '# 山田\n# 太郎', '山田（太郎）', '「山田」太郎', '  // 山田\n  // 太郎', '/* 山田\n * 太郎', '姓: 山田\n- 太郎', '<td>山田</td>\n<td>太郎</td>'])('is found in %j', (text) => {
    expect(found(text, guard)).toEqual(['name']);
  });
  test.each(['かたかなねこ', 'ｶﾀｶﾅﾈｺ', '「カタカナネコ」'])('kana are folded: %j', (text) => {
    expect(found(text, guard)).toEqual(['handle']);
  });
  test.each(['山田、太郎', '山田さんと太郎さん', '本山田太一郎'])('is not in %j', (text) => {
    expect(found(text, guard)).toEqual([]);
  });
});

test('a key is found by its whole fingerprint, and by who it says it belongs to', () => {
  const fingerprint = '0123456789ABCDEF0123456789ABCDEFDEADBEEF';
  const guard = guardOf(identityValues({}, { fingerprints: [fingerprint], userIds: ['Taro Yamada (work) <t@finder.example>'] }, ''));
  for (const text of [fingerprint, fingerprint.toLowerCase(), '0123 4567 89AB CDEF 0123  4567 89AB CDEF DEAD BEEF', `key 0x${fingerprint}`]) expect(found(text, guard)).toEqual(['keyId']);
  expect(found('by Yamada Taro, t@finder.example', guard)).toEqual(['address', 'name']);
  // 32 or 64 bits are tried out of a mark, one by one.
  for (const text of ['key 0x89ABCDEFDEADBEEF', 'key DEADBEEF', '0xdeadbeef', '89AB CDEF DEAD BEEF']) expect(found(text, guard)).toEqual([]);
  for (const mark of guard.marks.keyId ?? []) expect(Number(mark.split('-')[1])).toBeGreaterThanOrEqual(40);
});

test('what is short, ordinary or public gets no mark, and that is said', () => {
  const { values, without } = identityValues({ name: 'Will', handle: 'abc', organisation: 'Acme' }, NO_KEY, 'Acme Router passes names');
  expect(values).toEqual({});
  expect(without).toEqual(['name', 'handle', 'organisation']);
  expect(identityValues({ name: '王偉', handle: 'レイ' }, NO_KEY, '').values).toEqual({});
  expect(identityValues({ name: '김철수' }, NO_KEY, '').without).toEqual([]);
});

test('words of the field get no mark, for they would stop every text; names that only sound like them do', () => {
  const hostile = { name: 'Arbitrary Code', handle: 'overflow', organisation: 'Linux', email: 'taro@finder.example' };
  expect(identityValues(hostile, NO_KEY, '')).toEqual({ values: { address: expect.any(Array) as unknown }, without: ['name', 'handle', 'organisation'] });
  expect(identityValues({ name: '任意のコード 実行', handle: 'BufferOverflow', organisation: 'バッファオーバーフロー' }, NO_KEY, '').values).toEqual({});
  for (const name of ['Jack Long', 'Rose Young', 'Frank Miller', '安藤 任', '実 行人', 'kuro_buffer']) expect(identityValues({ name }, NO_KEY, '').without, name).toEqual([]);
});

describe('a proof of concept', () => {
  const poc = 'Log in as a guest, then open the page of names.\ncurl http://router/cgi-bin/names?add=;reboot\n./run\nThe device restarts after some seconds and shows the first page again without any password.\n';
  const guard = guardOf(attackValues([poc], 'Example Router'));

  test.each([
    'Log in as a guest, then open the page of names.',
    'We did: `curl "http://router/cgi-bin/names" ?add=;reboot`',
    'and then the device restarts after some seconds and shows\nthe first page again, he says',
  ])('is found in %j', (text) => {
    expect(found(text, guard)).toEqual(['poc']);
  });
  test.each(['Example Router passes names to a shell.', './run', 'The device restarts after some seconds.', 'open the page of names'])('is not in %j', (text) => {
    expect(found(text, guard)).toEqual([]);
  });
  test('what is public of the case is no secret of it', () => {
    expect(attackValues([poc], poc).values).toEqual({});
  });
  test('a long one has no more marks than others', () => {
    const long = Array.from({ length: 5000 }, (_, index) => `step ${index} asks for the page ${index * 7} of the router again and again`).join('\n');
    expect(attackValues([long], '').values.poc?.length).toBeLessThanOrEqual(200);
  });
});

test('a Japanese proof of concept is found by some 24 characters', () => {
  const guard = guardOf(attackValues(['管理画面にゲストとしてログインし、名前の欄にセミコロンに続けて命令を入力すると、再起動します。'], ''));
  expect(found('報告によれば、管理画面にゲストとしてログインし、名前の欄にセミコロンに続けて命令を入力した。', guard)).toEqual(['poc']);
  expect(found('管理画面にログインする必要があります。', guard)).toEqual([]);
});

describe('what a vendor said in confidence', () => {
  const mail = 'Dear all,\n\nwe found the same flaw in our older routers as well and will not repair those,\nbecause they are out of support.\n\nBest regards\nAcme Security\n\n> Could you tell us when a fix for all of your products will be ready?\n\nOn Monday somebody wrote:\nthis whole letter was written by us and says a lot of things';
  const guarded = (stated: string): Guarded => ({ number: '61247051', guards: [guardOf(statementValues(mail, ''), 'acme')], wishes: {}, stated: new Map([['acme', stated]]) });
  const repeated = 'Acme says that it found the same flaw in our older routers as well and will not repair those.';
  const leaks = (text: string, audience: Audience, stated = ''): string[] => leaksIn(wordsOf(text), guarded(stated), audience).map(({ what }) => what);

  test('is kept from everybody else', () => {
    expect(leaks(repeated, { to: 'public' })).toEqual(['words of a confidential mail of acme']);
    expect(leaks(repeated, { to: 'partner' })).toHaveLength(1);
    expect(leaks(repeated, { to: 'vendor', vendor: 'libre' })).toHaveLength(1);
    expect(leaks(repeated, { to: 'team' })).toHaveLength(1);
  });
  test('and not from that vendor, nor where the vendor has stated it in public', () => {
    expect(leaks(repeated, { to: 'vendor', vendor: 'acme' })).toEqual([]);
    expect(leaks(repeated, { to: 'team', vendor: 'acme' })).toEqual([]);
    expect(leaks(repeated, { to: 'public' }, 'We found the same flaw in our older routers as well and will not repair those.')).toEqual([]);
  });
  test('our own words in it are ours', () => {
    expect(leaks('Could you tell us when a fix for all of your products will be ready?', { to: 'public' })).toEqual([]);
    expect(leaks('this whole letter was written by us and says a lot of things', { to: 'public' })).toEqual([]);
  });
});

describe('who may have what', () => {
  const guards = [ofReporter({ name: 'Taro Yamada', email: 'taro@finder.example' }), guardOf(attackValues(['Type a semicolon and then the word reboot as the name.'], ''))];
  const TEXT = 'Taro Yamada (taro@finder.example): type a semicolon and then the word reboot as the name';
  const kinds = (audience: Audience, wishes: Guarded['wishes'] = {}): string[] => leaksIn(wordsOf(TEXT), { number: '61247051', guards, wishes, stated: new Map() }, audience).map(({ kind }) => kind).sort();

  test.each([
    [{ to: 'team' }, {}, ['address', 'name', 'poc']],
    [{ to: 'team' }, { publicCredit: true }, ['address', 'poc']],
    [{ to: 'public' }, { publicCredit: true, nameToVendor: true, directContact: true }, ['address', 'poc']],
    [{ to: 'public' }, { nameToVendor: true }, ['address', 'name', 'poc']],
    [{ to: 'vendor', vendor: 'acme', carries: 'details' }, {}, ['address', 'name']],
    [{ to: 'vendor', vendor: 'acme', carries: 'details' }, { nameToVendor: true }, ['address']],
    [{ to: 'vendor', vendor: 'acme' }, { nameToVendor: true, directContact: true }, ['poc']],
    [{ to: 'partner' }, { publicCredit: true, nameToVendor: true, directContact: true }, ['address', 'name', 'poc']],
    [{ to: 'reporter', carries: 'details' }, {}, []],
  ] as const)('%j with %j', (audience, wishes, expected) => {
    expect(kinds(audience, wishes)).toEqual(expected);
  });
});

describe('who wants to be thanked under another name', () => {
  const guards = [ofReporter({ name: 'Quillon Zarathustrov', handle: 'zarathustra9', organisation: 'Nightly Fuzzworks', credit: { en: 'Quillon Z. of Nightly Fuzzworks' } })];
  const kinds = (text: string, wishes: Guarded['wishes'], to: 'public' | 'team' = 'public'): string[] => leaksIn(wordsOf(text), { number: '61247051', guards, wishes, stated: new Map() }, { to }).map(({ kind }) => kind).sort();

  test('is named by that one, once it was agreed to, and by nothing else', () => {
    expect(kinds('We thank Quillon Z. of Nightly Fuzzworks.', { publicCredit: true })).toEqual([]);
    expect(kinds('Nightly Fuzzworks reported it.', { publicCredit: true })).toEqual([]);
    expect(kinds('We thank Quillon Zarathustrov.', { publicCredit: true })).toEqual(['name']);
    expect(kinds('We thank Quillon Zarathustrov.', { publicCredit: true }, 'team')).toEqual(['name']);
    expect(kinds('zarathustra9 wrote it', { publicCredit: true })).toEqual(['handle']);
    expect(kinds('We thank Quillon Z. of Nightly Fuzzworks.', {})).toEqual(['credit']);
  });

  test('is not given away by the name in a key', () => {
    const ofKey = (id: string): Guard => guardOf(identityValues({}, { fingerprints: ['A'.repeat(40)], userIds: [id] }, ''));
    const all = (text: string, id: string): string[] => leaksIn(wordsOf(text), { number: '61247051', guards: [...guards, ofKey(id)], wishes: { publicCredit: true }, stated: new Map() }, { to: 'public' }).map(({ kind }) => kind);
    expect(all('It was Irina Zarathustrova.', 'Irina Zarathustrova <i@finder.example>')).toEqual(['name']);
    expect(all('We thank Quillon Z. of Nightly Fuzzworks.', 'Quillon Z. of Nightly <q@finder.example>')).toEqual([]);
  });

  test('and leaves the names of others who are thanked alone', () => {
    const others = guardOf({ values: { name: ['jiro suzuki'] }, without: [] });
    expect(leaksIn(wordsOf('We thank Jiro Suzuki.'), { number: '61247051', guards: [...guards, others], wishes: { publicCredit: true }, stated: new Map() }, { to: 'public' })).toEqual([]);
  });

  test('however short that one is', () => {
    const short = newGuard('cases/2014/61247051', 'reporter', SALT, identityValues({ name: 'Quillon Zarathustrov', credit: { en: 'Q' } }, { fingerprints: [], userIds: [] }, ''));
    expect(short?.text).toContain('credit: []');
  });
});

test('a leak says where, and not what', () => {
  const [leak] = leaksIn(wordsOf('Line one.\n%E5%A0%B1 by  Ｔａｒｏ Yamada'), { number: '61247051', guards: [ofReporter({ name: 'Taro Yamada' })], wishes: {}, stated: new Map() }, { to: 'team' });
  expect(leak).toEqual({ what: 'the name of the reporter', kind: 'name', place: { line: 2, column: 15 } });
});

test('every guard has marks of its own, and no value can be read in one', () => {
  const other = marksOf('ff'.repeat(32), ['taro yamada']);
  expect(other).not.toEqual(marksOf(SALT, ['taro yamada']));
  expect(marksOf(SALT, ['taro yamada'])).toEqual([expect.stringMatching(/^2-11-[0-9a-f]{16}$/)]);
});

test('a guard has no more shapes than a text is compared with', () => {
  const poc = Array.from({ length: 60 }, (_, index) => Array.from({ length: index + 1 }, () => 'word').join(' '));
  const kept = withinBounds({ poc: [...poc, ...poc.slice(40)], name: ['x'.repeat(601)] });
  expect(Object.keys(kept)).toEqual(['poc']);
  expect(new Set(kept.poc?.map((value) => value.split(' ').length)).size).toBe(30);
  expect(kept.poc).toContain(poc[59]);
});

test('a long text costs little', () => {
  const guard = ofReporter({ name: 'Taro Yamada' });
  for (const piece of ['A', 'a ', '山', '<', '](', 'aA', '%41']) {
    expect(growthExponent((size) => found(piece.repeat(size), guard), 10_000), piece).toBeLessThan(1.6);
  }
});
