import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { composeMessage, messageId } from '../../src/documents/message.ts';
import type { MessageInput } from '../../src/documents/message.ts';
import type { OutgoingMessage } from '../../src/domain/plan.ts';
import { VccError } from '../../src/domain/problem.ts';
import { aConfiguration } from '../support/a-public-advisory.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const TITLE = 'Secret title under embargo';

function compose(changes: Partial<MessageInput<'acknowledgement'>> = {}): OutgoingMessage {
  return composeMessage({
    template: 'acknowledgement',
    values: { title: TITLE, receivedOn: '1 May 2014' },
    party: 'reporter',
    case: { number: '48201637', publicId: 'JVN#48201637' },
    language: 'en',
    to: { name: 'Hanako Yamada', email: 'hanako@lab.example' },
    coordinator: 'Sato',
    fingerprint: '0123 4567',
    encryption: { kind: 'in-clear', reason: 'test' },
    sequence: 3,
    references: [],
    attachments: [],
    organisation: aConfiguration().organisation,
    source: (path) => readFileSync(`${root}${path}`, 'utf8'),
    ...changes,
  });
}

const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof VccError) return error.code;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('composeMessage', () => {
  test('puts the case number into the headers and nothing else', () => {
    const { subject, messageId: id, references, body } = compose();
    expect(subject).toBe('[JVN#48201637]');
    expect(body).toContain(TITLE);
    expect(JSON.stringify([subject, id, references])).not.toMatch(/Secret|Hanako|lab\.example/);
  });

  test.each([
    ['en', 'Hanako Yamada', 'Dear Hanako Yamada,\n'],
    ['en', undefined, 'Dear reporter,\n'],
    ['ja', '山田 花子', '山田 花子 様\n'],
    ['ja', undefined, 'ご報告者様\n'],
  ] as const)('in %s it addresses %s', (language, name, salutation) => {
    expect(compose({ language, to: { email: 'x@lab.example', ...(name === undefined ? {} : { name }) } }).body.startsWith(salutation)).toBe(true);
  });

  test('writes in the name of the organisation in the language of the letter', () => {
    expect(compose({ language: 'ja' }).body).toContain('サンプル調整センターのSatoと申します。');
    expect(compose({ organisation: { name: { en: 'Only English' }, email: 'a@centre.example' }, language: 'ja' }).body).toContain('Only English');
  });

  test.each(['a@b.example\r\nBcc: x@evil.example', 'a@b.example,x@evil.example', 'x,y@b.example', 'A <a@b.example>', 'a@b@c', 'a b@c.example', '(c)a@b.example', 'a@b.example\u2028', 'list:a@b.example;', ''])(
    'refuses the address %j',
    (email) => {
      expect(codeOf(() => compose({ to: { email } }))).toBe('mail-address');
    },
  );

  test.each(['Eve\r\nBcc: x@evil.example', 'Eve\u0000', 'Eve\u202e'])('refuses the name %j', (name) => {
    expect(codeOf(() => compose({ to: { name, email: 'eve@lab.example' } }))).toBe('mail-name');
  });

  test('keeps message ids of the thread, and drops what is none', () => {
    const references = ['<a.b+c@d.example>', '<x@y\r\nBcc: evil@z>', 'no-brackets@d.example', '<two@d.example> <three@d.example>', '<last@d.example>'];
    expect(compose({ references }).references).toEqual(['<a.b+c@d.example>', '<last@d.example>']);
    expect(compose({ references: Array.from({ length: 50 }, (_, index) => `<${index}@d.example>`) }).references).toHaveLength(20);
  });

  test.each([
    ['../../.bashrc', 'bashrc'],
    ['C:\\temp\\poc.py', 'poc.py'],
    ['a"\r\nX-Evil: 1.txt', 'a___X-Evil_ 1.txt'],
    ['\u202egnp.exe', '_gnp.exe'],
    ['..', 'attachment-1'],
    ['報告書.pdf', '報告書.pdf'],
  ])('an attachment called %j becomes %j', (filename, safe) => {
    expect(compose({ attachments: [{ filename, contentType: 'text/plain', content: '' }] }).attachments[0]?.filename).toBe(safe);
  });

  test.each([
    ['text/plain', 'text/plain'],
    ['text/plain; charset=utf-8', 'text/plain; charset=utf-8'],
    ['Application/PDF', 'application/pdf'],
    ['message/rfc822', 'application/octet-stream'],
    ['multipart/mixed; boundary=x', 'application/octet-stream'],
    ['text/plain\r\nX: y', 'application/octet-stream'],
  ])('an attachment of type %j goes as %j', (contentType, safe) => {
    expect(compose({ attachments: [{ filename: 'a', contentType, content: '' }] }).attachments[0]?.contentType).toBe(safe);
  });

  test('a letter for reporters never goes to a vendor', () => {
    expect(() => compose({ party: 'vendor:acme' })).toThrow(RangeError);
  });

  test('the public id belongs to the case', () => {
    expect(() => compose({ case: { number: '48201637', publicId: 'JVN#11111111' } })).toThrow(RangeError);
    expect(() => compose({ case: { number: '48201637', publicId: 'JVN#48201637\r\nBcc: x' } })).toThrow(RangeError);
  });
});

describe('messageId', () => {
  test('is the same for the same message and differs by message and party', () => {
    const id = messageId('48201637', 3, 'reporter', 'vulns@centre.example');
    expect(id).toMatch(/^<48201637\.3\.[0-9a-f]{12}@centre\.example>$/);
    expect(messageId('48201637', 3, 'reporter', 'vulns@centre.example')).toBe(id);
    expect(new Set([id, messageId('48201637', 4, 'reporter', 'vulns@centre.example'), messageId('48201637', 3, 'vendor:acme', 'vulns@centre.example')]).size).toBe(3);
  });

  test('a domain in Japanese is written as mail needs it', () => {
    expect(messageId('48201637', 0, 'reporter', 'a@例え.example')).toMatch(/@xn--r8jz45g\.example>$/);
  });

  test('an address without a usable domain is refused', () => {
    expect(codeOf(() => messageId('48201637', 0, 'reporter', 'a@-'))).toBe('mail-domain');
  });
});
