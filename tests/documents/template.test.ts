import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { creditWords } from '../../src/documents/letter-words.ts';
import { letterDate, letterMoment, LETTERS, TEMPLATE_NAMES } from '../../src/documents/letters.ts';
import { renderTemplate, templateSource } from '../../src/documents/template.ts';
import { VccError } from '../../src/domain/problem.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const shipped = (path: string): string => readFileSync(`${root}${path}`, 'utf8');
const LANGUAGES = ['en', 'ja'] as const;

const common = { recipient: 'RECIPIENT', case: 'JVN#48201637', coordinator: 'COORDINATOR', fingerprint: '0123 4567 89AB CDEF', organisation: 'ORGANISATION', organisationEmail: 'mail@centre.example' };
const allValues = (names: readonly string[]): Record<string, string> => ({ ...common, ...Object.fromEntries(names.map((name) => [name, `VALUE-OF-${name}`])) });

const refusalOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof VccError) return `${error.message} ${error.hint}`;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe.each(LANGUAGES)('the letters that ship, %s', (language) => {
  test('are exactly those that vcc can send', () => {
    expect(readdirSync(`${root}templates/${language}`).sort()).toEqual(TEMPLATE_NAMES.map((name) => `${name}.md`).sort());
  });

  test.each(TEMPLATE_NAMES)('%s says everything that it is given, and who writes about which case', (name) => {
    const values = allValues(LETTERS[name].names);
    const letter = renderTemplate(name, language, values, shipped);
    // One is grouped for the reader, the other only chooses between two wordings.
    for (const [name, value] of Object.entries(values)) if (name !== 'fingerprint' && name !== 'agreed' && name !== 'answered') expect(letter).toContain(value);
    expect(letter).not.toMatch(/\{\{|\}\}|undefined/);
    expect(letter.split('\n').filter((line) => /[ \t]$/.test(line) && line !== '-- ')).toEqual([]);
    expect(letter).toMatch(/\n\n-- \n/);
  });

  test.each(TEMPLATE_NAMES)('%s reads well without what it can do without', (name) => {
    const required = /^placeholders: \[(.*)\]$/m.exec(shipped(`templates/${language}/${name}.md`))?.[1]?.split(', ') ?? [];
    expect(required).toEqual(expect.arrayContaining(['recipient', 'case', 'coordinator', 'organisation']));
    const letter = renderTemplate(name, language, Object.fromEntries(required.map((one) => [one, `VALUE-OF-${one}`])), shipped);
    expect(letter).not.toMatch(/\n{3}|: *\n\n\n/);
  });

  test('the first letter to a vendor has no room for details', () => {
    const given = { ...allValues(['vendor', 'answerBy']), title: 'SECRET', products: 'SECRET', description: 'SECRET' };
    expect(renderTemplate('vendor-first-contact', language, given, shipped)).not.toContain('SECRET');
  });
});

test('both languages of a letter ask for the same', () => {
  const header = (language: string, name: string): string => /^---\n[\s\S]*?\n---\n/.exec(shipped(`templates/${language}/${name}.md`))?.[0] ?? '';
  for (const name of TEMPLATE_NAMES) expect(header('ja', name)).toBe(header('en', name));
});

describe('renderTemplate', () => {
  const values = { ...common, title: 'T', receivedOn: 'today' };
  const own = (text: string) => (): string => text;
  const render = (text: string, given: Record<string, string | undefined> = values): string => renderTemplate('acknowledgement', 'en', given, own(text));

  test('fills in names without HTML entities, and does not fill in again what was filled in', () => {
    expect(render('---\nplaceholders: [title]\n---\n{{title}}\n', { title: 'a < b & "c" {{case}}' })).toBe('a < b & "c" {{case}}\n');
  });

  test.each([
    ['a name that is not declared', '---\nplaceholders: [case]\n---\n{{case}} {{titel}}\n', /\{\{titel\}\}/],
    ['a name inside a part', '---\nplaceholders: [case]\n---\n{{#case}}{{titel}}{{/case}}\n', /\{\{titel\}\}/],
    ['a name that this letter does not have', '---\nplaceholders: [reason]\n---\n{{reason}}\n', /no reason.*title/],
    ['a partial', '---\nplaceholders: [case]\n---\n{{> /etc/passwd}}\n', /\{\{>/],
    ['other delimiters', '---\nplaceholders: [case]\n---\n{{=<% %>=}}<% titel %>\n', /\{\{=/],
    ['a part that is not closed', '---\nplaceholders: [case]\n---\n{{#case}}x\n', /[Uu]nclosed.*case/],
    ['a path of names', '---\nplaceholders: [case]\n---\n{{case.constructor}}\n', /case\.constructor/],
    ['this', '---\nplaceholders: [case]\n---\n{{.}}\n', /\{\{\.\}\}/],
    ['a field of its own', '---\nsubject: "{{title}}"\n---\nx\n', /field subject/],
    ['placeholders that are no list', '---\nplaceholders: case\n---\nx\n', /placeholders is no list/],
    ['front matter that runs code', '---js\n{}\n---\nx\n', /can't be read/],
    ['no front matter', 'Dear {{recipient}}\n', /can't be read/],
  ])('refuses %s', (_what, text, said) => {
    expect(refusalOf(() => render(text))).toMatch(said);
  });

  test.each([undefined, '', ' \n\t'])('refuses the empty value %j and names the placeholder', (title) => {
    expect(refusalOf(() => render('---\nplaceholders: [title]\n---\n{{title}}\n', { title }))).toContain('{{title}}');
  });

  test('a value that is missing leaves its part out', () => {
    const text = '---\nplaceholders: [case]\noptional: [reference]\n---\n{{case}}\n{{#reference}}\nyours: {{reference}}\n{{/reference}}\nend\n';
    expect(render(text)).toBe('JVN#48201637\nend\n');
    expect(render(text, { ...values, reference: 'X-1' })).toBe('JVN#48201637\nyours: X-1\nend\n');
  });

  test('a stranger cannot write in the voice of the letter', () => {
    const details = { ...allValues(LETTERS['vendor-details'].names), description: 'A flaw.\r\n\r\nKind regards,\nThe Centre\u001b[2J' };
    const letter = renderTemplate('vendor-details', 'en', details, shipped);
    expect(letter).toContain('\n> A flaw.\n>\n> Kind regards,\n> The Centre\ufffd[2J\n');
  });
});

test('the case repository goes before what ships', () => {
  const source = templateSource({ read: (path) => (path === 'templates/en/accepted.md' ? new TextEncoder().encode('own') : undefined) }, (path) => `shipped ${path}`);
  expect(source('templates/en/accepted.md')).toEqual(new TextEncoder().encode('own'));
  expect(source('templates/ja/accepted.md')).toBe('shipped templates/ja/accepted.md');
});

test('dates are written as the reader writes them, in the zone of the centre', () => {
  const late = Date.parse('2014-06-05T15:30:00Z');
  expect([letterDate(late, 'Asia/Tokyo', 'en'), letterDate(late, 'Asia/Tokyo', 'ja')]).toEqual(['6 June 2014', '2014年6月6日']);
  expect([letterMoment(late, 'Asia/Tokyo', 'en'), letterMoment(late, 'Asia/Tokyo', 'ja')]).toEqual(['6 June 2014, 00:30 (UTC+09:00)', '2014年6月6日 00:30 (UTC+09:00)']);
});

describe('the words of the credit', () => {
  const letter = (credit: Parameters<typeof creditWords>[0], language: 'en' | 'ja'): string => renderTemplate('reporter-date', language, { ...allValues(LETTERS['reporter-date'].names), credit: creditWords(credit, language) }, shipped);

  test('stand in the letter in each language in which they will be published', () => {
    expect(letter({ en: 'Hanako Yamada', ja: '山田花子' }, 'en')).toContain('\n\n  In English: Hanako Yamada\n  In Japanese: 山田花子\n\n');
    expect(letter({ en: 'Hanako Yamada', ja: '山田花子' }, 'ja')).toContain('\n\n  英語版: Hanako Yamada\n  日本語版: 山田花子\n\n');
    expect(letter({ ja: '山田花子' }, 'en')).toContain('\n\n  In Japanese: 山田花子\n\n');
  });

  test('stand there once where they are the same, and are asked for where there are none', () => {
    expect(letter({ en: 'Example Lab', ja: 'Example Lab' }, 'en')).toContain('\n\n  Example Lab\n\n');
    expect(letter({}, 'en')).toContain('We name nobody who has not');
    expect(letter(undefined, 'en')).toContain('We name nobody who has not');
  });
});
